"""piper: neural voices that speak on this machine, with the package piper-tts (GPL-3.0-or-later).

Staff put voices into a folder by hand; nothing is ever downloaded. The package and the voices are loaded in
processes of their own (`_piper_worker.py`).

The voices of one folder may speak at different rates (16,000 Hz for those of low quality, 22,050 Hz for the
others). The engine speaks at one, RATE_HZ: the worker converts what differs. To refuse such a folder instead
would keep a clinic from the only voice that some languages have.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from voicegen.confined import MUCH
from voicegen.contracts import Voice, Worker
from voicegen.engines._piper_files import VoiceFiles, terms_of, voices_in
from voicegen.errors import MissingPartError, SettingsError

OPTIONS = (
    (
        "voices",
        '"voices"',
        "Folder of the voices, relative to voicegen.toml: each NAME.onnx with its NAME.onnx.json.",
    ),
    ("rate", "150", "About how many words a minute, from 80 to 320; a voice's own pace counts as 160."),
    (
        "noise",
        "0",
        "How much the sound varies, from 0 to 1, which is as much as the voice's makers had it. Above 0 each line "
        "takes longer, for the voice is loaded afresh so that the same line still gives the same sound.",
    ),
)
"""What `[piper]` may hold: key, default, meaning."""
ABOUT = {
    "sounds": "natural; each voice its own way",
    "licence": "GPL-3.0-or-later, of the program; each voice has terms of its own, in its MODEL_CARD",
    "leaves the house": "nothing",
    "to use it": 'the Python package piper-tts, voices in the folder voices/; [voice] engine = "piper"',
}
"""What to know before choosing it."""
FROM_OUTSIDE = ("root", "send_text_to")
"""Options that come from the build and not from voicegen.toml; `root` is the folder that holds that file."""
RATE_HZ = 22_050
"""What voices of medium and high quality speak at."""
OWN_PACE = 160
"""Words a minute that a voice's own pace is taken for: LJ Speech, which voices of this kind are trained on, is
read at 157 (its 13,100 clips have 17.23 words and 6.57 s on average). Single voices differ."""
SECONDS_A_LINE = 180.0
"""Enough for a line of a thousand letters on a slow machine, and for loading a large voice before it."""
ALSO = {"no": "nb", "cmn": "zh"}
"""Languages that pages name otherwise than voices do."""
PACKAGES = ("piper-tts", "onnxruntime")


class Piper:
    """The engine. Nothing is loaded into this process."""

    def __init__(self, folder: Path, rate: int, noise: float) -> None:
        self._folder = folder
        self._rate = rate
        self._noise = noise

    @cached_property
    def _versions(self) -> str:
        """Names and versions of PACKAGES. Raises MissingPartError where one is not installed."""
        from importlib.metadata import PackageNotFoundError, version  # slow to import

        try:
            found = [f"{name} {version(name)}" for name in PACKAGES]
        except PackageNotFoundError as trouble:
            raise _missing(str(trouble.name)) from trouble
        if find_spec("piper") is None:
            raise _missing("piper-tts")
        return " ".join(found)

    @cached_property
    def _files(self) -> tuple[VoiceFiles, ...]:
        return voices_in(self._folder) if self._versions else ()

    @cached_property
    def _speakers(self) -> dict[str, tuple[VoiceFiles, int | None]]:
        """The voice's files and the number of its speaker, for each id."""
        found: dict[str, tuple[VoiceFiles, int | None]] = {}
        for files in self._files:
            found[files.name] = (files, files.speakers[0][1] if files.speakers else None)
            found |= {f"{files.name}:{name}": (files, number) for name, number in files.speakers[1:]}
        return found

    def voices(self) -> Sequence[Voice]:
        """Every voice in the folder, and every speaker of a voice that has several.

        The first voice of a language, by name, also speaks for the language without a region: a page in "en"
        finds a voice for "en-GB".
        """
        return tuple(self._tagged())

    def _tagged(self) -> Iterator[Voice]:
        taken: set[str] = set()
        for name, (files, _) in self._speakers.items():
            words = files.name.partition("-")[2].replace("_", " ").replace("-", ", ") or files.name
            if speaker := name.removeprefix(files.name)[1:]:
                words += f", speaker {speaker}"
            for tag in (files.lang, *_general(files.lang)):
                if tag == files.lang or tag not in taken:
                    taken.add(tag)
                    yield Voice(name, tag, words, RATE_HZ)

    def fingerprint(self) -> str:
        """Packages, options, and a digest of all voices in the folder, taken once for each engine."""
        return f"{self._versions} voices {self._digest} rate {self._rate} noise {self._noise:g}"

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256()
        for files in self._files:
            for path in (files.model, files.description):
                try:
                    with path.open("rb") as file:
                        content = hashlib.file_digest(file, "sha256").digest()
                except OSError as trouble:
                    raise MissingPartError(str(path), f"it can't be read ({trouble.strerror})") from trouble
                digest.update(path.name.encode("utf-8", "surrogateescape") + b"\0" + content)
        return digest.hexdigest()[:16]

    def files(self) -> Sequence[Path]:
        """The folder of the voices."""
        return (self._folder,) if self._files else ()

    def terms(self) -> Mapping[str, str]:
        """What each voice's card says of its licence (`_piper_files.terms_of`)."""
        return {files.name: terms_of(files) for files in self._files}

    def worker(self, voice: Voice) -> Worker:
        """A Python process that loads the voice once and speaks with one thread; builds run several."""
        if voice.id not in self._speakers:
            raise MissingPartError(f"voice {voice.id}", f"it is not in {self._folder}", "Run `voicegen voices`.")
        files, speaker = self._speakers[voice.id]
        length_scale = files.length_scale * OWN_PACE / self._rate
        scales = (length_scale, files.noise_scale * self._noise, files.noise_w * self._noise)
        program = Path(__file__).with_name("_piper_worker.py")
        argv = [sys.executable, "-P", str(program), str(files.model.resolve()), str(RATE_HZ)]
        argv += ["-" if speaker is None else str(speaker), *map(repr, scales)]
        threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        env = {"LC_ALL": "C.UTF-8", **threads}
        return Worker(tuple(argv), env=env, timeout_s=SECONDS_A_LINE, memory_bytes=MUCH)


def _missing(package: str) -> MissingPartError:
    return MissingPartError(
        "piper",
        f"the Python package {package} is not there",
        "Install it beside voicegen: docs/how-to/better-voice.md.",
    )


def _general(tag: str) -> Iterator[str]:
    """The tags that a tag is a case of, nearest first, and what else the language is called."""
    parts = tag.split("-")
    for end in range(len(parts) - 1, 0, -1):
        yield "-".join(parts[:end])
    if parts[0] in ALSO:
        yield ALSO[parts[0]]


def engine(options: Mapping[str, object]) -> Piper:
    """The engine with its options checked. Raises SettingsError for a key or value that can't be."""
    keys = [key for key, _, _ in OPTIONS]
    for key in options:
        if key not in {*keys, *FROM_OUTSIDE}:
            raise _wrong(key, "there is no such key", f"The keys are: {', '.join(keys)}.")
    voices = options.get("voices", "voices")
    if not isinstance(voices, str) or not voices or "\0" in voices:
        raise _wrong("voices", f"{voices!r} is not the name of a folder", "Write it in quotation marks.")
    rate = _number(options, "rate", 150, 80, 320)
    if not rate.is_integer():
        raise _wrong("rate", f"{rate:g} is not a whole number", "Give one from 80 to 320.")
    folder = Path(str(options.get("root", "")), voices)
    return Piper(folder, int(rate), _number(options, "noise", 0, 0, 1))


def _number(options: Mapping[str, object], key: str, default: float, least: float, most: float) -> float:
    value = options.get(key, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not isinstance(value, int | float) or not least <= value <= most:
        raise _wrong(key, f"{value!r} is not a number from {least:g} to {most:g}", "Give such a number.")
    return float(value)


def _wrong(key: str, what: str, remedy: str) -> SettingsError:
    return SettingsError(f"voicegen.toml, [piper] {key}", what, remedy)
