"""Executors that are watched, and workers that die on a page."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any

from voicegen import distributing


def make_or_die(task: Mapping[str, str]) -> dict[str, Any]:
    """Makes a page as a worker does; one that is called poison ends the worker's process."""
    if "poison" in task["source"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return distributing.make(task)


class Watched(Executor):
    """Hands on to another executor what it is given, and looks at it."""

    def __init__(self, real: Executor, worker: Callable[[Mapping[str, str]], Any] = distributing.make) -> None:
        self._real, self._worker = real, worker
        self._lock = threading.Lock()
        self.given: list[str] = []
        """Each task, as JSON."""
        self.futures: list[Future[Any]] = []
        self.most = 0
        """Most pages that were under way at once."""

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        assert (work, named, len(given)) == (distributing.make, {}, 1)
        self.given.append(json.dumps(given[0]))
        future = self._real.submit(self._worker, *given)
        self.futures.append(future)
        with self._lock:
            self.most = max(self.most, sum(not one.done() for one in self.futures))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._real.shutdown(wait=wait)
