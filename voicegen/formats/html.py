"""The transcript page: the source's own structure as HTML, every spoken line an element, and a player.

Works without JavaScript (with the browser's own player), from a file, in print, right to left, and asks no other
host for anything. The player is `player/*.js` (docs/reference/page.md); the files that it plays and offers stand
beside the page: `<page>.mp3`, `chapters/NN-<chapter>.mp3`, `chapters.vtt`, `captions.vtt`, `timeline.json`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from voicegen.contracts import PublishedFile
from voicegen.errors import PublicationError
from voicegen.formats import _shown_words
from voicegen.formats import _table_widths as table_widths
from voicegen.formats._differences import SpokenForm, added_words, spoken_forms
from voicegen.formats._embed import NAME, embedded_script
from voicegen.formats._passages import Passages, apart, safe_address
from voicegen.formats._player_data import data_troubles, player_data
from voicegen.formats._schema_org import data_block, differences
from voicegen.formats._scripts import icon, script, service_worker
from voicegen.formats._shown_words import ShownWords
from voicegen.formats._spoken_by import shown, variant
from voicegen.formats._templates import SHEETS, lighter, own_files, render_template, style_sheet
from voicegen.formats._verified import timeline_of
from voicegen.formats.words import Words, direction, in_language, language_tag, words_for
from voicegen.model.blob import blob
from voicegen.model.document import Cell, ItemList, Table, Text, texts
from voicegen.model.edition import Edition
from voicegen.model.library import Library
from voicegen.model.script import Chapter
from voicegen.model.timeline import Mark
from voicegen.model.written import name_of
from voicegen.steps import timecode

CODECS: tuple[str, ...] = ("mp3",)

POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; media-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What the page may load: files beside it; nothing from another host, nothing inline (CSP Level 3)."""
SPEEDS = (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3)
"""How many times as fast as it was spoken a reader may hear the page."""
SLEEPS = (5, 10, 15, 30, 45, 60)
"""Minutes after which the player may stop by itself."""


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One chapter as the page tells of it."""

    id: str
    title: str
    name: Markup
    """The title for a page: in its own language, raised digits told from those before them."""
    level: int
    seconds: str
    """Where it begins in the whole recording, for a media fragment."""
    duration: str
    size: str
    file: str


ENDS = {"player.js": b"})();\n", "sw.js": b"})}\n", "icon.svg": b"</svg>\n"}
"""How the files that every page leads to end; a copy that broke off ends otherwise."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`index.html`, its style sheet and scripts. Raises PublicationError where a line or chapter has no place."""
    files = {
        "index.html": page(edition).encode(),
        "page.css": style_sheet(*SHEETS, theme=edition.theme),
        "player.js": script("player.js"),
        "icon.svg": icon(),
        **own_files(edition.theme),
    }
    version = hashlib.sha256(b"".join(files.values())).hexdigest()[:16]
    worker = service_worker(edition.page.id, version, [name for name in files if name != "index.html"])
    for name, data in {**files, "sw.js": worker}.items():
        yield PublishedFile(name, (blob(data),))


def render_library(library: Library) -> Iterator[PublishedFile]:
    """`embed.js`, with which pages of other sites show a page."""
    yield PublishedFile(NAME, (blob(embedded_script(library.theme)),))


def verify_library(place: Path) -> Iterator[str]:
    """Whether `embed.js` is whole."""
    if not (place / NAME).read_bytes().endswith(ENDS["player.js"]):
        yield f"{NAME}: it is not whole"


def verify(folder: Path) -> Iterator[str]:
    """Lines of timeline.json that the page does not have, or has in other words, and links to what is missing."""
    found, timeline = ShownWords(), timeline_of(folder)
    found.feed((folder / "index.html").read_text("utf-8"))
    told = (
        *_shown_words.differences(found, timeline),
        *differences(found, timeline),
        *data_troubles(found, timeline),
    )
    for trouble in told:
        yield f"index.html: {trouble}"
    for name, end in ENDS.items():
        file = folder / name
        if not file.is_file():
            yield f"index.html: it leads to {name!r}, which is missing"
        elif not file.read_bytes().endswith(end):
            yield f"{name}: it is not whole"
    for line in timeline.lines:
        if line.shown and line.id not in found.ids:
            yield f"index.html: {line.shown[:60]!r} has no element {line.id!r}"
    if found.policy != POLICY or found.inline:
        yield "index.html: its policy is not ours, or it has a script of its own"
    if not found.ended:
        yield "index.html: it is not whole"
    for address in sorted(found.addresses):
        path, _, fragment = address.partition("#")
        if path and not (folder / path).is_file() and path != "../index.html":
            yield f"index.html: it links to {path!r}, which is missing"
        if not path and fragment not in found.ids:
            yield f"index.html: it links to {address!r}, which is missing"


def page(edition: Edition) -> str:
    """The transcript page as text."""
    document, script = edition.document, edition.script
    lang = language_tag(document.lang) or "en"
    words = words_for(lang)
    headings = chapter_headings(edition)
    passages = Passages(edition.page.id, lang, script, (chapter.id for chapter in headings.values()))
    pieces = {text.number: text for text in texts(document)}
    chapters = chapter_views(edition, words, [pieces[number] for number in headings])
    duration = words.duration(timecode.whole_seconds(edition.timeline.samples, edition.timeline.rate_hz))
    origin = safe_address(document.about("url"))
    intro, voice = words.say(variant("intro", edition), duration=duration), shown(edition, words)

    def told_to_the_player() -> Markup:
        passages.check_complete(_OWN_TEMPLATE if edition.theme.templates else "")
        return player_data(edition, words, passages.placed)

    rendered = render_template(
        "page.html",
        edition.theme,
        lang=lang,
        dir=direction(lang),
        words=words,
        policy=POLICY,
        in_language=in_language,
        english=lang if lang.split("-")[0].lower() == "en" else "en",
        page=edition.page,
        document=document,
        chapters=chapters,
        chapter_at=dict(zip(headings, chapters, strict=True)),
        duration=duration,
        intro=intro,
        voice=voice,
        downloads=list(_downloads(edition, words, duration)),
        facts=_facts(edition),
        origin=origin,
        schema_org=data_block(edition, lang, words, origin),
        player_data=told_to_the_player,
        recording_size=words.size(_recording_size(edition)),
        length=timecode.whole_seconds(edition.timeline.samples, edition.timeline.rate_hz),
        speeds=SPEEDS,
        sleeps=SLEEPS,
        said=[_quoted(form, passages, pieces, lang) for form in spoken_forms(script)],
        added=added_words(document, script),
        passage=passages.html,
        as_one=passages.as_one,
        blocks=_BLOCKS,
    )
    passages.check_complete()
    if edition.page.own_recordings:
        _check_says(rendered, (str(intro), str(voice)), edition.page.id)
    return lighter(rendered, edition.theme)


def _check_says(rendered: str, whose: tuple[str, str], page: str) -> None:
    """Raises PublicationError where people of the clinic are heard and the page shows no words on it."""
    shown_words = _DATA.sub("", rendered)
    if not any(words in shown_words for words in whose):
        what = "its template does not say whose voice is heard, and people of the clinic are"
        raise PublicationError(page, what, "Put {{ intro }} or {{ voice }} into it: docs/how-to/theme.md.")


_DATA = re.compile(r"<script.*?</script>", re.DOTALL)
"""What no reader sees of a page."""
_OWN_TEMPLATE = (
    "Leave the text in your templates as it stands in ours: docs/how-to/theme.md says which parts it needs."
)


def chapter_headings(edition: Edition) -> Mapping[int, Chapter]:
    """The chapter that begins at each heading, by the number of the heading's Text.

    The first chapter begins at the title, the others at sections in reading order; a section below the
    depth at which chapters are made begins none.
    """
    first, *waiting = edition.script.chapters
    found = {edition.document.title.number: first}
    for section in edition.document.all_sections():
        title = name_of(section.heading)
        if waiting and (title, section.level) == (waiting[0].title, waiting[0].level):
            found[section.heading.number] = waiting.pop(0)
    if waiting:
        raise PublicationError(
            edition.page.id,
            f"the chapter {waiting[0].title!r} has no heading on the page",
            "This is a fault of voicegen: please report it with the page.",
        )
    return found


def chapter_views(edition: Edition, words: Words, headings: Sequence[Text]) -> list[ChapterView]:
    """What the page tells of each chapter, in order; `headings` are the texts at which they begin."""
    codec, rate = edition.codecs["mp3"], edition.timeline.rate_hz
    marks = edition.timeline.marks
    if [mark.id for mark in marks] != [chapter.id for chapter in edition.script.chapters]:
        raise PublicationError(edition.page.id, "the timeline's chapters are not the script's", "Build it again.")
    return [
        ChapterView(
            id=mark.id,
            title=mark.title,
            name=in_language(apart(mark.title), heading.lang, words.page_lang),
            level=mark.level,
            seconds=timecode.seconds(mark.start, rate),
            duration=words.duration(_length(mark, rate)),
            size=words.size(encoded.body.size + encoded.tail.size),
            file=f"chapters/{number:02}-{mark.id}.mp3",
        )
        for number, (mark, encoded, heading) in enumerate(
            zip(marks, codec.chapters, headings, strict=True), start=1
        )
    ]


def _recording_size(edition: Edition) -> int:
    """Bytes of the recording that the page plays, but for its tag."""
    chapters = edition.codecs["mp3"].chapters
    return sum(chapter.body.size for chapter in chapters) + chapters[-1].tail.size


def _quoted(
    form: SpokenForm, passages: Passages, pieces: Mapping[int, Text], lang: str
) -> tuple[Markup, SpokenForm]:
    """A spoken form, and what is written with its own markup."""
    piece = pieces.get(form.place.text) if form.place else None
    if form.place and piece and piece.plain[form.place.start : form.place.end] == form.shown:
        return in_language(passages.quoted(piece, form.place.start, form.place.end), form.lang, lang), form
    return in_language(form.shown, form.lang, lang), form


def _length(mark: Mark, rate_hz: int) -> int:
    return timecode.whole_seconds(mark.end - mark.start, rate_hz)


def _downloads(edition: Edition, words: Words, duration: str) -> Iterator[tuple[str, Markup, Markup | str]]:
    """Path, name and use of every file on offer, those for listeners first."""
    order = {kind: place for place, kind in enumerate(words.texts["offers"])}
    for offer in sorted(edition.offers, key=lambda offer: order.get(offer.kind, len(order))):
        size = words.size(offer.size)
        if offer.kind in order:
            name = words.say(f"offers.{offer.kind}", size=size, duration=duration)
            yield offer.path, name, words.say(f"uses.{offer.kind}")
        else:  # of a format from elsewhere
            yield offer.path, words.say("file", name=offer.path, size=size), ""


def _facts(edition: Edition) -> Mapping[str, str]:
    """What the page says of itself; keys are known with a hyphen, a low line or a space in them."""
    about = {key.casefold().replace("_", "-").replace(" ", "-"): value for key, value in edition.document.metadata}
    names = ("author", "reviewed", "next-review")
    return {name.replace("-", "_"): about[name] for name in names if about.get(name, "").strip()}


class _Blocks:
    """What templates ask about blocks and can't tell by themselves."""

    @staticmethod
    def kind(block: object) -> str:
        """The name of a block's class."""
        return type(block).__name__

    @staticmethod
    def head(table: Table) -> Sequence[Sequence[Cell]]:
        """The rows at the top that hold nothing but headers of columns."""
        return table.rows[: _head_length(table)]

    @staticmethod
    def body(table: Table) -> Sequence[Sequence[Cell]]:
        """The other rows."""
        return table.rows[_head_length(table) :]

    @staticmethod
    def has_words(cell: Cell) -> bool:
        """Whether a cell holds any text."""
        return any(texts(cell.blocks))

    @staticmethod
    def may_scroll(table: Table) -> bool:
        """Whether a narrow screen may have to scroll the table sideways, so that keys need to reach it."""
        columns = max((sum(cell.colspan for cell in row) for row in table.rows), default=0)
        return columns > 3 or table_widths.least(table) > table_widths.SCREEN_EM

    sheet, heads = staticmethod(table_widths.sheet), staticmethod(table_widths.heads)
    """How a table is printed, and the words above each of its cells."""

    has_long_words = staticmethod(table_widths.has_long_words)
    """Whether a narrow screen breaks the words of a cell."""

    @staticmethod
    def above(cell: Cell, heads: Mapping[int, str]) -> str:
        """The words above a cell."""
        return heads.get(id(cell), "")

    @staticmethod
    def scope(cell: Cell) -> str:
        """The `scope` of a header cell (HTML, section 4.9.10)."""
        if cell.header == "row":
            return "rowgroup" if cell.rowspan > 1 else "row"
        return "colgroup" if cell.colspan > 1 else "col"

    @staticmethod
    def same(one: Text | None, other: Text | None) -> bool:
        """Whether two texts have the same words."""
        return bool(one and other and one.plain.split() == other.plain.split())

    @staticmethod
    def expected(items: ItemList) -> list[int | None]:
        """The number that a browser would give each item by counting from the first one's."""
        numbers: list[int | None] = []
        following: int | None = None
        for item in items.items:
            numbers.append(following)
            following = item.number + 1 if item.number is not None else None
        return numbers


_BLOCKS = _Blocks()


def _head_length(table: Table) -> int:
    """How many rows at the top are column headers and reach into no row below; they become the `thead`."""
    headers = [bool(row) and all(cell.header == "column" for cell in row) for row in table.rows]
    length = headers.index(False) if False in headers else len(headers)
    reaches = any(cell.rowspan > length - at for at, row in enumerate(table.rows[:length]) for cell in row)
    return 0 if reaches or length == len(table.rows) else length
