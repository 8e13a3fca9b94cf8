"""What of other systems can be had on this one: a Python without Unix, and names that are taken there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project

REMOVED = {
    *("asynchat", "asyncore", "distutils", "imp", "smtpd"),  # in 3.12
    *(
        "aifc",
        "cgi",
        "cgitb",
        "chunk",
        "crypt",
        "imghdr",
        "lib2to3",
        "mailcap",
        "msilib",
        "nis",
    ),  # in 3.13
    *("nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib"),
}
"""Modules of the standard library that Python 3.12 and 3.13 no longer have ("What's New"); 3.14
took none. audioop is left out: a package brings it back (pyproject.toml)."""
GONE = {
    "ast": {"Num", "Str", "Bytes", "NameConstant", "Ellipsis"},
    "pkgutil": {"ImpImporter", "ImpLoader", "find_loader", "get_loader"},
    "asyncio": {"get_child_watcher", "set_child_watcher", "coroutine"},
    "locale": {"resetlocale", "getdefaultlocale"},
    "datetime": {"utcnow", "utcfromtimestamp"},
    "typing": {"ByteString", "io", "re"},
    "tarfile": {"extractall"},
    "ssl": {"wrap_socket", "match_hostname"},
    "unittest": {"makeSuite", "findTestCases"},
    "logging": {"warn"},
    "urllib.request": {"URLopener", "FancyURLopener"},
}
"""By module: names that 3.12, 3.13 or 3.14 took away, or warn that they will."""
UNIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "syslog"}
WITHOUT_UNIX = """
import os, select, sys, threading, subprocess

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "resource", "pwd", "grp", "termios", "pty", "syslog"}:
            raise ImportError(name)

for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Absent())
for name in ("sched_getaffinity", "fork", "killpg", "getuid", "geteuid", "O_NOFOLLOW", "O_DIRECTORY", "O_SYNC"):
    if hasattr(os, name):
        delattr(os, name)
del select.poll

from voicegen import publishing
publishing._swap = lambda one, other: False
from voicegen.cli import main
main(["-C", sys.argv[1], *sys.argv[2:]])
"""


def without_unix(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_UNIX, project.place, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_pages_are_built_changed_and_taken_back_without_anything_that_only_unix_has(tmp_path: Path) -> None:
    formats = 'formats = ["html", "mp3", "webvtt", "timeline"]'
    project = Project(tmp_path / "clinic", f'[voice]\nengine = "espeak"\n\n[publications]\n{formats}\n')
    path = project.page("gallstones.txt")
    outcome = without_unix(project, "build")
    assert "1 made, 0 unchanged, 0 failed" in outcome.stdout, outcome.stdout + outcome.stderr
    first = project.tree()
    path.write_text(PAGE.replace("hours", "days"), "utf-8")
    outcome = without_unix(project, "build")
    assert "1 made" in outcome.stdout, outcome.stdout + outcome.stderr
    for words in (["verify"], ["rollback", "gallstones"], ["status"], ["plan"], ["doctor"]):
        outcome = without_unix(project, *words)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert project.tree()["gallstones/captions.vtt"] == first["gallstones/captions.vtt"]


@pytest.mark.parametrize("path", sorted((ROOT / "voicegen").rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_uses_what_a_later_python_has_not_or_needs_what_only_unix_has(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    guarded = {
        id(node) for block in ast.walk(tree) if isinstance(block, ast.Try) for node in ast.walk(block)
    }  # in `try: … except ImportError`
    for node in ast.walk(tree):
        modules: set[str] = set()
        if isinstance(node, ast.Import):
            modules = {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            modules = {node.module.partition(".")[0]}
            assert not {name.name for name in node.names} & GONE.get(node.module, set())
        assert not modules & REMOVED
        assert not modules & UNIX_ONLY or id(node) in guarded, f"{modules} is not on Windows"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert node.attr not in GONE.get(node.value.id, set()), f"{node.value.id}.{node.attr}"


@pytest.mark.parametrize("name", ["aux", "CON", "com1", "LPT9", "nul", "COM¹", "name.", "name ", "a:b", "what?"])
def test_a_name_that_windows_refuses_becomes_a_folder_that_it_takes_or_is_named(
    project: Project, name: str
) -> None:
    project.page(f"{name}.txt")
    result = project.build()
    for report in result.pages:
        folder = report.id
        assert report.outcome in {"made", "failed"}
        assert report.outcome == "failed" or folder == folder.strip(". ")
        taken = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
        assert report.outcome == "failed" or folder not in taken
    for path in project.output.rglob("*"):
        assert not set(path.name) & set('<>:"\\|?*'), path
        assert path.name == path.name.rstrip(". ")
