"""A page's text for talking books: every line of the recording is an element, in the order in which it is heard.

Lines of the author's words stand in the author's structure and markup. What the recording says around them
("Table, 3 columns, 2 rows.", a cell's headers, "End of table.") is written where it is heard, as a note, so that
who reads along, or by braille, has what listeners have. Words that are not said by themselves (the header cells
of a table whose cells say their headers) keep their place, marked as silent.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._passages import Passages
from voicegen.formats._xml import element, fragment, legible, put
from voicegen.formats.words import language_tag
from voicegen.model.document import Block, Section, Text
from voicegen.model.edition import Edition
from voicegen.model.script import Line
from voicegen.model.written import name_of
from voicegen.speech import frames

Content = list[str | Element]
DEEPEST = 6
"""Levels of headings that talking books have (DAISY 2.02, section 2.1.1; DTBook's level1 to level6)."""


class Dialect(Protocol):
    """How the elements of one kind of talking book are written."""

    bullets: tuple[str, dict[str, str]]
    """Element and attributes of a list of bullets; as those that follow."""
    numbered: tuple[str, dict[str, str]]
    """Of a list whose numbers stand in its text, because they are heard."""
    box: tuple[str, dict[str, str]]
    box_heading: tuple[str, dict[str, str]]
    table: dict[str, str]
    """Attributes of a table."""

    def line(self, line: Line, chapter: int, lang: str, content: Content) -> Element:
        """A line as phrasing content; `lang` is its language where it differs from the text's."""

    def phrase(self, node: Element) -> Content:
        """Inline markup of `Passages` in this dialect, without what stands after it."""

    def note(self, content: Content) -> Element:
        """A block with a line that is not the author's."""

    def grouped(self, made: Element, group: Group, chapter: int) -> None:
        """Notes on a list or table which of the groups that are heard it is."""


@dataclass(slots=True)
class Group:
    """A list or table, which a listener can leave: the ids of its lines, and the groups inside it."""

    kind: Literal["list", "table"]
    id: str
    heard: list[str | Group] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A heading, and what stands under it up to the next one."""

    id: str
    chapter: int
    """Counted from 0."""
    level: int
    """1 to 6; no level is skipped on the way down. The title has 1, and so have the main sections."""
    title: str
    line: str
    """The line that a jump to the heading leads to."""
    heading: Content
    blocks: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Talk:
    """A whole text with what is heard of it."""

    parts: list[Part]
    heard: list[list[str | Group]]
    """By chapter: the ids of the lines, in order."""


class Reader:
    """Gives the Texts of a page with their lines, in order, and keeps account of what is heard."""

    def __init__(self, edition: Edition, dialect: Dialect) -> None:
        self.dialect = dialect
        self.frames = frames(edition.script.lang)
        """The words around the author's, as the recording has them."""
        self.heard: list[list[str | Group]] = [[] for _ in edition.script.chapters]
        self._page = edition.page.id
        self._lang = language_tag(edition.document.lang) or "en"
        self._passages = Passages(edition.page.id, self._lang, edition.script, ())
        chapters = enumerate(edition.script.chapters)
        self._waiting = deque((line, at) for at, chapter in chapters for line in chapter.lines)
        self._open: list[Group] = []
        self._groups = 0
        self._chapter, self._limit, self._last = 0, 0, ""

    def begin(self) -> tuple[str, int]:
        """Begins a part: id and chapter of the line that is heard next, or of the last one.

        What is said in a later chapter does not belong to it.
        """
        line, self._limit = self._waiting[0] if self._waiting else (None, self._chapter)
        return line.id if line else self._last, self._limit

    def text(self, text: Text) -> Content:
        """The text with its lines, and before them what is said before the first.

        Raises PublicationError where its lines are not those that are heard next.
        """
        root = fragment(self._passages.html(text, drawn=True))
        content: Content = []
        between: Content = [root.text or ""]
        for node in root:
            if node.get("class") == "line":
                content += _silent(between)
                for note in self.notes():
                    content += [note, " "]
                content.append(self._own(node))
                between = []
            else:
                between += self.dialect.phrase(node)
            between.append(node.tail or "")
        return content + _silent(between)

    def notes(self, until: Callable[[Line], bool] = lambda _: False, keep: int = 0) -> Content:
        """What is said before the author's next words, up to the line that is `until`, but for the last `keep`."""
        lines = []
        for line, chapter in self._waiting:
            if line.target is not None or chapter > self._limit:
                break
            lines.append(line)
        lines = lines[: len(lines) - keep] if keep else lines
        found: Content = []
        for line in lines:
            if until(line):
                break
            found.append(self._hear([line.spoken]))
        return found

    def block_notes(self, until: Callable[[Line], bool] = lambda _: False, keep: int = 0) -> list[Element]:
        """The same as blocks of their own."""
        return [self.dialect.note([note]) for note in self.notes(until, keep)]

    def closing(self, words: str) -> list[Element]:
        """The words that close a block, if they are said next."""
        if self._waiting and self._waiting[0][0].target is None and _says(self._waiting[0][0], words):
            return [self.dialect.note([self._hear([self._waiting[0][0].spoken])])]
        return []

    def empty_cell(self) -> Content:
        """What is said of a cell that holds nothing, if it is said next: its headers, and that it is empty."""
        for ahead, (line, _) in enumerate(self._waiting):
            if line.target is not None or line.role != "cell":
                break
            if _says(line, self.frames.empty_cell):
                return [self._hear([self._waiting[0][0].spoken]) for _ in range(ahead + 1)]
            if not line.spoken.endswith(":"):
                break
        return []

    def after_cell(self) -> Content:
        """What is said of a cell after its words, such as which note belongs to it; the next headers are not."""
        return self.notes(lambda line: line.role != "cell" or line.spoken.endswith(":"))

    def opened(self, kind: Literal["list", "table"]) -> Group:
        """A group that takes in all lines until it is closed."""
        self._groups += 1
        group = Group(kind, f"g{self._groups:04}")
        self._open.append(group)
        return group

    def closed(self, made: Element) -> Element:
        """Closes the group that was opened last, of which `made` is the element; gives it back."""
        group = self._open.pop()
        if group.heard:
            self._inside().append(group)
            self.dialect.grouped(made, group, self._chapter)
        return made

    def check_complete(self) -> None:
        """Raises PublicationError where a line is not in the text."""
        self._passages.check_complete()
        if self._waiting:
            raise self._fault(f"line {self._waiting[0][0].id} stands nowhere in the text")

    def _own(self, node: Element) -> Element:
        """A line of the author's words, which must be the one that is heard next."""
        if not self._waiting or self._waiting[0][0].id != node.get("id"):
            raise self._fault(f"line {node.get('id')} is not spoken in the order of the text")
        content: Content = [node.text or ""]
        for child in node:
            if child.get("class") == "line":
                raise self._fault(f"line {child.get('id')} stands inside another")
            content += [*self.dialect.phrase(child), child.tail or ""]
        return self._hear(content)

    def _hear(self, content: Content) -> Element:
        line, self._chapter = self._waiting.popleft()
        self._last = line.id
        self._inside().append(line.id)
        other = language_tag(line.lang) if line.target is None else ""
        return self.dialect.line(
            line, self._chapter, "" if other.lower() == self._lang.lower() else other, content
        )

    def _inside(self) -> list[str | Group]:
        return self._open[-1].heard if self._open else self.heard[self._chapter]

    def _fault(self, what: str) -> PublicationError:
        return PublicationError(self._page, what, "This is a fault of voicegen: please report it with the page.")


def told(
    edition: Edition,
    dialect: Dialect,
    blocks: Callable[[Reader, Sequence[Block]], list[Element]],
    write: Callable[[Part], None] = lambda part: None,
) -> Talk:
    """The text of a page and what is heard of it; `blocks` makes the blocks of a section.

    `write` is given each part as soon as nothing more will be changed in it, and may take out what it has written:
    of ten hours, the elements of all parts together take 50 MB.
    Raises PublicationError where a line has no place in the text, or is not spoken in its order.
    """
    reader = Reader(edition, dialect)
    parts: list[Part] = []

    def part(heading: Text, level: int, inside: Sequence[Block]) -> None:
        line, chapter = reader.begin()
        title = legible(name_of(heading))
        made = Part(f"h{len(parts) + 1:04}", chapter, level, title, line, reader.text(heading))
        made.blocks += [*blocks(reader, inside), *reader.block_notes()]
        parts.append(made)
        write(made)

    def section(one: Section, level: int) -> None:
        part(one.heading, level, one.blocks)
        for inner in one.sections:
            section(inner, min(level + 1, DEEPEST))

    part(edition.document.title, 1, edition.document.blocks)
    for one in edition.document.sections:
        section(one, 1)
    reader.check_complete()
    return Talk(parts, reader.heard)


def _silent(between: Content) -> Content:
    """What stands between lines; words among it are marked, since they are not heard."""
    words = "".join(part if isinstance(part, str) else "".join(part.itertext()) for part in between)
    return [holding("span", between, class_="silent")] if any(map(str.isalnum, words)) else between


def _says(line: Line, words: str) -> bool:
    return bool(words.strip()) and line.spoken.strip() == words.strip()


def lined(parts: Iterable[Element]) -> list[Element]:
    """The elements, each of which ends its line: players of old read files by lines."""
    made = list(parts)
    for part in made:
        part.tail = "\n"
    return made


def holding(tag: str, content: Content, **attributes: str) -> Element:
    """An element with a content, and the attributes that are not empty; `class_` is the attribute "class"."""
    made = element(tag, {name.rstrip("_"): value for name, value in attributes.items() if value})
    for part in content:
        put(made, part)
    return made
