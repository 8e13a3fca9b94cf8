"""The page in Firefox and WebKit: what may be otherwise there than in Chromium, where all else is tested."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.formats.test_player import republished
from tests.other_browsers import OtherBrowser, firefox, started, until, webkit

PLAYER = "!document.querySelector('#page_player').hidden"
TIME = "document.querySelector('audio').currentTime"
PLAYING = f"!document.querySelector('audio').paused && {TIME} > 0"
KEPT = "document.querySelector('#page_kept').textContent.includes('are kept on this device')"
SERVER = """
import sys
from pathlib import Path
from voicegen.serve import Preview
server = Preview(Path(sys.argv[1]), int(sys.argv[2]))
Path(sys.argv[3]).write_text(str(server.server_port))
server.serve_forever()
"""
"""A server in a process of its own: where it is killed, no connection to it goes on."""


@contextmanager
def serving(place: Path, port: int = 0) -> Iterator[int]:
    """The port at which a folder is served, `port` itself where one is given."""
    told = place.with_name("port")
    told.unlink(missing_ok=True)
    with started(sys.executable, "-c", SERVER, str(place), str(port), str(told)):
        until(lambda: told.exists() and told.read_text())
        yield int(told.read_text())


@pytest.fixture(
    params=[
        pytest.param(firefox, marks=pytest.mark.needs("firefox-esr"), id="firefox"),
        pytest.param(webkit, marks=pytest.mark.needs("WebKitWebDriver", "Xvfb"), id="webkit"),
    ]
)
def other_browser(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OtherBrowser]:
    with request.param(tmp_path / "browser") as browser:
        yield browser


@pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning")  # selenium's own doing
@pytest.mark.needs("pulseaudio")
def test_it_is_heard_in_parts_kept_heard_on_without_a_network_and_there_in_its_newer_version(
    other_browser: OtherBrowser, site: Path, tmp_path: Path
) -> None:
    page = other_browser
    place = Path(shutil.copytree(site, tmp_path / "output"))
    with serving(place) as port:
        address = f"http://127.0.0.1:{port}/rich/index.html"
        page.open(address)
        page.wait(PLAYER)
        page.press("page_play")
        page.wait(PLAYING)
        page.press("page_next")
        page.wait("document.querySelector('#page_status').textContent.startsWith('Chapter 2 of')")
        start = page.ask("JSON.parse(document.querySelector('#page_data').textContent).chapters[1]") / 1000
        page.wait(f"{TIME} > {start}")
        page.wait("document.querySelectorAll('.line.heard').length === 1")
        page.wait(KEPT)
        page.press("page_play")
        page.wait("document.querySelector('audio').paused")
        page.open(address)
        page.wait("document.querySelector('audio').readyState > 0")
    page.run(f"{TIME} = 40")
    page.press("page_play")
    page.wait(f"{PLAYING} && {TIME} > 40")
    page.open(address)
    page.wait(PLAYER)
    page.press("page_play")
    page.wait(PLAYING)
    with serving(place, port):
        page.open(address)
        page.wait(PLAYER)
        republished(place, site)
        page.press("page_play")
        page.wait("document.querySelector('h1').textContent === 'Corrected spinal fusion'")
        page.wait(PLAYER)
        page.press("page_play")
        page.wait(PLAYING)
