from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from voicegen import publishing
from voicegen.contracts import PublishedFile
from voicegen.errors import PublicationError, TemporaryError
from voicegen.model.blob import Blob, blob
from voicegen.publishing import Output


def files(**texts: str) -> list[PublishedFile]:
    return [PublishedFile(name.replace("_", "/") + ".txt", (blob(text.encode()),)) for name, text in texts.items()]


def fine(stage: Path) -> None:
    """A check that accepts everything."""


def test_a_page_is_published_whole_and_its_facts_are_true(tmp_path: Path) -> None:
    output = Output(tmp_path)
    facts = output.publish("page", files(a="one", sub_b="two"), {}, fine)
    assert (tmp_path / "page/sub/b.txt").read_text() == "two"
    assert all(publishing.intact(tmp_path / "page" / name, fact) for name, fact in facts.items())
    assert sorted(output.written) == ["page/a.txt", "page/manifest.json", "page/sub/b.txt"]


class Lies:
    """A path that tells whether anybody still has it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.write_bytes(b"one")

    def __fspath__(self) -> str:
        return str(self._path)


def test_nothing_of_a_published_file_is_kept_while_the_next_one_is_made(tmp_path: Path) -> None:
    held: list[weakref.ref[Lies]] = []
    alive: list[int] = []

    def made(name: str) -> PublishedFile:
        lies = Lies(tmp_path / name)
        held.append(weakref.ref(lies))
        return PublishedFile(name, (Blob(3, lies),))

    def files() -> Iterator[PublishedFile]:
        for name in ("a.txt", "b.txt", "c.txt"):
            alive.append(sum(one() is not None for one in held))
            yield made(name)

    Output(tmp_path / "output").publish("page", files(), {}, fine)
    assert (tmp_path / "output/page/c.txt").read_bytes() == b"one"
    assert alive == [0, 0, 0]


def test_a_file_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    facts = Output(tmp_path).publish("page", files(a="one", b="two"), {}, fine)
    before = (tmp_path / "page/a.txt").stat()
    output = Output(tmp_path)
    output.publish("page", files(a="one", b="three"), facts, fine)
    after = (tmp_path / "page/a.txt").stat()
    assert output.written == ["page/b.txt", "page/manifest.json"]
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (tmp_path / "page/b.txt").read_text() == "three"


def test_a_page_that_did_not_change_is_left_alone_and_one_that_lost_a_file_is_not(tmp_path: Path) -> None:
    facts = Output(tmp_path).publish("page", files(a="one", b="two"), {}, fine)
    folder = (tmp_path / "page").stat().st_ino
    output = Output(tmp_path)
    assert output.publish("page", files(a="one", b="two"), facts, fine) == facts
    assert output.written == []
    assert (tmp_path / "page").stat().st_ino == folder
    output.publish("page", files(a="one"), facts, fine)
    assert sorted(path.name for path in (tmp_path / "page").iterdir()) == ["a.txt", "manifest.json"]


def test_what_fails_its_check_is_not_published(tmp_path: Path) -> None:
    facts = Output(tmp_path).publish("page", files(a="old"), {}, fine)

    def refuse(stage: Path) -> None:
        raise PublicationError(str(stage), "it is wrong")

    with pytest.raises(PublicationError):
        Output(tmp_path).publish("page", files(a="new"), facts, refuse)
    assert (tmp_path / "page/a.txt").read_text() == "old"
    output = Output(tmp_path)
    output.sweep()
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


def test_a_reader_sees_the_old_page_or_the_new_one_and_never_a_mix(tmp_path: Path) -> None:
    facts = Output(tmp_path).publish("page", files(a="0", b="0"), {}, fine)
    stop, mixed, seen = threading.Event(), [], 0

    def read() -> None:
        nonlocal seen
        while not stop.is_set():
            folder = os.open(tmp_path / "page", os.O_RDONLY)
            try:
                texts = set()
                for name in ("a.txt", "b.txt"):
                    handle = os.open(name, os.O_RDONLY, dir_fd=folder)
                    texts.add(os.read(handle, 9))
                    os.close(handle)
                if len(texts) > 1:
                    mixed.append(texts)
                seen += 1
            except FileNotFoundError:  # the folder that was opened has been taken away: the old version, gone
                pass
            finally:
                os.close(folder)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for n in range(1, 150):
            facts = Output(tmp_path).publish("page", files(a=str(n), b=str(n)), facts, fine)
    finally:
        stop.set()
        reader.join()
    assert seen > 0
    assert mixed == []


def test_without_an_exchange_in_one_step_pages_are_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_swap", lambda one, other: False)
    facts = Output(tmp_path).publish("page", files(a="old"), {}, fine)
    Output(tmp_path).publish("page", files(a="new"), facts, fine)
    Output(tmp_path).sweep()
    assert (tmp_path / "page/a.txt").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


@pytest.mark.parametrize(
    "name", ["../escape.txt", "/etc/x", "a//b", "", ".hidden", "UPPER", "a/../b", "sp ace", "a\n"]
)
def test_a_name_that_could_lead_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(PublicationError):
        Output(tmp_path / "out").publish("page", [PublishedFile(name, (blob(b"x"),))], {}, fine)
    assert not (tmp_path / "x").exists()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PublicationError):
        Output(tmp_path).publish("page", [*files(a="1"), *files(a="2")], {}, fine)


def test_a_place_that_can_not_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(TemporaryError, match="can't be written"):
        Output(tmp_path / "file").sweep()


@pytest.mark.fault("F30", "a link in the place of a page is replaced and not followed")
def test_a_link_in_the_place_of_a_page_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "canary").write_text("alive")
    place = tmp_path / "out"
    place.mkdir()
    (place / "page").symlink_to(outside)
    Output(place).publish("page", files(a="x"), {}, fine)
    assert (outside / "canary").read_text() == "alive"
    assert [path.name for path in outside.iterdir()] == ["canary"]
    assert not (place / "page").is_symlink()


def test_a_changed_file_is_noticed_by_its_content_and_a_touched_one_is_fine(tmp_path: Path) -> None:
    facts = Output(tmp_path).publish("page", files(a="one"), {}, fine)["a.txt"]
    path = tmp_path / "page/a.txt"
    os.utime(path, (1, 1))
    assert publishing.intact(path, facts)
    path.write_text("two")
    assert not publishing.intact(path, facts)
    path.unlink()
    assert not publishing.intact(path, facts)


def test_a_page_that_is_taken_away_is_gone_though_its_files_can_not_be_removed_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Output(tmp_path)
    output.publish("page", files(a="one"), {}, fine)

    def failed(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", failed)
        output.remove("page")
    assert not (tmp_path / "page").exists()
    output.sweep()
    assert [*tmp_path.iterdir()] == []


def made_elsewhere(place: Path, **texts: str) -> dict[str, tuple[Path, publishing.FileFacts]]:
    facts = Output(place).publish("page", files(**texts), {}, fine)
    return {name: (place / "page" / name, fact) for name, fact in facts.items()}


def test_of_an_attempt_that_failed_nothing_is_published_with_the_next_one(tmp_path: Path) -> None:
    first, second = made_elsewhere(tmp_path / "1", a="old", z="old"), made_elsewhere(tmp_path / "2", a="new")
    first["z.txt"][0].write_text("damaged")
    output = Output(tmp_path / "output")
    with pytest.raises(PublicationError):
        output.restore("page", first)
    output.restore("page", second)
    assert {path.name for path in (output.place / "page").iterdir()} == {*second}


def test_what_was_copied_here_is_on_the_disk_before_it_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = made_elsewhere(tmp_path / "elsewhere", a="one", sub_b="two")
    flushed: list[tuple[int, bool]] = []
    output, fsync = Output(tmp_path / "output"), os.fsync

    def noted(handle: int) -> None:
        flushed.append((os.fstat(handle).st_ino, (output.place / "page").exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    output.restore("page", kept)
    assert {(path.stat().st_ino, False) for path, _ in kept.values()} <= {*flushed}


def test_a_version_that_stands_already_is_taken_for_published_though_what_was_kept_of_it_is_gone(
    tmp_path: Path,
) -> None:
    kept = made_elsewhere(tmp_path / "elsewhere", a="one")
    output = Output(tmp_path / "output")
    facts = output.restore("page", kept)
    for path, _ in kept.values():
        path.unlink()
    assert output.restore("page", kept) == facts
    (output.place / "page" / "a.txt").write_text("two")
    with pytest.raises(TemporaryError):
        output.restore("page", kept)
