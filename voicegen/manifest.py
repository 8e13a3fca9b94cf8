"""manifest.json: the names, sizes and digests of what was published, in each page's folder and beside them.

Whoever copies the output can tell with it whether everything arrived (`voicegen verify`, or any program:
docs/reference/manifest.md). Made by `publishing`, which knows the digests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicegen.contracts import PublishedFile
from voicegen.durable import blame, read
from voicegen.errors import MISSHAPEN, PublicationError
from voicegen.model.blob import blob

NAME = "manifest.json"
VERSION = 1
"""Raised when a reader of the file would have to change."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says."""

    page: str
    """The folder's name; empty in the one of the whole output."""
    formats: tuple[str, ...]
    files: Mapping[str, tuple[int, str]]
    """Bytes and SHA-256 of each file, by its path below the manifest's folder."""
    pages: Mapping[str, str]
    """In the one of the whole output: the SHA-256 of each page's manifest."""


def of_page(
    page: str,
    formats: Sequence[str],
    files: Mapping[str, tuple[int, int, str]],
    spoken_by: Mapping[str, object] | None = None,
) -> PublishedFile:
    """The manifest of a page's folder; `files` by path: bytes, time, SHA-256; `spoken_by` tells who speaks."""
    return _file({"page": page, **(spoken_by or {}), "formats": list(formats), "files": _files(files)})


def of_library(
    formats: Sequence[str], files: Mapping[str, tuple[int, int, str]], pages: Mapping[str, str]
) -> PublishedFile:
    """The manifest of the whole output."""
    return _file({"formats": list(formats), "files": _files(files), "pages": dict(sorted(pages.items()))})


def load(folder: Path) -> Manifest:
    """The manifest in `folder`. Raises PublicationError where there is none, or it can't be understood.

    And TemporaryError where the disk is to blame that it can't be read.
    """
    path = folder / NAME
    try:
        return parsed(json.loads(read(path)))
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, path)
        raise PublicationError(
            str(path), f"it can't be read ({trouble})", "Build again, or copy it again."
        ) from None


def parsed(data: Mapping[str, Any]) -> Manifest:
    """What the JSON of a manifest says. Raises what reading wrong JSON raises where it is none."""
    if data["version"] != VERSION:
        raise ValueError(f"it is of version {data['version']}")
    files = {name: (int(facts["bytes"]), str(facts["sha256"])) for name, facts in data["files"].items()}
    pages = {str(name): str(digest) for name, digest in data.get("pages", {}).items()}
    wrong = [name for name in (*files, *pages) if not proper(name)]
    if wrong:
        raise ValueError(f"it names {wrong[0]!r}")
    return Manifest(str(data.get("page", "")), tuple(map(str, data["formats"])), files, pages)


def proper(path: str) -> bool:
    """Whether a published file may have this path: plain names that mean the same on every system."""
    parts = path.split("/")
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    return all(part and not part.startswith(".") and set(part) <= allowed for part in parts)


def _files(files: Mapping[str, tuple[int, int, str]]) -> dict[str, dict[str, object]]:
    return {path: {"bytes": files[path][0], "sha256": files[path][2]} for path in sorted(files)}


def _file(facts: Mapping[str, object]) -> PublishedFile:
    text = json.dumps({"made_by": "voicegen", "version": VERSION, **facts}, indent=1) + "\n"
    return PublishedFile(NAME, (blob(text.encode()),))
