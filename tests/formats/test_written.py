from __future__ import annotations

import pytest

from voicegen.formats._written import as_written
from voicegen.model.document import Run


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (Run("9", position="sup"), "⁹"),
        (Run("-2", position="sup"), "⁻²"),
        (Run("2", position="sub"), "₂"),
        (Run("max", position="sub"), "_max"),
        (Run("st", position="sup"), "^st"),
        (Run("a", position="note"), " [a]"),
        (Run("1", position="note"), "¹"),
        (Run("10"), "10"),
    ],
)
def test_raised_and_lowered_signs_keep_their_place_without_markup(run: Run, words: str) -> None:
    assert as_written(run) == words
