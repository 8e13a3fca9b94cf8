#!/usr/bin/env python3
"""Sets voicegen up on a machine that has only Python, then builds or tests. Standard library only.

    python3 bootstrap.py build     sets up, and builds every page of content/ into output/
    python3 bootstrap.py test      sets up, and runs the tests
    python3 bootstrap.py lowest    after test: some of them again, with the oldest packages that we say will do
    python3 bootstrap.py pythons   after test: most of them again, with Python 3.13 and 3.14

All may be run again at any time. Everything is installed into .venv beside this file, with pinned versions
and hashes (requirements/). `test` also installs the Debian packages that the tests' real parts need, where it
may (as root, or by sudo without a password); elsewhere it names what is missing and what did not run.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)
GET_PIP = "https://bootstrap.pypa.io/get-pip.py"
"""The Python Packaging Authority's own installer of pip, for a Python that comes without pip and ensurepip."""
DEBIAN_PACKAGES = {
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
    "cc": "build-essential",
    "chromium": "chromium",
    "daisy-player": "daisy-player",
    "dbus-daemon": "dbus-daemon",
    "debootstrap": "debootstrap",
    "ffmpeg": "ffmpeg",
    "faketime": "faketime",
    "firefox-esr": "firefox-esr",
    "fish": "fish",
    "flite": "flite",
    "gpo": "gpodder",
    "gsettings": "libglib2.0-bin",
    "ip": "iproute2",
    "java": "default-jre-headless",
    "lou_translate": "liblouis-bin",
    "lowntfs-3g": "ntfs-3g",
    "mpv": "mpv",
    "node": "nodejs",
    "npm": "npm",
    "openbox": "openbox",
    "orca": "orca",
    "patchelf": "patchelf",
    "prlimit": "util-linux",
    "pulseaudio": "pulseaudio",
    "sipp": "sip-tester",
    "strace": "strace",
    "speech-dispatcher": "speech-dispatcher",
    "systemd-analyze": "systemd",
    "tmux": "tmux",
    "unshare": "util-linux",
    "xdotool": "xdotool",
    "zsh": "zsh",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/share/xml/w3c-sgml-lib/schema/dtd/REC-smil-19980615/smil10.dtd": "w3c-sgml-lib",
}
"""Program, or path of a file, → Debian package that brings it."""
ASTERISK = Path(os.environ.get("VOICEGEN_ASTERISK") or Path.home() / ".cache" / "voicegen" / "asterisk")
"""A telephone system in a folder of its own, for the tests of the hold line; kept outside the project."""
ASTERISK_RELEASES = ("sid", "bullseye")
"""Releases of Debian that have it, best first."""
NODE = HERE / "tests" / "npm"
"""Where package.json says which checkers come from npm; they are installed beside it."""
LOWEST_TESTS = (
    *("sources", "sound", "speech/test_rules.py", "speech/test_sentences.py", "engines/test_espeak.py"),
    *("formats/test_feed.py", "formats/test_html.py", "formats/test_epub.py", "formats/test_m4b.py"),
    *("test_lexicon.py", "reviews/test_review_server.py"),
)
"""Tests that use every package a build needs; one of them builds every page of content/ in every format."""
ROOM = 8 << 30
"""Bytes of memory that must be free for the tests' files; they need about half of it."""
SECONDS: dict[str, float] = {}
"""Step of `test` → how long it took."""


def main() -> int:
    """Runs the command that is asked for; gives its exit code."""
    commands = {"build": build, "test": test, "lowest": lowest, "pythons": pythons}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        print(__doc__)
        return 2
    if sys.version_info < OLDEST:
        print(f"voicegen needs Python 3.11 or later; this is {sys.version.split()[0]}.")
        print("Run this file with a later one, such as python3.12 bootstrap.py build.")
        return 2
    try:
        return commands[sys.argv[1]](sys.argv[2:])
    except subprocess.CalledProcessError as failure:
        print(f"\nbootstrap: this step failed: {' '.join(map(str, failure.cmd))}", file=sys.stderr)
        return failure.returncode or 1
    except KeyboardInterrupt:
        return 130


def build(arguments: list[str]) -> int:
    """Sets up and builds."""
    install("run.txt")
    code = subprocess.call([BIN / "voicegen", "-C", HERE, "build", *arguments])
    if code == 0:
        print(f"From now on: {BIN / 'voicegen'} build (more: {BIN / 'voicegen'} --help).")
    return code


def test(arguments: list[str]) -> int:
    """Sets up and tests: the linters, the types, and every test."""
    with timed("Python packages"):
        install("test.txt")
    with timed("system packages"):
        missing = system_packages()
    with (
        timed("packages from npm, a telephone system, Pythons, ruff and mypy"),
        ThreadPoolExecutor() as side_by_side,
    ):
        brought = [
            side_by_side.submit(step) for step in (node_packages, asterisk, other_pythons)
        ]  # they wait for servers
        codes = [lint()]
        for step in brought:
            step.result()
    with timed("pytest"), quick_folder() as folder:
        pytest: list[str | Path] = [BIN / "python", "-m", "pytest", *(arguments or every_test())]
        code = subprocess.call(pytest, cwd=HERE, env={**os.environ, **folder})
        if code == 1 and not arguments:
            say("\nOnce more, alone, what failed while it waited for a browser, a screen reader or a telephone")
            only = ["--last-failed", "--last-failed-no-failures=none", "--once-more"]
            again: list[str | Path] = [BIN / "python", "-m", "pytest", *only]
            code = subprocess.call(again, cwd=HERE, env={**os.environ, **folder})
        codes.append(code)
    print("\nSeconds: " + ", ".join(f"{step} {seconds:.0f}" for step, seconds in SECONDS.items()))
    if missing:
        names = ", ".join(f"{program} (Debian package {DEBIAN_PACKAGES[program]})" for program in missing)
        print(f"\nNot on this machine: {names}.\nThe tests that need them did not run; the list above says which.")
    return max(codes)


def lowest(arguments: list[str]) -> int:
    """Tests with the lowest versions that pyproject.toml allows; what only tests need comes from .venv."""
    install("test.txt")
    place = HERE / ".venv-lowest"
    python = place / BIN.relative_to(VENV) / "python"
    known, now = place / "voicegen-lowest", digest("lowest.txt")
    if not known.is_file() or known.read_text() != now:
        say(f"Installing the lowest versions into {place} (once)")
        shutil.rmtree(place, ignore_errors=True)
        subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", place])
        pip: list[str | Path] = [
            BIN / "python",
            "-m",
            "pip",
            "--python",
            python,
            "--disable-pip-version-check",
            "install",
            "--quiet",
        ]
        wanted = HERE / "requirements" / "lowest.txt"
        subprocess.check_call([*pip, "--only-binary", ":all:", "--require-hashes", "-r", wanted])
        (own,) = packages_of(python)
        Path(own, "tests.pth").write_text("\n".join(packages_of(BIN / "python")))  # searched after its own
        known.write_text(now)
    chosen = arguments or [f"tests/{name}" for name in LOWEST_TESTS]
    with quick_folder() as folder:
        pytest: list[str | Path] = [python, "-m", "pytest", *every_test()[:-1], *chosen]
        return subprocess.call(pytest, cwd=HERE, env={**os.environ, **folder})


def pythons(arguments: list[str]) -> int:
    """Tests with each other Python that can be had here (tests/other_pythons.py)."""
    install("test.txt")
    return subprocess.call([BIN / "python", "-m", "tests.other_pythons", "test", *arguments], cwd=HERE)


def packages_of(python: Path) -> list[str]:
    """The folder that a Python has its packages in."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")[:1]


def lint() -> int:
    """Runs the linters and the types, and prints what each said; gives the worst exit code."""
    codes = []
    for step in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]):
        outcome = subprocess.run(
            [BIN / step[0], *step[1:]], cwd=HERE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        print(f"{' '.join(step)}: {outcome.stdout.rstrip()}", flush=True)
        codes.append(outcome.returncode)
    return max(codes)


def every_test() -> list[str]:
    """How pytest runs all of them: one more at a time than there are processors, since some wait for sound."""
    workers = str((os.cpu_count() or 1) + 1)
    return ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", "--durations=15"]


@contextmanager
def quick_folder() -> Iterator[dict[str, str]]:
    """The environment that has the tests' thousands of small files in memory, where there is room for them.

    Every publication is flushed to the disk before it counts; on a slow one, tests would wait for little else.
    """
    memory = Path("/dev/shm")  # noqa: S108
    if not memory.is_dir() or shutil.disk_usage(memory).free < ROOM or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        yield {}
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="voicegen-tests-", ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Remembers how long a step took, for the line at the end."""
    start = time.monotonic()
    try:
        yield
    finally:
        SECONDS[step] = time.monotonic() - start


def install(requirements: str) -> None:
    """Brings .venv to what the requirements file says; quick where it is so already."""
    wanted = HERE / "requirements" / requirements
    if installed(requirements) or installed("test.txt"):  # what the tests need includes what a build needs
        return
    if not working_python():
        make_venv()
    say(f"Installing what {requirements.split('.')[0]} needs into {VENV} (once)")
    pip: list[str | Path] = [BIN / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.check_call([*pip, "--require-hashes", "-r", wanted])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "--editable", HERE])
    stamp(requirements).write_text(digest(requirements))


def installed(requirements: str) -> bool:
    """Whether .venv is as the requirements file says."""
    path = stamp(requirements)
    return path.is_file() and path.read_text() == digest(requirements)


def stamp(requirements: str) -> Path:
    """The file in .venv that tells what was installed."""
    return VENV / f"voicegen-{requirements.split('.')[0]}"


def digest(requirements: str) -> str:
    """What is written there."""
    data = (HERE / "requirements" / requirements).read_bytes() + (HERE / "pyproject.toml").read_bytes()
    return f"{hashlib.sha256(data).hexdigest()} {HERE}"


def working_python() -> bool:
    """Whether .venv has a Python with pip that starts."""
    try:
        return subprocess.call([BIN / "python", "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv() -> None:
    """Makes .venv with pip in it, by whatever way this Python has."""
    say(f"Making {VENV}")
    shutil.rmtree(VENV, ignore_errors=True)
    if quietly([sys.executable, "-m", "venv", VENV]) and working_python():
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if shutil.which("virtualenv") and quietly(["virtualenv", "--python", sys.executable, VENV]):
        return
    if not quietly([sys.executable, "-m", "venv", "--without-pip", VENV]):
        sys.exit("This Python can't make virtual environments. On Debian and Ubuntu: apt install python3-venv.")
    if quietly([sys.executable, "-m", "pip", "--python", BIN / "python", "install", "--quiet", "pip"]):
        return
    say(f"This Python comes without pip; fetching it by {GET_PIP}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            installer = Path(folder, "get-pip.py")
            with urllib.request.urlopen(GET_PIP, timeout=60) as answer:
                installer.write_bytes(answer.read(20_000_000))
            subprocess.check_call([BIN / "python", installer, "--quiet"])
    except OSError as trouble:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(f"pip could not be fetched ({trouble}). On Debian and Ubuntu: apt install python3-venv.")


def quietly(command: list[object]) -> bool:
    """Whether the command can be run and succeeds; its words are kept from the screen."""
    try:
        return subprocess.run(list(map(str, command)), capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def system_packages() -> list[str]:
    """Installs the programs that the tests need where it may; gives those that are missing after that."""
    missing = [program for program in DEBIAN_PACKAGES if not is_here(program)]
    as_root = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo", "-n"]
    may = not as_root or (shutil.which("sudo") and quietly(["sudo", "-n", "true"]))
    if missing and may and shutil.which("apt-get"):
        packages = sorted({DEBIAN_PACKAGES[program] for program in missing})
        say(f"Installing the system packages {', '.join(packages)}")
        apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        subprocess.call([*apt, "update"])
        subprocess.call([*apt, "install", "-y", "--no-install-recommends", *packages], stdout=subprocess.DEVNULL)
    return [program for program in missing if not is_here(program)]


def is_here(part: str) -> bool:
    """Whether a program can be started, or a file is there."""
    return bool(shutil.which(part)) or (part.startswith("/") and Path(part).is_file())


def node_packages() -> None:
    """Installs the checkers that come from npm; quick where it is done. Without npm, their tests say so."""
    wanted = (NODE / "package.json").read_bytes()
    stamp = NODE / "node_modules" / ".voicegen"
    if not shutil.which("npm") or (stamp.is_file() and stamp.read_bytes() == wanted):
        return
    say("Installing the checkers that come from npm (once)")
    no_browsers = {"PUPPETEER_SKIP_DOWNLOAD": "1", "ELECTRON_SKIP_BINARY_DOWNLOAD": "1"}
    quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
    command = [shutil.which("npm") or "npm", "install", *quiet]
    subprocess.check_call(command, cwd=NODE, env={**os.environ, **no_browsers})
    stamp.write_bytes(wanted)


def asterisk() -> None:
    """Brings Asterisk into a folder of its own; quick where it is there. Elsewhere its tests say so."""
    program = shutil.which("debootstrap")
    if (ASTERISK / "usr" / "sbin" / "asterisk").exists() or not program or os.geteuid() != 0:
        return
    say(f"Bringing a telephone system for the tests into {ASTERISK} (once, some minutes)")
    for release in ASTERISK_RELEASES:
        new = ASTERISK.with_name("asterisk.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        if quietly([program, "--variant=minbase", "--include=asterisk", release, new]):
            new.rename(ASTERISK)
            return


def other_pythons() -> None:
    """Brings other Pythons into a folder of their own; quick where they are there."""
    subprocess.check_call([BIN / "python", "-m", "tests.other_pythons"], cwd=HERE)


def say(words: str) -> None:
    """Tells what takes a while."""
    print(f"{words} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
