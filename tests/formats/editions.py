"""Editions made by hand: a small Document, a Script with a line for each Text, one second for each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup, Tag

from voicegen.model.blob import Blob
from voicegen.model.document import (
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
from voicegen.model.edition import Codec, Edition, EncodedChapter, Offer, Page
from voicegen.model.script import Change, Chapter, Line, Script, Target
from voicegen.model.timeline import Cue, Mark, Timeline
from voicegen.model.written import name_of

RATE = 22_050
PUBLISHER = "Riverside Spine and Health Centre"


def paragraph(words: str) -> Paragraph:
    return Paragraph(text(words))


def item(words: str, number: int | None = None, *more: ItemList) -> Item:
    return Item((paragraph(words), *more), number)


def cell(words: str, header: str = "", **spans: int) -> Cell:
    return Cell((paragraph(words),), header, **spans)  # type: ignore[arg-type]


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def line(name: str, start: int, end: int, number: int = 0) -> Line:
    return Line(name, "paragraph", "shown", "spoken", "en", 0, Target(number, start, end))


def edition(
    document: Document,
    *,
    page_id: str = "asthma",
    lines: Sequence[Line] | None = None,
    changes: bool = False,
    publisher: str = PUBLISHER,
) -> Edition:
    """An Edition of a document: a line for each sentence, or the given `lines` in one chapter."""
    document = numbered(document)
    chapters = tuple(_chapters(document, changes)) if lines is None else (_whole(document, lines),)
    script = Script(document.lang, chapters)
    return Edition(
        Page(page_id, f"{page_id}.html", publisher, "espeak-ng, British English"),
        document,
        script,
        _timeline(script),
        {name: _codec(name, script) for name in ("mp3", "phone")},
        offers=(
            Offer("timeline.json", "timings", 9_100),
            Offer("other.zip", "of another maker", 1_200_000),
            Offer(f"{page_id}.mp3", "mp3", 2_400_000),
        ),
    )


def _whole(document: Document, lines: Sequence[Line]) -> Chapter:
    return Chapter("start", name_of(document.title), 1, 500, tuple(lines))


def _chapters(document: Document, changes: bool) -> Iterator[Chapter]:
    opening = [document.title, *texts(document.blocks)]
    frame = Line("l-contents", "opening", "", "This recording has chapters.", document.lang, 300)
    yield Chapter("start", name_of(document.title), 1, 500, (*_lines(opening, document.lang, changes), frame))
    for number, section in enumerate(document.all_sections()):
        lines = tuple(_lines([section.heading, *texts(section.blocks)], document.lang, changes))
        yield Chapter(f"part-{number}", name_of(section.heading), section.level, 500, lines)


def _lines(pieces: Sequence[Text], lang: str, changes: bool) -> Iterator[Line]:
    for piece in pieces:
        for number, found in enumerate(re.finditer(r"\S.*?(?:[.!?](?=\s)|\Z)", piece.plain, re.DOTALL)):
            shown = found.group()
            dose = re.search(r"\d+ mg", shown) if changes else None
            said = (Change("units", dose.start(), dose.end(), "some milligrams"),) if dose else ()
            spoken = shown.replace(dose.group(), "some milligrams") if dose else shown
            target = Target(piece.number, found.start(), found.end())
            yield Line(f"l{piece.number}-{number}", "paragraph", shown, spoken, lang, 300, target, said)


def _timeline(script: Script) -> Timeline:
    marks, now = [], 0
    for chapter in script.chapters:
        start = now
        cues = []
        for line in chapter.lines:
            cues.append(Cue(line.id, now + RATE // 4, now + RATE))
            now += RATE + RATE // 4
        now += RATE
        marks.append(Mark(chapter.id, chapter.title, chapter.level, start, now, tuple(cues)))
    return Timeline(RATE, tuple(marks))


def _codec(name: str, script: Script) -> Codec:
    body, tail = Blob(48_000), Blob(500)
    return Codec(name, RATE, 1105, 48, tuple(EncodedChapter(body, tail, RATE) for _ in script.chapters))


def rich_document() -> Document:
    """A page with every kind of block, in the order of a clinic's page."""
    doses = Table(
        (
            (cell("Age", "column"), cell("One dose", "column"), cell("At most", "column")),
            (cell("3 to 5 months", "row"), cell("2.5 ml"), cell("4 times in 24 hours", rowspan=2)),
            (cell("6 to 23 months", "row"), cell("5 ml")),
        ),
        text("Liquid paracetamol, 120 mg in 5 ml"),
    )
    urgent = Callout(
        "urgent",
        (ItemList((item("your temperature is 38 °C or more"), item("a leg becomes weaker"))),),
        Text((Run("Urgent advice: ", hidden=True),)),
        text("Call our nurses today if:"),
    )
    steps = ItemList(
        (item("Sit up straight.", 3), item("Take 1 puff every 30–60 seconds.", 4), item("Rest.", 7)), ordered=True
    )
    nested = ItemList((item("Scar tissue", None, ItemList((item("around a nerve"), item("in a joint")))),))
    marked = Paragraph(
        Text(
            (
                Run("White cells: 4.0–11.0 × 10"),
                Run("9", position="sup"),
                Run("/L. The "),
                Run("CRP", abbr="C-reactive protein"),
                Run(" is below 500 mg. Call "),
                Run("01632 960 123", href="tel:+441632960123", strong=True),
                Run(" or say "),
                Run("rwy’n sâl", lang="cy"),
                Run(".", em=True),
                Run("1", position="note", href="#fn1"),
            )
        )
    )
    return Document(
        text("Failed spinal fusion"),
        "en-GB",
        (
            paragraph("A fusion joins bones. It has failed when pain of L4–L5 stays after 6 months."),
            Callout("emergency", (paragraph("Call 999 if you can’t feel your legs."),)),
        ),
        (
            Section(text("Causes"), 2, (paragraph("There are several."), nested)),
            Section(
                text("Treatment"),
                2,
                (marked, urgent, steps, doses),
                (
                    Section(
                        text("Without surgery"),
                        3,
                        (
                            DefinitionList(
                                (Definition((text("MRI"),), ((paragraph("A scan with a magnet."),),)),)
                            ),
                            Image(text("Two rods and four screws."), text("A fusion at L4-L5."), "x.jpg"),
                            Disclosure(text("What if it hurts?"), (paragraph("Take 500 mg of paracetamol."),)),
                        ),
                    ),
                    Section(text("With surgery"), 3, (Quotation((paragraph("It took a year, but I walk."),)),)),
                ),
            ),
        ),
        metadata=(("author", "Dr Ines Calloway"), ("reviewed", "2026-03-09"), ("next-review", "2027-03-09")),
    )


def arabic_document() -> Document:
    """A page that is written from right to left, with an English passage."""
    doses = Table(
        ((cell("العمر", "column"), cell("الجرعة", "column")), (cell("من 6 إلى 23 شهرًا", "row"), cell("5 مل"))),
        text("جرعة واحدة من الباراسيتامول"),
    )
    english = Paragraph(Text((Run("قل: "), Run("I need an interpreter.", lang="en"))))
    at_home = Section(text("في البيت"), 3, (paragraph("أعطه الماء."),))
    return Document(
        text("الحمى عند الأطفال"),
        "ar",
        (
            paragraph("درجة الحرارة 38 °م أو أكثر تعني الحمى. تزول عادةً خلال 3–4 أيام."),
            Callout("emergency", (paragraph("اتصل بالإسعاف إذا كان طفلك يتنفس بصعوبة."),)),
        ),
        (
            Section(text("الأسباب"), 2, (ItemList((item("عدوى فيروسية"), item("التهاب الأذن"))),)),
            Section(text("العلاج"), 2, (doses, english), (at_home,)),
        ),
        metadata=(("reviewed", "2026-03-09"),),
    )
