"""Memory does not grow with the length of the recording, whatever is published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Project

SENTENCE = "Rest the leg and keep it high for as long as it hurts."
BITS = 8
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


def built(place: Path, text: str, formats: str) -> tuple[int, int]:
    """Seconds of sound, and the most memory in bytes, of building a page."""
    publications = f'[publications]\nformats = {formats}\naddress = "https://clinic.example/"\n'
    project = Project(place, f'[voice]\nengine = "tone"\n{publications}')
    project.page("long.txt", text)
    outcome = subprocess.run(
        [sys.executable, "-c", RUN, str(place)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    code, seconds, memory = json.loads(outcome.stdout)
    assert code == 0
    return seconds, memory


def one_chapter(sentences: int) -> str:
    return "Long page\n\nWhat it is\n" + " ".join([SENTENCE] * sentences) + "\n"


def many_chapters(count: int) -> str:
    """Chapters that sound alike, and so are encoded once; they are spelled differently, and so are no copies."""

    def chapter(number: int) -> str:
        units = ("mg" if number >> bit & 1 else "milligrams" for bit in range(BITS))
        doses = " ".join(f"Take 5 {unit} at noon." for unit in units)
        return f"Treatment\n{doses}\n" + " ".join([SENTENCE] * 40)

    return "Long page\n\nIt is long.\n\n" + "\n\n".join(map(chapter, range(count))) + "\n"


def test_a_chapter_that_is_an_hour_longer_needs_hardly_more_memory(tmp_path: Path) -> None:
    formats = '["mp3", "timeline", "phone"]'
    short, less = built(tmp_path / "short", one_chapter(200), formats)
    long, more = built(tmp_path / "long", one_chapter(1_400), formats)
    assert long - short > 3_600
    sound = (long - short) * 8_000 * 2
    assert more - less < sound / 3, f"{(more - less) / 1e6:.0f} MB more for {sound / 1e6:.0f} MB of sound"


def test_an_hour_more_of_chapters_needs_hardly_more_memory_in_all_publications_together(tmp_path: Path) -> None:
    short, less = built(tmp_path / "short", many_chapters(3), '["all"]')
    long, more = built(tmp_path / "long", many_chapters(33), '["all"]')
    assert long - short > 3_600
    sound = (long - short) * 8_000 * 2
    assert more - less < sound / 3, f"{(more - less) / 1e6:.0f} MB more for {sound / 1e6:.0f} MB of sound"
