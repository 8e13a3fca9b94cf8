"""A build in parts: what shards make is published together, and only together."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PAGE, Project
from tests.machines.test_executors_contract import SETTINGS, TITLES, fill
from tests.reviews.projects import approve, settings_of
from voicegen import ledger, sharding
from voicegen.errors import SettingsError, TemporaryError
from voicegen.report import Result
from voicegen.sharding import Shard, parsed, shard

Make = Callable[..., Project]
QUICK = '[voice]\nengine = "tone"\n[publications]\nformats = ["webvtt", "timeline"]\n'
OF = 5
ALL = range(1, OF + 1)


def build_shard(project: Project, number: int, of: int = OF) -> Result:
    return sharding.build_shard(settings_of(project), Shard(of, number), jobs=1)


def publish(project: Project, partial: bool = False) -> Result:
    return sharding.publish(settings_of(project), partial=partial)


def outcomes(result: Result) -> dict[str, str]:
    return {page.id: page.outcome for page in result.pages}


def run(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("here") / "project", SETTINGS)
    fill(project)
    project.build(jobs=1)
    return project


def test_every_page_is_in_exactly_one_shard_and_always_the_same() -> None:
    ids = [f"page-{number}" for number in range(2_000)]
    for of in (1, 2, 7, 20):
        sizes = [sum(shard(name, of) == Shard(of, number) for name in ids) for number in range(1, of + 1)]
        assert sum(sizes) == len(ids)
        assert min(sizes) > 0.7 * len(ids) / of, "they are about as large as each other"
    assert [shard("hay-fever", of).number for of in (2, 3, 20)] == [2, 1, 6]


@pytest.mark.parametrize("text", ["0/3", "4/3", "3", "1/0", "a/b", "-1/3", "1/3 ", "1 / 3", "٣/٩", ""])
def test_what_is_no_shard_is_refused_in_words(text: str) -> None:
    with pytest.raises(SettingsError):
        parsed(text)
    assert parsed("3/3") == Shard(3, 3)


def test_a_shard_that_is_counted_from_0_is_told_the_arithmetic() -> None:
    with pytest.raises(SettingsError, match=r"counted from 1.*\(\(INDEX \+ 1\)\)/20"):
        parsed("0/20")


def test_shards_at_the_same_time_in_one_folder_make_what_a_build_makes_byte_for_byte(
    make_project: Make, built_here: Project
) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda number: build_shard(project, number), ALL))
    assert sorted(page.id for result in done for page in result.pages) == ["a", "b", "c-d", "e", "empty"]
    assert project.tree() == {}, "nothing is published by shards"
    result = publish(project)
    assert outcomes(result) == {**dict.fromkeys(("a", "b", "c-d", "e"), "made"), "empty": "failed"}
    assert result.spoken == 0
    assert result.exit_code == 42
    assert project.tree() == built_here.tree()
    assert list((project.place / ".voicegen" / "shards").iterdir()) == []
    assert set(outcomes(project.build()).values()) == {"unchanged", "failed"}


def test_shards_on_machines_of_their_own_are_copied_together(make_project: Make, built_here: Project) -> None:
    together = make_project("together", settings=SETTINGS)
    fill(together)
    for number in ALL:
        alone = make_project(f"machine {number}", settings=SETTINGS)
        fill(alone)
        build_shard(alone, number)
        folder = f".voicegen/shards/{number}-of-{OF}"
        shutil.copytree(alone.place / folder, together.place / folder, copy_function=shutil.copyfile)
        shutil.rmtree(alone.place)
    publish(together)
    assert together.tree() == built_here.tree()


def test_a_missing_shard_is_named_and_nothing_is_published_or_removed(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    gone = project.page("gone.txt")
    project.build()
    gone.unlink()
    fill(project)
    before = project.tree()
    missing = shard("a", OF).number
    for number in set(ALL) - {missing}:
        build_shard(project, number)
    with pytest.raises(TemporaryError, match=rf"2 missing \(a, empty\).*--shard {missing}/{OF}`, or .*--partial"):
        publish(project)
    assert project.tree() == before

    result = publish(project, partial=True)
    assert {name for name, what in outcomes(result).items() if what == "made"} == {"b", "c-d", "e"}
    assert outcomes(result)["a"] == "failed"
    assert (project.output / "gone").is_dir(), "nothing is removed by who does not see all"
    build_shard(project, missing)
    result = publish(project)
    assert outcomes(result)["a"] == "made"
    assert outcomes(result)["gone"] == "removed"


def test_a_shard_that_was_stopped_goes_on_and_speaks_nothing_twice(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    first = build_shard(project, 1, 1)
    staged = project.place / ".voicegen" / "shards" / "1-of-1"
    (staged / "b.json").unlink()  # as if it had been stopped before it wrote that down
    (staged / "e" / "e.mp3").write_bytes(b"cut off")
    second = build_shard(project, 1, 1)
    assert outcomes(second) == outcomes(first)
    assert second.spoken == 0
    assert first.spoken > 20
    assert {page.outcome for page in publish(project).pages} == {"made", "failed"}


KILLED = """
import os, signal, sys
from pathlib import Path
from voicegen import config, extensions, making, sharding
known = making.Maker.finish
def finish(self, started, ledger):
    if started.page.id == "b" and not started.errors:
        os.kill(os.getpid(), signal.SIGKILL)
    return known(self, started, ledger)
making.Maker.finish = finish
settings = config.load(Path(sys.argv[1]), extensions.engines(), extensions.formats())
sharding.build_shard(settings, sharding.Shard(1, 1), jobs=1)
"""


def test_a_page_that_kills_its_shard_each_time_is_given_up_alone(make_project: Make, built_here: Project) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    codes: list[int] = []
    while not codes or (codes[-1] and len(codes) < 9):
        command = [sys.executable, "-c", KILLED, str(project.place)]
        codes.append(subprocess.run(command, capture_output=True, check=False).returncode)
        staged = {path.stem for path in (project.place / ".voicegen/shards/1-of-1").glob("*.json")}
        assert len(codes) < 3 or staged >= {"a", "c-d", "e"}, "what can be made is made in the third try"
    assert codes == [-9, -9, -9, 0]
    result = publish(project)
    assert outcomes(result) == {"a": "made", "b": "failed", "c-d": "made", "e": "made", "empty": "failed"}
    assert "was ended 3 times" in str(next(page for page in result.pages if page.id == "b").errors[0])
    assert set(outcomes(project.build()).values()) == {"made", "unchanged", "failed"}
    assert project.tree() == built_here.tree()


@pytest.mark.fault("F16", "a damaged note of how often a page was tried costs a try")
@pytest.mark.parametrize(
    "note", ["[1]", "3", '"x"', '{".tries": "x"}', '{".tries": []}', "{}", "[" * 100_000, "{"]
)
def test_a_damaged_note_of_tries_is_none(make_project: Make, note: str) -> None:
    project = make_project()
    project.page("a.txt")
    place = project.place / ".voicegen/shards/1-of-1"
    place.mkdir(parents=True)
    (place / "a.tries").write_text(note)
    assert outcomes(build_shard(project, 1, 1)) == {"a": "staged"}
    assert not (place / "a.tries").exists()


def test_a_page_that_changed_after_its_shard_was_made_is_not_published_as_it_was(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    path = project.page("a.txt")
    build_shard(project, 1, 1)
    path.write_text(PAGE.replace("hours", "days"))
    with pytest.raises(TemporaryError, match="as it is now"):
        publish(project)
    build_shard(project, 1, 1)
    publish(project)
    assert "days" in (project.output / "a" / "index.html").read_text("utf-8")


def test_what_a_shard_made_with_another_voicegen_is_named_and_not_published(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings=QUICK)
    project.page("a.txt")
    with monkeypatch.context() as other:
        other.setattr("voicegen.making.program", lambda folder: "another")
        build_shard(project, 1, 1)
    with pytest.raises(TemporaryError, match=r"other things than this machine has: voicegen itself") as told:
        publish(project)
    assert "Install the same voicegen" in told.value.remedy
    (failed,) = publish(project, partial=True).pages
    assert "voicegen itself" in str(failed.errors[0])
    assert not (project.output / "a").exists()


def test_a_shard_counts_what_is_as_it_was(make_project: Make) -> None:
    project = make_project(settings=QUICK)
    project.page("a.txt")
    project.build()
    said = run(project, "build", "--shard", "1/1")
    assert "1 page: 0 made, 1 unchanged, 0 failed" in said.stdout


@pytest.mark.parametrize("how", ["shards", "workers"])
def test_what_a_published_version_is_made_of_stays_in_a_shared_store_while_another_is_made(
    how: str, make_project: Make, tmp_path: Path
) -> None:
    project = make_project(settings=f'{QUICK}[store]\nplace = "{(tmp_path / "shared").as_posix()}"\n')
    project.page("a.txt")
    project.build()
    published = set(ledger.load(project.place / ".voicegen/ledger.json").pages["a"].keys)
    project.page("a.txt", PAGE.replace("hours", "days"))
    if how == "shards":
        build_shard(project, 1, 1)
    else:
        with ThreadPoolExecutor(1) as pool:
            project.build(executor=pool)
    (path,) = (tmp_path / "shared" / "pages").rglob("a.json")
    listed = json.loads(path.read_text("utf-8"))
    assert published - set(listed["keys"])
    assert published <= {*listed["keys"], *listed["earlier"]}


def test_a_file_of_a_shard_that_is_damaged_is_not_published(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    project.page("a.txt")
    build_shard(project, 1, 1)
    recording = project.place / ".voicegen" / "shards" / "1-of-1" / "a" / "a.mp3"
    data = bytearray(recording.read_bytes())
    data[len(data) // 2] ^= 1
    recording.write_bytes(data)
    result = publish(project)
    assert outcomes(result) == {"a": "failed"}
    assert not (project.output / "a").exists()


def test_a_published_page_whose_manifest_was_damaged_is_mended_by_a_shard(make_project: Make) -> None:
    project = make_project(settings=QUICK)
    project.page("a.txt")
    project.build()
    before = project.tree()
    (project.output / "a/manifest.json").write_text("{")
    build_shard(project, 1, 1)
    assert outcomes(publish(project)) == {"a": "made"}
    assert project.tree() == before


def test_only_what_changed_is_made_by_shards_and_only_that_is_written(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    project.build()
    project.page("a.txt", PAGE.replace("hours", "days"))
    done = [build_shard(project, number) for number in ALL]
    assert [page.id for one in done for page in one.pages if page.outcome == "staged"] == ["a"]
    result = publish(project)
    assert outcomes(result)["a"] == "made"
    assert next(page.why for page in result.pages if page.id == "a") == "its text changed"
    assert "a/chapters/1-what-they-are.mp3" not in result.written
    assert {name.partition("/")[0] for name in result.written if "/" in name} == {"a"}


def test_where_pages_need_approval_shards_make_drafts_and_publish_puts_what_is_approved(
    make_project: Make,
) -> None:
    project = make_project(settings=f"{QUICK}[review]\nrequired = true\n")
    fill(project)
    for number in ALL:
        build_shard(project, number)
    said = run(project, "publish", "--json", "--by", "Bo")
    assert said.returncode == 42, said.stderr
    facts = json.loads(said.stdout)
    assert facts["published"] == []
    assert {one["id"]: one["state"] for one in facts["waiting"]} == {
        **dict.fromkeys(("a", "b", "c-d", "e"), "waiting"),
        "empty": "failed",
    }
    approve(project, "a")
    said = run(project, "publish", "--by", "Bo")
    assert said.returncode == 0, said.stderr
    assert "a: published" in said.stdout
    assert sorted(path.name for path in project.output.iterdir() if path.is_dir()) == ["a"]


def test_what_was_made_before_pages_needed_approval_is_made_again_and_can_be_approved(make_project: Make) -> None:
    project = make_project(settings=QUICK)
    project.page("a.txt", PAGE)
    part = str(shard("a", OF))
    assert run(project, "build", "--shard", part).returncode == 0
    (project.place / "voicegen.toml").write_text(f"{QUICK}[review]\nrequired = true\n")
    said = run(project, "publish", "--by", "Bo")
    assert said.returncode == 3, said.stdout
    assert f"voicegen build --shard {part}" in said.stderr
    assert run(project, "build", "--shard", part).returncode == 0
    assert run(project, "publish", "--by", "Bo").returncode == 0
    approve(project, "a")
    assert "a: published" in run(project, "publish", "--by", "Bo").stdout


def test_the_commands_say_what_waits_and_what_is_missing(make_project: Make) -> None:
    project = make_project(settings=QUICK)
    for name, title in TITLES.items():
        project.page(name, PAGE.replace("Gallstones", title))
    numbers = sorted({shard(name, OF).number for name in ("a", "b", "c-d", "e")})
    for number in numbers[1:]:
        assert run(project, "build", "--shard", f"{number}/{OF}").returncode == 0
    said = run(project, "publish")
    assert said.returncode == 3
    assert f"Run `voicegen build --shard {numbers[0]}/{OF}`, or publish" in said.stderr
    assert not (project.output / "index.html").exists()
    said = run(project, "build", "--shard", f"{numbers[0]}/{OF}")
    assert "Nothing is published before `voicegen publish`." in said.stdout
    said = run(project, "publish")
    assert said.returncode == 0, said.stderr
    assert "4 pages published, 0 taken away, 0 failed." in said.stdout
    assert run(project, "build", "--shard", "0/3").returncode == 2
    assert run(project, "build", "--shard", "1/3", "a").returncode == 2
    again = run(project, "publish")
    assert (again.returncode, again.stdout.startswith("No shard waits")) == (0, True)


def test_a_shard_and_a_build_are_not_at_work_at_once(make_project: Make) -> None:
    from voicegen.locking import only_one

    project = make_project(settings=SETTINGS)
    project.page("a.txt")
    with only_one(project.place / ".voicegen" / "lock"), pytest.raises(TemporaryError):
        build_shard(project, 1, 1)
    with only_one(project.place / ".voicegen" / "lock", shared=True):
        build_shard(project, 1, 1)
        with pytest.raises(TemporaryError):
            publish(project)
    assert Path(project.place / ".voicegen" / "shards" / "1-of-1" / "a").is_dir()


def test_what_was_published_has_no_second_name_among_the_shards(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings=QUICK)
    project.page("a.txt")
    build_shard(project, 1, 1)
    copy = shutil.copytree(project.place / ".voicegen" / "shards", project.place.parent / "copy")
    monkeypatch.setattr("voicegen.sharding._Shards.clear", lambda shards: None)  # as if it was stopped before
    publish(project)
    before = project.tree()
    for path in (path for path in copy.rglob("a/*") if path.is_file()):
        path.write_bytes(b"of another day")
    shutil.copytree(copy, project.place / ".voicegen" / "shards", dirs_exist_ok=True)  # writes into what is there
    assert project.tree() == before


def test_who_is_stopped_before_the_ledger_knows_it_publishes_the_rest_the_next_time(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(settings=QUICK)
    for name in ("a", "b"):
        project.page(f"{name}.txt")
    build_shard(project, 1, 1)
    with monkeypatch.context() as stopped:
        stopped.setattr("voicegen.sharding._Shards.clear", lambda shards: None)
        stopped.setattr("voicegen.ledger.Ledger.save", lambda ledger: None)
        publish(project)
    before = project.tree()
    shutil.rmtree(project.output / "b")
    place = project.place / ".voicegen" / "shards" / "1-of-1"
    assert not (place / "a").exists()
    with pytest.raises(TemporaryError, match=r"1 missing \(b\)"):
        publish(project)
    build_shard(project, 1, 1)
    shutil.rmtree(place / "a")
    assert outcomes(publish(project)) == {"a": "made", "b": "made"}
    assert project.tree() == before
    assert set(outcomes(project.build()).values()) == {"unchanged"}


@pytest.mark.parametrize(
    "change",
    [
        lambda one, other: one["entry"].update(files=other["entry"]["files"]),
        lambda one, other: one["entry"]["files"].pop("manifest.json"),
        lambda one, other: one["entry"]["files"]["manifest.json"].__setitem__(0, float("inf")),
        lambda one, other: one["report"].update(seconds="a minute"),
        lambda one, other: one["report"].update(source=5),
    ],
)
def test_what_says_to_be_a_page_and_is_another_or_none_is_not_published(
    change: Callable[[dict[str, Any], dict[str, Any]], object], make_project: Make
) -> None:
    project = make_project(settings=QUICK)
    for name in ("a", "b"):
        project.page(f"{name}.txt", PAGE.replace("hours", f"hours ({name})"))
    build_shard(project, 1, 1)
    place = project.place / ".voicegen" / "shards" / "1-of-1"
    one, other = (json.loads((place / f"{name}.json").read_bytes()) for name in ("a", "b"))
    change(one, other)
    (place / "a.json").write_text(json.dumps(one))
    if one["entry"]["files"] == other["entry"]["files"]:
        shutil.rmtree(place / "a")
        shutil.copytree(place / "b", place / "a")
    with pytest.raises(TemporaryError, match=r"1 missing \(a\)"):
        publish(project)
    build_shard(project, 1, 1)
    assert outcomes(publish(project)) == {"a": "made", "b": "made"}
