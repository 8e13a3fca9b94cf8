"""folder: blobs as plain files, the default store: one that is this project's alone, or one that many share.

A place that may be read and not written is still of use: what is made is then kept elsewhere. Where the project
has a folder of its own besides, it is kept there; else only for as long as the program runs.

A shared folder has, besides the entries, a list for each page of each project:

    pages/<project>/<page>.json    the keys that the page is made of now, and those of its version before
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from voicegen import durable
from voicegen.contracts import Held, StorePlace
from voicegen.errors import MISSHAPEN, PublicationError, TemporaryError
from voicegen.model.blob import Blob
from voicegen.steps.blobs import chunks
from voicegen.stores._entries import Entries, ReadOnlyError
from voicegen.stores._inside import no_link

LIST_VERSION = 1
LARGEST_LIST = 64 << 20
"""Bytes of a page's list: one of 5 MB of text has 10 MB."""


class Folder:
    """The store of one project. Many threads and processes may use it at once."""

    def __init__(self, entries: Entries, spare: Callable[[], Entries], writable: bool = True) -> None:
        """Takes what is made into `entries`, or into `spare` once those may not be written."""
        self.entries = entries
        self._open_spare, self._spare = spare, None if writable else spare()
        self._writable = writable

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """The sound entries of the keys, wherever they are."""
        wanted = tuple(keys)
        found = self.entries.get_many(wanted)
        if self._spare is not None and len(found) < len(wanted):
            found |= self._spare.get_many(key for key in wanted if key not in found)
        return found

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, by the file's length alone; None where there is no entry."""
        size = self.entries.size(key)
        return self._spare.size(key) if size is None and self._spare is not None else size

    def put_if_absent(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`, whole or not at all; gives what is kept there from now on."""
        if self._spare is None:
            with contextlib.suppress(ReadOnlyError):
                return self.entries.put_if_absent(key, parts)
            self._spare = self._open_spare()
        return self._spare.put_if_absent(key, parts)

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""
        return (self.entries if self._spare is None else self._spare).prune(keep)

    def notices(self) -> tuple[str, ...]:
        """What was damaged, and that the place could not be written."""
        said = []
        if number := self.entries.damaged:
            what = "entry of the store was" if number == 1 else "entries of the store were"
            aside = self.entries.place / "quarantine"
            said.append(f"{number} {what} damaged and made again; what it was is kept in {aside} for a while.")
        if self._writable and self._spare is not None:
            said.append(
                f"The store {self.entries.place} may be read and not written: what was made is "
                f"kept {self._meanwhile()}."
            )
        return tuple(said)

    def _meanwhile(self) -> str:
        return "for this run only, and made again by the next"


class SharedFolder(Folder):
    """The store of several projects or machines in one folder; `own` is this project's alone."""

    def __init__(self, place: Path, own: Path, project: str, writable: bool = True) -> None:
        self._own = Entries(own)
        super().__init__(Entries(place, shared=True), lambda: self._own, writable)
        self._lists, self._project = place / "pages", project

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """The sound entries of the keys: what others made, and what this project made when it was alone."""
        wanted = tuple(keys)
        found = self.entries.get_many(wanted)
        for key, blob in self._own.get_many(key for key in wanted if key not in found).items():
            found[key] = blob if self._spare is not None else self.put_if_absent(key, chunks(blob))
        return found

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, by the file's length alone; None where there is no entry."""
        size = self.entries.size(key)
        return self._own.size(key) if size is None else size

    def prune(self, keep: Collection[str]) -> int:
        """Removes what only this project has, in its own folder, and what others may need nowhere."""
        return self._own.prune(keep)

    def fetch(self, page: str) -> None:
        """Does nothing: a folder is asked for each entry at little cost."""

    def keep(self, page: str, keys: Collection[str], earlier: Collection[str] = ()) -> None:
        """Lists what a page is made of. Raises TemporaryError where the disk does not take that."""
        path = self._list(page)
        text = json.dumps({"version": LIST_VERSION, "keys": sorted(keys), "earlier": sorted(earlier)})
        if self._spare is not None:
            return
        try:
            self._no_links()
            if path.is_file() and path.read_bytes() == text.encode():
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
            try:
                with new.open("x", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())  # a list that a power cut emptied would be in the way of clearing up
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
        except OSError as trouble:
            raise _unwritten(path, trouble) from trouble

    def drop(self, page: str) -> None:
        """Removes the list of a page that is no more. Raises TemporaryError."""
        if self._spare is not None:
            return
        try:
            self._no_links()
            self._list(page).unlink(missing_ok=True)
        except OSError as trouble:
            raise _unwritten(self._list(page), trouble) from trouble

    def heap(self) -> FolderHeap:
        """All entries, of all projects."""
        return FolderHeap(self.entries)

    def _no_links(self) -> None:
        for folder in (self._lists, self._lists / self._project):
            no_link(folder)

    def _list(self, page: str) -> Path:
        return self._lists / self._project / f"{page}.json"

    def _meanwhile(self) -> str:
        return f"in {self._own.place}, where nobody else finds it"


class FolderHeap:
    """What a folder holds, for clearing up."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries

    def live(self) -> set[str]:
        """The keys on the list of some page. Raises PublicationError where a list can't be read."""
        keys: set[str] = set()
        for path in self._pages():
            try:
                data = json.loads(durable.read(path, LARGEST_LIST))
                if data["version"] != LIST_VERSION:
                    raise ValueError("it is of another version of voicegen")
                keys.update(map(str, data["keys"]), map(str, data["earlier"]))
            except FileNotFoundError:
                continue  # dropped this moment
            except (OSError, *MISSHAPEN) as trouble:
                raise PublicationError(
                    str(path),
                    f"it can't be told what this page is made of ({trouble}), so nothing is removed",
                    "Delete the file: it costs time at most, and the page's next version is listed anew.",
                ) from trouble
        return keys

    def _pages(self) -> list[Path]:
        """The lists of all pages. Raises PublicationError where one could be overlooked."""
        folder = self._entries.place / "pages"
        try:
            found = [path for project in durable.listed(folder) for path in durable.listed(project)]
        except OSError as trouble:
            durable.blame(trouble, folder)
            raise PublicationError(
                str(trouble.filename or folder),
                f"it can't be told what a project's pages are made of ({trouble.strerror}), so nothing is removed",
                "Give it that right, or run this as who has it.",
            ) from trouble
        return [path for path in found if path.suffix == ".json" and not path.name.startswith(".")]

    def held(self) -> Iterator[Held]:
        """All entries, by their keys."""
        return self._entries.held()

    def delete_many(self, what: Iterable[Held]) -> list[Held]:
        """Removes entries, unless they were used since; gives those that are gone."""
        return self._entries.delete_many(what)


def _unwritten(path: Path, trouble: OSError) -> TemporaryError:
    what = f"it can't be written ({trouble.strerror or trouble})"
    return TemporaryError(str(path), what, "Check the folder's rights and the free space, then run again.")


def _for_this_run() -> Entries:
    place = tempfile.mkdtemp(prefix="voicegen-")
    atexit.register(shutil.rmtree, place, True)
    return Entries(Path(place))


def store(place: StorePlace) -> Folder:
    """The store in the folder `place.own`, or in that of `place.address`; neither need exist yet."""
    if not place.address:
        return Folder(Entries(place.own), _for_this_run, place.writable)
    return SharedFolder(Path(place.address), place.own, place.project, place.writable)
