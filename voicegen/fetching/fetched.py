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
        return next((name for name, origin in self.origins.items() if origin.address == address), "")

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
        for name, origin in self.origins.items():
            if origin.address == url and not origin.coming and (self.content / name).is_file():
                headers = {"If-None-Match": origin.etag, "If-Modified-Since": origin.modified}
                return {key: value for key, value in headers.items() if value and is_tag(value)}
        return {}

    def put(self, name: str, data: bytes, origin: Origin) -> None:
        """Writes the page, whole or not at all. Raises TemporaryError where the disk does not take it."""
        before = self.origins.get(name) or replace(origin, sha256="", etag="", modified="", document="")
        self.origins[name] = replace(before, coming=origin.sha256)
        self.save()
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
        data = json.loads(durable.read(content / NAME, MOST_BYTES))
        if data["version"] != VERSION:
            raise ValueError(f"it is of version {data['version']}")
        origins = {str(name): Origin(**facts) for name, facts in data["pages"].items()}
        if any(name.startswith(".") or set(name) & set("/\\:") or not is_text(name) for name in origins):
            raise ValueError("it names a file that is no page")
        if not all(isinstance(fact, str) and is_text(fact) for one in origins.values() for fact in astuple(one)):
            raise ValueError("it says of a page what can't be said")
    except FileNotFoundError:
        return Fetched(content)
    except (OSError, *MISSHAPEN) as trouble:
        raise SettingsError(
            str(content / NAME),
            f"it can't be understood ({trouble})",
            "Take it back from your copies, or remove it: pages that are there are then taken for yours.",
        ) from None
    return Fetched(content, origins)
