"""A Theme: what a clinic has made of the look of its pages, checked before it comes here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Logo:
    """The clinic's sign at the head of every page."""

    name: str
    """The published file's name, "logo.svg", "logo.png" or "logo.jpg"."""
    data: bytes
    alt: str
    """What it is, for those who do not see it."""
    width: int = 0
    """Pixels, for the shape; 0 where the file does not tell."""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """The look of all pages of a project; an empty one is ours."""

    name: str = ""
    """The clinic's name at the head of every page; empty: the page's publisher."""
    logo: Logo | None = None
    light: tuple[tuple[str, str], ...] = ()
    """Names and values (#rrggbb) of colours on light ground, over ours."""
    dark: tuple[tuple[str, str], ...] = ()
    """The same on dark ground."""
    stylesheet: str = ""
    """The clinic's own style sheet, after ours."""
    templates: tuple[tuple[str, str], ...] = ()
    """Names and texts of templates that take the place of ours."""
    folder: str = ""
    """The folder that the templates lie in, for messages."""
