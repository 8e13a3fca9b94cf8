"""The server of the review page: for one browser on this machine, and for nobody else.

It answers on the loopback address only; only under a path that begins with a token which nobody can guess; only
where the request names this host (DNS rebinding); and acts only on a POST whose Origin is this very server (a page
of a stranger in the same browser). Bodies are bounded, and nothing in a page can run but our one script.
"""

from __future__ import annotations

import contextlib
import hmac
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import BinaryIO, cast

from voicegen import deciding, drafts
from voicegen.config import Settings
from voicegen.durable import machine
from voicegen.errors import VoicegenError
from voicegen.formats._templates import TEMPLATES, style_sheet
from voicegen.review_desk import forms, passages, screens
from voicegen.review_desk.acts import Acts, Trial
from voicegen.review_desk.bench import bench_of
from voicegen.review_desk.buttons import ACTS, CHAPTER, LINE, PAGE, TRIAL
from voicegen.review_desk.forms import Refused
from voicegen.review_desk.screens import Frame, Message
from voicegen.serve import TYPES, Answer, Preview, found, part
from voicegen.standing import Desk

TOKEN_BYTES = 32
MOST_MESSAGES = 64
HTML = "text/html; charset=utf-8"
POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; worker-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with less, browsers would not tell where a form comes from
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Reviews(Preview):
    """The server of one session. Raises SettingsError where it can't be started."""

    def __init__(self, load: Callable[[], Settings], port: int = 0, send_text_to: str = "") -> None:
        settings = load()
        deciding.check_required(settings)
        Desk(settings)  # raises now what would be in the way later
        place = drafts.place(settings)
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
        super().__init__(place, port)
        self.RequestHandlerClass = Handler
        self.load, self.settings = load, settings
        self.acts = Acts(load, send_text_to)
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.acting = threading.Lock()
        """One act at a time."""
        self.by = ""
        self.messages: dict[str, Message] = {}

    @property
    def url(self) -> str:
        """Where to look; who has it may decide."""
        return f"{super().url}{self.token}/"

    def note(self, message: Message) -> str:
        """Keeps a message for the next screen; gives its number."""
        number = secrets.token_hex(8)
        self.messages[number] = message
        while len(self.messages) > MOST_MESSAGES:
            self.messages.pop(next(iter(self.messages)))
        return number


class Handler(Answer):
    """Answers one request."""

    def do_GET(self) -> None:  # noqa: N802 - its name in http.server
        """A screen, a sound, or a file of a draft; nothing changes."""
        self._guarded(self._show)

    def do_HEAD(self) -> None:  # noqa: N802 - its name in http.server
        """What GET would say."""
        self._guarded(self._show)

    def do_POST(self) -> None:  # noqa: N802 - its name in http.server
        """An act; the answer leads to the screen that shows what came of it."""
        self._guarded(self._act)

    def end_headers(self) -> None:
        """Ends the headers of any answer, with those that keep strangers out."""
        for name, value in POLICY.items():
            self.send_header(name, value)
        BaseHTTPRequestHandler.end_headers(self)

    def ways(self) -> Iterator[tuple[str, str]]:
        """The list of pages, for who knows the token; nobody else learns it."""
        if getattr(self, "path", "").startswith(f"/{self._desk.token}/"):
            yield f"/{self._desk.token}/", "To the list of pages"

    @property
    def _desk(self) -> Reviews:
        return cast(Reviews, self.server)

    def _guarded(self, answer: Callable[[str], None]) -> None:
        if self.command != "POST" and ("Content-Length" in self.headers or "Transfer-Encoding" in self.headers):
            self.close_connection = True  # a body that nobody reads would be taken for the next request
        try:
            with machine():
                answer(self._path())
        except Refused as refused:
            self.close_connection = True
            self.send_error(refused.code)
        except FileNotFoundError:
            self.send_error(HTTPStatus.NOT_FOUND)
        except PermissionError:
            self.send_error(HTTPStatus.FORBIDDEN)
        except VoicegenError as error:
            frame = Frame(self._desk.settings, f"/{self._desk.token}/", message=Message(str(error), bad=True))
            self._bytes(screens.trouble(frame).encode(), HTML, HTTPStatus.CONFLICT)

    def _path(self) -> str:
        """The path below the token, without its query. Raises Refused for whoever may not ask."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self.server.hosts:
            raise Refused(HTTPStatus.MISDIRECTED_REQUEST)
        path = self.path.partition("?")[0].partition("#")[0]
        first, token, rest = (*path.split("/", 2), "", "")[:3]
        known = self._desk.token.encode()
        if first or not hmac.compare_digest(token.encode("utf-8", "surrogateescape"), known):
            raise Refused(HTTPStatus.FORBIDDEN)
        if path.count("/") < 2:
            raise Refused(HTTPStatus.NOT_FOUND)
        if self.command == "POST":
            self._check_origin(hosts[0].strip().lower())
        return rest

    def _check_origin(self, host: str) -> None:
        """Raises Refused unless the request comes from a page of this very server."""
        origins = self.headers.get_all("Origin", [])
        fetched = self.headers.get("Sec-Fetch-Site", "same-origin")
        if origins != [f"http://{host}"] or fetched != "same-origin" or "Transfer-Encoding" in self.headers:
            raise Refused(HTTPStatus.FORBIDDEN)

    # what is shown

    def _show(self, path: str) -> None:
        if path in OURS:
            kind = TYPES[Path(path).suffix]
            return self._bytes(OURS[path](), kind)
        for pattern, show in SCREENS.items():
            if match := re.fullmatch(pattern, path, re.ASCII):
                return show(self, **match.groupdict())
        raise FileNotFoundError

    def _list(self) -> None:
        self._bytes(screens.listed(self._frame()).encode(), HTML)

    def _page(self, page: str) -> None:
        desk = Desk(self._desk.load())
        standing = next((one for one in desk.standings() if one.id == page), None)
        if standing is None:
            raise FileNotFoundError
        self._bytes(screens.page(self._frame(), desk, standing).encode(), HTML)

    def _chapter(self, page: str, chapter: str) -> None:
        bench = bench_of(self._desk.load(), page)
        self._bytes(screens.chapter(self._frame(), bench, chapter).encode(), HTML)

    def _line(self, page: str, line: str) -> None:
        bench = bench_of(self._desk.load(), page)
        self._bytes(screens.line(self._frame(), bench, line).encode(), HTML)

    def _trial(self, trial: str) -> None:
        desk = Desk(self._desk.load())
        self._bytes(screens.trial(self._frame(), desk, self._tried(trial)).encode(), HTML)

    def _trial_sound(self, trial: str, number: str) -> None:
        pieces = self._tried(trial).pieces
        if int(number) >= len(pieces):
            raise FileNotFoundError
        self._bytes(pieces[int(number)].wav, "audio/wav")

    def _sound(self, page: str, which: str, line: str) -> None:
        self._bytes(passages.heard(self._folder(which) / page, page, line), "audio/wav")

    def _file(self, which: str, path: str) -> None:
        """A file of a draft, or of what is published, as readers get it."""
        root = self._folder(which).resolve()
        place = found(root, "/" + path)
        if place.is_dir():
            return self._redirect_to(f"{which}/{path}/")
        with place.open("rb") as file:
            self._send(file, TYPES.get(place.suffix.lower(), "application/octet-stream"))
        return None

    def _folder(self, which: str) -> Path:
        settings = self._desk.load()
        return drafts.place(settings) if which == "draft" else settings.output

    def _tried(self, trial: str) -> Trial:
        tried = self._desk.acts.trials.get(trial)
        if tried is None:
            raise FileNotFoundError
        return tried

    def _frame(self) -> Frame:
        number = self.path.partition("?")[2].removeprefix("m=")
        message = self._desk.messages.get(number)
        return Frame(self._desk.load(), f"/{self._desk.token}/", self._desk.by, message)

    # what is done

    def _act(self, path: str) -> None:
        for pattern, act in ACTS.items():
            if match := re.fullmatch(pattern, path, re.ASCII):
                kind, length = self.headers.get("Content-Type", ""), self.headers["Content-Length"]
                form = forms.read(cast(BinaryIO, self.rfile), kind, length)
                back = path.rpartition("/")[0] + "/"
                with self._desk.acting:
                    self._desk.by = form.get("by") or self._desk.by
                    try:
                        done, back = act(self._desk.acts, form, **match.groupdict())
                        message = Message(done) if done else None
                    except VoicegenError as error:
                        back = back if not back.startswith("trial/") else ""
                        message = Message(str(error), bad=True)
                return self._redirect_with(message, back)
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)

    def _redirect_with(self, message: Message | None, path: str) -> None:
        mark = f"?m={self._desk.note(message)}#message" if message else ""
        self._redirect_to(path + mark)

    def _redirect_to(self, path: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/{self._desk.token}/{path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _bytes(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Answers with the bytes, or the part of them that a player asks for."""
        header = self.headers["Range"] if self.command == "GET" else None
        span = part(header, len(data)) if header else None
        self.send_response(HTTPStatus.PARTIAL_CONTENT if span else status)
        self.send_header("Content-Type", kind)
        self.send_header("Accept-Ranges", "bytes")
        if span:
            self.send_header("Content-Range", f"bytes {span[0]}-{span[-1]}/{len(data)}")
            data = data[span[0] : span[-1] + 1]
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


OURS: dict[str, Callable[[], bytes]] = {
    "review.css": lambda: style_sheet("look.css", "review.css"),
    "review.js": (TEMPLATES / "review.js").read_bytes,
    "icon.svg": (TEMPLATES.parent / "player" / "icon.svg").read_bytes,
}
"""Files of the page itself."""
SCREENS: dict[str, Callable[..., None]] = {
    "": Handler._list,
    PAGE: Handler._page,
    CHAPTER: Handler._chapter,
    LINE: Handler._line,
    TRIAL: Handler._trial,
    TRIAL + r"(?P<number>\d{1,4})\.wav": Handler._trial_sound,
    r"sound/(?P<page>[a-z0-9-]{1,80})/(?P<which>draft|published)/(?P<line>[a-z0-9-]{1,80})\.wav": Handler._sound,
    r"(?P<which>draft|published)/(?P<path>[^?#]*)": Handler._file,
}
"""By path below the token."""


def serve(
    load: Callable[[], Settings], port: int, send_text_to: str, ready: Callable[[str], None] | None = None
) -> None:
    """Serves the review page until Ctrl-C; `ready` is called with its address. Raises SettingsError."""
    with Reviews(load, port, send_text_to) as server, contextlib.suppress(KeyboardInterrupt):
        if ready:
            ready(server.url)
        server.serve_forever(poll_interval=0.2)
