"""epub: a talking book, EPUB 3.3 with Media Overlays: the text, the recording, and each sentence in step with it.

What is in it, by which sections of the standards, and where it departs from them: docs/reference/epub.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from markupsafe import Markup

from voicegen.contracts import PublishedFile
from voicegen.formats._cover import cover, suffix
from voicegen.formats._epub_check import troubles
from voicegen.formats._epub_overlay import overlay
from voicegen.formats._epub_package import FOLDER, Item, access, container, known, package_document
from voicegen.formats._epub_pages import STYLE, colophon, contents, page
from voicegen.formats._epub_reading import opened
from voicegen.formats._epub_text import Book, book, has_unspoken
from voicegen.formats._mp3_files import chapter_file
from voicegen.formats._package import Member, package, text
from voicegen.formats._spoken_by import shown, variant
from voicegen.formats._templates import style_sheet
from voicegen.formats._verified import timeline_of
from voicegen.formats._zipped import Zipped
from voicegen.model.edition import Edition
from voicegen.recordings.mp3 import Mp3

XHTML_TYPE = "application/xhtml+xml"
CODECS: tuple[str, ...] = ("mp3",)


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`<page>.epub`. Raises PublicationError where a line or chapter has no place in it."""
    picture = _picture(edition)
    made = book(edition, picture.member.path.removeprefix(f"{FOLDER}/"))
    facts = known(edition, made.lang)
    all_heard = not has_unspoken(made)
    reader = made.words.plain(variant("book.reader", edition))
    summary = made.words.plain("book.summary" if all_heard else "book.summary_with_labels", reader=reader)
    items = [
        *_texts(edition, made),
        _last_page(made, facts, shown(edition, made.words), summary),
        Item(text(f"{FOLDER}/{STYLE}", style_sheet("book.css")), "text/css"),
        picture,
        *_sounds(edition, made),
    ]
    about = access(summary, made.words.lang, all_heard=all_heard)
    members = [
        text("mimetype", "application/epub+zip"),
        text("META-INF/container.xml", container()),
        text(f"{FOLDER}/package.opf", package_document(facts, about, items)),
        *(item.member for item in items),
    ]
    name = f"{edition.page.id}.epub"
    yield PublishedFile(name, package(name, members), offer="epub")


def verify(folder: Path) -> Iterator[str]:
    """What a listener would notice of the book: words not heard, clips past the end, times that do not add up."""
    timeline = timeline_of(folder)
    for trouble in troubles(opened(folder / f"{timeline.page}.epub"), timeline):
        yield f"{timeline.page}.epub: {trouble}"


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which the book is read."""
    path = folder / f"{timeline_of(folder).page}.epub"
    sounds = [par.sound for par in opened(path).read]
    with Zipped(path) as package:
        yield from package.recordings(sounds)


def _texts(edition: Edition, made: Book) -> Iterator[Item]:
    """The contents and the parts of the text, each with its overlay after it."""
    addresses = [f"audio/{file_name}" for file_name in _sound_names(edition)]
    bodies = [("nav", made.words.plain("contents"), contents(made))]
    bodies += [(part.name, part.title, part.body) for part in made.parts]
    for name, title, body in bodies:
        sync, length_ms = overlay(f"{name}.xhtml", body, made.clips, addresses)
        path = f"{FOLDER}/{name}.smil" if sync else ""
        member = text(f"{FOLDER}/{name}.xhtml", page(made, title, body))
        is_nav = name == "nav"
        yield Item(member, XHTML_TYPE, "nav" if is_nav else "", path, in_spine=not is_nav)
        if sync:
            yield Item(text(path, sync), "application/smil+xml", length_ms=length_ms)


def _last_page(made: Book, facts: Mapping[str, str], voice: Markup, summary: str) -> Item:
    body = colophon(made, facts, voice, summary)
    member = text(f"{FOLDER}/about.xhtml", page(made, made.words.plain("about"), body))
    return Item(member, XHTML_TYPE, in_spine=True)


def _picture(edition: Edition) -> Item:
    data, media_type = cover(edition)
    member = text(f"{FOLDER}/cover{suffix(media_type)}", data)
    return Item(member, media_type, "cover-image")


def _sounds(edition: Edition, made: Book) -> Iterator[Item]:
    """The recordings of the chapters in which something is said."""
    heard = {clip.chapter for clip in made.clips.values()}
    for at, name in enumerate(_sound_names(edition)):
        if at in heard:
            member = Member(f"{FOLDER}/audio/{name}", chapter_file(edition, at))
            yield Item(member, "audio/mpeg")


def _sound_names(edition: Edition) -> list[str]:
    return [f"{number:02}-{mark.id}.mp3" for number, mark in enumerate(edition.timeline.marks, 1)]
