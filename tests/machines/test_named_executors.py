"""--executor: a name becomes an executor, or a message that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest
import trustme
from distributed import LocalCluster, Security

from tests.conftest import PAGE, Project
from tests.machines.test_executors_contract import SETTINGS
from voicegen import executors
from voicegen.errors import MissingPartError, SettingsError, TemporaryError

Make = Callable[..., Project]


def two_threads() -> Executor:
    return ThreadPoolExecutor(2)


def no_executor() -> str:
    return "nothing"


def build(project: Project, name: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), "build", "--executor", name]
    return subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=False)


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
        ("dask://[host:1", "Write dask://HOST:PORT"),
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
    with pytest.raises(MissingPartError, match=r'pip install "distributed'), executors.opened("dask://a:1"):
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


def test_a_cluster_without_workers_is_told_and_waited_for_only_so_long(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "WAIT_S", 2)
    monkeypatch.setattr(executors, "LOOK_S", 0.5)
    project = make_project(settings=SETTINGS)
    project.page("a.txt")

    def build_over(name: str) -> None:
        with executors.opened(name) as named:
            assert "no workers yet: waiting 2 seconds" in named.notice
            project.build(executor=named.executor, jobs=named.workers)

    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster:
        name = cluster.scheduler_address.replace("tcp://", "dask://")
        with pytest.raises(TemporaryError, match="no workers for 2 seconds") as told:
            build_over(name)
    assert "Start workers" in told.value.remedy
    assert "what was made is kept" in told.value.remedy


def come(cluster: LocalCluster) -> None:
    """Starts a worker, once pages wait for one."""
    time.sleep(1)
    cluster.scale(1)


def test_a_worker_that_comes_late_is_handed_the_pages(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "LOOK_S", 0.2)
    project = make_project(settings=SETTINGS)
    project.page("a.txt")
    with LocalCluster(
        n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0", threads_per_worker=1
    ) as cluster:
        name = cluster.scheduler_address.replace("tcp://", "dask://")
        with executors.opened(name) as named, ThreadPoolExecutor(1) as pool:
            coming = pool.submit(come, cluster)
            result = project.build(executor=named.executor, jobs=named.workers)
            coming.result()
    assert [page.outcome for page in result.pages] == ["made"]


def test_a_cluster_that_talks_tls_is_reached_with_certificates_and_not_without(
    make_project: Make, tmp_path: Path
) -> None:
    ours = trustme.CA()
    files = {name: tmp_path / f"{name}.pem" for name in ("ca", "cert")}
    ours.cert_pem.write_to_path(str(files["ca"]))
    ours.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(files["cert"]))
    ca, cert = map(str, files.values())
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["webvtt", "timeline"]\n')
    project.page("a.txt")
    security = Security(
        tls_ca_file=ca,
        tls_scheduler_cert=cert,
        tls_worker_cert=cert,
        tls_client_cert=cert,
        require_encryption=True,
    )
    with LocalCluster(
        1,
        processes=False,
        host="tls://127.0.0.1",
        dashboard_address="127.0.0.1:0",
        security=security,
    ) as cluster:
        name = cluster.scheduler_address.replace("tls://", "dask+tls://")
        assert name.startswith("dask+tls://")
        refused = build(project, name)
        assert refused.returncode == 2
        assert "no certificates for it are named in Dask's settings" in refused.stderr
        tls = {"CA_FILE": ca, "CLIENT__CERT": cert, "CLIENT__KEY": cert}
        env = {f"DASK_DISTRIBUTED__COMM__TLS__{key}": value for key, value in tls.items()}
        said = build(project, name, DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION="True", **env)
    assert said.returncode == 0, said.stderr
    assert "1 made" in said.stdout
