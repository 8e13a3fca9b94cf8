"""Asterisk 16 and later: a dialplan context and a music-on-hold class for each page, and a menu over several.

Written as it was tried on real servers (docs/why/phone.md): `Background` with one-digit extensions takes a key
at once and else runs on; music on hold starts every caller at the first file and loops without a gap. A file's
name is given without its ending, so that Asterisk takes the encoding that the call needs no conversion for.

Every version of a page has folders of its own: music on hold plays all files of a folder, those of an earlier pack
too, and until the configuration is read anew, calls go by the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.phone.published import Menu, PhoneChapter, PhonePage, menus_folder

ENCODINGS = ("ulaw", "alaw", "wav", "g722")
HEAD = "; Made by voicegen. It holds names and keys only; what is said is in manifest.json."


def files(pages: Sequence[PhonePage], menus: Sequence[Menu]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file; the first of `menus` is the one over all pages, where there are several."""
    for page in pages:
        folder = page.folder
        for chapter in page.topics:
            yield from _sound(f"moh/voicegen-{folder}", chapter)
        for chapter in (*page.menu, *_notice(page)):
            yield from _sound(f"sounds/voicegen/{folder}", chapter)
        yield f"extensions_voicegen_{page.slug}.conf", text(_dialplan(page, folder))
        yield f"musiconhold_voicegen_{page.slug}.conf", text(_class(page, folder))
    if menus:
        folder = menus_folder(menus)
        for menu in menus:
            for chapter in menu.chapters:
                yield from _sound(f"sounds/{folder}", chapter)
        yield "extensions_voicegen-menus.conf", text(_menus(menus, folder))


def _sound(folder: str, chapter: PhoneChapter) -> Iterator[tuple[str, bytes]]:
    for encoding in ENCODINGS:
        yield f"{folder}/{chapter.slug}.{encoding}", chapter.encoded(encoding)


def _notice(page: PhonePage) -> list[PhoneChapter]:
    return [chapter for chapter in page.chapters if chapter.slug == page.notice and page.notice]


def _dialplan(page: PhonePage, folder: str) -> Iterator[str]:
    """The page's context: `s` plays the menu and then every topic, keys jump, `#` goes to the next."""
    yield HEAD
    yield f"[voicegen-{page.slug}]"
    yield "exten => s,1,Answer(500)"
    yield " same => n(menu),Set(VG_CH=0)"
    for chapter in page.menu:
        yield f" same => n,Background(voicegen/{folder}/{chapter.slug})"
    for number, chapter in enumerate(page.topics, 1):
        yield f" same => n(ch{number}),Set(VG_CH={number})"
        yield f" same => n,Background(${{ASTDATADIR}}/moh/voicegen-{folder}/{chapter.slug})"
    yield " same => n,Goto(menu)"
    for number, chapter in enumerate(page.topics, 1):
        if chapter.key:
            yield f"exten => {chapter.key},1,Goto(s,ch{number})"
    yield "exten => *,1,Goto(s,menu)"
    yield f"exten => #,1,Goto(s,ch$[${{VG_CH}} % {len(page.topics)} + 1])"
    yield "exten => i,1,Goto(s,menu)"
    yield "exten => t,1,Goto(s,menu)"


def _class(page: PhonePage, folder: str) -> Iterator[str]:
    yield HEAD
    yield f"[voicegen-{page.slug}]"
    yield "mode=files"
    yield f"directory=moh/voicegen-{folder}"
    yield "sort=alpha"
    if page.notice:
        yield f"announcement=voicegen/{folder}/{page.notice}"


def _menus(menus: Sequence[Menu], folder: str) -> Iterator[str]:
    """A context for each menu; a key that it does not have, and waiting, begin it again."""
    yield HEAD
    for menu in menus:
        yield f"[voicegen_{menu.slug}]"
        yield "exten => s,1,Answer(500)"
        first, *others = menu.chapters
        yield f" same => n(menu),Background({folder}/{first.slug})"
        for chapter in others:
            yield f" same => n,Background({folder}/{chapter.slug})"
        yield " same => n,WaitExten(5)"
        yield " same => n,Goto(menu)"
        for key, choice in menu.choices.items():
            context = f"voicegen_{choice.slug}" if isinstance(choice, Menu) else f"voicegen-{choice.slug}"
            yield f"exten => {key},1,Goto({context},s,1)"
        yield "exten => *,1,Goto(s,menu)"
        yield "exten => i,1,Goto(s,menu)"
        yield "exten => t,1,Goto(s,menu)"


def text(lines: Iterator[str]) -> bytes:
    """A configuration file of these lines."""
    return ("\n".join(lines) + "\n").encode("ascii")
