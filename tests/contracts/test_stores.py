"""The contract of stores, for every file in the folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from voicegen import extensions
from voicegen.contracts import Store
from voicegen.steps.blobs import read

NAMES = [path.stem for path in Path(extensions.HERE, "stores").glob("[a-z]*.py")]
KEY, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture(params=NAMES)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return extensions.store(request.param, tmp_path / "store")


def test_what_is_put_can_be_got_whole_and_in_part(kept: Store) -> None:
    assert kept.get(KEY) is None
    put = kept.put(KEY, [b"one ", b"", b"two"])
    got = kept.get(KEY)
    assert got is not None
    assert put.size == got.size == 7
    assert read(got) == read(put) == b"one two"
    assert read(got.part(4, 3)) == b"two"
    with pytest.raises(ValueError, match="not inside"):
        got.part(4, 4)


def test_nothing_is_a_value_too(kept: Store) -> None:
    kept.put(KEY, [])
    got = kept.get(KEY)
    assert got is not None
    assert read(got) == b""


@pytest.mark.fault("F19", "the same entry put by many at once is whole")
def test_putting_again_is_safe_from_many_threads(kept: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: kept.put(KEY, [b"same"] * 50), range(40)))
    got = kept.get(KEY)
    assert got is not None
    assert read(got) == b"same" * 50


def test_a_put_that_fails_leaves_nothing(kept: Store) -> None:
    def broken() -> object:
        yield b"half"
        raise RuntimeError("the encoder fell over")

    with pytest.raises(RuntimeError):
        kept.put(KEY, broken())  # type: ignore[arg-type]
    assert kept.get(KEY) is None


def test_pruning_keeps_what_is_named_and_tells_what_it_freed(kept: Store) -> None:
    kept.put(KEY, [b"keep"])
    kept.put(OTHER, [b"drop"])
    assert kept.prune({KEY}) >= 4
    assert kept.get(KEY) is not None
    assert kept.get(OTHER) is None
