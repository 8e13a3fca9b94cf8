"""--executor: a name becomes an executor, or a message that says what to do."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest

from tests.conftest import PAGE, Project
from voicegen import executors
from voicegen.errors import MissingPartError, SettingsError, TemporaryError

Make = Callable[..., Project]


def two_threads() -> Executor:
    return ThreadPoolExecutor(2)


def no_executor() -> str:
    return "nothing"


def build(project: Project, name: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), "build", "--executor", name]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_function_of_a_package_gives_the_executor(make_project: Make) -> None:
    project = make_project()
    project.page("a.txt")
    project.page("b.txt", PAGE.replace("Gallstones", "Kidney stones"))
    said = build(project, f"entrypoint:{__name__}:two_threads")
    assert said.returncode == 0, said.stderr
    assert "2 made" in said.stdout


def hire(name: str) -> None:
    with executors.opened(name) as found:
        assert callable(found.executor)
        found.executor()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("entrypoint:no_such_package_at_all:make", "No module named"),
        (f"entrypoint:{__name__}:missing", "no attribute"),
        (f"entrypoint:{__name__}:no_executor", "gives a str and no concurrent.futures.Executor"),
        ("entrypoint:", "Write entrypoint:PACKAGE:FUNCTION"),
        ("parsl", "Known: dask://HOST:PORT"),
        ("dask://nowhere", "Write dask://HOST:PORT"),
        ("dask://host:99999", "Write dask://HOST:PORT"),
        ("dask://name:secret@host:8786", "Write dask://HOST:PORT"),
        ("http://127.0.0.1:8786", "Known: dask://HOST:PORT"),
    ],
)
def test_a_wrong_name_is_told_with_what_to_write(name: str, message: str) -> None:
    with pytest.raises(SettingsError, match="--executor") as told:
        hire(name)
    assert message in str(told.value)


def test_without_dask_the_message_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPartError, match=r'pip install "voicegen\[dask\]"'), executors.opened("dask://a:1"):
        pass


def test_where_no_scheduler_answers_the_command_says_so_and_ends_with_3(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "CONNECT_S", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"dask://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(TemporaryError, match="no Dask scheduler answers"), executors.opened(address):
            pass
        with pytest.raises(TemporaryError), executors.opened(address.replace("dask:", "dask+tls:")):
            pass
