"""Executors by name, for the command line: a Dask cluster, or whatever a Python package gives.

    dask://HOST:PORT               the scheduler of a Dask cluster; dask+tls://HOST:PORT where it talks TLS
    entrypoint:PACKAGE:FUNCTION    a function that gives a `concurrent.futures.Executor`
    NAME                           the same, as a package has it registered in the group `voicegen.executors`

Nothing is started and no port is opened here: a cluster is its owner's, in a network of its owner's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from voicegen.errors import MissingPartError, SettingsError, TemporaryError

GROUP = "voicegen.executors"
OPTION = "--executor"
KNOWN = "Known: dask://HOST:PORT, dask+tls://HOST:PORT, entrypoint:PACKAGE:FUNCTION"
PROTOCOLS = {"dask": "tcp", "dask+tls": "tls"}
"""Scheme of ours → of the scheduler's address."""
CONNECT_S = 10
"""Seconds in which a scheduler must answer."""
WAIT_S = 300.0
"""Seconds for which a cluster may have no workers: as long as new machines need to start in a cloud."""
LOOK_S = 2.0
LEAST = 16
"""Workers that are reckoned with at least: a cluster may grow once there is work."""


@dataclass(frozen=True, slots=True)
class Named:
    """The executor of a name."""

    executor: Executor | Callable[[], Executor]
    """The executor itself, or the function that makes one."""
    workers: int | None = None
    """How many pages it makes at once; None where that is not known."""
    notice: str = ""
    """What whoever waits for it should know, in words."""


@contextmanager
def opened(name: str) -> Iterator[Named]:
    """The executor of that name, until it is needed no more.

    Raises SettingsError for a name that is none, MissingPartError where a package must be installed, and
    TemporaryError where nobody answers at the address.
    """
    scheme, _, rest = name.partition(":")
    if scheme in PROTOCOLS:
        with _dask(name) as client:
            threads = sum(client.nthreads().values())
            notice = "" if threads else f"The cluster has no workers yet: waiting {_length(WAIT_S)} for them."
            executor = client.get_executor()
            with _patience(name, client, executor):
                yield Named(executor, max(LEAST, threads), notice)
    elif scheme == "entrypoint":
        yield Named(_function(name, *rest.rpartition(":")[::2]))
    else:
        yield Named(_registered(name))


@contextmanager
def _dask(name: str) -> Iterator[Any]:
    """A client of the cluster whose scheduler has that address."""
    try:
        parts = urlsplit(name)
        address = f"{PROTOCOLS[parts.scheme]}://{parts.netloc}" if parts.hostname and parts.port else ""
    except ValueError:
        parts, address = urlsplit(""), ""
    if not address or parts.path.strip("/") or parts.query or parts.username:
        raise SettingsError(f"{OPTION} {name}", "it is no address", "Write dask://HOST:PORT, usually port 8786.")
    try:
        from distributed import Client, Security
    except ImportError:
        raise MissingPartError(
            f"{OPTION} {name}",
            "Dask is not installed here",
            'Install it, here and on all workers: pip install "distributed>=2025.1"',
        ) from None
    security = Security()
    if parts.scheme == "dask+tls" and not security.get_connection_args("client").get("ssl_context"):
        what = "no certificates for it are named in Dask's settings"
        raise SettingsError(f"{OPTION} {name}", what, "See docs/how-to/many-machines.md, “With a Dask cluster”.")
    told = logging.root.manager.disable
    logging.disable(
        logging.CRITICAL
    )  # it reports every lost connection with a traceback; what matters is ours to say
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False, security=security)
    except (OSError, RuntimeError) as trouble:
        logging.disable(told)
        what = f"no Dask scheduler answers there ({' '.join(str(trouble).split())})"
        raise TemporaryError(f"{OPTION} {name}", what, "Start it, or correct the address.") from trouble
    try:
        yield client
    finally:
        client.close()
        logging.disable(told)


@contextmanager
def _patience(name: str, client: Any, executor: Executor) -> Iterator[None]:
    """Gives up what waits once the cluster has had no workers for `WAIT_S`.

    It can't be told before pages are handed out: some clusters start workers for them. Raises TemporaryError.
    """
    ended, given_up = Event(), Event()

    def look() -> None:
        alone_s = 0.0
        while not ended.wait(LOOK_S):
            alone_s = 0.0 if _has_workers(client) else alone_s + LOOK_S
            if alone_s >= WAIT_S:
                given_up.set()
                executor.shutdown(wait=False)  # calls back what was not begun
                return

    watcher = Thread(target=look, name="voicegen-workers", daemon=True)
    watcher.start()
    try:
        yield
    except TemporaryError:
        if not given_up.is_set():
            raise
        what = f"it had no workers for {_length(WAIT_S)}"
        remedy = "Start workers (`dask worker`, with the scheduler's address) and run the same command: "
        remedy += "what was made is kept."
        raise TemporaryError(f"{OPTION} {name}", what, remedy) from None
    finally:
        ended.set()
        watcher.join()


def _has_workers(client: Any) -> bool:
    try:
        return bool(client.nthreads())
    except (OSError, RuntimeError, ValueError):  # the scheduler is gone, which the build itself is told
        return True


def _length(seconds: float) -> str:
    minute = 60
    return f"{round(seconds / minute)} minutes" if seconds >= 2 * minute else f"{round(seconds)} seconds"


def _function(name: str, module: str, function: str) -> Callable[[], Executor]:
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as trouble:
        what = f"there is no such function ({trouble})"
        raise SettingsError(f"{OPTION} {name}", what, "Write entrypoint:PACKAGE:FUNCTION.") from trouble
    return _checked(name, found)


def _registered(name: str) -> Callable[[], Executor]:
    for point in entry_points(group=GROUP, name=name):
        return _checked(name, point.load())
    others = sorted(point.name for point in entry_points(group=GROUP))
    raise SettingsError(f"{OPTION} {name}", "there is no such executor", f"{', '.join((KNOWN, *others))}.")


def _checked(name: str, function: Any) -> Callable[[], Executor]:
    """The function, which then fails with our words if what it gives is no executor."""

    def hired() -> Executor:
        made = function() if callable(function) else function
        if not isinstance(made, Executor):
            what = f"it gives a {type(made).__name__} and no concurrent.futures.Executor"
            raise SettingsError(f"{OPTION} {name}", what, KNOWN)
        return made

    return hired
