"""The extension points: what a source, an engine, a store and a format must be.

A new one is one file in its folder (the file's name is its name) and one test file; an outside package
registers the same object under the entry-point group named in `voicegen.extensions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from voicegen.model.blob import Blob
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


class Store(Protocol):
    """Keeps blobs by key: `voicegen/stores/<name>.py` with `store(place) -> Store` at module level.

    Recipe: `put` is atomic (a reader sees a whole entry or none) and safe to repeat; `get` gives None for an
    entry that is not there or does not hold what was put, and removes it in the second case.
    """

    def get(self, key: str) -> Blob | None:
        """Exactly the bytes put under `key`, or None."""

    def put(self, key: str, parts: Iterable[bytes]) -> Blob:
        """Keeps the joined parts under `key`. Raises TemporaryError where the place does not take them."""

    def prune(self, keep: Collection[str]) -> int:
        """Removes every entry whose key is not in `keep`; gives the bytes freed."""


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
    parts: tuple[Blob, ...]
    """Joined, they are the file."""
    offer: str = ""
    """What the transcript page calls it in its list of downloads, as a name in `formats/words`; empty where it
    is not offered there."""


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
class LibraryFormat(Protocol):
    """What a format has besides where it publishes something for all pages together."""

    def render_library(self, library: Library) -> Iterator[PublishedFile]:
        """The files that stand beside the pages' folders. Raises SettingsError where a setting is missing."""

    def verify_library(self, place: Path) -> Iterator[str]:
        """What is wrong with them in the output folder, each in words; nothing where all is right."""
