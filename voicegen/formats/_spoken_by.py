"""Who speaks a page: a computer's voice, people at the clinic, or both; in words, and as facts for programs.

Nobody's name is published: who recorded what stands in the clinic's own log.
"""

from __future__ import annotations

from typing import Literal

from markupsafe import Markup

from voicegen.formats.words import Words, in_language, words_for
from voicegen.model.edition import Edition

ENGLISH = "en"
"""Engines and licences are named in English."""


def kind(edition: Edition) -> Literal["computer", "partly", "people"]:
    """Whose voice is heard: a computer's, people's in some sentences, or people's from beginning to end."""
    own = edition.page.own_recordings
    if not own:
        return "computer"
    return "partly" if own < len(edition.script.lines) else "people"


def variant(key: str, edition: Edition) -> str:
    """The key of the words `key` that are true of the page: "intro", "intro_partly" or "intro_people"."""
    found = kind(edition)
    return key if found == "computer" else f"{key}_{found}"


def narrator(edition: Edition) -> str:
    """Who speaks, on one line of plain text, for the field of a file that says so."""
    page = edition.page
    if kind(edition) == "computer":
        return " ".join(page.voice.split())
    words = words_for(edition.document.lang)
    return " ".join(words.plain(variant("narrator", edition), voice=page.voice).split())


def shown(edition: Edition, words: Words) -> Markup:
    """Who speaks, with the voice's licence, as HTML for readers."""
    page, lang = edition.page, words.page_lang
    english = lang if lang.split("-")[0].lower() == ENGLISH else ENGLISH
    voice = in_language(f"{page.voice} ({page.licence})" if page.licence else page.voice, english, lang)
    return voice if kind(edition) == "computer" else words.say(variant("narrator", edition), voice=voice)


def voice_licence(edition: Edition) -> str:
    """The licence of the computer's voice; empty where none is heard."""
    return "" if kind(edition) == "people" else edition.page.licence


def credit(edition: Edition) -> str:
    """Who speaks and under which licence, on one line of plain text, for the comment of a file."""
    licence = " ".join(voice_licence(edition).split())
    return f"{narrator(edition)} ({licence})" if licence else narrator(edition)
