"""A real object store on this machine (SeaweedFS), and a gate before it that counts and breaks what is asked."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import struct
import subprocess
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import obstore
from obstore.store import S3Store

KEY, SECRET = "AKCANARYVOICEGEN", "sk-CANARY-voicegen-tests"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
IDENTITIES = {
    "identities": [
        {
            "name": "clinic",
            "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        },
        {"name": "anonymous", "actions": ["Read:web"]},
    ]
}
START_S = 90
"""A busy machine takes its time; an idle one needs four seconds."""


BUCKET, WEB = "clinic", "web"
"""A bucket for those who have the keys, and one that everybody may read."""


def bucket(port: int, folder: str = "", name: str = BUCKET) -> S3Store:
    """The bucket, or a folder in it, as a stranger's program sees it."""
    config = {"aws_endpoint": f"http://127.0.0.1:{port}", "aws_virtual_hosted_style_request": "false"}
    config |= {name.lower(): value for name, value in ENVIRONMENT.items()}
    return S3Store(name, prefix=folder or None, config=config, client_options={"allow_http": True})  # type: ignore[arg-type]


def free_ports(number: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


@contextmanager
def seaweed(place: Path) -> Iterator[int]:
    """A server with an empty bucket; gives its port."""
    program = Path(sysconfig.get_path("scripts")) / "weed"
    config = place / "identities.json"
    config.write_text(json.dumps(IDENTITIES))
    s3, *others = free_ports(8)
    names = ("s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port")
    ports = [f"-{name}={port}" for name, port in zip((*names, "filer.port.grpc"), others, strict=True)]
    options = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={place}", "-s3", f"-s3.port={s3}", *ports]
    options += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false", f"-s3.config={config}"]
    options += ["-master.volumeSizeLimitMB=64", "-volume.max=20"]
    with (place / "log").open("wb") as log:
        run = subprocess.Popen([program, "-logtostderr=true", "server", *options], stdout=log, stderr=log)
        try:
            end = time.monotonic() + START_S
            while not _answers(s3):
                if run.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((place / "log").read_text("utf-8", "replace")[-3000:])
                time.sleep(0.1)
            for name in (BUCKET, WEB):
                obstore.put(bucket(s3, name=name), "made", b"")
            yield s3
        finally:
            run.kill()  # it would take its time to put away what nobody will read
            run.wait()


def _answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            connection.request("GET", "/")
            answer = connection.getresponse()
            answer.read()
            return answer.status == 403
    except OSError:
        return False


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    """With the question mark and what follows."""
    sent: int
    """Bytes of the body."""


Fault = Callable[["Question"], None]


@dataclass
class Gate:
    """Passes on what is asked, unless `fault` says otherwise for it, and notes all of it."""

    server: int
    fault: Callable[[Asked], Fault | None] = field(default=lambda asked: None)
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Set when whoever hangs shall go on."""
    port: int = 0

    def once(self, fault: Fault, method: str, where: str = "", times: int = 1) -> None:
        """Breaks the next questions of a kind, so many times."""
        left = [times]

        def chosen(asked: Asked) -> Fault | None:
            if left[0] and asked.method == method and where in asked.path:
                left[0] -= 1
                return fault
            return None

        self.fault = chosen

    def always(self, fault: Fault, method: str = "") -> None:
        self.fault = lambda asked: fault if asked.method.startswith(method) else None

    def counts(self) -> dict[str, int]:
        return {
            method: sum(one.method == method for one in self.asked) for method in {a.method for a in self.asked}
        }


class Question(BaseHTTPRequestHandler):
    """One question, as it comes through the gate."""

    protocol_version = "HTTP/1.1"
    gate: Gate

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def _answer(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        asked = Asked(self.command, self.path, len(self.body))
        self.gate.asked.append(asked)
        fault = self.gate.fault(asked)
        if fault:
            fault(self)
        else:
            self.passed_on()

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _answer  # noqa: N815

    def ask(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """What the server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.gate.server, timeout=60)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            connection.putheader(name, value)
        connection.endheaders(self.body or None)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        left = {"transfer-encoding", "connection", "content-length"}
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in left]
        length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(data))
        return answer.status, [*headers, ("Content-Length", length or "0")], data

    def passed_on(self) -> None:
        self.say(*self.ask())

    def say(self, status: int, headers: list[tuple[str, str]], data: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def broken_off(self) -> None:
        """Ends the connection as a machine does that is switched off."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


def reset(question: Question) -> None:
    question.broken_off()


def slow_down(question: Question) -> None:
    text = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
    question.say(503, [("Content-Length", str(len(text))), ("Content-Type", "application/xml")], text)


def cut_off(question: Question) -> None:
    """Half of the answer, and then nothing more."""
    status, headers, data = question.ask()
    question.say(status, headers, data[: len(data) // 2])
    question.broken_off()


def shortened(question: Question) -> None:
    """Half of the answer, given out for all of it."""
    status, headers, data = question.ask()
    half = data[: len(data) // 2]
    headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
    question.say(status, [*headers, ("Content-Length", str(len(half)))], half)


def altered(question: Question) -> None:
    """The answer with one byte changed, in its first half."""
    status, headers, data = question.ask()
    at = len(data) // 3
    question.say(status, headers, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def lost(question: Question) -> None:
    """The server does as it was told, and its answer does not arrive."""
    question.ask()
    question.broken_off()


def refused(question: Question) -> None:
    question.say(403, [("Content-Length", "0")], b"")


def hang(question: Question) -> None:
    question.gate.released.wait(60)
    question.broken_off()


def drip(question: Question) -> None:
    """The answer byte by byte, so slowly that no pause is long and it never ends."""
    status, headers, data = question.ask()
    question.say(status, headers, b"")
    for byte in data:
        if question.gate.released.wait(0.2):
            break
        question.wfile.write(bytes([byte]))
        question.wfile.flush()
    question.broken_off()


def unconditional(question: Question) -> None:
    """The server puts whatever stands there, as those do that know no If-None-Match."""
    if question.command == "PUT":
        folder, _, name = question.path.removeprefix(f"/{BUCKET}/").rpartition("/")
        with contextlib.suppress(FileNotFoundError):
            obstore.delete(bucket(question.gate.server, folder), name)
    question.passed_on()


@contextmanager
def gate(server: int) -> Iterator[Gate]:
    """A gate before the server at a port."""
    made = Gate(server)
    handler = type("Handler", (Question,), {"gate": made})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    listening.daemon_threads = True
    made.port = listening.server_address[1]
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield made
    finally:
        made.released.set()
        listening.shutdown()
        thread.join()
        listening.server_close()
