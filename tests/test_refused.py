"""A publication that fails its own check is not published, and the build says which, and why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from tests.test_identical_bytes import SETTINGS
from voicegen import config, extensions, making
from voicegen.contracts import PublishedFile
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.steps.blobs import read

STYLES = ("page.css", "account.css")
"""Files whose content no check can judge but by the digest."""


def settings(name: str) -> str:
    """For the format, and those that it must stand beside."""
    names = dict.fromkeys((*config.BESIDE.get(name, ()), name))
    return SETTINGS.replace('"all"', ", ".join(f'"{one}"' for one in names))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The memory of a build of every format, so that nothing need be spoken or encoded again."""
    project = Project(tmp_path_factory.mktemp("refused") / "project", SETTINGS)
    project.page("gallstones.txt", PAGE)
    assert project.build().exit_code == 0
    return project.place / ".voicegen" / "store"


@pytest.mark.parametrize("name", extensions.FORMATS)
def test_a_publication_of_which_any_file_breaks_off_is_not_published_and_the_reason_is_given(
    name: str, known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path / "project", settings(name))
    shutil.copytree(known, project.place / ".voicegen" / "store")
    page = project.page("gallstones.txt", PAGE)
    assert project.build().exit_code == 0
    before = {path: data for path, data in project.tree().items() if path.startswith("gallstones/")}
    page.write_text(PAGE + "\n")  # the same words in another file: the page is made again
    format_ = extensions.format_(name)
    caught: list[Edition] = []
    render = making.Maker._render

    def catch(self: making.Maker, edition: Edition, unmade: list[str]) -> Iterator[PublishedFile]:
        caught.append(edition)
        return render(self, edition, unmade)

    monkeypatch.setattr(making.Maker, "_render", catch)
    right, broken = format_.render, ""

    def wrong(edition: Edition) -> Iterator[PublishedFile]:
        for file in right(edition):
            data = b"".join(map(read, file.parts))
            half = (blob(data[: len(data) // 2]),)
            yield PublishedFile(file.path, half if file.path == broken else file.parts, file.offer)

    monkeypatch.setattr(format_, "render", wrong)
    project.build()
    paths = [file.path for file in right(caught[0]) if file.path not in STYLES]
    for broken in dict.fromkeys((paths[0], paths[len(paths) // 2], paths[-1])):
        page.write_text(page.read_text() + "\n")
        (report,) = project.build().pages
        assert report.outcome == "failed", broken
        assert len(report.errors) == 1
        said = str(report.errors[0])
        assert f"gallstones.txt, {name}:" in said or Path(broken).name in said, said
        after = {path: data for path, data in project.tree().items() if path.startswith("gallstones/")}
        assert after == before
