"""The build as a whole, with the quick engine: only what changed, all at once or not at all."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen.contracts import SourceFile
from voicegen.errors import SettingsError, SourceError, TemporaryError
from voicegen.locking import only_one
from voicegen.model.document import Document
from voicegen.sources import text


def lines(project: Project, page: str) -> list[dict[str, object]]:
    timeline = json.loads((project.output / page / "timeline.json").read_text())
    return [line for chapter in timeline["chapters"] for line in chapter["lines"]]


def written(path: Path) -> tuple[int, int, int]:
    """What changes when a file or folder is written, as opposed to read."""
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def ids(project: Project, page: str) -> dict[object, object]:
    return {line["spoken"]: line["id"] for line in lines(project, page)}


def test_a_second_build_speaks_nothing_and_writes_nothing(project: Project) -> None:
    project.page("gallstones.txt")
    first = project.build()
    assert first.exit_code == 0
    assert first.pages[0].why == "new page"
    before = {path: written(path) for path in project.output.rglob("*")}
    second = project.build()
    assert [page.outcome for page in second.pages] == ["unchanged"]
    assert (second.spoken, second.written) == (0, ())
    assert {path: written(path) for path in project.output.rglob("*")} == before


@pytest.mark.parametrize("name", ["gallstones.md", "Gallstones.txt"])
def test_a_file_of_another_name_is_read_anew_though_its_bytes_are_the_same(project: Project, name: str) -> None:
    """Its ending says what its signs mean, and its name is told in what is published."""
    text = "# Gallstones\n\n## Signs\n\nThe pain can *last*.\n"
    path = project.page("gallstones.txt", text)
    project.build()
    path.rename(path.with_name(name))
    result = project.build()
    assert [(one.id, one.outcome, one.why) for one in result.pages] == [
        ("gallstones", "made", "its file was renamed or moved")
    ]
    renamed = project.tree()
    shutil.rmtree(project.output)
    shutil.rmtree(project.place / ".voicegen")
    project.build()
    assert project.tree() == renamed
    assert [one.outcome for one in project.build().pages] == ["unchanged"]


def test_a_changed_sentence_speaks_one_line_and_encodes_one_chapter(project: Project) -> None:
    path = project.page("gallstones.txt")
    project.build()
    before = ids(project, "gallstones")
    stored = {file.name for file in (project.place / ".voicegen/store").rglob("*") if file.is_file()}
    path.write_text(PAGE.replace("It can last for hours.", "It can last for many hours."))
    result = project.build()
    assert result.pages[0].why == "its text changed"
    assert (result.spoken, result.pages[0].spoken) == (1, 1)
    after = ids(project, "gallstones")
    assert {k: v for k, v in before.items() if k in after} == {k: v for k, v in after.items() if k in before}
    assert len(set(before.items()) ^ set(after.items())) == 2
    new = {file.name for file in (project.place / ".voicegen/store").rglob("*") if file.is_file()} - stored
    assert len(new) == 4  # the line, and its chapter as MP3, as AAC and for the phone
    chapters = [name for name in result.written if "/chapters/" in name and "symptoms" not in name]
    assert all(name.endswith("treatment.mp3") for name in chapters) or chapters == []


def test_a_changed_heading_moves_no_other_line(project: Project) -> None:
    path = project.page("gallstones.txt")
    project.build()
    before = ids(project, "gallstones")
    path.write_text(PAGE.replace("Symptoms", "Signs"))
    assert project.build().spoken == 2  # the heading, and the line for its key in the menu of the phone
    after = ids(project, "gallstones")
    assert {text: name for text, name in before.items() if text != "Symptoms"} == {
        text: name for text, name in after.items() if text != "Signs"
    }


def test_taking_a_change_back_speaks_nothing(project: Project) -> None:
    path = project.page("gallstones.txt")
    project.build()
    tree = project.tree()
    path.write_text(PAGE.replace("hours", "days"))
    project.build()
    path.write_text(PAGE)
    assert project.build().spoken == 0
    assert project.tree() == tree


def test_an_incremental_build_equals_a_clean_one_byte_for_byte(
    project: Project, make_project: Callable[..., Project]
) -> None:
    path = project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    project.build(jobs=1)
    path.write_text(PAGE.replace("hours", "days").replace("Treatment", "What helps"))
    project.build(jobs=3)
    clean = make_project("another place with spaces")
    clean.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    clean.page("a.txt", path.read_text())
    clean.build(jobs=2)
    assert clean.tree() == project.tree()


@pytest.fixture(params=["first", "once the output is another folder"])
def theirs(request: pytest.FixtureRequest, project: Project) -> Path:
    """An output folder that is somebody's own, before the first build or in the place of the one built into."""
    project.page("a.txt")
    gone = project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    if request.param != "first":
        project.build()
        shutil.rmtree(project.output)
    gone.unlink()
    for name in ("a", "b"):
        (project.output / name).mkdir(parents=True)
        (project.output / name / "index.html").write_text("theirs")
    return project.output


def test_what_voicegen_did_not_make_is_never_replaced(project: Project, theirs: Path) -> None:
    pages = {page.id: page for page in project.build().pages}
    assert pages["a"].outcome == "failed"
    assert "did not make it" in str(pages["a"].errors[0])
    assert [path.read_text() for path in sorted(theirs.glob("*/index.html"))] == ["theirs", "theirs"]


@pytest.mark.parametrize("words", ["Our clinic", "Our clinic. Pages to listen to are made with voicegen."])
def test_a_start_page_that_somebody_else_made_is_never_replaced(
    project: Project, theirs: Path, words: str
) -> None:
    (theirs / "index.html").write_text(f"<h1>{words}</h1>")
    shutil.rmtree(theirs / "a")
    with pytest.raises(SettingsError, match="did not make it"):
        project.build()
    assert (theirs / "index.html").read_text() == f"<h1>{words}</h1>"


def test_a_removed_page_goes_from_the_output_and_from_the_list(project: Project) -> None:
    project.page("a.txt")
    path = project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    project.build()
    assert "Kidney stones" in (project.output / "index.html").read_text()
    path.unlink()
    result = project.build()
    assert ("b", "removed") in [(page.id, page.outcome) for page in result.pages]
    assert not (project.output / "b").exists()
    assert "Kidney stones" not in (project.output / "index.html").read_text()
    assert "Gallstones" in (project.output / "index.html").read_text()


def test_the_last_page_can_be_removed_too(project: Project) -> None:
    path = project.page("a.txt")
    project.build()
    path.unlink()
    assert project.build().exit_code == 0
    assert not (project.output / "a").exists()


def test_a_page_that_fails_leaves_what_was_published_and_does_not_stop_the_others(project: Project) -> None:
    path = project.page("a.txt")
    project.build()
    published = {name: data for name, data in project.tree().items() if name.startswith("a/")}
    path.write_bytes(b"\x81\x8d caf\xe9 \xff\xfe\x00")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    result = project.build()
    assert {page.id: page.outcome for page in result.pages} == {"a": "failed", "b": "made"}
    assert result.exit_code == SourceError.exit_code
    assert {name: data for name, data in project.tree().items() if name.startswith("a/")} == published
    path.write_text(PAGE)
    assert project.build().exit_code == 0


def test_a_page_without_words_is_refused(project: Project) -> None:
    project.page("empty.txt", " \n\n")
    result = project.build()
    assert result.exit_code == SourceError.exit_code
    assert result.pages[0].outcome == "failed"


def test_a_damaged_publication_is_made_again_and_the_reason_given(project: Project) -> None:
    project.page("a.txt")
    project.build()
    tree = project.tree()
    (project.output / "a/captions.vtt").write_text("WEBVTT\n\nold sound, new text")
    result = project.build()
    assert result.pages[0].why == "captions.vtt is not as it was published"
    assert (result.spoken, result.written) == (0, ("a/captions.vtt",))
    shutil.rmtree(project.output / "a/chapters")
    (project.output / "index.html").unlink()
    project.build()
    assert project.tree() == tree


def test_a_damaged_clip_is_spoken_again_and_not_heard(project: Project) -> None:
    path = project.page("a.txt")
    project.build()
    for entry in (project.place / ".voicegen/store").rglob("*"):
        if entry.is_file():
            entry.write_bytes(entry.read_bytes()[:-1] + b"x")
    path.write_text(PAGE.replace("hours", "days"))
    damaged = project.build()
    assert damaged.exit_code == 0
    assert damaged.spoken > 1


def test_the_ledger_and_the_store_can_be_lost_without_loss_but_time(project: Project) -> None:
    project.page("a.txt")
    project.build()
    tree = project.tree()
    for name in ("ledger.json", "store"):
        place = project.place / ".voicegen" / name
        shutil.rmtree(place) if place.is_dir() else place.write_text("{not json")
        project.build()
        assert project.tree() == tree


def test_the_sites_own_rules_settle_what_is_spoken(project: Project) -> None:
    words = "<main><h1>Sprain</h1><p>Rest it.</p><p class='promo'>Win a car.</p><p>Book now</p></main>"
    project.page("a.html", f"<html lang=en><body>{words}</body></html>")
    project.build()
    assert "Win a car." in [line["spoken"] for line in lines(project, "a")]
    rules = '[site]\ndrop = [".promo"]\ndrop_texts = ["Book now"]\n'
    (project.place / "voicegen.toml").write_text('[voice]\nengine = "tone"\n' + rules)
    result = project.build()
    spoken = [line["spoken"] for line in lines(project, "a")]
    assert "Rest it." in spoken
    assert not {"Win a car.", "Book now"} & set(spoken)
    assert {piece.text for piece in result.pages[0].left_out} >= {"Win a car.", "Book now"}


def test_a_changed_setting_is_a_reason_and_speaks_only_what_it_must(project: Project) -> None:
    project.page("a.txt")
    project.build()
    (project.place / "voicegen.toml").write_text('[voice]\nengine = "tone"\n[rests]\nparagraph = 1.5\n')
    result = project.build()
    assert result.pages[0].why == "voicegen.toml changed ([rests] paragraph)"
    assert result.spoken == 0


def test_the_memory_holds_what_pages_and_their_last_versions_need_and_no_more(project: Project) -> None:
    path = project.page("a.txt")
    sizes = []
    for n in range(6):
        path.write_text(PAGE.replace("hours", f"{n} hours"))
        project.build()
        sizes.append(sum(file.is_file() for file in (project.place / ".voicegen/store").rglob("*")))
    assert sizes[-1] == sizes[-2] == sizes[2]


def test_a_voice_that_is_not_there_and_a_consent_for_another_engine_are_refused(project: Project) -> None:
    project.page("a.txt")
    with pytest.raises(SettingsError, match="in use is 'tone'"):
        project.build(send_text_to="gtts")
    (project.place / "voicegen.toml").write_text('[voice]\nengine = "tone"\n[voices]\nen = "nosuch"\n')
    with pytest.raises(SettingsError, match="no voice 'nosuch'"):
        project.build()


def test_a_page_that_would_lose_words_is_not_published(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.page("a.txt")
    read = text.read

    def forgetful(file: SourceFile) -> Document:
        document = read(file)
        return replace(document, sections=document.sections[:-1])

    monkeypatch.setattr(text, "read", forgetful)
    (failed,) = project.build().pages
    assert failed.outcome == "failed"
    assert "Many people need no treatment" in str(failed.errors[0])
    assert not (project.output / "a").exists()


def test_only_the_named_pages_are_made(project: Project) -> None:
    project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    assert [page.id for page in project.build(only=["b"]).pages] == ["b"]
    assert not (project.output / "a").exists()
    with pytest.raises(SettingsError, match="'c'"):
        project.build(only=["c"])


def test_a_second_build_at_the_same_time_is_told_to_wait(project: Project) -> None:
    project.page("a.txt")
    with only_one(project.place / ".voicegen/lock"), pytest.raises(TemporaryError, match="another build"):
        project.build()
    assert project.build().exit_code == 0


def _build_and_die(place: Path, after: int) -> None:
    """Builds, and is killed at the n-th file that it writes."""
    from voicegen import publishing

    written = 0
    write = publishing._write

    def counted(*args: object) -> None:
        nonlocal written
        written += 1
        if written > after:
            os.kill(os.getpid(), 9)
        write(*args)  # type: ignore[arg-type]

    publishing._write = counted  # type: ignore[assignment]
    project = object.__new__(Project)
    project.place, project.output = place, place / "output"
    project.build()


@pytest.mark.parametrize("after", [0, 3, 7, 9])
def test_a_build_that_is_killed_leaves_the_old_page_and_the_next_one_finishes(
    project: Project, after: int
) -> None:
    path = project.page("a.txt")
    project.build()
    published = project.tree()
    path.write_text(PAGE.replace("Gallstones", "Gall stones").replace("hours", "days").replace("tablets", "rest"))
    process = multiprocessing.get_context("fork").Process(target=_build_and_die, args=(project.place, after))
    process.start()
    process.join()
    assert process.exitcode == -9
    seen = {name: data for name, data in project.tree().items() if not name.startswith(".stage")}
    assert seen == published
    assert project.build().exit_code == 0
    assert not (project.output / ".stage").exists()
    assert b"days" in project.tree()["a/captions.vtt"]


def test_a_page_with_a_link_that_is_no_address_is_published(project: Project) -> None:
    project.page("a.html", "<h1>Asthma</h1><p>Ask <a href='http://[::1'>us</a> for <a href='//[x'>help</a>.</p>")
    assert [page.outcome for page in project.build().pages] == ["made"]
    assert (project.output / "a" / "index.html").is_file()
