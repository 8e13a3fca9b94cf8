"""F24 to F26: pages made to take a build hostage are read in a time that grows with their length, or refused."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from voicegen import extensions, speech
from voicegen.config import Settings
from voicegen.contracts import SourceFile
from voicegen.errors import SettingsError, SourceError
from voicegen.lexicon import tables
from voicegen.pages import LARGEST_BYTES, PageFile
from voicegen.sources.frontmatter import front_matter
from voicegen.sources.tree import parse

PROCESSOR_S = 20.0
"""The linear way takes some tenths of a second; the quadratic ways that these texts are made for, minutes."""


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    """Ends a test that takes far more of the processor than any linear way does."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it takes a time that grows faster than the text")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, PROCESSOR_S)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.fault("F26", "markup that is repeated without end is read once")
@pytest.mark.parametrize("piece", ["<!--a-->", "<?x>", "<% ", "<!x>", "</x>", "<", '<a b="', "&#"])
def test_markup_that_is_repeated_without_end_is_read_once(piece: str) -> None:
    tree = parse(f"<p>Rest {piece * (1_000_000 // len(piece))}</p>", "page.html")
    assert tree.get_text().startswith("Rest")


@pytest.mark.parametrize(
    "front",
    [
        "title: a" + " " * 500_000 + "b",
        "a" + " " * 500_000 + "b",
        "title: a\n" + " b\n" * 200_000,
        "title:\n" + "- b\n" * 200_000,
        "title: " + "[" * 100_000 + "]" * 100_000,
    ],
    ids=["spaces in a value", "spaces in a key", "a value over many lines", "a long list", "lists in lists"],
)
def test_front_matter_of_any_shape_is_read_once(front: str) -> None:
    _, written, rest = front_matter(f"---\n{front}\n---\n# Rest\n")
    assert rest.strip().endswith("# Rest")
    assert written in ("", front.strip())


@pytest.mark.parametrize("value", ["1" * 5_000, "[" * 5_000 + "]" * 5_000], ids=["a number", "lists in lists"])
def test_front_matter_and_pronunciations_in_toml_may_hold_anything(value: str, tmp_path: Path) -> None:
    assert front_matter(f"+++\na = {value}\n+++\n# Rest\n")[2].strip().endswith("# Rest")
    with pytest.raises(SettingsError, match="not TOML"):
        tables.read(f"a = {value}".encode(), "pronunciations.toml")


@pytest.mark.fault("F26", "a word without an end is read in one pass and nothing of it is lost")
@pytest.mark.parametrize("letter", ["A", "ab", "ก", "药", "1", ".", ") ", "“", "-"])
def test_a_word_without_an_end_is_cut_into_sentences_in_one_pass(letter: str) -> None:
    text = f"Rest now. {letter * (200_000 // len(letter))} end"
    found = speech.sentence_ends.sentences(text, "en")
    assert "".join(text[start:end] for start, end in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.fault("F24", "a file that is too large to be a page is not read into memory")
def test_a_file_that_is_no_page_by_its_size_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES << 8)  # takes no space on the disk
    with pytest.raises(SourceError, match="more than 64 MB"):
        PageFile("page", "page.html", path).read(Settings(tmp_path))


@pytest.mark.fault("F24", "a page of more than 5 MB is refused before it is parsed")
def test_a_page_larger_than_pages_are_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(SourceError, match="more than the 5 MB"):
        extensions.source("page.html").read(SourceFile("page.html", b"<p>a" * 1_300_000))


@pytest.mark.fault("F25", "a page that is nested too deep is refused and never cut")
def test_a_hundred_thousand_elements_in_each_other_are_refused_and_never_cut() -> None:
    with pytest.raises(SourceError, match="levels deep"):
        extensions.source("page.html").read(SourceFile("page.html", b"<div>" * 100_000 + b"Take 5 mg."))
