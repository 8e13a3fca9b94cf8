"""What a build published for telephones: `phone/phone.json` of a page and the chapters beside it."""

from __future__ import annotations

import hashlib
import json
import re
import wave
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicegen.errors import MISSHAPEN, PublicationError
from voicegen.sound import g711, phone
from voicegen.sound.bands import WIDE_HZ

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""What may stand in a configuration. Whatever does not match is refused, wherever it came from."""
NOTICE_EVERY_S = 30.0
"""About how often callers hear the clinic's own line; it comes between chapters only."""


@dataclass(frozen=True, slots=True)
class PhoneChapter:
    """One file."""

    slug: str
    """Begins with its number: "02-symptoms"."""
    key: str
    """"1" to "9"; "*" for the menu; "" where it is reached by running on."""
    samples: int
    """At 8 kHz."""
    spoken: tuple[str, ...]
    place: Path
    """Its folder."""
    starts: tuple[int, ...] = ()
    """For each of `spoken` the sample at 8 kHz where it begins; empty where it was published before they were."""

    @property
    def seconds(self) -> float:
        """Length of its sound."""
        return self.samples / phone.RATE_HZ

    def pcm(self) -> bytes:
        """16-bit little-endian samples at 8 kHz."""
        with wave.open(str(self.place / f"{self.slug}.wav")) as sound:
            return bytes(sound.readframes(sound.getnframes()))

    def encoded(self, encoding: str) -> bytes:
        """The whole file in an encoding: "wav", "wav16", "mulaw-wav", "ulaw", "alaw" or "g722"."""
        if encoding == "g722":
            return (self.place / f"{self.slug}.g722").read_bytes()
        if encoding == "wav16":
            return in_container(phone.from_g722(self.encoded("g722")), encoding)
        return in_container(self.pcm(), encoding)


@dataclass(frozen=True, slots=True)
class PhonePage:
    """One page in one edition."""

    slug: str
    title: str
    name: str
    """The title as it is said."""
    lang: str
    publisher: str
    voice: str
    licence: str
    own_recordings: int
    """Lines of the whole page that are recordings of the clinic's own people."""
    reviewed: str
    source: str
    edition: str
    chapters: tuple[PhoneChapter, ...]
    notice: str
    """The slug of the line that callers hear now and then; empty where there is none."""
    level_dbov: float = phone.LEVEL_DBOV
    """The active speech level of its sound."""

    @property
    def folder(self) -> str:
        """A name for a folder of this sound alone (`version_of`)."""
        return f"{self.slug}-{version_of(self.chapters)}"

    @property
    def menu(self) -> tuple[PhoneChapter, ...]:
        """The chapters that say the keys."""
        return tuple(chapter for chapter in self.chapters if chapter.key == "*")

    @property
    def topics(self) -> tuple[PhoneChapter, ...]:
        """The other chapters, without the notice."""
        return tuple(c for c in self.chapters if c.key != "*" and c.slug != self.notice)

    @property
    def loop(self) -> tuple[PhoneChapter, ...]:
        """What a system plays that has no keys: the topics, and the notice whenever NOTICE_EVERY_S have passed."""
        notice = [chapter for chapter in self.chapters if chapter.slug == self.notice]
        played: list[PhoneChapter] = []
        since = 0.0
        for chapter in self.topics:
            played.append(chapter)
            since += chapter.seconds
            if since >= NOTICE_EVERY_S or chapter is self.topics[-1]:
                played += notice
                since = 0.0
        return tuple(played)


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice between pages, between languages, or of a further menu."""

    slug: str
    """"menu", "menu-es", "menu-2": no page has this name, for systems get it behind an underscore."""
    lang: str
    chapters: tuple[PhoneChapter, ...]
    """What it says, in order."""
    choices: Mapping[int, PhonePage | Menu]
    """What each key leads to."""


def version_of(chapters: Iterable[PhoneChapter]) -> str:
    """What tells files that are heard from those of another version: eight digits of their SHA-256.

    A system that plays a folder plays what an earlier pack left there, too: a chapter under the name that it had.
    """
    digest = hashlib.sha256()
    for chapter in chapters:
        digest.update(f"{chapter.slug} {chapter.samples}\n".encode() + chapter.pcm())
    return digest.hexdigest()[:8]


def menus_folder(menus: Iterable[Menu]) -> str:
    """A name for a folder of what these menus say alone."""
    return f"voicegen_menus-{version_of(chapter for menu in menus for chapter in menu.chapters)}"


def load(folder: Path, edition: str) -> PhonePage:
    """What is published for telephones in a page's folder. Raises PublicationError where it can't be used."""
    path = folder / "phone" / "phone.json"
    try:
        facts = json.loads(path.read_bytes())
        found = next((one for one in facts["editions"] if one["name"] == edition), None)
        if found is None:
            known = ", ".join(one["name"] for one in facts["editions"])
            raise PublicationError(str(path), f"there is no {edition!r} edition", f"There is: {known}.")
        chapters = tuple(
            PhoneChapter(
                _slug(chapter["file"]),
                _key(chapter["key"]),
                int(chapter["samples"]),
                tuple(map(str, chapter["spoken"])),
                folder / "phone" / edition,
                tuple(map(int, chapter.get("starts", ()))),
            )
            for chapter in found["chapters"]
        )
        words = {
            name: str(facts[name])
            for name in ("title", "name", "lang", "publisher", "voice", "licence", "reviewed", "source")
        }
        own = int(facts["own_recordings"])
        page = _slug(facts["page"] if edition == "full" else f"{facts['page']}-{edition}")
        notice = _slug(found["notice"]) if found["notice"] else ""
        level = float(found.get("level", phone.LEVEL_DBOV))
        return PhonePage(
            slug=page,
            edition=edition,
            chapters=chapters,
            notice=notice,
            level_dbov=level,
            own_recordings=own,
            **words,
        )
    except (OSError, *MISSHAPEN) as trouble:
        raise PublicationError(
            str(path), f"it can't be read ({trouble})", 'Build the page with "phone" among the formats.'
        ) from trouble


def in_container(pcm: bytes, encoding: str) -> bytes:
    """16-bit samples (16 kHz for "wav16", else 8 kHz) as a file in the encoding."""
    samples = len(pcm) // 2
    if encoding == "wav":
        return phone.wav_header(samples) + pcm
    if encoding == "wav16":
        return phone.wav_header(samples, WIDE_HZ) + pcm
    if encoding == "mulaw-wav":
        return phone.wav_header(samples, kind=phone.WAV_MU_LAW) + g711.mu_law(pcm) + bytes(samples % 2)
    return {"ulaw": g711.mu_law, "alaw": g711.a_law}[encoding](pcm)


def _slug(name: object) -> str:
    if not isinstance(name, str) or not SLUG.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a telephone system")
    return name


def _key(key: object) -> str:
    if key not in {"", "*", *"123456789"}:
        raise ValueError(f"{key!r} is no key")
    return str(key)
