"""A disk on which capitals don't count, and names that Windows refuses can't be: NTFS, as Windows has it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project

SETTINGS = """[voice]
engine = "tone"
[publications]
formats = ["html", "timeline", "mp3", "webvtt", "epub", "phone", "daisy202"]
[history]
keep = 3
"""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty NTFS of this test's own."""
    place = tmp_path_factory.mktemp("disk")
    image = (Path("/dev/shm") if Path("/dev/shm").is_dir() else place) / f"voicegen-{os.getpid()}.ntfs"
    mount = place / "mount"
    mount.mkdir()
    try:
        with image.open("wb") as file:
            file.truncate(300 << 20)
        subprocess.run(["mkntfs", "-F", "-Q", "-q", image], check=True, capture_output=True)
        options = "ignore_case,windows_names,big_writes,noatime"
        mounted = subprocess.run(["lowntfs-3g", "-o", options, image, mount], check=False, capture_output=True)
        if mounted.returncode:
            words = f"no disk can be mounted here: {mounted.stderr.decode()}"
            pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
        yield mount
        for _ in range(50):
            if not subprocess.run(["umount", mount], check=False, capture_output=True).returncode:
                break
            time.sleep(0.1)  # what was closed a moment ago may be at work still
    finally:
        image.unlink(missing_ok=True)


pytestmark = pytest.mark.needs("lowntfs-3g", "mkntfs")


def outcomes(project: Project) -> dict[str, str]:
    return {page.id: page.outcome for page in project.build().pages}


@pytest.mark.fault("F31", "on a disk where capitals don't count, pages are built, changed, checked and taken back")
def test_pages_live_their_whole_life_on_a_disk_where_capitals_do_not_count(disk: Path) -> None:
    (disk / "Probe").touch()
    assert (disk / "pROBE").exists(), "the disk tells capitals apart, and this test nothing"
    project = Project(disk / "clinic", SETTINGS)
    project.page("Asthma.md", "# Asthma\n\n## SYMPTOMS\n\nTake 5 mg.\n\n## Symptoms\n\nCall us.\n")
    project.page("Gallstones.txt", PAGE)
    made = outcomes(project)
    assert set(made.values()) == {"made"}
    assert outcomes(project) == dict.fromkeys(made, "unchanged")
    before = project.tree()
    project.page(
        "asthma.md", "# Asthma\n\n## SYMPTOMS\n\nTake 10 mg.\n\n## Symptoms\n\nCall us.\n"
    )  # over the first
    assert outcomes(project)["asthma"] == "made"
    assert project.tree() != before
    run: list[str | Path] = [sys.executable, "-m", "voicegen", "-C", project.place]
    for words in (["verify"], ["rollback", "asthma"], ["verify"], ["status"], ["store", "gc"], ["doctor"]):
        outcome = subprocess.run([*run, *words], capture_output=True, text=True, check=False, timeout=300)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    old = {path: data for path, data in project.tree().items() if path.startswith("asthma/")}
    assert old == {path: data for path, data in before.items() if path.startswith("asthma/")}


def test_pages_whose_names_differ_by_capitals_only_never_share_a_folder(disk: Path, tmp_path: Path) -> None:
    project = Project(tmp_path / "clinic", f'{SETTINGS}[project]\noutput = "{disk / "published"}"\n')
    project.page("Asthma.md", "# Asthma\n\nTake 5 mg.\n")
    project.page("asthma.md", "# Asthma\n\nTake 10 mg.\n")
    result = project.build()
    assert [page.outcome for page in result.pages] == ["failed", "failed"]
    assert "so would" in str(result.pages[0].errors[0])
    assert not (disk / "published" / "asthma").exists()
    (project.place / "content" / "Asthma.md").unlink()
    assert outcomes(project) == {"asthma": "made"}
    (project.place / "content" / "asthma.md").rename(project.place / "content" / "ASTHMA.md")
    assert set(outcomes(project)) == {"asthma"}
    assert (disk / "published" / "asthma" / "index.html").exists()


def test_names_of_any_length_become_paths_that_windows_takes(disk: Path, tmp_path: Path) -> None:
    project = Project(tmp_path / "clinic", f'{SETTINGS}[project]\noutput = "{disk / "long"}"\n')
    project.page("CON.md", "# Nul\n\n## Aux. \n\nCall us.\n\n## Com1: prn?\n\nTake 5 mg.\n")
    long = "What to do when a child has a fever and will not drink " * 4
    names = [f"{long[:200]}{end}.md" for end in ("one", "two")]
    for name in names:
        project.page(name, f"# {long}\n\n## {long * 3}\n\nTake 5 mg.\n\n## {long * 3} again\n\nCall us.\n")
    project.page("熱がある子どもの" * 10 + ".md", "# Fever\n\n## 熱がある\n\nCall us.\n")
    made = outcomes(project)
    assert len(made) == 4
    assert set(made.values()) == {"made"}
    paths = [path.relative_to(disk / "long").as_posix() for path in (disk / "long").rglob("*")]
    assert max(map(len, paths)) < 160, "Windows takes 260 letters for all of a path, and a project has its own"
    assert all(path.isascii() for path in paths)
