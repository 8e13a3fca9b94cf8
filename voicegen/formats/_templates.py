"""Renders the HTML templates of `templates/`: every value is escaped unless it is markup of ours.

A clinic's templates take the place of ours by their name, and reach ours as `voicegen/NAME`. They run in jinja2's
sandbox, escaping can't be turned off in them, and a mistake in one is told with its line.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from voicegen.errors import SettingsError
from voicegen.model.theme import Theme

if TYPE_CHECKING:
    from jinja2 import Environment

OUR_LOOK = Theme()
TEMPLATES = Path(__file__).parent / "templates"
OURS = "voicegen/"
"""What stands before a name to mean our template, where the clinic has one of the same name."""
SHEETS = ("look.css", "page.css", "player.css")
"""The style sheets of a transcript page."""
OWN_SHEET = "theme.css"
"""The file that a clinic's own style sheet becomes."""

_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that HTML text may not hold (HTML, section 13.1.1, and Infra, "noncharacter" and "surrogate")."""
_EMPTY = re.compile(r"\n\s*\n")
"""Lines between elements that hold nothing; pages are to be light."""
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_BLANK = re.compile(r'(?<=[{};,])\s*\n\s*|(?<=[:,]) (?!";)| (?=[{>])|(?<=>) |;\s*(?=})')
"""Blanks, and last semicolons, of our style sheets that mean nothing; no text in them holds such a one."""
_ZERO = re.compile(r"(?<=[ :(,-])0(?=\.\d)")
_QUOTED = re.compile(r'="([a-z]+)"\]')
_COLOUR = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")
_BOX = re.compile(r"--(e|u|n|w)(?:mergency|rgent|on-urgent|arning)((?:-t)?)(?:int)?\b")
"""Colours of boxes, which nobody but our own sheets names."""
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VALUE = re.compile(r"--([a-z-]+): *(#[0-9a-f]{3,6});")


def render_template(name: str, theme: Theme = OUR_LOOK, **values: object) -> str:
    """The template filled in with the values and the theme.

    A character that HTML can't hold becomes the replacement character. Raises SettingsError where a template of
    the theme can't be filled in, with its line.
    """
    from jinja2 import TemplateError

    try:
        text = _environment(theme).get_template(name).render(theme=theme, own_sheet=OWN_SHEET, **values)
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as trouble:
        if not theme.templates:
            raise
        raise _mistake(theme, trouble) from trouble
    return _NOT_IN_HTML.sub("\ufffd", text)


def check_templates(theme: Theme) -> None:
    """Raises SettingsError where a template of the theme is no template, or takes the place of none."""
    from jinja2 import TemplateError, nodes

    known = sorted(path.name for path in TEMPLATES.glob("*.html"))
    environment = _environment(theme)
    for name, text in theme.templates:
        where = f"{theme.folder}/{name}"
        if name not in known:
            raise SettingsError(where, "it takes the place of no template", f"Name it as one: {', '.join(known)}.")
        try:
            tree = environment.parse(text, name, where)
            environment.get_template(name)
        except TemplateError as trouble:
            raise _mistake(theme, trouble) from trouble
        for node in tree.find_all((nodes.EvalContextModifier, nodes.Filter)):
            if not isinstance(node, nodes.Filter) or node.name == "safe":
                what = "it turns the escaping of texts off, which a text could use to run a script"
                raise SettingsError(f"{where}, line {node.lineno}", what, "Leave that out.")


def lighter(page: str, theme: Theme = OUR_LOOK) -> str:
    """The rendered page in fewer bytes: without empty lines, and with apostrophes as they are: they end nothing.

    In the templates of a theme they may: there, `title='…'` is an attribute too. Not for a page that shows text
    line by line (`pre`).
    """
    page = _EMPTY.sub("\n", page)
    return page if theme.templates else page.replace("&#39;", "'")


@lru_cache(maxsize=16)
def style_sheet(*names: str, theme: Theme = OUR_LOOK) -> bytes:
    """Style sheets of `templates/`, joined, without what means nothing in them, in the theme's colours."""
    text = "\n".join((TEMPLATES / name).read_text("utf-8") for name in names)
    text = _RULE.sub(lambda rule: _coloured(rule, theme), _COMMENT.sub("", text))
    for unneeded, rest in (
        (_BLANK, ""),
        (_ZERO, ""),
        (_COLOUR, r"#\1\2\3"),
        (_QUOTED, r"=\1]"),
        (_BOX, r"--\1\2"),
    ):
        text = unneeded.sub(rest, text)
    return f"/* Made by voicegen. */\n{text}\n".encode()


def own_files(theme: Theme) -> dict[str, bytes]:
    """The files of a theme that stand beside each page that has it, by name."""
    files = {OWN_SHEET: theme.stylesheet.encode()} if theme.stylesheet else {}
    return {**files, theme.logo.name: theme.logo.data} if theme.logo else files


@cache
def palette(scheme: str) -> dict[str, str]:
    """Our colours on "light" or "dark" ground, by name."""
    text = _COMMENT.sub("", (TEMPLATES / "look.css").read_text("utf-8"))
    for selector, body in _RULE.findall(text):
        if _scheme(selector) == scheme and "--paper" in body:
            return dict(_VALUE.findall(body))
    return {}


def _scheme(selector: str) -> str:
    """For which ground a rule of look.css names colours; empty where a theme does not change them."""
    if selector.strip() == ":root":
        return "light"
    return "dark" if 'data-look="dark"' in selector or ":not([data-look])" in selector else ""


def _coloured(rule: re.Match[str], theme: Theme) -> str:
    own = dict({"light": theme.light, "dark": theme.dark}.get(_scheme(rule[1]), ()))
    body = _VALUE.sub(lambda value: f"--{value[1]}: {own.get(value[1], value[2])};", rule[2])
    return f"{rule[1]}{{{body}}}"


def _mistake(theme: Theme, trouble: Exception) -> SettingsError:
    """What is wrong with a template of the theme, and where."""
    line = getattr(trouble, "lineno", None)
    where = getattr(trouble, "filename", None) or theme.folder
    for frame in traceback.extract_tb(trouble.__traceback__):
        if frame.filename.startswith(f"{theme.folder}/"):
            where, line = frame.filename, frame.lineno
    place = f"{where}, line {line}" if line else where
    what = getattr(trouble, "message", None) or f"{type(trouble).__name__}: {trouble}"
    remedy = "Correct it there; docs/how-to/theme.md says what templates may use."
    return SettingsError(place, " ".join(what.split()).rstrip("."), remedy)


def _compiled() -> str | None:
    """Folder of the compiled templates; None where there can be none."""
    folder = TEMPLATES / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return str(folder) if not sys.dont_write_bytecode and os.access(folder, os.W_OK) else None


@lru_cache(maxsize=16)
def _environment(theme: Theme) -> Environment:
    """Made when the first page is rendered, so that a build with nothing to do never loads the engine.

    Our own templates, compiled, are kept like compiled Python, beside their sources, where that is allowed.
    """
    from jinja2 import (
        ChoiceLoader,
        Environment,
        FileSystemBytecodeCache,
        FileSystemLoader,
        FunctionLoader,
        PrefixLoader,
        StrictUndefined,
    )
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    texts = dict(theme.templates)
    ours = FileSystemLoader(TEMPLATES)
    own = FunctionLoader(lambda name: (texts[name], f"{theme.folder}/{name}", None) if name in texts else None)
    kind = ImmutableSandboxedEnvironment if theme.templates else Environment
    compiled = None if theme.templates else _compiled()  # the sandbox compiles them to something else
    environment = kind(
        bytecode_cache=FileSystemBytecodeCache(compiled) if compiled else None,
        loader=ChoiceLoader([own, ours, PrefixLoader({OURS.rstrip("/"): ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    if theme.templates:
        environment.filters.pop("safe")
    return environment
