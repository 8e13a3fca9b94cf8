"""The promise, as a check that every test of a fault can make.

A reader of `output/` sees for each page a complete old or a complete new version, whatever happens; nothing that
was published or approved is ever lost; the next run finishes without repair by hand.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import Project
from tests.faults.file_calls import Fault, Program, Run
from voicegen import approvals, holding, manifest
from voicegen.config import load
from voicegen.history import History
from voicegen.verifying import verify

NOTES = re.compile(
    r"\.voicegen/(failures\.json|store/(tmp(/.*)?|..(/..)?)|(reasons/)?[^/]+\.[0-9a-f]{8}\.new)$|\.unfinished$"
)
"""What may stay of a fault: the note of a page that failed, a folder of the store and the half of an entry (which
goes when it is a day old, since another build could be writing it) or of a note (an hour), and an unfinished line
of the log."""
Folder = Mapping[str, bytes]
"""The files of a page, or those beside the pages, by name."""


def copied(project: Project, place: Path) -> Project:
    """The project in another folder, with the times of its files."""
    copy = Project.__new__(Project)
    copy.place, copy.output = place, place / "output"
    shutil.copytree(project.place, place, symlinks=True)
    return copy


def seen(output: Path) -> dict[str, Folder]:
    """What a reader sees, by page; what stands beside the pages under the empty name. The stage is no page."""
    found: dict[str, Folder] = {}
    for path in sorted(output.rglob("*")):
        page, _, name = path.relative_to(output).as_posix().rpartition("/")
        if path.is_file() and not page.startswith("."):
            top, _, below = f"{page}/{name}".partition("/")
            found[top] = {**found.get(top, {}), below: path.read_bytes()}
    return found


def names(project: Project) -> set[str]:
    """Every file and folder of a project."""
    return {path.relative_to(project.place).as_posix() for path in project.place.rglob("*")}


def kept(project: Project) -> dict[str, set[str]]:
    """The earlier versions of each page that are kept whole, by their ids."""
    settings = load(project.place)
    history = History(project.place / settings.history.folder, settings.history.keep)
    found: dict[str, set[str]] = {}
    for page in sorted(path.name for path in history.place.glob("*") if path.is_dir()):
        for version in history.versions(page):
            holding.check(history, page, version)
            found.setdefault(page, set()).add(version.id)
    return found


def decided(project: Project) -> list[tuple[str, str, str, str]]:
    """What the log of approvals says, once each; its chain is whole.

    Who published is not told apart: of a release that was stopped, the next run says it in its own name.
    """
    log = approvals.load(load(project.place))
    acts = {(one.act, one.page, one.by, one.version) for one in log.entries if one.act != "repaired"}
    return sorted((act, page, "" if act == "published" else by, version) for act, page, by, version in acts)


def assert_whole(project: Project) -> None:
    """What is published is as its manifests say, decodes, agrees and has nothing beside it."""
    found = verify(project.output)
    assert (found.troubles, found.strangers) == ((), ())
    assert set(manifest.load(project.output).pages) == {name for name in seen(project.output) if name}


@dataclass(slots=True)
class Scene:
    """A command that changes what is published, in a project that is ready for it."""

    project: Project
    """As it is before; it is copied, never changed."""
    act: Sequence[str]
    """The command that the fault befalls."""
    after: Sequence[Sequence[str]] = (["build", "-j1"],)
    """What anybody would run next, repairing nothing."""
    before: dict[str, Folder] = field(default_factory=dict)
    then: dict[str, Folder] = field(default_factory=dict)
    """What a reader sees without a fault, before and after."""
    names: set[str] = field(default_factory=set)
    kept: dict[str, set[str]] = field(default_factory=dict)
    decided: list[tuple[str, str, str, str]] = field(default_factory=list)

    def learn(self, program: Program, place: Path) -> None:
        """Plays the scene without a fault."""
        copy = copied(self.project, place)
        self.before = seen(copy.output)
        self.go_on(program, copy)
        self.then, self.names = seen(copy.output), names(copy)
        self.kept, self.decided = kept(copy), decided(copy)
        assert self.then != self.before
        shutil.rmtree(place)

    def go_on(self, program: Program, project: Project, act: bool = True) -> Run:
        """Runs the command, if it is still to be run, and what comes after it."""
        commands = [self.act, *self.after] if act else self.after
        for command in commands:
            run = program.run(project.place, *command)
        return run

    def calls(self, program: Program, place: Path, fault: str) -> int:
        """How many calls the command comes to that the fault may befall."""
        copy = copied(self.project, place)
        count = program.run(copy.place, *self.act, fault=Fault(fault, 0)).calls
        shutil.rmtree(place)
        return count

    def play(self, program: Program, place: Path, fault: Fault) -> Run:
        """Plays the scene with the fault, in a new folder, and asserts the promise; gives the spoilt run."""
        copy = copied(self.project, place)
        run = program.run(copy.place, *self.act, fault=fault)
        about = f"{fault}: {run}"
        assert run.code in ({-9} if fault.name == "killed" and run.calls >= fault.at else {0, 1, 2, 3}), about
        assert "Traceback" not in run.said, about
        self._assert_old_or_new(copy, about, finished=run.code == 0)
        if run.code == 0 and fault.name != "killed":
            assert self._published(copy) == self.then or self.act[0] in {"approve", "resume"}, about
        last = self.go_on(program, copy, act=False)
        if seen(copy.output) != self.then:  # stopped before anything was decided: so it is decided now
            last = self.go_on(program, copy)
        assert last.code == 0, f"{about}, then {last}"
        assert seen(copy.output) == self.then, about
        assert_whole(copy)
        assert kept(copy) == self.kept, about
        assert decided(copy) == self.decided, about
        left = sorted(name for name in names(copy) - self.names if not NOTES.search(name))
        assert left == [], f"{left}, {about}"
        shutil.rmtree(place)
        return run

    def _published(self, project: Project) -> dict[str, Folder]:
        return seen(project.output)

    def _assert_old_or_new(self, project: Project, about: str, finished: bool) -> None:
        now = seen(project.output)
        for page in {*self.before, *self.then, *now} - {""}:
            assert now.get(page) in (self.before.get(page), self.then.get(page)), f"{page}, {about}"
        for name, data in now.get("", {}).items():
            told = (self.before.get("", {}).get(name), self.then.get("", {}).get(name))
            assert data in told or _made_of(data, name, now), f"{name}, {about}"


def _made_of(data: bytes, name: str, now: Mapping[str, Folder]) -> bool:
    """Whether a list is whole, though of some pages that are old and some that are new."""
    if name == manifest.NAME:
        return set(json.loads(data)["pages"]) <= set(now)
    return not name.endswith((".html", ".xml")) or data.rstrip().endswith((b"</html>", b"</rss>"))


Prepare = Callable[[Program, Project], Scene]
