"""Asterisk, with keys for callers who wait: music on hold that a key changes (`digit` in musiconhold.conf).

A caller in `Queue()` keeps the place and steers by 1 to 9; `*` leads back to the menu. The digits hold for the
whole system, whatever a caller waits for (a caller who waited with one page's class heard another page's chapter),
so a pack holds one page. What a key leads to is played again and again; there is no "next", so the menu on hold
does not offer it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.errors import SettingsError
from voicegen.phone import asterisk
from voicegen.phone.published import PhoneChapter, PhonePage, in_container
from voicegen.sound import phone
from voicegen.speech.telephone_words import telephone_words


def files(pages: Sequence[PhonePage]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. Raises SettingsError for more than one page."""
    if len(pages) != 1:
        raise SettingsError(
            "keys on hold",
            f"{len(pages)} pages would share the same keys: they hold for the whole system",
            "Pack one page, or use the profile asterisk.",
        )
    (page,) = pages
    yield from asterisk.files(pages, ())
    own = page.folder
    folder = f"moh/voicegen-{own}-keys"
    unsaid = telephone_words(page.lang).next
    for encoding in asterisk.ENCODINGS:
        for chapter in page.menu:
            yield f"{folder}/{chapter.slug}.{encoding}", _without(chapter, unsaid, encoding)
        for chapter in page.topics:
            yield f"{folder}/{chapter.slug}.{encoding}", chapter.encoded(encoding)
        for chapter in _notice(page):
            yield f"{folder}/{chapter.slug}.{encoding}", chapter.encoded(encoding)
        for key, topic in _topics(page).items():
            for chapter in (*topic, *_notice(page)):
                path = f"moh/voicegen-{own}-key-{key}/{chapter.slug}.{encoding}"
                yield path, chapter.encoded(encoding)
    yield f"musiconhold_voicegen_{page.slug}_keys.conf", asterisk.text(_classes(page, own))


def _topics(page: PhonePage) -> dict[str, list[PhoneChapter]]:
    """What each key leads to: its chapter and the parts that follow it."""
    found: dict[str, list[PhoneChapter]] = {}
    key = ""
    for chapter in page.topics:
        key = chapter.key or key
        if key:
            found.setdefault(key, []).append(chapter)
    return found


def _notice(page: PhonePage) -> list[PhoneChapter]:
    """The clinic's line: the last file of each folder, so that it comes round with it."""
    return [chapter for chapter in page.chapters if page.notice and chapter.slug == page.notice]


def _without(chapter: PhoneChapter, words: str, encoding: str) -> bytes:
    """The chapter's file without the line that says `words`, cut in whole packets in the silence around it."""
    if words not in chapter.spoken or len(chapter.starts) != len(chapter.spoken):
        return chapter.encoded(encoding)
    at = chapter.spoken.index(words)
    ends = (*chapter.starts, chapter.samples)
    start, end = (sample // phone.PACKET * phone.PACKET for sample in (ends[at], ends[at + 1]))
    if encoding == "g722":  # half a byte for each sample at 16 kHz
        sound = chapter.encoded("g722")
        return sound[:start] + sound[end:]
    pcm = chapter.pcm()
    return in_container(pcm[: 2 * start] + pcm[2 * end :], encoding)


def _classes(page: PhonePage, folder: str) -> Iterator[str]:
    """One class with everything, to which `*` leads back, and one for each key."""
    yield asterisk.HEAD
    for name, digit in (("keys", "*"), *((f"key-{key}", key) for key in _topics(page))):
        yield f"[voicegen-{page.slug}-{name}]"
        yield "mode=files"
        yield f"directory=moh/voicegen-{folder}-{name}"
        yield "sort=alpha"
        yield f"digit={digit}"
