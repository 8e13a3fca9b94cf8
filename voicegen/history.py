"""History: the versions of each page that were published before, and the pages that are held at one of them.

    history/held.json                  pages that are held, at which version, and the texts that were rejected
    history/<page>/versions/3.json     what version 3 consisted of
    history/<page>/files/<SHA-256>     each file once, however many versions have it; where the disk can do that, a
                                       second name of the published file, which takes no space

A version is kept before its place is taken by another, files first and its record last, so a record always has its
files. One that was published again is kept once, under its number; its record tells its last turn.
Nothing here is rebuilt: deleting it loses the earlier versions, and nothing of what is published.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from voicegen import durable, manifest
from voicegen.config import Settings
from voicegen.durable import blame, disk
from voicegen.errors import MISSHAPEN, PublicationError
from voicegen.ledger import Entry
from voicegen.publishing import PART, FileFacts, intact, same_file

HELD = "held.json"
TAKEN_BACK = "it was taken back"
"""Why a version was replaced that somebody took back; a record of an earlier voicegen tells it in no other way."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page that was published."""

    number: int
    """Counts from 1; a version keeps its number."""
    id: str
    """SHA-256 of its manifest.json, and so of all of it."""
    published: str
    """When, by ISO 8601 in UTC."""
    replaced: str
    """When another took its place."""
    why: str
    """Why another did, in words."""
    source: str
    stamp: Mapping[str, str]
    files: Mapping[str, FileFacts]
    facts: Mapping[str, Any]
    keys: tuple[str, ...] = ()
    turn: int = 0
    """Tells which was replaced before which: one may have been published, and replaced, more than once. 0 in a
    record of an earlier voicegen."""
    taken_back: bool = False
    """Whether it was replaced because somebody took it back: nobody gets it again who does not name it."""

    @property
    def order(self) -> int:
        """The turn, or what has to do for it."""
        return self.turn or self.number


@dataclass(frozen=True, slots=True)
class Hold:
    """A page that is held at an earlier version."""

    number: int
    id: str
    texts: tuple[str, ...]
    """SHA-256 of the source texts that were rejected: while the source is one of them, the page is held."""
    since: str
    said: tuple[str, ...] = ()
    """What the rejected versions show and say (`holding.said`): a file of other bytes that does is held, too."""


@dataclass(slots=True)
class History:
    """The history of all pages."""

    place: Path
    keep: int
    """How many earlier versions of a page are kept."""
    holds: dict[str, Hold] = field(default_factory=dict)

    def versions(self, page: str) -> list[Version]:
        """The kept versions of a page, the last replaced last; a record that can't be understood is none."""
        found = [_version(path) for path in self._records(page)]
        return sorted((one for one in found if one), key=lambda one: one.order)

    def _records(self, page: str) -> list[Path]:
        """Raises PublicationError, or TemporaryError, where it can't be told: none is put in another's place."""
        found = durable.listed_or(PublicationError, self.place / page / "versions", "versions")
        return [path for path in found if path.suffix == ".json" and path.stem.isdecimal()]

    def file(self, page: str, facts: FileFacts) -> Path:
        """Where a file of a kept version lies."""
        return self.place / page / "files" / facts[2]

    def take(
        self, page: str, folder: Path, entry: Entry | None, why: str, taken_back_to: str = ""
    ) -> Version | None:
        """Keeps the version that stands in `folder`, unless it is not whole; if it is kept, that it stood again.

        The one that was replaced longest ago makes room for it, but for the one that is held and the one that the
        page is taken back to (its id). Raises TemporaryError where the disk does not take it: then nothing may be
        put in its place.
        """
        if self.keep < 1:
            return None
        with disk(self.place / page):  # of a run that was killed
            for path in durable.listed(self.place / page / "versions"):
                if path.name.startswith(".") and path.suffix == ".new":
                    path.unlink(missing_ok=True)
        files = whole(folder, entry)
        if not files:
            return None
        id_ = files[manifest.NAME][2]
        versions = self.versions(page)
        known = next((one for one in versions if one.id == id_), None)
        with disk(self.place / page):
            (self.place / page / "files").mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, facts in files.items():
                _keep(folder / name, self.file(page, facts), facts)
            number = max((int(path.stem) for path in self._records(page)), default=0) + 1
            version = known or _described(number, id_, files, entry, why)
            turn = max((number, *(one.order + 1 for one in versions)))
            version = replace(version, replaced=_now(), why=why, turn=turn, taken_back=bool(taken_back_to))
            _write(self.place / page / "versions" / f"{version.number}.json", asdict(version))
            if not known:
                self._prune(page, [*versions, version], taken_back_to)
        return version

    def _prune(self, page: str, versions: list[Version], spared: str) -> None:
        """Removes versions beyond `keep`, first replaced first, but for the one that is held; then files of none.

        With a record that can't be understood, by which a later voicegen may know more, no file is removed.
        """
        stay = {spared, self.holds[page].id} if page in self.holds else {spared}
        spare = [one for one in versions[: -self.keep] if one.id not in stay]
        for version in spare:
            (self.place / page / "versions" / f"{version.number}.json").unlink(missing_ok=True)
        if not all(map(_version, self._records(page))):
            return
        named = {facts[2] for one in versions if one not in spare for facts in one.files.values()}
        for path in (self.place / page / "files").iterdir():
            is_ours = _is_digest(path.name.removesuffix(PART)) and (path.is_symlink() or not path.is_dir())
            if is_ours and path.name not in named:  # a copied project may have a link to somebody's folder here
                path.unlink(missing_ok=True)

    def hold(self, page: str, version: Version, texts: tuple[str, ...], said: tuple[str, ...]) -> None:
        """Holds the page at a version while its source is one of `texts`, or says this. Raises TemporaryError."""
        self.holds[page] = Hold(version.number, version.id, texts, _now(), said)
        self._save()

    def reject(self, page: str, text: str) -> None:
        """Has one more source text of a held page count as rejected. Raises TemporaryError."""
        hold = self.holds[page]
        self.holds[page] = replace(hold, texts=tuple(sorted({*hold.texts, text})))
        self._save()

    def release(self, page: str) -> None:
        """Holds the page no longer. Raises TemporaryError."""
        if self.holds.pop(page, None):
            self._save()

    def _save(self) -> None:
        with disk(self.place):
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(self.place / HELD, {name: asdict(hold) for name, hold in sorted(self.holds.items())})


def load(settings: Settings) -> History:
    """The history of a project. Raises PublicationError where the list of held pages is damaged.

    That is no reason to go on: a build could publish what was taken back.
    """
    place = settings.root / settings.history.folder
    found = History(place, settings.history.keep)
    try:
        data = json.loads(durable.read(place / HELD))
        found.holds = {
            name: Hold(
                int(one["number"]),
                str(one["id"]),
                tuple(map(str, one["texts"])),
                str(one["since"]),
                tuple(map(str, one.get("said", ()))),  # none in a list of an earlier voicegen
            )
            for name, one in data.items()
        }
    except FileNotFoundError:
        pass
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, place / HELD)
        raise PublicationError(
            str(place / HELD),
            f"the list of pages that were taken back can't be read ({trouble})",
            "Delete it if no page is held at an earlier version; else put it back from a copy.",
        ) from trouble
    return found


def whole(folder: Path, entry: Entry | None) -> dict[str, FileFacts]:
    """Every file in a page's folder, where all are as its manifest says; else nothing."""
    try:
        listed = manifest.load(folder).files
    except PublicationError:
        return {}
    known = entry.files if entry else {}
    files = {}
    for name, (size, digest) in listed.items():
        facts = known.get(name)
        if facts is None or facts[2] != digest:  # a build that was killed published it and did not say so
            facts = (size, 0, digest)
        if not intact(folder / name, facts):
            return {}
        files[name] = (size, (folder / name).stat().st_mtime_ns, digest)
    data = (folder / manifest.NAME).read_bytes()
    time = (folder / manifest.NAME).stat().st_mtime_ns
    return {**files, manifest.NAME: (len(data), time, hashlib.sha256(data).hexdigest())}


def _keep(path: Path, kept: Path, facts: FileFacts) -> None:
    """Keeps a published file; what is kept of it already and was damaged since makes room for it."""
    if os.path.lexists(kept) and not _is_sound(path, kept, facts):
        if kept.is_dir() and not kept.is_symlink():
            shutil.rmtree(kept)
        else:
            kept.unlink()
    same_file(path, kept)


def _is_sound(path: Path, kept: Path, facts: FileFacts) -> bool:
    """Whether a kept file is the published one, which is whole, or a whole copy of it."""
    if kept.is_symlink():
        return False
    return kept.samefile(path) or intact(kept, (facts[0], -1, facts[2]))


def _described(number: int, id_: str, files: Mapping[str, FileFacts], entry: Entry | None, why: str) -> Version:
    published = datetime.fromtimestamp(files[manifest.NAME][1] // 10**9, UTC).isoformat()
    same = entry is not None and entry.files.get(manifest.NAME, (0, 0, ""))[2] == id_
    if entry is None or not same:
        return Version(number, id_, published, _now(), why, "", {}, files, {})
    return Version(number, id_, published, _now(), why, entry.source, entry.stamp, files, entry.facts, entry.keys)


def _version(path: Path) -> Version | None:
    try:
        data = json.loads(durable.read(path))
        files = {str(name): (int(size), int(time), str(sha)) for name, (size, time, sha) in data["files"].items()}
        if not all(map(manifest.proper, files)) or not all(_is_digest(sha) for _, _, sha in files.values()):
            return None
        facts = {
            **data,
            "number": int(data["number"]),
            "files": files,
            "keys": tuple(data["keys"]),
            "turn": int(data.get("turn", 0)),
            "taken_back": bool(data.get("taken_back", data["why"] == TAKEN_BACK)),
        }
        return Version(**facts)
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            blame(trouble, path)
        return None


def _is_digest(sha: str) -> bool:
    return len(sha) == hashlib.sha256().digest_size * 2 and set(sha) <= set("0123456789abcdef")


def _write(path: Path, facts: object) -> None:
    """Writes a record, down to the disk, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.write(path, json.dumps(facts, sort_keys=True).encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
