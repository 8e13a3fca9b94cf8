"""Python environments of their own for what is measured beside voicegen: each peer with the versions it asks for.

`peers/NAME.txt` pins all packages of one by their digests; nothing is taken that is not in it, so that what would
load a neural voice (PyTorch, Kokoro, some 5 GB) stays away.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).parent / "peers"
PLACE = Path.home() / ".cache" / "voicegen" / "peers"
LEAST, BELOW = (3, 11, 5), (3, 13)
"""The Pythons for which there are audiblez, abogen and the other pinned packages."""


def interpreter() -> str:
    """A Python that the peers run in. Ends the program where there is none."""
    if LEAST <= sys.version_info < BELOW:
        return sys.executable
    for name in ("python3.12", "python3.11"):
        if found := shutil.which(name):
            return found
    sys.exit("audiblez and abogen run in Python 3.11 and 3.12 only: have one of them on the PATH")


def environment(name: str) -> Path:
    """The folder of that environment's programs; it is made, once for each content of its pins."""
    pins = PINS / f"{name}.txt"
    folder = PLACE / f"{name}-{hashlib.sha256(pins.read_bytes()).hexdigest()[:12]}"
    done = folder / "complete"
    if not done.exists():
        print(f"making the environment {folder}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([interpreter(), "-m", "venv", folder], check=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", pins]).returncode:
            sys.exit(
                f"pip could not install {pins.name}; `beside_peers.py --peers` measures without what needs it"
            )
        done.touch()
    return folder / "bin"
