"""The library as a podcast, read by feed parsers and by a podcast client."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NODE_MODULES, Project
from tests.formats.editions import arabic_document, edition, rich_document
from voicegen import config, extensions
from voicegen.contracts import LibraryFormat
from voicegen.errors import PublicationError, SettingsError
from voicegen.formats import feed
from voicegen.formats._feed_read import feed_of
from voicegen.formats._feed_rss import NAMESPACES, podcast_guid, rss
from voicegen.formats._xml import file
from voicegen.model.blob import blob
from voicegen.model.document import Document, text
from voicegen.model.library import Entry, Library
from voicegen.serve import Answer, Preview

ADDRESS = "https://clinic.example/listen/"
HOSTILE_TITLE = 'A <b>title</b> & "quotes" ]]> </title> 🫁'
HOSTILE = f"{HOSTILE_TITLE} \u202eesrever \x07\ufffe"
ASTHMA = Entry(
    "asthma",
    "Asthma",
    "en-GB",
    "Riverside",
    252,
    5,
    summary="A long-term condition.",
    dates={
        "published": "2025-01-31",
        "updated": "2026-02-16",
        "reviewed": "2026-03-09",
        "next-review": "2028-01-01",
    },
    author="Maya Okonjo",
    files={"asthma.mp3": 2_400_123, "asthma.m4b": 2_000_001, "index.html": 9},
)
FEVER = Entry("fever", "الحمى عند الأطفال", "ar", "", 61, 3, files={"fever.mp3": 600_001})
LIBRARY = Library((ASTHMA, FEVER), "en-GB", "Listen & read", "Riverside Spine and Health Centre", ADDRESS)


def channel(library: Library = LIBRARY) -> ElementTree.Element:
    made, _ = feed.render_library(library)
    root = ElementTree.fromstring(made.parts[0].data)
    assert root.tag == "rss"
    assert root.attrib["version"] == "2.0"
    return root[0]


def words(parent: ElementTree.Element, name: str) -> str:
    (found,) = parent.iterfind(name, NAMESPACES)
    return found.text or ""


def items(library: Library = LIBRARY) -> dict[str, ElementTree.Element]:
    found = channel(library).findall("item")
    return {words(item, "link").removeprefix(library.address).strip("/"): item for item in found}


def test_the_channel_says_whose_it_is_what_it_is_and_where_it_is() -> None:
    found = channel()
    assert words(found, "title") == "Listen & read"
    assert words(found, "link") == ADDRESS
    assert words(found, "language") == "en-GB"
    assert words(found, "itunes:author") == "Riverside Spine and Health Centre"
    assert words(found, "itunes:explicit") == "false"
    assert words(found, "podcast:locked") == "yes"
    assert words(found, "podcast:medium") == "podcast"
    (category,) = found.iterfind("itunes:category", NAMESPACES)
    assert (category.attrib["text"], category[0].attrib["text"]) == ("Health & Fitness", "Medicine")
    (link,) = found.iterfind("atom:link", NAMESPACES)
    assert link.attrib == {"rel": "self", "type": "application/rss+xml", "href": f"{ADDRESS}feed.xml"}


def test_a_library_without_a_title_is_called_in_the_words_of_its_language() -> None:
    assert (
        words(channel(replace(LIBRARY, title=" ", lang="es")), "title")
        == "Información de salud para escuchar y leer"
    )


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("http://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_the_podcasts_identifier_is_made_by_the_rule_of_its_namespace(address: str, guid: str) -> None:
    """The two are the examples in the namespace's own description of podcast:guid."""
    assert podcast_guid(address) == guid


def test_an_episode_has_its_true_size_length_language_and_people() -> None:
    item = items()["asthma"]
    (sound,) = item.iterfind("enclosure")
    assert sound.attrib == {"url": f"{ADDRESS}asthma/asthma.mp3", "length": "2400123", "type": "audio/mpeg"}
    assert words(item, "itunes:duration") == "252"
    assert words(item, "itunes:explicit") == "false"
    assert words(item, "dc:language") == "en-GB"
    assert words(item, "dc:creator") == "Maya Okonjo"
    assert words(item, "itunes:author") == "Riverside"
    assert words(items()["fever"], "itunes:author") == "Riverside Spine and Health Centre"
    assert words(items()["fever"], "dc:language") == "ar"
    (other,) = item.iterfind("podcast:alternateEnclosure", NAMESPACES)
    assert other.attrib == {"type": "audio/mp4", "length": "2000001"}
    assert other[0].attrib == {"uri": f"{ADDRESS}asthma/asthma.m4b"}


def test_an_episode_leads_to_its_transcripts_and_chapters() -> None:
    item = items()["fever"]
    found = [part.attrib for part in item.iterfind("podcast:transcript", NAMESPACES)]
    captions = {"url": f"{ADDRESS}fever/captions.vtt", "type": "text/vtt", "language": "ar", "rel": "captions"}
    assert found == [captions, {"url": f"{ADDRESS}fever/", "type": "text/html", "language": "ar"}]
    (chapters,) = item.iterfind("podcast:chapters", NAMESPACES)
    assert chapters.attrib["type"] == "application/json+chapters"


def test_an_updated_page_is_the_same_episode_with_another_date() -> None:
    dates = {**ASTHMA.dates, "updated": "2027-01-05T08:30:00+01:00"}
    changed = replace(ASTHMA, title="Asthma in adults", summary="New words.", seconds=300, dates=dates)
    before, after = items()["asthma"], items(replace(LIBRARY, entries=(changed,)))["asthma"]
    assert words(before, "guid") == words(after, "guid")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", words(after, "guid"))
    assert parsedate_to_datetime(words(before, "pubDate")).date().isoformat() == "2026-03-09"
    assert words(after, "pubDate") == "Tue, 05 Jan 2027 12:00:00 GMT"
    assert words(after, "atom:updated") == "2027-01-05T12:00:00+00:00"
    assert words(after, "atom:published") == "2025-01-31T12:00:00+00:00"


def test_a_page_without_a_date_has_none_and_no_clock_is_asked() -> None:
    undated = replace(FEVER, dates={"reviewed": "last spring", "updated": "2026-13-45"})
    item = items(replace(LIBRARY, entries=(undated,)))["fever"]
    assert item.find("pubDate") is None
    assert item.find("atom:updated", NAMESPACES) is None


def test_the_page_that_changed_last_comes_first() -> None:
    older = replace(ASTHMA, id="older", dates={"reviewed": "2019-05-01"}, files={"older.mp3": 1})
    assert list(items(replace(LIBRARY, entries=(FEVER, older, ASTHMA)))) == ["asthma", "older", "fever"]


def test_the_picture_is_the_clinics_own_where_there_is_one() -> None:
    jpeg = b"\xff\xd8\xff\xe0"
    made, picture = feed.render_library(replace(LIBRARY, cover=blob(jpeg)))
    assert (picture.path, picture.parts[0].data) == ("feed-cover.jpg", jpeg)
    assert f"{ADDRESS}feed-cover.jpg".encode() in made.parts[0].data
    assert [file.path for file in feed.render_library(LIBRARY)] == ["feed.xml", "feed-cover.png"]


def test_without_an_address_there_is_no_feed_and_the_remedy_is_named() -> None:
    with pytest.raises(SettingsError, match=r"Add address = "):
        list(feed.render_library(replace(LIBRARY, address="")))


def test_a_recording_that_was_not_published_is_not_announced() -> None:
    with pytest.raises(PublicationError, match=r"fever\.mp3 is not among its files"):
        list(feed.render_library(replace(LIBRARY, entries=(replace(FEVER, files={}),))))


@settings(max_examples=50, deadline=None)
@given(st.text(), st.text(), st.text(), st.text())
def test_any_words_give_a_feed_that_a_parser_takes(title: str, summary: str, author: str, publisher: str) -> None:
    entry = replace(ASTHMA, title=title, summary=summary, author=author, publisher=publisher)
    made = file(rss(Library((entry,), "en", title, publisher, ADDRESS), "cover.png"))
    found = feedparser.parse(made)
    assert not found.bozo
    assert len(found.entries) == 1
    assert found.entries[0].id.startswith("urn:uuid:")


@pytest.mark.attack("input", "what looks like markup in a description of the feed is text where apps show it")
def test_what_looks_like_markup_in_a_description_is_text_in_apps(tmp_path: Path) -> None:
    summary = 'Not if INR <x or >y & "5 < 6", &lt; <img src=x onerror=alert(1)>.'
    made = file(rss(replace(LIBRARY, entries=(replace(ASTHMA, summary=summary),)), "cover.png"))
    shown = BeautifulSoup(feedparser.parse(made).entries[0].summary, "html5lib")
    assert shown.get_text() == summary
    (tmp_path / "feed.xml").write_bytes(made)
    assert [item.description for item in feed_of(tmp_path).items] == [summary]


@pytest.mark.parametrize("document", [rich_document(), arabic_document()], ids=["en", "ar"])
def test_the_chapters_are_those_of_the_timeline(document: Document) -> None:
    made = edition(document)
    (found,) = feed.render(replace(made, page=replace(made.page, address=f"{ADDRESS}asthma/")))
    facts = json.loads(found.parts[0].data)
    assert found.path == "podcast-chapters.json"
    assert facts["version"] == "1.2.0"
    rate = made.timeline.rate_hz
    for chapter, mark in zip(facts["chapters"], made.timeline.marks, strict=True):
        assert chapter["title"] == mark.title
        assert chapter["startTime"] == pytest.approx(mark.start / rate, abs=0.001)
        assert chapter["endTime"] == pytest.approx(mark.end / rate, abs=0.001)
        assert chapter["url"] == f"{ADDRESS}asthma/#{mark.id}"
    (unplaced,) = feed.render(edition(Document(text(HOSTILE), "en", (), ())))
    assert "url" not in json.loads(unplaced.parts[0].data)["chapters"][0]


# A site that is built, served on this machine and subscribed to.


class Watched(Answer):
    """Answers, and notes which parts of which files were asked for."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - emptied by the fixture

    def do_GET(self) -> None:  # noqa: N802 - its name in http.server
        self.asked.append((self.path, self.headers.get("Range", "")))
        super().do_GET()


@dataclass(frozen=True, slots=True)
class Site:
    """A library of three pages, one of them Arabic and one hostile, and where it is served."""

    project: Project
    address: str

    @property
    def output(self) -> Path:
        return self.project.output


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    project = Project(
        tmp_path_factory.mktemp("feed") / "project",
        '[voice]\nengine = "tone"\n[project]\npublisher = "R & D <clinic>"\n[publications]\n'
        f'formats = ["html", "mp3", "webvtt", "timeline", "feed"]\naddress = "{address}"\n',
    )
    project.page(
        "gallstones.md", "---\nreviewed: 2026-03-09\n---\n# Gallstones\n\nThey hurt.\n\n## More\n\nText.\n"
    )
    project.page("fever.md", "---\nlang: ar\nupdated: 2026-05-18\n---\n# الحمى عند الأطفال\n\nأعطه الماء.\n")
    project.page("hostile.txt", f"{HOSTILE_TITLE}\n\nIt is said & shown.\n")
    result = project.build()
    assert result.exit_code == 0, [page.errors for page in result.pages]
    server = Preview(project.output, port)
    server.RequestHandlerClass = Watched
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(project, address)
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_was_built_agrees_with_its_folders(site: Site) -> None:
    assert isinstance(feed, LibraryFormat)
    assert list(feed.verify_library(site.output)) == []
    for page in ("gallstones", "fever", "hostile"):
        assert list(feed.verify(site.output / page)) == []


def test_feedparser_finds_nothing_wrong_with_it(site: Site) -> None:
    found = feedparser.parse((site.output / "feed.xml").read_bytes())
    assert not found.bozo
    assert [entry.link for entry in found.entries] == [
        f"{site.address}{page}/" for page in ("fever", "gallstones", "hostile")
    ]
    assert found.entries[0].title == "الحمى عند الأطفال"
    for entry in found.entries:
        (sound,) = (link for link in entry.links if link.rel == "enclosure")
        recording = site.output / sound.href.removeprefix(site.address)
        assert int(sound.length) == recording.stat().st_size


@pytest.mark.needs("node", "npm:podcast-partytime")
def test_the_podcast_indexs_own_parser_knows_its_transcripts_and_chapters(site: Site) -> None:
    script = (
        "const {parseFeed} = require('podcast-partytime'); const fs = require('fs');"
        "console.log(JSON.stringify(parseFeed(fs.readFileSync(process.argv[1], 'utf8'))))"
    )
    run = subprocess.run(
        ["node", "-e", script, site.output / "feed.xml"],
        cwd=NODE_MODULES.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: Mapping[str, Any] = json.loads(run.stdout.splitlines()[-1])
    kinds = {"1": ["transcript", "chapters"], "2": ["person"], "3": ["guid"], "4": ["medium"]}
    assert found["pc20support"] == kinds
    assert found["itunesCategory"] == ["Health & Fitness > Medicine"]
    assert UUID(found["guid"]).version == 5
    assert len(found["items"]) == 3
    for item in found["items"]:
        assert {part["type"] for part in item["podcastTranscripts"]} == {"text/vtt", "text/html"}
        assert item["podcastChapters"]["url"].endswith("/podcast-chapters.json")
        assert item["enclosure"]["length"] > 1000


@pytest.mark.needs("gpo")
def test_a_podcast_client_subscribes_downloads_and_goes_on_where_it_broke_off(site: Site, tmp_path: Path) -> None:
    """gPodder keeps what it has of a download as NAME.partial and asks for the rest by Range."""
    env = {**os.environ, "HOME": str(tmp_path), "GPODDER_HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}

    def gpo(*command: str) -> str:
        run = subprocess.run(
            ["gpo", *command], env=env, capture_output=True, text=True, check=True, timeout=90, encoding="utf-8"
        )
        return run.stdout

    assert "Successfully added" in gpo("subscribe", f"{site.address}feed.xml")
    whole = (site.output / "fever" / "fever.mp3").read_bytes()
    place = tmp_path / "Downloads" / "Health information, read aloud"
    place.mkdir(parents=True, exist_ok=True)
    (place / "fever.mp3.partial").write_bytes(whole[:5000])
    Watched.asked.clear()
    assert "3 episodes downloaded" in gpo("download")
    assert ("/fever/fever.mp3", "bytes=5000-") in Watched.asked
    for page in ("fever", "gallstones", "hostile"):
        assert (place / f"{page}.mp3").read_bytes() == (site.output / page / f"{page}.mp3").read_bytes()


def test_a_second_build_writes_nothing_and_two_folders_have_the_same_feed(site: Site, tmp_path: Path) -> None:
    assert site.project.build().written == ()
    other = Project(tmp_path / "other", (site.project.place / "voicegen.toml").read_text("utf-8"))
    for page in (site.project.place / "content").iterdir():
        other.page(page.name, page.read_text("utf-8"))
    other.build()
    for name in ("feed.xml", "feed-cover.png", "fever/podcast-chapters.json"):
        assert (other.output / name).read_bytes() == (site.output / name).read_bytes()


def test_the_picture_of_a_build_whose_memory_was_deleted_is_ours_still(site: Site) -> None:
    (site.project.place / ".voicegen" / "ledger.json").unlink()
    assert site.project.build().exit_code == 0


BREAKAGES = {
    "a size": ("feed.xml", r'length="\d+"', 'length="7"', "bytes, not 7"),
    "a length": ("feed.xml", r"<itunes:duration>\d+", "<itunes:duration>99999", "is not 99999 seconds long"),
    "a title": ("feed.xml", "<title>Gallstones", "<title>Kidney stones", "is not called 'Kidney stones'"),
    "an identifier": ("feed.xml", "urn:uuid:[0-9a-f]{8}", "urn:uuid:00000000", "another identifier"),
    "the podcast's identifier": ("feed.xml", "<podcast:guid>.", "<podcast:guid>_", "is not the one that"),
    "a link": ("feed.xml", "captions.vtt", "subtitles.vtt", "subtitles.vtt', which is missing"),
    "a picture": ("feed.xml", "feed-cover.png", "cover.png", "cover.png', which is missing"),
    "an episode": ("feed.xml", "<item>.*?</item>", "", "not both in it and among the folders"),
    "the markup": ("feed.xml", "</channel>", "", "not well-formed"),
    "an element": ("feed.xml", "<guid .*?</guid>", "", "it has no guid"),
    "a number": ("feed.xml", r"<itunes:duration>\d+", "<itunes:duration>x", "it can't be read"),
    "a chapter's time": ("gallstones/podcast-chapters.json", r'"startTime": 0\.0', '"startTime": 0.02', "is not"),
    "a chapter's title": ("gallstones/podcast-chapters.json", '"More"', '"Less"', "'Less'"),
    "a chapter": ("gallstones/podcast-chapters.json", r",\n  \{.*?\}", "", "1 chapters, not 2"),
    "the version": ("gallstones/podcast-chapters.json", r"1\.2\.0", "1.1.0", "of version '1.1.0'"),
    "the JSON": ("gallstones/podcast-chapters.json", r"\]", "", "it can't be read"),
}


@pytest.mark.parametrize("what", BREAKAGES)
def test_what_is_changed_afterwards_is_found(site: Site, what: str) -> None:
    name, pattern, replacement, message = BREAKAGES[what]
    path = site.output / name
    good = path.read_bytes()
    changed = re.sub(pattern, replacement, good.decode(), count=1, flags=re.DOTALL)
    assert changed.encode() != good
    path.write_bytes(changed.encode())
    try:
        found = [*feed.verify_library(site.output), *feed.verify(site.output / "gallstones")]
    except PublicationError as error:
        found = [str(error)]
    finally:
        path.write_bytes(good)
    assert any(message in trouble for trouble in found), found


def test_the_settings_refuse_a_feed_without_an_address_and_leave_it_out_of_all(tmp_path: Path) -> None:
    project = Project(tmp_path / "a", '[publications]\nformats = ["html", "mp3", "webvtt", "timeline", "feed"]\n')
    with pytest.raises(SettingsError, match="needs to know where the output folder is published"):
        config.load(project.place, extensions.engines(), extensions.formats())
    everything = Project(tmp_path / "b", '[publications]\nformats = ["all"]\n')
    found = config.load(everything.place, extensions.engines(), extensions.formats()).publications.formats
    assert "feed" not in found
    assert "html" in found
