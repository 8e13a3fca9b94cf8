"""The pages of the content folder, their names in the output, and what each is made from."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from voicegen import extensions
from voicegen.config import PageSettings, Settings
from voicegen.contracts import SiteRules, SourceFile
from voicegen.errors import SettingsError, SourceError

LONGEST_NAME = 60
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


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page that lies in the content folder."""

    id: str
    """Its folder's name in the output, `[a-z0-9-]`."""
    source: str
    """Path below the content folder, with forward slashes."""
    path: Path

    def read(self, settings: Settings) -> SourceFile:
        """The page's bytes, read once, with what the settings say of it. Raises SourceError where that fails."""
        own = settings.pages.get(self.id, PageSettings())
        rules = SiteRules(settings.site.keep, settings.site.drop, settings.site.drop_texts)
        try:
            data = self.path.read_bytes()
        except OSError as trouble:
            raise SourceError(self.source, f"it can't be read ({trouble.strerror})") from trouble
        return SourceFile(self.source, data, own.language or settings.project.language, rules)


def find(settings: Settings) -> list[PageFile]:
    """All pages, in the order of their names.

    Raises SettingsError where there is no content folder or two pages would share a name in the output.
    """
    if not settings.content.is_dir():
        raise SettingsError(
            str(settings.content), "there is no such folder", "Make it and put the condition pages into it."
        )
    found: dict[str, PageFile] = {}
    for path in _files(settings.content):
        source = path.relative_to(settings.content).as_posix()
        page = PageFile(name(source), source, path)
        if page.id in found:
            raise SettingsError(
                f"{source} and {found[page.id].source}",
                f"both would become {settings.project.output}/{page.id}",
                "Rename one of them.",
            )
        found[page.id] = page
    return list(found.values())


def _files(content: Path) -> Iterator[Path]:
    root = content.resolve()
    for path in sorted(content.rglob("*"), key=lambda path: path.as_posix()):
        hidden = any(part.startswith((".", "_")) for part in path.relative_to(content).parts)
        if not hidden and extensions.readable(path.name) and path.is_file():
            if not path.resolve().is_relative_to(root):
                raise SettingsError(str(path), "it is a link to outside the content folder", "Copy the page here.")
            yield path


def passed_over(settings: Settings) -> tuple[str, ...]:
    """The files that nothing reads: not pages, nor what pages are shown with, nor hidden."""
    names = []
    for path in sorted(settings.content.rglob("*")):
        place = path.relative_to(settings.content)
        hidden = any(part.startswith((".", "_", "~")) for part in place.parts)
        beside = path.suffix.lower() in BESIDE_PAGES or not path.is_file()
        if not hidden and not beside and not extensions.readable(path.name):
            names.append(place.as_posix())
    return tuple(names)


def name(source: str) -> str:
    """The page's name in the output: what is left of its path in plain small letters, with a digest if cut."""
    stem = source.rsplit(".", 1)[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    kept = sum(map(str.isalnum, plain)) >= sum(map(str.isalnum, stem)) and len(slug) <= LONGEST_NAME
    if not kept or not slug or slug in RESERVED:
        digest = hashlib.sha256(unicodedata.normalize("NFC", stem).encode()).hexdigest()[:8]
        slug = f"{slug[: LONGEST_NAME - 9].strip('-') or 'page'}-{digest}"
    return slug


def choose(found: list[PageFile], names: Sequence[str]) -> list[PageFile]:
    """The pages that are named by id or by path, all where none is named. Raises SettingsError for others."""
    chosen = []
    for wanted in names:
        page = next((page for page in found if wanted in {page.id, page.source, str(page.path)}), None)
        if page is None:
            known = ", ".join(page.id for page in found)
            raise SettingsError(f"page {wanted!r}", "there is no such page", f"The pages are: {known}.")
        chosen.append(page)
    return chosen or found


def stamp(page: PageFile, file: SourceFile, settings: Settings, engine: str, lexicon: str) -> dict[str, str]:
    """What the page is made from, part by part (the keys of `ledger.REASONS`), each as a digest."""
    relevant = [
        asdict(part)
        for part in (
            settings.project,
            settings.site,
            settings.voice,
            settings.rests,
            settings.chapters,
            settings.mp3,
            settings.publications,
            settings.pages.get(page.id, PageSettings()),
        )
    ]
    return {
        "text": hashlib.sha256(file.data).hexdigest(),
        "settings": _digest([relevant, dict(settings.voices)]),
        "program": program(),
        "engine": _digest([engine]),
        "lexicon": lexicon,
    }


def _digest(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


@cache
def program() -> str:
    """A digest of voicegen's own files: a page made by other code is made again."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(here.rglob("*")):
        if path.suffix in {".py", ".toml", ".html", ".css", ".js"} and "__pycache__" not in path.parts:
            digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
