"""The transcript page as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.formats.editions import (
    arabic_document,
    cell,
    edition,
    item,
    line,
    one,
    paragraph,
    rich_document,
)
from voicegen.errors import PublicationError
from voicegen.formats import html
from voicegen.formats.library import render_library
from voicegen.formats.words import in_language
from voicegen.model.document import Callout, Document, ItemList, Paragraph, Run, Section, Table, Text, text, texts
from voicegen.model.edition import Edition
from voicegen.model.library import Entry, Library
from voicegen.model.script import Change, Line, Target


def soup(made: Edition) -> BeautifulSoup:
    return BeautifulSoup(html.page(made), "html5lib")


def test_every_line_with_a_target_is_one_element_that_holds_exactly_its_words() -> None:
    made = edition(rich_document())
    page = soup(made)
    for spoken in made.script.lines:
        found = page.find_all(id=spoken.id)
        assert [element.get_text() for element in found] == ([spoken.shown] if spoken.target else []), spoken


def test_every_id_is_there_once_and_every_link_inside_the_page_leads_to_one() -> None:
    page = soup(edition(rich_document()))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    inside = [str(link["href"])[1:] for link in page.select('a[href^="#"]')]
    assert inside
    assert set(inside) <= set(ids)


def test_no_words_of_the_document_are_lost() -> None:
    made = edition(rich_document())
    shown = " ".join(one(soup(made), "main").get_text(" ").split()).replace(" ", "")
    for piece in texts(made.document):
        assert "".join(piece.plain.split()) in shown


@pytest.mark.parametrize("document", [rich_document(), arabic_document()], ids=["en", "ar"])
def test_headings_skip_no_rank_and_there_is_one_of_the_first(document: Document) -> None:
    ranks = [int(heading.name[1]) for heading in soup(edition(document)).select("h1,h2,h3,h4,h5,h6")]
    assert ranks.count(1) == 1
    assert ranks[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_deep_sections_never_go_below_the_sixth_rank() -> None:
    section = Section(text("Level 9"), 9, (paragraph("End."),))
    for level in range(8, 1, -1):
        section = Section(text(f"Level {level}"), level, (), (section,))
    page = soup(edition(Document(text("Deep"), "en", (), (section,))))
    assert [heading.name for heading in page.select("article section > :first-child")] == [
        "h2", "h3", "h4", "h5", "h6", "h6", "h6", "h6",
    ]  # fmt: skip


def test_chapters_are_listed_once_in_order_with_their_headings_and_lengths() -> None:
    made = edition(rich_document())
    page = soup(made)
    links = page.select("nav ol a")
    assert [link.get_text() for link in links] == [mark.title for mark in made.timeline.marks]
    for link in links:
        heading = one(page, str(link["href"]))
        assert heading.name in {"h1", "h2", "h3"}
        assert heading["tabindex"] == "-1"
        assert heading.get_text() == link.get_text()
    lengths = [length.get_text() for length in page.select("nav .length")]
    assert lengths[1] == "7 seconds"  # four lines of 1.25 s and a second of silence: 6.0 to 7.25 s


def test_a_chapter_plays_from_its_mark_rounded_down_to_a_millisecond() -> None:
    made = edition(rich_document())
    played = [str(link["href"]) for link in soup(made).select(".play a")]
    starts = [mark.start * 1000 // made.timeline.rate_hz for mark in made.timeline.marks[1:]]
    assert played == [f"asthma.mp3#t={ms // 1000}.{ms % 1000:03}" for ms in starts]


def test_a_section_that_is_no_chapter_has_a_heading_but_no_anchor() -> None:
    made = edition(rich_document())
    first, *others = made.script.chapters
    merged = replace(others[1], lines=tuple(part for chapter in others[1:] for part in chapter.lines))
    marks = made.timeline.marks
    shorter = replace(
        made,
        script=replace(made.script, chapters=(first, others[0], merged)),
        timeline=replace(made.timeline, marks=(*marks[:2], replace(marks[2], end=marks[-1].end))),
        codecs={"mp3": replace(made.codecs["mp3"], chapters=made.codecs["mp3"].chapters[:3])},
    )
    page = soup(shorter)
    assert [h.get("id") for h in page.select("article section > :first-child")] == ["part-0", "part-1", None, None]


def test_every_file_on_offer_is_listed_with_its_size_and_what_it_is_for() -> None:
    made = edition(rich_document())
    page = soup(made)
    listed = [li.get_text(" ", strip=True) for li in page.select("ul.downloads li")]
    assert [str(link["href"]) for link in page.select("ul.downloads a")] == [
        "asthma.mp3", "timeline.json", "other.zip",
    ]  # fmt: skip
    assert "2.4 MB" in listed[0]
    assert "chapters" in listed[0]
    assert "podcast" in listed[0].lower()
    assert "other.zip" in listed[2]
    assert not soup(replace(made, offers=())).select("ul.downloads")


def test_tables_keep_caption_headers_scopes_and_spans() -> None:
    table = one(soup(edition(rich_document())), "article table")
    assert table.select_one("caption") is not None
    assert [(cell.get_text(), cell["scope"]) for cell in table.select("thead th")] == [
        ("Age", "col"), ("One dose", "col"), ("At most", "col"),
    ]  # fmt: skip
    assert [cell["scope"] for cell in table.select("tbody th")] == ["row", "row"]
    assert one(table, "td[rowspan]")["rowspan"] == "2"


def test_a_table_with_false_spans_and_empty_headers_is_still_a_valid_one() -> None:
    rows = (
        (cell(" ", "column"), cell("Dose", "column", rowspan=9, colspan=10**9)),
        (cell("Adults", "row", rowspan=70_000), cell("1 g")),
    )
    page = soup(edition(Document(text("Doses"), "en", (Table(rows),), ())))
    table = one(page, "article table")
    assert [(c.name, c.get("rowspan"), c.get("colspan")) for c in table.select("th,td")] == [
        ("td", None, None), ("th", "2", "1000"), ("th", None, None), ("td", None, None),
    ]  # fmt: skip
    assert not table.select("thead")  # its header reaches into the row below


def test_wide_tables_can_be_scrolled_by_keyboard() -> None:
    wide = Table((tuple(cell(f"Column {n}", "column") for n in range(4)), tuple(cell("x") for _ in range(4))))
    page = soup(edition(Document(text("Wide"), "en", (wide,), ())))
    assert one(page, "article .table")["tabindex"] == "0"


def test_only_very_long_words_of_a_table_are_broken_on_narrow_screens() -> None:
    rows = ((cell("Wirkung", "column"), cell("Gabe", "column")), (cell("Rückenmarksverletzung"), cell("1 g")))
    page = soup(edition(Document(text("Gaben"), "de", (Table(rows),), ())))
    assert [c.text for c in page.select("article .long")] == ["Rückenmarksverletzung"]
    assert not one(page, "article .table").has_attr("tabindex")
    wide = ((cell("Wirkungsweise", "column"), cell("Verabreichung", "column")), (cell("a"), cell("b")))
    page = soup(edition(Document(text("Gaben"), "de", (Table(wide),), ())))
    assert one(page, "article .table")["tabindex"] == "0"


def test_a_phone_number_in_a_page_from_right_to_left_keeps_its_order() -> None:
    number = Text((Run("06 555 1234", href="tel:+96265551234"),))
    name = Text((Run("العيادة", href="tel:+96265551234"),))
    paragraphs = (Paragraph(number), Paragraph(name))
    page = soup(edition(Document(text("العيادة"), "ar", paragraphs, ())))
    assert [[part["dir"] for part in link.select("span")] for link in page.select("article a")] == [["ltr"], []]
    page = soup(edition(Document(text("Clinic"), "en", paragraphs, ())))
    assert page.select("article a span") == []


def test_a_phone_number_in_a_passage_from_right_to_left_keeps_its_order() -> None:
    """In an Arabic passage of an English page its groups were shown the other way round."""
    words = Text(
        (Run("اتصل ", lang="ar"), Run("06 555 1234", lang="ar", href="tel:+96265551234"), Run(" الآن", lang="ar"))
    )
    page = soup(edition(Document(text("Clinic"), "en", (Paragraph(words),), ())))
    assert one(page, "article a span")["dir"] == "ltr"
    assert [part["dir"] for part in page.select("article .line > span")] == ["rtl", "rtl"]


def test_the_title_of_a_chapter_is_in_its_own_language_and_keeps_its_power_in_the_contents() -> None:
    """A screen reader's voice on Linux is given 10⁹ as 109 where no markup tells them apart."""
    power = Text((Run("Más de 10", lang="es"), Run("9", lang="es", position="sup")))
    made = edition(Document(text("Blood"), "en", (), (Section(power, 2, (paragraph("x"),)),)))
    named = '<span dir="ltr" lang="es">Más de 10<sup class="own">⁹</sup></span>'
    page = soup(made)
    assert page.select("nav ol a")[1].decode_contents() == named
    assert named in one(page, ".play a").decode_contents()
    assert named in page.select(".files a")[1].decode_contents()
    entry = Entry("blood", "Over 10⁹", "en", "A clinic", 10, 5, files={"index.html": 9})
    (listing, *_) = render_library(Library((entry,), "en"))
    assert b'>Over 10<sup class="own">\xe2\x81\xb9</sup></a>' in b"".join(blob.data for blob in listing.parts)


def test_lists_keep_the_numbers_of_their_items() -> None:
    page = soup(edition(rich_document()))
    assert [li.get("value") for li in page.select("article ol > li")] == ["3", None, "7"]
    assert one(page, "article ul ul").parent.name == "li"  # type: ignore[union-attr]


def test_a_numbered_item_without_a_number_shows_none() -> None:
    mixed = ItemList((item("one", 1), item("between"), item("two", 2)), ordered=True)
    page = soup(edition(Document(text("Steps"), "en", (mixed,), ())))
    assert [(li.get("value"), li.get("class")) for li in page.select("article ol > li")] == [
        (None, None), (None, ["plain"]), ("2", None),
    ]  # fmt: skip


def test_lists_may_nest_deeper_than_any_reader_follows() -> None:
    deep = ItemList((item("deepest"),))
    for _ in range(40):
        deep = ItemList((item("deeper", None, deep),))
    page = soup(edition(Document(text("Deep"), "en", (deep,), ())))
    assert len(page.select("article li")) == 41


def test_a_callout_says_its_urgency_in_words_the_sources_own_first() -> None:
    page = soup(edition(rich_document()))
    assert one(page, ".callout.urgent h3 .label").get_text() == "Urgent advice: "
    assert not page.select(".callout .unseen")
    assert one(page, ".callout.emergency .label").get_text() == "Immediate action required"


def test_a_text_alternative_that_repeats_the_caption_is_shown_once() -> None:
    from voicegen.model.document import Image

    same = Image(text("A cage."), text("A  cage."))
    made = edition(Document(text("Picture"), "en", (same,), ()), lines=[])
    assert one(soup(made), "figure").get_text().split() == ["A", "cage."]


def test_a_line_whose_text_is_not_on_the_page_is_refused_by_name() -> None:
    with pytest.raises(PublicationError, match="asthma: line lost stands nowhere"):
        html.page(edition(rich_document(), lines=[line("lost", 0, 1, number=999)]))


def test_an_id_given_to_two_lines_is_refused() -> None:
    twice = [line("same", 0, 3, number=0), line("same", 0, 3, number=1)]
    with pytest.raises(PublicationError, match="line same stands twice"):
        html.page(edition(rich_document(), lines=twice))


def test_a_chapter_without_a_heading_is_refused() -> None:
    made = edition(rich_document())
    chapters = (*made.script.chapters[:-1], replace(made.script.chapters[-1], title="Elsewhere"))
    with pytest.raises(PublicationError, match="chapter 'Elsewhere' has no heading"):
        html.page(replace(made, script=replace(made.script, chapters=chapters)))


HOSTILE = [
    "</span></p></article><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "<!-- --> ]]> <?php ?> {{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;amp; &#60;script&#62;",
    "javascript:alert(1)",
    "\u202eright to left\u2066 \ud800 \x00 \x1b[31m \ufffe \x85",
    "%(title)s {title} {0.__class__} ${x}",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_and_never_run(words: str) -> None:
    plain = soup(edition(_everywhere("x"), publisher="x"))
    markup = html.page(edition(_everywhere(words), publisher=words))
    markup.encode()
    page = BeautifulSoup(markup, "html5lib")
    assert [tag.name for tag in page.find_all(True)] == [tag.name for tag in plain.find_all(True)]
    for made in (page, plain):
        for tag in made.select("td.long, th.long"):
            del tag["class"]  # of a long word, hostile or not
    attributes = [[sorted(tag.attrs) for tag in made.find_all(True)] for made in (page, plain)]
    assert attributes[0] == attributes[1]
    visible = re.sub("[\x00\ud800\x1b\ufffe\x85]", "\ufffd", words)
    assert one(page, "h1").get_text() == visible
    assert page.title is not None
    assert visible.split()[0] in page.title.get_text()


def _everywhere(words: str) -> Document:
    runs = Text((Run(words, abbr=words, href='https://a.example/?q=<">', strong=True),))
    blocks = (
        Paragraph(runs),
        Callout("note", (paragraph(words),), text(words), text(words)),
        Table(((cell(words, "column"),), (cell(words, "row"),)), text(words)),
    )
    about = (("author", words), ("reviewed", words), ("url", words))
    return Document(text(words), "en", blocks, (Section(text(words), 2, blocks),), metadata=about)


def test_passages_in_other_languages_carry_language_and_direction() -> None:
    page = soup(edition(arabic_document()))
    root = one(page, "html")
    assert (root["lang"], root["dir"]) == ("ar", "rtl")
    english = one(page, 'article [lang="en"]')
    assert (english["dir"], english.get_text()) == ("ltr", "I need an interpreter.")
    assert one(page, "nav h2").get_text() == "الفصول"


def test_a_language_tag_that_is_none_is_left_out() -> None:
    assert in_language("words", 'x" onclick="y', "en") == "words"
    root = one(soup(edition(replace(rich_document(), lang="no language!"))), "html")
    assert (root["lang"], root["dir"]) == ("en", "ltr")


def test_words_of_ours_are_in_the_pages_language() -> None:
    page = soup(edition(replace(rich_document(), lang="fr")))
    assert one(page, "nav h2").get_text() == "Chapitres"
    assert one(page, ".intro").get_text().startswith("54\xa0secondes à écouter")
    assert "9 mars 2026" in one(page, "footer").get_text()


def test_a_language_without_words_falls_back_to_english_and_says_so() -> None:
    page = soup(edition(replace(rich_document(), lang="fa")))
    heading = one(page, "nav h2 > span")
    assert (heading["lang"], heading["dir"], heading.get_text()) == ("en", "ltr", "Chapters")
    title = one(page, 'article .play a[href$="7.249"] > span > span')
    assert (title["lang"], title["dir"]) == ("fa", "rtl")


def test_what_is_said_differently_can_be_inspected_each_form_once() -> None:
    said = one(soup(edition(rich_document(), changes=True)), ".said")
    rows = [[cell.get_text() for cell in row.select("td")] for row in said.select("tbody tr")]
    assert rows == [["500 mg", "some milligrams", "units"], ["120 mg", "some milligrams", "units"]]
    assert [phrase.get_text() for phrase in said.select("li")] == ["This recording has chapters."]


def test_a_form_keeps_the_markup_of_what_is_written() -> None:
    power = Paragraph(
        Text((Run("Up to 11.0 × 10"), Run("9", position="sup"), Run("/L", href="https://a.example/")))
    )
    made = edition(Document(text("Blood"), "en", (power,), ()))
    changed = (Change("powers", 15, 16, "to the power 9"), Change("units", 16, 18, "per litre"))
    spoken = Line("l", "paragraph", "Up to 11.0 × 109/L", "said", "en", 0, Target(1, 0, 18), changed)
    chapter = replace(made.script.chapters[0], lines=(spoken,))
    page = soup(replace(made, script=replace(made.script, chapters=(chapter,))))
    assert one(page, ".said tbody td:first-child").decode_contents() == "10<sup>9</sup>/L"


def test_where_nothing_is_said_differently_nothing_is_listed() -> None:
    made = edition(Document(text("Short"), "en", (paragraph("One sentence."),), ()), lines=[line("a", 0, 5)])
    spoken = replace(made.script.chapters[0].lines[0], shown="Short", spoken="Short")
    chapter = replace(made.script.chapters[0], lines=(spoken,))
    assert not soup(replace(made, script=replace(made.script, chapters=(chapter,)))).select(".said")


def test_the_page_has_no_script_or_style_inside_and_a_strict_policy() -> None:
    page = soup(edition(rich_document()))
    data = 'script:is([type="application/ld+json"], [type="application/json"])'
    assert not page.select(
        f'style, [style], [onclick], iframe, object, form, script:not([src="player.js"], {data})'
    )
    assert one(page, "script[src]").has_attr("defer")
    policy = str(one(page, "meta[http-equiv=Content-Security-Policy]")["content"])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_recording_is_named_never_plays_by_itself_and_holds_no_links() -> None:
    audio = one(soup(edition(rich_document())), "audio")
    assert audio.has_attr("controls")
    assert not audio.has_attr("autoplay")
    assert audio["preload"] == "metadata"
    assert not audio.select("a")


def test_the_same_edition_gives_the_same_bytes() -> None:
    first, second = list(html.render(edition(rich_document()))), list(html.render(edition(rich_document())))
    assert first == second
    assert [file.path for file in first] == ["index.html", "page.css", "player.js", "icon.svg", "sw.js"]


def test_pages_ask_for_nothing_but_their_own_files() -> None:
    for file in (*html.render(edition(rich_document())), *render_library(Library(()))):
        data = b"".join(part.data for part in file.parts).decode()
        assert not re.search(r"url\(|@import|src=\"(?:https?:)?//|<link[^>]*//", data), file.path


def test_templates_and_words_are_inside_the_package() -> None:
    folder = Path(html.__file__).parent
    assert {path.name for path in (folder / "templates").iterdir()} >= {"page.html", "page.css", "library.html"}
    assert {path.suffix for path in (folder / "words").iterdir() if path.is_file()} == {".toml"}
