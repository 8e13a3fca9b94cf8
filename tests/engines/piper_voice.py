"""Makes small voices for piper: a real network that hums each phoneme at a pitch of its own.

The network is written byte by byte, as onnx.proto of ONNX has it (operator set 17), so that no test needs a
voice of 60 MB or the package onnx. Its inputs and outputs are those of the voices that piper-tts loads.
"""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

SAMPLES_A_NUMBER = 512.0
"""Samples for each number in the network's input; a phoneme is two numbers, itself and a joint."""
FLOAT, INT64 = 1, 7
"""Types of tensors (TensorProto.DataType)."""
LETTERS = "abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɔɕəɚɛɜɡɣɪɫɬɭɲɹɾʁʂʃʊʌʒʔʝβθχᵻ"
PHONEMES = ["_", "^", "$", " ", *"!'(),-.:;?", *LETTERS, *"0123456789", *"ˈˌːˑ̩̃ʲʰ"]
TABLE = {phoneme: [number] for number, phoneme in enumerate(PHONEMES)}


def write_voice(
    folder: Path, name: str = "en_US-tiny-medium", kind: str = "", speakers: int = 1, **changes: Any
) -> Path:
    """Writes NAME.onnx and NAME.onnx.json; gives the first. `changes` replace keys of the description."""
    folder.mkdir(parents=True, exist_ok=True)
    description = {**described(name.partition("-")[0], speakers), **changes}
    rate_hz = (description["audio"] or {}).get("sample_rate")
    (folder / f"{name}.onnx.json").write_text(json.dumps(description, ensure_ascii=False), "utf-8")
    path = folder / f"{name}.onnx"
    path.write_bytes(network(rate_hz if isinstance(rate_hz, int) else 22_050, kind, speakers > 1))
    return path


def described(code: str = "en_US", speakers: int = 1) -> dict[str, Any]:
    """A voice's description, with the keys that those in the world have."""
    return {
        "audio": {"sample_rate": 22_050, "quality": "medium"},
        "espeak": {"voice": code.replace("_", "-").lower() if code == "en_US" else code.partition("_")[0]},
        "language": {"code": code},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": TABLE,
        "num_symbols": len(TABLE),
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
    }


def network(rate_hz: int, kind: str = "", several: bool = False) -> bytes:
    """The network as an ONNX file.

    `kind` may be "random", where noise is added whatever the scales say, "no number", where the sound is
    not a number, or "other inputs", which is no voice's network. `several` takes the number of a speaker.
    """
    constants = [
        _constant("0", INT64, (0,)),
        _constant("1", INT64, (1,)),
        _constant("first axis", INT64, (0,), 1),
        _constant("three axes", INT64, (0, 1, 2), 3),
        _constant("samples a number", FLOAT, (SAMPLES_A_NUMBER,)),
        _constant("half", FLOAT, (0.5,)),
        _constant("radians", FLOAT, (2 * math.pi * 25 / rate_hz,)),
    ]
    inputs = [_value("input", INT64, "batch", "numbers"), _value("input_lengths", INT64, "batch")]
    inputs += [_value("weights" if kind == "other inputs" else "scales", FLOAT, 3)]
    inputs += [_value("sid", INT64, "batch")] if several else []
    graph = b"".join(
        (
            *(_field(1, node) for node in _nodes(kind, several)),
            _field(2, b"tiny"),
            *(_field(5, constant) for constant in constants),
            *(_field(11, value) for value in inputs),
            _field(12, _value("output", FLOAT, "batch", "one", "channel", "samples")),
        )
    )
    return _number(1, 8) + _field(7, graph) + _field(8, _number(2, 17))


def _nodes(kind: str, several: bool) -> list[bytes]:
    """A sine for each number in turn; the scales say how long it is, and how loud the noise with it."""
    pitch = "pitch of the speaker" if several else "pitch"
    renamed = [_node("Identity", ["weights"], "scales")]
    speaker = [_node("Cast", ["sid"], "speaker", to=FLOAT), _node("Add", ["pitch", "speaker"], pitch)]
    return [
        *(renamed if kind == "other inputs" else []),
        _node("Squeeze", ["input", "first axis"], "numbers"),
        _node("Gather", ["scales", "0"], "noise"),
        _node("Gather", ["scales", "1"], "length"),
        _node("Mul", ["length", "samples a number"], "each"),
        _node("Shape", ["numbers"], "shape"),
        _node("Squeeze", ["shape", "first axis"], "count"),
        _node("Cast", ["count"], "count, float", to=FLOAT),
        _node("Mul", ["count, float", "each"], "total, float"),
        _node("Cast", ["total, float"], "total", to=INT64),
        _node("Range", ["0", "total", "1"], "time"),
        _node("Cast", ["time"], "time, float", to=FLOAT),
        _node("Div", ["time, float", "each"], "at, float"),
        _node("Cast", ["at, float"], "at, unbounded", to=INT64),
        _node("Sub", ["count", "1"], "last"),
        _node("Min", ["at, unbounded", "last"], "at"),
        _node("Gather", ["numbers", "at"], "now"),
        _node("Cast", ["now"], "pitch", to=FLOAT),
        *(speaker if several else []),
        _node("Mul", [pitch, "time, float"], "turns"),
        _node("Mul", ["turns", "radians"], "angle"),
        _node("Sin", ["angle"], "sine"),
        _node("Mul", ["sine", "half"], "hum"),
        _node("RandomNormalLike", ["hum"], "hiss"),
        _node("Mul", ["hiss", "half" if kind == "random" else "noise"], "soft hiss"),
        _node("Add", ["hum", "soft hiss"], "mixed"),
        _node("Log" if kind == "no number" else "Identity", ["mixed"], "sound"),
        _node("Unsqueeze", ["sound", "three axes"], "output"),
    ]


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*parts, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _node(operator: str, inputs: list[str], output: str, **attributes: int) -> bytes:
    """A NodeProto; attributes are whole numbers."""
    parts = [_field(1, name.encode()) for name in inputs] + [
        _field(2, output.encode()),
        _field(4, operator.encode()),
    ]
    for name, value in attributes.items():
        parts.append(_field(5, _field(1, name.encode()) + _number(3, value) + _number(20, 2)))
    return b"".join(parts)


def _constant(name: str, kind: int, values: tuple[float, ...], length: int = 0) -> bytes:
    """A TensorProto: a single value, or a list where it has a length."""
    form = "f" if kind == FLOAT else "q"
    raw = struct.pack(f"<{len(values)}{form}", *values)
    return (_number(1, length) if length else b"") + _number(2, kind) + _field(8, name.encode()) + _field(9, raw)


def _value(name: str, kind: int, *shape: int | str) -> bytes:
    """A ValueInfoProto; a length that is not fixed has a name."""
    lengths = [_number(1, each) if isinstance(each, int) else _field(2, each.encode()) for each in shape]
    tensor = _number(1, kind) + _field(2, b"".join(_field(1, length) for length in lengths))
    return _field(1, name.encode()) + _field(2, _field(1, tensor))
