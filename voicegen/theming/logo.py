"""The clinic's logo: a PNG or JPEG, or an SVG that holds nothing but a drawing.

An SVG file that is opened by itself is a page of its own and runs what is in it: only what draws is let through.
"""

from __future__ import annotations

import re
import xml.parsers.expat
from pathlib import Path

from voicegen.model.theme import Logo
from voicegen.pictures import jpeg_size, png_size
from voicegen.speech.patterns import lazy
from voicegen.theming.files import named_file, wrong

MOST_BYTES = 20_000
"""Every page has it beside it."""
SVG = "http://www.w3.org/2000/svg"
DRAWING = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch", "text", "tspan"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "marker"),
        *("linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask"),
    }
)
"""Elements of SVG 2 that draw, or describe a drawing; none loads or runs anything."""
_DESCRIBED = (
    "http://www.w3.org/1999/02/22-rdf",
    "http://purl.org/dc/",
    "http://creativecommons.org/ns",
    "http://www.inkscape.org/",
    "http://sodipodi.",
)
"""Starts of the namespaces of what drawing programs note beside a drawing; browsers make nothing of it."""
_OUTSIDE = lazy(r"@import|(?:image-set|image|src)\s*\(|url\s*\(\s*(?![\s'\"]*#)|javascript:|\\", re.IGNORECASE)
"""What could lead out of the file in a style; a backslash could hide such a thing."""
_WORDS = lazy(r"id|name|role|(?:data|aria)-.*")
"""Attributes that hold words and no style: drawing programs call a layer "image (1)", as the file is called."""
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def checked_logo(root: Path, name: str, alt: str) -> Logo:
    """The logo. Raises SettingsError where it can't be published, or nobody says what it is."""
    if not alt.strip():
        raise wrong("logo_alt", "it is missing", 'Say what the logo is, such as "Riverside Health Centre".')
    data = named_file("logo", root, name, MOST_BYTES)
    if size := png_size(data):
        return Logo("logo.png", data, alt.strip(), *size[:2])
    if size := jpeg_size(data):
        return Logo("logo.jpg", data, alt.strip(), *size[:2])
    return Logo("logo.svg", data, alt.strip(), *_Drawing(name).size(data))


class _Drawing:
    """Reads one SVG file. Raises SettingsError where it is none, or holds more than a drawing."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._element
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._open: list[str] = []
        self._parser.EndElementHandler = lambda name: self._open.pop()
        self._styles: list[str] = []
        self._size: tuple[int, int] | None = None

    def size(self, data: bytes) -> tuple[int, int]:
        """Width and height in pixels, or 0 and 0."""
        try:
            self._parser.Parse(data, True)
        except (xml.parsers.expat.ExpatError, ValueError, LookupError) as trouble:
            what = f"{self._name!r} is no whole PNG, JPEG or SVG picture ({trouble})"
            raise wrong("logo", what, "Save it again as one of these.") from trouble
        if _OUTSIDE.search("".join(self._styles)):
            raise self._more("its style leads to another file")
        return self._size or (0, 0)

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if not self._open and name != f"{SVG} svg":
            raise wrong("logo", f"{self._name!r} is no picture but <{local}>", "Give a PNG, JPEG or SVG picture.")
        self._open.append(local)
        if space == SVG and local not in DRAWING:
            raise self._more(f"<{local}>")
        if space != SVG and not space.startswith(_DESCRIBED):
            raise self._more(f"<{local}> of {space or 'no kind'}")
        for key, value in attributes.items():
            noted, _, plain = key.rpartition(" ")
            if not noted.startswith(_DESCRIBED):
                self._attribute(plain.lower(), value)
        if self._size is None:
            self._size = _size(attributes)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            raise self._more(f"a script in {key!r}")
        if key in {"href", "src"} and not value.strip().startswith("#"):
            raise self._more(f"a link to {value[:40]!r}")
        if not _WORDS.fullmatch(key) and _OUTSIDE.search(value):
            raise self._more(f"a link in {key!r}")

    def _text(self, text: str) -> None:
        if self._open and self._open[-1] == "style":
            self._styles.append(text)

    def _doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal:
            raise self._more("a document type with definitions of its own")

    def _instruction(self, target: str, data: str) -> None:
        raise self._more(f"an instruction, {target!r}")

    def _more(self, found: str) -> Exception:
        what = f"{self._name!r} holds more than a drawing: {found}, line {self._parser.CurrentLineNumber}"
        return wrong("logo", what, 'Export it as "plain" or "optimised" SVG, or as PNG.')


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    box = attributes.get("viewBox", "").replace(",", " ").split()
    sides = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    found = [_LENGTH.fullmatch(side) for side in sides]
    width, height = (round(float(side[1])) if side else 0 for side in found)
    return (width, height) if width and height else (0, 0)
