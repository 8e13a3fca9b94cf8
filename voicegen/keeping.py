"""What the program makes of its own files at every start, kept beside them as compiled Python is."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any


def kept(file: Path, of: bytes, make: Callable[[], Any]) -> Any:
    """`make()`, or what it gave when it was last asked for this `file` with the same bytes to make it `of`.

    It has to be JSON. It lies in `__pycache__`, where Python may write there and was not told to leave that; what
    can't be read there is made again.
    """
    place = file.parent / "__pycache__" / f"{file.name}.json"
    digest = hashlib.sha256(of).hexdigest()
    with suppress(OSError, ValueError):
        known = json.loads(place.read_bytes())
        if isinstance(known, dict) and known.get("of") == digest:
            return known["made"]
    made = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _write(place, json.dumps({"of": digest, "made": made}))
    return made


def toml(file: Path) -> Any:
    """What a TOML file of ours says; to parse it takes twenty times as long as to read what was kept of it."""
    data = file.read_bytes()

    def parsed() -> Any:
        import tomllib  # imported late: mostly it is not needed

        return tomllib.loads(data.decode("utf-8"))

    return kept(file, data, parsed)


def _write(place: Path, text: str) -> None:
    """Writes it whole or not at all, whoever else does at the same moment."""
    place.parent.mkdir(exist_ok=True)
    new = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        with new.open("x", encoding="utf-8") as written:
            written.write(text)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
