"""Talking books by the tools that others judge them with: EPUBCheck, Ace, ffmpeg, and a player in Chromium."""

from __future__ import annotations

import array
import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import NODE_MODULES, ROOT, Project
from tests.formats.editions import arabic_document, rich_document
from tests.formats.epub_breakages import NINE, broken
from tests.formats.spoken_editions import RATE, published, spoken
from tests.formats.test_epub import HOSTILE, Book
from voicegen.formats import epub
from voicegen.model.document import Document, Paragraph, Run, Section, Text, text

PLAYER = """<!DOCTYPE html><meta charset="utf-8"><title>player</title><body><script type="module">
import "./foliate-js/view.js";
const real = window.Audio;
window.Audio = function (address) { return (window.sound = new real(address)); };
window.seen = [];
const view = document.body.appendChild(document.createElement("foliate-view"));
view.addEventListener("load", event => (window.shown = event.detail.doc));
const bytes = await (await fetch("book.epub")).blob();
await view.open(new File([bytes], "book.epub", { type: "application/epub+zip" }));
const note = event => window.seen.push([event.detail.text, window.sound.currentTime]);
view.mediaOverlay.addEventListener("highlight", note);
window.view = view;
</script>"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of book: this project's pages, a spoken one, ones made by hand, and the nine that are broken."""
    place = tmp_path_factory.mktemp("shelf")
    formats = '[publications]\nformats = ["epub", "mp3", "timeline"]\n'
    for name, engine in (("pages", "tone"), ("spoken", "espeak")):
        project = Project(place / name, f'[voice]\nengine = "{engine}"\n{formats}')
        for path in (ROOT / "content").iterdir():
            if engine == "tone" or path.stem in {"nosebleed", "pronunciations"}:
                shutil.copy(path, project.place / "content")
        assert project.build().exit_code == 0
        for path in project.output.glob("*/*.epub"):
            shutil.copy(path, place / f"{name}-{path.name}")
    hostile = Document(
        text(HOSTILE),
        "en",
        (Paragraph(Text((Run(HOSTILE, abbr=HOSTILE, href="https://a.example/%zz [|]?ü#\\"),))),),
        (Section(text(HOSTILE), 2), Section(text(" "), 2)),
    )
    for name, document in (("rich", rich_document()), ("arabic", arabic_document()), ("hostile", hostile)):
        folder = published(place / name, spoken(document, page_id=name), epub.render)
        shutil.copy(folder / f"{name}.epub", place)
    for number, breakage in enumerate(NINE):
        broken(place / "rich.epub", breakage, place / f"broken-{number}.epub")
    return place


@pytest.mark.needs("java")
def test_epubcheck_has_no_word_of_any_kind_for_our_books_and_finds_the_broken_ones(shelf: Path) -> None:
    books = sorted(map(str, shelf.glob("*.epub")))
    command = [sys.executable, str(ROOT / "tests/check_epubs.py"), *books]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert outcome.returncode == 0, outcome.stderr
    found = json.loads(outcome.stdout)
    assert len(found) == len(books) == 6 + 1 + 3 + 9
    for number, breakage in enumerate(NINE):
        messages = {message for _, message, _ in found.pop(f"broken-{number}.epub")}
        assert (breakage.epubcheck in messages) if breakage.epubcheck else not messages, breakage.name
    assert {name: messages for name, messages in found.items() if messages} == {}


@pytest.mark.needs("node", "npm:@daisy/ace-core", "chromium")
def test_ace_finds_no_violation_and_misses_only_what_people_must_certify(shelf: Path, tmp_path: Path) -> None:
    mute = next(n for n, breakage in enumerate(NINE) if breakage.name == "nothing on accessibility")
    books = [str(shelf / name) for name in ("rich.epub", "arabic.epub", f"broken-{mute}.epub")]
    chromium = {"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "", "ACE_TIMEOUT_INITIAL": "120000"}
    # Chromium puts a socket into its profile, and the path of a socket may have 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="ace-") as short:
        outcome = subprocess.run(
            ["node", str(ROOT / "tests/npm/ace.cjs"), str(tmp_path), *books],
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, **chromium, "TMPDIR": short},
        )
    assert outcome.returncode == 0, outcome.stderr
    found = json.loads(outcome.stdout)
    certified = {"a11y:certifiedBy", "a11y:certifierCredential", "a11y:certifierReport", "dcterms:conformsTo"}
    for name in ("rich.epub", "arabic.epub"):
        assert [one for one in found[name] if one[2] not in certified] == []
    assert any(rule.startswith("metadata-") for rule, _, _ in found[f"broken-{mute}.epub"])


@pytest.mark.needs("ffmpeg")
def test_every_sentence_is_heard_where_its_clip_begins(shelf: Path) -> None:
    """Clips begin at a line's first sample; where silence is before it, the sound itself shows where that is."""
    book = Book(shelf / "rich.epub")
    clips = [clip for name in book.names() for clip in book.clips(name)]
    borders = 0
    for sound in sorted({clip[1] for clip in clips}):
        command = ["ffmpeg", "-v", "error", "-i", "-", "-f", "s16le", "-ac", "1", "-ar", str(RATE), "-"]
        run = subprocess.run(command, input=book.files[f"EPUB/{sound}"], capture_output=True, check=True)
        heard = array.array("h", run.stdout)
        own = [clip for clip in clips if clip[1] == sound]
        assert own[-1][3] <= len(heard) * 1000 // RATE
        for _, _, begin, _ in own[1:]:
            loud = (at for at in range((begin - 60) * RATE // 1000, len(heard)) if abs(heard[at]) > 2_000)
            found = next(loud) * 1000 / RATE
            if found > begin - 60:  # else the line before goes on without a rest
                assert abs(found - begin) < 10
                borders += 1
    assert borders > 20


@pytest.fixture
def player(shelf: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a reading system with a book in it."""
    shutil.copytree(NODE_MODULES / "foliate-js", tmp_path / "foliate-js")
    shutil.copy(shelf / "rich.epub", tmp_path / "book.epub")
    (tmp_path / "index.html").write_text(PLAYER, "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.needs("chromium", "npm:foliate-js")
def test_a_player_goes_through_the_book_and_marks_each_sentence_in_its_time(
    chromium: Browser, player: str, shelf: Path
) -> None:
    book = Book(shelf / "rich.epub")
    planned = [(f"EPUB/part-02.xhtml#{name}", begin / 1000) for name, _, begin, _ in book.clips("part-02")]
    following = [f"EPUB/part-03.xhtml#{name}" for name, *_ in book.clips("part-03")]
    page = chromium.new_context().new_page()
    try:
        page.goto(player)
        page.wait_for_function("window.view")
        assert page.evaluate("view.book.media.narrator") == "espeak-ng, British English"
        page.evaluate("view.goTo(1).then(() => view.mediaOverlay.start(1))")
        page.wait_for_function("seen.length > 1")
        marked = "shown.querySelector('.-epub-media-overlay-active')"
        page.wait_for_function(f"window.shown && {marked}")
        assert page.evaluate(f"{marked}.id") in {name.partition("#")[2] for name, _ in planned}
        assert (
            page.evaluate(f"shown.defaultView.getComputedStyle({marked}).backgroundColor") == "rgb(255, 229, 138)"
        )
        page.wait_for_function("seen.some(one => one[0].includes('part-03'))", timeout=60_000)
        seen = page.evaluate("(view.mediaOverlay.stop(), seen)")
    finally:
        page.context.close()
    times = dict(reversed([(name, at) for name, at in seen if "part-02" in name]))
    assert list(dict.fromkeys(name for name, _ in seen))[: len(planned)] == [name for name, _ in planned]
    for name, begin in planned:
        assert begin <= times[name] + 0.01 < begin + 0.6, name
    assert next(name for name, _ in seen if "part-03" in name) == following[0]
