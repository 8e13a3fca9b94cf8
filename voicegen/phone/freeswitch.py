"""FreeSWITCH: one dialplan extension for each chapter, and a local stream for hold music.

One extension for each chapter, not nested IVR menus: those end a call after a dozen key presses ("Too many levels
of recursion", tried; docs/why/phone.md). `play_and_get_digits` takes a key while it plays, and `transfer` starts
afresh. Every version of a page has folders of its own, as with Asterisk, but for the one that hold music is read
from: its place stands in a file of the system's.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from voicegen.phone.published import Menu, PhoneChapter, PhonePage, menus_folder
from voicegen.phone.upload import looped

SOUNDS = "$${sounds_dir}/voicegen"
HOLD = "$${sounds_dir}/voicegen_hold"
RATES = {8000: "wav", 16000: "wav16"}


def files(pages: Sequence[PhonePage], menus: Sequence[Menu]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file; the first of `menus` is the one over all pages, where there are several."""
    for page in pages:
        folder = page.folder
        for rate, encoding in RATES.items():
            for chapter in (*page.menu, *page.topics):
                yield f"sounds/voicegen/{folder}/{rate}/{chapter.slug}.wav", chapter.encoded(encoding)
            yield f"sounds/voicegen_hold/{page.slug}/{rate}/hold.wav", looped(page.loop, encoding)
        yield f"dialplan/voicegen-{page.slug}.xml", _xml(_dialplan(page, f"{SOUNDS}/{folder}/8000"))
        yield f"autoload_configs/local_stream-voicegen-{page.slug}.xml", _xml(_stream(page))
    if menus:
        folder = menus_folder(menus)
        for menu in menus:
            for chapter in menu.chapters:
                yield f"sounds/{folder}/{chapter.slug}.wav", chapter.encoded("wav")
        yield "dialplan/voicegen_menus.xml", _xml(_menus(menus, folder))


def _dialplan(page: PhonePage, sounds: str) -> ET.Element:
    """`voicegen-<page>-0` is the menu, `-1` and on the topics; after the last one comes the menu again."""
    include, context = _context()
    topics = page.topics
    stem = f"voicegen-{page.slug}"
    *before, last = page.menu
    extension = ET.SubElement(context, "extension", name=f"{stem}-0")
    condition = _condition(extension, f"^{stem}-0$")
    _action(condition, "answer", "")
    for chapter in before:
        _action(condition, "playback", f"{sounds}/{chapter.slug}.wav")
    _get_key(condition, sounds, last)
    _action(condition, "transfer", f"{stem}_go_0_${{vg_key}} XML voicegen")
    for number, chapter in enumerate(topics, 1):
        condition = _condition(ET.SubElement(context, "extension", name=f"{stem}-{number}"), f"^{stem}-{number}$")
        _get_key(condition, sounds, chapter)
        _action(condition, "transfer", f"{stem}_go_{number}_${{vg_key}} XML voicegen")
    keys = {chapter.key: number for number, chapter in enumerate(topics, 1) if chapter.key}
    for key, number in keys.items():
        _jump(context, f"{stem}-key-{key}", rf"^{stem}_go_\d+_{key}$", f"{stem}-{number}")
    for number in range(len(topics)):
        _jump(context, f"{stem}-next-{number}", rf"^{stem}_go_{number}_#?$", f"{stem}-{number + 1}")
    _jump(context, f"{stem}-menu", f"^{stem}_go_", f"{stem}-0")
    return include


def _menus(menus: Sequence[Menu], folder: str) -> ET.Element:
    """`voicegen_<menu>` for each; a key that it does not have, and waiting, begin it again."""
    include, context = _context()
    for menu in menus:
        stem = f"voicegen_{menu.slug}"
        condition = _condition(ET.SubElement(context, "extension", name=stem), f"^{stem}$")
        _action(condition, "answer", "")
        *before, last = (f"$${{sounds_dir}}/{folder}/{chapter.slug}.wav" for chapter in menu.chapters)
        for sound in before:
            _action(condition, "playback", sound)
        _action(condition, "play_and_get_digits", f"1 1 3 5000 # {last} silence_stream://1 vg_key [1-9*]")
        _action(condition, "transfer", f"{stem}_go_${{vg_key}} XML voicegen")
        for key, choice in menu.choices.items():
            to = f"voicegen_{choice.slug}" if isinstance(choice, Menu) else f"voicegen-{choice.slug}-0"
            _jump(context, f"{stem}-{key}", f"^{stem}_go_{key}$", to)
        _jump(context, f"{stem}-again", f"^{stem}_go_", stem)
    return include


def _stream(page: PhonePage) -> ET.Element:
    """To be copied into autoload_configs/local_stream.conf.xml, which includes no other files.

    Its folder holds a single file: local streams play a folder's files in the order in which the disk gives them,
    not by name (mod_local_stream.c, switch_dir_next_file).
    """
    path = f"{HOLD}/{page.slug}/8000"
    directory = ET.Element("directory", name=f"voicegen-{page.slug}", path=path)
    for name, value in (
        ("rate", "8000"), ("shuffle", "false"), ("channels", "1"), ("interval", "20"), ("timer-name", "soft"),
    ):  # fmt: skip
        ET.SubElement(directory, "param", name=name, value=value)
    return directory


def _context() -> tuple[ET.Element, ET.Element]:
    include = ET.Element("include")
    return include, ET.SubElement(include, "context", name="voicegen")


def _condition(extension: ET.Element, expression: str) -> ET.Element:
    return ET.SubElement(extension, "condition", field="destination_number", expression=expression)


def _action(condition: ET.Element, application: str, data: str) -> None:
    ET.SubElement(condition, "action", {"application": application, **({"data": data} if data else {})})


def _get_key(condition: ET.Element, sounds: str, chapter: PhoneChapter) -> None:
    """Plays a chapter and takes one key; `#` ends without one, which means the next chapter."""
    sound = f"{sounds}/{chapter.slug}.wav"
    _action(condition, "play_and_get_digits", f"1 1 1 300 # {sound} silence_stream://1 vg_key [0-9*]")


def _jump(context: ET.Element, name: str, expression: str, to: str) -> None:
    condition = _condition(ET.SubElement(context, "extension", name=name), expression)
    _action(condition, "transfer", f"{to} XML voicegen")


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    return ET.tostring(root, encoding="unicode").encode() + b"\n"
