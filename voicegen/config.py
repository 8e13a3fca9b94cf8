"""voicegen.toml → Settings. Every key has a default; a wrong key or value is named with its remedy."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from voicegen.errors import SettingsError
from voicegen.language_tags import problem

FILE = "voicegen.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """`[project]`: whose pages these are and where they lie."""

    title: str = ""
    """Heading of the list of pages; empty: a heading in the words of `language`."""
    publisher: str = ""
    """Who publishes the pages; spoken after the title of a page that names no publisher itself."""
    language: str = ""
    """BCP 47 tag for pages that do not say their language; empty: it is told from their text."""
    content: str = "content"
    """Folder of the pages, relative to voicegen.toml."""
    output: str = "output"
    """Folder of the publications, relative to voicegen.toml."""
    cache: str = ".voicegen"
    """Folder that remembers what was spoken and encoded, relative to voicegen.toml; safe to delete."""


@dataclass(frozen=True, slots=True)
class Site:
    """`[site]`: what to keep and to leave out of the pages of this site, where the general rules are wrong."""

    keep: tuple[str, ...] = ()
    """CSS selectors of elements that are spoken whatever they look like."""
    drop: tuple[str, ...] = ()
    """CSS selectors of elements that are left out."""
    drop_texts: tuple[str, ...] = ()
    """Texts that are left out wherever they stand alone, such as a button's label."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`[voice]`: who speaks."""

    engine: str = "espeak"
    """The engine's name: `voicegen voices` lists them."""


@dataclass(frozen=True, slots=True)
class Rests:
    """`[rests]`: silences in seconds, from 0 to 10."""

    chapter: float = 0.3
    """Before a chapter's first word, after the jump mark."""
    title: float = 1.0
    """After the title."""
    before_heading: float = 1.2
    """Before a heading, at the end of what stands before it."""
    heading: float = 0.7
    """After a heading."""
    paragraph: float = 0.8
    """After a paragraph, and after a table, list or box as a whole."""
    item: float = 0.45
    """After an item of a list, a row of a table, a term."""
    sentence: float = 0.3
    """After a sentence inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Chapters:
    """`[chapters]`: what a listener can jump to."""

    depth: int = 3
    """Headings down to this level are chapters: 2 is the main sections, 3 those inside them too; up to 6."""


@dataclass(frozen=True, slots=True)
class Mp3:
    """`[mp3]`: the main recording."""

    kbits: int = 64
    """Bit rate in kbit/s, constant: 32, 40, 48, 56, 64, 80, 96, 112, 128, 144 or 160."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`[phone]`: the hold line (docs/how-to/phone.md)."""

    editions: tuple[str, ...] = ("full",)
    """"full": every word of the page; "short": urgent advice and the first sentences of each topic."""
    level: float = -22.0
    """Active speech level in dBov, from -30 to -18: -22 is clear on every line, -19 as loud as Asterisk's own."""
    voice: str = "page"
    """"page": the very same sound as the page's; "clear": the page's voice as a recogniser understood it best on a
    telephone, in English with espeak-ng its variant klatt, which stays about 2 dB softer."""
    longest: float = 30.0
    """Seconds that a chapter may last, from 15 to 300; a single sentence that is longer stands alone."""
    notice: str = ""
    """A line that callers hear now and then, such as "Thank you for holding."; spoken by the page's voice."""
    notice_recording: str = ""
    """A sound file of the clinic's own for that line instead, relative to voicegen.toml."""


@dataclass(frozen=True, slots=True)
class M4b:
    """`[m4b]`: the audiobook for phones, in AAC."""

    kbits: int = 48
    """Bit rate in kbit/s, on average: from 24 to 128; docs/why/codecs.md has what was measured."""


@dataclass(frozen=True, slots=True)
class Opus:
    """`[opus]`: the small recording."""

    kbits: int = 24
    """Bit rate in kbit/s, on average: from 12 to 96; docs/why/codecs.md has what was measured."""


@dataclass(frozen=True, slots=True)
class Braille:
    """`[braille]`: the braille files; docs/reference/braille.md says what is in them."""

    cells: int = 40
    """Cells in a row, from 12 to 100: 40 for most embossers, fewer for a reader's own display."""
    lines: int = 25
    """Rows on a page, from 5 to 60."""
    grade: int = 2
    """2: contracted braille in the languages whose readers are used to it; 1: uncontracted braille in all."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """`[braille.tables]`, language tag = liblouis table, over our choice, such as `es = "es-g2.ctb"`."""


@dataclass(frozen=True, slots=True)
class Publications:
    """`[publications]`: what is made of each page."""

    formats: tuple[str, ...] = (
        *("html", "mp3", "webvtt", "timeline", "account"),
        *("m4b", "epub", "daisy202", "phone"),
    )
    """Names of the formats, or `["all"]`; `voicegen doctor` lists them all."""
    address: str = ""
    """Where the output folder is published, such as `https://clinic.example/listen/`; the feed needs it."""
    cover: str = ""
    """A picture for players, relative to voicegen.toml: a square JPEG or PNG of 1400 to 3000 pixels on each side,
    of at most 2 MB; empty: a plain one of ours for each page."""


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """`[theme]`: the look of the pages and of their list (docs/how-to/theme.md)."""

    name: str = ""
    """The clinic's name at the head of every page; empty: the page's publisher."""
    logo: str = ""
    """A PNG, JPEG or SVG picture of at most 20 kB, relative to voicegen.toml; shown 48 pixels high."""
    logo_alt: str = ""
    """What the logo is, for those who do not see it; needed with a logo. Where it is the name, the name is not
    repeated beside it."""
    light: Mapping[str, str] = field(default_factory=dict)
    """`[theme.light]`, colours on light ground as #rrggbb: `paper`, `card`, `tint` (grounds), `ink`, `soft`,
    `accent` (texts), `line`, `focus`, `heard`. Refused where their contrast is too little."""
    dark: Mapping[str, str] = field(default_factory=dict)
    """`[theme.dark]`, the same colours on dark ground."""
    stylesheet: str = ""
    """A style sheet of the clinic's own, of at most 10 kB, relative to voicegen.toml."""
    templates: str = ""
    """A folder of templates that take the place of ours by their name, relative to voicegen.toml."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """`[fetch]`: where `voicegen fetch` may get pages from (docs/how-to/fetch.md)."""

    hosts: tuple[str, ...] = ()
    """Hosts of your own pages, such as "www.clinic.example": from no other is anything fetched; over https."""
    inner_hosts: tuple[str, ...] = ()
    """Hosts inside your own network or on this machine, such as "intranet.clinic.example" or "127.0.0.1:8000",
    over http too. A name that leads inside and is not here is refused: a link may have been set as a trap."""
    pause: float = 1.0
    """Least seconds between two requests to a host, from 0 to 60; a longer one that robots.txt asks for holds."""
    deadline: float = 30.0
    """Most seconds for one answer, from its first to its last byte, from 0.1 to 600."""
    most_kb: int = 5000
    """Largest page or sitemap in kB, unpacked, from 1 to 50000."""
    most_pages: int = 200
    """Most pages of a sitemap, from 1 to 10000."""


@dataclass(frozen=True, slots=True)
class History:
    """`[history]`: the versions that were published before, for taking a change back."""

    keep: int = 5
    """How many earlier versions of each page are kept, from 0 to 1000."""
    folder: str = "history"
    """Folder that keeps them, relative to voicegen.toml; best on the same disk as the output."""


@dataclass(frozen=True, slots=True)
class Review:
    """`[review]`: approval before a page is published (docs/how-to/approve.md), and its review in later years."""

    required: bool = False
    """Whether somebody must approve a page before it is published: builds then make drafts, and only
    `voicegen publish` changes the output folder."""
    log: str = "approvals.jsonl"
    """File of who approved and rejected what, relative to voicegen.toml; nothing but lines is ever added to it."""
    recordings: str = "recordings"
    """Folder of the staff's own recordings, relative to voicegen.toml; used whether or not `required` is set."""

    warn_days: int = 30
    """Days before a page's next review from which builds and `voicegen status` remind of it, from 0 to 3650."""
    overdue: str = "warn"
    """"warn": staff are told; "notice": readers and listeners are told too; "refuse": it is not published."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`[plan]`: what `voicegen plan` reckons with."""

    price: float = 0.0
    """What a million characters cost with the engine in use, in `currency`; 0 where it costs nothing."""
    currency: str = "USD"
    """What the price is in, as it is to be shown."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """`[store]`: where what was spoken and encoded is kept (docs/how-to/share-a-store.md)."""

    place: str = ""
    """A folder that several projects or machines share, relative to voicegen.toml, or "s3://BUCKET/FOLDER" on an
    object store, with the extra voicegen[s3]; empty: in the cache folder, for this project alone."""
    mode: str = "read-write"
    """"read-write", or "read-only": what others made is used, and nothing is given to them."""
    name: str = ""
    """What this project is called in the store, in letters, digits and hyphens: the same on all its machines, and
    another for each project; empty: the title of the project, or its publisher, in such letters."""
    endpoint: str = ""
    """Address of the object store, such as "https://s3.clinic.example", where it is not Amazon's."""
    region: str = ""
    """Region of the object store, where it has any; empty: what the environment says."""
    deadline: float = 180.0
    """Most seconds that one question to an object store may take, with all its repetitions, from 1 to 3600; an
    attempt may take half of it. Give more for a slow line."""


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """`[mirror]`: an object store that the output is copied to (docs/how-to/publish-on-an-object-store.md)."""

    place: str = ""
    """"s3://BUCKET/FOLDER"; `voicegen mirror` copies there, with the extra voicegen[s3]."""
    endpoint: str = ""
    """Address of the object store, such as "https://s3.clinic.example", where it is not Amazon's."""
    region: str = ""
    """Region of the object store, where it has any; empty: what the environment says."""
    deadline: float = 180.0
    """As `[store] deadline`."""


@dataclass(frozen=True, slots=True)
class PageSettings:
    """`[pages.NAME]`: what holds for one page; NAME is the page's folder name in the output."""

    language: str = ""
    """BCP 47 tag, over what the page itself says."""
    publisher: str = ""
    """Over what the page itself says."""
    author: str = ""
    """Over what the page itself says."""
    reviewed: str = ""
    """Day of the last review, such as "2026-11-30", over what the page itself says."""
    next_review: str = ""
    """Day by which the page is to be reviewed again, such as "2027-11-30", over what the page itself says."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All of voicegen.toml."""

    root: Path
    """The folder that holds voicegen.toml."""
    project: Project = field(default_factory=Project)
    site: Site = field(default_factory=Site)
    voice: Voice = field(default_factory=Voice)
    rests: Rests = field(default_factory=Rests)
    chapters: Chapters = field(default_factory=Chapters)
    mp3: Mp3 = field(default_factory=Mp3)
    m4b: M4b = field(default_factory=M4b)
    opus: Opus = field(default_factory=Opus)
    braille: Braille = field(default_factory=Braille)
    publications: Publications = field(default_factory=Publications)
    theme: ThemeSettings = field(default_factory=ThemeSettings)
    phone: Phone = field(default_factory=Phone)
    fetch: Fetch = field(default_factory=Fetch)
    history: History = field(default_factory=History)
    review: Review = field(default_factory=Review)
    plan: Plan = field(default_factory=Plan)
    store: StoreSettings = field(default_factory=StoreSettings)
    mirror: MirrorSettings = field(default_factory=MirrorSettings)
    voices: Mapping[str, str] = field(default_factory=dict)
    """`[voices]`: language tag = the engine's voice for it, over the engine's own choice."""
    pages: Mapping[str, PageSettings] = field(default_factory=dict)
    """`[pages.NAME]`, by name."""
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Options for engines, `[espeak]`, `[gtts]` and so on, which the engines check."""
    everything: bool = False
    """Whether `[publications] formats` is `["all"]`: what can't be made is then left out, with a notice."""

    def engine_options(self, name: str, send_text_to: str = "") -> dict[str, object]:
        """What the engine is made with: its section, this folder, and the command's consent to send text."""
        return {**self.engines.get(name, {}), "root": str(self.root), "send_text_to": send_text_to}

    @property
    def engine_voices(self) -> dict[str, object]:
        """The voices that the section of the engine in use names for languages; most engines have their own."""
        named = self.engines.get(self.voice.engine, {}).get("voices")
        return dict(named) if isinstance(named, Mapping) else {}

    def check_consent(self, send_text_to: str) -> None:
        """Raises SettingsError where the command consents to another engine than the one in use."""
        if send_text_to and send_text_to != self.voice.engine:
            raise SettingsError(
                f"--send-text-to {send_text_to}",
                f"the engine in use is {self.voice.engine!r}",
                "Name that one, or change [voice] engine in voicegen.toml.",
            )

    def check_leave(self, host: str, send_text_to: str) -> None:
        """Raises SettingsError where the command does not consent to what the engine in use sends to `host`."""
        if send_text_to != self.voice.engine:
            raise SettingsError(
                "--send-text-to",
                f"the engine {self.voice.engine} would send your text to {host}, which the command does not say",
                f"Add --send-text-to {self.voice.engine} to it if it shall, or choose another engine.",
            )

    def address(self, path: str = "") -> str:
        """Where a path below the output folder is published; empty where nobody said where that is."""
        base = self.publications.address
        return base and f"{base.rstrip('/')}/{path}"

    @property
    def content(self) -> Path:
        """Folder of the pages."""
        return self.root / self.project.content

    @property
    def output(self) -> Path:
        """Folder of the publications."""
        return self.root / self.project.output

    @property
    def cache(self) -> Path:
        """Folder that remembers."""
        return self.root / self.project.cache

    @property
    def recordings(self) -> Path:
        """Folder of the staff's own recordings."""
        return self.root / self.review.recordings


SECTIONS = {
    "project": Project,
    "site": Site,
    "voice": Voice,
    "rests": Rests,
    "chapters": Chapters,
    "mp3": Mp3,
    "m4b": M4b,
    "opus": Opus,
    "braille": Braille,
    "publications": Publications,
    "theme": ThemeSettings,
    "phone": Phone,
    "fetch": Fetch,
    "history": History,
    "review": Review,
    "plan": Plan,
    "store": StoreSettings,
    "mirror": MirrorSettings,
}
BESIDE = {
    "html": ("mp3", "webvtt", "timeline"),
    "mp3": ("timeline",),
    **dict.fromkeys(("m4b", "opus", "webvtt"), ("timeline",)),
    "epub": ("timeline",),
    **dict.fromkeys(("daisy202", "daisy3", "audiobook"), ("timeline",)),
    "feed": ("html", "mp3", "webvtt", "timeline"),
    **dict.fromkeys(("braille", "phone"), ("timeline",)),
}
"""Formats whose files another format links to, or is verified with."""
NEEDS_ADDRESS = ("feed",)
"""Formats that can't be made without `[publications] address`."""
ALL = "all"
"""What stands for every format in `[publications] formats`."""
MP3_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
KBITS = {"m4b": (24, 128), "opus": (12, 96)}
"""Least and most kbit/s of codecs that take any between."""
MODES = ("read-write", "read-only")
"""What `[store] mode` takes."""
OVERDUE = ("warn", "notice", "refuse")
"""What `[review] overdue` takes."""
MOST_PRICE = 1e6
"""Of a million characters, in any currency: more is a mistake."""
BRAILLE = {"cells": (12, 100), "lines": (5, 60), "grade": (1, 2)}
"""Least and most of what `[braille]` takes."""
FETCH = {"pause": (0, 60), "deadline": (0.1, 600), "most_kb": (1, 50_000), "most_pages": (1, 10_000)}
"""Least and most of what `[fetch]` takes."""


def load(folder: Path, engines: tuple[str, ...] = (), formats: tuple[str, ...] = ()) -> Settings:
    """The settings of the project in `folder`; defaults where it has no voicegen.toml.

    `engines` and `formats` are the names that exist. Raises SettingsError for anything wrong.
    """
    path = folder / FILE
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        data = {}
    except (ValueError, RecursionError) as trouble:  # also a number of thousands of digits, and lists in lists
        raise SettingsError(str(path), f"it is not TOML ({trouble})", "Correct that place.") from trouble
    except OSError as trouble:
        raise SettingsError(str(path), f"it can't be read ({trouble.strerror})") from trouble
    known = (*SECTIONS, "voices", "pages", *engines)
    for name, value in data.items():
        _known("", name, known)
        if not isinstance(value, dict):
            raise SettingsError(FILE, f"{name!r} is a value, not a section", f"Write it as [{name}].")
    sections: dict[str, Any] = {
        name: _section(cls, data.get(name, {}), f"[{name}]") for name, cls in SECTIONS.items()
    }
    everything = sections["publications"].formats == (ALL,)
    if everything:
        sections["publications"] = _all(sections["publications"], formats)
    settings = Settings(
        root=folder,
        **sections,
        voices=_voices(data.get("voices", {})),
        pages={
            name: _section(PageSettings, value, f"[pages.{name}]") for name, value in data.get("pages", {}).items()
        },
        engines={name: data[name] for name in engines if name in data},
        everything=everything,
    )
    _check(settings, engines, formats)
    return settings


def _all(publications: Publications, formats: tuple[str, ...]) -> Publications:
    """Every format that can be made with the settings that there are."""
    possible = [name for name in formats if publications.address or name not in NEEDS_ADDRESS]
    return replace(publications, formats=tuple(possible))


def _voices(data: Mapping[str, object]) -> dict[str, str]:
    """One voice for each language. Raises SettingsError where a language has two."""
    found: dict[str, str] = {}
    for lang, voice in data.items():
        twin = next((one for one in found if one.lower().replace("_", "-") == lang.lower().replace("_", "-")), "")
        if twin:
            raise _wrong(f"[voices] {lang}", f"{twin!r} is the same language, with a voice already", "Keep one.")
        found[lang] = _value(str, voice, f"[voices] {lang}")
    return found


def _check(settings: Settings, engines: tuple[str, ...], formats: tuple[str, ...]) -> None:
    for rest in fields(settings.rests):
        if not 0 <= getattr(settings.rests, rest.name) <= 10:
            raise _wrong(f"[rests] {rest.name}", "it is not from 0 to 10 seconds", "Give such a number.")
    if not 2 <= settings.chapters.depth <= 6:
        raise _wrong("[chapters] depth", "it is not from 2 to 6", "Give 3 for sections and those inside them.")
    if settings.mp3.kbits not in MP3_KBITS:
        raise _wrong("[mp3] kbits", f"{settings.mp3.kbits} is no bit rate", f"Give one of {_list(MP3_KBITS)}.")
    for name, (least, most) in KBITS.items():
        kbits = getattr(settings, name).kbits
        if not least <= kbits <= most:
            raise _wrong(f"[{name}] kbits", f"{kbits} is not from {least} to {most}", "Give such a number.")
    for name, (least, most) in BRAILLE.items():
        number = getattr(settings.braille, name)
        if not least <= number <= most:
            raise _wrong(f"[braille] {name}", f"{number} is not from {least} to {most}", "Give such a number.")
    for name, limits in FETCH.items():
        if not limits[0] <= getattr(settings.fetch, name) <= limits[1]:
            raise _wrong(f"[fetch] {name}", f"it is not from {limits[0]} to {limits[1]}", "Give such a number.")
    for lang, table in settings.braille.tables.items():
        if not re.fullmatch(r"[\w.,+-]+", table):
            raise _wrong(
                f"[braille.tables] {lang}", f"{table!r} is no name of a table", "Give one such as en-ueb-g2.ctb."
            )
    if engines and settings.voice.engine not in engines:
        raise _wrong("[voice] engine", f"there is no engine {settings.voice.engine!r}", f"Give {_list(engines)}.")
    _check_phone(settings.phone)
    _check_review(settings)
    _check_store(settings.store)
    _check_server("store", settings.store)
    _check_server("mirror", settings.mirror)
    if not 0 <= settings.plan.price <= MOST_PRICE:
        raise _wrong(
            "[plan] price", f"it is not from 0 to {MOST_PRICE:g}", "Give the price of a million characters."
        )
    for name in settings.publications.formats:
        if formats and name not in formats:
            raise _wrong(
                "[publications] formats", f"there is no format {name!r}", f"Choose from {_list(formats)}."
            )
        beside = BESIDE.get(name, ())
        missing = _list(tuple(other for other in beside if other not in settings.publications.formats))
        if missing:
            what = f"{name!r} leads to files of {missing}, which are not made"
            raise _wrong("[publications] formats", what, f"Add {missing}, or leave out {name!r}.")
        if name in NEEDS_ADDRESS and not settings.publications.address:
            raise _wrong(
                "[publications] formats",
                f"{name!r} needs to know where the output folder is published",
                'Add address = "https://…/" there, or leave it out.',
            )
    if not re.fullmatch(r"(https?://[^\s/?#]+(/[^\s?#]*)?)?", settings.publications.address):
        raise _wrong(
            "[publications] address",
            f"{settings.publications.address!r} is no web address of a folder",
            "Give one such as https://clinic.example/listen/.",
        )
    for where, tag in _languages(settings):
        if trouble := problem(tag):
            raise _wrong(where, f"{tag!r} {trouble}", 'Give a tag by BCP 47, such as "en", "es-MX" or "pt-BR".')
    if not 0 <= settings.history.keep <= 1000:
        raise _wrong("[history] keep", "it is not from 0 to 1000", "Give such a number.")
    places = {settings.content.resolve(), settings.output.resolve(), settings.cache.resolve()}
    if not settings.publications.formats:
        raise _wrong("[publications] formats", "it names none", "Name at least one, or leave the key out.")
    inside = settings.root.resolve().is_relative_to(settings.output.resolve())
    if len(places) < 3 or settings.root.resolve() in places or inside:
        raise _wrong(
            "[project] content, output, cache",
            "two of them are one folder, or the output holds the project",
            "Give each a folder of its own.",
        )
    own = {
        "[history] folder": settings.root / settings.history.folder,
        "[review] recordings": settings.recordings,
        "[review] log": settings.root / settings.review.log,
    }
    taken = {key: path.resolve() for key, path in own.items()}
    for key, kept in taken.items():
        others = {*places, *(path for name, path in taken.items() if name != key)}
        if any(kept.is_relative_to(place) for place in others) or settings.root.resolve().is_relative_to(kept):
            raise _wrong(key, "it is inside another folder of the project", "Give it a place of its own.")


def _check_review(settings: Settings) -> None:
    if not 0 <= settings.review.warn_days <= 3650:
        raise _wrong("[review] warn_days", "it is not from 0 to 3650", "Give such a number.")
    if settings.review.overdue not in OVERDUE:
        what = f"{settings.review.overdue!r} is no way to deal with it"
        raise _wrong("[review] overdue", what, f"Give one of {_list(OVERDUE)}.")
    for name, page in settings.pages.items():
        for key in ("reviewed", "next_review"):
            written = getattr(page, key)
            try:
                date.fromisoformat(written or "2000-01-01")
            except ValueError:
                where = f"[pages.{name}] {key}"
                raise _wrong(where, f"{written!r} is no day", "Give one such as 2026-11-30.") from None


def _check_store(store: StoreSettings) -> None:
    if store.mode not in MODES:
        raise _wrong("[store] mode", f"{store.mode!r} is none", f"Give one of {_list(MODES)}.")
    if not re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", store.name):
        what = f"{store.name!r} has other signs than small letters, digits and hyphens between them"
        raise _wrong("[store] name", what, 'Give one such as "city-clinic".')


def _check_server(section: str, said: StoreSettings | MirrorSettings) -> None:
    """What is said of an object store; keys are in the environment, and none may stand in an address."""
    scheme, slashes, rest = said.place.partition("://")
    if slashes and ("@" in rest or "?" in rest or not rest.partition("/")[0]):
        what = f"what stands behind {scheme}:// is no bucket and folder"
        raise _wrong(f"[{section}] place", what, "Give such as s3://clinic/voices; keys are in the environment.")
    if not re.fullmatch(r"(https?://[^\s/?#@]+(/[^\s?#]*)?)?", said.endpoint):
        what = "it is no web address of a server"
        raise _wrong(f"[{section}] endpoint", what, "Give one such as https://s3.clinic.example, without keys.")
    if not 1 <= said.deadline <= 3600:
        raise _wrong(f"[{section}] deadline", "it is not from 1 to 3600 seconds", "Give 180.")


def _check_phone(phone: Phone) -> None:
    if not phone.editions or not set(phone.editions) <= {"full", "short"}:
        raise _wrong("[phone] editions", f"{list(phone.editions)} are none", 'Give ["full"], ["short"] or both.')
    if phone.voice not in {"clear", "page"}:
        raise _wrong("[phone] voice", f"{phone.voice!r} is none", 'Give "clear" or "page".')
    if not -30 <= phone.level <= -18:
        raise _wrong("[phone] level", "it is not from -30 to -18 dBov", "Give -22.")
    if not 15 <= phone.longest <= 300:
        raise _wrong("[phone] longest", "it is not from 15 to 300 seconds", "Give 30.")
    if phone.notice and phone.notice_recording:
        raise _wrong("[phone] notice", "there is a recording of it too", "Give one of the two.")


def _languages(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every language tag, with the place where it stands."""
    if settings.project.language:
        yield "[project] language", settings.project.language
    yield from ((f"[voices] {tag}", tag) for tag in settings.voices)
    yield from ((f"[braille.tables] {tag}", tag) for tag in settings.braille.tables)
    for name, page in settings.pages.items():
        if page.language:
            yield f"[pages.{name}] language", page.language


def _section(cls: type[Any], data: object, where: str) -> Any:
    if not isinstance(data, dict):
        raise _wrong(where, "it is not a section", f"Write {where} on a line of its own, its keys below it.")
    known = {f.name: f for f in fields(cls)}
    for key in data:
        _known(where, key, tuple(known))
    return cls(**{key: _value(type(_default(known[key])), value, f"{where} {key}") for key, value in data.items()})


def _default(f: Any) -> Any:
    return f.default if f.default is not MISSING else f.default_factory()


KINDS = {
    bool: "true or false",
    str: "text in quotation marks",
    float: "a number",
    int: "a whole number",
    tuple: "a list of texts",
} | {dict: "a section of texts"}


def _value(kind: type[Any], value: Any, where: str) -> Any:
    """The value if it is of the kind. Raises SettingsError where it is not."""
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is tuple and isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    if kind is dict and isinstance(value, dict):
        return {key: _value(str, text, f"{where} {key}") for key, text in value.items()}
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _wrong(where, f"{value!r} is not {KINDS[kind]}", f"Give {KINDS[kind]}.")
    return value


def _known(where: str, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known here: {_list(known)}."
        raise _wrong(where or f"[{name}]", f"there is no {name!r} here", remedy)


def _wrong(where: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"{FILE}, {where}", what, remedy)


def _list(names: tuple[object, ...]) -> str:
    return ", ".join(str(name) for name in names)
