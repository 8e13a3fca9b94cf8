"""Which lines of a plain text are headings, which is the title, and how the headings rank."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from voicegen.model.document import Text
from voicegen.sources.inline import PLAIN, compose
from voicegen.sources.lines import Unit
from voicegen.sources.phrases import DOSE
from voicegen.sources.topic import mentions, topic_of

_LONGEST = 80
_MOST_WORDS = 12
_LONGEST_PLAIN = 60
_CJK_LONGEST = 30
_BELOW = 3
"""How much lower a heading ranks that an announcement ("options include:") puts below the one before it."""

_KEY_VALUE = re.compile(r"([^\W\d_][\w /'’-]{1,30}?)\s*[:：]\s+(\S.*)\Z")
_PLACEHOLDER = re.compile(r"[\[{<(].*[\]}>)]\Z|_+\Z|-+\Z|tbd\Z|n/?a\Z", re.I)
_KEYS = {
    "title": "title|page title|name|disease(?: name)?|condition(?: name)?|topic|subject|titre|título"
    "|titolo|titel|thema|tema",
    "author": "authors?|written by|by|auteur|autor(?:es|a)?|autore|verfasser",
    "publisher": "publisher|published by|source|organi[sz]ation|éditeur|editor|herausgeber|fuente|quelle",
    "reviewed": "(?:page )?(?:last )?(?:medically )?review(?:ed)?(?: on| date| by)?"
    "|last (?:updated?|modified|reviewed)|updated?|date",
    "next-review": "next review(?: due| date)?|review due",
    "lang": "lang|language|langue|idioma|lingua|sprache|taal",
    "": "url|link|tags?|keywords?|categor(?:y|ies)|prepared (?:for|by)|version|slug|status|id|file"
    "|audience|reading time",
}
_KEY = [(name, re.compile(pattern, re.I)) for name, pattern in _KEYS.items()]

_ADDRESS = re.compile(r"@|\bwww\.|https?:|(?:\d[\s/.()-]?){6}")
"""Mail and web addresses and telephone numbers."""

_ANNOUNCES = re.compile(
    r"\b(?:includes?|including|are|is|if|may|can|to|by|of|with|following|when|such as|example|incluyen?|son|es|de"
    r"|por|comprennent|incluent|sont|est|suivants?|umfassen|sind|ist|folgende[nrs]?|includono|sono|incluem|são|zijn"
    r"|volgende)"
    r"\W*\Z",
    re.I,
)
"""How a line ends that announces a list in the middle of a sentence, and so is no heading."""


def key_and_value(unit: Unit) -> tuple[str, str] | None:
    """The key and value of a line about the page ("Author: …"), or None. An empty value is one left blank."""
    found = _KEY_VALUE.match(unit.text)
    if unit.sign is not None or unit.table or found is None or len(unit.text) > 160 or DOSE.search(found[2]):
        return None
    for name, pattern in _KEY:
        if pattern.fullmatch(found[1].strip()):
            value = found[2].strip()
            if name == "title" and unit.is_sentence and len(value) > _LONGEST:
                return None
            return name or found[1].strip().lower(), "" if _PLACEHOLDER.match(value) else value
    return None


def ranked_headings(units: list[Unit]) -> dict[int, int]:
    """The rank of every unit that is a heading, by its index."""
    ranks = {index: rank for index, unit in enumerate(units) if (rank := _rank(units, index))}
    candidates = [units[index].text for index in ranks]
    topic = topic_of(candidates)
    lowered = ""
    for index in sorted(ranks):
        text = units[index].text
        before = units[index - 1] if index else None
        announced = (
            before is not None
            and before.sign is None
            and index - 1 not in ranks
            and before.text.endswith((":", "："))
        )
        if announced and not mentions(text, topic):
            lowered = text
        elif lowered and (mentions(text, topic) or (not topic and not _share_a_word(text, lowered))):
            lowered = ""
        if lowered:
            ranks[index] += _BELOW
    return ranks


def _share_a_word(one: str, other: str) -> bool:
    words = {word.casefold() for word in one.split() if len(word) > 3}
    return bool(words & {word.casefold() for word in other.split()})


def _rank(units: list[Unit], index: int) -> int:
    """The rank of the heading at `index` by its shape, or 0 where it is none."""
    unit = units[index]
    following = units[index + 1] if index + 1 < len(units) else None
    text = unit.text
    words = text.split()
    if unit.table:
        return 0
    if not any(character.isalpha() for character in text) or len(text) > _LONGEST or len(words) > _MOST_WORDS:
        return 0
    if _ADDRESS.search(text):
        return 0
    if unit.underline:
        return 1 if unit.underline == "=" else 2
    if following is None or unit.sign is not None:
        return 0
    if text.isupper() and len(text) > 3 and not text.endswith((".", ",", ";")):
        return 3
    if text.endswith((":", "：")):
        return 5 if _is_label(unit, following, words) else 0
    return 4 if _is_short_line(unit, following, words) else 0


def _is_label(unit: Unit, following: Unit, words: list[str]) -> bool:
    """A line that ends with a colon is a heading above a paragraph; above a list only where it is no sentence."""
    if not _opens_large(unit.text) or not unit.blank_before or _ANNOUNCES.search(unit.text):
        return False
    if following.sign is None:
        return len(words) <= 8
    return len(words) == 1 or _is_title_case(words)


def _is_short_line(unit: Unit, following: Unit, words: list[str]) -> bool:
    """A short line without a sentence's end, apart from what is above it, with more text below."""
    text = unit.text
    if text[-1] in ".,;،、。，；!…" or not _opens_large(text):
        return False
    if _is_caseless(text):
        fits = len(text) <= _CJK_LONGEST
        return fits and unit.blank_before and (following.sign is not None or len(following.text) > len(text))
    apart = unit.blank_before or (following.sign is None and len(following.text) > _LONGEST)
    if not apart:
        return False
    alone = unit.blank_before and (unit.blank_after or len(words) <= 5)
    return text.endswith("?") or _is_title_case(words) or (alone and len(text) <= _LONGEST_PLAIN)


def _opens_large(text: str) -> bool:
    first = text.lstrip("\"“«¿¡(‘'")[:1]
    return bool(first) and (first.isdigit() or not first.islower()) and (first.isalnum() or first in "“«")


def _is_caseless(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and sum(c.lower() == c.upper() for c in letters) * 2 > len(letters)


def _is_title_case(words: list[str]) -> bool:
    """Whether the longer words begin with capitals; a name amid a sentence is not enough."""
    long_words = [word for word in words if len(word.strip("().,'’")) > 3]
    capital = sum(not word.lstrip("(\"“‘'")[:1].islower() for word in long_words)
    return bool(long_words) and capital * 3 >= len(long_words) * 2


def title_of(units: list[Unit], ranks: dict[int, int], named: str, file_name: str) -> tuple[Text, set[int], str]:
    """The title, the units that it was made of, and a notice where it was derived."""
    if named:
        return _text(named), set(), ""
    headings = sorted(ranks)
    topic = topic_of([units[index].text for index in headings])
    first = headings[0] if headings else -1
    if first == 0 or (first > 0 and _is_short_start(units, first)):
        text = units[first].text.rstrip(":： ")
        own_style = [ranks[index] for index in headings].count(ranks[first]) == 1
        opens = not topic or not mentions(text, topic) or own_style or _begins_with(text, topic)
        empty = len(headings) > 1 and headings[1] == first + 1
        if not text.endswith("?") and (opens or empty):
            _demote_subtitle(units, ranks, headings)
            return _text(text), {first}, ""
    if topic:
        return (
            _text(topic),
            set(),
            f'The text has no title line; "{topic}", which most of its headings name, was taken.',
        )
    if first >= 0:
        return (
            _text(units[first].text.rstrip("?:： ")),
            set(),
            "The text has no title line; its first heading was taken.",
        )
    if len(units[0].text) <= _LONGEST and len(units) > 1 and units[0].sign is None and not units[0].table:
        return _text(units[0].text), {0}, ""
    stem = PurePosixPath(file_name).stem.replace("-", " ").replace("_", " ").strip()
    return _text(stem or file_name or "page"), set(), "The text has no title line; its file's name was taken."


def _text(characters: str) -> Text:
    return compose([(characters, PLAIN)])


def _is_short_start(units: list[Unit], first: int) -> bool:
    return first <= 2 and all(len(unit.text) <= _LONGEST for unit in units[:first])


def _begins_with(text: str, topic: str) -> bool:
    return text.casefold().startswith(topic.casefold())


def _demote_subtitle(units: list[Unit], ranks: dict[int, int], headings: list[int]) -> None:
    """A second short line right under the title, with another heading right after it, says what the page is."""
    if len(headings) > 2 and headings[1] == headings[0] + 1 and headings[2] == headings[1] + 1:
        second = units[headings[1]]
        if not second.blank_before:
            ranks.pop(headings[1])
