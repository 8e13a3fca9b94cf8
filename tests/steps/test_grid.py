from __future__ import annotations

from tests.growth import linear
from voicegen.model.document import Cell, Document, Paragraph, Table, numbered, text
from voicegen.steps.grid import rows, width


def cell(words: str, header: str = "", colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell((Paragraph(text(words)),), header, colspan, rowspan)  # type: ignore[arg-type]


def spoken(table: Table) -> list[list[tuple[str, str, bool]]]:
    document = numbered(Document(text("t"), "en", (table,), ()))
    (block,) = document.blocks
    assert isinstance(block, Table)
    return [
        [
            (" ".join(header.plain for header in place.headers), place.cell.blocks[0].text.plain, place.first)  # type: ignore[union-attr]
            for place in row.places
        ]
        for row in rows(block)
        if not row.is_header
    ]


def test_each_cell_has_the_headers_of_its_column() -> None:
    table = Table(
        (
            (cell("Age", "column"), cell("Dose", "column")),
            (cell("3 months", "row"), cell("2.5 ml")),
            (cell("2 years", "row"), cell("5 ml")),
        )
    )
    assert spoken(table) == [
        [("Age", "3 months", True), ("Dose", "2.5 ml", True)],
        [("Age", "2 years", True), ("Dose", "5 ml", True)],
    ]
    assert width(table) == 2


def test_spans_are_expanded_and_no_cell_is_said_twice() -> None:
    table = Table(
        (
            (cell("Age", "column"), cell("Dose", "column", colspan=2)),
            (cell("", "column"), cell("Morning", "column"), cell("Night", "column")),
            (cell("Adults", "row", rowspan=2), cell("1 tablet"), cell("2 tablets")),
            (cell("none", colspan=2),),
        )
    )
    assert spoken(table) == [
        [("Age", "Adults", True), ("Dose Morning", "1 tablet", True), ("Dose Night", "2 tablets", True)],
        [("Age", "Adults", False), ("Dose Morning Night", "none", True)],
    ]
    assert width(table) == 3


def test_each_row_is_said_with_the_name_of_its_group_and_the_foot_with_none() -> None:
    head = (cell("Everybody", "column", colspan=2),), (cell("Drug", "column"), cell("Dose", "column"))
    children = (cell("Children", "group", colspan=2),), (cell(""), cell("50 mg")), (cell("Alpha"), cell("25 mg"))
    table = Table((*head, *children, (cell("Most"), cell("1 g"))), foot=1)
    assert [[(heads, words) for heads, words, _ in row] for row in spoken(table)] == [
        [("", "Children")],
        [("Drug", ""), ("Children Dose", "50 mg")],
        [("Children Drug", "Alpha"), ("Dose", "25 mg")],
        [("Drug", "Most"), ("Dose", "1 g")],
    ]


def test_an_empty_cell_is_told_where_its_column_has_a_header_or_words() -> None:
    bare = Table(
        ((cell("Alpha"), cell(""), cell("1 mg"), cell("")), (cell("Beta"), cell("2 mg"), cell(""), cell("")))
    )
    assert [[place.is_told for place in row.places] for row in rows(bare)] == [[True, True, True, False]] * 2
    headed = Table(((cell("Drug", "column"), cell("Dose", "column")), (cell("Alpha", "row"), cell(""))))
    assert [[place.is_told for place in row.places] for row in rows(headed)] == [[False, False], [False, True]]


def test_a_table_without_headers_is_read_row_by_row() -> None:
    table = Table(((cell("a"), cell("b")), (cell("c"),)))
    assert spoken(table) == [[("", "a", True), ("", "b", True)], [("", "c", True)]]


def test_an_absurd_span_does_not_make_an_absurd_table() -> None:
    table = Table(((cell("a", colspan=10**9, rowspan=10**9),), (cell("b"),)))
    assert width(table) <= 2_001
    assert [place[1] for row in spoken(table) for place in row if place[2]] == ["a", "b"]


def test_headers_further_down_take_the_place_of_those_over_the_same_columns() -> None:
    table = Table(
        (
            (cell("Age", "column"), cell("Dose", "column", colspan=2)),
            (cell("", "column"), cell("mg", "column"), cell("ml", "column")),
            (cell("2 years"), cell("120"), cell("5")),
            (cell("Age", "column"), cell("drops", "column"), cell("puffs", "column")),
            (cell("3 years"), cell("4"), cell("1")),
        )
    )
    assert spoken(table) == [
        [("Age", "2 years", True), ("Dose mg", "120", True), ("Dose ml", "5", True)],
        [("Age", "3 years", True), ("Dose drops", "4", True), ("Dose puffs", "1", True)],
    ]


def test_the_grid_of_a_wide_row_grows_with_its_cells() -> None:
    head = tuple(cell(f"h{number}", "column") for number in range(6400))
    assert linear(lambda times: list(rows(Table((head[:times], head[:times], (cell("5 ml"),))))), 6400)
