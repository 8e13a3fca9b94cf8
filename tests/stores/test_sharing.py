"""Several builds on one folder: nothing is lost, whoever clears up, and whoever may not write."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project, closed
from voicegen import extensions, sweeping
from voicegen.config import load
from voicegen.contracts import Held, Shared, StorePlace
from voicegen.errors import PublicationError, SettingsError, TemporaryError, VoicegenError
from voicegen.extensions import engines, formats
from voicegen.steps.blobs import read
from voicegen.stores import _entries
from voicegen.stores._entries import Entries
from voicegen.stores.folder import FolderHeap, SharedFolder
from voicegen.sweeping import sweep

DAY_S = 86_400
SHARE = (
    '[voice]\nengine = "tone"\n[store]\nplace = "../share"\nname = "{name}"\n'
    '[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
)
FOUR = """
import sys, time
from pathlib import Path
from voicegen.stores import _entries
from voicegen.stores._entries import Entries
store, own = Entries(Path(sys.argv[1]), shared=True), sys.argv[2]
while not Path(sys.argv[1], "go").exists():
    time.sleep(0.01)
for number in range(500):
    key = f"{number:064x}"
    found = store.get_many([key]).get(key) or store.put_if_absent(key, [own.encode() * 100])
    if Path(found.path).read_bytes()[:1] not in b"ABCD":
        sys.exit("it is not there")
"""


@pytest.mark.fault("F19", "four processes with 500 common keys lose none and mix none")
def test_f19_four_processes_with_500_common_keys_lose_none_and_mix_none(tmp_path: Path) -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", FOUR, tmp_path, own], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for own in "ABCD"
    ]
    (tmp_path / "go").touch()
    for run in runs:
        assert (run.communicate()[1], run.returncode) == ("", 0)
    keys = [f"{number:064x}" for number in range(500)]
    store = Entries(tmp_path)
    found = store.get_many(keys)
    assert [len(set(read(found[key]))) for key in keys] == [1] * 500, "one process's bytes, and no other's"
    assert (store.damaged, [*(tmp_path / "tmp").iterdir()]) == (0, [])


@pytest.fixture
def share(tmp_path: Path) -> SharedFolder:
    found = extensions.store("folder", StorePlace(tmp_path / "own", str(tmp_path / "share"), "clinic"))
    assert isinstance(found, SharedFolder)
    return found


def put(share: SharedFolder, number: int, days_old: float = 0, size: int = 100) -> str:
    key = hashlib.sha256(bytes([number])).hexdigest()
    path = share.put_if_absent(key, [bytes(size)]).path
    assert path is not None
    age(Path(path), days_old)
    return key


def age(path: Path, days: float) -> None:
    os.utime(path, (0, time.time() - days * DAY_S))


@pytest.fixture
def aged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are as old as their files say; a disk notes besides when one was changed, which no test can set."""

    def held(name: str, stat: os.stat_result) -> Held:
        return Held(name, stat.st_size, stat.st_mtime)

    monkeypatch.setattr(_entries, "_held", held)


def names(share: SharedFolder) -> set[str]:
    return {one.name for one in share.heap().held()}


@pytest.mark.usefixtures("aged")
def test_only_what_no_page_is_made_of_and_nobody_used_for_the_grace_is_removed(share: SharedFolder) -> None:
    now, earlier, spare, young, ahead = (put(share, n, days) for n, days in enumerate((90, 90, 90, 13, -400)))
    share.keep("asthma", {now}, {earlier})
    dry = sweep(share.heap(), dry_run=True)
    assert names(share) == {now, earlier, spare, young, ahead}, "a dry run removes nothing"
    wet = sweep(share.heap())
    assert names(share) == {now, earlier, young, ahead}
    assert dry == wet
    assert (wet.held, wet.live, wet.removed, wet.removed_bytes, wet.more) == (5, 2, 1, 148, False)
    assert wet.young == 2, "one is of the last 14 days, one of a time to come"


def test_an_entrys_change_counts_besides_its_time(share: SharedFolder) -> None:
    key = put(share, 1, days_old=90)  # as a copy that keeps times would leave it
    sweep(share.heap())
    assert names(share) == {key}


@pytest.mark.usefixtures("aged")
def test_to_save_space_what_was_not_used_for_longest_goes_too_but_nothing_of_today(share: SharedFolder) -> None:
    keys = [put(share, number, days) for number, days in enumerate((0, 3, 9, 5))]
    share.keep("asthma", {*keys})
    swept = sweep(share.heap(), max_bytes=300)
    assert (names(share), swept.removed) == ({keys[0], keys[1]}, 2)
    sweep(share.heap(), max_bytes=0)
    assert names(share) == {keys[0]}


@pytest.mark.usefixtures("aged")
def test_one_run_removes_so_much_and_says_that_there_is_more(share: SharedFolder) -> None:
    keys = [put(share, number, 30 + number) for number in range(5)]
    swept = sweep(share.heap(), most=2)
    assert (swept.removed, swept.more, names(share)) == (2, True, {*keys[:3]})


@pytest.mark.usefixtures("aged")
@pytest.mark.parametrize(
    "damage", [b"", b"[]", b'{"version": 9, "keys": [], "earlier": []}', b"{", b"[" * 100_000]
)
def test_where_it_can_not_be_told_what_is_needed_nothing_is_removed(damage: bytes, share: SharedFolder) -> None:
    key = put(share, 1, days_old=90)
    share.keep("asthma", {key})
    next(Path(share.entries.place).glob("pages/*/*.json")).write_bytes(damage)
    with pytest.raises(PublicationError, match="nothing is removed"):
        sweep(share.heap())
    assert names(share) == {key}


def test_a_list_that_can_not_be_told_keeps_nobody_from_clearing_up_once_it_is_deleted_as_told(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(settings=SHARE.format(name="one"))
    project.page("a.txt")
    project.build()
    heap = FolderHeap(Entries(project.place.parent / "share", shared=True))
    (listed,) = (project.place.parent / "share").glob("pages/one/*.json")
    listed.write_bytes(b"")
    with pytest.raises(PublicationError, match="Delete the file"):
        sweep(heap)
    listed.unlink()
    sweep(heap, grace_s=-60)
    project.page("a.txt", PAGE.replace("hours", "days"))
    assert project.build().exit_code == 0
    assert heap.live()


@pytest.mark.parametrize(("number", "kind"), [(errno.EACCES, PublicationError), (errno.EMFILE, TemporaryError)])
def test_lists_that_can_not_be_seen_are_not_taken_for_none(
    share: SharedFolder, number: int, kind: type[VoicegenError]
) -> None:
    key = put(share, 1, days_old=90)
    share.keep("asthma", {key})
    (project,) = Path(share.entries.place).glob("pages/*")
    with closed(project, number), pytest.raises(kind):
        sweep(share.heap())
    assert names(share) == {key}


def test_of_a_list_that_could_not_be_written_nothing_is_left(
    share: SharedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    share.keep("asthma", {"a"})
    (listed,) = Path(share.entries.place).glob("pages/*")
    before = {path.name: path.read_bytes() for path in listed.iterdir()}

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TemporaryError):
        share.keep("asthma", {"b"})
    assert {path.name: path.read_bytes() for path in listed.iterdir()} == before


@pytest.mark.usefixtures("aged")
@pytest.mark.parametrize("found", [True, False])
@pytest.mark.fault("F21", "what a build finds while others clear up stays")
def test_f21_what_a_build_finds_while_others_clear_up_stays(found: bool, share: SharedFolder) -> None:
    key = put(share, 1, days_old=90)

    class Meanwhile(FolderHeap):
        def delete_many(self, what: Iterable[Held]) -> list[Held]:
            chosen = [*what]
            if found:
                share.get_many([key])  # a build finds it just before it would go
            return super().delete_many(chosen)

    swept = sweep(Meanwhile(share.entries))
    assert names(share) == ({key} if found else set())
    assert (swept.removed, swept.stayed) == ((0, 1) if found else (1, 0))


@pytest.mark.usefixtures("aged")
@pytest.mark.fault("F21", "what becomes part of a page while others clear up stays")
def test_f21_what_becomes_part_of_a_page_while_others_clear_up_stays(share: SharedFolder) -> None:
    key = put(share, 1, days_old=90)

    class Meanwhile(FolderHeap):
        def held(self) -> Iterator[Held]:
            yield from super().held()
            share.keep("asthma", {key})

    sweep(Meanwhile(share.entries))
    assert names(share) == {key}


def test_two_projects_on_one_folder_speak_the_common_sentences_once(
    make_project: Callable[..., Project], tmp_path: Path
) -> None:
    one = make_project(settings=SHARE.format(name="one"), name="one")
    two = make_project(settings=SHARE.format(name="two"), name="two")
    for project in (one, two):
        project.page("gallstones.txt")
    first, second = one.build(), two.build()
    assert (first.exit_code, second.exit_code, first.spoken > 0, second.spoken) == (0, 0, True, 0)
    assert one.tree() == two.tree()
    one.page("gallstones.txt").unlink()
    one.page("asthma.txt", PAGE.replace("Gallstones", "Asthma"))
    one.build()  # removes a page; what the other project has of it stays
    store = extensions.opened_store(load(two.place, engines(), formats()))
    assert isinstance(store, Shared)
    store.put_if_absent("ab" * 32, [b"of no page"])
    swept = sweeping.sweep(store.heap(), grace_s=-10)
    assert (swept.held - swept.live, swept.removed) == (1, 1)
    (two.place / ".voicegen" / "ledger.json").unlink()
    assert two.build().spoken == 0


def test_the_command_clears_up_a_shared_store_and_says_what_it_does(make_project: Callable[..., Project]) -> None:
    project = make_project(settings=SHARE.format(name="one"))
    project.page("gallstones.txt")
    project.build()
    store = extensions.opened_store(load(project.place, engines(), formats()))
    store.put_if_absent("ab" * 32, [bytes(1_000_000)])
    run = [sys.executable, "-m", "voicegen", "-C", str(project.place), "store", "gc", "--grace", "0"]
    time.sleep(0.1)
    dry = subprocess.run([*run, "--dry-run", "--json"], capture_output=True, text=True, check=True, cwd=ROOT)
    facts = json.loads(dry.stdout)
    assert (facts["removed"], facts["removed_bytes"], facts["held"] - facts["live"]) == (1, 1_000_048, 1)
    wet = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    assert "removed: 1 piece of 1.0 MB" in wet.stdout
    assert store.get_many(["ab" * 32]) == {}
    (project.place / ".voicegen" / "ledger.json").unlink()
    assert project.build().spoken == 0


def gc(project: Project, *options: str, code: int = 0) -> str:
    run = [sys.executable, "-m", "voicegen", "-C", str(project.place), "store", "gc", *options]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_command_tells_of_what_it_spares_and_does_nothing_where_the_store_may_only_be_read(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(settings=SHARE.format(name="one"))
    store = extensions.opened_store(load(project.place, engines(), formats()))
    store.put_if_absent("ab" * 32, [bytes(1_000_000)])
    assert "1 piece that no page is made of stays for now, since it was made or used within 14 days" in gc(project)
    settings = (project.place / "voicegen.toml").read_text().replace("[store]", '[store]\nmode = "read-only"')
    (project.place / "voicegen.toml").write_text(settings)
    assert "may read the store and not change it" in gc(project, "--grace", "0", code=2)
    assert "would be removed: 1 piece" in gc(project, "--grace", "0", "--dry-run")
    assert store.get_many(["ab" * 32])


@pytest.mark.fault(
    "F16", "a pipe, a device or a folder in the place of a page's list stops no clearing up for ever"
)
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_f16_what_is_no_list_is_not_waited_for(kind: str, share: SharedFolder) -> None:
    key = put(share, 1, days_old=90)
    share.keep("asthma", {key})
    (path,) = share.entries.place.glob("pages/*/asthma.json")
    path.unlink()
    if kind == "device":
        path.symlink_to("/dev/zero")
    else:
        {"pipe": os.mkfifo, "folder": os.mkdir}[kind](path)
    with pytest.raises(PublicationError, match="so nothing is removed"):
        sweep(share.heap(), grace_s=-60)
    assert names(share) == {key}


READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'


@pytest.mark.needs("unshare")
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.fault("F7", "a store that may only be read is used and told of once and the build goes on")
def test_f7_a_store_that_may_only_be_read_is_used_and_told_of_once_and_the_build_goes_on(
    shared: bool, make_project: Callable[..., Project], tmp_path: Path
) -> None:
    settings = SHARE.format(name="one")
    project = make_project(settings=settings if shared else settings.replace('place = "../share"\n', ""))
    project.page("gallstones.txt")
    assert project.build().spoken > 0
    project.page("gallstones.txt", PAGE.replace("It can last for hours.", "It can last for many hours."))
    store = tmp_path / "share" if shared else project.place / ".voicegen" / "store"
    before = {path: path.stat().st_size for path in store.rglob("*")}
    build = [sys.executable, "-m", "voicegen", "-C", str(project.place), "build", "--json"]
    mounted = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, "sh", str(store)]
    run = subprocess.run([*mounted, *build], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    facts = json.loads(run.stdout)
    assert (facts["spoken"], facts["pages"][0]["outcome"]) == (1, "made")
    assert sum("may be read and not written" in notice for notice in facts["notices"]) == 1
    assert {path: path.stat().st_size for path in store.rglob("*")} == before
    (project.place / ".voicegen" / "ledger.json").unlink()
    assert project.build().spoken == (0 if shared else 1), "kept in the project's own folder, or for that run only"


@pytest.mark.fault("F16", "a page's list of any bytes in a store that many share is written anew")
def test_f16_a_list_of_any_bytes_is_written_anew(tmp_path: Path) -> None:
    store = SharedFolder(tmp_path / "shared", tmp_path / "own", "clinic")
    store.keep("a", {"key"})
    path = tmp_path / "shared/pages/clinic/a.json"
    whole = path.read_bytes()
    path.write_bytes(b"\xff\xfe" + whole)
    store.keep("a", {"key"})
    assert path.read_bytes() == whole


@pytest.mark.fault("F16", "damaged entries are made again and counted for staff")
def test_f16_damaged_entries_are_made_again_and_counted_for_staff(make_project: Callable[..., Project]) -> None:
    project = make_project()
    project.page("gallstones.txt")
    project.build()
    before = project.tree()
    (project.place / ".voicegen" / "ledger.json").unlink()
    entries = Entries(project.place / ".voicegen" / "store")
    for one in [*entries.held()][:3]:
        path = entries._path(one.name)
        path.write_bytes(path.read_bytes()[:-60])
    result = project.build()
    assert any(notice.startswith("3 entries of the store were damaged") for notice in result.notices)
    assert project.tree() == before


@pytest.mark.parametrize("place", ["gopher://bucket/x", "memory://x/y", "folder://x/y"])
def test_a_kind_of_store_that_there_is_not_is_named_with_those_that_are(place: str, project: Project) -> None:
    (project.place / "voicegen.toml").write_text(f'[store]\nplace = "{place}"\n')
    with pytest.raises(SettingsError, match=r"\[store\] place: there is no kind .* one of s3://"):
        extensions.opened_store(load(project.place, engines(), formats()))
