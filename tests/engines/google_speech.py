"""A server on this machine that behaves like Google Translate's speech endpoint, faults included.

It speaks TLS with a certificate of its own authority, understands the "batchexecute" call that gTTS makes, and
answers with real MP3s of a speech-like sound. `will` sets how it behaves for the next requests, one after the
other; after these it speaks. Everything that it is asked is kept in `received`.
"""

from __future__ import annotations

import array
import base64
import contextlib
import email.utils
import gzip
import json
import math
import random
import socket
import ssl
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import lameenc
import trustme

RATE_HZ = 24_000
PATH = "/_/TranslateWebserverUi/data/batchexecute"


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    text: str
    lang: str
    slow: bool | None
    at: float
    """time.monotonic at its arrival."""
    headers: dict[str, str]


Behaviour = Callable[["Handler", Asked], None]


@cache
def babble(tenths: int, seed: int = 1) -> bytes:
    """Samples that sound a little like speech: a buzz with formants and hiss in four syllables a second."""
    noise = random.Random(seed)
    samples = array.array("h")
    for at in range(RATE_HZ * tenths // 10):
        t = at / RATE_HZ
        syllable = abs(math.sin(math.pi * 4 * t))
        buzz = math.sin(2 * math.pi * 130 * t) + 0.5 * math.sin(2 * math.pi * 690 * t)
        samples.append(int(6000 * syllable * (buzz + noise.uniform(-0.3, 0.3))))
    return samples.tobytes()


def mp3(samples: bytes) -> bytes:
    """The samples as an MP3 like Google's: 24 kHz, mono, 32 kbit/s, without tags."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(32)
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_out_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.set_quality(7)
    encoder.silence()
    return bytes(encoder.encode(samples) + encoder.flush())


@cache
def spoken(text: str) -> bytes:
    """An MP3 about as long as it takes to say `text`, with half a second of silence after it, as Google's have."""
    return mp3(babble(3 + len(text) * 10 // 15) + bytes(RATE_HZ))


def rows(sound: bytes | None) -> bytes:
    """A body as Google writes it: a guard line, then rows of JSON in JSON, "=" and "/" escaped as it likes."""
    payload = None if sound is None else json.dumps([base64.b64encode(sound).decode()]) + "\n"
    first = json.dumps(["wrb.fr", "jQ1olc", payload, None, None, None, "generic"], separators=(",", ":"))
    return f')]}}\'\n\n[{first}\n,["di",57]\n,["af.httprm",57,"-66817780745122",20]\n]'.replace(
        "=", "\\u003d"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    """Reads one request after the other and behaves as told."""

    protocol_version = "HTTP/1.1"
    server: GoogleSpeech

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        ((rpc, parameters, _, _),) = json.loads(parse_qs(body.decode("ascii"))["f.req"][0])[0]
        text, lang, slow, _ = json.loads(parameters)
        assert (self.path, rpc) == (PATH, "jQ1olc")
        asked = Asked(text, lang, slow, time.monotonic(), dict(self.headers))
        self.server.received.append(asked)
        behave = self.server.plan.popleft() if self.server.plan else speak
        behave(self, asked)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer. Header names are given with underscores."""
        self.send_response(status)
        fields = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {**fields, **{key.replace("_", "-"): text for key, text in headers.items()}}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def speak(handler: Handler, asked: Asked) -> None:
    """The text, spoken."""
    handler.answer(rows(spoken(asked.text)))


def sound(body: bytes | None) -> Behaviour:
    """These bytes in place of an MP3; None for null."""
    return lambda handler, _: handler.answer(rows(body))


def status(code: int, **headers: str) -> Behaviour:
    """This status, with a short page."""
    return lambda handler, _: handler.answer(b"<html><title>Sorry</title></html>", code, **headers)


def busy_until(seconds: float) -> Behaviour:
    """429 with a Retry-After date so many seconds ahead of the server's own clock, which is an hour slow."""

    def behave(handler: Handler, _: Asked) -> None:
        now = time.time() - 3600
        handler.date_time_string = lambda timestamp=None: email.utils.formatdate(now, usegmt=True)  # type: ignore[method-assign]
        handler.answer(b"", 429, Retry_After=email.utils.formatdate(now + seconds, usegmt=True))

    return behave


def cut_short(handler: Handler, asked: Asked) -> None:
    """The spoken text, but the last third of the MP3 is missing (and its last frame is not whole)."""
    whole = spoken(asked.text)
    handler.answer(rows(whole[: len(whole) * 2 // 3 // 96 * 96 + 40]))


def cut_between_frames(handler: Handler, asked: Asked) -> None:
    """The first third of the spoken text, in whole frames."""
    whole = spoken(asked.text)
    handler.answer(rows(whole[: len(whole) // 3 // 96 * 96]))


def body_cut(handler: Handler, asked: Asked) -> None:
    """Half of the body that Content-Length promises; then the connection ends."""
    body = rows(spoken(asked.text))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


@cache
def bomb() -> bytes:
    """64 KB that gzip makes 64 MB of."""
    return gzip.compress(bytes(64 << 20))


def web_page(handler: Handler, _: Asked) -> None:
    """A sign-in page with status 200."""
    page = b"<!doctype html><html><title>Sign in</title>" + b"<p>Welcome to the guest network.</p>" * 50
    handler.answer(page, Content_Type="text/html")


def reset(handler: Handler, _: Asked) -> None:
    """The connection is torn down without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True


def hang(handler: Handler, _: Asked) -> None:
    """Nothing at all, until the client goes or the test ends."""
    handler.server.over.wait(30)
    handler.close_connection = True


def _drip(handler: Handler, body: bytes, at_once: int = 1) -> None:
    handler.close_connection = True
    with contextlib.suppress(OSError):  # the client goes when it has had enough
        for at in range(0, len(body), at_once):
            handler.wfile.write(body[at : at + at_once])
            if handler.server.over.wait(0.05):
                return


def slow_drip(handler: Handler, asked: Asked) -> None:
    """The right answer, a byte every twentieth of a second."""
    body = rows(spoken(asked.text))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    _drip(handler, body)


def slow_headers(handler: Handler, _: Asked) -> None:
    """Headers that never end, a byte every twentieth of a second."""
    _drip(handler, b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 60_000)


def late_then_nothing(handler: Handler, _: Asked) -> None:
    """A first byte after four seconds, and never another."""
    handler.server.over.wait(4)
    with contextlib.suppress(OSError):
        handler.wfile.write(b"H")
        hang(handler, _)


def endless(handler: Handler, _: Asked) -> None:
    """A body that never ends, as fast as it can be taken. Counts what was taken in `server.sent`."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    with contextlib.suppress(OSError):
        while not handler.server.over.is_set() and handler.server.sent < 64 << 20:
            handler.wfile.write(b"[" * 65_536)
            handler.server.sent += 65_536


def many_headers(handler: Handler, _: Asked) -> None:
    """Five megabytes of headers."""
    handler.close_connection = True
    with contextlib.suppress(OSError):
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 50_000) for n in range(100))
        )


class GoogleSpeech(ThreadingHTTPServer):
    """The server; it runs within `with running(...)`."""

    daemon_threads = True
    handler: type[Handler] = Handler

    def __init__(self, folder: Path, trusted: bool = True, name: str = "127.0.0.1") -> None:
        authority = trustme.CA()
        self.ca_file = folder / "authority.pem"
        (authority if trusted else trustme.CA()).cert_pem.write_to_path(str(self.ca_file))
        self.received: list[Asked] = []
        self.plan: deque[Behaviour] = deque()
        self.over = threading.Event()
        self.sent = 0
        super().__init__(("127.0.0.1", 0), self.handler)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(self._tls)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"https://127.0.0.1:{self.server_address[1]}"

    def options(self, **more: object) -> dict[str, object]:
        """The engine's options to ask this server, quick enough for tests."""
        quick: dict[str, object] = {"deadline_s": 20, "interval_s": 0.01, "tries": 3}
        here = {"allow": True, "send_text_to": "gtts", "address": self.address, "ca_file": str(self.ca_file)}
        return {**here, **quick, **more}

    def will(self, *plan: Behaviour) -> None:
        """How it behaves for the next requests."""
        self.plan.extend(plan)

    def finish_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Serves one connection, in its own thread."""
        with contextlib.suppress(OSError), self._tls.wrap_socket(request, server_side=True) as connection:
            self.handler(connection, client_address, self)


@contextlib.contextmanager
def running(folder: Path, trusted: bool = True, name: str = "127.0.0.1") -> Iterator[GoogleSpeech]:
    """A server with a certificate for `name`, of an authority that `ca_file` holds, or not."""
    with GoogleSpeech(folder, trusted, name) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
