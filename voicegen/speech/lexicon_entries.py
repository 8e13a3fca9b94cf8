"""The entries of the list of pronunciations, and where in a text they hold.

An entry gives a word other words, or has it spelled, or has phonemes for an engine that takes them. It holds for
whole words only: an entry for "ease" leaves "disease" alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from types import MappingProxyType

from voicegen.model.script import Phonemes
from voicegen.speech.patterns import lazy

_TOKEN = lazy(r"[\w\u0300-\u036f]+")
_GROUP = lazy(r"\\(\d)")
_SPELLED = lazy(r"\d+|[^\W\d_][\u0300-\u036f]*")
_UNSPACED = lazy(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of Thai, Lao, Burmese, Khmer, kana and ideographs: their words stand without spaces between them."""


@dataclass(frozen=True)
class Entry:
    """How one word, or all words that match a pattern, are said."""

    where: str
    """The file, and the place in it, that staff find the entry at."""
    word: str = ""
    """The word as it is written; more than one word if need be. Empty where there is a pattern."""
    pattern: str = ""
    """A regular expression for a whole word (`voicegen.lexicon.patterns` says which are taken)."""
    case: bool | None = None
    """Whether capitals must be as in the entry; None: where the entry has any."""
    lang: str = ""
    """BCP 47 tag of the text that it holds for, with or without a region; empty for all."""
    page: str = ""
    """The page that it holds for, by its name in the output; empty for all."""
    say: str = ""
    r"""What is said instead; `\1` is what the first group of the pattern found."""
    spell: bool = False
    """Whether the word is said letter by letter."""
    phonemes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By engine: the sounds, in that engine's own alphabet."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """What finds the entry at a place; compiled once."""
        written = self.word or self.pattern
        letters = re.sub(r"\\.", "", written)
        exact = self.case if self.case is not None else letters != letters.lower()
        source = self.pattern
        if not source:
            forms = {unicodedata.normalize(form, self.word) for form in ("NFC", "NFD")} | {self.word}
            source = "|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, reverse=True))
            source = re.sub("['’]", "['’]", source)
        return re.compile(f"(?:{source})", 0 if exact else re.IGNORECASE)

    def holds_for(self, lang: str) -> bool:
        """Whether the entry's language covers a tag (RFC 4647, section 3.3.1)."""
        tag, own = lang.lower().replace("_", "-"), self.lang.lower()
        return not own or tag == own or tag.startswith(f"{own}-")

    def words(self, match: re.Match[str], engine: str) -> str:
        """What is said for a match: the word itself where the engine is given phonemes for it."""
        if engine in self.phonemes:
            return match[0]
        if self.spell:
            return " ".join(part.upper() for part in _SPELLED.findall(match[0]))
        if self.pattern and self.say:
            return _GROUP.sub(lambda group: match[int(group[1])] or "", self.say)
        return self.say or match[0]

    def sounds_in(self, engine: str) -> bool:
        """Whether the entry makes a difference there: phonemes are for the one engine whose alphabet they use."""
        return bool(self.say or self.spell or engine in self.phonemes)


@dataclass(frozen=True)
class Lexicon:
    """All entries that hold for a page and an engine, those that come first being the stronger."""

    entries: Sequence[Entry] = ()
    engine: str = ""

    def of_page(self, page: str) -> Lexicon:
        """The entries for all pages and for this one; its own are the stronger."""
        own = [entry for entry in self.entries if entry.page and entry.page == page]
        return replace(self, entries=(*own, *(entry for entry in self.entries if not entry.page)))

    @cached_property
    def _silent(self) -> Lexicon:
        """The entries that make no difference with this engine, for telling staff so."""
        return Lexicon([replace(entry, say="-") for entry in self.entries if not entry.sounds_in(self.engine)])

    @cached_property
    def _by_first_word(self) -> Mapping[str, Sequence[Entry]]:
        """Entries by the first word that they look for; "" for those that may begin with any."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if not entry.sounds_in(self.engine):
                continue
            token = None if _UNSPACED.search(entry.word) else _TOKEN.match(entry.word)
            found.setdefault(_plain(token[0]) if token else "", []).append(entry)
        for same in found.values():
            same.sort(key=lambda entry: -len(entry.word))
        return found

    def matches(self, text: str, lang: str) -> Iterator[tuple[Entry, re.Match[str]]]:
        """Every place of a text that an entry holds for, from left to right, without overlaps."""
        if not self.entries or not text:
            return
        end = 0
        anywhere = [entry for entry in self._by_first_word.get("", ()) if entry.holds_for(lang)]
        for start, token in _places(text, any(entry.word for entry in anywhere)):
            if start < end:
                continue
            for entry in (*self._by_first_word.get(token, ()), *anywhere):
                match = entry.regex.match(text, start)
                if match and match[0].strip() and entry.holds_for(lang) and _is_whole(entry, match):
                    yield entry, match
                    end = match.end()
                    break

    def phonemes(self, spoken: str, lang: str) -> tuple[Phonemes, ...]:
        """The places of a spoken text that the engine is to be given phonemes for."""
        return tuple(
            Phonemes(match.start(), match.end(), entry.phonemes[self.engine])
            for entry, match in self.matches(spoken, lang)
            if self.engine in entry.phonemes
        )

    def unheard(self, text: str, lang: str) -> Iterator[Entry]:
        """The entries for words of a text that give nothing but phonemes which the engine does not take."""
        for entry, _ in self._silent.matches(text, lang):
            yield entry


NO_LEXICON = Lexicon()


@lru_cache(maxsize=4096)
def _plain(token: str) -> str:
    """A word in small letters without accents, which may be written in more than one way."""
    if token.isascii():
        return token.lower()
    apart = unicodedata.normalize("NFD", token).lower()
    return "".join(mark for mark in apart if unicodedata.category(mark)[0] != "M")


def _places(text: str, everywhere: bool) -> Iterator[tuple[int, str]]:
    """Where words start, with the word; where `everywhere`, also each place inside one, with an empty word."""
    for token in _TOKEN.finditer(text):
        yield token.start(), _plain(token[0])
        if everywhere:
            yield from ((place, "") for place in range(token.start() + 1, token.end()))


def _is_whole(entry: Entry, match: re.Match[str]) -> bool:
    """Whether no letter or digit touches the match, in scripts that part words by spaces."""
    if _UNSPACED.search(entry.word):
        return True
    text = match.string
    return not (_joins(text[match.start() - 1 : match.start()]) and _joins(match[0][0])) and not (
        _joins(match[0][-1]) and _joins(text[match.end() : match.end() + 1])
    )


def _joins(mark: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, or a mark set on one."""
    return bool(mark) and (mark.isalnum() or mark == "_" or unicodedata.category(mark)[0] == "M")
