"""Taking a page back: whole, at once, with everything that leads to it, and never undone by the next build."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PAGE, Project, closed
from tests.test_cli import run
from tests.test_status_and_plan import everything, states
from voicegen import history, publishing
from voicegen.build import build
from voicegen.config import load
from voicegen.errors import PublicationError, SettingsError, TemporaryError
from voicegen.extensions import engines, formats
from voicegen.holding import of
from voicegen.taking_back import resume, roll_back
from voicegen.verifying import verify

FEW = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
FEED = FEW.replace('"timeline"]', '"timeline", "feed"]\naddress = "https://clinic.example/"')
SECOND = PAGE.replace("hours", "days")
THIRD = PAGE.replace("hours", "weeks")


def back(project: Project, number: int | None = None) -> int:
    settings = load(project.place, engines(), formats())
    return roll_back(settings, of(settings, "a"), number).number


def go_on(project: Project) -> None:
    settings = load(project.place, engines(), formats())
    resume(settings, "a")


def page(project: Project) -> dict[str, bytes]:
    return {name: data for name, data in project.tree().items() if name.startswith("a/")}


def whole(project: Project) -> None:
    found = verify(project.output)
    assert (found.troubles, found.strangers) == ((), ())


@pytest.fixture
def three(make_project: Callable[..., Project]) -> tuple[Project, list[dict[str, bytes]]]:
    """A page that was published three times, and its three versions."""
    project = make_project(settings=FEED)
    project.page("b.txt", PAGE.replace("Gallstones", "Other stones"))
    versions = []
    for text in (PAGE, SECOND, THIRD):
        project.page("a.txt", text)
        assert project.build().exit_code == 0
        versions.append(page(project))
    return project, versions


Three = tuple[Project, list[dict[str, bytes]]]


@pytest.mark.fault("F3", "taking a page back on a full disk leaves nothing behind that takes up room")
def test_taking_back_on_a_full_disk_leaves_nothing_on_the_stage(
    three: Three, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _ = three

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "flush_all", full)
        with pytest.raises(TemporaryError, match="No space left"):
            back(project)
    assert not (project.output / ".stage").exists()
    project.build()
    assert page(project) == three[1][1]
    whole(project)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EMFILE])
def test_where_versions_can_not_be_seen_none_takes_the_place_of_one_that_is_kept(
    three: Three, number: int
) -> None:
    project, versions = three
    kept = {path: path.read_bytes() for path in (project.place / "history/a").rglob("*") if path.is_file()}
    project.page("a.txt", PAGE.replace("hours", "years"))
    with closed(project.place / "history/a/versions", number):
        assert project.build().exit_code != 0
    assert page(project) == versions[2]
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_page_goes_back_whole_and_list_feed_and_manifest_go_with_it(three: Three) -> None:
    project, versions = three
    feed = (project.output / "feed.xml").read_text()
    assert back(project) == 2
    assert page(project) == versions[1]
    whole(project)
    guids = [line for line in feed.splitlines() if "guid" in line]
    now = (project.output / "feed.xml").read_text()
    assert [line for line in now.splitlines() if "guid" in line] == guids
    assert back(project) == 1
    assert page(project) == versions[0]
    whole(project)
    assert back(project, 3) == 3
    assert page(project) == versions[2]
    whole(project)


def test_what_was_put_back_has_the_time_of_now_for_who_copies_what_is_newer(three: Three) -> None:
    project, versions = three
    for path in [*project.output.rglob("*"), *(project.place / "history").rglob("*")]:
        os.utime(path, (1_000, 1_000))
    back(project)
    old = {name for name in versions[1] if (project.output / name).stat().st_mtime == 1_000}
    assert old == {name for name in versions[1] if versions[1][name] == versions[2].get(name)}


def test_the_output_after_going_back_is_the_one_that_was_published_then(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(settings=FEED)
    project.page("a.txt")
    project.build()
    before = project.tree()
    project.page("a.txt", SECOND)
    project.build()
    back(project)
    assert project.tree() == before


def test_a_build_does_not_publish_what_was_taken_back_and_status_says_so(three: Three) -> None:
    project, versions = three
    back(project)
    for _ in range(2):
        result = project.build()
        assert {one.id: one.outcome for one in result.pages} == {"a": "held", "b": "unchanged"}
        assert (result.spoken, result.written) == (0, ())
        assert page(project) == versions[1]
    assert states(project)["a"] == "held"
    assert "a: held, because it was taken back to version 2" in run(project.place, "status").stdout
    assert "a: held, because" in run(project.place, "build").stdout
    settings = project.place / "voicegen.toml"
    settings.write_text(settings.read_text() + "[rests]\nitem = 0.9\n")
    assert {one.id: one.outcome for one in project.build().pages} == {"a": "held", "b": "made"}
    assert page(project) == versions[1]


def test_a_new_text_is_published_and_a_rejected_one_is_held_again_only_on_demand(three: Three) -> None:
    project, _ = three
    back(project)
    project.page("a.txt", PAGE.replace("hours", "months"))
    assert {one.id: one.outcome for one in project.build().pages}["a"] == "made"
    assert b"months" in page(project)["a/captions.vtt"]
    assert states(project)["a"] == "current"
    project.page("a.txt", THIRD)
    (made,) = (one for one in project.build().pages if one.id == "a")
    assert made.outcome == "made"
    assert any("that of version 3, which was taken back on 2" in notice for notice in made.notices)


TEXTS = {one: PAGE.replace("hours", f"{number} hours") for number, one in enumerate("ABCD", 1)}
"""By letter: a page, its text after one correction, after the next, and so on."""


@pytest.mark.parametrize(
    ("done", "stands"),
    [
        ("A B < C <", "A"),  # two wrong corrections in a row: never the first of them for the second
        ("A B A C <", "A"),  # the first was put right in the file
        ("A B C < D <", "B"),
        ("A B < resume B C <", "B"),  # it was right after all
        ("A B < resume B <", "A"),
        ("A B C < <", "A"),
        ("A B < C < <", "A none"),  # nothing else was ever good
        ("A B C < D older <", "B"),  # by what records of an earlier voicegen tell
        ("A B < C lags D <", "C"),  # the ledger is that of before C, as a build that is killed leaves it
    ],
)
def test_the_version_before_is_the_last_that_stood_and_none_that_was_taken_back(
    make_project: Callable[..., Project], done: str, stands: str
) -> None:
    project = make_project(settings=FEW)
    ledger = project.place / ".voicegen/ledger.json"
    made: dict[str, dict[str, bytes]] = {}
    before, why = b"", ""
    for one in done.split():
        if one == "<":
            try:
                back(project)
            except SettingsError as error:
                why = str(error)
        elif one == "resume":
            go_on(project)
        elif one == "older":
            for record in (project.place / "history/a/versions").iterdir():
                facts = json.loads(record.read_bytes())
                record.write_text(json.dumps({key: facts[key] for key in facts.keys() - {"turn", "taken_back"}}))
        elif one == "lags":
            ledger.write_bytes(before)
        else:
            before = ledger.read_bytes() if ledger.exists() else b""
            project.page("a.txt", TEXTS[one])
            assert project.build().exit_code == 0
            made[one] = page(project)
    assert page(project) == made[stands[0]]
    assert ("taken back itself" in why) == ("none" in stands)
    assert [one.outcome for one in project.build().pages] == ["held"]


def test_the_version_that_stood_last_is_not_the_first_to_make_room(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=f"{FEW}[history]\nkeep = 2\n")
    for one in "ABACD":
        project.page("a.txt", TEXTS[one])
        assert project.build().exit_code == 0
    kept = history.load(load(project.place, engines(), formats())).versions("a")
    assert [one.number for one in kept] == [1, 3]  # A and C: B was replaced before A was


def test_staff_can_say_that_the_text_is_right_after_all(three: Three) -> None:
    project, versions = three
    back(project)
    go_on(project)
    assert states(project)["a"] == "changed"
    project.build()
    assert page(project) == versions[2]
    with pytest.raises(SettingsError, match="not held"):
        go_on(project)


def test_a_text_that_was_never_published_is_not_held_with_the_one_that_was(three: Three) -> None:
    project, _ = three
    project.page("a.txt", PAGE.replace("hours", "months"))
    back(project)
    assert states(project)["a"] == "changed"
    project.build()
    assert b"months" in page(project)["a/captions.vtt"]


def test_a_held_page_stays_held_when_memory_or_output_are_deleted(three: Three) -> None:
    project, versions = three
    back(project)
    shutil.rmtree(project.place / ".voicegen")
    assert {one.id: one.outcome for one in project.build().pages}["a"] == "restored"
    assert page(project) == versions[1]
    whole(project)
    shutil.rmtree(project.output)
    project.build()
    assert page(project) == versions[1]
    whole(project)
    for name in ("a.mp3", "manifest.json"):
        (project.output / "a" / name).unlink()
        project.build()
        assert page(project) == versions[1]
        whole(project)


def test_a_held_page_whose_kept_files_were_spoiled_too_fails_with_a_remedy(three: Three) -> None:
    project, _ = three
    back(project)
    with (project.output / "a/a.mp3").open("r+b") as file:  # in place: what is kept is the same file
        file.write(b"spoiled")
    failed = project.build().pages[0]
    assert failed.outcome == "failed"
    assert "voicegen resume a" in str(failed.errors[0])
    go_on(project)
    assert project.build().exit_code == 0
    whole(project)


def test_without_memory_a_page_is_not_taken_back_since_the_list_would_lose_the_others(three: Three) -> None:
    project, _ = three
    shutil.rmtree(project.place / ".voicegen")
    before = project.tree()
    with pytest.raises(TemporaryError, match="voicegen build"):
        back(project)
    assert project.tree() == before


def test_unchanged_files_take_no_space_of_their_own(three: Three) -> None:
    project, _ = three
    kept = history.load(load(project.place, engines(), formats())).versions("a")
    css = [one.files["a.mp3" if "a.mp3" not in one.files else "page.css"][2] for one in kept]
    assert len(set(css)) == 1
    style = project.place / "history/a/files" / css[0]
    assert style.samefile(project.output / "a/page.css")
    files = {facts[2] for one in kept for facts in one.files.values()}
    assert {path.name for path in (project.place / "history/a/files").iterdir()} == files


def test_only_so_many_versions_are_kept_and_their_files_go_with_them(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=FEW + "[history]\nkeep = 2\n")
    for number in range(5):
        project.page("a.txt", PAGE.replace("hours", f"{number + 2} hours"))
        project.build()
    kept = history.load(load(project.place, engines(), formats())).versions("a")
    assert [one.number for one in kept] == [3, 4]
    files = {facts[2] for one in kept for facts in one.files.values()}
    assert {path.name for path in (project.place / "history/a/files").iterdir()} == files
    with pytest.raises(SettingsError, match="Kept are: 3, 4"):
        back(project, 1)
    assert back(project, 3) == 3  # the oldest: what it replaces is kept, and it stays itself
    assert back(project, 5) == 5


def test_nothing_is_kept_where_nothing_shall_be(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=FEW + "[history]\nkeep = 0\n")
    for text in (PAGE, SECOND):
        project.page("a.txt", text)
        project.build()
    assert not (project.place / "history").exists()
    with pytest.raises(SettingsError, match="no earlier version"):
        back(project)


@pytest.mark.fault("F16", "an earlier version that was damaged is refused, and the page stays")
def test_a_version_that_was_damaged_is_refused_and_the_page_stays(three: Three) -> None:
    project, _ = three
    version = history.load(load(project.place, engines(), formats())).versions("a")[1]
    file = project.place / "history/a/files" / version.files["a.mp3"][2]
    data = file.read_bytes()
    file.unlink()
    before = project.tree()
    for spoiled in (None, data[:-1], data[:-1] + b"\0"):
        if spoiled is not None:
            file.write_bytes(spoiled)
        with pytest.raises(PublicationError, match=r"a\.mp3 is missing from it or is not as it was"):
            back(project)
        assert project.tree() == before
    assert states(project)["a"] == "current"


@pytest.mark.fault(
    "F1", "what a killed run left of a version's record goes with the next change, whatever the page's state"
)
@pytest.mark.parametrize("is_damaged", [False, True])
def test_an_unfinished_record_of_a_version_goes_when_the_page_does(three: Three, is_damaged: bool) -> None:
    project, _ = three
    unfinished = project.place / "history/a/versions/.9.json.new"
    unfinished.write_text("{")
    if is_damaged:
        (project.place / "output/a/a.mp3").write_bytes(b"")
    (project.place / "content/a.txt").rename(project.place / "content/b.txt")
    assert project.build().exit_code == 0
    assert not unfinished.exists()


@pytest.mark.fault("F16", "a version whose kept files were damaged is kept anew when it is replaced once more")
@pytest.mark.parametrize("how", ["cut", "gone", "folder", "link"])
def test_what_was_damaged_of_a_version_is_kept_anew_while_it_stands(three: Three, how: str) -> None:
    project, versions = three
    back(project, 2)
    page_file = project.page("a.txt", PAGE.replace("hours", "years"))
    files = project.place / "history/a/files"
    version = history.load(load(project.place, engines(), formats())).versions("a")[1]
    sounds = files / version.files["a.mp3"][2], files / version.files["timeline.json"][2]
    for file in sounds:
        data = file.read_bytes()
        file.unlink()  # what stands published has another name of it
        if how == "cut":
            file.write_bytes(data[:-1])
        elif how == "folder":
            file.mkdir()
        elif how == "link":
            file.symlink_to(page_file)
    (files / "of-somebody").mkdir()
    (files / "of-somebody.txt").touch()  # as where a link leads to somebody's folder
    assert project.build().exit_code == 0
    assert "years" in page_file.read_text()
    back(project, 2)
    assert page(project) == versions[1]
    assert (files / "of-somebody").is_dir()
    assert (files / "of-somebody.txt").is_file()


@pytest.mark.fault(
    "F16",
    "a damaged list of pages that were taken back stops builds, so that none of them is published",
)
@pytest.mark.parametrize("spoiled", ["", "[]", '{"a": {}}', '{"a": {"number": "x"}}'])
def test_a_spoiled_list_of_held_pages_stops_the_build_with_a_remedy(three: Three, spoiled: str) -> None:
    project, _ = three
    back(project)
    (project.place / "history/held.json").write_text(spoiled)
    with pytest.raises(PublicationError, match="put it back from a copy"):
        project.build()


@pytest.mark.parametrize("spoiled", ["files", "turn"])
def test_a_record_that_names_files_elsewhere_is_no_version(three: Three, spoiled: str) -> None:
    project, _ = three
    path = project.place / "history/a/versions/1.json"
    data = json.loads(path.read_text())
    if spoiled == "turn":
        data["turn"] = "soon"
    else:
        data["files"]["../../escape"] = data["files"]["a.mp3"]
    path.write_text(json.dumps(data))
    with pytest.raises(SettingsError, match="no version 1 of it is kept"):
        back(project, 1)
    assert not (project.output.parent / "escape").exists()


def test_where_the_disk_has_no_second_names_files_are_copied(
    make_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "no such names here")

    monkeypatch.setattr(os, "link", refuse)
    project = make_project(settings=FEW)
    project.page("a.txt")
    project.build()
    first = page(project)
    project.page("a.txt", SECOND)
    project.build()
    back(project)
    assert page(project) == first
    assert project.build().pages[0].outcome == "held"


def test_a_removed_page_is_no_longer_held_and_its_versions_stay(three: Three) -> None:
    project, versions = three
    back(project)
    path = project.place / "content/a.txt"
    path.unlink()
    project.build()
    assert not (project.output / "a").exists()
    project.page("a.txt", PAGE.replace("hours", "months"))
    project.build()
    back(project, 2)
    assert page(project) == versions[1]


@pytest.mark.parametrize("executor", [False, True])
@pytest.mark.parametrize(("words", "others"), [("weeks", "months"), ("Do not", "Do NOT")])
def test_what_was_taken_back_is_held_also_where_a_file_of_other_bytes_says_it(
    three: Three, executor: bool, words: str, others: str
) -> None:
    project, versions = three
    back(project)
    project.page("a.txt", f"{THIRD}\n\n")
    settings = load(project.place, engines(), formats())
    made = build(settings, executor=ThreadPoolExecutor(1)) if executor else project.build()
    assert [one.outcome for one in made.pages] == ["held", "unchanged"]
    assert page(project) == versions[1]
    assert states(project)["a"] == "held"
    project.page("a.txt", THIRD.replace(words, others))
    made = build(settings, executor=ThreadPoolExecutor(1)) if executor else project.build()
    assert made.pages[0].outcome == "made"


def test_another_link_is_published_though_the_page_says_what_it_said_when_it_was_taken_back(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(settings=FEW)
    for link in ("one", "two"):
        project.page("a.md", f"# Gallstones\n\nSee [our leaflet](https://clinic.example/{link}).\n")
        project.build()
    assert back(project) == 1
    project.page("a.md", "# Gallstones\n\nSee [our leaflet](https://clinic.example/three).\n")
    assert project.build().pages[0].outcome == "made"


def test_a_text_that_was_taken_back_is_not_published_under_another_name_unless_somebody_says_so(
    three: Three,
) -> None:
    project, _ = three
    content = project.place / "content"
    project.page("c.txt", THIRD)
    project.build()
    back(project)
    (content / "more").mkdir()
    (content / "a.txt").rename(content / "more/a.txt")
    (content / "b.txt").write_text(SECOND.replace("Gallstones", "A"))  # the name of the one that was taken back
    result = project.build()
    (failed,) = [one for one in result.pages if one.outcome == "failed"]
    assert (failed.id, "taken back, as page a" in str(failed.errors[0])) == ("more-a", True)
    assert not (project.output / "more-a").exists()
    assert (project.output / "c").exists(), "what was published under its own name before stays"
    (content / "more/a.txt").write_text(SECOND)
    assert project.build().exit_code == 0, "another text is no longer the one that was taken back"
    (content / "more/a.txt").write_text(THIRD)
    assert project.build().exit_code != 0
    run(project.place, "resume", "a")
    assert project.build().exit_code == 0
    assert (project.output / "more-a").exists()


def test_looking_at_the_history_changes_nothing(three: Three) -> None:
    project, _ = three
    back(project, 1)
    before = everything(project.place)
    said = run(project.place, "history", "a").stdout
    facts = json.loads(run(project.place, "history", "a", "--json").stdout)
    assert everything(project.place) == before
    assert "version 1, published now: published" in said
    assert [(one["number"], one["present"]) for one in facts["versions"]] == [(3, False), (2, False), (1, True)]
    assert facts["held"] == 1


def test_the_command_says_what_becomes_of_a_page_that_is_held_already(three: Three) -> None:
    place = three[0].place
    run(place, "rollback", "a", "1")
    assert "was held at already, and stands" in run(place, "rollback", "a", "1").stdout
    said = run(place, "rollback", "a", code=2).stderr
    assert "it is held at version 1 already, and none before that is kept" in said
    said = run(place, "build").stdout
    assert (
        "held, because it was taken back to version 1, and its text is still the one that was taken back" in said
    )


def test_the_command_takes_back_the_page_that_the_path_leads_to_and_none_that_is_called_alike(
    three: Three,
) -> None:
    project, _ = three
    for text in (PAGE, SECOND):
        project.page("more/a.txt", text)
        project.build()
    before = page(project)
    path = str(project.place / "content/more/a.txt")
    assert "more-a: version 1, published" in run(project.place, "rollback", path).stdout
    assert page(project) == before
    assert states(project) == {"a": "current", "b": "current", "more-a": "held"}
    assert "more-a: the next build" in run(project.place, "resume", path).stdout


def test_the_commands_take_back_and_go_on(three: Three) -> None:
    project, versions = three
    assert "a: version 2, published" in run(project.place, "rollback", "a").stdout
    assert page(project) == versions[1]
    assert "no version 9" in run(project.place, "rollback", "a", "9", code=2).stderr
    run(project.place, "resume", "a")
    run(project.place, "build")
    assert page(project) == versions[2]


# killed at every step


def die_at(step: int, act: Callable[[], Any]) -> None:
    """Runs `act` and kills this process for good before its `step`th change of the disk."""
    left = step

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return function(*arguments, **options)

        return call

    for name in ("link", "replace", "rename", "fsync", "unlink", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))
    publishing._swap = counted(publishing._swap)
    act()


def killed(step: int, act: Callable[[], Any]) -> bool:
    """Whether the process was killed before it came to its end."""
    process = multiprocessing.get_context("fork").Process(target=die_at, args=(step, act))
    process.start()
    process.join()
    assert process.exitcode in (0, -9), process.exitcode
    return process.exitcode == -9


def copied(project: Project, place: Path) -> Project:
    shutil.copytree(project.place, place)
    copy = Project.__new__(Project)
    copy.place, copy.output = place, place / "output"
    return copy


def seen(project: Project) -> dict[str, bytes]:
    return page(project)


@pytest.mark.fault("F1", "killed while a page is taken back, the decision stands or nothing happened")
def test_killed_at_any_step_of_taking_back_the_page_is_whole_and_the_next_build_finishes(
    three: Three, tmp_path: Path
) -> None:
    project, versions = three
    results = set()
    step, survived = 0, False
    while not survived:
        copy = copied(project, tmp_path / f"copy{step}")
        survived = not killed(step, lambda copy=copy: back(copy))  # type: ignore[misc]
        now = page(copy)
        assert now in (versions[1], versions[2]), f"a mix after step {step}"
        result = copy.build()
        assert result.exit_code == 0
        held = (copy.place / "history/held.json").is_file()
        assert page(copy) == versions[1 if held else 2]
        whole(copy)
        assert not (copy.output / ".stage").exists()
        results.add((now == versions[1], held))
        shutil.rmtree(copy.place)
        step += 4
    assert {(False, False), (False, True), (True, True)} <= results


@pytest.mark.fault("F1", "killed in a build, the old version is kept where the new one stands")
def test_killed_at_any_step_of_a_build_the_old_version_or_the_new_one_stands_and_is_kept(
    three: Three, tmp_path: Path
) -> None:
    project, versions = three
    project.page("a.txt", PAGE.replace("hours", "months"))
    step, survived = 20, False
    while not survived:
        copy = copied(project, tmp_path / f"copy{step}")
        survived = not killed(step, lambda copy=copy: copy.build(jobs=1))  # type: ignore[misc]
        now = page(copy)
        assert now == versions[2] or b"months" in now["a/captions.vtt"]
        assert copy.build().exit_code == 0
        assert b"months" in page(copy)["a/captions.vtt"]
        whole(copy)
        assert back(copy) == 3
        assert page(copy) == versions[2]
        shutil.rmtree(copy.place)
        step += 17
