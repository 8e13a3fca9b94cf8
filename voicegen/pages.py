"""The pages of the content folder, their names in the output, and what each is made from."""

from __future__ import annotations

import difflib
import errno
import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from voicegen import extensions
from voicegen.config import FILE, PageSettings, Settings
from voicegen.contracts import SiteRules, SourceFile
from voicegen.converting import is_document
from voicegen.durable import blame, machine, plain, read
from voicegen.errors import SettingsError, SourceError
from voicegen.model.blob import Blob

LONGEST_NAME = 60
LARGEST_BYTES = 64 << 20
"""Of a file that is read at all; how large a page may be, its reader says."""
TRIES = 3
"""How often a page is opened that is saved at that very moment."""
BESIDE_PAGES = {
    ".avif",
    ".css",
    ".gif",
    ".ico",
    ".jpeg",
    ".jpg",
    ".js",
    ".png",
    ".svg",
    ".webp",
    ".woff",
    ".woff2",
} | {
    ".toml",
    ".pls",
}
"""Endings of what lies beside pages and is no page."""
RESERVED = {"con", "prn", "aux", "nul", "index", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that a file system or our own output needs for itself."""
LONGEST_SHOWN = 200
"""Letters of a path that is too long to be read."""
MOST_NAMED = 12
"""Pages that a message names: with more it would not be read."""
COPY = re.compile(
    r"(?:"
    r" \([^()/]*\b(?i:conflict|konflikt|conflit)[^()/]*\d{4}-\d\d-\d\d[^()/]*\)"  # Dropbox, Nextcloud
    r"|_conflict-\d{8}-\d{6}"  # ownCloud
    r"|\.sync-conflict-\d{8}-\d{6}-[A-Z0-9]{7}"  # Syncthing
    r"|-(?:DESKTOP|LAPTOP)-(?=[A-Z]*\d)[A-Z0-9]{7}"  # OneDrive, on a machine that Windows named
    r"|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+"  # git mergetool
    r")(?:\.[^./]*)?(?=/|\Z)"
)
"""The end of a name that programs give to a copy, where a file was changed in two places at once.

Danger: it holds what was corrected in the other, and would be a page of its own.
"""
UNJOINED = tuple(re.compile(line, re.M) for line in (rb"^<{7}(?: |\r?$)", rb"^={7}\r?$", rb"^>{7}(?: |\r?$)"))
"""The lines before, between and behind two versions of a passage that git could not join, in this order."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page that lies in the content folder."""

    id: str
    """Its folder's name in the output, `[a-z0-9-]`."""
    source: str
    """Path below the content folder, with forward slashes."""
    path: Path
    trouble: SourceError | None = None
    """Why it can't be read, where its name or its place tells so already."""

    def read(self, settings: Settings) -> SourceFile:
        """The page's bytes, read once, with what the settings say of it.

        Raises SourceError where that fails, and TemporaryError where the disk is to blame.
        """
        if self.trouble:
            raise self.trouble
        own = settings.pages.get(self.id, PageSettings())
        rules = SiteRules(settings.site.keep, settings.site.drop, settings.site.drop_texts)
        try:
            with machine(self.source):
                data = self._bytes(settings.content)
        except OSError as trouble:
            raise SourceError(self.source, f"it can't be read ({trouble.strerror})") from trouble
        if len(data) > LARGEST_BYTES:
            raise SourceError(self.source, f"it has more than {LARGEST_BYTES >> 20} MB", "It can be no page.")
        if line := _unjoined(data):
            what = "from there on a passage stands in two versions, between git's marks <<<<<<< and >>>>>>>"
            raise SourceError(f"{self.source}, line {line}", what, "Keep one of them, without the marks.")
        return SourceFile(self.source, data, settings.project.language, rules, own.language)

    def _bytes(self, content: Path) -> bytes:
        """What stands in the file. Raises OSError, and SourceError where a link has taken its place meanwhile.

        Between `find` and here somebody may have put a link to another's file in the place of the page, or of its
        folder: what was opened must be what lies in the content folder. An editor may have saved the page, too.
        """
        for _ in range(TRIES):
            with plain(self.path) as file:
                if not self.path.is_relative_to(content) or _lies_in(content, self.path, os.fstat(file.fileno())):
                    return file.read(LARGEST_BYTES + 1)
        raise SourceError(self.source, *_OUTSIDE)


def find(settings: Settings) -> list[PageFile]:
    """All pages, in the order of their names; one that can't be read by its name or place has its trouble with it.

    Raises SettingsError where there is no content folder or a folder in it can't be read.
    """
    check_there(settings)
    found = [_page(path, settings.content) for path in _files(settings.content) if _is_page(path)]
    sources: dict[str, list[str]] = {}
    for page in found:
        sources.setdefault(page.id, []).append(page.source)
    return [_alone(page, sources[page.id], settings.project.output) for page in found]


def check_there(settings: Settings) -> None:
    """Raises SettingsError where there is no project, or no content folder: before anything is made there."""
    if settings.content.is_dir():
        return
    if not (settings.root / FILE).exists():
        raise SettingsError(
            str(settings.root.absolute()),
            f"there is no project here: no {FILE} and no folder {settings.project.content}",
            "Go to the project's folder, name it (voicegen -C FOLDER …), or make one (voicegen init FOLDER).",
        )
    raise SettingsError(
        str(settings.content), "there is no such folder", "Make it and put the condition pages into it."
    )


def at(settings: Settings, source: str) -> PageFile:
    """The page at a path below the content folder, for who knows that it is one, and the only of its name."""
    return _page(settings.content / source, settings.content)


def single(path: Path) -> PageFile:
    """The file as a page, wherever it lies."""
    page = PageFile(name(path.name), _printable(path.name), path)
    return page if page.source == path.name else _troubled(page, *_NO_TEXT)


_OUTSIDE = "it is a link to outside the content folder", "Copy the page here."
_COPIED = (
    "its name is one that programs give to a copy, where a file was changed in two places at once",
    "Compare it with the page, and remove it; rename it if it is a page of its own.",
)
_NO_TEXT = "its name has bytes that are no text", "Rename the file, best in plain letters."


def _unjoined(data: bytes) -> int:
    """The line, from 1, where a passage stands in two versions that git could not join; 0 where none does."""
    if b"<<<<<<<" not in data:  # nearly every page, and this is told at once
        return 0
    first = found = UNJOINED[0].search(data)
    for sign in UNJOINED[1:]:
        found = sign.search(data, found.end()) if found else None
    return data.count(b"\n", 0, first.start()) + 1 if first and found else 0


def _page(path: Path, content: Path) -> PageFile:
    place = path.relative_to(content).as_posix()
    page = PageFile(name(place), _printable(place), path)
    if page.source != place:
        return _troubled(page, *_NO_TEXT)
    if COPY.search(place):
        return _troubled(page, *_COPIED)
    if not path.is_file():
        what = "it is a link that leads nowhere" if path.is_symlink() else "it is no file"
        return _troubled(page, what, "Put the page here in its place, or remove it.")
    if path.is_symlink() and not path.resolve().is_relative_to(content.resolve()):
        return _troubled(page, *_OUTSIDE)
    return page


def _lies_in(content: Path, path: Path, opened: os.stat_result) -> bool:
    """Whether an open file is the one that a path in the content folder leads to, without leaving that folder."""
    if path.parent == content and os.path.samestat(os.lstat(path), opened):
        return True
    place = os.path.realpath(path)
    return Path(place).is_relative_to(os.path.realpath(content)) and os.path.samestat(os.lstat(place), opened)


def _troubled(page: PageFile, what: str, remedy: str) -> PageFile:
    return replace(page, trouble=SourceError(page.source, what, remedy))


def _printable(place: str) -> str:
    """A path as it can be printed; different from the path where its bytes are no text."""
    try:
        return os.fsencode(place).decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a character, which Windows lets stand in a name
        return place.encode("utf-8", "replace").decode("utf-8")


def _alone(page: PageFile, sources: list[str], output: str) -> PageFile:
    """The page; with its trouble where others would have the same name in the output."""
    others = " and ".join(source for source in sources if source != page.source)
    if not others or page.trouble:
        return page
    what = f"it would become {output}/{page.id}, and so would {others}"
    if any(_looks(source) == _looks(page.source) for source in sources if source != page.source):
        what += ", a name that looks alike and is written with other signs"
    return _troubled(page, what, "Rename one of them, or remove it.")


def _looks(source: str) -> str:
    """A name as it looks: "é" is one sign, or "e" and an accent, as macOS writes it (Unicode, annex 15)."""
    return unicodedata.normalize("NFC", source)


def _is_page(path: Path) -> bool:
    return extensions.readable(path.name) and not path.is_dir()


def _files(content: Path) -> Iterator[Path]:
    """Everything that lies in the content folder and is not hidden, in the order of the names."""

    def stop(trouble: OSError) -> None:
        blame(trouble, content)
        where, what = str(trouble.filename), f"the folder can't be read ({trouble.strerror})"
        if trouble.errno == errno.ENAMETOOLONG:
            raise SettingsError(
                f"{where[:LONGEST_SHOWN]}…", what, "Give shorter names to the folders on the way to it."
            ) from trouble
        raise SettingsError(where, what, "Give it that right.") from trouble

    paths = [Path(folder, name) for folder, _, names in os.walk(content, onerror=stop) for name in names]
    for path in sorted(paths, key=lambda path: path.as_posix()):
        if not any(part.startswith((".", "_", "~$")) for part in path.relative_to(content).parts):
            yield path


def passed_over(settings: Settings) -> tuple[str, ...]:
    """The files that nothing reads: not pages, nor what pages are shown with, nor hidden."""
    return tuple(
        _printable(path.relative_to(settings.content).as_posix())
        for path in _files(settings.content)
        if path.suffix.lower() not in BESIDE_PAGES
        and path.is_file()
        and not extensions.readable(path.name)
        and not _is_fetched(path, settings.content)
    )


def _is_fetched(path: Path, content: Path) -> bool:
    """Whether a page was made from the document, as its name tells."""
    return is_document(path.name) and (content / f"{name(path.name)}.html").is_file()


def unused_settings(settings: Settings, found: Sequence[PageFile]) -> tuple[str, ...]:
    """What voicegen.toml says of pages that are not there, each in words."""
    ids = [page.id for page in found]
    return tuple(
        f"[pages.{named}] in voicegen.toml is for no page. {_known(named, ids)}"
        for named in settings.pages
        if named not in ids
    )


def _known(wanted: str, ids: Sequence[str]) -> str:
    """The page whose name is nearest to `wanted`, or the pages that there are, as a sentence."""
    near = difflib.get_close_matches(wanted.lower(), ids, 1)
    if near:
        return f'Did you mean "{near[0]}"?'
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return f"The pages are: {', '.join(ids[:MOST_NAMED])}{more}." if ids else "There are no pages."


def name(source: str) -> str:
    """The page's name in the output: what is left of its path in plain small letters, with a digest if cut."""
    stem = source.rsplit(".", 1)[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    kept = sum(map(str.isalnum, plain)) >= sum(map(str.isalnum, stem)) and _printable(stem) == stem
    if not kept or len(slug) > LONGEST_NAME or not slug or slug in RESERVED:
        digest = hashlib.sha256(unicodedata.normalize("NFC", stem).encode("utf-8", "surrogatepass")).hexdigest()[
            :8
        ]
        slug = f"{slug[: LONGEST_NAME - 9].strip('-') or 'page'}-{digest}"
    return slug


def choose(found: list[PageFile], names: Sequence[str]) -> list[PageFile]:
    """The pages that are named by id or by path, all where none is named. Raises SettingsError for others."""
    chosen: list[PageFile] = []
    for wanted in names:
        pages = [page for page in found if wanted in {page.id, page.source, str(page.path)}]
        if not pages:
            ids = [page.id for page in found]
            raise SettingsError(f"page {wanted!r}", "there is no such page", _known(wanted, ids))
        chosen.extend(page for page in pages if page not in chosen)
    return chosen or found


def stamp(
    page: PageFile,
    file: SourceFile,
    settings: Settings,
    engine: str,
    lexicon: str,
    cover: Blob,
    *,
    program: str,
    theme: str = "",
) -> dict[str, str]:
    """What the page is made from, part by part (the keys of `ledger.REASONS`), each as a digest.

    `cover` is the clinic's own picture, empty where it has none; `program` stands for voicegen itself, and `theme`
    for the clinic's theme, if it has one.
    """
    own = asdict(settings.pages[page.id]) if page.id in settings.pages else {}
    parts = [part for name in settings.publications.formats if (part := extensions.made_with(name))]
    return {
        "text": hashlib.sha256(file.data).hexdigest(),
        # Its ending says how it is read, and staff are told where a page comes from.
        "file": _digest(_looks(page.source)),
        "settings": _digest(
            [_shared(_Same(settings)), own, hashlib.sha256(cover.data).hexdigest(), _line(settings)]
        ),
        "program": program,
        "engine": _digest([engine]),
        "lexicon": lexicon,
        **({"theme": theme} if theme else {}),
        **({"parts": _digest(parts)} if parts else {}),
    }


def made_around(settings: Settings, program: str, theme: str) -> str:
    """A digest of what stands around the pages in what is published for all of them; `program` is for voicegen."""
    return _digest([_shared(_Same(settings)), program, theme])


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Settings as a key of what is remembered of them: they never change, and are too large to be compared."""

    settings: Settings

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.settings is self.settings

    def __hash__(self) -> int:
        return id(self.settings)


@lru_cache(maxsize=2)
def _shared(same: _Same) -> str:
    """A digest of the settings that hold for every page: taken once, not for each of 100,000 pages."""
    settings = same.settings
    relevant = [
        asdict(part)
        for part in (
            settings.project,
            settings.site,
            settings.voice,
            settings.rests,
            settings.chapters,
            settings.mp3,
            settings.m4b,
            settings.opus,
            settings.braille,
            settings.publications,
            settings.phone,
        )
    ]
    return _digest([relevant, dict(settings.voices), settings.engine_voices])


def _line(settings: Settings) -> str:
    """A digest of the recording that callers hear now and then; empty where there is none."""
    try:
        path = settings.root / settings.phone.notice_recording
        return hashlib.sha256(read(path, LARGEST_BYTES)).hexdigest() if settings.phone.notice_recording else ""
    except OSError:  # whoever needs it will say so
        return ""


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
