"""voicegen.toml: `sections`, `settings` as a whole, how it is read (`reading`) and what it may say (`limits`)."""

from __future__ import annotations

from voicegen.config.limits import BESIDE
from voicegen.config.reading import load
from voicegen.config.refusals import FILE
from voicegen.config.sections import SECTIONS, Fetch, PageSettings, Project, Rests, Review
from voicegen.config.settings import Settings

__all__ = ["BESIDE", "FILE", "SECTIONS", "Fetch", "PageSettings", "Project", "Rests", "Review", "Settings", "load"]
