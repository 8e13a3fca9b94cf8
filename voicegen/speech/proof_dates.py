"""From one day to another, for the proof: two dates, and the days of a course as "J1–J14".

Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import re

from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import proof_words

_DATES = lazy(
    r"(?<![\w./,–-])(\d{1,2})([./])(?:(\d{1,2})(?:\2(\d{4})|\.?))?(\s?[-–—]\s?|\s(?:to|bis(?:\szum)?|au|al|a|à)\s)"
    r"(\d{1,2})\2(\d{1,2})\2(\d{4})?(?![\w/%–-]|[.,]\d)"
)
"""From one date to another, the day first."""
_OTHER_DAY = lazy(r"(?<!\w)(?:lun|mié|jue|vie|sáb|dom)(?!\w)")
_TUESDAY = lazy(r"(?<!\w)mar(?!\w)")
_DAY_FIRST = ("GB", "IE", "AU", "NZ", "IN", "ZA")
_DAYS_OF = lazy(
    r"(?<![\w.,/])(\d{1,2})\s?(j|jours?|sem|semaines?|mois|nuits?|h|heures?)\.?(?:\s?/\s?| sur )(\d{1,2})"
    r"(?![\w/]|[.,]\d|\s?(?!(?:par|le|la|les|si|en|et|ou|à|au)\b)(?:[^\W\d_]{1,3}|%)(?!\w))"
)
_DAY_TO_DAY = lazy(r"(?<![^\W_]|[-–.,/+])([jgdJGD])(\d+)\s(?:to|à|a|bis)\s(?:(\1)(\d+)|(\d+))(?![\w%/–-]|[.,]\d)")
_DASHED_DAYS = lazy(r"(?<![^\W_]|[-–.,/+])([jgdJGD])(\d+)\s?[-–—−‐‑]\s?(?:(\1)(\d+)|(\d+))(?![\w%/–-]|[.,]\d)")
_DAY_BEFORE = lazy(r"(?<![^\W_]|[-–.,/+])([JGD])[-–−‐‑](?=\d+(?![\w%/–-]|[.,]\d))")
_DOSE_GIVEN = lazy(
    r"\d\s?(?:mg|mcg|[µμ]g|g|MU|UI|IU|IE|sachets?|puffs?|tab(?:let)?s?|cap(?:sule)?s?|drops?|"
    r"[Mm]i[lck]\w+gram\w*|[Gg]ram\w*|internationale? "
    r"\w+|unit\w+|unidad\w+|megaunits?)(?!\w)|(?<!\w)A ?U ?C \d|(?<!\w)q\d\d?d?(?!\w)"
)
_OF_THE_SPINE = lazy(
    r"(?i)\b(?:vert|spin|disc|disk|dis[ck]o|disque|hernia|hernie|fusion|fract|frakt|kyphos|scolio|laminect"
    r"|radicul|dermatom|epidur|periph?dur|block|stenos|[ée]pin|nerv|wirbel|bandscheib|rachi|column|dorsal|thorac"
    r"|thorak|nivel|niveau|level|raqu|infiltr|L[1-5]\b|C[1-8]\b|T\d)"
)
_SAME_COUNT = lazy(r"(?<![\w-])[JGD](?:\s?\+\s?\d|0\b)")
_TIMED = lazy(r"(?i)\b(?:on|by|until|since|stop(?:ped)?|start(?:ed)?|h[oe]ld) \Z")
_NO_DAY = (
    "vitamin",
    "vitamina",
    "vitamine",
    "vit",
    "salle",
    "porte",
    "chambre",
    "pièce",
    "bâtiment",
    "étage",
    "hall",
)


def between(text: str, code: str, region: str) -> str:
    """A shown text with the names of the months in ranges of dates."""
    return _DATES.sub(lambda found: _from_to(found, code, region), text)


def tuesdays(text: str) -> str:
    """A Spanish shown text with its Tuesdays in full where other days stand beside: "lun 1/2, mar 1/4"."""
    return _TUESDAY.sub("martes", text) if len(_OTHER_DAY.findall(text)) > 1 else text


def dashed(text: str, code: str) -> str:
    """A shown text with the days of a course as ranges of numbers, and those before it with a minus."""
    text = _DASHED_DAYS.sub(_days_in_a_row, text)
    letters = "JDG" if _SAME_COUNT.search(text) else "J" if code == "fr" else ""
    return _DAY_BEFORE.sub(lambda found: _days_before(found, letters), text)


def worded(text: str) -> str:
    """A shown or spoken text with the words of such ranges, too."""
    return _DAY_TO_DAY.sub(_days_in_a_row, text)


def in_several(text: str) -> str:
    """French text with "1 j/2" and "1 jour sur 2" as two numbers with one unit."""
    return _DAYS_OF.sub(_days_of, text)


def _from_to(found: re.Match[str], code: str, region: str) -> str:
    """Two dates with the names of their months, a range of days where the first has no month."""
    months = ("", *proof_words(code).months)
    day, mark, month, year, to, last_day, last_month, last_year = found.groups()
    if mark == "/" and code == "en" and region not in _DAY_FIRST:
        return found[0]
    if mark == "/" and not (month and last_year):
        return found[0]
    if mark == "." and month and not year and not re.match(r"\d{1,2}\.\d{1,2}\.", found[0]):
        return found[0]  # "18.5–24.9." are two decimals
    if mark == "." and not last_year and (code != "de" or _of_a_book(found)):
        return found[0]
    if not all(1 <= int(number or 1) <= 12 for number in (month, last_month)):
        return found[0]
    first = f"{int(day)} {months[int(month)].title()} {year or ''}".strip() if month else str(int(day))
    to = f" {to.strip()} " if to.strip()[0].isalpha() else "–"
    return f"{first}{to}{int(last_day)} {months[int(last_month)].title()} {last_year or ''}".strip() + (
        "" if last_year else " "
    )


def _of_a_book(found: re.Match[str]) -> bool:
    """Whether the word before two numbers with dots numbers the parts of something."""
    word = found.string[max(0, found.start() - 30) : found.start()].rstrip().rpartition(" ")[2].lower()
    return word.startswith(
        ("abschnitt", "kapitel", "ziffer", "punkt", "stadi", "stufe", "nr", "nummer", "version")
    ) or (word.startswith(("teil", "tabelle", "abb", "anlage", "absatz", "absätz", "grad")))


def _days_in_a_row(found: re.Match[str]) -> str:
    """Days of a course from one to another: "J1–J14", "J1 à J14", "d1 to 3", as the range of their numbers."""
    first, last = int(found[2]), int(found[4] or found[5])
    unsure = found[1] == "D" and (not found[3] or last - first == 1)  # neighbouring vertebrae, or a name
    if unsure and not (_DOSE_GIVEN.search(found.string) and not _OF_THE_SPINE.search(found.string)):
        return found[0]
    return f" {first}–{last}" if first < last and not _is_no_day(found) else found[0]


def _days_before(found: re.Match[str], counted: str) -> str:
    before = found.string[max(0, found.start() - 12) : found.start()]
    told = found[1] == "D" and _TIMED.search(before) and not _OF_THE_SPINE.search(found.string)
    return f"{found[1]} −" if (found[1] in counted or told) and not _is_no_day(found) else found[0]


def _is_no_day(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - 20) : found.start()].rstrip(" .").lower()
    return before.endswith(_NO_DAY)


def _days_of(found: re.Match[str]) -> str:
    """As in "1 j/2" and "1 jour sur 2", as two numbers with one unit: "1 sur 2 jours"."""
    several, unit, all_of = int(found[1]), found[2], int(found[3])
    right = all_of == 24 if unit[0] == "h" else all_of <= 12
    unit = {"j": "jours", "h": "heures", "sem": "semaines"}.get(unit, unit)
    return f"{several} sur {all_of} {unit} ," if several < all_of and right else found[0]  # "1 j/2 par IDE"
