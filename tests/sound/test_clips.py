"""Single clips and recordings: decoded by PyAV, shaped by pydub."""

from __future__ import annotations

import array
import contextlib
import io
import itertools
import math
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import av
import lameenc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.errors import SourceError
from voicegen.sound import clips

RATE_HZ = 24_000


def tone(seconds: float, hertz: float = 440.0, peak: int = 8_000, rate_hz: int = RATE_HZ) -> bytes:
    count = round(seconds * rate_hz)
    return array.array(
        "h", (round(peak * math.sin(2 * math.pi * hertz * at / rate_hz)) for at in range(count))
    ).tobytes()


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * RATE_HZ))


def loudest(samples: bytes) -> int:
    return max(map(abs, array.array("h", samples)))


def encoded(samples: bytes, container: str, codec: str, rate_hz: int = RATE_HZ) -> bytes:
    """The samples as a stereo file of this kind."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = output.add_stream(codec, rate=rate_hz, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        both = b"".join(samples[at : at + 2] * 2 for at in range(0, len(samples), 2))
        frame = av.AudioFrame(format="s16", layout="stereo", samples=len(samples) // 2)
        frame.sample_rate = rate_hz
        frame.planes[0].update(both.ljust(frame.planes[0].buffer_size, b"\0"))
        size = stream.codec_context.frame_size or 4096
        resampler = av.AudioResampler(stream.codec_context.format, "stereo", rate_hz, frame_size=size)
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("container", "codec", "rate_hz"),
    [
        ("wav", "pcm_s16le", 44_100),
        ("wav", "pcm_s24le", 48_000),
        ("wav", "pcm_mulaw", 8_000),
        ("flac", "flac", 44_100),
        ("aiff", "pcm_s16be", 22_050),
        ("ogg", "libopus", 48_000),
        ("ipod", "aac", 44_100),
        ("mp3", "libmp3lame", 44_100),
        ("webm", "libopus", 48_000),
    ],
)
def test_recordings_of_every_kind_become_mono_samples_at_the_rate_asked_for(
    container: str, codec: str, rate_hz: int
) -> None:
    data = encoded(tone(1.0, rate_hz=rate_hz), container, codec, rate_hz)
    samples = clips.decoded(data, RATE_HZ)
    assert abs(len(samples) / 2 - RATE_HZ) < 0.12 * RATE_HZ  # encoders add up to a tenth of a second
    middle = array.array("h", samples)[RATE_HZ // 4 : RATE_HZ * 3 // 4]
    crossings = sum(a < 0 <= b for a, b in itertools.pairwise(middle))
    assert abs(crossings - 220) <= 2
    assert 7_000 < max(middle) < 9_000


def test_a_wav_comes_back_sample_by_sample() -> None:
    samples = tone(0.5)
    assert clips.decoded(clips.wav(clips.segment(samples, RATE_HZ)), RATE_HZ) == samples


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"<!doctype html><title>Sign in</title>" * 100,
        bytes(10_000),
        b"ID3\x04\x00\x00\x00\x00\x00\x00" * 50,
        clips.wav(clips.segment(b"", RATE_HZ)),
    ],
)
def test_what_is_no_sound_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^cough\.mp3: .+\. Give an audio file"):
        clips.decoded(data, RATE_HZ, "cough.mp3")


@given(st.binary(max_size=2_000))
def test_any_bytes_give_samples_or_our_error(data: bytes) -> None:
    try:
        samples = clips.decoded(data, 8_000)
    except SourceError:
        return
    assert samples
    assert len(samples) % 2 == 0


@given(st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=20), st.integers(100, 5_000))
def test_a_damaged_recording_gives_samples_or_our_error(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(DAMAGED)
    for at, value in changes:
        data[at % len(data)] = value
    with contextlib.suppress(SourceError):
        assert len(clips.decoded(bytes(data[:length]), 8_000)) % 2 == 0


DAMAGED = encoded(tone(0.5), "flac", "flac")


def test_a_small_file_that_plays_for_hours_is_stopped() -> None:
    data = encoded(silence(60.0), "flac", "flac")
    assert len(data) < 100_000
    with pytest.raises(SourceError, match="over 10 seconds"):
        clips.decoded(data, RATE_HZ, longest_s=10.0)


def test_a_huge_file_is_not_even_opened() -> None:
    with pytest.raises(SourceError, match="larger than 64 MB"):
        clips.decoded(bytes(clips.LARGEST_BYTES + 1), RATE_HZ)


def test_only_the_container_asked_for_is_taken() -> None:
    data = clips.wav(clips.segment(tone(0.5), RATE_HZ))
    with pytest.raises(SourceError):
        clips.decoded(data, RATE_HZ, container="mp3")


def test_a_playlist_opens_no_address_and_no_file(tmp_path: Path) -> None:
    called = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def listen() -> None:
            door.accept()[0].close()
            called.set()

        threading.Thread(target=listen, daemon=True).start()
        address = f"http://127.0.0.1:{door.getsockname()[1]}/a.ts"
        target = tmp_path / "other.wav"
        target.write_bytes(clips.wav(clips.segment(tone(0.5), RATE_HZ)))
        for playlist in (
            f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n",
            f"ffconcat version 1.0\nfile {address}\n",
            f"ffconcat version 1.0\nfile {target}\n",
            f"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=audio {door.getsockname()[1]} RTP/AVP 0\n",
        ):
            with pytest.raises(SourceError):
                clips.decoded(playlist.encode(), RATE_HZ)
        assert not called.wait(0.2)
        socket.create_connection(door.getsockname()).close()  # lets the listener end
        assert called.wait(5)


def test_the_silence_at_both_ends_goes_but_for_a_margin() -> None:
    clip = clips.segment(silence(0.7) + tone(1.0) + silence(0.3) + tone(0.5) + silence(0.9), RATE_HZ)
    assert abs(len(clips.trimmed(clip, margin_ms=40)) - 1_880) <= 10


def test_room_noise_is_silence_and_soft_words_are_not() -> None:
    soft = clips.segment(tone(0.5, peak=1) + tone(1.0, peak=200) + tone(0.5, peak=1), RATE_HZ)
    assert abs(len(clips.trimmed(soft, margin_ms=0)) - 1_000) <= 10


def test_a_margin_never_adds_what_was_not_there() -> None:
    clip = clips.segment(tone(1.0), RATE_HZ)
    assert clips.samples_of(clips.trimmed(clip, margin_ms=500)) == tone(1.0)


def test_silence_is_left_as_it_is() -> None:
    for samples in (b"", silence(0.5)):
        clip = clips.segment(samples, RATE_HZ)
        assert clips.samples_of(clips.trimmed(clip)) == samples
        assert clips.samples_of(clips.levelled(clip)) == samples
        assert clips.samples_of(clips.faded(clip)) == samples


def test_fades_start_and_end_in_silence_and_leave_the_middle_alone() -> None:
    whole = tone(0.5, hertz=1_000)
    samples = clips.samples_of(clips.faded(clips.segment(whole, RATE_HZ), 20))
    assert len(samples) == len(whole)
    assert loudest(samples[:40]) < 400 > loudest(samples[-40:])
    assert samples[2_000:-2_000] == whole[2_000:-2_000]


def test_a_clip_shorter_than_its_fades_keeps_its_length() -> None:
    samples = tone(0.01)
    assert len(clips.samples_of(clips.faded(clips.segment(samples, RATE_HZ), 20))) == len(samples)


@pytest.mark.parametrize("peak", [300, 3_000, 30_000])
def test_recordings_come_to_one_level(peak: int) -> None:
    clip = clips.levelled(clips.segment(tone(1.0, peak=peak), RATE_HZ), target_dbfs=-20.0)
    assert abs(clip.dBFS - -20.0) < 0.1


def test_levelling_stops_before_a_peak_is_clipped() -> None:
    click = array.array("h", bytes(2 * RATE_HZ))
    click[1_000] = 8_000
    clip = clips.levelled(clips.segment(click.tobytes(), RATE_HZ), target_dbfs=-20.0, ceiling_dbfs=-1.0)
    assert abs(clip.max_dBFS - -1.0) < 0.01


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050, 48_000])
def test_conversion_keeps_the_length_and_folds_nothing_down(rate_hz: int) -> None:
    clip = clips.segment(tone(1.0, hertz=5_500, peak=16_000), RATE_HZ)
    converted = clips.converted(clip, rate_hz)
    assert (converted.frame_rate, converted.channels, converted.sample_width) == (rate_hz, 1, 2)
    samples = clips.samples_of(converted)
    assert abs(len(samples) / 2 - rate_hz) <= 1
    heard = loudest(samples[rate_hz // 2 : -rate_hz // 2])
    assert heard < 100 if rate_hz == 8_000 else heard > 12_000  # 5,500 Hz has no place in a phone's band


def test_stereo_of_any_width_becomes_16_bit_mono() -> None:
    clip = clips.segment(tone(0.5), RATE_HZ).set_channels(2).set_sample_width(4)
    assert clips.samples_of(clip) == tone(0.5)


def test_an_mp3_of_lame_decodes_at_its_length() -> None:
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(RATE_HZ)
    encoder.set_channels(1)
    encoder.silence()
    data = bytes(encoder.encode(tone(2.0)) + encoder.flush())
    assert abs(len(clips.decoded(data, RATE_HZ, container="mp3")) / 2 / RATE_HZ - 2.0) < 0.15


def test_pydub_is_imported_late_without_ffmpeg_and_without_a_warning() -> None:
    program = (
        "import sys; from voicegen.sound import clips; assert 'pydub' not in sys.modules; "
        "clips.trimmed(clips.segment(b'ab' * 5000, 8000)); assert 'pydub' in sys.modules"
    )
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PATH": "", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=root, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
