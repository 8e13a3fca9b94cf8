"""Every page that is made again has its reason in words, and the memory that knows it can be lost."""

from __future__ import annotations

import shutil
import wave
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project
from voicegen import ledger, making, notes, reasons

START = '[voice]\nengine = "tone"\n'


def why(project: Project) -> str:
    (page,) = project.build().pages
    return page.why


@pytest.fixture
def built(project: Project) -> Project:
    project.page("a.txt")
    assert why(project) == "new page"
    return project


def test_a_changed_setting_is_named_by_its_section_and_key(built: Project) -> None:
    (built.place / "voicegen.toml").write_text(START + "[rests]\nitem = 0.6\n[pages.a]\npublisher = 'Clinic'\n")
    assert why(built) == "voicegen.toml changed ([rests] item, [pages.a] publisher)"


def test_a_changed_setting_of_the_telephone_editions_makes_them_again(built: Project) -> None:
    (built.place / "voicegen.toml").write_text(START + "[phone]\nlongest = 60\n")
    assert why(built) == "voicegen.toml changed ([phone] longest)"


def test_another_recording_for_those_who_wait_is_heard_though_its_name_is_the_same(project: Project) -> None:
    (project.place / "voicegen.toml").write_text(START + '[phone]\nnotice_recording = "hold.wav"\n')
    project.page("a.txt")
    heard = []
    for pitch in (40, 70):
        with wave.open(str(project.place / "hold.wav"), "wb") as file:
            file.setparams((1, 2, 22_050, 0, "NONE", ""))
            saw = ((n % pitch - pitch // 2) * 300 for n in range(22_050))
            file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in saw))
        assert project.build().pages[0].outcome == "made"
        heard.append(project.tree())
    assert any(heard[0][name] != heard[1][name] for name in heard[0] if name.startswith("a/phone/"))
    assert project.build().pages[0].outcome == "unchanged"


def test_what_no_page_is_made_from_is_no_reason(built: Project) -> None:
    (built.place / "voicegen.toml").write_text(START + "[history]\nkeep = 9\n[plan]\nprice = 3\n")
    assert built.build().pages[0].outcome == "unchanged"


def test_a_changed_pronunciation_is_named_with_its_word_and_its_place(built: Project) -> None:
    path = built.place / "content/pronunciations.toml"
    path.write_text('[[pronunciation]]\nword = "gallbladder"\nsay = "gall bladder"\n')
    said = why(built)
    assert said.startswith("a pronunciation changed (new “gallbladder” in pronunciations.toml")
    path.write_text('[[pronunciation]]\nword = "gallbladder"\nsay = "gall  bladder two"\n')
    assert why(built).startswith("a pronunciation changed (“gallbladder” in pronunciations.toml")
    path.unlink()
    assert why(built).startswith("a pronunciation changed (gone “gallbladder” in pronunciations.toml")


def test_a_new_version_of_voicegen_is_named_by_what_changed_in_it(
    built: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = reasons._rooms()
    monkeypatch.setattr(making, "program", lambda cache: "another program")
    monkeypatch.setattr(reasons, "_rooms", lambda: {**ours, "speech": "other rules"})
    assert why(built) == "voicegen itself changed (the rules of speech)"
    monkeypatch.setattr(making, "program", lambda cache: "a third program")
    monkeypatch.setattr(reasons, "__version__", "99.0")
    monkeypatch.setattr(reasons, "_rooms", lambda: {**ours, "formats": "other formats"})
    assert why(built).endswith("to 99.0: the formats, the rules of speech)")


def test_another_engine_and_a_changed_text_are_both_named(built: Project) -> None:
    (built.place / "voicegen.toml").write_text('[voice]\nengine = "espeak"\n')
    built.page("a.txt", PAGE.replace("hours", "days"))
    assert why(built) == (
        "its text changed and voicegen.toml changed ([voice] engine) and the voice changed (from tone to espeak)"
    )


def test_many_changes_are_counted_and_not_all_named(built: Project) -> None:
    keys = ("chapter", "title", "before_heading", "heading", "paragraph", "item", "sentence")
    rests = "".join(f"{key} = 0.9\n" for key in keys)
    (built.place / "voicegen.toml").write_text(f"{START}[rests]\n{rests}")
    assert why(built).endswith("[rests] paragraph and 2 more)")


def test_what_was_forgotten_is_told_in_general_words_and_costs_no_more(built: Project) -> None:
    shutil.rmtree(built.place / ".voicegen" / reasons.FOLDER)
    (built.place / "voicegen.toml").write_text(START + "[rests]\nitem = 0.6\n")
    assert why(built) == "voicegen.toml changed"
    assert built.build().pages[0].outcome == "unchanged"


def test_a_page_whose_memory_is_gone_is_not_called_new(built: Project) -> None:
    tree = built.tree()
    shutil.rmtree(built.place / ".voicegen")
    assert why(built) == "voicegen's memory of it is gone"
    assert built.tree() == tree


def test_a_build_with_nothing_to_do_reads_no_reason(built: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> object:
        assert path.parent.name != reasons.FOLDER, f"{path} was read"
        return read(path)

    read = notes.read
    monkeypatch.setattr(notes, "read", refuse)
    assert built.build().pages[0].outcome == "unchanged"


def test_only_what_published_pages_are_made_from_is_kept(built: Project) -> None:
    folder = built.place / ".voicegen" / reasons.FOLDER
    before = {path.name for path in folder.iterdir()}
    for item in (0.5, 0.6, 0.7):
        (built.place / "voicegen.toml").write_text(f"{START}[rests]\nitem = {item}\n")
        built.build()
    after = {path.name for path in folder.iterdir()}
    assert len(after) == len(before)
    assert after != before


@pytest.mark.parametrize("left", [0, 1, 100, -100, -1])
def test_a_ledger_that_was_cut_off_costs_time_and_nothing_else(built: Project, left: int) -> None:
    path = built.place / ".voicegen/ledger.json"
    tree, whole = built.tree(), path.read_bytes()
    path.write_bytes(whole[:left])
    assert ledger.load(path).pages == {}
    result = built.build()
    assert (result.exit_code, result.spoken) == (0, 0)
    assert built.tree() == tree
    assert set(ledger.load(path).pages) == {"a"}


@pytest.mark.parametrize("spoiled", [b"", b"[]", b"{}", b'{"version": 1}', b"\xff\xff", b'"words"'])
def test_spoiled_reasons_are_told_in_general_words(built: Project, spoiled: bytes) -> None:
    for path in (built.place / ".voicegen" / reasons.FOLDER).iterdir():
        path.write_bytes(spoiled)
    (built.place / "voicegen.toml").write_text('[voice]\nengine = "espeak"\n')
    assert "the voice changed" in why(built)
