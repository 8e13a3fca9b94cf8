"""EPUB files become one page: all of their text in order, links and notes joined, nothing protected opened."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.converting.documents import body_of, book, changed, outcome, xhtml
from tests.growth import linear
from voicegen import cascade
from voicegen.contracts import SourceFile
from voicegen.converting import Converted, convert, package, trees
from voicegen.errors import SourceError
from voicegen.model.document import texts
from voicegen.sources import html as pages


def converted(data: bytes) -> Converted:
    return convert(data, "book.epub")


def text(body: str) -> str:
    return (
        body_of(converted(book({"a.xhtml": f"<h1>Asthma</h1>{body}"})).html)
        .partition("</h1>")[2]
        .removesuffix("</div>")
    )


def test_a_book_is_one_page_in_the_order_of_its_spine_under_its_title() -> None:
    chapters = {"b.xhtml": "<h1>Second</h1><p>Two.</p>", "a.xhtml": "<h1>First</h1><h2>Part</h2><p>One.</p>"}
    spine = '<itemref idref="i1"/><itemref idref="i0"/>'
    found = converted(book(chapters, spine=spine, lang="en-GB"))
    assert body_of(found.html) == (
        '<h1>Asthma</h1><div id="part-1"><h2>First</h2><h3>Part</h3><p>One.</p></div>'
        '<div id="part-2"><h2>Second</h2><p>Two.</p></div>'
    )
    assert b'<html lang="en-GB">' in found.html
    read = pages.read(SourceFile("book.html", found.html))
    assert dict(read.metadata) == {"author": "Maya Okonjo", "updated": "2026-02-16"}
    assert [section.heading.plain for section in read.sections] == ["First", "Second"]


def test_what_is_read_apart_from_the_text_comes_last_and_the_navigation_not_at_all() -> None:
    chapters = {
        "nav.xhtml": "<nav><ol><li>One</li></ol></nav>",
        "n.xhtml": "<p>Answers</p>",
        "a.xhtml": "<p>Text</p>",
    }
    spine = '<itemref idref="i0"/><itemref idref="i1" linear="no"/><itemref idref="i2"/>'
    found = converted(book(chapters, spine=spine, properties={"nav.xhtml": "nav"}))
    assert body_of(found.html).index("Text") < body_of(found.html).index("Answers")
    assert [piece.text for piece in found.omitted] == ["One"]


def test_links_between_files_and_notes_lead_to_their_places_on_the_page() -> None:
    first = '<p id="p">See <a href="b.xhtml#n">dose</a><a epub:type="noteref" href="b.xhtml#n">1</a> '
    first += (
        '<a href="https://clinic.example/">us</a> <a href="file:///etc/passwd">x</a> <a href="c.xhtml">y</a></p>'
    )
    second = '<aside epub:type="footnote" id="n"><p>Eight at most.</p></aside>'
    html = body_of(converted(book({"a.xhtml": first, "b.xhtml": second})).html)
    assert '<a href="#part-2-n">dose</a>' in html
    assert '<a href="#part-2-n"><sup>1</sup></a>' in html
    assert '<a href="https://clinic.example/">us</a> <a>x</a> <a>y</a>' in html
    assert '<div id="part-2-n"><p>Eight at most.</p></div>' in html


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>5&nbsp;&micro;g &ge; 2 &amp; &lt;3</p>", "<p>5\N{NO-BREAK SPACE}µg ≥ 2 &amp; &lt;3</p>"),
        ('<p onclick="x()" style="color:red">a<script>x</script>b</p>', "<p>ab</p>"),
        ('<p>a<span epub:type="pagebreak">12</span>b</p>', "<p>ab</p>"),
        ('<p xml:lang="fr">déjà</p>', '<p lang="fr">déjà</p>'),
        ('<p><img src="i/x.png" alt="A knee"/> bent</p>', '<p><img src="x.png" alt="A knee"> bent</p>'),
        ("<ol start='3'><li>c</li></ol>", '<ol start="3"><li>c</li></ol>'),
    ],
)
def test_text_stays_as_it_is_and_what_runs_goes(body: str, shown: str) -> None:
    assert text(body) == shown


MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def test_equations_are_said_as_their_author_says_or_written_in_a_line() -> None:
    root = "<msqrt><mn>2</mn></msqrt>"
    assert "the root of two" in text(f'<p><math {MATH} alttext="the root of two">{root}</math></p>')
    assert "m</span><sup>2</sup>" in text(f"<p><math {MATH}><msup><mi>m</mi><mn>2</mn></msup></math></p>")
    with pytest.raises(SourceError, match="alttext"):
        text(f"<p><math {MATH}>{root}</math></p>")


def math(inner: str, attributes: str = "") -> str:
    return f"<math {MATH} {attributes}>{inner}</math>"


@pytest.mark.parametrize(
    ("equation", "shown"),
    [
        (math('<mfenced open="[" close=")"><mn>5</mn></mfenced>'), "[5)"),
        (math("<mn>5</mn><mtext>&#160;or&#160;</mtext><mn>10</mn>"), "5\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}10"),
        (math("<mn>5</mn><mtext> or </mtext><mn>10</mn>"), "5 or 10"),
        (f"2<span>{math('<mfrac><mn>1</mn><mn>2</mn></mfrac>')}</span>", "2 1/2"),
        ("2" + math("<mi>x</mi>", "alttext='1/2'"), "2 1/2"),
        (math("<mn>5</mn><mo>=</mo><mi>x</mi>", "alttext='Equation (1)'"), "5=x"),
        (math("<mn>2</mn><mo>&#x2064;</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>"), "2 1/2"),
        (math("<msup><mn>10</mn><mn>9</mn></msup>") + "/L " + "<script>x</script>", "10^9/L "),
    ],
)
def test_an_equation_says_what_is_drawn(equation: str, shown: str) -> None:
    html = text(f"<p>{equation}</p>").replace("<sup>", "^")
    assert re.sub("<[^>]+>", "", html) == shown


def test_numbers_above_each_other_are_no_fraction() -> None:
    with pytest.raises(SourceError, match="one line"):
        text(math("<mfrac linethickness='0pt'><mn>5</mn><mn>2</mn></mfrac>"))


def switch(shown: str) -> str:
    other = '<epub:case required-namespace="x"><b>no</b></epub:case>'
    return f"<epub:switch>{other}<epub:default>{shown}</epub:default></epub:switch>"


def test_each_form_of_several_is_there_once_and_what_stands_before_it_too() -> None:
    """Danger: 10 to the power of 99, or a dose that is said twice."""
    power = math("<msup><mn>10</mn><mn>9</mn></msup>")
    body = f"<p>{power}/L: take {switch('<b>5</b> mg')} or {switch('10 mg')}.</p>"
    assert text(body) == "<p><span>10</span><sup>9</sup>/L: take <b>5</b> mg or <span>10 mg</span>.</p>"


def test_the_script_of_a_drawing_is_on_no_page() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><style>p { display: none }</style>'
    assert text(f"{drawing}</svg><p>Rest</p>") == "<svg></svg><p>Rest</p>"


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Take 5<div role='doc-pagebreak'/>10 mg", "Take 5 10 mg"),
        ("<span epub:type='pagebreak'>Never more than 8</span>", "<span>Never more than 8</span>"),
        ("Take 5<audio src='a.mp3'></audio>10 mg", "Take 5 10 mg"),
        ("<footer>Never with alcohol.</footer>", "<div>Never with alcohol.</div>"),
        ("<p headers='a b'>x</p>", '<p headers="part-1-a part-1-b">x</p>'),
    ],
)
def test_what_is_taken_out_joins_no_numbers_and_takes_no_text(body: str, shown: str) -> None:
    assert text(f"<section>{body}</section>") == f"<section>{shown}</section>"


@pytest.mark.fault("F24", "a book of many scripts, and of many forms of the same")
@pytest.mark.parametrize("unit", ["a<script/>", switch("a"), "<b>a</b><script/>"])
def test_what_is_taken_out_takes_linear_time(unit: str) -> None:
    assert linear(lambda times: text(f"<p>{unit * times}</p>"), 6_400)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("META-INF/rights.xml", "<rights/>"),
        ("META-INF/license.lcpl", "{}"),
        (
            "META-INF/encryption.xml",
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
            '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>',
        ),
    ],
)
def test_a_protected_book_is_refused_by_name(file: str, content: str) -> None:
    with pytest.raises(SourceError, match=r"protected|DRM"):
        converted(book({"a.xhtml": "<p>x</p>"}, extra={file: content}))


def test_hidden_fonts_are_no_protection_of_the_text() -> None:
    rules = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        '<EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></EncryptedData></encryption>'
    )
    assert b"Rest" in converted(book({"a.xhtml": "<p>Rest</p>"}, extra={"META-INF/encryption.xml": rules})).html


@pytest.mark.attack("input", "entities and rules of a book's own are refused")
@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!DOCTYPE html [<!ELEMENT html ANY>]>",
    ],
)
def test_rules_of_a_document_s_own_are_refused(head: str) -> None:
    body = xhtml("<p>x &e;</p>").replace("<!DOCTYPE html>", head)
    with pytest.raises(SourceError, match=r"document type|XML is damaged"):
        converted(book({"a.xhtml": body}))


@pytest.mark.attack("input", "nothing that a book names is loaded")
def test_a_style_sheet_that_is_named_is_not_loaded_and_a_plain_document_type_is_none() -> None:
    old = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://127.0.0.1:1/xhtml11.dtd">'
    body = xhtml("<p>5&nbsp;mg</p>").replace(
        "<!DOCTYPE html>", '<?xml-stylesheet href="http://127.0.0.1:1/x"?>' + old
    )
    assert "5\N{NO-BREAK SPACE}mg" in body_of(converted(book({"a.xhtml": body})).html)


def test_text_in_utf_16_is_read() -> None:
    body = xhtml("<p>Größe</p>").replace("utf-8", "utf-16").encode("utf-16")
    data = book({"a.xhtml": "<p>x</p>"}, extra={})
    assert "Größe" in body_of(converted(changed(data, {"OEBPS/a.xhtml": body})).html)


def in_code(encoding: str, words: bytes) -> bytes:
    head, _, tail = xhtml("<p>WORDS</p>").replace('"utf-8"', f'"{encoding}"').encode().partition(b"WORDS")
    return changed(book({"a.xhtml": "<p>x</p>"}), {"OEBPS/a.xhtml": head + words + tail})


@pytest.mark.parametrize("encoding", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_the_dash_of_a_range_in_windows_code_is_one_whatever_that_is_called(encoding: str) -> None:
    assert "<p>5–10 mg</p>" in body_of(converted(in_code(encoding, b"5\x9610 mg")).html)


def test_a_code_that_no_browser_knows_is_refused() -> None:
    """Danger: what Python calls "punycode" takes the square of its length."""
    with pytest.raises(SourceError, match="unknown encoding 'punycode'"):
        converted(in_code("punycode", b"5 mg"))


def test_a_name_of_a_sign_that_nobody_knows_is_refused() -> None:
    old = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    body = xhtml("<p>5 &mgr;g</p>").replace("<!DOCTYPE html>", old)
    with pytest.raises(SourceError, match="“&mgr;”"):
        converted(book({"a.xhtml": body}))


def test_a_book_with_a_file_missing_is_refused() -> None:
    with pytest.raises(SourceError, match="missing"):
        converted(changed(book({"a.xhtml": "<p>x</p>"}), {"OEBPS/a.xhtml": None}))


@pytest.mark.parametrize("name", ["asthma", "failed-spinal-fusion", "fever-in-children", "hipertension"])
def test_our_own_books_come_back_with_every_line_of_their_text(published: Path, name: str) -> None:
    book = (published / name / f"{name}.epub").read_bytes()
    read = pages.read(SourceFile("book.html", converted(book).html))
    found = squeezed("".join(text.plain for text in texts(read)))
    chapters = json.loads((published / name / "timeline.json").read_text("utf-8"))["chapters"]
    shown = [line["shown"] for chapter in chapters for line in chapter["lines"]]
    assert len(shown) > 50
    assert [line for line in shown if squeezed(line) not in found] == []


def squeezed(text: str) -> str:
    """Without what marks raised digits and notes: a book has elements there."""
    return re.sub(r"[\s\[\]]", "", unicodedata.normalize("NFKC", text))


SOUND = book({"a.xhtml": "<h1>Asthma</h1><p>Text</p>"})


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(SOUND)))
def test_any_bytes_are_a_page_or_our_error(noise: bytes, at: int) -> None:
    for data in (noise, SOUND[:at] + noise + SOUND[at:], SOUND[:at] + noise + SOUND[at + len(noise) :]):
        assert outcome(data, "x.epub")


PIECES = st.sampled_from(
    [
        "a ",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br/>",
        "<math:math>",
        "</math:math>",
        "<math:mi>x</math:mi>",
        "<h2>",
        "</h2>",
        "<sup>",
        "</sup>",
        "<aside epub:type='footnote' id='n'>",
        "</aside>",
        "<a epub:type='noteref' href='#n'>",
        "</a>",
        "<script>",
        "</script>",
        "<epub:switch>",
        "</epub:switch>",
        "<epub:case>",
        "</epub:case>",
        "<epub:default>",
        "</epub:default>",
        "<span epub:type='pagebreak'>",
        "</span>",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_any_order_of_elements_is_a_page_with_its_words_or_our_error(pieces: list[str]) -> None:
    start = (
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'"
    )
    body = f"{start} xmlns:math='http://www.w3.org/1998/Math/MathML'><body>{''.join(pieces)}</body></html>"
    assert "would be lost" not in outcome(book({"a.xhtml": body}), "x.epub")


def test_powers_and_struck_words_of_the_book_s_style_sheets_stay_what_they_are() -> None:
    sheet = ".power { vertical-align: super } body span.old { text-decoration: line-through } p { margin: 0 }"
    head = '<head><title>x</title><link rel="stylesheet" href="css/a.css"/></head>'
    body = (
        '<h1>Cells</h1><p>Call us below 0.5 x 10<span class="power">9</span>/L, '
        'or 0.6 x 10<span style="color:red;vertical-align:super">9</span>/L. '
        'Take <span class="old">50</span> 5 mg.</p>'
    )
    file = xhtml(body).replace("<head><title>x</title></head>", head)
    html = converted(book({"a.xhtml": file}, extra={"OEBPS/css/a.css": sheet})).html
    assert b"margin" not in html
    runs = [run for one in texts(pages.read(SourceFile("book.html", html)).blocks) for run in one.runs]
    assert [run.text for run in runs if run.position == "sup"] == ["9", "9"]
    assert "50" not in "".join(run.text for run in runs)


def test_of_a_sheet_only_the_rules_for_what_is_there_are_kept_and_once() -> None:
    sheet = ".old { text-decoration: line-through } .none { display: none } b.old[title] { vertical-align: super }"
    links = '<link rel="stylesheet" href="a.css"/>' * 300
    file = xhtml('<p>Take <b class="old">50</b> 5 mg.</p>').replace("<title>", f"{links}<title>", 1)
    html = converted(book({"a.xhtml": file}, extra={"OEBPS/a.css": sheet})).html
    assert html.count(b"#part-1 .old {text-decoration:line-through}") == 1
    assert b"none" not in html
    assert b"vertical-align" not in html


def test_what_a_book_s_sheet_strikes_out_whatever_else_is_said_stays_struck_out() -> None:
    sheet = ".old { text-decoration: line-through !important } p b { text-decoration: none }"
    file = xhtml(f'<style>{sheet}</style><h1>Dose</h1><p>Take <b class="old">50</b> 5 mg each day.</p>')
    html = converted(book({"a.xhtml": file})).html
    read = pages.read(SourceFile("book.html", html))
    assert "50" not in "".join(one.plain for one in texts(read.blocks))


def heard(head: str, body: str, **sheets: str) -> str:
    """The words of a book's one file that are said, "^" before raised ones; the sheets are "a.css" and "b.css"."""
    file = xhtml(f"<h1>Dose</h1><p>Take it.</p><p>{body}</p>").replace("<title>x</title>", head)
    extra = {f"OEBPS/{name}.css": sheet for name, sheet in sheets.items()}
    read = pages.read(SourceFile("book.html", converted(book({"a.xhtml": file}, extra=extra)).html))
    runs = [run for one in list(texts(read.blocks))[1:] for run in one.runs]
    return "".join("^" * (run.position == "sup") + run.text for run in runs)


LINK = '<link rel="stylesheet" href="a.css"/>'
OLD = 'Take <b id="old" class="old">50</b> 5 mg.'
POWER = 'Below 10<b class="power">9</b>/L.'
RAISED = ".power { vertical-align: super }"


@pytest.mark.parametrize(
    ("head", "body", "sheets", "said"),
    [
        (LINK, OLD, {"a": "#old { text-decoration: line-through }"}, "Take 5 mg."),
        (LINK, OLD, {"a": "p > b#old { display: none }"}, "Take 5 mg."),
        ("<style>:is(#old, #older) { display: none }</style>", OLD, {}, "Take 5 mg."),
        (LINK, POWER, {"a": '@charset "utf-8"; @import "b.css"; p { margin: 0 }', "b": RAISED}, "Below 10^9/L."),
        (LINK, POWER, {"a": "@import url(b.css) screen; @import url(a.css);", "b": RAISED}, "Below 10^9/L."),
        ("<style>@import 'b.css';</style>", POWER, {"b": RAISED}, "Below 10^9/L."),
        (LINK, POWER, {"a": f"\ufeff{RAISED}"}, "Below 10^9/L."),
        (LINK.replace("rel", 'media="print" rel'), OLD, {"a": ".old { display: none }"}, "Take 50 5 mg."),
        (LINK, OLD, {"a": "@import 'b.css' print;", "b": ".old { display: none }"}, "Take 50 5 mg."),
        (LINK.replace('rel="', 'rel="alternate '), OLD, {"a": ".old { display: none }"}, "Take 50 5 mg."),
        (LINK, OLD, {"a": "@media amzn-mobi { .old { display: none } }"}, "Take 50 5 mg."),
    ],
)
def test_what_the_sheets_of_a_book_say_counts_as_in_its_readers(
    head: str, body: str, sheets: dict[str, str], said: str
) -> None:
    assert re.sub(" +", " ", heard(head, body, **sheets)) == said


@pytest.mark.fault("F24", "sheets that import each other, each twice, or one the next without end")
@pytest.mark.parametrize("depth", [15, 2_000])
def test_sheets_that_import_each_other_are_read_in_bounds(depth: int) -> None:
    rules = "".join(f".p{at} {{ display: none }}" for at in range(100))
    sheets = {
        f"OEBPS/{at}.css": f"@import '{at + 1}.css'; @import '{at + 1}.css' screen; {rules}" for at in range(depth)
    }
    file = xhtml("<p>Rest</p>").replace("<title>x</title>", LINK.replace("a.css", "0.css"))
    with pytest.raises(SourceError, match="import more"):
        converted(book({"a.xhtml": file}, extra=sheets))


@pytest.mark.fault("F27", "a book of many files, each of which has as many elements as one may")
def test_the_elements_of_a_book_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_ELEMENTS", 100)
    file = "<p>Rest</p>" * 60
    assert converted(book({"a.xhtml": file})).html
    with pytest.raises(SourceError, match="divided beyond reason"):
        converted(book({"a.xhtml": file, "b.xhtml": file}))


def test_one_sheet_of_many_files_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_READ_BYTES", 200_000)
    file = xhtml("<p>Rest</p>").replace("<title>", f"{LINK}<title>", 1)
    sheet = "p { margin: 0 }" * 5_000
    assert converted(book({f"{at}.xhtml": file for at in range(5)}, extra={"OEBPS/a.css": sheet})).html


@pytest.mark.fault("F24", "a book whose style sheets have more rules than any book's")
def test_a_book_of_endless_rules_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cascade, "MOST_RULES", 2)
    part = xhtml("<style>p { display: none }</style><p>Take 5 mg each day.</p>")
    with pytest.raises(SourceError, match="more than 2 rules"):
        converted(book({f"{name}.xhtml": part for name in "abc"}))


@pytest.mark.fault("F24", "a book whose style sheet is longer than any book's")
def test_a_book_of_an_endless_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicegen.cascade.sheet.LONGEST", 10)
    part = xhtml("<style>p { display: none }</style><p>Take 5 mg each day.</p>")
    with pytest.raises(SourceError, match="longer than any book's"):
        converted(book({"a.xhtml": part}))


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (f"Take 2<math {MATH}><mfrac><mn>1</mn><mn>2</mn></mfrac></math> tablets", "Take 2 1/2 tablets"),
        (f"Take <b>2</b><math {MATH}><mfrac><mn>1</mn><mn>2</mn></mfrac></math> tablets", "Take 2 1/2 tablets"),
        (f"Take <math {MATH}><mn>2</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math> tablets", "Take 2 1/2 tablets"),
        (rf'Take (<math {MATH} alttext="\frac12"><mfrac><mn>1</mn><mn>2</mn></mfrac></math>)', "Take (1/2)"),
    ],
)
def test_a_number_and_a_fraction_stay_apart_and_program_text_is_not_said(body: str, shown: str) -> None:
    assert re.sub("<[^>]+>", "", text(f"<p>{body}</p>")) == shown


def test_a_file_of_contents_that_has_text_too_keeps_it() -> None:
    nav = '<nav epub:type="toc"><ol><li>Dose</li></ol></nav><p>Never take more than 8 tablets.</p>'
    found = converted(book({"a.xhtml": f"<h1>Asthma</h1>{nav}"}, properties={"a.xhtml": "nav"}))
    assert "Never take more than 8 tablets." in body_of(found.html)
    assert [(piece.text, piece.why) for piece in found.omitted] == [("Dose", "a table of contents")]


def test_a_sign_that_html_has_another_name_for_is_text_and_no_markup() -> None:
    assert text("<p>&LT;b&GT; 5 mg &AMP; 6 &QUOT;</p>") == '<p>&lt;b&gt; 5 mg &amp; 6 "</p>'


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        ('<p style="display:none">Old dose: 50 mg</p>', "Old dose: 50 mg"),
        ('<style>.old { display: none }</style><p class="old">Old dose: 50 mg</p>', "Old dose: 50 mg"),
    ],
)
def test_what_a_book_never_shows_is_not_read(body: str, hidden: str) -> None:
    found = converted(book({"a.xhtml": f"<h1>Asthma</h1><p>Take 5 mg of it every day.</p>{body}"}))
    read = pages.read(SourceFile("book.html", found.html))
    assert hidden in [piece.text for piece in read.left_out]
    assert [text.plain for text in texts(read.blocks)] == ["Take 5 mg of it every day."]


def test_columns_and_fonts_of_signs_in_a_book_are_what_they_are_on_a_page() -> None:
    columns = '<div style="display:flex"><span>5</span><span>10 mg</span></div>'
    read = pages.read(
        SourceFile("book.html", converted(book({"a.xhtml": f"<h1>A</h1><p>Take it.</p>{columns}"})).html)
    )
    assert [text.plain for text in texts(read.blocks)] == ["Take it.", "5", "10 mg"]
    sheet = "<style>.d { float: right } i { text-decoration: underline }</style>"
    week = '<p>Week 1<span class="d">5 mg</span>, at <i>&lt;</i> 65 years</p>'
    made = converted(book({"a.xhtml": f"<h1>A</h1>{sheet}{week}"})).html
    assert [text.plain for text in texts(pages.read(SourceFile("book.html", made)).blocks)] == [
        "Week 1 5 mg, at ≤ 65 years"
    ]
    greek = '<h1>A</h1><p>Take 5 <span style="font-family: Symbol">m</span>g</p>'
    with pytest.raises(SourceError, match="in the font “symbol”"):
        pages.read(SourceFile("book.html", converted(book({"a.xhtml": greek})).html))
