"""Holding a page at an earlier version: putting that version in its place, whole, and keeping it there.

The decision is written down before anything is moved. Whoever is stopped on the way leaves the old version or the
new one, and the next build, or the next try, goes on from there.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from voicegen import history, manifest, pages
from voicegen.config import Settings
from voicegen.durable import blame, read
from voicegen.errors import PublicationError, SettingsError, VoicegenError
from voicegen.history import History, Hold, Version
from voicegen.ledger import Entry, Ledger
from voicegen.manifest import Manifest
from voicegen.pages import PageFile
from voicegen.publishing import Output, damage, digest_of
from voicegen.report import PageReport

if TYPE_CHECKING:
    from voicegen.model.document import Document
    from voicegen.model.script import Script

TIMELINE = "timeline.json"


@dataclass(slots=True)
class Holding:
    """The pages of one build that are held."""

    settings: Settings
    output: Output
    history: History

    def holds(self, page: PageFile) -> bool:
        """Whether the page is held: it was taken back, and its text is still one that was taken back."""
        return page.id in self.history.holds and self.rejects(page.id, _text(page))

    def rejects(self, page: str, text: str) -> bool:
        """Whether the text, by its digest, is one that was taken back for the page."""
        hold = self.history.holds.get(page)
        return hold is not None and text in hold.texts

    def repeats(self, page: str, words: Callable[[], str]) -> bool:
        """Whether a page shows and says what was taken back, as pages do whose site never sends them twice alike.

        `words` gives what it does, as `said`, and is asked of held pages only.
        """
        hold = self.history.holds.get(page)
        return hold is not None and words() in hold.said

    def rejected_as(self, page: str, text: str) -> str:
        """The name of another page for which the text was taken back, as of a file renamed since; or none."""
        others = (name for name in sorted(self.history.holds) if name != page)
        return next((name for name in others if self.rejects(name, text)), "")

    def came_back(self, page: str, text: str) -> str:
        """What staff are told of a page that has a text again which was taken back once; nothing of any other.

        They may have wanted that; or an older copy of the file came, from another machine or from a site.
        """
        for one in reversed(self.history.versions(page)):
            if one.taken_back and one.stamp.get("text") == text:
                return f"Its text is that of version {one.number}, which was taken back on {one.replaced[:10]}."
        return ""

    def stand(self, page: PageFile, known: Ledger) -> PageReport:
        """Sees to it that the version which the page is held at stands, and says so."""
        hold = self.history.holds[page.id]
        why = f"it was taken back to version {hold.number}, and its text is still the one that was taken back"
        try:
            restored = self.put(page, self._version(page.id), known)
        except VoicegenError as error:
            return PageReport(page.id, page.source, "failed", why, errors=(error,))
        return PageReport(page.id, page.source, "restored" if restored else "held", why)

    def told(self, report: PageReport) -> PageReport:
        """The report, once a page whose text is another now is held no longer."""
        if report.outcome != "failed":
            self.history.release(report.id)
        return report

    def put(self, page: PageFile, version: Version, known: Ledger) -> bool:
        """Puts a version in its place, unless it stands there; whether that, or the ledger, had to be changed."""
        old = known.pages.get(page.id)
        if (
            old
            and old.stamp == version.stamp
            and _same(old, version)
            and not damage(self.output.place / page.id, old.files)
        ):
            return False
        kept = {name: (self.history.file(page.id, facts), facts) for name, facts in version.files.items()}
        check(self.history, page.id, version)
        files = self.output.restore(page.id, kept, ours=old.files if old else None)
        facts = dict(version.facts) or told_by(self.output.place / page.id)
        known.pages[page.id] = Entry(
            version.source or page.source, version.stamp, files, facts, version.keys, old.keys if old else ()
        )
        return True

    def _version(self, page: str) -> Version:
        hold = self.history.holds[page]
        for version in self.history.versions(page):
            if version.id == hold.id:
                return version
        raise PublicationError(
            page,
            f"it is held at version {hold.number}, of which nothing is kept any more",
            f"Choose another with `voicegen rollback {page} VERSION`, or run `voicegen resume {page}`.",
        )


def chosen(holding: Holding, page: str, number: int | None) -> Version:
    """The version of that number, whole; the one before what is published, if none is named.

    Raises SettingsError where there is no such version, and PublicationError where it is damaged.
    """
    version = _chosen(holding.history, page, number, digest_of(holding.output.place / page))
    check(holding.history, page, version)
    return version


def take_back(holding: Holding, page: PageFile, version: Version, known: Ledger) -> None:
    """Holds the page at a version, and puts that in its place. Raises TemporaryError, and PublicationError."""
    found, folder = holding.history, holding.output.place / page.id
    old = known.pages.get(page.id)
    if digest_of(folder) != version.id:
        found.take(page.id, folder, old, history.TAKEN_BACK, version.id)
    rejected = {old.stamp.get("text", "")} if old else {_text(page)}
    hold = found.holds.get(page.id)
    texts = (rejected | set(hold.texts if hold else ())) - {""}
    if version.stamp.get("text") != _text(page):
        texts -= {version.stamp.get("text", "")}
    # what the version itself says is not rejected: the pages may differ in a link only
    saids = {said_in(folder), *(hold.said if hold else ())} - {"", _said_by(found, page.id, version)}
    found.hold(page.id, version, tuple(sorted(texts)), tuple(sorted(saids)))
    holding.put(page, version, known)


def said(document: Document, script: Script) -> str:
    """A digest of all that a page shows and says, in order, whatever bytes of its file do so."""
    from voicegen.formats._written import written_of

    words = written_of(document, script)
    return _digest_of((line.lang, words[line.id] if line.shown else "", line.spoken) for line in script.lines)


def _digest_of(lines: Iterable[tuple[str, str, str]]) -> str:
    """Of the language, the words shown and those said of each line; blanks are alike."""
    told = [[lang, " ".join(shown.split()), spoken] for lang, shown, spoken in lines]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def said_in(folder: Path) -> str:
    """What a page's folder shows and says, as `said`; empty where no timeline is in it that tells."""
    return _said_at(folder / TIMELINE)


def _said_by(found: History, page: str, version: Version) -> str:
    """What a kept version shows and says, likewise."""
    facts = version.files.get(TIMELINE)
    return _said_at(found.file(page, facts)) if facts else ""


def _said_at(timeline: Path) -> str:
    from voicegen.formats._verified import timeline_at

    try:
        return _digest_of((line.lang, line.shown, line.spoken) for line in timeline_at(timeline).lines)
    except PublicationError:
        return ""


def check(found: History, page: str, version: Version) -> None:
    """Raises PublicationError where a kept version is not whole any more."""
    for name, facts in version.files.items():
        path = found.file(page, facts)
        if not path.is_file() or path.is_symlink() or _digest(path) != facts[2]:
            raise PublicationError(
                f"{page}, version {version.number}",
                f"{name} is missing from it or is not as it was published",
                f"Choose another version (`voicegen history {page}`), or run `voicegen resume {page}`.",
            )


def _chosen(found: History, page: str, number: int | None, present: str) -> Version:
    """The version of that number; else the last that stood before the one whose id is `present`.

    Danger: that is not the last of them by its number, which it got when it first was replaced; and who takes two
    changes back, one after the other, must not get the first of them for the second.
    """
    versions, hold = found.versions(page), found.holds.get(page)
    if number is None:
        held_at = (one.order for one in versions if hold and one.id == hold.id == present)
        end = next(held_at, math.inf)  # what is published and not held came after all that is kept
        before = [one for one in versions if one.id != present and one.order < end]
        if earlier := [one for one in before if not one.taken_back]:
            return earlier[-1]
        raise _none_before(page, hold, bool(before))
    for version in versions:
        if version.number == number:
            return version
    kept = ", ".join(str(one) for one in sorted(one.number for one in versions)) or "none"
    raise SettingsError(page, f"no version {number} of it is kept", f"Kept are: {kept}.")


def _none_before(page: str, hold: Hold | None, are_taken_back: bool) -> SettingsError:
    """Why no version comes before the present one; those that do may all have been taken back."""
    named = f"`voicegen history {page}`"
    but = ", but for what was taken back itself" if are_taken_back else ""
    if hold:
        what = f"it is held at version {hold.number} already, and none before that is kept{but}"
        return SettingsError(
            page, what, f"Name one that is kept ({named}), or end the hold: `voicegen resume {page}`."
        )
    if are_taken_back:
        return SettingsError(page, f"no earlier version of it is kept{but}", f"Name one of these ({named}).")
    return SettingsError(page, "no earlier version of it is kept", "See `voicegen history`.")


def _same(old: Entry, version: Version) -> bool:
    """Whether what the ledger knows of a page is that version, whatever its files' times are."""
    one, other = (
        {name: (size, sha) for name, (size, _, sha) in files.items()} for files in (old.files, version.files)
    )
    return one == other


def _text(page: PageFile) -> str:
    """The digest of the page's source, as in its stamp; empty where it can't be read."""
    try:
        return "" if page.trouble else hashlib.sha256(read(page.path, pages.LARGEST_BYTES)).hexdigest()
    except OSError as trouble:
        blame(trouble, page.source)
        return ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def told_by(folder: Path) -> dict[str, object]:
    """What the list of pages shows, from what is published, for a version that the ledger knew nothing of."""
    from voicegen.formats._verified import timeline_of

    timeline = timeline_of(folder)
    return {
        "title": timeline.title,
        "lang": timeline.lang,
        "publisher": "",
        "seconds": round(timeline.samples / timeline.rate_hz),
        "chapters": len(timeline.marks),
        "headings": [mark.title for mark in timeline.marks[1:]],
        "summary": "",
        "dates": {},
        "author": "",
    }


def adopt(known: Ledger, output: Path) -> set[str]:
    """Enters what is published and the ledger does not know, since it was lost, as far as their files tell.

    Gives the names of these pages.

    So a page that fails now stays on the list of pages, and one whose source is gone is still taken away, also
    where the list was not made yet, or where files of the page are damaged, its own manifest too.
    """
    listed, adopted = _listed(output), set[str]()
    for folder in output.iterdir() if output.is_dir() else ():
        name, digest = folder.name, listed.pages.get(folder.name, "")
        if name in known.pages or name.startswith(".") or not (digest or _published(folder)):
            continue
        files = history.whole(folder, None) or ({manifest.NAME: (0, 0, digest)} if digest else {})
        known.pages[name] = Entry("", {}, files, _facts(folder))
        adopted.add(name)
    if not known.library:
        known.library = {name: (size, 0, digest) for name, (size, digest) in listed.files.items()}
    return adopted


def _listed(output: Path) -> Manifest:
    """The manifest of the whole output, of nothing where there is none that can be understood."""
    try:
        return manifest.load(output)
    except PublicationError:
        return Manifest("", (), {}, {})


def _published(folder: Path) -> bool:
    """Whether a folder holds a page that voicegen published under its name."""
    with contextlib.suppress(PublicationError):
        return manifest.load(folder).page == folder.name
    return False


def _facts(folder: Path) -> dict[str, object]:
    """What the list of pages shows of a page that may be damaged."""
    with contextlib.suppress(PublicationError):
        return told_by(folder)
    nothing = dict.fromkeys(("lang", "publisher", "summary", "author"), "")
    return {"title": folder.name, **nothing, "seconds": 0, "chapters": 0, "headings": [], "dates": {}}


def complete(known: Ledger, output: Path) -> bool:
    """Whether the ledger knows every page that is published: else the list of pages would lose some."""
    try:
        return set(manifest.load(output).pages) <= set(known.pages)
    except PublicationError:
        return not any(path.is_dir() for path in output.iterdir()) if output.is_dir() else True


def of(settings: Settings, page: str) -> PageFile:
    """The page of the content folder that is named. Raises SettingsError where there is none."""
    return pages.choose(pages.find(settings), [page])[0]
