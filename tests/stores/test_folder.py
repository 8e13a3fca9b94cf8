from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.errors import TemporaryError
from voicegen.stores.folder import FOOTER, Folder

KEY = "ab" * 32


@pytest.mark.fault("F16", "whatever is changed, cut or added anywhere in an entry, it is noticed and made again")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_to_an_entry_is_noticed_and_the_entry_removed(data: st.DataObject) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        kept = Folder(Path(folder))
        path = kept.put(KEY, [b"sound " * 20]).path
        assert path is not None
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        change = data.draw(st.sampled_from(["flip", "cut", "grow", "empty", "swap"]))
        damaged = {
            "flip": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
            "cut": whole[:at],
            "grow": whole + b"\0" * (at + 1),
            "empty": b"",
            "swap": Folder(Path(folder, "other")).put("cd" * 32, [b"sound " * 20]).path.read_bytes(),  # type: ignore[union-attr]
        }[change]
        path.write_bytes(damaged)
        assert kept.get(KEY) is None
        assert not path.exists()


@pytest.mark.fault("F3", "nothing half written stays in the store")
def test_nothing_half_written_stays(tmp_path: Path) -> None:
    kept = Folder(tmp_path)

    def broken() -> object:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.put(KEY, broken())  # type: ignore[arg-type]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "README"]


@pytest.mark.fault("F3", "a store on a full disk says so")
def test_a_full_disk_is_told_in_words() -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this test needs /dev/full")
    kept = Folder(Path("/dev/full/store"))
    with pytest.raises(TemporaryError, match="can't be written"):
        kept.put(KEY, [b"x"])


def test_an_entry_costs_its_bytes_and_a_footer(tmp_path: Path) -> None:
    path = Folder(tmp_path).put(KEY, [b"12345"]).path
    assert path is not None
    assert os.stat(path).st_size == 5 + FOOTER  # noqa: PTH116
