"""What callers hear, heard by a recogniser that is not ours (docs/why/intelligibility.md has all figures).

From each English page a chapter as it is in a pack, mu-law, line by line: its true words must fit, others must
not, and our band, compression and level may not make it harder than the plain recording at 8 kHz.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.phone.recogniser import (
    LEAST_WORDS,
    Recogniser,
    as_espeak_says,
    at_16_khz,
    resampled,
    words,
    wrong_words,
)
from voicegen.engines import espeak
from voicegen.model.script import Line
from voicegen.phone import published
from voicegen.sound import g711, phone
from voicegen.steps.blobs import read
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory

MARGIN = 800
"""Samples at 8 kHz around a line that are heard with it."""
NO_WORSE = 0.5
"""In the model's units a frame, of which a line has 27 to 35: about twice the standard error of their mean."""


@dataclass
class Heard:
    """One line: its words, and the two recordings of it at 16 kHz."""

    said: list[str]
    plain: bytes
    ours: bytes


def lines(output: Path, speaker: Speaker) -> Iterator[Heard]:
    """The lines of the middle chapter of each English page."""
    for path in sorted(output.glob("*/phone")):
        page = published.load(path.parent, "full")
        if not page.lang.startswith("en"):
            continue
        chapter = page.topics[len(page.topics) // 2]
        sound = g711.from_mu_law(chapter.encoded("ulaw"))
        for words_, start in zip(chapter.spoken, chapter.starts, strict=True):
            if len(words(words_)) < LEAST_WORDS:
                continue
            clip, _ = speaker.clip(Line("", "paragraph", words_, words_, page.lang, 0))
            rest = bytes(2 * MARGIN * clip.rate_hz // phone.RATE_HZ)
            raw = resampled(rest + read(clip.sound) + rest, clip.rate_hz, phone.RATE_HZ)
            end = start + clip.samples * phone.RATE_HZ // clip.rate_hz
            ours = sound[2 * max(0, start - MARGIN) : 2 * (end + MARGIN)]
            plain = g711.from_mu_law(g711.mu_law(raw))
            yield Heard(words(words_), at_16_khz(plain, phone.RATE_HZ), at_16_khz(ours, phone.RATE_HZ))


@pytest.fixture(scope="module")
def heard(published: Path) -> list[Heard]:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    try:
        return list(lines(published, speaker))
    finally:
        speaker.close()


@pytest.fixture(scope="module")
def recogniser(heard: list[Heard]) -> Recogniser:
    speaker = Speaker(espeak.engine({}), Memory(), 1)
    return Recogniser(as_espeak_says({word for line in heard for word in line.said}, speaker.voice("en-GB")))


def test_the_true_words_fit_what_callers_hear_and_others_do_not(
    heard: list[Heard], recogniser: Recogniser
) -> None:
    assert len(heard) > 12
    fitted = rejected = decoys = harder = easier = 0
    plain_fitted = 0
    pairs = []
    for at, line in enumerate(heard):
        fit, plain = recogniser.fit(line.ours, line.said), recogniser.fit(line.plain, line.said)
        fitted += fit is not None
        plain_fitted += plain is not None
        if fit is not None and plain is not None:
            pairs.append(fit - plain)
            harder, easier = harder + (fit < plain), easier + (fit > plain)
        other = next(one.said for one in heard[at + 1 :] + heard[:at] if one.said != line.said)
        decoy = recogniser.fit(line.ours, other)
        decoys += 1
        rejected += decoy is None or (fit is not None and decoy < fit)
    assert fitted >= 0.85 * len(heard), f"{fitted} of {len(heard)} lines fit"
    assert rejected >= 0.95 * decoys, f"{rejected} of {decoys} decoys were rejected"
    assert fitted >= plain_fitted - 1, "fewer lines fit than of the plain recording"
    assert statistics.fmean(pairs) >= -NO_WORSE, f"{harder} harder, {easier} easier: {statistics.fmean(pairs):.2f}"


def test_a_word_that_is_missing_from_the_sound_is_noticed(heard: list[Heard], recogniser: Recogniser) -> None:
    line = max(heard, key=lambda one: len(one.said))
    fit = recogniser.fit(line.ours, line.said)
    assert fit is not None
    half = len(line.ours) // 4 * 2
    cut = recogniser.fit(line.ours[:half], line.said)
    assert cut is None or cut < fit - 5


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Take 2.5 ml.", "take two point five ml"),
        ("Call 9 9 9.", "call nine nine nine"),
        ("1,250 of 2026; 80%", "one thousand two hundred fifty of two thousand twenty six eighty percent"),
        ("Don’t!", "don't"),
    ],
)
def test_numbers_become_words(line: str, found: str) -> None:
    assert words(line) == found.split()


def test_wrong_words_are_counted() -> None:
    assert wrong_words(["take", "two", "a", "day"], ["take", "three", "a", "day"]) == 1
    assert wrong_words(["take", "two", "a", "day"], ["take", "a", "day", "now"]) == 2
    assert wrong_words([], ["so"]) == 1
