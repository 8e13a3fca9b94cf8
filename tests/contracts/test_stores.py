"""The contract of stores, for every file in the folder, and for each way in which the same file can be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.object_store import BUCKET
from voicegen import extensions
from voicegen.contracts import Measured, Shared, Store, StorePlace
from voicegen.model.blob import Blob
from voicegen.steps.blobs import read

NAMES = [path.stem for path in Path(extensions.HERE, "stores").glob("[a-z]*.py")]
KEY, OTHER, THIRD = "ab" * 32, "cd" * 32, "ef" * 32


SHARED = ["folder that is shared", "s3"]


@pytest.fixture(params=[*sorted({*NAMES, *SHARED})])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, StorePlace]]:
    own = StorePlace(tmp_path / "own", project="clinic")
    if request.param == "folder that is shared":
        yield "folder", replace(own, address=str(tmp_path / "share"))
    elif request.param == "s3":
        server = f"http://127.0.0.1:{request.getfixturevalue('object_store')}"
        address = f"s3://{BUCKET}/{tmp_path.name.replace('[', '-')}"
        yield "s3", replace(own, address=address, endpoint=server, deadline_s=30)
    else:
        yield request.param, own


@pytest.fixture
def kept(place: tuple[str, StorePlace]) -> Store:
    return extensions.store(*place)


def elsewhere(place: tuple[str, StorePlace], **changes: object) -> Store:
    """The store as another machine opens it, with nothing of its own."""
    name, where = place
    return extensions.store(name, replace(where, **{"own": where.own.with_name("elsewhere"), **changes}))  # type: ignore[arg-type]


def got(store: Store, key: str = KEY) -> bytes | None:
    found: Blob | None = store.get_many([key]).get(key)
    return None if found is None else read(found)


def keep(store: Store, page: str, keys: Iterable[str], earlier: Iterable[str] = ()) -> None:
    assert isinstance(store, Shared)
    store.keep(page, {*keys}, {*earlier})


def fetched(store: Store, page: str) -> Store:
    assert isinstance(store, Shared)
    store.fetch(page)
    return store


def live(store: Store) -> int:
    """How many things the store says that it must hold, all of which it holds."""
    assert isinstance(store, Shared)
    marked = store.heap().live()
    assert marked <= {one.name for one in store.heap().held()}
    return len(marked)


def test_what_is_put_can_be_got_whole_and_in_part(kept: Store) -> None:
    assert kept.get_many([KEY, OTHER]) == {}
    put = kept.put_if_absent(KEY, [b"one ", b"", b"two"])
    found = kept.get_many([KEY, OTHER])
    assert [*found] == [KEY]
    assert put.size == found[KEY].size == 7
    assert read(found[KEY]) == read(put) == b"one two"
    assert read(found[KEY].part(4, 3)) == b"two"
    with pytest.raises(ValueError, match="not inside"):
        found[KEY].part(4, 4)


def test_nothing_is_a_value_too(kept: Store) -> None:
    kept.put_if_absent(KEY, [])
    assert got(kept) == b""
    assert isinstance(kept, Measured)
    assert (kept.size(KEY), kept.size(OTHER)) == (0, None)


def test_many_are_got_at_once_from_whatever_names_them(kept: Store) -> None:
    for number in range(3):
        kept.put_if_absent(f"{number:064}", [bytes([number])])
    found = kept.get_many(f"{number:064}" for number in range(1, 5))
    assert {key: read(blob) for key, blob in found.items()} == {f"{1:064}": b"\1", f"{2:064}": b"\2"}


def test_who_puts_first_is_right_and_who_comes_later_gets_that(kept: Store) -> None:
    kept.put_if_absent(KEY, [b"first"])
    second = kept.put_if_absent(KEY, [b"and another"])
    assert read(second) == got(kept) == b"first"


@pytest.mark.fault("F19", "the same entry put by many at once is whole")
def test_putting_at_the_same_time_from_many_threads_gives_all_the_same(kept: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        blobs = list(pool.map(lambda number: kept.put_if_absent(KEY, [bytes([number])] * 50), range(40)))
    assert {read(blob) for blob in blobs} == {got(kept)}


def test_a_put_that_fails_leaves_nothing(kept: Store) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("the encoder fell over")

    with pytest.raises(RuntimeError):
        kept.put_if_absent(KEY, broken())
    assert got(kept) is None


def test_pruning_keeps_what_is_named_and_tells_what_it_freed(kept: Store, place: tuple[str, StorePlace]) -> None:
    alone = extensions.store(place[0], replace(place[1], address=""))  # what is this project's, and nobody else's
    for store in (alone, kept):
        store.put_if_absent(KEY, [b"keep"])
    if not isinstance(kept, Shared):
        alone = kept
    alone.put_if_absent(OTHER, [b"drop"])
    assert kept.prune({KEY}) >= 4
    assert got(kept) == b"keep"
    assert got(kept, OTHER) is None


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_what_a_page_is_made_of_is_found_by_another_machine(kept: Store, place: tuple[str, StorePlace]) -> None:
    kept.put_if_absent(KEY, [b"clip"])
    kept.put_if_absent(OTHER, [b"chapter " * 1000])
    keep(kept, "asthma", [KEY, OTHER])
    other = fetched(elsewhere(place), "asthma")
    assert (got(other, KEY), got(other, OTHER)) == (b"clip", b"chapter " * 1000)


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_a_page_that_nobody_made_is_fetched_without_complaint(kept: Store) -> None:
    fetched(kept, "never-made")
    assert got(kept) is None


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_keeping_a_page_again_adds_what_is_new(kept: Store, place: tuple[str, StorePlace]) -> None:
    kept.put_if_absent(KEY, [b"one"])
    keep(kept, "asthma", [KEY])
    keep(kept, "asthma", [KEY])
    kept.put_if_absent(OTHER, [b"two"])
    keep(kept, "asthma", [OTHER], [KEY])
    other = fetched(elsewhere(place), "asthma")
    assert got(other, OTHER) == b"two"
    assert live(other) >= 1


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_what_another_machine_fetched_it_keeps_without_putting_it_again(
    kept: Store, place: tuple[str, StorePlace]
) -> None:
    kept.put_if_absent(KEY, [b"one"])
    keep(kept, "asthma", [KEY])
    other = fetched(elsewhere(place), "asthma")
    other.put_if_absent(OTHER, [b"two"])
    keep(other, "asthma", [KEY, OTHER])
    third = fetched(elsewhere(place, own=place[1].own.with_name("third")), "asthma")
    assert (got(third, KEY), got(third, OTHER)) == (b"one", b"two")


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_projects_with_pages_of_one_name_do_not_take_each_others_away(
    kept: Store, place: tuple[str, StorePlace]
) -> None:
    kept.put_if_absent(KEY, [b"ours"])
    keep(kept, "asthma", [KEY])
    theirs = elsewhere(place, project="hospital")
    theirs.put_if_absent(OTHER, [b"theirs"])
    keep(theirs, "asthma", [OTHER])
    assert live(kept) == 2
    assert got(fetched(elsewhere(place, own=place[1].own.with_name("third")), "asthma")) == b"ours"


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_what_no_page_is_made_of_is_no_longer_marked(kept: Store) -> None:
    kept.put_if_absent(KEY, [b"one"])
    kept.put_if_absent(OTHER, [b"two"])
    keep(kept, "asthma", [KEY])
    keep(kept, "angina", [OTHER])
    assert live(kept) == 2
    assert isinstance(kept, Shared)
    kept.drop("angina")
    kept.drop("never-made")
    assert live(kept) == 1
    (one,) = (one for one in kept.heap().held() if one.name not in kept.heap().live())
    assert kept.heap().delete_many([one]) == [one]
    assert kept.heap().delete_many([one]) == []


@pytest.mark.parametrize("place", SHARED, indirect=True)
def test_who_may_only_read_uses_what_is_there_and_gives_nothing(
    kept: Store, place: tuple[str, StorePlace]
) -> None:
    kept.put_if_absent(KEY, [b"one"])
    keep(kept, "asthma", [KEY])
    reader = fetched(elsewhere(place, writable=False), "asthma")
    assert got(reader) == b"one"
    before = sorted(kept.heap().held(), key=str)  # type: ignore[attr-defined]
    put = reader.put_if_absent(OTHER, [b"two"])
    keep(reader, "asthma", [KEY, OTHER])
    assert read(put) == got(reader, OTHER) == b"two"
    assert sorted(kept.heap().held(), key=str) == before  # type: ignore[attr-defined]
    third = fetched(elsewhere(place, own=place[1].own.with_name("third")), "asthma")
    assert got(third, OTHER) is None
