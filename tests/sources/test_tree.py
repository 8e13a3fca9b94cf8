from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import linear
from voicegen.errors import SourceError
from voicegen.sources.tree import DEPTH_LIMIT, parse
from voicegen.sources.wordsets import word_set


def shape(markup: str) -> str:
    """The tree as markup."""
    return str(parse(markup, "a.html"))


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("<p>one<p>two", "<p>one</p><p>two</p>"),
        ("<p>one<ul><li>a<li>b</ul>two", "<p>one</p><ul><li>a</li><li>b</li></ul>two"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>"),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        ),
        (
            "<table><thead><th>a<th>b<tbody><tr><td>c</table>",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
        ),
        ("<table><td><small>a</td></table>", "<table><tr><td><small>a</small></td></tr></table>"),
        ("<main><div>a</main>b", "<main><div>a</div></main>b"),
        ("<div><b><p>a</b></p>b</div>", "<div><b><p>a</p></b>b</div>"),
        ("<h2>Pain<p>text", "<h2>Pain</h2><p>text</p>"),
        ("<h2><p>Pain</p></h2>", "<h2><p>Pain</p></h2>"),
        ("<h2>one<h3>two", "<h2>one</h2><h3>two</h3>"),
        ("<svg><path/><circle/></svg>a", "<svg><path></path><circle></circle></svg>a"),
        ("<svg><g><p>a</p>", "<svg><g></g></svg><p>a</p>"),
        ("a</div></p></li>b", "ab"),
        ("<table><tr><td><div>a</div></div></td></tr></table>", "<table><tr><td><div>a</div></td></tr></table>"),
        ("<body>a</body></html>b", "<body>ab</body>"),
    ],
)
def test_broken_markup_is_repaired_as_in_browsers(broken: Any, repaired: Any) -> None:
    assert shape(broken) == repaired


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("5 &lt; 6 &amp; 7 &micro;g &#8805; &#150;", "5 < 6 & 7 µg ≥ –"),
        ("5 < 6 and 7 <8", "5 < 6 and 7 <8"),
        ("a & b &unknown; c", "a & b &unknown; c"),
        ("<p title='a > b' class=x\">a</p>", "a"),
        ("<!-- no --><!--> yes <!--[if IE]>no<![endif]--><!-- no --!>also", " yes also"),
        ("<?xml version='1.0'?><!DOCTYPE html>a<?php echo '>' ?>b<%= x > y %>c", "abc"),
        ("<title>a <b> &amp; c</title>", "a <b> & c"),
        ("ends in a <tag", "ends in a <tag"),
        ("<textarea><p>a</textarea>b", "<p>ab"),
    ],
)
def test_text_is_what_a_browser_shows(markup: Any, text: Any) -> None:
    assert parse(markup, "a.html").get_text() == text


def test_script_text_is_no_text() -> None:
    assert parse("<script>if (a < b) '</p>'</script>b", "a.html").get_text() == "b"


@pytest.mark.parametrize(
    "markup", ["a\n<!-- never closed <p>b</p>", "a\n<script>var x; <p>b</p>", "a\n<style><p>b</p>"]
)
def test_a_comment_or_script_that_swallows_the_page_is_refused_with_its_line(markup: Any) -> None:
    with pytest.raises(SourceError, match=r"a\.html, line 2: .*never closed"):
        parse(markup, "a.html")


def test_a_script_cut_short_at_the_end_of_the_page_is_code() -> None:
    assert parse("<p>a</p><script>var x = 1;", "a.html").get_text() == "a"


def test_depth_up_to_the_limit_is_read_and_more_is_refused() -> None:
    deep = "<div>" * (DEPTH_LIMIT - 1)
    assert parse(deep + "here", "a.html").get_text() == "here"
    with pytest.raises(SourceError, match="levels deep"):
        parse("<div>" * 100_000 + "here", "a.html")


def test_paragraphs_and_items_that_are_never_closed_add_no_depth() -> None:
    assert parse("<ul>" + "<li>a<p>b" * 5000, "a.html").get_text() == "ab" * 5000


def test_more_elements_than_any_page_has_are_refused() -> None:
    with pytest.raises(SourceError, match="elements"):
        parse("<br>" * 100_001, "a.html")


def test_elements_know_their_line() -> None:
    tags = parse("<p>\n\n<b>a</b>\n<i>b</i>", "a.html").find_all(True)
    assert [tag.sourceline for tag in tags] == [1, 3, 4]


@pytest.mark.parametrize(
    "unit",
    [
        "<p>a",
        "<b a=1>a</b><p>",
        '<a "',
        "<a b='",
        "<",
        "</",
        "<!",
        "&",
        "&#",
        "<h1><p>",
        "<b><p></b>",
        "<s><p></s>",
        "<td>a",
        "<li a=b>",
        "<a/",
    ],
)
def test_hostile_markup_takes_linear_time(unit: Any) -> None:
    def work(times: int) -> None:
        with suppress(SourceError):
            parse(unit * times, "a.html")

    assert linear(work, 16_000)


MARKUP = st.lists(
    st.sampled_from(
        sorted(
            word_set(
                "<p> </p> <div> </div> <b> </b> <ul> <li> </ul> <table> <tr> <td> </td> </table> ",
                "<h2> </h2> <a> </a> <br> <svg> </svg> <select> <option> </select> one two < & <!--x-->",
            )
        )
    ),
    max_size=60,
)


@given(MARKUP)
def test_no_markup_loses_text_or_order(parts: Any) -> None:
    words = [part for part in parts if part in ("one", "two")]
    tree = parse(" ".join(parts), "a.html")
    assert [word for word in tree.get_text(" ").split() if word in ("one", "two")] == words


def test_in_xhtml_any_element_may_close_itself_and_marked_sections_are_text() -> None:
    markup = '<body><script src="a.js"/><a id="top"/><p>One <b/>two</p><div/><p><![CDATA[x < 5 & <b>up</b>]]></p>'
    paragraphs = parse(markup + "</body>", "page.xhtml").find_all("p")
    assert [paragraph.get_text() for paragraph in paragraphs] == ["One two", "x < 5 & <b>up</b>"]
    assert all(paragraph.parent is not None and paragraph.parent.name == "body" for paragraph in paragraphs)


def test_in_html_a_slash_closes_nothing() -> None:
    [paragraph] = parse("<div/><p>text</p>", "page.html").find_all("p")
    assert paragraph.parent is not None
    assert paragraph.parent.name == "div"
