"""What is shipped: the wheel, installed into an empty environment, makes a project and builds it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

from tests.conftest import ROOT


def run(*command: object, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    outcome = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def test_the_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    build = ["wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT]
    run(sys.executable, "-m", "pip", *build, cwd=tmp_path)
    (wheel,) = tmp_path.glob("voicegen-*.whl")
    place = tmp_path / "empty"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    run(*pip, "--require-hashes", "-r", ROOT / "requirements/run.txt", cwd=tmp_path)
    run(*pip, "--no-deps", wheel, cwd=tmp_path)
    run(python, "-m", "pip", "check", cwd=tmp_path)
    voicegen = place / "bin" / "voicegen"
    run(voicegen, "init", "clinic", cwd=tmp_path)
    assert "1 made, 0 unchanged, 0 failed" in run(voicegen, "-C", "clinic", "build", cwd=tmp_path)
    assert "0 files written, 0 lines spoken" in run(voicegen, "-C", "clinic", "build", cwd=tmp_path)
    assert (tmp_path / "clinic/output/hay-fever/hay-fever.mp3").stat().st_size > 100_000
    assert "MISSING" not in run(voicegen, "-C", "clinic", "doctor", cwd=tmp_path)
    assert "0 not said as expected" in run(voicegen, "gauntlet", "-l", "fr", cwd=tmp_path)
