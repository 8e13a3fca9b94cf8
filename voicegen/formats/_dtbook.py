"""The text of DAISY 3: DTBook 2005-3 (ANSI/NISO Z39.86-2005, section 4), with a `sent` for each line."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from voicegen.formats._talking_book import GENERATOR, About
from voicegen.formats._talking_text import Content, Group, Part, holding, lined
from voicegen.formats._talking_xhtml import smil_name
from voicegen.formats._xml import element, put
from voicegen.formats.words import direction
from voicegen.model.script import Line


class DtBook:
    """The dialect: every line, list and table names its place in the SMIL files."""

    bullets: tuple[str, dict[str, str]] = ("list", {"type": "ul"})
    numbered: tuple[str, dict[str, str]] = ("list", {"type": "pl"})
    box: tuple[str, dict[str, str]] = ("sidebar", {"render": "required"})
    box_heading: tuple[str, dict[str, str]] = ("hd", {})
    table: dict[str, str] = {"border": "1"}  # noqa: RUF012 - never changed

    def line(self, line: Line, chapter: int, lang: str, content: Content) -> Element:
        """A sentence."""
        made = holding("sent", content, id=line.id, class_="" if line.target else "said")
        made.set("smilref", f"{smil_name(chapter)}#{line.id}")
        made.attrib.update(_language(lang, lang and direction(lang)))
        return made

    def phrase(self, node: Element) -> Content:
        """The same markup; links lead out of the book."""
        content: Content = [node.text or ""]
        for child in node:
            content += [*self.phrase(child), child.tail or ""]
        made = holding(node.tag, content)
        made.attrib.update({name: node.get(name, "") for name in ("title", "class", "href") if node.get(name)})
        made.attrib.update(_language(node.get("lang", ""), node.get("dir", "")))
        if node.tag == "a":
            made.set("external", "true")
        return [made]

    def note(self, content: Content) -> Element:
        """A producer's note, which is always presented."""
        return holding("prodnote", content, render="required")

    def grouped(self, made: Element, group: Group, chapter: int) -> None:
        """Names the group, and its place in the SMIL file."""
        made.set("id", group.id)
        made.set("smilref", f"{smil_name(chapter)}#{group.id}")


def book(facts: About, parts: Sequence[Part]) -> Element:
    """The root element: the title, what stands under it, and the sections as levels inside each other."""
    metadata = {
        "dtb:uid": facts.identifier,
        "dtb:generator": GENERATOR,
        "dc:Title": facts.title,
        "dc:Creator": facts.author or facts.publisher,
        "dc:Date": facts.date,
        "dc:Identifier": facts.identifier,
        "dc:Language": facts.lang,
        "dc:Publisher": facts.publisher,
    }
    metas = lined(element("meta", {"name": name, "content": value}) for name, value in metadata.items())
    title, *sections = parts
    doctitle = holding("doctitle", title.heading, id=title.id)
    levels: list[Element] = []
    if title.blocks or not sections:
        levels.append(element("level1", {"class": "opening"}, *lined(title.blocks or (element("p"),))))
    open_: list[Element] = []
    for part in sections:
        made = element(
            f"level{part.level}", {}, holding(f"h{part.level}", part.heading, id=part.id), *lined(part.blocks)
        )
        del open_[part.level - 1 :]
        if open_:
            put(open_[-1], made)
        else:
            levels.append(made)
        open_.append(made)
    for level in levels:
        _fill(level)
    root = {"xmlns": "http://www.daisy.org/z3986/2005/dtbook/", "version": "2005-3"}
    front = element("frontmatter", {}, doctitle)
    return element(
        "dtbook",
        {**root, "xml:lang": facts.lang, "dir": facts.dir},
        element("head", {}, *metas),
        element("book", {}, front, element("bodymatter", {}, *levels)),
    )


def _fill(level: Element) -> None:
    """A level must hold more than its heading."""
    if len(level) == 1 and level[0].tag.startswith("h"):
        put(level, element("p"))
    for inner in level:
        if inner.tag.startswith("level"):
            _fill(inner)


def _language(lang: str, dir_: str) -> dict[str, str]:
    return {name: value for name, value in (("xml:lang", lang), ("dir", dir_)) if value}
