"""What a page's styles draw apart, hide or letter in another font is read as it is to the eye."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, left, marked, page, said
from voicegen.errors import SourceError
from voicegen.model.document import Paragraph, Reason

SHEET = """<style>
.f { display: flex } .g > span { display: block } .lines p { white-space: pre-line }
.gone { display: none !important } .panel { display: none }
.greek { font-family: Symbol, serif }
@media (max-width: 600px) { .narrow { display: block } }
</style>"""


def paragraphs(body: str) -> list[str]:
    document = page(f"<main><h1>Knee pain</h1>{FILLER}{body}</main>", head=SHEET)
    return [block.text.plain for block in document.blocks[2:] if isinstance(block, Paragraph)]


@pytest.mark.fault("F29", "numbers in two columns are not one number")
@pytest.mark.parametrize(
    "columns",
    [
        '<div style="display:flex"><span>5</span><span>10 mg</span></div>',
        '<div class="f"><span>5</span><span>10 mg</span></div>',
        '<div class="f">5<b>10 mg</b></div>',
        '<div class="d-flex"><span>5</span><span>10 mg</span></div>',
        '<p class="g"><span>5</span><span>10 mg</span></p>',
        '<p style="white-space: pre">5\n10 mg</p>',
        '<div class="lines"><p>5\n10 mg</p></div>',
    ],
)
def test_numbers_that_a_style_draws_apart_are_apart(columns: str) -> None:
    assert paragraphs(columns) == ["5", "10 mg"]


def test_two_numbers_that_touch_in_a_box_of_a_layout_are_refused_since_nobody_can_tell() -> None:
    with pytest.raises(SourceError, match=r"<div>: two numbers touch here .*“5\|10 mg”"):
        paragraphs("<div><span>5</span><span>10 mg</span></div>")


@pytest.mark.parametrize(
    "parts",
    [
        "<div>Take <span>5</span><span>10 mg</span> a day.</div>",
        '<div class="ExternalClass1"><span style="font-size: 11pt">Take 5</span><span style="font-size:11pt">10 mg'
        "</span><span> a day.</span></div>",
        '<div class="x"><span>Take 51</span><span>00 mg a day.</span></div>',
    ],
)
def test_a_number_that_a_program_split_in_running_text_is_one(parts: str) -> None:
    assert paragraphs(parts) in (["Take 510 mg a day."], ["Take 5100 mg a day."])


@pytest.mark.parametrize(
    "parts",
    [
        '<div>Take <span class="a">5</span><span class="a">10 mg</span> a day.</div>',
        '<div class="dose"><span>5</span><span>10 mg</span></div>',
        '<div><span style="color:red;width:5em">5</span><span>10 mg</span></div>',
        '<div class="x">A <b>5</b><b>10 mg</b> B</div>',
    ],
)
def test_two_numbers_that_a_style_may_part_stay_refused(parts: str) -> None:
    with pytest.raises(SourceError, match="two numbers touch here"):
        paragraphs(parts)


def test_a_number_that_a_program_split_inside_a_paragraph_is_one() -> None:
    assert paragraphs('<p>Take <span class="c1">2</span><span class="c2">5 mg</span></p>') == ["Take 25 mg"]


def test_words_that_touch_in_a_box_of_a_layout_are_parted_and_a_large_first_letter_is_not() -> None:
    assert paragraphs("<div><span>Dose</span><span>5 mg</span></div>") == ["Dose 5 mg"]
    assert paragraphs("<div><span>N</span><span>ot more than 8</span></div>") == ["Not more than 8"]
    assert paragraphs('<p><span style="float:left">D</span>o not take it.</p>') == ["Do not take it."]
    assert paragraphs('<p><i style="float:left">“D</i><b>o not</b> take it.</p>') == ["“Do not take it."]


def test_an_amount_and_a_number_that_touch_in_a_paragraph_are_parted() -> None:
    parts = '<p>Dose: <span class="a">800 mg</span><span class="b">5 times a day</span></p>'
    assert paragraphs(parts) == ["Dose: 800 mg 5 times a day"]
    parts = '<p><b>Adults</b><span>500 mg</span><span class="b">twice</span>, 5 m<b>mol</b>, 5 mg<i>bd</i></p>'
    assert paragraphs(parts) == ["Adults 500 mg twice, 5 mmol, 5 mg bd"]
    assert paragraphs("<p>Your <b>HbA</b><b>1c</b> and <i>CO</i><sub>2</sub></p>")[0].startswith(
        "Your HbA1c and CO"
    )


def test_a_style_for_small_screens_parts_no_sentence() -> None:
    assert paragraphs('<p>Take <span class="narrow">5 mg</span> daily</p>') == ["Take 5 mg daily"]


@pytest.mark.fault("F29", "a number and the dose that a style draws apart from it are not one number")
@pytest.mark.parametrize(
    ("style", "parts", "shown"),
    [
        (".d { float: right }", 'Week 1<span class="d">5 mg</span>', "Week 1 5 mg"),
        (".d { position: absolute; right: 0 }", 'Week 1<b class="d">5 mg</b>', "Week 1 5 mg"),
        (".d { margin: 0 0 0 2em }", '<i>Day 1</i><span class="d">5 mg</span>', "Day 1 5 mg"),
        (".d { padding: 0 calc(var(--x) * 2) }", 'Day 1<span class="d">5 mg</span>', "Day 1 5 mg"),
        (".d { padding-inline-end: 8px }", '<b class="d">1</b>2 tablets', "1 2 tablets"),
        (".d { display: inline-block; width: 8em }", '<span class="d">Day 1</span>5 mg', "Day 1 5 mg"),
        (".d::before { content: ' – ' }", 'Day 1<span class="d">5 mg</span>', "Day 1 5 mg"),
        (".d:after { content: ''; padding-left: 9px }", '<b class="d">1</b>2 tablets', "1 2 tablets"),
        (".d:before { content: '→' }", 'Day 1<i class="d"></i>5 mg', "Day 1 5 mg"),
        ("", 'Day 1<span style="margin-left: 1rem">5 mg</span>', "Day 1 5 mg"),
        ("", 'Week 1<span class="badge bg-dark">5 mg</span>', "Week 1 5 mg"),
        ("", 'Week 1<span class="md:ml-4">5 mg</span>', "Week 1 5 mg"),
        ("", 'Week 1<span class="float-end">5 mg</span>', "Week 1 5 mg"),
        ("", 'Week 1<span class="week-dose">5 mg</span>', "Week 1 5 mg"),
        ("", '<span class="step-num">1</span>2 tablets', "1 2 tablets"),
        ("", 'B<span class="num">12</span>, <span class="num">5</span>mg', "B12, 5mg"),
        (".d { margin-right: 2em }", '1<b class="d">0</b> mg', "10 mg"),
        (".d { margin: 1em 0; padding: 0 1px }", '1<b class="d">0</b> mg', "10 mg"),
        (".d { padding: 0 4px }", 'Take 1<b class="d">0</b> mg, 2 mg', "Take 10 mg, 2 mg"),
        (".d { padding: 0 4px }", 'Give <b class="d">1</b>2 mg', "Give 12 mg"),
        (".d { padding: 0 4px }", 'Take 1<b class="d">00</b> mg', "Take 100 mg"),
        (".d { padding: 0 4px }", 'Dose 2<b class="d">5</b> mg', "Dose 2 5 mg"),
        (".d { padding: 0 4px }", 'Pain <b class="d">1</b><b class="d">2</b>', "Pain 1 2"),
        (".d::after { content: ''; clear: both }", '<b class="d">1</b>0 mg', "10 mg"),
        (".d { float: left; padding-right: 8px }", '<b class="d">N</b>ot more than 8', "Not more than 8"),
        (".d { margin-right: 4px }", '<i class="d">“D</i>o not', "“Do not"),
        (".d { float: left }", '<i class="d">D</i><b>o not</b> take', "Do not take"),
        (".d { float: left }", '<i class="d">N</i><b>EVER</b>', "NEVER"),
        (".d { float: left }", '<i class="d">A</i><b>Take it</b>', "A Take it"),
        (".d { float: left }", '<i class="d">a</i><span>take it</span>', "a take it"),
        ("", '10<span style="margin-left: .25em">000</span> units', "10000 units"),
    ],
)
def test_what_a_style_or_a_class_draws_apart_in_one_text_is_apart(style: str, parts: str, shown: str) -> None:
    body = f"<main><h1>Knee pain</h1>{FILLER}<ul><li>{parts}</li></ul><p>{parts}</p></main>"
    blocks = page(body, head=f"<style>{style}</style>").blocks[2:]
    assert [blocks[0].items[0].blocks[0].text.plain, blocks[1].text.plain] == [shown, shown]


def test_what_a_sheet_hides_for_good_is_left_out_and_what_a_script_may_show_is_read() -> None:
    document = page(
        f'<main><h1>Knee</h1>{FILLER}<p class="gone">Old dose: 50 mg</p><p class="panel">Rest well.</p></main>',
        head=SHEET,
    )
    assert left(document, Reason.HIDDEN) == ["Old dose: 50 mg"]
    assert "Rest well." in said(document)


@pytest.mark.fault("F29", "a letter in a font of signs is refused where it may be another unit")
@pytest.mark.parametrize(
    "letter",
    [
        '<span style="font-family:Symbol">m</span>g',
        '<font face="symbol">m</font>g',
        '<span style="font-family:Symbol;color:red"><span style="mso-char-type:symbol">m</span></span>g',
        '<span class="greek">m</span>g',
        '<font face="Symbol">&pound;</font> 5 mg',
    ],
)
def test_a_letter_in_a_font_of_signs_is_refused(letter: str) -> None:
    with pytest.raises(SourceError, match=r"in the font “symbol”, in which it is “[μ≤]”"):
        paragraphs(f"<p>Take 5 {letter} a day</p>")
    with pytest.raises(SourceError, match="in the font “symbol”"):
        paragraphs(f"<p>Take 5 {letter} a day</p>") if "class" in letter else marked(
            f"# Knee\n\nTake 5 {letter}\n"
        )


def test_a_letter_in_another_font_inside_is_itself() -> None:
    inner = '<span style="font-family:Symbol"><span style="font-family:Arial">mg</span> 5</span>'
    assert paragraphs(f"<p>{inner}</p>") == ["mg 5"]


def test_ticks_crosses_and_bullets_in_fonts_of_signs_are_what_they_are() -> None:
    tick = '<p><span style="font-family:Wingdings">{}</span> {}</p>'
    assert paragraphs(tick.format("ü", "Swim") + tick.format("û", "Drive a car")) == ["✓ Swim", "✗ Drive a car"]
    gap = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"
    bullet = "<p class=MsoListParagraph><span style='font-family:{};mso-list:Ignore'>{}{}</span>Take 5 mg</p>"
    for font, letter in (("Symbol", "·"), ('"Courier New"', "o"), ("Wingdings", "q")):
        assert paragraphs(bullet.format(font, letter, gap))[0].lstrip("• \u00a0") == "Take 5 mg"


def test_what_is_hidden_from_screen_readers_alone_is_text() -> None:
    warning = "Do not take more than 8 tablets of it in any one day."
    assert paragraphs(f'<p aria-hidden="true">{warning}</p><p aria-hidden="true">›</p>') == [warning]


def test_a_button_that_tells_what_to_do_in_an_emergency_is_read() -> None:
    assert "Chest pain? Call 999" in " ".join(paragraphs("<p>Rest.</p><button>Chest pain? Call 999</button>"))
    link = '<a class="btn btn-danger" href="tel:112">Im Notfall: Notruf 112</a>'
    assert "Im Notfall: Notruf 112" in " ".join(paragraphs(f"<p>Rest.</p>{link}"))
    assert paragraphs("<p>Rest.</p><button>Call us</button>") == ["Rest."]


@pytest.mark.fault("F29", "the number of a note is no part of a dose")
def test_a_link_to_a_note_that_touches_a_number_is_no_digit_of_it() -> None:
    document = page(
        f'<main><h1>Knee</h1>{FILLER}<p>Take 5<a href="#fn1">1</a> mg, see part <a href="#p">2</a>,'
        ' or 1<a href="#q">00</a> mg</p></main>'
    )
    runs = [(run.text.strip(), run.position) for run in document.blocks[2].text.runs]
    assert [one for one in runs if one[1]] == [("1", "note")]
    assert ("2", "") in runs


def test_half_a_tablet_after_a_stop_is_no_note() -> None:
    document = page(f"<main><h1>Knee</h1>{FILLER}<p>At night:<sup>1</sup>/<sub>2</sub> tablet</p></main>")
    assert ("1", "sup") in [(run.text, run.position) for run in document.blocks[2].text.runs]


def test_staff_are_told_of_a_choice_with_numbers_amid_a_sentence() -> None:
    choice = "<select><option>1<option selected>2</select>"
    document = page(f"<main><h1>Knee</h1>{FILLER}<p>Take {choice} tablets</p></main>")
    assert "“1 2” in a choice of a form was left out" in document.notices[-1]


DOSE = "Adults take 500 mg twice a day, and do not take more than 2 g."


@pytest.mark.fault("F29", "text that a style hides only at first, or not on this screen, is read")
@pytest.mark.parametrize(
    "sheet",
    [
        "[x-cloak] { display: none !important }",
        ".no-js .dose { display: none !important }",
        ".dose { display: none !important } .dose.open { display: block !important }",
        ".dose { display: none !important } .dose { display: block !important }",
        "@supports not (display: grid) { .dose { display: none !important } }",
        "@container (max-width: 300px) { .dose { display: none !important } }",
        "@media not screen { .dose { display: none !important } }",
        ".other { color: red; .dose { display: none !important } }",
    ],
)
def test_what_is_hidden_for_a_moment_or_elsewhere_is_read(sheet: str) -> None:
    body = f'<div class="no-js"><div class="dose open" x-cloak><p>{DOSE}</p></div></div>'
    for media in ("", ' media="screen and (max-width: 600px)"'):
        document = page(f"<main><h1>Knee pain</h1>{FILLER}{body}</main>", head=f"<style{media}>{sheet}</style>")
        assert DOSE in said(document)


def test_what_a_style_hides_in_itself_is_hidden() -> None:
    sheet = "<style>.page { .gone { display: none !important } } .gone.gone { display: none }</style>"
    body = f'<div class="page"><p class="gone">{DOSE}</p></div>'
    document = page(f"<main><h1>Knee pain</h1>{FILLER}{body}</main>", head=sheet)
    assert DOSE not in said(document)


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        ("a { text-decoration: line-through } a.x { text-decoration: none }", "Do not take 10 mg of it."),
        ("a.x { text-decoration: none } a { text-decoration: line-through }", "Do not take 10 mg of it."),
        ("a.x { text-decoration: line-through } a { text-decoration: none }", "Do take 10 mg of it."),
    ],
)
def test_of_two_rules_the_stronger_strikes_out(sheet: str, shown: str) -> None:
    body = '<p>Do <a class="x" href="/why">not</a> take 10 mg of it.</p>'
    document = page(f"<main><h1>Knee pain</h1>{FILLER}{body}</main>", head=f"<style>{sheet}</style>")
    assert shown in said(document)


@pytest.mark.parametrize(
    ("rule", "position"),
    [("vertical-align: baseline", ""), ("vertical-align: baseline; position: relative; top: -0.5em", "sup")],
)
def test_a_stronger_rule_puts_text_back_on_its_line(rule: str, position: str) -> None:
    sheet = f"<style>span {{ vertical-align: super }} .x {{ {rule} }}</style>"
    body = '<p>There are 10<span class="x">9</span> cells in a litre.</p>'
    document = page(f"<main><h1>Knee pain</h1>{FILLER}{body}</main>", head=sheet)
    (run,) = [run for run in document.blocks[-1].text.runs if run.text.startswith("9") or "109" in run.text]
    assert run.position == position


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("zh", "成人每次<a href='#a'>2</a>片"),
        ("th", "ครั้งละ<a href='#a'>2</a>เม็ด"),
        ("ko", "제<a href='#a'>2</a>형"),
    ],
)
def test_a_linked_number_is_no_note_where_words_touch_numbers(lang: str, shown: str) -> None:
    document = page(f"<main><h1>Knee</h1>{FILLER}<p>{shown}</p></main>", lang)
    assert not [run for run in document.blocks[-1].text.runs if run.position]
