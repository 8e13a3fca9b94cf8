"""Other Pythons than the one at work, in a folder of their own, with what a build needs. Standard library only.

    python -m tests.other_pythons          brings them (once), and says which there are
    python -m tests.other_pythons test     runs some of the tests with each of them

They come from a later Debian than the machine's: its packages are unpacked, not installed, and each Python is told
to use the C library that lies beside it. What a build needs is installed as anybody would, by the pip beside it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOM = Path(os.environ.get("VOICEGEN_PYTHONS") or Path.home() / ".cache" / "voicegen" / "pythons")
"""Kept outside the project, as the telephone system is."""
DEBIAN = ROOM / "debian"
RELEASES = (("testing", ("3.13", "3.14")), ("sid", ("3.14",)))
"""Releases of Debian and the Pythons that they have, best first. None has 3.12 any more."""
WITHOUT_WHEELS = {"pocketsphinx"}
"""Packages of requirements/test.txt that have none for the latest Python; the tests below need none of them."""
TESTS = (
    *(
        "sources",
        "speech",
        "steps",
        "sound",
        "converting",
        "fuzzing",
        "golden",
        "contracts",
        "theming",
        "personal",
    ),
    *("formats/test_html.py", "formats/test_epub.py", "formats/test_m4b.py", "formats/test_feed.py"),
    *("engines/test_espeak.py", "stores", "reviews/test_review_server.py"),
    *("test_build.py", "test_config.py", "test_lexicon.py", "test_cli.py", "test_publishing.py", "test_ledger.py"),
    *("test_verifying.py", "test_watching.py", "test_python.py", "test_json.py", "test_architecture.py"),
    *("faults/test_file_calls.py", "faults/test_workers.py", "faults/test_other_systems.py"),
)
"""All but what is about browsers, screen readers, telephones and this project's own files."""


def main() -> int:
    """Brings them, and tests with them if asked to; gives the worst exit code."""
    bring()
    worst = 0
    for version, python in found().items():
        print(f"Python {version}: {python}", flush=True)
        if sys.argv[1:2] == ["test"]:
            _install(python, "test.txt")
            every = (
                [] if any(Path(word).exists() for word in sys.argv[2:]) else [f"tests/{name}" for name in TESTS]
            )
            worst = max(worst, subprocess.call([python, "-m", "pytest", *sys.argv[2:], *every], cwd=ROOT))
    return worst


def found() -> dict[str, Path]:
    """Version → its Python, for those that have all that a build needs, of the versions that we pin now."""
    ready = (place / "bin" / "python" for place in sorted(ROOM.glob("3.*")))
    return {python.parent.parent.name: python for python in ready if _has(python, "run.txt")}


def bring() -> None:
    """Makes the room; quick where it is made. Where it can't be made, its tests say so."""
    if not any(DEBIAN.glob("usr/bin/python3.*")):
        tools = shutil.which("debootstrap") and shutil.which("patchelf")
        if not tools or os.geteuid() != 0 or not any(_unpacked(*release) for release in RELEASES):
            return
    for program in DEBIAN.glob("usr/bin/python3.*"):
        place = ROOM / program.name.removeprefix("python")
        if not (place / "bin" / "python").exists():
            subprocess.run([program, "-m", "venv", "--without-pip", place], check=True)
        _install(place / "bin" / "python", "run.txt")


def _unpacked(release: str, versions: tuple[str, ...]) -> bool:
    """Whether a Debian with these Pythons could be unpacked, and they start."""
    new = DEBIAN.with_name("debian.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    wanted = ",".join(f"python{version}-venv" for version in versions)
    foreign: list[str | Path] = [
        "debootstrap",
        "--foreign",
        "--variant=minbase",
        f"--include={wanted}",
        release,
        new,
    ]
    if subprocess.run(foreign, stdout=subprocess.DEVNULL, check=False).returncode:
        return False
    for package in (new / "var" / "cache" / "apt" / "archives").glob("*.deb"):
        subprocess.run(["dpkg-deb", "--extract", package, new], check=True)
    shutil.rmtree(DEBIAN, ignore_errors=True)
    new.rename(DEBIAN)
    (loader,) = DEBIAN.glob("usr/lib/*-linux-gnu*/ld-linux-*.so.*")
    for version in versions:
        program = DEBIAN / "usr" / "bin" / f"python{version}"
        own: list[str | Path] = ["--set-interpreter", loader, "--force-rpath", "--set-rpath", loader.parent]
        subprocess.run(["patchelf", *own, program], check=True)
        subprocess.run([program, "-c", "import ssl, zlib, ctypes"], check=True)
    return True


def _install(python: Path, requirements: str) -> None:
    """Installs what the file names, with its hashes; quick where it is so already."""
    if _has(python, requirements):
        return
    text = (ROOT / "requirements" / requirements).read_text("utf-8")
    for name in WITHOUT_WHEELS:
        text = re.sub(rf"(?m)^{name}==.*\n(?: +--hash.*\n)+", "", text)
    wanted = python.parent / requirements
    wanted.write_text(text, "utf-8")
    (pip_itself,) = DEBIAN.glob("usr/share/python-wheels/pip-*.whl")
    pip: list[str | Path] = [
        python,
        pip_itself / "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--only-binary",
        ":all:",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", wanted], check=True)
    (python.parent / f"{requirements}.done").write_text(_digest(requirements))


def _has(python: Path, requirements: str) -> bool:
    done = python.parent / f"{requirements}.done"
    return done.is_file() and done.read_text() == _digest(requirements)


def _digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / requirements).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
