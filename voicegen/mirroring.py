"""Mirroring: the published output, put on an object store so that readers see whole versions of every page.

An object store can change one object in one step, and no folder. So each version of a page has a folder of its
own, and the page's address leads to it by one object, which is put last:

    PAGE/v/<16 digits>/…    a version: all files of the page as they are published; never changed
    PAGE/index.html         the page, as in that version, its links leading into that version's folder; put last
    PAGE/sw.js              likewise: it keeps the page for use without a network
    PAGE/…                  the other files by the names that they always had: for feeds, downloads and links
    voicegen.json           whose pages these are: a project takes away, and writes over, no other's

Who has the page open goes on reading and hearing the version that they opened; who opens it next gets the new one.
The list of pages and the feed come after the pages, then what is published no more is taken away; manifest.json
comes last, so whoever was stopped has only to begin again. It says before that what is to change, and so does a
page's own before the names that stay: what a stopped run left is never taken for what was there before, which may
be published again. A version is removed when the one that took its place has stood there for a grace.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from voicegen import manifest
from voicegen.config import Settings
from voicegen.errors import MISSHAPEN, PublicationError, SettingsError
from voicegen.locking import only_writer
from voicegen.manifest import Manifest
from voicegen.serve import TYPES
from voicegen.steps.blobs import chunks
from voicegen.stores._bucket import Bucket

T = TypeVar("T")
INDEX, WORKER = "index.html", "sw.js"
SWITCHED = (WORKER, INDEX)
"""What leads to a version, in the order in which it is put."""
OWNER = "voicegen.json"
"""Says whose pages are there, by `[project] publisher` and `title`."""
LEADS = re.compile(rb'"(v/[0-9a-f]{16})/')
"""A link of those into a version."""
GRACE_S = 86_400.0
"""For so long a version stays after another took its place: somebody may have it open."""
AT_ONCE = 8
"""Files of a page that are sent at once."""
OTHER_TYPE = "application/octet-stream"
MORE_TYPES = {".audiobook": "application/zip", ".brf": "text/plain", ".pef": "application/x-pef+xml"}
Told = Callable[[str, str], None]
"""Called with the name of each page, and what was done with it: "put" or "taken away"."""


def untold(page: str, what: str) -> None:
    """A Told that says nothing."""


@dataclass(slots=True)
class Mirrored:
    """What was done."""

    put: list[str] = field(default_factory=list)
    """Pages that were put, as they are now."""
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    asked: int = 0
    """Questions to the object store."""
    sent: int = 0
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read back, and what is wrong with it."""

    pages: int
    files: int
    troubles: tuple[tuple[str, str], ...]
    """Where, and what, in words."""


def bucket_of(settings: Settings, address: str = "") -> Bucket:
    """The place for the output: `s3://BUCKET/FOLDER`, or else that of `[mirror]`. Raises SettingsError."""
    said = settings.mirror
    address = address or said.place
    if not address.startswith("s3://") or "@" in address or not address.removeprefix("s3://").partition("/")[0]:
        what = f"{address!r} is no bucket and folder" if address else "no place is named"
        if "@" in address:
            what = "keys stand in it, which belong into the environment"
        raise SettingsError("voicegen.toml, [mirror] place", what, "Give one such as s3://clinic-web/listen.")
    return Bucket(address, said.endpoint, said.region, said.deadline)


def mirror(settings: Settings, bucket: Bucket, told: Told = untold, *, takes_over: bool = False) -> Mirrored:
    """Puts what is published and not there yet, page by page, and takes away what is published no more.

    `takes_over`: also where another project put what is there. Raises SettingsError where one did and it is not,
    PublicationError where the output is not whole, TemporaryError where the store does not answer or a build is at
    work: readers then have whole pages, old or new, and the next run goes on.
    """
    done = Mirrored()
    with only_writer(settings.output):
        here = manifest.load(settings.output)
        data = (settings.output / manifest.NAME).read_bytes()  # now: where nothing can be locked, a build may come
        there = _read(bucket, manifest.NAME)
        if there is None or (there.pages, there.files) != (here.pages, here.files):
            _claim(settings, bucket, here, there, takes_over)
        _announce(bucket, here, there)
        for page, digest in here.pages.items():
            if there and there.pages.get(page) == digest:
                done.unchanged += 1
                continue
            _Page(bucket, settings.output / page, page, digest).put(there.pages.get(page, "") if there else "")
            done.put.append(page)
            told(page, "put")
        _put_library(bucket, settings.output, here, there)
        for page in sorted(there.pages.keys() - here.pages.keys()) if there else ():
            _remove(bucket, page)
            done.removed.append(page)
            told(page, "taken away")
        if _object(bucket, manifest.NAME) != data:
            bucket.write(manifest.NAME, data, _type(manifest.NAME))
    done.asked, done.sent = bucket.asked, bucket.sent
    return done


def _claim(settings: Settings, bucket: Bucket, here: Manifest, there: Manifest | None, takes_over: bool) -> None:
    """Says that the pages are this project's. Raises SettingsError where they are another's.

    They are where another is named there, or where none of them is published here: one that names itself alike
    may have put them, or one from before any was named.
    """
    ours = {"publisher": settings.project.publisher, "title": settings.project.title}
    said = _object(bucket, OWNER)
    theirs = _owner(said)
    is_strange = there is not None and bool(there.pages) and there.pages.keys().isdisjoint(here.pages)
    is_anothers = is_strange or (there is not None and theirs not in (None, ours))
    if is_anothers and not takes_over:
        name = ": ".join(filter(None, (theirs or {}).values())) or "with other pages"
        raise SettingsError(
            bucket.address,
            f"the pages there are those of another project ({name}), and would be taken away",
            "Name another folder in [mirror] place, or, if they are this project's, use --take-over once.",
        )
    if theirs != ours and (theirs or said is None):  # a file of that name may be somebody's own
        data = json.dumps({"made_by": "voicegen", **ours}, ensure_ascii=False, indent=1)
        bucket.write(OWNER, f"{data}\n".encode(), _type(OWNER))


def _owner(data: bytes | None) -> dict[str, str] | None:
    """Who is named there; None where nobody is."""
    try:
        facts = json.loads(data or b"")
        return {name: str(facts[name]) for name in ("publisher", "title")}
    except MISSHAPEN:
        return None


class _Page:
    """One page, on its way."""

    def __init__(self, bucket: Bucket, folder: Path, name: str, digest: str) -> None:
        self._bucket, self._folder, self._name, self._digest = bucket, folder, name, digest
        self._here = manifest.load(folder)
        if _sha(folder / manifest.NAME) != digest:
            raise _not_whole(folder / manifest.NAME)
        self._place = _version(name, digest)

    def put(self, before: str) -> None:
        """The version's folder, the manifest by its own name, the names that stay, then what leads to the version.

        While the page leads to another version than its manifest says, a run was stopped on the way: names that
        stay may be of either, or gone, and are all put again. `before` is the version (its manifest's digest) of
        which the list says that it is there; it says none where a run was stopped, and then what readers have
        open is not known.
        """
        old, stood_s = _current(self._bucket, self._name), _stood(self._bucket, self._name)
        led_to = _led_to(self._bucket, self._name)
        settled = old is not None and old[0] == led_to
        files, known = self._here.files, old[1].files if old else {}
        changed = [path for path, (_, sha) in files.items() if known.get(path, (0, ""))[1] != sha]
        gone = {*known} if settled or led_to is None else {*known, *_files(self._bucket, led_to)}
        still = [path for path in (changed if settled else files) if path not in SWITCHED]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            if old and old[0] != self._place:
                kept = [path for path in files if path not in {*changed}]
                copied = pool.map(lambda path: self._bucket.copy(f"{old[0]}/{path}", self._in(path)), kept)
                changed += [path for path, there in zip(kept, copied, strict=True) if not there]
            elif not settled:
                changed += [path for path in SWITCHED if path in files and path not in changed]
            list(pool.map(self._send, changed))
            self._bucket.write(self._in(manifest.NAME), self._folder / manifest.NAME, _type(manifest.NAME))
            self._bucket.write(f"{self._name}/{manifest.NAME}", self._whole(manifest.NAME), _type(manifest.NAME))
            list(pool.map(self._put_by_name, still))
        self._bucket.delete_many([f"{self._name}/{path}" for path in gone - files.keys()])
        for path in SWITCHED:
            if path in files:
                data = led(self._whole(path), path, self._here, self._place)
                self._bucket.write(f"{self._name}/{path}", data, _type(path))
        if old and old[0] == _version(self._name, before) and stood_s > GRACE_S:
            _sweep(self._bucket, self._name, {old[0], self._place})

    def _put_by_name(self, path: str) -> None:
        """Puts a file of the version by the name that stays; a removal that was stopped may have taken it away."""
        name = f"{self._name}/{path}"
        if not self._bucket.copy(self._in(path), name):
            self._send(path)
            self._bucket.copy(self._in(path), name)

    def _whole(self, path: str) -> bytes:
        """A file that leads to the version, as it was published. Raises PublicationError where it is not."""
        data = (self._folder / path).read_bytes()
        known = self._digest if path == manifest.NAME else self._here.files[path][1]
        if hashlib.sha256(data).hexdigest() != known:
            raise _not_whole(self._folder / path)
        return data

    def _in(self, path: str) -> str:
        return f"{self._place}/{path}"

    def _send(self, path: str) -> None:
        file = self._folder / path
        if _sha(file) != self._here.files[path][1]:
            raise _not_whole(file)
        self._bucket.write(self._in(path), file, _type(path))


def led(data: bytes, path: str, page: Manifest, place: str) -> bytes:
    """A file that leads to a version: its links to the page's own files go into the folder `place` of the version.

    Names are matched whole, and in attributes only, where page text can't be: it has its quotation marks escaped.
    """
    version = place.partition("/")[2]
    names = "|".join(re.escape(name) for name in sorted(page.files) if name not in SWITCHED)
    start = r"(?:src|href)=" if path == INDEX else ""
    links = re.compile(rf'({start}")((?:{names})(?:#[^"]*)?")'.encode())
    return links.sub(rb"\g<1>" + version.encode() + rb"/\g<2>", data)


def _announce(bucket: Bucket, here: Manifest, there: Manifest | None) -> None:
    """Has the manifest there name all that is to come, to change or to go, as of no version.

    So a page that was put by a run that was stopped, and is published no more by the next, is taken away by that;
    and one that is published again as it was before is put again, since it may be there in part.
    """
    pages, known = (there.pages, there.files) if there else ({}, {})
    if here.pages == pages and here.files == known:
        return
    sums = {page: _if_same(pages.get(page), here.pages.get(page)) or "" for page in {**pages, **here.pages}}
    files = {path: _if_same(known.get(path), here.files.get(path)) or (0, "") for path in {**known, **here.files}}
    if there and (sums, files) == (pages, known):
        return  # a run that was stopped said so
    facts = {path: (size, 0, sha) for path, (size, sha) in files.items()}
    file = manifest.of_library(there.formats if there else (), facts, sums)
    data = b"".join(piece for part in file.parts for piece in chunks(part))
    bucket.write(manifest.NAME, data, _type(manifest.NAME))


def _if_same(one: T | None, other: T | None) -> T | None:
    return one if one == other else None


def _put_library(bucket: Bucket, place: Path, here: Manifest, there: Manifest | None) -> None:
    """The files beside the pages, the list last; but for the manifest, which says that all the rest is done."""
    known = there.files if there else {}
    for path, (_, sha) in sorted(here.files.items(), key=lambda item: (item[0] == INDEX, item[0])):
        if known.get(path, (0, ""))[1] != sha:
            if _sha(place / path) != sha:
                raise _not_whole(place / path)
            bucket.write(path, place / path, _type(path))
    bucket.delete_many(known.keys() - here.files.keys())


def _remove(bucket: Bucket, page: str) -> None:
    """Takes a page away: first what leads to it, then all that it was, last what tells what that is."""
    known = _read(bucket, f"{page}/{manifest.NAME}")
    bucket.delete_many([f"{page}/{INDEX}"])
    if known:
        bucket.delete_many([f"{page}/{path}" for path in known.files])
    bucket.delete_many([one.name for one in bucket.held(f"{page}/v")])
    bucket.delete_many([f"{page}/{manifest.NAME}"])


def _sweep(bucket: Bucket, page: str, stay: set[str]) -> None:
    """Removes the versions of a page but for some."""
    held = [one.name for one in bucket.held(f"{page}/v")]
    bucket.delete_many(name for name in held if "/".join(name.split("/")[:3]) not in stay)


def check(bucket: Bucket) -> Checked:
    """Reads back every file and compares it with its digest. Raises TemporaryError, SettingsError."""
    whole = _read(bucket, manifest.NAME)
    if whole is None:
        raise PublicationError(bucket.address, "there is no manifest.json", "Run `voicegen mirror`.")
    found = [*_digests(bucket, "", whole.files)]
    files = 1 + len(whole.files)
    for name, digest in whole.pages.items():
        current = _current(bucket, name)
        if current is None or current[0] != _version(name, digest):
            found.append((name, "it is of another version than the list of pages says"))
            continue
        place, page = current
        files += 2 * len(page.files)
        found += _digests(bucket, f"{place}/", page.files)
        still = {path: facts for path, facts in page.files.items() if path not in SWITCHED}
        found += _digests(bucket, f"{name}/", still)
        for path in SWITCHED:
            own = _object(bucket, f"{place}/{path}")
            if own is not None and _object(bucket, f"{name}/{path}") != led(own, path, page, place):
                found.append((f"{name}/{path}", "it leads to another version"))
    return Checked(len(whole.pages), files, tuple(found))


def _digests(bucket: Bucket, start: str, files: Mapping[str, tuple[int, str]]) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="voicegen-") as folder:
        file = Path(folder) / "file"
        for path, (size, sha) in files.items():
            if not bucket.read_into(start + path, file, size):
                yield start + path, "it is missing"
            elif _sha(file) != sha:
                yield start + path, "its content is not what was published"


def _current(bucket: Bucket, page: str) -> tuple[str, Manifest] | None:
    """The folder and the manifest of the version that a page's manifest names; None where there is none."""
    data = _object(bucket, f"{page}/{manifest.NAME}")
    known = _parsed(data)
    if data is None or known is None:
        return None
    return _version(page, hashlib.sha256(data).hexdigest()), known


def _led_to(bucket: Bucket, page: str) -> str | None:
    """The folder of the version that a page leads to; None where there is no page, or it leads nowhere."""
    found = LEADS.search(_object(bucket, f"{page}/{INDEX}") or b"")
    return f"{page}/{found[1].decode()}" if found else None


def _files(bucket: Bucket, place: str) -> Mapping[str, tuple[int, str]]:
    """The files of the version in a folder; none where nothing tells them."""
    known = _read(bucket, f"{place}/{manifest.NAME}")
    return known.files if known else {}


def _version(page: str, digest: str) -> str:
    """The folder of a version, by its manifest's digest."""
    return f"{page}/v/{digest[:16]}"


def _stood(bucket: Bucket, page: str) -> float:
    """For how many seconds the page has stood there as it is."""
    index = bucket.head(f"{page}/{INDEX}")
    return time.time() - index.changed_s if index else 0.0


def _read(bucket: Bucket, name: str) -> Manifest | None:
    return _parsed(_object(bucket, name))


def _object(bucket: Bucket, name: str) -> bytes | None:
    """An object; None where there is none, nothing where it is larger than any of ours."""
    try:
        return bucket.read(name)
    except ValueError:
        return b""


def _parsed(data: bytes | None) -> Manifest | None:
    """A manifest, None where there is none that can be understood: then all is put again."""
    try:
        return manifest.parsed(json.loads(data)) if data is not None else None
    except MISSHAPEN:
        return None


def _type(path: str) -> str:
    suffix = Path(path).suffix
    return TYPES.get(suffix) or MORE_TYPES.get(suffix, OTHER_TYPE)


def _sha(file: Path) -> str:
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError:
        return ""


def _not_whole(file: Path) -> PublicationError:
    return PublicationError(str(file), "it is not as it was published", "Run `voicegen build`, then this again.")
