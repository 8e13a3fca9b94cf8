"""What a build did: for people, for programs and for tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voicegen.errors import TemporaryError, VoicegenError

if TYPE_CHECKING:
    from voicegen.leaving import Leaving
    from voicegen.model.document import LeftOut

Announce = Callable[["Leaving"], None]
"""Called once, before any text leaves this machine, with who gets how much."""
Progress = Callable[[str, int, int], None]
"""Called with a page's id, its chapters that are done, and all of them."""


def unannounced(leaving: Leaving) -> None:
    """An Announce that says nothing: for programs, which read it in the result."""


def silent(page: str, done: int, of: int) -> None:
    """A Progress that says nothing."""


@dataclass(frozen=True, slots=True)
class PageReport:
    """What a build did with one page, and why."""

    id: str
    source: str
    outcome: Literal["made", "unchanged", "removed", "failed", "held", "restored", "drafted", "staged"]
    why: str = ""
    spoken: int = 0
    """Lines that the engine spoke for it; the others were known."""
    lines: int = 0
    chapters: int = 0
    seconds: int = 0
    """Length of the recording."""
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[str, ...] = ()
    errors: tuple[VoicegenError, ...] = ()
    stands: bool | None = None
    """Of a page that failed: whether an earlier version of it is published; None where that isn't known."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    pages: tuple[PageReport, ...]
    written: tuple[str, ...]
    """Every file that was written, below the output folder."""
    spoken: int
    """Lines that the engine spoke."""
    passed_over: tuple[str, ...] = ()
    """Files of the content folder that nothing reads, such as a Word file."""
    notices: tuple[str, ...] = ()
    """What staff should know besides what the pages' reports say: settings for a page that is not there."""

    leaving: Leaving | None = None
    """What was to leave this machine; None where the engine speaks on it."""
    sent: int = 0
    """Characters that did leave it."""

    @property
    def exit_code(self) -> int:
        """0; or the code that all failures share; or 3 if trying again may help with one of them; or 1."""
        codes = {error.exit_code for page in self.pages for error in page.errors}
        if len(codes) == 1:
            return codes.pop()
        return 0 if not codes else TemporaryError.exit_code if TemporaryError.exit_code in codes else 1
