"""The words of ours on a telephone: menus, keys and parts, from the table `telephone` of each language's data.

A language without a file has none: its chapters are then the page's own words alone, and the keys work all the
same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from voicegen.speech.language import language


@dataclass(frozen=True)
class TelephoneWords:
    """The telephone's words of one language. Every text is empty where the language has none."""

    words: Mapping[str, str]
    region: str = ""
    """Upper case: "US"; keys have other names there."""

    def __bool__(self) -> bool:
        return bool(self.words)

    def _say(self, name: str, **facts: object) -> str:
        return self.words.get(f"{name}_{self.region}", self.words.get(name, "")).format(**facts)

    def about(self, title: str) -> str:
        """Says what the caller hears, as in "You are hearing about asthma."."""
        return self._say("about", title=title)

    @property
    def notice(self) -> str:
        """Says what it is not: advice for this caller."""
        return self._say("notice")

    def reviewed(self, date: str) -> str:
        """Says when the page was reviewed; `date` is as it is to be spoken."""
        return self._say("reviewed", date=date)

    def key(self, heading: str, key: int) -> str:
        """Names the key of a topic, as in "For Symptoms, press 2."."""
        return self._say("key", heading=heading, key=key)

    @property
    def next(self) -> str:
        """Names the key for the next part."""
        return self._say("next")

    @property
    def again(self) -> str:
        """Names the key for the menu."""
        return self._say("again")

    def more(self, key: int) -> str:
        """Names the key of a further menu, as in "For more topics, press 9."."""
        return self._say("more", key=key)

    def part(self, part: int, parts: int) -> str:
        """Says where in a topic a chapter is, as in "Part 2 of 3."."""
        return self._say("part", part=part, parts=parts)

    def number_again(self, number: str) -> str:
        """Says a phone number once more; `number` is as it was spoken."""
        return self._say("number_again", number=number)

    @property
    def address(self) -> str:
        """Stands in the place of a web address."""
        return self._say("address")

    @property
    def urgent(self) -> str:
        """The name of the urgent advice."""
        return self._say("urgent")

    @property
    def intro(self) -> str:
        """The name of what stands under the title, before the first heading."""
        return self._say("intro")

    def language(self, key: int) -> str:
        """Offers the language itself, as in "For English, press 1."."""
        return self._say("language", key=key)


@lru_cache(maxsize=64)
def telephone_words(lang: str) -> TelephoneWords:
    """The telephone's words for a BCP 47 tag; false and empty where we have none in that language."""
    found = language(lang)
    return TelephoneWords(found.words("telephone"), found.region) if found else TelephoneWords({})
