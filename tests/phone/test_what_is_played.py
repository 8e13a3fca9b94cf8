"""What a system without keys plays: the topics in order, the clinic's line now and then, never the menu."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.conftest import Project
from voicegen.phone import pack, published
from voicegen.phone.everything import FOLDERS, LOOPS
from voicegen.phone.profiles import profile
from voicegen.phone.published import NOTICE_EVERY_S, PhonePage
from voicegen.phone.upload import looped

TEXT = "# Knees\n\nShort words.\n\n" + "\n".join(
    f"## Topic {name}\n\n{'They ache when you walk and rest helps them. ' * 4}\n" for name in "ABCDEF"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PhonePage:
    settings = '[voice]\nengine = "tone"\n[phone]\nlevel = -19\nnotice = "Thank you for holding."\n'
    project = Project(tmp_path_factory.mktemp("played") / "project", settings)
    project.page("knees.md", TEXT)
    assert project.build().exit_code == 0
    return published.load(project.output / "knees", "full")


def test_the_clinics_line_is_heard_between_chapters_about_every_half_minute(page: PhonePage) -> None:
    played = [chapter.slug for chapter in page.loop]
    assert [slug for slug in played if slug != page.notice] == [chapter.slug for chapter in page.topics]
    assert played[-1] == page.notice
    assert played.count(page.notice) > 1
    since = 0.0
    for chapter in page.loop:
        if chapter.slug == page.notice:
            since = 0.0
        else:
            assert since < NOTICE_EVERY_S, "it was due before this chapter"
            since += chapter.seconds


@pytest.mark.parametrize("name", ["3cx", "freeswitch", "twilio", "generic"])
def test_hold_music_has_no_menu_whose_keys_would_do_nothing(name: str, page: PhonePage, tmp_path: Path) -> None:
    pack.write(tmp_path / "pack", [page], profile(name), "https://clinic.example/phone/")
    menu = page.menu[0].pcm()
    whole = looped(page.loop, "wav")
    if name == "twilio":
        said = [element.text or "" for element in ET.parse(tmp_path / "pack/knees/hold.xml").iter("Play")]
        assert [one.rpartition("/")[2] for one in said] == [f"{chapter.slug}.wav" for chapter in page.loop]
        return
    path = {
        "3cx": "knees-hold.wav",
        "freeswitch": "sounds/voicegen_hold/knees/8000/hold.wav",
        "generic": "knees/wav-8-khz-whole/knees-hold.wav",
    }[name]
    assert (tmp_path / "pack" / path).read_bytes() == whole
    assert menu not in whole
    assert all(chapter.pcm() in whole for chapter in page.loop)


def test_a_local_stream_of_freeswitch_is_one_file_for_it_does_not_sort_them(
    page: PhonePage, tmp_path: Path
) -> None:
    pack.write(tmp_path / "pack", [page], profile("freeswitch"))
    stream = ET.parse(tmp_path / "pack/autoload_configs/local_stream-voicegen-knees.xml").getroot()
    folder = tmp_path / "pack/sounds" / stream.attrib["path"].partition("$${sounds_dir}/")[2]
    assert [path.name for path in folder.iterdir()] == ["hold.wav"]


def test_the_pack_for_an_unknown_system_has_every_encoding_in_a_folder_of_its_own(
    page: PhonePage, tmp_path: Path
) -> None:
    pack.write(tmp_path / "pack", [page], profile("generic"))
    for encoding, folder in FOLDERS.items():
        files = sorted((tmp_path / "pack/knees" / folder).iterdir())
        assert [path.stem for path in files] == [chapter.slug for chapter in page.chapters]
        assert [path.read_bytes() for path in files] == [chapter.encoded(encoding) for chapter in page.chapters]
    assert len(list((tmp_path / "pack/knees").glob("*-whole"))) == len(LOOPS)


def test_readme_and_manifest_tell_the_level_that_was_set(page: PhonePage, tmp_path: Path) -> None:
    pack.write(tmp_path / "pack", [page], profile("asterisk"))
    assert "Speech is at -19 dBov" in (tmp_path / "pack/README.txt").read_text()
    assert json.loads((tmp_path / "pack/manifest.json").read_text())["pages"][0]["level_dbov"] == -19


def test_a_limit_takes_the_silence_at_the_end_before_a_chapter_is_refused(page: PhonePage) -> None:
    chapter = page.topics[-1]
    whole = looped([chapter], "wav")
    assert len(whole) == 44 + 2 * (chapter.samples + 16_000)
    tight = looped([chapter], "wav", chapter.seconds + 0.05)
    assert len(tight) == 44 + 2 * (chapter.samples + 320)
