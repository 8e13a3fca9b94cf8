"""The scripts of published pages, as they are joined from their modules."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.formats.editions import edition, rich_document
from voicegen.formats import html
from voicegen.formats._links import found_in
from voicegen.formats._player_data import data_troubles, player_data
from voicegen.formats._scripts import MODULES, script, service_worker
from voicegen.formats._shortening import shortened
from voicegen.formats._verified import timeline_of
from voicegen.formats.words import words_for
from voicegen.pages import name

PAGES = sorted(name(path.name) for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})
FILES = ("index.html", "page.css", "player.js", "icon.svg", "sw.js")
LIGHT = 57 * 1024
"""Bytes that our pages with style sheet and scripts may have, without the sound, before any compression.

Readers are promised 60 KiB of any page of that length: the rest is for longer titles and longer words.
"""


def test_the_player_is_one_classic_script_without_modules_that_a_memory_stick_could_not_load() -> None:
    text = script("player.js").decode()
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert '"use strict"' in text
    assert "voicegen" in text


def test_every_module_of_the_folder_is_used() -> None:
    used = {"player.js", "library.js", "embed.js", "sw.js"}
    for path in MODULES.glob("*.js"):
        used |= set(re.findall(r'from "\./([a-z]+\.js)"', path.read_text("utf-8")))
    assert {path.name for path in MODULES.glob("*.js")} == used


def test_scripts_have_no_way_to_run_words_of_a_page_or_to_ask_another_host() -> None:
    for path in MODULES.glob("*.js"):
        text = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|Function\(|https?:|\.write\(", text)


@pytest.mark.needs("chromium")
def test_joining_changes_nothing_that_the_modules_say(chromium: Browser) -> None:
    modules = [path.read_text("utf-8") for path in MODULES.glob("*.js") if path.name != "sw.js"]
    texts = [re.sub(r"/\*.*?\*/|//.*", "", module) for module in modules]
    written = {word for text in texts for word in re.findall(r'"(?:[^"\\\n]|\\.)*"', text) if "./" not in word}
    joined = (script("player.js") + script("library.js") + script("embed.js")).decode()
    assert [word for word in written if word not in joined] == []
    with chromium.new_page() as page:
        for text in (
            script("player.js").decode(),
            script("embed.js").decode(),
            service_worker("asthma", "1", ["page.css"]).decode(),
        ):
            page.evaluate("text => { new Function(text) }", text)


def test_a_changed_page_gets_another_worker() -> None:
    made = edition(rich_document())
    files = {file.path: file.parts[0].data for file in html.render(made)}
    other = {file.path: file.parts[0].data for file in html.render(edition(rich_document(), publisher="Another"))}
    assert files["sw.js"] != other["sw.js"]
    assert b"voicegen ${registration.scope} " in files["sw.js"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light_without_its_sound(published: Path, page: str) -> None:
    files = {name: (published / page / name).read_bytes() for name in FILES}
    # The page here offers every publication that there is, at an address; one with the usual ones has fewer lines.
    offers = re.findall(rb"<li><a href=\"([^\"]*)\" download>.*</li>\n", files["index.html"])
    rare = {path for path in offers if path.endswith((b".opus", b"3.zip", b".audiobook", b".brf", b".pef"))}
    lines = [
        line for line in files["index.html"].splitlines(keepends=True) if not any(path in line for path in rare)
    ]
    assert rare
    files["index.html"] = b"".join(lines).replace(f"https://clinic.example/listen/{page}/".encode(), b"")
    assert sum(map(len, files.values())) <= LIGHT


def test_times_that_are_not_the_timelines_are_found(published: Path) -> None:
    folder = published / PAGES[0]
    text, timeline = (folder / "index.html").read_text("utf-8"), timeline_of(folder)
    assert list(data_troubles(found_in(text), timeline)) == []
    for old, new, told in (
        ('"length":', '"length":1', "to last"),
        ('"chapters":[0,', '"chapters":[7,', "other chapters"),
        ('"lines":[', '"lines":[9', "other sentences"),
        ('"lines":[', '"lines":[[0],', "can't be read"),
        ('"said":"', '"said":"0', "other words"),
        ('id="page_data"', 'id="page_other"', "can't be read"),
    ):
        (trouble,) = data_troubles(found_in(text.replace(old, new, 1)), timeline)
        assert told in trouble


@pytest.mark.attack("tampering", "a page of other words that take the same time is told from the published one")
def test_other_words_give_other_data_though_they_take_the_same_time() -> None:
    made = edition(rich_document())
    *chapters, last = made.script.chapters
    line = replace(last.lines[-1], spoken=f"{last.lines[-1].spoken} six")
    script_ = replace(made.script, chapters=(*chapters, replace(last, lines=(*last.lines[:-1], line))))
    words, order = words_for("en"), [line.id for line in made.script.lines if line.target]
    assert player_data(made, words, order) != player_data(replace(made, script=script_), words, order)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("const number = 1; // one\nf(number);\n", "const a=1;f(a);"),
        ("const size = it.size; g({ size, type: size });\n", "const a=it.size;g({size:a,type:a});"),
        ("const { size, type } = it;\ng(size ? type : it);\n", "const{size:a,type:b}=it;g(a?b:it);"),
        ('f((name) => `${name} and ${x["name"]}: name`);\n', 'f(a=>`${a} and ${x["name"]}: name`);'),
        ("class Bell {\n  ring(bell) {\n    bell.ring(ring);\n  }\n}\n", "class b{ring(a){a.ring(ring)}}"),
        ("const word = \"a // b\" + 'word' + t.replace(/[\"/] (word)/g, word);\n",
         "const a=\"a // b\"+'word'+t.replace(/[\"/] (word)/g,a);"),
        ("let a = 1;\nconst number = a + +a - -a;\n", "let a=1;const b=a+ +a- -a;"),
        ("const one = async (two) => true in two;\nit((two, three) => !false);\n",
         "const b=async a=>!0 in a;it((a,c)=>!!1);"),
        ("const one = () => {\n  const two = 2;\n  const three = {two};\n  it(three);\n};\nconst four = 4;\n",
         "const d=()=>{const b=2,a={two:b};it(a)},c=4;"),
        ("for (const one of all) {\n  f(one);\n}\nconst two = 2;\ng();\nconst three = 3;\n",
         "for(const a of b){f(a)}const d=2;g();const c=3;"),
    ],
)  # fmt: skip
def test_scripts_get_short_names_and_mean_the_same(text: str, short: str) -> None:
    assert shortened(text) == short


@pytest.mark.needs("chromium")
def test_a_shortened_script_gives_what_the_long_one_gives(chromium: Browser) -> None:
    timeline = (MODULES / "timeline.js").read_text("utf-8").replace("export ", "")
    words = (MODULES / "words.js").read_text("utf-8").replace("export ", "")
    asked = """
const lines = [100, -2001, [4200, [0]], 5000];
const timeline = new Timeline({ length: 9000, chapters: [0, 4000], lines }, "abcd");
const words = new Words({ some: "{count} of {all}" }, "de");
return [timeline.lineAt(4.5), timeline.lineAt(2.5), timeline.placeAt(4), timeline.before(timeline.shown, 5.2, 1.5),
  timeline.endOf(timeline.chapterAt(1)), words.say("some", { count: 1, all: 2 }), words.time(3723), clock(3723)];
"""
    with chromium.new_page() as page:
        long, short = (
            page.evaluate("text => new Function(text)()", text)
            for text in (timeline + words + asked, shortened(timeline + words + asked))
        )
    assert long == short
    assert short[0] == {"start": 4.2, "id": "b", "forms": [0]}
    assert short[-2:] == ["1 Stunde, 2 Minuten und 3 Sekunden", "1:02:03"]
