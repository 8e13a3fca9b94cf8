"""Tables that a page makes of other elements, by roles or by styles: read as tables, with their headers and gaps.

Danger: of `<div role="row">` with "Beta", an empty cell and "2 mg" under "Morning" and "Night" a listener would
hear "Beta, 2 mg".
Source: WAI-ARIA 1.2, roles table, row, cell and the like; CSS 2.2, section 17.2 (table elements).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bs4.element import Tag

from voicegen import cascade
from voicegen.sources.callouts import urgency_of
from voicegen.sources.elements import attribute, tokens
from voicegen.sources.lists import has_content
from voicegen.sources.wordsets import word_set

_ROLES = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    **dict.fromkeys(("cell", "gridcell"), "td"),
    **dict.fromkeys(("columnheader", "rowheader"), "th"),
    "row": "tr",
    "rowgroup": "tbody",
}
_DISPLAYS = {
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "table-header-group": "thead",
}
_NATIVE = word_set("table thead tbody tfoot tr td th caption colgroup col")
_HEADS = word_set("head header heading headings thead th")
"""Words of the classes of rows that name the columns."""
_LISTS = word_set("ul ol dl menu")
_GROUPS = ("thead", "tbody", "")


class _NoTableError(Exception):
    """What stands in it is not what a table may hold."""


def draw_tables(
    page: Tag, styled: Iterable[tuple[Tag, cascade.Meaning, bool]], around: Collection[int] = ()
) -> None:
    """Makes tables of elements that are drawn or announced as such; `around` are ids of those that stay."""
    kinds = {id(tag): _DISPLAYS[said.shown] for tag, said, _ in styled if said.shown in _DISPLAYS}
    for tag in page.find_all(role=list(_ROLES)):
        kinds[id(tag)] = _ROLES[attribute(tag, "role")]
    tables = [tag for tag in page.find_all(True) if kinds.get(id(tag)) == "table"] if kinds else []
    for table in tables:
        if table.name not in _NATIVE and id(table) not in around:
            try:
                rows = list(_rows(table, kinds))
            except _NoTableError:
                continue
            if rows:
                _draw(table, rows, kinds)


def _rows(box: Tag, kinds: dict[int, str]) -> Iterator[tuple[Tag, bool]]:
    """The rows in a box, which may stand in groups, and whether each names the columns. Raises _NoTableError."""
    for row in filter(has_content, box.children):
        if not isinstance(row, Tag) or row.name in _NATIVE or urgency_of(row):
            raise _NoTableError
        kind = kinds.get(id(row), "")
        if kind == "tr":
            cells = [cell for cell in row.children if has_content(cell)]
            if any(kinds.get(id(cell)) not in ("td", "th") for cell in cells):
                raise _NoTableError
            yield row, bool(tokens(row) & _HEADS) or kinds.get(id(box)) == "thead"
        elif kind in _GROUPS and any(isinstance(one, Tag) for one in row.children):
            yield from _rows(row, kinds)
        else:
            raise _NoTableError


def _draw(box: Tag, rows: list[tuple[Tag, bool]], kinds: dict[int, str]) -> None:
    table = Tag(name="table", attrs={"role": attribute(box, "role")}, sourceline=box.sourceline)
    for row, is_head in rows:
        for cell in [cell for cell in row.children if isinstance(cell, Tag)]:
            name = "th" if is_head else kinds[id(cell)]
            spans = {span: value for span in ("colspan", "rowspan") if (value := attribute(cell, f"aria-{span}"))}
            if attribute(cell, "role") == "rowheader":
                spans["scope"] = "row"
            cell.wrap(Tag(name=name, attrs=spans, sourceline=cell.sourceline))
        table.append(row.extract())
        row.name = "tr"
    box.clear()
    box.append(table)
    if box.name in _LISTS:
        box.name = "div"
