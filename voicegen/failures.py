"""Failures: what the last build could not publish, so that `voicegen status` need not try it again to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicegen import notes
from voicegen.errors import VoicegenError

NAME = "failures.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """One page that failed."""

    stamp: Mapping[str, str]
    """What it was to be made from, as in the ledger; empty where not even that could be told."""
    errors: tuple[str, ...]
    """In words."""


def load(cache: Path) -> dict[str, Failure]:
    """The failures by page, as the last build that met the page left them."""
    data = notes.read(cache / NAME)
    try:
        return {name: Failure(dict(one["stamp"]), tuple(map(str, one["errors"]))) for name, one in data.items()}
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


def note(cache: Path, met: Mapping[str, tuple[Mapping[str, str], Iterable[VoicegenError]]]) -> None:
    """Notes what became of the pages that a build met: its stamp and errors; without errors it is forgotten."""
    before = load(cache)
    after = dict(before)
    for name, (stamp, errors) in met.items():
        after.pop(name, None)
        if said := tuple(map(str, errors)):
            after[name] = Failure(stamp, said)
    if after != before:
        facts = {name: {"stamp": dict(one.stamp), "errors": list(one.errors)} for name, one in after.items()}
        notes.write(cache / NAME, facts)
