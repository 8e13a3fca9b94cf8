from __future__ import annotations

import array
import io
import math
import subprocess
from pathlib import Path

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.errors import PublicationError
from voicegen.model.blob import blob
from voicegen.sound import id3, mp3
from voicegen.sound.chapters import one_line
from voicegen.steps import encoding

RATE = 22_050


def chapter(frames: int, hertz: float, quiet_start: int = 4_000, quiet_end: int = 3_000) -> bytes:
    """A chapter of sound: silence, a tone, silence."""
    samples = array.array("h", bytes(2 * frames * mp3.FRAME))
    for at in range(quiet_start, len(samples) - quiet_end):
        samples[at] = int(9_000 * math.sin(2 * math.pi * hertz * at / RATE))
    return samples.tobytes()


def joined(chapters: list[bytes], kbits: int = 64) -> bytes:
    """The whole recording, as the format `mp3` joins it."""
    encoded = [b"".join(mp3.encode([data], len(data) // 2, RATE, kbits)) for data in chapters]
    tails = [mp3.tail_length(data[-4096:], RATE, kbits) for data in encoded]
    body = b"".join(data[:-tail] for data, tail in zip(encoded, tails, strict=True)) + encoded[-1][-tails[-1] :]
    samples = sum(len(data) // 2 for data in chapters)
    return mp3.info_frame(samples // mp3.FRAME + 2, len(body), samples, RATE, kbits) + body


def decoded(data: bytes) -> array.array[float]:
    """Samples as a player that reads the Info frame hears them."""
    sound: array.array[float] = array.array("f")
    with av.open(io.BytesIO(data), "r") as file:
        for frame in file.decode(audio=0):
            sound.frombytes(bytes(frame.planes[0])[: 4 * frame.samples])
    return sound


def onset(sound: array.array[float] | array.array[int], level: float, start: int = 0) -> int:
    return next(at for at in range(start, len(sound)) if abs(sound[at]) > level)


def test_joined_chapters_begin_where_their_samples_begin() -> None:
    chapters = [chapter(60, 440), chapter(91, 523), chapter(40, 350)]
    sound = decoded(joined(chapters))
    start = 0
    for data in chapters:
        samples = array.array("h", data)
        assert abs(onset(sound, 0.05, start) - start - onset(samples, 0.05 * 32768)) <= 8  # 0.4 ms
        start += len(samples)
    assert start <= len(sound) <= start + mp3.FRAME


@pytest.mark.needs("ffmpeg")
def test_another_decoder_hears_no_fault_and_the_whole_length(tmp_path: Path) -> None:
    path = tmp_path / "whole.mp3"
    path.write_bytes(joined([chapter(50, 440), chapter(50, 660)]))
    outcome = subprocess.run(
        ["ffmpeg", "-v", "warning", "-i", path, "-f", "s16le", "-"], capture_output=True, check=True
    )
    assert outcome.stderr == b""
    assert 0 <= len(outcome.stdout) // 2 - 100 * mp3.FRAME <= mp3.FRAME


def test_the_same_sound_gives_the_same_bytes_however_it_is_cut() -> None:
    data = chapter(30, 500)
    whole = b"".join(mp3.encode([data], len(data) // 2, RATE, 64))
    pieces = b"".join(
        mp3.encode([data[at : at + 998] for at in range(0, len(data), 998)], len(data) // 2, RATE, 64)
    )
    assert whole == pieces


@pytest.mark.parametrize("kbits", [32, 64, 160])
@pytest.mark.parametrize("rate", mp3.RATES)
def test_every_rate_can_be_encoded_split_and_described(rate: int, kbits: int) -> None:
    encoder = encoding.encoder("mp3", rate, kbits)
    data = b"".join(encoder.encode([bytes(11_520)], 5_760))
    head = mp3.header(data)
    assert head is not None
    assert (head.rate_hz, head.kbits) == (rate, encoder.kbits)
    assert encoder.kbits == (kbits if rate >= 16_000 else min(kbits, 64))
    chapter = encoder.split(blob(data), 5_760)
    assert chapter.body.data + chapter.tail.data == data
    info = mp3.info_frame(12, len(data), 5_760, rate, encoder.kbits)
    described = mp3.header(info)
    assert described is not None
    assert described.length == len(info)
    assert len(decoded(info + data)) == pytest.approx(5_760, abs=mp3.FRAME)


def test_a_length_that_is_no_whole_number_of_frames_is_refused() -> None:
    with pytest.raises(PublicationError, match="no whole number"):
        list(mp3.encode([bytes(2_000)], 1_000, RATE, 64))


@given(st.binary(max_size=200))
def test_any_bytes_have_a_header_or_none(data: bytes) -> None:
    head = mp3.header(data)
    assert head is None or head.length > 4


titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=40).map(lambda words: f"x{words}x")


@settings(max_examples=30)
@given(st.lists(titles, min_size=1, max_size=20))
def test_chapters_read_back_as_they_were_written_in_order(names: list[str]) -> None:
    tags = [id3.ChapterTag(at * 1_000, at * 1_000 + 900, name) for at, name in enumerate(names)]
    data = id3.tag([("TIT2", "Whole")], tags, "Contents") + joined([chapter(8, 440)])
    with av.open(io.BytesIO(data)) as file:
        found = file.chapters()
    shown = [one_line(name) for name in names]
    assert [(c["start"], c["end"]) for c in found] == [(tag.start_ms, tag.end_ms) for tag in tags]
    assert [c["metadata"].get("title", "") for c in found] == shown


def test_more_chapters_than_a_table_of_contents_can_count_are_nested() -> None:
    tags = [id3.ChapterTag(at, at + 1, f"Part {at}") for at in range(600)]
    data = id3.tag([], tags, "Contents")
    tables = []
    at = 10
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if data[at : at + 4] == b"CTOC":
            name, rest = data[at + 10 : at + 10 + size].split(b"\0", 1)
            tables.append((name, rest[0], rest[1]))
        at += 10 + size
    assert tables == [(b"toc", 3, 3), (b"toc0", 1, 255), (b"toc1", 1, 255), (b"toc2", 1, 90)]
    with av.open(io.BytesIO(data + joined([chapter(8, 440)]))) as file:
        assert len(file.chapters()) == 600
