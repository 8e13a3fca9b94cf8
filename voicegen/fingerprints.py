"""The engine's fingerprint and voicegen's own, without going through the same files again for every build.

The engine's is a digest of all that its sound depends on: megabytes, for espeak-ng. Where the engine says which
files that is (`contracts.LiesInFiles`), and their sizes and times are as they were, the fingerprint is the one
that the cache remembers. So is voicegen's, of its own 900 files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from voicegen import notes
from voicegen.contracts import Engine, LiesInFiles
from voicegen.unchanged import tree

NAME, OWN = "fingerprint.json", "program.json"
HERE = Path(__file__).parent
MADE_OF = {".py", ".toml", ".html", ".css", ".js"}
"""Endings of the files that a page depends on."""


def fingerprint(engine: Engine, options: Mapping[str, object], cache: Path) -> str:
    """What `engine.fingerprint` gives; `options` are those that it was made with.

    Raises MissingPartError where the engine can't be used.
    """
    if not isinstance(engine, LiesInFiles):
        return engine.fingerprint()
    parts = [type(engine).__module__.encode(), repr(sorted(options.items())).encode(), _own_files()]
    state = hashlib.sha256(b"\0".join([*parts, *map(tree, engine.files())])).hexdigest()
    known = notes.read(cache / NAME)
    if isinstance(known, dict) and known.get("state") == state and isinstance(known.get("fingerprint"), str):
        return str(known["fingerprint"])
    found = engine.fingerprint()
    notes.write(cache / NAME, {"state": state, "fingerprint": found})
    return found


@cache
def program(folder: Path, *, remember: bool = True) -> str:
    """A digest of voicegen's own files: a page made by other code is made again. `folder` is the cache folder.

    It is the same on every machine. Raises TemporaryError where the disk does not take what is to be remembered.
    """
    state = _own_files().hex()
    known = notes.read(folder / OWN)
    if isinstance(known, dict) and known.get("state") == state and isinstance(known.get("digest"), str):
        return str(known["digest"])
    digest = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.suffix in MADE_OF and "__pycache__" not in path.parts:
            digest.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    if remember:
        notes.write(folder / OWN, {"state": state, "digest": digest.hexdigest()})
    return digest.hexdigest()


@cache
def _own_files() -> bytes:
    return tree(HERE)
