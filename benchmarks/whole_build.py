#!/usr/bin/env python3
"""The whole build of all pages against the floor: what everything else costs.

    python benchmarks/whole_build.py [--rounds N] [--content FOLDER] [--jobs N]

The floor is one process that speaks each line once with the same library, and encodes the same sound, silences
included, once for each codec (the recording as MP3 and AAC, the editions for telephones for those); it makes no
pages, keeps nothing, checks nothing. Both are run in turn, on the
same machine, several rounds; what counts is the ratio of CPU seconds (user and system, all processes).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from measuring import ROOT, VOICEGEN, cleared, measured

FLOOR = """
import json, sys, os
work = json.load(open(sys.argv[1]))
sys.path.insert(0, work["root"])
from voicegen.engines._espeak_worker import Speech
from voicegen.sound import aac, mp3, phone
os.chdir(work["data"])
speech, known = {}, {}
def said(voice, text):
    if voice not in speech:
        speech[voice] = Speech(work["library"], voice, work["rate"], 50)
    if (voice, text) not in known:
        pieces = []
        speech[voice].speak(text, lambda piece: pieces.append(bytes(piece)))
        known[voice, text] = b"".join(pieces)
    return known[voice, text]
for page in work["pages"]:
    sound, at = [], 0
    for voice, text, start in page:
        sound += [bytes(2 * max(0, start - at)), said(voice, text)]
        at = start + len(said(voice, text)) // 2
    pcm = b"".join(sound)
    pcm += bytes(-len(pcm) % (2 * 9216))
    if "mp3" in work["codecs"]:
        for _ in mp3.encode([pcm], len(pcm) // 2, 22050, work["mp3_kbits"]): pass
    if "aac" in work["codecs"]:
        for _ in aac.encode([pcm], len(pcm) // 2, 22050, work["aac_kbits"]): pass
for chapter in work["phone"]:
    sound = []
    for voice, text in chapter["lines"]:
        sound.append(said(voice, text))
    size = chapter["samples"] * 22050 // 8000 * 2
    phone.encode([b"".join(sound).ljust(size, b"\\0")[:size]], size // 2, 22050)
"""


def floor_work(project: Path, codecs: tuple[str, ...] = ("mp3", "aac")) -> Path:
    """Writes down what the floor has to speak, and where in the recording: the silences are encoded too."""
    sys.path.insert(0, str(ROOT))
    from voicegen.config.sections import M4b, Mp3
    from voicegen.engines import espeak

    engine = espeak.engine({})
    voices = {voice.lang.lower(): voice for voice in reversed(engine.voices())}
    names = {tag: engine.worker(voice).argv[5] for tag, voice in voices.items()}
    callers = {tag: engine.worker(engine.telephone_voice(voice)).argv[5] for tag, voice in voices.items()}
    pages, phone = [], []
    for path in sorted((project / "output").glob("*/timeline.json")):
        lines = [line for chapter in json.loads(path.read_text())["chapters"] for line in chapter["lines"]]
        spoken = []
        for line in lines:
            tag = line["lang"].lower()
            name = names.get(tag) or names[tag.split("-")[0]]
            spoken.append((name, line["spoken"], line["start"]))
        pages.append(spoken)
    for path in sorted((project / "output").glob("*/phone/phone.json")):
        facts = json.loads(path.read_text())
        name = callers.get(facts["lang"].lower()) or callers[facts["lang"].lower().split("-")[0]]
        for chapter in (one for edition in facts["editions"] for one in edition["chapters"]):
            lines = [(name, text) for text in chapter["spoken"] if text]
            phone.append({"lines": lines, "samples": chapter["samples"]})
    rate = int(engine.worker(voices["en"]).argv[6])
    work = {
        "root": str(ROOT),
        "data": str(engine.library.folder),
        "library": engine.library.path,
        "rate": rate,
        "pages": pages,
        "phone": phone,
        "codecs": codecs,
        "mp3_kbits": Mp3().kbits,
        "aac_kbits": M4b().kbits,
    }
    target = project / "floor.json"
    target.write_text(json.dumps(work))
    return target


def main() -> None:
    """Runs the rounds and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    build = [*VOICEGEN, "-j", str(options.jobs)]
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(options.content, project / "content")
        if (options.content.parent / "voicegen.toml").exists():
            shutil.copy(options.content.parent / "voicegen.toml", project)
        measured(build, project)
        work = floor_work(project)
        seconds = sum(
            json.loads(path.read_text())["samples"] / 22_050 for path in project.glob("output/*/timeline.json")
        )
        rows = []
        for number in range(options.rounds):
            floor = measured([sys.executable, "-c", FLOOR, str(work)], project)
            cleared(project)
            cold = measured(build, project)
            again = measured(build, project)
            rows.append((floor, cold, again))
            print(
                f"round {number + 1}: floor {floor.cpu_s:.2f} s, cold build {cold.cpu_s:.2f} s "
                f"({cold.cpu_s / floor.cpu_s:.2f} x), wall {cold.wall_s:.2f} s, "
                f"nothing changed {again.cpu_s:.2f} s, largest process {cold.peak_bytes / 1e6:.0f} MB",
                flush=True,
            )
    ratio = statistics.median(cold.cpu_s / floor.cpu_s for floor, cold, _ in rows)
    memory = max(cold.peak_bytes for _, cold, _ in rows) / 1e6
    print(
        f"{seconds / 60:.1f} minutes of sound; cold build {ratio:.2f} x the floor in CPU; at most {memory:.0f} MB"
    )
    print(
        f"python {sys.version.split()[0]}, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB here"
    )
    print(time.strftime("measured %Y-%m-%d"))


if __name__ == "__main__":
    main()
