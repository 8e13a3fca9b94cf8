"""A desktop of its own for a screen reader: display, messages, windows, voice, Orca and Chromium.

    python -m tests.screen_reader.desktop HOME READ WRITE

Everything lives in the folder HOME and ends with this program, which ends when its standard input does: also when
a test run is killed. READ and WRITE are file descriptors by which Chromium is asked what goes on (devtools.py).
Prints the number of the display when all of it is up. Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.screen_reader.processes import family

HERE = Path(__file__).resolve().parent
PATIENCE_S = 60.0
"""How long a part may take to come up on a busy machine."""
BECOME_SUBREAPER = 36
"""Of prctl(2): children of children that lost their parent become ours, so that none outlives us."""
DEVTOOLS = (3, 4)
"""Where Chromium reads what it is asked, and where it writes the answers."""
SPEECH = """AudioOutputMethod "alsa"
AudioALSADevice "null"
SymbolsPreproc "none"
AddModule "writing" "{synthesiser}" ""
DefaultModule writing
"""
WINDOWS = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/><mouse/></openbox_config>
"""
"""A window manager that takes no keys for itself: Alt+Shift+Right is Orca's."""
CHROMIUM = (
    "chromium",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--force-renderer-accessibility",
    "--remote-debugging-pipe",
    "--window-size=1280,1000",
    "--window-position=0,0",
)


def main(home: Path, read: int, write: int) -> None:
    """Starts the parts in their order, waits for the end of standard input, and ends them."""
    apart = [fcntl.fcntl(number, fcntl.F_DUPFD, 10) for number in (read, write)]
    for place, number in zip(DEVTOOLS, apart, strict=True):
        os.dup2(number, place)
    ctypes.CDLL(None).prctl(BECOME_SUBREAPER, 1, 0, 0, 0)
    try:
        environment, display = desktop(home)
        programs(home, environment)
        print(display, flush=True)
        sys.stdin.read()
    finally:
        end_all()


def desktop(home: Path) -> tuple[dict[str, str], str]:
    """The environment of programs on a new desktop, and the number of its display."""
    environment = {name: os.environ[name] for name in ("PATH",)} | {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "HEARD": str(home / "heard"),
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "CACHE", "DATA")},
        "XDG_RUNTIME_DIR": str(home / "run"),
    }
    (home / "run").mkdir(mode=0o700)
    (home / "heard").touch()
    display = said("Xvfb", "-displayfd", "{}", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset")
    environment["DISPLAY"] = f":{display}"
    bus = said("dbus-daemon", "--session", "--nofork", "--print-address={}", environment=environment)
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    return environment, display


def programs(home: Path, environment: Mapping[str, str]) -> None:
    """Starts window manager, voice, screen reader and browser; each is up before the next is started."""
    for key, name in (("interface", "toolkit-accessibility"), ("a11y.applications", "screen-reader-enabled")):
        run = ("gsettings", "set", f"org.gnome.desktop.{key}", name, "true")
        subprocess.run(run, env=environment, check=True)
    keys = home / "windows.xml"
    keys.write_text(WINDOWS)
    start("openbox", "--config-file", str(keys), environment=environment)
    settings = home / "config" / "speech-dispatcher" / "speechd.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(SPEECH.format(synthesiser=HERE / "synthesiser.py"))
    start("speech-dispatcher", "--run-single", "--timeout", "0", environment=environment)
    wait("Speech Dispatcher", (home / "run" / "speech-dispatcher" / "speechd.sock").is_socket)
    start("/usr/bin/python3", str(HERE / "orca_alone.py"), environment=environment)
    wait("Orca", lambda: "Screen reader on" in (home / "heard").read_text("utf-8"))
    start(*CHROMIUM, f"--user-data-dir={home / 'profile'}", environment=environment, pass_fds=DEVTOOLS)


def start(*command: str, environment: Mapping[str, str], pass_fds: tuple[int, ...] = ()) -> None:
    """Starts a program; what it prints goes to our standard error."""
    subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, pass_fds=pass_fds)


def said(*command: str, environment: Mapping[str, str] | None = None) -> str:
    """The first line that a program writes to the file descriptor whose number takes the place of {}."""
    read, write = os.pipe()
    filled = [part.format(write) for part in command]
    start(*filled, environment=environment or os.environ, pass_fds=(write,))
    os.close(write)
    with open(read) as lines:  # noqa: PTH123
        return lines.readline().strip()


def wait(what: str, is_up: Callable[[], bool]) -> None:
    """Waits until a part is up. Raises TimeoutError where it does not come."""
    late = time.monotonic() + PATIENCE_S
    while not is_up():
        if time.monotonic() > late:
            raise TimeoutError(f"{what} did not come up")
        time.sleep(0.05)


def end_all() -> None:
    """Ends every process that came from here: first kindly."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        late = time.monotonic() + 3
        while (found := family(os.getpid())) and time.monotonic() < late:
            for process in found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, sign)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            time.sleep(0.05)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
