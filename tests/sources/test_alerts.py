"""Boxes of Markdown, and words that only frames hold."""

import pytest

from tests.sources.pages import FILLER, heard, left, main, marked
from voicegen.model.document import Callout, Quotation, Reason


@pytest.mark.parametrize(
    ("source", "urgency", "words"),
    [
        ("> [!WARNING]\n> Not more than 5 mg.", "warning", ["Not more than 5 mg."]),
        ("> [!CAUTION]\n> - One\n> - Two", "warning", ["One", "Two"]),
        ("> [!NOTE]\n>\n> Rest it.", "note", ["Rest it."]),
        ("> [!danger]- Overdose\n> It is **too** much.", "warning", ["Overdose", "It is too much."]),
        ("> [!warning] Overdose\n> Call **999** now.", "emergency", ["Overdose", "Call 999 now."]),
    ],
)
def test_an_alert_is_a_box(source: str, urgency: str, words: list[str]) -> None:
    for document in (marked(f"# Knee\n\nSome text.\n\n{source}\n"), marked(f"{source}\n")):
        (box,) = [block for block in document.blocks if isinstance(block, Callout)]
        assert box.urgency == urgency
        assert words[-1] in heard(document).replace("9 9 9", "999").replace("milligrams", "mg")
        assert all(one in heard(document) for one in words[:-1])
        assert "[!" not in heard(document)
        assert source[4:10].strip("]\n>- ").split("]")[0] in left(document, Reason.CODE)[0]


def test_other_marks_are_text_in_a_quotation() -> None:
    document = marked("# Knee\n\nSome text.\n\n> [!quote] He said\n\n> A word\n> [!WARNING] in it\n")
    assert [type(block) for block in document.blocks[-2:]] == [Quotation, Quotation]
    assert "in it" in heard(document)


def test_staff_are_told_of_words_that_only_frames_hold() -> None:
    frames = (
        '<iframe srcdoc="&lt;p&gt;Not more than 6 mg a day.&lt;/p&gt;"></iframe>'
        '<object data="x"><p>Take 7 mg a day.</p></object>'
        "<canvas>Alpha is 8 mg</canvas><video>Your browser does not support HTML5 video.</video>"
        "<audio>This browser plays nothing: take 9 mg.</audio>"
    )
    told = [note for note in main(FILLER + frames).notices if "which are not read" in note]
    assert [next(number for number in "56789" if f"{number} mg" in note) for note in told] == ["6", "7", "8", "9"]
