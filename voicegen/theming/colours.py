"""The colours of a theme, measured against each other before a page has them.

Contrast is that of WCAG 2.2: text 7 to 1 (success criterion 1.4.6, level AAA), the ring around what has the focus
3 to 1 (1.4.11 and 2.4.13), on every ground that it can stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from voicegen.formats._templates import palette
from voicegen.speech.patterns import lazy
from voicegen.theming.files import wrong

TEXT, INTERFACE = 7.0, 3.0
"""Least contrasts of text, and of what shows where the focus is."""
NAMES = ("paper", "card", "tint", "ink", "soft", "accent", "line", "focus", "heard")
"""The colours that a theme may set. Those of urgent advice stay alike on the pages of all clinics."""
GROUNDS = ("paper", "card", "tint")
BOXES = ("emergency-tint", "urgent-tint", "non-urgent-tint", "warning-tint")
"""The grounds of boxes with advice, which a theme does not change."""
PAIRS = (
    *(("ink", ground, TEXT) for ground in (*GROUNDS, *BOXES, "heard")),
    *(("soft", ground, TEXT) for ground in (*GROUNDS, *BOXES)),
    *(("accent", ground, TEXT) for ground in (*GROUNDS, *BOXES, "heard")),
    ("chip", "accent", TEXT),
    *(("focus", ground, INTERFACE) for ground in (*GROUNDS, *BOXES)),
)
"""What stands on what, and the least contrast. "chip" is the text on the Play button, white or nearly black."""
_HEX = lazy(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def checked_colours(scheme: str, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The colours as #rrggbb, sorted. Raises SettingsError for another name or form, or too little contrast.

    `scheme` is "light" or "dark".
    """
    for name, value in given.items():
        if name not in NAMES:
            raise wrong(f"{scheme}.{name}", "there is no such colour", f"Known here: {', '.join(NAMES)}.")
        if not _HEX.fullmatch(value):
            raise wrong(
                f"{scheme}.{name}", f"{value!r} is no colour of the form #rrggbb", "Give one such as #0a4b58."
            )
    colours = {name: _long(value) for name, value in given.items()}
    troubles = list(_weak({**palette(scheme), **colours}) if colours else ())
    if troubles:
        raise wrong(scheme, "; ".join(troubles), "Make the one darker or the other lighter.")
    return tuple(sorted(colours.items()))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours #rrggbb, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _weak(colours: Mapping[str, str]) -> Iterator[str]:
    """Pairs with too little contrast, in words with the figures."""
    for text, ground, least in PAIRS:
        if (measured := contrast(_long(colours[text]), _long(colours[ground]))) < least:
            shown = int(measured * 100) / 100  # rounded up, it could look like enough
            yield f"{text} on {ground} has a contrast of {shown:g}, where {least:g} is needed"


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _long(colour: str) -> str:
    """A colour as #rrggbb in small letters."""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
