"""What staff are told before a build: how pages stand, and what it would take; and that asking changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from tests.reviews.projects import hum
from tests.test_cli import run
from voicegen import failures, pace, pages, takes
from voicegen.config import Settings, load
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.extensions import engines, formats
from voicegen.planning import Plan, plan
from voicegen.standing import Desk
from voicegen.takes import uploads
from voicegen.wording import wording


def desk(project: Project) -> Desk:
    return Desk(load(project.place, engines(), formats()))


def states(project: Project) -> dict[str, str]:
    return {page.id: str(page.state) for page in desk(project).standings()}


def planned(project: Project) -> Plan:
    return plan(desk(project))


def everything(place: Path) -> dict[str, tuple[int, ...]]:
    """What changes of any file or folder when it is written, touched, replaced or removed."""
    found: dict[str, tuple[int, ...]] = {}
    for path in (place, *place.rglob("*")):
        stat = path.lstat()
        found[str(path)] = (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_mode)
    return found


def test_status_tells_new_changed_missing_damaged_and_failed_pages_apart(project: Project) -> None:
    for name in ("current", "changed", "missing", "damaged"):
        project.page(f"{name}.txt", PAGE.replace("Gallstones", f"About {name}"))
    project.build()
    project.page("changed.txt", PAGE)
    (project.place / "content/missing.txt").unlink()
    (project.output / "damaged" / "damaged.mp3").write_bytes(b"not what was published")
    project.page("new.txt")
    project.page("failed.txt", "---\n")
    assert states(project) == {
        "changed": "changed",
        "current": "current",
        "damaged": "damaged",
        "failed": "new",
        "missing": "missing",
        "new": "new",
    }
    project.build(only=["failed"])  # which also takes the missing page away
    assert states(project) == {
        "changed": "changed",
        "current": "current",
        "damaged": "damaged",
        "failed": "failed",
        "new": "new",
    }


def test_a_page_whose_file_is_gone_is_missing_until_a_build_takes_it_away(project: Project) -> None:
    project.page("a.txt")
    gone = project.page("b.txt", PAGE.replace("Gallstones", "Other stones"))
    project.build()
    gone.unlink()
    assert states(project) == {"a": "current", "b": "missing"}
    assert planned(project).removed == ["b"]
    project.build()
    assert states(project) == {"a": "current"}


def test_a_page_that_failed_is_failed_until_it_changes_and_forgotten_when_it_is_published(
    project: Project,
) -> None:
    project.page("a.txt", "---\n")
    project.build()
    (standing,) = desk(project).standings()
    assert (standing.state, "has no text to speak" in standing.why) == ("failed", True)
    project.page("a.txt")
    assert states(project) == {"a": "new"}
    project.build()
    assert states(project) == {"a": "current"}
    assert failures.load(project.place / ".voicegen") == {}


def test_a_page_that_can_not_be_read_is_failed_without_a_build(project: Project) -> None:
    (project.place / "content" / "a.txt").symlink_to("nowhere.txt")
    (standing,) = desk(project).standings()
    assert standing.state == "failed"
    assert "a link that leads nowhere" in standing.why


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": {"stamp": 1, "errors": 2}}', b"\xff"])
def test_spoiled_notes_of_voicegen_cost_nothing_but_what_they_said(project: Project, note: bytes) -> None:
    project.page("a.txt", "---\n")
    project.build()
    for name in (failures.NAME, pace.NAME):
        (project.place / ".voicegen" / name).write_bytes(note)
    assert states(project) == {"a": "new"}
    assert planned(project).work_s == 0
    project.build()
    assert states(project) == {"a": "failed"}


def test_asking_changes_nothing_on_the_disk(project: Project) -> None:
    project.page("a.txt")
    before = everything(project.place)
    for command in ("status", "plan"):
        run(project.place, command)
        run(project.place, command, "--json")
    assert everything(project.place) == before
    project.build()
    project.page("a.txt", PAGE.replace("hours", "days"))
    project.page("b.txt", "---\n")
    before = everything(project.place)
    for command in ("status", "plan"):
        assert "Nothing was changed." in run(project.place, command).stdout
        run(project.place, command, "--json")
    assert everything(project.place) == before


def test_status_parses_no_page(project: Project) -> None:
    project.page("a.html", "<html lang=en><title>x</title><h1>x</h1><p>Words to say.</p>")
    project.page("b.md", "# Stones\n\nWords to say.\n")
    code = (
        "import sys; from voicegen.cli import main\n"
        f"try: main(['-C', {str(project.place)!r}, 'status'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'bs4', 'lxml', 'markdown_it', 'jinja2', 'babel'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.endswith("[]\n"), said.stdout


def test_the_plan_counts_what_the_build_then_speaks(make_project: Callable[..., Project]) -> None:
    formats = '"html", "mp3", "webvtt", "timeline"'  # the telephone's chapters are cut by what was spoken
    project = make_project(settings=f'[voice]\nengine = "tone"\n[publications]\nformats = [{formats}]\n')
    project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    made = planned(project)
    result = project.build()
    assert sum(page.to_speak for page in made.pages) == result.spoken > 0
    assert [page.lines for page in made.pages] == [page.lines for page in result.pages]
    project.page("a.txt", PAGE.replace("hours", "days"))
    made = planned(project)
    assert [(page.id, page.to_speak) for page in made.pages] == [("a", 1)]
    assert made.unchanged == 1
    assert project.build().spoken == 1


def test_known_lines_count_with_their_true_length(project: Project) -> None:
    project.page("a.txt")
    seconds = project.build().pages[0].seconds
    project.page("a.txt", PAGE.replace("Treatment", "Treatment\nDo not take more than 4 tablets.\n"))
    (page,) = planned(project).pages
    assert abs(page.seconds - page.new_s - seconds) < 4  # each chapter is filled up to whole frames
    assert 0 < page.new_s < 10


def test_a_page_that_would_fail_says_why_and_counts_nothing(project: Project) -> None:
    project.page("a.txt", "---\n")
    (page,) = planned(project).pages
    assert "has no text to speak" in page.errors[0]
    assert (page.to_speak, page.seconds) == (0, 0)
    assert "a: would fail." in run(project.place, "plan").stdout


def test_a_plan_for_one_page_is_for_that_page_and_another_name_is_refused(project: Project) -> None:
    project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    facts = json.loads(run(project.place, "plan", "b", "--json").stdout)
    assert [page["id"] for page in facts["pages"]] == ["b"]
    assert "there is no such page" in run(project.place, "plan", "bb", code=2).stderr


def test_a_cloud_voice_costs_what_the_setting_says_and_its_host_is_named(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(
        settings='[voice]\nengine = "gtts"\n[gtts]\nallow = true\n[plan]\nprice = 16\ncurrency = "EUR"\n'
    )
    project.page("a.txt")
    made = planned(project)
    assert made.host == "translate.google.com"
    assert made.characters == sum(page.characters for page in made.pages) > 100
    assert made.cost == pytest.approx(made.characters * 16 / 1e6)
    said = run(project.place, "plan").stdout
    assert f"would be sent to translate.google.com ({made.characters:,} characters)" in said
    assert "EUR." in said
    assert not (project.place / ".voicegen").exists()


def test_an_engine_of_this_machine_sends_nothing(project: Project) -> None:
    project.page("a.txt")
    assert planned(project).host == ""
    assert "No text leaves this machine." in run(project.place, "plan").stdout


def test_the_time_is_reckoned_from_builds_like_this_one() -> None:
    assert pace.Pace().work_s(100, 100) == 0
    assert pace.Pace(0.5, 0.1).work_s(100, 200) == pytest.approx(70)
    assert pace.Pace(0.5).work_s(100, 200) == pytest.approx(150)


def test_a_pace_is_kept_for_new_sound_and_for_known_sound_and_not_for_short_builds(tmp_path: Path) -> None:
    pace.note(tmp_path, 5, 10, 10)
    assert pace.load(tmp_path) == pace.Pace()
    pace.note(tmp_path, 50, 90, 10)
    assert pace.load(tmp_path) == pace.Pace(0.5, 0)
    pace.note(tmp_path, 10, 1, 99)
    assert pace.load(tmp_path) == pace.Pace(0.5, 0.1)
    pace.note(tmp_path, 99, 30, 70)  # of both kinds: it tells of neither
    assert pace.load(tmp_path) == pace.Pace(0.5, 0.1)


def test_a_failure_is_noted_only_when_it_is_news(tmp_path: Path) -> None:
    error = SourceError("a.txt", "it is empty")
    failures.note(tmp_path, {"a": ({"text": "1"}, [error])})
    before = (tmp_path / failures.NAME).stat()
    failures.note(tmp_path, {"a": ({"text": "1"}, [error])})
    assert (tmp_path / failures.NAME).stat().st_ino == before.st_ino
    failures.note(tmp_path, {"a": ({"text": "2"}, [])})
    assert failures.load(tmp_path) == {}


def test_each_page_is_read_once_however_many_there_are(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        project.page(f"p{number}.txt", PAGE.replace("Gallstones", f"Page {number}"))
    read: list[str] = []
    ours = pages.PageFile.read

    def reading(self: pages.PageFile, settings: Settings) -> SourceFile:
        read.append(self.id)
        return ours(self, settings)

    monkeypatch.setattr(pages.PageFile, "read", reading)
    states(project)
    assert sorted(read) == [f"p{number}" for number in range(5)]


def test_lines_that_staff_recorded_are_not_planned_to_be_spoken(make_project: Callable[..., Project]) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["mp3", "timeline"]\n')
    project.page("a.txt")
    before = planned(project)
    settings = load(project.place, engines(), formats())
    (page,) = pages.find(settings)
    found = desk(project)
    said = wording(page, page.read(settings), settings, found.words("a"), found.speaker.has_voice)
    own = takes.load(settings, "a")
    line = next(one for one in said.script.lines if "fatty" in one.spoken)
    master = uploads.line_of(hum(3.0), line, 3.0)
    take = takes.take_of("own", "a", line, "Ada", master, -24.0)
    own.keep_sound(take, master)
    own.use([take])
    after = planned(project)
    assert after.pages[0].to_speak == before.pages[0].to_speak - 1
    assert after.characters == before.characters - len(line.spoken)
    assert after.pages[0].to_speak == project.build().spoken
