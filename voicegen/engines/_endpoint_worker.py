"""Speaks lines with a server that has OpenAI's speech interface: the worker of `endpoint.py`.

The settings, with the key, come as JSON in the environment variable VOICEGEN_ENDPOINT. No line is ever logged.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

if __name__ == "__main__":
    # Run by its path: the package around it is ours, whatever else is installed; its folders shadow nothing.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    import voicegen  # noqa: F401

    del sys.path[0]

from requests import PreparedRequest, Request

from voicegen.engines import _protocol
from voicegen.engines._cloud_clauses import clauses
from voicegen.engines._cloud_exchange import Exchange, Trouble
from voicegen.engines._cloud_pace import Pace
from voicegen.engines._cloud_sound import damaged, speech
from voicegen.engines._endpoint_settings import FORMATS, PATH, RATE_HZ, VARIABLE, Settings

MOST_CHARACTERS = 4096
"""That the interface takes at once (OpenAI API reference, "Create speech", input)."""
MOST_BYTES = 32 << 20
"""Some five minutes of WAV at 48,000 Hz."""
REFUSED = {
    400: "it can't take the request; look at model, voices, response_format and speed under [endpoint]",
    404: "there is nothing at this address, or no such model; look at address and model under [endpoint]",
    422: "it can't take the request; look at model, voices, response_format and speed under [endpoint]",
}


class Speaker:
    """Speaks line after line in one voice."""

    def __init__(self, voice: str, settings: Settings) -> None:
        self._voice = voice
        self._settings = settings
        key = f"it does not let us in with the key in the environment variable {settings.key_variable}"
        no_key = f"it wants a key; put one into the environment variable {settings.key_variable}"
        words = key if settings.key else no_key
        self._exchange = Exchange(
            "endpoint", settings.ca_file, settings.proxy, {**REFUSED, 401: words, 403: words}
        )
        self._pace = Pace("endpoint", settings.host, settings.deadline_s, settings.interval_s, settings.tries)

    def close(self) -> None:
        """Ends the connections."""
        self._exchange.close()

    def speak(self, text: str) -> bytes:
        """The samples of `text`. Raises Failure where it can't be had within the deadline."""
        return self._pace.line(clauses(text, MOST_CHARACTERS), self._ask, RATE_HZ)

    def _ask(self, piece: str, ends_at: float) -> bytes:
        body, media_type = self._exchange.post(self._request(piece), ends_at, MOST_BYTES)
        start = body[:200].lstrip()
        if media_type.startswith("text/") or start[:1] == b"<":
            raise Trouble("it answered with a page of text, not with sound", temporary=True)
        if media_type.endswith("json") or start[:1] == b"{":
            raise damaged("it answered with a message, not with sound")
        kind = self._settings.response_format
        return speech(body, kind, piece, RATE_HZ, self._settings.speed)

    def _request(self, piece: str) -> PreparedRequest:
        facts: dict[str, str | float] = {
            "model": self._settings.model,
            "voice": self._voice,
            "input": piece,
            "response_format": self._settings.response_format,
        }
        if self._settings.speed != 1:  # not every server knows it
            facts["speed"] = self._settings.speed
        headers = {"Accept": FORMATS[self._settings.response_format], "Accept-Encoding": "identity"}
        if self._settings.key:
            headers["Authorization"] = f"Bearer {self._settings.key}"
        return Request("POST", self._settings.address + PATH, headers, json=facts).prepare()


def main() -> None:
    """Answers requests until standard input ends."""
    facts = json.loads(os.environ.pop(VARIABLE))
    speaker = Speaker(facts.pop("voice"), Settings(**facts))
    try:
        _protocol.serve(speaker.speak)
    finally:
        speaker.close()


if __name__ == "__main__":
    main()
