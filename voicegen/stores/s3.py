"""s3: a store on an object store, for many projects and machines; the extra voicegen[s3].

    pages/<project>/<page>.json    what a page is made of: put last, so it names nothing that is not there
    packs/<SHA-256>                what pages are made of; put once and never changed

A page is one question for its list and one for each pack of which something is not here, however many clips it
has. What comes from there is checked entry by entry, and kept in the project's own folder. Nothing is locked:
whoever puts a list last is right, and what it names that is gone, or is not what was put, is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from voicegen.contracts import Held, StorePlace
from voicegen.errors import PublicationError, TemporaryError
from voicegen.model.blob import Blob
from voicegen.steps.blobs import chunks
from voicegen.stores._bucket import Bucket
from voicegen.stores._entries import Entries
from voicegen.stores._packs import PACK_BYTES, Pack, PageList, pack_of, packed, page_list

YOUNG_S = 86_400
"""A pack that is there already and older is put again, so that it counts as new for whoever clears up."""
AT_ONCE = 8
"""Lists that are read at once for clearing up."""
JSON, BYTES = "application/json", "application/octet-stream"


class ObjectStore:
    """The store. Many threads, processes and machines may use one at once."""

    def __init__(self, bucket: Bucket, own: Entries, project: str, writable: bool) -> None:
        self.bucket = bucket
        self._own, self._project, self._writable = own, project, writable
        self._lists: dict[str, PageList] = {}
        """What was fetched, by page."""
        self._spoiled: set[str] = set()
        """Packs that are gone, or hold something else than what was put."""

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """What is here, of this project or of a page that was fetched."""
        return self._own.get_many(keys)

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, if they are here."""
        return self._own.size(key)

    def put_if_absent(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts here, until their page is kept for others; gives what is kept from now on."""
        return self._own.put_if_absent(key, parts)

    def prune(self, keep: Collection[str]) -> int:
        """Removes what is here and not in `keep`; what others may need is removed by `voicegen store gc`."""
        return self._own.prune(keep)

    def notices(self) -> tuple[str, ...]:
        """What was damaged."""
        said = []
        if self._own.damaged:
            said.append(f"{self._own.damaged} damaged pieces were found in {self._own.place} and made again.")
        if self._spoiled:
            said.append(
                f"{len(self._spoiled)} packs of {self.bucket.address} were gone or damaged; what was in them was "
                "made again where it is needed."
            )
        return tuple(said)

    def fetch(self, page: str) -> None:
        """Brings here what the page was made of the last time anywhere, unless it is here."""
        known = self._list(page)
        self._lists[page] = known
        missing = {key for key in known.keys if self._own.size(key) is None}
        for name, pack in known.packs.items():
            wanted = {key: place for key, place in pack.entries.items() if key in missing}
            if wanted:
                missing -= self._brought(name, pack, wanted)

    def keep(self, page: str, keys: Collection[str], earlier: Collection[str] = ()) -> None:
        """Puts what of the page is not there yet, in packs, and then its list. Does nothing where all is there."""
        if not self._writable:
            return
        known = (self._lists[page] if page in self._lists else self._list(page)).without(self._spoiled)
        if known.keys == {*keys} and known.held() >= {*keys}:
            return
        needed = {*keys, *earlier, *known.keys}
        stay = known.needing(needed)
        if stay.is_scattered(needed):
            stay = PageList()
        fresh = {*keys} - stay.held()
        if not stay.packs:
            fresh |= {key for key in needed if self._own.size(key) is not None}
        packs = dict(stay.packs)
        for group in packed(self._raw(key, page) for key in sorted(fresh)):
            name = self._put_pack(group)
            packs[name] = pack_of(group)
        now = PageList(frozenset(keys), packs)
        self.bucket.write(self._name(page), now.json(), JSON)
        self._lists[page] = now

    def drop(self, page: str) -> None:
        """Removes the list of a page that is no more."""
        if self._writable:
            self.bucket.delete_many([self._name(page)])
        self._lists.pop(page, None)

    def heap(self) -> PackHeap:
        """All packs, of all projects."""
        return PackHeap(self.bucket)

    def _name(self, page: str) -> str:
        return f"pages/{self._project}/{page}.json"

    def _list(self, page: str) -> PageList:
        try:
            data = self.bucket.read(self._name(page))
            return page_list(data) if data is not None else PageList()
        except ValueError:
            return PageList()  # it only costs time: the page's next list takes its place

    def _brought(self, name: str, pack: Pack, wanted: dict[str, tuple[int, int]]) -> set[str]:
        """Takes entries out of a pack, and gives the keys of the sound ones; notes a pack that is spoiled."""
        begin, end = min(start for start, _ in wanted.values()), max(map(sum, wanted.values()))
        if 2 * (end - begin) < pack.size <= PACK_BYTES:
            part = self.bucket.read_part(f"packs/{name}", begin, end) or b""
            raws = {key: part[start - begin : start - begin + size] for key, (start, size) in wanted.items()}
            sound = {key for key, raw in raws.items() if self._own.adopt(key, [raw])}
        else:
            with self._file() as file:
                if not self.bucket.read_into(f"packs/{name}", file, pack.size):
                    sound = set()
                else:
                    size = file.stat().st_size
                    sound = {
                        key
                        for key, (start, length) in wanted.items()
                        if start + length <= size and self._own.adopt(key, chunks(Blob(length, file, start)))
                    }
        if sound != wanted.keys():
            self._spoiled.add(name)
        return sound

    def _raw(self, key: str, page: str) -> tuple[str, Blob]:
        raw = self._own.raw(key)
        if raw is None:
            what = "something that it is made of was damaged on this machine just now"
            raise TemporaryError(page, what, "Run the build again; it makes that anew.")
        return key, raw

    def _put_pack(self, group: list[tuple[str, Blob]]) -> str:
        """Puts a pack, unless it is there, and gives its name."""
        digest = hashlib.sha256()
        with self._file() as file:
            with file.open("wb") as out:
                for _, raw in group:
                    for piece in chunks(raw):
                        digest.update(piece)
                        out.write(piece)
            name = digest.hexdigest()
            where, size = f"packs/{name}", file.stat().st_size
            if name in self._spoiled or not self.bucket.write(where, file, BYTES, absent=True):
                if not self._is_there(where, size, name):
                    self.bucket.write(where, file, BYTES)
                self._spoiled.discard(name)
        return name

    def _is_there(self, where: str, size: int, digest: str) -> bool:
        """Whether an object that stands in a pack's place is that pack, and young enough to stay.

        So it is where two put the same, or where the answer to our own put was lost.
        """
        found = self.bucket.head(where)
        if found is None or found.size != size or time.time() - found.changed_s > YOUNG_S:
            return False
        with self._file() as file:
            if not self.bucket.read_into(where, file, size):
                return False
            with file.open("rb") as back:
                return hashlib.file_digest(back, "sha256").hexdigest() == digest

    @contextlib.contextmanager
    def _file(self) -> Iterator[Path]:
        """A file on this machine, for a while. Raises TemporaryError where the disk does not take it."""
        path = self._own.place / "tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path
        except OSError as trouble:
            what = f"it can't be written ({trouble.strerror or trouble})"
            raise TemporaryError(str(path), what, "Free some space and run again.") from trouble
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


class PackHeap:
    """What an object store holds, for clearing up."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def live(self) -> set[str]:
        """The packs that the list of some page names. Raises PublicationError where a list can't be read."""
        names = [one.name for one in self._bucket.held("pages")]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return {pack for packs in pool.map(self._packs, names) for pack in packs}

    def _packs(self, name: str) -> Collection[str]:
        try:
            data = self._bucket.read(name)
            return page_list(data).packs.keys() if data is not None else ()  # else it was dropped this moment
        except ValueError as trouble:
            raise PublicationError(
                f"{self._bucket.address}/{name}",
                f"it can't be told what this page is made of ({trouble}), so nothing is removed",
                "Delete the object: it costs time at most, and the page's next version is listed anew.",
            ) from trouble

    def held(self) -> Iterator[Held]:
        """All packs, by their names."""
        for one in self._bucket.held("packs"):
            yield Held(one.name.rpartition("/")[2], one.size, one.changed_s)

    def delete_many(self, what: Iterable[Held]) -> list[Held]:
        """Removes packs, unless they were put again since; gives those that are gone."""
        wanted = {one.name: one for one in what}
        gone = [one for one in self.held() if wanted.get(one.name) == one] if wanted else []
        self._bucket.delete_many(f"packs/{one.name}" for one in gone)
        return gone


def store(place: StorePlace) -> ObjectStore:
    """The store at `place.address`, such as `s3://bucket/folder`.

    Raises MissingPartError where obstore is not installed, SettingsError where the address or what the environment
    says of it is wrong.
    """
    bucket = Bucket(place.address, place.endpoint, place.region, place.deadline_s)
    return ObjectStore(bucket, Entries(place.own), place.project, place.writable)
