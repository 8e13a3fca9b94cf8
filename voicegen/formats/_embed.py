"""`embed.js`: the element that shows a published page, with its player, inside a page of the clinic's own site.

The page is fetched and put into a shadow tree, so that neither page's styles and ids reach the other. The style
sheet stands in the script and becomes a constructed one (CSSOM, section 6.1), for which no policy of the page
around needs an exception. It is the transcript page's own, with what belongs to a document translated to what a
shadow tree has.
"""

from __future__ import annotations

import re

from voicegen.formats._scripts import script
from voicegen.formats._templates import SHEETS, style_sheet
from voicegen.model.theme import Theme

NAME = "embed.js"

_BARRIER = ".root{all:initial}"
"""Nothing of the look of the page around comes in; what follows starts from the browser's own."""
_NARROW = re.compile(r"@media \(max-width:61\.99rem\) and \(min-height:30rem\)\{(?:[^{}]*\{[^{}]*\})*\}")
"""What small screens get is fixed to the screen, which belongs to the page around."""
_WIDE = re.compile(r"@media \(min-width:(\d+)rem\)")
_SIZE = re.compile(r"(:root\[data-size=\"(\d+)\"\])\{font-size:\d+%\}")
_PRINT = re.compile(r"@page[^{]*\{(?:[^{}]*|[^{}]*\{[^{}]*\})*\}|font-size:18pt;")
_REM = re.compile(r"(?<![\w-])(-?\d*\.?\d+)rem\b")
_ROOT = re.compile(r":root\b")
_ELEMENT = re.compile(r"(?<![\w.#-])(main|body)(?![\w-])")


def embedded_script(theme: Theme) -> bytes:
    """The script that defines the element, with the style sheet in it."""
    return script(NAME, style=embedded_style(theme))


def embedded_style(theme: Theme) -> str:
    """The style sheet of a page in a shadow tree.

    Sizes go by the reader's own size of letters (`--rem`), which the root of the page around may have changed, and
    the two columns by the width of the element instead of the screen's.
    """
    page = style_sheet(*SHEETS, theme=theme).decode() + theme.stylesheet
    page = _PRINT.sub("", _SIZE.sub(lambda found: f"{found[1]}{{--size:{int(found[2]) / 100:g}}}", page))
    page = _WIDE.sub(r"@container (min-width:\1em)", _NARROW.sub("", page))
    page = _ELEMENT.sub(r".\1", _ROOT.sub(".root", page))
    sheet = _BARRIER + page + style_sheet("embed.css").decode()
    return _REM.sub(r"calc(\1*var(--rem))", sheet)
