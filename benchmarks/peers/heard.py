#!/usr/bin/env python3
"""What is in recordings, by decoding them: whether all of a page is spoken there, and how many chapters they have.

heard.py --speak SECTIONS REFERENCE.json     how long our engine speaks each page's text, pauses apart
heard.py REFERENCE.json OUTPUT PAGE...       of each page's recording: its length, its digest, its chapters, and
                                             how much is spoken in it beside that ("share")

What is spoken: the pieces of 20 ms that are louder than 40 dB below the loudest ones. A lost section is an eighth
of a page. What is spoken in other words, or in shorter sentences, moves the share by some hundredths.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

RATE_HZ, PIECE = 22_050, 441
QUIET = 0.01
"""40 dB below."""


def spoken_s(pcm: bytes) -> float:
    """Seconds that hold speech."""
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    levels = np.sqrt((samples[: len(samples) // PIECE * PIECE].reshape(-1, PIECE) ** 2).mean(axis=1))
    return float((levels > QUIET * np.quantile(levels, 0.99)).sum()) * PIECE / RATE_HZ


def recording(output: Path, page: str) -> Path:
    """The newest recording of the page, an MP3 rather than an M4B. Ends the program where there is none."""
    found = [path for kind in ("mp3", "m4b") for path in output.rglob(f"{page}.{kind}")]
    if not found:
        sys.exit(f"{output}: no recording of {page}")
    return max(found, key=lambda path: (path.suffix == ".mp3", path.stat().st_mtime_ns))


def heard(path: Path, reference_s: float) -> dict[str, object]:
    """The facts of one recording."""
    decode = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        path,
        "-map",
        "0:a",
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        str(RATE_HZ),
        "-",
    ]
    pcm = subprocess.run(decode, check=True, capture_output=True).stdout
    probe = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", path]
    chapters = json.loads(subprocess.run(probe, check=True, capture_output=True).stdout)["chapters"]
    return {
        "seconds": len(pcm) / 2 / RATE_HZ,
        "share": spoken_s(pcm) / reference_s,
        "chapters": len(chapters),
        "bytes": path.stat().st_size,
        "digest": hashlib.sha256(pcm).hexdigest(),
    }


def main() -> None:
    """Speaks the reference, or listens."""
    if sys.argv[1] == "--speak":
        from voice import Pipeline

        sections, target = Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve()
        voice = Pipeline()
        texts = {
            page.name: [file.read_text() for file in sorted(page.glob("*.txt"))] for page in sections.iterdir()
        }
        said = {page: spoken_s(b"".join(map(voice.pcm, parts))) for page, parts in texts.items()}
        target.write_text(json.dumps(said))
        return
    reference = json.loads(Path(sys.argv[1]).read_text())
    output = Path(sys.argv[2])
    print(json.dumps({page: heard(recording(output, page), reference[page]) for page in sys.argv[3:]}))


if __name__ == "__main__":
    main()
