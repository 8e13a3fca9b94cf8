from __future__ import annotations

import array
import io
import math
import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.sound import phone

RATE = 22_050


def tone(hertz: float, samples: int = 22_050) -> bytes:
    return array.array(
        "h", (int(10_000 * math.sin(2 * math.pi * hertz * at / RATE)) for at in range(samples))
    ).tobytes()


def level(data: bytes) -> float:
    samples = array.array("h", data)[1_000:-1_000]
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


@pytest.mark.parametrize(
    ("hertz", "least", "most"), [(1_000, 0.9, 1.1), (400, 0.8, 1.1), (50, 0.0, 0.2), (6_000, 0.0, 0.05)]
)
def test_the_telephone_band_passes_and_the_rest_does_not(hertz: float, least: float, most: float) -> None:
    data = b"".join(phone.encode([tone(hertz)], 22_050, RATE))
    assert least <= level(data) / (10_000 / math.sqrt(2)) <= most


@given(st.integers(1, 3_000_000), st.sampled_from([8_000, 16_000, 22_050, 24_000, 44_100]))
def test_the_length_is_right_to_half_a_sample(samples: int, rate: int) -> None:
    assert abs(phone.length(samples, rate) - samples * 8_000 / rate) <= 0.5


def test_pieces_make_no_difference_and_the_length_is_as_announced() -> None:
    data = tone(700, 9_216 * 3)
    whole = b"".join(phone.encode([data], len(data) // 2, RATE))
    pieces = b"".join(phone.encode([data[:100], b"", data[100:40_000], data[40_000:]], len(data) // 2, RATE))
    assert whole == pieces
    assert len(whole) == 2 * phone.length(len(data) // 2, RATE)


def test_the_header_makes_a_wav_file_that_the_standard_library_reads() -> None:
    samples = b"\x01\x00" * 800
    with wave.open(io.BytesIO(phone.wav_header(800) + samples)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (8_000, 2, 1)
        assert file.readframes(1_000) == samples
