"""Files that `[theme]` names: read whole, below the project's folder, and not too large."""

from __future__ import annotations

from pathlib import Path

from voicegen.config import FILE
from voicegen.durable import plain
from voicegen.errors import SettingsError


def named_file(key: str, root: Path, name: str, most: int) -> bytes:
    """The bytes of a file. Raises SettingsError where it can't be read, or has more than `most` bytes."""
    try:
        with plain(root / name) as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or trouble
        raise wrong(
            key, f"{name!r} can't be read ({reason})", "Give its path, relative to voicegen.toml."
        ) from trouble
    if len(data) > most:
        what = f"{name!r} is larger than {most // 1000} kB, which every reader of a page would have to load"
        raise wrong(key, what, f"Make it smaller: at most {most} bytes.")
    return data


def wrong(key: str, what: str, remedy: str) -> SettingsError:
    """An error in a key of `[theme]`."""
    return SettingsError(f"{FILE}, [theme] {key}", what, remedy)
