"""The whole life of a project, shortly; `python -m tests.fuzzing` does it for as long as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.file_calls import program
from tests.fuzzing.lives import Life, ReviewedLife, kit, of

SHORT = settings(
    max_examples=3,
    stateful_step_count=12,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.fault(
    "F1",
    "in whatever order, and stopped wherever, the promise holds and all ends as in a clean build",
)
@pytest.mark.fault(
    "F16", "in any order of edits, builds, crashes and damaged files, every page is old or new and nothing is lost"
)
@pytest.mark.needs("cc")
@pytest.mark.parametrize("life", [Life, ReviewedLife])
def test_in_any_order_and_whatever_befalls_it_the_promise_holds(life: type[Life], tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    with program(tmp_path / "program") as loaded:
        run_state_machine_as_test(of(life, kit(loaded, tmp_path / "clean")), settings=SHORT)
