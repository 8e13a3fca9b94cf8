"""Files that are swapped, or are none: links that come while a build runs, pipes and devices without an end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.conftest import PAGE, Project
from tests.reviews.projects import settings_of
from tests.test_cli import run
from voicegen import pages
from voicegen.durable import plain
from voicegen.errors import SettingsError, SourceError

SECRET = "The key of the safe is 4711.\n\nNobody may hear it."


def found(project: Project, name: str) -> pages.PageFile:
    return next(page for page in pages.find(settings_of(project)) if page.source == name)


def link(place: Path, to: Path) -> None:
    """Puts a link in the place of a file or folder, as somebody does who waits for a build."""
    place.rename(place.with_name(f".{place.name}.aside"))
    place.symlink_to(to)


@pytest.mark.fault("F30", "a link that comes in a page's place while a build runs is not followed outside")
@pytest.mark.parametrize("swapped", ["sub/a.txt", "sub"])
def test_a_link_that_comes_after_the_look_is_not_followed(project: Project, tmp_path: Path, swapped: str) -> None:
    project.page("sub/a.txt")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/a.txt").write_text(SECRET)
    page = found(project, "sub/a.txt")
    link(project.place / "content" / swapped, tmp_path / "theirs" / swapped.removeprefix("sub").strip("/"))
    with pytest.raises(SourceError, match="a link to outside the content folder"):
        page.read(settings_of(project))


@pytest.mark.fault("F30", "neither is one that has gone again by the time that we look")
def test_a_link_that_is_taken_back_at_once_is_not_followed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.page("a.txt")
    (tmp_path / "theirs.txt").write_text(SECRET)
    page = found(project, "a.txt")

    @contextmanager
    def swapping(place: Path) -> Iterator[BinaryIO]:
        link(path, tmp_path / "theirs.txt")
        with plain(place) as file:
            path.with_name(".a.txt.aside").replace(path)
            yield file

    monkeypatch.setattr(pages, "plain", swapping)
    with pytest.raises(SourceError, match="outside the content folder"):
        page.read(settings_of(project))


def test_a_page_that_is_saved_while_it_is_opened_is_read_as_it_is_then(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.page("a.txt")
    page = found(project, "a.txt")
    opened: list[Path] = []

    @contextmanager
    def saving(place: Path) -> Iterator[BinaryIO]:
        with plain(place) as file:
            if not opened:
                path.with_name(".new").write_text("Other\n\nwords")
                path.with_name(".new").replace(path)
            opened.append(place)
            yield file

    monkeypatch.setattr(pages, "plain", saving)
    assert page.read(settings_of(project)).data == b"Other\n\nwords"


def test_a_link_inside_the_content_folder_is_read(project: Project) -> None:
    project.page("sub/a.txt")
    (project.place / "content/b.txt").symlink_to("sub/a.txt")
    assert found(project, "b.txt").read(settings_of(project)).data == PAGE.encode()


@pytest.mark.fault("F30", "a pipe in the place of a page, a manifest or a list is not waited for")
def test_pipes_are_not_waited_for(project: Project) -> None:
    project.page("a.txt")
    page = found(project, "a.txt")
    (project.place / "content/a.txt").unlink()
    os.mkfifo(project.place / "content/a.txt")
    with pytest.raises(SourceError, match="no plain file"):
        page.read(settings_of(project))
    (project.place / "content/a.txt").unlink()
    project.page("a.txt")
    project.output.mkdir()
    os.mkfifo(project.output / "index.html")
    with pytest.raises(SettingsError, match="voicegen did not make it"):
        project.build()
    (project.output / "index.html").unlink()
    project.build()
    for name in ("a/manifest.json", "manifest.json"):
        (project.output / name).unlink()
        os.mkfifo(project.output / name)
    run(project.place, "verify", code=1)
    shutil.rmtree(project.output)
    for name in ("ledger.json", "failures.json", "pace.json"):
        (project.place / ".voicegen" / name).unlink(missing_ok=True)
        os.mkfifo(project.place / ".voicegen" / name)
    assert project.build().exit_code == 0
    run(project.place, "build")
    run(project.place, "verify")
    note = project.place / ".voicegen/unchanged.note"
    note.unlink()
    os.mkfifo(note)
    assert run(project.place, "build").returncode == 0
    assert note.is_file(), "it is written anew"
    (project.place / "voicegen.toml").unlink()
    os.mkfifo(project.place / "voicegen.toml")
    assert "no plain file" in run(project.place, "build", code=2).stderr


NAMES: dict[str, Callable[[str], str]] = {
    "cover": lambda path: f'[publications]\ncover = "{path}"\n',
    "logo": lambda path: f'[theme]\nlogo = "{path}"\nlogo_alt = "Clinic"\n',
    "stylesheet": lambda path: f'[theme]\nstylesheet = "{path}"\n',
    "notice_recording": lambda path: f'[phone]\nnotice_recording = "{path}"\n',
}


@pytest.mark.fault("F30", "a setting that names a device without an end is refused, and nothing is read for ever")
@pytest.mark.parametrize("key", NAMES)
def test_devices_without_an_end_are_refused(project: Project, key: str) -> None:
    project.page("a.txt")
    (project.place / "voicegen.toml").write_text('[voice]\nengine = "tone"\n' + NAMES[key]("/dev/zero"))
    assert key in run(project.place, "build", code=2).stderr
    os.mkfifo(project.place / "pipe")
    (project.place / "voicegen.toml").write_text('[voice]\nengine = "tone"\n' + NAMES[key]("pipe"))
    assert key in run(project.place, "build", code=2).stderr
