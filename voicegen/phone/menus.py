"""Menus over several pages: by language, then by title, spoken in the voice of each language.

A menu has nine keys. Where there are more pages, the ninth leads to a further menu.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from babel import Locale, UnknownLocaleError

from voicegen import extensions
from voicegen.config import Settings
from voicegen.errors import PublicationError, SettingsError
from voicegen.model.script import Chapter, Line, Script
from voicegen.phone.published import Menu, PhoneChapter, PhonePage
from voicegen.sound import phone
from voicegen.speech.telephone_words import telephone_words
from voicegen.steps.arranging import arrange
from voicegen.steps.blobs import read
from voicegen.steps.encoding import encode, phone_encoder
from voicegen.steps.speaking import Speaker
from voicegen.steps.telephone import ENDS_MS, MOST_KEYS

MADE = ("asterisk", "freeswitch", "twilio", "voicexml")
"""What makes menus; the others play one file after the other."""
PAUSE_MS = 400
_NO_SLUG = re.compile("[^a-z0-9]")


def menus(settings: Settings, pages: Sequence[PhonePage], place: Path, send_text_to: str = "") -> tuple[Menu, ...]:
    """The menus over these pages, the first of which is the one that calls begin with; none for a single page.

    Their sound is written into the folder `place`. Raises SettingsError for more than nine languages, or where the
    engine would send the titles to a host that nobody consented to, and what speaking raises.
    """
    if len(pages) < 2:
        return ()
    name = settings.voice.engine
    engine = extensions.engine(name, settings.engine_options(name, send_text_to))
    speaker = Speaker(engine, extensions.opened_store(settings), 1, settings.voices)
    if settings.phone.voice == "clear":
        speaker = speaker.for_telephones()
    try:
        return _Writer(settings, speaker, place, send_text_to).all(pages)
    finally:
        speaker.close()


class _Writer:
    def __init__(self, settings: Settings, speaker: Speaker, place: Path, send_text_to: str) -> None:
        self._settings, self._speaker, self._place, self._consent = settings, speaker, place, send_text_to
        self._store = extensions.opened_store(settings)
        self._made: list[Menu] = []

    def all(self, pages: Sequence[PhonePage]) -> tuple[Menu, ...]:
        """Every menu, the first one first."""
        languages: dict[str, list[PhonePage]] = {}
        for page in pages:
            languages.setdefault(_base(page.lang), []).append(page)
        if len(languages) == 1:
            self._over(pages, "menu")
            return tuple(self._made)
        if len(languages) > MOST_KEYS:
            raise SettingsError(
                "telephone menu", f"{len(languages)} languages are more than its nine keys", "Make several packs."
            )
        offers = []
        choices: dict[int, PhonePage | Menu] = {}
        for key, (lang, own) in enumerate(languages.items(), 1):
            offers.append(
                _line(telephone_words(own[0].lang).language(key) or f"{_autonym(lang)}: {key}.", own[0].lang)
            )
            choices[key] = own[0] if len(own) == 1 else self._over(own, f"menu-{lang}")
        first = self._menu("menu", pages[0].lang, offers, choices)
        return (first, *self._made)

    def _over(self, pages: Sequence[PhonePage], slug: str) -> Menu:
        """The menu over pages of one language, before those that it leads to: `slug`, `slug`-2 and on."""
        lang = pages[0].lang
        words = telephone_words(lang)
        made: list[Menu] = []
        for number, shown in reversed(list(enumerate(_by_menu(pages), 1))):
            lines = [words.key(page.name, key) or f"{page.name}: {key}." for key, page in enumerate(shown, 1)]
            choices: dict[int, PhonePage | Menu] = dict(enumerate(shown, 1))
            if made:
                choices[MOST_KEYS] = made[-1]
                lines.append(words.more(MOST_KEYS) or f"{MOST_KEYS}.")
            lines.append(words.again)
            name = slug if number == 1 else f"{slug}-{number}"
            made.append(self._menu(name, lang, [_line(line, lang) for line in lines if line], choices))
        self._made += reversed(made)
        return made[-1]

    def _menu(self, slug: str, lang: str, lines: Sequence[Line], choices: Mapping[int, PhonePage | Menu]) -> Menu:
        return Menu(slug, lang, (self._spoken(slug, lang, lines),), choices)

    def _spoken(self, slug: str, lang: str, lines: Sequence[Line]) -> PhoneChapter:
        """One file of these lines, as a chapter of a page is."""
        for line in lines:
            if host := self._speaker.host(line.lang):
                self._settings.check_leave(host, self._consent)
        numbered = [replace(line, id=f"{slug}-{number}") for number, line in enumerate(lines)]
        numbered[-1] = replace(numbered[-1], rest_ms=ENDS_MS)
        clips = {line.id: self._speaker.clip(line)[0] for line in numbered}
        rates = {clip.rate_hz for clip in clips.values()}
        if len(rates) != 1:
            raise PublicationError(slug, "the voices of its languages have different sample rates")
        (rate_hz,) = rates
        chapter = Chapter(slug, slug, 1, ENDS_MS, tuple(numbered))
        (mark,) = arrange(Script(lang, (chapter,)), clips, rate_hz).marks
        encoder = phone_encoder(rate_hz, self._settings.phone.level)
        _, encoded = encode(encoder, chapter, mark, clips, rate_hz, self._store)
        for name, (start, length) in phone.parts(encoded.body.size).items():
            head = phone.wav_header(encoded.samples) if name == "pcm" else b""
            target = self._place / f"{slug}{'.wav' if name == 'pcm' else '.g722'}"
            target.write_bytes(head + read(encoded.body.part(start, length)))
        spoken = tuple(line.spoken for line in numbered)
        return PhoneChapter(slug, "*", encoded.samples, spoken, self._place)


def _line(words: str, lang: str) -> Line:
    return Line("", "frame", "", words, lang, PAUSE_MS)


def _by_menu(pages: Sequence[PhonePage]) -> list[Sequence[PhonePage]]:
    """The pages in parts, one for each menu; all but the last leave a key for the next."""
    parts = []
    while len(pages) > MOST_KEYS:
        parts.append(pages[: MOST_KEYS - 1])
        pages = pages[MOST_KEYS - 1 :]
    return [*parts, pages]


def _base(lang: str) -> str:
    """The language of a tag, which becomes a part of names in configurations."""
    return _NO_SLUG.sub("", lang.replace("_", "-").split("-")[0].lower()) or "other"


def _autonym(lang: str) -> str:
    """The language's own name for itself."""
    try:
        return Locale.parse(lang).get_display_name(lang) or lang
    except (ValueError, UnknownLocaleError):
        return lang
