"""The Asterisk pack, played by a real Asterisk to real calls: what a caller hears is our files, byte for byte."""

from __future__ import annotations

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

SETTINGS = '[voice]\nengine = "tone"\n[phone]\nlongest = 15\n'
MENU_S = 1.0
"""How long a caller listens to the menu before the first key."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[PhonePage]:
    """Every page of content/, with a line of the clinic's for one of two editions."""
    project = Project(tmp_path_factory.mktemp("asterisk") / "project", SETTINGS)
    for path in sorted((ROOT / "content").iterdir()):
        if path.suffix in {".html", ".md", ".txt"}:
            shutil.copy(path, project.place / "content")
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
def heard(packed: Path, pages: list[PhonePage], over: tuple[Menu, ...]) -> dict[str, tuple[Call, bytes]]:
    """All calls at once: each with the bytes that must be heard in it."""
    wanted: dict[str, tuple[Call, bytes]] = {}
    for number, page in enumerate(pages):
        dialled = str(4100 + number)
        for key, slug in keyed(page).items():
            file = sound(page, slug)
            wanted[f"{page.slug}, key {key}"] = (
                Call(str(4100 + number), len(file) / 8000 + 3, [(MENU_S, key)]),
                file,
            )
        first, second = page.topics[0], page.topics[1 % len(page.topics)]
        chain = first.encoded("ulaw") + second.encoded("ulaw")
        wanted[f"{page.slug}, runs on"] = Call(dialled, len(chain) / 8000 + 3, [(MENU_S, "1")]), chain
        wanted[f"{page.slug}, next"] = (
            Call(dialled, 5 + second.seconds, [(MENU_S, "1"), (MENU_S + 1, "#")]),
            second.encoded("ulaw"),
        )
        menu = page.menu[0].encoded("ulaw")
        wanted[f"{page.slug}, menu"] = (
            Call(str(4100 + number), len(menu) / 8000 + 4, [(MENU_S, "1"), (2, "*")]),
            menu,
        )
        hold = page.topics[0].encoded("ulaw")
        wanted[f"{page.slug}, music on hold"] = Call(str(4200 + number), len(hold) / 8000 + 2), hold
        wanted[f"{page.slug}, queue"] = Call(str(4300 + number), len(hold) / 8000 + 3), hold
    wanted |= chosen(over)
    page = pages[0]
    for codec, encoding in ((8, "alaw"), (9, "g722")):
        file = page.topics[0].encoded(encoding)
        wanted[f"{encoding}"] = Call("4100", len(file) / 8000 + 3, [(MENU_S, "1")], codec), file
    chance = random.Random(7)
    short = min(pages, key=lambda page: sum(chapter.samples for chapter in page.topics))
    place = pages.index(short)
    presses = [(MENU_S + 0.4 * n, chance.choice("0123456789*#")) for n in range(50)] + [(MENU_S + 21, "1")]
    last = short.topics[0].encoded("ulaw")
    wanted["50 keys"] = Call(str(4100 + place), MENU_S + 23 + len(last) / 8000, presses), last
    loop = b"".join(chapter.encoded("ulaw") for chapter in short.topics)
    wanted["loop"] = Call(str(4200 + place), 2 * len(loop) / 8000 + 3), loop + loop
    result = run(packed, [page.slug for page in pages], [call for call, _ in wanted.values()])
    check_log(result, pages)
    return wanted


def chosen(over: tuple[Menu, ...]) -> dict[str, tuple[Call, bytes]]:
    """A call to the menu for each page that it leads to, by way of its language."""
    first, *others = over
    file = first.chapters[0].encoded("ulaw")
    wanted = {"menu of languages": (Call("4400", len(file) / 8000 + 3), file)}
    for key, choice in first.choices.items():
        assert isinstance(choice, Menu) == any(choice is menu for menu in others)
        ways = choice.choices if isinstance(choice, Menu) else {0: choice}
        for further, page in ways.items():
            assert isinstance(page, PhonePage)
            presses = [(MENU_S, str(key))] + ([(MENU_S + 1, str(further))] if further else [])
            file = page.menu[0].encoded("ulaw")
            wanted[f"menu, {page.slug}"] = Call("4400", MENU_S + len(file) / 8000 + 4, presses), file
    return wanted


def check_log(result: Heard, pages: list[PhonePage]) -> None:
    ours = [
        line for line in result.log.splitlines() if "voicegen" in line and ("WARNING" in line or "ERROR" in line)
    ]
    assert ours == []
    for page in pages:
        for chapter in page.topics:
            assert f"moh/voicegen-{page.slug}/{chapter.slug}" in result.classes


def test_every_key_of_every_page_lands_in_its_chapter_byte_for_byte(
    heard: dict[str, tuple[Call, bytes]], pages: list[PhonePage]
) -> None:
    assert len([name for name in heard if "key" in name]) > sum(len(keyed(page)) for page in pages)
    files = [chapter.encoded("ulaw") for page in pages for chapter in page.chapters if chapter.key != "*"]
    assert len(set(files)) == len(files), "chapters that sound alike would prove nothing"
    wrong = {name: (call.error, len(call.heard)) for name, (call, file) in heard.items() if file not in call.heard}
    assert wrong == {}


def test_no_packet_is_lost_and_none_is_short_inside_the_files(heard: dict[str, tuple[Call, bytes]]) -> None:
    assert {name: call.short for name, (call, _) in heard.items() if call.short} == {}
    assert sum(call.lost for call, _ in heard.values()) == 0


def test_a_pages_own_words_stand_in_no_configuration(packed: Path) -> None:
    for path in packed.glob("*.conf"):
        assert path.read_bytes().isascii()
