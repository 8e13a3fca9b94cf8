"""The newcomer's commands, on machines that lack this or that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def clone(place: Path) -> Path:
    """What a stranger gets: the files that git knows, and nothing of this machine."""
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, place], check=True)
    changed = subprocess.run(["git", "diff", "HEAD", "--binary"], cwd=ROOT, check=True, capture_output=True).stdout
    if changed:
        subprocess.run(["git", "apply"], cwd=place, input=changed, check=True)
    return place


def bootstrap(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bootstrap.py", *arguments],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


def test_without_a_command_it_says_what_it_can_do(tmp_path: Path) -> None:
    outcome = bootstrap(ROOT)
    assert outcome.returncode == 2
    assert "bootstrap.py build" in outcome.stdout


def test_it_sets_up_by_itself_in_a_folder_with_spaces_and_a_second_run_is_quick(tmp_path: Path) -> None:
    place = clone(tmp_path / "a clinic's folder")
    for path in [*place.glob("content/*.html"), *place.glob("content/*.txt")]:
        path.unlink()  # the setting up is what this test is about
    first = bootstrap(place, "build", "-q")
    assert first.returncode == 0, first.stdout + first.stderr
    assert (place / "output/index.html").exists()
    assert (place / "output/nosebleed/nosebleed.mp3").exists()
    again = bootstrap(place, "build")
    assert "Installing" not in again.stdout
    assert "0 files written, 0 lines spoken" in again.stdout
    assert "Listen and read: open " in again.stdout


def test_a_python_without_ensurepip_is_helped_by_the_pip_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import bootstrap as program

    monkeypatch.setattr(program, "VENV", tmp_path / "venv")
    monkeypatch.setattr(program, "BIN", tmp_path / "venv" / "bin")
    (tmp_path / "ensurepip.py").write_text("raise ImportError('as on Debian without python3-venv')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("shutil.which", lambda name: None)
    program.make_venv()
    monkeypatch.delenv("PYTHONPATH")
    assert program.working_python()


def test_a_python_with_nothing_at_all_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import bootstrap as program

    monkeypatch.setattr(program, "VENV", tmp_path / "venv")
    monkeypatch.setattr(program, "BIN", tmp_path / "venv" / "bin")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(program, "GET_PIP", "https://127.0.0.1:9/get-pip.py")
    quietly = program.quietly
    monkeypatch.setattr(program, "quietly", lambda command: "--without-pip" in command and quietly(command))
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        program.make_venv()
    assert not (tmp_path / "venv").exists()


def test_a_python_that_is_too_old_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import bootstrap as program

    monkeypatch.setattr("sys.version_info", (3, 9, 2))
    monkeypatch.setattr("sys.argv", ["bootstrap.py", "build"])
    assert program.main() == 2
    assert "3.11" in capsys.readouterr().out
