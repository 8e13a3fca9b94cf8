"""Drafts: what builds make where somebody must approve a page before it is published.

They lie in the cache folder, whole pages as they would be published, with a ledger of their own: both may be
deleted without loss but time, since approvals are bound to what is said and heard (`seal`) and lie elsewhere.
A draft that is the same, file by file, as what is published already is no draft: it takes its place in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from voicegen import approvals, history, intentions, ledger, manifest
from voicegen.config import Settings
from voicegen.errors import PublicationError
from voicegen.history import whole
from voicegen.holding import adopt
from voicegen.ledger import Entry, Ledger
from voicegen.pages import PageFile
from voicegen.publishing import Output, damage, digest_of
from voicegen.report import PageReport

FOLDER, LEDGER = "drafts", "drafts.json"


def place(settings: Settings) -> Path:
    """Folder of the drafts."""
    return settings.cache / FOLDER


def known(settings: Settings) -> Ledger:
    """What is known of the drafts; nothing is changed."""
    return ledger.load(settings.cache / LEDGER)


def version(entry: Entry) -> str:
    """The SHA-256 of a page's manifest, and so of all its files."""
    return entry.files.get(manifest.NAME, (0, 0, ""))[2]


def publication(page: str, draft: Entry, by: str, note: str = "") -> approvals.Entry:
    """The line of the log that says that a draft was published."""
    text, sound = draft.seal.get("text", ""), draft.seal.get("sound", "")
    return approvals.Entry("published", page, by, note, text, sound, version(draft), dict(draft.stamp))


TO_DO = {
    "": "waiting for approval (`voicegen review`)",
    "approved": "approved and not published yet (`voicegen publish`)",
    "rejected": "rejected: correct the page",
}
"""What becomes of drafts, by what was decided on them."""
MOST_NAMED = 12
"""Pages that a sentence names."""


def is_about(decision: approvals.Entry, draft: Entry) -> bool:
    """Whether a decision was on the very text and sound of a draft."""
    return bool(decision.text) and dict(draft.seal) == {"text": decision.text, "sound": decision.sound}


def _sentence(names: Sequence[str], what: str) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{'Draft' if len(names) == 1 else 'Drafts'} {what}: {', '.join(names[:MOST_NAMED])}{more}."


@dataclass(slots=True)
class Drafts:
    """The drafts of a project, while somebody changes them."""

    settings: Settings
    published: Ledger
    """What is known of the published pages."""
    output: Output
    """Where they are published."""
    known: Ledger
    own: Output
    """Where the drafts are."""

    def old(self, page: str) -> Entry | None:
        """What a build compares a page with: its draft, or else what is published of it."""
        return self.known.pages.get(page) or self.published.pages.get(page)

    def folder(self, page: str) -> Path:
        """Where the files of `old` are."""
        return (self.own if page in self.known.pages else self.output).place / page

    def told(self, report: PageReport) -> PageReport:
        """The report of a page that was made as a draft: "drafted", unless it is what is published already."""
        if report.outcome != "made" or self.settle(report.id):
            return report
        return replace(report, outcome="drafted")

    def remove(self, found: Sequence[PageFile]) -> Iterator[PageReport]:
        """Drops drafts of pages that are gone. What is published of them stays until that is approved."""
        ids = {page.id for page in found}
        for name in [name for name in self.known.pages if name not in ids]:
            source = self.known.pages[name].source
            self.drop(name)
            yield PageReport(name, source, "removed", "it is no longer in the content folder; it was a draft")

    def lapse(self, found: Sequence[PageFile]) -> None:
        """Says in the log where a decision on taking a page away holds no longer, since its file is there again.

        Else the page would be taken away unasked, should its file be missing once more. Raises TemporaryError.
        """
        ids = {page.id for page in found}
        with suppress(PublicationError):  # a log that was changed: nothing is published, or taken away, by it
            back = [one for one in approvals.load(self.settings).on_removal() if one.page in ids]
            if back:
                note = "Its file is there again: the decision on taking it away holds no longer."
                approvals.add(
                    self.settings, *(approvals.Entry("lapsed", one.page, "voicegen", note) for one in back)
                )

    def told_of(self) -> tuple[str, ...]:
        """What staff are to do about drafts, in sentences: to decide, to correct, to publish."""
        try:
            log = approvals.load(self.settings)
        except PublicationError as error:  # nothing is published by such a log, and drafts are made all the same
            return (str(error),)
        found: dict[str, list[str]] = {}
        for name, draft in sorted(self.known.pages.items()):
            decision = log.decision(name)
            act = decision.act if decision and is_about(decision, draft) else ""
            found.setdefault(act if act in TO_DO else "", []).append(name)
        return tuple(_sentence(found[act], TO_DO[act]) for act in TO_DO if act in found)

    def settle(self, page: str) -> bool:
        """Whether a draft was what is published already: it is none any more, and what is published is mended."""
        draft = self.known.pages.get(page)
        if not draft or version(draft) != digest_of(self.output.place / page):
            return False
        files = whole(self.output.place / page, None)
        if not files and damage(self.own.place / page, draft.files):  # nothing is whole: it is made anew
            self.drop(page)
            return False
        self.published.pages[page] = replace(draft, files=files) if files else self.put(page, draft)
        history.load(self.settings).release(page)
        self.drop(page)
        return True

    def put(self, page: str, draft: Entry) -> Entry:
        """Puts a draft's files in the place of what is published, in one step; gives what the ledger knows then.

        Raises PublicationError where a file of the draft is not as it was made, and TemporaryError.
        """
        folder = self.own.place / page
        made = {name: (folder / name, facts) for name, facts in draft.files.items()}
        old = self.published.pages.get(page)
        files = self.output.restore(page, made, ours=old.files if old else None)
        return replace(draft, files=files)

    def drop(self, page: str) -> None:
        """Takes a draft away. Raises TemporaryError."""
        self.own.remove(page)
        self.known.pages.pop(page, None)

    def keys(self) -> set[str]:
        """Every store key that a draft, or a published page, is made of."""
        return self.known.keys() | self.published.keys()

    def keys_of(self, page: str) -> set[str]:
        """Every store key that one page's draft, or what is published of it, is made of."""
        found = (known.pages.get(page) for known in (self.known, self.published))
        return {key for one in found if one for key in (*one.keys, *one.earlier)}

    def sweep(self) -> None:
        """Removes the stages that nothing stands on any more. Raises TemporaryError."""
        self.output.sweep()
        self.own.sweep()

    def save(self) -> None:
        """Writes down what is known: first what is published. Raises TemporaryError."""
        self.published.save()
        self.known.save()


def opened(settings: Settings, published: Ledger, output: Output) -> Drafts:
    """The drafts of a project, once what an interruption left half done is finished.

    Pages that are published and that the ledger does not know, since it was deleted, are entered from their files.
    """
    intentions.catch_up(settings)
    found = Drafts(settings, published, output, known(settings), Output(place(settings)))
    found.own.sweep()
    adopt(published, output.place)
    for name in list(found.known.pages):
        found.settle(name)
    return found
