from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.config import Rests
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
