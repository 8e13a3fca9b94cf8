"""What all tests share: no network beyond this machine, no home folder, and small projects to build."""

from __future__ import annotations

import fcntl
import ipaddress
import os
import shutil
import signal
import socket
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser import launched
from tests.object_store import ENVIRONMENT, seaweed
from voicegen.build import build
from voicegen.config import load
from voicegen.extensions import engines, formats
from voicegen.report import Result

settings.register_profile("voicegen", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("voicegen")  # how busy the machine is, is no fault of a test

ROOT = Path(__file__).parent.parent
NODE_MODULES = ROOT / "tests" / "npm" / "node_modules"
PAGE = """Gallstones

What they are
Gallstones are small hard pieces. They form in the gallbladder.

Symptoms
Pain in the upper belly is common. Do not eat fatty food.
It can last for hours.

Treatment
Your doctor may suggest tablets. Many people need no treatment.
"""
"""A page in plain text with a title, three sections and seven sentences below them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--once-more", action="store_true", help="only what waits for live programs may run again")
    parser.addoption("--save-golden", action="store_true", help="save what golden pages become as the truth")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background; programs would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "needs(program): the test runs a program that may not be on this machine")


def is_here(part: str) -> bool:
    """Whether a program, a file, or a package of tests/npm ("npm:NAME"), is on this machine."""
    package = part.removeprefix("npm:")
    if package != part:
        return (NODE_MODULES / package).is_dir()
    return bool(shutil.which(part)) or (part.startswith("/") and Path(part).is_file())


LONGEST = (
    "test_asterisk.py",
    "test_docs.py",
    "test_bootstrap.py",
    "test_memory.py",
    "test_pages_in_chromium.py",
    "test_html_in_chromium.py",
    "test_player.py",
    "test_reasons.py",
    "test_cli.py",
    "test_leaving.py",
    "test_properties.py",
    "test_nothing_lost.py",
    "test_taking_back.py",
    "test_file_calls.py",
    "test_machines.py",
    "test_disks.py",
)
"""Files that take longest: they come first, so that no worker has one left when the others are done. They do so
with xdist's --no-loadscope-reorder only, as bootstrap.py gives it: without, files of many tests come first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


LIVE = {"chromium", "other_browser", "reader", "heard"}
"""Fixtures of tests that wait for a browser, a screen reader or a telephone, which a busy machine holds up."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.config.getoption("--once-more") and not LIVE & set(getattr(item, "fixturenames", ())):
        pytest.fail("it failed the first time, and waits for no live program that could be to blame")
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            if not is_here(program):
                words = f"{program} is not on this machine (python3 bootstrap.py test installs it where it may)"
                if os.environ.get("CI"):
                    pytest.fail(words)
                pytest.skip(words)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    marked = item.get_closest_marker("fault") or item.get_closest_marker("attack")
    if report.skipped and marked and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = "a test of a fault or an attack may not be skipped in CI"
    return report


@pytest.fixture(scope="session", autouse=True)
def _alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No connection leaves this machine, and nobody's home folder is read or written."""
    patch = pytest.MonkeyPatch()
    connect: Callable[..., Any] = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            host = "127.0.0.1" if address[0] == "localhost" else address[0]
            if not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {address}")
        return connect(self, address)

    patch.setattr(socket.socket, "connect", guarded)
    home = str(tmp_path_factory.mktemp("home"))
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        patch.setenv(name, home)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of this project's own pages in every format, built once for all tests."""
    base = tmp_path_factory.getbasetemp()
    # Workers of pytest-xdist have a folder each, side by side; the first that comes here builds for all.
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "all-formats"
    with open(place.with_suffix(".lock"), "w") as lock:  # noqa: PTH123
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").exists():
            shutil.copytree(ROOT / "content", place / "content")
            own = (ROOT / "voicegen.toml").read_text("utf-8")
            every = '[publications]\nformats = ["all"]\naddress = "https://clinic.example/listen/"\n'
            (place / "voicegen.toml").write_text(f"{own}\n{every}", "utf-8")
            result = build(load(place, engines(), formats()))
            assert result.exit_code == 0, [error for page in result.pages for error in page.errors]
            (place / "done").touch()
    return place / "output"


@pytest.fixture(scope="session")
def object_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real object store, and its keys in the environment."""
    patch = pytest.MonkeyPatch()
    for name, value in ENVIRONMENT.items():
        patch.setenv(name, value)
    with seaweed(tmp_path_factory.mktemp("seaweed")) as port:
        yield port
    patch.undo()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tool:
        browser = launched(tool)
        yield browser
        browser.close()


class Project:
    """A project in a folder of its own, spoken by the quick engine unless told otherwise."""

    def __init__(self, place: Path, settings: str = '[voice]\nengine = "tone"\n') -> None:
        self.place = place
        self.output = place / "output"
        (place / "content").mkdir(parents=True)
        (place / "voicegen.toml").write_text(settings, "utf-8")

    def page(self, name: str, text: str = PAGE) -> Path:
        path = self.place / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def build(self, **options: Any) -> Result:
        return build(load(self.place, engines(), formats()), **options)

    def tree(self) -> dict[str, bytes]:
        """Every published file."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


@contextmanager
def closed(folder: Path, number: int) -> Iterator[None]:
    """While it lasts, the system refuses, with an errno, to say what lies in a folder; whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("scandir", "listdir"):
            patch.setattr(os, name, partial(_refusing, getattr(os, name), folder, number))
        yield


def _refusing(call: Callable[..., Any], folder: Path, number: int, place: Any = ".") -> Any:
    if not isinstance(place, int) and Path(place) == folder:
        raise OSError(number, os.strerror(number), str(place))
    return call(place)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., Project]:
    def make(name: str = "project", **options: Any) -> Project:
        return Project(tmp_path / name, **options)

    return make
