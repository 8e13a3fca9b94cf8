"""The text of talking books in XHTML 1.0 (DAISY 2.02, section 2.3) and in HTML (the transcripts of audiobooks)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from voicegen.formats._talking_text import Content, Group, holding
from voicegen.formats.words import direction
from voicegen.model.script import Line


def smil_name(chapter: int) -> str:
    """The SMIL file of the chapter counted from 0."""
    return f"s{chapter + 1:04}.smil"


def mp3_name(chapter: int) -> str:
    """The sound of the chapter counted from 0."""
    return f"a{chapter + 1:04}.mp3"


class Xhtml:
    """The dialect; with `linked`, each line leads to its place in the SMIL files, and no link leads elsewhere."""

    bullets: tuple[str, dict[str, str]] = ("ul", {})
    numbered: tuple[str, dict[str, str]] = ("ol", {"style": "list-style-type: none"})
    box: tuple[str, dict[str, str]] = ("div", {})
    box_heading: tuple[str, dict[str, str]] = ("p", {"class": "heading"})

    def __init__(self, *, linked: bool) -> None:
        self._linked = linked
        self.table = {"border": "1"} if linked else {}

    def line(self, line: Line, chapter: int, lang: str, content: Content) -> Element:
        """A span; in a book, a link to its time stands in it."""
        if self._linked:
            content = [holding("a", content, href=f"{smil_name(chapter)}#{line.id}")]
        name = "" if line.target else "said"
        return holding("span", content, id=line.id, class_=name, **self._language(lang, lang and direction(lang)))

    def phrase(self, node: Element) -> Content:
        """The markup as it is; in a book, the words of a link without the link."""
        content: Content = [node.text or ""]
        for child in node:
            content += [*self.phrase(child), child.tail or ""]
        if node.tag == "a" and self._linked:
            return content
        attributes = {name: value for name, value in node.attrib.items() if name not in {"lang", "dir"}}
        attributes |= self._language(node.get("lang", ""), node.get("dir", ""))
        made = holding(node.tag, content)
        made.attrib.update(attributes)
        return [made]

    def note(self, content: Content) -> Element:
        """A paragraph."""
        return holding("p", content, class_="said")

    def grouped(self, made: Element, group: Group, chapter: int) -> None:
        """Nothing: neither of the two tells of groups."""

    def _language(self, lang: str, dir_: str) -> dict[str, str]:
        if not lang:
            return {"dir": dir_} if dir_ else {}
        return {"lang": lang, **({"xml:lang": lang} if self._linked else {}), "dir": dir_}
