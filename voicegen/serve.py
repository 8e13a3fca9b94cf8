"""A preview of what was built, for this machine only, with the parts of HTTP that audio players need.

A player seeks by asking for a range of bytes (RFC 9110, section 14). A web page of a stranger must not read the
preview through its visitor's browser: requests are answered only when they name this host (DNS rebinding), and the
answers may not be embedded elsewhere.
"""

from __future__ import annotations

import contextlib
import email.utils
import errno
import os
import re
import socketserver
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote

from voicegen.errors import SettingsError

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".epub": "application/epub+zip",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webp": "image/webp",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)
CHUNK = 1 << 16
IDLE_S = 30.0
"""A connection on which nothing moves for so long is closed."""


class Preview(ThreadingHTTPServer):
    """Serves one folder on the loopback address. Raises SettingsError where it can't."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # on Windows it would let two servers share a port

    def __init__(self, folder: Path, port: int) -> None:
        if not folder.is_dir():
            raise SettingsError(str(folder), "there is no such folder", "Build first: voicegen build.")
        self.root = folder.resolve()
        try:
            super().__init__(("127.0.0.1", port), Answer)
        except OverflowError as trouble:
            raise SettingsError(
                f"port {port}", "there is no such port", "Use one from 1024 to 65535."
            ) from trouble
        except OSError as trouble:
            taken = trouble.errno == errno.EADDRINUSE
            what = "another program uses it" if taken else f"it can't be used ({trouble.strerror})"
            raise SettingsError(f"port {port}", what, "Choose another with --port, or 0 for any.") from trouble
        number = self.server_address[1]
        names = ("localhost", "127.0.0.1", "[::1]")
        self.hosts = {f"{name}:{number}" for name in names} | (set(names) if number == 80 else set())

    def server_bind(self) -> None:
        """Binds the address; http.server would also look its name up, which may take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    @property
    def url(self) -> str:
        """Where to look."""
        return f"http://localhost:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: players break connections off whenever they seek."""


class Answer(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Preview
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "voicegen", ""
    timeout = IDLE_S

    def do_GET(self) -> None:
        """The file, or the part of it that is asked for."""
        self._answer()

    def do_HEAD(self) -> None:
        """What GET would say of the whole file, without it."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in http.server
        """Says nothing; the command line is the one that speaks."""

    def end_headers(self) -> None:
        """Ends the headers of any answer, errors included, with those that keep strangers out."""
        for name, value in SECURITY.items():
            self.send_header(name, value)
        super().end_headers()

    def _answer(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads would be taken for the next request
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self.server.hosts:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = self._path()
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        if path.is_dir():
            self._redirect()
            return
        try:
            with _opened(path) as file:
                self._send(file, TYPES.get(path.suffix.lower(), "application/octet-stream"))
        except OSError:
            if self._headers_sent():
                raise
            self.send_error(HTTPStatus.NOT_FOUND)

    def _headers_sent(self) -> bool:
        return self._sent

    def _path(self) -> Path | None:
        """The file or folder that is asked for; None unless it is there and within the root.

        A path with a slash at its end means that folder's index.html. Symbolic links are followed inside only.
        """
        return None

    def _redirect(self) -> None:
        return None

    def _send(self, file: IO[bytes], kind: str) -> None:
        return None
