"""What is heard of a page from top to bottom, taken apart: the page's words, and the screen reader's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from tests.screen_reader.reader import Utterance

ORCA = re.compile(
    r"(heading|Nesting) level \d+|(row|column) \d+|(row|column) header|.*table with \d+ rows? \d+ columns?|"
    r"(Description list|List) with \d+ (items?|terms?)|description (term|value)|\d+ values?|"
    r"([Ll]eaving (\d+ )?[a-z ]+|link|push button|toggle button|expanded|collapsed|superscript|subscript|"
    r"figure|caption|block quote|quotation|banner|navigation|main content|information)\.?"
)
"""What Orca says of elements, each an utterance of its own when it reads the whole page."""
TABLE = re.compile(r".*table with \d+ rows? \d+ columns?")
MARKER = re.compile(r"^(?:[•◦▪]|\d{1,3}\.|\. \d{1,3})(?: |$)")
"""What stands before an item of a list: a sign, or a number (right to left, with its full stop first)."""


def squeezed(text: str) -> str:
    """Text without blanks, as Speech Dispatcher gives it to a voice (Unicode's compatibility forms, NFKC)."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def between(heard: Sequence[Utterance], first: str, last: str) -> list[Utterance]:
    """What is heard after a heading, up to another one."""
    start, end = (heading_at(heard, text) for text in (first, last))
    return list(heard[start + 2 : end])


def heading_at(heard: Sequence[Utterance], text: str) -> int:
    """Where a heading is read out. Fails where it is not, or twice."""
    said = [squeezed(utterance.text) for utterance in heard]
    pairs = pairwise(said)
    (place,) = (
        at for at, (one, then) in enumerate(pairs) if one == squeezed(text) and then.startswith("headinglevel")
    )
    return place


def words_of_the_page(heard: Sequence[Utterance], captions: Collection[str]) -> Iterator[Utterance]:
    """The utterances that are the page's words, without the marks of lists.

    A table's caption is left out where it is the table's name, said when Orca comes to it; it is read once more.
    """
    for at, utterance in enumerate(heard):
        named = at + 1 < len(heard) and TABLE.fullmatch(heard[at + 1].text) and utterance.text in captions
        text = MARKER.sub("", utterance.text)
        if text and not named and not ORCA.fullmatch(text):
            yield Utterance(text, utterance.lang)
