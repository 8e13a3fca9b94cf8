"""Nothing is lost without being noticed: each test takes something out of what would be spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.sources.pages import FILLER
from voicegen import extensions
from voicegen.config import Rests, Settings
from voicegen.contracts import SourceFile
from voicegen.errors import PublicationError
from voicegen.model.account import Account, Unaccounted
from voicegen.model.document import Document
from voicegen.model.script import Line, Script
from voicegen.pages import PageFile
from voicegen.sources.decoding import decode
from voicegen.speech import RULES
from voicegen.steps import heard
from voicegen.steps.accounting import account, check
from voicegen.steps.losses import LOST
from voicegen.steps.scripting import write

PAGES = sorted(path for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})
MORE = sorted((ROOT / "tests/golden").glob("*/in/*.*"))


def read(path: Path) -> tuple[Document, Script, str]:
    file = PageFile(path.stem, path.name, path).read(Settings(ROOT))
    document = extensions.source(path.name).read(file)
    script = write(document, Rests(), 3, "", lambda lang: True)
    return document, script, decode(file, labelled=path.suffix == ".html")[0]


def without(script: Script, line: str) -> Script:
    chapters = tuple(
        replace(chapter, lines=tuple(one for one in chapter.lines if one.id != line))
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)


@pytest.mark.parametrize("path", [*PAGES, *MORE], ids=lambda path: path.name)
def test_every_word_of_our_own_pages_is_accounted_for(path: Path) -> None:
    document, script, source = read(path)
    assert account(document, script, path.name, source).unaccounted == ()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_line_that_is_not_spoken_is_noticed(path: Path) -> None:
    document, script, source = read(path)
    lines = [line for line in script.lines if line.target]
    for line in lines[::5]:
        assert account(document, without(script, line.id), path.name, source).unaccounted, line.shown


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_piece_that_the_reader_forgot_to_name_is_noticed(path: Path) -> None:
    document, script, source = read(path)
    for at, piece in enumerate(document.left_out):
        if piece.text.strip() and piece.reason.name not in {"CODE", "METADATA", "HIDDEN"}:
            forgot = replace(document, left_out=document.left_out[:at] + document.left_out[at + 1 :])
            assert account(forgot, script, path.name, source).unaccounted, piece.text


def of(markup: str, name: str = "knee.html", lang: str = "en") -> tuple[Document, Script, str]:
    """A page, its script, and its source."""
    source = f'<html lang="{lang}"><body><main><h1>Knee pain</h1>{FILLER}{markup}</main></body></html>'
    return scripted(source if name.endswith("html") else markup, name)


def scripted(source: str, name: str) -> tuple[Document, Script, str]:
    document = extensions.source(name).read(SourceFile(name, source.encode()))
    return document, write(document, Rests(), 3, "", lambda lang: True), source


def accounted(markup: str, name: str = "knee.html", lang: str = "en") -> Account:
    document, script, source = of(markup, name, lang)
    return account(document, script, name, source)


def lost(markup: str, name: str = "knee.html") -> list[str]:
    return [one.text for one in accounted(markup, name).unaccounted]


@pytest.mark.parametrize("path", [*PAGES, *MORE], ids=lambda path: path.name)
def test_the_sums_of_every_page_are_all_its_words(path: Path) -> None:
    document, script, source = read(path)
    words = account(document, script, path.name, source).totals
    parts = (words.as_shown, words.transformed, words.silent, words.left_out, words.no_text)
    assert sum(parts) == words.source > 60
    assert words.as_shown > words.source / 2


@pytest.mark.parametrize(
    "markup",
    [
        "<p>10<sup>9</sup>/L of H<sub>2</sub>O, R<sub>x</sub>, <b>95</b>%, 1<b>.5</b> and <i>5</i> – <i>7</i></p>",
        "<p>Take <del>two tablets</del> one tablet<ins> a day</ins>.</p>",
        '<p>Press <img src="ok.png" width="16" alt="the green button"> twice.</p>',
        '<p>The scan <img src="a.jpg" alt="A knee from the side"> shows it.</p>',
        "<p>soft\u00adhyphen, zero\u200bwidth, caf\u0065\u0301 &amp; fianc&eacute;</p>",
        "<p>one<!-- not this -->two <!--> three --!> four</p>",
        "<script>if (a < b) { not(this) }</script><style>p { not: this }</style><p>after</p>",
        "<template><p>not rendered</p></template><video>No video here</video><p>after</p>",
        "<p title=\"a > b\" data-x='c > d' class=e>after</p><?php echo 1 > 2 ?><% not this %><p>more</p>",
        "<p>5 < 6 and 7 > 6, x<y</p>",
        "<p>One<p>Two<ul><li>Three<li>Four</ul><p>1. Five<br>2. Six<br>3. Seven</p>",
        '<figure><img src="a.jpg" alt="A knee"><figcaption>A knee</figcaption></figure>',
        "<table><tr><th>Age<th>Dose<th>Never<tr><td>6<td>5 ml<td></table>",
        '<details><summary>What now?</summary>Rest.</details><nav><a href="/">Home</a> <a href="/b">No</a></nav>',
        "<p>It swells.<sup>1</sup> It aches.<sup>[2]</sup></p><p>✓</p><p>–</p>",
        "<table><tr><th>Week<th>Dose<tr><td>1.–2.<td>½</table>",
        "<p>Same words.</p><p>Other words.</p><h2>Again</h2><p>Same words.</p>",
    ],
)
def test_markup_inside_and_between_words_raises_no_alarm(markup: str) -> None:
    assert lost(markup) == []


def test_line_breaks_between_japanese_words_and_reading_aids_raise_no_alarm() -> None:
    assert (
        accounted("<p>この<ruby>膝<rt>ひざ</rt></ruby>の関節は<br>大きいです。</p>", lang="ja").unaccounted == ()
    )


@pytest.mark.parametrize(
    "source",
    [
        '# Knee\n\nSee [our page](http://clinic.example/a_(b) "not this") or <https://clinic.example>.[^1]\n\n'
        "[^1]: A note.\n\n3. three\n1. four\n\n| a | b |\n|---|---|\n| c | <5 mg |\n\n```python\ncode\n```\n",
        "---\ntitle: Knee\ntags: [a, b]\n---\n> quote\n> more\n\n[one][two]\n\n[two]: http://clinic.example 'x'\n",
        "Knee pain\n\nIt aches in [square] brackets (and round ones).\n",
    ],
)
def test_marks_of_markdown_raise_no_alarm(source: str) -> None:
    assert lost(source, "knee.md") == []


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("knee.md", "| Drug | Morning | Night |\n|---|---|---|\n| Alpha | 1 | 2 |\n| Beta | 2 | 1/2 |"),
        ("knee.txt", "Drug   Morning   Night\nAlpha  1         2\nBeta   2         1/2"),
        ("knee.txt", "Drug\tMorning\tNight\nAlpha\t1\t2\nBeta\t2\t1/2"),
    ],
)
def test_the_number_of_a_cell_is_not_the_one_of_a_typed_item(name: str, table: str) -> None:
    steps = "1. Take it with food.\n2. Do not drive."
    assert lost(f"Knee pain\n\n{steps}\n\n{table}\n", name) == []
    assert lost(f"Knee pain\n\n{table}\n\n{steps}\n", name) == []


def test_a_long_table_of_plain_text_is_accounted_for() -> None:
    rows = "\n".join(f"Alpha{at}\t{5 * at} mg\t{7 * at} mg with food\t{at} g" for at in range(1, 120))
    assert lost(f"Knee pain\n\nDrug\tMorning\tNoon\tMost\n{rows}\n\nRest.\n", "knee.txt") == []


@pytest.mark.parametrize("name", ["knee.txt", "knee.md"])
def test_the_number_of_a_typed_item_is_the_items_own_or_it_is_lost(name: str) -> None:
    document, script, source = scripted("Steps\n\n1. Sit down.\n2. Breathe in.\n", name)
    assert account(document, script, name, source).unaccounted == ()
    bullets = replace(document, blocks=tuple(unnumbered(block) for block in document.blocks))
    without_numbers = write(bullets, Rests(), 3, "", lambda lang: True)
    lost = account(bullets, without_numbers, name, source).unaccounted
    assert [(one.text, one.what) for one in lost] == [("1.", LOST), ("2.", LOST)]


def unnumbered(block: Any) -> Any:
    return replace(block, items=tuple(replace(item, number=None) for item in block.items))


def test_what_an_element_that_was_never_closed_swallows_is_noticed() -> None:
    words = " ".join(f"word{number}" for number in range(150))
    assert lost(f"<p>before</p><video><p>{words}</p></video><p>after</p>")[0].startswith("word0 word1 ")


def test_what_has_no_line_of_its_own_says_why() -> None:
    found = accounted(
        '<p>It swells.<sup class="reference">1</sup> <sup class="reference">2</sup></p><table>'
        "<tr><th>Age<th>Dose<th>Never<tr><td>6<td>5 ml<td><tr><td>7<td>6 ml<td></table>"
        '<figure><img src="a.jpg" alt="A knee"><figcaption>A knee</figcaption></figure>'
    )
    said = {piece.text: piece.why for piece in found.silent}
    assert said["Age"] == said["Dose"] == heard.SAID_WITH_CELLS
    assert said["A knee"] == heard.SAID_BY_CAPTION
    assert any(form.shown == "[1 2]" and not form.spoken for form in found.transformed)


def test_a_transformed_word_names_its_rule_and_the_line_where_it_first_stands() -> None:
    found = accounted("\n<p>Take 5 mg.</p>\n<p>Take 5 mg.</p>\n<h2>Now</h2>\n<p>Then 5 mg.</p>")
    (form,) = [form for form in found.transformed if "mg" in form.shown]
    assert form.spoken.endswith("milligrams")
    assert form.rule in RULES
    assert (form.line, form.times) == (2, 3)
    assert found.totals.transformed >= 3


def test_frame_words_are_listed_as_ours() -> None:
    found = accounted("<table><tr><th>Age<th>Dose<tr><td>6<td>5 ml<tr><td>7<td>6 ml</table>")
    added = {words.spoken: words.times for words in found.added}
    assert added["End of table."] == 1
    assert added["Age:"] == 2


def test_a_title_that_the_source_does_not_show_is_told() -> None:
    document, script, source = scripted(FILLER, "sore-knee.html")
    found = account(document, script, "sore-knee.html", source)
    assert found.not_in_source == ("sore knee",)
    assert found.unaccounted == ()
    assert account(document, script, "other.html", source).unaccounted[0].text == "sore knee"


def test_a_line_that_its_rules_do_not_explain_is_noticed() -> None:
    document, script, source = of("<p>Do not take it.</p>")
    (line,) = [line for line in script.lines if line.shown == "Do not take it."]
    for wrong in (replace(line, spoken="Do take it."), replace(line, shown="Do take it.", spoken="Do take it.")):
        changed = changed_line(script, wrong)
        assert [one.text for one in account(document, changed, "knee.html", source).unaccounted] == [
            "Do not take it."
        ]


def changed_line(script: Script, line: Line) -> Script:
    chapters = tuple(
        replace(chapter, lines=tuple(line if one.id == line.id else one for one in chapter.lines))
        for chapter in script.chapters
    )
    return replace(script, chapters=chapters)


def test_a_kind_of_source_that_only_its_own_reader_can_read_is_accounted_for_from_there() -> None:
    document, script, _ = of("<p>Take 5 mg.</p><nav>Home</nav>")
    found = account(document, script, "knee.docx", "")
    assert not found.counted
    assert found.unaccounted == ()
    assert found.totals.left_out == 1
    assert account(document, without(script, script.lines[-2].id), "knee.docx", "").unaccounted


def test_the_message_names_a_dozen_pieces_with_their_lines() -> None:
    check(Account(), "knee.html")
    lost = tuple(Unaccounted(f"word{number} " * 30, number, LOST) for number in range(1, 20))
    with pytest.raises(PublicationError) as caught:
        check(Account(unaccounted=lost), "knee.html")
    assert "knee.html: the recording would not have all of the page: line 1: “word1 word1" in str(caught.value)
    assert "line 12: " in str(caught.value)
    assert "line 13: " not in str(caught.value)
    assert "and 7 more places" in str(caught.value)
