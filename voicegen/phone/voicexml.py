"""VoiceXML 2.1 (W3C, 19 June 2007): a menu for each chapter, with keys that barge in."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from voicegen.phone.published import Menu, PhoneChapter, PhonePage

NAMESPACE = "http://www.w3.org/2001/vxml"


def files(pages: Sequence[PhonePage], menus: Sequence[Menu]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file; sound is mu-law WAV, which every platform must play (2.0, appendix E)."""
    for page in pages:
        for chapter in page.chapters:
            yield f"{page.slug}/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
        yield f"{page.slug}/{page.slug}.vxml", _document(page)
    for menu in menus:
        for chapter in menu.chapters:
            yield f"_menus/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
        yield f"_menus/{menu.slug}.vxml", _choice(menu)


def _document(page: PhonePage) -> bytes:
    root = _root(page.lang, "1s")
    topics = page.topics
    _menu(root, "menu", page.menu, topics, "#c1" if topics else "#menu")
    for number, chapter in enumerate(topics, 1):
        _menu(root, f"c{number}", [chapter], topics, f"#c{number + 1}" if number < len(topics) else "#menu")
    return _xml(root)


def _choice(choice: Menu) -> bytes:
    """A menu over pages; a key that it does not have, and waiting, begin it again."""
    root = _root(choice.lang, "5s")
    menu = ET.SubElement(root, "menu", id="menu", dtmf="false")
    prompt = ET.SubElement(menu, "prompt", bargein="true")
    for chapter in choice.chapters:
        ET.SubElement(prompt, "audio", src=f"{chapter.slug}.wav")
    for key, to in choice.choices.items():
        next_ = f"{to.slug}.vxml" if isinstance(to, Menu) else f"../{to.slug}/{to.slug}.vxml"
        ET.SubElement(menu, "choice", dtmf=str(key), next=next_)
    ET.SubElement(menu, "choice", dtmf="*", next="#menu")
    for event in ("noinput", "nomatch"):
        ET.SubElement(ET.SubElement(menu, event), "goto", next="#menu")
    return _xml(root)


def _root(lang: str, timeout: str) -> ET.Element:
    root = ET.Element("vxml", {"version": "2.1", "xmlns": NAMESPACE, "xml:lang": lang})
    ET.SubElement(root, "property", name="inputmodes", value="dtmf")
    ET.SubElement(root, "property", name="timeout", value=timeout)
    ET.SubElement(root, "property", name="termchar", value="")  # else # ends what was typed and is no key (6.3.3)
    return root


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _menu(
    root: ET.Element, name: str, played: Sequence[PhoneChapter], topics: Sequence[PhoneChapter], after: str
) -> None:
    """A menu that plays chapters and takes keys (section 2.2); silence leads to `after`."""
    menu = ET.SubElement(root, "menu", id=name, dtmf="false")
    prompt = ET.SubElement(menu, "prompt", bargein="true")
    for chapter in played:
        ET.SubElement(prompt, "audio", src=f"{chapter.slug}.wav")
    for number, chapter in enumerate(topics, 1):
        if chapter.key:
            ET.SubElement(menu, "choice", dtmf=chapter.key, next=f"#c{number}")
    ET.SubElement(menu, "choice", dtmf="*", next="#menu")
    ET.SubElement(menu, "choice", dtmf="#", next=after)
    ET.SubElement(ET.SubElement(menu, "noinput"), "goto", next=after)
    ET.SubElement(ET.SubElement(menu, "nomatch"), "goto", next="#menu")
