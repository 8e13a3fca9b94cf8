from __future__ import annotations

from dataclasses import replace

import pytest

from voicegen.config import Rests
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    Document,
    Item,
    ItemList,
    Paragraph,
    Run,
    Section,
    Table,
    Text,
    Urgency,
    numbered,
    text,
)
from voicegen.model.script import Script
from voicegen.steps.proving import prove
from voicegen.steps.scripting import write


def page(*blocks: Block, lang: str = "en") -> tuple[Document, Script]:
    document = numbered(Document(text("Fever"), lang, blocks, ()))
    return document, write(document, Rests(), 3, "", lambda lang: True)


def broken(script: Script, old: str, new: str) -> Script:
    """The script as a wrong rule would have made it."""
    assert any(old in line.spoken for line in script.lines)
    chapters = tuple(
        replace(
            chapter, lines=tuple(replace(line, spoken=line.spoken.replace(old, new)) for line in chapter.lines)
        )
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)


DOSES = (
    Paragraph(text("Take 500 mg every 4–6 hours. Do not take more than 2.5 g in 24 hours.")),
    ItemList((Item((Paragraph(text("under 3 months: < 38 °C")),)),)),
    Table(((Cell((Paragraph(text("5 mcg")),)), Cell((Paragraph(text("10 ml")),))),)),
)


def test_right_words_pass() -> None:
    document, script = page(*DOSES)
    assert prove(document, script, "a.md") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("milligrams", "micrograms"),
        ("micrograms", "milligrams"),
        ("500", "50"),
        ("4 to 6", "6 to 4"),
        ("4 to 6", "4 6"),
        ("2.5", "25"),
        ("not ", ""),
        ("less than ", ""),
        ("less than", "more than"),
        ("10 milli", "5 milli"),
    ],
)
def test_every_rule_that_is_broken_on_purpose_is_stopped(old: str, new: str) -> None:
    document, script = page(*DOSES)
    errors = prove(document, broken(script, old, new), "a.md")
    assert errors
    assert "a.md" in str(errors[0])


def test_two_cells_that_change_places_are_stopped() -> None:
    document, script = page(*DOSES)
    first = broken(script, "5 micrograms", "X")
    swapped = broken(broken(first, "10 millilitres", "5 micrograms"), "X", "10 millilitres")
    assert len(prove(document, swapped, "a.md")) >= 2


@pytest.mark.parametrize(
    ("urgency", "label", "fine"),
    [
        ("urgent", "Urgent advice:", True),
        ("urgent", "Non-urgent advice:", False),
        ("emergency", "Non-urgent advice: ", False),
        ("emergency", "Immediate action required:", True),
        ("non-urgent", "Immediate action required:", False),
        ("emergency", "Call 999", True),
        ("note", "Urgent advice:", True),
    ],
)
def test_a_box_that_says_another_urgency_than_its_markup_has_is_stopped(
    urgency: Urgency, label: str, fine: bool
) -> None:
    box = Callout(urgency, (Paragraph(text("Call us.")),), text(label))
    document, script = page(ItemList((Item((box,)),)))
    assert (prove(document, script, "a.md") == []) == fine


@pytest.mark.parametrize(("heading", "fine"), [("Non-urgent advice: see a pharmacist", False), ("Call 999", True)])
def test_the_heading_of_a_box_without_a_label_may_not_say_another_urgency(heading: str, fine: bool) -> None:
    blocks = (Paragraph(text("You cannot breathe.")),)
    document, script = page(Callout("emergency", blocks, None, text(heading)))
    assert (prove(document, script, "a.md") == []) == fine
    section = Section(text(heading), 2, (Callout("emergency", blocks),), ())
    document = numbered(Document(text("Fever"), "en", (), (section,)))
    script = write(document, Rests(), 3, "", lambda lang: True)
    assert (prove(document, script, "a.md") == []) == fine


def test_a_place_that_no_voice_can_say_is_not_said_to_be_said_otherwise() -> None:
    document, script = page(Paragraph(text("Give 1--2--3 mg.")))
    (error,) = prove(document, script, "a.md")
    assert "would not say it as it is meant" in str(error)


def test_staff_are_told_what_to_do_about_what_can_be_one_number_or_two() -> None:
    document, script = page(Paragraph(text("Take calcium 1 200 mg daily with food.")))
    (error,) = prove(document, script, "a.md")
    assert "“1 200 mg”, which can be one number or two" in str(error)
    assert "Close the number up" in str(error)


def test_the_label_is_understood_in_the_pages_own_language() -> None:
    from voicegen.speech import frames

    box = Callout("emergency", (Paragraph(text("Llame.")),), text(frames("es").urgency("non-urgent") + ":"))
    document, script = page(box, lang="es")
    assert len(prove(document, script, "a.md")) == 1


@pytest.mark.parametrize(
    ("words", "lang", "own", "refused"),
    [
        ("1.500 mg", "de", "en", True),
        ("1,500 mg", "en", "de", True),
        ("1.500 mg", "de", "es", False),
        ("1,500 mg", "cy", "en", False),
        ("1,5 mg", "de", "en", False),
        ("1500 mg", "de", "en", False),
        ("01.2026", "de", "en", False),
    ],
)
def test_a_number_that_is_another_one_in_the_language_of_the_voice_is_refused(
    words: str, lang: str, own: str, refused: bool
) -> None:
    """Where no voice speaks the passage's language, or a text in several languages is said again."""
    document = numbered(Document(text("x"), own, (Paragraph(Text((Run("Mono: "), Run(words, lang=lang)))),), ()))
    found = prove(document, write(document, Rests(), 3, "", lambda lang: lang == own), "a.md")
    assert any("another number" in str(error) for error in found) is refused, found


def test_staff_are_told_of_a_power_as_the_page_shows_it() -> None:
    power = Paragraph(Text((Run("Below 10"), Run("9", position="sup"), Run(" cells."))))
    document, script = page(power)
    (error,) = prove(document, broken(script, "to the power 9", "to the power 6"), "a.md")
    assert "10⁹" in str(error)
