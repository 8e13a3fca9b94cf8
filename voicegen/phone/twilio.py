"""Twilio: TwiML that plays the chapters, with keys and without (vendor's reference: Play, Gather, Redirect).

`hold.xml` needs no program: it is for a queue's wait address, and a TwiML Bin can hold it. The others take keys.
What a key leads to can't be said in TwiML, so each Gather posts it to the address `key` beside it, where `key.js`
answers, a Twilio Function that is ready to use; it names `key-<key>.xml`, or the document that comes `next`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from voicegen.errors import SettingsError
from voicegen.phone.published import Menu, PhoneChapter, PhonePage

KEY_FUNCTION = Path(__file__).with_name("twilio_key.js")
KEYS = range(1, 10)


def files(pages: Sequence[PhonePage], menus: Sequence[Menu], address: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. Raises SettingsError where nobody said where they will be published."""
    if not address.startswith("https://"):
        raise SettingsError(
            "twilio", "it fetches the sound from a web server", "Give its address: --address https://…/phone/."
        )
    base = address.rstrip("/")
    for page in pages:
        yield from _page(page, f"{base}/{page.slug}")
    for menu in menus:
        yield from _menu(menu, base)


def _page(page: PhonePage, base: str) -> Iterator[tuple[str, bytes]]:
    """A page's folder: `hold.xml` without keys; `menu.xml` and `chapter-1.xml` and on with them."""
    for chapter in page.chapters:
        yield f"{page.slug}/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
    hold = ET.Element("Response")
    for chapter in page.loop:
        ET.SubElement(hold, "Play").text = f"{base}/{chapter.slug}.wav"
    _redirect(hold, f"{base}/hold.xml")
    yield f"{page.slug}/hold.xml", _xml(hold)
    names = ["menu", *(f"chapter-{number}" for number in range(1, len(page.topics) + 1)), "menu"]
    played = [page.menu, *([chapter] for chapter in page.topics)]
    for name, after, chapters in zip(names, names[1:], played, strict=False):
        yield f"{page.slug}/{name}.xml", _gather(base, chapters, after)
    keys = {int(chapter.key): name for name, chapter in zip(names[1:], page.topics, strict=False) if chapter.key}
    yield from _keys(page.slug, base, {key: f"{base}/{name}.xml" for key, name in keys.items()})


def _menu(menu: Menu, base: str) -> Iterator[tuple[str, bytes]]:
    """A folder like a page's, with nothing but its menu; waiting begins it again."""
    folder = f"_menus/{menu.slug}"
    for chapter in menu.chapters:
        yield f"{folder}/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
    yield f"{folder}/menu.xml", _gather(f"{base}/{folder}", menu.chapters, "menu")
    choices = {
        key: f"{base}/_menus/{to.slug}/menu.xml" if isinstance(to, Menu) else f"{base}/{to.slug}/menu.xml"
        for key, to in menu.choices.items()
    }
    yield from _keys(folder, f"{base}/{folder}", choices)


def _keys(folder: str, base: str, choices: Mapping[int, str]) -> Iterator[tuple[str, bytes]]:
    """What each key leads to, one that leads nowhere to the menu; and the Function that reads them."""
    for key in KEYS:
        response = ET.Element("Response")
        _redirect(response, choices.get(key, f"{base}/menu.xml"))
        yield f"{folder}/key-{key}.xml", _xml(response)
    yield f"{folder}/key.js", KEY_FUNCTION.read_bytes()


def _gather(base: str, played: Sequence[PhoneChapter], after: str) -> bytes:
    """Plays chapters and takes one key while it does; without one it goes on to the document `after`."""
    response = ET.Element("Response")
    action = f"{base}/key?next={after}"
    gather = ET.SubElement(
        response, "Gather", numDigits="1", timeout="1", finishOnKey="", action=action, method="POST"
    )
    for chapter in played:
        ET.SubElement(gather, "Play").text = f"{base}/{chapter.slug}.wav"
    _redirect(response, f"{base}/{after}.xml")
    return _xml(response)


def _redirect(response: ET.Element, to: str) -> None:
    ET.SubElement(response, "Redirect", method="GET").text = to


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
