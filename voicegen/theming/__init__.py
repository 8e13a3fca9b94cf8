"""Themes: `[theme]` of voicegen.toml, read once for a build and checked, so that none makes a page harder to use.

A theme changes how pages look and what stands around their text, never the text, the player or the pages' checks.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from voicegen.config import Settings
from voicegen.durable import blame, listed
from voicegen.model.theme import Theme
from voicegen.theming.colours import checked_colours
from voicegen.theming.files import named_file, wrong
from voicegen.theming.logo import checked_logo
from voicegen.theming.stylesheet import checked_stylesheet

MOST_TEMPLATE_BYTES = 100_000


def load(settings: Settings) -> Theme:
    """The theme of a project; an empty one where voicegen.toml names none.

    Raises SettingsError where a file of it can't be read, a colour has too little contrast, or a part of it could
    reach another host or run a script.
    """
    theme = settings.theme
    if theme.logo_alt and not theme.logo:
        raise wrong("logo_alt", "there is no logo", "Add logo, or leave logo_alt out.")
    folder, templates = _templates(settings.root, theme.templates)
    return Theme(
        name=theme.name.strip(),
        logo=checked_logo(settings.root, theme.logo, theme.logo_alt) if theme.logo else None,
        light=checked_colours("light", theme.light),
        dark=checked_colours("dark", theme.dark),
        stylesheet=checked_stylesheet(settings.root, theme.stylesheet) if theme.stylesheet else "",
        templates=templates,
        folder=folder,
    )


def digest(theme: Theme) -> str:
    """What stands for the theme in a page's stamp; empty where it is ours."""
    return "" if theme == Theme() else _digest(asdict(theme))


def facts(theme: Theme) -> dict[str, str]:
    """The parts of a theme, in staff's words, each by something that is another when the part is."""
    parts: dict[str, object] = {
        "name": theme.name,
        "logo": theme.logo and asdict(theme.logo),
        "colours": [theme.light, theme.dark],
        "stylesheet": theme.stylesheet,
        **{f"{theme.folder}/{name}": text for name, text in theme.templates},
    }
    return {name: _digest(value) for name, value in parts.items()}


def _templates(root: Path, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The folder's name as it is shown, and the name and text of each template in it."""
    if not name:
        return "", ()
    folder = root / name
    if not folder.is_dir():
        raise wrong("templates", f"there is no folder {name!r}", "Make it, or leave the key out.")
    try:
        paths = [path for path in listed(folder) if path.suffix == ".html" and not path.name.startswith(".")]
    except OSError as trouble:
        blame(trouble, folder)
        raise wrong(
            "templates", f"the folder {name!r} can't be read ({trouble.strerror})", "Give it that right."
        ) from trouble
    found = (
        (path.name, named_file("templates", root, f"{name}/{path.name}", MOST_TEMPLATE_BYTES)) for path in paths
    )
    return name, tuple((file, text.decode("utf-8", "replace").removeprefix("\ufeff")) for file, text in found)


def _digest(facts: object) -> str:
    text = json.dumps(facts, sort_keys=True, default=lambda value: hashlib.sha256(value).hexdigest())
    return hashlib.sha256(text.encode()).hexdigest()
