"""The log of approvals: who approved, rejected and published which text and sound, and when.

One JSON object a line, nothing but lines ever added. Each line holds the SHA-256 of the line before it, so that a
line that was changed, taken out or put in between is found; `head` is the digest of the last line, and whoever
notes it down finds a log that was cut, too. A line counts once its newline is on the disk: what a power cut leaves
of another is moved into a file beside the log, and the log says so in its next line.
docs/reference/approvals.md describes the keys.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from voicegen.config import Settings
from voicegen.durable import blame, disk, flush
from voicegen.durable import read as read_file
from voicegen.errors import MISSHAPEN, PublicationError, SettingsError

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

VERSION = 1
FIRST = "0" * 64
"""What the first line has in the place of the digest of the line before it."""
LONGEST = 2_000
"""Characters of a name or a note."""
Act = Literal[
    "approved", "rejected", "published", "taken back", "removed", "lapsed", "recorded", "set aside", "repaired"
]
"""What was done: "removed" is a page taken away, "lapsed" a decision on that, since its file came back, "recorded"
a line by staff's own voice, "set aside" such a recording given up, "repaired" an unfinished line moved out of the
log."""
DECISIONS = ("approved", "rejected", "taken back", "removed", "lapsed")
"""Acts of which the last one on a page counts."""
_ours = threading.Lock()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    act: Act
    page: str
    by: str
    """Who, as they call themselves."""
    note: str = ""
    text: str = ""
    """Digest of all that the page says (`seal.Seal.text`); empty for a page that is to be taken away."""
    sound: str = ""
    """Digest of all that is heard (`seal.Seal.sound`)."""
    version: str = ""
    """SHA-256 of the manifest.json of the draft or publication that this is about."""
    made_from: Mapping[str, str] = field(default_factory=dict)
    """What the draft was made from, part by part, as in the ledger."""
    at: str = ""
    """When, by ISO 8601 in UTC."""
    number: int = 0
    """Counts from 1."""
    before: str = FIRST
    """SHA-256 of the line before."""


@dataclass(slots=True)
class Log:
    """The log of a project."""

    path: Path
    entries: Sequence[Entry] = ()
    head: str = FIRST
    """SHA-256 of the last line."""
    torn: int = 0
    """Bytes of an unfinished line at the end."""

    def decision(self, page: str) -> Entry | None:
        """The last decision on a page."""
        return next((one for one in reversed(self.entries) if one.page == page and one.act in DECISIONS), None)

    def on_removal(self) -> list[Entry]:
        """The last decisions on pages where these were to be taken away, or not, since their files were gone."""
        last = {one.page: one for one in self.entries if one.act in DECISIONS}
        return [one for one in last.values() if one.act in {"approved", "rejected"} and not one.text]

    def published(self, page: str) -> Entry | None:
        """What was last said of the page's publication."""
        acts = {"published", "taken back", "removed"}
        return next((one for one in reversed(self.entries) if one.page == page and one.act in acts), None)

    def of_version(self, page: str, version: str) -> list[Entry]:
        """All that was done with one version of a page."""
        return [one for one in self.entries if one.page == page and one.version == version]


def place(settings: Settings) -> Path:
    """Where a project's log is."""
    return settings.root / settings.review.log


def load(settings: Settings) -> Log:
    """The log of a project. Raises PublicationError where a line was changed: nothing may be published by it."""
    return read(place(settings))


def read(path: Path) -> Log:
    """The log at `path`, empty where there is none. Raises PublicationError where its chain is broken."""
    try:
        data = read_file(path)
    except FileNotFoundError:
        return Log(path)
    except OSError as trouble:
        blame(trouble, path)
        raise PublicationError(
            str(path), f"it can't be read ({trouble.strerror})", "Give it that right."
        ) from None
    whole = data[: data.rfind(b"\n") + 1]
    entries, head = [], FIRST
    for number, line in enumerate(whole.split(b"\n")[:-1], 1):
        entry = _entry(line)
        if entry is None or (entry.number, entry.before) != (number, head):
            raise PublicationError(
                f"{path.name}, line {number}",
                "the log of approvals was changed there, or in the line before",
                "Put the file back from a copy. Nothing is published by a log that was changed.",
            )
        entries.append(entry)
        head = hashlib.sha256(line).hexdigest()
    return Log(path, tuple(entries), head, len(data) - len(whole))


def add(settings: Settings, *new: Entry) -> Log:
    """Adds lines to the log, down to the disk; gives the log as it is then.

    Raises SettingsError for a name or note that can't stand in it, PublicationError where the log was changed by
    somebody, and TemporaryError where the disk does not take the lines.
    """
    for entry in new:
        _check(entry)
    path = place(settings)
    with _alone(path) as handle:
        log = read(path)
        if log.torn:
            new = (Entry("repaired", "", "voicegen", _set_aside(path, handle, log.torn)), *new)
        lines, head = [], log.head
        for number, entry in enumerate(new, len(log.entries) + 1):
            line = json.dumps({"version": VERSION, **_facts(entry, number, head)}, ensure_ascii=False).encode()
            if _entry(line) is None:  # it would be a log that was changed, for good
                raise PublicationError(f"{path.name}, line {number}", "it would say what no log can say")
            head = hashlib.sha256(line).hexdigest()
            lines.append(line + b"\n")
        with disk(path):
            data = memoryview(b"".join(lines))
            while data:
                data = data[os.write(handle, data) :]
            os.fsync(handle)
            flush(path.parent)
        return read(path)


def _facts(entry: Entry, number: int, before: str) -> dict[str, object]:
    facts = asdict(entry)
    facts["manifest"] = facts.pop("version")
    return {**facts, "at": datetime.now(UTC).isoformat(timespec="seconds"), "number": number, "before": before}


def _entry(line: bytes) -> Entry | None:
    try:
        facts = json.loads(line)
        if facts.pop("version") != VERSION or facts["act"] not in get_args(Act):
            return None
        facts["version"] = facts.pop("manifest")
        words = ("page", "by", "note", "text", "sound", "version", "at", "before")
        if not isinstance(facts["made_from"], dict) or not all(isinstance(facts[key], str) for key in words):
            return None
        return Entry(**facts)
    except MISSHAPEN:
        return None


def _check(entry: Entry) -> None:
    for what, words in (("the name", entry.by), ("the note", entry.note)):
        plain = words.replace("\n", "").replace("\t", "")
        if len(words) > LONGEST or (plain and not plain.isprintable()):
            raise SettingsError(
                what, f"it has over {LONGEST} characters, or a sign that can't be seen", "Type it anew."
            )
    if not entry.by.strip():
        raise SettingsError("the name", "it is empty", "Say who decides: --by NAME.")


def _set_aside(path: Path, handle: int, size: int) -> str:
    """Moves the unfinished line at the end into a file of its own; gives the words that say so."""
    with disk(path):
        end = os.fstat(handle).st_size - size
        with path.open("rb") as file:
            file.seek(end)
            torn = file.read()
        beside = path.with_name(f"{path.name}.unfinished")
        with beside.open("ab") as file:
            file.write(torn + b"\n")
            file.flush()
            os.fsync(file.fileno())
        flush(path.parent)
        os.ftruncate(handle, end)
    return f"An unfinished line of {size} bytes was moved into {beside.name}."


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[int]:
    """The log, open for adding, while nobody else adds to it."""
    with _ours:
        with disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = (
                os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            )  # lines end alike everywhere
            handle = os.open(path, flags, 0o644)
        try:
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)
