"""All of voicegen.toml as one value that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicegen.config.sections import (
    Braille,
    Chapters,
    Fetch,
    History,
    M4b,
    MirrorSettings,
    Mp3,
    Opus,
    PageSettings,
    Phone,
    Plan,
    Project,
    Publications,
    Rests,
    Review,
    Site,
    StoreSettings,
    ThemeSettings,
    Voice,
)
from voicegen.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """All of voicegen.toml."""

    root: Path
    """The folder that holds voicegen.toml."""
    project: Project = field(default_factory=Project)
    site: Site = field(default_factory=Site)
    voice: Voice = field(default_factory=Voice)
    rests: Rests = field(default_factory=Rests)
    chapters: Chapters = field(default_factory=Chapters)
    mp3: Mp3 = field(default_factory=Mp3)
    m4b: M4b = field(default_factory=M4b)
    opus: Opus = field(default_factory=Opus)
    braille: Braille = field(default_factory=Braille)
    publications: Publications = field(default_factory=Publications)
    theme: ThemeSettings = field(default_factory=ThemeSettings)
    phone: Phone = field(default_factory=Phone)
    fetch: Fetch = field(default_factory=Fetch)
    history: History = field(default_factory=History)
    review: Review = field(default_factory=Review)
    plan: Plan = field(default_factory=Plan)
    store: StoreSettings = field(default_factory=StoreSettings)
    mirror: MirrorSettings = field(default_factory=MirrorSettings)
    voices: Mapping[str, str] = field(default_factory=dict)
    """`[voices]`: language tag = the engine's voice for it, over the engine's own choice."""
    pages: Mapping[str, PageSettings] = field(default_factory=dict)
    """`[pages.NAME]`, by name."""
    engines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Options for engines, `[espeak]`, `[gtts]` and so on, which the engines check."""
    everything: bool = False
    """Whether `[publications] formats` is `["all"]`: what can't be made is then left out, with a notice."""

    def engine_options(self, name: str, send_text_to: str = "") -> dict[str, object]:
        """What the engine is made with: its section, this folder, and the command's consent to send text."""
        return {**self.engines.get(name, {}), "root": str(self.root), "send_text_to": send_text_to}

    @property
    def engine_voices(self) -> dict[str, object]:
        """The voices that the section of the engine in use names for languages; most engines have their own."""
        named = self.engines.get(self.voice.engine, {}).get("voices")
        return dict(named) if isinstance(named, Mapping) else {}

    def check_consent(self, send_text_to: str) -> None:
        """Raises SettingsError where the command consents to another engine than the one in use."""
        if send_text_to and send_text_to != self.voice.engine:
            raise SettingsError(
                f"--send-text-to {send_text_to}",
                f"the engine in use is {self.voice.engine!r}",
                "Name that one, or change [voice] engine in voicegen.toml.",
            )

    def check_leave(self, host: str, send_text_to: str) -> None:
        """Raises SettingsError where the command does not consent to what the engine in use sends to `host`."""
        if send_text_to != self.voice.engine:
            raise SettingsError(
                "--send-text-to",
                f"the engine {self.voice.engine} would send your text to {host}, which the command does not say",
                f"Add --send-text-to {self.voice.engine} to it if it shall, or choose another engine.",
            )

    def address(self, path: str = "") -> str:
        """Where a path below the output folder is published; empty where nobody said where that is."""
        base = self.publications.address
        return base and f"{base.rstrip('/')}/{path}"

    @property
    def content(self) -> Path:
        """Folder of the pages."""
        return self.root / self.project.content

    @property
    def output(self) -> Path:
        """Folder of the publications."""
        return self.root / self.project.output

    @property
    def cache(self) -> Path:
        """Folder that remembers."""
        return self.root / self.project.cache

    @property
    def recordings(self) -> Path:
        """Folder of the staff's own recordings."""
        return self.root / self.review.recordings
