"""A clinic's site on this machine. `plan` says how it behaves for a path; everything that it is asked is kept."""

from __future__ import annotations

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<!doctype html><html lang=en><title>Knee pain</title><h1>Knee pain</h1><p>Rest your knee.</p></html>"
Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers one request as planned; a path without a plan is not found."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        behave = self.server.plan.get(self.path, status(404))
        with contextlib.suppress(OSError):  # the client goes when it has had enough
            behave(self)
        self.close_connection = True

    def answer(self, body: bytes, code: int = 200, **headers: str) -> None:
        """A whole answer. Header names are given with underscores."""
        self.send_response(code)
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        for name, value in {**fields, **{key.replace("_", "-"): text for key, text in headers.items()}}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def page(body: bytes = PAGE, **headers: str) -> Behaviour:
    """The page, or word that it has not changed where its tag is known."""

    def behave(handler: Handler) -> None:
        tag = headers.get("ETag")
        if tag and handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.end_headers()
        else:
            handler.answer(body, 200, **headers)

    return behave


def status(code: int, **headers: str) -> Behaviour:
    """This status."""
    return lambda handler: handler.answer(b"<p>Sorry</p>", code, **headers)


def hang(handler: Handler) -> None:
    """Nothing at all, until the client goes or the test ends."""
    handler.server.over.wait(30)


def drip(handler: Handler) -> None:
    """The page, a byte every twentieth of a second."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(PAGE)))
    handler.end_headers()
    for at in range(len(PAGE)):
        handler.wfile.write(PAGE[at : at + 1])
        if handler.server.over.wait(0.05):
            return


def slow_headers(handler: Handler) -> None:
    """Headers that never end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(2000):
        handler.wfile.write(b"a")
        if handler.server.over.wait(0.05):
            return


def cut(handler: Handler) -> None:
    """Half of what Content-Length promises."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", str(len(PAGE)))
    handler.end_headers()
    handler.wfile.write(PAGE[: len(PAGE) // 2])


def until_the_end(body: bytes = PAGE, *, announced: bool) -> Behaviour:
    """A body of no known length, which ends with the connection; over TLS its end may be announced."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(body)
        if announced and isinstance(handler.connection, ssl.SSLSocket):
            handler.connection.unwrap()

    return behave


def endless(handler: Handler) -> None:
    """A body that never ends, as fast as it is taken."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while not handler.server.over.is_set() and handler.server.sent < 64 << 20:
        handler.wfile.write(b"<p>more" * 9000)
        handler.server.sent += 63_000


def many_headers(handler: Handler) -> None:
    """Five megabytes of headers."""
    handler.wfile.write(
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 50_000) for n in range(100))
    )


class Site(ThreadingHTTPServer):
    """The server; it runs within `with running()`."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.plan: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        self.sent = 0
        self._context = context
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http{'s' * bool(self._context)}://{self.place}{path}"

    def get_request(self) -> tuple[object, object]:  # type: ignore[override]
        """A connection, over TLS if there is a certificate."""
        connection, address = super().get_request()
        if self._context:
            connection = self._context.wrap_socket(connection, server_side=True)
        return connection, address


@contextlib.contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site without pages yet."""
    with Site(context) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            site.shutdown()
            thread.join()
