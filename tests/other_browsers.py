"""Firefox and WebKit for tests, each through its own maker's door: Marionette, and WebDriver.

Chromium's tests use Playwright, which can drive Debian's Chromium and needs browsers of its own for the others.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedRWPair
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, WebKitGTK
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

PATIENCE = 60.0
"""Seconds; a busy machine's browser takes long."""
STATE = """[...document.querySelectorAll("#page_state, #page_kept, h1")].map(part => part.textContent).concat(
    [...document.querySelectorAll("audio")].map(it => [it.currentTime, it.readyState, it.paused, it.error?.code])
)"""
"""How a page and its player stand."""


@dataclass(frozen=True)
class OtherBrowser:
    """A page in a browser."""

    open: Callable[[str], object]
    run: Callable[[str], Any]
    """What a script gives that ends with `return`."""
    enter: Callable[[], object]
    """Presses the Enter key, wherever the focus is."""

    def ask(self, question: str) -> Any:
        """What an expression is worth in the page."""
        return self.run(f"return ({question})")

    def press(self, name: str, tree: str = "document") -> None:
        """Works the control with this id from the keyboard."""
        self.run(f"{tree}.getElementById('{name}').focus()")
        self.enter()

    def wait(self, question: str) -> None:
        """Waits until an expression is true; else an AssertionError that tells how the player stands."""

        def is_so() -> bool:
            with suppress(WebDriverException):  # the page may just be going away
                return bool(self.ask(question))
            return False

        try:
            until(is_so)
        except AssertionError:
            raise AssertionError(f"{question}: not so; {self.ask(STATE)}") from None


@contextmanager
def firefox() -> Iterator[OtherBrowser]:
    """Firefox without a window."""
    with (
        tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile,
        loudspeaker() as where,
    ):
        Path(profile, "user.js").write_text('user_pref("marionette.port", 0);')
        told = Path(profile, "MarionetteActivePort")
        command = ("firefox-esr", "--headless", "--no-remote", "--marionette", "--profile", profile)
        with started(*command, environment=where):
            until(lambda: told.exists() and told.read_text())
            address = ("127.0.0.1", int(told.read_text()))
            with socket.create_connection(address, PATIENCE) as line, line.makefile("rwb") as messages:
                browser = Marionette(messages)
                yield OtherBrowser(browser.open, browser.run, browser.enter)


class Marionette:
    """Firefox's own protocol: WebDriver's commands in JSON with their length before them, over a line.

    Firefox's Source Docs, "Marionette: Protocol". Debian has no program that translates WebDriver to it, and the
    package for Python asks for an older psutil than others do.
    """

    def __init__(self, messages: BufferedRWPair) -> None:
        self._messages, self._number = messages, 0
        self._next()  # it says first who it is
        self._send("NewSession", capabilities={})

    def open(self, address: str) -> None:
        self._send("Navigate", url=address)

    def run(self, script: str) -> Any:
        return self._send("ExecuteScript", script=script, args=[], sandbox=None)["value"]

    def enter(self) -> None:
        press = [{"type": kind, "value": Keys.ENTER} for kind in ("keyDown", "keyUp")]
        self._send("PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": press}])

    def _send(self, command: str, **facts: object) -> Any:
        """What the browser answers; a WebDriverException where it can't."""
        self._number += 1
        message = json.dumps([0, self._number, f"WebDriver:{command}", facts]).encode()
        self._messages.write(b"%d:%b" % (len(message), message))
        self._messages.flush()
        _, number, error, answer = self._next()
        assert number == self._number
        if error:
            raise WebDriverException(f"{command}: {error['message']}")
        return answer

    def _next(self) -> Any:
        length = 0
        while (sign := self._messages.read(1)) != b":":
            length = 10 * length + int(sign)  # a ValueError where the browser has ended
        return json.loads(self._messages.read(length))


@contextmanager
def webkit() -> Iterator[OtherBrowser]:
    """WebKit, which Safari is made of, in GTK's small browser on a display of its own."""
    (program,) = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))[-1:]
    options = Options()
    options.binary_location = str(program)
    options.add_argument("--automation")
    options.set_capability("browserName", "MiniBrowser")
    with loudspeaker() as where, display() as number, surroundings({**where, "DISPLAY": number}):
        browser = WebKitGTK(options, Service(shutil.which("WebKitWebDriver")))
        try:
            yield OtherBrowser(
                browser.get,
                browser.execute_script,
                lambda: ActionChains(browser).send_keys(Keys.ENTER).perform(),
            )
        finally:
            browser.quit()


@contextmanager
def loudspeaker() -> Iterator[Mapping[str, str]]:
    """The environment of programs whose sound goes nowhere, at the speed at which it would be heard."""
    with tempfile.TemporaryDirectory(prefix="sound-") as place:  # short: names of sockets have at most 107 bytes
        sound = Path(place, "sound")
        where = {"HOME": place, "XDG_RUNTIME_DIR": place, "PULSE_SERVER": f"unix:{sound}"}
        modules = ("module-null-sink", f"module-native-protocol-unix socket={sound} auth-anonymous=1")
        loads = [word for module in modules for word in ("--load", module)]
        command = ("pulseaudio", "-n", "--exit-idle-time=-1", "--use-pid-file=no", *loads)
        with started(*command, environment=where):
            until(sound.exists)
            yield where


@contextmanager
def display() -> Iterator[str]:
    """The name of a display that nobody looks at."""
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-nolisten", "tcp", "-noreset")
    with os.fdopen(read) as lines, started(*command, passes=(write,)):
        os.close(write)
        yield f":{lines.readline().strip()}"


@contextmanager
def started(
    *command: str, environment: Mapping[str, str] = MappingProxyType({}), passes: Sequence[int] = ()
) -> Iterator[None]:
    """A program that runs meanwhile."""
    quiet = subprocess.DEVNULL
    program = subprocess.Popen(
        command, env=os.environ | environment, stdin=quiet, stdout=quiet, stderr=quiet, pass_fds=passes
    )
    try:
        yield
    finally:
        program.kill()
        program.wait()


@contextmanager
def surroundings(more: Mapping[str, str]) -> Iterator[None]:
    """More variables of the environment for the programs that are started meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in more.items():
            patch.setenv(name, value)
        yield


def until(is_so: Callable[[], object]) -> None:
    """Waits; an AssertionError where it lasts too long."""
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends, "it did not come up"
        time.sleep(0.05)
