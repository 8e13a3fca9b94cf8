"""The sections of voicegen.toml, key by key, with their defaults. docs/reference/settings.md is made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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

    kbits: int = 52
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
"""By the name that each has in voicegen.toml."""
