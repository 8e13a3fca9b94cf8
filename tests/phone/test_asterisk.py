"""The Asterisk pack, played by a real Asterisk to real calls: what a caller hears is our files, byte for byte."""

from __future__ import annotations

import bisect
import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project
from tests.phone.asterisk import Heard, run
from tests.phone.caller import Call
from voicegen.config import load
from voicegen.extensions import engines, formats
from voicegen.phone import menus, pack, published
from voicegen.phone.profiles import profile
from voicegen.phone.published import Menu, PhonePage

SETTINGS = """[voice]
engine = "tone"
[publications]
formats = ["mp3", "timeline", "phone"]
[phone]
longest = 15
"""
SHORT = """Rest

First day
Sleep.

Next days
Walk a little.
"""
"""A page whose loop comes round soon."""
HOSTILE = "# ${SHELL(touch /tmp/owned)} -- knees\n\nThey ache.\n\n" + "".join(
    f"## {heading}\n\nText of {number}.\n\n"
    for number, heading in enumerate(
        (
            ";-- hidden from here", "#exec /bin/id", "[evil](+)", "exten => s,1,System(id)", "a, b & c) => d",
            '#include "/etc/passwd"', "$[1 + 1] ${ENV(HOME)}",
        )
    )
)  # fmt: skip
"""A page whose title and headings would be commands, were they in a configuration."""
MENU_S = 1.0
"""How long a caller listens to the menu before the first key."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[PhonePage]:
    """Every page of content/, one that is short, and one whose words are hostile."""
    project = Project(tmp_path_factory.mktemp("asterisk") / "project", SETTINGS)
    for path in sorted((ROOT / "content").iterdir()):
        if path.suffix in {".html", ".md", ".txt"}:
            shutil.copy(path, project.place / "content")
    project.page("short.txt", SHORT)
    project.page("hostile.md", f"---\nlang: en\n---\n{HOSTILE}")
    assert project.build().exit_code == 0
    return [
        published.load(folder, "full")
        for folder in sorted(project.output.iterdir())
        if (folder / "phone").is_dir()
    ]


@pytest.fixture(scope="module")
def over(pages: list[PhonePage], tmp_path_factory: pytest.TempPathFactory) -> tuple[Menu, ...]:
    """The menus over all pages, in two languages."""
    place = pages[0].chapters[0].place.parents[3]
    return menus.menus(load(place, engines(), formats()), pages, tmp_path_factory.mktemp("menus"))


@pytest.fixture(scope="module")
def packed(pages: list[PhonePage], over: tuple[Menu, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pack") / "asterisk"
    pack.write(place, pages, profile("asterisk"), menus=over)
    return place


def sound(page: PhonePage, slug: str, encoding: str = "ulaw") -> bytes:
    return next(chapter for chapter in page.chapters if chapter.slug == slug).encoded(encoding)


def keyed(page: PhonePage) -> dict[str, str]:
    return {chapter.key: chapter.slug for chapter in page.topics if chapter.key}


@pytest.fixture(scope="module")
def heard(packed: Path, pages: list[PhonePage], over: tuple[Menu, ...]) -> dict[str, Call]:
    """All calls at once: each waits for the bytes that must be heard in it."""
    calls: dict[str, Call] = {}
    for number, page in enumerate(pages):
        dialled, on_hold, queued = str(4100 + number), str(4200 + number), str(4300 + number)
        for key, slug in keyed(page).items():
            calls[f"{page.slug}, key {key}"] = Call(dialled, sound(page, slug), keys=[(MENU_S, key)])
        first, second = (page.topics[n % len(page.topics)].encoded("ulaw") for n in (0, 1))
        menu = page.menu[0].encoded("ulaw")
        calls[f"{page.slug}, runs on"] = Call(dialled, first + second, keys=[(MENU_S, "1")])
        calls[f"{page.slug}, next"] = Call(dialled, second, keys=[(MENU_S, "1"), (MENU_S + 1, "#")])
        calls[f"{page.slug}, menu"] = Call(dialled, menu, keys=[(MENU_S, "1"), (2, "*")])
        calls[f"{page.slug}, music on hold"] = Call(on_hold, first)
        calls[f"{page.slug}, queue"] = Call(queued, first)
    calls |= chosen(over)
    for codec, encoding in ((8, "alaw"), (9, "g722")):
        calls[encoding] = Call("4100", pages[0].topics[0].encoded(encoding), keys=[(MENU_S, "1")], codec=codec)
    chance = random.Random(7)
    place = next(number for number, page in enumerate(pages) if page.slug == "short")
    short = [chapter.encoded("ulaw") for chapter in pages[place].topics]
    presses = [(MENU_S + 0.4 * n, chance.choice("0123456789*#")) for n in range(50)] + [(MENU_S + 21, "1")]
    calls["50 keys"] = Call(str(4100 + place), short[0], keys=presses)
    calls["loop"] = Call(str(4200 + place), 2 * b"".join(short))
    result = run(packed, [page.slug for page in pages], list(calls.values()))
    check_log(result, pages)
    return calls


def chosen(over: tuple[Menu, ...]) -> dict[str, Call]:
    """A call to the menu for each page that it leads to, by way of its language."""
    first, *others = over
    calls = {"menu of languages": Call("4400", first.chapters[0].encoded("ulaw"))}
    for key, choice in first.choices.items():
        assert isinstance(choice, Menu) == any(choice is menu for menu in others)
        ways = choice.choices if isinstance(choice, Menu) else {0: choice}
        for further, page in ways.items():
            assert isinstance(page, PhonePage)
            presses = [(MENU_S, str(key))] + ([(MENU_S + 1, str(further))] if further else [])
            calls[f"menu, {page.slug}"] = Call("4400", page.menu[0].encoded("ulaw"), keys=presses)
    return calls


def check_log(result: Heard, pages: list[PhonePage]) -> None:
    ours = [
        line for line in result.log.splitlines() if "voicegen" in line and ("WARNING" in line or "ERROR" in line)
    ]
    assert ours == []
    for page in pages:
        for chapter in page.topics:
            assert f"moh/voicegen-{page.folder}/{chapter.slug}" in result.classes


def broke_off(call: Call) -> str:
    """Where in a call its sound left what was waited for."""
    whole = range(len(call.wanted) + 1)
    least = bisect.bisect_left(whole, True, key=lambda length: call.wanted[:length] not in call.heard) - 1
    at = call.heard.find(call.wanted[:least])
    return (
        f"{call.error or 'answered'}, {len(call.heard)} bytes heard, {call.lost} packets lost; "
        f"{least} of {len(call.wanted)} bytes are there, from {at} on"
    )


def test_every_key_of_every_page_lands_in_its_chapter_byte_for_byte(
    heard: dict[str, Call], pages: list[PhonePage]
) -> None:
    assert len([name for name in heard if "key" in name]) > sum(len(keyed(page)) for page in pages)
    files = [chapter.encoded("ulaw") for page in pages for chapter in page.chapters if chapter.key != "*"]
    assert len(set(files)) == len(files), "chapters that sound alike would prove nothing"
    assert {name: broke_off(call) for name, call in heard.items() if call.wanted not in call.heard} == {}


def test_no_packet_is_lost_and_none_is_short_inside_the_files(heard: dict[str, Call]) -> None:
    assert {name: call.short for name, call in heard.items() if call.short} == {}
    assert {name: call.lost for name, call in heard.items() if call.lost} == {}


@pytest.mark.attack("telephone", "a page's own words stand in no configuration")
def test_a_pages_own_words_stand_in_no_configuration(packed: Path) -> None:
    for path in packed.glob("*.conf"):
        assert path.read_bytes().isascii()
