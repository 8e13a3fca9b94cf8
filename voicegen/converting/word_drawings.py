"""Pictures, shapes and text boxes of Word: by what their authors say of them, and by the text in them.

DrawingML: ECMA-376, part 1, sections 20 and 21; VML, its elder: part 4, section 19. Nothing is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

DRAWINGS = {"w-drawing", "w-pict", "w-object"}
_SHAPES = {"v-shape", "v-rect", "v-roundrect", "v-oval", "v-group", "v-line"}
_HIDDEN_SHAPE = re.compile(r"visibility\s*:\s*hidden", re.I)
_PICTURES = {"a-blip", "v-imagedata"}


def chosen(alternatives: Element) -> Element | None:
    """The one of several forms of the same thing (mc:AlternateContent) that is read: the first."""
    return next((one for one in alternatives if one.tag in ("mc-Choice", "mc-Fallback")), None)


def inside(drawing: Element) -> Iterator[Element]:
    """Every element of a drawing once, without its text boxes' text and without second forms of the same."""
    waiting = [drawing]
    while waiting:
        element = waiting.pop()
        yield element
        if element.tag == "w-txbxContent":
            continue
        if element.tag == "mc-AlternateContent":
            first = chosen(element)
            waiting += [first] if first is not None else []
        else:
            waiting += reversed(list(element))


def alternative(drawing: Element) -> str | None:
    """What the author says instead of the drawing; empty where it is decoration, None where nothing is said."""
    said = None
    for part in inside(drawing):
        if part.tag == "adec-decorative" and part.get("val", "1") in ("1", "true"):
            return ""
        if part.tag == "wp-docPr" or part.tag.startswith("v-"):
            words = part.get("descr") or part.get("alt") or part.get("title")
            said = said or (words.strip() if words and words.strip() else None)
    return said


def is_hidden(drawing: Element) -> bool:
    """Whether its author hid it: Word neither shows nor prints it then (20.4.2.5; part 4, 19.1.2.19)."""
    parts = list(inside(drawing))
    if any(part.tag == "wp-docPr" and part.get("hidden", "0") in ("1", "true") for part in parts):
        return True
    styles = [part.get("style", "") for part in parts if part.tag in _SHAPES]
    return bool(styles) and all(map(_HIDDEN_SHAPE.search, styles))


def trouble(drawing: Element) -> str:
    """Why the drawing can't stand without words of its author's; empty where it can."""
    for part in inside(drawing):
        if part.tag.startswith("dgm-"):
            return "a SmartArt drawing"
        if part.tag.startswith(("c-", "cx-")):
            return "a chart"
        if part.tag == "w14-contentPart":
            return "handwriting (ink)"
        if part.tag == "o-OLEObject" and part.get("ProgID", "").lower().startswith("equation"):
            return "an equation of an old kind"
        if part.tag == "a-t" and (part.text or "").strip():
            return "a drawing with words in it"
    return ""


def picture(drawing: Element, targets: dict[str, str]) -> Element | None:
    """The drawing as an image, or None where it shows no picture and its author says nothing of it.

    `targets` are the files that the document's relationships name; the name helps staff to find the picture.
    """
    said = alternative(drawing)
    if said == "":
        return None
    shown = [part for part in inside(drawing) if part.tag in _PICTURES]
    if not shown and said is None:
        return None
    image = Element("img")
    if said:
        image.set("alt", " ".join(said.split()))
    name = next((targets.get(part.get("r-embed") or part.get("r-id") or "", "") for part in shown), "")
    image.set("src", name.rpartition("/")[2])
    return image


def word_art(drawing: Element) -> str:
    """Text that is drawn as a picture (WordArt of the old kind)."""
    return " ".join(part.get("string", "") for part in inside(drawing) if part.tag == "v-textpath").strip()


def boxes(drawing: Element) -> list[Element]:
    """The text boxes of the drawing, each as its w:txbxContent."""
    return [part for part in inside(drawing) if part.tag == "w-txbxContent"]
