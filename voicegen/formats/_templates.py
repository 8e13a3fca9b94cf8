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
_BLANK = re.compile(r'(?<=[{};,])\s*\n\s*|(?<=[:,]) (?=[^"])| (?={)')
"""Blanks of our style sheets that mean nothing; no text in them holds such a one."""


@cache
def style_sheet(*names: str) -> bytes:
    """Style sheets of `templates/`, joined, without comments and without blanks that mean nothing."""
    joined = "\n".join((TEMPLATES / name).read_text("utf-8") for name in names)
    return f"/* Made by voicegen. */\n{_BLANK.sub('', _COMMENT.sub('', joined))}\n".encode()


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
