"""espeak-ng: the embedded default. Fast, everywhere, over a hundred languages, and a robotic voice.

The library comes from the first of: the wheel `espeakng-loader` (a dependency of ours), the library inside
piper's wheel, a system library. It is GPL-3.0 and runs in processes of its own (`_espeak_worker.py`).
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

from voicegen.confined import LITTLE
from voicegen.contracts import Piece, Voice, Worker
from voicegen.engines._espeak_letters import letters_a
from voicegen.errors import MissingPartError, SettingsError
from voicegen.steps.workers import told

OPTIONS = (
    ("rate", "150", "Words a minute, from 96 to 540; 150 is calm."),
    ("pitch", "50", "Pitch of the voice, from 0 to 99."),
    ("variant", '""', 'One of espeak-ng\'s variants of each voice, such as "klatt" or "f2"; empty for none.'),
)
"""What `[espeak]` may hold: key, default, meaning."""
ABOUT = {
    "sounds": "like a robot, clear at any speed",
    "licence": "GPL-3.0-or-later, of the program; what it speaks is yours",
    "leaves the house": "nothing",
    "to use it": 'nothing is needed; [voice] engine = "espeak"',
}
"""What to know before choosing it."""
RATE_HZ = 22_050
"""What libespeak-ng 1.5x synthesises at, whatever the voice."""
WORDS_A_MINUTE_PER_UNIT = 1.2
"""Spoken English words a minute for each unit of espeak's rate parameter, measured on plain sentences."""
SLOWEST, FASTEST = 80, 450
"""Limits of espeak's own rate parameter (speak_lib.h, espeakRATE)."""
PREFERRED = {"en": "en-us", "zh": "cmn", "no": "nb", "fr": "fr-fr"}
"""Which voice a language tag without a region gets, where several claim it or none has its name."""
CLEAREST_ON_TELEPHONES = {"en": "klatt"}
"""By language: the variant that a recogniser got fewest words of wrong on a telephone line, of those tried
(docs/why/intelligibility.md). No other language has been measured."""
LETTER_A = "'eI"
"""The name of the letter in English voices, which say "uh" for an A between words."""
TELLS = "import ctypes, sys; ctypes.CDLL(sys.argv[1]); print(open('/proc/self/maps').read())"
"""Says which files a process has in its memory once it has loaded a library (Linux)."""
SYSTEM_DATA = ("/usr/lib/*-linux-gnu", "/usr/share", "/usr/local/share", "/opt/homebrew/share")


@dataclass(frozen=True, slots=True)
class Library:
    """A libespeak-ng that can be loaded, and its data."""

    path: str
    """The library's file; the name of a system library where the system does not tell its file."""
    folder: Path
    """The folder that holds `espeak-ng-data`."""
    origin: str
    """Where it comes from, in words."""


def libraries() -> Iterator[Library]:
    """Every libespeak-ng of this machine, best first."""
    if folder := _package_folder("espeakng_loader"):
        for path in sorted(folder.glob("*espeak-ng.*")):
            if path.suffix in {".so", ".dylib", ".dll"} and (folder / "espeak-ng-data").is_dir():
                yield Library(str(path), folder, "the Python package espeakng-loader")
    if folder := _package_folder("piper"):
        for path in sorted(folder.glob("espeakbridge*")):
            if (folder / "espeak-ng-data").is_dir():
                yield Library(str(path), folder, "the Python package piper-tts")
    name = ctypes.util.find_library("espeak-ng")
    for pattern in SYSTEM_DATA if name else ():
        for data in sorted(Path("/").glob(f"{pattern[1:]}/espeak-ng-data")):
            yield Library(_file_of(str(name)), data.parent, "the system's own libespeak-ng")


@cache
def _file_of(name: str) -> str:
    """The file of a system library, so that a build notices when it is upgraded.

    The name itself where the system does not tell.
    """
    try:
        answer = told(Worker((sys.executable, "-I", "-S", "-c", TELLS, name), memory_bytes=LITTLE), b"").stdout
    except (OSError, subprocess.TimeoutExpired):
        return name
    start = f"/{name.partition('.so')[0]}.so"
    paths = (line.split(maxsplit=5)[-1] for line in os.fsdecode(answer).splitlines() if start in line)
    return next(filter(os.path.isfile, paths), name)


def _package_folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


class Espeak:
    """The engine. Nothing is loaded into this process."""

    def __init__(self, rate: int, pitch: int, library: Library | None = None, variant: str = "") -> None:
        self._parameter = min(FASTEST, max(SLOWEST, round(rate / WORDS_A_MINUTE_PER_UNIT)))
        self._pitch = pitch
        self._given = library
        self._variant = variant
        self._files: dict[str, str] = {}
        """The language file that holds each voice: the only name that the library takes for all of them."""

    @cached_property
    def library(self) -> Library:
        """The library in use. Raises MissingPartError where this machine has none."""
        found = self._given or next(libraries(), None)
        if found is None:
            raise MissingPartError(
                "espeak-ng",
                "no libespeak-ng is on this machine",
                "Install the Python package espeakng-loader, or the system package espeak-ng.",
            )
        return found

    @cached_property
    def _voices(self) -> tuple[Voice, ...]:
        return tuple(sorted(self._read_voices(), key=lambda voice: (voice.lang, voice.id)))

    def voices(self) -> Sequence[Voice]:
        """All voices that can speak now."""
        return self._voices

    def _read_voices(self) -> Iterator[Voice]:
        """The language files of espeak-ng's data: `name` and `language` lines (its docs/voices.md)."""
        best: dict[str, tuple[int, Voice]] = {}
        folder = self.library.folder / "espeak-ng-data" / "lang"
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            name, claims = path.name, []
            for line in path.read_text("utf-8", "replace").splitlines():
                words = line.split()
                if words[:1] == ["name"]:
                    name = " ".join(words[1:]).partition("//")[0].strip()  # a comment
                if words[:1] == ["language"]:
                    claims.append((words[1], int(words[2]) if len(words) > 2 else 5))
            if claims:
                self._files[claims[0][0]] = path.relative_to(folder).as_posix()
            for rank, (tag, priority) in enumerate(claims):
                voice = Voice(claims[0][0], tag, name, RATE_HZ)
                order = 0 if PREFERRED.get(tag) == voice.id else 1 + rank * 10 + priority
                if tag not in best or order < best[tag][0]:
                    best[tag] = (order, voice)
        for tag, preferred in PREFERRED.items():
            if tag not in best and preferred in best:
                known = best[preferred][1]
                best[tag] = (0, Voice(known.id, tag, known.name, RATE_HZ))
        return (voice for _, voice in best.values())

    def check_variant(self) -> None:
        """Raises SettingsError where the variant that was asked for is not there."""
        if self._variant and self._variant not in (known := self.variants()):
            raise SettingsError(
                "voicegen.toml, [espeak] variant",
                f"espeak-ng has no variant {self._variant!r}",
                f"There is: {', '.join(known)}.",
            )

    def variants(self) -> list[str]:
        """The names of espeak-ng's variants, which any voice can be spoken with (its docs/voices.md)."""
        folder = self.library.folder / "espeak-ng-data" / "voices" / "!v"
        return sorted(path.name for path in folder.iterdir() if re.fullmatch(r"\w+", path.name))

    def telephone_voice(self, voice: Voice) -> Voice:
        """The voice with the variant that is clearest on a telephone, unless the settings name a variant."""
        variant = CLEAREST_ON_TELEPHONES.get(voice.lang.lower().split("-")[0], "")
        if self._variant or not variant or variant not in self.variants():
            return voice
        return replace(voice, id=f"{voice.id}+{variant}", name=f"{voice.name}, variant {variant}")

    def fingerprint(self) -> str:
        """The library's and its data's digest, and the options."""
        variant = f" variant {self._variant}" if self._variant else ""
        return f"espeak {self._digest} rate {self._parameter} pitch {self._pitch}{variant}"

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256()
        data = self.library.folder / "espeak-ng-data"
        files = [path for path in data.rglob("*") if path.is_file()]
        if Path(self.library.path).is_file():
            files.append(Path(self.library.path))
        for path in sorted(files, key=lambda path: path.name):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()[:16]

    def files(self) -> Sequence[Path]:
        """The library and its data."""
        library = Path(self.library.path)
        return (self.library.folder / "espeak-ng-data", *((library,) if library.is_file() else ()))

    def worker(self, voice: Voice) -> Worker:
        """A lean Python process that loads the library and forks for each line."""
        self.voices()
        program = Path(__file__).with_name("_espeak_worker.py")
        own, _, variant = voice.id.partition("+")
        variant = variant or self._variant
        name = self._files.get(own, own) + (f"+{variant}" if variant else "")
        argv = [sys.executable, "-I", "-S", str(program), self.library.path, name]
        argv += [str(self._parameter), str(self._pitch)]
        once = not hasattr(os, "fork")
        argv += ["--once"] if once else []
        return Worker(tuple(argv), self.library.folder, {"LC_ALL": "C.UTF-8"}, once=once, memory_bytes=LITTLE)

    def prepare(self, pieces: Sequence[Piece], voice: Voice) -> str:
        """The line with its phonemes, and those of a letter A in English, in `[[ ]]` (docs/phonemes.md).

        Only these brackets can be in it: the filter leaves none in the text.
        """
        text = "".join(piece.text for piece in pieces)
        marked, end = [], 0
        for piece in pieces:
            start, end = end, end + len(piece.text)
            if piece.phonemes:
                marked.append((start, end, piece.phonemes))
        if voice.lang.lower().split("-")[0] == "en":
            marked += [(at, at + 1, LETTER_A) for at in letters_a(text)]
        parts, end = [], 0
        for start, stop, signs in sorted(marked):
            if start >= end:
                parts += [text[end:start], f"[[{signs}]]"]
                end = stop
        return "".join([*parts, text[end:]])

    def phoneme_worker(self, voice: Voice) -> Worker:
        """The same program, asked for the phonemes (IPA) of one text."""
        worker = self.worker(voice)
        return replace(worker, argv=(*worker.argv, "--phonemes"))


def engine(options: Mapping[str, object]) -> Espeak:
    """The engine with its options checked. Raises SettingsError for a value that can't be."""
    made = Espeak(
        _number(options, "rate", 150, 96, 540),
        _number(options, "pitch", 50, 0, 99),
        variant=str(options.get("variant", "")),
    )
    made.check_variant()
    return made


def _number(options: Mapping[str, object], key: str, default: int, least: int, most: int) -> int:
    value = options.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise SettingsError(
            f"voicegen.toml, [espeak] {key}",
            f"{value!r} is not a whole number from {least} to {most}",
            f"Give such a number, or leave the key out for {default}.",
        )
    return value
