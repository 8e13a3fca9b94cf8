from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.sounds import syllables
from voicegen.errors import PublicationError, SettingsError
from voicegen.model.blob import blob
from voicegen.sound import aac, opus
from voicegen.sound.sizes import entries, table
from voicegen.steps import encoding
from voicegen.steps.blobs import read

CODECS = {"aac": 48, "opus": 24}


def test_a_length_that_is_no_whole_number_of_frames_is_refused() -> None:
    with pytest.raises(PublicationError, match="no whole number"):
        list(aac.encode([bytes(2_000)], 1_000, 22_050, 48))


@pytest.mark.parametrize("name", CODECS)
def test_the_same_sound_gives_the_same_bytes_however_it_is_cut(name: str) -> None:
    sound = syllables(1, 22_050)
    data = sound + bytes(2 * 9_216 * 4 - len(sound))
    encoder = encoding.encoder(name, 22_050, CODECS[name])
    samples = len(data) // 2
    whole = b"".join(encoder.encode([data], samples))
    pieces = b"".join(encoder.encode([data[at : at + 998] for at in range(0, len(data), 998)], samples))
    assert whole == pieces
    assert b"Lavc" not in whole, "and no version of the encoder is in it"


@pytest.mark.parametrize("name", CODECS)
@pytest.mark.parametrize("rate", aac.VOICE_RATES)
def test_every_rate_can_be_encoded_and_its_packets_told_apart(rate: int, name: str) -> None:
    encoder = encoding.encoder(name, rate, 128 if name == "aac" else 96)
    samples = 9_216 * 2
    sound = syllables(2, rate)[: samples * 2].ljust(samples * 2, b"\0")
    data = b"".join(encoder.encode([sound], samples))
    chapter = encoder.split(blob(data), samples)
    sizes = entries(read(chapter.sizes))
    assert chapter.body.size == sum(sizes)
    expected = aac.packets(samples) - 1 if name == "aac" else opus.packets(samples, rate)
    assert len(sizes) == expected
    assert max(sizes) <= (aac.MOST_BYTES if name == "aac" else opus.MOST_BYTES)
    assert chapter.tail.size == (int.from_bytes(data[-4:], "big") if name == "aac" else 0)


def test_a_rate_that_no_voice_has_is_refused() -> None:
    with pytest.raises(SettingsError, match="nothing encodes"):
        encoding.encoder("aac", 96_000, 48)


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_tables_of_sizes_are_read_back(sizes: list[int]) -> None:
    assert list(entries(table(sizes))) == sizes
    assert table(sizes) == b"".join(size.to_bytes(4, "big") for size in sizes)
