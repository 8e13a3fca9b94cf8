"""A server on this machine with OpenAI's speech interface, faults included, over TLS or without.

It wants the key KEY, knows the model "tts-1" and the voices "alloy" and "coral", and answers with real sound files
as long as the text takes to say. Faults that are not of this interface are those of `google_speech`.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import threading
import time
import wave
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.engines.google_speech import Asked, Behaviour, GoogleSpeech, babble, mp3
from tests.engines.google_speech import Handler as Plain

KEY = "sk-test-canary-0123456789"


def wav(samples: bytes, rate_hz: int = 24_000, unknown_length: bool = False) -> bytes:
    """The samples as a WAV; with the length that servers write which send before they know it."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes(samples)
    data = file.getvalue()
    return data if not unknown_length else data[:40] + b"\xff\xff\xff\xff" + data[44:]


@cache
def spoken(text: str, kind: str = "wav") -> bytes:
    """A sound file about as long as it takes to say `text`."""
    samples = babble(3 + len(text) * 10 // 15)
    return wav(samples) if kind == "wav" else mp3(samples)


class Handler(Plain):
    """Answers as the real one does, unless told otherwise."""

    def do_POST(self) -> None:  # noqa: N802 - the server's name for it
        facts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(facts["input"], facts["voice"], None, time.monotonic(), dict(self.headers))
        self.server.received.append(asked)
        self.facts = facts
        self.server.plan.popleft()(self, asked) if self.server.plan else self._speak(facts)

    def _speak(self, facts: dict[str, object]) -> None:
        if self.headers.get("Authorization") != f"Bearer {KEY}":
            words = f"Incorrect API key provided: {self.headers.get('Authorization', '')}."
            self.refuse(401, words)
        elif not self.path.endswith("/v1/audio/speech") or facts["model"] != "tts-1":
            self.refuse(404, "The model does not exist")
        elif facts["voice"] not in {"alloy", "coral"}:
            self.refuse(400, f"No such voice to say {facts['input']}")
        else:
            kind = str(facts["response_format"])
            self.answer(spoken(str(facts["input"]), kind), Content_Type=f"audio/{kind}")

    def refuse(self, status: int, words: str) -> None:
        """A message as the interface has them; its reason repeats what was asked, as a careless one's may."""
        body = json.dumps({"error": {"message": words, "type": "invalid_request_error"}}).encode()
        self.send_response(status, words.encode("ascii", "replace").decode())
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def sound(body: bytes, media_type: str = "audio/wav") -> Behaviour:
    """These bytes as if they were sound."""
    return lambda handler, _: handler.answer(body, Content_Type=media_type)


def cut_short(handler: Plain, asked: Asked) -> None:
    """The spoken text, two thirds of it, as if that were all."""
    body = spoken(asked.text)
    handler.answer(body[: len(body) * 2 // 3], Content_Type="audio/wav")


def body_cut(handler: Plain, asked: Asked) -> None:
    """Half of what Content-Length promises."""
    body = spoken(asked.text)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def broken_off(handler: Plain, asked: Asked) -> None:
    """Three quarters of sound whose length nothing tells, and then an end that nothing announces."""
    body = wav(babble(3 + len(asked.text) * 10 // 15), unknown_length=True)
    handler.send_response(200)
    handler.send_header("Content-Type", "audio/wav")
    handler.end_headers()
    handler.wfile.write(body[: len(body) * 3 // 4])
    handler.close_connection = True


class OpenaiSpeech(GoogleSpeech):
    """The server; it runs within `with running(...)`."""

    handler = Handler

    def __init__(self, folder: Path, tls: bool = True) -> None:
        super().__init__(folder)
        self._over_tls = tls

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http{'s' * self._over_tls}://127.0.0.1:{self.server_address[1]}"

    def options(self, **more: object) -> dict[str, object]:
        """The engine's options to ask this server, quick enough for tests."""
        consent: dict[str, object] = {"allow": True, "send_text_to": "endpoint"}
        named = {"address": self.address, "model": "tts-1", "voices": {"en": "alloy", "es": "coral"}}
        trusted = {"ca_file": str(self.ca_file)} if self._over_tls else {}
        return {**consent, **named, **trusted, "deadline_s": 20, "interval_s": 0.01, "tries": 3, **more}

    def finish_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        """Serves one connection, in its own thread."""
        if self._over_tls:
            super().finish_request(request, client_address)
        else:
            with contextlib.suppress(OSError):
                Handler(request, client_address, self)


@contextlib.contextmanager
def running(folder: Path, tls: bool = True) -> Iterator[OpenaiSpeech]:
    """A server with a certificate for this machine, or without."""
    with OpenaiSpeech(folder, tls) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
