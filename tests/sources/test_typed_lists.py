"""Signs that authors type for want of markup: dashes before doses, bars between columns, dots in tables, steps."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.sources.pages import FILLER, heard, main, marked, plain, said
from voicegen.model.document import ItemList, Paragraph, texts

DOSES = "-5 mg in the morning\n-10 mg at night"
DEGREES = "-5 °C in the fridge\n-20 °C in the freezer\n"


def in_each_form(lines: str) -> Iterator[Any]:
    """Documents that show these lines: of plain text, Markdown, paragraphs with a lead and without, a list."""
    lead = "The doses of it are these:"
    broken = lines.replace("\n", "<br>")
    yield plain(f"Knee pain\n\n{lead}\n\n{lines}\n")
    yield marked(f"# Knee pain\n\n{lead}\n\n{lines}\n")
    yield main(f"{FILLER}<p>{broken}</p>")
    yield main(f"{FILLER}<p>{lead}<br>{broken}</p>")
    yield main(f"{FILLER}<ul><li>{broken.replace('<br>', '</li><li>')}</li></ul>")


@pytest.mark.fault("F29", "a dash that is a bullet is no minus before a dose")
def test_dashes_that_touch_doses_in_lines_are_bullets() -> None:
    for document in in_each_form(DOSES):
        blocks = [*document.blocks, *(block for section in document.all_sections() for block in section.blocks)]
        found = [block for block in blocks if isinstance(block, ItemList)]
        assert [text.plain for text in texts(tuple(found))] == ["5 mg in the morning", "10 mg at night"]


def test_dashes_that_touch_degrees_and_a_dash_alone_are_kept() -> None:
    assert "-5 °C" in said(plain(f"Knee pain\n\nKeep it so:\n\n{DEGREES}"))
    assert "-20 °C" in said(marked(f"# Knee pain\n\nKeep it so:\n\n{DEGREES}"))
    assert "-5 mg" in said(plain("Knee pain\n\nThe change of the dose is this:\n\n-5 mg a week\n"))
    assert "-5 °C" in said(main(f"{FILLER}<ul><li>-5 °C</li><li>-20 °C</li></ul>"))


def test_numbers_in_columns_that_bars_part_are_two() -> None:
    assert "5, 10 mg" in said(plain("Knee pain\n\n| Age | Dose  |\n+-----+-------+\n| 5   | 10 mg |\n"))


def test_a_number_that_a_wrapped_line_begins_with_goes_on_with_its_sentence() -> None:
    text = "Take two tablets every four hours, and never take more than\n8 tablets in any one day of the week."
    assert "never take more than 8 tablets in any" in said(plain(f"Knee pain\n\n{text}\n"))


def test_a_dose_behind_a_key_is_no_date_of_the_page() -> None:
    assert "Date: 5 mg daily" in said(
        plain("Knee pain\n\nDate: 5 mg daily\n\nRest your knee as much as you can.\n")
    )


def test_a_short_step_that_comes_again_is_read_again_and_a_copy_right_after_is_not() -> None:
    step = "<p>Wait 30 seconds and breathe out.</p>"
    document = main(f"{FILLER}{step}<p>Shake the inhaler.</p>{step}{step}")
    lines = [block.text.plain for block in document.blocks if isinstance(block, Paragraph)]
    assert lines.count("Wait 30 seconds and breathe out.") == 2


def test_a_dot_in_a_column_of_dots_is_a_tick_in_a_table_without_headers_too() -> None:
    rows = "<tr><td>Swim</td><td>•</td></tr><tr><td>Drive</td><td></td></tr><tr><td>Fly</td><td>●</td></tr>"
    assert said(main(f"{FILLER}<table>{rows}</table>")).count("✓") == 2


def test_a_plus_and_a_minus_before_doses_in_lines_are_no_bullets() -> None:
    for document in in_each_form("+ 5 mg in the first week\n- 10 mg in the second\n- 5 mg in the third"):
        lines = said(document).split("\n")
        assert lines[-3:] == ["+5 mg in the first week", "-10 mg in the second", "-5 mg in the third"]


def test_lines_that_open_with_a_minus_itself_are_apart() -> None:
    lines = "−5 mg in week 1\n−10 mg in week 2"
    for document in in_each_form(lines):
        assert "minus 5 milligrams in week 1 minus 10 milligrams in week 2" in heard(document)
        assert said(document).split("\n")[-2:] == lines.split("\n")


def test_bullets_of_two_kinds_one_below_the_other_stay_bullets() -> None:
    source = "+ 2 tablets in the morning\n  - 1 with food\n  - 1 without\n"
    assert said(plain(f"Knee pain\n\nThe doses of it are these:\n\n{source}")).split("\n")[-2:] == [
        "1 with food",
        "1 without",
    ]
    assert "+" not in said(marked(f"# Knee pain\n\nThe doses of it are these:\n\n{source}"))
