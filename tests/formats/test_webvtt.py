"""Captions and chapters by a parser that forgives nothing (W3C WebVTT, sections 4.1 to 4.2.2: the syntax)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.editions import arabic_document, edition, rich_document
from voicegen.formats import webvtt
from voicegen.model.document import Document, Section, text
from voicegen.model.edition import Edition

HOSTILE = "a --> b\n\n00:00:00.000 --> 00:00:01.000\n<b>bold</b> & &lt; <c.loud> NOTE STYLE\r\x00 \u2028"
TIMES = re.compile(r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})")
TEXT = re.compile(r"(?:[^<>&\n]|&(?:amp|lt|gt|lrm|rlm|nbsp|#\d+|#x[0-9a-fA-F]+);)+")
"""Cue text without tags: we write none."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue."""

    id: str
    start: int
    """Milliseconds, as `end`."""
    end: int
    words: str


def parsed(data: bytes) -> list[Cue]:
    """The cues of a file. Fails at anything that the syntax does not allow."""
    words = data.decode("utf-8")
    assert "\0" not in words
    assert "\r" not in words
    head, *blocks = words.removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    cues = []
    for block in blocks:
        if block.startswith("NOTE "):  # a comment (section 4.1), here of one line
            assert "\n" not in block
            assert "-->" not in block
            continue
        lines = block.split("\n")
        assert len(lines) == 3, block
        name, times, said = lines
        assert name
        assert "-->" not in name
        found = TIMES.fullmatch(times)
        assert found, times
        numbers = [int(number) for number in found.groups()]
        start, end = (((h * 60 + m) * 60 + s) * 1000 + ms for h, m, s, ms in (numbers[:4], numbers[4:]))
        assert start < end
        assert TEXT.fullmatch(said), said
        assert "-->" not in said
        cues.append(Cue(name, start, end, html.unescape(said)))
    assert len({cue.id for cue in cues}) == len(cues)
    assert all(one.end <= other.start for one, other in pairwise(cues))
    return cues


def written(made: Edition) -> dict[str, list[Cue]]:
    return {file.path: parsed(b"".join(part.data for part in file.parts)) for file in webvtt.render(made)}


@pytest.mark.parametrize("document", [rich_document(), arabic_document()])
def test_every_chapter_and_every_line_is_a_cue_of_its_own(document: Document) -> None:
    made = edition(document)
    found = written(made)
    rate = made.timeline.rate_hz
    assert [cue.id for cue in found["chapters.vtt"]] == [mark.id for mark in made.timeline.marks]
    assert [cue.id for cue in found["captions.vtt"]] == [line.id for line in made.script.lines]
    for cue, mark in zip(found["chapters.vtt"], made.timeline.marks, strict=True):
        assert cue.start == pytest.approx(mark.start * 1000 / rate, abs=1)
        assert cue.words.split() == mark.title.split()
    for cue, line in zip(found["captions.vtt"], made.timeline.cues, strict=True):
        assert cue.start == pytest.approx(line.start * 1000 / rate, abs=1)
        assert cue.end == pytest.approx(line.end * 1000 / rate, abs=1)


@settings(max_examples=25)
@given(st.one_of(st.just(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)))
def test_no_words_of_a_page_break_out_of_their_cue(words: str) -> None:
    made = edition(Document(text(f"x{words}x"), "en", (), (Section(text(f"y{words}y"), 2),)))
    found = written(made)
    assert len(found["chapters.vtt"]) == len(made.timeline.marks)
    assert len(found["captions.vtt"]) == len(made.script.lines)


def test_signs_that_join_letters_or_part_syllables_part_no_word_and_no_dose() -> None:
    words = "Para\u00adcetamol 0.\u200b5 mg, می\u200cشود, क्\u200dष, 👩\u200d⚕️"
    made = edition(Document(text(words), "en", (), (Section(text(words), 2),)))
    found = written(made)
    assert {cue.words for cue in found["chapters.vtt"]} == {words}
    assert words in {cue.words for cue in found["captions.vtt"]}
