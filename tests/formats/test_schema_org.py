"""The transcript page's JSON-LD, read as a search engine reads it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pyld import jsonld  # type: ignore[import-untyped]

from tests.browser import opened
from tests.conftest import PAGE, Project
from tests.formats.editions import arabic_document, edition, rich_document
from voicegen.formats import html
from voicegen.formats._links import found_in
from voicegen.formats._schema_org import differences
from voicegen.formats._verified import timeline_of
from voicegen.model.document import Document, text
from voicegen.model.edition import Edition

HOSTILE = (
    "</script><script>document.title = 'run'</script>",
    "<!-- <script> -->",
    "</SCRIPT/x>",
    'quotes " and \\ and \u2028 and \u2029 and \x00\x1f\x85',
    "\ufffe noncharacter \ufdd0 and ]]> and &lt;",
    "\u202eesrever 🫁" + "long " * 500,
)
BASE = "https://clinic.example/listen/asthma/"


def block(page: str) -> str:
    """The data block as an HTML parser finds it."""
    (found,) = BeautifulSoup(page, "html5lib").select('script[type="application/ld+json"]')
    return str(found.string)


def data(made: Edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(block(html.page(made)))
    return found


def expanded(made: Edition) -> dict[str, Any]:
    """What a JSON-LD processor makes of it, with schema.org's context as a vocabulary."""
    document = {**data(made), "@context": {"@vocab": "https://schema.org/"}}
    (found,) = jsonld.expand(document, {"base": BASE})
    assert isinstance(found, dict)
    return found


def test_a_page_is_a_medical_page_about_a_condition_with_its_publisher_and_its_dates() -> None:
    document = replace(rich_document(), metadata=(("reviewed", "2026-03-09"), ("updated", "last May")))
    found = data(edition(document))
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "MedicalWebPage"
    assert found["about"] == {"@type": "MedicalCondition", "name": "Failed spinal fusion"}
    assert found["inLanguage"] == "en-GB"
    assert found["publisher"] == {"@type": "Organization", "name": "Riverside Spine and Health Centre"}
    assert found["lastReviewed"] == "2026-03-09"
    assert "dateModified" not in found, "what is no date is not given as one"


def test_every_chapter_is_a_clip_of_the_recording_with_its_place_in_seconds() -> None:
    made = edition(rich_document())
    audio = data(made)["audio"]
    rate = made.timeline.rate_hz
    assert audio["@type"] == "AudioObject"
    assert audio["encodingFormat"] == "audio/mpeg"
    assert audio["duration"] == f"PT{made.timeline.samples / rate:.3f}S"
    assert [clip["@type"] for clip in audio["hasPart"]] == ["Clip"] * len(made.timeline.marks)
    for clip, mark in zip(audio["hasPart"], made.timeline.marks, strict=True):
        assert clip["name"] == mark.title
        assert clip["startOffset"] == pytest.approx(mark.start / rate, abs=0.001)
        assert clip["endOffset"] == pytest.approx(mark.end / rate, abs=0.001)


def test_the_accessibility_properties_use_the_words_of_their_vocabulary() -> None:
    found = data(edition(rich_document()))
    assert found["accessMode"] == ["textual", "auditory"]
    assert [each["itemListElement"] for each in found["accessModeSufficient"]] == [["textual"], ["auditory"]]
    assert {"transcript", "structuralNavigation", "readingOrder"} <= set(found["accessibilityFeature"])
    assert found["accessibilityHazard"] == ["none"]
    assert found["accessibilitySummary"].startswith("This page has a recording")


def test_words_of_ours_in_another_language_than_the_page_say_so() -> None:
    found = data(edition(replace(rich_document(), lang="cy")))
    assert found["inLanguage"] == "cy"
    assert found["accessibilitySummary"]["@language"] == "en"


def test_addresses_are_whole_where_the_page_has_one_and_relative_where_it_has_none() -> None:
    made = edition(rich_document())
    assert data(made)["audio"]["contentUrl"] == "asthma.mp3"
    placed = data(replace(made, page=replace(made.page, address=BASE)))
    assert placed["url"] == BASE
    assert placed["audio"]["contentUrl"] == f"{BASE}asthma.mp3"
    assert placed["audio"]["hasPart"][0]["url"].startswith(f"{BASE}asthma.mp3#t=0.000,")


def test_a_json_ld_processor_understands_every_property() -> None:
    found = expanded(edition(arabic_document()))
    assert found["@type"] == ["https://schema.org/MedicalWebPage"]
    names = {key for key in found if not key.startswith("@")}
    assert all(name.startswith("https://schema.org/") for name in names)
    (audio,) = found["https://schema.org/audio"]
    (offset,) = audio["https://schema.org/hasPart"][0]["https://schema.org/startOffset"]
    assert offset["@value"] == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_ends_the_block_or_changes_its_meaning(words: str) -> None:
    made = edition(Document(text(words), "en", (), ()), publisher=words)
    page = html.page(made)
    assert page.count("<script") == page.count("</script") == 3
    assert data(made)["publisher"]["name"] == words


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(str.strip))
def test_whatever_the_title_is_the_block_gives_it_back(words: str) -> None:
    made = edition(Document(text(words), "en", (), ()))
    assert data(made)["audio"]["hasPart"][0]["name"] == made.timeline.marks[0].title
    assert data(made)["name"] == made.timeline.marks[0].title


def test_a_changed_block_is_found_in_a_published_folder(project: Project) -> None:
    project.page("gallstones.txt", PAGE)
    project.build()
    folder = project.output / "gallstones"
    page = (folder / "index.html").read_text("utf-8")
    timeline = timeline_of(folder)
    assert list(differences(found_in(page), timeline)) == []
    moved = page.replace('"startOffset":0.0', '"startOffset":0.4')
    (trouble,) = differences(found_in(moved), timeline)
    assert "other chapters than timeline.json" in trouble
    broken = page.replace('"@type":"Clip",', '"@type":"Clip"', 1)
    (trouble,) = differences(found_in(broken), timeline)
    assert "can't be read" in trouble
    (trouble,) = differences(found_in(page.replace("application/ld+json", "text/plain")), timeline)
    assert "can't be read" in trouble


@pytest.mark.needs("chromium")
def test_chromium_runs_nothing_of_it_and_the_policy_stays_strict(chromium: Browser, project: Project) -> None:
    words = "</script><script>document.title = 'run'</script>"
    project.page("gallstones.txt", f"{words}\n\nThey are stones.\n")
    project.build()
    assert "script-src 'self';" in html.POLICY
    with opened(chromium, (project.output / "gallstones" / "index.html").as_uri()) as page:
        assert page.title().startswith("</script>")
        found = json.loads(page.evaluate("document.querySelector('script[type*=ld]').textContent"))
        assert found["name"] == words
