"""flite: small American English voices from the system's package of that name. Nothing leaves the machine.

Its library has a licence like BSD's and runs in processes of its own (`_flite_worker.py`).
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from voicegen.confined import LITTLE
from voicegen.contracts import Voice, Worker
from voicegen.engines._flite_worker import PARTS, RATE_HZ
from voicegen.errors import MissingPartError, SettingsError

OPTIONS = (("rate", "150", "About how many words a minute, from 80 to 320; 150 is calm."),)
"""What `[flite]` may hold: key, default, meaning."""
ABOUT = {
    "sounds": "less like a robot, muffled; American English",
    "licence": "like BSD, of the program and its voices; what it speaks is yours",
    "leaves the house": "nothing",
    "to use it": 'the system package flite; [voice] engine = "flite"',
}
"""What to know before choosing it."""
FOLDERS = ("usr/lib/*-linux-gnu", "usr/lib64", "usr/lib", "usr/local/lib")
"""Where systems keep libraries, below the root."""
VOICES = {
    "cmu_us_rms": ("rms, a man", 199),
    "cmu_us_slt": ("slt, a woman", 218),
    "cmu_us_awb": ("awb, a man with a Scottish accent", 217),
    "cmu_us_kal16": ("kal16, a man, made of joined sounds", 227),
}
"""Voices at RATE_HZ, the best understood on a telephone first (docs/why/intelligibility.md): in words, and how
many words a minute they speak by themselves (measured on 62 words of advice). `cmu_us_kal` is `cmu_us_kal16` at
half the rate; `cmu_time_awb` can only tell the time."""
LANG = "en-US"


class Flite:
    """The engine. Nothing is loaded into this process."""

    def __init__(self, rate: int, root: Path = Path("/")) -> None:
        self._rate = rate
        self._root = root

    @cached_property
    def _folder(self) -> Path:
        """The folder with the libraries. Raises MissingPartError where this machine has none."""
        for pattern in FOLDERS if hasattr(os, "fork") else ():
            for folder in sorted(self._root.glob(pattern)):
                if all((folder / f"lib{name}.so.1").is_file() for name in PARTS) and self._files(folder):
                    return folder
        raise MissingPartError(
            "flite", "its libraries are not on this machine", "Install the system package flite (Debian, Ubuntu)."
        )

    @staticmethod
    def _files(folder: Path) -> dict[str, Path]:
        files = {name: folder / f"libflite_{name}.so.1" for name in VOICES}
        return {name: path for name, path in files.items() if path.is_file()}

    def voices(self) -> Sequence[Voice]:
        """Those that are installed; the best of them speaks for English of any country."""
        names = list(self._files(self._folder))
        found = [Voice(name, LANG, VOICES[name][0], RATE_HZ) for name in names]
        return (Voice(names[0], "en", VOICES[names[0]][0], RATE_HZ), *found)

    def fingerprint(self) -> str:
        """A digest of the libraries, and the rate."""
        return f"flite {self._digest} rate {self._rate}"

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256()
        files = [self._folder / f"lib{name}.so.1" for name in PARTS]
        for path in (*files, *self._files(self._folder).values()):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    def worker(self, voice: Voice) -> Worker:
        """A lean Python process that loads the libraries and forks for each line."""
        if voice.id not in self._files(self._folder):
            raise MissingPartError(f"voice {voice.id}", "flite does not have it here", "Run `voicegen voices`.")
        stretch = VOICES[voice.id][1] / self._rate
        program = Path(__file__).with_name("_flite_worker.py")
        argv = (sys.executable, "-I", "-S", str(program), str(self._folder), voice.id, repr(stretch))
        return Worker(argv, env={"LC_ALL": "C.UTF-8"}, memory_bytes=LITTLE)


def engine(options: Mapping[str, object]) -> Flite:
    """The engine with its options checked. Raises SettingsError for a key or value that can't be."""
    for key in options:
        if key not in {"rate", "root", "send_text_to"}:
            raise SettingsError(f"voicegen.toml, [flite] {key}", "there is no such key", "The key is: rate.")
    rate = options.get("rate", 150)
    if not isinstance(rate, int) or isinstance(rate, bool) or not 80 <= rate <= 320:
        raise SettingsError(
            "voicegen.toml, [flite] rate", f"{rate!r} is not a whole number from 80 to 320", "Give such a number."
        )
    return Flite(rate)
