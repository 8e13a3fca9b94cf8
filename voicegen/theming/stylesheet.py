"""The clinic's own style sheet: it may load nothing, hide no ring of the focus, and change no amount."""

from __future__ import annotations

import re
from pathlib import Path

from voicegen.speech.patterns import lazy
from voicegen.theming.colours import NAMES
from voicegen.theming.files import named_file, wrong

MOST_BYTES = 10_000
"""Every page has it, and a page with its styles and scripts is to stay below 60 KiB."""
_ESCAPED = r"\\(?:\r\n|.)"
_TOKEN = lazy(
    rf"(?P<comment>/\*.*?(?P<end>\*/|\Z))|{_ESCAPED}"
    rf"|\"(?:{_ESCAPED}|[^\"\\\n\r\f])*(?P<double>\"?)|'(?:{_ESCAPED}|[^'\\\n\r\f])*(?P<single>'?)",
    re.DOTALL,
)
"""Comments, escapes and strings (CSS Syntax, section 4.3): what looks like a comment in a string is none."""
_ESCAPE = lazy(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_LOADS = lazy(r"@import|@namespace|(?:url|src|image|image-set|element|expression)\s*\(", re.IGNORECASE)
_NO_RING = lazy(r"outline(?:-style|-width|-color)?\s*:\s*(?:none|hidden|0|transparent)", re.IGNORECASE)
_OTHER_LETTERS = lazy(
    r"text-transform\s*:\s*(?!none|inherit|initial|unset|revert)[a-z-]+|\b(?:small|petite)-caps\b|:\s*unicase\b",
    re.IGNORECASE,
)
"""What shows "5 µg" as "5 ΜG" and "mmol" as "Mmol": "µ" has the capital of a thousand million times as much."""
_FLAT = lazy(
    r"(?<![\w.#-])sup(?![\w-])[^{}]*\{[^{}]*vertical-align\s*:\s*(?:baseline|0(?![.\d])|initial|unset|middle|bottom)",
    re.IGNORECASE,
)
"""What shows "50" with a note 1 as "501"; style sheets that begin by taking all styles away do so."""
_OUR_COLOUR = lazy(rf"--({'|'.join(NAMES)})\s*:", re.IGNORECASE)


def checked_stylesheet(root: Path, name: str) -> str:
    """The style sheet's text. Raises SettingsError where it is too large, no text, or does what it may not."""
    data = named_file("stylesheet", root, name, MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise wrong("stylesheet", f"{name!r} is not in UTF-8 ({trouble})", "Save it in UTF-8.") from trouble
    for token in _TOKEN.finditer(text):
        if "" in (token["end"], token["double"], token["single"]):
            line = text.count("\n", 0, token.start()) + 1
            raise wrong("stylesheet", f"{name}, line {line}: a comment or a string has no end", "End it there.")
    plain = _ESCAPE.sub(_meant, _TOKEN.sub(_without_comment, text))
    for pattern, what, remedy in (
        (_LOADS, "loads another file, which the page's policy forbids", "Leave that out."),
        (_NO_RING, "takes the ring away that shows where the focus is", "Leave that out."),
        (_OTHER_LETTERS, "shows units in other letters, such as µg as ΜG", "Leave that out."),
        (_FLAT, "takes raised numbers down, so that 50 with a note 1 is seen as 501", "Leave sup out of it."),
        (_OUR_COLOUR, "sets a colour of ours unmeasured", "Set it in [theme.light] and [theme.dark]."),
    ):
        if found := pattern.search(plain):
            line = plain.count("\n", 0, found.start()) + 1
            raise wrong("stylesheet", f"{name}, line {line}: {found[0]!r} {what}", remedy)
    if plain.count("{") != plain.count("}"):
        raise wrong(
            "stylesheet", f"{name!r} has more braces of one kind than of the other", "Close each {{ with a }}."
        )
    return text


def _without_comment(token: re.Match[str]) -> str:
    return token[0] if token["comment"] is None else "\n" * token[0].count("\n")


def _meant(escape: re.Match[str]) -> str:
    """The character that an escape stands for (CSS Syntax, section 4.3.7)."""
    if not escape[1]:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
