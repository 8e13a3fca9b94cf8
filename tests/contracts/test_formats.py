"""The contract of formats, for every format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen import extensions, making
from voicegen.contracts import PublishedFile
from voicegen.model.edition import Edition
from voicegen.steps.blobs import chunks


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An Edition as a build makes it, caught on its way to the formats."""
    caught: list[Edition] = []
    render = making.Maker._render

    def catch(self: making.Maker, edition: Edition, unmade: list[str]) -> object:
        caught.append(edition)
        return render(self, edition, unmade)

    patch = pytest.MonkeyPatch()
    patch.setattr(making.Maker, "_render", catch)
    names = '["html", "mp3", "m4b", "opus", "webvtt", "timeline", "account", "phone"]'
    settings = f'[voice]\nengine = "tone"\n[publications]\nformats = {names}\n'
    project = Project(tmp_path_factory.mktemp("formats") / "project", settings)
    project.page("gallstones.txt", PAGE)
    project.build()
    patch.undo()
    return caught[0]


def joined(file: PublishedFile) -> bytes:
    return b"".join(piece for part in file.parts for piece in chunks(part))


@pytest.mark.parametrize("name", extensions.FORMATS)
def test_a_format_renders_the_same_bytes_twice_under_proper_names(edition: Edition, name: str) -> None:
    one, two = (list(extensions.format_(name).render(edition)) for _ in range(2))
    assert [(file.path, joined(file)) for file in one] == [(file.path, joined(file)) for file in two]
    assert one
    assert len({file.path for file in one}) == len(one)
    for file in one:
        assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*", file.path)
        assert sum(part.size for part in file.parts) == len(joined(file)) > 0


def test_no_two_formats_write_one_file(edition: Edition) -> None:
    paths = [file.path for name in extensions.FORMATS for file in extensions.format_(name).render(edition)]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("name", extensions.FORMATS)
def test_a_format_names_codecs_that_exist(edition: Edition, name: str) -> None:
    telephones = {name for telephone in edition.telephones for name in telephone.codecs}
    assert set(extensions.format_(name).CODECS) <= edition.codecs.keys() | telephones


@pytest.mark.parametrize("name", extensions.FORMATS)
def test_a_format_writes_nothing_itself(
    edition: Edition, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in extensions.format_(name).render(edition):
        joined(file)
    assert list(tmp_path.iterdir()) == []
