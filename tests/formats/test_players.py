"""Players list the chapters of the timeline, whatever their titles: ffprobe and mpv, of every container."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.sound.chapters import one_line
from voicegen.sound.opus import GRID, RATE_HZ

HOSTILE = (
    "&lt;b&gt;Bold&lt;/b&gt; &amp; “quoted” 'words' = [x]; #1\\",
    "Very long ünïcödé words that go on " * 8,
    "Emoji 👩🏽‍⚕️👨‍👩‍👧 and e\u0301",
    "Direction \u2067turned\u2069, \u2067isolated\u2069 \u200f",
    "Control \x01\x07\x1b[31m tab\tand\nnew line, no\u00a0break",
    "CHAPTER000=00:00:00.000",
    "{title} %s $(id) `id` ${chapter-list}",
    "الأعراض: ما هي؟",
    "第二章 症状",
)
ARABIC = """<!doctype html><html lang="ar" dir="rtl"><main><h1>الحمى عند الأطفال</h1><p>اشرب الماء.</p>
<h2>الأعراض</h2><p>درجة الحرارة أعلى من 38.</p><h2>العلاج (Paracetamol)</h2><p>استرح في البيت.</p></main></html>"""
LISTING = """
local utils = require "mp.utils"
mp.register_event("file-loaded", function()
    print("CHAPTERS" .. utils.format_json(mp.get_property_native("chapter-list")))
    mp.command("quit")
end)
"""
ENDINGS = ("mp3", "m4b", "opus")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    names = '["timeline", "mp3", "m4b", "opus"]'
    settings = f'[voice]\nengine = "tone"\n[publications]\nformats = {names}\n'
    made = Project(tmp_path_factory.mktemp("players") / "project", settings)
    made.page("gallstones.txt", PAGE)
    sections = "".join(f"<h2>{title}</h2><p>Take one tablet.</p>" for title in HOSTILE)
    made.page("hostile.html", f"<!doctype html><html lang=en><main><h1>Hostile</h1><p>Words.</p>{sections}</main>")
    made.page("fever.html", ARABIC)
    result = made.build()
    assert result.exit_code == 0, [error for page in result.pages for error in page.errors]
    return made


def told(timeline: PublishedTimeline, found: list[tuple[float, str]]) -> None:
    """The chapters found must be those of the timeline: within a millisecond, and by the same names."""
    assert [title for _, title in found] == [one_line(mark.title) for mark in timeline.marks]
    for (start, _), mark in zip(found, timeline.marks, strict=True):
        assert abs(start - mark.start / timeline.rate_hz) <= 0.001


@pytest.mark.needs("ffprobe")
@pytest.mark.parametrize("page", ["gallstones", "hostile", "fever"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_ffprobe_lists_the_chapters_of_the_timeline(project: Project, page: str, ending: str) -> None:
    path = project.output / page / f"{page}.{ending}"
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json", str(path)]
    outcome = subprocess.run(command, capture_output=True, check=True, text=True)
    assert outcome.stderr == ""
    facts = json.loads(outcome.stdout)
    timeline = timeline_of(path.parent)
    told(timeline, [(float(chapter["start_time"]), chapter["tags"]["title"]) for chapter in facts["chapters"]])
    for chapter, mark in zip(facts["chapters"], timeline.marks, strict=True):
        last = mark is timeline.marks[-1] and ending == "opus"  # ffprobe counts the pre-skip of Opus as length
        off = 0.001 + (312 + GRID) / RATE_HZ * last
        assert abs(float(chapter["end_time"]) - mark.end / timeline.rate_hz) <= off


@pytest.mark.needs("mpv")
@pytest.mark.parametrize("page", ["gallstones", "hostile", "fever"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_mpv_lists_the_chapters_of_the_timeline(project: Project, page: str, ending: str, tmp_path: Path) -> None:
    script = tmp_path / "listing.lua"
    script.write_text(LISTING)
    path = project.output / page / f"{page}.{ending}"
    # mpv counts an MP3 from its first packet, 50 ms before its first sample: asked for are times as they stand
    quiet = ["--no-config", "--ao=null", "--vo=null", "--no-video", "--rebase-start-time=no"]
    command = ["mpv", *quiet, f"--script={script}", str(path)]
    outcome = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    (line,) = [line for line in outcome.stdout.splitlines() if "CHAPTERS" in line]
    found = json.JSONDecoder().raw_decode(line.partition("CHAPTERS")[2])[0]
    told(timeline_of(path.parent), [(chapter["time"], chapter["title"]) for chapter in found])
