"""The rules that staff write for a site in voicegen.toml: what to read and what to leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from voicegen.contracts import SourceFile
from voicegen.errors import SettingsError
from voicegen.model.document import Reason


def apply_rules(file: SourceFile, soup: BeautifulSoup, reasons: dict[int, Reason]) -> list[Tag]:
    """Writes the site's rules over the verdicts in `reasons`; gives the elements that are to be read.

    An element to be read is read with all that it holds. Raises SettingsError where a selector is wrong.
    """
    kept = list(_selected(soup, file.rules.keep))
    for tag in kept:
        for inner in (tag, *tag.find_all(True)):
            if reasons.get(id(inner)) is not Reason.CODE:
                reasons.pop(id(inner), None)
    for tag in _selected(soup, file.rules.drop):
        reasons[id(tag)] = Reason.SITE_RULE
    return kept


def _selected(soup: BeautifulSoup, selectors: Iterable[str]) -> Iterator[Tag]:
    for selector in selectors:
        try:
            yield from soup.select(selector)
        except (SelectorSyntaxError, ValueError, NotImplementedError) as error:
            what = f'"{selector}" is no CSS selector ({str(error).splitlines()[0]})'
            raise SettingsError(
                "voicegen.toml", what, "Correct it, for example to .sidebar or #related."
            ) from error
