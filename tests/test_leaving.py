"""What leaves this machine: nothing by default; with a cloud voice what staff were told, and no person's data."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project
from tests.engines.google_speech import GoogleSpeech, cut_short, running, status
from voicegen.leaving import Leaving

COUNTED = """
import re, subprocess, sys
subprocess.run("ip link set lo up && ip route add default dev lo && ip -6 route add default dev lo", shell=True)
def packets():
    return int(re.search(r"lo:\\s*\\d+\\s+(\\d+)", open("/proc/net/dev").read())[1])
before = packets()
code = subprocess.run(sys.argv[1:]).returncode
print("packets", packets() - before)
sys.exit(code)
"""
"""Runs a program where every address, near and far, leads to a loop whose packets are counted."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GoogleSpeech]:
    with running(tmp_path) as server:
        yield server


@pytest.fixture
def cloud(server: GoogleSpeech, make_project: Callable[..., Project]) -> Project:
    ours = (
        f'allow = true\naddress = "{server.address}"\nca_file = "{server.ca_file}"\ninterval_s = 0.01\ntries = 1\n'
    )
    formats = '[publications]\nformats = ["mp3", "timeline"]\n'
    return make_project("cloud", settings=f'[voice]\nengine = "gtts"\n[gtts]\n{ours}{formats}')


def counted(*command: str) -> subprocess.CompletedProcess[str]:
    inside = ["unshare", "-rn", sys.executable, "-c", COUNTED, *command]
    return subprocess.run(inside, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voicegen", "-C", str(project.place), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


# By default


@pytest.mark.needs("ip")
@pytest.mark.needs("unshare")
def test_a_build_as_it_comes_sends_not_one_packet(make_project: Callable[..., Project]) -> None:
    project = make_project(settings="")
    project.page("gallstones.txt")
    project.page(
        "home.html",
        "<html lang=en><h1>Knee</h1><p>See <a href='https://example.org'>more</a>.</p>"
        "<img src='https://example.org/knee.png' alt='A knee'><p>Rest it.</p></html>",
    )
    outcome = counted(sys.executable, "-m", "voicegen", "-C", str(project.place), "build")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "2 made, 0 unchanged, 0 failed" in outcome.stdout
    assert outcome.stdout.endswith("packets 0\n")


@pytest.mark.needs("ip")
@pytest.mark.needs("unshare")
@pytest.mark.parametrize(
    "call", ["socket.create_connection(('192.0.2.1', 80), 0.1)", "socket.getaddrinfo('a.test', 80)"]
)
def test_the_counter_of_packets_sees_a_connection_and_a_look_up_of_a_name(call: str) -> None:
    tried = f"import socket\ntry: {call}\nexcept OSError: pass"
    limits = "options timeout:1 attempts:1"
    outcome = counted(sys.executable, "-c", f"import os\nos.environ['RES_OPTIONS'] = '{limits[8:]}'\n{tried}")
    assert int(outcome.stdout.split()[-1]) > 0


# With a voice in the cloud


def test_configuration_without_command_or_command_without_configuration_sends_nothing(
    cloud: Project, server: GoogleSpeech, project: Project
) -> None:
    for place, arguments in (
        (cloud, ()),
        (project, ("--send-text-to", "gtts")),
        (cloud, ("--send-text-to", "espeak")),
    ):
        place.page("gallstones.txt")
        outcome = run(place, "build", *arguments)
        assert outcome.returncode == 2
        assert "--send-text-to" in outcome.stderr
    assert server.received == []


def test_the_first_line_says_which_host_gets_how_much_and_the_last_how_much_it_got(
    cloud: Project, server: GoogleSpeech
) -> None:
    cloud.page("gallstones.txt")
    outcome = subprocess.run(
        [sys.executable, "-m", "voicegen", "-C", str(cloud.place), "build", "--send-text-to", "gtts"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    first, *_, last = outcome.stdout.splitlines()
    host = server.address.removeprefix("https://")
    characters = sum(len(asked.text) for asked in server.received)
    assert first == f"To {host} goes the text of 1 page: {characters} characters in {len(server.received)} lines."
    assert f"{characters} characters left this machine, to {host}." in outcome.stdout
    assert "open" in last


def test_what_is_known_already_is_not_sent_again(cloud: Project, server: GoogleSpeech) -> None:
    said: list[Leaving] = []
    cloud.page("gallstones.txt")
    cloud.build(send_text_to="gtts", announce=said.append)
    cloud.page("gallstones.txt", PAGE.replace("for hours", "for days"))
    server.received.clear()
    result = cloud.build(send_text_to="gtts", announce=said.append)
    assert [asked.text for asked in server.received] == ["It can last for days."]
    assert (said[1].lines, said[1].characters, said[1].pages) == (1, 21, 1)
    assert (result.sent, result.leaving) == (21, said[1])
    assert cloud.build(send_text_to="gtts", announce=said.append).leaving is None
    assert len(said) == 2


def test_a_page_that_seems_to_hold_a_persons_data_is_refused_before_any_of_it_is_sent(
    cloud: Project, server: GoogleSpeech
) -> None:
    cloud.page("gallstones.txt")
    letter = PAGE.replace("Symptoms\n", "Symptoms\nDear Mrs Quill,\n\n").replace(
        "for hours", "for hours (943 476 5919)"
    )
    cloud.page("letter.txt", letter)
    outcome = run(cloud, "build", "--send-text-to", "gtts")
    assert outcome.returncode == 42
    assert "gallstones: made" in outcome.stdout
    assert "letter.txt: it seems to hold one person's data" in outcome.stderr
    assert "a greeting (chapter 3, line" in outcome.stderr
    assert "an NHS number (chapter 3, line" in outcome.stderr
    assert "docs/why/privacy.md" in outcome.stderr
    for words in ("Quill", "943"):
        assert words not in outcome.stdout + outcome.stderr
        assert not any(words in asked.text for asked in server.received)


def test_the_same_page_is_spoken_by_a_voice_on_this_machine(project: Project) -> None:
    project.page("letter.txt", PAGE.replace("Symptoms\n", "Symptoms\nDear Mrs Quill,\n\n"))
    assert project.build().exit_code == 0


@pytest.mark.parametrize("command", ["say", "pronounce"])
def test_a_text_that_is_said_is_announced_and_judged_too(
    cloud: Project, server: GoogleSpeech, command: str
) -> None:
    target = str(cloud.place / "x.wav")
    outcome = run(cloud, command, "Rest your knee.", "-o", target, "--send-text-to", "gtts")
    assert outcome.stderr.startswith(
        f"To {server.address.removeprefix('https://')} goes the text: 15 characters in 1 "
    )
    server.received.clear()
    outcome = run(cloud, command, "NHS number 943 476 5919.", "-o", target, "--send-text-to", "gtts")
    assert outcome.returncode == 42
    assert "an NHS number" in outcome.stderr
    assert server.received == []


def test_what_is_said_besides_pages_is_judged_line_by_line(cloud: Project, server: GoogleSpeech) -> None:
    settings = (cloud.place / "voicegen.toml").read_text()
    settings = settings.replace('["mp3", "timeline"]', '["mp3", "timeline", "phone"]')
    (cloud.place / "voicegen.toml").write_text(settings + '[phone]\nnotice = "Thank you, 943 476 5919."\n')
    cloud.page("gallstones.txt")
    outcome = run(cloud, "build", "--send-text-to", "gtts")
    assert "it seems to hold an NHS number and was not sent" in outcome.stderr
    assert not any("943" in asked.text for asked in server.received)


def test_messages_about_what_was_sent_hold_keys_and_lengths_and_no_words(
    cloud: Project, server: GoogleSpeech
) -> None:
    cloud.page("gallstones.txt")
    server.will(cut_short, status(403), *[status(500)] * 50)
    outcome = run(cloud, "build", "--json", "--send-text-to", "gtts")
    facts = json.loads(outcome.stdout)
    errors = [error["where"] for page in facts["pages"] for error in page["errors"]]
    assert errors
    assert all(where.startswith("line ") and where.endswith(" characters") for where in errors)
    for words in ("Gallstones", "gallbladder", "Pain"):
        assert words not in outcome.stdout + outcome.stderr


def test_a_worker_does_not_show_its_environment(server: GoogleSpeech) -> None:
    from voicegen.engines import gtts

    engine = gtts.engine(server.options(proxy="http://name:secret@127.0.0.1:1"))
    worker = engine.worker(engine.voices()[0])
    assert "secret" in str(dict(worker.env))
    assert "secret" not in repr(worker)
