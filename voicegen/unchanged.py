"""Unchanged: telling at once that a build has nothing to do.

A build that leaves nothing to be made notes in the cache what everything was: a digest of the content of every
source, of voicegen.toml and of what else it read; of the sizes and times of voicegen's own files and the engine's;
and of those of what it published. While all of that holds, the next build parses, looks up, starts and writes
nothing. Where anything differs, or the note is gone, the build runs: only it decides what is made again. Where
nothing differs but the texts of some pages, it need look at no others (`changed`).

Of more than `MOST_FILES` published files, those of some pages are looked at each day, and the times of all
folders, which tell of every file that came, went or was replaced. This file imports next to nothing: it runs
before all else.

The note is a line of JSON (its head), then, each with its size in the head: the folders, the files beside the
pages, the texts' digests as JSON, and the files of each day's pages.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from voicegen.config import Settings
    from voicegen.ledger import Ledger
    from voicegen.pages import PageFile
    from voicegen.report import PageReport, Result

NAME = "unchanged.note"
VERSION = 3
CACHE = ".voicegen"
"""The cache folder where voicegen.toml names no other: the same as `config.Project.cache`."""
STAGE = ".stage"
"""What a build that was killed leaves in the output: the same as `publishing.STAGE`."""
MOST_FILES = 5_000
"""Published files that are looked at in one build."""
MOST_DAYS = 30
"""Within so many days each published file is looked at, however many there are."""
CHUNK = 1 << 16
TEXTS, DAYS = 2, 2
"""Which section of the note the texts are, and which the first day's files among those that have a digest."""
ENVIRONMENT = ("LOUIS_TABLEPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""What leads to other libraries and tables than those that were looked at, as `formats/_liblouis.PATHS`."""
PACKAGES = ("site-packages", "dist-packages")
"""How folders are called in which a Python package that comes, goes or is upgraded makes a name come or go."""


class Inputs:
    """What a build is about to read, as it was at one moment."""

    def __init__(
        self, root: Path, facts: Mapping[str, Any], installed: Mapping[str, bytes] = MappingProxyType({})
    ):
        """`facts` are `content`, `suffixes`, `files` and `trees`, of which `installed` are known already.

        Raises OSError where one can't be read.
        """
        self.facts = facts
        self.installed: dict[str, bytes] = {}
        """The digests of trees that do not lie in the project: programs, which a build does not look at twice."""
        self.texts = dict(_sources(os.path.join(root, facts["content"]), tuple(facts["suffixes"])))
        """The digest of each source, by its path below the content folder."""
        places = [os.environ.get(name, "") for name in ENVIRONMENT]
        digest = hashlib.sha256(
            f"{VERSION} {sys.version} {sys.prefix} {places}\n".encode("utf-8", "backslashreplace")
        )
        for name in facts["files"]:
            path = os.path.join(root, name)
            digest.update(f"{name}\0{_read(path) if os.path.exists(path) else ''}\n".encode())
        for path in facts["trees"]:
            found = installed.get(path) or (tree(path) if os.path.exists(path) else b"none")
            digest.update(found)
            if not os.path.abspath(path).startswith(os.path.abspath(root) + os.sep):
                self.installed[path] = found
        for folder in sorted(filter(os.path.isdir, {path for path in sys.path if path.endswith(PACKAGES)})):
            digest.update(f"{folder} {_folder(folder)}\n".encode("utf-8", "surrogateescape"))
        self.rest = digest.hexdigest()
        """A digest of all else."""
        self.digest = whole(self.rest, self.texts)


def whole(rest: str, texts: Mapping[str, str]) -> str:
    """The digest of all that a build reads."""
    lines = (f"{name}\0{text}" for name, text in texts.items())
    return hashlib.sha256("\n".join((rest, *lines)).encode("utf-8", "surrogatepass")).hexdigest()


def of(settings: Settings) -> Inputs | None:
    """What a build with these settings reads; None where that can't be told from files alone.

    So it is with settings that are not those of the project's own voicegen.toml, where drafts wait for approval,
    and with an engine or a format that does not say which files its sound or its work depends on.
    """
    from voicegen import config, extensions
    from voicegen.contracts import LiesInFiles, NeedsPart
    from voicegen.errors import VoicegenError

    if settings.review.required:
        return None
    try:
        if settings != config.load(settings.root, extensions.engines(), extensions.formats()):
            return None
    except VoicegenError:
        return None
    name = settings.voice.engine
    parts: list[object] = [extensions.engine(name, settings.engine_options(name))]
    parts += [one for one in map(extensions.format_, settings.publications.formats) if isinstance(one, NeedsPart)]
    trees = [str(Path(__file__).parent)]
    for part in parts:
        if not isinstance(part, LiesInFiles):
            return None
        trees += [str(path) for path in part.files()]
    theme = settings.theme
    named = (settings.publications.cover, settings.phone.notice_recording, theme.logo, theme.stylesheet)
    files = [config.FILE, f"{settings.history.folder}/held.json", *filter(None, named)]
    trees.append(str(settings.recordings))
    if theme.templates:
        trees.append(str(settings.root / theme.templates))
    facts = {
        "content": settings.project.content,
        "suffixes": [*extensions.suffixes(), ".toml", ".pls"],
        "files": files,
        "trees": trees,
    }
    try:
        return Inputs(settings.root, facts)
    except OSError:  # the build itself will say what is wrong
        return None


def note(
    before: Inputs | None,
    settings: Settings,
    found: Sequence[PageFile],
    known: Ledger,
    reports: Iterable[PageReport],
    told: tuple[Sequence[str], Sequence[str], str],
) -> None:
    """Notes that nothing is left to be made, where that is so, after a build of all pages that read `before`.

    `told` is what the next build is to say: the files that nothing reads, the notices, and the day from which
    they are others. A page that failed is tried again, so then there is nothing to note.
    """
    held = {one.id: one.why for one in reports if one.outcome == "held"}
    failed = {one.id for one in reports if one.outcome == "failed"}
    if before is None or any(one.outcome == "restored" for one in reports) or any(one.trouble for one in found):
        return
    tried_again = {page.source: "" for page in found if page.id in failed}
    count = len(known.library)
    for page in found:
        if page.id in known.pages:
            entry = known.pages[page.id]
            count += len(entry.files)
            text = entry.stamp.get("text")
        if page.id not in held.keys() | failed and text != before.texts.get(page.source):
            return  # a page was saved while it was being made
    try:
        if Inputs(settings.root, before.facts, before.installed).digest != before.digest:
            return
        beside = published(settings.output, "", known.library)
        if beside is None:
            return
        names, folders, groups = sorted(known.pages), set[str](), list[tuple[str, bytes]]()
        days = max(1, min(MOST_DAYS, -(-count // MOST_FILES)))
        for day in range(days):
            group: dict[str, str] = {}
            for name in names[day::days]:
                files = published(settings.output, f"{name}/", known.pages[name].files)
                if files is None:
                    return
                group |= files
            folders |= {name.rpartition("/")[0] for name in group}
            groups.append((digest_of(group), "\n".join(group).encode()))  # of 100,000 pages they are many
        facts = {
            "facts": before.facts,
            "rest": before.rest,
            "output": settings.project.output,
            "until": told[2],
            "pages": [[page.id, page.source] for page in found],
            "held": held,
            "passed_over": list(told[0]),
            "notices": list(told[1]),
        }
        stats = folder_stats(str(settings.output), sorted(folders))
        put(settings.cache, known.path, facts, {**before.texts, **tried_again}, [stats, beside, *groups])
    except OSError:
        return


def put(
    cache: Path,
    ledger: Path,
    facts: Mapping[str, Any],
    texts: Mapping[str, str],
    sections: Sequence[Mapping[str, str] | tuple[str, bytes]],
) -> None:
    """Writes the note. A section is what stands at each path; or the digest of that, and the paths as written."""
    from voicegen import notes

    written = [one if isinstance(one, tuple) else (digest_of(one), "\n".join(one).encode()) for one in sections]
    lines = [text.decode() for _, text in written]
    lines.insert(TEXTS, json.dumps(texts))
    head = {
        **facts,
        "version": VERSION,
        "digest": whole(facts["rest"], texts),
        "ledger": ledger_facts(ledger),
        "day": today(),
        "digests": [digest for digest, _ in written],
        "sizes": [len(line) for line in lines],
    }
    path, text = cache / NAME, "\n".join((json.dumps(head), *lines))
    if not path.is_file() or path.read_bytes() != text.encode():  # it may be damaged, and then is no text
        notes.put(path, text)


def published(output: Path, start: str, facts: Mapping[str, tuple[int, int, str]]) -> dict[str, str] | None:
    """Size and time of published files, by path; None where one is not as it was published.

    Of a file whose time alone is another, the build has compared the content: it is as it was.
    """
    from voicegen.publishing import intact

    files = {}
    for name in sorted(facts):
        path = f"{output}/{start}{name}"
        found = os.lstat(path)
        if found.st_mtime_ns != facts[name][1] and not intact(path, facts[name]):
            return None
        files[start + name] = _size_and_time(found)
    return files


def found(root: Path) -> tuple[Result, Path] | None:
    """What a build of all pages would give and the output folder, where it has nothing to do; None where it may.

    Nothing is written, and no more is read than the sources and the times of files.
    """
    try:
        cache = os.path.join(root, _cache(os.path.join(root, "voicegen.toml")))
        with opened(os.path.join(cache, NAME)) as file:
            head = json.loads(file.readline())
            if not holds(head, os.path.join(cache, "ledger.json")):
                return None
            if Inputs(root, head["facts"]).digest != head["digest"]:
                return None
            if not _stands(os.path.join(root, head["output"]), head, file):
                return None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None
    return _result(head), root / head["output"]


def holds(head: Mapping[str, Any], ledger: str | Path) -> bool:
    """Whether a note is of this voicegen, of the ledger as it is, and of a day on which it tells what is said."""
    is_ours = head["version"] == VERSION and head["ledger"] == ledger_facts(ledger)
    return bool(is_ours and head["day"] <= today() < head["until"])


def _stands(output: str, head: Mapping[str, Any], file: Any) -> bool:
    """Whether what was published is there as it was put, and nothing else: folders, and files whose day it is."""
    if os.path.lexists(f"{output}/{STAGE}"):  # pages that were never published lie open there
        return False
    sizes, digests = head["sizes"], head["digests"]
    start = file.tell()

    def section(number: int) -> list[str]:
        at = number + (number >= TEXTS)
        file.seek(start + sum(sizes[:at]) + at)
        return list(file.read(sizes[at]).decode().split())

    if digest_of(folder_stats(output, section(0))) != digests[0]:
        return False
    day = DAYS + int(time.time() // 86_400) % (len(digests) - DAYS)
    return all(digest_of(file_stats(output, section(at))) == digests[at] for at in (1, day))


def folder_stats(output: str, names: Iterable[str]) -> dict[str, str]:
    """What changes when a file in one of the folders comes, goes or is replaced."""
    return {name: _folder(f"{output}/{name}") for name in names}


def file_stats(output: str, names: Iterable[str]) -> dict[str, str]:
    """Size and time of each of the files."""
    return {name: _size_and_time(os.lstat(f"{output}/{name}")) for name in names}


def _size_and_time(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"


def _result(head: Mapping[str, Any]) -> Result:
    from voicegen.report import PageReport, Result

    held = head["held"]
    reports = [
        PageReport(name, source, "held", held[name]) if name in held else PageReport(name, source, "unchanged")
        for name, source in head["pages"]
    ]
    return Result(tuple(reports), (), 0, tuple(head["passed_over"]), tuple(head["notices"]))


def _cache(settings: str) -> str:
    """The cache folder that voicegen.toml names; it is read as TOML only where it may name one."""
    try:
        with opened(settings) as file:
            data = file.read()
    except FileNotFoundError:
        return CACHE
    if b"cache" not in data:
        return CACHE
    import tomllib

    return str(tomllib.loads(data.decode("utf-8-sig")).get("project", {}).get("cache", CACHE))


def _sources(place: str, suffixes: tuple[str, ...], below: str = "") -> Iterator[tuple[str, str]]:
    """Every file below the content folder that is not hidden: its path, and its content's digest if it is read."""
    with os.scandir(f"{place}/{below}") as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            name = entry.name
            if name.startswith((".", "_", "~$")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _sources(place, suffixes, f"{below}{name}/")
            elif name.lower().endswith(suffixes) and entry.is_file():
                link = f" {os.path.realpath(entry.path)}" if entry.is_symlink() else ""
                yield below + name, _read(entry.path) + link
            else:
                yield below + name, ""


def _read(path: str) -> str:
    """The digest of a file's content."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            if len(piece) < CHUNK:
                break
    return digest.hexdigest()


def opened(path: str | Path) -> BinaryIO:
    """A plain file, open for reading. Raises OSError for what is none: nobody may ever write into a pipe.

    As `durable.plain`, which would have to be loaded for it.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    if not S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"{path} is no plain file: it may have no end")
    return open(handle, "rb", buffering=CHUNK)


def tree(path: str | Path) -> bytes:
    """A digest of the names, sizes, times and places on the disk of a file, or of all files below a folder."""
    path = os.fspath(path)
    digest = hashlib.sha256(path.encode("utf-8", "surrogateescape"))
    folders = [path] if os.path.isdir(path) else []
    if not folders:
        digest.update(_facts(os.stat(path)).encode())
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                else:
                    digest.update(f"{entry.path} {_facts(entry.stat())}\n".encode("utf-8", "surrogateescape"))
    return digest.digest()


def _facts(stat: os.stat_result) -> str:
    # nobody can set back the time of the last change, as packages and copies do with that of the last writing
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _folder(path: str) -> str:
    """What changes when a file in a folder comes, goes or is replaced."""
    stat = os.stat(path)
    return f"{stat.st_mtime_ns} {stat.st_ino}"


def ledger_facts(path: str | Path) -> str:
    """What changes whenever the ledger is written."""
    return _facts(os.stat(path))


def digest_of(stats: Mapping[str, str]) -> str:
    """A digest of what stands at each of some paths."""
    return hashlib.sha256("\n".join(stats.values()).encode()).hexdigest()


def today() -> str:
    """Today, by ISO 8601."""
    return time.strftime("%Y-%m-%d")
