#!/usr/bin/env python3
"""gTTS, asking a service on this machine that speaks with espeak-ng and answers with MP3s, as Google's does.

with_gtts.py SECTIONS OUTPUT

The service costs as little as can be: in this process, the engine loaded once, LAME at the setting that voicegen
uses, and no TLS, which gTTS would begin anew for every piece of 100 characters.
"""

from __future__ import annotations

import base64
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest import mock
from urllib.parse import parse_qs

import gtts
import lameenc
from voice import RATE_HZ, Pipeline

SECTIONS, OUTPUT = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()  # the engine goes to its data's folder
VOICE, ONE_AT_A_TIME = Pipeline(), threading.Lock()


class Service(BaseHTTPRequestHandler):
    """Answers gTTS's one kind of question."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Speaks the text of the request."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
        text = json.loads(json.loads(parse_qs(body)["f.req"][0])[0][0][1])[0]
        with ONE_AT_A_TIME:
            sound = VOICE.pcm(text)
        encoder = lameenc.Encoder()
        encoder.set_bit_rate(64)
        encoder.set_in_sample_rate(RATE_HZ)
        encoder.set_channels(1)
        encoder.set_quality(5)
        encoder.silence()
        mp3 = bytes(encoder.encode(sound) + encoder.flush())
        row = ["wrb.fr", "jQ1olc", json.dumps([base64.b64encode(mp3).decode()]), None, None, None, "generic"]
        answer = f")]}}'\n\n{json.dumps([row], separators=(',', ':'))}\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=service.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{service.server_port}/"
with mock.patch("gtts.tts._translate_url", lambda tld="com", path="": address + path):
    for page in sorted(SECTIONS.iterdir()):
        text = "\n".join(file.read_text() for file in sorted(page.glob("*.txt")))
        gtts.gTTS(text, lang="en").save(str(OUTPUT / f"{page.name}.mp3"))
