"""The whole life of a project, in any order, with a fault at any file call of any command.

Two lives: of a project whose builds publish, and of one where pages are approved first. Both run the real program.
What must be true after every step is the promise of `tests/faults/promise.py`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.conftest import Project
from tests.faults.file_calls import FAULTS, Fault, Program
from tests.faults.promise import NOTES, Folder, assert_whole, decided, kept, names, seen
from voicegen import manifest
from voicegen.errors import PublicationError

T = TypeVar("T")
SETTINGS = """[project]
language = "en"
[voice]
engine = "tone"
[publications]
formats = ["html", "mp3", "webvtt", "timeline"]
[history]
keep = 200
"""
TEXTS = ("water", "tea", "milk")
PAGES = st.sampled_from(["a", "b", "c"])
BY = ("--by", "Dr. Reyes")
DRAWN_FAULTS = st.none() | st.builds(Fault, st.sampled_from(sorted(FAULTS)), st.integers(1, 260))


def text(page: str, drink: str) -> str:
    """A page; each of the few texts is spoken once for all examples of one process."""
    return f"Fever {page}\n\nAt home\nDrink {drink} every hour.\n"


def version(folder: Folder) -> str:
    """The id of a page's version, as the history has it."""
    return hashlib.sha256(folder[manifest.NAME]).hexdigest()


@dataclass(frozen=True, slots=True)
class Kit:
    """What all lives share."""

    program: Program
    clean: Callable[[str, str], Folder]
    """What a page with a text becomes where nothing ever goes wrong."""


class Life(RuleBasedStateMachine):
    """A project whose builds publish what they make."""

    kit: ClassVar[Kit]
    settings: ClassVar[str] = SETTINGS

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="life-"))
        self.project = Project(self.place / "project", self.settings)
        self.content: dict[str, str] = {}
        self.ever: dict[str, set[str]] = {}
        """Every version that a reader has seen, by page; what was damaged since may be gone."""
        self.said: list[tuple[str, ...]] = []

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    def run(self, *command: str, fault: Fault | None = None, codes: tuple[int, ...] = (0,)) -> int:
        """Runs a command; with a fault it may end in any of our ways, and never in a traceback."""
        done = self.kit.program.run(self.project.place, *command, fault=fault)
        about = f"{command}, {fault}: {done}"
        killed = {-9} if fault and fault.name == "killed" else set()
        assert done.code in {*codes, *killed, *((0, 1, 2, 3) if fault else ())}, about
        assert "Traceback" not in done.said, about
        return done.code

    @initialize(drink=st.sampled_from(TEXTS))
    def begin(self, drink: str) -> None:
        self.write("a", drink)

    # what staff do to the content

    @rule(page=PAGES, drink=st.sampled_from(TEXTS))
    def write(self, page: str, drink: str) -> None:
        self.project.page(f"{page}.txt", text(page, drink))
        self.content[page] = drink

    @precondition(lambda self: len(self.content) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        page = one_of(sorted(self.content), data)
        (self.project.place / f"content/{page}.txt").unlink()
        del self.content[page]

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        page = one_of(sorted(self.content), data)
        other = data.draw(PAGES)
        if other not in self.content:
            drink = self.content.pop(page)
            (self.project.place / f"content/{page}.txt").unlink()
            self.write(other, drink)

    # what happens to the machine

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.project.place / ".voicegen", ignore_errors=True)

    @rule(data=st.data())
    def damage_an_entry_of_the_store(self, data: st.DataObject) -> None:
        if files := sorted(
            path for path in (self.project.place / ".voicegen/store").glob("??/??/*") if path.is_file()
        ):
            path = one_of(files, data)
            spoil(path, data)

    @rule(data=st.data())
    def damage_a_note_of_the_cache(self, data: st.DataObject) -> None:
        if files := sorted(path for path in (self.project.place / ".voicegen").glob("*.*") if path.is_file()):
            spoil(one_of(files, data), data)

    @rule(data=st.data())
    def damage_a_published_file(self, data: st.DataObject) -> None:
        files = sorted(path for path in self.project.output.rglob("*") if path.is_file())
        if files:
            path = one_of(files, data)
            page = path.relative_to(self.project.output).parts[0]
            self.strange |= path.parent == self.project.output or path.name == manifest.NAME
            if page in self.ever:
                self._forget(page)
            spoil(path, data)

    def _forget(self, page: str) -> None:
        """What stands of a page is about to be damaged: unless it is kept already, nobody can put it back."""
        self.ever[page] &= kept(self.project).get(page, set())
        self.damaged = True

    # what staff do with the program

    @rule(fault=DRAWN_FAULTS)
    def build(self, fault: Fault | None) -> None:
        code = self.run(
            "build", "-j1", fault=fault, codes=(0, 2) if self.strange or self.looks_foreign() else (0,)
        )
        if code == 2 and not fault and self.looks_foreign():
            for page in self.ever:
                self._forget(page)
            shutil.rmtree(self.project.output)
            code = self.run("build", "-j1")
        if (
            code == 2 and not fault
        ):  # with its memory gone it can't know that a damaged list, or page, was its own, and says so
            pages = [path.parent for path in self.project.output.glob("*/index.html") if not _is_told(path.parent)]
            for path in [*self.project.output.glob("*.*"), *pages]:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            self.run("build", "-j1")
        if not fault:
            self.assert_built()

    def looks_foreign(self) -> bool:
        """Whether a build without memory must take what is published for another project's."""
        pages = [path.name for path in self.project.output.glob("[!.]*") if path.is_dir()]
        gone = [page for page in pages if page not in self.content]
        return len(gone) > 1 and 2 * len(gone) > len(pages)

    @rule(page=PAGES, fault=DRAWN_FAULTS)
    def take_back(self, page: str, fault: Fault | None) -> None:
        self.run("rollback", page, *self.who(), fault=fault, codes=(0, 1, 2, 3))

    @rule(page=PAGES, fault=DRAWN_FAULTS)
    def resume(self, page: str, fault: Fault | None) -> None:
        self.run("resume", page, fault=fault, codes=(0, 2))

    def who(self) -> tuple[str, ...]:
        return ()

    # what is true whenever a reader looks

    @invariant()
    def every_page_is_whole(self) -> None:
        if self.damaged:
            return
        for page, folder in self.pages().items():
            told = json.loads(folder[manifest.NAME])["files"]
            assert set(folder) == {*told, manifest.NAME}, page
            for name, facts in told.items():
                assert hashlib.sha256(folder[name]).hexdigest() == facts["sha256"], f"{page}/{name}"
            assert folder in [self.kit.clean(page, drink) for drink in TEXTS], (
                f"{page} is a version that never was"
            )
            self.ever.setdefault(page, set()).add(version(folder))

    @invariant()
    def nothing_that_was_published_is_lost(self) -> None:
        past = kept(self.project)
        for page, versions in self.ever.items():
            stands = {version(self.pages()[page])} if page in self.pages() and not self.damaged else set()
            if not self.damaged:
                assert versions <= stands | past.get(page, set()), page

    strange = False
    """Whether a file beside the pages, or a manifest, was damaged, and no build has mended it since."""
    damaged = False
    """Whether a published file was damaged, and no build has mended it since."""

    def pages(self) -> dict[str, Folder]:
        """What a reader sees of the pages."""
        return {page: folder for page, folder in seen(self.project.output).items() if page}

    def holds(self) -> dict[str, Any]:
        """The pages that are held, and at which version."""
        path = self.project.place / "history/held.json"
        return dict(json.loads(path.read_bytes())) if path.exists() else {}

    def assert_built(self) -> None:
        """All is as if nothing had ever gone wrong: each page is its text's version, or the one it is held at."""
        if (
            self.strange
        ):  # whose manifest was damaged before a list or the memory named it: nothing says it is ours
            for page in self.pages().keys() - self.content.keys():
                if not _is_told(self.project.output / page):
                    shutil.rmtree(self.project.output / page)
        self.damaged = self.strange = False
        now = self.pages()
        assert set(now) == set(self.content), f"published are {set(now)}, and written were {set(self.content)}"
        for page, drink in self.content.items():
            hold = self.holds().get(page)
            digest = hashlib.sha256(text(page, drink).encode()).hexdigest()
            if hold and digest in hold["texts"]:
                assert version(now[page]) == hold["id"], f"{page} is held at another version"
            else:
                assert now[page] == self.kit.clean(page, drink), f"{page} is not what a clean build makes of it"
        assert_whole(self.project)
        assert not [name for name in names(self.project) if TEMPORARY(name)]


def _is_told(folder: Path) -> bool:
    """Whether a page's manifest tells that it is one."""
    try:
        return bool(manifest.load(folder).page)
    except PublicationError:
        return False


def TEMPORARY(name: str) -> bool:  # noqa: N802
    """Whether a file or folder is one that a run makes for itself, but for the halves of entries in the store."""
    if NOTES.search(name):
        return False  # the half of a note that a killed run left, which goes in time
    last = name.rpartition("/")[2]
    return last.endswith((".new", ".old", ".part")) or (last.startswith(".") and "store/" not in name + "/" and
                                                        last != ".voicegen")  # fmt: skip


def one_of(things: Sequence[T], data: st.DataObject) -> T:
    """One of several things that the program made: drawn so that their number decides nothing else."""
    return things[data.draw(st.integers(0, 1 << 20)) % len(things)]


def spoil(path: Path, data: st.DataObject) -> None:
    """Puts another file in the place of one: cut, changed, empty, missing, or a folder; never into its links."""
    content = path.read_bytes()
    how = data.draw(st.sampled_from(["cut", "changed", "empty", "missing", "folder"]))
    at, bits = data.draw(st.integers(0, 1 << 20)), data.draw(st.integers(1, 255))
    path.unlink()
    if how == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif how == "changed" and content:
        at %= len(content)
        path.write_bytes(content[:at] + bytes([content[at] ^ bits]) + content[at + 1 :])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "folder":
        path.mkdir()


class ReviewedLife(Life):
    """A project where somebody approves each page before it is published."""

    settings = f"{SETTINGS}[review]\nrequired = true\n"

    def __init__(self) -> None:
        super().__init__()
        self.log: list[tuple[str, str, str, str]] = []
        self.approved: set[str] = set()
        """Every draft that somebody approved, or tried to."""

    def who(self) -> tuple[str, ...]:
        return BY

    def draft(self, page: str) -> str:
        """The id of a page's draft; empty where there is none."""
        try:
            return hashlib.sha256(
                (self.project.place / f".voicegen/drafts/{page}/{manifest.NAME}").read_bytes()
            ).hexdigest()
        except OSError:
            return ""

    @rule(page=PAGES, fault=DRAWN_FAULTS)
    def approve(self, page: str, fault: Fault | None) -> None:
        self.approved.add(self.draft(page))
        self.run("approve", page, *BY, fault=fault, codes=(0, 1, 2))

    @rule(page=PAGES, fault=DRAWN_FAULTS)
    def reject(self, page: str, fault: Fault | None) -> None:
        self.run("reject", page, *BY, fault=fault, codes=(0, 1, 2))

    @rule(fault=DRAWN_FAULTS)
    def publish(self, fault: Fault | None) -> None:
        self.run("publish", *BY, fault=fault, codes=(0, 1))
        if not fault and not self.damaged and self.pages():
            assert_whole(self.project)

    @invariant()
    def nothing_is_published_that_nobody_approved(self) -> None:
        if not self.damaged:
            assert {version(folder) for folder in self.pages().values()} <= self.approved

    @invariant()
    def nothing_that_was_decided_is_lost(self) -> None:
        log = decided(self.project)
        assert set(self.log) <= set(log)
        self.log = log

    def assert_built(self) -> None:
        """Every draft that waits is what a clean build makes; what is published is untouched by builds."""
        for page, drink in self.content.items():
            folder = self.project.place / ".voicegen/drafts" / page
            if folder.is_dir():
                assert seen(folder.parent)[page] == self.kit.clean(page, drink), page


def kit(program: Program, place: Path) -> Kit:
    """The program, and projects in a folder in which nothing else ever was, for what is clean."""

    @cache
    def made(page: str, drink: str) -> Folder:
        project = Project(place / f"{page}-{drink}", SETTINGS)
        project.page(f"{page}.txt", text(page, drink))
        done = program.run(project.place, "build", "-j1")
        assert done.code == 0, done.said
        return seen(project.output)[page]

    return Kit(program, made)


def of(kind: type[Life], shared: Kit) -> type[Life]:
    """A kind of life, with what it needs."""
    return type(kind.__name__, (kind,), {"kit": shared})
