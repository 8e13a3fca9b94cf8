"""One request to a voice on another machine and its answer, within a deadline that covers every byte.

Certificates are checked, redirects are not followed, and neither proxies nor passwords are taken from the
environment. (gTTS itself does none of this; its prepared requests are sent from here instead.)
"""

from __future__ import annotations

import email.utils
import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import HTTPError

CONNECT_S = 10.0
BUSY = frozenset({408, 429, 500, 502, 503, 504})
"""Answers that ask for another try later (RFC 9110, section 15; RFC 6585, section 4)."""
LONGEST_WAIT_S = 3600.0
"""A host that asks for more is believed for an hour."""


class Trouble(Exception):  # noqa: N818 - a word about one answer; the worker decides what it means for the line
    """An answer that can't be used."""

    def __init__(
        self, words: str, *, again: bool = False, temporary: bool = False, wait_s: float | None = None
    ) -> None:
        super().__init__(words)
        self.words = words
        self.again = again
        """Whether the same request may be sent once more at once."""
        self.temporary = temporary
        """Whether a later build may do better."""
        self.wait_s = wait_s
        """How long the host asks us to wait, in seconds."""


class _Socket(ssl.SSLSocket):
    """A TLS connection that never waits past its context's deadline, however slowly bytes drip in.

    A socket's own timeout starts anew with each byte.
    """

    def recv_into(self, *arguments: Any, **names: Any) -> int:
        """Bytes received, or TimeoutError at the deadline."""
        remaining = self.context.ends_at - time.monotonic() if isinstance(self.context, _Context) else 0.0
        if remaining <= 0:
            raise TimeoutError("the deadline has passed")
        self.settimeout(remaining)
        return super().recv_into(*arguments, **names)


class _Context(ssl.SSLContext):
    """TLS 1.2 or later, with certificate and name checked; the deadline of the request at hand."""

    sslsocket_class = _Socket
    ends_at = 0.0

    def wrap_socket(self, *arguments: Any, **names: Any) -> ssl.SSLSocket:
        """A connection whose end must be announced: sound of no known length ends with it (RFC 9112, 9.8)."""
        return super().wrap_socket(*arguments, **{**names, "suppress_ragged_eofs": False})


class _PlainSocket(socket.socket):
    """The same for a connection within this machine, which needs no TLS."""

    context: _Context

    def recv_into(self, *arguments: Any, **names: Any) -> int:
        """Bytes received, or TimeoutError at the deadline."""
        remaining = self.context.ends_at - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the deadline has passed")
        self.settimeout(remaining)
        return super().recv_into(*arguments, **names)


class _PlainConnection(HTTPConnection):
    context: _Context

    def connect(self) -> None:
        """Connects, with a socket that keeps the deadline."""
        super().connect()
        timeout = self.sock.gettimeout()
        plain = _PlainSocket(fileno=self.sock.detach())
        plain.context = self.context
        plain.settimeout(timeout)
        self.sock = plain


def _context() -> _Context:
    context = _Context(ssl.PROTOCOL_TLS_CLIENT)  # checks certificate and host name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Adapter(HTTPAdapter):
    def __init__(self, context: _Context) -> None:
        self._context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **names: Any) -> None:
        """The pool of connections, with our context."""
        super().init_poolmanager(*arguments, ssl_context=self._context, **names)
        connection = type("Connection", (_PlainConnection,), {"context": self._context})
        pool = type("Pool", (HTTPConnectionPool,), {"ConnectionCls": connection})
        self.poolmanager.pool_classes_by_scheme = {**self.poolmanager.pool_classes_by_scheme, "http": pool}

    def proxy_manager_for(self, proxy: str, **names: Any) -> Any:
        """The pool of connections through a proxy, with our context for what goes through."""
        return super().proxy_manager_for(proxy, ssl_context=self._context, **names)


class Exchange:
    """Sends requests to one host and gives the bodies of its answers."""

    def __init__(
        self, section: str, ca_file: str = "", proxy: str = "", refusals: Mapping[int, str] | None = None
    ) -> None:
        """`section` is the engine's in voicegen.toml; `refusals` are words for statuses that it can explain."""
        self._section = section
        self._refusals = refusals or {}
        self._verify: str | bool = ca_file or True
        self._proxies = {"https": proxy} if proxy else {}
        self._tls = _context()
        # An adapter and no session: so there are no cookies, no redirects (a session reads their bodies to
        # the end), and no proxies or passwords that the configuration does not name.
        self._adapter = _Adapter(self._tls)

    def close(self) -> None:
        """Ends the connections."""
        self._adapter.close()

    def post(self, request: requests.PreparedRequest, ends_at: float, most_bytes: int) -> tuple[bytes, str]:
        """The body of the answer, which has come in full before `ends_at` (time.monotonic), and its media type.

        Raises Trouble for every other outcome.
        """
        remaining = ends_at - time.monotonic()
        if remaining <= 0:
            raise Trouble("the time for the line is over", temporary=True)
        self._tls.ends_at = ends_at
        try:
            with self._adapter.send(
                request,
                stream=True,
                timeout=(min(CONNECT_S, remaining), remaining),
                verify=self._verify,
                proxies=self._proxies,
            ) as response:
                self._check_status(response)
                kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                return b"".join(_bounded(response, most_bytes)), kind
        except (requests.RequestException, HTTPError, OSError) as trouble:
            raise _explained(trouble, self._section) from trouble

    def _check_status(self, response: requests.Response) -> None:
        status = response.status_code
        if status in self._refusals:
            raise Trouble(f"it answered {status}: {self._refusals[status]}")
        _check_status(response)


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    words = f"it answered {status} ({http.client.responses.get(status, 'unknown')})"  # its own words may be ours
    if status in BUSY:
        raise Trouble(words, again=True, temporary=True, wait_s=_retry_after(response.headers))
    if 300 <= status < 400:
        raise Trouble(f"{words}, which is not followed: perhaps your network wants you to sign in", temporary=True)
    if status != 200:
        raise Trouble(f"{words}: it no longer takes requests like ours, or not from here")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise Trouble("it answered in a compression that was not asked for")


def _bounded(response: requests.Response, most_bytes: int) -> Iterator[bytes]:
    count = 0
    for part in response.iter_content(1 << 14):
        count += len(part)
        if count > most_bytes:
            raise Trouble(f"its answer is longer than {most_bytes >> 20} MB")
        yield part


def _retry_after(headers: requests.structures.CaseInsensitiveDict[str]) -> float | None:
    """Seconds to wait by the field Retry-After: a number or a date (RFC 9110, section 10.2.3).

    A date is held against the host's own clock where it tells the time, for ours may be wrong.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_WAIT_S)
    until, now = _date(value), _date(headers.get("Date", "")) or datetime.now(UTC)
    return min(max(0.0, (until - now).total_seconds()), LONGEST_WAIT_S) if until else None


def _date(text: str) -> datetime | None:
    try:
        date = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _explained(trouble: BaseException, section: str) -> Trouble:
    """What went wrong on the way, in words."""
    causes = list(_causes(trouble))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Trouble(
            "its certificate can't be trusted, so nothing was sent; if your network inspects TLS, "
            f"name its authority's PEM file as ca_file under [{section}]"
        )
    if any(isinstance(cause, requests.exceptions.ProxyError) for cause in causes):
        return Trouble(f"the proxy named under [{section}] does not let us through", again=True, temporary=True)
    if any(isinstance(cause, TimeoutError | requests.Timeout) for cause in causes):
        return Trouble("it did not answer in time", again=True, temporary=True)
    reasons = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
    return Trouble(
        f"the connection failed ({reasons[0] if reasons else 'it ended early'})", again=True, temporary=True
    )


def _causes(trouble: BaseException) -> Iterator[BaseException]:
    """The exception and those behind it, which urllib3 partly keeps as arguments and reasons."""
    waiting, seen = [trouble], set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        behind = [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
        waiting += [item for item in behind if isinstance(item, BaseException)]
