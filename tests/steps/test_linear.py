"""A longer page takes as much more work as it is longer: counted in calls, since seconds depend on the machine."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from voicegen import extensions
from voicegen.config import Rests
from voicegen.contracts import SourceFile
from voicegen.sources.decoding import decode
from voicegen.steps import accounting, proving, scripting

PIECES = {
    "doses": "Take 5 mg/kg/day of <5 mm, 20–30% ",
    "words": "word ",
    "digits": "1 ",
    "an abbreviation and its name": "BMI (body mass index) ",
    "dots": "... ",
    "dashes": "1-2-",
    "slashes": "a/b/",
    "Roman numerals": "IV ",
    "capitals": "NOT ",
    "ratios": "1:10 ",
    "comparators": "< ",
    "quotations": "“a ",
    "powers": "10⁹/L ",
    "refused fractions": "1/2 ",
    "minutes": "5' ",
    "negative results": "nitrite -, ",
}


def calls(page: str) -> int:
    """How many functions, of Python and of C, are called to read, script, account for and prove a page."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    file = SourceFile("page.txt", page.encode())
    sys.setprofile(counted)
    try:
        document = extensions.source(file.name).read(file)
        script = scripting.write(document, Rests(), 3, "", lambda lang: True)
        account = accounting.account(document, script, file.name, decode(file, labelled=False)[0])
        proving.prove(document, script, file.name, account)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.fault("F26", "four times the text is about four times the work, step by step")
@pytest.mark.parametrize("name", PIECES)
def test_four_times_the_text_is_about_four_times_the_work(name: str) -> None:
    piece = PIECES[name]

    def page(characters: int) -> str:
        return f"Knee pain\n\nWhat it is\n{piece * (characters // len(piece))}\n"

    calls(page(500))  # what is made once and kept
    assert calls(page(4_000)) < 5.5 * calls(page(1_000))
