"""No paragraph with a dose in it is taken for what only stands around a page."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Project
from voicegen import extensions
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError

PAGE = "<html lang='en'><title>Rest</title><h1>Rest</h1><p>Rest a while.</p>{}<p>Then go on.</p></html>"


def left_out(block: str) -> set[str]:
    document = extensions.source("page.html").read(SourceFile("page.html", PAGE.format(block).encode()))
    return {part.text for part in document.left_out} - {"Rest"}


@pytest.mark.parametrize(
    "words",
    [
        "Take Panadol© 500 mg twice a day.",
        "© 2026 Clinic. Take 5 mg twice a day.",
        "Give 2.5 ml. All rights reserved.",
        "Copyright 2026. Use 2 puffs when you wheeze.",
        "Take it three times a day. © Clinic",
        "© Clinic. Call 999 when you can't breathe.",
    ],
)
def test_a_legal_notice_that_holds_a_dose_or_a_warning_is_heard(words: str) -> None:
    assert left_out(f"<p>{words}</p>") == set()
    assert left_out(f"<p class='copyright'>{words}</p>") == set()


@pytest.mark.parametrize(
    "block",
    [
        "<h2>See also</h2><p>Take 5 mg twice a day with food.</p>",
        "<h2>Contact us</h2><p>Take 5 mg twice a day with food.</p>",
        "<p>Last reviewed 2024: take 5 mg twice a day.</p>",
    ],
)
def test_neither_a_heading_nor_a_date_takes_a_dose_away(block: str) -> None:
    assert not [text for text in left_out(block) if "5 mg" in text]


@pytest.mark.parametrize("block", ["<p aria-hidden='true'>{}</p>", "<footer><p>{}</p></footer>", "<nav>{}</nav>"])
def test_staff_are_told_of_a_dose_that_was_left_out(block: str, project: Project) -> None:
    project.page("page.html", PAGE.format(block.format("Take 5 mg twice a day.")))
    (page,) = project.build().pages
    assert [notice for notice in page.notices if "although it holds a dose" in notice]


@pytest.mark.parametrize(
    "words", ["Take <span hidden>5</span> mg now.", "Do <b style='display:none'>not</b> take 5 mg."]
)
def test_staff_are_told_of_a_number_or_a_negation_that_is_hidden(words: str, project: Project) -> None:
    project.page("page.html", PAGE.format(f"<p>{words}</p>"))
    (page,) = project.build().pages
    assert [notice for notice in page.notices if "left out as hidden" in notice]


@pytest.mark.parametrize("words", ["© 2026 Riverside Clinic", "Copyright 2026. All rights reserved."])
def test_a_legal_notice_that_is_none_else_is_left_out(words: str) -> None:
    assert left_out(f"<p>{words}</p>") == {words}


def test_a_text_that_was_encoded_twice_is_refused_and_not_taken_for_a_notice() -> None:
    with pytest.raises(SourceError, match="encoded twice"):
        left_out("<p>Caf\u00c3\u00a9 for 5 \u00c2\u00b5g.</p>")


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("Take <span aria-hidden='true'>5</span> mg now.", "Take 5 milligrams now."),
        ("Do <b aria-hidden='true'>not</b> take it.", "Do not take it."),
        (
            "Take <span aria-hidden='true'>5mg</span><span class='sr-only'>5 milligrams</span> now.",
            "Take 5 milligrams now.",
        ),
        ("Go on <i class='material-icons' aria-hidden='true'>arrow_forward</i> with it.", "Go on with it."),
        ("Call us <i aria-hidden='true'>★</i> today.", "Call us today."),
    ],
)
def test_words_that_all_others_read_in_a_sentence_are_spoken(words: str, spoken: str, project: Project) -> None:
    project.page("page.html", PAGE.format(f"<p>{words}</p>"))
    assert project.build().exit_code == 0
    timeline = json.loads((project.output / "page" / "timeline.json").read_text("utf-8"))
    assert spoken in [line["spoken"] for chapter in timeline["chapters"] for line in chapter["lines"]]
