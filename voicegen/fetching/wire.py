"""One GET to a judged address: its answer whole, bounded, and before a deadline that covers all of it."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from voicegen import __version__
from voicegen.errors import SourceError, TemporaryError
from voicegen.fetching.addresses import Address, resolved

USER_AGENT = f"voicegen/{__version__} (reads a clinic's own pages; see robots.txt)"
GZIP, MOST_MEMBERS = b"\x1f\x8b", 1_000
"""What begins a part of a compressed answer, and how many of these one may have: a server that keeps its pages in
parts sends them one after the other (RFC 1952, section 2.2)."""
NAME = "voicegen"
"""What robots.txt calls us (RFC 9309, section 2.2.1)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]
    """By name in small letters."""

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def get(
    address: Address, deadline_s: float, most_bytes: int, asked: Mapping[str, str], context: ssl.SSLContext
) -> Answer:
    """The answer to a GET with the headers `asked`, not following redirects.

    Raises TemporaryError where it does not come within `deadline_s` or breaks off, SourceError where it is larger
    than `most_bytes` or in a compression that was not asked for, and what `addresses.resolved` raises.
    """
    ends_at = time.monotonic() + deadline_s
    number = resolved(address, deadline_s)
    late = threading.Event()
    try:
        with socket.create_connection((number, address.port), max(0.01, ends_at - time.monotonic())) as plain:
            sock: socket.socket = plain
            if address.scheme == "https":
                # An end that TLS does not announce is a break: an answer that says no length, and in HTTP/1.0 may
                # end with the connection, would else be a page without its end (RFC 9112, section 9.8).
                sock = context.wrap_socket(
                    plain,
                    server_hostname=address.host,
                    do_handshake_on_connect=False,
                    suppress_ragged_eofs=False,
                )
            timer = threading.Timer(max(0.0, ends_at - time.monotonic()), _cut, (sock, late))
            timer.daemon = True
            timer.start()  # however slowly bytes drip in: a socket's own timeout starts anew with each
            try:
                with sock:
                    answer = _exchange(sock, address, most_bytes, asked)
                if late.is_set():  # to http.client the end of the connection may be the end of the answer
                    raise TimeoutError
                return answer
            finally:
                timer.cancel()
    except ssl.SSLCertVerificationError as trouble:
        raise TemporaryError(
            address.place, "its certificate can't be trusted", "Ask who runs the site."
        ) from trouble
    except (OSError, http.client.HTTPException) as trouble:
        if late.is_set() or isinstance(trouble, TimeoutError):
            what = f"it did not answer in full within {deadline_s:g} seconds"
        else:
            what = f"the connection failed ({getattr(trouble, 'strerror', None) or 'it ended early'})"
        raise TemporaryError(address.place, what, "Try again later.") from trouble


def _cut(sock: socket.socket, late: threading.Event) -> None:
    late.set()
    try:
        socket.socket.shutdown(sock, socket.SHUT_RDWR)  # the connection below TLS, whatever state that is in
    except OSError:
        return  # it is over already


def _exchange(sock: socket.socket, address: Address, most_bytes: int, asked: Mapping[str, str]) -> Answer:
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
    connection = http.client.HTTPConnection(address.host, address.port)
    connection.sock = sock  # connected to the judged address; this connection never opens another
    connection.auto_open = 0
    headers = {"Host": address.place, "User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Connection": "close"}
    connection.putrequest("GET", address.target, skip_host=True, skip_accept_encoding=True)
    for name, value in {**headers, **asked}.items():
        connection.putheader(name, value)
    connection.endheaders()
    with connection.getresponse() as answer:
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read(most_bytes + 1)
        if len(body) > most_bytes:
            raise _too_large(address, most_bytes)
        if answer.length:  # http.client says nothing where fewer bytes come than were announced, if asked for some
            raise http.client.IncompleteRead(body, answer.length)
        return Answer(answer.status, _unpacked(body, found, address, most_bytes), found)


def _unpacked(body: bytes, headers: Mapping[str, str], address: Address, most_bytes: int) -> bytes:
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding == "identity" or not body:
        return body
    if coding not in {"gzip", "x-gzip"}:
        raise SourceError(address.url, "it came in a compression that was not asked for")
    unpacked, left = b"", body
    for _ in range(MOST_MEMBERS):
        unpacker = zlib.decompressobj(wbits=31)
        try:
            unpacked += unpacker.decompress(left, most_bytes + 1 - len(unpacked))
        except zlib.error as trouble:
            raise TemporaryError(address.place, "its answer is damaged", "Try again later.") from trouble
        if len(unpacked) > most_bytes:
            raise _too_large(address, most_bytes)
        if not unpacker.eof:
            raise TemporaryError(address.place, "its answer is cut short", "Try again later.")
        left = unpacker.unused_data
        if not left.startswith(GZIP):  # filling, which servers send and browsers pass over
            return unpacked
    raise SourceError(address.url, f"it came in more than {MOST_MEMBERS} parts, each compressed by itself")


def _too_large(address: Address, most_bytes: int) -> SourceError:
    return SourceError(
        address.url, f"it is larger than {most_bytes >> 10} kB", "Raise [fetch] most_kb if it is a page."
    )
