from __future__ import annotations

import array
import io
import math
import random
import wave
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.sound import g711, phone
from voicegen.sound.bands import bands
from voicegen.sound.levels import active_level

RATE = 22_050


def tone(hertz: float, samples: int = 22_050, size: float = 10_000) -> bytes:
    return array.array(
        "h", (int(size * math.sin(2 * math.pi * hertz * at / RATE)) for at in range(samples))
    ).tobytes()


def level(data: bytes) -> float:
    samples = array.array("h", data)[1_000:-1_000]
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples))


@pytest.mark.parametrize(
    ("hertz", "least", "most"), [(1_000, 0.9, 1.1), (400, 0.8, 1.1), (50, 0.0, 0.2), (6_000, 0.0, 0.05)]
)
def test_the_telephone_band_passes_and_the_rest_does_not(hertz: float, least: float, most: float) -> None:
    data, _ = bands(tone(hertz, size=500), RATE, 50)  # so quiet that nothing is evened out
    assert least <= level(data) / (500 / math.sqrt(2)) <= most


@given(st.integers(1, 60_000), st.sampled_from([8_000, 16_000, 22_050, 24_000]))
@settings(max_examples=12, deadline=None)
def test_every_encoding_is_a_whole_number_of_packets_and_none_is_cut(samples: int, rate: int) -> None:
    made = phone.encode([bytes(2 * samples)], samples, rate)
    long = len(made.pcm) // 2
    assert long % phone.PACKET == 0
    assert 0 <= long - samples * 8_000 / rate < phone.PACKET + 1
    assert len(made.g722) == long
    joined = made.joined()
    for name, (start, length) in phone.parts(len(joined)).items():
        assert joined[start : start + length] == getattr(made, name)


def test_pieces_make_no_difference() -> None:
    data = tone(700, 9_216 * 3)
    whole = phone.encode([data], len(data) // 2, RATE)
    assert phone.encode([data[:100], b"", data[100:40_000], data[40_000:]], len(data) // 2, RATE) == whole


@pytest.mark.parametrize("loud", [200, 2_000, 12_000])
@pytest.mark.parametrize("wanted", [-22.0, -26.0])
def test_speech_is_at_the_level_that_was_asked_for_after_g711_too(loud: float, wanted: float) -> None:
    chance = random.Random(3)
    burst = [chance.gauss(0, loud) * abs(math.sin(at / 4_000)) for at in range(4 * RATE)]
    data = array.array("h", (int(max(-32_768, min(32_767, one))) for one in burst)).tobytes()
    made = phone.encode([data], len(data) // 2, RATE, wanted)
    for sound in (g711.from_mu_law(g711.mu_law(made.pcm)), g711.from_a_law(g711.a_law(made.pcm))):
        assert active_level(sound, 8_000) == pytest.approx(wanted, abs=1)
    assert active_level(phone.from_g722(made.g722), 16_000) == pytest.approx(wanted, abs=1)
    peak = max(map(abs, array.array("h", made.pcm)))
    assert 20 * math.log10(peak / 32_768) <= phone.PEAK_DBFS + 0.01


def test_g722_comes_back_as_the_sound_that_went_in() -> None:
    data = tone(1_000, 2 * RATE)
    back = array.array("h", phone.from_g722(phone.encode([data], 2 * RATE, RATE).g722))
    assert len(back) == 2 * 16_000
    crossings = sum((a < 0) != (b < 0) for a, b in pairwise(back[4_000:20_001]))
    assert crossings == pytest.approx(2_000, abs=10)


def test_the_header_makes_a_wav_file_that_the_standard_library_reads() -> None:
    samples = b"\x01\x00" * 800
    with wave.open(io.BytesIO(phone.wav_header(800) + samples)) as file:
        assert (file.getframerate(), file.getsampwidth(), file.getnchannels()) == (8_000, 2, 1)
        assert file.readframes(1_000) == samples


def test_the_header_of_mu_law_says_so_and_counts_its_samples() -> None:
    head = phone.wav_header(801, kind=phone.WAV_MU_LAW)
    assert len(head) == 58
    assert int.from_bytes(head[20:22], "little") == 7
    assert int.from_bytes(head[4:8], "little") == 50 + 801 + 1
    assert head[-8:] == b"data" + (801).to_bytes(4, "little")
