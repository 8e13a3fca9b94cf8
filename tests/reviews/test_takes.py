"""Recordings of staff: bound to their words, levelled and cut by what can be heard, never guessed."""

from __future__ import annotations

import errno
import json
import os
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Project, closed
from tests.reviews.projects import DOSE, REQUIRED, drafted, hum, settings_of, wav
from voicegen import drafts, takes
from voicegen.errors import PublicationError, SourceError
from voicegen.model.script import Line
from voicegen.takes import RATE_HZ, Takes, samples, take_of, uploads
from voicegen.takes.pauses import cut

LINE = Line("l1", "paragraph", "Do not eat fatty food.", "Do not eat fatty food.", "en", 0)


def speech(pieces: list[float], pauses: list[float], hertz: float = 400.0) -> bytes:
    """Samples of hums with pauses between, at RATE_HZ, and half a second of silence around them."""
    import math

    found = array("h", bytes(RATE_HZ))
    for length, pause in zip(pieces, [*pauses, 0.5], strict=True):
        found.extend(
            round(6_000 * math.sin(2 * math.pi * hertz * at / RATE_HZ)) for at in range(round(length * RATE_HZ))
        )
        found.extend([0] * round(pause * RATE_HZ))
    return found.tobytes()


def test_a_chapter_is_cut_at_its_longest_pauses() -> None:
    parts = cut(speech([1.0, 0.6, 0.8, 2.0], [0.3, 1.0, 1.2]), RATE_HZ, [2.0, 0.8, 2.0])
    lengths = [len(part) / 2 / RATE_HZ for part in parts]
    assert lengths == [pytest.approx(length, abs=0.05) for length in (2.65, 1.9, 2.85)]


def test_a_soft_sound_at_either_end_of_a_chapter_stays() -> None:
    sound = array("h", speech([0.1, 1.0, 1.0, 0.1], [0.0, 1.0, 0.0]))
    soft = RATE_HZ // 10
    for start in (RATE_HZ // 2, len(sound) - RATE_HZ // 2 - soft):  # the "f" of "five", the "p" of "stop"
        sound[start : start + soft] = array("h", (value // 50 for value in sound[start : start + soft]))
    first, last = (array("h", part) for part in cut(sound.tobytes(), RATE_HZ, [1.1, 1.1]))
    assert 0 < max(first[: RATE_HZ // 5]) < 200
    assert 0 < max(last[-RATE_HZ // 5 :]) < 200


@pytest.mark.parametrize("way", ["line", "chapter"])
def test_a_soft_sound_at_either_end_of_a_line_is_not_trimmed_away(way: str) -> None:
    sound, soft = array("h", speech([0.12, 1.0, 0.12], [0.0, 0.0])), round(0.12 * RATE_HZ)
    for start in (RATE_HZ // 2, len(sound) - RATE_HZ // 2 - soft):  # the "f" of "five", and that of "half"
        sound[start : start + soft] = array("h", (value // 300 for value in sound[start : start + soft]))
    data = takes.wav_of(sound.tobytes(), RATE_HZ)
    kept = uploads.line_of(data, LINE, 1.2) if way == "line" else uploads.chapter_of(data, [LINE], [1.2])[0]
    heard = array("h", samples(kept, RATE_HZ, None))
    assert len([value for value in heard if 0 < abs(value) <= 20]) > 1.5 * soft


@pytest.mark.parametrize(
    ("pieces", "pauses", "expected", "why"),
    [
        ([1.0, 1.0], [1.0], [1.0, 1.0, 1.0], "1 pauses are in it, and its 3 lines need 2"),
        ([1.0, 1.0, 1.0], [1.0, 1.0], [1.0, 1.0], "more than that are about as long"),
        ([1.0, 5.0], [1.0], [3.0, 1.0], "line 1 would last 1.0 seconds"),
        ([], [], [1.0], ""),
    ],
)
def test_a_chapter_whose_pauses_do_not_fit_is_refused_with_the_reason(
    pieces: list[float], pauses: list[float], expected: list[float], why: str
) -> None:
    sound = speech(pieces, pauses) if pieces else bytes(2 * RATE_HZ)
    if not pieces:
        assert len(cut(sound, RATE_HZ, [1.0])) == 1 or why == ""
        return
    with pytest.raises(SourceError, match=why):
        cut(sound, RATE_HZ, expected)


def test_a_recording_is_trimmed_mono_and_keeps_its_band() -> None:
    kept = uploads.line_of(hum(2.0, 500.0), LINE, 1.5)
    sound = samples(kept, 22_050, None)
    assert len(sound) / 2 / 22_050 == pytest.approx(2.3, abs=0.02)


@pytest.mark.parametrize("loud", [0.01, 0.1, 0.8])
def test_a_recording_is_as_loud_as_it_shall_be_however_softly_it_was_made(loud: float) -> None:
    kept = uploads.line_of(hum(2.0, 500.0, loud=loud), LINE, 1.5)
    assert takes.level(samples(kept, 22_050, -24.0), 22_050) == pytest.approx(-24.0, abs=0.3)


def test_nothing_is_ever_cut_off_by_making_it_louder() -> None:
    values = array("h", samples(uploads.line_of(hum(2.0, 500.0, loud=0.5), LINE, 1.5), 22_050, 0.0))
    assert max(map(abs, values)) <= 32_767 * 10 ** (-1 / 20) + 2


@pytest.mark.parametrize("kind", ["mp3", "ogg", "flac"])
def test_other_kinds_of_files_are_taken(kind: str, tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / f"in.{kind}"
    (tmp_path / "in.wav").write_bytes(hum(2.0))
    subprocess.run(["ffmpeg", "-v", "error", "-i", tmp_path / "in.wav", path], check=True)
    sound = samples(uploads.line_of(path.read_bytes(), LINE, 1.5), 22_050, None)
    assert len(sound) / 2 / 22_050 == pytest.approx(2.3, abs=0.06)


def kept(project: Project, data: bytes) -> Takes:
    own = takes.load(settings_of(project), "a")
    master = uploads.line_of(data, LINE, 2.0)
    take = take_of("own", "a", LINE, "Ada", master, -24.0)
    own.keep_sound(take, master)
    own.use([take])
    return own


def test_a_recording_survives_the_cache_and_speaks_nothing(make_project: Callable[..., Project]) -> None:
    import shutil

    project = make_project(settings=REQUIRED)
    project.page("a.txt", DOSE)
    spoken = project.build().spoken
    kept(project, hum(2.0))
    project.build()
    draft = drafts.place(settings_of(project)) / "a/a.mp3"
    before = draft.read_bytes()
    shutil.rmtree(project.place / ".voicegen")
    result = project.build()
    assert draft.read_bytes() == before
    assert result.spoken == spoken - 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.EMFILE])
def test_where_recordings_can_not_be_seen_the_engine_does_not_speak_instead(
    make_project: Callable[..., Project], number: int
) -> None:
    project = make_project()
    project.page("a.txt", DOSE)
    project.build()
    kept(project, hum(2.0))
    project.build()
    before = project.tree()
    project.page("a.txt", DOSE.replace("a week", "two weeks"))
    with closed(project.place / "recordings/a", number):
        (page,) = project.build().pages
    assert page.outcome == "failed"
    assert project.tree() == before


def test_a_recording_is_for_its_page_and_words_only(make_project: Callable[..., Project]) -> None:
    project = drafted(make_project)
    project.page("b.txt", DOSE.replace("Gallstones", "Other stones"))
    project.build()
    kept(project, hum(2.0))
    why = {page.id: (page.outcome, page.why) for page in project.build().pages}
    assert why == {"a": ("drafted", "a recording of your own changed"), "b": ("unchanged", "")}
    project.page("a.txt", DOSE.replace("Do not eat", "Never eat"))
    (page, _) = project.build().pages
    assert any("is not used: the page says something else there now" in notice for notice in page.notices)
    project.page("a.txt", DOSE)
    (page, _) = project.build().pages
    assert not any("is not used" in notice for notice in page.notices)


def test_the_telephone_hears_the_recording_too(make_project: Callable[..., Project]) -> None:
    settings = '[voice]\nengine = "tone"\n[publications]\nformats = ["timeline", "phone"]\n'
    project = make_project(settings=settings)
    project.page("a.txt", DOSE)
    project.build()
    before = {name: len(data) for name, data in project.tree().items() if name.endswith(".wav")}
    kept(project, hum(6.0))
    project.build()
    after = {name: len(data) for name, data in project.tree().items() if name.endswith(".wav")}
    assert sum(after.values()) > sum(before.values())


def test_a_sound_or_record_that_was_changed_is_refused_with_a_remedy(make_project: Callable[..., Project]) -> None:
    project = drafted(make_project)
    kept(project, hum(2.0))
    (sound,) = (project.place / "recordings/a").glob("*.wav")
    (record,) = (project.place / "recordings/a").glob("*.json")
    data = sound.read_bytes()
    sound.write_bytes(data[:-2] + b"\0\1")
    (page,) = project.build().pages
    assert page.outcome == "failed"
    assert "is not what was recorded" in str(page.errors[0])
    sound.write_bytes(data)
    text = record.read_text()
    wrong: list[dict[str, object]] = [{"x": 1}, {"level_dbov": "loud"}, {"level_dbov": float("nan")}, {"by": None}]
    wrong += [{"sound": "../" * 20 + "abcd"}, {"kind": "theirs"}]
    changed = [json.dumps({**json.loads(text), **facts}) for facts in wrong]
    for spoiled in ("", "[]", text.replace("Do not eat", "Do eat"), *changed):
        record.write_text(spoiled)
        with pytest.raises(PublicationError, match="it can't be read"):
            takes.load(settings_of(project), "a")


def test_a_pipe_in_the_place_of_a_recording_is_not_waited_for(tmp_path: Path) -> None:
    take = take_of("own", "a", LINE, "Ada", b"", None)
    os.mkfifo(tmp_path / f"{take.sound}.wav")
    with pytest.raises(PublicationError, match="can't be read"):
        Takes(tmp_path).seconds(take)


def test_a_take_of_the_engine_is_not_inherited_by_another_voice() -> None:
    class Other:
        def key(self, line: Line) -> str:
            return "other"

    take = take_of("again", "a", LINE, "Ada", b"", None, "key")
    found = Takes(Path(), {take.key: take})
    assert found.of(LINE) == take
    assert found.of(LINE, Other()) is None  # type: ignore[arg-type]


def test_silence_that_is_longer_than_a_line_can_be_is_refused() -> None:
    with pytest.raises(SourceError, match=r"seconds of sound, which can't be right"):
        uploads.line_of(wav([3_000, -3_000] * 24_000 * 30, 24_000), LINE, 1.5)


@pytest.mark.parametrize(("seconds", "expected"), [(0.4, 2.0), (6.0, 1.0)])
def test_a_recording_far_from_the_lines_length_is_refused(seconds: float, expected: float) -> None:
    with pytest.raises(SourceError, match="and the voice takes"):
        uploads.line_of(hum(seconds), LINE, expected)
