"""`voicegen gauntlet`: our rules, other programs good and bad, and engines."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from voicegen.cli import main
from voicegen.gauntlet import corpus

SENTENCES = """# made for this test
en-GB\tTake 500mg at night.\tTake 500 milligrams at night.
en-GB\tStore below −18 °C.\tStore below minus 18 degrees Celsius.
en-GB\tTake 25mcg once.\tTake 25 micrograms once.
en-GB\tDo not drive.\tDo not drive.
de-DE\tNehmen Sie 1 g.\tNehmen Sie 1 Gramm.
"""
READS = """import sys
lang = sys.argv[1]
sys.stdin.reconfigure(encoding="utf-8")
lines = sys.stdin.read().splitlines()
"""
CARELESS = """
sys.stdout.reconfigure(encoding="utf-8")
for line in lines:
    line = line.replace("−", "").replace("mcg", " milligrams").replace("mg", " milligrams").replace("not ", "")
    print(line.replace("°C", "degrees Celsius").replace("1 g", "ein Gramm"))
"""


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    place = tmp_path / "sentences.tsv"
    place.write_text(SENTENCES, "utf-8")
    return place


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["gauntlet", *map(str, arguments)])


def program(tmp_path: Path, code: str) -> str:
    place = tmp_path / "prepare.py"
    place.write_text(READS + code, "utf-8")
    return shlex.join([sys.executable, str(place)])


def facts(result: Result) -> dict[str, Any]:
    return dict(json.loads(result.output))


def test_our_own_rules_say_every_sentence_as_expected() -> None:
    result = run("--json")
    told = facts(result)
    assert (result.exit_code, told["failures"], told["preparation"]) == (0, [], "voicegen")
    assert told["sentences"] >= 400
    assert set(told["languages"]) == {"de", "en", "es", "fr"}
    for counts in told["languages"].values():
        assert counts["exact"] == sum(
            counts[name] for name in ("exact", "equivalent", "reworded", "unread", "wrong")
        )
        assert counts["kinds"]["doses and units"]["exact"] >= 20


def test_a_careless_program_is_told_what_it_gets_wrong(tmp_path: Path, sentences: Path) -> None:
    result = run("--corpus", sentences, "--json", "--program", program(tmp_path, CARELESS))
    told = facts(result)
    assert result.exit_code == told["exit_code"] == 1
    assert {failure["shown"]: failure["verdict"] for failure in told["failures"]} == {
        "Store below −18 °C.": "wrong",
        "Take 25mcg once.": "wrong",
        "Do not drive.": "wrong",
    }
    reasons = {failure["shown"]: failure["reasons"] for failure in told["failures"]}
    assert "shown but not said: -18 celsius" in reasons["Store below −18 °C."]
    assert "said but not shown: 25 mg" in reasons["Take 25mcg once."]
    assert 'the word "not" is shown but not said' in reasons["Do not drive."]
    assert told["languages"]["en"] == told["languages"]["en"] | {"exact": 1, "wrong": 3, "unread": 0}
    assert told["languages"]["de"] == told["languages"]["de"] | {"equivalent": 1, "wrong": 0}


def test_failures_are_shown_with_what_was_expected_and_what_was_given(tmp_path: Path, sentences: Path) -> None:
    result = run("--corpus", sentences, "--show", "--program", program(tmp_path, CARELESS))
    assert "wrong (en-GB): Take 25mcg once.\n  expected: Take 25 micrograms once.\n" in result.output
    assert "  given:    Take 25 milligrams once.\n" in result.output
    assert result.output.splitlines()[-1] == "5 sentences, 3 not said as expected."


def test_a_program_that_leaves_the_text_alone_is_not_called_wrong_and_not_right(tmp_path: Path) -> None:
    code = "sys.stdout.reconfigure(encoding='utf-8')\nfor line in lines: print(line)"
    result = run("--json", "--lang", "en", "--program", program(tmp_path, code))
    counts = facts(result)["languages"]["en"]
    assert result.exit_code == 1
    assert counts["wrong"] == counts["reworded"] == 0
    assert counts["unread"] > counts["exact"] + counts["equivalent"]


def test_nothing_that_a_program_answers_steers_the_terminal(tmp_path: Path, sentences: Path) -> None:
    code = "for line in lines: print('\\x1b[2J\\x07 evil \\u202e')"
    result = run("--corpus", sentences, "--show", "--program", program(tmp_path, "import os\n" + code))
    assert result.exit_code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sys.exit('no grammar for ' + lang)", "it failed for en-GB (exit code 1). It said: no grammar for en-GB"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "it failed for en-GB (exit code -11)"),
        ("print(lines[0])", "it answered 1 lines for 4 sentences in en-GB"),
        ("print('\\n'.join(lines * 2))", "it answered 8 lines for 4 sentences in en-GB"),
        ("", "it answered 0 lines for 4 sentences in en-GB"),
        ("sys.stdout.buffer.write(b'Take 500\\nStore \\xff\\xfe\\n\\n\\n')", "is not UTF-8 (line 2)"),
        ("import time\ntime.sleep(60)", "it took longer than 1 seconds (--timeout) for en-GB"),
        ("import os, time\nos.close(1)\ntime.sleep(60)", "it took longer than 1 seconds (--timeout) for en-GB"),
        ("while True: sys.stdout.write('x' * 65536)", "it wrote more than 1 MiB for en-GB"),
        ("import subprocess\nsubprocess.Popen(['sleep', '60'])", "it took longer than 1 seconds (--timeout)"),
    ],
)
def test_a_program_that_does_not_do_its_part_is_named_with_the_reason(
    tmp_path: Path, sentences: Path, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voicegen.gauntlet import preparations

    monkeypatch.setattr(preparations, "MOST_BYTES", 1 << 20)
    started = time.monotonic()
    arguments = ("--timeout", "1") if "longer" in words else ()
    result = run("--corpus", sentences, *arguments, "--program", program(tmp_path, code))
    assert result.exit_code == 2
    assert result.output.startswith("voicegen: --program ")
    assert words in result.output
    assert "Traceback" not in result.output
    assert time.monotonic() - started < 50  # the programs themselves take a minute, or never end


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--program", "no-such-program-here"), "it can't be started"),
        (("--program", "unclosed 'quote"), "it can't be read"),
        (("--program", ""), "it is empty"),
        (("--program", "x", "--engine", "espeak"), "only one can be scored at a time"),
        (("--engine", "no-such-engine"), "there is none of that name"),
        (("--engine", "tone"), "can't be known without listening"),
        (("--engine", "gtts"), "can't be known without listening"),
        (("--lang", "cy"), "no sentence is in cy"),
        (("--corpus", "."), "there is no .tsv file here"),
        (("--corpus", "missing.tsv"), "does not exist"),
        (("--timeout", "0"), "is not in the range"),
    ],
)
def test_a_wrong_option_ends_with_exit_code_2(
    tmp_path: Path, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert (result.exit_code, words in result.output, "Traceback" in result.output) == (2, True, False)


def test_an_engine_is_scored_by_what_it_makes_of_the_text_as_it_is(tmp_path: Path) -> None:
    place = tmp_path / "sounds.tsv"
    place.write_text(
        "en-GB\tDo not drive.\tDo not drive.\n"
        "en-GB\tA stone of <5 mm.\tA stone of less than 5 millimetres.\n"
        "en-GB\tRest 20–30 days.\tRest 20 to 30 days.\n"
        "en-GB\tGive 4 mg/kg.\tGive 4 milligrams per kilogram.\n"
        "en-GB\tAn MRI.\tAn M R I.\n",
        "utf-8",
    )
    told = facts(run("--corpus", place, "--engine", "espeak", "--json"))
    verdicts = {failure["shown"]: (failure["verdict"], failure["reasons"][1:]) for failure in told["failures"]}
    assert verdicts == {
        "A stone of <5 mm.": ("wrong", ['not heard: "less than"']),
        "Rest 20–30 days.": ("wrong", ['not heard: "to"']),
        "Give 4 mg/kg.": ("reworded", []),
    }


def test_the_sentences_are_found_in_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "corpus"
    installed.mkdir()
    (installed / "en.tsv").write_text("en\tRest.\tRest.\n", "utf-8")
    monkeypatch.setattr(corpus, "PLACES", (installed, tmp_path / "nowhere"))
    assert "1 sentence, 0 not said as expected." in run().output
    monkeypatch.setattr(corpus, "PLACES", (tmp_path / "nowhere",))
    result = run()
    assert (result.exit_code, "its sentences were not installed" in result.output) == (2, True)
