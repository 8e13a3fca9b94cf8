"""The build: pages in, publications out.

What flows where is on this page; how it is done, in the rooms that it names. Only `publishing` writes to the
output folder, and it publishes a page all at once or not at all.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from voicegen import (
    changed,
    cover,
    extensions,
    failures,
    fingerprints,
    governance,
    ledger,
    manifest,
    pace,
    pages,
    theming,
    unchanged,
)
from voicegen.config import Settings
from voicegen.contracts import LibraryFormat
from voicegen.durable import machine
from voicegen.entering import Crew, Entering, here
from voicegen.errors import SettingsError
from voicegen.holding import Holding, adopt, complete
from voicegen.ledger import Ledger, Listed
from voicegen.locking import only_one, only_writer
from voicegen.making import Maker
from voicegen.model.library import Library
from voicegen.pages import PageFile
from voicegen.publishing import FileFacts, Output, intact
from voicegen.report import Announce, PageReport, Progress, Result, silent, unannounced

if TYPE_CHECKING:
    from voicegen.drafts import Drafts

Hires = Callable[[], Executor]
"""Gives a new executor, which the build shuts down."""
CHANGES = {"made", "removed", "restored", "drafted"}
"""Outcomes after which something that was kept may be needed no more."""


@machine()
def build(
    settings: Settings,
    *,
    only: Sequence[str] = (),
    jobs: int | None = None,
    send_text_to: str = "",
    executor: Executor | Hires | None = None,
    announce: Announce = unannounced,
    progress: Progress = silent,
    done: Callable[[PageReport], None] = lambda report: None,
) -> Result:
    """Makes what has changed, and removes what is gone.

    `only` names pages (all, if empty), `jobs` how much runs at once (all cores, if None); `send_text_to` is the
    command's consent to an engine that sends text away, and `announce` is told what would leave. Pages are made
    in this process, or by an `executor`'s workers (`voicegen.distributing`), and `jobs` is how many there are.
    A page's failure is in its report; what concerns all pages is raised (SettingsError, MissingPartError,
    TemporaryError).
    """
    if executor is None:
        return run(settings, here, only, jobs, send_text_to, announce, progress, done)
    from voicegen.distributing import over  # imported late, as drafts are: most builds do without

    with over(executor, settings, jobs, send_text_to) as crew:
        return run(settings, crew, only, None, send_text_to, announce, progress, done)


def run(
    settings: Settings,
    crew: Crew,
    only: Sequence[str] = (),
    jobs: int | None = None,
    send_text_to: str = "",
    announce: Announce = unannounced,
    progress: Progress = silent,
    done: Callable[[PageReport], None] = lambda report: None,
    is_whole: bool = True,
) -> Result:
    """A build whose pages a crew makes. Unless it `is_whole`, nothing is removed: some pages are not there yet."""
    settings.check_consent(send_text_to)
    pages.check_there(settings)
    asked, (settings, left_out) = settings, extensions.possible(settings)
    with only_one(settings.cache / "lock"), only_writer(settings.output):
        before = None if only or send_text_to or left_out or not is_whole else unchanged.of(asked)
        few = changed.few(settings, before)
        found = few.pages if few else pages.find(settings)
        known = ledger.load(settings.cache / "ledger.json")
        output = Output(settings.output)
        output.sweep()
        lost = not few and not complete(known, settings.output)
        if not few:
            adopted = adopt(known, settings.output)
            _check_content(found, known, adopted, settings)
        reports: list[PageReport] = []
        begun = time.monotonic()
        draft = _drafts(settings, known, output) if settings.review.required else None
        with Maker(settings, draft.own if draft else output, jobs or cores(), send_text_to, progress) as maker:
            if draft:
                maker.folder, maker.keys = draft.folder, draft.keys_of
                draft.lapse(found)
            holding = Holding(settings, output, maker.history)
            entering = Entering(known, maker, holding, draft)
            chosen = pages.choose(found, only)
            if lost and not draft:  # what the list tells of a page is only known in full once it is made
                chosen = found
            if leaving := maker.leaving(chosen, entering.old):
                announce(leaving)
            ended = False
            try:
                gone = draft.remove(found) if draft else _remove(found, known, holding, maker)
                others = few.reports() if few else gone if is_whole else ()
                for report in chain(_make(chosen, crew, entering), others):
                    if report.outcome == "failed":
                        report = replace(report, stands=report.id in known.pages)
                    reports.append(report)
                    done(report)
                ended = True
            finally:  # also when stopped half-way: what is published must be known to be
                is_changed = any(report.outcome in CHANGES for report in reports)
                is_any = known.pages or known.library or (ended and not draft)
                if is_any and (is_changed or not _library_stands(known, output)):
                    known.library = put_library(known, settings, output)
                    known.save()
                if draft:
                    draft.save()
                _note(settings, reports, maker, time.monotonic() - begun if crew is here else None)
            is_many = len(found) >= changed.MANY
            is_looked_through = not few and not (only and is_many) and (is_changed or is_many)
            if is_looked_through and all(report.outcome != "failed" for report in reports):
                maker.store.prune(draft.keys() if draft else known.keys())
                maker.reasons.prune([*known.pages.values(), *(draft.known.pages.values() if draft else ())])
        draft.sweep() if draft else output.sweep()
        passed_over = few.head["passed_over"] if few else pages.passed_over(settings)
        said = few.notices() if few else pages.unused_settings(settings, found)
        cards = known.pages.cards([page.id for page in found] if few else None)
        dues = {card.id: str(card.dates.get(governance.NEXT, "")) for card in cards}
        undecided = draft.told_of() if draft else ()
        alike = _namesakes(known, reports)
        notices = (*left_out, *said, *alike, *_reminders(dues, settings, reports), *maker.notices(), *undecided)
        reminders = tuple(_reminders(dues, settings, ()))
        until = governance.same_until(dues.values(), settings.review)
        if few:
            few.note(known, reports, reminders, until)
        else:
            unchanged.note(before, settings, found, known, reports, (passed_over, (*said, *reminders), until))
        speaker = maker.speaker
        written = tuple(output.written)
        ids = (name for name, _ in few.head["pages"]) if few else (page.id for page in found)
        order = {name: number for number, name in enumerate(ids)}
        reports.sort(key=lambda report: order.get(report.id, len(order)))  # others than we finish them as they can
        return Result(tuple(reports), written, speaker.spoken, tuple(passed_over), notices, leaving, speaker.sent)


def _drafts(settings: Settings, known: Ledger, output: Output) -> Drafts:
    from voicegen import drafts

    return drafts.opened(settings, known, output)


def _make(chosen: Sequence[PageFile], crew: Crew, entering: Entering) -> Iterator[PageReport]:
    """What becomes of the pages: those that are held stand, and the crew makes the others."""
    aside: deque[PageReport] = deque()
    for report in crew(entering.free(chosen, aside), entering):
        while aside:
            yield aside.popleft()
        yield report
    yield from aside


def _check_content(found: Sequence[PageFile], known: Ledger, adopted: set[str], settings: Settings) -> None:
    """Raises SettingsError where all pages, or most of those that nobody knew, are gone at once, by mistake.

    More likely a drive is not there; or, where most of the pages that the ledger did not know (`adopted`) are
    gone, the folder is the output of another project, which may well have a page or two of the same names.
    """
    gone = adopted - {page.id for page in found}
    if found and len(gone) > 1 and 2 * len(gone) > len(adopted):
        which = "none" if gone == adopted else f"only {len(adopted) - len(gone)}"
        raise SettingsError(
            str(settings.output),
            f"{len(adopted)} pages are published in it, {which} of them from {settings.content}: it seems to be "
            "the output of another project",
            "Name another folder as [project] output in voicegen.toml. If they are to go, delete them there.",
        )
    if not found and len(known.pages) > 1:
        raise SettingsError(
            str(settings.content),
            f"there is no page in it, and {len(known.pages)} are published from it",
            f"See that its drive is there. If all are to go, delete {settings.output} and {settings.cache}.",
        )


def _remove(found: Sequence[PageFile], known: Ledger, holding: Holding, maker: Maker) -> Iterator[PageReport]:
    """Takes away what was published of pages that are gone."""
    ids = {page.id for page in found}
    for name in [name for name in known.pages if name not in ids]:
        why = "it is no longer in the content folder"
        maker.drop(name)  # first: should the store be away, the page is still known to the next build
        holding.history.take(name, holding.output.place / name, known.pages[name], why)
        if holding.output.is_ours(name, known.pages[name].files):
            holding.output.remove(name)  # still held, if it was: its file may come back with the rejected text
        yield PageReport(name, known.pages.pop(name).source, "removed", why)


def _reminders(dues: Mapping[str, str], settings: Settings, reports: Sequence[PageReport]) -> Iterator[str]:
    """What is published and due for review soon, or was; a page that was made now has said so itself."""
    made = {report.id for report in reports if report.outcome == "made"}
    for name, due in dues.items():
        said = governance.reminder(due, settings.review)
        if said and name not in made:
            yield f"{name}: {said}."


def _namesakes(known: Ledger, reports: Sequence[PageReport]) -> Iterator[str]:
    """New pages with the title of another: a copy that somebody keeps beside a page may have an old dose in it."""
    new = {one.id for one in reports if one.outcome == "made" and one.why == ledger.NEW}
    titled: dict[tuple[str, str], list[str]] = {}
    for card in known.pages.cards() if new else ():
        titled.setdefault((card.title, card.lang), []).append(card.id)
    for (title, _), ids in titled.items():
        if len(ids) > 1 and not new.isdisjoint(ids):
            more = f" and {len(ids) - pages.MOST_NAMED} more" if len(ids) > pages.MOST_NAMED else ""
            named = f"{', '.join(ids[: pages.MOST_NAMED])}{more}"
            yield f"“{title}” is the title of several pages: {named}. Take away what is only a copy."


def _note(settings: Settings, reports: Sequence[PageReport], maker: Maker, work_s: float | None) -> None:
    """Keeps what `voicegen status` and `voicegen plan` tell of: which pages failed, and how long it took here."""
    met = {one.id: (maker.stamps.get(one.id, {}), one.errors) for one in reports if one.outcome != "unchanged"}
    if met:
        failures.note(settings.cache, met)
    if work_s is None:
        return
    made = [one for one in reports if one.outcome in {"made", "drafted"}]
    new_s = sum(one.seconds * one.spoken / max(1, one.lines) for one in made)
    pace.note(settings.cache, work_s, new_s, sum(one.seconds for one in made) - new_s)


def put_library(known: Ledger, settings: Settings, output: Output) -> dict[str, FileFacts]:
    """Makes again, and puts, what stands beside the pages: the list, the feed, the manifest; gives their facts."""
    from voicegen.formats import library  # imported late: it loads the templates

    cards = tuple(known.pages.cards())
    theme = theming.load(settings)
    everything = Library(
        Listed(known.pages),
        settings.project.language or "en",
        settings.project.title,
        settings.project.publisher,
        settings.address(),
        cover.own(settings),
        theme,
        "feed" in settings.publications.formats,
        cards,
    )
    files = [*library.render_library(everything)]
    for name in settings.publications.formats:
        format_ = extensions.format_(name)
        if isinstance(format_, LibraryFormat):
            files += format_.render_library(everything)
    # The output may be another folder since, such as a site's own: what stands there is none of ours then.
    is_ours = any(intact(output.place / name, facts) for name, facts in known.library.items())
    ours = set(known.library) if is_ours else set()
    for path in ours - {file.path for file in files} - {manifest.NAME}:
        output.remove(path)
    about = pages.made_around(settings, fingerprints.program(settings.cache), theming.digest(theme))
    made_from = {file.path: f"{about} {file.made_from}" for file in files if file.made_from}
    same = {path for path, digest in made_from.items() if known.made_from.get(path) == digest}
    put = {}
    for file in files:
        facts = known.library.get(file.path) if file.path in same else None
        is_there = facts and intact(output.place / file.path, facts)
        put[file.path] = facts if facts and is_there else output.put(file, file.path in ours)
    known.made_from = made_from
    digests = {card.id: card.version for card in cards if card.version}
    last = manifest.of_library(settings.publications.formats, put, digests)
    return {**put, manifest.NAME: output.put(last, manifest.NAME in ours)}


def _library_stands(known: Ledger, output: Output) -> bool:
    return manifest.NAME in known.library and all(
        intact(output.place / name, facts) for name, facts in known.library.items()
    )


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
