from __future__ import annotations

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import PAGE, Project

ROOT = Path(__file__).parent.parent


def run(project: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    outcome = subprocess.run(
        [sys.executable, "-m", "voicegen", "-C", str(project), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert outcome.returncode == code, outcome.stdout + outcome.stderr
    assert "Traceback" not in outcome.stdout + outcome.stderr
    return outcome


def test_a_build_says_page_by_page_what_was_made_and_why_and_where_to_listen(project: Project) -> None:
    project.page("gallstones.txt")
    said = run(project.place, "build").stdout
    assert re.search(r"gallstones: made, because new page\. 4 chapters, \d+ min \d\d s; \d+ lines spoken", said)
    assert str(project.output / "index.html") in said
    assert "\r" not in said
    assert "\x1b" not in said
    said = run(project.place, "build").stdout
    assert "0 made, 1 unchanged, 0 failed; 0 files written, 0 lines spoken." in said


def test_a_terminal_shows_progress_and_plain_lines_do_not(project: Project) -> None:
    project.page("gallstones.txt")

    def on_terminal(*options: str) -> str:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "voicegen", "-C", str(project.place), "build", *options],
            stdout=theirs,
            cwd=ROOT,
        )
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 4096):
                said += part
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        assert process.wait() == 0
        return said.decode()

    assert "chapter 4 of 4" in on_terminal()
    project.page("gallstones.txt", PAGE.replace("hours", "days"))
    plain = on_terminal("--plain")
    assert "chapter 4 of 4" not in plain
    assert "\x1b" not in plain


def test_quiet_says_nothing_but_failures(project: Project) -> None:
    project.page("gallstones.txt")
    outcome = run(project.place, "build", "-q")
    assert (outcome.stdout, outcome.stderr) == ("", "")
    project.page("empty.txt", "")
    outcome = run(project.place, "build", "-q", code=42)
    assert "empty: FAILED" in outcome.stderr


def test_json_is_one_object_with_all_facts(project: Project) -> None:
    project.page("gallstones.txt", "Accessibility Tools\n\n" + PAGE)
    project.page("empty.txt", "")
    facts = json.loads(run(project.place, "build", "--json", code=42).stdout)
    assert facts["version"] == 1
    pages = {page["id"]: page for page in facts["pages"]}
    assert pages["gallstones"]["outcome"] == "made"
    assert pages["gallstones"]["left_out"][0]["text"] == "Accessibility Tools"
    assert pages["gallstones"]["left_out"][0]["reason"]
    assert pages["empty"]["errors"][0]["exit_code"] == 42
    assert facts["exit_code"] == 42
    assert "gallstones/timeline.json" in facts["written"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["build", "nosuch"], 2, "there is no such page"),
        (["build", "--nosuch"], 2, "No such option"),
        (["build", "-j", "0"], 2, "0 is not in the range"),
        (["nosuch"], 2, "No such command"),
        (["serve"], 2, "Run `voicegen build` first"),
        (["inspect", "nosuch"], 2, "there is no such page"),
        (["say", "...", "-o", "x.wav"], 42, "nothing in it to say"),
        (["say", "hello", "-l", "xx-nosuch", "-o", "/nosuch/x.wav"], 3, "can't be written"),
    ],
)
def test_what_is_wrong_is_said_in_words_with_its_exit_code(
    project: Project, arguments: list[str], code: int, words: str
) -> None:
    project.page("gallstones.txt")
    assert words in run(project.place, *arguments, code=code).stderr


def test_a_file_that_nothing_reads_is_named_and_pictures_are_not(project: Project) -> None:
    project.page("gallstones.txt")
    for name in ("letter.docx", "a\x1b]0;x\x07.docx", "knee.png", ".hidden.docx", "~$letter.docx"):
        (project.place / "content" / name).write_bytes(b"x")
    said = run(project.place, "build").stdout
    assert "letter.docx is not read" in said
    assert said.count("is not read") == 2
    assert said.replace("\n", "").isprintable(), "no name of a file steers a terminal"


def test_a_language_without_speech_rules_is_noted(project: Project) -> None:
    project.page("a.md", "---\nlang: pl\n---\n# Ból kolana\n\nProszę odpoczywać.\n")
    assert "no speech rules for 'pl'" in run(project.place, "build").stdout


def test_a_wrong_setting_stops_before_anything_is_done(project: Project) -> None:
    project.page("gallstones.txt")
    (project.place / "voicegen.toml").write_text("[rests]\nsentense = 1")
    assert "Did you mean 'sentence'?" in run(project.place, "build", code=2).stderr
    assert not project.output.exists()


def test_a_project_without_content_is_told_what_to_make(tmp_path: Path) -> None:
    (tmp_path / "voicegen.toml").touch()
    assert "Make it and put the condition pages into it" in run(tmp_path, "build", code=2).stderr


def test_inspect_shows_what_was_understood_and_what_was_left_out(project: Project) -> None:
    path = project.page("gallstones.txt", "Accessibility Tools\n\n" + PAGE)
    said = run(project.place, "inspect", "gallstones").stdout
    assert "Symptoms  [" in said
    assert "Accessibility Tools" in said
    facts = json.loads(run(project.place, "inspect", "--json", str(path)).stdout)
    assert [section["heading"] for section in facts["sections"]][-1] == "Treatment"


@pytest.mark.fault("F29", "text that could steer a terminal is shown harmless")
def test_text_that_could_steer_a_terminal_is_shown_harmless(project: Project) -> None:
    project.page("gallstones.txt", PAGE.replace("Symptoms", "Symp\x1b[2Jtoms"))
    for arguments in (["inspect", "gallstones"], ["build"]):
        outcome = subprocess.run(
            [sys.executable, "-m", "voicegen", "-C", str(project.place), *arguments],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert outcome.stdout
        assert "\x1b" not in outcome.stdout + outcome.stderr


def test_say_shows_how_a_text_is_said_and_writes_its_sound(project: Project, tmp_path: Path) -> None:
    (project.place / "voicegen.toml").unlink()
    target = tmp_path / "dose.wav"
    said = run(project.place, "say", "Take 5mg of it. Do not drive.", "-o", str(target)).stdout
    assert "Take 5 milligrams of it." in said
    assert "“mg” is said “milligrams” (units)" in said
    with wave.open(str(target)) as file:
        assert file.getframerate() == 22_050
        assert 2 < file.getnframes() / 22_050 < 8


def test_voices_lists_what_speaks_a_language_and_how_to_get_a_better_one(project: Project) -> None:
    said = run(project.place, "voices", "es").stdout
    assert "espeak: " in said
    assert "Spanish (Latin America)" in said
    assert "--send-text-to gtts" in said


def test_a_voice_is_listed_once_with_all_its_languages(project: Project) -> None:
    said = run(project.place, "voices", "en").stdout.splitlines()
    assert [line.split() for line in said if "(America)" in line] == [
        ["en,", "en-us", "en-us", "English", "(America)"]
    ]


def test_doctor_tries_every_needed_part(project: Project) -> None:
    said = run(project.place, "doctor").stdout
    assert "engine tone speaks" in said
    assert "engine espeak is ready" in said
    assert "codec mp3 encodes" in said
    assert "MISSING" not in said


def test_init_makes_a_project_that_builds_and_overwrites_nothing(tmp_path: Path) -> None:
    place = tmp_path / "new project"
    assert "Next:" in run(tmp_path, "init", str(place)).stdout
    assert "1 made" in run(place, "build").stdout
    assert (place / "output/hay-fever/index.html").exists()
    assert "there already" in run(tmp_path, "init", str(place), code=2).stderr


@pytest.mark.fault("F34", "Ctrl-C ends a build soon, with exit code 130, and the next one goes on")
def test_ctrl_c_stops_soon_and_leaves_everything_in_order(project: Project) -> None:
    (project.place / "voicegen.toml").unlink()
    words = " ".join(f"This is sentence {n} of many." for n in range(4_000))
    project.page("long.txt", f"Long page\n\nWhat it is\n{words}\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "voicegen", "-C", str(project.place), "build"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    store = project.place / ".voicegen/store"
    deadline = time.monotonic() + 60
    try:
        while not store.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said, wrong = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, said + wrong
    assert "run again to go on" in wrong
    assert "Traceback" not in wrong
    assert not (project.output / "long").exists()


def test_pronounce_shows_the_words_the_reason_and_the_sounds(make_project: Callable[..., Project]) -> None:
    project = make_project(settings='[voice]\nengine = "espeak"\n')
    (project.place / "content/pronunciations.toml").write_text(
        '[[pronunciation]]\nword = "Bowen"\nsay = "Boe-in"\n'
    )
    target = project.place / "x.wav"
    said = run(project.place, "pronounce", "Bowen", "-o", str(target)).stdout
    assert said.splitlines()[0] == "Boe-in"
    assert "“Bowen” is said “Boe-in” (pronunciations)" in said
    assert "“Bowen” is in pronunciations.toml, entry 1" in said
    assert "sounds: b" in said
    with wave.open(str(target)) as file:
        assert file.getnframes() > 1_000
    said = run(project.place, "pronounce", "difficile", "-l", "en-GB", "-o", str(target)).stdout
    assert "medical.en.toml" in said
    assert "sounds: dˌɪfɪsˈiːl" in said


def test_pronounce_works_with_an_engine_that_tells_no_sounds(project: Project) -> None:
    said = run(project.place, "pronounce", "ECG", "-o", str(project.place / "x.wav")).stdout
    assert said.startswith("E C G\n  “ECG” is said “E C G” (capitals)\n")
    assert "sounds" not in said


def test_where_there_is_no_project_nothing_is_made_and_it_is_said(tmp_path: Path) -> None:
    for command in (["build"], ["build", "--shard", "1/2"], ["status"], ["plan"]):
        assert "there is no project here" in run(tmp_path, *command, code=2).stderr
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "voicegen.toml").write_text('[voice]\nengine = "tone"\n')
    assert "content: there is no such folder" in run(tmp_path, "build", code=2).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["voicegen.toml"]


def test_a_command_that_is_named_next_names_the_folder_that_this_one_was_given(project: Project) -> None:
    project.page("gallstones.txt")
    assert f"`voicegen -C {shlex.quote(str(project.place))} serve`" in run(project.place, "build").stdout
    here = subprocess.run(
        [sys.executable, "-m", "voicegen", "build"], cwd=project.place, capture_output=True, text=True, check=True
    )
    assert "or run `voicegen serve`." in here.stdout


def test_an_empty_content_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert "There is no page in the content folder" in run(tmp_path, "build").stdout


def test_diff_of_a_page_whose_file_is_gone_says_what_the_next_build_does(project: Project) -> None:
    project.page("gallstones.txt")
    run(project.place, "build")
    (project.place / "content/gallstones.txt").unlink()
    said = run(project.place, "diff", "gallstones", code=2).stderr
    assert "gallstones.txt is no longer in the content folder" in said
    assert "takes the published page away" in said


def test_diff_writes_a_range_as_people_do(project: Project) -> None:
    page = project.place / "content/ranges.md"
    page.write_text("# Ranges\n\nTake 2 to 4 tablets a day, never more.\n")
    run(project.place, "build")
    page.write_text("# Ranges\n\nTake 3 to 4 tablets a day, never more.\n")
    said = run(project.place, "diff", "ranges").stdout
    assert "gone: 2–4" in said
    assert "new: 3–4" in said
