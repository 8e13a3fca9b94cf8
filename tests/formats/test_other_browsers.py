"""The page in Firefox and WebKit: what may be otherwise there than in Chromium, where all else is tested."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.formats.test_embed import HOST, READY, sound
from tests.formats.test_player import republished
from tests.other_browsers import OtherBrowser, firefox, started, until, webkit

pytestmark = [
    pytest.mark.needs("pulseaudio"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # selenium's own doing
]

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
def other_browser(request: pytest.FixtureRequest) -> Iterator[OtherBrowser]:
    with request.param() as browser:
        yield browser


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


def test_pages_in_a_page_play_from_the_caret_and_one_at_a_time_and_the_list_is_searched(
    other_browser: OtherBrowser, site: Path, tmp_path: Path
) -> None:
    page = other_browser
    place = Path(shutil.copytree(site, tmp_path / "output"))
    (place / "host.html").write_text(HOST)
    (place / "host.css").touch()
    first, second = (f"document.querySelectorAll('voicegen-page')[{number}].shadowRoot" for number in (0, 1))
    with serving(place) as port:
        page.open(f"http://127.0.0.1:{port}/host.html")
        page.wait(f"({READY})()")
        line = f"[...{first}.querySelectorAll('.line')].at(-1)"
        page.run(f"""document.addEventListener('selectionchange', () => {{ window.told = true; }});
            const words = document.createTreeWalker({line}, NodeFilter.SHOW_TEXT).nextNode();
            getSelection().setBaseAndExtent(words, 1, words, 1);
            {sound(0)}.addEventListener('playing', () => {{ window.begun = {sound(0)}.currentTime; }});""")
        page.wait("window.told")
        page.press("page_here", first)
        page.wait(f"window.begun > {sound(0)}.duration - 5")
        page.press("page_play", second)
        page.wait(f"{sound(0)}.paused && {sound(1)}.currentTime > 0")
        page.open(f"http://127.0.0.1:{port}/index.html")
        page.wait("!document.querySelector('#page_search').hidden")
        page.run("""const find = document.querySelector('#page_find');
            find.value = 'FÚSION'; find.dispatchEvent(new Event('input'));""")
        page.wait("document.querySelector('#page_status').textContent.startsWith('1 ')")
