"""Memory does not grow with the length of the recording."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Project

SENTENCE = "Rest the leg and keep it high for as long as it hurts."
RUN = """
import json, resource, sys
from pathlib import Path
from voicegen.build import build
from voicegen.config import load
from voicegen.extensions import engines, formats
result = build(load(Path(sys.argv[1]), engines(), formats()), jobs=1)
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps([result.exit_code, result.pages[0].seconds, most]))
"""


def built(place: Path, sentences: int) -> tuple[int, int]:
    """Seconds of sound, and the most memory in bytes, of building a page with one long chapter."""
    project = Project(place, '[voice]\nengine = "tone"\n[publications]\nformats = ["mp3", "timeline", "phone"]\n')
    project.page("long.txt", "Long page\n\nWhat it is\n" + " ".join([SENTENCE] * sentences) + "\n")
    outcome = subprocess.run(
        [sys.executable, "-c", RUN, str(place)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    code, seconds, memory = json.loads(outcome.stdout)
    assert code == 0
    return seconds, memory


def test_a_recording_that_is_an_hour_longer_needs_hardly_more_memory(tmp_path: Path) -> None:
    short, less = built(tmp_path / "short", 200)
    long, more = built(tmp_path / "long", 1_400)
    assert long - short > 3_600
    sound = (long - short) * 8_000 * 2
    assert more - less < sound / 3, f"{(more - less) / 1e6:.0f} MB more for {sound / 1e6:.0f} MB of sound"
