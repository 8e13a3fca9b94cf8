"""A minus with a blank beside it, for the proof: "à - 20 °C" is no 20 degrees, and "Aspirin -75 mg" no minus 75.

Like all of the proof it shares no code with the rules, and has a list of words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from voicegen.model.script import Change
from voicegen.speech.language import shared_words
from voicegen.speech.patterns import lazy

_SPACED = lazy(r"[-−–‐‑]\s(?=(?P<number>[.,]?\d+))")
_DEGREES = lazy(r"(\d+)(?:[.,]\d+)?\s?(?:[°º˚℃]|C(?!\w))")
_LENS = lazy(r"\d{1,2}[.,][0257][05](?!\d|[.,]\d|\s?(?:mg|g|ml|%)(?!\w))", re.IGNORECASE)
_COMPARED = lazy(r"(?:[<>≤≥⩽⩾≦≧±≈~=]\s?|(?<![^\W\d_])[TZ][- ]score\s?:?\s)\Z", re.IGNORECASE)
_EYE = lazy(r"(?:(?<!\w)(?:R|L|RE|LE|O[DSGI]|RA|LA|Sph|sph|SPH|Cyl|cyl|CYL)[.:]?\s|\()\Z")
_NOTHING = lazy(r"(?:\A\s*|[:(/]\s?)\Z")
_OF_RANGE = lazy(r"[\d½⅓⅔¼¾][°º%‰'’′″€]?[-−–‐‑—]\s?\Z")
_TWO = lazy(r"\d[^-−–+]{0,24}\s[-−–+]\s?\d")
_AT_LEAST = lazy(r"(?<!\w)[Aa]u\s\Z")
"""French; no clause ends with it anywhere."""
_NAMED = lazy(r"[^\W\d_]{2}")
_DASHED_DOSE = lazy(
    r"(?<![^\W\d_])([^\W\d_]{3,})(\.?:?)(?: |(?<=:))[-–‐‑](?=\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?"
    r"(?:mg|mcg|[µμ]g|IU|UI|IE|units?)(?![^\W_]|\s?/|\sp(?:er|ro|ar|or)\s))"
)
"""Behind the name of a medicine or a day: "Aspirin -75 mg"; no dose is less than nothing."""
_TAKEN_AWAY = lazy(
    r"(?i)delta|than|from|von|auf|bis|écart|baseline|mean|median|average|loss|balance|effect"
    r"|(?:chang|differen|adjust|reduc|decreas|increment|änder|variat|cambi|diferenc|ajust)\w*"
)


def attached(text: str) -> str:
    """The text with every such minus at its number."""
    places = {sign.start() for sign in _signs(text)}
    return _SPACED.sub(lambda found: "-" if found.start() in places else found[0], text) if places else text


def before_doses(text: str) -> str:
    """A shown text with a pause for every dash at a dose, but where the word before says what is taken away."""
    return _DASHED_DOSE.sub(
        lambda found: found[0] if _TAKEN_AWAY.fullmatch(found[1]) else f"{found[1]}{found[2]} , ", text
    )


def lost(shown: str, said: str) -> list[str]:
    """Each number whose minus stands in the words for the engine with a blank, as shown: there it is mute."""
    return [
        f"shown but not said: the minus of {sign['number']}"
        for sign in _signs(shown)
        if re.search(rf"[-−–‐‑]\s{re.escape(sign['number'])}(?!\d)", said)
    ]


def invented(shown: str, changes: Sequence[Change]) -> list[str]:
    """Each dash of a range that is said as a minus: it touches an amount before it."""
    words = shared_words("proof/minus")["said"]
    return [
        f"said but not shown: {change.spoken.strip()}"
        for change in changes
        if change.spoken.strip() in words
        and shown[change.end : change.end + 1].isdigit()
        and _OF_RANGE.search(shown, max(0, change.start - 2), change.end)
    ]


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Every sign that is a minus, with the number after it as a group."""
    two, degrees = _words()
    before_any = False
    for sign in _SPACED.finditer(text):
        before, after = text[max(0, sign.start() - 24) : sign.start()], sign.end()
        warm = _DEGREES.match(text, after)
        certain = (
            _COMPARED.search(before)
            or (_EYE.search(before) and _LENS.match(text, after))
            or _AT_LEAST.search(before)
            or (two.search(before) and _TWO.match(text, after))
        )
        before_any = before_any or bool(certain)
        bare = warm and not 34 <= int(warm[1]) <= 43 and _NOTHING.search(before) is not None
        if bare and not text[: sign.start()].strip():
            bare = _NAMED.search(text, after) is None  # else the mark of a list
        if certain or bare or (degrees.search(before) and (warm or before_any)):
            yield sign


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = shared_words("proof/minus")
    two, degrees = (
        re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, data[table]))})\s\Z", re.IGNORECASE)
        for table in ("before_two", "before_degrees")
    )
    return two, degrees
