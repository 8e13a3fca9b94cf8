"""The extension points: what a source, an engine, a store and a format must be.

A new one is one file in its folder (the file's name is its name) and one test file; an outside package
registers the same object under the entry-point group named in `voicegen.extensions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, overload, runtime_checkable

from voicegen.model.blob import Blob, blob
from voicegen.model.document import Document
from voicegen.model.edition import Edition
from voicegen.model.library import Library


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What staff settle in voicegen.toml where a general rule reads a site's pages wrongly."""

    keep: tuple[str, ...] = ()
    """CSS selectors of elements that are read, wherever they stand and whatever they look like."""
    drop: tuple[str, ...] = ()
    """CSS selectors of elements that are left out."""
    drop_texts: tuple[str, ...] = ()
    """Paragraphs, headings and items that are left out wherever they say exactly this."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A page as it lies in the content folder."""

    name: str
    """Path below the content folder, with forward slashes, for messages."""
    data: bytes
    lang: str = ""
    """BCP 47 tag that voicegen.toml gives for all pages; a page's own word comes first."""
    rules: SiteRules = field(default_factory=SiteRules)
    page_lang: str = ""
    """BCP 47 tag that voicegen.toml gives for this very page; it comes before the page's own word."""


class Source(Protocol):
    """Reads one kind of page: `voicegen/sources/<name>.py` with these two names at module level.

    Recipe: set `SUFFIXES` to the file endings; write `read(file)` so that it decodes with
    `voicegen.sources.decoding`, gives a Document (passed through `document.numbered`) for whatever bytes it
    gets or raises SourceError, and puts everything it does not keep into `Document.left_out`.
    """

    SUFFIXES: tuple[str, ...]

    def read(self, file: SourceFile) -> Document:
        """The page as a Document. Raises SourceError where it can't be read."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of an engine."""

    id: str
    """The engine's own name for it."""
    lang: str
    """BCP 47 tag of the language that it speaks."""
    name: str
    """In words, for people."""
    rate_hz: int
    """Sample rate of what it speaks; the same for all voices of an engine."""


@dataclass(frozen=True, slots=True)
class Worker:
    """The program that speaks lines in a process of its own, over the protocol of `engines/_protocol.py`."""

    argv: tuple[str, ...]
    cwd: Path | None = None
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Its whole environment, apart from what the system cannot start a program without; it may hold a password."""
    timeout_s: float = 60.0
    """A line that takes longer is given up and the worker is ended."""
    jobs: int | None = None
    """How many may run at once; None where the number of cores decides."""
    host: str = ""
    """The host that gets the page's text; empty where nothing leaves the machine."""
    once: bool = False
    """Whether it answers a single line and ends, where a fresh process is what makes a line sound the same."""
    memory_bytes: int | None = None
    """Most address space that it may take; None for any. Who asks for more is told that there is none."""


class Engine(Protocol):
    """Speaks: `voicegen/engines/<name>.py` with `engine(options) -> Engine` and `ABOUT` at module level.

    Recipe: `voices` lists what is there now, and raises MissingPartError where a part must be installed;
    `fingerprint` names all that changes the sound besides voice and text; `worker` starts nothing, it only
    says which program speaks the voice; `ABOUT` says how it sounds, under which licence, what leaves the house and
    what it takes to use it (with the keys of ours). The same voice and text must give the same samples whatever
    was spoken before. Caching, retries of crashed workers and checks of the sound happen outside, and so does the
    filter that takes out of a text what could steer an engine (`speech.for_engines`).
    """

    def voices(self) -> Sequence[Voice]:
        """All voices that can speak now."""

    def fingerprint(self) -> str:
        """Engine, version, data and options, as one line; part of every clip's key."""

    def worker(self, voice: Voice) -> Worker:
        """The program that speaks in this voice. Raises MissingPartError where it can't run."""


@runtime_checkable
class LiesInFiles(Protocol):
    """What an engine, or a format that needs a part, has besides where its files tell of every change in it.

    A build then sees by their sizes and times that its fingerprint, or its part, is the same, without asking. The
    version of a Python package, voicegen.toml and voicegen's own code need not be told of.
    """

    def files(self) -> Sequence[Path]:
        """The files, and the folders with all that is in them. Raises MissingPartError where it is not there."""


@runtime_checkable
class HasTerms(Protocol):
    """What an engine has besides where its voices come under licences of their own."""

    def terms(self) -> Mapping[str, str]:
        """The licence of each voice by its id, in its makers' words. Raises MissingPartError without voices."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line, filtered for engines; with brackets in them, they could not be here."""

    text: str
    phonemes: str = ""
    """The sounds that the list of pronunciations has for them, in the engine's own alphabet; mostly empty."""


@runtime_checkable
class ClearerOnTelephones(Protocol):
    """What an engine has besides where a voice of it is understood better on a telephone if it speaks otherwise.

    That must have been measured, as in docs/why/intelligibility.md.
    """

    def telephone_voice(self, voice: Voice) -> Voice:
        """The same voice as it is understood best on a telephone; `voice` where nothing else was measured."""


@runtime_checkable
class Phonetic(Protocol):
    """What an engine has besides where it takes phonemes and can tell those of a text."""

    def prepare(self, pieces: Sequence[Piece], voice: Voice) -> str:
        """The line as the worker takes it, with phonemes marked; the clip's key is made from it."""

    def phoneme_worker(self, voice: Voice) -> Worker:
        """The program that reads a prepared line from standard input and prints its phonemes."""


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where a store is, and what it is to this project: `[store]` of voicegen.toml, resolved."""

    own: Path
    """A folder on this machine that is this project's alone; what comes from elsewhere is kept there too."""
    address: str = ""
    """A folder's path, or `NAME://…`, where others keep theirs too; empty: `own` is the store."""
    project: str = ""
    """What this project's pages are called among those of others; `[a-z0-9-]`."""
    writable: bool = True
    endpoint: str = ""
    """Address of the server, where it is not the usual one for such addresses."""
    region: str = ""
    deadline_s: float = 180.0
    """Most seconds that one question to a server may take, with all its repetitions."""


class Store(Protocol):
    """Keeps blobs by key: `voicegen/stores/<name>.py` with `store(place: StorePlace) -> Store` at module level.

    The name is what stands before `://` in `[store] place`. Keys are SHA-256 in hexadecimal; equal keys mean bytes
    that do the same service, so whoever puts first is right, and nobody has to lock.

    Recipe: check every entry against a digest of key and bytes whenever it is taken; what fails is put aside and
    never given out. `put_if_absent` is atomic: a reader sees a whole entry or none, also after a crash. `prune`
    removes nothing that another project may need. Where the store is shared, be `Shared` as well.
    """

    def get_many(self, keys: Iterable[str]) -> dict[str, Blob]:
        """Exactly the bytes put under each of the keys; keys that have no sound entry are not in it."""

    def put_if_absent(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`, and gives what is kept there from now on.

        That is an earlier entry where a sound one is there. Raises TemporaryError where the place takes nothing.
        """

    def prune(self, keep: Collection[str]) -> int:
        """Removes what is this project's alone and not in `keep`; gives the bytes freed."""


@runtime_checkable
class Shared(Protocol):
    """What a store has besides where several projects, or machines, keep theirs in it: a page is asked in one go.

    A build calls `fetch` before it looks for anything of a page, and `keep` once all of it is made, before it is
    published. What `keep` names stays when the store is cleared up (`voicegen store gc`), until another `keep` for
    that page names other keys, or `drop`.
    """

    def fetch(self, page: str) -> None:
        """Brings here, in few requests whatever its length, what the page was made of the last time anywhere.

        Raises TemporaryError where the store does not answer, SettingsError where it does not let us in.
        """

    def keep(self, page: str, keys: Collection[str], earlier: Collection[str] = ()) -> None:
        """Keeps for others what the page is made of, `keys`, all of which were got or put here.

        What is there of `earlier` stays as well. Raises as `fetch` does.
        """

    def drop(self, page: str) -> None:
        """Says that the page is no more: what only it was made of may be cleared up. Raises as `fetch` does."""

    def heap(self) -> Heap:
        """All that the store holds, of all projects, for clearing up."""


@dataclass(frozen=True, slots=True)
class Held:
    """Something that a store holds."""

    name: str
    """What the store's heap calls it."""
    size: int
    """In bytes."""
    changed_s: float
    """When it was last put or used, as far as the place can tell, in seconds since 1970."""


class Heap(Protocol):
    """What a store holds, named as it lies there: entries, or packs of them."""

    def live(self) -> set[str]:
        """Names of what some page of some project is made of. Raises PublicationError where that can't be told."""

    def held(self) -> Iterator[Held]:
        """All that is held."""

    def delete_many(self, what: Iterable[Held]) -> list[Held]:
        """Removes it; gives what is removed. What was used since, or can't be removed, is passed over."""


@runtime_checkable
class Telling(Protocol):
    """What a store has besides where staff should know of something that it met."""

    def notices(self) -> tuple[str, ...]:
        """In whole sentences, each once: damaged entries, a place that takes nothing."""


@runtime_checkable
class Measured(Protocol):
    """What a store has besides where it can tell what it holds without reading it, for a plan."""

    def size(self, key: str) -> int | None:
        """Bytes put under `key`, None where there is no entry; changes nothing."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of a publication."""

    path: str
    """Below the page's folder, with forward slashes; `[a-z0-9._/-]`."""
    parts: Sequence[Blob]
    """Joined, they are the file."""
    offer: str = ""
    """What the transcript page calls it in its list of downloads, as a name in `formats/words`; empty where it
    is not offered there."""
    made_from: str = ""
    """Of a file beside the pages: a digest of what it tells of them. Where it stands there, made from the same,
    its `parts` are not asked for (`Late`)."""


class Late(Sequence[Blob]):
    """The one part of a file, made when it is asked for."""

    def __init__(self, made: Callable[[], bytes]) -> None:
        self._made = made

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[Blob]:
        yield blob(self._made())

    @overload
    def __getitem__(self, at: int) -> Blob: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Blob, ...]: ...
    def __getitem__(self, at: int | slice) -> Blob | tuple[Blob, ...]:
        return (blob(self._made()),)[at]


class Format(Protocol):
    """Publishes: `voicegen/formats/<name>.py` with these names at module level.

    Recipe: name the codecs that `render` takes from `edition.codecs`; yield files, write none; take every
    time from `edition.timeline`; the same Edition must give the same bytes. `verify` reads the written files
    as a stranger would, with nothing that `render` knew: a build asks it before it publishes, and
    `voicegen verify` asks it again wherever the folder was copied to. It may read the page's other files too,
    such as timeline.json (`config.BESIDE` says which formats come together).
    """

    CODECS: tuple[str, ...]

    def render(self, edition: Edition) -> Iterator[PublishedFile]:
        """The publication's files."""

    def verify(self, folder: Path) -> Iterator[str]:
        """What is wrong with the publication in a page's folder, each in words; nothing where all is right."""


@runtime_checkable
class NeedsPart(Protocol):
    """What a format has besides where it needs a part of the system that may not be there."""

    def part(self) -> str:
        """The part's name and version. Raises MissingPartError where it is not there."""


@runtime_checkable
class HasData(Protocol):
    """What a format has besides whose part brings data that what is made depends on, such as tables of braille."""

    def data(self) -> str:
        """A digest of the data, the same wherever they are the same. Raises MissingPartError as `part` does."""


@runtime_checkable
class LibraryFormat(Protocol):
    """What a format has besides where it publishes something for all pages together."""

    def render_library(self, library: Library) -> Iterator[PublishedFile]:
        """The files that stand beside the pages' folders. Raises SettingsError where a setting is missing.

        Of a library of very many pages, files that tell of some pages each say what they are `made_from`.
        """

    def verify_library(self, place: Path) -> Iterator[str]:
        """What is wrong with them in the output folder, each in words; nothing where all is right."""
