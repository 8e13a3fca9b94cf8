"""Twilio: TwiML that plays the chapters, with keys and without (vendor's reference: Play, Gather, Redirect).

`hold.xml` needs no program: it is for a queue's wait address, and a TwiML Bin can hold it. The others take keys:
each Gather posts the key to the address `key`, where a short program of the administrator's answers with a
redirect to `chapter-<n>.xml`; the README says which key means which.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from voicegen.errors import SettingsError
from voicegen.phone.published import Menu, PhonePage


def files(pages: Sequence[PhonePage], menus: Sequence[Menu], address: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. Raises SettingsError where nobody said where they will be published."""
    if not address.startswith("https://"):
        raise SettingsError(
            "twilio", "it fetches the sound from a web server", "Give its address: --address https://…/phone/."
        )
    for page in pages:
        base = f"{address.rstrip('/')}/{page.slug}"
        for chapter in page.chapters:
            yield f"{page.slug}/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
        hold = ET.Element("Response")
        for chapter in page.loop:
            ET.SubElement(hold, "Play").text = f"{base}/{chapter.slug}.wav"
        ET.SubElement(hold, "Redirect", method="GET").text = f"{base}/hold.xml"
        yield f"{page.slug}/hold.xml", _xml(hold)
        said = [chapter.slug for chapter in page.menu]
        topics = page.topics
        yield f"{page.slug}/menu.xml", _xml(_gather(base, said, "chapter-1.xml" if topics else "menu.xml"))
        for number, chapter in enumerate(topics, 1):
            after = f"chapter-{number + 1}.xml" if number < len(topics) else "menu.xml"
            yield f"{page.slug}/chapter-{number}.xml", _xml(_gather(base, [chapter.slug], after))
    for menu in menus:
        base = f"{address.rstrip('/')}/_menus"
        for chapter in menu.chapters:
            yield f"_menus/{chapter.slug}.wav", chapter.encoded("mulaw-wav")
        yield (
            f"_menus/{menu.slug}.xml",
            _xml(_gather(base, [one.slug for one in menu.chapters], f"{menu.slug}.xml")),
        )


def _gather(base: str, slugs: Sequence[str], after: str) -> ET.Element:
    response = ET.Element("Response")
    gather = ET.SubElement(
        response, "Gather", numDigits="1", timeout="1", finishOnKey="", action=f"{base}/key", method="POST"
    )
    for slug in slugs:
        ET.SubElement(gather, "Play").text = f"{base}/{slug}.wav"
    ET.SubElement(response, "Redirect", method="GET").text = f"{base}/{after}"
    return response


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
