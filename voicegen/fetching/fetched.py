"""The fetched pages in the content folder, and where each came from: `.origins.json`, beside them.

A page that staff have changed since it was fetched is theirs: it is never written again.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path

from voicegen import durable, pages
from voicegen.errors import MISSHAPEN, SettingsError, TemporaryError
from voicegen.fetching.addresses import Address

NAME = ".origins.json"
COMING = ".origins.coming"
"""Beside it while pages are fetched: a line for each that is about to be written, lest the whole record be written
anew for every page. One that is left there is of a run that was stopped, and counts."""
VERSION = 1
MOST_BYTES = 64 << 20
"""Of the record: 100,000 pages have 40 MB."""
LONGEST_TAG = 500
"""Letters of an ETag or a date that are kept: a longer one is asked for without it."""
SUFFIXES = {".html", ".htm", ".xhtml", ".md", ".txt", ".php", ".asp", ".aspx", ".jsp"}
"""Ends of paths that are no part of a page's name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page came from."""

    address: str
    """The address that staff or a sitemap named; for a document its path, from the project where it is inside."""
    fetched: str
    """The day (ISO 8601) on which it was last seen to be so."""
    sha256: str
    """Of the file as it was written."""
    etag: str = ""
    modified: str = ""
    """What the server said of it, in ETag and Last-Modified (RFC 9110, section 8.8)."""
    document: str = ""
    """SHA-256 of the document that the page was made from; empty for a page of a site."""
    coming: str = ""
    """SHA-256 of what is about to be written: whoever is stopped on the way finds one or the other there."""


@dataclass(slots=True)
class Fetched:
    """All fetched pages, by the file's name in the content folder."""

    content: Path
    origins: dict[str, Origin] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    """The file of each address."""
    _is_noting: bool = False
    """Whether what is coming is noted apart from the record."""

    def __post_init__(self) -> None:
        for name, origin in self.origins.items():
            self._names.setdefault(origin.address, name)

    def name_of(self, address: Address, url: str, ending: str) -> str:
        """The file for an address: the one that it has, or one whose name is made from its path, of its own."""
        if earlier := self.of(url):
            return earlier
        path, _, query = address.target.partition("?")
        stem = path.strip("/")
        known = Path(stem).suffix.lower() in SUFFIXES
        slug = pages.name(stem if known else f"{stem}.") if stem else "home"
        name = f"{slug}{ending}"
        if query or name in self.origins:
            name = f"{slug}-{hashlib.sha256(url.encode()).hexdigest()[:8]}{ending}"
        return name

    def of(self, address: str) -> str:
        """The file of an address that was fetched before; empty where there is none."""
        return self._names.get(address, "")

    def is_edited(self, name: str) -> bool:
        """Whether the file is there and is not as it was fetched; a link is nobody's fetched page."""
        path, origin = self.content / name, self.origins.get(name)
        if path.is_symlink() or (path.exists() and not path.is_file()):
            return True
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            return origin is None or digest not in {origin.sha256, origin.coming}
        except FileNotFoundError:
            return False
        except OSError as trouble:
            raise TemporaryError(str(path), f"it can't be read ({trouble.strerror})") from trouble

    def is_removed(self, name: str) -> bool:
        """Whether it was fetched once and staff took it away."""
        return name in self.origins and bool(self.origins[name].sha256) and not (self.content / name).exists()

    def asked(self, url: str) -> Mapping[str, str]:
        """Headers that ask for the page only if it has changed (RFC 9110, section 13.1)."""
        name = self.of(url)
        if not name or self.origins[name].coming or not (self.content / name).is_file():
            return {}
        headers = {"If-None-Match": self.origins[name].etag, "If-Modified-Since": self.origins[name].modified}
        return {key: value for key, value in headers.items() if value and is_tag(value)}

    def forget(self, name: str) -> None:
        """Knows no longer where a page came from; another file may have its address then."""
        del self._names[self.origins.pop(name).address]

    def put(self, name: str, data: bytes, origin: Origin) -> None:
        """Writes the page, whole or not at all. Raises TemporaryError where the disk does not take it."""
        before = self.origins.get(name) or replace(origin, sha256="", etag="", modified="", document="")
        if not self._is_noting:  # a line that a stopped run left half-way must not be gone on with
            self.save()
            self._is_noting = True
        self.origins[name] = replace(before, coming=origin.sha256)
        self._names.setdefault(origin.address, name)
        line = json.dumps({"file": name, **asdict(self.origins[name])}) + "\n"
        durable.append(self.content / COMING, line.encode())
        durable.write(self.content / name, data)
        self.origins[name] = origin

    def save(self) -> None:
        """Writes where the pages came from."""
        facts = {name: asdict(self.origins[name]) for name in sorted(self.origins)}
        for origin in facts.values():
            if not origin["coming"]:
                del origin["coming"]
        text = json.dumps({"version": VERSION, "pages": facts}, indent=1, ensure_ascii=False) + "\n"
        durable.write(self.content / NAME, text.encode())
        with durable.disk(self.content / COMING):
            if (self.content / COMING).exists():
                (self.content / COMING).unlink()
                durable.flush(self.content)
        self._is_noting = False


def is_tag(words: str) -> bool:
    """Whether an ETag or a date can be kept, and be asked with."""
    return len(words) <= LONGEST_TAG and words.isascii() and words.isprintable()


def is_text(words: str) -> bool:
    """Whether words can be kept in the record: no control characters, and no bytes that are no text."""
    return not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in words)


def load(content: Path) -> Fetched:
    """What is known of the fetched pages. Raises SettingsError for a file that can't be understood."""
    if not content.is_dir():
        raise SettingsError(str(content), "there is no such folder", "Make it; the pages are put into it.")
    try:
        origins = _record(content / NAME)
        origins |= _coming(content / COMING)
        if any(name.startswith(".") or set(name) & set("/\\:") or not is_text(name) for name in origins):
            raise ValueError("it names a file that is no page")
        if not all(isinstance(fact, str) and is_text(fact) for one in origins.values() for fact in astuple(one)):
            raise ValueError("it says of a page what can't be said")
    except (OSError, *MISSHAPEN) as trouble:
        raise SettingsError(
            str(content / NAME),
            f"it can't be understood ({trouble})",
            "Take it back from your copies, or remove it: pages that are there are then taken for yours.",
        ) from None
    return Fetched(content, origins)


def _record(path: Path) -> dict[str, Origin]:
    try:
        data = json.loads(durable.read(path, MOST_BYTES))
    except FileNotFoundError:
        return {}
    if data["version"] != VERSION:
        raise ValueError(f"it is of version {data['version']}")
    return {str(name): Origin(**facts) for name, facts in data["pages"].items()}


def _coming(path: Path) -> dict[str, Origin]:
    """What a run that was stopped was about to write; a line without an end was not yet, and its page neither."""
    try:
        lines = durable.read(path, MOST_BYTES).split(b"\n")[:-1]
    except FileNotFoundError:
        return {}
    found = {}
    for line in lines:
        facts = json.loads(line)
        name = str(facts.pop("file"))
        found[name] = Origin(**facts)
    return found
