#!/usr/bin/env python3
"""What a developer writes in an afternoon: BeautifulSoup, espeak-ng for each sentence, pydub, and captions.

script.py CONTENT OUTPUT
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from pydub import AudioSegment


def made(page: Path, output: Path) -> None:
    """Speaks one page."""
    soup = BeautifulSoup(page.read_text(), "html.parser")
    sound, cues = AudioSegment.silent(0, 22_050), ["WEBVTT", ""]
    clip = output / "clip.wav"
    for element in soup.main.find_all(["h1", "h2", "p", "li", "td", "th"]):
        for sentence in re.split(r"(?<=[.?!]) ", element.get_text(" ", strip=True)):
            command = ["espeak-ng", "-v", "en-us", "-s", "125", "-w", str(clip), "--", sentence]
            subprocess.run(command, check=True)
            start = len(sound)
            sound += AudioSegment.from_wav(clip)
            cues += [f"{stamp(start)} --> {stamp(len(sound))}", sentence, ""]
    sound.export(output / f"{page.stem}.mp3", format="mp3", bitrate="64k")
    (output / f"{page.stem}.vtt").write_text("\n".join(cues))


def stamp(ms: int) -> str:
    """A time as WebVTT writes it."""
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


for each in sorted(Path(sys.argv[1]).glob("*.html")):
    made(each, Path(sys.argv[2]))
