"""Words for files without markup: what is raised keeps its place, and letters raised by custom stay letters."""

from __future__ import annotations

import pytest

from voicegen.formats._written import as_written
from voicegen.model.document import Run


@pytest.mark.parametrize(
    ("raised", "words"),
    [
        ("9", "⁹"),
        ("-1", "⁻¹"),
        ("2+", "²⁺"),
        ("nd", "nd"),
        ("er", "er"),
        ("e", "e"),
        ("TM", "TM"),
        ("x", "^x"),
        ("a", "^a"),
    ],
)
def test_only_what_would_be_read_as_another_word_or_number_is_marked(raised: str, words: str) -> None:
    assert as_written(Run(raised, position="sup")) == words
