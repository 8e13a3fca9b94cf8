"""The list of faults and of kinds of attacks; docs/reference/faults-and-attacks.md is made from the tests of each.

@pytest.mark.fault("F3", "what is promised, in plain words")
@pytest.mark.attack("markup", "what is promised, in plain words")
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROMISE = (
    "a reader of `output/` sees for each page a complete old or a complete new version, whatever happens; nothing "
    "that was published or approved is ever lost; the next run finishes without repair by hand."
)
FAULTS = {
    "F1": "The program is killed at any moment",
    "F2": "Power is cut: what is on the disk, and in which order",
    "F3": "The disk is full, once or for ever",
    "F4": "An engine says that all is well and gives no sound",
    "F5": "The disk or the system fails at a call: read or write error, too many open files, interruption",
    "F6": "The output or the memory can't be written",
    "F7": "The store of clips can't be written, and the output can",
    "F8": "A voice on the network says: too many requests",
    "F9": "A voice on the network fails, or can't be reached",
    "F10": "A voice on the network hangs, or drips",
    "F11": "An answer is cut short",
    "F12": "An answer is no sound, though it says so",
    "F13": "An answer is endless, packed to burst, or leads elsewhere",
    "F14": "An engine, a voice or a part is missing",
    "F15": "An engine crashes, hangs or answers nonsense",
    "F16": "What is kept is damaged: store, ledger, notes, history, log",
    "F17": "A clip is of another engine, voice or version",
    "F18": "Two builds at once, one output",
    "F19": "Two builds at once, one store",
    "F20": "A lock was left behind",
    "F21": "The store is tidied while a build runs",
    "F22": "The clock is wrong, or steps",
    "F23": "A page changes while it is read",
    "F24": "A page is huge",
    "F25": "A page is nested without end",
    "F26": "A list, sentence or word is without end",
    "F27": "A document is packed to burst, or leads outside",
    "F28": "A page is in another encoding than it says, or damaged",
    "F29": "Control characters in text, titles and names",
    "F30": "Links, symbolic and hard, in content and output",
    "F31": "Names that collide, or that some system can't bear",
    "F32": "A page is empty, or its structure is broken",
    "F33": "Text from right to left, invisible signs, floods of marks",
    "F34": "The program is told to stop: Ctrl-C, SIGTERM",
    "F35": "Another machine: processors, language, time zone, umask, folder",
    "F36": "There is no network",
    "F37": "A worker process is killed",
    "F38": "What is kept was written by another version of voicegen",
    "F39": "What was published is looked at again",
}
ATTACKS = {
    "markup": "Text of a page that would run, load or break something in a publication",
    "speech": "Text of a page that would steer the voice, or be heard otherwise than it is shown",
    "telephone": "Text of a page that would run something in a telephone system",
    "input": "Files made to burst, to lead outside or to load something",
    "fetching": "Addresses and answers that would make the program reach an inner host, or never end",
    "review desk": "Requests to the review page by somebody else's page, program or file",
    "worker": "What a process that speaks or decodes may do to the machine",
    "secret": "Texts, keys and secrets that would leave the house, or stand in messages",
    "tampering": "What is kept or published was changed by hand",
}
TESTS = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Marked:
    """A test that carries a mark."""

    kind: str
    """"fault" or "attack"."""
    row: str
    promise: str
    where: str
    """As pytest calls it."""
    skips: bool
    """Whether it says itself that it may be skipped or may fail."""


@cache
def marked() -> tuple[Marked, ...]:
    """Every marked test, in the order of rows, then of files."""
    order = [*FAULTS, *ATTACKS]
    found = [one for path in sorted(TESTS.rglob("test_*.py")) for one in _of(path)]
    return tuple(sorted(found, key=lambda one: (order.index(one.row), one.where)))


def _of(path: Path) -> Iterator[Marked]:
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            names = {
                ast.unparse(one).removeprefix("pytest.mark.").partition("(")[0] for one in node.decorator_list
            }
            for call in node.decorator_list:
                kind = ast.unparse(call.func).removeprefix("pytest.mark.") if isinstance(call, ast.Call) else ""
                if kind in {"fault", "attack"} and isinstance(call, ast.Call):
                    row, promise = (ast.literal_eval(one) for one in call.args)
                    where = f"{path.relative_to(TESTS.parent).as_posix()}::{node.name}"
                    yield Marked(kind, row, promise, where, bool(names & {"skip", "xfail"}))
