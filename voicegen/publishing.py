"""Publishing: the only writer of the output folder. A page's folder appears whole or not at all.

A page is written to a stage beside its place, all its files flushed to the disk, and then exchanged with what
stands in its place in one step (renameat2 on Linux). Where the system has no such step, the old folder is moved
aside first: a reader may then find the page missing for a moment, but never a mix.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voicegen import manifest
from voicegen.contracts import PublishedFile
from voicegen.durable import blame, disk, flush, flush_all, listed, read
from voicegen.errors import PublicationError, SettingsError, TemporaryError
from voicegen.steps.blobs import chunks

STAGE = ".stage"
"""Folder inside the output where pages are made ready; swept at the start of every build."""
ASIDE = ".old"
"""End of a page's name on the stage while another takes its place, where that takes two steps."""
PART = ".new"
"""End of the name of a copy that is not whole yet."""
SIGN, SIGN_OF_HTML = b"voicegen", b'<meta name="generator" content="voicegen">'
"""What stands in every file that voicegen puts beside the pages; of HTML, so much that no page about it has it."""
FileFacts = tuple[int, int, str]
"""Bytes, modification time in nanoseconds, SHA-256."""


@dataclass(slots=True)
class Output:
    """The output folder."""

    place: Path
    written: list[str] = field(default_factory=list)
    """Every file that was really written, below the output folder; files left as they were are not here."""

    def sweep(self) -> None:
        """Removes what an interrupted build left on the stage; a page that it had moved aside goes back first."""
        with disk(self.place):
            self.place.mkdir(parents=True, exist_ok=True)
            stage = self.place / STAGE
            if stage.is_symlink():
                stage.unlink()
            elif stage.exists():
                for aside in listed(stage):
                    place = self.place / aside.name.removesuffix(ASIDE)
                    if aside.name.endswith(ASIDE) and not os.path.lexists(place):
                        aside.rename(place)
                shutil.rmtree(stage)

    @contextlib.contextmanager
    def swept(self) -> Iterator[None]:
        """Sweeps before its block and behind it, also where that fails: a full disk needs the room."""
        self.sweep()
        try:
            yield
        except BaseException:
            with contextlib.suppress(TemporaryError):  # else the next build does
                self.sweep()
            raise
        self.sweep()

    def ready(self) -> None:
        """Raises TemporaryError where nothing can be written, so that nothing is spoken in vain."""
        with disk(self.place):
            (self.place / STAGE).mkdir(parents=True, exist_ok=True)

    def publish(
        self,
        page: str,
        files: Iterable[PublishedFile],
        old: Mapping[str, FileFacts],
        check: Callable[[Path], None],
        formats: Sequence[str] = (),
        spoken_by: Mapping[str, object] | None = None,
        leaving: Callable[[], object] = lambda: None,
    ) -> dict[str, FileFacts]:
        """Puts the files into the folder `page`, once `check` has accepted the folder that they were staged in.

        A manifest goes with them, which names who speaks, the `formats` and the digest of every file. A file that
        stands there already with the same bytes (`old` tells what stands there) is not written again. `leaving` is
        called before what stands there is replaced. Raises TemporaryError where the disk does not take them, and
        what `check` raises.
        """
        stage, place = self.place / STAGE / page, self.place / page
        if not self.is_ours(page, old):
            raise _not_ours(place)
        facts: dict[str, FileFacts] = {}
        written: list[str] = []
        with disk(stage):
            for file in files:
                self._stage(stage, place, file, old, facts, written)
                del file  # what it holds in memory goes before the next one is made
            self._stage(stage, place, manifest.of_page(page, formats, facts, spoken_by), old, facts, written)
        check(stage)
        if not written and set(facts) == set(old):
            with disk(stage):
                shutil.rmtree(stage)
            return facts
        if standing := _standing(
            place, facts
        ):  # it was published, and whoever did so was stopped before saying so
            with disk(stage):
                shutil.rmtree(stage)
            return standing
        leaving()
        self._put_in_place(stage, place, written)
        self.written += [f"{page}/{name}" for name in written]
        return facts

    def restore(
        self,
        page: str,
        kept: Mapping[str, tuple[Path, FileFacts]],
        old: Mapping[str, FileFacts] | None = None,
        leaving: Callable[[], object] = lambda: None,
        ours: Mapping[str, FileFacts] | None = None,
    ) -> dict[str, FileFacts]:
        """Puts a version whose files are kept elsewhere into the folder `page`, in one step.

        The files get a second name there, or are copied where the disk can't do that, and the time of now; a file
        that stands there with the same bytes (`old` tells what is known of that) stays. `leaving` is called before
        what stands there is replaced. `ours` is what we published there, whatever became of it since. Raises
        PublicationError where a file is not as it was made, SettingsError where somebody else's folder stands
        there, and TemporaryError where the disk does not take them.
        """
        stage, place = self.place / STAGE / page, self.place / page
        if not self.is_ours(page, old or ours or {}):
            raise _not_ours(place)
        if manifest.NAME in kept and (standing := _standing(place, {name: kept[name][1] for name in kept})):
            return standing
        old = old or {}
        facts: dict[str, FileFacts] = {}
        written: list[str] = []
        with disk(stage):
            if stage.exists():  # of an attempt that failed: its files would be published with these
                shutil.rmtree(stage)
            for name, (path, known) in kept.items():
                if not manifest.proper(name):
                    raise PublicationError(name, "a publication may not have a file of this name")
                target = stage / name
                target.parent.mkdir(parents=True, exist_ok=True)
                size, _, digest = known
                stands = old[name] if name in old and old[name][2] == digest else (size, -1, digest)
                if intact(place / name, stands):
                    same_file(place / name, target)
                    facts[name] = (size, target.stat().st_mtime_ns, digest)
                    continue
                same_file(path, target)
                with contextlib.suppress(PermissionError):  # somebody else's file may be linked, and no more
                    os.utime(target)  # else who copies what is newer passes over what was kept for long
                facts[name] = (size, target.stat().st_mtime_ns, digest)
                if not intact(target, (size, -1, digest)):
                    raise PublicationError(f"{page}/{name}", "what was kept of it is not what was published")
                written.append(name)
        if not written and set(facts) == set(old):
            with disk(stage):
                shutil.rmtree(stage)
            return facts
        leaving()
        self._put_in_place(stage, place, written)  # who copied them here may not have brought them to the disk
        self.written += [f"{page}/{name}" for name in written]
        return facts

    def _put_in_place(self, stage: Path, place: Path, written: Iterable[str] = ()) -> None:
        """Puts the folder that was made ready in its place, and removes what stood there.

        What was `written` there is brought to the disk first; the other files are there already.
        """
        with disk(place):
            folders = {path.parent for path in stage.rglob("*")} | {stage}
            flush_all((stage / name for name in written), folders)
            exchange(stage, place)
            flush(self.place)
            shutil.rmtree(stage, ignore_errors=True)

    def _stage(
        self,
        stage: Path,
        place: Path,
        file: PublishedFile,
        old: Mapping[str, FileFacts],
        facts: dict[str, FileFacts],
        written: list[str],
    ) -> None:
        target = stage / file.path
        if file.path in facts or not manifest.proper(file.path):
            raise PublicationError(file.path, "a publication may not have a file of this name")
        target.parent.mkdir(parents=True, exist_ok=True)
        size = sum(part.size for part in file.parts)
        digest = hashlib.sha256()
        for part in file.parts:
            for piece in chunks(part):
                digest.update(piece)
        sha = digest.hexdigest()
        if file.path in old and old[file.path][2] == sha and intact(place / file.path, old[file.path]):
            with contextlib.suppress(OSError):
                os.link(place / file.path, target)
                facts[file.path] = old[file.path]
                return
        _write(target, (piece for part in file.parts for piece in chunks(part)))
        found = target.stat()
        if found.st_size != size:
            raise TemporaryError(str(target), f"{found.st_size} of {size} bytes are there", "Free some space.")
        facts[file.path] = (size, found.st_mtime_ns, sha)
        written.append(file.path)

    def put(self, file: PublishedFile, known: bool) -> FileFacts:
        """Puts one file beside the pages, in one step, unless it stands there with the same bytes.

        `known` tells whether a build of ours put it there. Raises SettingsError where somebody else did.
        """
        data = b"".join(piece for part in file.parts for piece in chunks(part))
        target = self.place / file.path
        with disk(target):
            if target.is_dir() and not target.is_symlink():
                with contextlib.suppress(OSError):
                    target.rmdir()  # an empty folder is nobody's
                if target.exists():
                    raise _not_ours(target)
            there = _there(target)
            same = there == data and not target.is_symlink()
            sign = SIGN_OF_HTML if target.suffix == ".html" else SIGN
            if not known and not same and target.exists() and (there is None or sign not in there):
                raise _not_ours(target)
            if not same:
                self._replace(target, data)
            return len(data), target.stat().st_mtime_ns, hashlib.sha256(data).hexdigest()

    def _replace(self, target: Path, data: bytes) -> None:
        new = self.place / STAGE / target.name
        new.parent.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        _write(new, [data])
        flush_all([new], ())
        new.replace(target)
        flush(self.place)
        self.written.append(target.name)

    def is_ours(self, page: str, made: Mapping[str, FileFacts]) -> bool:
        """Whether a page's folder may be replaced: nothing is there, or what we published, whatever became of it.

        `made` is what the ledger tells of it. That is no proof: the output may be another folder since, such as a
        site's own, with a folder of that name. So the page's manifest must name it, or that of the output, or
        some file must be as it was made.
        """
        place = self.place / page
        if place.is_symlink() or not place.exists() or _named_in(place) == page:
            return True
        if page in _pages_in(self.place) or any(intact(place / name, facts) for name, facts in made.items()):
            return True
        return place.is_dir() and not any(place.iterdir())

    def remove(self, page: str) -> None:
        """Takes a page's folder, or a file beside the pages, away, in one step as seen by a reader.

        Whether it is ours, who calls this has asked.
        """
        with disk(self.place / page):
            stage = self.place / STAGE / page
            if (self.place / page).exists():
                stage.parent.mkdir(parents=True, exist_ok=True)
                (self.place / page).rename(stage)
                with contextlib.suppress(OSError):  # it is gone for readers; what is left here, `sweep` removes
                    if stage.is_symlink() or not stage.is_dir():
                        stage.unlink()
                    else:
                        shutil.rmtree(stage)


def _named_in(place: Path) -> str:
    """The page that the manifest in a folder names; none where no manifest of a page is there."""
    try:
        return manifest.load(place).page
    except PublicationError:
        return ""


def _pages_in(output: Path) -> Iterable[str]:
    """The pages that the manifest of an output names."""
    try:
        return manifest.load(output).pages
    except PublicationError:
        return ()


def _there(path: Path) -> bytes | None:
    """What stands in a file; None where there is none, or something without an end, such as a pipe."""
    try:
        return read(path)
    except OSError as trouble:
        blame(trouble, path)
        return None


def _not_ours(path: Path) -> SettingsError:
    return SettingsError(
        str(path),
        "it is there already and voicegen did not make it, so it is left alone",
        "Move it away, or give another folder as output in voicegen.toml.",
    )


def intact(path: Path | str, facts: FileFacts) -> bool:
    """Whether the file is the one that was written: by size and time, and by content where the time differs.

    Raises TemporaryError where the disk is to blame that this can't be told.
    """
    try:
        found = os.lstat(path)
        if found.st_size != facts[0] or not stat.S_ISREG(found.st_mode):
            return False
        if found.st_mtime_ns == facts[1]:
            return True
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == facts[2]
    except OSError as trouble:
        blame(trouble, path)
        return False


def digest_of(folder: Path) -> str:
    """The SHA-256 of a page's manifest, and so of the version that stands there; empty where there is none."""
    try:
        return hashlib.sha256(read(folder / manifest.NAME)).hexdigest()
    except OSError as trouble:
        blame(trouble, folder / manifest.NAME)
        return ""


def _standing(place: Path, facts: Mapping[str, FileFacts]) -> dict[str, FileFacts]:
    """What is to be known of the files in `place`, where they are these very ones and no others; else nothing."""
    if place.is_symlink() or digest_of(place) != facts[manifest.NAME][2]:
        return {}
    names = {
        path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_symlink() or path.is_file()
    }
    if names != set(facts) or not all(
        intact(place / name, (size, -1, sha)) for name, (size, _, sha) in facts.items()
    ):
        return {}
    return {name: (size, os.lstat(place / name).st_mtime_ns, sha) for name, (size, _, sha) in facts.items()}


def damage(folder: Path, files: Mapping[str, FileFacts]) -> str:
    """Why the files of a page that has not changed must be made again, in words; empty if they need not."""
    place = str(folder)  # of 100,000 files, joining paths takes longer than looking at them
    for name, facts in files.items():
        if not intact(f"{place}/{name}", facts):
            return f"{name} is not as it was published"
    return ""


def same_file(old: Path, new: Path) -> None:
    """Gives a file a second name, or copies it, whole, where the disk can't do that; as it is if it is there."""
    if new.exists():
        return
    try:
        os.link(old, new)
    except OSError:  # another disk, or one without such names
        part = new.with_name(new.name + PART)
        shutil.copy2(old, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(new)


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """Writes a new file, all of it. Raises OSError where that fails."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
    try:
        for piece in pieces:
            view = memoryview(piece)
            while view:
                view = view[os.write(handle, view) :]
    finally:
        os.close(handle)


def exchange(new: Path, place: Path) -> None:
    """Puts the folder `new` in `place`; what stood there is then where `new` was, to be removed."""
    if not place.exists() and not place.is_symlink():
        new.rename(place)
    elif not _swap(new, place):
        aside = new.with_name(new.name + ASIDE)
        place.rename(aside)
        try:
            new.rename(place)
        except BaseException:
            aside.rename(place)
            raise
        aside.rename(new)


def _swap(one: Path, other: Path) -> bool:
    """Exchanges two folders in one step (Linux renameat2, RENAME_EXCHANGE); False where that is not to be had."""
    at_working_folder, exchange = -100, 2
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    result: int = rename(at_working_folder, os.fsencode(one), at_working_folder, os.fsencode(other), exchange)
    return result == 0
