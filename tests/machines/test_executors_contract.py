"""What a build asks of an executor is what every executor gives: the same pages, byte for byte, from all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from distributed import Client, LocalCluster
from loky import ProcessPoolExecutor as LokyPool

from tests.conftest import PAGE, Project

TITLES = {"a.txt": "Gallstones", "b.txt": "Kidney stones", "c/d.md": "Bladder stones", "e.txt": "Salivary stones"}
SETTINGS = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline", "phone"]\n'


def fill(project: Project) -> None:
    for name, title in TITLES.items():
        project.page(name, PAGE.replace("Gallstones", title))
    project.page("empty.html", "<p></p>")


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", processes=True
    ) as made:
        yield made


@pytest.fixture(params=["threads", "processes", "loky", "dask"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    spawn = multiprocessing.get_context("spawn")
    pool: Executor
    match request.param:
        case "threads":
            with ThreadPoolExecutor(2) as pool:
                yield pool
        case "processes":
            with ProcessPoolExecutor(2, mp_context=spawn) as pool:
                yield pool
        case "loky":
            pool = LokyPool(2)
            yield pool
            pool.shutdown()
        case "dask":
            with Client(request.getfixturevalue("cluster").scheduler_address, set_as_default=False) as client:
                yield client.get_executor()


@pytest.fixture(scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("here") / "project", SETTINGS)
    fill(project)
    project.build(jobs=1)
    return project


def test_any_executor_makes_what_a_build_here_makes_byte_for_byte(
    executor: Executor, built_here: Project, make_project: Callable[..., Project]
) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    result = project.build(executor=executor, jobs=2)
    assert {page.id: page.outcome for page in result.pages} == {
        **dict.fromkeys(("a", "b", "c-d", "e"), "made"),
        "empty": "failed",
    }
    assert all(page.why == "new page" for page in result.pages if page.outcome == "made")
    assert result.exit_code == 42
    assert project.tree() == built_here.tree()
    assert list((project.place / ".voicegen" / "staged").iterdir()) == [], "nothing is left of the workers' places"
    again = project.build(executor=executor, jobs=2)
    assert {page.outcome for page in again.pages} == {"unchanged", "failed"}
    assert again.spoken == 0
    assert executor.submit(len, "it is still ours").result() == 16
