"""The same pages become the same bytes with each Python that can be had here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Project
from tests.other_pythons import found
from tests.test_identical_bytes import PAGES, SETTINGS

CONTENT = ("hipertension.html", "lumbar-spinal-stenosis.txt", "pronunciations.toml")
VERSIONS = ("3.13", "3.14")
ODD = """<!doctype html><html lang="en">
<head><title>Odd &copy pages</title><script>a="<!--<script>";</script></head><body><h1>Odd &amp pages</h1>
<p>A dose of 5&nbsp;mg, &frac12 a tablet, &bigstar; 2 &times 5 ml. <!-- c --!> After it.</p>
<p>One <!> two <!-> three <!--> four <![CDATA[ five ]]> six <?xml ?> seven </ > eight <3 nine.</p>
<p>Free \U0001fa77 for all \U0001fae9, STRASSE \u1e9e, \u0130stanbul, \ufb01ve, \u2467 and \u0967\u0968.</p>
<p><a href="http://[::1">a</a> <a href="?a=1&lang=2">b</a> <a href="\thttps://x.example/\u00e4?\u00f6#\u00fc">c</a></p>
<textarea>raw &lt; text</textarea><style><!-- </style><p>Styles end.</p><script>if(a</script >b</script>
<p>The end</body>"""
BUILD = "from voicegen.cli import main; main()"
KNOWN = """import sys, unicodedata, json
print(json.dumps([n for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) != "Cn"]))"""


@pytest.fixture(scope="module")
def pythons() -> dict[str, Path]:
    ready = found()
    missing = sorted(set(VERSIONS) - set(ready))
    if missing:
        words = f"Python {' and '.join(missing)} is not here (python3 bootstrap.py test brings it where it may)"
        pytest.fail(words) if os.environ.get("CI") else pytest.skip(words)
    return ready


def built(python: Path, place: Path) -> dict[str, str]:
    """The digest of every file, by its path. Nothing that Python will take away may be used."""
    for engine, pages in (("tone", None), ("espeak", ["nosebleed.md"])):
        project = Project(place / engine, SETTINGS.replace('"tone"', f'"{engine}"'))
        for path in (ROOT / "content").iterdir():
            if path.name in (pages or CONTENT):
                shutil.copy(path, project.place / "content")
        for name, words in [] if pages else [*PAGES.items(), ("odd.html", ODD)]:
            project.page(name, words)
        warned = ["-W", "error::DeprecationWarning", "-W", "error::PendingDeprecationWarning"]
        outcome = subprocess.run(
            [python, *warned, "-c", BUILD, "build"],
            cwd=project.place,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    files = [path for path in place.glob("*/output/**/*") if path.is_file()]
    return {path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return built(Path(sys.executable), tmp_path_factory.mktemp("ours"))


@pytest.mark.parametrize("version", VERSIONS)
def test_another_python_makes_the_same_bytes_of_the_same_pages(
    version: str, pythons: dict[str, Path], ours: dict[str, str], tmp_path: Path
) -> None:
    theirs = built(pythons[version], tmp_path)
    assert theirs.keys() == ours.keys()
    assert [path for path in ours if theirs[path] != ours[path]] == []
    assert {"odd", "asthma", "fever"} <= {path.split("/")[2] for path in ours}


@pytest.mark.parametrize("version", VERSIONS)
def test_whatever_another_python_knows_beyond_ours_is_a_picture_or_refused(
    version: str, pythons: dict[str, Path]
) -> None:
    from voicegen.model.characters import NEWER, PICTURES

    def known(python: Path) -> set[int]:
        outcome = subprocess.run([python, "-c", KNOWN], capture_output=True, text=True, check=True)
        return set(json.loads(outcome.stdout))

    beyond = known(pythons[version]) ^ known(Path(sys.executable))
    assert sys.version_info[:2] != (3, 11) or beyond
    assert [hex(n) for n in beyond if n not in PICTURES and not NEWER.match(chr(n))] == []
