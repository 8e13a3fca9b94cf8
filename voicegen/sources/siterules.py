"""The rules that staff write for a site in voicegen.toml: what to read and what to leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen.contracts import SiteRules
from voicegen.errors import SettingsError
from voicegen.model.document import Reason, SiteRule

_TRIM = ":： "
"""What a text may end with on the page and not in the rule: headings of plain texts lose it."""


class RulesAtWork:
    """The site's rules on one page, and how often each of them held."""

    def __init__(self, rules: SiteRules) -> None:
        self._rules = rules
        self._texts = {text.strip() for text in rules.drop_texts}
        self._times: Counter[tuple[str, str]] = Counter()

    def apply(self, soup: BeautifulSoup, reasons: dict[int, Reason]) -> list[Tag]:
        """Writes the rules over the verdicts in `reasons`; gives the elements that are to be read.

        An element to be read is read with all that it holds. Raises SettingsError where a selector is wrong.
        """
        kept = list(self._selected(soup, "keep"))
        for tag in kept:
            for inner in (tag, *tag.find_all(True)):
                if reasons.get(id(inner)) is not Reason.CODE:
                    reasons.pop(id(inner), None)
        for tag in self._selected(soup, "drop"):
            reasons[id(tag)] = Reason.SITE_RULE
        return kept

    def drops(self, text: str) -> bool:
        """Whether a rule leaves out a text that stands alone."""
        said = next((form for form in (text, text.rstrip(_TRIM)) if form in self._texts), None)
        if said is not None:
            self._times["drop_texts", said] += 1
        return said is not None

    @property
    def blame(self) -> str:
        """What to do about a page without text where a rule has left some out; empty where none has."""
        dropped = any(rule.times for rule in self.report() if rule.key != "keep")
        return "Rules of [site] in voicegen.toml leave text of it out: see that they do not take all." * dropped

    def report(self) -> tuple[SiteRule, ...]:
        """Every rule with the number of times that it held."""
        return tuple(
            SiteRule(key, rule, self._times[key, rule.strip() if key == "drop_texts" else rule])
            for key, rules in self._all()
            for rule in rules
        )

    def _all(self) -> Iterator[tuple[Literal["keep", "drop", "drop_texts"], tuple[str, ...]]]:
        yield "keep", self._rules.keep
        yield "drop", self._rules.drop
        yield "drop_texts", self._rules.drop_texts

    def _selected(self, soup: BeautifulSoup, key: Literal["keep", "drop"]) -> Iterator[Tag]:
        for selector in self._rules.keep if key == "keep" else self._rules.drop:
            try:
                found = soup.select(selector)
            except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
                raise SettingsError(
                    f"voicegen.toml, [site] {key}",
                    f'"{selector}" is no CSS selector ({str(error).splitlines()[0].rstrip(".")})',
                    'Write one such as ".sidebar" (a class), "#related" (an id) or "aside" (an element).',
                ) from error
            self._times[key, selector] += len(found)
            yield from found
