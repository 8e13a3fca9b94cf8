"""The review page's server: nobody gets in without the address, and no other page of the browser acts in it."""

from __future__ import annotations

import contextlib
import http.client
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.conftest import Project
from tests.faults.real import small_disk
from tests.reviews.projects import draft_version, drafted, hum, hum_of, log, settings_of, standing
from voicegen import drafts
from voicegen.review_desk import forms, passages
from voicegen.review_desk.server import Reviews
from voicegen.takes import _decoding_worker

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BOUNDARY = "xYz"


@dataclass(frozen=True, slots=True)
class Desk:
    """A running review page of a project with one draft."""

    project: Project
    server: Reviews

    @property
    def root(self) -> str:
        return f"/{self.server.token}/"

    @property
    def place(self) -> str:
        return f"localhost:{self.server.server_address[1]}"

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, host: str = ""
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_address[1], timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host or self.place)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if method == "POST" and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def approve(self, **headers: str) -> int:
        body = f"by=Eve&act=approved&note=&version={draft_version(self.project)}".encode()
        own = {
            **FORM,
            "Origin": f"http://{self.place}",
            **{key.replace("_", "-"): v for key, v in headers.items()},
        }
        given = {key: value for key, value in own.items() if value}
        return self.ask("POST", f"{self.root}page/a/decide", body, given)[0]


@pytest.fixture
def desk(make_project: Callable[..., Project]) -> Iterator[Desk]:
    project = drafted(make_project)
    server = Reviews(lambda: settings_of(project))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield Desk(project, server)
    server.shutdown()
    server.server_close()
    thread.join()


def untouched(desk: Desk) -> bool:
    return standing(desk.project).state == "waiting" and log(desk.project).entries == ()


@pytest.mark.attack("review desk", "it answers on this machine only")
def test_it_answers_on_this_machine_only_and_its_address_can_not_be_guessed(desk: Desk) -> None:
    assert desk.server.server_address[0] == "127.0.0.1"
    assert len(desk.server.token) >= 43  # 32 bytes, in letters
    other = Reviews(lambda: settings_of(desk.project))
    other.server_close()
    assert other.token != desk.server.token


@pytest.mark.attack("review desk", "without the token nothing is told")
@pytest.mark.parametrize("path", ["/", "/page/a/", "/x/", "/TOKEN", "/TOKENx/", "//", "/%00/", "/review.css"])
def test_without_the_token_nothing_is_told(desk: Desk, path: str) -> None:
    status, body = desk.ask("GET", path.replace("TOKEN", desk.server.token))
    assert status in {403, 404}
    assert b"Gallstones" not in body
    assert desk.server.token.encode() not in body
    assert desk.ask("POST", path.replace("TOKEN", desk.server.token), b"", FORM)[0] in {403, 404}


def test_who_is_refused_is_told_in_plain_words_where_to_go_on(desk: Desk) -> None:
    status, body = desk.ask("GET", "/of-yesterday/")
    page = BeautifulSoup(body, "html.parser")
    assert status == 403
    assert page.find("html", lang="en")
    assert page.find("h1")
    assert "Open the one that voicegen printed" in page.get_text()
    assert not page.find_all("a")
    status, body = desk.ask("GET", f"{desk.root}nowhere/<b>at-all")
    page = BeautifulSoup(body, "html.parser")
    assert (status, [link.get("href") for link in page.find_all("a")]) == (404, [desk.root])
    assert "nothing at this address" in page.get_text()
    assert b"at-all" not in body


@pytest.mark.attack("review desk", "a request for another host is refused")
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost", "[::1]", "localhost:1"])
def test_a_request_for_another_host_is_refused(desk: Desk, host: str) -> None:
    assert desk.ask("GET", desk.root, host=host)[0] == 421
    assert desk.ask("POST", f"{desk.root}page/a/decide", b"by=Eve&act=approved", FORM, host=host)[0] == 421
    assert untouched(desk)


@pytest.mark.attack("review desk", "a form from another page is refused")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "https://localhost"},
        {"Origin": "http://localhost"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Transfer_Encoding": "chunked"},
    ],
    ids=str,
)
def test_a_form_from_another_page_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    assert desk.approve(**headers) == 403
    assert untouched(desk)


def test_the_same_form_from_the_page_itself_is_taken(desk: Desk) -> None:
    assert desk.approve(Sec_Fetch_Site="same-origin") == 303
    assert standing(desk.project).state == "approved"


@pytest.mark.attack("review desk", "no GET changes anything")
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["page/a/decide?by=Eve&act=approved", "page/a/publish?by=Eve", "page/a/build"])
def test_nothing_but_a_form_changes_anything(desk: Desk, method: str, path: str) -> None:
    status, _ = desk.ask(method, desk.root + path, headers={"Origin": f"http://{desk.place}"})
    assert status in {404, 405, 501}
    assert untouched(desk)


def test_a_body_without_a_length_of_another_kind_or_cut_short_is_refused(desk: Desk) -> None:
    path, own = f"{desk.root}page/a/decide", {"Origin": f"http://{desk.place}"}
    assert desk.ask("POST", path, b"{}", {**own, "Content-Type": "application/json"})[0] == 415
    assert desk.ask("POST", path, b"a=b", {**own, "Content-Type": "text/plain"})[0] == 415
    assert desk.ask("POST", path, b"a=b", {**own, **FORM, "Content-Length": "-1"})[0] == 411
    assert desk.ask("POST", path, b"a=\xff", {**own, **FORM})[0] == 400
    assert desk.ask("POST", path, b"&".join([b"a=b"] * 100), {**own, **FORM})[0] == 400
    assert desk.ask("POST", path, b"by=Eve&act=deleted", {**own, **FORM})[0] == 400
    assert untouched(desk)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
def test_a_recording_is_sent_to_the_desk_though_there_is_no_room_for_temporary_files(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = tmp_path / "spool"
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    head, end = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=", f"\r\n--{BOUNDARY}--\r\n"
    fields = {"by": "Eve", "act": "approved", "note": "", "version": draft_version(desk.project)}
    body = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()).encode()
    body += f'{head}"file"; filename="a.wav"\r\n\r\n'.encode() + bytes(1 << 20) + end.encode()
    headers = {"Origin": f"http://{desk.place}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    with small_disk(spool, "32k"):
        status, _ = desk.ask("POST", f"{desk.root}page/a/decide", body, headers)
    assert status == 303
    assert standing(desk.project).state == "approved"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a disk")
@pytest.mark.fault("F3", "what the desk can't write down for want of room is refused, and nothing is changed")
def test_a_disk_that_is_full_is_told_and_nothing_is_decided(desk: Desk) -> None:
    with small_disk(desk.project.place, "16m"):
        filler = desk.project.place / "filler"
        with contextlib.suppress(OSError):
            filler.write_bytes(bytes(16 << 20))
        desk.approve()
        [told] = desk.server.messages.values()
        assert told.bad
        assert "No space left" in told.text
        filler.unlink()
        assert untouched(desk)
        desk.approve()
        assert standing(desk.project).state == "approved"


@pytest.mark.attack("review desk", "what is too large is refused before it is read")
def test_what_is_too_large_is_refused_before_it_is_read(desk: Desk) -> None:
    own = {"Origin": f"http://{desk.place}"}
    line = f"{desk.root}page/a/line/{first_line(desk)}/own"
    large = {**own, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert desk.ask("POST", line, b"", {**large, "Content-Length": str(forms.MOST_BYTES + 1)})[0] == 413
    decide = f"{desk.root}page/a/decide"
    assert (
        desk.ask("POST", decide, b"", {**own, **FORM, "Content-Length": str(forms.MOST_FIELDS_BYTES + 1)})[0]
        == 413
    )
    assert desk.ask("POST", decide, b"", {**own, **FORM, "Content-Length": "9" * 5000})[0] == 413


@pytest.mark.fault("F18", "a passage is heard from one version, though a build puts another there meanwhile")
def test_a_passage_is_of_one_version_though_a_build_puts_another_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, line = drafts.place(settings_of(desk.project)) / "a", first_line(desk)
    source = desk.project.place / "content/a.txt"
    title, rest = source.read_text().split("\n", 1)
    real, built = passages._decoded, list[object]()

    def decoded(*of: Any) -> tuple[bytes, int]:
        if not built:
            source.write_text(f"{title} and many other stones that hurt\n{rest}")
            built.append(desk.project.build())
        return real(*of)

    before = passages.heard(folder, "a", line)
    with monkeypatch.context() as patch:
        patch.setattr(passages, "_decoded", decoded)
        found = passages.heard(folder, "a", line)
    assert found == passages.heard(folder, "a", line) != before


def first_line(desk: Desk) -> str:
    from voicegen.formats._verified import timeline_of

    return timeline_of(drafts.place(settings_of(desk.project)) / "a").lines[2].id


def shown(desk: Desk, path: str) -> str:
    """What the form for a recording carries of the words that are shown above it."""
    form = BeautifulSoup(desk.ask("GET", desk.root + path)[1], "html.parser").select_one("form[action$='/own']")
    assert form
    field = form.select_one("input[name=version]")
    assert field
    return str(field["value"])


def upload(
    desk: Desk, data: bytes, name: str = "me.wav", by: str = "Ada", path: str = "", version: str = ""
) -> str:
    """What the page says after a file was given for a line; the address of the trial where it was taken."""
    path = path or f"page/a/line/{first_line(desk)}/"
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    body = (part % ("by", "") + f"{by}\r\n").encode()
    body += (part % ("version", "") + f"{version or shown(desk, path)}\r\n").encode()
    body += (part % ("file", f'; filename="{name}"')).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {"Origin": f"http://{desk.place}", "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_address[1], timeout=120)
    connection.request("POST", f"{desk.root}{path}own", body, {**headers, "Host": desk.place})
    answer = connection.getresponse()
    assert answer.status == 303
    place = str(answer.getheader("Location"))
    connection.close()
    if "/trial/" in place:
        return place
    return desk.ask("GET", place.partition("#")[0])[1].decode()


HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 400,
    "text": b"<script>alert(1)</script>" * 100,
    "playlist": b"#EXTM3U\nfile:///etc/passwd\n",
    "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "too short": hum(0.01),
    "too long": hum(0.001) + b"",
    "header only": hum(2.0)[:44],
    "silence": hum(2.0, loud=0.0),
    "huge rate": hum(1.0)[:24] + b"\xff\xff\xff\x7f" + hum(1.0)[28:],
}


@pytest.mark.attack("review desk", "an upload that is no recording is refused and not kept")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_recording_of_the_line_is_refused_and_nothing_is_kept(desk: Desk, kind: str) -> None:
    said = upload(desk, HOSTILE[kind])
    assert 'class="message bad"' in said
    assert "Traceback" not in said
    assert not (desk.project.place / "recordings").exists()
    assert desk.ask("GET", desk.root)[0] == 200


@pytest.mark.attack("review desk", "the name of an upload is never used")
@pytest.mark.parametrize("name", ["../../evil.wav", "a\\b.wav", "\x1b[31m.wav", "x" * 900, "CON"])
def test_the_name_of_an_uploaded_file_is_never_used(desk: Desk, name: str) -> None:
    before = set(desk.project.place.parent.rglob("*"))
    assert "/trial/" in upload(desk, hum(1.5), name)
    assert set(desk.project.place.parent.rglob("*")) - before <= {desk.project.place / ".voicegen/lock"}


def test_a_recording_of_words_that_were_shown_before_is_not_taken_for_those_of_now(desk: Desk) -> None:
    """Who records reads from the screen, and the page may be changed and drafted meanwhile."""
    from voicegen.formats._verified import timeline_of

    def last() -> tuple[str, bytes]:
        times = timeline_of(drafts.place(settings_of(desk.project)) / "a")
        mark = times.marks[-1]
        lengths = [(line.end - line.start) / times.rate_hz for line in mark.lines]
        return f"page/a/chapter/{mark.id}/", hum_of(lengths)

    path, recording = last()
    before = shown(desk, path)
    assert "/trial/" in upload(desk, recording, path=path, version=before)
    source = desk.project.place / "content/a.txt"
    text = source.read_text()
    source.write_text(text.replace("fatty", "sweet"))
    assert source.read_text() != text
    desk.project.build()
    assert path == last()[0]
    assert "it says other words now than those that were shown" in upload(
        desk, recording, path=path, version=before
    )
    assert "it says other words now" in upload(desk, recording, path=path, version="x")
    assert "/trial/" in upload(desk, last()[1], path=path)


@pytest.mark.attack("review desk", "no path leads out of what is shown")
@pytest.mark.parametrize(
    "path",
    [
        "draft/../../voicegen.toml",
        "draft/%2e%2e/%2e%2e/voicegen.toml",
        "draft/a/../../../voicegen.toml",
        "published/../approvals.jsonl",
        "draft/.stage/",
        "sound/../draft/x.wav",
        "page/../",
        "trial/0000000000000000/",
        "trial/0000000000000000/0.wav",
        "page/zzz/",
        "draft/a/none.html",
    ],
)
def test_no_path_leads_out_of_what_is_shown(desk: Desk, path: str) -> None:
    assert desk.ask("GET", desk.root + path)[0] == 404


def test_every_answer_keeps_strangers_out_and_is_kept_nowhere(desk: Desk) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", desk.server.server_address[1])
    for path in (desk.root, f"{desk.root}page/a/", "/nothing/", f"{desk.root}draft/a/"):
        connection.request("GET", path, headers={"Host": desk.place})
        answer = connection.getresponse()
        answer.read()
        policy = str(answer.getheader("Content-Security-Policy"))
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "no-store" in str(answer.getheader("Cache-Control"))
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Set-Cookie") is None
    connection.close()


@pytest.mark.attack("review desk", "a draft of hostile text runs nothing")
def test_a_page_of_hostile_text_runs_nothing(desk: Desk) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> take 5 mg."
    desk.project.page("b.md", f"# {hostile}\n\n## {hostile}\n\n{hostile}\n")
    desk.project.build()
    for path in ("", "page/b/"):
        body = desk.ask("GET", desk.root + path)[1]
        assert b"<script>alert" not in body
        assert b"<img" not in body


@pytest.mark.attack("tampering", "a log of approvals that was changed is told, and nothing is decided by it")
def test_a_log_that_was_changed_is_told_and_nothing_is_decided(desk: Desk) -> None:
    desk.approve()
    path = desk.project.place / "approvals.jsonl"
    path.write_bytes(b"{}\n" + path.read_bytes())
    status, body = desk.ask("GET", desk.root)
    assert status == 409
    assert b"the log of approvals was changed" in body


@pytest.mark.attack("worker", "the decoder of uploads may do nothing else")
def test_the_decoder_of_uploads_may_do_nothing_else(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import os, socket; from voicegen import confined; confined.limit(os.getpid(), confined.MUCH, 0);"
        "confined.shut_in()\n"
        f"try:\n    os.open({str(tmp_path / 'x')!r}, os.O_CREAT | os.O_WRONLY); print('written')\n"
        "except OSError: print('no file')\n"
        "try:\n    socket.socket(); print('reached')\nexcept OSError: print('no network')\n"
        "try:\n    bytearray(5 << 30); print('taken')\nexcept MemoryError: print('no memory')\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split("\n")[:3] == ["no file", "no network", "no memory"]
    worker = Path(_decoding_worker.__file__).read_text("utf-8")  # it is shut in before it reads what was sent
    assert worker.index("confined.shut_in()") < worker.index("decoded(sys.stdin")
