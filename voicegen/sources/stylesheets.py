"""What a page's own style sheets say of its elements.

Source: CSS Cascade 5, section 6 (of layers it knows nothing).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen import cascade
from voicegen.cascade import selectors
from voicegen.sources.elements import attribute
from voicegen.sources.selecting import Elements, TooManyStepsError

_Strength = tuple[bool, selectors.Weight, int]
"""Whether it is important, what the selector weighs, and which of all rules it is."""


class StyledElements:
    """The elements of a page and what its styles say of them."""

    def __init__(self, page: BeautifulSoup) -> None:
        self._page = page
        self._elements = Elements(page.find_all(True))
        self.notices: tuple[str, ...] = ()
        """What staff should know once `meanings` are told; no page of people's has more rules than can be."""

    def meanings(self) -> Iterator[tuple[Tag, cascade.Meaning, bool]]:
        """What the page's styles say of each element they speak of, and whether a sheet says how it is shown."""
        by_sheets: list[dict[int, cascade.Meaning]] = [{}, {}]
        for strength, selector, said in sorted(self._parsed(), key=lambda rule: rule[0]):
            found = by_sheets[strength[0]]
            try:
                for at in self._elements.selected(selector):
                    found[at] = said.over(found[at]) if at in found else said
            except TooManyStepsError:
                self.notices = _TOO_MANY
        usual, important = by_sheets
        nothing = cascade.Meaning()
        for at, tag in enumerate(self._elements.tags):
            by_sheet = usual.get(at, nothing)
            said = cascade.meaning(attribute(tag, "style")).over(by_sheet) if "style" in tag.attrs else by_sheet
            if at in important:
                said = important[at].over(said)
            if said:
                yield tag, said, said[2:4] == by_sheet[2:4]

    def _parsed(self) -> Iterator[tuple[_Strength, selectors.Complex, cascade.Meaning]]:
        """The rules that say something, but for those that undo what no rule does, with how strong each is."""
        found = self._rules()
        rules = list(islice(found, cascade.MOST_RULES))
        if next(found, None):
            self.notices = _TOO_MANY
        done = {name for rule in rules for name in cascade.UNDOABLE if getattr(rule.said, name)}
        for order, rule in enumerate(rules):
            said = rule.said._replace(undone=rule.said.undone & done)
            try:
                selector = selectors.parsed(rule.selector) if said else ()
            except selectors.NotUnderstoodError:
                continue
            if selector:
                yield (rule.is_important, selectors.weight(selector), order), selector, said

    def _rules(self) -> Iterator[cascade.Rule]:
        for sheet in self._page.find_all("style"):
            if _on_screens(sheet):
                try:
                    yield from cascade.rules(sheet.get_text(), attribute(sheet, "media"))
                except cascade.TooLongError:
                    self.notices = _TOO_MANY


_TOO_MANY = ("The page has more style rules than are looked at: see that nothing it strikes out is read.",)


def _on_screens(sheet: Tag) -> bool:
    media = attribute(sheet, "media").lower()
    return not media or "all" in media or "screen" in media
