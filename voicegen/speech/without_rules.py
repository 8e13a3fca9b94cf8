"""What is changed in a language that we have no rules for: as little as keeps its amounts whole.

The list of pronunciations, marks of notes, signs of amounts, raised and lowered digits, signs in forms that voices
drop, and letters that look like others. All else stays as it is, for the voice to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import (
    amount_signs,
    decimal_signs,
    letter_forms,
    lexicon,
    note_markers,
    numbers_apart,
    powers,
    spaced_thousands,
    spelled_forms,
)
from voicegen.speech.language import code_of
from voicegen.speech.page_words import PageWords
from voicegen.speech.passage import Claim
from voicegen.speech.raised import inverse_units, is_marker


def changes(runs: Sequence[Run], lang: str, page: PageWords) -> list[Change]:
    """The changes to one sentence, in the order of the text; the first claim on a character holds."""
    shown = "".join(run.text for run in runs)
    text = spelled_forms.plain(inverse_units(runs, shown), code_of(lang))
    taken = bytearray(len(shown))
    found: list[Change] = []
    for name, claims in (
        (note_markers.RULE.name, _notes(runs, shown)),
        (lexicon.RULE.name, lexicon.claims(runs, lang, page.lexicon)),
        (amount_signs.NAME, numbers_apart.before_amounts(text, page)),
        (amount_signs.NAME, spaced_thousands.joined(text)),
        (amount_signs.NAME, decimal_signs.claims(text, lang)),
        (amount_signs.NAME, amount_signs.claims(runs, text, lang)),
        (amount_signs.NAME, spelled_forms.spelled(text, *amount_signs.slashes(lang))),
        (powers.RULE.name, _raised(runs)),
        (letter_forms.RULE.name, _plain(shown, text, taken)),
    ):
        for start, end, words in claims:
            if not any(taken[start:end]) and shown[start:end] != words:
                taken[start:end] = b"\1" * (end - start)
                found.append(Change(name, start, end, words))
    return sorted(found, key=lambda change: change.start)


def _plain(shown: str, text: str, taken: bytearray) -> Iterator[Claim]:
    """What nothing else has said, in plain letters; a row of them as one change."""
    end = 0
    for at in range(len(shown)) if shown != text else ():
        if at < end or shown[at] == text[at] or taken[at]:
            continue
        start, end = at, at + 1
        while start and shown[start - 1].isalpha() and not taken[start - 1]:
            start -= 1
        while end < len(shown) and (shown[end] != text[end] or shown[end].isalpha()) and not taken[end]:
            end += 1
        yield Claim(start, end, text[start:end])


def _placed(runs: Sequence[Run]) -> Iterator[tuple[int, int, Run]]:
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        if start < end:
            yield start, end, run


def _notes(runs: Sequence[Run], text: str) -> Iterator[Claim]:
    lowered = {start for start, _, run in _placed(runs) if run.position == "sub"}
    for start, end, run in _placed(runs):
        raised = run.position == "sup" and end not in lowered and is_marker(run, text[:start], text[end:])
        if raised or run.position == "note":
            yield Claim(start, end, "")


def _raised(runs: Sequence[Run]) -> Iterator[Claim]:
    text = "".join(run.text for run in runs)
    for start, end, run in _placed(runs):
        part = re.match(r"/\d", text[end : end + 2]) or text[:start][-1:] == "/"  # "1/2"
        if run.position not in ("", "note") and not part and any(letter.isdigit() for letter in run.text):
            yield Claim(start, end, f" {run.text.strip()} ")
