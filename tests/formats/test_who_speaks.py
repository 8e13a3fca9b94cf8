"""Engine, voice and licence stand in every publication, and whether people recorded the page themselves."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.reviews.projects import hum, settings_of
from voicegen import lexicon, takes
from voicegen.formats._verified import timeline_of
from voicegen.formats.words import languages, words_for
from voicegen.pages import find
from voicegen.takes import uploads
from voicegen.verifying import verify
from voicegen.wording import wording

pytestmark = pytest.mark.needs("ffprobe")
SETTINGS = '[voice]\nengine = "tone"\n[publications]\nformats = ["all"]\naddress = "https://clinic.example/"\n'
TEXT = "---\nlang: {}\n---\n# Gicht\n\n## Was\n\nEs tut weh.\n"
VOICE, LICENCE = "tone, beeps for tests", "voicegen's own"
THEME = '[theme]\ntemplates = "templates"\n'
EXTENDS = '{% extends "voicegen/page.html" %}\n'
OPENING = """{% block opening %}
<h1 id="{{ chapters[0].id }}" tabindex="-1">{{ passage(document.title) }}</h1>
{% endblock %}"""
KINDS = ("computer", "partly", "people")
NO_PLACE = {".css", ".js", ".svg", ".png", ".wav", ".g722", ".brf", ".pef"}
"""Files that have no place for it, or whose publication says it in another file (a telephone's sounds:
phone.json); braille is not spoken."""
COMPUTER = re.compile("computer|ordenador|synth|بالحاسوب", re.IGNORECASE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """In English and German: a page that a computer speaks, one with a line of staff's, one wholly recorded."""
    made = Project(tmp_path_factory.mktemp("spoken") / "project", SETTINGS)
    for lang in ("en", "de"):
        for kind in KINDS:
            made.page(f"{lang}-{kind}.md", TEXT.format(lang))
    settings = settings_of(made)
    words = lexicon.load(settings.content, "tone")
    for page in find(settings):
        own = takes.load(settings, page.id)
        said = wording(page, page.read(settings), settings, words.of_page(page.id), lambda lang: True)
        lines = {
            "computer": (),
            "partly": [one for one in said.script.lines if one.role == "paragraph"],
            "people": said.script.lines,
        }
        for line in lines[page.id.partition("-")[2]]:
            master = uploads.line_of(hum(1.5), line, 1.5)
            take = takes.take_of("own", page.id, line, "Nurse Ada", master, -24.0)
            own.keep_sound(take, master)
            own.use([take])
    result = made.build()
    assert result.exit_code == 0, [str(error) for page in result.pages for error in page.errors]
    assert result.spoken > 0
    return made


def own_words(page: str) -> tuple[str, ...]:
    """What must be said of the page's speaker, in its language."""
    lang, _, kind = page.partition("-")
    words = words_for(lang)
    if kind == "people":
        return (words.plain("narrator_people"),)
    return (VOICE, LICENCE, *([words.plain("narrator_partly", voice="").strip()] if kind == "partly" else []))


def tags(path: Path) -> str:
    """All that ffprobe finds in a file's tags."""
    command = ["ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json", str(path)]
    return json.dumps(
        json.loads(subprocess.run(command, capture_output=True, check=True).stdout), ensure_ascii=False
    )


def inside(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        (found,) = [member for member in archive.namelist() if member.rpartition("/")[2] == name]
        return html.unescape(archive.read(found).decode())


def told_by(path: Path) -> Iterator[str]:
    """What a file says of who speaks: one text for each place that must say it."""
    kind = path.suffix if path.suffix != ".zip" else f".{path.stem.rpartition('-')[2]}"
    if kind in {".mp3", ".m4b", ".opus"}:
        yield tags(path)
    elif kind == ".epub":
        yield inside(path, "package.opf")
        yield re.sub(r"<[^>]+>", "", inside(path, "about.xhtml"))
    elif kind in {".daisy202", ".daisy3"}:
        yield inside(path, "ncc.html" if kind == ".daisy202" else "package.opf")
    elif kind == ".audiobook":
        for name in ("publication.json", "manifest.json"):
            yield json.dumps(json.loads(inside(path, name)), ensure_ascii=False)
    elif kind == ".html":
        text = html.unescape(path.read_text("utf-8"))
        yield re.sub(r"<[^>]+>", "", text.partition("</head>")[2])
    elif kind == ".vtt":
        yield path.read_text("utf-8").split("\n\n")[1]
    else:
        raise AssertionError(f"{path.name}: nobody said where it tells who speaks, or that it has no place for it")


FACTS = {"timeline.json", "account.json", "manifest.json", "phone.json"}
OTHER = {"podcast-chapters.json"}
"""Chapters of a podcast's episode; the feed says who speaks."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_publication_says_who_speaks_and_under_which_licence(lang: str, kind: str, project: Project) -> None:
    folder = project.output / f"{lang}-{kind}"
    lines = len(timeline_of(folder).lines)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix in NO_PLACE or path.name in OTHER:
            continue
        if path.name in FACTS:
            facts = json.loads(path.read_text("utf-8"))
            own = {"computer": 0, "partly": 1, "people": lines}[kind]
            assert (facts["voice"], facts["licence"], facts["own_recordings"]) == (VOICE, LICENCE, own), path
            continue
        for text in told_by(path):
            for words in own_words(folder.name):
                assert words in text, f"{path}: {text[:800]}"
            assert kind != "people" or VOICE not in text, f"{path} names a voice that nobody hears"
            assert "Nurse Ada" not in text, "who recorded it is the clinic's own affair"


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_page_that_people_speak_is_said_to_be_a_computers(lang: str, project: Project) -> None:
    for kind in KINDS:
        folder = project.output / f"{lang}-{kind}"
        index = (folder / "index.html").read_text("utf-8")
        intro = re.search(r'<p class="intro">(.*?)</p>', index, re.DOTALL)
        assert intro
        summary = inside(folder / f"{folder.name}.epub", "package.opf")
        for text in (intro[1], summary):
            assert bool(COMPUTER.search(text)) == (kind != "people")


def test_the_feed_names_who_speaks_each_episode(project: Project) -> None:
    feed = html.unescape((project.output / "feed.xml").read_text("utf-8"))
    items = {re.search(r"<link>.*/([a-z-]+)/</link>", item)[1]: item for item in feed.split("<item>")[1:]}  # type: ignore[index]
    assert len(items) == 6
    for name, item in items.items():
        assert '<podcast:person role="narrator" group="cast">' in item
        for words in own_words(name):
            assert words in item


def test_pages_with_recordings_are_whole(project: Project) -> None:
    found = verify(project.output)
    assert (found.troubles, found.strangers) == ((), ())


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_words_for_each_kind_of_speaker(lang: str) -> None:
    words = words_for(lang)
    for key in ("intro", "book.reader"):
        said = [words.plain(name, duration="1") for name in (key, f"{key}_partly", f"{key}_people")]
        assert len(set(said)) == 3
        assert [bool(COMPUTER.search(text)) for text in said] == [True, True, False]
    assert VOICE in words.plain("narrator_partly", voice=VOICE)
    assert "{" not in words.plain("narrator_people", voice=VOICE)


def test_a_clinics_own_template_that_does_not_say_whose_voice_it_is_publishes_no_recording(
    project: Project, tmp_path: Path
) -> None:
    own = Project(tmp_path / "own", SETTINGS.replace('["all"]', '["html", "mp3", "webvtt", "timeline"]') + THEME)
    shutil.copytree(project.place / "recordings", own.place / "recordings")
    (own.place / "templates").mkdir()
    for kind in KINDS:
        own.page(f"de-{kind}.md", TEXT.format("de"))
    template = own.place / "templates/page.html"
    template.write_text(EXTENDS + "{% block about %}computer-generated{% endblock %}")
    assert {page.outcome for page in own.build().pages} == {"made"}, "the first line of ours says it"
    template.write_text(template.read_text() + OPENING)
    found = {page.id: page for page in own.build().pages}
    assert {name: page.outcome for name, page in found.items()} == {
        "de-computer": "made",
        "de-partly": "failed",
        "de-people": "failed",
    }
    assert "does not say whose voice is heard" in str(found["de-people"].errors[0])
