from typing import Any

import pytest

from tests.growth import linear
from tests.sources.pages import FILLER, headings, heard, left, main, page, plain, said
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import (
    Callout,
    DefinitionList,
    Disclosure,
    Image,
    ItemList,
    Paragraph,
    Quotation,
    Reason,
    Table,
)
from voicegen.sources import html
from voicegen.sources.blocks import NESTING_LIMIT


def only(document: Any, kind: Any) -> Any:
    """The one block of this kind before the first heading."""
    [block] = [block for block in document.blocks if isinstance(block, kind)]
    return block


def items(block: Any) -> Any:
    """The words of a list's items."""
    return [
        " / ".join(part.text.plain for part in item.blocks if isinstance(part, Paragraph)) for item in block.items
    ]


# Title and sections


def test_the_title_is_the_h1_and_is_not_a_section() -> None:
    document = main("<p>It aches.</p><h2>Causes</h2><p>Wear.</p>")
    assert document.title.plain == "Knee pain"
    assert headings(document) == [(2, "Causes")]


def test_levels_come_from_ranks_not_from_the_numbers_of_headings() -> None:
    document = main(
        "<h3>Causes</h3><p>a</p><h5>Wear</h5><p>b</p><h3>Tests</h3><p>c</p><h2>Care</h2><p>d</p><h4>Rest</h4><p>e</p>"
    )
    assert headings(document) == [(2, "Causes"), (3, "Wear"), (2, "Tests"), (2, "Care"), (3, "Rest")]


def test_a_heading_may_hold_boxes_links_and_line_breaks() -> None:
    document = main(
        '<h2><div><a href="#c"><span>Causes</span> of pain</a></div></h2><p>a</p><h2>When<br>to '
        "rest<hr></h2><p>b</p>"
    )
    assert headings(document) == [(2, "Causes of pain"), (2, "When to rest")]


def test_a_line_break_parts_no_japanese_words() -> None:
    document = page(
        "<main><h1>ひざの<br>痛み</h1><p>ひざの関節は、体の中で<br>いちばん大きい関節です。</p></main>", "ja"
    )
    assert document.title.plain == "ひざの痛み"
    assert said(document) == "ひざの関節は、体の中でいちばん大きい関節です。"


def test_empty_headings_and_headings_of_digits_are_no_sections() -> None:
    document = main("<h2>&nbsp;</h2><h2>Causes</h2><h4>200,000</h4><p>people a year</p>")
    assert headings(document) == [(2, "Causes")]
    assert "200,000" in said(document)


def test_without_an_h1_the_one_highest_heading_is_the_title() -> None:
    document = page(
        f"<div><h3>KNEE PAIN IN RUNNERS</h3>{FILLER}<h4>Causes</h4><p>a</p><h4>Care</h4><p>b</p></div>"
    )
    assert document.title.plain == "KNEE PAIN IN RUNNERS"
    assert headings(document) == [(2, "Causes"), (2, "Care")]


def test_without_an_h1_and_with_equal_headings_the_title_is_that_of_the_page_without_the_sites_name() -> None:
    markup = (
        f"<title>The Corner Clinic | Knee pain</title><body><h2>Knee pain: "
        f"causes</h2>{FILLER}<h2>Care</h2>{FILLER}"
    )
    document = html.read(SourceFile("a.html", markup.encode()))
    assert document.title.plain == "Knee pain"
    assert headings(document) == [(2, "Knee pain: causes"), (2, "Care")]


def test_a_page_without_any_title_is_named_after_its_file_with_a_notice() -> None:
    document = html.read(SourceFile("pages/sore-knee.html", FILLER.encode()))
    assert document.title.plain == "sore knee"
    assert any("file's name" in notice for notice in document.notices)


def test_an_h1_that_is_the_sites_logo_is_no_title() -> None:
    document = page(
        f'<header><h1 class="logo"><a href="/">Corner Clinic</a></h1></header><article><h2>Knee '
        f"pain</h2>{FILLER}</article>"
    )
    assert document.title.plain == "Knee pain"


def test_bold_lines_are_headings_where_the_page_uses_them_so() -> None:
    document = main("<p><b>Causes</b></p><p>Wear.</p><p><strong>Care</strong></p><p>Rest.</p>")
    assert headings(document) == [(2, "Causes"), (2, "Care")]


def test_a_bold_caption_before_a_list_is_no_heading() -> None:
    document = main("<p><b>Causes:</b></p><ul><li>Wear</li></ul><p><b>Care:</b></p><ul><li>Rest</li></ul>")
    assert headings(document) == []


def test_headings_in_a_row_with_nothing_below_are_a_list() -> None:
    document = main("<h2>Signs</h2><h6>Pain</h6><h6>Swelling</h6><h6>Heat</h6><h2>Care</h2><p>Rest.</p>")
    assert headings(document) == [(2, "Signs"), (2, "Care")]
    assert items(document.sections[0].blocks[0]) == ["Pain", "Swelling", "Heat"]


def test_a_small_line_above_a_heading_goes_into_its_section() -> None:
    document = main(
        "<section><p>Text before.</p></section><section><span "
        "class='k'>Understand</span><h2>Causes</h2><p>Wear.</p></section>"
    )
    assert [block.text.plain for block in document.sections[0].blocks] == ["Understand", "Wear."]


# Text


def test_white_space_is_as_a_browser_shows_it() -> None:
    document = main("<p> One\n  two<b> three </b> four&nbsp; five\u00ad\u200bsix 5&nbsp;mg</p>")
    assert said(document) == "One two three four fivesix 5\u00a0mg"


def test_paragraphs_are_parted_by_two_line_breaks_and_folded_at_one() -> None:
    document = main("<p>One goes<br>on.<br><br>Two.</p>")
    assert said(document) == "One goes on.\nTwo."


def test_an_address_in_lines_is_read_line_by_line() -> None:
    assert said(main("<p>Knee Clinic<br>12 High Street<br>Oldtown</p>")) == "Knee Clinic\n12 High Street\nOldtown"


def test_items_typed_with_signs_and_line_breaks_are_a_list() -> None:
    block = main("<p>Signs:<br>• pain<br>• swelling<br>• heat</p>").blocks[1]
    assert items(block) == ["pain", "swelling", "heat"]


def test_styles_links_and_expansions_stay_with_their_words() -> None:
    [block] = main(
        '<p><b>Do <i>not</i></b> run. See <a href="/x">exercises</a>, or your <abbr title="general '
        'practitioner">GP</abbr>.</p>'
    ).blocks
    runs = {run.text.strip(): run for run in block.text.runs}
    assert runs["Do"].strong
    assert not runs["Do"].em
    assert runs["not"].strong
    assert runs["not"].em
    assert runs["exercises"].href == "/x"
    assert runs["GP"].abbr == "general practitioner"


def test_an_amount_with_its_name_as_a_title_is_said_once() -> None:
    assert "Take 5 milligrams daily" in heard(
        main(f'{FILLER}<p>Take <abbr title="5 milligrams">5mg</abbr> daily.</p>')
    )


def test_a_passage_in_another_language_carries_its_tag() -> None:
    [block] = main('<p>In Welsh: <span lang="cy">pen-glin</span>, <span lang="en-GB">knee</span>.</p>').blocks
    assert [(run.text, run.lang) for run in block.text.runs] == [
        ("In Welsh: ", ""),
        ("pen-glin", "cy"),
        (", knee.", ""),
    ]


@pytest.mark.parametrize(
    ("markup", "position"),
    [
        ("10<sup>9</sup>", "sup"),
        ("5 cm<sup>2</sup>", "sup"),
        ("75 mg per metre<sup>2</sup>", "sup"),
        ("10 mmol litre<sup>-1</sup>", "sup"),
        ("5 mg hour<sup>-1</sup>", "sup"),
        ("a parameter<sup>2</sup>", "note"),
        ("the 1<sup>st</sup>", "sup"),
        ("H<sub>2</sub>O", "sub"),
        ("wear.<sup>3</sup>", "note"),
        ("cartilage<sup>1,2</sup>", "note"),
        ('rest<sup><a href="#fn1">1</a></sup>', "note"),
        ('it<sup class="reference">4</sup>', "note"),
        ("pain<sup>*</sup>", "note"),
        ("CHADS<sup>2</sup>", "sup"),
        ("PARACETAMOL<sup>2</sup>", "note"),
        ("scans, <sup>177</sup>Lu", "sup"),
        ("weight (kg) / height (m)<sup>2</sup>", "sup"),
    ],
)
def test_raised_and_lowered_text_is_told_from_markers_of_notes(markup: Any, position: Any) -> None:
    [block] = main(f"<p>{markup} more</p>").blocks
    assert [run.position for run in block.text.runs if run.position] == [position]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("50 x 10 <sup>9</sup>/L", "50 x 10[9]/L"),
        ("1 in 10&nbsp;<sup> -6</sup>", "1 in 10[-6]"),
        ("75 mg/m <sup>2</sup>/day", "75 mg/m[2]/day"),
        ("Take 500 <sup>1</sup> mg", "Take 500[1] mg"),
        ("5<sup>a</sup> and 10 <sup>6</sup>", "5[a] and 10[6]"),
        ("<b>500 mg </b><sup>1,2</sup> twice", "500 mg[1,2] twice"),
        ("the 2 <sup>nd</sup> dose", "the 2[nd] dose"),
        ("1 <b><sup>1</sup></b>/<sub>2</sub> tablets", "1 [1]/[2] tablets"),
        ("Give 5 <sup>3</sup>H and 8 <sup>30</sup> am", "Give 5 [3]H and 8 [30] am"),
        ("BMI 30 kg/m <sup>2 </sup>or", "BMI 30 kg/m[2] or"),
        ("10 <sup>12</sup>/L, from 10 <sup>30</sup> am", "10[12]/L, from 10 [30] am"),
        ("Stage 3.<br><sup>1</sup> Not at night", "Stage 3. [1] Not at night"),
    ],
)
def test_a_space_before_a_raised_text_parts_it_from_nothing_that_it_is_raised_over(
    markup: str, shown: str
) -> None:
    [block] = main(f"<p>{markup}.</p>").blocks
    runs = block.text.runs
    assert "".join(f"[{run.text}]" if run.position else run.text for run in runs) == f"{shown}."


def test_a_raised_text_that_ends_a_paragraph_begins_nothing_in_the_next() -> None:
    block, _ = main("<p><b>75 mg/m <sup>2</sup></b></p><p>Then rest.</p>").blocks
    assert block.text.plain == "75 mg/m2"


def test_text_for_screen_readers_is_kept_and_marked() -> None:
    [block] = main('<p><span class="visually-hidden">Warning: </span>Do not run.</p>').blocks
    assert [(run.text, run.hidden) for run in block.text.runs] == [("Warning: ", True), ("Do not run.", False)]


@pytest.mark.parametrize(
    "struck",
    [
        "<del>two tablets</del>",
        "<s>two tablets</s>",
        "<strike>two tablets</strike>",
        '<span style="color: red; text-decoration: red line-through">two tablets</span>',
        '<span style="TEXT-DECORATION-LINE:line-through">two <b style="text-decoration:none">tablets</b></span>',
        '<span class="text-muted text-decoration-line-through">two tablets</span>',
        '<span role="deletion">two tablets</span>',
    ],
)
def test_struck_out_text_is_not_spoken_and_what_replaces_it_is(struck: str) -> None:
    document = main(f"<p>Take {struck} <ins>one tablet</ins>.</p>")
    assert said(document) == "Take one tablet."
    assert left(document, Reason.STRUCK) == ["two tablets"]


@pytest.mark.parametrize(
    ("struck", "shown"),
    [
        ("<p>Take <s>5 mg<p>10 mg</s> 20 mg", "Take 20 mg"),
        ("<ul><li>A <strike>5 mg<li>10 mg</STRIKE > or 20 mg</ul>", "A or 20 mg"),
        ("<p>A <s>5 mg<table><tr><td>10 mg<td>B</table><p>20 mg</s> C", "A 10 mg B C"),
        ("<table><tr><td>A<td><s>5 mg<td>10 mg</s> B</table>", "A 10 mg B"),
        ("<p>A <s>5 mg<p>10 mg<p>20 mg", "A 10 mg 20 mg"),
        ("<s><p>5 mg</p><p>6 mg</p></s><p>A", "A"),
        ("<div><s><p>5 mg</s></p>A</div><p>B <s>6 mg</s>", "A B"),
        ("<s>5 mg<p></s><s>6 mg</p>10 mg</s> A", "A"),
        ("<s><p>5 mg</s> 10 mg</p>A", "10 mg A"),
        ("<s>1<div><p>5 mg</p><p><i>6 mg</s> 10</i> mg</p>A</div>B", "10 mg A B"),
        ("<strike><ul><li>5 mg<li>6 mg</strike> A<li>10 mg</ul>B", "A 10 mg B"),
        ("<div><del><p>5 mg</del> 6 mg</p>7 mg</div>A", "A"),
    ],
)
def test_what_strikes_text_out_goes_on_behind_a_block_as_in_browsers(struck: str, shown: str) -> None:
    assert " ".join(said(main(FILLER + struck)).split()).endswith(f"swell. {shown}")


@pytest.mark.parametrize(
    "style", ["text-decoration: underline", "text-decoration: none; content: 'line-through'", "line-through: 1"]
)
def test_text_that_is_not_struck_out_is_spoken(style: str) -> None:
    assert "two tablets" in said(main(f'<p>Take <span style="{style}">two tablets</span>.</p>'))


def test_reading_aids_over_characters_are_not_said_twice() -> None:
    document = page(
        "<main><h1>膝</h1><p>この<ruby>膝<rt>ひざ</rt></ruby>の関節は大きくて重いです。</p></main>", "ja"
    )
    assert said(document) == "この膝の関節は大きくて重いです。"


def test_preformatted_lines_stay_apart() -> None:
    assert said(main("<pre>Morning  20 mg\n\nEvening  10 mg</pre>")) == "Morning 20 mg\nEvening 10 mg"


# Lists


def test_lists_nest_and_each_item_is_read_once() -> None:
    block = only(main("<ul><li><p>Rest</p><ul><li>a day</li><li>a week</li></ul></li><li>Ice</li></ul>"), ItemList)
    assert items(block) == ["Rest", "Ice"]
    assert items(block.items[0].blocks[1]) == ["a day", "a week"]


def test_a_list_beside_the_items_belongs_to_the_item_before_it() -> None:
    block = only(main("<ul><li>Rest</li><ul><li>a day</li></ul><li>Ice</li></ul>"), ItemList)
    assert items(block.items[0].blocks[1]) == ["a day"]


@pytest.mark.parametrize(
    ("attributes", "second", "numbers"),
    [
        ("", "", [1, 2, 3]),
        (" start=4", "", [4, 5, 6]),
        (" reversed", "", [3, 2, 1]),
        ("", " value=7", [1, 7, 8]),
        (" start=-1", "", [-1, 0, 1]),
        (" start=x", " value=99999999", [1, 2, 3]),
    ],
)
def test_numbered_lists_carry_the_numbers_of_the_page(attributes: Any, second: Any, numbers: Any) -> None:
    block = only(main(f"<ol{attributes}><li>a</li><li{second}>b</li><li>c</li></ol>"), ItemList)
    assert block.ordered
    assert [item.number for item in block.items] == numbers


def test_a_bullet_typed_into_an_item_is_not_part_of_its_text() -> None:
    block = only(
        main("<ul><li>• Rest</li><li><span>✦</span>Ice</li><li>- Warmth</li><li>✗ Running</li></ul>"), ItemList
    )
    assert items(block) == ["Rest", "Ice", "Warmth", "✗ Running"]


def test_a_bullet_list_that_arranges_sections_gives_sections() -> None:
    cell = (
        "<li><h3>{0}</h3><p>A whole paragraph on what can be done about this, with a sentence or "
        "two of text.</p></li>"
    )
    document = main("<h2>Care</h2><ul>" + cell.format("Rest") + cell.format("Ice") + "</ul>")
    assert headings(document) == [(2, "Care"), (3, "Rest"), (3, "Ice")]


def test_the_steps_of_a_numbered_list_stay_items_though_they_have_headings() -> None:
    document = main("<ol><li><h3>Warm up</h3><p>Walk.</p></li><li><h3>Stretch</h3><p>Slowly.</p></li></ol>")
    assert items(only(document, ItemList)) == ["Warm up / Walk.", "Stretch / Slowly."]


def test_definition_lists_keep_terms_with_their_descriptions() -> None:
    block = only(
        main(
            "<dl><dt>ACL</dt><dt>LCA</dt><dd>A ligament.</dd><div><dt>MRI</dt><dd>A "
            "scan.</dd><dd>No rays.</dd></div></dl>"
        ),
        DefinitionList,
    )
    assert [[term.plain for term in entry.terms] for entry in block.entries] == [["ACL", "LCA"], ["MRI"]]
    assert [len(entry.descriptions) for entry in block.entries] == [1, 2]


def test_a_term_may_be_followed_by_an_element_that_is_no_description() -> None:
    document = main("<dl><dt>Pain</dt><x-more><p>It aches.</p></x-more></dl>")
    assert said(document) == "Pain\nIt aches."


def test_a_dose_above_a_heading_is_not_moved_under_it() -> None:
    document = main("<h2>Adults</h2><section><div>500 mg</div><h3>Children</h3><div>50 mg</div></section>")
    assert said(document) == "Adults\n500 mg\nChildren\n50 mg"
    labels = "<li><a href='#a' data-toggle=tab>Adults</a><li><a href='#b' data-toggle=tab>Children</a>"
    tabs = f"<ul class='nav nav-tabs'>{labels}</ul>"
    panels = "<div><div class=tab-pane id=a>one tablet</div><div class=tab-pane id=b>half a tablet</div></div>"
    assert said(main(tabs + panels)).split("\n")[-4:] == ["Adults", "one tablet", "Children", "half a tablet"]


# Tables


def test_a_table_of_data_keeps_header_cells_spans_and_caption() -> None:
    block = only(
        main(
            "<table><caption>Doses</caption><thead><tr><th>Age<th>Dose</tr></thead>"
            "<tr><th scope=row rowspan=2>Adults<td>500 mg<tr><td>1 g<tr><td colspan=2>Ask first</table>"
        ),
        Table,
    )
    assert block.caption is not None
    assert block.caption.plain == "Doses"
    shape = [[(cell.header, cell.colspan, cell.rowspan) for cell in row] for row in block.rows]
    assert shape == [
        [("column", 1, 1), ("column", 1, 1)],
        [("row", 1, 2), ("", 1, 1)],
        [("", 1, 1)],
        [("", 2, 1)],
    ]


def test_a_first_row_of_bold_cells_heads_its_columns() -> None:
    block = only(main("<table><tr><td><b>Age</b><td><b>Dose</b><tr><td>6<td>5 ml</table>"), Table)
    assert [cell.header for cell in block.rows[0]] == ["column", "column"]


@pytest.mark.parametrize(
    "row",
    [
        "<td><th>Morning<th>Night",
        "<td><th scope=col>Morning<th scope=col>Night",
        "<td>Drug<th>Morning<th>Night",
        "<td><td><b>Morning</b><td><strong>Night</strong>",
        "<th scope=row>Drug<th scope=col>Morning<th scope=col>Night",
        "<td style='font-weight: bold'>Drug<td style='font-weight:700'>Morning"
        "<td><span style='font-weight:bold'>Night</span>",
    ],
)
def test_a_first_row_heads_its_columns_whatever_its_corner_is(row: str) -> None:
    made = main(f"<table><tr>{row}<tr><th>Alpha<td>1 mg<td><tr><th>Beta<td><td>2 mg</table>")
    assert [cell.header for cell in only(made, Table).rows[0]] == ["column"] * 3


@pytest.mark.parametrize("row", ["<th>Alpha<td>1 mg<td>2 mg", "<td>Alpha<th>1 mg<th>2 mg", "<th>Alpha<td><td>"])
def test_a_first_row_that_is_like_those_below_it_heads_no_columns(row: str) -> None:
    made = main(f"<table><tr>{row}<tr>{row}</table>")
    assert "column" not in [only(made, Table).rows[0][0].header, only(made, Table).rows[0][1].header]


def test_a_layout_table_is_read_as_the_text_it_holds() -> None:
    document = main(f"<table border=1><tr><td><img src=knee.jpg alt=''></td><td>{FILLER}</td></tr></table>")
    assert len(document.blocks) == 2
    assert not any(isinstance(block, Table) for block in document.blocks)


def test_text_loose_in_a_table_is_not_lost() -> None:
    assert "outside of cells" in said(main("<table>outside of cells<tr><td>6<td>5 ml<tr><td>7<td>6 ml</table>"))


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ("<tr><td rowspan=2>Paracetamol<td>1 g<tr></tr><tr><td>Ibuprofen<td>400 mg", [1, 1]),
        ("<tr><td rowspan=9>Paracetamol<td>1 g<tbody><tr><td>Ibuprofen<td>400 mg", [1, 1]),
        ("<tr><td rowspan=0>Paracetamol<td>1 g<tr><td>500 mg<tbody><tr><td>Ibuprofen<td>400 mg", [2, 1, 1]),
        ("<tr><td rowspan='2px'>Paracetamol<td>1 g<tr><td>500 mg", [2, 1]),
    ],
)
def test_a_cell_reaches_over_the_rows_of_its_group_that_have_cells(rows: str, spans: list[int]) -> None:
    made = main(f"<table><thead><tr><th>Drug<th>Dose</tr></thead><tbody>{rows}</table>")
    assert [row[0].rowspan for row in only(made, Table).rows[1:]] == spans


@pytest.mark.parametrize(
    ("row", "header"),
    [
        ("<tr><th>Age<th>Dose in ml", "column"),
        ("<tr><th>Weight<th>Drops", "column"),
        ("<tr><td><b>Age</b><td><b>Dose in ml</b>", "column"),
        ("<tr><td><b>Teenagers</b><td><b>as adults</b>", ""),
        ("<tr><th>4 years<th>180 mg", "row"),
        ("<tr><th colspan=2>Syrup", "group"),
    ],
)
def test_a_row_of_headers_further_down_names_the_columns_anew(row: str, header: str) -> None:
    table = f"<table><tr><th>Age<th>Dose in mg<tr><td>2 years<td>120{row}<tr><td>3 years<td>5</table>"
    assert only(main(table), Table).rows[2][0].header == header


def test_a_row_of_headers_without_a_row_of_data_below_it_is_read_as_a_row() -> None:
    table = "<table><tr><th>Age<th>Dose<tr><td>2 years<td>120 mg<tr><th>More<th>Ask us</table>"
    assert only(main(table), Table).rows[2][0].header == "row"


def test_a_table_whose_spans_would_fill_days_is_refused() -> None:
    with pytest.raises(SourceError, match="with its spans") as refused:
        main("<table>" + "<tr><td rowspan=65534>a<td>b" * 700 + "</table>")
    assert "rowspan" in refused.value.remedy


def test_absurd_spans_are_limited() -> None:
    block = only(main("<table><tr><th colspan=99999999999>Age<th rowspan=-3>Dose<tr><td>6<td>5 ml</table>"), Table)
    assert [(cell.colspan, cell.rowspan) for cell in block.rows[0]] == [(1, 1), (1, 1)]


# Images and figures


def test_images_are_told_by_their_alternative_and_decoration_is_silent() -> None:
    document = main("<img src=a.png alt='A swollen knee'><img src=line.png alt=''><img src=b.png>")
    assert [image.alt.plain if image.alt else None for image in document.blocks] == ["A swollen knee", None]
    assert any("b.png has no text alternative" in notice for notice in document.notices)


def test_a_figure_has_its_caption_once() -> None:
    block = only(
        main("<figure><img src=a.png alt='A knee'><figcaption>The joint from the side</figcaption></figure>"),
        Image,
    )
    assert block.caption is not None
    assert block.caption.plain == "The joint from the side"


def test_the_caption_of_a_figure_without_an_image_stays() -> None:
    assert (
        said(main("<figure><canvas></canvas><figcaption>Pain over a year</figcaption></figure>"))
        == "Pain over a year"
    )


def test_a_drawing_with_a_role_is_an_image_and_another_is_decoration() -> None:
    document = main('<p>Text.</p><svg role="img"><title>A knee</title></svg><svg><title>Fill 1 Copy</title></svg>')
    assert said(document) == "Text.\nA knee"
    assert left(document, Reason.DECORATION) == ["Fill 1 Copy"]


def test_the_name_of_a_file_is_no_alternative() -> None:
    document = main("<p>Text.</p><img src=a.jpg alt='IMG_2041.JPG'>")
    assert only(document, Image).alt is None
    assert "IMG_2041.JPG" in left(document, Reason.METADATA)


def test_an_emoji_image_amid_text_is_a_character() -> None:
    assert said(main('<p>Well done <img class="emoji" src=x.svg alt="👍"> so far.</p>')) == "Well done 👍 so far."


# Boxes


def test_a_care_card_carries_its_urgency_its_hidden_prefix_and_its_heading() -> None:
    document = main(
        '<h2>Signs</h2><p>a</p><div class="care-card care-card--urgent"><h3><span '
        'class="visually-hidden">Urgent advice: </span>'
        "Ask today if:</h3><ul><li>it is red and hot</li></ul></div><p>More about signs.</p>"
    )
    _, card, after = document.sections[0].blocks
    assert isinstance(card, Callout)
    assert card.urgency == "urgent"
    assert card.label is not None
    assert card.label.plain == "Urgent advice:"
    assert card.heading is not None
    assert card.heading.plain == "Ask today if:"
    assert isinstance(after, Paragraph)


@pytest.mark.parametrize(
    ("attributes", "urgency"),
    [
        ('class="care-card care-card--non-urgent"', "non-urgent"),
        ('class="care-card--emergency"', "emergency"),
        ('class="emergency-box"', "emergency"),
        ('class="alert alert-danger"', "warning"),
        ('class="warning-callout"', "warning"),
        ('role="alert"', "warning"),
        ('class="note"', "note"),
        ('role="note"', "note"),
    ],
)
def test_a_box_is_as_urgent_as_its_class_or_role_says(attributes: Any, urgency: Any) -> None:
    document = main(f"<p>Before.</p><div {attributes}><p>Rest the knee for a day.</p></div><p>After.</p>")
    assert document.blocks[1].urgency == urgency


def test_a_box_is_not_urgent_for_its_words() -> None:
    assert not any(isinstance(block, Callout) for block in main("<div><p>Emergency! Call 999.</p></div>").blocks)


def test_a_warning_box_with_a_heading_that_ends_a_section_is_a_section() -> None:
    document = main(
        '<h2>Care</h2><h3>Ice</h3><p>a</p><div class="emergency-box"><h2>When to call 999</h2><p>It '
        "is an emergency.</p></div>"
        "<h2>Outlook</h2><p>Good.</p>"
    )
    assert headings(document) == [(2, "Care"), (3, "Ice"), (2, "When to call 999"), (2, "Outlook")]
    assert isinstance(document.sections[1].blocks[0], Callout)


def test_summary_and_closed_body_are_both_kept() -> None:
    block = only(main("<details><summary>Is it arthritis?</summary><p>It may be.</p></details>"), Disclosure)
    assert block.summary.plain == "Is it arthritis?"
    assert block.blocks


def test_a_control_and_the_panel_that_it_opens_are_a_disclosure() -> None:
    document = main(
        '<div><button aria-expanded="false" aria-controls="p1">Is it arthritis?</button>'
        '<div id="p1" class="panel" hidden><p>It may be, but most sore knees are something else.</p></div></div>'
    )
    block = only(document, Disclosure)
    assert block.summary.plain == "Is it arthritis?"
    assert "most sore knees" in said(document)


def test_names_that_stand_only_in_controls_are_kept_apart() -> None:
    document = main(
        "<h2>Signs</h2><div><button aria-expanded=false>Pain</button><button "
        "aria-expanded=false>Heat</button></div>"
    )
    assert [block.text.plain for block in document.sections[0].blocks] == ["Pain", "Heat"]


def test_a_quotation_is_one() -> None:
    assert only(main("<blockquote><p>It got better.</p><footer>A patient</footer></blockquote>"), Quotation)


def test_nesting_beyond_reason_is_refused_not_lost() -> None:
    deep = "<ul><li>" * (NESTING_LIMIT + 2)
    with pytest.raises(SourceError, match="inside each other"):
        main(f"{FILLER}{deep}end")


# Language


@pytest.mark.parametrize(
    ("lang", "text", "found", "notices"),
    [
        ("en-GB", "The knee is the largest joint of the body and it carries our weight.", "en-GB", 0),
        ("Default", "La rodilla es la articulación más grande del cuerpo y con ella se carga el peso.", "es", 1),
        ("", "Das Knie ist das größte Gelenk des Körpers und es trägt unser Gewicht mit jedem Schritt.", "de", 1),
        (
            "en",
            "Le genou est la plus grande articulation du corps et il porte notre poids à chaque pas. " * 3,
            "fr",
            1,
        ),
        ("en", "الركبة هي أكبر مفصل في الجسم وهي تحمل وزننا مع كل خطوة نخطوها في الحياة.", "ar", 1),
        ("en", "An MCL injury. Genu valgum, genu varum, chondromalacia patellae.", "en", 0),
    ],
)
def test_the_language_is_the_pages_word_unless_its_text_says_otherwise(
    lang: Any, text: Any, found: Any, notices: Any
) -> None:
    document = page(f"<main><h1>X</h1><p>{text}</p></main>", lang)
    assert document.lang == found
    assert len(document.notices) == notices


def test_the_settings_tell_the_language_of_a_page_that_does_not() -> None:
    document = html.read(SourceFile("a.html", b"<main><h1>Knee</h1><p>Sore.</p></main>", lang="cy"))
    assert document.lang == "cy"


# What a page says of itself


def test_metadata_comes_from_meta_elements() -> None:
    document = page(
        f"<main><h1>Knee</h1>{FILLER}</main>",
        head='<meta name="author" content="A. Doe"><meta property="og:site_name" content="Corner Clinic">',
    )
    assert document.about("author") == "A. Doe"
    assert document.about("publisher") == "Corner Clinic"


def test_every_text_has_its_own_number() -> None:
    document = main("<p>a</p><ul><li>b</li></ul><h2>c</h2><p>d</p>")
    assert document.title.number == 0
    assert document.sections[0].heading.number == 3


@pytest.mark.parametrize("markup", ["", "<p></p>", "<script>x</script>", "<nav><a href=/>Home</a></nav>"])
def test_a_page_without_text_is_refused(markup: Any) -> None:
    with pytest.raises(SourceError, match="no text to speak"):
        html.read(SourceFile("a.html", markup.encode()))


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_what_a_browser_shows_from_a_template_is_read_and_other_templates_are_not(mode: str) -> None:
    document = main(
        f"<my-card><template shadowrootmode={mode}><p>Take 8 mg.</p><slot></slot></template><p>Rest.</p></my-card>"
        "<template><p>Take 9 mg.</p></template>"
    )
    assert [block.text.plain for block in document.blocks] == ["Take 8 mg.", "Rest."]
    assert ("Take 9 mg.", Reason.CODE) in [(one.text, one.reason) for one in document.left_out]


def test_an_image_inside_a_sentence_is_said_where_it_stands() -> None:
    document = main(f'{FILLER}<p>Do <img src=a.png alt="not"> take <img src=b.png alt="5 mg"> of it.</p>')
    assert "Do not take 5 mg of it." in said(document)
    apart = main(f'{FILLER}<p>A joint.<img src=a.png alt="The knee"> It bends.</p>')
    assert any(isinstance(block, Image) for block in apart.blocks)


def test_a_number_in_a_field_of_a_form_is_told_to_staff() -> None:
    document = main(f'{FILLER}<p>Take <input value="5"> mg. <input type=submit value="Go 5"></p>')
    assert left(document, Reason.FORM) == ["5"]
    assert [notice for notice in document.notices if "“5”" in notice]


def test_two_numbers_that_a_line_break_parts_do_not_become_one_amount() -> None:
    document = main(f"{FILLER}<p>Take 5<br>- 10 mg</p><p>Take 5<br>mg</p>")
    words = [block.text.plain for block in document.blocks if isinstance(block, Paragraph)]
    assert words[-3:] == ["Take 5", "- 10 mg", "Take 5 mg"]


def test_a_second_row_of_header_cells_heads_its_columns_too_and_the_name_of_a_group_does_not() -> None:
    head = "<tr><th>Drug<th colspan=2>Dose</tr><tr><th><th>Child<th>Adult</tr>"
    table = main(f"{FILLER}<table>{head}<tr><td>A<td>5 mg<td>10 mg</tr></table>").blocks[-1]
    assert [[cell.header for cell in row] for row in table.rows[:2]] == [["column"] * 2, ["column"] * 3]
    group = "<tr><th>Drug<th>Dose<th>Most</tr><tr><th colspan=3>Children</tr>"
    table = main(f"{FILLER}<table>{group}<tr><td>A<td>5 mg<td>10 mg</tr></table>").blocks[-1]
    assert table.rows[1][0].header == "group"


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ("<tr><th colspan=2>Adults{a}<tr><th colspan=2>Children{c}", ["group", "", "group", ""]),
        ("<tr><td colspan=2>Adults{a}<tr><td colspan=2><b>Children</b>{c}", ["group", "", "group", ""]),
        ("{a}<tr><td colspan=2>Not for those who drive{c}", ["", "", ""]),
        ("<tr><td colspan=2>At most 4 g a day{a}{c}", ["", "", ""]),
        ("<tr><td colspan=2>At most 4&nbsp;g a day{a}{c}", ["", "", ""]),
        ("<tr><td colspan=2>Ask us.{a}{c}", ["", "", ""]),
    ],
)
def test_a_cell_over_all_columns_names_the_rows_below_it(rows: str, headers: list[str]) -> None:
    data = {"a": "<tr><td>Alpha<td>500 mg", "c": "<tr><td>Alpha<td>50 mg"}
    made = only(main(f"<table><tr><th>Drug<th>Dose{rows.format(**data)}</table>"), Table)
    assert [row[0].header for row in made.rows[1:]] == headers


def test_of_several_names_of_rows_the_first_may_stand_above_the_headers() -> None:
    head = "<tr><td><b>Drug</b><td><b>Dose</b>"
    rows = (
        f"<tr><td colspan=2><b>Adults</b>{head}<tr><td>A<td>5 mg<tr><td colspan=2><b>Children</b><tr><td>A<td>1 mg"
    )
    made = only(main(f"<table>{rows}</table>"), Table)
    assert [row[0].header for row in made.rows] == ["group", "column", "", "group", ""]


def test_a_foot_that_is_written_above_the_rows_is_read_below_them() -> None:
    foot = "<tfoot><tr><td>Most<td>40 mg</tfoot>"
    made = only(main(f"<table><thead><tr><th>Drug<th>Dose</thead>{foot}<tbody><tr><td>A<td>5 mg</table>"), Table)
    assert [row[0].blocks[0].text.plain for row in made.rows] == ["Drug", "A", "Most"]
    assert made.foot == 1


def test_a_table_with_headers_is_one_of_data_though_a_cell_holds_a_table() -> None:
    inner = "<table><tr><td>under 5<td>10 mg<tr><td>5 to 12<td>20 mg</table>"
    made = only(main(f"<table><tr><th>Drug<th>Most<tr><td>Alpha<td>{inner}</table>"), Table)
    assert [cell.header for cell in made.rows[0]] == ["column", "column"]
    assert isinstance(made.rows[1][1].blocks[0], Table)


def test_a_mark_repeats_the_cell_above_also_beside_rows_of_one_cell() -> None:
    rows = "<tr><th>Drug<th>Dose<tr><td>A<td>5 mg<tr><td>B<td>— » —<tr><td colspan=2>Syrup"
    rows += "<tr><td>C<td>1 g<tr><td>D<td>''"
    made = only(main(f"<table>{rows}</table>"), Table)
    assert [[cell.rowspan for cell in row] for row in made.rows] == [[1, 1], [1, 2], [1], [1], [1, 2], [1]]
    with pytest.raises(SourceError, match="stands in a cell for what is above it"):
        main(f"<table>{rows}<tr><td colspan=2>Drops<tr><td>E<td>″</table>")


def test_a_sign_that_is_a_link_repeats_nothing() -> None:
    link = "<td><a href=/x>»</a>"
    made = only(main(f"<table><tr><th>Drug<th>More<tr><td>A{link}<tr><td>B{link}<tr><td>C{link}</table>"), Table)
    assert [len(row) for row in made.rows] == [2] * 4


@pytest.mark.parametrize(("beside", "cross"), [("√", "✗"), ("✓", "✗"), ("yes", "x")])
def test_signs_of_arithmetic_alone_in_a_cell_are_a_tick_and_a_cross(beside: str, cross: str) -> None:
    made = only(main(f"<table><tr><th>Drug<th>Child<th>Adult<tr><td>A<td>×<td>{beside}</table>"), Table)
    words = [cell.blocks[0].text.plain for cell in made.rows[1]]
    assert words == ["A", cross, beside.replace("√", "✓")]


def test_staff_are_told_of_signs_alone_in_a_cell_that_nobody_says() -> None:
    document = main("<table><tr><th>Drug<th>Child<th>Adult<tr><td>A<td>★★<td>–<tr><td>B<td>✗<td>?</table>")
    told = [notice for notice in document.notices if "heard as empty" in notice]
    assert [("★★" in notice, "“?”" in notice) for notice in told] == [(True, False), (False, True)]


@pytest.mark.parametrize("other", ["++", "(+)"])
def test_a_dash_alone_in_a_cell_is_a_minus_beside_results(other: str) -> None:
    rows = "<tr><th>Test<th>Result</tr><tr><td>Blood<td>{}</tr><tr><td>Nitrite<td>-</tr>"
    assert "Nitrite Result: minus" in heard(main(f"{FILLER}<table>{rows.format(other)}</table>"))
    assert "Nitrite Result: empty" in heard(main(f"{FILLER}<table>{rows.format('5')}</table>"))
    drawn = f"Urine\n\nTest\tResult\tLimit\nBlood\t{other}\t5 mg\nNitrite\t-\t3 mg\n"
    assert "Nitrite Result: minus" in heard(plain(drawn))


def test_a_mark_that_repeats_the_cell_above_is_that_cell_over_both_rows() -> None:
    rows = "<tr><th>Drug<th>Dose</tr><tr><td>A<td>5 mg</tr><tr><td>B<td>″</tr>"
    rows += "<tr><td>C<td>&quot;</tr><tr><td>D<td>1 g</tr>"
    table = main(f"{FILLER}<table>{rows}</table>").blocks[-1]
    assert [[cell.rowspan for cell in row] for row in table.rows] == [[1, 1], [1, 3], [1], [1], [1, 1]]
    first = main(f"{FILLER}<table><tr><th>A<th>B</tr><tr><td>C<td>″</tr></table>").blocks[-1]
    assert len(first.rows[1]) == 2  # there is nothing above it but a header


def test_an_icon_with_words_of_its_own_is_said_by_them() -> None:
    assert "Do not take it" in said(main(f'{FILLER}<p>Do <i class="fa fa-ban" aria-label="not"></i> take it</p>'))


def test_numbers_in_columns_of_preformatted_text_do_not_run_together() -> None:
    words = said(main(f"{FILLER}<pre>Age  Dose\n1    5 mg\n2\t10 mg\n5  000 mg</pre>"))
    assert "1, 5 mg" in words
    assert "2, 10 mg" in words
    assert "5 000 mg" in words


def test_words_that_a_style_writes_and_letters_of_a_list_are_told_to_staff() -> None:
    style = (
        "<style>.x::before{content:'Never: '} .y::after { content: \"\\f00d\" } .z::before{content:'»'}</style>"
    )
    document = page(
        f"<main><h1>Knee</h1>{FILLER}<p class=x>Take 5 mg</p><ol type=A><li>A knee</ol></main>", head=style
    )
    assert [notice for notice in document.notices if "style writes" in notice] == [
        "line 1, <style>: a style writes “Never: ” beside text, which is not read: see that what is said is right."
    ]
    assert [notice for notice in document.notices if "letters on the page" in notice]


@pytest.mark.parametrize("rule", [".no li:before{content:'\\2717'}", 'ul.no > li::before { content: "\\f00d" }'])
def test_a_cross_that_a_style_draws_before_items_by_its_code_is_told_to_staff(rule: str) -> None:
    document = page(f"<main><h1>Knee</h1>{FILLER}<ul class=no><li>Run</ul></main>", head=f"<style>{rule}</style>")
    assert any("a style writes" in notice for notice in document.notices)


@pytest.mark.parametrize(
    ("amid", "shown"),
    [
        ('1<img alt="or">2 mg', "1 or 2 mg"),
        ('5<img alt="" src="a.png">0 mg', "5 0 mg"),
        ('1<img alt="A knee with its kneecap, tendon and bones, seen from the side">2 mg', "1 2 mg"),
        ("1<input value=5>2 mg", "1 2 mg"),
        ("1<select><option>x</select>2 mg", "1 2 mg"),
        ("1<svg></svg>2 mg", "1 2 mg"),
        ("1<iframe></iframe>2 mg", "1 2 mg"),
        ("1<del>or</del>2 mg", "1 2 mg"),
        ("1<button>i</button>2 mg", "1 i 2 mg"),
        ('<span style="display: inline-block">1</span><span>2 mg</span>', "1 2 mg"),
        ("1<span hidden>x</span>2 mg", "12 mg"),
        ("1<script>x</script>2 mg", "12 mg"),
        ("1<b>2</b> mg", "12 mg"),
    ],
)
def test_what_is_drawn_between_two_pieces_of_text_keeps_them_apart(amid: str, shown: str) -> None:
    document = main(f"<p>Take {amid} a day.</p>")
    assert [one.text.plain for one in document.blocks if isinstance(one, Paragraph)] == [f"Take {shown} a day."]


def test_what_its_style_makes_a_block_is_a_paragraph() -> None:
    document = main(
        '<div><span style="display:block">5 mg</span><span style="display: block">2 tablets</span></div>'
    )
    assert [block.text.plain for block in document.blocks] == ["5 mg", "2 tablets"]


@pytest.mark.parametrize(
    "tabs",
    [
        '<ul><li><a href="#a">Adults</a></li><li><a href="#b">Children</a></li></ul>'
        '<div id="a"><p>10 mg</p></div><div id="b" style="display:none"><p>2 mg</p></div>',
        '<ul class="tabs"><li><a href="#a">Adults</a></li><li><a href="#b">Children</a></li></ul><div'
        ' class="tabs-content"><div class="tabs-panel" id="a">10 mg</div>'
        '<div class="tabs-panel" id="b">2 mg</div></div>',
        "<div class=tab><button onclick=\"show(event, 'a')\">Adults</button><button onclick=\"show(event, 'b')\">"
        'Children</button></div><div id="a"><p>10 mg</p></div><div id="b"><p>2 mg</p></div>',
        "<input type=radio name=t id=a checked><label for=a>Adults</label><input type=radio name=t id=b>"
        "<label for=b>Children</label><div><p>10 mg</p></div><div><p>2 mg</p></div>",
        "<input type=radio name=t id=a><input type=radio name=t id=b><nav><label for=a>Adults</label>"
        "<label for=b>Children</label></nav><div><div><p>10 mg</p></div><div><p>2 mg</p></div></div>",
        '<div><a href="#a">Adults</a> | <a href="#b">Children</a></div>'
        '<div id="a">10 mg</div><div id="b">2 mg</div>',
        '<ul class="tabs"><li data-tab="a">Adults</li><li data-tab="b">Children</li></ul>'
        '<div id="a">10 mg</div><div id="b" style="display:none">2 mg</div>',
    ],
)
def test_a_plain_tab_heads_its_panel(tabs: str) -> None:
    assert said(main(f"{FILLER}{tabs}")).split("\n")[-4:] == ["Adults", "10 mg", "Children", "2 mg"]


def test_the_answers_to_a_question_head_no_box() -> None:
    asked = "".join(f"<input type=radio name=t id={one}><label for={one}>{one}</label>" for one in ("Yes", "No"))
    told = said(main(f"{FILLER}<fieldset>{asked}<div>10 mg</div><div>2 mg</div></fieldset>"))
    assert told.split("\n")[-3:] == ["Yes No", "10 mg", "2 mg"]


def test_links_past_what_a_site_begins_with_and_a_second_row_head_no_panels() -> None:
    def row(first: str, second: str) -> str:
        return f'<ul><li><a href="#a">{first}</a></li><li><a href="#b">{second}</a></li></ul>'

    skip = row("Skip to content", "Skip to footer")
    boxes = f'<div id="a"><p>Home</p><h1>Knee pain</h1>{FILLER}</div><div id="b"><p>Our street.</p></div>'
    assert "Skip" not in said(page(skip + boxes))
    panels = '<div id="a"><p>10 mg</p></div><div id="b"><p>2 mg</p></div>'
    assert "With food" in said(main(f"{FILLER}{row('Adults', 'Children')}{panels}{row('With food', 'At night')}"))
    anchors = '<div id="a"></div><h2>How</h2><p>With food.</p><div id="b"></div><h2>When</h2><p>At 8.</p>'
    assert said(main(f"{FILLER}{row('How', 'When')}{anchors}")).split("\n").count("How") == 2


def test_a_list_of_links_to_boxes_with_headings_is_a_list() -> None:
    links = '<ul><li><a href="#a">How</a></li><li><a href="#b">When</a></li></ul>'
    boxes = '<section id="a"><h2>How</h2>With food.</section><section id="b"><h2>When</h2>At 8.</section>'
    assert said(main(f"{FILLER}{links}{boxes}")).split("\n").count("How") == 2


def test_what_is_for_listeners_is_no_part_of_the_word_beside_it() -> None:
    document = main('<p><span class="govuk-visually-hidden">Warning</span>Do not take it.</p>')
    assert said(document) == "Warning Do not take it."


def test_staff_are_told_of_a_box_with_a_tick() -> None:
    document = main("<p>Take <input type=checkbox checked> 1 tab <input type=checkbox> 2 tabs.</p>")
    assert [notice for notice in document.notices if "tick" in notice] == [
        "line 1, <input>: a box with a tick was left out: see that what is said is right without it."
    ]


@pytest.mark.fault("F24", "controls, formulas or styles that look through the whole page, each of them")
@pytest.mark.parametrize(
    "unit",
    [
        "<button aria-controls=nowhere>Dose</button>",
        "<span>a <math><mn>5</mn></math> </span>",
        "<math><mn>5</mn></math>",
    ],
)
def test_many_of_what_looks_around_itself_take_linear_time(unit: str) -> None:
    assert linear(lambda times: main(FILLER + unit * times), 3_200)


def test_a_long_style_takes_linear_time() -> None:
    def read(times: int) -> None:
        main(f'{FILLER}<ol style="{"list-style:" * times}"><li>Take 5 mg</li></ol>')

    assert linear(read, 32_000)


def test_a_control_opens_the_next_element_of_that_name() -> None:
    panel = '<div id="a" hidden><p>The dose for adults is 5 mg once a day, before breakfast.</p></div>'
    document = main(f'{FILLER}<button aria-controls="a">Dose</button>{panel}{panel.replace("5 mg", "50 mg")}')
    found = [block for block in document.blocks if isinstance(block, Disclosure)]
    assert len(found) == 1
    assert "is 5 mg once" in repr(found[0].blocks)
