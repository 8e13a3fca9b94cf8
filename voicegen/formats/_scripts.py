"""The scripts of published pages: the modules of `player/`, joined into one classic script.

Browsers run no module from a `file:` address (its origin is opaque: HTML, section 8.1.4.2, "fetch a module
script"), and a page must work from a memory stick. So the modules are joined, each after those that it imports, in
a scope of their own. Comments and blanks that mean nothing are left out, as the page is to be light.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from voicegen import keeping
from voicegen.formats import _shortening
from voicegen.formats._shortening import shortened

MODULES = Path(__file__).parent / "player"
SIGN = "/* Made by voicegen. */\n"

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([a-z]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=class |function |async function |const )", re.MULTILINE)


@cache
def script(entry: str, **filled: str) -> bytes:
    """The module `entry` of `player/` with all that it imports, to be loaded by `<script defer>`.

    `filled` are texts that stand in it as "{name}".
    """
    joined: dict[str, str] = {}
    _join(entry, joined)
    text = _shortened_once(entry, "".join(joined.values()))
    for name, value in filled.items():
        text = text.replace(f'"{{{name}}}"', json.dumps(value), 1)
    return f'{SIGN}(()=>{{"use strict";{text}}})();\n'.encode()


def _join(name: str, joined: dict[str, str]) -> None:
    """Puts a module behind those that it imports, which may not import it in turn."""
    text = (MODULES / name).read_text("utf-8")
    for needed in _IMPORT.findall(text):
        if needed not in joined:
            _join(needed, joined)
    joined[name] = _EXPORT.sub("", _IMPORT.sub("", text))


def icon() -> bytes:
    """The sign of our pages in a browser's tabs (SVG); without one, browsers ask for one in vain."""
    return (MODULES / "icon.svg").read_bytes()


def service_worker(page: str, version: str, files: Iterable[str]) -> bytes:
    """The worker that keeps a page for use without a network; another `version` takes an older one's place.

    `files` are the names of what the page is shown with.
    """
    text = (MODULES / "sw.js").read_text("utf-8")
    sign, _, rest = text.partition("\n")
    named = ",".join(json.dumps(file) for file in files)
    short = _shortened_once("sw.js", rest)
    filled = short.replace("{page}", page).replace("{version}", version, 1).replace('"{files}"', named, 1)
    return f"{sign}\n{filled}\n".encode()


def _shortened_once(name: str, text: str) -> str:
    """`shortened(text)`, kept beside the modules as compiled Python is, where that is allowed."""
    of = text.encode() + Path(_shortening.__file__).read_bytes()
    return str(keeping.kept(MODULES / name, of, lambda: shortened(text)))
