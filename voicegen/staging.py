"""Staging: pages that are made, and checked, by another process than the one that publishes them.

    PLACE/<page>/         the page's folder, as it would be published
    PLACE/<page>.json     its report, and what the ledger is to know of it if it could be made; written last

Each process that makes pages has a place of its own, so nobody waits for anybody. Whoever publishes compares every
file with its digest before it takes it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from voicegen import drafts, ledger, manifest, notes
from voicegen.config import Settings
from voicegen.errors import MISSHAPEN, PublicationError, VoicegenError
from voicegen.ledger import Entry, Ledger
from voicegen.making import Maker, Started
from voicegen.model.document import LeftOut, Reason
from voicegen.publishing import FileFacts, Output, damage, digest_of
from voicegen.report import PageReport, Progress

VERSION = 1
UNSETTLED = {"review"}
"""Parts of a stamp that the page's own words settle, so that it can't be told before it was made."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One page that was made, or could not be."""

    place: Path
    report: PageReport
    stamp: Mapping[str, str]
    """What it was made from."""
    entry: Entry | None
    """None where it could not be made."""

    def files(self) -> dict[str, tuple[Path, FileFacts]]:
        """Where each file of the page lies, and what it is."""
        folder = self.place / self.report.id
        return {name: (folder / name, facts) for name, facts in (self.entry.files if self.entry else {}).items()}

    def is_whole(self) -> bool:
        """Whether it was made and its files are as they were made."""
        return self.entry is not None and not damage(self.place / self.report.id, self.entry.files)

    def is_for(self, settings: Settings) -> bool:
        """Whether a project with these settings can enter it: where somebody must approve, it is by the seal.

        That may have been switched on after the page was made.
        """
        return self.entry is None or bool(self.entry.seal) or not settings.review.required

    def is_to_be_had(self, output: Output) -> bool:
        """Whether its files are there, here or, since they were taken already, in the output."""
        page = self.report.id
        if self.entry is None or (self.place / page).is_dir():
            return True
        return digest_of(output.place / page) == self.entry.files[manifest.NAME][2]


def maker(settings: Settings, place: Path, jobs: int, send_text_to: str, progress: Progress) -> Maker:
    """A Maker whose pages lie in `place`, ready to be published by another process."""
    made = Maker(settings, Output(place), jobs, send_text_to, progress)
    made.replaces = False
    made.keys = lambda page: _keys(settings, page)
    return made


def _keys(settings: Settings, page: str) -> set[str]:
    """The store keys of a page's published version, of its draft and of those before: they are needed still."""
    found = (_known(path, *_facts(path)).pages.get(page) for path in _ledgers(settings))
    return {key for one in found if one for key in (*one.keys, *one.earlier)}


def _ledgers(settings: Settings) -> tuple[Path, ...]:
    names = ("ledger.json", *((drafts.LEDGER,) if settings.review.required else ()))
    return tuple(path for name in names if (path := settings.cache / name).is_file())


def _facts(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=2)
def _known(path: Path, time: int, place: int) -> Ledger:
    """A ledger, read once for all the pages that a process makes in a build: that saves it at its end."""
    return ledger.load(path)


def finish(maker: Maker, started: Started, place: Path) -> PageReport:
    """Finishes a page in `place` and writes down what it became. Raises TemporaryError."""
    scratch = Ledger(place)
    report = maker.finish(started, scratch)
    entry = scratch.pages.get(report.id)
    facts = {
        "version": VERSION,
        "report": {**asdict(report), "errors": [_error(error) for error in report.errors]},
        "stamp": dict(entry.stamp if entry else started.stamp),
        "entry": asdict(entry) if entry else None,
    }
    notes.put(place / f"{report.id}.json", json.dumps(facts, separators=(",", ":")))  # in the order of the formats
    return report


def read(place: Path, page: str) -> Staged | None:
    """The page that is staged in `place`; None where there is none that can be understood."""
    data = notes.read(place / f"{page}.json")
    try:
        if data["version"] != VERSION or data["report"]["id"] != page or not manifest.proper(page):
            return None
        entry = ledger.understood(page, data["entry"]) if data["entry"] else None
        if entry and not _is_its_own(place / page, page, entry):
            return None
        return Staged(place, _report(data["report"]), dict(data["stamp"]), entry)
    except MISSHAPEN:
        return None


def drop(place: Path, page: str = "", taken: bool = False) -> None:
    """Takes a staged page away, or all of a place; what can't be is taken away the next time.

    Of a page whose files were `taken` it says so on: whoever is stopped before the ledger knows it begins again.
    """
    shutil.rmtree(place / page, ignore_errors=True)
    if page and not taken:
        (place / f"{page}.json").unlink(missing_ok=True)


def same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two stamps are of the same page made from the same things."""
    names = (one.keys() | other.keys()) - UNSETTLED
    return all(one.get(name) == other.get(name) for name in names)


def _error(error: VoicegenError) -> dict[str, str]:
    return {"kind": type(error).__name__, "where": error.where, "what": error.what, "remedy": error.remedy}


def _is_its_own(folder: Path, page: str, entry: Entry) -> bool:
    """Whether the files that an entry names are those of that page, by its manifest, and no others.

    So they are, too, where they were taken already: who takes them asks for each by its digest.
    """
    if manifest.NAME not in entry.files or not folder.exists():
        return manifest.NAME in entry.files
    try:
        own = manifest.load(folder)
    except PublicationError:
        return False
    listed = {name: (size, sha) for name, (size, _, sha) in entry.files.items() if name != manifest.NAME}
    return own.page == page and dict(own.files) == listed


def _report(data: Mapping[str, Any]) -> PageReport:
    known = {field.name: data[field.name] for field in fields(PageReport)}
    if not all(isinstance(known[name], int) for name in ("spoken", "lines", "chapters", "seconds")):
        raise TypeError("it counts in something else than numbers")
    if not all(isinstance(known[name], str) for name in ("source", "outcome", "why")):
        raise TypeError("it has something else than words")
    known["left_out"] = tuple(
        LeftOut(str(one["text"]), Reason(one["reason"]), str(one["where"])) for one in data["left_out"]
    )
    known["notices"] = tuple(map(str, data["notices"]))
    known["errors"] = tuple(map(_understood, data["errors"]))
    return PageReport(**known)


def _understood(data: Mapping[str, str]) -> VoicegenError:
    kinds = {kind.__name__: kind for kind in VoicegenError.__subclasses__()}
    return kinds.get(data["kind"], VoicegenError)(str(data["where"]), str(data["what"]), str(data["remedy"]))
