"""Word files become pages that say what Word shows: nothing lost, nothing that was taken back, nothing guessed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from xml.etree.ElementTree import fromstring

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.converting.documents import NAMES, body_of, changed, document, outcome, part, raw, related, saved
from tests.growth import linear
from voicegen.contracts import SourceFile
from voicegen.converting import Converted, convert, word_data
from voicegen.converting.equations import APART, parted
from voicegen.converting.writing import check_complete
from voicegen.errors import SourceError
from voicegen.sources import html as pages


def converted(made: Document | bytes) -> Converted:
    return convert(made if isinstance(made, bytes) else saved(made), "leaflet.docx")


def body(xml: str) -> str:
    made = document()
    raw(made, xml)
    return body_of(converted(made).html).removeprefix("<h1>Gallstones</h1>")


def refusal(xml: str) -> SourceError:
    made = document()
    made.add_paragraph("Take two tablets")
    raw(made, xml)
    with pytest.raises(SourceError) as caught:
        converted(made)
    assert "Take two tablets" in caught.value.where
    assert caught.value.remedy
    return caught.value


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells with a paragraph each; one that starts with "<" has its properties before its text."""
    parts = [re.fullmatch(r"(<.*>)?([^<>]*)", cell) for cell in cells]
    inner = "".join(
        f"<w:tc><w:tcPr>{part[1] or ''}</w:tcPr>{paragraph(run(part[2]) if part[2] else '')}</w:tc>"
        for part in parts
        if part
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def test_title_headings_and_marked_words_are_what_they_are_in_word() -> None:
    made = document(title="Gallstones")
    made.add_heading("Treatment", 1)
    made.add_heading("Tablets", 2)
    text = made.add_paragraph("Do ")
    text.add_run("not").bold = True
    text.add_run(" drive. 5 m")
    text.add_run("2").font.superscript = True
    text.add_run(" H")
    text.add_run("2").font.subscript = True
    text.add_run("O ")
    text.add_run("10 mg").font.strike = True
    assert body_of(converted(made).html) == (
        "<h1>Gallstones</h1><h2>Treatment</h2><h3>Tablets</h3>"
        "<p>Do <strong>not</strong> drive. 5 m<sup>2</sup> H<sub>2</sub>O <s>10 mg</s></p>"
    )


def test_a_heading_in_a_translated_word_is_known_by_its_level() -> None:
    assert "<h3>Kur</h3>" in body(paragraph(run("Kur"), '<w:outlineLvl w:val="1"/>'))


# Signs -------------------------------------------------------------------------------------------------------

SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (run("5 ") + run("m", SYMBOL) + run("g"), "5 μg"),  # typed, and then set in Symbol
        (run("5 ") + run("\uf06d", SYMBOL) + run("g"), "5 μg"),
        (run("5 ") + '<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>' + run("g"), "5 μg"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 18 years"), "≥ 18 years"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>' + run(" 18 years"), "≤ 18 years"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>' + run(" 2"), "± 2"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" rest"), "✓ rest"),
        (run("5") + "<w:r><w:noBreakHyphen/></w:r>" + run("10 mg"), "5\u201110 mg"),
        (run("5 ") + "<w:r><w:tab/></w:r>" + run("mg"), "5 \tmg"),
    ],
)
def test_a_sign_is_what_its_font_shows(xml: str, shown: str) -> None:
    assert body(paragraph(xml)) == f"<p>{shown}</p>"


def test_a_font_that_a_style_names_counts_too() -> None:
    made = document()
    style = made.styles.add_style("Greek", 2)
    style.font.name = "Symbol"
    text = made.add_paragraph("5 ")
    text.add_run("m", style="Greek")
    text.add_run("g")
    assert "5 μg" in body_of(converted(made).html)


@pytest.mark.parametrize(
    ("fonts", "letters", "shown"),
    [
        ('w:hAnsi="Symbol"', "mg", "mg"),
        ('w:hAnsi="Symbol"', "\uf06dg", "μg"),
        ('w:ascii="Symbol" w:hAnsi="Arial"', "\uf06d", "μ"),
        ('w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"', "mg", "mg"),
        ('w:asciiTheme="minorHAnsi" w:ascii="Symbol"', "mg", "mg"),
    ],
)
def test_letters_are_in_the_font_of_their_kind(fonts: str, letters: str, shown: str) -> None:
    made = document()
    made.styles.add_style("Greek", 2).font.name = "Symbol"
    style = '<w:rStyle w:val="Greek"/>' if "Theme" in fonts else ""
    raw(made, paragraph(run("5 ") + run(letters, f"{style}<w:rFonts {fonts}/>")))
    assert f"<p>5 {shown}</p>" in body_of(converted(made).html)


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><w:sym w:font="Webdings" w:char="F062"/></w:r>',
        '<w:r><w:sym w:font="Wingdings" w:char="F026"/></w:r>',
        run("\ue001"),
        '<w:r><w:sym w:font="Symbol" w:char="XYZ"/></w:r>',
    ],
)
def test_a_sign_that_can_not_be_told_is_refused_with_its_place(xml: str) -> None:
    assert "sign" in refusal(paragraph(xml)).what


# Lists -------------------------------------------------------------------------------------------------------


def numbering(levels: str, more: str = "") -> str:
    """A numbering part with one list, used as number 7."""
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        f'<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>{more}</w:numbering>'
    )


def level(at: int, kind: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def item(text: str, at: int = 0, num: int = 7) -> str:
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>')


def listed(items: str, levels: str, more: str = "") -> str:
    made = document()
    raw(made, items)
    data = changed(saved(made), {"word/numbering.xml": numbering(levels, more)})
    return body_of(converted(data).html).removeprefix("<h1>Gallstones</h1>")


def test_numbers_go_on_after_a_paragraph_and_start_where_the_author_says() -> None:
    items = item("a") + item("b") + paragraph(run("Between")) + item("c")
    assert listed(items, level(0, "decimal", "%1.", 4)) == (
        '<ol start="4"><li>a</li><li>b</li></ol><p>Between</p><ol start="6"><li>c</li></ol>'
    )


def test_a_list_that_starts_anew_does_so_once() -> None:
    again = (
        '<w:num w:numId="8"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    items = item("a") + item("b") + paragraph(run("New")) + item("c", num=8) + item("d", num=8)
    assert listed(items, level(0, "decimal", "%1."), again) == (
        "<ol><li>a</li><li>b</li></ol><p>New</p><ol><li>c</li><li>d</li></ol>"
    )


def test_lists_lie_inside_each_other() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "bullet", "")
    assert listed(item("a") + item("x", 1) + item("y", 1) + item("b"), levels) == (
        "<ol><li>a<ul><li>x</li><li>y</li></ul></li><li>b</li></ol>"
    )


def test_lists_of_two_styles_lie_inside_each_other_by_their_indentation() -> None:
    made = document()
    for text, style in (("One", "List Number"), ("inner", "List Bullet 2"), ("Two", "List Number")):
        made.add_paragraph(text, style=style)
    assert "<ol><li>One<ul><li>inner</li></ul></li><li>Two</li></ol>" in body_of(converted(made).html)


@pytest.mark.parametrize(
    ("kind", "text", "labels"),
    [
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("decimal", "Step %1:", ["Step 1:", "Step 2:"]),
    ],
)
def test_letters_and_words_before_items_are_text(kind: str, text: str, labels: list[str]) -> None:
    first, second = labels
    assert listed(item("x") + item("y"), level(0, kind, text)) == f"<ul><li>{first} x</li><li>{second} y</li></ul>"


def test_numbers_of_several_levels_are_text() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2")
    assert listed(item("a") + item("b") + item("x", 1) + item("y", 1), levels) == (
        "<ol><li>a</li><li>b<ul><li>2.1 x</li><li>2.2 y</li></ul></li></ol>"
    )


def test_a_numbered_heading_has_its_number() -> None:
    heading = paragraph(
        run("Causes"), '<w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    )
    assert listed(heading, level(0, "decimal", "%1.")) == "<h2>1. Causes</h2>"


def test_a_style_that_a_level_names_as_its_own_has_that_level() -> None:
    made = document()
    for name in ("Step", "Substep"):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        number = f'<w:pPr {NAMES}><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
        style.element.append(parse_xml(number))
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
    levels = levels.replace("<w:lvlText", '<w:pStyle w:val="Step"/><w:lvlText', 1)
    second = levels.index('<w:lvl w:ilvl="1"')
    levels = levels[:second] + levels[second:].replace("<w:lvlText", '<w:pStyle w:val="Substep"/><w:lvlText', 1)
    for style, text in (("Step", "Sit up."), ("Substep", "Shake it."), ("Substep", "Breathe."), ("Step", "Wait.")):
        raw(made, paragraph(run(text), f'<w:pStyle w:val="{style}"/>'))
    page = body_of(converted(changed(saved(made), {"word/numbering.xml": numbering(levels)})).html)
    assert page.removeprefix("<h1>Gallstones</h1>") == (
        "<ol><li>Sit up.<ul><li>a) Shake it.</li><li>b) Breathe.</li></ul></li><li>Wait.</li></ol>"
    )


def restarted(level_xml: str, after: int) -> str:
    return level_xml.replace("<w:lvlText", f'<w:lvlRestart w:val="{after}"/><w:lvlText')


def test_a_level_starts_anew_after_the_level_that_it_names_and_where_its_list_says() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
    levels += restarted(level(2, "upperRoman", "%3."), 1)
    items = item("x") + item("y", 1) + item("z", 2) + item("y", 1) + item("z", 2) + item("x") + item("z", 2)
    assert re.findall(r"([IV]+)\. z", listed(items, levels)) == ["I", "II", "I"]
    third = (
        '<w:num w:numId="8"><w:abstractNumId w:val="3"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    items = item("x", num=8) + item("y", 1, 8) + item("x", num=8) + item("y", 1, 8)
    assert re.findall(r"([a-z])\) y", listed(items, levels, third)) == ["c", "c"]


def test_an_item_that_shows_another_level_s_number_has_that() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1)")
    assert "<li>2) y</li>" in listed(item("x") + item("x") + item("y", 1), levels)


def test_lists_inside_each_other_without_end_are_read() -> None:
    indents = (f'<w:ind w:left="{at * 200}"/>' for at in range(600))
    nums = "".join(f'<w:num w:numId="{at + 10}"><w:abstractNumId w:val="3"/></w:num>' for at in range(600))
    items = "".join(
        paragraph(run("x"), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{at + 10}"/></w:numPr>{indent}')
        for at, indent in enumerate(indents)
    )
    assert listed(items, level(0, "bullet", "-"), nums).count("x") == 600


# Tables ------------------------------------------------------------------------------------------------------


def test_a_table_keeps_its_heads_and_its_merged_cells() -> None:
    made = document()
    table = made.add_table(4, 3)
    table.style = "Light Grid Accent 1"
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            cell.text = f"{row}{column}"
    for cell in (*table.rows[2].cells[1:], *table.rows[3].cells[:2]):
        cell.text = ""
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 0).merge(table.cell(3, 1)).text = "both"
    html = body_of(converted(made).html)
    assert '<thead><tr><th scope="col">00</th><th scope="col">01</th><th scope="col">02</th></tr></thead>' in html
    assert '<td rowspan="2">' in html
    assert '<th scope="row" colspan="2">both</th>' in html


def test_a_row_that_repeats_on_every_page_is_a_head_and_a_plain_table_has_none() -> None:
    cells = "".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in ("Drug", "Dose"))
    repeats = "<w:trPr><w:tblHeader/></w:trPr>"
    assert "<thead>" in body(f"<w:tbl><w:tr>{repeats}{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>")
    assert "<th" not in body(f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>")


def test_a_cell_that_is_said_to_go_on_but_has_text_keeps_it() -> None:
    cells = [
        f"<w:tc><w:tcPr><w:vMerge{value}/></w:tcPr>{paragraph(run(text))}</w:tc>"
        for value, text in ((' w:val="restart"', "5 mg"), ("", "10 mg"))
    ]
    html = body("<w:tbl>" + "".join(f"<w:tr>{cell}</w:tr>" for cell in cells) + "</w:tbl>")
    assert "5 mg" in html
    assert "10 mg" in html


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TWO = '<w:gridSpan w:val="2"/>'
HEAD = "<w:tblHeader/>"


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (  # danger: "Morning" below "Drug"
            row(f"{START}Drug", f"{TWO}Dose", properties=HEAD)
            + row(ON, "Morning", "Evening")
            + row("A", "5", "10"),
            '<thead><tr><th scope="col" rowspan="2">Drug</th><th scope="col" colspan="2">Dose</th></tr>'
            '<tr><th scope="col">Morning</th><th scope="col">Evening</th></tr></thead>'
            "<tbody><tr><td>A</td><td>5</td><td>10</td></tr></tbody>",
        ),
        (
            row(f"{START}A", "Dose", properties=HEAD) + row(ON, "5 mg") + row(ON, "10 mg"),
            '<thead><tr><th scope="col">A</th><th scope="col">Dose</th></tr></thead>'
            '<tbody><tr><td rowspan="2"></td><td>5 mg</td></tr><tr><td>10 mg</td></tr></tbody>',
        ),
        (
            row("Drug", '<w:hMerge w:val="restart"/>Dose', "<w:hMerge/>", properties=HEAD) + row("A", "5", "10"),
            '<thead><tr><th scope="col">Drug</th><th scope="col" colspan="2">Dose</th></tr></thead>'
            "<tbody><tr><td>A</td><td>5</td><td>10</td></tr></tbody>",
        ),
        (
            row("A", '<w:hMerge w:val="restart"/>5', "<w:hMerge/>10"),
            "<tbody><tr><td>A</td><td>5</td><td>10</td></tr></tbody>",
        ),
        (
            row(f"{START}5")
            + f"<w:tr><w:tc><w:tcPr>{ON}</w:tcPr>"
            + paragraph('<w:r><w:sym w:font="Symbol" w:char="F06D"/></w:r>')
            + "</w:tc></w:tr>",
            "<tbody><tr><td>5</td></tr><tr><td>μ</td></tr></tbody>",
        ),
    ],
)
def test_each_cell_stands_in_its_column(rows: str, shown: str) -> None:
    assert body(f"<w:tbl>{rows}</w:tbl>") == f"<table>{shown}</table>"


# Revisions, hidden text, comments, fields ---------------------------------------------------------------------

BY = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'


def test_what_was_deleted_is_not_on_the_page_and_what_was_inserted_is() -> None:
    made = document()
    raw(
        made,
        paragraph(
            run("Take ")
            + f"<w:del {BY}><w:r><w:delText>50 mg</w:delText></w:r></w:del>"
            + f"<w:ins {BY}>{run('5 mg')}</w:ins>"
            + f"<w:moveFrom {BY}>{run('daily')}</w:moveFrom>"
            + f"<w:moveTo {BY}>{run(' at night')}</w:moveTo>"
        ),
    )
    found = converted(made)
    assert "<p>Take 5 mg at night</p>" in body_of(found.html)
    assert b"50 mg" not in found.html
    assert [(piece.text, "deleted" in piece.why) for piece in found.omitted] == [("50 mg", True), ("daily", False)]
    assert any("“50 mg”" in notice for notice in found.notices)


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    assert body(paragraph(run("Do not "), mark) + paragraph(run("drive."))) == "<p>Do not drive.</p>"


def test_a_deleted_row_is_not_on_the_page() -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{change}</w:trPr><w:tc>{paragraph(run(text))}</w:tc></w:tr>"
        for text, change in (("5 mg", ""), ("50 mg", f"<w:del {BY}/>"))
    )
    html = body(f"<w:tbl>{rows}</w:tbl>")
    assert "5 mg" in html
    assert "50 mg" not in html


def test_a_row_that_was_moved_away_is_named() -> None:
    moved = f"<w:moveFrom {BY}>{run('50 mg')}</w:moveFrom>"
    away = f"<w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{paragraph(moved)}</w:tc></w:tr>"
    made = document()
    raw(made, f"<w:tbl>{row('5 mg')}{away}</w:tbl>")
    found = converted(made)
    assert "<tr><td>5 mg</td></tr></tbody>" in body_of(found.html)
    assert [piece.text for piece in found.omitted] == ["50 mg"]


def test_the_words_of_cells_that_are_not_on_the_page_stay_apart() -> None:
    made = document()
    raw(made, f"<w:tbl>{row('5 mg')}{row('Aspirin', '50 mg', properties=f'<w:del {BY}/>')}</w:tbl>")
    assert [piece.text for piece in converted(made).omitted] == ["Aspirin 50 mg"]


def test_properties_from_before_a_change_do_not_count() -> None:
    before = f"<w:b/><w:rPrChange {BY}><w:rPr><w:vanish/></w:rPr></w:rPrChange>"
    assert body(paragraph(run("Rest", before))) == "<p><strong>Rest</strong></p>"


@pytest.mark.parametrize("xml", [run("secret", "<w:vanish/>"), run("secret", '<w:rStyle w:val="Away"/>')])
def test_hidden_text_is_not_on_the_page_and_is_named(xml: str) -> None:
    made = document()
    style = made.styles.add_style("Away", 2)
    style.font.hidden = True
    raw(made, paragraph(run("Seen ") + xml + run(" too", '<w:vanish w:val="0"/>')))
    found = converted(made)
    assert b"secret" not in found.html
    assert "Seen  too" in body_of(found.html)
    assert [piece.text for piece in found.omitted] == ["secret"]


def test_headers_footers_and_comments_are_named_and_not_on_the_page() -> None:
    made = document()
    made.add_paragraph("Text")
    made.sections[0].header.paragraphs[0].text = "Confidential draft"
    made.sections[0].footer.paragraphs[0].text = "Emergency: 112"
    made.add_comment(made.paragraphs[-1].runs, text="Is this right?", author="A", initials="A")
    found = converted(made)
    assert not re.search(rb"Confidential|112|right", found.html)
    assert {piece.text for piece in found.omitted} == {"Confidential draft", "Emergency: 112", "Is this right?"}


FIELD = ("begin", "separate", "end")


def field(instruction: str, result: str | None) -> str:
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (field(' HYPERLINK "https://clinic.example/" ', "us"), '<a href="https://clinic.example/">us</a>'),
        (field(' HYPERLINK "javascript:alert(1)" ', "us"), "us"),
        (field(" PAGE ", "3"), "3"),
        (field(r' SYMBOL 109 \f "Symbol" \s 11 ', None), "μ"),
        (field(" MACROBUTTON None Ask your doctor ", None), "Ask your doctor"),
        (field(" XE hidden:entry ", None), ""),
        (field(r" SYMBOL 181 \s 11 ", None), "µ"),
        (field(r' SYMBOL 150 \f "Arial" ', None), "–"),
        (field(r" SYMBOL 8805 \u ", None), "≥"),
        (r'<w:fldSimple w:instr=" SYMBOL 109 \f &quot;Symbol&quot; "/>', "μ"),
        (f'<w:fldSimple w:instr=" REF x ">{run("page 2")}</w:fldSimple>', "page 2"),
    ],
)
def test_fields_show_their_results(xml: str, shown: str) -> None:
    assert body(paragraph(run("See ") + xml + run("."))) == f"<p>See {shown}.</p>"


def test_a_field_of_a_sign_that_can_not_be_told_is_refused() -> None:
    assert "sign without a code" in refusal(paragraph(field(" SYMBOL m ", None))).what


@pytest.mark.parametrize(
    "instruction", [" AUTONUM ", r" AUTONUMLGL \s . ", " listnum NumberDefault ", " AUTONUMOUT"]
)
def test_a_number_that_word_counts_in_a_field_is_not_lost(instruction: str) -> None:
    assert "number that Word counts" in refusal(paragraph(field(instruction, None) + run(" Take 5 mg"))).what
    simple = f'<w:fldSimple w:instr="{instruction}"/>'
    assert "number that Word counts" in refusal(paragraph(simple)).what
    assert body(paragraph(field(instruction, "2.") + run(" Take 5 mg"))) == "<p>2. Take 5 mg</p>"
    hidden = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{field(instruction, None)}'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert body(paragraph(f"{hidden}{end}{run('Rest')}")) == "<p>Rest</p>"


def test_what_a_field_is_worked_out_from_is_named_and_not_on_the_page() -> None:
    made = document()
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in FIELD)
    chosen = f"{begin}{field(' MERGEFIELD weight ', '80 kg')}{separate}{run('10 mg')}{end}"
    raw(made, paragraph(run("Take ") + chosen))
    found = converted(made)
    assert body_of(found.html).endswith("<p>Take 10 mg</p>")
    assert [piece.text for piece in found.omitted] == ["80 kg"]


@pytest.mark.fault("F24", "a long instruction of a field, before a long result")
@pytest.mark.parametrize("word", ["x ", r"\f ", " "])
def test_a_long_instruction_takes_linear_time(word: str) -> None:
    def read(times: int) -> str:
        instruction = f"<w:r><w:instrText>{word * 200}</w:instrText></w:r>" * times
        begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in FIELD)
        return body(paragraph(begin + instruction + separate + run("a") * times + end))

    assert linear(read, 1_600)


def test_a_table_of_contents_over_several_paragraphs_is_named_and_left_out() -> None:
    start = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    start += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    xml = paragraph(start + run("Causes 2")) + paragraph(run("Help 3"))
    xml += paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + paragraph(run("Text"))
    assert body(xml) == "<p>Text</p>"


def test_links_lead_to_sites_and_nothing_else() -> None:
    made = document()
    raw(made, paragraph(f'<w:hyperlink r:id="rIdX">{run("clinic")}</w:hyperlink>'))
    name = "word/_rels/document.xml.rels"
    for target, kept in (("https://clinic.example/a", True), ("file:///etc/passwd", False)):
        relation = f'<Relationship Id="rIdX" Type="x/hyperlink" Target="{target}" TargetMode="External"/>'
        rels = part(saved(made), name).replace("</Relationships>", f"{relation}</Relationships>")
        html = body_of(converted(changed(saved(made), {name: rels})).html)
        assert (f'<a href="{target}">' in html) is kept
        assert "clinic" in html


# Notes, boxes, pictures, equations ----------------------------------------------------------------------------


def test_footnotes_stand_after_the_text_and_are_linked() -> None:
    made = document()
    raw(made, paragraph(run("Take two") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")))
    notes = f'<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="0">{paragraph("")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>" + run("Never more than eight."))}'
    found = converted(related(saved(made), "footnotes", "footnotes.xml", f"{notes}</w:footnote></w:footnotes>"))
    html = body_of(found.html)
    assert 'Take two<sup><a href="#note-1" id="note-1-in-text">1</a></sup>.' in html
    assert html.endswith('<ol><li id="note-1">Never more than eight.</li></ol>')


def test_the_text_of_a_box_is_there_once() -> None:
    inner = f"<w:txbxContent>{paragraph(run('Call 112 at once'))}</w:txbxContent>"
    xml = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>"
    )
    assert body(paragraph(run("Before") + xml)) == "<p>Before</p><div><p>Call 112 at once</p></div>"


def drawing(properties: str, inner: str = '<a:blip r:embed="rIdX"/>') -> str:
    graphic = f"<a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline><wp:docPr {properties}/>{graphic}</wp:inline></w:drawing></w:r>"


def test_a_picture_is_what_its_author_says_of_it() -> None:
    assert body(paragraph(drawing('id="1" name="p" descr="A knee"'))) == '<p><img alt="A knee" src=""></p>'
    assert "alt" not in body(paragraph(drawing('id="1" name="p"')))


def test_a_drawing_with_words_needs_a_description() -> None:
    smart = '<dgm:relIds r:dm="rId1"/>'
    assert "SmartArt" in refusal(paragraph(drawing('id="1" name="p"', smart))).what
    chart = 'xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"'
    assert "chart" in refusal(paragraph(drawing('id="1" name="p"', f"<cx:chart {chart}/>"))).what
    ink = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    assert "ink" in refusal(paragraph(drawing('id="1" name="p"', f"<w14:contentPart {ink}/>"))).what
    assert 'alt="Four steps"' in body(paragraph(drawing('id="1" name="p" descr="Four steps"', smart)))


@pytest.mark.parametrize(
    "xml",
    [
        drawing('id="1" name="p" hidden="1"', "<wps:wsp><wps:txbx>BOX</wps:txbx></wps:wsp>"),
        '<w:r><w:pict><v:shape style="visibility:hidden"><v:textbox>BOX</v:textbox></v:shape></w:pict></w:r>',
    ],
)
def test_a_box_that_is_hidden_is_named_and_not_on_the_page(xml: str) -> None:
    inner = f"<w:txbxContent>{paragraph(run('Old: 50 mg'))}</w:txbxContent>"
    made = document()
    raw(made, paragraph(run("Take 5 mg") + xml.replace("BOX", inner)))
    found = converted(made)
    assert body_of(found.html).endswith("<p>Take 5 mg</p>")
    assert [(piece.text.strip(), piece.why) for piece in found.omitted] == [("Old: 50 mg", "hidden text")]


def math(inner: str) -> str:
    return paragraph(f"<m:oMath>{inner}</m:oMath>")


def letters(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def test_an_equation_in_a_line_is_text_and_any_other_is_refused() -> None:
    power = f"<m:sSup><m:e>{letters('m')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>"
    index = f"<m:f><m:num>{letters('kg')}</m:num><m:den>{power}</m:den></m:f>"
    assert body(math(letters("BMI = ") + index)) == "<p>BMI = kg/m<sup>2</sup></p>"
    sums = f"<m:f><m:num>{letters('a + b')}</m:num><m:den>{letters('2')}</m:den></m:f>"
    assert body(math(sums)) == "<p>(a + b)/2</p>"
    for hard in (
        f"<m:rad><m:e>{letters('2')}</m:e></m:rad>",
        f"<m:f><m:fPr><m:type m:val='noBar'/></m:fPr><m:num>{power}</m:num><m:den>{power}</m:den></m:f>",
        f"<m:sSup><m:e>{letters('e')}</m:e><m:sup>{power}</m:sup></m:sSup>",
    ):
        assert "equation" in refusal(math(hard)).what
    assert "equation" in refusal(paragraph(field(r"EQ \f(1,2)", None))).what


def brackets(inner: str, first: str, last: str) -> str:
    marks = f'<m:begChr m:val="{first}"/><m:endChr m:val="{last}"/>'
    return f"<m:d><m:dPr>{marks}</m:dPr><m:e>{inner}</m:e></m:d>"


HALF = f"<m:f><m:num>{letters('1')}</m:num><m:den>{letters('2')}</m:den></m:f>"


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        (brackets(letters("5;") + brackets(letters("10"), "(", ")"), "[", "["), "[5;(10)["),
        (brackets(letters("5") + brackets(letters("10"), "|", "|"), "(", ")"), "(5|10|)"),
        ("<m:r><m:t>5</m:t><w:noBreakHyphen/><m:t>10 mg</m:t></m:r>", "5\u201110 mg"),
        ("<m:r><m:t>5</m:t><w:tab/><m:t>10 mg</m:t></m:r>", "5\t10 mg"),
        (letters("5") + "<m:r><w:br/></m:r>" + letters("10 mg"), "5<br>10 mg"),
        (f"<m:sSup><m:e>{HALF}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>", "(1/2)<sup>2</sup>"),
        (letters("2\u2064") + HALF, "2 1/2"),
        (f"<w:ins w:id='1'>{letters('5 mg')}</w:ins><w:del w:id='2'>{letters('50 mg')}</w:del>", "5 mg"),
    ],
)
def test_an_equation_says_what_is_drawn(inner: str, shown: str) -> None:
    assert body(math(inner)) == f"<p>{shown}</p>"


def test_a_sign_with_a_line_under_it_keeps_the_line_that_makes_it_another() -> None:
    line, none = '<w:u w:val="single"/>', '<w:u w:val="none"/>'
    made = body(paragraph(run("Age ") + run("&gt;", line) + run(" 65, ") + run("&lt;", none) + run("5 mg", line)))
    assert made == "<p>Age <u>&gt;</u> 65, &lt;5 mg</p>"
    heading = run("Age", line) + run(" ", line) + run("&gt;", line) + run(" 65 ", line) + run("+", line) + run("5")
    assert body(paragraph(heading)) == "<p>Age &gt; 65 +5</p>"


def test_equations_below_each_other_stay_apart() -> None:
    two = f"<m:oMathPara><m:oMath>{letters('x = 5')}</m:oMath><m:oMath>{letters('10 = y')}</m:oMath></m:oMathPara>"
    assert body(paragraph(two)) == "<p>x = 5<br>10 = y</p>"


POWER = f"<m:sSup><m:e>{letters('x')}</m:e><m:sup>{letters('2')}</m:sup></m:sSup>"


@pytest.mark.parametrize(
    "inner",
    [
        '<m:r><m:t>5 </m:t><w:sym w:font="Symbol" w:char="F06D"/><m:t>g</m:t></m:r>',
        "<m:r><w:rPr><w:strike/></w:rPr><m:t>50 mg</m:t></m:r>",
        "<m:r><w:rPr><w:vanish/></w:rPr><m:t>50 mg</m:t></m:r>",
        '<m:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><m:t>9</m:t></m:r>',
        letters("\uf06d"),
        "<m:r><w:del w:id='1'/><m:t>50 mg</m:t></m:r>",
        f"<m:sSup><m:e>{POWER}</m:e><m:sup>{letters('3')}</m:sup></m:sSup>",
        HALF.replace("<m:num>", "<m:fPr><m:ctrlPr><w:del w:id='1'/></m:ctrlPr></m:fPr><m:num>"),
    ],
)
def test_an_equation_that_its_letters_do_not_say_is_refused(inner: str) -> None:
    assert "equation" in refusal(math(inner)).what


def test_an_equation_is_struck_out_or_hidden_as_its_paragraph_is() -> None:
    made = document()
    made.styles.add_style("Old", 1).font.strike = True
    made.styles.add_style("Away", 1).font.hidden = True
    for style in ("Old", "Away"):
        raw(made, paragraph(f"<m:oMath>{letters('50 mg')}</m:oMath>", f'<w:pStyle w:val="{style}"/>'))
    html = body_of(converted(made).html)
    assert html.endswith("<p><s>50 mg</s></p>")


def test_a_deleted_equation_is_named() -> None:
    made = document()
    raw(made, paragraph(f"<w:del {BY}><m:oMath>{letters('50 mg')}</m:oMath></w:del>{run('5 mg')}"))
    found = converted(made)
    assert body_of(found.html).endswith("<p>5 mg</p>")
    assert [piece.text for piece in found.omitted] == ["50 mg"]


def test_what_was_moved_out_of_an_equation_is_said_to_be_moved() -> None:
    made = document()
    raw(made, math(f"{letters('5 mg')}<w:moveFrom w:id='1'>{letters('50 mg')}</w:moveFrom>"))
    found = converted(made)
    assert body_of(found.html).endswith("<p>5 mg</p>")
    assert [(piece.text, piece.why) for piece in found.omitted] == [("50 mg", "moved from here (tracked changes)")]


@pytest.mark.fault("F24", "a paragraph of many fractions")
def test_many_fractions_take_linear_time() -> None:
    assert linear(lambda times: parted([APART, "1", "/", "2", APART, " " * 500] * times), 6_400)


# Language -----------------------------------------------------------------------------------------------------


def test_the_page_has_the_language_of_most_of_its_text_and_passages_have_theirs() -> None:
    made = document(title="Presión")
    spanish, english = '<w:lang w:val="es-ES"/>', '<w:lang w:val="en-GB"/>'
    raw(
        made,
        paragraph(run("La tensión arterial alta no suele dar síntomas. Tome ", spanish) + run("500 mg", english))
        + paragraph(run("In English: blood pressure is high.", english)),
    )
    html = converted(made).html.decode()
    assert '<html lang="es-ES">' in html
    assert "Tome 500 mg" in html  # typed on an English keyboard, and no English
    assert '<span lang="en-GB">In English: blood pressure is high.</span>' in html


def test_a_page_from_right_to_left_says_so() -> None:
    made = document(title="الربو")
    raw(made, paragraph(run("الربو مرض مزمن يصيب الرئتين", '<w:rtl/><w:lang w:bidi="ar-SA"/>')))
    assert '<html lang="ar-SA" dir="rtl">' in converted(made).html.decode()


# Whole --------------------------------------------------------------------------------------------------------


def test_the_page_is_read_by_our_reader_with_all_its_words() -> None:
    made = document()
    made.add_heading("What to do", 1)
    made.add_paragraph("Take 5 mg.", style="List Bullet").add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("Do not drive.")
    read = pages.read(SourceFile("leaflet.html", converted(made).html))
    assert read.title.plain == "Gallstones"
    assert [section.heading.plain for section in read.sections] == ["What to do"]
    assert "Do not drive." in str(read.sections)


def test_a_document_of_the_strict_edition_is_read_alike() -> None:
    made = document()
    made.add_paragraph("Rest.")
    data = saved(made)
    strict = {
        name: part(data, name)
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name in ("word/document.xml", "word/styles.xml", "_rels/.rels", "word/_rels/document.xml.rels")
    }
    assert converted(changed(data, strict)).html == converted(data).html


@pytest.mark.attack("input", "files inside a Word file are refused")
def test_what_is_a_file_inside_the_file_is_refused() -> None:
    assert "a file inside the file" in refusal('<w:altChunk r:id="rIdX"/>').what


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old.docx", "password"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old.doc", "old kind"),
        (b"%PDF-1.7", "scan.docx", "PDF"),
        (b"", "empty.docx", "empty"),
        (b"hello", "note.odt", "OpenDocument"),
        (b"hello", "note.rtf", "Rich Text"),
        (b"hello", "note.docx", "damaged"),
    ],
)
def test_other_files_are_named_with_what_to_do(data: bytes, name: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        convert(data, name)
    assert words in str(caught.value)
    assert caught.value.exit_code == 42


def test_an_excel_file_is_named() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(SourceError, match="Excel"):
        converted(out.getvalue())


SOUND = saved(document())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(SOUND)))
def test_any_bytes_are_a_page_or_our_error(noise: bytes, at: int) -> None:
    for data in (noise, SOUND[:at] + noise + SOUND[at:], SOUND[:at] + noise + SOUND[at + len(noise) :]):
        assert outcome(data, "x.docx")


XML_PIECES = st.sampled_from(
    [
        *(run("a "), run("b", "<w:vanish/>"), paragraph(run("c")), item("d", 2), math(letters("x"))),
        *[
            "<w:p>",
            "</w:p>",
            "<w:tbl>",
            "</w:tbl>",
            "<w:tr>",
            "</w:tr>",
            "<w:tc>",
            "</w:tc>",
            "</w:del>",
            "<w:r><w:br/></w:r>",
        ],
        *(f"<w:del {BY}>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        *(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(XML_PIECES, max_size=25))
def test_any_order_of_parts_is_a_page_with_its_words_or_our_error(pieces: list[str]) -> None:
    xml = f"<w:document {NAMES}><w:body>{''.join(pieces)}</w:body></w:document>"
    assert outcome(changed(SOUND, {"word/document.xml": xml}), "x.docx")


def test_a_letter_that_would_be_lost_ends_the_reading() -> None:
    stray = f"<w:document {NAMES}><w:body>{paragraph(run('Rest.'))}{run('5 mg')}</w:body></w:document>"
    with pytest.raises(SourceError, match="3 letters or signs of it would be lost"):
        convert(changed(SOUND, {"word/document.xml": stray}), "x.docx")


def test_a_number_and_a_fraction_of_an_equation_stay_apart() -> None:
    half = f"<m:f><m:num>{letters('1')}</m:num><m:den>{letters('2')}</m:den></m:f>"
    inside = f"<m:oMath>{letters('2')}{half}</m:oMath>"
    assert body(paragraph(run("Take ") + inside + run(" tablets"))) == "<p>Take 2 1/2 tablets</p>"
    beside = run("Take 2") + f"<m:oMath>{half}</m:oMath>" + run(" tablets")
    assert body(paragraph(beside)) == "<p>Take 2 1/2 tablets</p>"
    assert body(paragraph(run("(") + f"<m:oMath>{half}</m:oMath>" + run(")"))) == "<p>(1/2)</p>"


# What the eye sees and the letters don't say -------------------------------------------------------------------

SYMEX = 'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'


def forms(choice: str, fallback: str) -> str:
    return (
        f'<w:r><mc:AlternateContent {SYMEX}><mc:Choice Requires="w16se">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def form_field(inner: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'
    return f'{begin}<w:r><w:instrText> FORM </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'


ENTRIES = '<w:listEntry w:val="5 mg"/><w:listEntry w:val="10 mg"/>'


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (
            run("Drive ")
            + forms('<w16se:symEx w16se:font="Segoe UI Emoji" w16se:char="274C"/>', "<w:t>&#x274C;</w:t>"),
            "Drive ❌",
        ),
        (run("10") + run("9", '<w:position w:val="8"/>') + run("/L"), "10<sup>9</sup>/L"),
        (run("10") + run("9", '<w:position w:val="2"/>') + run("/L"), "109/L"),
        ("<w:r><w:t>Take 1 </w:t></w:r><w:r><w:t>0 mg</w:t></w:r>", "Take 10 mg"),
        (form_field(f'<w:ddList><w:result w:val="1"/>{ENTRIES}</w:ddList>'), "10 mg"),
        (form_field(f"<w:ddList>{ENTRIES}</w:ddList>"), "5 mg"),
        (form_field("<w:checkBox><w:checked/></w:checkBox>") + run(" Drive"), "☑ Drive"),
        (form_field('<w:checkBox><w:default w:val="0"/></w:checkBox>') + run(" Drive"), "☐ Drive"),
        (
            '<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>'
            f"{run('50 mg')}</w:sdtContent></w:sdt>",
            "50 mg",
        ),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F04F"/></w:r>' + run(" Drive"), "✗ Drive"),
        (f'<w:bdo w:val="rtl">{run("gm 81")}</w:bdo>', "\u202egm 81\u202c"),
    ],
)
def test_what_word_shows_is_on_the_page(xml: str, shown: str) -> None:
    assert body(paragraph(xml)) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "properties",
    [
        '<w:framePr w:dropCap="drop" w:lines="3"/>',
        "<w:rPr><w:vanish/></w:rPr>",
    ],
)
def test_a_large_first_letter_and_a_hidden_end_part_no_sentence(properties: str) -> None:
    assert body(paragraph(run("N"), properties) + paragraph(run("ot for children"))) == "<p>Not for children</p>"


HIDDEN_END = "<w:rPr><w:vanish/></w:rPr>"


def test_a_paragraph_goes_on_in_no_other_cell_table_or_box() -> None:
    """Danger: "5 mg" of the morning in the column of the evening."""
    first = f"<w:tc>{paragraph(run('5 mg'), HIDDEN_END)}</w:tc>"
    cells = f"<w:tbl><w:tr>{first}<w:tc>{paragraph(run('10 mg'))}</w:tc></w:tr></w:tbl>"
    assert "<td>5 mg</td><td>10 mg</td>" in body(cells)
    never = paragraph(run("Never"), HIDDEN_END)
    assert body(f"{never}<w:tbl>{row('10 mg')}</w:tbl>").startswith("<p>Never</p><table>")
    inner = f"<w:txbxContent>{paragraph(run('Call 112'))}</w:txbxContent>"
    box = f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"
    assert body(paragraph(run("Do not ") + box, HIDDEN_END) + paragraph(run("drive"))) == (
        "<div><p>Call 112</p></div><p>Do not drive</p>"
    )


def test_an_item_whose_end_is_hidden_keeps_its_number_at_the_end_of_a_cell() -> None:
    marks = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>{HIDDEN_END}'
    cells = f"<w:tbl><w:tr><w:tc>{paragraph(run('Wash'), marks)}</w:tc></w:tr></w:tbl>"
    assert "<td><ol><li>Wash</li></ol></td>" in listed(cells, level(0, "decimal", "%1."))


def test_a_heading_that_runs_into_its_text_stays_a_heading() -> None:
    marks = '<w:outlineLvl w:val="0"/><w:rPr><w:vanish/><w:specVanish/></w:rPr>'
    assert body(paragraph(run("Dose"), marks) + paragraph(run("5 mg"))) == "<h2>Dose</h2><p>5 mg</p>"


def test_two_forms_of_a_text_that_differ_are_refused() -> None:
    assert "two forms" in refusal(paragraph(forms("<w:t>50 mg</w:t>", "<w:t>5 mg</w:t>"))).what
    assert "two forms" in refusal(forms("", paragraph(run("5 mg")))[5:-6]).what
    assert body(paragraph(forms("<w:t>5 mg</w:t>", "<w:t>5 mg</w:t>"))) == "<p>5 mg</p>"


def test_a_drawing_with_words_of_its_own_needs_a_description() -> None:
    words = "<a:sp><a:txBody><a:p><a:r><a:t>Call 112</a:t></a:r></a:p></a:txBody></a:sp>"
    assert "words" in refusal(paragraph(drawing('id="1" name="p"', words))).what


def test_a_field_that_never_ends_is_refused_and_takes_no_text_with_it() -> None:
    open_field = field("TOC", "Dose").removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert "never ends" in refusal(paragraph(open_field) + paragraph(run("Take 5 mg."))).what


def test_a_paragraph_style_strikes_out() -> None:
    made = document()
    made.styles.add_style("Old", 1).font.strike = True
    made.add_paragraph("50 mg", style="Old")
    assert "<s>50 mg</s>" in body_of(converted(made).html)


def test_a_row_that_begins_further_in_stays_under_its_heads() -> None:
    def row(properties: str, *cells: str) -> str:
        inner = "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    rows = row("<w:tblHeader/>", "Drug", "Morning", "Evening")
    rows += row('<w:gridBefore w:val="1"/>', "5 mg", "10 mg") + row("<w:hidden/>", "50 mg", "x", "y")
    made = document()
    raw(made, f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    found = converted(made)
    assert '<tr><td colspan="1"></td><td>5 mg</td><td>10 mg</td></tr></tbody>' in body_of(found.html)
    assert any("hidden" in notice and "50 mg" in notice for notice in found.notices)


@pytest.mark.parametrize(
    ("sign", "font", "shown"),
    [
        ("\uf0fb", "Wingdings", "✗ "),
        ("ü", "Wingdings", "✓ "),
        ("✗", "Arial", "✗ "),
        ("r", "Webdings", "✗ "),
        ("Stop", "Arial", "Stop "),
        ("o", "Courier New", ""),
        ("\uf0b7", "Symbol", ""),
        ("§", "Wingdings", ""),
        ("-", "Arial", ""),
    ],
)
def test_a_bullet_that_says_do_or_do_not_is_text(sign: str, font: str, shown: str) -> None:
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    levels = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{look}</w:lvl>'
    assert f"<ul><li>{shown}Drive</li></ul>" == listed(item("Drive"), levels)


def test_an_empty_item_is_counted_as_word_counts_it() -> None:
    items = item("Wash") + item("") + item("Rest")
    assert listed(items, level(0, "decimal", "%1.")) == '<ol><li>Wash</li><li value="3">Rest</li></ol>'


def test_columns_made_with_tabs_are_told_to_staff_and_a_tab_after_a_label_is_not() -> None:
    tab = "<w:r><w:tab/></w:r>"
    made = document()
    raw(made, paragraph(run("Tel.") + tab + run("112")) + paragraph(run("1.") + tab + run("Rest")))
    assert not converted(made).notices
    raw(made, paragraph(run("5 mg") + tab + tab + run("10 mg")))
    raw(made, paragraph(run("Morning") + tab + run("Noon") + tab + run("Evening")))
    (notice,) = converted(made).notices
    assert all(words in notice for words in ("5 mg 10 mg", "Morning Noon Evening", "table"))


def test_a_sign_that_would_be_lost_ends_the_reading() -> None:
    with pytest.raises(SourceError, match="<"):
        check_complete("leaflet.docx", ["< 5 mg"], ["5 mg"], [])


STORE = "{0A1B2C3D-0000-4000-8000-000000000001}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def bound(value: str, *, store: str = STORE, kind: str = "<w:text/>") -> bytes:
    """A document whose field has "50 mg" saved, and is bound to data that says `value`."""
    made = document()
    binding = f'<w:dataBinding w:xpath="/x/dose" w:storeItemID="{STORE}"/>'
    field = f"<w:sdt><w:sdtPr>{binding}{kind}</w:sdtPr><w:sdtContent>{run('50 mg')}</w:sdtContent></w:sdt>"
    raw(made, paragraph(run("Take ") + field))
    return changed(
        saved(made),
        {
            "customXml/item7.xml": f'<x when="morning"><dose>{value}</dose></x>',
            "customXml/itemProps7.xml": f'<ds:datastoreItem xmlns:ds="{OFFICE}" ds:itemID="{store}"/>',
        },
    )


def test_a_field_whose_data_says_another_dose_is_refused() -> None:
    """Word shows the data, and not what is saved in the text."""
    with pytest.raises(SourceError, match="“50 mg”, and the file's own data says something else"):
        converted(bound("5 mg"))


def entries(shown: str) -> str:
    item = f'<w:listItem w:displayText="{shown}" w:value="2"/>'
    return f'<w:dropDownList><w:listItem w:displayText="5 mg" w:value="1"/>{item}</w:dropDownList>'


def test_a_choice_whose_data_says_another_dose_is_refused() -> None:
    with pytest.raises(SourceError, match="the file's own data says something else"):
        converted(bound("1", kind=entries("50 mg")))


@pytest.mark.fault("F24", "data of many levels, with a text that every level holds")
def test_the_data_of_fields_takes_linear_time() -> None:
    def read(times: int) -> Converted:
        return converted(bound("<a>x" * 100 + "50 mg " * times + "</a>" * 100 + "<b>50 mg</b>"))

    assert linear(read, 160_000)
    found = word_data._texts(fromstring("<a>x" * 100 + "50 mg" + "</a>" * 100))
    assert sum(map(len, found)) < 10


@pytest.mark.parametrize(
    "data",
    [
        bound("2", kind=entries("50 mg")),
        bound(" 50\n mg "),
        bound("5 mg", store="{0A1B2C3D-0000-4000-8000-00000000000F}"),  # of another store, which is not there
        bound("2026-11-29", kind='<w:date w:fullDate="2026-11-29T00:00:00Z"/>'),  # written as the field says
    ],
)
def test_a_field_that_shows_what_is_saved_is_read(data: bytes) -> None:
    assert body_of(converted(data).html).endswith("<p>Take 50 mg</p>")


@pytest.mark.fault("F24", "a paragraph of many runs, fields or paragraphs that go on")
@pytest.mark.parametrize(
    "unit",
    [
        "<w:r><w:t>abc</w:t></w:r>",
        "<w:r><w:br/><w:t>abc</w:t></w:r>",
        '</w:p><w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>abc</w:t></w:r>',
    ],
)
def test_a_long_paragraph_takes_linear_time(unit: str) -> None:
    assert linear(lambda times: body(f"<w:p>{unit * times}</w:p>"), 6_400)


def test_fields_inside_fields_beyond_reason_are_refused() -> None:
    opened = '<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/></w:r>'
    assert "fields lie more than" in str(refusal(f"<w:p>{opened * 60}{run('Take 5 mg')}</w:p>"))


@pytest.mark.parametrize(
    ("columns", "is_told"),
    [
        ("Adults\t5 mg\t10 mg", True),
        ("Adults\t\t10 mg", True),
        ("Adults:\t \t10 mg", True),
        ("1.\tTake 5 mg", False),
        ("Take 5 mg", False),
        ("Name:\t\t", False),
        ("\t\tTake 5 mg", False),
    ],
)
def test_columns_that_tabs_make_are_told(columns: str, is_told: bool) -> None:
    xml = "<w:r><w:tab/></w:r>".join(run(column) if column else "" for column in columns.split("\t"))
    made = document()
    raw(made, f"<w:p>{xml}</w:p>")
    notices = converted(made).notices
    assert any("Columns are made with tabs" in notice for notice in notices) is is_told
