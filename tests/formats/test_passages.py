"""Text as markup, with every spoken line in an element of its own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.editions import (
    line,
    one,
)
from voicegen.errors import PublicationError
from voicegen.formats._dtbook import DtBook
from voicegen.formats._passages import Passages, safe_address
from voicegen.formats._talking_text import Dialect, holding
from voicegen.formats._talking_xhtml import Xhtml
from voicegen.formats._xml import fragment
from voicegen.model.document import Run, Text
from voicegen.model.script import Chapter, Line, Script


def passage(runs: tuple[Run, ...], *lines: Line, anchors: tuple[str, ...] = ()) -> BeautifulSoup:
    script = Script("en", (Chapter("start", "Start", 1, 0, lines),))
    markup = Passages("page", "en", script, anchors).html(Text(runs, number=0))
    return BeautifulSoup(f"<p>{markup}</p>", "html5lib")


def test_inline_markup_survives_sentences_that_cut_through_it() -> None:
    runs = (Run("Never ", strong=True), Run("stop. Never", strong=True, lang="cy"), Run(" wait", em=True))
    page = passage(runs, line("a", 0, 11), line("b", 12, 22))
    assert [strong.get_text() for strong in page.select("strong")] == ["Never ", "stop.", " ", "Never"]
    assert one(page, "#a").get_text() == "Never stop."
    assert [span.get_text() for span in page.select('[lang="cy"]')] == ["stop.", " ", "Never"]
    assert one(page, "#b em").get_text() == " wait"


def test_a_link_of_several_runs_is_one_link() -> None:
    runs = (Run("see ", href="https://a.example/"), Run("this", href="https://a.example/", strong=True))
    assert one(passage(runs, line("a", 0, 8)), "#a > a").get_text() == "see this"


def test_the_same_words_spoken_twice_have_both_ids() -> None:
    page = passage((Run("Asthma is common."),), line("a", 0, 17), line("b", 0, 17), line("c", 10, 17))
    assert one(page, "#a #b #c").get_text() == "common."
    assert one(page, "#a").get_text() == "Asthma is common."


def test_raised_digits_and_fractions_do_not_run_together_with_the_digits_before_them() -> None:
    page = passage((Run("10⁹/L, 10⁻³ and 2½ of 30 kg/m², ½ alone"),), line("a", 0, 38))
    assert [part.get_text() for part in page.select("sup.own")] == ["⁹", "⁻³"]
    assert [part.get_text() for part in page.select("span.own")] == ["½"]
    assert one(page, "#a").get_text() == "10⁹/L, 10⁻³ and 2½ of 30 kg/m², ½ alone"[:38]


_run = st.builds(
    Run,
    st.text(max_size=6),
    lang=st.sampled_from(["", "cy", "ar", "not a tag"]),
    strong=st.booleans(),
    em=st.booleans(),
    position=st.sampled_from(["", "sub", "sup", "note"]),
    abbr=st.sampled_from(["", 'a"<b']),
    href=st.sampled_from(["", "https://a.example/?a=1&b", "javascript:alert(1)", "#x"]),
    hidden=st.booleans(),
)


@given(st.lists(_run, max_size=6), st.lists(st.integers(0, 36), max_size=6, unique=True))
def test_any_cuts_through_any_runs_keep_every_character(runs: list[Run], cuts: list[int]) -> None:
    words = "".join(run.text for run in runs)
    places = sorted(cut for cut in cuts if cut <= len(words))
    pairs = list(pairwise(places))
    lines = [line(f"l{n}", start, end) for n, (start, end) in enumerate(pairs)]
    script = Script("en", (Chapter("start", "Start", 1, 0, tuple(lines)),))
    markup = Passages("page", "en", script, ()).html(Text(tuple(runs), number=0))
    page = BeautifulSoup(re.sub("[\x00\r]", "?", f"<pre>{markup}</pre>"), "html.parser")
    same = re.sub("[\x00\r]", "?", words)
    assert page.get_text() == same
    for n, (start, end) in enumerate(pairs):
        assert one(page, f"#l{n}").get_text() == same[start:end]
    assert not page.select("script, [onclick], a[href^='java']")


@pytest.mark.parametrize(("start", "end"), [(0, 99), (3, 3), (-1, 2), (5, 2)])
def test_a_line_outside_its_text_is_refused_by_name(start: int, end: int) -> None:
    with pytest.raises(PublicationError, match="line odd lies outside its text"):
        passage((Run("Short"),), line("odd", start, end))


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://a.example", "HTTP://a.example"),
        (" tel:+441632960123\n", "tel:+441632960123"),
        ("mailto:spine@a.example?subject=x", "mailto:spine@a.example?subject=x"),
        ("#causes", "#causes"),
        ("#elsewhere", ""),
        ("javascript:alert(1)", ""),
        ("java\tscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("https://[x", ""),
        ("https://\N{ACCOUNT OF}.example/", ""),
        ("data:text/html,<script>", ""),
        ("vbscript:x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/", ""),
        ("/conditions/asthma", ""),
        ("https:", ""),
        ("https:///", ""),
        ("https://a.example/\x00", ""),
        ("https://a.example/ b", ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_mail_telephone_or_this_page_only(href: str, expected: str) -> None:
    assert safe_address(href, {"causes"}) == expected
    page = passage((Run("words", href=href),), line("a", 0, 5), anchors=("causes",))
    assert one(page, "#a").get_text() == "words"
    assert [link["href"] for link in page.select("a")] == ([expected] if expected else [])


@pytest.mark.parametrize("dialect", [Xhtml(linked=True), Xhtml(linked=False), DtBook()])
def test_a_phone_number_from_right_to_left_keeps_its_order_in_every_book(dialect: Dialect) -> None:
    number = Text((Run("06 555 1234", href="tel:+96265551234"),))
    words = Passages("p", "ar", Script("ar", ()), ()).html(number)
    made = holding("p", dialect.phrase(fragment(words)))
    assert [part.get("dir") for part in made.iter("span") if part.text] == ["ltr"]
