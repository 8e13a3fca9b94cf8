from __future__ import annotations

import hashlib
import io
import os
import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_work_done import Counted
from voicegen.contracts import Held
from voicegen.errors import TemporaryError
from voicegen.steps.blobs import read
from voicegen.stores import _entries
from voicegen.stores._entries import FOOTER, USED_S, Entries
from voicegen.stores.folder import SharedFolder

KEY, OTHER = "ab" * 32, "cd" * 32


def path_of(entries: Entries, key: str = KEY) -> Path:
    path = entries.get_many([key])[key].path
    assert path is not None
    return Path(path)


@pytest.mark.fault("F16", "whatever is changed, cut or added anywhere in an entry, it is noticed and made again")
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_to_an_entry_is_noticed_and_the_entry_put_aside(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = Entries(Path(folder))
        kept.put_if_absent(KEY, [b"sound " * 20])
        path = path_of(kept)
        whole = path.read_bytes()
        other = Entries(Path(folder, "other"))
        other.put_if_absent(OTHER, [b"sound " * 20])
        at = data.draw(st.integers(0, len(whole) - 1))
        change = data.draw(st.sampled_from(["flip", "cut", "grow", "empty", "swap"]))
        damaged = {
            "flip": whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :],
            "cut": whole[:at],
            "grow": whole + b"\0" * (at + 1),
            "empty": b"",
            "swap": path_of(other, OTHER).read_bytes(),
        }[change]
        path.write_bytes(damaged)
        assert kept.get_many([KEY]) == {}
        assert not path.exists()
        assert [one.read_bytes() for one in Path(folder, "quarantine").iterdir()] == [damaged]
        assert read(kept.put_if_absent(KEY, [b"made again"])) == b"made again"
        assert kept.damaged == 1


def test_an_entry_that_the_disk_gives_in_small_parts_is_sound() -> None:
    class Parts(io.BytesIO):
        def read(self, most: int | None = -1) -> bytes:
            return super().read(min(7, most or 0))

    whole = b"sound" + _entries._footer(5, hashlib.sha256(KEY.encode() + b"sound").digest())
    assert _entries._checked(Parts(whole), len(whole), KEY) == 5
    assert _entries._checked(Parts(whole + b"x"), len(whole), KEY) is None
    assert _entries._checked(Parts(whole[:-1]), len(whole), KEY) is None


def test_putting_where_a_damaged_entry_lies_puts_that_aside_and_keeps_the_new_one(tmp_path: Path) -> None:
    kept = Entries(tmp_path)
    kept.put_if_absent(KEY, [b"sound"])
    path_of(kept).write_bytes(b"noise")
    assert read(kept.put_if_absent(KEY, [b"sound again"])) == b"sound again"
    assert (path_of(kept).stat().st_size, kept.damaged) == (len(b"sound again") + FOOTER, 1)


def test_quarantine_keeps_the_latest_and_no_more_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_entries, "QUARANTINE_FILES", 3)
    monkeypatch.setattr(_entries, "QUARANTINE_BYTES", 100)
    kept = Entries(tmp_path)
    for number in range(6):
        kept.put_if_absent(f"{number:064}", [b"sound"])
        path_of(kept, f"{number:064}").write_bytes(bytes([number]) * 40)
        assert kept.get_many([f"{number:064}"]) == {}
    aside = tmp_path / "quarantine"
    assert sorted(path.read_bytes()[0] for path in aside.iterdir()) == [4, 5], "two of 40 bytes are below 100"
    os.rename(min(aside.iterdir()), aside / f"{0:020}-{KEY}")  # noqa: PTH104
    kept.prune(())
    assert [path.read_bytes()[0] for path in aside.iterdir()] == [5], "the other is of 1970"


@pytest.mark.parametrize("name", ["quarantine", "tmp", "ad", "ad/vi", "README"])
def test_a_link_in_the_place_of_a_folder_of_ours_leads_nobody_to_remove_or_write_anything_elsewhere(
    name: str, tmp_path: Path
) -> None:
    key, own = "ad" + 31 * "0f", tmp_path / "content"
    (own / "pages").mkdir(parents=True)
    for path in (own / "advice.md", own / "pages" / "one.md", own / ".hidden", own / ("advi" + 30 * "ce")):
        path.write_bytes(b"people's work")
        os.utime(path, (0, 0))
    before = sorted(own.rglob("*"))
    link = tmp_path / "store" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(own / "new" if name == "README" else own)
    kept = Entries(tmp_path / "store", shared=True)
    kept.delete_many(list(kept.held()))
    for path in before:
        stat = path.lstat()
        kept.delete_many([Held(path.name, stat.st_size, max(stat.st_mtime, stat.st_ctime))])
    kept.put_if_absent(OTHER, [b"sound"])
    path_of(kept, OTHER).write_bytes(b"noise")
    assert kept.get_many([OTHER, key]) == {}, "what is damaged is put aside, and quarantine bounded"
    kept.prune(())
    assert sorted(own.rglob("*")) == before


@pytest.mark.parametrize(
    "name",
    [f"ab/{38 * '0'}", "ab/cd/notes", f"ab/cd/{KEY}.old", "ab/.notes", "tmp/scan.pdf", "quarantine/mails/one.eml"],
)
def test_what_is_not_named_as_an_entry_is_somebodys_who_has_such_folders_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"people's work")
    os.utime(path, (0, 0))
    kept = Entries(tmp_path, shared=True)
    kept.prune(())
    assert (path.read_bytes(), list(kept.held())) == (b"people's work", [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_nobody_waits_for_who_would_write_into_what_is_no_file(tmp_path: Path) -> None:
    kept = Entries(tmp_path, shared=True)
    kept.put_if_absent(KEY, [b"sound"])
    path = path_of(kept)
    path.unlink()
    os.mkfifo(path)
    assert kept.get_many([KEY]) == {}
    assert read(kept.put_if_absent(KEY, [b"sound"])) == b"sound"


@pytest.mark.parametrize("name", ["pages", "pages/clinic"])
def test_a_link_in_the_place_of_the_lists_leads_nobody_to_write_or_remove_anything_elsewhere(
    name: str, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    for path in (own / "asthma.json", own / "clinic" / "asthma.json"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("people's work")
    for act in ("keep", "drop"):
        link = tmp_path / act / name
        link.parent.mkdir(parents=True)
        link.symlink_to(own)
        store = SharedFolder(tmp_path / act, tmp_path / "mine", "clinic")
        store.keep("asthma", {KEY}) if act == "keep" else store.drop("asthma")
    assert {path.read_text() for path in own.rglob("*.json")} == {"people's work"}
    assert len([*own.rglob("*.json")]) == 2


@pytest.mark.fault("F3", "nothing half written stays in the store")
def test_looking_for_what_is_not_there_and_keeping_it_asks_the_disk_for_little(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time a thread asks the disk it lets Python's lock go, and waits for it when another one computes."""
    kept = Entries(tmp_path)
    kept.put_if_absent("abab" + "0" * 60, [b"sound"])  # makes the folders
    opened, made = Counted(monkeypatch, os, "open"), Counted(monkeypatch, Path, "mkdir")
    asked, named = Counted(monkeypatch, Path, "stat"), Counted(monkeypatch, os, "link")
    written = Counted(monkeypatch, _entries, "_write")
    assert kept.get_many([KEY]) == {}
    assert (len(opened.calls), len(asked.calls)) == (1, 1), "its place, and that of versions before"
    kept.put_if_absent(KEY, [b"packet"] * 1_000)
    assert (len(opened.calls), len(made.calls), len(named.calls), len(written.calls)) == (2, 0, 1, 2)
    assert read(kept.get_many([KEY])[KEY]) == b"packet" * 1_000


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    kept = Entries(tmp_path)

    def broken() -> object:
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.put_if_absent(KEY, broken())  # type: ignore[arg-type]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "README"]


@pytest.mark.fault("F3", "a store on a full disk says so")
def test_a_full_disk_is_told_in_words() -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this test needs /dev/full")
    kept = Entries(Path("/dev/full/store"))
    with pytest.raises(TemporaryError, match="can't be written"):
        kept.put_if_absent(KEY, [b"x"])


def test_an_entry_costs_its_bytes_and_a_footer(tmp_path: Path) -> None:
    kept = Entries(tmp_path)
    kept.put_if_absent(KEY, [b"12345"])
    assert path_of(kept).stat().st_size == 5 + FOOTER


@pytest.mark.fault("F38", "an entry of an earlier version is found and moved where it belongs")
def test_f38_an_entry_of_an_earlier_version_is_found_and_moved_where_it_belongs(tmp_path: Path) -> None:
    kept = Entries(tmp_path)
    kept.put_if_absent(KEY, [b"sound"])
    earlier = tmp_path / KEY[:2] / KEY
    path_of(kept).rename(earlier)
    assert kept.size(KEY) == 5
    assert [one.name for one in kept.held()] == [KEY]
    assert read(kept.get_many([KEY])[KEY]) == b"sound"
    assert not earlier.exists()
    path_of(kept).rename(earlier)
    assert kept.prune(()) == 5 + FOOTER
    assert not earlier.exists()


@pytest.mark.fault("F38", "a damaged entry of an earlier version is put aside")
def test_f38_a_damaged_entry_of_an_earlier_version_is_put_aside(tmp_path: Path) -> None:
    kept = Entries(tmp_path)
    earlier = tmp_path / KEY[:2] / KEY
    earlier.parent.mkdir()
    earlier.write_bytes(b"noise")
    assert kept.get_many([KEY]) == {}
    assert (earlier.exists(), kept.damaged) == (False, 1)


def test_an_entry_that_is_found_in_a_shared_folder_counts_as_used_now(tmp_path: Path) -> None:
    for shared in (False, True):
        kept = Entries(tmp_path / str(shared), shared=shared)
        kept.put_if_absent(KEY, [b"sound"])
        path = path_of(kept)
        long_ago = path.stat().st_mtime - 2 * USED_S
        os.utime(path, (long_ago, long_ago))
        kept.get_many([KEY])
        assert (path.stat().st_mtime > long_ago + USED_S) == shared


def test_others_may_read_what_is_put_into_a_shared_folder_and_nobody_what_is_private(tmp_path: Path) -> None:
    modes = {}
    for shared in (False, True):
        kept = Entries(tmp_path / str(shared), shared=shared)
        kept.put_if_absent(KEY, [b"sound"])
        modes[shared] = path_of(kept).stat().st_mode & 0o777
    mask = os.umask(0o022)
    os.umask(mask)
    assert modes == {False: 0o600, True: 0o666 & ~mask}


def test_a_disk_without_second_names_keeps_entries_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    kept = Entries(tmp_path)
    first = kept.put_if_absent(KEY, [b"sound"])
    assert read(kept.put_if_absent(KEY, [b"spoken otherwise by another builder"])) == b"sound"
    assert read(first) == read(kept.get_many([KEY])[KEY]) == b"sound"
    assert [*(tmp_path / "tmp").iterdir()] == []


def test_what_is_kept_of_a_clip_is_small(tmp_path: Path) -> None:
    """Ten hours have 30,000: each is its key, its length and what its path is put together of."""
    kept = Entries(tmp_path)
    keys = [hashlib.sha256(bytes([number])).hexdigest() for number in range(100)]
    for key in keys:
        kept.put_if_absent(key, [b"sound"])
    tracemalloc.start()
    try:
        found = [kept.get_many([key])[key] for key in keys]
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [read(one) for one in found] == [b"sound"] * 100
    assert held < 100 * 250, f"{held / 100:.0f} bytes each"
