"""Keys for callers who wait in a queue, pressed in real calls to a real Asterisk: one server for each page."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project
from tests.phone.asterisk import Heard, run
from tests.phone.caller import Call
from voicegen.errors import SettingsError
from voicegen.phone import pack, published
from voicegen.phone.profiles import profile
from voicegen.phone.published import PhonePage

SETTINGS = (
    '[voice]\nengine = "tone"\n[phone]\nlongest = 15\neditions = ["short"]\n'
    '[publications]\nformats = ["timeline", "phone"]\n'
)
CLASS = re.compile(
    r"; Made by voicegen\..*|\[voicegen-[a-z0-9-]+-(?:keys|key-[1-9])\]|mode=files|sort=alpha"
    r"|directory=moh/voicegen-[a-z0-9-]+|digit=[1-9*]"
)
FIRST_S = 1.0
"""How long a caller waits before the first key."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[PhonePage]:
    """The short edition of every page of content/."""
    project = Project(tmp_path_factory.mktemp("hold-keys") / "project", SETTINGS)
    for path in sorted((ROOT / "content").iterdir()):
        if path.suffix in {".html", ".md", ".txt"}:
            shutil.copy(path, project.place / "content")
    assert project.build().exit_code == 0
    return [published.load(path.parent, "short") for path in sorted(project.output.glob("*/phone"))]


def calls_to(page: PhonePage, place: Path) -> tuple[dict[str, tuple[Call, bytes]], Heard]:
    """A call for each key, one with * after a key, one without keys; and what must be heard in each."""
    pack.write(place, [page], profile("asterisk-hold-keys"))
    wanted: dict[str, tuple[Call, bytes]] = {}
    for chapter in page.topics:
        if chapter.key:
            file = chapter.encoded("ulaw")
            wanted[f"key {chapter.key}"] = Call("4300", file, keys=[(FIRST_S, chapter.key)]), file
    menu = (place / f"moh/voicegen-{page.folder}-keys/{page.menu[0].slug}.ulaw").read_bytes()
    wanted["no key"] = Call("4300", menu), menu
    wanted["back"] = Call("4300", menu, keys=[(FIRST_S, "1"), (FIRST_S + 1, "*")]), menu
    return wanted, run(place, [page.slug], [call for call, _ in wanted.values()])


def test_every_key_of_every_page_changes_what_a_caller_in_a_queue_hears(
    pages: list[PhonePage], tmp_path: Path
) -> None:
    with ThreadPoolExecutor(len(pages)) as pool:  # each server has a network of its own
        results = list(pool.map(lambda page: calls_to(page, tmp_path / page.slug), pages))
    assert len(results) > 3
    for page, (wanted, heard) in zip(pages, results, strict=True):
        wrong = {
            name: (call.error, len(call.heard)) for name, (call, file) in wanted.items() if file not in call.heard
        }
        assert wrong == {}, page.slug
        assert [line for line in heard.log.splitlines() if "voicegen" in line and "NOTICE" not in line] == []
        assert f"voicegen-{page.slug}-keys" in heard.classes


def test_the_menu_on_hold_does_not_offer_a_key_that_does_nothing_there(
    pages: list[PhonePage], tmp_path: Path
) -> None:
    page = pages[0]
    pack.write(tmp_path / "pack", [page], profile("asterisk-hold-keys"))
    whole = b"".join(chapter.encoded("ulaw") for chapter in page.menu)
    folder = tmp_path / f"pack/moh/voicegen-{page.folder}-keys"
    found = b"".join((folder / f"{chapter.slug}.ulaw").read_bytes() for chapter in page.menu)
    (chapter,) = [one for one in page.menu if "For the next part" in str(one.spoken)]
    at = next(at for at, words in enumerate(chapter.spoken) if "next part" in words)
    start, end = ((*chapter.starts, chapter.samples)[at + more] // 160 * 160 for more in (0, 1))
    before = b"".join(one.encoded("ulaw") for one in page.menu[: page.menu.index(chapter)])
    assert len(whole) - len(found) == end - start > 8_000
    assert found == whole[: len(before) + start] + whole[len(before) + end :]
    assert {len(path.read_bytes()) % 160 for path in folder.glob("*.*law")} == {0}
    for name in (one.slug for one in page.menu):
        sizes = {ending: (folder / f"{name}.{ending}").stat().st_size for ending in ("ulaw", "g722", "wav")}
        assert sizes["g722"] == sizes["ulaw"] == (sizes["wav"] - 44) // 2


def test_its_configuration_has_one_digit_a_class_and_no_words(pages: list[PhonePage], tmp_path: Path) -> None:
    page = pages[0]
    pack.write(tmp_path / "pack", [page], profile("asterisk-hold-keys"))
    text = (tmp_path / f"pack/musiconhold_voicegen_{page.slug}_keys.conf").read_text("ascii")
    assert all(CLASS.fullmatch(line) for line in text.splitlines())
    digits = re.findall(r"^digit=(.)$", text, re.MULTILINE)
    assert sorted(digits) == sorted({"*", *(chapter.key for chapter in page.topics if chapter.key)})
    for folder in re.findall(r"^directory=(.*)$", text, re.MULTILINE):
        assert list((tmp_path / "pack" / folder).glob("*.ulaw"))


def test_two_pages_in_one_such_pack_are_refused(pages: list[PhonePage], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="2 pages would share the same keys"):
        pack.write(tmp_path / "pack", pages[:2], profile("asterisk-hold-keys"))
    assert not (tmp_path / "pack").exists()


def test_the_clinics_own_line_comes_round_in_every_folder(tmp_path: Path) -> None:
    project = Project(
        tmp_path / "project", '[voice]\nengine = "tone"\n[phone]\nnotice = "Thank you for holding."\n'
    )
    project.page("gallstones.txt", PAGE)
    assert project.build().exit_code == 0
    page = published.load(project.output / "gallstones", "full")
    pack.write(tmp_path / "pack", [page], profile("asterisk-hold-keys"))
    for folder in (tmp_path / "pack/moh").glob("voicegen-gallstones-*-key*"):
        assert sorted(path.name for path in folder.glob("*.ulaw"))[-1] == f"{page.notice}.ulaw"
