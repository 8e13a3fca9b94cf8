"""The output on a real object store: readers see whole versions, whatever breaks on the way."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import obstore
import pytest
from playwright.sync_api import Browser, expect

import voicegen
from tests import object_store as server
from tests.browser import serving
from tests.conftest import PAGE, ROOT, Project
from tests.object_store import ENVIRONMENT, WEB, Gate, bucket
from voicegen import locking, manifest, mirroring
from voicegen.config import Settings, load
from voicegen.errors import PublicationError, SettingsError, VoicegenError
from voicegen.extensions import engines, formats
from voicegen.mirroring import check, mirror
from voicegen.stores._bucket import Bucket

SETTINGS = """
[voice]
engine = "tone"
[publications]
formats = ["html", "mp3", "webvtt", "timeline", "feed"]
address = "https://clinic.example/listen/"
"""


@pytest.fixture
def gate(object_store: int) -> Iterator[Gate]:
    with server.gate(object_store) as made:
        yield made


class Site:
    """A project with two pages, and the place that it is mirrored to."""

    def __init__(self, place: Path, gate: Gate) -> None:
        self.project = Project(place / "project", SETTINGS)
        self.folder = f"{place.parent.name}-{place.name}".replace("[", "-").replace("]", "")
        self.gate = gate
        for page in ("asthma", "gout"):
            self.project.page(f"{page}.txt", PAGE.replace("Gallstones", page.title()))
        assert self.project.build().exit_code == 0

    @property
    def settings(self) -> Settings:
        return load(self.project.place, engines(), formats())

    def bucket(self) -> Bucket:
        return Bucket(f"s3://{WEB}/{self.folder}", f"http://127.0.0.1:{self.gate.port}", "", 30)

    def mirror(self) -> mirroring.Mirrored:
        self.gate.asked.clear()
        return mirror(self.settings, self.bucket())

    def change(self, hours: str) -> None:
        self.project.page("asthma.txt", PAGE.replace("Gallstones", "Asthma").replace("for hours", f"for {hours}"))
        assert self.project.build().exit_code == 0

    def objects(self) -> dict[str, bytes]:
        """All that is there, as a stranger's program sees it."""
        theirs = bucket(self.gate.server, self.folder, WEB)
        names = [meta["path"] for page in obstore.list(theirs) for meta in page]
        return {name: bytes(obstore.get(theirs, name).bytes()) for name in names}


@pytest.fixture
def site(tmp_path: Path, gate: Gate) -> Site:
    return Site(tmp_path, gate)


def version(there: dict[str, bytes], page: str) -> str:
    """The version that a page's address leads to, once every file that its links lead to is as it says."""
    links = set(re.findall(rb'(?:src|href)="(v/[^"#]+)', there[f"{page}/index.html"]))
    (place,) = {link.decode().rpartition("/")[0].split("/chapters")[0] for link in links}
    files = json.loads(there[f"{page}/{place}/{manifest.NAME}"])["files"]
    for name, facts in files.items():
        assert hashlib.sha256(there[f"{page}/{place}/{name}"]).hexdigest() == facts["sha256"], name
    assert {f"{place}/{name}" for name in files} >= {link.decode() for link in links}
    worker = there[f"{page}/sw.js"].decode()
    assert re.findall(r'"(v/[0-9a-f]{16})/', worker)
    return str(place)


def test_every_page_is_there_whole_by_its_address_and_every_file_by_the_name_it_always_had(site: Site) -> None:
    done = site.mirror()
    there, here = site.objects(), site.project.tree()
    assert (done.put, done.unchanged, done.removed) == (["asthma", "gout"], 0, [])
    for page in ("asthma", "gout"):
        place = version(there, page)
        whole = {name: data for name, data in here.items() if name.startswith(f"{page}/")}
        assert {name: there[name.replace(page, f"{page}/{place}", 1)] for name in whole} == whole
    led = ("/index.html", "/sw.js")
    assert {name: there.get(name) for name in here if not name.endswith(led)} == {
        name: data for name, data in here.items() if not name.endswith(led)
    }
    for link in re.findall(rb'url="https://clinic.example/listen/([^"]+)"', there["feed.xml"]):
        assert re.sub("/$", "/index.html", link.decode()) in there, "a feed's addresses stay"
    assert check(site.bucket()).troubles == ()


def test_where_nothing_changed_one_question_is_asked_and_nothing_sent(site: Site) -> None:
    site.mirror()
    done = site.mirror()
    assert (done.put, done.unchanged, site.gate.counts(), done.sent) == ([], 2, {"GET": 2}, 0)


def test_of_a_changed_page_only_changed_files_are_sent(site: Site) -> None:
    sent = site.mirror().sent
    old = version(site.objects(), "asthma")
    site.change("days")
    done = site.mirror()
    assert (done.put, done.unchanged) == (["asthma"], 1)
    assert done.sent < sent / 2
    there = site.objects()
    assert version(there, "asthma") != old
    assert f"asthma/{old}/asthma.mp3" in there, "whoever has it open goes on hearing it"
    assert check(site.bucket()).troubles == ()


def test_readers_see_the_old_version_or_the_new_one_wherever_it_stops(site: Site) -> None:
    site.mirror()
    before = site.objects()
    old = version(before, "asthma")
    theirs = bucket(site.gate.server, site.folder, WEB)
    site.change("days")
    new = f"v/{hashlib.sha256((site.project.output / 'asthma/manifest.json').read_bytes()).hexdigest()[:16]}"
    seen = []
    for stop in range(1, 200):
        there = site.objects()
        obstore.delete(theirs, [*(there.keys() - before.keys())])
        for name in before.keys() - {name for name, data in there.items() if before.get(name) == data}:
            obstore.put(theirs, name, before[name])
        begun: list[int] = []

        def fault(asked: server.Asked, stop: int = stop, begun: list[int] = begun) -> server.Fault | None:
            begun.append(asked.method in {"PUT", "POST", "DELETE"})
            return server.refused if sum(begun) >= stop else None

        site.gate.fault = fault
        try:
            site.mirror()
        except SettingsError:
            seen.append(version(site.objects(), "asthma"))
            continue
        break
    assert seen[0] == old
    assert seen[-1] == new
    assert seen == sorted(seen, key=[old, new].index), "and never the old one again"
    assert len(seen) > 5
    site.gate.fault = lambda asked: None
    assert check(site.bucket()).troubles == ()


def test_a_version_goes_once_the_one_after_it_has_stood_for_a_while(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = []
    for hours in ("days", "weeks", "months"):
        site.change(hours)
        site.mirror()
        versions.append(version(site.objects(), "asthma"))
    assert all(f"asthma/{one}/index.html" in site.objects() for one in versions)
    monkeypatch.setattr(mirroring, "GRACE_S", -60.0)
    site.change("years")
    site.mirror()
    there = site.objects()
    assert [f"asthma/{one}/index.html" in there for one in versions] == [False, False, True]
    assert version(there, "asthma") not in versions
    assert check(site.bucket()).troubles == ()


def test_what_readers_have_open_stays_though_the_run_before_was_stopped(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.mirror()
    there = site.objects()
    opened = version(there, "asthma")
    site.change("days")
    site.gate.fault = lambda asked: server.refused if "asthma/index.html" in asked.path and asked.sent else None
    with pytest.raises(SettingsError):
        site.mirror()
    assert site.objects()["asthma/index.html"] == there["asthma/index.html"]
    assert site.objects()["asthma/manifest.json"] != there["asthma/manifest.json"]
    site.gate.fault = lambda asked: None
    monkeypatch.setattr(mirroring, "GRACE_S", -60.0)
    site.change("weeks")
    site.mirror()
    assert f"asthma/{opened}/index.html" in site.objects()
    site.change("months")
    site.mirror()
    assert f"asthma/{opened}/index.html" not in site.objects()


def test_a_page_that_was_taken_back_is_there_as_it_was(site: Site) -> None:
    site.mirror()
    first = version(site.objects(), "asthma")
    site.change("days")
    site.mirror()
    site.change("hours")
    site.mirror()
    assert version(site.objects(), "asthma") == first
    assert check(site.bucket()).troubles == ()


def test_a_page_that_is_gone_is_taken_away_whole_and_nothing_else_is(site: Site) -> None:
    site.mirror()
    theirs = bucket(site.gate.server, site.folder, WEB)
    obstore.put(theirs, "of-the-clinic.html", b"its own")
    (site.project.place / "content" / "gout.txt").unlink()
    site.project.build()
    done = site.mirror()
    assert (done.removed, done.put) == (["gout"], [])
    there = site.objects()
    assert not [name for name in there if name.startswith("gout/")]
    assert there["of-the-clinic.html"] == b"its own"
    assert b"gout" not in there["index.html"]


@pytest.mark.parametrize(
    ("pages", "publisher"), [(("fever",), "Example Clinic"), (("asthma", "fever"), "Another Clinic")]
)
def test_the_pages_of_another_project_are_neither_taken_away_nor_written_over(
    site: Site, pages: tuple[str, ...], publisher: str
) -> None:
    own = f'{SETTINGS}[mirror]\nendpoint = "http://127.0.0.1:{site.gate.port}"\n[project]\npublisher = "{{}}"\n'
    (site.project.place / "voicegen.toml").write_text(own.format("Example Clinic"), "utf-8")
    site.project.build()
    site.mirror()
    there = site.objects()
    other = Project(site.project.place.parent / "other", own.format(publisher))
    for page in pages:
        other.page(f"{page}.txt", PAGE.replace("Gallstones", page.title()))
    other.build()
    clinic, place = voicegen.Project(other.place), f"s3://{WEB}/{site.folder}"
    with pytest.raises(SettingsError, match="another project"):
        clinic.mirror(place)
    assert site.objects() == there
    done = clinic.mirror(place, takes_over=True)
    assert done.put == list(pages)
    assert "gout" in done.removed
    with pytest.raises(SettingsError, match="another project"):
        site.mirror()


def stopped_at(stop: int) -> Callable[[server.Asked], server.Fault | None]:
    """A store that takes so many changes and refuses the next."""
    begun: list[int] = []

    def fault(asked: server.Asked) -> server.Fault | None:
        begun.append(asked.method in {"PUT", "POST", "DELETE"})
        return server.refused if sum(begun) >= stop else None

    return fault


def test_what_is_published_no_more_is_gone_in_the_end_wherever_runs_were_stopped(site: Site) -> None:
    site.mirror()
    (site.project.place / "content" / "gout.txt").unlink()
    (site.project.place / "voicegen.toml").write_text(SETTINGS.replace(', "feed"', ""))
    assert site.project.build().exit_code == 0
    for stop in range(1, 200):
        site.gate.fault = stopped_at(stop)
        try:
            site.mirror()
        except SettingsError:
            continue
        break
    assert stop > 10
    assert not [name for name in site.objects() if name.startswith("gout/")]
    still = {name.partition("/")[2] for name in site.objects() if name.startswith("asthma/") and "/v/" not in name}
    assert still == {name.partition("/")[2] for name in site.project.tree() if name.startswith("asthma/")}
    site.gate.fault = lambda asked: None
    assert check(site.bucket()).troubles == ()


def test_a_page_that_a_stopped_run_had_put_and_nobody_publishes_any_more_is_taken_away(site: Site) -> None:
    site.mirror()
    site.project.page("recalled.txt", PAGE.replace("Gallstones", "Recalled"))
    assert site.project.build().exit_code == 0
    site.gate.fault = lambda asked: server.refused if asked.path.endswith("/feed.xml") and asked.sent else None
    with pytest.raises(SettingsError):
        site.mirror()
    assert "recalled/index.html" in site.objects()
    site.gate.fault = lambda asked: None
    (site.project.place / "content" / "recalled.txt").unlink()
    assert site.project.build().exit_code == 0
    assert site.mirror().removed == ["recalled"]
    assert not [name for name in site.objects() if name.startswith("recalled/")]
    assert check(site.bucket()).troubles == ()


@pytest.mark.parametrize(
    ("refused", "then"),
    [
        ("asthma/captions.vtt", "hours"),  # once the recording has its name, and the captions not yet
        ("asthma/captions.vtt", "nights"),
        ("asthma/index.html", "hours"),
        ("index.html", "hours"),  # once the feed is put, and the list not yet
    ],
)
def test_of_a_version_that_was_put_in_part_and_taken_back_nothing_is_left(
    site: Site, refused: str, then: str
) -> None:
    site.mirror()
    settings = site.project.place / "voicegen.toml"
    settings.write_text(f'{SETTINGS}[project]\ntitle = "Renamed"\n')
    site.change("days")
    stop: list[str] = []

    def fault(asked: server.Asked) -> server.Fault | None:
        if asked.method == "PUT" and asked.path.endswith(f"{site.folder}/{refused}"):
            stop.append(refused)
        return server.refused if stop else None

    site.gate.fault = fault
    with pytest.raises(SettingsError):
        site.mirror()
    site.gate.fault = lambda asked: None
    settings.write_text(SETTINGS)
    site.change(then)
    site.mirror()
    there, led = site.objects(), ("/index.html", "/sw.js")
    here = {name: data for name, data in site.project.tree().items() if not name.endswith(led)}
    assert {name: data == there.get(name) for name, data in here.items()} == dict.fromkeys(here, True)
    assert version(there, "asthma")
    assert check(site.bucket()).troubles == ()


def test_a_page_that_was_taken_away_in_part_and_is_back_is_there_whole(site: Site) -> None:
    site.mirror()
    page, before = site.project.place / "content" / "gout.txt", site.objects()
    text = page.read_text()
    page.unlink()
    site.project.build()
    site.gate.fault = lambda asked: server.refused if asked.path.endswith("/gout/manifest.json") else None
    with pytest.raises(SettingsError):
        site.mirror()
    site.gate.fault = lambda asked: None
    site.project.page("gout.txt", text)
    site.project.build()
    site.mirror()
    assert site.objects() == before
    assert check(site.bucket()).troubles == ()


def test_what_was_built_meanwhile_where_nothing_can_be_locked_is_put_by_the_next_run(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "fcntl", None)
    site.mirror()
    site.project.page("gout.txt", PAGE.replace("Gallstones", "Gout").replace("for hours", "for days"))
    assert site.project.build().exit_code == 0
    mirror(site.settings, site.bucket(), lambda page, what: site.change("days"))
    assert site.mirror().put == ["asthma"]
    assert check(site.bucket()).troubles == ()


def test_an_output_that_is_not_whole_is_not_put(site: Site) -> None:
    site.mirror()
    before = site.objects()
    site.change("days")
    with (site.project.output / "asthma" / "asthma.mp3").open("r+b") as file:
        file.seek(5_000)
        file.write(b"noise")
    with pytest.raises(PublicationError, match="not as it was published"):
        site.mirror()
    assert version(site.objects(), "asthma") == version(before, "asthma")


@pytest.mark.fault("F16", "a page that was damaged here leads no reader of the object store to half of it")
def test_a_page_that_was_damaged_since_is_not_put_though_its_file_was_there_already(site: Site) -> None:
    site.mirror()
    before = site.objects()
    folder, whole = site.project.output / "asthma", site.project.output / manifest.NAME
    facts, listed = json.loads((folder / manifest.NAME).read_bytes()), json.loads(whole.read_bytes())
    (folder / "captions.vtt").write_bytes(b"WEBVTT\n")  # another version, whose page has the same bytes
    facts["files"]["captions.vtt"] = {"bytes": 7, "sha256": hashlib.sha256(b"WEBVTT\n").hexdigest()}
    (folder / manifest.NAME).write_text(json.dumps(facts))
    listed["pages"]["asthma"] = hashlib.sha256((folder / manifest.NAME).read_bytes()).hexdigest()
    whole.write_text(json.dumps(listed))
    (folder / "index.html").write_bytes((folder / "index.html").read_bytes()[:900])
    with pytest.raises(PublicationError, match="not as it was published"):
        site.mirror()
    assert site.objects()["asthma/index.html"] == before["asthma/index.html"]


def test_what_is_damaged_there_is_found_and_named(site: Site) -> None:
    site.mirror()
    theirs = bucket(site.gate.server, site.folder, WEB)
    place = version(site.objects(), "asthma")
    page = site.objects()["asthma/index.html"].replace(place.encode(), b"v/" + b"0" * 16)
    obstore.put(theirs, f"asthma/{place}/asthma.mp3", b"noise")
    obstore.put(theirs, "asthma/index.html", page)
    obstore.put(theirs, "index.html", b"noise")
    obstore.delete(theirs, ["gout/captions.vtt"])
    run = [sys.executable, "-m", "voicegen", "-C", str(site.project.place), "mirror", "--check", "--json"]
    toml = site.project.place / "voicegen.toml"
    server_ = f'\n[mirror]\nplace = "s3://{WEB}/{site.folder}"\nendpoint = "http://127.0.0.1:{site.gate.port}"\n'
    toml.write_text(toml.read_text() + server_)
    found = subprocess.run(run, capture_output=True, text=True, cwd=ROOT)
    assert found.returncode == PublicationError.exit_code
    troubles = {one["where"]: one["what"] for one in json.loads(found.stdout)["troubles"]}
    assert troubles == {
        "index.html": "its content is not what was published",
        f"asthma/{place}/asthma.mp3": "its content is not what was published",
        "asthma/index.html": "it leads to another version",
        "gout/captions.vtt": "it is missing",
    }
    mended = subprocess.run([*run[:-2], "--json"], capture_output=True, text=True, cwd=ROOT)
    assert json.loads(mended.stdout)["unchanged"] == 2
    assert ENVIRONMENT["AWS_SECRET_ACCESS_KEY"] not in found.stdout + found.stderr + mended.stdout + mended.stderr


@pytest.mark.parametrize("address", ["", "https://x", "s3://", "s3:///x", "s3://key:secret@bucket/x"])
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(VoicegenError, match="Give one such as") as refused:
        mirroring.bucket_of(Settings(tmp_path), address)
    assert "secret" not in str(refused.value)


def test_readers_of_the_object_store_hear_the_version_that_they_opened(site: Site, chromium: Browser) -> None:
    site.mirror()
    address = f"http://127.0.0.1:{site.gate.server}/{WEB}/{site.folder}/asthma/index.html"
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    page = chromium.new_page()
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    aborted = "net::ERR_ABORTED"  # players end a request once they have what they need
    page.on("requestfailed", lambda one: troubles.append(one.url) if one.failure != aborted else None)
    page.goto(address)
    page.wait_for_function("document.querySelector('audio').readyState > 0", timeout=60_000)
    place = version(site.objects(), "asthma")
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert asked
    assert all(f"/asthma/{place}/" in one for one in asked), asked
    site.change("days")
    site.mirror()
    with urllib.request.urlopen(page.evaluate("document.querySelector('audio').src")) as heard:
        assert heard.read() == site.objects()[f"asthma/{place}/asthma.mp3"]
    page.reload()
    page.wait_for_function("document.querySelector('audio').readyState > 0", timeout=60_000)
    assert place not in page.evaluate("document.querySelector('audio').src")
    assert "for days" in page.inner_text("main")
    page.close()
    assert troubles == []


def test_a_page_is_kept_for_use_without_a_network_as_before(site: Site, chromium: Browser, tmp_path: Path) -> None:
    site.mirror()
    there = site.objects()
    for name, data in there.items():
        path = tmp_path / "front" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    context = chromium.new_context()
    page = context.new_page()
    with serving(tmp_path / "front") as url:  # as a content network shows the bucket
        page.goto(f"{url}asthma/index.html")
        button = page.locator("#page_keep")
        expect(button).to_be_visible(timeout=60_000)
        button.press("Enter")
        expect(page.locator("#page_kept")).to_contain_text("are kept on this device", timeout=60_000)
        context.set_offline(True)
        page.goto(f"{url}asthma/")
        expect(page.locator("h1")).to_have_text("Asthma")
        page.wait_for_function("document.querySelector('audio').readyState > 0", timeout=60_000)
        assert version(there, "asthma") in page.evaluate("document.querySelector('audio').src")
        assert page.evaluate("document.styleSheets.length") == 1
    context.close()
