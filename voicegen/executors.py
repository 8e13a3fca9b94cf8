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
LEAST = 16
"""Workers that are reckoned with at least: a cluster may grow once there is work."""


@dataclass(frozen=True, slots=True)
class Named:
    """The executor of a name."""

    executor: Executor | Callable[[], Executor]
    """The executor itself, or the function that makes one."""
    workers: int | None = None
    """How many pages it makes at once; None where that is not known."""


@contextmanager
def opened(name: str) -> Iterator[Named]:
    """The executor of that name, until it is needed no more.

    Raises SettingsError for a name that is none, MissingPartError where a package must be installed, and
    TemporaryError where nobody answers at the address.
    """
    scheme, _, rest = name.partition(":")
    if scheme in PROTOCOLS:
        with _dask(name) as client:
            yield Named(client.get_executor(), max(LEAST, sum(client.nthreads().values())))
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
