"""Whole pages against what they must become: tests/golden/README.md."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Project
from voicegen import extensions, manifest
from voicegen.config import Settings
from voicegen.pages import PageFile
from voicegen.sources.outline import outline

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/in"))
TEXTS = {".html", ".vtt", ".json"}


def made(case: str, place: Path) -> dict[str, str]:
    """What becomes of the page in `in/`, as texts by name."""
    project = Project(place)
    texts = {}
    for path in sorted((HERE / case / "in").iterdir()):
        if path.name == "voicegen.toml":
            shutil.copy(path, project.place)
            continue
        shutil.copy(path, project.place / "content")
        file = PageFile(path.stem, path.name, path).read(Settings(place))
        facts = outline(extensions.source(path.name).read(file))
        texts["outline.json"] = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    assert project.build().exit_code == 0
    for path in sorted(project.output.rglob("*")):
        if path.suffix in TEXTS and path.name != manifest.NAME:  # whose digests tell of encoders, not of the page
            texts["-".join(path.relative_to(project.output).parts)] = path.read_text("utf-8")
    return texts


@pytest.mark.parametrize("case", CASES)
def test_a_page_becomes_what_it_must(case: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    texts = made(case, tmp_path / "project")
    golden = HERE / case / "golden"
    if request.config.getoption("--save-golden"):
        shutil.rmtree(golden, ignore_errors=True)
        golden.mkdir()
        for name, text in texts.items():
            (golden / name).write_text(text, "utf-8")
    assert sorted(texts) == sorted(path.name for path in golden.iterdir())
    for name, text in texts.items():
        assert text == (golden / name).read_text("utf-8"), f"{case}: {name}"
