"""What is written to last is whole or not there, and leaves nothing beside it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from voicegen import durable
from voicegen.errors import TemporaryError


@pytest.mark.parametrize(("where", "call"), [(os, "fsync"), (Path, "replace")])
def test_of_what_the_disk_did_not_take_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: object, call: str
) -> None:
    path = tmp_path / "3.json"
    durable.write(path, b"old")

    def failed(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(where, call, failed)
        with pytest.raises(TemporaryError):
            durable.write(path, b"new")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"3.json": b"old"}


@pytest.mark.fault("F3", "a copy that the disk does not take is told by its own name, not the original.s")
def test_a_copy_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemporaryError, match="copy") as caught, durable.disk(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "original", None, "copy")
    assert caught.value.where == "copy"
