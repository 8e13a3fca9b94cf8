"""Publications that somebody spoilt: single members of a package changed, removed or added."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from voicegen.errors import PublicationError

Change = Callable[[bytes], bytes | None]
"""A member's bytes → what stands there instead; None: nothing."""


def said(verify: Callable[[Path], Iterable[str]], folder: Path) -> str:
    """What a format's own check says of a folder, as one text; empty where all is right."""
    try:
        return "\n".join(verify(folder))
    except PublicationError as error:
        return str(error)


def replaced(old: str, new: str, times: int = 1) -> Change:
    """Other words in a member, which must have them."""

    def change(data: bytes) -> bytes:
        assert data.count(old.encode()) >= times, f"{old!r} is not there"
        return data.replace(old.encode(), new.encode(), times)

    return change


def tampered(path: Path, name: str, change: Change) -> None:
    """Changes a member of a package; one that is not there is changed from nothing."""
    with zipfile.ZipFile(path) as old:
        members = [(info, old.read(info)) for info in old.infolist()]
    if name not in {info.filename for info, _ in members}:
        members.append((zipfile.ZipInfo(name), b""))
    with zipfile.ZipFile(path, "w") as new:
        for info, data in members:
            changed = change(data) if info.filename == name else data
            if changed is not None:
                new.writestr(info, changed)


def no_change(data: bytes) -> bytes:
    """The same bytes; for a check that the way of changing changes nothing itself."""
    return data
