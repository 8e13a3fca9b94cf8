"""Tables that a text draws with tabs, blanks or bars: no field may slip under the header of another."""

from contextlib import suppress
from typing import Any

import pytest

from tests.growth import linear
from tests.sources.pages import FILLER, heard, main, marked, plain, rows, said
from voicegen.errors import SourceError
from voicegen.model.document import Table

TABS = "Drug\tMorning\tNight\nAlpha\t1 mg\t3 mg\nBeta\t\t2 mg"
BLANKS = "Drug      Morning   Night\nAlpha     1 mg      3 mg\nBeta                2 mg"
BARS = "Drug | Morning | Night\nAlpha | 1 mg | 3 mg\nBeta | | 2 mg"
FRAME = "+------+---+\n| Drug | Morning | Night |\n+------+---+\n| Alpha | 1 mg | 3 mg |\n| Beta | | 2 mg |\n+---+"


def text(body: str) -> Any:
    """The Document of a plain text with this in it."""
    return plain(f"Knee pain\n\nThis is what can be done about it.\n\n{body}\n\nSee a doctor.\n")


@pytest.mark.parametrize("drawn", [TABS, BLANKS, BARS, FRAME])
def test_an_empty_field_keeps_its_column(drawn: str) -> None:
    beta = "Drug: Beta Morning: empty Night: 2 milligrams"
    assert beta in heard(text(drawn))
    assert beta in heard(marked(f"# Knee\n\nThis is a text.\n\n{drawn.removeprefix('+------+---+')}\n"))
    assert beta in heard(main(f"{FILLER}<pre>Doses:\n{drawn}\nNo more.</pre>"))


def test_without_names_of_columns_an_empty_field_is_told() -> None:
    assert "Beta empty 2 milligrams" in heard(text("Alpha\t1 mg\t3 mg\nBeta\t\t2 mg"))


def test_several_tabs_may_lead_to_one_column() -> None:
    drawn = "Drug\t\tAt 8\tAt 9\nParacetamol\t1 mg\t3 mg\nBeta\t\t2 mg\t4 mg"
    assert rows(text(drawn)) == [
        ["Drug", "At 8", "At 9"],
        ["Paracetamol", "1 mg", "3 mg"],
        ["Beta", "2 mg", "4 mg"],
    ]
    hours = "Mon:\t\t8-12\t14-18\nWednesday:\t8-12\nFri:\t\t8-12\t14-18"
    assert rows(text(hours))[1] == ["Wednesday:", "8-12", ""]


def test_tabs_that_may_mean_two_tables_are_refused() -> None:
    with pytest.raises(SourceError, match=r"line 5: nobody can tell what stands in which column"):
        text("Drug\t\tMorning\tNight\nAlpha\t\t1 mg\t3 mg\nParacetamol\t\t2 mg")
    for between, line in (("\n", 4), ("\n\n", 5)):
        with pytest.raises(SourceError, match=rf"line {line}: nobody can tell"):
            marked(f"# Knee\n\nText{between}Drug\t\tMorning\tNight\nAlpha\t\t1 mg\t3 mg\nParacetamol\t\t2 mg")


def test_names_of_groups_and_marks_for_the_field_above_hold() -> None:
    drawn = 'Drug\tMorning\tNight\nChildren\nAlpha\t1 mg\t2 mg\nAdults\nBeta\t3 mg\t4 mg\nGamma\t"\t5 mg'
    spoken = heard(text(drawn))
    assert "Children: Drug: Alpha Morning: 1 milligram" in spoken
    assert "Adults: Drug: Gamma Morning: 3 milligrams Night: 5 milligrams" in spoken
    with pytest.raises(SourceError, match="which column"):
        text('Drug\tMorning\tNight\nAlpha\t1 mg\t2 mg\nBeta\t\t2 mg\nGamma\t"\t5 mg')


def test_a_field_may_go_on_in_the_line_below() -> None:
    drawn = (
        "Drug      Most      Note\n"
        "Alpha     5 mg      with food\n"
        "                    or milk\n"
        "Beta      2 mg      early"
    )
    assert rows(text(drawn))[1:] == [["Alpha", "5 mg", "with food or milk"], ["Beta", "2 mg", "early"]]


@pytest.mark.parametrize(
    "body",
    [
        "1.\tTake 5 mg\tdaily\n2.\tTake 6 mg\tdaily",
        "Take one tablet  in the  morning and then at\nnight time take  two of  them and then call.",
        "Drug          Dose\nAlpha         5 mg\nBeta         10 mg",
        "First sentence.  Second sentence.  Third one.\nAnother line.  One more here.  And the last.",
        "\tAn indented line of text.\n\tAnd another one of them.",
    ],
)
def test_what_is_no_table_stays_text(body: str) -> None:
    assert not any(isinstance(block, Table) for block in text(body).blocks)
    assert "See a doctor." in said(text(body))


@pytest.mark.parametrize(
    "unit",
    ["a\t\tb\n", "a   b   c\n", "a | | b\n", "a\t\n", "   \t", "a\t\tb\tc\na\tb\n\n", "|" * 50, "a   ", "a b\n"],
)
def test_odd_columns_take_linear_time(unit: str) -> None:
    assert linear(lambda times: _read(unit * times), 8_000)


def _read(body: str) -> None:
    with suppress(SourceError):
        text(body)
