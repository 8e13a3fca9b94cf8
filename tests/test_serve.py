"""The preview server, asked over real connections."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.errors import SettingsError
from voicegen.serve import Preview, found, part

SOUND = random.Random(1).randbytes(300_000)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Preview]:
    with Preview(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "output"
    (root / "back-pain").mkdir(parents=True)
    (root / "empty-folder").mkdir()
    (root / "index.html").write_text("<!doctype html><title>List</title>", "utf-8")
    (root / "back-pain" / "index.html").write_text("<!doctype html><title>Page</title>", "utf-8")
    (root / "back-pain" / "page.mp3").write_bytes(SOUND)
    (root / "back-pain" / "captions.vtt").write_text("WEBVTT\n", "utf-8")
    (root / "nothing.mp3").write_bytes(b"")
    (root / ".stamp").write_text("ours", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    long_ago = time.time() - 86_400
    os.utime(root / "back-pain" / "page.mp3", (long_ago, long_ago))
    return root


@pytest.fixture
def server(folder: Path) -> Iterator[Preview]:
    with running(folder) as server:
        yield server


def ask(
    server: Preview, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """The answer to one request. Header names are given with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    with contextlib.closing(connection):
        connection.putrequest(method, target, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer, answer.read()


MP3 = "/back-pain/page.mp3"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/back-pain/", "text/html; charset=utf-8"),
        ("/back-pain/?utm=1#top", "text/html; charset=utf-8"),
        ("/back%2Dpain/captions.vtt", "text/vtt; charset=utf-8"),
        (MP3, "audio/mpeg"),
    ],
)
def test_files_and_folders_come_with_their_type(server: Preview, target: str, kind: str) -> None:
    answer, body = ask(server, target)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == kind
    assert int(answer.headers["Content-Length"]) == len(body) > 0


def test_head_says_what_get_would_and_sends_nothing(server: Preview) -> None:
    whole, _ = ask(server, MP3)
    head, body = ask(server, MP3, "HEAD", Range="bytes=0-9")
    assert (head.status, body) == (200, b"")
    assert {name: value for name, value in head.headers.items() if name != "Date"} == {
        name: value for name, value in whole.headers.items() if name != "Date"
    }


def test_a_folders_address_without_its_slash_leads_to_the_one_with_it(server: Preview) -> None:
    answer, _ = ask(server, "/back-pain")
    assert (answer.status, answer.headers["Location"]) == (301, "/back-pain/")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=299000-", 299_000, 299_999),
        ("bytes=0-", 0, 299_999),
        ("bytes=-500", 299_500, 299_999),
        ("bytes=-999999999", 0, 299_999),
        ("bytes=299999-999999999999999999999", 299_999, 299_999),
        ("Bytes=5-6", 5, 6),
    ],
)
def test_a_range_gives_these_bytes_and_says_which(server: Preview, asked: str, first: int, last: int) -> None:
    answer, body = ask(server, MP3, Range=asked)
    assert answer.status == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/300000"
    assert body == SOUND[first : last + 1]


@pytest.mark.parametrize(
    "asked", ["bytes=300000-", "bytes=400000-500000", "bytes=-0", "bytes=" + "9" * 4000 + "-"]
)
def test_a_range_beyond_the_end_is_refused_with_the_length(server: Preview, asked: str) -> None:
    answer, body = ask(server, MP3, Range=asked)
    assert (answer.status, answer.headers["Content-Range"], body) == (416, "bytes */300000", b"")


def test_no_range_of_an_empty_file_can_be_had(server: Preview) -> None:
    assert ask(server, "/nothing.mp3")[0].status == 200
    for asked in ("bytes=0-", "bytes=-5"):
        answer, _ = ask(server, "/nothing.mp3", Range=asked)
        assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */0")


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "items=0-5", "bytes=0-1,5-6", "bytes", "", "bytes=+1-5", "bytes=١-٢"],
)
def test_a_range_that_means_nothing_to_us_gives_the_whole(server: Preview, asked: str) -> None:
    encoded = asked.encode().decode("latin-1")
    answer, body = ask(server, MP3, Range=encoded)
    assert (answer.status, body) == (200, SOUND)


def test_a_range_holds_only_for_the_file_that_the_client_knows(server: Preview, folder: Path) -> None:
    answer, _ = ask(server, MP3)
    tag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert ask(server, MP3, Range="bytes=0-9", If_Range=tag)[0].status == 206
    assert ask(server, MP3, Range="bytes=0-9", If_Range=changed)[0].status == 206
    for other in (f"W/{tag}", '"other"', formatdate(0, usegmt=True), "nonsense"):
        assert ask(server, MP3, Range="bytes=0-9", If_Range=other)[0].status == 200
    (folder / "back-pain" / "page.mp3").write_bytes(SOUND[:1000])
    answer, body = ask(server, MP3, Range="bytes=0-9", If_Range=tag)
    assert (answer.status, body) == (200, SOUND[:1000])
    changed = answer.headers["Last-Modified"]  # of this very second: it may be changed again and keep its date
    assert ask(server, MP3, Range="bytes=0-9", If_Range=changed)[0].status == 200


def test_a_copy_that_is_still_good_is_not_sent_again(server: Preview) -> None:
    answer, _ = ask(server, MP3)
    tag, changed = answer.headers["ETag"], answer.headers["Last-Modified"]
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f'"a", W/{tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": changed},
        {"If_Modified_Since": formatdate(usegmt=True)},
    ):
        answer, body = ask(server, MP3, **headers)
        assert (answer.status, body, answer.headers["ETag"]) == (304, b"", tag)
    for headers in (
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": changed},
        {"If_Modified_Since": formatdate(0, usegmt=True)},
        {"If_Modified_Since": "yesterday"},
    ):
        assert ask(server, MP3, **headers)[0].status == 200


def test_a_player_can_seek_about_on_one_connection(server: Preview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    with contextlib.closing(connection):
        for first in (0, 250_000, 10_000, 299_990):
            connection.request("GET", MP3, headers={"Range": f"bytes={first}-"})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (206, SOUND[first:])


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/back-pain/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//../secret.txt",
        "/back-pain/%00",
        "/index.html%00.mp3",
        "/.stamp",
        "/back-pain/.hidden/x",
        "/empty-folder/",
        "/index.html/",
        "/no-such-page/",
        "/%ff%fe",
        "/C:/Windows/win.ini",
        "/" + "a" * 5_000,
        "http://127.0.0.1/secret.txt",
        "*",
        "secret.txt",
    ],
)
def test_nothing_outside_the_folder_and_no_listing_is_given(server: Preview, target: str) -> None:
    raw = f"GET {target} HTTP/1.1\r\nHost: localhost:{server.server_address[1]}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.server_address[1]), 5) as connection:
        connection.sendall(raw.encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.split()[1] in (b"400", b"404")
    assert b"secret" not in answer


def test_links_are_followed_inside_the_folder_and_not_out_of_it(server: Preview, folder: Path) -> None:
    (folder / "inside.mp3").symlink_to(folder / "back-pain" / "page.mp3")
    (folder / "outside.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "outside").symlink_to(folder.parent)
    (folder / "loop").symlink_to(folder / "loop")
    assert ask(server, "/inside.mp3")[0].status == 200
    for target in ("/outside.txt", "/outside/secret.txt", "/outside", "/outside/", "/loop", "/loop/"):
        assert ask(server, target)[0].status == 404


def test_a_pipe_in_the_folder_does_not_hang_the_server(server: Preview, folder: Path) -> None:
    os.mkfifo(folder / "pipe.mp3")
    assert ask(server, "/pipe.mp3")[0].status == 404


@given(st.text())
def test_whatever_the_target_it_leads_inside_or_nowhere(target: str) -> None:
    root = Path(__file__).resolve().parent / "engines"
    with contextlib.suppress(FileNotFoundError):
        assert found(root, "/" + target).is_relative_to(root)


@given(st.text(max_size=30) | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), st.integers(0, 10_000))
def test_whatever_the_range_it_lies_within_the_file(header: str, size: int) -> None:
    wanted = part(header, size)
    assert not wanted or (wanted[0] >= 0 and wanted[-1] < size)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost", "127.0.0.1:1", "", "localhost:{port}@x"]
)
def test_only_requests_that_name_this_server_are_answered(server: Preview, host: str) -> None:
    port = server.server_address[1]
    answer, body = ask(server, "/", Host=host.format(port=port))
    assert answer.status == 421
    assert b"List" not in body


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}"])
def test_this_servers_own_names_are_answered(server: Preview, host: str) -> None:
    assert ask(server, "/", Host=host.format(port=server.server_address[1]))[0].status == 200


def test_a_request_with_no_host_or_with_two_is_refused(server: Preview) -> None:
    own = f"Host: localhost:{server.server_address[1]}\r\n"
    for hosts in ("", own * 2, own + "Host: evil.example\r\n"):
        with socket.create_connection(("127.0.0.1", server.server_address[1]), 5) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
            assert connection.recv(65_536).split()[1] == b"421"


@pytest.mark.parametrize(("target", "status"), [("/", 200), ("/nowhere", 404), (MP3, 200)])
def test_every_answer_keeps_strangers_out(server: Preview, target: str, status: int) -> None:
    answer, _ = ask(server, target)
    assert answer.status == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Access-Control-Allow-Origin"] is None
    rules = answer.headers["Content-Security-Policy"].split("; ")
    assert rules[0] == "default-src 'none'"
    assert "frame-ancestors 'none'" in rules
    assert "unsafe" not in " ".join(rules)
    assert "Python" not in answer.headers["Server"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "LIST"])
def test_only_get_and_head_are_known(server: Preview, method: str) -> None:
    assert ask(server, "/", method)[0].status == 501


def test_a_body_is_never_taken_for_the_next_request(server: Preview) -> None:
    own = f"Host: localhost:{server.server_address[1]}\r\n"
    hidden = f"GET /nothing.mp3 HTTP/1.1\r\n{own}\r\n"
    raw = f"GET /index.html HTTP/1.1\r\n{own}Content-Length: {len(hidden)}\r\n\r\n{hidden}"
    with socket.create_connection(("127.0.0.1", server.server_address[1]), 5) as connection:
        connection.sendall(raw.encode())
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while data := connection.recv(65_536):
                answer += data
    assert answer.count(b"HTTP/1.1 ") == 1


def test_a_player_that_breaks_off_disturbs_nobody(server: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    own = f"Host: localhost:{server.server_address[1]}\r\n"
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", server.server_address[1]), 5) as connection:
            connection.sendall(f"GET {MP3} HTTP/1.1\r\n{own}\r\n".encode())
            connection.recv(10)
    assert ask(server, MP3)[1] == SOUND
    assert capfd.readouterr() == ("", "")


def test_a_port_that_is_taken_is_named_with_a_remedy(server: Preview, folder: Path) -> None:
    port = server.server_address[1]
    with pytest.raises(SettingsError, match=f"port {port}: another program uses it.*--port"):
        Preview(folder, port)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_there_is_not_is_refused(folder: Path, port: int) -> None:
    with pytest.raises(SettingsError, match="no such port"):
        Preview(folder, port)


def test_a_folder_that_was_not_built_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="voicegen build"):
        Preview(tmp_path / "output", 0)


def test_the_server_listens_on_the_loopback_address_only(server: Preview) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_control_c_ends_it_without_a_word(folder: Path) -> None:
    program = "import sys, pathlib; from voicegen.serve import serve; folder = pathlib.Path(sys.argv[1]); "
    program += "serve(folder, 0, lambda url: print(url, flush=True))"
    root = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        cwd=root,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    with socket.create_connection(
        ("127.0.0.1", int(url.rstrip("/").rpartition(":")[2])), 5
    ):  # one that stays open
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=30)
        finally:
            process.kill()
    assert (url.startswith("http://localhost:"), out, err, process.returncode) == (True, "", "", 0)
