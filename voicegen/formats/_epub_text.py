"""The text of a book: one file for the opening and one for each main section, and when each element is heard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._epub_blocks import LOWEST, UNSPOKEN, Blocks
from voicegen.formats._narration import Clip, Narration
from voicegen.formats._passages import Passages
from voicegen.formats._xml import element, fragment, move, put
from voicegen.formats.words import Words, language_tag, words_for
from voicegen.model.document import Section, Text
from voicegen.model.edition import Edition
from voicegen.model.script import Chapter
from voicegen.model.written import name_of
from voicegen.speech import frames


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the book's text."""

    name: str
    """Of the file, without its ending."""
    title: str
    body: Element


@dataclass(slots=True)
class Heading:
    """A heading as the contents list it."""

    address: str
    words: Element
    """Its content, with the elements that are narrated."""
    inner: list[Heading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """The text, and when each element is heard."""

    lang: str
    words: Words
    parts: tuple[Part, ...]
    headings: tuple[Heading, ...]
    clips: Mapping[str, Clip]
    """By the element's id, which is unique in the whole book."""


def book(edition: Edition, picture: str) -> Book:
    """The book of an edition; `picture` is the address of its cover, which says nothing.

    Raises PublicationError where a line or chapter has no place in it.
    """
    return _Writer(edition, picture).book()


def has_unspoken(made: Book) -> bool:
    """Whether something stands in the text that is not heard."""
    return any(UNSPOKEN in part.get("class", "").split() for file in made.parts for part in file.body.iter())


class _Writer:
    def __init__(self, edition: Edition, picture: str) -> None:
        document, script = edition.document, edition.script
        self._edition, self._page, self._picture = edition, edition.page.id, picture
        self._lang = language_tag(document.lang) or "en"
        self._words = words_for(self._lang)
        self._frames = frames(document.lang)
        self._narration = Narration(self._page, script, self._frames.see_note("\0"))
        self._passages = Passages(self._page, self._lang, script, (chapter.id for chapter in script.chapters))
        self._blocks = Blocks(self._passages, self._narration, self._frames, self._words)
        self._headings = _headings(edition)
        self._chapters = {text.number: chapter for text, chapter in self._headings}
        self._addresses: dict[str, str] = {}
        """By chapter: where its heading stands."""

    def book(self) -> Book:
        document = self._edition.document
        parts, headings = [], []
        for at, section in enumerate((None, *document.sections), 1):
            name = f"part-{at:02}"
            body = element("body")
            heading = self._section(name, body, section, 2) if section else self._opening(name, body)
            headings.append(heading)
            title = name_of(section.heading if section else document.title)
            parts.append(Part(name, title or self._page, body))
        while line := self._narration.line("ending"):
            put(parts[-1].body[0], self._blocks.line("p", line, **{"class": "ending"}))
        self._passages.check_complete()
        for part in parts:
            self._link(part.body)
        clips = self._narration.clips(self._edition.timeline)
        return Book(self._lang, self._words, tuple(parts), tuple(headings), clips)

    def _opening(self, name: str, body: Element) -> Heading:
        """The title, what the recording says of itself, and the blocks before the first heading."""
        document = self._edition.document
        made = element("section", {"epub:type": "chapter", "role": "doc-chapter"})
        put(body, made)
        put(made, element("img", {"class": "cover", "src": self._picture, "alt": ""}))
        heading = self._heading(name, made, document.title, 1)
        self._about_the_recording(made)
        self._blocks.every(made, document.blocks, 2)
        return heading

    def _about_the_recording(self, made: Element) -> None:
        """The lines of ours that open the recording: publisher, number of chapters, their titles as links."""
        first, *others = self._edition.script.chapters
        opening = [line.spoken for line in first.lines if line.role == "opening"]
        counted = self._frames.chapters(len(others) + 1)
        paragraphs = opening.index(counted) + 1 if counted in opening else len(opening)
        titles = self._headings[1:] if len(opening) - paragraphs == len(others) else []
        for _ in range(paragraphs):
            if line := self._narration.line("opening"):
                put(made, self._blocks.line("p", line, **{"class": "opening"}))
        listed = element("ul", {"class": "chapters"})
        while line := self._narration.line("opening"):
            if titles:
                text, chapter = titles.pop(0)
                self._narration.give(line.id)
                words = element("a", {"href": f"#{chapter.id}"})
                put(words, element("span", {"id": line.id}))
                move(fragment(self._passages.quoted(text, 0, len(text.plain))), words[0])
            else:
                words = self._blocks.line("span", line)
            put(listed, element("li", None, words))
        if len(listed):
            put(made, listed)

    def _section(self, name: str, parent: Element, section: Section, rank: int) -> Heading:
        outermost = {"epub:type": "chapter", "role": "doc-chapter"}
        made = element("section", outermost if parent.tag == "body" else None)
        put(parent, made)
        heading = self._heading(name, made, section.heading, min(rank, LOWEST))
        self._blocks.every(made, section.blocks, rank + 1)
        for inner in section.sections:
            heading.inner.append(self._section(name, made, inner, rank + 1))
        return heading

    def _heading(self, name: str, parent: Element, text: Text, rank: int) -> Heading:
        chapter = self._chapters.get(text.number)
        made = element(f"h{rank}", {"id": f"c-{chapter.id}" if chapter else self._blocks.new_id()})
        put(parent, made)
        put(parent, "\n")
        address = f"{name}.xhtml#{made.attrib['id']}"
        if chapter:
            self._addresses[chapter.id] = address
        if not self._blocks.text(made, text) and chapter:
            self._narration.speak_before(made.attrib["id"])
        words = deepcopy(made)
        for link in list(words.iter("a")):
            link.tag = "span"
            link.attrib.clear()
        return Heading(address, words)

    def _link(self, body: Element) -> None:
        """Leads links into the file that holds their chapter, or to an address that every reader takes."""
        for link in list(body.iter("a")):
            href = link.attrib["href"]
            address = self._addresses[href[1:]] if href.startswith("#") else web_address(href)
            if address:
                link.attrib["href"] = address
            else:
                link.tag = "span"
                del link.attrib["href"]


def _headings(edition: Edition) -> list[tuple[Text, Chapter]]:
    """The headings at which chapters begin. Raises PublicationError where they do not go together."""
    first, *others = edition.script.chapters
    depth = max((chapter.level for chapter in others), default=0)
    headings = [section.heading for section in edition.document.all_sections() if section.level <= depth]
    if len(headings) != len(others):
        what = f"its {len(headings)} headings are not those of its {len(others)} chapters"
        raise PublicationError(
            edition.page.id, what, "This is a fault of voicegen: please report it with the page."
        )
    return [(edition.document.title, first), *zip(headings, others, strict=True)]


def web_address(written: str) -> str:
    """A link's address with everything escaped that RFC 3986 does not allow; empty where it can't be one."""
    try:
        parts = urlsplit(written)
        if not parts.scheme:
            return ""
        if parts.scheme.lower() not in {"http", "https"}:
            return f"{parts.scheme.lower()}:{_escaped(written.partition(':')[2])}"
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.?", host) or parts.username is not None:
        return ""
    query = f"?{_escaped(parts.query)}" if parts.query else ""
    fragment = f"#{_escaped(parts.fragment)}" if parts.fragment else ""
    return f"{parts.scheme.lower()}://{host}{port}{_escaped(parts.path)}{query}{fragment}"


def _escaped(part: str) -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part), safe="/:@!$&'()*+,;=~?%", errors="replace")
