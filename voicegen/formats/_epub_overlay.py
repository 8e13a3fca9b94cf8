"""Media Overlays (EPUB 3.3, section 9): which stretch of sound is heard with which element of a text.

Lists, tables, boxes and figures are sequences of their own, so that a reader can skip or leave them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from voicegen.formats._narration import Clip
from voicegen.formats._xml import element, file

SMIL, OPS = "http://www.w3.org/ns/SMIL", "http://www.idpf.org/2007/ops"
STRUCTURES = {
    **dict.fromkeys(("ol", "ul", "dl"), "list"),
    "table": "table",
    "figure": "figure",
    "blockquote": "",
    "section": "",
}
"""Elements that are a sequence whatever they hold, and their term in the EPUB Structural Semantics Vocabulary."""
ITEMS = {
    "li": "list-item",
    **dict.fromkeys(("thead", "tr"), "table-row"),
    **dict.fromkeys(("th", "td"), "table-cell"),
}
"""Elements that are a sequence where more than one thing is heard in them."""


def overlay(file_name: str, body: Element, clips: Mapping[str, Clip], sounds: Sequence[str]) -> tuple[bytes, int]:
    """The overlay of a text and its length in milliseconds; no bytes where nothing is heard in it.

    `sounds` are the addresses of the chapters' recordings. Elements that become sequences are given ids.
    """
    maker = _Maker(file_name, clips, sounds)
    content = maker.inside(body)
    if not content:
        return b"", 0
    root = element("smil", {"xmlns": SMIL, "xmlns:epub": OPS, "version": "3.0"}, element("body", None, *content))
    return file(root), maker.length_ms


class _Maker:
    def __init__(self, file_name: str, clips: Mapping[str, Clip], sounds: Sequence[str]) -> None:
        self._file, self._clips, self._sounds = file_name, clips, sounds
        self._numbers = 0
        self.length_ms = 0

    def inside(self, parent: Element) -> list[Element]:
        """What is heard inside an element; recursion is as deep as its content is nested."""
        return [heard for child in parent for heard in self._of(child)]

    def _of(self, made: Element) -> list[Element]:
        clip = self._clips.get(made.get("id", ""))
        tag = made.tag
        if clip:
            return [self._par(made.attrib["id"], clip, ITEMS.get(tag, ""))]
        content = self.inside(made)
        if tag in STRUCTURES and content:
            return [self._seq(made, STRUCTURES[tag] or made.get("epub:type", ""), content)]
        if tag in ITEMS and len(content) > 1:
            return [self._seq(made, ITEMS[tag], content)]
        if tag in ITEMS and content and content[0].tag == "par":
            content[0].attrib.setdefault("epub:type", ITEMS[tag])
        return content

    def _par(self, name: str, clip: Clip, term: str) -> Element:
        self.length_ms += clip.end_ms - clip.begin_ms
        times = {"clipBegin": clock(clip.begin_ms), "clipEnd": clock(clip.end_ms)}
        text = element("text", {"src": f"{self._file}#{name}"})
        sound = element("audio", {"src": self._sounds[clip.chapter], **times})
        return element("par", {"epub:type": term} if term else None, text, sound)

    def _seq(self, made: Element, term: str, content: Sequence[Element]) -> Element:
        if "id" not in made.attrib:
            self._numbers += 1
            made.attrib["id"] = f"q-{self._numbers}"
        attributes = {"epub:textref": f"{self._file}#{made.attrib['id']}"}
        return element("seq", {**attributes, "epub:type": term} if term else attributes, *content)


def clock(ms: int) -> str:
    """A clock value in seconds (SMIL 3.0, Timing, "Clock values"), such as 62.345s."""
    return f"{ms // 1000}.{ms % 1000:03}s"
