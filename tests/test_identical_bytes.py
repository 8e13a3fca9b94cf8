"""The same pages and settings give the same bytes in every publication, wherever and however they are built."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import PAGE, ROOT, Project

SETTINGS = """
[project]
title = "Health information to listen to"
publisher = "Riverside Spine & Health Centre"
[voice]
engine = "tone"
[phone]
editions = ["full", "short"]
[publications]
formats = ["all"]
address = "https://clinic.example/listen/"
"""
RICH = """<!doctype html><html lang="en-GB"><head><title>Asthma</title>
<meta name="author" content="Dr A. Reyes"></head><body>
<main><h1>Asthma</h1><p>Asthma is a <em>long-term</em> condition<sup><a href="#n1">1</a></sup>.</p>
<h2>Symptoms</h2><ul><li>Wheezing<ul><li>at night</li></ul></li><li>A tight chest</li></ul>
<table><caption>Inhalers</caption><tr><th>Name</th><th>Dose</th></tr>
<tr><td>Blue</td><td>2.5 mg</td></tr></table>
<h3>À la maison</h3><p lang="fr">Buvez de l'eau.</p><h2>Notes</h2><ol><li id="n1">Seen in 2026.</li></ol>
</main></body></html>"""
ARABIC = (
    "---\nlang: ar\nupdated: 2026-05-18\n---\n# الحمى عند الأطفال\n\nأعطه الماء.\n\n## متى تتصل\n\n- حرارة 39\n"
)
PAGES = {"asthma.html": RICH, "fever.md": ARABIC, "gallstones.txt": PAGE}
BUILD = "import os, sys; os.umask(int(sys.argv.pop(1), 8)); from voicegen.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Machine:
    """All that may differ from one machine to the next."""

    folder: str
    zone: str
    locale: str
    language: str
    umask: str
    hash_seed: str
    jobs: str
    time: int
    """When the sources were changed, in seconds of the epoch."""


ONE = Machine("a", "UTC", "C", "en", "022", "0", "1", 1)
OTHER = Machine(
    folder=f"Dokumente der Klinik/{'Übung für Gesundheit, señor ' * 5}/ende",
    zone="Pacific/Kiritimati",
    locale="C.UTF-8",
    language="ar:tr:de",
    umask="077",
    hash_seed="4711",
    jobs="2",
    time=2_000_000_000,
)


def built(place: Path, machine: Machine) -> dict[str, str]:
    """The digest of every published file, by its path."""
    project = Project(place / machine.folder, SETTINGS)
    for name, words in sorted(PAGES.items(), reverse=machine is ONE):
        path = project.page(name, words)
        os.utime(path, (machine.time, machine.time))
    told = {"TZ": machine.zone, "LC_ALL": machine.locale, "LANG": machine.locale, "LANGUAGE": machine.language}
    subprocess.run(
        [sys.executable, "-c", BUILD, machine.umask, "build", "--quiet", "--jobs", machine.jobs],
        cwd=project.place,
        env={**os.environ, **told, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": machine.hash_seed},
        check=True,
        timeout=300,
    )
    return {path: hashlib.sha256(data).hexdigest() for path, data in project.tree().items()}


@pytest.mark.fault(
    "F35",
    "processors, time zone, language, umask, hash seed, folder and times of files change no byte",
)
def test_nothing_but_pages_and_settings_changes_a_byte_of_any_publication(tmp_path: Path) -> None:
    one, other = built(tmp_path, ONE), built(tmp_path, OTHER)
    assert other.keys() == one.keys()
    assert [path for path in one if other[path] != one[path]] == []
    made = {path.removeprefix("asthma/asthma") for path in one if path.startswith("asthma/asthma")}
    assert made >= {".mp3", ".m4b", ".opus", ".epub", "-daisy202.zip", "-daisy3.zip", ".audiobook"}
    assert "feed.xml" in one
