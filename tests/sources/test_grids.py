"""Tables made of other elements, and rows that hold several: each dose keeps its name and its column."""

import pytest

from tests.sources.pages import FILLER, heard, main, marked, page, rows

ROLES = (
    '<div role="table"><div role="rowgroup"><div role="row"><span role="columnheader">Drug</span>'
    '<span role="columnheader">Morning</span><span role="columnheader">Night</span></div></div>'
    '<div role="row"><span role="cell">Beta</span><span role="cell"></span><span role="cell">2 mg</span></div>'
    "</div>"
)
LIST = (
    "<ul role=table><li role=row><b role=columnheader>Drug</b><b role=columnheader>Morning</b>"
    "<b role=columnheader>Night</b></li><li role=row><b role=rowheader>Beta</b><b role=gridcell></b>"
    "<b role=gridcell>2 mg</b></li></ul>"
)
SHEET = "<style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style>"
STYLES = (
    "<div class=t><div class='r head'><div class=c>Drug</div><div class=c>Morning</div><div class=c>Night</div>"
    "</div>"
    "<div class=r><div class=c>Beta</div><div class=c></div><div class=c>2 mg</div></div></div>"
)
OWN = STYLES.replace("class=t", "style='display:table'").replace("class=c", "style='display:table-cell'")
OWN = OWN.replace("'r head'", "head").replace("class=", "style='display:table-row' class=")


@pytest.mark.parametrize("table", [ROLES, LIST, STYLES, OWN])
def test_a_table_of_other_elements_keeps_its_headers_and_gaps(table: str) -> None:
    expected = "Drug: Beta Morning: empty Night: 2 milligrams"
    document = page(f"<main><h1>Knee pain</h1>{FILLER}{table}</main>", head=SHEET)
    assert expected in heard(document)
    assert expected in heard(marked(f"# Knee\n\n{SHEET}\n\nSome text.\n\n{table}\n"))


def test_spans_of_roles_count() -> None:
    wide = ROLES.replace('<span role="cell"></span>', "").replace(">2 mg", ' aria-colspan="2">2 mg')
    spoken = heard(main(FILLER + wide.replace('"cell" aria', '"cell"  aria')))
    assert "Drug: Beta Morning: Night: 2 milligrams" in spoken


def test_a_warning_that_is_laid_out_as_a_table_stays_one() -> None:
    cell = '<b style="display:table-cell">{}</b>'
    box = f'<div style="display:table-row">{cell.format("!")}{cell.format("Not 5 mg.")}</div>'
    document = main(f'{FILLER}<div style="display:table" class="alert alert-danger">{box}</div>')
    assert "Warning Not 5 milligrams." in heard(document)
    document = main(f'{FILLER}<div style="display:table">{box.replace("<div", "<div class=warning")}</div>')
    assert "Warning Not 5 milligrams." in heard(document)


def test_columns_of_a_page_are_no_table() -> None:
    cell = '<div style="display:table-cell">{}</div>'
    columns = "".join(map(cell.format, ("First column.", "Second column.")))
    assert (
        rows(main(f'{FILLER}<div style="display:table"><div style="display:table-row">{columns}</div></div>'))
        == []
    )
    assert rows(main(f'{FILLER}<div style="display:table">{columns}</div>')) == []


def test_rows_that_hold_several_are_said_line_by_line() -> None:
    table = "<table><tr><th>Drug<th>Dose<tr><td>{}<td>{}<tr><td>Gamma<td>3 mg</table>"
    document = main(FILLER + table.format("Alpha<br>Beta", "1 mg<br>2 mg"))
    assert rows(document)[1] == ["Alpha Beta", "1 mg 2 mg"]
    assert [len(cell.blocks) for cell in document.blocks[-1].rows[1]] == [2, 2]
    assert "this row of a table holds several" in "".join(document.notices)
    document = main(FILLER + table.format("Adults<br>Over 12", "1 tablet<br>2 times a day"))
    assert [len(cell.blocks) for cell in document.blocks[-1].rows[1]] == [1, 2]
    assert "holds several" not in "".join(document.notices)


@pytest.mark.parametrize("lines", [["1 mg", "2 mg at night"], ["1 Tablette", "2 Tabletten am Abend"]])
def test_amounts_in_two_lines_are_two(lines: list[str]) -> None:
    document = main(f"{FILLER}<p>{'<br>'.join(lines)}</p>")
    assert [block.text.plain for block in document.blocks[-2:]] == lines
