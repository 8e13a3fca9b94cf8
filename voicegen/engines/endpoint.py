"""endpoint: the voices of any server with OpenAI's speech interface, on a host that you name. Off by default.

`POST {address}/v1/audio/speech` with model, voice, input and response_format (OpenAI API reference, "Create
speech") is understood by that company's own service and by many programs that run in one's own house. The text of
the pages goes to the host: `[endpoint] allow = true` in voicegen.toml says that it may, and
`--send-text-to endpoint` on the command line that it shall.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from voicegen.confined import MUCH
from voicegen.contracts import Voice, Worker
from voicegen.engines._endpoint_settings import KEY_VARIABLE, RATE_HZ, VARIABLE, Settings, checked
from voicegen.errors import MissingPartError

OPTIONS = (
    (
        "allow",
        "false",
        "Must be true, or nothing is sent; the command must consent too: `--send-text-to endpoint`.",
    ),
    ("address", "none", "`https://host` of the server; `http` only for one on this very machine."),
    ("model", "none", "The server's name of the model."),
    (
        "voices",
        "none",
        '`[endpoint.voices]`: language tag = the server\'s name of the voice, such as `en = "NAME"`; `mul`: all.',
    ),
    ("response_format", '"wav"', '"wav", or "mp3" where the line is slow: it is compressed twice then.'),
    ("speed", "1", "How fast, from 0.25 to 4 times the voice's own pace; servers that know no speed want 1."),
    (
        "key_variable",
        f'"{KEY_VARIABLE}"',
        "The environment variable `VOICEGEN_…` that holds the key, if the server wants one: none is in this file.",
    ),
    ("deadline_s", "90", "Most seconds for one line, with all waits and tries, from 0.1 to 600."),
    ("interval_s", "0.2", "Least seconds between two requests, up to 60; waits after faults start from it."),
    ("tries", "5", "How often a request is sent before its line is given up, from 1 to 10."),
    ("ca_file", "none", "A PEM file of the only certificate authorities to trust, such as your own."),
    ("proxy", "none", "`http://host:port` of the proxy to go through. The environment's proxies are never used."),
)
"""What `[endpoint]` may hold: key, default, meaning."""
ABOUT = {
    "sounds": "as the server's voices do",
    "licence": "the server's terms, for the voice and for what it speaks",
    "leaves the house": "the words of the pages, to the host that you name",
    "to use it": 'a server with OpenAI\'s speech interface; [endpoint] allow = true, [voice] engine = "endpoint", '
    "and voicegen build --send-text-to endpoint",
}
"""What to know before choosing it."""
CUTTING = 1
"""Raised when lines that are too long for one request are cut differently, for then they sound different."""
GRACE_S = 20.0
"""Starting the worker and looking up the host's address are not part of a line's own deadline."""


class Endpoint:
    """The engine; it sends nothing itself, its worker does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def voices(self) -> Sequence[Voice]:
        """Those that voicegen.toml names; the server is not asked."""
        model = self.settings.model
        return tuple(
            Voice(name, tag, f"{name}, {model}", RATE_HZ) for tag, name in sorted(self.settings.voices.items())
        )

    def fingerprint(self) -> str:
        """Address, model, format and speed. The server's own changes can't be seen: what was spoken is kept."""
        s = self.settings
        return f"endpoint {s.address} {s.model} {s.response_format} speed {s.speed:g} cutting {CUTTING}"

    def files(self) -> Sequence[Path]:
        """None: all of it is in voicegen.toml."""
        return ()

    def worker(self, voice: Voice) -> Worker:
        """The one program that talks to the server, so that its pace holds for the whole build."""
        for package in ("av", "requests"):
            if find_spec(package) is None:
                raise MissingPartError(
                    "endpoint", f"the Python package {package} is not there", f"Run pip install {package}."
                )
        facts = json.dumps({"voice": voice.id, **asdict(self.settings)})
        return Worker(
            argv=(sys.executable, "-P", str(Path(__file__).with_name("_endpoint_worker.py"))),
            env={"LC_ALL": "C.UTF-8", VARIABLE: facts},  # not arguments, which others may read: it holds the key
            timeout_s=self.settings.deadline_s + GRACE_S,
            jobs=1,
            host=self.settings.host,
            memory_bytes=MUCH,
        )


def engine(options: Mapping[str, object]) -> Endpoint:
    """The engine, where configuration and command both allow it. Raises SettingsError where not."""
    return Endpoint(checked(options))
