"""A user of a screen reader: keys go in, and what Orca says comes out.

Chromium and Orca run on a desktop of their own (desktop.py); the voice writes down what it is given to say
(synthesiser.py). A key's answer is complete when nothing more is said and no process of the desktop has anything
left to do; so a busy machine makes a test slower, and changes nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.screen_reader.devtools import DevTools
from tests.screen_reader.processes import family, ticks, want_to_run

PROGRAMS = (
    "chromium", "dbus-daemon", "gsettings", "openbox", "orca", "speech-dispatcher", "xdotool", "Xvfb",
    "/usr/libexec/at-spi-bus-launcher",
)  # fmt: skip
"""What a desktop needs; bootstrap.py installs it."""
TRIES = 3
"""How often a desktop is started before we give up; nothing that comes after is tried again."""
CALM_S = 0.3
"""For so long nothing must have been said or done before an answer is complete."""
STEP_S = 0.05
IDLE_TICKS = 1
"""So much work within a step, in ticks of 10 ms, is that of clocks and cursors."""
PATIENCE_S = 60.0
PLAYING = "[...document.querySelectorAll('audio')].some(audio => !audio.paused)"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something that is said at once, and the language of the voice that says it."""

    text: str
    lang: str


@contextmanager
def screen_reader() -> Iterator[ScreenReader]:
    """A reader at a desktop that has come up; what fails on the way is tried again, at most twice."""
    for left in reversed(range(TRIES)):
        reader = ScreenReader()
        try:
            reader.wait_for_the_browser()
        except (TimeoutError, RuntimeError):
            reader.close()
            if not left:
                raise
        else:
            break
    try:
        yield reader
    finally:
        reader.close()


class ScreenReader:
    """Orca and Chromium on a desktop of their own, until it is closed."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="listener-"))  # short: names of sockets have at most 107 bytes
        self.downloads = self.home / "Downloads"
        self._heard = self.home / "heard"
        self._read = 0
        self._display = ""
        (ours, its_write), (its_read, our_write) = os.pipe(), os.pipe()
        self._page = DevTools(ours, our_write)
        with (self.home / "log").open("wb") as log:
            self._desktop = subprocess.Popen(
                [sys.executable, "-m", "tests.screen_reader.desktop", self.home, str(its_read), str(its_write)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                pass_fds=(its_read, its_write),
            )
        os.close(its_read)
        os.close(its_write)

    def wait_for_the_browser(self) -> None:
        """Returns when Orca has said what window is there. Raises TimeoutError where it does not come."""
        assert self._desktop.stdout is not None
        self._display = self._desktop.stdout.readline().decode().strip()
        if not self._display:
            raise TimeoutError((self.home / "log").read_text("utf-8", "replace")[-2000:])
        self._until(lambda: "Chromium" in self._heard.read_text("utf-8"), "Chromium's window")
        self._answer()

    def close(self) -> None:
        """Ends everything, and takes its folder away."""
        assert self._desktop.stdin is not None
        assert self._desktop.stdout is not None
        self._desktop.stdin.close()
        self._desktop.wait(60)
        self._desktop.stdout.close()
        self._page.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def open(self, address: str) -> list[str]:
        """Goes to an address as a user does; gives what is said until the page is there."""
        self.press("ctrl+l")
        said = self.type(address) + self.press("Return")
        there = f"location.href === {json.dumps(address)} && document.readyState === 'complete'"
        self._until(lambda: self.ask(there) is True, address)
        return said + self._more()

    def press(self, *keys: str) -> list[str]:
        """What is said after keys, named as by X11 ("ctrl+Home"), that are pressed one after the other."""
        return texts(self.hear(*keys))

    def hear(self, *keys: str) -> list[Utterance]:
        """The same, with the languages of the voice."""
        self._take()
        self._send("key", *keys)
        return self._answer()

    def press_until(self, key: str, words: str) -> list[str]:
        """What is said after a key until the words begin an utterance; for answers that wait for a server."""
        return self.listen_until(words, self.press(key))

    def listen_until(self, words: str, said: list[str]) -> list[str]:
        """What was said, and what is said after it until the words begin an utterance."""

        def is_said() -> bool:
            found = any(text.startswith(words) for text in said)
            said.extend(self._more())
            return found

        self._until(is_said, repr(words), said)
        return said

    def hears(self, words: str, said: list[str], seconds: float) -> bool:
        """Whether the words begin an utterance of `said`, or of what is added to it in the seconds that follow."""
        end = time.monotonic() + seconds
        while not (found := any(text.startswith(words) for text in said)) and time.monotonic() < end:
            time.sleep(0.1)
            said.extend(self._more())
        return found

    def type(self, text: str) -> list[str]:
        """What is said after a text was typed."""
        self._take()
        self._send("type", "--delay", "5", text)
        return self._more()

    def listen(self, seconds: float) -> list[str]:
        """What is said by itself in the time that follows."""
        self._take()
        time.sleep(seconds)
        return texts(self._take())

    def ask(self, expression: str) -> Any:
        """What a JavaScript expression gives in the page: the truth, to hold what is said against."""
        return self._page.evaluate(expression)

    def until(self, expression: str) -> None:
        """Waits until a JavaScript expression is true in the page."""
        self._until(lambda: self.ask(expression) is True, expression)

    def _send(self, *command: str) -> None:
        display = {**os.environ, "DISPLAY": f":{self._display}"}
        subprocess.run(("xdotool", *command), env=display, check=True)

    def _answer(self) -> list[Utterance]:
        self._until(self._calm, "an end of what is said and done")
        return self._take()

    def _calm(self) -> bool:
        """Whether nothing is said or done for the time of calm; a page that plays is never at rest."""
        before = self._state()
        for _ in range(round(CALM_S / STEP_S)):
            time.sleep(STEP_S)
            now = self._state()
            busy = now[1] - before[1] > IDLE_TICKS
            if now[0] != before[0] or (busy and not self._plays()):
                return False
            before = now
        return self._plays() or not want_to_run(family(self._desktop.pid))

    def _state(self) -> tuple[int, int]:
        """How much was said, and how much work was done."""
        return self._heard.stat().st_size, ticks(family(self._desktop.pid))

    def _plays(self) -> bool:
        return self.ask(PLAYING) is True

    def _more(self) -> list[str]:
        return texts(self._answer())

    def _take(self) -> list[Utterance]:
        """What was said since the last time."""
        with self._heard.open("rb") as heard:
            heard.seek(self._read)
            new = heard.read()
        new = new[: new.rfind(b"\n") + 1]
        self._read += len(new)
        return [Utterance(**json.loads(line)) for line in new.decode().splitlines()]

    def _until(self, reached: Callable[[], bool], what: str, said: Sequence[str] = ()) -> None:
        late = time.monotonic() + PATIENCE_S
        while not reached():
            if time.monotonic() > late:
                heard = [*said, *texts(self._take())]
                raise TimeoutError(f"not within {PATIENCE_S:.0f} s: {what}; heard: {heard}")
            time.sleep(0.02)


def texts(said: list[Utterance]) -> list[str]:
    """What was said, without what is silent."""
    return [utterance.text for utterance in said if utterance.text]
