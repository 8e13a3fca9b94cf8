"""What the benchmarks share: CPU seconds and memory of a command and all it starts, and a project to build."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNNER = (
    "import resource,subprocess,sys,time,json;t=time.monotonic();"
    "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode;"
    "r=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "print(json.dumps([r.ru_utime+r.ru_stime,time.monotonic()-t,r.ru_maxrss*1024,code]))"
)
"""Stands between, so that each command has counters of its own."""
VOICEGEN = (sys.executable, "-m", "voicegen", "build", "--plain")
CLICK = (sys.executable, "-c", "import click")


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed, a program is not compiled again for every run


@dataclass(frozen=True)
class Cost:
    """What a command took."""

    cpu_s: float
    """User and system, of it and of all that it started and waited for."""
    wall_s: float
    peak_bytes: int
    """Of the largest process."""


def measured(command: tuple[str, ...] | list[str], cwd: Path) -> Cost:
    """Runs the command; ends this program where it fails."""
    outcome = subprocess.run(
        [sys.executable, "-c", RUNNER, *command],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    )
    cpu, wall, memory, code = json.loads(outcome.stdout)
    if code:
        sys.exit(f"failed: {' '.join(command)}\n{outcome.stderr}")
    return Cost(cpu, wall, memory)


def circumstances() -> dict[str, object]:
    """When and where something was measured, as the report has it; `load` is that of the minute before."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "measured": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processor": processor,
        "cores": os.cpu_count(),
        "memory, GiB": round(memory / 2**20),
        "load": round(os.getloadavg()[0], 1),
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def cleared(project: Path) -> None:
    """Takes away everything that a build made or remembers."""
    for name in ("output", ".voicegen", "history"):
        shutil.rmtree(project / name, ignore_errors=True)


def multiplied(project: Path, times: int) -> None:
    """Makes a built project so many times as large, as if as many pages had been built.

    Every copy is a page of its own text and files, entered in the ledger as a build would have; the files are
    second names of the first page's, since a build with nothing to do does not open them.
    """
    sys.path.insert(0, str(ROOT))
    from voicegen import ledger  # imported late: the other benchmarks do without it

    known = ledger.load(project / ".voicegen" / "ledger.json")
    for name in list(known.pages):
        entry = known.pages[name]
        source = project / "content" / entry.source
        for number in range(1, times):
            copy, other = f"{name}-{number}", source.with_stem(f"{source.stem}-{number}")
            text = f"{source.read_text('utf-8')}<!-- {number} -->\n"
            other.write_text(text, "utf-8")
            files = {file.replace(name, copy): facts for file, facts in entry.files.items()}
            for file, renamed in zip(entry.files, files, strict=True):
                target = project / "output" / copy / renamed
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(project / "output" / name / file, target)
            place = other.relative_to(project / "content").as_posix()
            digests = {"text": text, "file": json.dumps(place)}
            stamp = entry.stamp | {part: hashlib.sha256(one.encode()).hexdigest() for part, one in digests.items()}
            known.pages[copy] = replace(entry, source=place, stamp=stamp, files=files)
    known.library.clear()  # the next build makes the list of all these pages, as one that had added them would
    known.save()
