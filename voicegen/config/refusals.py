"""How a wrong key or value is told: where it stands, what is wrong, and what to do."""

from __future__ import annotations

from voicegen.errors import SettingsError

FILE = "voicegen.toml"


def wrong(where: str, what: str, remedy: str) -> SettingsError:
    """The error for a place in voicegen.toml, such as "[voice] engine"."""
    return SettingsError(f"{FILE}, {where}", what, remedy)


def listed(names: tuple[object, ...]) -> str:
    """The names, for a sentence."""
    return ", ".join(str(name) for name in names)
