"""How a wrong key or value is told: where it stands, what is wrong, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from voicegen.errors import SettingsError

FILE = "voicegen.toml"


def wrong(where: str, what: str, remedy: str) -> SettingsError:
    """The error for a place in voicegen.toml, such as "[voice] engine"."""
    return SettingsError(f"{FILE}, {where}", what, remedy)


def nearest(name: str, known: Sequence[str], otherwise: str) -> str:
    """The remedy for a name that is not known: the one that was probably meant, or else what else to do."""
    near = difflib.get_close_matches(name, known, 1)
    return f"Did you mean {near[0]!r}?" if near else otherwise


def listed(names: tuple[object, ...]) -> str:
    """The names, for a sentence."""
    return ", ".join(str(name) for name in names)
