"""What a page says of its own abbreviations."""

from __future__ import annotations

import pytest

from voicegen.model.document import Document, Paragraph, Run, Section, Text, text
from voicegen.speech import page_words


def page(*words: Text) -> Document:
    section = Section(text("Terms"), 2, tuple(Paragraph(piece) for piece in words[1:]))
    return Document(text("Title"), "en", (Paragraph(words[0]),), (section,))


@pytest.mark.parametrize(
    ("sentence", "short", "name"),
    [
        ("Your body mass index (BMI) is high.", "BMI", "body mass index"),
        ("It is a transient ischaemic attack (TIA).", "TIA", "transient ischaemic attack"),
        (
            "Chronic obstructive pulmonary disease (COPD) is common.",
            "COPD",
            "Chronic obstructive pulmonary disease",
        ),
        (
            "Non-steroidal anti-inflammatory drugs (NSAIDs) help.",
            "NSAIDs",
            "Non-steroidal anti-inflammatory drugs",
        ),
    ],
)
def test_a_name_with_its_short_form_in_brackets_is_found(sentence: str, short: str, name: str) -> None:
    assert page_words(page(text(sentence))).names == {short: name}


@pytest.mark.parametrize(
    "sentence", ["Ask (NHS) now.", "It is warm (USA).", "Call us (MRI).", "(BMI)", "x " * 200 + "(BMI)"]
)
def test_brackets_without_the_name_before_them_define_nothing(sentence: str) -> None:
    assert page_words(page(text(sentence))).names == {}


def test_the_expansion_in_markup_is_found_in_any_place() -> None:
    run = Run("ECG", abbr="electrocardiogram")
    assert page_words(page(text("None here."), Text((Run("An "), run)))).names == {"ECG": "electrocardiogram"}


def test_the_first_explanation_holds() -> None:
    first, second = (Text((Run("ED", abbr=name),)) for name in ("emergency department", "eating disorder"))
    assert page_words(page(first, second)).names == {"ED": "emergency department"}
