"""G.711, against the recommendation's own decision values and a decoder of FFmpeg's."""

from __future__ import annotations

import array

import av
import pytest

from voicegen.sound import g711

EVERY_SAMPLE = array.array("h", range(-32_768, 32_768)).tobytes()


def by_ffmpeg(name: str, data: bytes) -> bytes:
    decoder = av.CodecContext.create(name, "r")
    decoder.sample_rate, decoder.layout = 8_000, "mono"  # type: ignore[attr-defined]
    frames = [*decoder.decode(av.Packet(data)), *decoder.decode(None)]  # type: ignore[attr-defined]
    return b"".join(bytes(frame.planes[0])[: frame.samples * 2] for frame in frames)


@pytest.mark.parametrize(
    ("name", "encode", "decode"),
    [("pcm_mulaw", g711.mu_law, g711.from_mu_law), ("pcm_alaw", g711.a_law, g711.from_a_law)],
)
def test_bytes_decode_as_everybody_decodes_them_and_encode_to_themselves(name, encode, decode) -> None:  # type: ignore[no-untyped-def]
    every_byte = bytes(range(256))
    assert decode(every_byte) == by_ffmpeg(name, every_byte)
    again = encode(decode(every_byte))
    assert [a for a, b in zip(every_byte, again, strict=True) if a != b] in ([], [0x7F])  # mu-law has two zeros


@pytest.mark.parametrize(("encode", "decode"), [(g711.mu_law, g711.from_mu_law), (g711.a_law, g711.from_a_law)])
def test_no_sample_moves_further_than_half_a_step_of_its_segment(encode, decode) -> None:  # type: ignore[no-untyped-def]
    found = array.array("h", decode(encode(EVERY_SAMPLE)))
    for sample, value in zip(array.array("h", EVERY_SAMPLE), found, strict=True):
        assert abs(sample - value) <= max(16, abs(sample) // 30 + 3) or abs(sample) > 32_100


def test_louder_samples_never_become_quieter() -> None:
    for encode, decode in ((g711.mu_law, g711.from_mu_law), (g711.a_law, g711.from_a_law)):
        found = array.array("h", decode(encode(EVERY_SAMPLE)))
        assert list(found) == sorted(found)


def test_silence_is_the_byte_that_switches_know_as_silence() -> None:
    assert g711.mu_law(bytes(4)) == bytes([g711.MU_SILENCE] * 2)
    assert g711.a_law(bytes(4)) == bytes([g711.A_SILENCE] * 2)
