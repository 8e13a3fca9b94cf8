"""Entering: how a page that was made becomes what is published, or a draft where somebody must approve it.

Here, and by one process at a time, the ledger and the output folder change, wherever the page was made.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicegen.errors import PublicationError, VoicegenError, WorkerError
from voicegen.holding import Holding, said, said_in
from voicegen.ledger import REASONS, Entry, Ledger
from voicegen.making import Maker, Started
from voicegen.pages import PageFile
from voicegen.report import PageReport
from voicegen.staging import Staged, same

if TYPE_CHECKING:
    from voicegen.drafts import Drafts

ALIKE = "Install the same voicegen with the same voice and parts on all machines"
Crew = Callable[[Iterator[PageFile], "Entering"], Iterator[PageReport]]
"""Whoever makes the pages of a build: takes them one by one as it can, and gives the report of each."""


@dataclass(slots=True)
class Entering:
    """What one build enters pages into."""

    known: Ledger
    """What is published."""
    maker: Maker
    holding: Holding
    draft: Drafts | None = None
    """Where somebody must approve."""

    def old(self, page: str) -> Entry | None:
        """What a page was made as the last time."""
        return self.draft.old(page) if self.draft else self.known.pages.get(page)

    def free(self, found: Iterable[PageFile], aside: deque[PageReport]) -> Iterator[PageFile]:
        """The pages that are not held at an earlier version; the reports of those that are go to `aside`."""
        for page in found:
            if self.holding.holds(page):
                aside.append(self.holding.stand(page, self.known))
            else:
                yield page

    def finish(self, started: Started) -> PageReport:
        """Enters a page that is made here, once its chapters are there."""

        def words() -> str:
            if started.document is None or started.script is None or started.errors:
                return ""
            return said(started.document, started.script)

        if report := self._taken_back(started, words):
            return report
        ledger = self.draft.known if self.draft else self.known
        return self._told(self.maker.finish(started, ledger), started)

    def put(self, started: Started, staged: Staged) -> PageReport:
        """Enters a page that was made elsewhere, as this build would have made it."""
        page, made = started.page, staged.entry
        report = replace(staged.report, why=started.why)
        if made is None:
            return report
        if made.stamp.get("text") != started.stamp["text"]:  # saved since this build looked; or its maker saw less
            started.stamp = self.maker.look(page, started.old).stamp
        if not same(made.stamp, started.stamp):
            return failed(started, _otherwise(page, started, made))
        if taken_back := self._taken_back(started, lambda: said_in(staged.place / page.id)):
            return taken_back
        try:
            self._put(started, staged, made)
        except VoicegenError as error:
            return failed(started, error)
        return self._told(replace(report, outcome="made"), started)

    def _taken_back(self, started: Started, words: Callable[[], str]) -> PageReport | None:
        """What becomes of a page with a text that was taken back; None for every other.

        It stands as it is held; so it does where a file of other bytes shows and says the same, which counts as
        taken back from then on (`words` gives what it does, as `holding.said`). Under another name, such as that
        of a renamed file, it fails: what is published under that name already stays so, and where somebody must
        approve, they decide.
        """
        page, text, old = started.page, started.stamp.get("text", ""), started.old
        if not self.holding.rejects(page.id, text) and self.holding.repeats(page.id, words):
            self.holding.history.reject(page.id, text)
        if self.holding.rejects(page.id, text):
            return self.holding.stand(page, self.known)
        name = self.holding.rejected_as(page.id, text)
        if not name or self.draft or (old and old.stamp.get("text", text) == text):
            return None
        remedy = f"Correct it; if it was right after all, run `voicegen resume {name}`."
        what = f"its text is one that was taken back, as page {name}"
        return failed(started, PublicationError(page.source, what, remedy))

    def _put(self, started: Started, staged: Staged, made: Entry) -> None:
        page = started.page.id
        output, ledger = (self.draft.own, self.draft.known) if self.draft else (self.holding.output, self.known)
        before = ledger.pages.get(page)

        def kept() -> None:
            if self.maker.replaces:
                self.holding.history.take(page, output.place / page, before, started.why)

        self.maker.explain(page, made.stamp)
        files = output.restore(page, staged.files(), before.files if before else {}, kept)
        ledger.pages[page] = self.maker.entered(started.old, replace(made, files=files))

    def _told(self, report: PageReport, started: Started) -> PageReport:
        text, before = started.stamp.get("text", ""), started.old.stamp.get("text", "") if started.old else ""
        if report.outcome == "made" and text != before and (said := self.holding.came_back(report.id, text)):
            report = replace(report, notices=(*report.notices, said))
        return self.draft.told(report) if self.draft else self.holding.told(report)


def here(pages: Iterator[PageFile], entering: Entering) -> Iterator[PageReport]:
    """Makes the pages in this process, in order; while one is published, the next are already being spoken."""
    for started in entering.maker.ahead(pages, entering.old):
        yield entering.finish(started)


def failed(started: Started, error: VoicegenError) -> PageReport:
    """The report of a page that could not be made or entered."""
    return PageReport(started.page.id, started.page.source, "failed", started.why, errors=(error,))


def _otherwise(page: PageFile, started: Started, made: Entry) -> WorkerError:
    """Why a page that was made from other things than this build knows is not published."""
    differ = [name for name in REASONS if started.stamp.get(name) != made.stamp.get(name)]
    if "text" in differ:
        return WorkerError(
            page.source, "it was made of another text than it has now", "Run again once nobody is saving it."
        )
    return WorkerError(
        page.source,
        f"another machine made it with other things than this one has: {named(differ)}",
        f"{ALIKE}, restart the workers, and run again.",
    )


def named(parts: Iterable[str]) -> str:
    """Parts of a stamp in words."""
    return ", ".join({"program": "voicegen itself", "engine": "the voice"}.get(name, name) for name in parts)
