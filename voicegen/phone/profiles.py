"""What each telephone system takes, from profiles.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from voicegen.config.refusals import nearest
from voicegen.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Profile:
    """One system with its limits and where they are from; 0 stands for a limit that is not known."""

    id: str
    name: str
    makes: str
    source: str
    date: str
    encoding: str = "wav"
    seconds: float = 0
    bytes: int = 0
    name_length: int = 0


@cache
def profiles() -> dict[str, Profile]:
    """Every profile by its name."""
    data = tomllib.loads((Path(__file__).parent / "profiles.toml").read_text("utf-8"))
    return {name: Profile(name, **facts) for name, facts in data.items()}


def profile(name: str) -> Profile:
    """The profile `name`. Raises SettingsError where there is none."""
    if name not in profiles():
        remedy = nearest(name, tuple(profiles()), f"Known: {', '.join(profiles())}.")
        raise SettingsError(f"profile {name!r}", "there is none of that name", remedy)
    return profiles()[name]
