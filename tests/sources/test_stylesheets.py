"""The rules of a page's style sheets reach the elements that a browser would style by them, and no others."""

from __future__ import annotations

import pytest

from tests.growth import linear
from tests.sources.pages import FILLER, page, said
from voicegen import cascade
from voicegen.sources import selecting
from voicegen.sources.stylesheets import StyledElements
from voicegen.sources.tree import parse

STRIKE = "text-decoration: line-through"


def struck(sheet: str, body: str) -> list[str]:
    """The texts of the elements that the sheet strikes out."""
    tree = parse(f'<html lang="en"><style>{sheet}</style><body dir="ltr">{body}</body></html>', "knee.html")
    return [tag.get_text() for tag, meant, _ in StyledElements(tree).meanings() if meant.struck]


ITEMS = "".join(f'<li><b class="old">{at}</b></li>' for at in range(30))
"""More than a few, so that an index is asked for them."""


@pytest.mark.fault("F29", "a rule is missed because an attribute or a state in it is taken for a name")
@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("[dir=ltr] .old", 30),
        ("body[dir='ltr'] > .list li > .old", 30),
        ('[title="a > b, c"] .old', 30),
        ("li:first-child .old", 1),
        ("li:first-child > b", 1),
        ("li:last-child b", 1),
        (".list li:nth-child(2n + 1) .old", 15),
        ("li:nth-child(-n+3) b", 3),
        ("li:nth-last-of-type(5) b", 1),
        ("li:not(:first-child) .old", 29),
        ("li + li b", 29),
        ("li ~ li > b", 29),
        ("li:has(+ li) .old", 29),
        ("ul:has(> li .x) .old", 0),
        (":is(.list, .other) :where(li) .old", 30),
        (":root .old, .none", 30),
        (":lang(en) .old", 30),
        (":lang(de) .old", 0),
        ("UL.list LI .old", 30),
        (".LIST .old", 0),
        (".old:hover", 0),
        (".old:not(:hover)", 30),
        (".old::before", 0),
        (r".\31 st\:x .old", 30),
        ("p > .old", 0),
        ("} .old", 0),
        ("[dir=rtl] .old", 0),
        ("[class*=' list'] .old, [title$='C' i] .old", 30),
    ],
)
def test_a_selector_selects_what_it_selects_in_browsers(selector: str, found: int) -> None:
    body = f'<ul class="a list 1st:x" title="a > b, c">{ITEMS}</ul>'
    assert len(struck(f"{selector} {{ {STRIKE} }}", body)) == found


@pytest.mark.parametrize(
    "sheet",
    [
        ".card { text-decoration: line-through; .inner { color: red } }",
        ".card { .inner { color: red } text-decoration: line-through }",
        ".card { color: red; & { text-decoration: line-through } color: blue }",
        "section { &.card { text-decoration: line-through } }",
        ".none, body { > .card { text-decoration: line-through } }",
        ".card { @media screen { text-decoration: line-through } }",
        "<!-- .card { text-decoration: line-through } -->",
        ".x::before { content: '}/*' } .card { text-decoration: line-through }",
        ".x { background: url(data:image/png;base64,a{b) } .card { text-decoration: line-through }",
        "p:is(.x, .y), .card { text-decoration: underline line-through red }",
        ".card { text-decoration: line-through",
        "/* a */ .card /* b { */ { text-decoration: /* ; */ line-through } /* open",
        ".CARD, .card { TEXT-DECORATION: LINE-THROUGH }",
        "@layer a, b; .card { text-decoration: line-through !important } #c { text-decoration: none }",
        "@supports (display: grid) { .card { text-decoration: line-through } }",
        ".card { text-decoration: line-through } :where(#c) { text-decoration: none }",
        r".card { text-decor\61 tion: line-through }",
        ".x { width: " + "9" * 5000 + "px } .card { text-decoration: line-through }",
        ".x:nth-child(" + "9" * 5000 + "n) { color: red } .card { text-decoration: line-through }",
        ".x { background: url(data:font/woff2;base64,"
        + "A" * 2_000_000
        + ") } .card { text-decoration: line-through }",
        ".x"
        + ":is(" * 2000
        + ".y { color: red } ) } .card { } </style><style>.card { text-decoration: line-through }",
        r".\d800 , .card { text-decoration: line-through }",
    ],
)
def test_a_rule_is_read_as_browsers_read_it(sheet: str) -> None:
    assert struck(sheet, '<section class="card" id="c">Take 50 mg</section>') == ["Take 50 mg"]


@pytest.mark.fault("F29", "text that no browser strikes out or hides is read")
@pytest.mark.parametrize(
    "sheet",
    [
        ".card { --x: { text-decoration: line-through } }",
        ".x::after { content: '} .card { text-decoration: line-through }' }",
        ".x { color: red } /* .card { text-decoration: line-through }",
        "@keyframes a { .card { text-decoration: line-through } }",
        "@media\nprint { .card { text-decoration: line-through } }",
        "@scope (.archive) { .card { text-decoration: line-through } }",
        ".card { text-decoration: line-through; text-decoration: none }",
        ".card { text-decoration: line-through } .card { text-decoration: none !important }",
        ".card { text-decoration: line-through } </style><style> .card.card { text-decoration: none }",
        ":where(#c.card) { text-decoration: line-through } .card { text-decoration: none }",
        ".card { display: none !important } #c { display: block !important }",
        "@media screen\nand (max-width: 600px) { .card { display: none !important } }",
        ".card:not(.open) { display: none !important }",
        ".card[data-state=closed] { display: none !important }",
    ],
)
def test_what_a_browser_shows_is_read(sheet: str) -> None:
    dose = "Take 50 mg twice a day, and never more than 200 mg in any one day."
    body = f'<main><h1>Knee</h1>{FILLER}<div class="card" id="c" data-state="closed"><p>{dose}</p></div></main>'
    assert dose in said(page(body, head=f"<style>{sheet}</style>"))


@pytest.mark.parametrize(
    ("style", "is_read"),
    [
        ("display: none; display: block", True),
        ("display: block; display: none", False),
        ("display: block !important; display: none", True),
        ("--first-display: none", True),
        ("background: url(x;display:none)", True),
        ("display: none; display: nonsense", False),
        ("visibility: hidden", False),
        ("content: 'text-decoration: line-through'", True),
    ],
)
def test_the_last_declaration_of_an_element_s_own_style_counts(style: str, is_read: bool) -> None:
    dose = "Take 50 mg twice a day, and never more than 200 mg in any one day."
    body = f'<main><h1>Knee</h1>{FILLER}<p style="{style}">{dose}</p></main>'
    assert (dose in said(page(body))) is is_read


def test_a_sheet_that_shows_whatever_else_is_said_shows_what_an_element_hides_itself() -> None:
    dose = "Take 50 mg twice a day, and never more than 200 mg in any one day."
    body = f'<main><h1>Knee</h1>{FILLER}<p class="x" style="display: none">{dose}</p></main>'
    assert dose in said(page(body, head="<style>.x { display: block !important }</style>"))


@pytest.mark.fault("F24", "a style sheet that is longer than those of people's pages")
def test_staff_are_told_of_a_sheet_that_is_too_long_to_be_read() -> None:
    sheet = ".x { color: red }" * 120_000 + ".old { text-decoration: line-through }"
    document = page(f"<main><h1>Knee</h1>{FILLER}</main>", head=f"<style>{sheet}</style>")
    assert any("more style rules" in notice for notice in document.notices)


@pytest.mark.fault("F24", "selectors that double at each level of nesting")
def test_a_selector_that_doubles_at_each_level_stays_within_bounds() -> None:
    deep = ".a {" + "& & {" * 60 + "display: none" + "}" * 61 + " .b { display: none }"
    found = [rule.selector for rule in cascade.rules(deep)]
    assert found == [".b"]
    few = [rule.selector for rule in cascade.rules(".a { & & { & & { display: none } } }")]
    assert few == [".a .a .a .a"]
    assert not list(cascade.rules("a, b {" * 60 + "display: none"))


@pytest.mark.fault("F24", "a sheet, an attribute or a selector that takes more time than its length says")
@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "}",
        ";",
        "/*",
        "/**/",
        "(",
        "[",
        '"',
        "'\n",
        "url(",
        "url( ",
        "\\",
        "a,",
        "a{",
        "&{",
        "& &{",
        "a{}",
        ".a .a ",
        ":is(",
        "text-decoration:",
        "text-decoration:red;",
        "display:none ! ",
        "list-style:",
        "font:Symbol ",
        "@media (",
        "@scope (a)",
        "@media screen{",
        "<!--",
        '[a="]',
    ],
)
def test_no_sheet_takes_more_time_than_its_length_says(unit: str) -> None:
    def read(times: int) -> None:
        list(cascade.rules("display " + unit * times))
        list(cascade.rules(f"b {{ {unit * times}"))
        cascade.meaning(unit * times)

    assert linear(read, 16_000)


@pytest.mark.fault("F24", "selectors that are looked for on a deep or wide page")
@pytest.mark.parametrize(
    ("selector", "unit"),
    [
        (".z" + " .a" * 40, "<div class=a>" * 200 + "</div>" * 200),
        ("p:nth-child(2n) ~ p:last-child", "<p>x</p>" * 200),
        (".z ~ p + p:not(:first-child)", "<p>x</p>" * 200),
        (":has(.z):is(:is(.a, b) .a)", "<div class=a>" * 200 + "</div>" * 200),
        ("[class]:lang(en)", "<div class=a>" * 200 + "</div>" * 200),
    ],
)
def test_a_selector_takes_as_long_as_the_page_is(selector: str, unit: str) -> None:
    def read(times: int) -> None:
        tree = parse(f"<style>{selector} {{ {STRIKE} }}</style>{unit * times}", "knee.html")
        list(StyledElements(tree).meanings())

    assert linear(read, 64)


def test_many_rules_for_many_elements_are_looked_at_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selecting, "MOST_STEPS", 1000)
    sheet = "".join(f"div .x{at}, p {{ vertical-align: super }}" for at in range(50))
    body = f"<main><h1>Knee</h1>{FILLER * 20}</main>"
    document = page(body, head=f"<style>{sheet}</style>")
    assert any("more style rules" in notice for notice in document.notices)
    plain = page(body, head="<style>p { display: block }</style>")
    assert not any("more style rules" in notice for notice in plain.notices)
