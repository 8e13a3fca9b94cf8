"""Days of a course by their number: "J1–J14" is "J1 à J14", "d1-3" is "d1 to d3", "J-5" is "J moins 5".

Source: protocols of chemotherapy and surgery count from the day of treatment (J0, D0). Danger: no voice says the
dash, so that five days in a row become two, and medicine to be stopped five days before is stopped on day 5.
"D" is a vertebra, a vitamin or a door as well, so it counts only where it can be nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_SPAN = lazy(r"(?<![\w.,/+–-])([JjGdD])(\d{1,3})(\s?[-‐‑–—−]\s?)(\1?)(\d{1,3})(?![\w/%–-]|[.,]\d)")
_OFFSET = lazy(r"(?<![\w.,/+–-])([JDG])([-‐‑–−])(?=\d{1,3}(?![\w/%–-]|[.,]\d))")
_COUNTED = lazy(r"(?<![\w-])[JDG]\s?(?:\+\s?\d|0(?!\d))")
"""Another day of the same count, which tells that the letter is a day's."""
_DOSED = lazy(
    r"\d\s?(?:mg|mcg|[µμ]g|g|MU|UI|IU|IE|sachets?|puffs?|tabs?|tablets?|caps?|capsules?|drops?)(?!\w)"
    r"|(?<!\w)AUC\s?\d|(?<!\w)q\d\d?d?(?!\w)"
)
_SPINE = lazy(
    r"(?i)\b(?:vert|spin|disc|disk|dis[ck]o|disque|hernia|hernie|fusion|fract|frakt|kyphos|scolio|laminect|radicul|dermatom"
    r"|epidur|periph?dur|block|stenos|[ée]pin|nerv|wirbel|bandscheib|rachi|column|dorsal|thorac|thorak|nivel|niveau|level"
    r"|raqu|infiltr|L[1-5]\b|C[1-8]\b|T\d)"
)
"""A dose makes a course of "D1-5", and a word about the spine two vertebrae."""
_AT = lazy(r"(?i)(?<!\w)(?:on|by|until|since|stop|stopped|start|started|hold|held)\s\Z")
"""What stands before a day, and before no vertebra: "stop on D-7"."""
_PLACE = lazy(r"(?i)(?:\b(?:salle|porte|bâtiment|pièce|chambre|étage|hall|vitamin\w*|vit\.?)\s)\Z")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The dash of each range of days."""
    for match in _SPAN.finditer(text):
        letter, first, last = match[1], int(match[2]), int(match[5])
        dosed = _DOSED.search(text) is not None and _SPINE.search(text) is None
        sure = letter != "D" or dosed or (match[4] and last - first > 1)  # "D11-D12" are vertebrae
        if sure and first < last and not _PLACE.search(text, max(0, match.start() - 20), match.start()):
            yield match.span(3)


def offsets(text: str, always: str = "") -> Iterator[tuple[int, int]]:
    """The minus of each day before the first; `always` are the letters that need no other day beside them."""
    counted = _COUNTED.search(text) is not None
    for match in _OFFSET.finditer(text):
        told = (
            match[1] == "D"
            and _AT.search(text, max(0, match.start() - 12), match.start())
            and not _SPINE.search(text)
        )
        if (counted or told or match[1] in always) and not _PLACE.search(
            text, max(0, match.start() - 20), match.start()
        ):
            yield match.span(2)


def _find(passage: Passage) -> Iterator[Claim]:
    say = passage.language.word
    for start, end in spans(passage.text):
        yield Claim(start, end, f" {say('to')} ")
    for start, end in offsets(passage.text, "J" if passage.language.code == "fr" else ""):
        yield Claim(start, end, f" {say('minus')} ")


RULE = Rule(
    "numbered days",
    'Says the dash between the days of a course ("J1–J14"), and the minus of "J-5".',
    _find,
    "digit",
)
