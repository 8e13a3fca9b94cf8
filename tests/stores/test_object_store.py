"""A store on a real object store, behind a gate that counts what is asked and breaks it in every way we know."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import obstore
import pytest

from tests import object_store as server
from tests.conftest import PAGE, ROOT, Project
from tests.object_store import BUCKET, Gate, bucket
from voicegen import extensions
from voicegen.contracts import StorePlace
from voicegen.errors import PublicationError, SettingsError, TemporaryError
from voicegen.steps.blobs import read
from voicegen.stores import _packs, s3
from voicegen.stores.s3 import ObjectStore
from voicegen.sweeping import sweep

KEY, OTHER = "ab" * 32, "cd" * 32
SETTINGS = """
[project]
title = "City clinic"
[voice]
engine = "tone"
[publications]
formats = ["html", "mp3", "webvtt", "timeline"]
[store]
place = "s3://{bucket}/{folder}"
endpoint = "http://127.0.0.1:{port}"
deadline = {deadline}
"""
PAGES = ("asthma", "gallstones", "gout")


@pytest.fixture
def gate(object_store: int) -> Iterator[Gate]:
    with server.gate(object_store) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """A folder of the bucket that is this test's alone."""
    return f"{tmp_path.parent.name}-{tmp_path.name}".replace("[", "-").replace("]", "")


Machine = Callable[..., Project]


@pytest.fixture
def machine(tmp_path: Path, gate: Gate, folder: str) -> Machine:
    """Makes a machine with the same three pages, and nothing else."""

    def made(name: str, deadline: float = 30, port: int = 0) -> Project:
        settings = SETTINGS.format(bucket=BUCKET, folder=folder, port=port or gate.port, deadline=deadline)
        project = Project(tmp_path / name, settings)
        for page in PAGES:
            project.page(f"{page}.txt", PAGE.replace("Gallstones", page.title()))
        return project

    return made


@pytest.fixture
def place(tmp_path: Path, gate: Gate, folder: str) -> StorePlace:
    endpoint = f"http://127.0.0.1:{gate.port}"
    return StorePlace(tmp_path / "own", f"s3://{BUCKET}/{folder}", "clinic", endpoint=endpoint, deadline_s=30)


def opened(place: StorePlace, own: str = "own") -> ObjectStore:
    found = extensions.store("s3", replace(place, own=place.own.with_name(own)))
    assert isinstance(found, ObjectStore)
    return found


def filled(place: StorePlace, **entries: bytes) -> ObjectStore:
    """A store with a page "asthma" that is made of these."""
    store = opened(place)
    keys = {key(name) for name in entries}
    for name, data in entries.items():
        store.put_if_absent(key(name), [data])
    store.keep("asthma", keys)
    return store


def key(name: str) -> str:
    return (name.encode().hex() + "0" * 64)[:64]


def got(store: ObjectStore, name: str) -> bytes | None:
    found = store.get_many([key(name)])
    return read(found[key(name)]) if found else None


def test_a_build_on_a_new_machine_asks_by_page_and_not_by_clip_and_speaks_and_sends_nothing(
    machine: Machine, gate: Gate
) -> None:
    first = machine("first")
    assert first.build().spoken > 10
    assert gate.counts() == {"GET": 3, "PUT": 6}, "a list is looked for; a pack and a list are put"
    second = machine("second")
    gate.asked.clear()
    result = second.build()
    assert (result.spoken, [page.outcome for page in result.pages]) == (0, ["made"] * 3)
    assert gate.counts() == {"GET": 6}, "a list and a pack for each page"
    assert second.tree() == first.tree()
    gate.asked.clear()
    (second.place / ".voicegen" / "ledger.json").unlink()
    second.build()
    assert gate.counts() == {"GET": 3}, "a list for each page, and nothing that is here already"
    gate.asked.clear()
    second.build()
    assert gate.counts() == {}, "nothing changed"


def test_a_changed_sentence_sends_that_sentence_and_its_chapter(machine: Machine, gate: Gate) -> None:
    first = machine("first")
    first.build()
    before = sum(one.sent for one in gate.asked if "/packs/" in one.path)
    gate.asked.clear()
    first.page("gout.txt", PAGE.replace("Gallstones", "Gout").replace("for hours", "for days"))
    assert first.build().spoken == 1
    assert gate.counts() == {"GET": 1, "PUT": 2}
    assert 0 < sum(one.sent for one in gate.asked if "/packs/" in one.path) < before / 8
    second = machine("second")
    second.page("gout.txt", (first.place / "content" / "gout.txt").read_text())
    assert second.build().spoken == 0
    assert second.tree() == first.tree()


@pytest.mark.parametrize("fault", [server.reset, server.slow_down, server.cut_off, server.lost])
@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.fault("F9", "what breaks once or twice is asked again")
@pytest.mark.fault("F11", "what breaks once or twice is asked again")
def test_f9_f11_what_breaks_once_or_twice_is_asked_again(
    fault: server.Fault, method: str, place: StorePlace, gate: Gate
) -> None:
    gate.once(fault, method, times=2)
    filled(place, one=b"clip " * 100, two=b"chapter " * 100)
    other = opened(place, "other")
    gate.once(fault, method, times=2)
    other.fetch("asthma")
    assert (got(other, "one"), got(other, "two")) == (b"clip " * 100, b"chapter " * 100)
    assert other.notices() == ()


def test_a_put_whose_answer_was_lost_is_done_and_is_not_done_twice(place: StorePlace, gate: Gate) -> None:
    gate.once(server.lost, "PUT", "/packs/")
    filled(place, one=b"clip")
    puts = [one for one in gate.asked if one.method == "PUT" and "/packs/" in one.path]
    assert len(puts) == 2, "the second finds it there"
    assert [one.method for one in gate.asked[-3:]] == ["HEAD", "GET", "PUT"], "it is read back, then listed"


def test_what_stands_in_a_packs_place_and_is_not_it_is_replaced(
    place: StorePlace, gate: Gate, object_store: int, folder: str
) -> None:
    filled(place, one=b"clip " * 100)
    (name,) = [one.path.rpartition("/")[2] for one in gate.asked if "/packs/" in one.path]
    obstore.put(bucket(object_store, folder), f"packs/{name}", b"noise".ljust(gate.asked[-2].sent))
    third = opened(place, "third")
    third.put_if_absent(key("one"), [b"clip " * 100])
    third.keep("angina", {key("one")})
    other = opened(place, "other")
    other.fetch("angina")
    assert got(other, "one") == b"clip " * 100


@pytest.mark.parametrize("fault", [server.altered, server.shortened])
@pytest.mark.parametrize("where", ["/packs/", "/pages/"])
@pytest.mark.fault("F16", "what comes damaged is never used is told and is made again")
def test_f16_what_comes_damaged_is_never_used_is_told_and_is_made_again(
    fault: server.Fault, where: str, place: StorePlace, gate: Gate
) -> None:
    filled(place, one=b"clip " * 100, two=b"chapter " * 300)
    other = opened(place, "other")
    gate.once(fault, "GET", where)
    other.fetch("asthma")
    assert got(other, "one") in {None, b"clip " * 100}
    assert got(other, "two") in {None, b"chapter " * 300}
    assert None in {got(other, "one"), got(other, "two")}
    assert bool(other.notices()) == (where == "/packs/")
    gate.fault = lambda asked: None
    for name, data in {"one": b"clip " * 100, "two": b"chapter " * 300}.items():
        other.put_if_absent(key(name), [data])
    other.keep("asthma", {key("one"), key("two")})
    third = opened(place, "third")
    third.fetch("asthma")
    assert (got(third, "one"), got(third, "two")) == (b"clip " * 100, b"chapter " * 300)


def test_a_pack_that_is_gone_is_made_again(place: StorePlace, object_store: int, folder: str) -> None:
    store = filled(place, one=b"clip")
    theirs = bucket(object_store, folder)
    obstore.delete(theirs, [f"packs/{one.name}" for one in store.heap().held()])
    other = opened(place, "other")
    other.fetch("asthma")
    assert got(other, "one") is None
    assert "gone or damaged" in other.notices()[0]
    other.put_if_absent(key("one"), [b"clip"])
    other.keep("asthma", {key("one")})
    third = opened(place, "third")
    third.fetch("asthma")
    assert got(third, "one") == b"clip"


@pytest.mark.parametrize("left", [0, 10, 1_500, 7_000])
@pytest.mark.fault("F16", "a pack that is cut off, whatever is asked of it, is told and is made again")
def test_f16_a_pack_that_is_cut_off_is_told_and_is_made_again(
    left: int, place: StorePlace, object_store: int, folder: str
) -> None:
    entries = {f"n{number}": bytes([number]) * 1_000 for number in range(8)}
    filled(place, **entries)
    partly, new = opened(place, "partly"), opened(place, "new")
    partly.fetch("asthma")
    for name in ("n0", "n1"):
        path = partly.get_many([key(name)])[key(name)].path
        assert path is not None
        Path(path).unlink()
    theirs = bucket(object_store, folder)
    (pack,) = partly.heap().held()
    data = bytes(obstore.get(theirs, f"packs/{pack.name}").bytes())
    obstore.put(theirs, f"packs/{pack.name}", data[:left])
    for store in (partly, new):
        store.fetch("asthma")
        assert {got(store, name) for name in entries} <= {None, *entries.values()}
    missing = {name for name in entries if got(partly, name) is None}
    assert bool(partly.notices()) == bool(missing)
    assert "gone or damaged" in new.notices()[0]
    for name, sound in entries.items():
        new.put_if_absent(key(name), [sound])
    new.keep("asthma", {key(name) for name in entries})
    third = opened(place, "third")
    third.fetch("asthma")
    assert {name: got(third, name) for name in entries} == entries


@pytest.mark.parametrize("fault", [server.hang, server.drip, server.reset, server.slow_down])
@pytest.mark.fault("F10", "who never answers is given up at the deadline and then not asked again")
def test_f10_who_never_answers_is_given_up_at_the_deadline_and_then_not_asked_again(
    fault: server.Fault, place: StorePlace, gate: Gate
) -> None:
    filled(place, one=b"clip")
    other = opened(replace(place, deadline_s=3), "other")
    gate.always(fault, "GET")
    with pytest.raises(TemporaryError, match="did not answer within 3 seconds"):
        other.fetch("asthma")
    asked = len(gate.asked)
    with pytest.raises(TemporaryError, match="did not answer"):
        other.fetch("gout")
    assert len(gate.asked) == asked


@pytest.mark.fault("F9", "an object store that is away costs a try and nothing that was made")
def test_a_server_that_is_away_costs_a_try_and_nothing_that_was_made(machine: Machine, gate: Gate) -> None:
    project = machine("first", deadline=4)
    gate.always(server.reset)
    result = project.build()
    assert result.exit_code == TemporaryError.exit_code == 3
    assert [page.outcome for page in result.pages] == ["failed"] * 3
    assert "Run again later" in str(result.pages[0].errors[0])
    gate.always(server.reset, "PUT")  # it comes back, and goes away while pages are being made
    (toml := project.place / "voicegen.toml").write_text(toml.read_text().replace("deadline = 4", "deadline = 5"))
    result = project.build()
    assert (result.exit_code, result.spoken > 10, project.tree().keys() & {"gout/index.html"}) == (3, True, set())
    gate.fault = lambda asked: None
    result = project.build()
    assert (result.exit_code, result.spoken) == (0, 0), "what was spoken meanwhile was kept on this machine"


def test_a_server_that_knows_no_condition_does_no_harm(place: StorePlace, gate: Gate) -> None:
    gate.always(server.unconditional)
    filled(place, one=b"clip")
    again = opened(place, "again")
    again.put_if_absent(key("one"), [b"clip"])
    again.keep("asthma", {key("one")})
    other = opened(place, "other")
    other.fetch("asthma")
    assert got(other, "one") == b"clip"


def test_several_builders_at_once_are_all_right(machine: Machine, object_store: int) -> None:
    builders = [machine(f"builder-{number}", port=object_store) for number in range(2)]
    runs = [
        subprocess.Popen([sys.executable, "-m", "voicegen", "-C", one.place, "build", "--plain"], cwd=ROOT)
        for one in builders
    ]
    assert [run.wait() for run in runs] == [0, 0]
    assert builders[0].tree() == builders[1].tree()
    last = machine("last", port=object_store)
    assert last.build().spoken == 0
    assert last.tree() == builders[0].tree()


def test_a_machine_that_may_only_read_builds_and_asks_for_nothing_else(machine: Machine, gate: Gate) -> None:
    machine("first").build()
    reader = machine("reader")
    (toml := reader.place / "voicegen.toml").write_text(toml.read_text() + 'mode = "read-only"\n')
    reader.page("gout.txt", PAGE.replace("Gallstones", "Gout").replace("for hours", "for days"))
    gate.asked.clear()
    result = reader.build()
    assert (result.spoken, result.exit_code, {*gate.counts()}) == (1, 0, {"GET"})


def test_keys_that_are_not_right_are_told_in_words_and_are_in_no_file_and_no_message(
    machine: Machine, place: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = machine("first")
    project.build()
    run = [sys.executable, "-m", "voicegen", "-C", str(project.place), "store", "gc", "--json"]
    wrong = {**os.environ, "AWS_SECRET_ACCESS_KEY": "sk-CANARY-wrong"}
    refused = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, env=wrong)
    assert refused.returncode == SettingsError.exit_code == 2
    assert "does not let us in (403 Forbidden)" in refused.stderr
    said = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    assert said.returncode == 0
    everything = [refused.stderr, refused.stdout, said.stderr, said.stdout, repr(opened(place))]
    everything += [path.read_bytes().decode("latin-1") for path in project.place.rglob("*") if path.is_file()]
    assert not [text for text in everything if "CANARY" in text]


def test_the_doctor_tries_the_store(machine: Machine, gate: Gate) -> None:
    from voicegen.config import load
    from voicegen.doctor import findings

    project = machine("first", deadline=1)
    settings = load(project.place, extensions.engines(), extensions.formats())
    for fault, ok in ((None, True), (server.reset, False)):
        gate.fault = lambda asked, fault=fault: fault  # type: ignore[misc]
        (found,) = [one for one in findings(settings) if one.words.startswith("store s3://")]
        assert (found.ok, found.needed) == (ok, True)


def test_a_bucket_that_is_not_there_is_told(place: StorePlace) -> None:
    store = opened(replace(place, address="s3://no-such-bucket/store"))
    with pytest.raises(SettingsError, match="there is no such bucket"):
        store.fetch("asthma")


def test_without_the_extra_the_message_says_what_to_install(
    place: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("obstore", "obstore.store", "obstore.exceptions"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Exception, match=r"pip install \"obstore"):
        opened(place)


def test_long_pages_are_several_packs_and_a_few_missing_pieces_are_read_alone(
    place: StorePlace, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_packs, "PACK_BYTES", 10_000)
    entries = {f"n{number:02}": bytes([number]) * 3_000 for number in range(10)} | {"large": b"x" * 25_000}
    filled(place, **entries)
    packs = [one for one in gate.asked if one.method == "PUT" and "/packs/" in one.path]
    assert len(packs) == 5
    assert max(one.sent for one in packs) < 26_000
    other = opened(place, "other")
    other.fetch("asthma")
    assert {name: got(other, name) for name in entries} == entries
    path = other.get_many([key("n01")])[key("n01")].path
    assert path is not None
    Path(path).unlink()
    gate.asked.clear()
    other.fetch("asthma")
    assert got(other, "n01") == entries["n01"]
    assert len(gate.asked) == 2


def test_a_page_that_changed_often_is_packed_anew_and_what_it_was_made_of_is_cleared_up(
    place: StorePlace, gate: Gate
) -> None:
    store = opened(place)
    keys: list[str] = []
    for number in range(20):
        name = f"n{number:02}"
        store.put_if_absent(key(name), [bytes([number]) * 1_000])
        keys = [*keys, key(name)][-3:]
        store.keep("asthma", keys, ())
        assert len(store.heap().live()) <= _packs.MOST_PACKS
    other = opened(place, "other")
    other.fetch("asthma")
    assert {*other.get_many(keys)} == {*keys}
    before = {one.name for one in store.heap().held()}
    dry = sweep(store.heap(), dry_run=True, grace_s=-60)
    assert {one.name for one in store.heap().held()} == before
    assert sweep(store.heap()).removed == 0, "they are of today"
    wet = sweep(store.heap(), grace_s=-60)
    assert (wet, {one.name for one in store.heap().held()}) == (dry, store.heap().live())
    third = opened(place, "third")
    third.fetch("asthma")
    assert {*third.get_many(keys)} == {*keys}


def test_a_long_list_is_whole_though_each_part_of_it_breaks_once(
    place: StorePlace, gate: Gate, object_store: int, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicegen.stores._bucket.LIST_PAGE", 4)
    theirs = bucket(object_store, folder)
    for number in range(10):
        obstore.put(theirs, f"packs/{number:064}", bytes(number))
    turns: list[bool] = []

    def every_other(asked: server.Asked) -> server.Fault | None:
        turns.append(True)
        return server.slow_down if len(turns) % 2 else None

    gate.fault = every_other
    found = [*opened(place).heap().held()]
    assert [one.size for one in found] == [*range(10)]


def test_what_is_large_goes_in_parts_and_comes_back_whole(
    place: StorePlace, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicegen.stores._bucket.WHOLE_PUT", 6_000_000)
    data = hashlib.shake_256(b"long").digest(11_000_000)
    filled(place, one=data)
    assert max(one.sent for one in gate.asked) < 6_000_000
    other = opened(place, "other")
    gate.once(server.cut_off, "GET", "/packs/")
    other.fetch("asthma")
    assert got(other, "one") == data


def test_where_a_list_can_not_be_read_nothing_is_cleared_up(
    place: StorePlace, object_store: int, folder: str
) -> None:
    store = filled(place, one=b"clip")
    obstore.put(bucket(object_store, folder), "pages/hospital/asthma.json", b'{"version": 2}')
    with pytest.raises(PublicationError, match="nothing is removed"):
        sweep(store.heap(), grace_s=-60)
    assert len([*store.heap().held()]) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b'{"version": 1}',
        b'{"version": 1, "keys": ["../../etc/passwd"], "packs": {}}',
        b'{"version": 1, "keys": [], "packs": {"../x": {"size": 1, "entries": {}}}}',
        b'{"version": 1, "keys": [], "packs": {"' + b"a" * 64 + b'": {"size": 9, "entries": {"'
        + b"b" * 64 + b'": [5, 5]}}}}',
        b'{"version": 1, "keys": [], "packs": {"' + b"a" * 64 + b'": {"size": Infinity, "entries": {}}}}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_list_that_is_none_is_no_list(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        _packs.page_list(data)


def test_a_full_disk_while_a_pack_comes_is_told_and_leaves_nothing_half(
    place: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(place, one=b"clip " * 100)
    other = opened(place, "other")
    own = other._own.place
    own.mkdir(parents=True)
    shutil.rmtree(own / "tmp", ignore_errors=True)
    (own / "tmp").symlink_to("/dev/full")
    with pytest.raises(TemporaryError, match="can't be written"):
        other.fetch("asthma")


def test_a_pack_of_another_day_that_is_put_again_counts_as_new(
    place: StorePlace, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(place, one=b"clip")
    monkeypatch.setattr(s3, "YOUNG_S", -60)
    again = opened(place, "again")
    again.put_if_absent(key("one"), [b"clip"])
    gate.asked.clear()
    again.keep("angina", {key("one")})
    assert [(one.method, "/packs/" in one.path) for one in gate.asked] == [
        ("GET", False), ("PUT", True), ("HEAD", True), ("PUT", True), ("PUT", False)
    ]  # fmt: skip
