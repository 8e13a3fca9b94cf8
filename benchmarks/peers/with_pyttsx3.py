#!/usr/bin/env python3
"""pyttsx3: each section into a file, all joined by ffmpeg. A file that did not come is asked for again.

with_pyttsx3.py SECTIONS OUTPUT
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pyttsx3

TRIES = 5
output = Path(sys.argv[2])
for page in sorted(Path(sys.argv[1]).iterdir()):
    wavs = []
    for text in sorted(page.glob("*.txt")):
        wav = output / f"{page.name}-{text.stem}.wav"
        wavs.append(wav)
        wav.unlink(missing_ok=True)  # of an earlier run
        for _ in range(TRIES):  # on Linux, save_to_file may give nothing and say nothing
            engine = pyttsx3.init()
            engine.setProperty("voice", "gmw/en-US")
            engine.setProperty("rate", 125)
            engine.save_to_file(text.read_text(), str(wav))
            engine.runAndWait()
            deadline = time.monotonic() + 2
            while time.monotonic() < deadline and not (wav.exists() and wav.stat().st_size > 44):
                time.sleep(0.02)
            if wav.exists() and wav.stat().st_size > 44:
                break
    names = output / f"{page.name}.list"
    names.write_text("".join(f"file '{wav}'\n" for wav in wavs if wav.exists()))
    recording = str(output / f"{page.name}.mp3")
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-f",
        "concat",
        "-safe",
        "0",
        "-i",
        str(names),
        "-b:a",
        "64k",
        recording,
    ]
    subprocess.run(command, check=True)
