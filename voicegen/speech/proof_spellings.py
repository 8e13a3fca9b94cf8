"""Ways of writing numbers that mean the same, in one form, for the proof: other digits, spaced thousands, hours.

Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re
import unicodedata

from voicegen.speech import (
    proof_apart,
    proof_dates,
    proof_days,
    proof_groups,
    proof_minus,
    proof_number_signs,
    proof_spine,
)
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_letters import seen
from voicegen.speech.proof_words import proof_words

_ODD_LETTER = lazy(r"[^\x00-\x7f\u00a0-\u024f\u2000-\u20ff]")
_SEPTEMBER = lazy(r"(?<=\d )sept(?:\.|(?= \d{4}))", re.IGNORECASE)
_CROSS = lazy(r"(?<=\d)[xX×](?=\d)|(?<![^\W\d_])[xX×](?=10[\^⁰¹²³⁴⁵⁶⁷⁸⁹])")
_ONE_IN = lazy(r"(?<![\w.,])1 (?:in|de cada|sur|von) (?=10{1,2}(?!\w)|[1-9]\d{0,2}(?:[.,\s]?000)+(?!\w))")
_OUT_OF = {"en": "1 out of ", "es": "1 de ", "fr": "1 sur ", "de": "1 von "}
_POINT_OF_A_PRODUCT = lazy(r"(?<=\d)[.·⋅∙](?=10[\^⁰¹²³⁴⁵⁶⁷⁸⁹])")
_RAISED_POINT = lazy(r"(?<=\d)[·∙⋅•٫](?=\d)(?!10[\^⁰¹²³⁴⁵⁶⁷⁸⁹])")
_DAILY = lazy(r"(?:(?<=\w)\s|\A)[xX×]\s?(\d{1,2})\s?/\s?(?=[^\W\d_])")
_SIDES = lazy(r"(?<=\d)(\s?(?:mm|cm|m)?)\s?[xX×]\s?(?=[\d.,]+\s?(?:[xX×]|mm|cm|m)(?![^\W\d_]))")
_APART = lazy(r"(?<=\dh)\s?/\s?(?=\d{1,2}\s?h(?!\w))|(?<=\dh) / (?=\d)|(?<=\d h) / (?=\d)|(?<=heures) / (?=\d)")
_DATE_THEN = lazy(r"(?<=\s(?:19|20)\d\d) à (?=\d{1,2}\s?h)")
_AT_LEAST = lazy(r"(?<!\w)([Aa]u) ?[-−–] ?(?=\d)")
_AT_MOST = lazy(r"(?<!\w)([Aa]u) ?\+ ?(?=\d)")
"""The French "au - 6 h" and "au + 6 h"."""
_FRENCH_ORDINALS = lazy(r"(?<![\w.,/-])(\d\d?(?:e|ème|re|er))-(?=\d\d?(?:e|ème)(?!\w))")
_FRENCH_PART = lazy(
    r"(?<![\w/.,])1 ?/ ?(10{1,6}|10{0,2}[ \u00a0\u202f.]000|[5-9]|[2-9]0|15|25)(?:e|è|[eè]me)(?!\w)"
)
"""One of ten parts: "1/10e"."""
_FRENCH_ROMAN = lazy(r"(?<![\w.])([IVX]{1,6})(?=(?:e|ᵉ|ème)(?!\w))")
_HIGH_DEGREES = lazy(r"(?<=\d)º(?!\w)")
_WARM = lazy(r"(?<=\d)\s?º(?=\s?C(?!\w)|\s?(?:[-–—]|[yeoa])\s?[-−]?\d+(?:[.,]\d+)?\s?[º°]\s?C(?!\w))")
"""The sign of an ordinal for that of a temperature, of the second or of both."""
_CELSIUS = lazy(r"\s?C(?!\w)")
_KEPT_COLD = lazy(r"(?i)\b(?:conserv|nevera|frigor|heladera|refriger|almacen|temperatura)")
_TWO_DEGREES = lazy(r"(?i)(\bentre \d\d?)\s?[º°](\s?[ye]\s?\d\d?)\s?[º°](?!\s?[^\W\d_])")
_TIMES_PER = lazy(r"(?<=\d)\s?[xX×]\s?/\s?(?=[^\W\d_])")
_SPANISH_PER = lazy(r"(?<=\d)\s?[xX×]\s?(?=(?:día|dia|semana|hora|mes|toma|noche)(?!\w))")
_PER = {"en": "times per", "es": "veces por", "fr": "fois par", "de": "mal pro"}
_STEP = lazy(
    "(?:[0-9]\ufe0f?\u20e3)+"
    "|[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\U0001f100-\U0001f10a\U0001f51f]"
)
"""A number that is drawn in a circle, in brackets or on a key."""
_FORMS = ("<font>", "<wide>", "<narrow>", "<small>", "<circle>", "<square>")
_ROUND = lazy(
    rf"(?:(?<![\w.,+-])|(?<= 000-)){proof_groups.NO_NUMBER_BEFORE}(\d{{1,3}}(?: \d{{3}})*) 000"
    r"(?!\w|\.\d|-\d(?!\d{0,2}(?: \d{3})* 000(?![\w-]|[.]\d| \d))| \d)"
)
_SWISS = lazy(r"(?:(?<![\w.,+/-])|(?<=\d{3}-))\d{1,3}(?:['’٬]\d{3})+(?!\w|['’]\d)")
_HOUR = r"(?:[01]?\d|2[0-4])"
_HOURS = lazy(
    rf"(?<![\w.,:/])({_HOUR})(?P<first>\s?(?:h|heures?|Uhr)|(?=[.:][0-5]\d))(?:[.:\s]?([0-5]\d))?(?:\s?(?:h|Uhr))?\s?(?:[-–—]|à|bis)\s?"
    rf"({_HOUR})(?:\s?(?:h|heures?|Uhr|[.:])\s?([0-5]\d))?(?P<last>\s?(?:h|heures?|Uhr)\b)?(?![\w:]|[.,]\d)"
)
_O_CLOCK = r"\s?(?:hs?|hrs|horas|hours)\b"
_HALF_PAST = lazy(
    rf"(?<![\w.,:/])({_HOUR})(?:(?P<colon>:[0-5]\d)|(?P<dot>\.[0-5]\d)(?=\s?hs?\b))?(?P<first>{_O_CLOCK})?"
    rf"\s?(?:[-–—]|\b(?:to|a)\b)\s?({_HOUR})(?P<minutes>:[0-5]\d)?(?P<last>{_O_CLOCK})?(?![\w:/]|[.,]\d)"
)
"""From one time of day to another of which one is a full hour: "8:30h-14h"."""
_DOTTED_HOURS = lazy(
    rf"(?<![\w.,:/]){_HOUR}(?:\.[0-5]\d(?:\s?[-–—]\s?|\sa\s){_HOUR}(?:\.[0-5]\d)?|(?:\s?[-–—]\s?|\sa\s){_HOUR}\.[0-5]\d)"
    r"(?=\s?(?:hs?|horas)\b)"
)
"""From one time of day to another, with minutes behind a dot: "11.30 – 12 h"."""
_OPEN = lazy(r"(?<=\d{3}) [–—-] (?=24(?:/7|\s?(?:h|hrs?|hours?|Std|Stunden|heures|horas)(?!\w)))")
"""Between a telephone number and the hours in which it is answered."""
_MILLION_OF = lazy(r"(?<!\w)(millions?|millón|millones)\s(?:d['’]|de\s)(?=UI|U\b|unités|unidades)")
_MILLION_UNITS = lazy(r"(?<=\d)\s?M\.?\s?(?=U\.?\s?I(?!\w)|U(?!\w))")
_INTERNATIONAL = lazy(r"(?<!\w)[Ii]\.\s?E\.(?!\w)")
_JOINED = lazy(r"(?<=\d)\s?%-?(?=ig)")
_ONE_DOSE = r"(?:\d[.,]5|1/[24]|3/4|\d|\d?[½¼¾])"
_MANY = r"(?:0|[1-9]\d?)"
_STRONG = r"(?:[1-9]\d{0,3}(?:[.,]\d{1,2})?|0(?:[.,]\d{1,2})?)"
_UNITS_OR_DROPS = r"(?:IE|I\.E\.|E|Einh|IU|UI|U|units|Trpf|Tr|Tropfen|drops|gotas|gouttes)"
_SCHEDULE = lazy(
    r"(?<![\w.,/–—+-])(?<![–—-] )(?:"
    rf"{_ONE_DOSE}(?:(?:[-–—]{_ONE_DOSE}){{2,3}}|(?:\s[-–—]\s{_ONE_DOSE}){{2,3}})"
    rf"|(?=[\d\s–—-]{{0,16}}(?<!\d)0(?!\d)|[\d\s–—-]{{5,20}}{_UNITS_OR_DROPS}(?!\w)){_MANY}"
    rf"(?:(?:[-–—]{_MANY}){{2,3}}|(?:\s[-–—]\s{_MANY}){{2,3}})"
    rf"|(?=[\d.,\s–—-]{{5,32}}(?:m?g|mcg|[µμ]g|m[lL])(?!\w)){_STRONG}"
    rf"(?:(?:[-–—]{_STRONG}){{2,3}}|(?:\s[-–—]\s{_STRONG}){{2,3}}))"
    r"(?![\w/½¼¾–—-]|[.,]\d|\s[-–—]\s?\d)"
)
_HEIGHT = lazy(r"(?<![\w.,/'’])([2-8])\s?['’′]\s?(\d|1[01])(½?)\s?(?:[\"”″]|''|’’)(?!\w)")
_INCHES = lazy(
    r"(?<=\d|[½¼¾])\s?[\"”″](?= ?[x×] ?\d|\s(?:needle|long|wide|tall|high|deep|thick|gauze|bandage|tape|tubing"
    r"|incision|wound|heel))|(?<=[x×]\d)[\"”″](?!\w)|(?<=[x×] \d)[\"”″](?!\w)"
)
"""The mark of inches before what is measured in them."""
_QUOTES = lazy(r"(?<![^\s(])[\"“]")
_DEGREES = lazy(r"(?<=\d)(\s?[°º˚]\s?[CF]?)\s?/\s?(?=\d)")
_SCALES = lazy(
    r"(?<=\d)(?:(\s?(?:cm|m|mm|km|kg|g|ml|mL|l|L))\s?/\s?(?=[\d.,]+\s?(?:in|ft|lbs?|oz|fl\.? ?oz|st)(?!\w))"
    r"|(\s?(?:in|ft|lbs?|oz|fl\.? ?oz|st))\s?/\s?(?=[\d.,]+\s?(?:cm|m|mm|km|kg|g|ml|mL|l|L)(?!\w)))"
)
_ORDINAL = lazy(r"(?<![\w.,/])(\d{1,2})(\.?)([ºª°]|[^\W\d_]{1,4})(?![\w'’-])")
_FRENCH = ("re", "ère", "ere", "ʳᵉ", "e", "ᵉ", "è", "ème", "eme")
_SPANISH_COUNTED = lazy(
    r"\s(?:día|mes|año|trimestre|semestre|ciclo|curso|control|paso|grado|embarazo|parto|hijo|dedo|piso|intento|dosis"
    r"|semana|toma|vez|fase|planta|visita|revisión)(?!\w)",
    re.IGNORECASE,
)
_PART_TO = lazy(
    r"(?<![\w/.,-])(1/2|1/3|2/3|1/4|3/4)(?=\s?(?:[-–—]|(?:to|a|à|bis|or|o|ou|oder)\s)\s?[1-9](?![\d/.,])\s[^\W\d_]{2})"
)
"""A part of one at the beginning of a range: "1/2 to 1 tablet"."""
_SIGHT = lazy(r"(?i)\b(?:VA|vision|visual|acuity|eyes?|OD|OS|RE|LE|BCVA|UCVA|snellen|pinhole)\b")
_LETTERS_READ = lazy(
    r"(?<![\w.,/])(6/(?:[4-9]|12|18|24|36|60)|20/\d\d\d?) ?([-−–+])"
    r"(?=[1-5](?![\d/]|[.,]\d| (?!(?:[RLB]E?|O[DSU])(?!\w))[^\W\d_]|[^\W\d_]))"
)
"""Letters missed or read beyond a line in a test of sight."""
_PARTS_OF_A_FORM = lazy(
    r"(?<![\w/.,-])(1/2|1/3|2/3|1/4|3/4)(\s?[-–—]\s?|\s(?:to|a|à|bis)\s)(1/2|1/3|2/3|1/4|3/4)"
    r"(?=\s(?:tab|tbl|cap|pill|cup|glass|dose|sachet|teasp|tablesp|cp|comp|gél|cuch|kaps|beutel|stück|lit|pint|becher)[^\W\d_]*)",
    re.IGNORECASE,
)
_TO_MIXED = lazy(r"(?<=\d[-–—])([1-9]) (1/2|1/4|3/4)(?=\s[^\W\d_]{3})")
_NOUN_HALF = lazy(
    r"(?<![\w.,/-])(\d{1,2})[ \u00a0]((?i:cpr?|comp|comprim\w+|g[ée]lules?|sachets?|mesures?|pastillas?|sobres?))"
    r"[ \u00a0](?:1/2|½)(?=\s*\Z|\s*[.,;)](?:\s|\Z)"
    r"|\s(?:le|la|les|matin|midi|soir|par|à|au|avant|après|toutes|por|al|a|cada|antes|en|x)\s)"
)
"""The half after the noun: "1 cp 1/2"."""
_UNIT_TO = lazy(r"(\d\s?[^\W\d_]{1,5})\.(?=\s(?:bis|to|à|a|al)\s\d)")
"""The dot of a short form between two amounts: "30 Min. bis 1 Std."."""
_FLAT_POWER = lazy(
    r"(?:(?:(?<=[A-Za-zµμ²³])|(?<=[-−][123]))[.·⋅∙](?P<unit>[A-Za-zµμ]{1,4})"
    r"|(?<=[A-Za-zµμ²³]) (?P<sure>kg|g|[md]?[lL]|min|hr?|s|m)"
    r"|(?<=[-−][123]) (?P<next>kg|[lL]|min|h|d|day|j|jour|Tag|día))[-−](?P<power>[123])(?!\d)"
)
"""The unit under another, with its power behind a hyphen: "mL.min-1", "mg kg-1 day-1"."""
_DOSES_IN_A_ROW = lazy(
    r"(?<!\d)\d+(?:[.,]\d+)?\s?([^\W\d_]{1,5})(?:\s?[-–]\s?(?:\d+(?:[.,]\d+)?\s?\1(?![^\W\d_])|0(?![\w.,]))){2,}"
)
"""As in "6u-8u-6u": the doses of a day."""
_OR_EQUAL = lazy(r"([<>])(?:\s?/\s?|\s?(?:or|ou|oder|o)\s|\s)=|=\s?/\s?([<>])")
"""As in ">/= 65" and "> or = 65"."""
_ON_THE_HOUR = lazy(r"(?<=\d)(\s?h)[ \u00a0]?00(?!\d|[.,]\d)")
"""As in "à 9h00"."""
_STAR = lazy(r"(?<=[xX×]10)\*(?=\d)|(?<=[xX×]\s10)\*(?=\d)|(?<=(?<![\d.,])10)\*(?=\d{1,2}/)")
_MORE_OF = lazy(r"(?<![\w+])\+ de (?=\d)")
_LESS_OF = lazy(r"(?:(?<=\A)|(?<=[(:,;] )|(?<=\())[-–−] ?de (?=\d+\s?(?!(?:à|a|et|y|ou|o)\s\d)[^\W\d_])")
_PREGNANT = lazy(r"(?i)\b(?:embaraz|gesta|prenatal|fetal|feto|parto|amenorrea|fur\b|eg\b)")
_TWO_LETTERS = lazy(r"[^\W\d_]{2}")
_SPANISH_S = lazy(r"(?<=\d) ?s(?!\w)")
_SPANISH_S_DOTTED = lazy(r"(?<=\d) s(?=\.(?:\s[a-zà-ÿ(]|[,;)]))")
"""Weeks or seconds, where only the letter is certain: "28 s. de gestación"."""
_FLOW = lazy(r"(?<![\w.,])(\d{1,2}(?:[.,]\d)?)(\s?)lpm(?!\w)")
_OXYGEN = lazy(r"(?i)\b(?:o2|o₂|oxígeno|gafas|mascarilla|vmk|flujo)\b")
_LEFT = lazy(r"(?<=\d) L(?=[\s:;,.)]|\Z)")
_RIGHT = lazy(r"(?:\A|[\s(/])R(?=[\s:;,.)]|\Z)")
_BESIDE = lazy(
    r"((?<!\w)R[.:]? (?:[-−–+] ?|minus |menos |moins )?\d[\d.,/]*(?: (?:Schrägstrich|barr[ae]) \d+)?)"
    r"(?: ?/ ?| )L(?=[.:]? ?[-−–+]? ?\d)"
)
"""Both sides with a slash between: "R 1.0 / L 0.8" has no litres."""
_GAUGES = lazy(r"(?<![\w.,/])(\d{1,2})F(?=[\s:;,.)]|\Z)")
_TUBE = lazy(
    r"(?i)cath[eé]t|kathet|catéter|\bfoley|\bsheath|\btubes?\b|\bcannula|\bdrains?\b|\bstents?\b|\bsond[ea]|\bpigtail"
)
_BODY = lazy(
    r" (?:leg|arm|hand|foot|feet|knee|hip|ankle|wrist|elbow|shoulder|eye|ear|breast|kidney|lung|ovar|side|lower"
    r"|upper|lobe|ventric|atri|calf|thigh|groin|loin|flank|hemi)"
)
_PATIENT = lazy(r"(?<![\w.,/-])([1-8]\d|9[0-4])F(?=[\s:;,.)]|\Z)")
_MEN = lazy(r"(?:\A|[\s(])\d\dM(?=[\s:;,.)]|\Z)")
_FEVERS = lazy(r"(?<=\d)(\s?[CF])\s?/\s?(?=\d+(?:[.,]\d+)?\s?°?[CF](?!\w))")
_PRIME = lazy(r"(?<![\w.,'’′\"”″°])(\d{1,3})\s?([′'’]{2}|[″′'’])(?![\w'’′″\"-])")
_PRIMES = lazy(r"(?<![\w.,'’′\"”″°])(\d{1,3})\s?[′'’]\s?[-–—]\s?(?=\d{1,3}\s?[′'’](?![\w'’′″\"-]))")
_OPENED = lazy(r"(?<!\w)['‘]")
_EXTENSION = lazy(
    r"(?<!\w)((?:Tele)?[Ff]ax|Tel|Telefon|Durchwahl|D[Ww]|Apparat|App|Nebenstelle)([.:]{0,2} )[-–](?=\d)"
)
"""The hyphen before the last digits of a telephone number."""
_LASTING = lazy(r"(?i)\b(?:over|for|in|every|after|within|per|x)\s\Z")
_SIGNS_OF_PARTS = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"}
_FROM_CLOCK = lazy(
    r"(?<![\w.,:/£$€%–-])([01]?\d|2[0-4])[.:]([0-5]\d)(\s?[-–—]\s?\d{1,2})(?:[.:]([0-5]\d))?(?=\s?[ap]\.?\s?m(?!\w))",
    re.IGNORECASE,
)
"""The beginning of opening hours whose half of the day stands at the end only: "1.30 – 5.30pm"."""
_LAKHS = lazy(r"(?<![\d.,])[1-9]\d?(?:,\d\d)+,000(?!\d|[.,]\d)")
"""A hundred thousand and more, with the commas of India: "1,50,000"."""
_WITH_H = lazy(
    r"(?<![\w.,:/£$€%])(?<!over )(?<!for )(?<!after )(?<!within )(?<!every )"
    r"([01]\d|2[0-4]|\d(?=[hH]\d\d ?[-–—] ?\d\d?[hH]\d)|(?:(?<=[hH]\d\d[-–—])|(?<=[hH]\d\d [-–—] ))\d)"
    r"[hH]([0-5]\d)(?![\w%/]|[.,:]\d)(?P<colon>(?=:))?"
)
"""A time of day as South Africa writes it: "08h00"."""
_SPANISH_ARTICLE = lazy(r"(?<!\w)(?:el|la|los|las|del|al|un|una|su|y)\s\Z", re.IGNORECASE)


_EVERY_HOURS = r"(?<![\w.-])[qQ]\.?\s?(\d\d?(?:\s?[-–]\s?\d\d?)?)\s?[hH](?![\w'’])"
"""As in "q4-6h"."""
_SQUARE_METRES = lazy(
    r"(?<![^\W\d_])(?:m[eèé]t(?:re|er)|metro)s?"
    r"(?:²(?![⁰¹²³⁴⁵⁶⁷⁸⁹])|\s(?:squared|au carré|al cuadrado|zum Quadrat)(?!\w))",
    re.IGNORECASE,
)


def _every_hours(found: re.Match[str]) -> str:
    return "toutes les heures" if found[1] == "1" else f"toutes les {found[1]} heures"


def letters(text: str) -> str:
    """The text with digits of other scripts, full-width letters, those of mathematics and look-alikes as plain."""
    if text.isascii():
        return text
    return _ODD_LETTER.sub(_plain, seen(steps(text)).replace("٪", "%").replace("∘", "°"))


def steps(text: str) -> str:
    """The text with numbers in circles and on keys as plain ones that join no other."""
    return text if text.isascii() else _STEP.sub(_of_a_step, text)


def _of_a_step(found: re.Match[str]) -> str:
    keys = re.sub(r"\D", "", found[0])
    return f" {keys or int(unicodedata.numeric(found[0], 10))} , "


def _plain(found: re.Match[str]) -> str:
    mark = found[0]
    if mark.isdecimal():
        return str(int(mark))
    kind = unicodedata.decomposition(mark).partition(" ")[0]
    joined = "\ufb00" <= mark <= "\ufb06"
    return unicodedata.normalize("NFKC", mark) if kind in _FORMS or joined else mark


def _closed(found: re.Match[str], code: str) -> str:
    """Swiss thousands closed up, or with dots where those part thousands and no decimals follow."""
    decimals = re.compile(r"[.,]\d").match(found.string, found.end())
    return re.sub(r"\D", "" if code == "en" or decimals else ".", found[0])


def either(text: str, code: str) -> str:
    """A shown or spoken text with thousands closed up, hours alike and ordinals as numbers of a kind."""
    text = _SWISS.sub(lambda found: _closed(found, code), text)
    text = proof_number_signs.thousands_to(text, code)
    text = _CROSS.sub(" x ", _ROUND.sub(lambda found: found[0].replace(" ", ""), text))
    text = _SQUARE_METRES.sub("m2", _ONE_IN.sub(_OUT_OF[code], text))
    text = re.sub(r"(?<![^\W_])C ?A[ -](\d\d)-(?=\d{1,2}(?!\d))", r"CA \1 , ", text)  # "CA 19-9"
    text = re.sub(r"(?<![\w-])([xX])(?=\d+\s?[^\W\d_])", r"\1 ", text)
    text = _MILLION_OF.sub(r"\1 ", _OPEN.sub(" , ", text))
    text = _UNIT_TO.sub(r"\1", proof_dates.worded(text))
    text = _BESIDE.sub(r"\1 , leftside", proof_spine.worded(text))
    if "F" in text and _TUBE.search(text):
        text = _GAUGES.sub(r"\1 french", text)
    if code == "en":
        text = _no_units(text)
    if code == "es":
        nothing_else = text.rstrip().endswith("s.") and not _TWO_LETTERS.search(text)
        unsure = _SPANISH_S if nothing_else or _PREGNANT.search(text) else _SPANISH_S_DOTTED
        text = unsure.sub(" weekorsecond", text)
    if code in ("fr", "de"):
        text = _HOURS.sub(_hours, text)
    if code == "fr":
        text = _SEPTEMBER.sub("septembre", proof_dates.in_several(text))  # "sept" is seven
        text = _DATE_THEN.sub(" , ", _APART.sub(" , ", text))
    if code == "de":
        text = re.sub(r"(?<=kg)[ \u00a0/]?KGW?(?![^\W\d_])", "", text)  # of the body's weight
        text = _JOINED.sub(" prozent", text)
        text = _INTERNATIONAL.sub("IE", text)
    for word, number in proof_words(code).ordinals.items():
        if word in text.lower():
            text = re.sub(rf"(?<!\w)(?<!un ){word}(?!\w)", f"{number} ordinal", text, flags=re.IGNORECASE)
    return _ORDINAL.sub(lambda found: _ordinal(found, code), text)


def shown(text: str, code: str, region: str = "") -> str:
    """A shown text with that, and its heights, its doses of a day and its other scales written out."""
    if code == "fr":
        text = _ON_THE_HOUR.sub(r"\1", re.sub(_EVERY_HOURS, _every_hours, text))
    text = _WITH_H.sub(_with_colon, text) if code == "en" else text
    text = proof_number_signs.thousands_to(text, code)
    text = proof_minus.before_doses(proof_apart.telephones(proof_apart.clocks(proof_apart.halves(text))))
    text = _FLAT_POWER.sub(_under, text) if "-" in text or "−" in text else text
    text = re.sub(r"(?<=\d)\s?[~∼]\s?(?=\d)", "–", text)
    text = _DOSES_IN_A_ROW.sub(lambda found: re.sub(r"\s?[-–]\s?", " , ", found[0]), text)
    text = proof_apart.strengths(_OR_EQUAL.sub(r"\1\2=", text), code)
    text = proof_groups.closed_up(proof_days.parted(text), code, region)
    text = _EXTENSION.sub(r"\1\2", proof_minus.attached(text))
    text = proof_dates.between(_SCHEDULE.sub(_each_dose, text), code, region)
    if code in ("en", "es"):
        text = _HALF_PAST.sub(_half_past, text)
    text = _DOTTED_HOURS.sub(_with_colons, text) if code == "es" else text
    if code == "en":
        text = _LAKHS.sub(lambda found: f"{int(found[0].replace(',', '')):,}", _FROM_CLOCK.sub(_said_apart, text))
    text = proof_apart.unlike(text, code)
    text = re.sub(r"(?<=[^\W\d_]{2})\./(?=[^\W_])", "/", text)  # "4 Tbl./Tag", "8 Tbl./24 h"
    text = re.sub(r"(?<=\d)[.,][-–—]{1,2}(?=\s?(?:€|Euro|EUR|Fr|CHF|SFr)|\s|$)", "", text)  # "10,- Euro"
    text = re.sub(r"(?<=\d )beats?/min(?!\w)", "beats per minute", text) if code == "en" else text
    text = re.sub(r"(?<![\w/-])24-7(?![\w/-])", "24/7", text)
    text = re.sub(
        r"(?<=\d)\s?MIU(?!\w)", " million IU", re.sub(r"(?<=\d)(?=(?:noon|midday|midnight)\b)", " ", text)
    )
    text = re.sub(
        r"(?<=\d)(?:\s?\.\.\s?|\.\.\.|…|\s(?:\.\.\.|…)\s)(?=[-−+]?\d)",
        "–",
        re.sub(r"(?<![\w/.,-])(\d)-(?=(?:1/[2-8]|2/[35]|3/[458]|5/[68]|7/8)(?!\d))", r"\1 ", text),
    )
    text = _POINT_OF_A_PRODUCT.sub(" x ", text)  # "4.10⁹"
    text = proof_number_signs.written(text, code)
    text = _RAISED_POINT.sub("." if code == "en" else ",", text)
    text = re.sub(r"((?<=[xX×])\s?\d/)D(?!\w)", r"\1d", text)
    text = _DAILY.sub(lambda found: _daily(found, code), text)
    text = re.sub(r"(?<=[^\W\d_])\.(?=\s?[-–—]\s?\d)|(?<=\d)\.(?=[-–—]\d)", "", text)  # "30 min.–2 hr."
    if code in ("fr", "es"):
        text = _NOUN_HALF.sub(r"\1½ \2", text)
    text = _PARTS_OF_A_FORM.sub(lambda part: _SIGNS_OF_PARTS[part[1]] + part[2] + _SIGNS_OF_PARTS[part[3]], text)
    text = _TO_MIXED.sub(lambda found: found[1] + _SIGNS_OF_PARTS[found[2]], text)
    text = _PART_TO.sub(lambda found: _SIGNS_OF_PARTS[found[1]], text)
    text = proof_apart.combined(text)
    text = _TIMES_PER.sub(rf" {_PER[code]} ", text)
    text = _STAR.sub("^", text)
    if code in ("fr", "es"):
        more, less = ("más de ", "menos de ") if code == "es" else ("plus de ", "moins de ")
        text = _LESS_OF.sub(less, _MORE_OF.sub(more, text))
    if code == "es":
        text = re.sub(r"(?<=[^\W\d_])\.(?= y medi[oa](?!\w))", "", text)  # "1 comp. y medio"
        text = _FLOW.sub(_flow, text)
        text = re.sub(r"(?<![\w.,'’])(\d{1,3})['’](?=\d{1,2}(?![\d'’\"”″]|[.,]\d))", r"\1,", text)  # "1'5 ml"
        text = _SPANISH_PER.sub(" por ", text)
        text = re.sub(r"(?<!\w)c/\s?(?=\d)", "cada ", text)
        text = re.sub(r"(?<=[^\W\d_]/)c(?:om)?p(?!\w)", "comprimido", text)  # "500 mg/comp"
        text = _WARM.sub("°", text)
        if _KEPT_COLD.search(text):
            text = _TWO_DEGREES.sub(r"\1 grados\2 grados", text)
        text = _HIGH_DEGREES.sub(lambda found: "°" if _is_high(found) else found[0], text)
    if code in ("es", "fr"):
        text = _MILLION_UNITS.sub(" million " if code == "fr" else " millón ", text)
        text = re.sub(r"(?<!\w)U\.[ \u00a0]?I\.?(?!\w)", "UI", text)
    if code == "fr":
        text = _AT_MOST.sub(r"\1 plus ", _AT_LEAST.sub(r"\1 moins ", text))
        text = _FRENCH_ORDINALS.sub(r"\1 – ", _FRENCH_PART.sub(r"1 sur \1", text))
        text = re.sub(r"(?<=\d)\s?SA(?!\w)", " semaines d'aménorrhée", text)
        text = _FRENCH_ROMAN.sub(lambda found: str(_roman(found[1])), _SIDES.sub(r"\1 sur ", text))
    text = re.sub(
        r"(?<![\d/.,-])(0?[1-9]|1[0-2])-(?=20\d\d(?![\d.,]|\s?(?:mg|ml|mL|g|kg|h|IU|U)\b))", r"\1 , ", text
    )
    text = proof_spine.dashed(proof_dates.dashed(text, code))
    text = text if code == "en" or _OPENED.search(text) else _PRIMES.sub(r"\1–", text)
    text = _PRIME.sub(lambda found: _minutes(found, code), text)
    text = _FEVERS.sub(r"\1 , ", text)
    text = _SCALES.sub(lambda found: f"{found[1] or found[2]} , ", _DEGREES.sub(r"\1 , ", text))
    if code == "en" and _SIGHT.search(text):
        text = _LETTERS_READ.sub(lambda found: f"{found[1]} {'plus' if found[2] == '+' else 'minus'} ", text)
    if code == "en":
        text = _HEIGHT.sub(r"\1 ft \2\3 inches", text)
        text = text if _QUOTES.search(text) else _INCHES.sub(" inches ", text)
    return either(text, code)


def _under(found: re.Match[str]) -> str:
    return f"/{found['unit'] or found['sure'] or found['next']}{found['power'].strip('1')}"


def _said_apart(found: re.Match[str]) -> str:
    """The hour and the minutes as they are said: "1 30", "9 0 5", "2"."""
    minute, last = found[2], f".{found[4]}" if found[4] else ""
    zero = "0 " if minute[0] == "0" else ""
    return f"{found[1]}{'' if minute == '00' else f' {zero}{int(minute)}'}{found[3]}{last}"


def _with_colon(found: re.Match[str]) -> str:
    return f"{found[1]}:{found[2]}{'' if found['colon'] is None else ' '}"


def _minutes(found: re.Match[str], code: str) -> str:
    """As in "30′": minutes, in English only after a word for a length of time, else feet as likely."""
    before = found.string[max(0, found.start() - 100) : found.start()]
    quoted = _OPENED.search(found.string)
    if (quoted and quoted.end() <= found.start()) or (code == "en" and not _takes_time(found, before)):
        return found[0]
    return f"{found[1]} {'sec' if found[2] == '″' or len(found[2]) == 2 else 'min'}"


def _no_units(text: str) -> str:
    """English text in which "L" is not litres where it is the left side, and "32F" no temperature of a patient."""
    right, men = _RIGHT.search(text) is not None, _MEN.search(text) is not None

    def side(found: re.Match[str]) -> str:
        number = text[max(0, found.start() - 12) : found.start()].rpartition(" ")[2]
        score = "/" in number and number not in ("1/2", "1/3", "1/4", "2/3", "3/4")
        beside = right and number.isdigit()
        return " leftside" if score or beside or _BODY.match(text, found.end()) else found[0]

    def person(found: re.Match[str]) -> str:
        article = text[max(0, found.start() - 4) : found.start()].lower()
        of_one = article.endswith((" a ", " an ")) or article in ("a ", "an ")
        return f"{found[1]} woman" if men or of_one else found[0]

    return _PATIENT.sub(person, _LEFT.sub(side, text))


def _flow(found: re.Match[str]) -> str:
    """Litres a minute, which are written as heart beats are: no heart beats fifteen times a minute."""
    number = float(found[1].replace(",", "."))
    oxygen = number <= 15 or (
        number <= 60 and _OXYGEN.search(found.string[max(0, found.start() - 40) : found.start()])
    )
    return f"{found[1]} l/min" if oxygen else found[0]


def _takes_time(found: re.Match[str], before: str) -> bool:
    """Whether an English sentence is about how long, not how tall, somebody or something is."""
    after = found.string[found.end() : found.end() + 100]
    words = set(re.findall(r"[a-z]+", f"{before} {after}".lower()))
    if "apgar" in words and before.endswith(" at "):
        return True
    if words & {"tall", "height", "high", "long", "wide", "deep"}:
        return False
    feet = found[1] in ("4", "5", "6", "7") and before.lower().endswith("over ")
    dosed = words & {
        "iv",
        "infuse",
        "infused",
        "infusion",
        "inject",
        "bolus",
        "give",
        "given",
        "slow",
        "slowly",
        "run",
        "push",
    }
    return _LASTING.search(before) is not None and bool(not feet or dosed)


def _each_dose(found: re.Match[str]) -> str:
    doses = re.sub(r"[13]/[24]", lambda part: _SIGNS_OF_PARTS.get(part[0], part[0]), found[0])
    after_number = re.search(r"\d[ \u00a0]\Z", found.string[: found.start()])
    return ("; " if after_number else "") + re.sub(r"\s?[-–—]\s?", ", ", doses)


def _daily(found: re.Match[str], code: str) -> str:
    before = found.string[max(0, found.start() - 6) : found.start()]
    limit = re.search(r"(?<!\w)(?:than|to|most|only|just|que|als|à|a)\Z", before)
    return f"{' ' if limit else ', '}{found[1]} {_PER[code]} "


def _is_high(found: re.Match[str]) -> bool:
    """Whether a number before "º" is no ordinal: "38,5º"."""
    number = re.search(r"\d+(?:[.,]\d+)?\Z", found.string[max(0, found.start() - 8) : found.start()])
    return number is not None and float(number[0].replace(",", ".")) > 31


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _half_past(found: re.Match[str]) -> str:
    """Both with their minutes, where the full hour has a word for one or stands in front of the other's."""
    first, last = found["colon"] or found["dot"], found["minutes"]
    if (
        not int(found[1])
        or (first is None) == (last is None)
        or not (found["last"] or (first is None and found["first"]))
    ):
        return found[0]
    return f"{found[1]}:{(first or '.00')[1:]}-{found[5]}:{(last or ':00')[1:]}"


def _with_colons(found: re.Match[str]) -> str:
    times = re.split(r"\s?[-–—]\s?|\sa\s", found[0])
    return "-".join(f"{hour}:{minute or '00'}" for hour, _, minute in (time.partition(".") for time in times))


def _hours(found: re.Match[str]) -> str:
    low, low_minute, high, high_minute = found[1], found[3], found[4], found[5]
    if not (low_minute or high_minute) or not (found["first"] or found["last"]):
        return found[0]
    return f"{int(low)}:{low_minute or '00'}-{int(high)}:{high_minute or '00'}"


def _ordinal(found: re.Match[str], code: str) -> str:
    """As in "2.º" and "2e": a number with the ending of an ordinal, where it can be nothing else."""
    number, dot, ending = found[1], found[2], found[3].lower()
    if code == "fr" and ending in _FRENCH and not dot and int(number) <= 30:
        return f"{number} ordinal"
    if code == "es" and int(number) <= 20 and (ending in ("er", "ª") or (ending in ("º", "°") and dot)):
        return f"{number} ordinal"
    if (
        code == "es"
        and int(number) <= 20
        and ending in ("º", "ª")
        and _SPANISH_COUNTED.match(found.string, found.end())
    ):
        return f"{number} ordinal"
    if code == "es" and ending in ("º", "°") and _CELSIUS.match(found.string, found.end()):
        return found[0]  # a temperature
    if code == "es" and int(number) <= 20 and ending in ("º", "°", "a", "o"):
        before = found.string[max(0, found.start() - 8) : found.start()]
        return f"{number} ordinal" if _SPANISH_ARTICLE.search(before) else found[0]
    return found[0]
