"""Workers that die, pages that kill their workers, a scheduler that is lost: what can be made is made."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster
from loky import ProcessPoolExecutor as LokyPool

from tests.conftest import PAGE, Project
from tests.machines.workers import Watched, make_or_die
from voicegen.errors import TemporaryError, WorkerError

Make = Callable[..., Project]
SETTINGS = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
MANY = 8
TWO = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}


def fill(project: Project) -> None:
    for number in range(MANY):
        project.page(f"page-{number}.txt", PAGE.replace("Gallstones", f"Stones of kind {number}"))


def processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


@pytest.fixture(scope="module")
def built_here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("here") / "project", SETTINGS)
    fill(project)
    project.build()
    return project


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(**TWO, processes=True) as made:
        yield made


def files_of(project: Project, page: str) -> dict[str, bytes]:
    return {name: data for name, data in project.tree().items() if name.startswith(f"{page}/")}


def check_poison(project: Project, built_here: Project, executor: Any) -> None:
    """All pages but the poisonous one are made, as they always are; that one alone has failed."""
    fill(project)
    project.page("page-3-poison.txt")
    result = project.build(executor=executor, jobs=1)
    failed = [page for page in result.pages if page.outcome != "made"]
    assert [page.id for page in failed] == ["page-3-poison"], [page.errors for page in failed]
    assert isinstance(failed[0].errors[0], WorkerError)
    assert result.exit_code == 1
    for number in range(MANY):
        assert files_of(project, f"page-{number}") == files_of(built_here, f"page-{number}")
    assert not (project.output / "page-3-poison").exists()


@pytest.mark.parametrize("hire", [processes, lambda: LokyPool(2)], ids=["processes", "loky"])
def test_a_page_that_kills_its_process_is_blamed_alone(
    hire: Callable[[], Executor], make_project: Make, built_here: Project
) -> None:
    check_poison(make_project(settings=SETTINGS), built_here, lambda: Watched(hire(), make_or_die))


def test_a_page_that_kills_its_worker_is_blamed_alone_by_dask(
    cluster: LocalCluster, make_project: Make, built_here: Project
) -> None:
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        executor = Watched(client.get_executor(), make_or_die)
        check_poison(make_project(settings=SETTINGS), built_here, executor)


def test_a_borrowed_executor_that_breaks_stops_the_build_with_what_to_do(make_project: Make) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    project.page("page-3-poison.txt")
    with processes() as pool, pytest.raises(TemporaryError, match="Give a function that makes the executor"):
        project.build(executor=Watched(pool, make_or_die), jobs=1)


class Dead(Executor):
    """An executor none of whose workers can start."""

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(multiprocessing.ProcessError("no worker can start"))
        return future


def test_where_no_worker_can_make_anything_the_build_ends_instead_of_blaming_every_page(
    make_project: Make,
) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    with pytest.raises(WorkerError, match="no worker can start"):
        project.build(executor=Dead())


def started(project: Project, address: str) -> subprocess.Popen[str]:
    """`voicegen build` on the cluster, once its first page is made."""
    name = address.replace("tcp://", "dask://")
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), "build", "--executor", name, "-j", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    line = process.stdout.readline()
    assert ": made" in line, (line, process.communicate())
    return process


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(make_project: Make, built_here: Project) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    with LocalCluster(**TWO, processes=True) as cluster:
        process = started(project, cluster.scheduler_address)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        out, err = process.communicate(timeout=300)
    assert process.returncode == 0, (out, err)
    assert f"{MANY} made" in out
    assert project.tree() == built_here.tree()


CLUSTER = """
import sys, time
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster:
        print(cluster.scheduler_address, flush=True)
        time.sleep(600)
"""


def test_a_lost_scheduler_ends_the_build_with_3_and_the_next_goes_on(
    make_project: Make, built_here: Project, tmp_path: Path
) -> None:
    project = make_project(settings=SETTINGS)
    fill(project)
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    scheduler = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    try:
        assert scheduler.stdout
        process = started(project, scheduler.stdout.readline().strip())
        scheduler.kill()
        out, err = process.communicate(timeout=300)
    finally:
        scheduler.kill()
        scheduler.communicate()
    assert process.returncode == 3, (out, err)
    assert "Start the workers again and run the same command: what was made is kept." in err
    assert "Traceback" not in err
    time.sleep(1)
    result = project.build()
    made = [page.outcome for page in result.pages]
    assert made.count("unchanged") >= 1, "what was made before the scheduler was lost is published"
    assert set(made) <= {"made", "unchanged"}
    assert project.tree() == built_here.tree()
