"""The voices in a folder: each NAME.onnx (the network) with its NAME.onnx.json (the description), checked.

Both come from the internet, so nothing in them is believed before it is looked at. The keys are those that
`piper.config.PiperConfig.from_dict` of piper-tts 1.8 reads, and `language`, which it does not need.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicegen.errors import MissingPartError

MODEL, DESCRIPTION = ".onnx", ".onnx.json"
LARGEST_BYTES = 4 << 20
"""A description has 4 to 40 kB."""
OFFLINE = ("espeak", "text", "hebrew")
"""Ways from text to phonemes that piper-tts carries with it; the others load parts from the internet."""
MARKS = ("^", "_", "$")
"""What stands in for a sentence's beginning, its joints and its end in the table of phonemes."""
TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
GUIDE = "docs/how-to/better-voice.md says how voices get there."
AGAIN = "Download both files of the voice again, or remove both."


@dataclass(frozen=True, slots=True)
class VoiceFiles:
    """A voice as it lies in the folder."""

    name: str
    """NAME, which is the voice's id."""
    model: Path
    description: Path
    lang: str
    """BCP 47 tag."""
    rate_hz: int
    """What the network itself speaks at."""
    speakers: tuple[tuple[str, int], ...]
    """Name and number of each speaker, the usual one first; empty where there is only one."""
    length_scale: float
    """The voice's own pace: how much longer than trained each sound is."""
    noise_scale: float
    """How much the voice's makers let the sound vary."""
    noise_w: float
    """How much they let the lengths of sounds vary."""


def voices_in(folder: Path) -> tuple[VoiceFiles, ...]:
    """Every voice in the folder, by name. Raises MissingPartError where there is none, or one is not whole."""
    if not folder.is_dir():
        raise MissingPartError(str(folder), "there is no such folder for piper's voices", GUIDE)
    try:
        names = {path.name for path in folder.iterdir() if path.is_file()}
    except OSError as trouble:
        raise MissingPartError(str(folder), f"it can't be read ({trouble.strerror})") from trouble
    models = {name.removesuffix(MODEL) for name in names if name.endswith(MODEL)}
    descriptions = {name.removesuffix(DESCRIPTION) for name in names if name.endswith(DESCRIPTION)}
    for name in sorted(models ^ descriptions):
        here, missing = (MODEL, DESCRIPTION) if name in models else (DESCRIPTION, MODEL)
        raise MissingPartError(str(folder / (name + here)), f"{name + missing} is not beside it", AGAIN)
    if not models:
        raise MissingPartError(str(folder), "there is no voice of piper's in it", GUIDE)
    return tuple(described(folder / (name + MODEL)) for name in sorted(models))


def described(model: Path) -> VoiceFiles:
    """The voice of that network. Raises MissingPartError, naming file and key, for a description that is wrong."""
    path = model.with_name(model.name.removesuffix(MODEL) + DESCRIPTION)
    data = read_description(path)
    try:
        return _checked(model, path, data)
    except ValueError as trouble:
        raise MissingPartError(str(path), str(trouble), AGAIN) from trouble


def read_description(path: Path) -> Mapping[str, Any]:
    """The JSON object in the file. Raises MissingPartError where there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        data = json.loads(content.decode("utf-8-sig")) if len(content) <= LARGEST_BYTES else None
    except OSError as trouble:
        raise MissingPartError(str(path), f"it can't be read ({trouble.strerror})") from trouble
    except (ValueError, RecursionError) as trouble:
        raise MissingPartError(str(path), "it is not JSON, so it describes no voice", AGAIN) from trouble
    if not isinstance(data, dict):
        raise MissingPartError(str(path), "it is not the description of a voice", AGAIN)
    return data


def _checked(model: Path, path: Path, data: Mapping[str, Any]) -> VoiceFiles:
    """Raises ValueError, in words, for the first thing that can't be."""
    phonemes = _text(data, "phoneme_type", "espeak")
    if phonemes not in OFFLINE:
        raise ValueError(f"its phoneme_type {phonemes!r} needs parts that piper-tts does not carry with it")
    espeak_voice = _text(data, "espeak.voice")
    _whole(data, "num_symbols", 1, 1 << 20)
    _check_phonemes(_at(data, "phoneme_id_map"))
    return VoiceFiles(
        name=model.name.removesuffix(MODEL),
        model=model,
        description=path,
        lang=_tag(_text(data, "language.code", espeak_voice)),
        rate_hz=_whole(data, "audio.sample_rate", 8_000, 96_000),
        speakers=_speakers(data),
        length_scale=_number(data, "inference.length_scale", 1.0, 0.1, 10.0),
        noise_scale=_number(data, "inference.noise_scale", 0.667, 0.0, 10.0),
        noise_w=_number(data, "inference.noise_w", 0.8, 0.0, 10.0),
    )


def _at(data: Mapping[str, Any], key: str) -> Any:
    """What stands under a key such as "audio.sample_rate"; None where nothing does."""
    value: Any = data
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _text(data: Mapping[str, Any], key: str, default: str = "") -> str:
    value = _at(data, key)
    value = default if value is None else value
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ValueError(f"its {key} is not a text")
    return value


def _whole(data: Mapping[str, Any], key: str, least: int, most: int, default: int | None = None) -> int:
    value = _at(data, key)
    value = default if value is None else value
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"its {key} is not a whole number from {least} to {most}")
    return value


def _number(data: Mapping[str, Any], key: str, default: float, least: float, most: float) -> float:
    value = _at(data, key)
    value = default if value is None else value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or not least <= value <= most:
        raise ValueError(f"its {key} is not a number from {least:g} to {most:g}")
    return float(value)


def _check_phonemes(table: object) -> None:
    """Raises ValueError unless the table gives numbers for phonemes and for MARKS."""
    if not isinstance(table, dict) or not all(table.get(mark) for mark in MARKS):
        raise ValueError("its phoneme_id_map is not a table of phonemes")
    for numbers in table.values():
        if not isinstance(numbers, list) or not all(type(n) is int and 0 <= n < 1 << 31 for n in numbers):
            raise ValueError("its phoneme_id_map does not give lists of numbers")


def _speakers(data: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    count = _whole(data, "num_speakers", 1, 100_000)
    usual = _whole(data, "default_speaker_id", 0, count - 1, 0)
    table = _at(data, "speaker_id_map") or {}
    if not isinstance(table, dict) or not all(type(n) is int and 0 <= n < count for n in table.values()):
        raise ValueError("its speaker_id_map does not give numbers of speakers")
    if count == 1:
        return ()
    names = {number: name for name, number in table.items() if name.isprintable()}
    numbers = sorted({usual, *names}, key=lambda number: (number != usual, number))
    return tuple((names.get(number, str(number)), number) for number in numbers)


def _tag(code: str) -> str:
    """The BCP 47 tag for "en_US", or for a voice of espeak's such as "en-gb-x-rp"."""
    code = re.split("[-_]x[-_]", code, maxsplit=1)[0]
    if not TAG.fullmatch(code):
        raise ValueError(f"its language {code!r} is no language code")
    language, *rest = re.split("[-_]", code)
    parts = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in rest]
    return "-".join([language.lower(), *parts])


def terms_of(files: VoiceFiles) -> str:
    """The line about the licence in the voice's card: NAME.MODEL_CARD, or MODEL_CARD where there is one voice."""
    folder = files.model.parent
    only = [folder / "MODEL_CARD"] if len(list(folder.glob(f"*{MODEL}"))) == 1 else []
    for card in (folder / f"{files.name}.MODEL_CARD", *only):
        try:
            with card.open("r", encoding="utf-8", errors="replace") as file:
                found = re.search(r"(?im)^[\s*-]*licen[cs]e\s*:\s*(\S.{0,200})$", file.read(1 << 16))
        except OSError:
            continue
        if found:
            return found[1].strip()
    return f"not told: save its card as {files.name}.MODEL_CARD beside it"
