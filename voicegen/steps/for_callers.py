"""Lines as callers hear them: a phone number once more, for nobody has a pen ready; web addresses not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicegen.model.script import Line, Phonemes
from voicegen.speech.telephone_words import TelephoneWords

LEAST_DIGITS = 6
"""A number with fewer, such as 999, is heard the first time."""
NUMBERS, ADDRESSES = "phone numbers", "web addresses"
"""Names of the speech rules that the telephone adds to."""
REST_MS = 500
"""After a line of ours."""


def said_by_us(words: str, lang: str) -> Line:
    """A line of ours."""
    return Line("", "frame", "", words, lang, REST_MS)


def for_callers(lines: Sequence[Line], words: TelephoneWords) -> tuple[Line, ...]:
    """The lines without web addresses, and after each the phone numbers that it holds once more."""
    found: list[Line] = []
    for line in lines:
        said = _without_addresses(line, words.address)
        if any(map(str.isalnum, said.spoken)):
            found.append(said)
        for change in line.changes:
            digits = sum(map(str.isdigit, line.shown[change.start : change.end]))
            if change.rule == NUMBERS and digits >= LEAST_DIGITS and words:
                found.append(said_by_us(words.number_again(change.spoken.strip(" .,;:")), line.lang))
    return tuple(found)


def _without_addresses(line: Line, instead: str) -> Line:
    """The line with other words in the place of web and e-mail addresses."""
    at = 0
    said, sounds = line.spoken, line.phonemes
    for change in line.changes:
        place = said.find(change.spoken, at) if change.spoken else -1
        if place < 0:
            continue
        at = place + len(change.spoken)
        if change.rule == ADDRESSES:
            said = said[:place] + instead + said[at:]
            longer = len(instead) - len(change.spoken)
            sounds = tuple(
                _moved(sound, at, longer) for sound in sounds if sound.end <= place or sound.start >= at
            )
            at += longer
    return replace(line, spoken=" ".join(said.split()) if said != line.spoken else said, phonemes=sounds)


def _moved(sound: Phonemes, at: int, by: int) -> Phonemes:
    return replace(sound, start=sound.start + by, end=sound.end + by) if sound.start >= at else sound
