"""The parser of the proof: what a text says in numbers, read without any of the rules' code or data."""

from __future__ import annotations

import re

from voicegen.speech.patterns import lazy
from voicegen.speech.proof_grammar import Reading, amounts, month_name
from voicegen.speech.proof_words import proof_words

_ROMAN = {
    "X" * tens + numeral: str(10 * tens + value)
    for tens in range(4)
    for value, numeral in enumerate(("", *"I II III IV V VI VII VIII IX".split()))  # noqa: SIM905
    if tens or value
}
_NUMERAL = r"(?:X{1,3}(?:IX|IV|VI{0,3}|I{0,3})|IX|IV|VI{0,3}|I{1,3})"
_DIGITS = r"(?>\(\d{1,5}\)|\d{1,5})"
"""As many as there are: tried in every other length too, fifty digits in a row would take a second."""
_GAP = r"[ \u00a0\u202f.‑–-]*"
_O_CLOCK = r"(?:Uhr|horas|hours|hrs|hs|h)\b"
_WHOLE = lazy(
    r"(?P<site>(?<![\w@./-])(?:https?://|www\.)?(?:[A-Za-z0-9-]{1,63}\.){1,5}(?:com|org|net|gov|edu|info|uk|eu|ca|au|nz|ie"
    r"|es|mx|ar|co|fr|be|ch|de|at|nhs|health|int)(?![\w@.-])(?:/\S*)?)"
    r"|(?P<clocks>(?<![\w.,:/])(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?(?:hs?|hrs|hours|Uhr)\b)?\s?(?:[-–—]|to|a|à|bis)\s?"
    rf"(?:[01]?\d|2[0-4]):[0-5]\d(?!(?!{_O_CLOCK})[\w:]|[.,]\d)(?:\s?{_O_CLOCK})?)"
    r"|(?P<iso>(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-]))"
    r"|(?P<date>(?<![\w/.,])\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})"
    r"(?![\w/]|[.,]\d|\s?(?:mg|mcg|[µμ]g|g|m[lL]|IE|IU|UI|units?|[uU]|%)(?!\w)))"
    r"|(?P<clock>(?:(?<![\w.,:/])|(?<=[apAP][mM]/))(?P<hour>\d{1,2})(?:(?:[:.]| )(?P<minute>[0-5]\d|0 \d))?"
    r"[ \u00a0]?(?P<half>[apAP])\.?[ ]?[mM]\b\.?)"
    r"|(?P<day>(?<![\w.,:/])(?P<hours>[01]?\d|2[0-4])(?::(?P<minutes>[0-5]\d)"
    rf"(?!(?!{_O_CLOCK})[\w:]|[.,]\d|[ \u00a0\u2009\u202f]000(?!\d))(?:\s?{_O_CLOCK})?"
    r"|\.(?P<dotted>[0-5]\d)\s?(?:Uhr|h|hrs|hours)\b))"
    r"|(?P<decades>(?<![\w.,])(?:1\d|20)?[1-9]0['’]?s(?P<joint>[-–—]|\s(?:to|or)\s)['’]?(?:1\d|20)?[1-9]0['’]?s\b)"
    r"|(?P<decade>(?<![\w.,])(?<!\d[-–—])(?<!\d to )(?<!\d [aà] )(?<!\d bis )(?:1\d|20)?[1-9]0['’]?s\b)"
    r"|(?P<exchange>(?<![\w.,/])0(?:1(?=\s?/\s?\d{3} \d\d)|\d{2,4}|(?: \d\d){1,2})\s?/\s?\d{2,9}"
    r"(?: \d{2,4}){0,3}(?: ?- ?\d{1,5})?"
    r"(?![\w/]|[.,]\d))"
    r"|(?P<singles>(?<![\w.,])\d(?:(?:, (?!\d (?:to|bis|à|a) \d)| )(?:\d\b(?![.,]\d|[/%°])"
    r"|in brackets|entre paréntesis|entre parenthèses|in Klammern)){2,})"
    r"|(?P<group>(?<![\w.,/£$€])(?<!out of )(?<!\d de )(?<!\d sur )(?<!\d von )"
    rf"(?:\+\s?)?(?:(?>\d{{2,5}}){_GAP}(?:{_DIGITS}{_GAP}){{0,9}}|{_DIGITS}{_GAP}(?:{_DIGITS}{_GAP}){{1,9}})"
    r"(?<=\d)(?![\w/%°]|[.,]\d|\s[ap]\.?\s?m\b))"
    r"|(?P<name>(?<!\w)(?<!\d )(?<!\d\u00a0)[^\W\d_]{2,}-\d+(?![\d.,]*\s?(?:[ap]m|[%°])))"
    r"|(?P<code>(?<=[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹])(?!(?<=[mM])[23](?!\d))\d+(?:[-–/]\d{1,2}(?![\d%]|[.,]\d)|\+(?=[\s.,;)]|\Z))*)"
    r"|(?P<note>\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\])"
    rf"|(?P<romans>(?<![\w.]){_NUMERAL}(?:\s?[–/-]\s?| (?:to|a|à|bis|or|o|ou|oder) )"
    rf"{_NUMERAL}(?=[a-dA-D]?(?![\w'’])))"
    rf"|(?P<roman>(?<![\w.])(?!(?<=[A-Z] )[IVX](?![\w'’]))(?![IVX] [A-Z](?![\w'’]))"  # not of "M I D"
    rf"{_NUMERAL}(?=[a-dA-D]?(?![\w'’])))"
    r"|(?P<address>(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@[\w.-]{1,250}\w)"
)
_EACH = lazy(r"\d(?:, \d){2,3}")
"""The doses of a day, one after the other: "1, 0, 1, 0" is not the number 1010."""
_DOSES_AFTER = lazy(r"(?<=\d )\d\Z")
_ROUND_SPAN = lazy(r"([1-9]\d{1,4}0)\s?[-‑–]\s?([1-9]\d{1,3}00)\s?")
_ROUND_NAME = lazy(r"[2-9]\d0-[1-9]\d00\s?")
_NAMED = lazy(
    r"(?i)(?<!\w)(?:(?:ph|f)arma(?:cy|cie|cia)|chemist|[ck]lini(?:[ck]|que)|cl[ií]nica|h[oô]s?pital|surgery|office"
    r"|reception|ward|desk|switchboard|appointments|bookings|emergency|poison (?:control|cent(?:er|re))|nurse line"
    r"|consult(?:a|orio)|recepción|centralita|citas|cabinet|accueil|secrétariat|standard|apotheke|krankenhaus"
    r"|praxis|anmeldung|rezeption|zentrale|lote?|batch|charge|ch\.-b|serial|s[eé]rie|mod(?:el[ol]?|èle)|c[oó]d(?:e|igo))"
    r"(?:\.|\s(?:no|nr|number|n[º°o]))?\.?\s?:?\s\Z"
)
"""Right before two round numbers: who answers a telephone, or what they mark."""
_FOUR_DIGITS = lazy(r"(0\d(?:00|15|30|45))\s?[-–‑]\s?((?:1\d|2[0-4])(?:00|15|30|45))")
"""From one hour to another, without a colon: "0800-1700"."""
_TIME_FOLLOWS = lazy(
    r"(?i)(?:\b(?:at|from|until|till|by|before|after|since|to|and|or|um|ab|bis|von|vor|nach|und|oder|à|de|dès|avant|après"
    r"|et|ou|a las?|desde|hasta|antes|y)|[-–—])\s*\Z"
)
"""What stands before a time of day, and not before a ratio."""
_THOUSANDS_TO = lazy(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})*\s?[-–—]\s?[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+")
"""A range of thousands with blanks inside: "800–1 200"."""
_STEP_OF_SCALE = lazy(r"([1-9]\d{1,2})\s?[-–]\s?([1-9]\d{1,2}) (?:0|[1-9]\d?)")
"""From one result to another, and the dose for it."""
_PAIR = lazy(r"\d{1,2}:\d{1,6}")
_TO_MORE = lazy(r"(?: (?:to|bis|à|a) |\s?[-–—]\s?)[1-9]\d{3,4}00(?!\d| \d)")
_FROM_LESS = lazy(r"(?<![\w.,])[1-9]\d{2,4}00(?: (?:to|bis|à|a) |\s?[-–—]\s?)\Z")
"""Beside one of two round numbers: "400000 to 600000 IU"."""
_AFTER_BRACKET = lazy(r"[ \u00a0-]?([^\W\d_]+|[%°])")
_FORM = lazy(r"(?i)(?:tab|tbl|cap|kaps|compr|cáps|pill|puff|drop|tropf|gota|goutte|sachet|sobre|beutel|patch)")
_DILUTED = lazy(r"(?i)\b(?:dilu|mix|mélang|misch|verdünn|mezcl)\w*\s+(?:at|to|à|a|al|auf)\s*\Z")


def readings(text: str, code: str, region: str = "") -> list[Reading]:
    """Everything that a text says in numbers, in order."""
    found: list[Reading] = []
    for short, words in proof_words(code).short_forms.items():
        if short in text.lower():
            text = re.sub(rf"(?<![\w.]){re.escape(short)}(?!\w)", words, text, flags=re.IGNORECASE)
    pressure = _says(text, proof_words(code).pressure)
    place = 0
    at = 0
    while match := _WHOLE.search(text, at):
        at = match.end()
        reading = _whole(match, text, code, region)
        if reading is None:
            doses = _DOSES_AFTER.search(match[0]) if match["group"] else None
            at = match.start() + doses.start() if doses else at  # "50/250 1-0-1"
            continue
        before = text[place : match.start()]
        if match["code"]:
            before = re.sub(r"(?<![^\W\d_])[A-Z]\Z", "", before)  # "M54.5"
        found += amounts(before, code, pressure, text[place - 1 : place].isalnum())
        found.append(reading)
        place = match.end()
    return found + amounts(text[place:], code, pressure, text[place - 1 : place].isalnum())


def _says(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has a word that begins with one of these."""
    return re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})", text, re.IGNORECASE) is not None


_EXERCISE = (
    r"(?:hold(?:ing)?|rest|wait|pause|plank|sprint|squeeze|stretch|balance|stand|jog|walk|wash(?: \w+)?|rinse"
    r"|press|swish|gargle|breathe (?:in|out))"
)


def _is_timed(text: str, match: re.Match[str], code: str) -> bool:
    """Whether "30s" are seconds: of an exercise that is named right before or after, or is done so many times."""
    before, after = text[max(0, match.start() - 40) : match.start()].lower(), text[match.end() :][:12].lower()
    held = rf"\b{_EXERCISE}(?: (?:each(?: \w+)?|it|this|position|there))?:?(?: (?:for|about|up to|at least))?\s?\Z"
    then = rf"\s?[x×]\s?\d|\s(?:{_EXERCISE}|on each|each (?:side|leg|arm|foot|hand|time))\b"
    counted = re.search(r"(?:\b|(?<=\d))(?:[x×]|sets? of)\s?\Z", before) is not None
    aged = re.search(
        r"(?:\bin (?:your|their|his|her|my|our)(?: early| mid| late)?|\bearly|\bmid|\blate|(?<!for )\bover)[ -]\Z",
        before,
    )
    short = code == "en" and all(len(number) == 2 for number in re.findall(r"\d+", match[0]))
    done = re.match(then, after) is not None and aged is None
    return short and (counted or re.search(held, before) is not None or done)


def _whole(match: re.Match[str], text: str, code: str, region: str) -> Reading | None:
    """Stretches that are read as one: dates, times, decades, phone numbers, codes, Roman numerals."""
    kind, words = match.lastgroup or "", match[0]
    digits = re.sub(r"\D", "", words)
    if match["site"]:
        return _address(words)
    if match["clocks"]:
        return _clocks(words, code)
    if match["iso"] or match["date"]:
        return _date(words, code, region, re.search(_CUE, text[: match.start()]) is not None)
    if match["clock"]:
        minute = (match["minute"] or "").replace(" ", "").zfill(2)
        return Reading((f"{int(match['hour'])}{'' if minute == '00' else ':' + minute}{match['half'].lower()}m",))
    if match["day"]:
        hour, minute = match["hours"], match["minutes"] or match["dotted"]
        short = str(int(hour))
        ways: tuple[tuple[str, ...], ...] = ((short, minute), (hour, minute), (f"{short} h", minute))
        if minute == "00":
            ways = (*ways, (short,), (hour,), (f"{short} h",))
        elif code == "en" and words.endswith(("h", "hrs", "hours")) and int(hour):  # not "0 30 hours"
            ways = (*ways, (short, f"{minute} h"), (short, *_minutes(minute)[:-1], f"{minute.lstrip('0')} h"))
        if ":" in words and _says(text, proof_words(code).ratio):
            ratio = ((f"{short}~{minute}",), (f"over {short} {minute}",))
            before = text[: match.start()]
            # A word near another pair is about that one: "Carb ratio 1:15, correction 1:50".
            near = _says(_near_pair(text, match), proof_words(code).ratio)
            if near and (_DILUTED.search(before) or not _TIME_FOLLOWS.search(before)):
                return Reading((f"{hour}:{minute}",), ratio)
            ways = (*ways, *ratio)
        if minute[0] == "0":  # "8 0 5", "20 hundred"
            ways = (*ways, (short + minute,), (hour + minute,), (short, *minute))
        return Reading((f"{hour}:{minute}",), ways)
    if match["decades"]:
        low, high = re.findall(r"\d+s", re.sub("['’]", "", words))
        if _is_timed(text, match, code):
            low, high = low[:-1] + (" s" if match["joint"].strip() == "or" else ""), f"{high[:-1]} s"
        if match["joint"].strip() == "or":
            return Reading((f"or {low} {high}",), ((low, high),))
        return Reading((f"{low}~{high}",))
    if match["decade"] and _is_timed(text, match, code):
        return Reading((f"{digits} s",))
    if match["decade"]:
        return Reading((words.replace("'", "").replace("’", ""),))
    if match["singles"] and _EACH.fullmatch(words):
        return Reading((f"each {digits}",))
    if match["singles"]:
        return Reading((digits,))
    if match["exchange"]:
        return Reading((digits,)) if len(digits) >= 7 else None  # "050/250 µg"
    named = match["group"] and _ROUND_NAME.fullmatch(words) and _NAMED.search(text[: match.start()])
    if named and _is_long_number(words, text[match.end() :], code):
        return Reading((digits,))  # "Lot 500-1000"
    if match["group"] and re.fullmatch(r"[1-9]\d{3,4}00", words):
        low, high = _TO_MORE.match(text, match.end()), _FROM_LESS.search(text, 0, match.start())
        if low or high:
            return None
    if match["group"] and (span := _ROUND_SPAN.fullmatch(words)):
        unlike = _is_long_number(words, text[match.end() :], code)
        return Reading((f"{span[1]}~{span[2]}",), ((digits,),)) if unlike else None  # "Ferritin 300-1000"
    if match["group"] and (hours := _FOUR_DIGITS.fullmatch(words)):
        return Reading((f"{hours[1]}~{hours[2]}",), ((digits,),))
    if match["group"] and (two := _two_phones(words)):
        return Reading(two)
    if match["group"]:
        return (
            Reading(tuple(re.findall(r"\d+", words)), ((digits,),))
            if _is_long_number(words, text[match.end() :], code)
            else None
        )
    if match["note"] and _is_content(match, text, code):
        return None  # "138 mmol/L [133-146]"
    if match["note"]:
        numbers = tuple(re.findall(r"\d+", words))
        return Reading((), (numbers, ("~".join(numbers),)) if re.search("[–-]", words) else (numbers,))
    if match["code"] or match["name"]:
        ion = re.fullmatch(r"[23]\+", words) and re.search(r"(?<![^\W\d_])[A-Z][a-z]\Z", text[: match.start()])
        return Reading(tuple(re.findall(r"\d+\+?", words)), ((words[0],),) if ion else ())
    if match["address"]:
        return _address(words)
    if match["romans"]:
        low, high = (_ROMAN.get(numeral, "") for numeral in re.findall(r"[IVX]+", words)[:2])
        if re.search(r" (?:or|o|ou|oder) ", words):
            return Reading((), ((f"or {low} {high}",),))
        if "/" in words:
            return Reading((), ((f"slash {low} {high}",),))
        return Reading((), ((f"{low}~{high}",), (low, high)))
    return Reading((), ((_ROMAN[words],),)) if kind == "roman" and words in _ROMAN else None


def _near_pair(text: str, pair: re.Match[str]) -> str:
    """The words around two numbers with a colon, as far as the next ones on each side."""
    before, after = _PAIR.split(text[: pair.start()])[-1], _PAIR.split(text[pair.end() :])[0]
    return f"{before} {after}"


def _is_content(note: re.Match[str], text: str, code: str) -> bool:
    """Whether numbers in square brackets are a dose or what is normal, which no mark of a note is."""
    if text[: note.start()].endswith((": ", ":\u00a0")):
        return True
    if re.search("[–-]", note[0]) and (
        text[note.start() - 1 : note.start()].isspace() or re.search(r"\d{3}", note[0])
    ):
        return True
    after = _AFTER_BRACKET.match(text, note.end())
    if after is None or not text[note.start() - 1 : note.start()].isspace():
        return False
    kind = proof_words(code).meanings.get(after[1].lower(), ("", ""))[0]
    return (kind == "unit" and (len(after[1]) > 1 or after[1] in "%°")) or _FORM.match(after[1]) is not None


def _two_phones(words: str) -> tuple[str, ...]:
    """Two whole telephone numbers with a dash between blanks."""
    both = tuple(re.sub(r"\D", "", one) for one in re.split(r"\s[-–—]\s", words))
    whole = len(both) == 2 and all(9 <= len(one) <= 13 and one[0] == "0" for one in both)
    return both if whole else ()


def _is_long_number(words: str, rest: str, code: str) -> bool:
    """Whether groups of digits are a phone number rather than amounts: no unit follows, six digits or more."""
    groups = re.findall(r"\d+", words)
    after = re.match(r"\s?([^\W\d_]+(?: [^\W\d_]+){0,3})", rest)
    named = after[1].lower().split(" ") if after else []
    kinds = {
        proof_words(code).meanings.get(" ".join(named[:end]), ("", ""))[0] for end in range(1, len(named) + 1)
    }
    if kinds & {"unit", "per"} and (len(groups) <= 2 or _THOUSANDS_TO.fullmatch(words.strip())):
        return False
    step = _STEP_OF_SCALE.fullmatch(words.strip())
    if kinds & {"unit"} and step and int(step[1]) < int(step[2]):
        return False  # "151-200 2 units"
    if re.fullmatch(r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d", words.strip()):
        return False  # from one year to another
    if "." in words and not re.fullmatch(r"\d{2}(?:\.\d{2}){4}|\d{3}\.\d{3}\.\d{4}", words):
        return False
    if len(groups) == 2 and ("–" in words or ("-" in words and len("".join(groups)) < 7)):
        return False
    return len("".join(groups)) >= 6 and (
        len(groups) > 2 or words[0] in "+(" or words[0] == "0" or len(groups[-1]) > 2
    )


def _address(words: str) -> Reading:
    """The numbers of a web address: said digit by digit, three or more of them as one row."""
    numbers = re.findall(r"\d+", re.split(r"[?#]", words)[0])
    heard = [digit for number in numbers for digit in ([number] if len(number) > 2 else number)]
    return Reading(tuple(heard))


def _clocks(words: str, code: str) -> Reading:
    """Opening hours: "08:30–17:00" may be said "8 30 to 17 hundred", but "8 heures 30 à 17 heures"."""
    low, low_minute, high, high_minute = re.findall(r"\d+", words)[:4]
    ways: list[tuple[str, ...]] = []
    for hour, other in (("", ""), (" h", " h"), ("", " h"), (" h", "")):
        first = str(int(low)) + hour
        last = str(int(high)) + other
        before = () if low_minute == "00" else _minutes(low_minute)
        after = () if high_minute == "00" else _minutes(high_minute)
        ways.append(
            (first, *before[:-1], f"{before[-1]}~{last}", *after) if before else (f"{first}~{last}", *after)
        )
    whole = f"{int(low)}:{low_minute}~{int(high)}:{high_minute}"
    if code in ("fr", "de") and low_minute == high_minute == "00":
        return Reading((whole,), ((f"{int(low)}~{int(high)} h",),))
    return Reading((whole,), () if code in ("fr", "de") else tuple(ways))


def _minutes(minute: str) -> tuple[str, ...]:
    return ("0", minute[1]) if minute[0] == "0" else (minute,)


_CUE = (
    r"(?i)(?:\b(?:on|dates?|dated|born|dob|seen|since|until|till|from|by|before|after|reviewed|updated|review|due"
    r"|expires|expiry|exp|published|to|le|du|au|dès|el|del|desde|hasta|fecha|revisado|am|vom|seit|bis|datum|stand"
    r"|geb\.)|:|\d/\d\d?/\d\d\s?[-–—])\s*\Z"
)
_MONTH_FIRST = ("US", "PH", "PR")
_DAY_FIRST = ("GB", "IE", "AU", "NZ", "IN", "ZA")


def _date(words: str, code: str, region: str, cue: bool) -> Reading:
    first, second, third = re.findall(r"\d+", words)
    plain = (first, second, third)
    if len(first) == 4:
        return Reading(plain, ((str(int(third)), month_name(second), first),))
    if len(third) == 2 and "-" in words and not cue:
        return Reading((f"pair {first} {second} {third}",), (plain,))  # "the 10-20-30 rule"
    if len(third) == 2 and not cue:
        return Reading((f"slash {first} {second}", third), (plain,))  # "the 10/20/30 rule"
    ways = [
        (str(int(day)), month_name(month), third)
        for day, month in _orders(first, second, code, region, "." in words)
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    ]
    return Reading((f"pair {first} {second} {third}",), (*ways, plain, (f"slash {first} {second}", third)))


def _orders(first: str, second: str, code: str, region: str, dots: bool) -> list[tuple[str, str]]:
    """Which of two numbers may be the day and which the month: both ways only where one number settles it."""
    if int(first) > 12 or int(second) > 12:
        return [(first, second), (second, first)]
    if region in _MONTH_FIRST:
        return [(second, first)]
    day_first = dots or region in _DAY_FIRST or (code != "en" and region not in ("US", "CA"))
    return [(first, second)] if day_first else []
