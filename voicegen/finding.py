"""Finding a page as staff speak of it: by its name, its file, its title or a part of its title."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
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
    """The page that is meant, to be looked at; a path may lead to any file.

    Raises SettingsError where no page is called that, or several have it in their title.
    """
    path = Path(wanted)
    if not path.is_file():
        return _called(settings, wanted, _is_part)
    found = pages.find(settings) if path.resolve().is_relative_to(settings.content.resolve()) else []
    return next((one for one in found if _lies_at(one, path)), None) or pages.single(path)


def own(settings: Settings, wanted: str) -> PageFile:
    """The page of the project that is meant, to be acted on: a file elsewhere is none. Raises as `page` does.

    Parts of titles are whole words here: who approves "flu" has not read "Flucloxacillin".
    """
    return _called(settings, wanted, _are_words)


def _called(
    settings: Settings, wanted: str, is_part: Callable[[frozenset[str], frozenset[str]], bool]
) -> PageFile:
    found = pages.find(settings)
    named = [page for page in found if wanted in {page.id, page.source}]
    there = [page for page in found if _lies_at(page, Path(wanted))]
    if named and there and there[0] not in named:  # in a folder below the content folder
        raise _several(wanted, [page.id for page in (*named, *there)])
    if named or there:
        return (named or there)[0]
    titled = [(page, title) for page, title in _titled(settings, found)]
    forms = _forms(wanted)
    whole = [(page, title) for page, title in titled if forms & _forms(title)]
    partly = [(page, title) for page, title in titled if is_part(forms, _forms(title))]
    hits = whole or partly
    if not hits:
        pages.choose(found, [wanted])  # raises, and names what is near
    if len(hits) > 1:
        raise _several(wanted, [f'{page.id} ("{title}")' for page, title in hits])
    return hits[0][0]


def _several(wanted: str, names: Sequence[str]) -> SettingsError:
    named = ", ".join(names[: pages.MOST_NAMED])
    more = f" and {len(names) - pages.MOST_NAMED} more" if len(names) > pages.MOST_NAMED else ""
    return SettingsError(f"page {wanted!r}", f"{len(names)} pages are called so", f"Name one: {named}{more}.")


def _lies_at(page: PageFile, path: Path) -> bool:
    """Whether a path, however it leads there, is that of the page itself."""
    return path.name == page.path.name and path.parent.resolve() == page.path.parent.resolve()


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


def _are_words(forms: frozenset[str], of: frozenset[str]) -> bool:
    return any(f" {form} " in f" {whole} " for form in forms for whole in of)
