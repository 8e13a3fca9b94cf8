"""Finding a page as staff speak of it: by its name, its file, its title or a part of its title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from voicegen import extensions, pages
from voicegen.config import Settings
from voicegen.errors import SettingsError, SourceError
from voicegen.pages import PageFile

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters with strokes and the like, which Unicode does not divide into a plain letter and a mark."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
"""How keyboards without these letters write them."""


def page(settings: Settings, wanted: str) -> PageFile:
    """The page that is meant; a path may lead to any file.

    Raises SettingsError where no page is called that, or several have it in their title.
    """
    if Path(wanted).is_file():
        return pages.single(Path(wanted))
    found = pages.find(settings)
    named = [page for page in found if wanted in {page.id, page.source}]
    if named:
        return named[0]
    titled = [(page, title) for page, title in _titled(settings, found)]
    forms = _forms(wanted)
    whole = [(page, title) for page, title in titled if forms & _forms(title)]
    partly = [(page, title) for page, title in titled if _is_part(forms, _forms(title))]
    hits = whole or partly
    if not hits:
        pages.choose(found, [wanted])  # raises, and names what is near
    if len(hits) > 1:
        names = ", ".join(f'{page.id} ("{title}")' for page, title in hits[: pages.MOST_NAMED])
        more = f" and {len(hits) - pages.MOST_NAMED} more" if len(hits) > pages.MOST_NAMED else ""
        raise SettingsError(f"page {wanted!r}", f"{len(hits)} pages are called so", f"Name one: {names}{more}.")
    return hits[0][0]


def _titled(settings: Settings, found: Sequence[PageFile]) -> Iterator[tuple[PageFile, str]]:
    """Every page that can be read, with its title."""
    for page in found:
        try:
            file = page.read(settings)
            yield page, extensions.source(file.name).read(file).title.plain
        except SourceError:
            continue  # a build says what is wrong with it


def _forms(words: str) -> frozenset[str]:
    """The words in small letters without accents and signs, as a keyboard with or without them writes them."""
    folded = unicodedata.normalize("NFC", words).casefold()
    return frozenset((_plain(folded), _plain(folded.translate(_GERMAN)))) - {""}


def _plain(folded: str) -> str:
    apart = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
    letters = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def _is_part(forms: frozenset[str], of: frozenset[str]) -> bool:
    return any(form in whole for form in forms for whole in of)
