"""What docs/why/scale.md says that a library costs is what the model reckons, from inputs that have a source."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def model() -> dict[str, Any]:
    """The program's names."""
    return runpy.run_path(str(BENCHMARKS / "cost_model.py"))


def test_the_tables_of_the_document_are_those_of_the_model(model: dict[str, Any]) -> None:
    """After a change of an input: python benchmarks/cost_model.py --write."""
    text = (ROOT / "docs" / "why" / "scale.md").read_text("utf-8")
    assert model["filled"](text, model["tables"](model["Inputs"]())) == text


def test_every_input_says_where_it_is_from_and_of_which_day() -> None:
    """What is measured names its command, which is there; what is not names its source."""
    inputs = json.loads((BENCHMARKS / "cost_inputs.json").read_text("utf-8"))
    for part in ("page", "library"):
        assert inputs[part]["date"]
        assert inputs[part]["machine"]
        command = inputs[part]["command"].split()
        assert command[0] == "python"
        assert (ROOT / command[1]).is_file()
        assert all(value > 0 for value in inputs[part]["values"].values())
    for name, given in inputs["given"].items():
        assert given["source"], name
        assert given["date"], name


def test_a_table_is_reckoned_from_its_inputs(model: dict[str, Any], tmp_path: Path) -> None:
    """With inputs that can be multiplied in the head."""
    path = tmp_path / "inputs.json"
    page = {"lines": 100, "characters": 5_000, "sound, s": 360}
    path.write_text(json.dumps({"page": {"values": page}}))
    table = model["table"](list(model["work"](model["Inputs"](path)))).splitlines()
    assert table[2] == "| lines | 5,000 | 100,000 | 1 M | 10 M | 400 M |"
    assert table[3] == "| characters | 250,000 | 5 M | 50 M | 500 M | 20 G |"
    assert table[4] == "| sound | 5 h | 100 h | 1,000 h | 10,000 h | 400,000 h |"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.0671, "0.067 s"), (90, "90 s"), (121, "2 min"), (7_200, "2 h"), (200_000, "2.3 days"), (1e8, "3.2 years")],
)
def test_times_are_told_in_the_unit_that_reads_easily(model: dict[str, Any], seconds: float, said: str) -> None:
    """Two digits of it."""
    assert model["duration"](seconds) == said


def test_the_small_pages_are_the_same_everywhere_and_of_their_size() -> None:
    """Different ones, in four languages, of 45 to 79 words."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        page = runpy.run_path(str(BENCHMARKS / "small_pages.py"))["page"]
    finally:
        sys.path.remove(str(BENCHMARKS))
    pages = [page(number) for number in range(400)]
    assert len({text for _, text in pages}) == len({place for place, _ in pages}) == 400
    assert {place.partition("/")[0] for place, _ in pages} == {"en", "es", "de", "fr"}
    assert pages[7] == page(7)
