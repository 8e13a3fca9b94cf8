"""The engine's fingerprint, without going through the same files again for every build.

It is a digest of all that the engine's sound depends on: megabytes, for espeak-ng. Where the engine says which
files that is (`contracts.LiesInFiles`), and their sizes and times are as they were, the fingerprint is the one
that the cache remembers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from voicegen import notes
from voicegen.contracts import Engine, LiesInFiles
from voicegen.unchanged import tree

NAME = "fingerprint.json"


def fingerprint(engine: Engine, options: Mapping[str, object], cache: Path) -> str:
    """What `engine.fingerprint` gives; `options` are those that it was made with.

    Raises MissingPartError where the engine can't be used.
    """
    if not isinstance(engine, LiesInFiles):
        return engine.fingerprint()
    parts = [type(engine).__module__.encode(), repr(sorted(options.items())).encode(), tree(Path(__file__).parent)]
    state = hashlib.sha256(b"\0".join([*parts, *map(tree, engine.files())])).hexdigest()
    known = notes.read(cache / NAME)
    if isinstance(known, dict) and known.get("state") == state and isinstance(known.get("fingerprint"), str):
        return str(known["fingerprint"])
    found = engine.fingerprint()
    notes.write(cache / NAME, {"state": state, "fingerprint": found})
    return found
