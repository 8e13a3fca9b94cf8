"""Every kind of attack in every publication: it parses, has the shape of a harmless page, runs and loads nothing.

The readers here are not ours: lxml, html5lib, zipfile, FFmpeg by PyAV, and Chromium.
"""

from __future__ import annotations

import io
import json
import os
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import av
import html5lib  # type: ignore[import-untyped]
import pytest
from lxml import etree  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from tests.browser import opened
from tests.conftest import Project
from tests.faults.attacks import ATTACKS, HARMLESS, REFUSED, document

SETTINGS = """[voice]
engine = "tone"
[publications]
formats = ["all"]
address = "https://clinic.example/listen/"
"""
NAMES = {f"attack-{number}": kind for number, kind in enumerate(ATTACKS)}
INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "dfn", "em", "i", "ins", "mark", "small", "span", "strong", "wbr"}
"""What may differ: where a sentence ends, and what is said otherwise than it is written, are set off by these."""
CANARY = f"/tmp/vg{os.getpid()}"
"""What an attack would make; short, since a word longer than a line can't be set in braille."""
XML = {".xml", ".xhtml", ".opf", ".ncx", ".smil", ".svg"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    place = tmp_path_factory.mktemp("attacks")
    canary = CANARY
    made = Project(place / "project", SETTINGS)
    made.page("harmless.html", document())
    for name, kind in NAMES.items():
        made.page(f"{name}.html", document(*(text.replace("{canary}", canary) for text in ATTACKS[kind])))
    result = made.build()
    assert {page.id: [str(error) for error in page.errors] for page in result.pages if page.errors} == {}
    return made


def named(path: str, page: str) -> str:
    """A path as it is for every page: equal texts share a recording, and each is called by its chapter."""
    return re.sub(r"(?<=/)[^/]+(?=\.(?:mp3|wav|g722)$)", "*", path.replace(page, "PAGE"))


def members(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every published file of a page by its path, and those inside packages; recordings by their kind."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = named(path.relative_to(folder).as_posix(), folder.name)
            yield name, path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as package:
                    assert package.testzip() is None
                    for inside in package.namelist():
                        yield f"{name}/{named(inside, folder.name)}", package.read(inside)


def shape(name: str, data: bytes) -> object:
    """What an independent reader finds of structure in a file."""
    ending = Path(name).suffix
    if ending == ".html":
        tree = html5lib.parse(data, "etree", namespaceHTMLElements=False)
        text = tree.find(".//article")
        kinds = {one.tag for one in tree.iter()} - INLINE
        inside = Counter(one.tag for one in text.iter() if one.tag not in INLINE) if text is not None else None
        return sorted(kinds), inside
    if ending in XML:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(data, parser)
        assert not [one for one in root.iter() if one.tag in (etree.ProcessingInstruction, etree.Entity)]
        return sorted(
            {str(one.tag) for one in root.iter()} - {f"{{http://www.w3.org/1999/xhtml}}{tag}" for tag in INLINE}
        )
    if ending == ".json" or name.endswith((".jsonld", "manifest")):
        facts = json.loads(data)
        return sorted(facts)
    if ending == ".vtt":
        head, *cues = data.decode().rstrip("\n").split("\n\n")
        assert head == "WEBVTT"
        if cues[:1] and cues[0].startswith("NOTE"):  # who speaks
            assert "-->" not in cues.pop(0)
        assert all(cue.count("-->") == 1 and len(cue.splitlines()) == 3 for cue in cues)
        return len(cues) if "chapters" in name else ""
    if ending in {".mp3", ".m4b", ".opus", ".ogg"}:
        with av.open(io.BytesIO(data)) as file:
            return len(file.streams), len(file.chapters()), sorted(file.metadata)
    return ""


def seen(text: str) -> str:
    """The signs of a text that are seen."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "ZC")


@pytest.fixture(scope="module")
def harmless(project: Project) -> dict[str, object]:
    return {name: shape(name, data) for name, data in members(project.output / "harmless")}


@pytest.mark.attack("markup", "every publication parses and has the shape of a harmless page")
@pytest.mark.parametrize("name", NAMES, ids=NAMES.values())
def test_every_publication_of_an_attack_parses_and_has_the_shape_of_a_harmless_page(
    name: str, project: Project, harmless: dict[str, object]
) -> None:
    found = {path: shape(path, data) for path, data in members(project.output / name)}
    assert found == harmless


@pytest.mark.attack("markup", "the words are shown, and no tag of them counts")
@pytest.mark.parametrize("name", NAMES, ids=NAMES.values())
def test_the_words_of_an_attack_are_shown_and_no_tag_of_it_counts(name: str, project: Project) -> None:
    page = html5lib.parse(
        (project.output / name / "index.html").read_bytes(), "etree", namespaceHTMLElements=False
    )
    shown = seen("".join(page.find("body").itertext()))
    for text in ATTACKS[NAMES[name]]:
        assert seen(text.replace("{canary}", CANARY)) in shown
    for one in page.iter():
        assert not [key for key in one.attrib if key.startswith("on")]
        assert not one.get("href", "").lower().startswith(("javascript:", "data:", "file:"))


@pytest.mark.attack("markup", "list and feed hold each page once")
def test_the_list_of_pages_and_the_feed_hold_each_page_once(project: Project) -> None:
    feed = etree.fromstring((project.output / "feed.xml").read_bytes(), etree.XMLParser(resolve_entities=False))
    assert len(feed.findall(".//item")) == 1 + len(NAMES)
    index = html5lib.parse((project.output / "index.html").read_bytes(), "etree", namespaceHTMLElements=False)
    assert len({one.get("href") for one in index.iter("a")} & {f"{name}/index.html" for name in NAMES}) == len(
        NAMES
    )
    assert [one.get("src") for one in index.iter("script") if one.get("src")] == ["library.js"]


@pytest.mark.attack("markup", "nothing runs or is loaded in a real browser")
@pytest.mark.needs("chromium")
def test_nothing_of_an_attack_runs_or_is_loaded_in_a_browser(project: Project, chromium: Browser) -> None:
    for name in (*NAMES, ""):
        with opened(chromium, (project.output / name / "index.html").as_uri()) as page:
            assert "owned" not in page.title()
            assert page.evaluate("document.querySelectorAll('iframe, object, embed, form, base').length") == 0


@pytest.mark.attack("markup", "nothing outside the output is made")
def test_nothing_outside_the_output_was_made(project: Project) -> None:
    place = project.place
    assert not Path(CANARY).exists()
    assert {path.name for path in place.parent.iterdir()} == {"project"}
    assert {path.name for path in place.iterdir()} <= {
        "content",
        "output",
        "voicegen.toml",
        ".voicegen",
        "history",
    }
    assert {path.name for path in (place / "content").iterdir()} == {f"{n}.html" for n in (*NAMES, "harmless")}


@pytest.mark.attack("speech", "a page that would not be heard as it is shown is refused")
@pytest.mark.parametrize("text", REFUSED)
def test_a_page_whose_text_is_lost_or_would_not_be_heard_as_shown_is_refused(text: str, tmp_path: Path) -> None:
    made = Project(tmp_path / "project")
    made.page(
        "page.html", f"<html lang=en><title>Rest</title><h1>Rest</h1><p>{HARMLESS}.</p><p>{text}.</p></html>"
    )
    (page,) = made.build().pages
    assert page.outcome == "failed"
    assert page.errors
    assert not (made.output / "page").exists()
