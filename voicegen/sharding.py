"""Sharding: a build in parts that know nothing of each other, and the one that publishes what they made.

A page belongs to one of N shards by a digest of its id, on every machine alike. `build_shard` makes its pages
in `shards/<number>-of-<N>/` in the cache folder and touches nothing that is published: shards may run at once with
one folder, or on machines of their own whose `shards` folders are copied together afterwards. `publish` goes by
stamps alone: what a shard made of a page as it is now is published; where that is missing, it says which are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from voicegen import build, drafts, extensions, ledger, notes, pages, staging
from voicegen.config import Settings
from voicegen.drafts import Drafts
from voicegen.durable import disk, listed
from voicegen.entering import ALIKE, Entering, failed, named
from voicegen.errors import MISSHAPEN, PublicationError, SettingsError, TemporaryError, WorkerError
from voicegen.holding import Holding
from voicegen.ledger import REASONS
from voicegen.locking import only_one
from voicegen.making import Before, Maker, Started
from voicegen.pages import PageFile
from voicegen.publishing import Output
from voicegen.report import Announce, PageReport, Progress, Result, silent, unannounced
from voicegen.staging import Staged, same

FOLDER = "shards"
"""In the cache folder."""
NOTE = "README"
TEXT = """Pages that a part of a build made: `voicegen publish` publishes them, and deletes this folder.
It is safe to delete before: then the part must be built again.
"""
MARK, TRIES = ".tries", 3
MOST = 100_000
"""Shards that a build may have."""
MOST_NAMED = 20
"""Shards that a message names."""


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One part of a build."""

    of: int
    """How many parts there are."""
    number: int
    """From 1 to `of`."""

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def place(self, settings: Settings) -> Path:
        """The folder of what it makes."""
        return settings.cache / FOLDER / f"{self.number}-of-{self.of}"


def shard(page: str, of: int) -> Shard:
    """The one of so many shards that a page belongs to, by its id."""
    return Shard(of, int.from_bytes(hashlib.sha256(page.encode()).digest()[:8], "big") % of + 1)


def parsed(text: str) -> Shard:
    """The shard that is written as "3/20". Raises SettingsError for anything else."""
    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text, re.ASCII)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= of <= MOST:
        counted = bool(found) and number == 0 < of
        what = "shards are counted from 1, not from 0" if counted else "it is no shard"
        remedy = f"Write $((INDEX + 1))/{of}." if counted else "Write one such as 3/20: the third of 20."
        raise SettingsError(f"--shard {text}", what, remedy)
    return Shard(of, number)


def build_shard(
    settings: Settings,
    part: Shard,
    *,
    jobs: int | None = None,
    send_text_to: str = "",
    announce: Announce = unannounced,
    progress: Progress = silent,
    done: Callable[[PageReport], None] = lambda report: None,
) -> Result:
    """Makes what has changed of a shard's pages, for `publish` to publish. Raises as a build does.

    What an earlier run of the same shard made of the same things stays: it goes on where that was stopped.
    """
    settings.check_consent(send_text_to)
    pages.check_there(settings)
    settings, left_out = extensions.possible(settings)
    place = part.place(settings)
    with only_one(settings.cache / "lock", shared=True), only_one(place / "lock"):
        mine = [page for page in pages.find(settings) if shard(page.id, part.of) == part]
        Output(place).sweep()
        notes.put(place / NOTE, TEXT)  # that the shard was built is told by its folder, which must not be empty
        with staging.maker(settings, place, jobs or build.cores(), send_text_to, progress) as maker:
            work = _Shard(settings, maker, place)
            if leaving := maker.leaving(mine, work.old):
                announce(leaving)
            reports = []
            for report in work.reports(mine):
                reports.append(report)
                done(report)
        speaker = maker.speaker
        return Result(tuple(reports), (), speaker.spoken, (), left_out, leaving, speaker.sent)


class _Shard:
    """A shard at work."""

    def __init__(self, settings: Settings, maker: Maker, place: Path) -> None:
        known, output = ledger.load(settings.cache / "ledger.json"), Output(settings.output)
        self._maker, self._place = maker, place
        self._holding = Holding(settings, output, maker.history)
        self.old: Before = known.pages.get
        maker.folder = lambda page: output.place / page
        if settings.review.required:
            draft = Drafts(settings, known, output, drafts.known(settings), Output(drafts.place(settings)))
            self.old, maker.folder = draft.old, draft.folder

    def reports(self, mine: list[PageFile]) -> Iterator[PageReport]:
        """Makes what must be made; "staged" is what waits to be published.

        Pages that were being made when the process was killed come last and one at a time, so that a page which
        kills it (by its size, say) is told from its neighbours, and given up after `TRIES`.
        """
        tried = {page.id: self._tried(page.id)[1] for page in mine}
        suspects = sorted((page for page in mine if tried[page.id]), key=lambda page: tried[page.id])
        try:
            yield from self._made([page for page in mine if not tried[page.id]])
            for page in suspects:
                yield from self._made([page])
        finally:  # whoever comes to here was not killed
            for mark in self._place.glob(f"*{MARK}"):
                mark.unlink()

    def _made(self, mine: list[PageFile]) -> Iterator[PageReport]:
        known: list[PageReport] = []
        for started in self._maker.ahead(self._to_make(mine, known), self.old):
            while known:
                yield known.pop(0)
            staging.drop(self._place, started.page.id)
            if self._tries(started) > TRIES:
                what = f"the process that made it was ended {TRIES} times"
                remedy = "See what the machine says of it: its memory may be too small."
                started.errors = (WorkerError(started.page.source, what, remedy),)
            report = staging.finish(self._maker, started, self._place)
            yield replace(report, outcome="staged") if report.outcome == "made" else report
        yield from known

    def _to_make(self, mine: list[PageFile], known: list[PageReport]) -> Iterator[PageFile]:
        """The pages that must be made; of the others, the reports go to `known`."""
        for page in mine:
            if self._holding.holds(page):
                continue
            started = self._maker.look(page, self.old(page.id))
            if not started.errors and not started.why:
                known.append(PageReport(page.id, page.source, "unchanged"))
            elif (
                (kept := staging.read(self._place, page.id))
                and same(kept.stamp, started.stamp)
                and kept.is_for(self._holding.settings)
                and kept.is_whole()
            ):
                known.append(replace(kept.report, outcome="staged", why=started.why, spoken=0))
            else:
                notes.write(self._mark(page.id), {**started.stamp, MARK: str(self._tries(started) + 1)})
                yield page

    def _mark(self, page: str) -> Path:
        """A note that stays where the process that makes a page is killed: how often that was tried."""
        return self._place / f"{page}{MARK}"

    def _tries(self, started: Started) -> int:
        stamp, tries = self._tried(started.page.id)
        return tries if same(stamp, started.stamp) else 0

    def _tried(self, page: str) -> tuple[Mapping[str, str], int]:
        """What a page was that was being made, and how often; nothing where no note of it can be understood."""
        try:
            found = notes.read(self._mark(page))
            tries = int(found.pop(MARK)) if found else 0
            return found or {}, tries
        except MISSHAPEN:
            return {}, 0


def are_there(settings: Settings) -> bool:
    """Whether any shard was built that is not published yet."""
    return bool(_sizes(settings))


def publish(
    settings: Settings,
    *,
    partial: bool = False,
    done: Callable[[PageReport], None] = lambda report: None,
) -> Result:
    """Publishes what shards made, or makes drafts of it where somebody must approve; removes pages that are gone.

    Raises TemporaryError, and has changed nothing then, where a page that must be made is in no shard; unless
    `partial`: then what is there is published, nothing is removed, and the shards remain to be published.
    """
    shards = _Shards(settings, partial)
    result = build.run(settings, shards, jobs=1, done=done, is_whole=not partial)
    with (
        suppress(TemporaryError),
        only_one(settings.cache / "lock"),
    ):  # else a shard is at work, and it stays for now
        shards.clear()
    return result


class _Shards:
    """The crew of a build whose pages were made by shards."""

    def __init__(self, settings: Settings, partial: bool) -> None:
        self._settings, self._partial = settings, partial
        self._sizes = _sizes(settings)
        self._taken: set[Path] = set()
        self._seen: dict[Path, int] = {}

    def __call__(self, found: Iterator[PageFile], entering: Entering) -> Iterator[PageReport]:
        """First looks whether everything is there, then enters it."""
        folder = self._settings.cache / FOLDER
        self._seen = {path: path.stat().st_mtime_ns for path in folder.glob("*-of-*/*.json")}
        ready: list[tuple[Started, Staged]] = []
        missing: list[Started] = []
        for page in found:
            started = entering.maker.look(page, entering.old(page.id))
            started.file = None
            if started.errors or not started.why:
                yield entering.finish(started)
            elif staged := self._staged(started, entering):
                ready.append((started, staged))
            else:
                missing.append(started)
        if missing and not self._partial:
            raise self._incomplete(missing)
        for started, staged in ready:
            report = entering.put(started, staged)
            if report.outcome != "failed":  # else who copies another over them writes into what is published
                staging.drop(staged.place, staged.report.id, taken=True)
            yield report
            self._taken.add(staged.place / f"{staged.report.id}.json")
        for started in missing:
            differ = self._differences([started])
            what = f"no shard made it as it is now{self._otherwise(differ)}"
            remedy = f"{_first(differ)} {_these(self._missing([started]))}, then `voicegen publish`."
            yield failed(started, PublicationError(started.page.source, what, remedy))

    def clear(self) -> None:
        """Drops what was published; and what was passed over too, unless some pages are yet to come."""
        for path, time in self._seen.items():
            done = path in self._taken if self._partial else True
            if done and path.exists() and path.stat().st_mtime_ns == time:  # else a shard made it anew meanwhile
                staging.drop(path.parent, path.stem)
        for place in (self._settings.cache / FOLDER).glob("*-of-*"):
            with disk(place):
                left = any(path.suffix == ".json" for path in listed(place))
            if place.is_dir() and not left:
                staging.drop(place)

    def _staged(self, started: Started, entering: Entering) -> Staged | None:
        """What some shard made of the page as it is now, and still has, or was stopped just after it was taken."""
        output = entering.draft.own if entering.draft else entering.holding.output
        for of in self._sizes:
            place = shard(started.page.id, of).place(self._settings)
            staged = staging.read(place, started.page.id)
            if (
                staged
                and same(staged.stamp, started.stamp)
                and staged.is_for(self._settings)
                and staged.is_to_be_had(output)
            ):
                return staged
        return None

    def _missing(self, missing: list[Started]) -> list[Shard]:
        return sorted({shard(started.page.id, of) for started in missing for of in self._sizes[:1]})

    def _incomplete(self, missing: list[Started]) -> TemporaryError:
        pages = ", ".join(started.page.id for started in missing[:3]) + (", …" if len(missing) > 3 else "")
        differ = self._differences(missing)
        return TemporaryError(
            "the shards",
            f"they have not all that must be made, as it is now: {len(missing)} missing ({pages}); nothing was "
            f"published{self._otherwise(differ)}",
            f"{_first(differ)} {_these(self._missing(missing))}, or publish what is there with --partial.",
        )

    def _differences(self, missing: list[Started]) -> list[str]:
        """What pages that some shard made were made with and this machine has otherwise, but for their texts."""
        found = set()
        for started in missing:
            for of in self._sizes:
                staged = staging.read(shard(started.page.id, of).place(self._settings), started.page.id)
                stamp = staged.stamp if staged else started.stamp
                found |= {name for name in REASONS if stamp.get(name) != started.stamp.get(name)}
        return [name for name in REASONS if name in found - {"text"} - staging.UNSETTLED]

    def _otherwise(self, differ: list[str]) -> str:
        return f". Some were made with other things than this machine has: {named(differ)}" if differ else ""


def _first(differ: list[str]) -> str:
    return f"{ALIKE}. Then run" if differ else "Run"


def _these(shards: list[Shard]) -> str:
    """The commands that make what is missing, in words."""
    if not shards:
        return "`voicegen build`"
    more = f" and {len(shards) - MOST_NAMED} more" if len(shards) > MOST_NAMED else ""
    each = f" for each of {', '.join(map(str, shards[:MOST_NAMED]))}{more}" if len(shards) > 1 else ""
    return f"`voicegen build --shard {'I/N' if each else shards[0]}`{each}"


def _sizes(settings: Settings) -> list[int]:
    """In how many shards builds were made, the latest first."""
    found: dict[int, float] = {}
    for path in (settings.cache / FOLDER).glob("*-of-*"):
        name = re.fullmatch(r"[1-9]\d*-of-([1-9]\d{0,5})", path.name, re.ASCII)
        if name and (path / NOTE).is_file():
            of = int(name[1])
            found[of] = max(found.get(of, 0.0), path.stat().st_mtime)
    return sorted(found, key=lambda of: (-found[of], of))
