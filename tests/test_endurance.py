"""A short working day: what watch holds open after its first saves is what it holds open after its last."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is read from /proc")
def test_thirty_saves_leave_no_file_open_no_thread_no_process_and_nothing_in_the_temporary_folder(
    tmp_path: Path,
) -> None:
    """Saves in one step, over the old file, in halves, broken and mended; pages come and go; nothing is lost."""
    figures = tmp_path / "figures.json"
    outcome = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "endurance.py", "--edits", "30", "--pages", "5", "--json", figures],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr  # a build after it has nothing to do
    points = json.loads(figures.read_text())
    assert points[-1]["edits"] >= 30
    for counted, most in (("files", 2), ("threads", 1), ("processes", 0)):  # of a request that is just ending
        values = [point[counted] for point in points]
        assert max(values) - min(values) <= most, f"{counted}: {values}"
        assert min(values[len(values) // 2 :]) == min(values), f"{counted}: {values}"
    assert not any(point["temporary"] for point in points)
