"""The words on a page that are ours ("Listen", "Chapters"), in the page's language, from `words/<language>.toml`.

A language without a file falls back to English, visibly: every such word then carries `lang="en"`. Numbers, units,
dates and plural forms follow the Unicode CLDR, through babel, which is imported only when a page is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup, escape

from voicegen import keeping

if TYPE_CHECKING:
    from babel import Locale

_FOLDER = Path(__file__).parent / "words"
_TAG = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*\Z", re.IGNORECASE)
_RTL_LANGUAGES = {"ae", "ar", "arc", "ckb", "dv", "fa", "glk", "he", "ks", "mzn"} | {
    *("nqo", "pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi")
}
_RTL_SCRIPTS = {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
_SCRIPT_PLACE = 2
"""A BCP 47 script stands second, after the language (RFC 5646, section 2.1), and has four letters."""


def direction(lang: str) -> str:
    """The direction in which a BCP 47 tag's language is written: "rtl" or "ltr"."""
    parts = lang.replace("_", "-").lower().split("-")
    if len(parts) >= _SCRIPT_PLACE and len(parts[1]) == len("arab") and parts[1].isalpha():
        return "rtl" if parts[1] in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RTL_LANGUAGES else "ltr"


def language_tag(lang: str) -> str:
    """The tag with hyphens, or an empty string where it does not have the form of one (RFC 5646)."""
    tag = lang.strip().replace("_", "-")
    return tag if _TAG.match(tag) else ""


def in_language(words: str, lang: str, around: str) -> Markup:
    """`words`, marked with their language and direction where these differ from those `around` them."""
    tag = language_tag(lang)
    if not tag or tag.lower() == around.lower():
        return escape(words)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction(tag), words)


@dataclass(frozen=True)
class Words:
    """Our words for one page."""

    page_lang: str
    """BCP 47 tag of the page that they stand on."""
    lang: str
    """The tag that they are in: the page's own, or "en" where its language has no file."""
    texts: Mapping[str, Any]

    @property
    def foreign(self) -> bool:
        """Whether the words are in another language than the page."""
        return self.lang != self.page_lang

    def say(self, key: str, **values: str) -> Markup:
        """The words `key` ("urgency.note" looks inside a table) as HTML, with `values` filled in."""
        if direction(self.lang) == "rtl":  # a number must not join a Latin name beside it, as in "MP3, 5 MB"
            values = {name: Markup("<bdi>{}</bdi>").format(value) for name, value in values.items()}
        return self.mark(escape(self._find(key)).format(**values))

    def plain(self, key: str, **values: str) -> str:
        """The words `key` as plain text, for places that take no markup."""
        return self._find(key).format(**values)

    def count(self, key: str, number: int) -> str:
        """The plural form of `key` that goes with `number`, in plain text: "650 words"."""
        forms = self.texts[key]
        category = self._locale.plural_form(number)
        shown = self._number(number)
        return str(forms.get(category, forms["other"])).format(n=shown)

    @property
    def attributes(self) -> Markup:
        """For an element that holds nothing but words of ours: their language, where it is not the page's."""
        if not self.foreign:
            return Markup("")
        return Markup(' lang="{}" dir="{}"').format(self.lang, direction(self.lang))

    def factor(self, number: float) -> str:
        """A number of times, such as "1.25×"."""
        from babel.numbers import format_decimal

        return f"{format_decimal(number, locale=self._locale)}×"

    def title(self, words: str) -> Markup:
        """A title of the page, to be filled into our words; marked where ours are in another language."""
        return in_language(words, self.page_lang, self.lang) if self.foreign else escape(words)

    def duration(self, seconds: float) -> str:
        """A length of time in words, to the second: "4 minutes and 12 seconds"."""
        return _duration(self._locale, max(1, round(seconds)))

    def size(self, size: int) -> str:
        """A size in bytes as readers know it, in units of 1000: "1.2 MB"."""
        from babel.units import format_unit

        million = 1_000_000
        signs: Literal["short", "narrow"] = "short"
        if self._locale.language == "de":
            signs = "narrow"  # CLDR's short form of one is "1 Mbyte", of two "2 MB"
        if size >= million:
            return format_unit(round(size / million, 1), "digital-megabyte", signs, locale=self._locale)
        return format_unit(max(1, round(size / 1000)), "digital-kilobyte", signs, locale=self._locale)

    def date(self, written: str) -> Markup:
        """An ISO 8601 date as a `time` element in words; anything else as it was written."""
        from babel.dates import format_date

        try:
            day = date.fromisoformat(written.strip())
        except ValueError:
            return escape(written)
        shown = self.mark(escape(format_date(day, "long", locale=self._locale)))
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), shown)

    def language_name(self, lang: str) -> str:
        """What speakers of a language call it ("Español"), or its tag where that is not known."""
        from babel import Locale, UnknownLocaleError

        own = words_for(lang)
        if not own.foreign:
            return str(own.texts["name"])
        try:
            name = Locale.parse(lang.split("-")[0]).get_language_name()
        except (UnknownLocaleError, ValueError):
            return lang
        return name[:1].upper() + name[1:] if name else lang

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(self.lang, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse(self.lang.split("-")[0])

    def _number(self, number: int) -> str:
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self._locale)

    def _find(self, key: str) -> str:
        found: Any = self.texts
        for part in key.split("."):
            found = found[part]
        return str(found)

    def mark(self, words: str) -> Markup:
        """Words in our words' language, marked with it where the page's is another."""
        if not self.foreign:
            return escape(words)
        return Markup('<span lang="{}" dir="{}">{}</span>').format(self.lang, direction(self.lang), words)


@lru_cache(maxsize=4_096)
def _duration(locale: Locale, seconds: int) -> str:
    """A length of time in words: a page tells that of each chapter in several places."""
    from babel.lists import format_list
    from babel.units import format_unit

    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    parts = (("duration-hour", hour), ("duration-minute", minute), ("duration-second", second))
    said = [format_unit(count, unit, "long", locale=locale) for unit, count in parts if count]
    return format_list(said, locale=locale)  # babel lacks parts of the style "unit" in Spanish


def languages() -> tuple[str, ...]:
    """The languages that have a file of words, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=64)
def words_for(lang: str) -> Words:
    """The words for a page in the language of a BCP 47 tag."""
    tag = language_tag(lang) or "en"
    primary = tag.split("-")[0].lower()
    if primary in languages():
        return Words(tag, tag, _texts(primary))
    return Words(tag, "en", _texts("en"))


@lru_cache(maxsize=64)
def _texts(language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = keeping.toml(_FOLDER / f"{language}.toml")
    return found
