"""What is handed to workers and what comes back, in counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import PAGE, Project
from tests.machines.test_executors_contract import SETTINGS
from tests.machines.workers import Watched
from tests.reviews.projects import settings_of
from voicegen.build import build
from voicegen.errors import SettingsError
from voicegen.report import PageReport
from voicegen.steps.workers import Talker

Make = Callable[..., Project]
MANY = 12


def fill(project: Project) -> None:
    for number in range(MANY):
        text = PAGE.replace("Gallstones", f"Stones of kind {number}").replace(".", f", in case {number}.")
        project.page(f"page-{number:02}.txt", text.replace("\n\n", f" {number}\n\n"))


def test_a_page_is_handed_out_once_and_comes_back_as_a_few_bytes_and_no_line_is_spoken_twice(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    ask = Talker.ask

    def counted(self: Talker, text: str, name: str = "") -> bytes:
        spoken.append(text)
        return ask(self, text, name)

    monkeypatch.setattr(Talker, "ask", counted)
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["webvtt", "timeline"]\n')
    fill(project)
    with ThreadPoolExecutor(1) as pool:  # two workers may come upon a line of two pages at the same moment
        watched = Watched(pool)
        result = project.build(executor=watched, jobs=1)
        assert {page.outcome for page in result.pages} == {"made"}
        assert len(watched.given) == MANY
        assert watched.most <= 4, "four pages under way for each worker"
        assert all(len(given) < 500 for given in watched.given)
        assert all(len(json.dumps(future.result())) < 100 for future in watched.futures)
        assert len(spoken) == len(set(spoken)) == result.spoken > 5 * MANY
        project.page("page-03.txt", PAGE.replace("hours", "days"))
        again = project.build(executor=watched, jobs=1)
        assert len(watched.given) == MANY + 1, "what has not changed is not handed out"
        assert [page.id for page in again.pages if page.outcome == "made"] == ["page-03"]
        assert len(spoken) == len(set(spoken)) == result.spoken + again.spoken


class Behind(ThreadPoolExecutor):
    """Its worker sees the file as it was before, or after, the build looked."""

    def __init__(self, seen: Callable[[], object], then: Callable[[], object]) -> None:
        super().__init__(1)
        self._seen, self._then = seen, then

    def submit(self, task: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self._seen()
        future = super().submit(task, *args, **kwargs)
        wait([future])
        self._then()
        return future


def test_a_page_that_another_machine_still_saw_as_it_was_is_not_published_as_it_was(make_project: Make) -> None:
    """So it is on a network drive: what a machine knows of a file may be some seconds old."""
    project = make_project(settings=SETTINGS)
    path = project.page("a.txt")
    new = PAGE.replace("hours", "days")
    project.page("a.txt", new)
    with Behind(lambda: path.write_text(PAGE), lambda: path.write_text(new)) as executor:
        (report,) = project.build(executor=executor).pages
    assert (report.outcome, report.errors[0].what) == ("failed", "it was made of another text than it has now")
    assert not (project.output / "a").exists()
    with Behind(lambda: path.write_text(PAGE), lambda: None) as executor:
        (report,) = project.build(executor=executor).pages
    assert report.outcome == "made", "it was saved while the build was at work, and is made of what was saved"
    assert [page.outcome for page in project.build().pages] == ["unchanged"]


def test_who_stops_a_build_cancels_what_was_not_begun_and_keeps_what_was_made(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)

    def stop(report: PageReport) -> None:
        raise KeyboardInterrupt

    with ThreadPoolExecutor(1) as pool:
        watched = Watched(pool)
        with pytest.raises(KeyboardInterrupt):
            project.build(executor=watched, jobs=2, done=stop)
        assert len(watched.given) <= 9
        assert sum(future.cancelled() for future in watched.futures) >= 5
    result = project.build()
    assert [page.outcome for page in result.pages].count("unchanged") == 1
    assert [page.outcome for page in result.pages].count("made") == MANY - 1


def test_settings_that_are_not_those_of_the_file_are_refused(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    project.page("a.txt")
    settings = settings_of(project)
    others = replace(settings, rests=replace(settings.rests, title=2.0))
    with ThreadPoolExecutor(1) as pool, pytest.raises(SettingsError, match="would read the file"):
        build(others, executor=pool)


def test_where_pages_need_approval_workers_make_drafts(make_project: Make) -> None:
    project = make_project(settings=f"{SETTINGS}[review]\nrequired = true\n")
    project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    with ThreadPoolExecutor(2) as pool:
        result = project.build(executor=pool)
        assert {page.outcome for page in result.pages} == {"drafted"}
        assert project.tree() == {}
        assert (project.place / ".voicegen" / "drafts" / "a" / "index.html").is_file()
        assert {page.outcome for page in project.build(executor=pool).pages} == {"unchanged"}
