"""What a page says of its own abbreviations."""

from __future__ import annotations

import pytest

from voicegen.config import Rests
from voicegen.model.document import Document, Paragraph, Run, Section, Text, numbered, text
from voicegen.speech import page_words
from voicegen.speech.page_words import is_short_form
from voicegen.steps import scripting
from voicegen.steps.proving import prove


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


def test_an_ordinary_word_with_a_title_is_explained_once_and_not_replaced() -> None:
    word = Run("pseudarthrosis", abbr="false joint: bone that has not healed")
    page_ = numbered(page(Text((Run("A "), word, Run(" may hurt."))), Text((Run("Treat the "), word, Run(".")))))
    script = scripting.write(page_, Rests(), 3, "", lambda lang: True)
    said = [line.spoken for line in script.lines if line.role == "paragraph"]
    assert said == [
        "A pseudarthrosis, false joint: bone that has not healed, may hurt.",
        "Treat the pseudarthrosis.",
    ]
    assert prove(page_, script, "page") == []
    assert page_words(page_).names == {}


def test_what_is_said_again_as_a_header_is_not_explained_again() -> None:
    title = Text((Run("Pseudarthrosis", abbr="false joint"),))
    script = scripting.write(numbered(Document(title, "en", (), ())), Rests(), 3, "", lambda lang: True)
    assert script.lines[0].spoken == "Pseudarthrosis, false joint"
    assert "false joint" not in script.lines[-1].spoken


@pytest.mark.parametrize(
    ("words", "name", "short"),
    [
        ("CRP", "C-reactive protein", True),
        ("t.i.d.", "three times a day", True),
        ("T3", "triiodothyronine", True),
        ("mcg", "micrograms", True),
        ("bpm", "beats per minute", True),
        ("temp", "temperature", True),
        ("C. diff", "Clostridioides difficile", True),
        ("pseudarthrosis", "false joint", False),
        ("Stenosis", "narrowing", False),
        ("slipped disc", "a bulge", False),
        ("laminectomy and fusion", "an operation", False),
    ],
)
def test_an_abbreviation_is_told_from_a_word(words: str, name: str, short: bool) -> None:
    assert is_short_form(words, name) is short
