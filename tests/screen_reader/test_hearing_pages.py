"""What a person hears who opens a page with Orca and has it read from top to bottom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.screen_reader.hearing import ORCA, between, squeezed, words_of_the_page
from tests.screen_reader.reader import PROGRAMS, ScreenReader, Utterance
from voicegen.pages import name

pytestmark = pytest.mark.needs(*PROGRAMS)

OWN = sorted(name(path.name) for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})
BY_HAND = ("rich", "arabic")
"""A page with every kind of block, and one that is written from right to left."""
OUTLINE = re.compile(r"Page has (\d+) landmarks?, (\d+) headings?")
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(h => h.checkVisibility())"


@dataclass(frozen=True)
class Read:
    """A page that was opened and read out."""

    opening: list[str]
    heard: list[Utterance]
    truth: dict[str, Any]

    def transcript(self) -> list[Utterance]:
        """What is heard of the transcript that is the page's words."""
        return list(words_of_the_page(between(self.heard, *self.truth["article"]), self.truth["captions"]))


TRUTH = """(() => {
  const text = selector => document.querySelector(selector).innerText;
  const foreign = [...document.querySelectorAll('article [lang]')];
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: HEADINGS.map(h => [h.innerText.trim().split('\\n').pop(), Number(h.tagName[1])]),
    article: [text('article .kind'), text('.more h2')],
    words: text('article').slice(text('article .kind').length),
    captions: [...document.querySelectorAll('article caption')].map(caption => caption.innerText),
    foreign: foreign.map(element => [element.innerText, element.lang]),
  };
})()""".replace("HEADINGS", HEADINGS)


@pytest.fixture(scope="module", params=[*OWN, *BY_HAND])
def read(request: pytest.FixtureRequest, reader: ScreenReader) -> Read:
    page = str(request.param)
    address = request.getfixturevalue("address" if page in BY_HAND else "own_pages")
    opening = reader.open(f"{address}{page}/index.html")
    reader.press("ctrl+Home")
    return Read(opening, reader.hear("KP_Add"), reader.ask(TRUTH))


def test_opening_it_tells_the_title_and_a_short_outline(read: Read) -> None:
    assert f"Finished loading {read.truth['title']}." in read.opening
    (outline,) = filter(None, map(OUTLINE.match, read.opening))
    landmarks, headings = map(int, outline.groups())
    assert landmarks <= 6
    assert headings == len(read.truth["headings"])


def test_every_heading_is_read_out_with_its_level_in_order(read: Read) -> None:
    said = [utterance.text for utterance in read.heard]
    levels = [place for place, text in enumerate(said) if re.fullmatch(r"heading level \d", text)]
    heard = iter((squeezed(said[place - 1]), int(said[place][-1])) for place in levels)
    for text, level in read.truth["headings"]:
        assert (squeezed(text), level) in heard, text  # it looks on from where the last one was


def test_every_word_of_the_transcript_is_read_out_once_in_order_and_nothing_else(read: Read) -> None:
    assert "".join(squeezed(utterance.text) for utterance in read.transcript()) == squeezed(read.truth["words"])


def test_every_passage_is_spoken_in_its_own_language(read: Read) -> None:
    foreign = {squeezed(text): lang for text, lang in read.truth["foreign"] if text.strip()}
    for utterance in read.transcript():
        if any(map(str.isalpha, utterance.text)):
            whole = next((text for text in foreign if squeezed(utterance.text) in text), "")
            assert utterance.lang == foreign.get(whole, read.truth["lang"]).lower(), utterance.text


def test_nothing_is_read_out_that_is_no_use_to_a_listener(read: Read) -> None:
    said = [utterance.text for utterance in read.heard]
    assert not {"clickable", "blank", "status bar", "statusbar", "section", "panel", "frame", "unlabelled"} & set(
        said
    )
    for role in ("push button", "link", "toggle button", "combo box", "horizontal slider"):
        for place in (at for at, text in enumerate(said) if text == role):
            assert not ORCA.fullmatch(said[place - 1]), f"a {role} without a name after {said[place - 2]!r}"
