"""gTTS: Google Translate's voices, over the network, with the package gTTS. Off unless asked for twice.

The text of the pages leaves the machine: `[gtts] allow = true` in voicegen.toml says that it may, and
`--send-text-to gtts` on the command line that it shall. The service is undocumented and has no contract with
you; it may refuse, slow down or change at any time. Nothing with a patient's name belongs there.
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
from voicegen.engines._gtts_settings import RATE_HZ, VARIABLE, Settings, checked
from voicegen.errors import MissingPartError

OPTIONS = (
    ("allow", "false", "Must be true, or nothing is sent; the command must consent too: `--send-text-to gtts`."),
    ("tld", '"com"', "The domain of translate.google.TLD; it decides the accent of some languages."),
    ("slow", "false", "Google's slower reading."),
    ("deadline_s", "90", "Most seconds for one line, with all waits and tries, from 0.1 to 600."),
    ("interval_s", "1", "Least seconds between two requests, from 0.2 to 60; waits after faults start from it."),
    ("tries", "5", "How often a request is sent before its line is given up, from 1 to 10."),
    (
        "ca_file",
        "none",
        "A PEM file of the only certificate authorities to trust, for a network that inspects TLS.",
    ),
    ("proxy", "none", "`http://host:port` of the proxy to go through. The environment's proxies are never used."),
    (
        "address",
        "none",
        "`https://127.0.0.1:port` instead of Google, for tests; this machine only; needs `ca_file`.",
    ),
)
"""What `[gtts]` may hold: key, default, meaning."""
ABOUT = {
    "sounds": "natural, flat; one voice a language",
    "licence": "Google's terms of service; an interface that nobody promised, and no contract with you",
    "leaves the house": "the words of the pages, to Google",
    "to use it": '[gtts] allow = true, [voice] engine = "gtts", and voicegen build --send-text-to gtts',
}
"""What to know before choosing it."""
CUTTING = 1
"""Raised when `_cloud_clauses.py` cuts lines differently, for then they sound different."""
GRACE_S = 20.0
"""Starting the worker and looking up the host's address are not part of a line's own deadline."""
TAGS = {
    "iw": ("he",),
    "jw": ("jv",),
    "no": ("no", "nb"),
    "tl": ("fil", "tl"),
    "zh-TW": ("zh-TW", "zh-Hant"),
}
"""BCP 47 tags of languages that Google names otherwise, or that pages name in more than one way."""


class Gtts:
    """The engine; it sends nothing itself, its worker does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def voices(self) -> Sequence[Voice]:
        """A voice for each language of gTTS's table; none where the package is missing."""
        if find_spec("gtts") is None:
            return ()
        from gtts.lang import tts_langs

        languages: dict[str, str] = tts_langs()
        return tuple(
            Voice(name, tag, f"Google Translate, {words}", RATE_HZ)
            for name, words in sorted(languages.items())
            for tag in TAGS.get(name, (name,))
        )

    def fingerprint(self) -> str:
        """Package, host, speed and cutting. Google's own changes can't be seen: what was spoken is kept."""
        from importlib.metadata import version  # takes longer to import than all the rest of this

        package = version("gtts") if find_spec("gtts") else "missing"
        speed = "slow" if self.settings.slow else "normal"
        return f"gtts {package} {self.settings.host} {speed} cutting {CUTTING}"

    def files(self) -> Sequence[Path]:
        """None: the package, host, speed and cutting are in voicegen.toml and in Python packages."""
        return ()

    def worker(self, voice: Voice) -> Worker:
        """The one program that talks to Google, so that its pace holds for the whole build."""
        for package in ("gtts", "av", "requests"):
            if find_spec(package) is None:
                raise MissingPartError(
                    "gtts", f"the Python package {package} is not there", f"Run pip install {package}."
                )
        facts = json.dumps({"lang": voice.id, **asdict(self.settings)})
        return Worker(
            argv=(sys.executable, "-P", str(Path(__file__).with_name("_gtts_worker.py"))),
            env={"LC_ALL": "C.UTF-8", VARIABLE: facts},  # not arguments: a proxy may hold a password
            timeout_s=self.settings.deadline_s + GRACE_S,
            jobs=1,
            host=self.settings.host,
            memory_bytes=MUCH,
        )


def engine(options: Mapping[str, object]) -> Gtts:
    """The engine, where configuration and command both allow it. Raises SettingsError where not."""
    return Gtts(checked(options))
