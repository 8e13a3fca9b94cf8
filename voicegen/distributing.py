"""Distributing: a build's pages made by the workers of any `concurrent.futures.Executor`.

A worker makes a page whole, as a build would, into a place of its own in the cache folder, which all machines
share; what comes back says where, and is a few dozen bytes. The build, which holds the lock, publishes it. Nothing
is relied on but `submit`, `wait`, `cancel` and how a future ended: threads, processes, loky, Dask and others do.

A page whose worker died is told from its neighbours: where the executor says itself which page that was (Dask), by
its word; where it only says that it is broken (processes), by making the pages that were under way one at a time.
"""

from __future__ import annotations

import platform
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from voicegen import config, extensions, pages, staging
from voicegen.config import Settings
from voicegen.durable import disk
from voicegen.entering import Entering, failed
from voicegen.errors import MissingPartError, SettingsError, TemporaryError, VoicegenError, WorkerError
from voicegen.making import Started
from voicegen.pages import PageFile
from voicegen.report import PageReport, silent

FOLDER = "staged"
"""In the cache folder: the places of the workers; what is left of an earlier build is swept."""
A_WORKER = 4
"""Pages under way for each worker: enough that none waits, few enough to weigh nothing in a scheduler."""
MOST = 10_000
"""Pages under way at once, however many workers there are."""
WORKERS = 16
"""Assumed where nobody says how many there are."""
TRIES = 2
"""How often a page is made with no other beside it before it is blamed for the end of its worker."""
MOST_BLAMED = 3
"""Pages blamed, and none made, from which it is not the pages' fault."""
GONE = "Start the workers again and run the same command: what was made is kept."


def make(task: Mapping[str, str]) -> dict[str, Any]:
    """Makes one page; this is what a worker is given, and all that it is given.

    `task` has the project's folder (`root`), the page's path in the content folder (`source`), the build's place
    (`build`) and its consent (`send_text_to`). Gives the name of the page's own place in that and two counts. May
    be called again for the same page, at the same time too. Raises what concerns more than this page.
    """
    try:
        return _made(Path(task["root"]), task)
    except VoicegenError as error:  # of many machines, it matters which
        raise type(error)(f"{error.where}, on the machine {platform.node()}", error.what, error.remedy) from None


def _made(root: Path, task: Mapping[str, str]) -> dict[str, Any]:
    settings, _ = extensions.possible(config.load(root, extensions.engines(), extensions.formats()))
    build = settings.cache / FOLDER / task["build"]
    if not build.is_dir():
        raise MissingPartError(
            str(root),
            "the project's folder is not there, or is another than the one of the build",
            "Share the folder with all workers, under the same path.",
        )
    with disk(build):
        place = Path(tempfile.mkdtemp(dir=build))
    with staging.maker(settings, place, 1, task["send_text_to"], silent) as maker:
        staging.finish(maker, maker.start(pages.at(settings, task["source"]), None), place)
        return {"place": place.name, "spoken": maker.speaker.spoken, "sent": maker.speaker.sent}


class Workers:
    """The crew of a build that has its pages made elsewhere."""

    def __init__(
        self, executor: Executor | Callable[[], Executor], settings: Settings, jobs: int | None, consent: str
    ) -> None:
        self._hire = None if isinstance(executor, Executor) else executor
        self._executor = executor if isinstance(executor, Executor) else executor()
        self._window = min(A_WORKER * (jobs or WORKERS), MOST)
        self._build = secrets.token_hex(8)
        self._place = settings.cache / FOLDER / self._build
        self._task = {"root": str(settings.root.resolve()), "build": self._build, "send_text_to": consent}
        self._flying: dict[Future[dict[str, Any]], Started] = {}
        self._made = self._blamed = 0

    def __call__(self, found: Iterator[PageFile], entering: Entering) -> Iterator[PageReport]:
        """Makes the pages, as many at once as the window holds; reports come as pages are done."""
        staging.drop(self._place.parent)
        with disk(self._place):
            self._place.mkdir(parents=True, mode=0o700)
        for page in found:
            started = entering.maker.look(page, entering.old(page.id))
            if started.errors or not started.why:
                yield entering.finish(started)
                continue
            started.file = None
            self._submit(started)
            while len(self._flying) >= self._window:
                yield from self._landed(entering)
        while self._flying:
            yield from self._landed(entering)

    def end(self, is_done: bool) -> None:
        """Cancels what was not begun; an executor of our own is shut down."""
        for future in self._flying:
            future.cancel()
        if self._hire:
            self._executor.shutdown(wait=is_done)
        staging.drop(self._place)

    def _submit(self, started: Started) -> Future[dict[str, Any]]:
        try:
            future = self._executor.submit(make, {**self._task, "source": started.page.source})
        except BrokenExecutor as error:  # as if it had broken a moment later
            future = Future()
            future.set_exception(error)
        except (RuntimeError, OSError) as trouble:
            raise TemporaryError("the executor", f"it takes no more pages ({trouble})", GONE) from trouble
        self._flying[future] = started
        return future

    def _landed(self, entering: Entering) -> Iterator[PageReport]:
        """The reports of the pages that are done next."""
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        if any(_broken(future) for future in done):
            wait(self._flying)
            done = set(self._flying)
        suspects = []
        for future in [future for future in self._flying if future in done]:  # in the order of the pages
            started = self._flying.pop(future)
            if _broken(future):
                suspects.append(started)
            else:
                yield self._entered(started, future, entering)
        if suspects:
            yield from self._cleared(suspects, entering)

    def _cleared(self, suspects: list[Started], entering: Entering) -> Iterator[PageReport]:
        """Makes pages one at a time until the one that ends its worker is found; the others go on as before."""
        self._renew(
            f"it broke while {len(suspects)} pages were being made, and which of them is to blame is unknown"
        )
        for at, started in enumerate(suspects):
            for _ in range(TRIES):
                future = self._submit(started)
                wait([future])
                self._flying.pop(future)
                if not _broken(future):
                    yield self._entered(started, future, entering)
                    break
                self._renew("it broke")
            else:
                yield self._guilty(started, "the process that made it was ended each time")
                for other in suspects[at + 1 :]:
                    self._submit(other)
                return

    def _renew(self, why: str) -> None:
        if self._hire is None:
            remedy = (
                "Give a function that makes the executor, so that it can be made again; what was made is kept."
            )
            raise TemporaryError("the executor", why, remedy)
        self._executor.shutdown(wait=False)
        self._executor = self._hire()

    def _entered(self, started: Started, future: Future[dict[str, Any]], entering: Entering) -> PageReport:
        """Enters the page that a future made. Raises what concerns all pages."""
        if future.cancelled():
            raise TemporaryError(
                "the executor", "it gave up pages that were not made: its scheduler is gone", GONE
            )
        error = future.exception()
        if isinstance(error, VoicegenError):
            raise error
        if error is not None:
            return self._guilty(started, f"its worker was lost, or failed ({type(error).__name__}: {error})")
        made = future.result()
        place = self._place / Path(str(made["place"])).name
        entering.maker.speaker.spoken += int(made["spoken"])
        entering.maker.speaker.sent += int(made["sent"])
        staged = staging.read(place, started.page.id)
        if staged is None:
            return self._guilty(started, f"a worker made it, and it is not in {place}")
        self._made += 1
        report = entering.put(started, staged)
        staging.drop(place)
        return report

    def _guilty(self, started: Started, why: str) -> PageReport:
        self._blamed += 1
        error = WorkerError(
            started.page.source, why, "See what the worker's machine says of it: its memory may be too small."
        )
        if self._blamed >= MOST_BLAMED and not self._made:
            raise error
        return failed(started, error)


def _broken(future: Future[dict[str, Any]]) -> bool:
    return not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


@contextmanager
def over(
    executor: Executor | Callable[[], Executor], settings: Settings, jobs: int | None, consent: str
) -> Iterator[Workers]:
    """The crew that has the pages made by an executor's workers.

    An executor that is given is left as it is; one that a function gives is shut down, and made again where a page
    broke it. Raises SettingsError where the settings are not those of voicegen.toml, which the workers read.
    """
    if settings != config.load(settings.root, extensions.engines(), extensions.formats()):
        what = "the settings are not those of the file, and its workers would read the file"
        raise SettingsError(str(settings.root / config.FILE), what, "Write them there.")
    workers = Workers(executor, settings, jobs, consent)
    is_done = False
    try:
        yield workers
        is_done = True
    finally:
        workers.end(is_done)
