"""Speaks lines with Google's voices by way of gTTS: the worker of `gtts.py`, which says what the settings mean.

The settings come as JSON in the environment variable VOICEGEN_GTTS. No line is ever logged.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

if __name__ == "__main__":
    # Run by its path: the package around it is ours, whatever else is installed; its folders shadow nothing.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import voicegen  # noqa: F401

    del sys.path[0]

from gtts import gTTS
from requests import PreparedRequest

from voicegen.engines import _protocol
from voicegen.engines._cloud_clauses import clauses
from voicegen.engines._cloud_exchange import Exchange
from voicegen.engines._cloud_pace import Pace
from voicegen.engines._gtts_answer import speech
from voicegen.engines._gtts_settings import RATE_HZ, VARIABLE, Settings

MOST_BYTES = 4 << 20
"""A hundred characters are some 50 kB of MP3, and a third more in base64."""


class Speaker:
    """Speaks line after line in one language."""

    def __init__(self, lang: str, settings: Settings) -> None:
        self._lang = lang
        self._settings = settings
        self._exchange = Exchange("gtts", settings.ca_file, settings.proxy)
        self._pace = Pace("gtts", settings.host, settings.deadline_s, settings.interval_s, settings.tries)

    def close(self) -> None:
        """Ends the connections."""
        self._exchange.close()

    def speak(self, text: str) -> bytes:
        """The samples of `text`. Raises Failure where it can't be had within the deadline."""
        return self._pace.line(clauses(text, gTTS.GOOGLE_TTS_MAX_CHARS), self._ask, RATE_HZ)

    def _ask(self, piece: str, ends_at: float) -> bytes:
        request = prepared(piece, self._lang, self._settings)
        body, _ = self._exchange.post(request, ends_at, MOST_BYTES)
        return speech(body, piece, RATE_HZ)


def prepared(piece: str, lang: str, settings: Settings) -> PreparedRequest:
    """The one request of gTTS for exactly `piece`: nothing is pre-processed, nothing is cut again."""
    speech = gTTS(
        piece,
        tld=settings.tld,
        lang=lang,
        slow=settings.slow,
        lang_check=False,  # the voice came from gTTS's own table
        pre_processor_funcs=[],
        tokenizer_func=lambda text: [text],
    )
    request: PreparedRequest
    (request,) = speech._prepare_requests()
    if settings.address:
        request.url = settings.address + urlsplit(str(request.url)).path
    return request


def main() -> None:
    """Answers requests until standard input ends."""
    facts = json.loads(os.environ[VARIABLE])
    speaker = Speaker(facts.pop("lang"), Settings(**facts))
    try:
        _protocol.serve(speaker.speak)
    finally:
        speaker.close()


if __name__ == "__main__":
    main()
