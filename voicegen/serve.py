"""A preview of what was built, for this machine only, with the parts of HTTP that audio players need.

A player seeks by asking for a range of bytes (RFC 9110, section 14). A web page of a stranger must not read the
preview through its visitor's browser: requests are answered only when they name this host (DNS rebinding), and the
answers may not be embedded elsewhere. Pages are sent with a script that loads them again after a build.
"""

from __future__ import annotations

import contextlib
import email.utils
import errno
import os
import re
import socketserver
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO
from urllib.parse import quote, unquote

from voicegen import reloading
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
RANGE = re.compile(r"bytes=(\d{0,4000})-(\d{0,4000})", re.ASCII | re.IGNORECASE)
FORBIDDEN = set('\0\\:*?"<>|')
"""Signs that stand in no file name of ours, and mean something to some system."""
REFUSALS = {
    HTTPStatus.BAD_REQUEST: "What was sent can't be understood.",
    HTTPStatus.FORBIDDEN: "This address holds no longer, or not for that. Open the one that voicegen printed.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Nothing can be sent to this address.",
    HTTPStatus.REQUEST_TIMEOUT: "It took too long until all was sent. Try again.",
    HTTPStatus.LENGTH_REQUIRED: "It was not said how much is sent. Try again with another browser.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "It is larger than what is taken here.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "It is no form, and nothing else is taken here.",
    HTTPStatus.MISDIRECTED_REQUEST: "It was asked for under another name. Open the address that voicegen printed.",
}
"""What a browser shows where it gets no page, in words; for all else, there is one sentence."""
OTHER_REFUSAL = "This is not answered here."
REFUSAL = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title} - voicegen</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body><main><h1>{title}</h1>
{words}
<p>Code {code}</p></main></body>
</html>
"""
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
        """Says nothing of connections that break off: players do that whenever they seek."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in http.server
        """Says nothing; the command line is the one that speaks."""

    def end_headers(self) -> None:
        """Ends the headers of any answer, errors included, with those that keep strangers out."""
        for name, value in SECURITY.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuses in plain words; what was asked for is not repeated, whoever wrote it."""
        ways = "".join(f'<p><a href="{quote(path)}">{words}</a></p>' for path, words in self.ways())
        words = f"<p>{REFUSALS.get(HTTPStatus(code), OTHER_REFUSAL)}</p>{ways}"
        data = REFUSAL.format(title="That did not work", words=words, code=int(code)).encode()
        self.send_response(code, HTTPStatus(code).phrase)
        self.send_header("Connection", "close")
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def ways(self) -> Iterator[tuple[str, str]]:
        """Where somebody may go on who was refused: paths, and what is there."""
        yield "/", "To the list of pages"

    def _answer(self) -> None:
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body that nobody reads would be taken for the next request
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self.server.hosts:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        if (script := reloading.script(self.path)) is not None:
            self._send_whole(script, TYPES[".js"], f'"{len(script):x}"')
            return
        try:
            path = found(self.server.root, self.path)
            if path.is_dir():
                self._redirect(path)
            elif path.suffix.lower() == ".html":
                facts = path.stat()
                tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}-reloading"'
                self._send_whole(reloading.reloading(path.read_bytes()), TYPES[".html"], tag)
            else:
                with path.open("rb") as file:
                    self._send(file, TYPES.get(path.suffix.lower(), "application/octet-stream"))
        except FileNotFoundError:
            self.send_error(HTTPStatus.NOT_FOUND)
        except PermissionError:
            self.send_error(HTTPStatus.FORBIDDEN)

    def _redirect(self, folder: Path) -> None:
        """Sends the browser to the folder's own address, which ends in a slash."""
        parts = folder.relative_to(self.server.root).parts
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", quote("/" + "".join(f"{part}/" for part in parts)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_whole(self, data: bytes, kind: str, tag: str) -> None:
        """A page with the preview's script, or that script: never in parts."""
        known = tag in re.findall(r'"[^"]*"', self.headers["If-None-Match"] or "")
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "no-cache")
        if not known:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if not known and self.command == "GET":
            self.wfile.write(data)

    def _send(self, file: IO[bytes], kind: str) -> None:
        facts = os.fstat(file.fileno())
        tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
        changed = datetime.fromtimestamp(int(facts.st_mtime), UTC)
        span: range | None = range(facts.st_size)
        status = HTTPStatus.OK
        if self._is_known(tag, changed):
            status, span = HTTPStatus.NOT_MODIFIED, None
        elif self.command == "GET" and self._wants_part_of(tag, changed):
            wanted = part(self.headers["Range"], facts.st_size)
            if wanted is not None:
                span = wanted
                status = HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Last-Modified", email.utils.format_datetime(changed, usegmt=True))
        self.send_header("Cache-Control", "no-cache")  # a build may have replaced it: ask each time
        self.send_header("Accept-Ranges", "bytes")
        if span is not None:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(span)))
        if status == HTTPStatus.PARTIAL_CONTENT and span:
            self.send_header("Content-Range", f"bytes {span[0]}-{span[-1]}/{facts.st_size}")
        elif status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            self.send_header("Content-Range", f"bytes */{facts.st_size}")
        self.end_headers()
        if span and self.command == "GET":
            sent = self.connection.sendfile(file, span[0], len(span))
            self.close_connection |= sent < len(span)  # the file was cut while it was being read

    def _is_known(self, tag: str, changed: datetime) -> bool:
        """Whether the client's copy is the current one (RFC 9110, section 13.1.2 and 13.1.3)."""
        if (known := self.headers["If-None-Match"]) is not None:
            return known.strip() == "*" or tag in re.findall(r'"[^"]*"', known)
        since = _date(self.headers["If-Modified-Since"])
        return since is not None and changed <= since

    def _wants_part_of(self, tag: str, changed: datetime) -> bool:
        """Whether Range holds: there is one, and If-Range names this very file (section 13.1.5)."""
        if self.headers["Range"] is None:
            return False
        condition = self.headers["If-Range"]
        if condition is None:
            return True
        settled = datetime.now(UTC) - changed > timedelta(seconds=1)  # else it may change within the same second
        return condition.strip() == tag or (settled and _date(condition) == changed)


def found(root: Path, target: str) -> Path:
    """The file or folder below `root` that a request's target names.

    With a slash at its end it means the folder's index.html. Raises FileNotFoundError where there is none, where
    a part begins with a dot or holds what no name of ours has, and where symbolic links lead out of `root`
    (which must be resolved).
    """
    try:
        path = unquote(target.partition("?")[0].partition("#")[0], errors="strict")
    except UnicodeDecodeError as trouble:
        raise FileNotFoundError from trouble
    first, *parts = path.split("/")
    name = parts.pop() if parts else ""
    if first or any(not part or part[0] == "." for part in parts) or name[:1] == "." or set(path) & FORBIDDEN:
        raise FileNotFoundError
    try:
        place = Path(os.path.realpath(root.joinpath(*parts, name or "index.html"), strict=True))
    except OSError as trouble:
        raise FileNotFoundError from trouble
    if not place.is_relative_to(root) or not (place.is_file() or (name and place.is_dir())):
        raise FileNotFoundError
    return place


def part(header: str, size: int) -> range | None:
    """The bytes of `size` that a Range header asks for: empty where there are none, None for the whole.

    Several ranges at once, other units and what can't be understood give the whole, as RFC 9110, section 14.2
    allows.
    """
    match = RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _date(text: str | None) -> datetime | None:
    try:
        date = email.utils.parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def serve(folder: Path, port: int, ready: Callable[[str], None] | None = None) -> None:
    """Serves `folder` at http://localhost:`port`/ until Ctrl-C; port 0 takes any free one.

    `ready` is called with the address once it answers. Raises SettingsError where folder or port can't be used.
    """
    with Preview(folder, port) as server, contextlib.suppress(KeyboardInterrupt):
        if ready:
            ready(server.url)
        server.serve_forever(poll_interval=0.2)
