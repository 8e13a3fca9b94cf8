"""Proves that the words of a change are those of the text it changes: none dropped, none put in another's place.

Amounts and negations are proved by `proof`. This compares the rest: letters, symbols of units with their names,
short forms with what they stand for, signs with the words that they must be said by. It has tables of its own
(`words/proof/wording/`) and knows nothing of the rules. A short form that no table has is understood where its
letters begin the words and stand in them in order: "Prof" in "professor".
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from voicegen.model.document import Run
from voicegen.speech import proof_marks
from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_letters import alike
from voicegen.speech.proof_words import LANGUAGES, proof_words

LOST = "shown but not said"
ADDED = "said but not shown"

_WORD = lazy(
    r"°[cf](?!\w)|(?<!\w)(?:qu|[dl])'(?=[^\W\d_])|[^\W\d_]+[23](?![\w])|[^\W\d_]+(?:'[^\W\d_]+)*|[%‰£€$¥°]"
)
_ADDRESS = lazy(r"(?:[a-z]+://)?(?:www\.)?(?P<name>[^\s?#]+\.[^\s?#]+?)/?(?:[?#]\S*)?")
_ROMAN = lazy(r"^[ivx]+(?=[a-d]?\Z)")
_ENDINGS = lazy(r"(?<=0)'?s\b|(?<=\d)(?:st|nd|rd|th)\b")
"""Of decades and ordinals, which are numbers."""
_PART_OF_ONE = lazy(r"\s*1\s?/\s?[\d\s.]+(?P<ending>eme|e)\s*")
"""As in the French "1/10e"."""
_CLOCK = lazy(r"\d:\d\d|\d\.\d\d(?=\s?h)")
_CROSS = lazy(r"(?:\d+\s*)?[x×X*✕]")
_DIGITS = lazy(r"\d+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_HOURLY = lazy(r"(?<!\w)q\.?\s?(?=\d)")
"""As in "q4h", every 4 hours."""
_FIRST_WORD = lazy(r"\A\s*(?:[^\W\d_]+['’]|[^\W\d_]+\s)")
_MEGAUNITS = lazy(r"(?<![^\W\d_])MU(?![^\W\d_])")
_INTERNATIONAL = lazy(r"(?<![\w.])i\.\s?e\.?(?!\w)")
_MILLIONS = lazy(r"(?<![^\W\d_])M\.?\s?(U\.?\s?I\.?|U)(?!\w)")
_FLAT_AREA = lazy(r"(?<=[.·⋅∙ ])m[-−](?=[23](?!\d))")
"""As in "75 mg.m-2"."""
_DAILY = lazy(r"(?<=\bonce )daily|(?<=\btwice )daily|(?<=\btimes )daily")
_LARGE_MONEY = lazy(r"([£€$¥]\s?[\d.,]+\s?)(?:m|bn|k)(?!\w)")
_MONEY_SPAN = lazy(r"([£€$¥])(\s?[\d.,]+\s?[-–—]\s?)\1")
_NUMERALS = lazy(r"(?<![\w])[ivx]+(?=[a-d]?(?!\w))")
_COURSE = lazy(r"\s*\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?/\s?(?:7|52|12)\s*")
_OF_A_DAY = lazy(r"\s*\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?/\s?24\s*")
_EVERY_SO_OFTEN = lazy(r" ?\d\d? ?(?:hs?|hrs?|horas?|d[ií]as?|semanas?|mes(?:es)?)(?!\w)", re.IGNORECASE)
_COUNTED = lazy(r"[\d½¼¾][^\s]{0,4}\s?(?:[^\W\d_]{1,12}\s?)?\Z|[)%]\s?\Z")
_RESULT = lazy(r"[+−⁻–-](?:ve)?")
_ENDED = lazy(r"\Z|[\s,.;:)/\]]")
_FORM = lazy(
    r"\s?\d+\s(?:tab|cap|puff|drop|dose|sachet|pill|patch|compr|cáps|sobre|gota|gélule|goutte|bouff|kapsel|tropf|hüb)",
    re.IGNORECASE,
)
_ROMAN_ORDINAL = lazy(r"[ivx]{1,6}(?:e|eme)")
_LEFT = lazy(
    r"(?<=[^\W_])[−⁻](?!\w)"  # "HER2−"
    r"|<(?=[^\W\d_])(?![^<>]*(?<!\s)>|\w+\s[\w-]+=[\"'])|(?:(?<=[\s(])|^)>(?=[^\W\d_])"  # "<normal", and no markup
    r"|(?<=\byears)\.o(?!\w)|(?<!\w)q\.(?=\d)"  # "9 y.o.", "q.6h."
    r"|(?<=\d)\s?[·⋅∙]\s?(?=\d)|(?<=\d)\.(?=10 (?:to the power|puissance|hoch|elevado))"  # "2·10⁹"
    r"|(?<![^\W\d_])[cm]?m[²³]|(?<![^\W\d_])[cm]m[23](?!\w)"  # "cells, mm³"
    r"|(?<=[^\W\d_A-Z]{2})\.?[–—](?=[^\W\d_]{3,12}\.?(?:\s:|:|,)?\s\d{1,2}"  # "lun.–ven. 8h"
    r"(?:[:.h]\d\d|\s?(?:h|Uhr|heures?|horas?|a m|p m)(?!\w)))"
    r"|(?<=\d)\s?[–—]\s?(?=\d{1,3} (?:to|slash|over|in|zu|von|Schrägstrich|pour|sur|barre|a|barra|sobre"
    r"|de cada) \d)"
    r"|(?<=\d)-(?=\d{1,3} (?:slash|in|von|Schrägstrich|sur|barre|barra|de cada) \d)"
    r"|(?<=\d)-(?=\d{1,2}/\d{1,2}(?![\w/-]))"
    r"|\b(?:at|from|until|till|by|since) (?:[01]?\d|2[0-3])\.[0-5]\d(?= hours)"
    r"|(?<=\d)(?:\.\.\.|…|\s(?:\.\.\.|…)\s)(?=\d)"
    r"|(?<=\d(?:st|nd|rd|th))[-–—](?=\d{1,2}(?:st|nd|rd|th)(?!\w))"  # "1st–3rd"
    r"|(?<=\d/\d{4})\s?[–—]\s?(?=\d{1,2}/\d)"  # between two pairs, between two dates
    r"|(?<=\d/\d\d/\d\d)\s?[-–—]\s?(?=\d{1,2}/\d\d/\d\d(?![\d/]))"
    r"|(?<![^\W\d_])[µμ][^\W\d_]{1,3}(?![^\W\d_])"
    r"|(?<![^\W\d_])m[lL](?![^\W\d_])"
    r"|(?<=[^\W\d_]{3})/(?:[^\W\d_](?!\w)|(?=[^\W\d_]{2}))"  # "fois/j"
)
"""What no voice says as it is meant, wherever it stands, and a rule must have put in words."""
_PRIME = lazy(r"(?<![^\s(])(?:(.{0,80}?)(?<![\w.,'’′]))\d{1,3}(['’′]{1,2})(?![\w'’′])")
_OPENED = lazy(r"(?<!\w)['‘]")
_SIGNS_ALIKE = str.maketrans("％٪’º˚∘", "%%'°°°")
_DASHES = "–—"
_CLOCK_WITH_H = lazy(r"\A\s*(\d\d?)h(\d\d)\s*\Z")
"""A time of day of South Africa, which is said by its numbers: "08h00"."""
_LENGTHS_OF_TIME = frozenset(("min", "h", "d", "week", "month", "year"))
_EACH = {
    **dict.fromkeys(("hourly", "stundlich", "stundliche"), "h"),
    **dict.fromkeys(
        ("daily", "nightly", "taglich", "tagliche", "quotidien", "quotidienne", "diario", "diaria"), "d"
    ),
    **dict.fromkeys(("weekly", "wochentlich", "hebdomadaire", "semanal"), "week"),
    **dict.fromkeys(("monthly", "monatlich", "mensuel", "mensuelle", "mensual"), "month"),
    **dict.fromkeys(("yearly", "jahrlich", "annuel", "annuelle", "anual"), "year"),
}
"""How often, in one word; letters without their accents."""
_MAY_STAND = "&@#№§"
"""Signs that a rule leaves to the voice where they are part of a name."""
_SCALE = lazy(r"°\s+(?=[cf](?!\w))")


@dataclass(frozen=True)
class _Wording:
    """What the proof knows of one language's words besides amounts."""

    units: Mapping[str, str]
    """Names and symbols of units, with the unit that each means; empty for other words about amounts."""
    meant: frozenset[str]
    """All units."""
    longest: int
    """Words of the longest name of a unit."""
    expansions: Mapping[str, tuple[str, ...]]
    """Short forms, and all that may be said for each."""
    signs: Mapping[str, tuple[str, ...]]
    """Signs that must be said, and by which words."""
    helping: Mapping[str, tuple[str, ...]]
    """Words that may be said for a sign or beside a number, by the sign; "0" stands for any digit."""
    fillers: frozenset[str]
    """Articles and the like, which may come, and may change for each other."""
    ordinals: frozenset[str]
    """Ordinal numbers in words."""
    joining: frozenset[str]
    """Signs that join two words, and must be heard at least as a pause between them."""


def wording(shown: Sequence[Run], said: str, around: tuple[str, str], lang: str) -> list[str]:
    """What differs in words between the runs of one change and what is said for them, in words for staff.

    `around` is the text that stands right before the change, and right after it.
    """
    words = _wording(lang.replace("_", "-").split("-")[0].lower())
    text = "".join(map(_under, proof_marks.kept(shown, around))).replace("m⁻", "m")
    text = _FLAT_AREA.sub("m", text)
    piece = _folded(text.replace("MIU", "million iu") if "MIU" in text else _MEGAUNITS.sub("megaunits", text))
    if lang.lower().startswith("fr"):
        piece = _HOURLY.sub("toutes les ", piece)  # "q4-6h", as in Quebec
    heard = _folded(said)
    if words.units.get("ie") == "iu":
        piece = _INTERNATIONAL.sub("ie", piece)
    piece = re.sub(r"%-(?=ig)", "%", piece)  # "5 %-ige"
    if lang.lower().startswith("en"):
        piece = _CLOCK_WITH_H.sub(r"\1 \2", piece)
    if words.units.get("ui") == "iu":
        if _MILLIONS.search(text):
            piece = _folded(_MILLIONS.sub(lambda found: _millions(found, heard), text))
        piece = re.sub(r"(?<![\w.])u\.\s?i(?!\w)\.?", "ui", piece)
    piece = re.sub(r"(?<!\w)x(?=\d)", "x ", piece)
    piece = re.sub(r"/\s?die(?!\w)", "/d", piece)
    piece = _MONEY_SPAN.sub(r"\1\2", piece)
    piece = _LARGE_MONEY.sub(r"\1", piece)  # the amounts are compared by `proof`
    if any(map(str.isdigit, heard)):
        piece = _NUMERALS.sub("", piece)
    short = piece.strip() if piece.strip() in words.expansions else f"{piece.strip()}."
    if _is_named(shown, heard, lang):
        pass  # the page's own name for it holds, such as "multiple sclerosis" for "MS"
    elif piece.strip() == "c/" and "calle" in heard and _EVERY_SO_OFTEN.match(around[1]):
        return [f"{LOST}: {text.strip()}"]  # "C/8 h" is no street
    elif short in words.expansions and (short == piece.strip() or around[1][:1] == "."):
        letters = re.escape(" ".join(_letters(piece)))
        daily = re.sub(rf" \({letters}\)\Z", "", _DAILY.sub("a day", " ".join(heard.split())))
        same = daily in words.expansions[short] or _letters(piece) == _letters(heard)
        return [] if same else [f"{LOST}: {text.strip()}", f"{ADDED}: {said.strip()}"]
    piece, heard = _without_names(shown, piece, heard, words)
    paused = _joining(text, heard, around, words)
    if _ROMAN_ORDINAL.fullmatch(piece.strip()) and heard.strip() in words.ordinals:
        return []
    address = _ADDRESS.fullmatch(piece.strip())
    touches = around[0][-1:].isalnum() or not around[1].lstrip()[:1].isdigit()
    if not heard.strip() and set(text.strip()) == {"§"} and touches:
        return []  # the mark of a note, as American authorities number them
    missing, heard = _signs(re.split(r"[?#]", text)[0] if address else text, heard, words)
    missing += paused
    piece = address["name"] if address else piece
    bare = _without_helping(heard, text, words, address)
    if _letters(piece) in (_letters(heard), _letters(bare)):
        return missing
    if part := _PART_OF_ONE.fullmatch(piece):
        piece = piece[: part.start("ending")]
    piece = _ENDINGS.sub("", _written_out(piece, words))
    lost, added = _unlike(piece, heard, words)
    helping = {name for sign, names in words.helping.items() if _count(text, sign) for name in names}
    if _COURSE.fullmatch(piece):
        helping |= {"for"}
    if _OF_A_DAY.fullmatch(piece):
        helping |= {"h"}
    added = [word for word in added if word not in helping]
    plurals = {word for word in lost if word.removesuffix("s") in added}  # "1½ horas", "1 hora y media"
    lost = [word for word in lost if word not in plurals]
    added = [word for word in added if f"{word}s" not in plurals]
    unsaid = "x" if _CROSS.fullmatch(piece.strip()) else "h" if _CLOCK.search(piece) and "h" not in added else ""
    lost = [word for word in lost if word != unsaid]
    if not any(map(str.isalnum, heard)):
        if _repeats(piece, around[0], words):
            return missing
        lost = lost or [word for word in _WORD.findall(piece) if word in ("or", "ou", "oder")]
    if not (words.meant & set(added)) and _is_short_form(piece, heard, words):
        return missing
    return missing + [f"{LOST}: {word}" for word in lost] + [f"{ADDED}: {word}" for word in added]


def other_times(shown: str, said: str, lang: str) -> list[str]:
    """What an entry of the list of pronunciations makes of a length of time that it names: "twice a day" an hour.

    Other words of an entry are its author's; how they sound, nobody but staff can tell.
    """
    code = lang.replace("_", "-").split("-")[0].lower()
    if code not in LANGUAGES:
        return []
    before, after = (_times(text, code) for text in (shown, said))
    return [f"{ADDED}: {one}" for one in sorted(after - before)] if before and after else []


def _times(text: str, code: str) -> set[str]:
    meanings = proof_words(code).meanings
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return {_EACH.get(_folded(word)) or meanings.get(word, ("", ""))[1] for word in words} & _LENGTHS_OF_TIME


def _millions(found: re.Match[str], heard: str) -> str:
    """The sign of a million units with the word for millions that is heard."""
    scale = re.search(r"(?<!\w)mill(?:ions?|on|ones)(?!\w)", heard)
    return f"{scale[0] if scale else 'million'} {found[1]}"


def _under(run: Run) -> str:
    """The text of a run, a raised "-2" as what is left of it after "per square metre"."""
    return run.text[1:] if run.position == "sup" and re.fullmatch(r"[-−–][23]", run.text) else run.text


def unsaid_signs(said: str, lang: str) -> list[str]:
    """Signs that still stand in the words for the engine, though a word must say them."""
    code = lang.replace("_", "-").split("-")[0].lower()
    lost = [sign for sign in _wording(code).signs if sign not in _MAY_STAND and sign in said]
    if code in LANGUAGES:
        lost += _LEFT.findall(said)
        lost += [match[0] for match in _between_names(code).finditer(said)]
        lost += [mark for before, mark in _PRIME.findall(said) if not _OPENED.search(before)]
    return [f"{LOST}: {sign}" for sign in lost]


@lru_cache(maxsize=8)
def _between_names(code: str) -> re.Pattern[str]:
    """The dash between two days with their months, or between two ordinals in words: no voice says it."""
    words = proof_words(code)
    months, ordinals = ("|".join(map(re.escape, names)) for names in (words.months, words.ordinals))
    day = r"\d{1,2}(?:\.|st|nd|rd|th|er)?\s(?:de\s)?"
    named = rf"(?:{months})\.?(?:\s(?:de\s)?\d{{4}})?\s?[-–—]\s?(?={day}(?:{months})(?!\w))"
    counted = (
        rf"|(?<!\w)(?:(?:{ordinals})|\d{{1,2}}(?:er|re|e|ème))[-–—](?=(?:{ordinals})(?!\w))" if ordinals else ""
    )
    return re.compile(named + counted, re.IGNORECASE)


def _folded(text: str) -> str:
    """The text in small letters without accents, its letters and digits in their plain forms."""
    text = alike(text).casefold().translate(_SIGNS_ALIKE)
    return _SCALE.sub("°", "".join(map(_plain, text.replace("℃", "°c").replace("℉", "°f"))))


@lru_cache(maxsize=4096)
def _plain(mark: str) -> str:
    """A letter or digit in its plain form, a sign as it is, nothing for marks on letters and what nobody sees."""
    kind = unicodedata.category(mark)
    if kind[0] in "LN" or unicodedata.decomposition(mark).startswith("<square>"):  # "㎎"
        apart = unicodedata.normalize("NFKD", mark)
        return "".join(part for part in apart if unicodedata.category(part)[0] != "M")
    return "" if kind[0] == "M" or (kind in ("Cf", "Cc") and not mark.isspace()) else mark


def _letters(text: str) -> str:
    return "".join(mark for mark in text if mark.isalpha())


def _without_filler(words: _Wording) -> Callable[[re.Match[str]], str]:
    return lambda found: "" if found[0].strip() in words.fillers else found[0]


def _without_names(shown: Sequence[Run], piece: str, heard: str, words: _Wording) -> tuple[str, str]:
    """Without the names that the page gives for short forms, and without short forms that were said so."""
    for run in shown:
        name, short = " ".join(_folded(run.abbr).split()), _folded(run.text).strip()
        if name and name not in piece and (found := _whole(name, heard)):
            before, after = heard[: found.start()], heard[found.end() :]
            if not any(_letters(said).startswith(_letters(short)) for said in (before, after)):
                piece = piece.replace(short, " ", 1)
            if before.strip() in words.fillers:  # the name may need another article than its letters
                before, piece = "", _FIRST_WORD.sub(_without_filler(words), piece)
            heard = f"{before} {after}"
    return piece, heard


def _whole(name: str, heard: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", heard)


def _is_named(shown: Sequence[Run], heard: str, lang: str) -> bool:
    """Whether it is one abbreviation that is said by the page's name for it; not how often a dose is taken."""
    code = lang.replace("_", "-").split("-")[0].lower()
    if len(shown) != 1 or not shown[0].abbr or code not in LANGUAGES:
        return False
    tables = proof_words(code)
    often = {short.lower() for shorts in (tables.short_forms, *tables.dosing.values()) for short in shorts}
    name, short = " ".join(_folded(shown[0].abbr).split()), _folded(shown[0].text).strip()
    both = heard.strip(" ,") == f"{short}, {name}"
    return both or (shown[0].text.strip().lower() not in often and heard.strip().startswith(name))


def _signs(text: str, heard: str, words: _Wording) -> tuple[list[str], str]:
    """Signs that are not said, and what is heard without the words that say them."""
    lost = []
    for sign, names in words.signs.items():
        for _ in range(text.count(sign)):
            name = next((name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", heard)), None)
            if name is None:
                lost.append(f"{LOST}: {sign}")
            else:
                heard = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", heard, count=1)
    return lost, heard


def _joining(text: str, heard: str, around: tuple[str, str], words: _Wording) -> list[str]:
    """The sign between two words or numbers that is not even heard as a pause; or words that are run together."""
    before, after = around
    sign = text.strip()
    if any(map(str.isalnum, heard)) or not before.strip():
        return []
    if _RESULT.fullmatch(sign) and before[-1].isalnum() and _ENDED.match(after):
        return [f"{LOST}: {sign}"]  # "HER2−" says more than "HER2"
    if "," in heard or not after.strip():
        return []
    counts = _COUNTED.search(before[-16:]) is not None or not _FORM.match(after)  # not "Take x2 tablets"
    crosses = _CROSS.fullmatch(sign) and (sign != "*" or after.lstrip()[0].isdigit()) and counts
    glues = not heard and before[-1].isalpha() and after[0].isalpha() and _folded(text) != ""
    between = text in _DASHES and before[-1].isalpha() and after[0].isalpha()  # "March–May"
    return [f"{LOST}: {sign}"] if crosses or glues or between or sign in words.joining else []


def _written_out(piece: str, words: _Wording) -> str:
    """The piece with those short forms in full that can mean one thing only."""
    for short, meanings in words.expansions.items():
        if len(meanings) == 1 and short in piece:
            (full,) = meanings
            before = r"(?<![\w.])" if len(short) > 1 else "(?<=/)"
            piece = re.sub(rf"{before}{re.escape(short)}(?!\w)", full, piece)
    return _HOURLY.sub("every ", piece)


def _unlike(piece: str, heard: str, words: _Wording) -> tuple[list[str], list[str]]:
    """The words of each that the other lacks, units by their meaning; amounts are none of ours."""
    shown, said = _differing(piece, heard)
    left, right = (Counter(_meanings(found, words)) for found in (shown, said))
    fillers = Counter(word for word in said if word in words.fillers)
    for word in [word for word in left if word in words.fillers]:  # "an MRI" is "a magnetic…"
        left[word] -= min(left[word], fillers.total())
    right = Counter({word: count for word, count in right.items() if word not in words.fillers})
    lost, added = list((left - right).elements()), list((right - left).elements())
    if any(map(str.isdigit, heard)):  # a Roman numeral is said as a number, and the letter after it stays
        left = Counter(rest for word in lost if (rest := _ROMAN.sub("", word)) and rest not in words.fillers)
        lost, added = list((left - Counter(added)).elements()), list((Counter(added) - left).elements())
    return lost, added


def _differing(piece: str, heard: str) -> tuple[list[str], list[str]]:
    """The words of each without those that both have, in their order."""
    shown, said = _WORD.findall(piece), _WORD.findall(heard)
    both = Counter(shown) & Counter(said)
    return _without(shown, both), _without(said, both)


def _without(found: Sequence[str], others: Counter[str]) -> list[str]:
    left = Counter(others)
    kept = []
    for word in found:
        if left[word]:
            left[word] -= 1
        else:
            kept.append(word)
    return kept


def _meanings(found: Sequence[str], words: _Wording) -> Iterator[str]:
    """Every word, or what it means as a unit; not those that belong to amounts."""
    at = 0
    while at < len(found):
        phrases = (" ".join(found[at : at + length]) for length in range(words.longest, 0, -1))
        phrase = next((phrase for phrase in phrases if phrase in words.units), "")
        if phrase:
            at += len(phrase.split())
            if words.units[phrase]:
                yield words.units[phrase]
            continue
        yield found[at]
        at += 1


def _without_helping(heard: str, text: str, words: _Wording, address: re.Match[str] | None) -> str:
    """What is said without the words that say a sign of the text, each as often as the sign stands there.

    A single letter of an address is its own.
    """
    for sign, names in words.helping.items():
        count = _count(text, sign)
        for name in names if count else ():
            if address and len(name) == 1:
                continue
            heard = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", heard, count=count)
    return heard


def _count(text: str, sign: str) -> int:
    return len(_DIGITS.findall(text)) if sign == "0" else text.count(sign)


def _repeats(piece: str, before: str, words: _Wording) -> bool:
    """Whether a piece that is not said has nothing but the units that the words right before it have."""
    units = list(_meanings(_WORD.findall(piece), words))
    tail = _WORD.findall(_folded(before[-100:]))
    return bool(units) and any(list(_meanings(tail[at:], words)) == units for at in range(len(tail)))


def _is_short_form(piece: str, heard: str, words: _Wording) -> bool:
    """Whether the letters that are shown begin those that are said, and stand among them in order."""
    shown, said = _differing(piece, heard)
    short, full = "".join(word for word in shown if word not in words.fillers), "".join(said)
    if not short or not full.startswith(short[0]):
        return False
    marks = iter(full)
    return all(mark in marks for mark in short if mark.isalpha())


@lru_cache(maxsize=8)
def _wording(code: str) -> _Wording:
    """The proof's words for a language; for one that it can't read, only letters count."""
    if code not in LANGUAGES:
        return _Wording({}, frozenset(), 0, {}, {}, {}, frozenset(), frozenset(), frozenset())
    meanings = [(_folded(word), *entry) for word, entry in proof_words(code).meanings.items()]
    units = {word: meaning if kind == "unit" else "" for word, kind, meaning in meanings if kind != "article"}
    tables = [shared_words(f"proof/wording/{name}") for name in ("symbols", code)]
    expansions, signs, helping = (_joined(tables, name) for name in ("expansions", "signs", "helping"))
    helping["0"] += tuple(map(_folded, proof_words(code).months))
    return _Wording(
        units,
        frozenset(units.values()) - {""},
        max(len(word.split()) for word in units),
        {_folded(short): names for short, names in expansions.items()},
        signs,
        helping,
        frozenset(map(_folded, tables[1]["fillers"])),
        frozenset(map(_folded, proof_words(code).ordinals)),
        frozenset(tables[0]["joining"]),
    )


def _joined(tables: Sequence[Mapping[str, Any]], name: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of words from several files, longer ones first: "en aumento" is heard before "aumento"."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for key, words in table.get(name, {}).items():
            found.setdefault(key, set()).update(map(_folded, words))
    return {key: tuple(sorted(words, key=lambda word: (-len(word), word))) for key, words in found.items()}
