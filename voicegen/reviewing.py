"""The review of one page: what is published of it beside what a build would publish. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voicegen.comparing import Comparison, Heading, Version, Words, compare, reasons, shown_by, version
from voicegen.contracts import Measured
from voicegen.errors import PublicationError, SettingsError, VoicegenError
from voicegen.formats._links import Found
from voicegen.formats._verified import timeline_of
from voicegen.ledger import Entry
from voicegen.model.written import as_written
from voicegen.pages import PageFile
from voicegen.seal import leads
from voicegen.standing import Desk, State
from voicegen.wording import Wording, wording

ABOUT = ("author", "reviewed", "next-review", "published", "updated")
"""What a page says of itself and its publications repeat."""


@dataclass(frozen=True, slots=True)
class Review:
    """What staff see before they publish."""

    id: str
    source: str
    state: State
    why: str
    comparison: Comparison
    about: tuple[tuple[str, str, str], ...] = ()
    """What the page says of itself that changed: name, before, now."""
    lines: int = 0
    to_speak: int = 0
    """Lines of the recording that the engine would speak."""
    errors: tuple[VoicegenError, ...] = ()
    """Why a build would refuse it."""
    notices: tuple[str, ...] = ()
    """What staff should know of it, such as a dose that was left out."""


def review(desk: Desk, page: PageFile) -> Review:
    """The review of a page.

    Raises SourceError where it can't be read, PublicationError where what is published of it can't be, and
    SettingsError where no timeline.json is published, which the comparison is made from.
    """
    file = page.read(desk.settings)
    standing = desk.standing(page, file)
    words = desk.words(page.id)
    found = wording(page, file, desk.settings, words, desk.speaker.has_voice)
    old = _published(desk, page)
    new = version(found.document, found.script, shown_by(found.document, as_written))
    entry = desk.ledger.pages.get(page.id)
    return Review(
        page.id,
        page.source,
        standing.state,
        standing.why,
        compare(old, new, reasons(found.script, words)),
        (*(_about(entry, found) if entry else ()), *_leads(desk, page.id, found)),
        len(found.script.lines),
        _to_speak(desk, page.id, found),
        found.errors,
        (*found.document.notices, *found.script.notices),
    )


def _published(desk: Desk, page: PageFile) -> Version:
    """What readers and listeners have now; nothing for a page that was never published."""
    folder = desk.settings.output / page.id
    if not folder.is_dir():
        return Version()
    if not (folder / "timeline.json").is_file():
        raise SettingsError(
            str(folder),
            "no timeline.json is published there, which tells what was said",
            "Add timeline to [publications] formats in voicegen.toml and build.",
        )
    timeline = timeline_of(folder)
    if timeline.page != page.id:
        raise PublicationError(str(folder), f"it holds the page {timeline.page!r}", "Build the page again.")
    lines = tuple(
        Words(line.id, line.shown, line.spoken, line.lang, mark.title)
        for mark in timeline.marks
        for line in mark.lines
    )
    return Version(tuple(Heading(mark.id, mark.title) for mark in timeline.marks), lines)


def _about(entry: Entry, found: Wording) -> tuple[tuple[str, str, str], ...]:
    old: Mapping[str, str] = {
        **entry.facts.get("dates", {}),
        "author": entry.facts.get("author", ""),
        "publisher": entry.facts.get("publisher", ""),
    }
    new = {**{name: found.document.about(name) for name in ABOUT}, "publisher": found.publisher}
    return tuple((name, old.get(name, ""), now) for name, now in new.items() if old.get(name, "") != now)


def _leads(desk: Desk, page: str, found: Wording) -> Iterator[tuple[str, str, str]]:
    """Links that lead elsewhere than those of what is published; none where no transcript is published."""
    try:
        text = (desk.settings.output / page / "index.html").read_text("utf-8")
    except (OSError, ValueError):
        return
    old, new = Found(), [address for _, address in leads(found.document)]
    old.feed(text)
    gone = [address for address in dict.fromkeys(old.outside) if address not in new]
    come = [address for address in dict.fromkeys(new) if address not in old.outside]
    if come or (gone and not desk.settings.theme.templates):  # a clinic's own template may have links of its own
        yield "links", ", ".join(gone), ", ".join(come)


def _to_speak(desk: Desk, page: str, found: Wording) -> int:
    own = desk.takes(page)
    lines = [line for line in found.script.lines if not own.of(line, desk.speaker)]
    store, keys = desk.store, {desk.speaker.key(line) for line in lines}
    return sum(store.size(key) is None for key in keys) if isinstance(store, Measured) else len(keys)
