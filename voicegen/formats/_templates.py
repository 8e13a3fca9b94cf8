"""Renders the HTML templates of `templates/`: every value is escaped unless it is markup of ours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that HTML text may not hold (HTML, section 13.1.1, and Infra, "noncharacter" and "surrogate")."""


def render_template(name: str, **values: object) -> str:
    """The template filled in. A character that HTML can't hold becomes the replacement character."""
    return _NOT_IN_HTML.sub("\ufffd", _environment().get_template(name).render(**values))


_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_BLANK = re.compile(r'(?<=[{};,])\s*\n\s*|(?<=[:,]) (?=[^"])| (?={)|;\s*(?=})')
"""Blanks, and last semicolons, of our style sheets that mean nothing; no text in them holds such a one."""


_ZERO = re.compile(r"(?<=[ :(,-])0(?=\.\d)")
_COLOUR = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")


@cache
def style_sheet(*names: str) -> bytes:
    """Style sheets of `templates/`, joined, without what means nothing in them, as pages are to be light."""
    text = "\n".join((TEMPLATES / name).read_text("utf-8") for name in names)
    for unneeded, rest in ((_COMMENT, ""), (_BLANK, ""), (_ZERO, ""), (_COLOUR, r"#\1\2\3")):
        text = unneeded.sub(rest, text)
    return f"/* Made by voicegen. */\n{text}\n".encode()


@cache
def _environment() -> Environment:
    """Made when the first page is rendered, so that a build with nothing to do never loads the engine."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
