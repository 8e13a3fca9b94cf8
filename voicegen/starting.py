"""Starting a project: a folder with settings and a sample page."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from voicegen.errors import SettingsError, TemporaryError

PLACES = {"voicegen.toml": "voicegen.toml", "hay-fever.md": "content/hay-fever.md"}
"""Files of the starter folder, and where they go in a project."""


def start(folder: Path) -> None:
    """Makes the project. Raises SettingsError where the folder holds one already; nothing is overwritten."""
    for place in PLACES.values():
        if (folder / place).exists():
            raise SettingsError(str(folder / place), "it is there already", "Choose another folder.")
    try:
        for name, place in PLACES.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes((files("voicegen") / "starter" / name).read_bytes())
    except OSError as trouble:
        raise TemporaryError(
            str(folder), f"it can't be written ({trouble.strerror})", "Check its rights."
        ) from trouble
