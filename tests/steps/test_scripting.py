from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen import extensions
from voicegen.config import Rests
from voicegen.contracts import SourceFile
from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    Definition,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Run,
    Section,
    Table,
    Text,
    numbered,
    text,
    texts,
)
from voicegen.model.script import Script
from voicegen.steps.accounting import account
from voicegen.steps.proving import prove
from voicegen.steps.scripting import write


def script(
    *blocks: Block,
    sections: tuple[Section, ...] = (),
    lang: str = "en",
    depth: int = 3,
    speaks: set[str] | None = None,
) -> Script:
    document = numbered(Document(text("Back pain"), lang, blocks, sections))
    return write(document, Rests(), depth, "A clinic", lambda lang: speaks is None or lang in speaks)


def said(made: Script) -> list[str]:
    return [line.spoken for line in made.lines]


def body(*blocks: Block, **options: object) -> list[str]:
    """What is said between the opening and the ending."""
    return said(script(*blocks, **options))[2:-1]  # type: ignore[arg-type]


def section(heading: str, *blocks: Block, level: int = 2, inner: tuple[Section, ...] = ()) -> Section:
    return Section(text(heading), level, blocks, inner)


def items(*words: str, first: int | None = None) -> ItemList:
    numbers = [None if first is None else first + at for at in range(len(words))]
    return ItemList(
        tuple(Item((Paragraph(text(word)),), number) for word, number in zip(words, numbers, strict=True)),
        first is not None,
    )


def test_a_recording_opens_with_title_publisher_and_contents_and_closes_with_its_end() -> None:
    made = script(sections=(section("Causes", Paragraph(text("Many."))), section("Treatment")))
    words = said(made)
    assert words[0] == "Back pain"
    assert "A clinic" in words[1]
    assert "3" in words[2]
    assert words[3:5] == ["Causes", "Treatment"]
    assert words[-1] == "End of Back pain."
    assert [(chapter.id, chapter.level) for chapter in made.chapters] == [
        ("back-pain", 1),
        ("causes", 2),
        ("treatment", 2),
    ]


def test_many_headings_are_counted_and_not_read_out() -> None:
    made = script(sections=tuple(section(f"Part {n}") for n in range(30)))
    assert len(made.chapters[0].lines) == 3


def test_a_page_in_a_language_without_words_of_ours_hears_none_of_them() -> None:
    made = script(Paragraph(text("Bore da.")), items("un"), sections=(section("Achosion"),), lang="cy")
    assert said(made) == ["Back pain", "Bore da.", "un", "Achosion"]


def test_headings_below_the_depth_are_spoken_but_are_no_chapters() -> None:
    deep = section("Drugs", Paragraph(text("Some.")), level=3)
    made = script(sections=(section("Treatment", inner=(deep,)),), depth=2)
    assert [chapter.id for chapter in made.chapters] == ["back-pain", "treatment"]
    assert "Drugs" in said(made)


def test_numbered_items_carry_their_numbers_and_bullets_do_not() -> None:
    assert body(items("Rest.", "Ice.", first=3)) == ["3.", "Rest.", "4.", "Ice."]
    assert body(items("Rest.", "Ice.")) == ["Rest.", "Ice."]


def nested(*blocks: Block, number: int | None = None) -> Item:
    return Item(blocks, number)


def test_a_list_in_an_item_is_announced_with_its_length_and_closed_where_the_outer_one_goes_on() -> None:
    fruit = nested(Paragraph(text("Eat fibre")), items("Fruit", "Beans", "Oats"))
    water = nested(Paragraph(text("Drink")))
    assert body(ItemList((fruit, water)), Paragraph(text("Rest."))) == [
        *("Eat fibre", "3 points:", "Fruit", "Beans", "Oats", "End of these points.", "Drink", "Rest."),
    ]
    assert body(ItemList((water, fruit)), Paragraph(text("Rest.")))[-2:] == ["Oats", "Rest."]


def test_a_lead_in_with_a_colon_announces_the_inner_list_itself() -> None:
    signs = nested(Paragraph(text("Call if you feel:")), items("faint"))
    assert body(ItemList((signs, signs)))[:3] == ["Call if you feel:", "faint", "End of these points."]


def test_the_number_of_the_outer_list_tells_that_it_goes_on_but_not_after_numbers() -> None:
    bullets = nested(Paragraph(text("Wash")), items("hands", "feet"), number=1)
    numbers = nested(Paragraph(text("Wash")), items("hands", first=1), number=1)
    dry = nested(Paragraph(text("Dry")), number=2)
    assert body(ItemList((bullets, dry), True)) == ["1.", "Wash", "2 points:", "hands", "feet", "2.", "Dry"]
    assert body(ItemList((numbers, dry), True)) == [
        *("1.", "Wash", "1 point:", "1.", "hands", "End of these points.", "2.", "Dry"),
    ]
    more = nested(Paragraph(text("Wash")), items("hands"), Paragraph(text("Then rest.")), number=1)
    assert body(ItemList((more,), True))[-3:] == ["hands", "End of these points.", "Then rest."]


@pytest.mark.parametrize(
    ("lang", "said_around"),
    [
        ("es", ["2 puntos:", "Fin de estos puntos."]),
        ("fr", ["2 points :", "Fin de ces points."]),
        ("de", ["2 Punkte:", "Ende dieser Punkte."]),
        ("cy", []),
    ],
)
def test_inner_lists_are_framed_in_the_pages_language_or_not_at_all(lang: str, said_around: list[str]) -> None:
    outer = ItemList((nested(Paragraph(text("Uno")), items("a1", "b1")), nested(Paragraph(text("Dos")))))
    lines = script(outer, lang=lang).lines
    assert [line.spoken for line in lines if line.role == "frame"] == said_around
    assert said(script(outer, lang=lang)).count("Dos") == 1


def test_a_list_without_words_of_its_items_own_before_it_is_no_inner_list() -> None:
    assert body(ItemList((nested(items("Rest")), nested(Paragraph(text("Ice")))))) == ["Rest", "Ice"]


def page_of(html: str, name: str = "page.html") -> list[str]:
    """What is said of a page in the middle of its recording; the proof and the account find nothing wrong."""
    document = extensions.source(name).read(SourceFile(name, html.encode(), "en"))
    made = write(document, Rests(), 3, "", lambda lang: True)
    assert prove(document, made, name) == []
    assert account(document, made, name, html).unaccounted == ()
    return [line.spoken for line in made.lines if line.role not in ("title", "opening", "ending", "heading")]


def test_notes_of_a_markdown_page_say_which_they_are_and_marks_are_silent() -> None:
    said = page_of(
        "# Pain\n\nTake 2 tablets[^1] a day. It may help.[^x]\n\n[^1]: Each has 200 mg.\n[^x]: For adults.\n",
        "a.md",
    )
    assert said == [
        *("Take 2 tablets a day.", "It may help."),
        *("Note 1:", "Each has 200 milligrams.", "Note 2:", "For adults."),
    ]


def test_notes_of_an_html_page_do_too() -> None:
    said = page_of(
        "<html lang=en><body><h1>Pain</h1><p>Take 2 tablets<sup><a href='#fn1' id=r1>1</a></sup> a day, never"
        " more<sup><a href='#fn2' id=r2>2</a></sup>.</p><h2>Notes</h2><ol><li id=fn1>Each has 200 mg."
        " <a href='#r1'>↩</a></li><li id=fn2>Not in pregnancy. <a href='#r2'>↩</a></li></ol></body></html>"
    )
    assert said == [
        "Take 2 tablets a day, never more.",
        *("Note 1:", "Each has 200 milligrams.", "Note 2:", "Not in pregnancy."),
    ]


def test_an_ordinary_numbered_list_is_no_list_of_notes() -> None:
    said = page_of(
        "<html lang=en><body><h1>Pain</h1><p>It helps<sup><a href='#ref3'>3</a></sup> most people.</p><ol><li>Sit"
        " down.</li><li>Breathe in.</li></ol></body></html>"
    )
    assert said == ["It helps most people.", "1.", "Sit down.", "2.", "Breathe in."]


def test_a_note_that_is_a_paragraph_begins_with_its_mark_in_words() -> None:
    said = page_of(
        "<html lang=en><body><h1>Pain</h1><p>Take 5 mg* a day, 2 ml<sup>a</sup> at night, 3 g<sup>4</sup> never."
        "</p><p>* With food.</p><p><sup>a</sup> Not in children.</p><p><sup>4</sup> See below.</p></body></html>"
    )
    assert said == [
        "Take 5 milligrams a day, 2 millilitres at night, 3 grams never.",
        *("Note star:", "With food.", "Note A:", "Not in children.", "Note 4:", "See below."),
    ]


def test_a_note_is_known_by_a_mark_that_touches_it_and_half_a_tablet_is_none() -> None:
    said = page_of(
        "<html lang=en><body><h1>Pain</h1><p>Take 5 mg<sup>a</sup> and 2 g<sup>1</sup> daily.</p><p>"
        "<sup>1</sup>/<sub>2</sub> tablet</p><p><sup>a</sup>Not in children.</p>"
        "<p><sup>1</sup>5 mg only.</p></body></html>"
    )
    assert said == [
        *("Take 5 milligrams and 2 grams daily.", "half a tablet"),
        *("Note A:", "Not in children.", "Note 1:", "5 milligrams only."),
    ]


def test_in_a_table_a_mark_belongs_to_its_cell_and_is_said_there() -> None:
    said = page_of(
        "<html lang=en><body><h1>Pain</h1><table><caption>Doses</caption><tr><th>Age</th><th>Dose*</th></tr><tr>"
        "<td>Adults</td><td>5 mg<sup>a</sup></td></tr><tr><td>Children</td><td>2 mg†</td></tr><tr><td colspan=2>"
        "* In 24 hours.</td></tr></table><p><sup>a</sup> Not in pregnancy.</p><p>† Not under 2 years.</p></body>"
    )
    assert said[2:-1] == [
        *("Age:", "Adults", "Dose:", "See note star.", "5 milligrams", "See note A."),
        *("Age:", "Children", "Dose:", "2 milligrams", "See note dagger."),
        *("Note star:", "In 24 hours.", "End of table."),
        *("Note A:", "Not in pregnancy.", "Note dagger:"),
    ]


@pytest.mark.parametrize(
    ("own", "lines"),
    [
        ("", [("Publicado por Hill Clinic and Spa.", "es")]),
        ("es-MX", [("Publicado por Hill Clinic y Spa.", "es")]),
        ("en", [("Publicado por", "es"), ("Hill Clinic and Spa.", "en")]),
        ("cy", [("Publicado por", "es"), ("Hill Clinic & Spa.", "es")]),
    ],
)
def test_the_publishers_name_is_said_by_a_voice_of_its_own_language(
    own: str, lines: list[tuple[str, str]]
) -> None:
    document = numbered(Document(text("Asma"), "es", (Paragraph(text("Hola.")),), ()))
    name = "Hill Clinic and Spa" if own == "" else "Hill Clinic & Spa"
    made = write(document, Rests(), 3, name, lambda lang: lang != "cy", publisher_lang=own)
    assert [(line.spoken, line.lang) for line in made.lines][1:-2] == lines
    assert bool(made.notices) == (own == "cy")
    assert (
        account(document, made, "x.md", "# Asma\n\nHola.\n", publisher=name, publisher_lang=own).unaccounted == ()
    )


def test_a_cell_is_said_with_the_headers_of_its_column_and_spans_in_every_row() -> None:
    def cell(words: str, header: str = "", rowspan: int = 1) -> Cell:
        return Cell((Paragraph(text(words)),), header, 1, rowspan)  # type: ignore[arg-type]

    table = Table(
        (
            (cell("Age", "column"), cell("Strength", "column"), cell("Dose", "column")),
            (cell("1 year", "row"), cell("120 mg", rowspan=2), cell("5 g")),
            (cell("2 years", "row"), cell("10 g")),
        ),
        text("Doses"),
    )
    words = body(table)
    assert words[0] == "Doses"
    assert words[2:-1] == [
        *("Age:", "1 year", "Strength:", "120 milligrams", "Dose:", "5 grams"),
        *("Age:", "2 years", "Strength:", "120 milligrams", "Dose:", "10 grams"),
    ]


def test_images_are_said_once_and_decoration_is_silent() -> None:
    assert body(Image(text("A knee."), text("A knee."))) == ["A knee."]
    assert body(Image(text("A knee."), text("Front view.")))[1:] == ["A knee.", "Front view."]
    assert body(Image(text(""))) == body(Image(None)) == []


def test_a_boxs_urgency_comes_first_in_its_own_words_or_in_ours() -> None:
    inside = (Paragraph(text("Call 999.")),)
    assert (
        body(Callout("emergency", inside, text("Immediate action required:")))[0] == "Immediate action required:"
    )
    assert "mmediate" in body(Callout("emergency", inside))[0]


def test_definitions_quotations_and_closed_summaries_are_read_whole() -> None:
    terms = DefinitionList((Definition((text("MRI"),), ((Paragraph(text("A scan.")),),)),))
    assert body(terms) == ["M R I", "A scan."]
    assert "It healed." in body(Quotation((Paragraph(text("It healed.")),)))
    assert body(Disclosure(text("More"), (Paragraph(text("Hidden.")),))) == ["More", "Hidden."]


def test_a_minus_stays_with_its_number_where_the_language_changes_between_them() -> None:
    """Danger: a sign alone is nothing to say, and minus 5 would be 5."""
    words = Text((Run("\N{MINUS SIGN}"), Run("5 °C le soir.", lang="fr")))
    assert body(Paragraph(words)) == ["moins 5 degrés Celsius le soir."]


def in_german(words: str) -> Text:
    return Text((Run(words, lang="de"),))


def test_what_is_said_again_is_said_in_its_own_language_and_by_its_rules() -> None:
    """A German "1.500 mg" that spans two rows was one and a half milligrams in the second."""
    rows = (
        (Cell((Paragraph(in_german("Menge")),), "column"), Cell((Paragraph(text("When")),), "column")),
        (Cell((Paragraph(in_german("1.500 mg")),), rowspan=2), Cell((Paragraph(text("Morning")),))),
        (Cell((Paragraph(text("Evening")),)),),
    )
    sections = (Section(in_german("Höchstens 1,5 mg"), 2, (Table(rows),)),)
    document = numbered(Document(text("Doses"), "en", (), sections))
    made = write(document, Rests(), 3, "", lambda lang: True)
    again = [(line.spoken, line.lang) for line in made.lines if line.target is None]
    assert ("Höchstens 1,5 Milligramm", "de") in again
    assert [one for one in again if one[0] == "Menge:"] == [("Menge:", "de")] * 2
    assert ("1.500 Milligramm", "de") in again
    assert ("When:", "en") in again
    found = account(document, made, "x.docx", "")
    assert not found.unaccounted
    assert prove(document, made, "x.docx", found) == []


def test_what_is_said_again_in_a_language_without_a_voice_is_said_by_the_pages() -> None:
    document = numbered(Document(text("Doses"), "en", (), (Section(in_german("Wann"), 2, ()),)))
    made = write(document, Rests(), 3, "", lambda lang: lang == "en")
    assert [line.lang for line in made.lines if line.spoken == "Wann"] == ["en", "en"]
    assert not account(document, made, "x.docx", "").unaccounted


def test_a_passage_in_another_language_has_its_voice_and_staff_hear_of_a_missing_one() -> None:
    mixed = Paragraph(Text((Run("Ask "), Run("où", lang="fr"), Run(" or "), Run("ble", lang="cy"), Run("."))))
    made = script(mixed, speaks={"en", "fr"})
    lines = [line for line in made.lines if line.target and line.role == "paragraph"]
    assert [(line.shown.strip(" ."), line.lang) for line in lines] == [
        ("Ask", "en"),
        ("où", "fr"),
        ("or", "en"),
        ("ble", "en"),
    ]
    assert any("'cy'" in notice for notice in made.notices)


def test_silence_is_longer_before_a_heading_than_after_a_paragraph_than_between_sentences() -> None:
    made = script(
        Paragraph(text("One. Two.")),
        Paragraph(text("Three.")),
        sections=(section("Next", Paragraph(text("Four."))),),
    )
    rest = {line.spoken: line.rest_ms for line in made.lines}
    assert rest["Three."] > rest["Two."] > rest["One."] > 0


def test_the_same_words_twice_have_two_ids_and_one_clip() -> None:
    made = script(Paragraph(text("Rest.")), Paragraph(text("Rest.")), sections=(section("Rest"), section("Rest")))
    ids = [line.id for line in made.lines]
    assert len(set(ids)) == len(ids)
    assert len({chapter.id for chapter in made.chapters}) == 3


def test_titles_in_every_script_get_plain_anchors() -> None:
    titles = ("Übelkeit", "الأعراض", "症状", "2 days", "!!!", "part-1", "Índice", "a" * 300)
    made = script(sections=tuple(section(title) for title in titles))
    for chapter in made.chapters:
        assert chapter.id.isascii()
        assert chapter.id[0].isalpha()
        assert set(chapter.id) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert len(chapter.id) <= 70


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
paragraphs = st.lists(words.map(lambda word: Paragraph(text(word))), max_size=5)


@pytest.mark.fault("F32", "whatever the structure, every letter and digit is in exactly one line")
@settings(max_examples=80, deadline=None)
@given(paragraphs, st.lists(st.tuples(words, paragraphs), max_size=4))
def test_every_letter_and_digit_of_every_text_is_in_exactly_one_line(
    blocks: list[Paragraph], parts: list[tuple[str, list[Paragraph]]]
) -> None:
    sections = tuple(Section(text(title), 2, tuple(inside)) for title, inside in parts)
    document = numbered(Document(text("T"), "en", tuple(blocks), sections))
    made = write(document, Rests(), 3, "", lambda lang: True)
    covered: dict[int, list[tuple[int, int]]] = {}
    for line in made.lines:
        if line.target:
            covered.setdefault(line.target.text, []).append((line.target.start, line.target.end))
    for piece in texts(document):
        spans = sorted(covered.get(piece.number, []))
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        for at, mark in enumerate(piece.plain):
            if mark.isalnum():
                assert any(start <= at < end for start, end in spans), (piece.plain, at)


def test_a_cell_with_a_dot_or_a_plus_alone_is_not_said_to_be_empty() -> None:
    head = "<tr><th>Medicine<th>Children<th>Adults</tr>"
    rows = "<tr><td>Ibuprofen<td>●<td></tr><tr><td>Aspirin<td>++<td>–</tr>"
    spoken = page_of(f"<h1>Pain</h1><table>{head}{rows}</table>")
    assert [words for words in spoken if words in ("yes", "empty", "plus plus", "minus")] == [
        "yes",
        "empty",
        "plus plus",
        "minus",
    ]


def test_a_minus_sign_alone_is_a_result_and_a_dash_beside_it_is_none() -> None:
    rows = "<tr><td>Glucose<td>+</tr><tr><td>Ketones<td>−</tr><tr><td>Protein<td>–</tr>"
    spoken = page_of(f"<h1>Urine</h1><table><tr><th>Test<th>Result</tr>{rows}</table>")
    assert [words for words in spoken if words in ("plus", "minus", "empty")] == ["plus", "minus", "empty"]
