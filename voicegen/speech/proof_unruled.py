"""What the proof can hold in a language that it can't read: every digit, and that no sign is left to the voice.

Measured: espeak-ng 1.51 says nothing for "<", the dash in "5–10" and the raised digit in "10⁹", whatever the
language, and nothing for "×", "÷", "·", "√" or "‰" in most.
Like all of the proof it shares no code with the rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_words import LANGUAGES

_UNSAID = lazy(
    r"[≤⩽≦≥⩾≧±≠≈≃≅∼]|[<>~](?=\s?[£€$¥]?[-−+]?[.,]?\d)|(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻^]+|(?<!\w)−(?=[.,]?\d)"
    r"|(?<=\d)\s?[‒–—−·×÷]\s?(?=\d)|[√‰]"
)


def check_unruled(shown: Sequence[Run], said: str, changes: Sequence[Change], lang: str) -> list[str]:
    """The digits that differ, and the signs that no word says; empty in languages that `proof` reads.

    Where an entry of the list of pronunciations is at work, staff answer for the digits that it says.
    """
    if lang.replace("_", "-").split("-")[0].lower() in LANGUAGES:
        return []
    found = [f"shown but not said: {sign.strip()}" for sign in _UNSAID.findall(said)]
    plain = "".join(run.text for run in shown)
    for change in changes:
        sign = plain[change.start : change.end].strip()
        if _is_compared(sign) and not any(map(str.isalpha, change.spoken)):
            found.append(f"shown but not said: {sign}")
    own = any(change.rule == "pronunciations" for change in changes)
    digits = _digits("".join(run.text for run in shown if run.position != "note"))
    if not own and digits != _digits(said):
        found.append(f"the digits {digits} are shown, and others are said: {_digits(said)}")
    return found


def _is_compared(sign: str) -> bool:
    return sign in {"<", ">", "<=", ">=", "~"} or (len(sign) == 1 and sign in "≤⩽≦≥⩾≧±≠≈≃≅∼")


def _digits(text: str) -> str:
    """All digits in a row, whatever their script and wherever they stand."""
    return "".join(str(unicodedata.digit(sign)) for sign in text if unicodedata.digit(sign, None) is not None)
