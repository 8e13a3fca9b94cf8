"""The wording of a page: what it says, what will be said of it and what became of every word, before it is spoken.

A build goes on from here to speak it; `voicegen plan` and `voicegen diff` stop here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from voicegen import extensions
from voicegen.config import PageSettings, Settings
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError, VoicegenError
from voicegen.governance import governed, judged
from voicegen.missed import missed
from voicegen.model.account import Account
from voicegen.model.document import Document
from voicegen.model.script import Script
from voicegen.pages import PageFile
from voicegen.sources.decoding import decode
from voicegen.speech import Lexicon
from voicegen.steps import accounting, proving, scripting
from voicegen.steps.one_voice import one_voice

HTML = {".html", ".htm", ".xhtml"}
"""Endings of pages that may name their encoding themselves."""


NO_NAME = "Name of your clinic"
"""What `voicegen init` writes for staff to replace."""

LONG = 200_000
"""Bytes of a page from which on its reader's tree is taken away as soon as it is read. In it everything leads to
everything else, so that it stays until Python looks for such things; of a long page it is tens of megabytes."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A page in words."""

    document: Document
    script: Script
    account: Account
    publisher: str
    errors: tuple[VoicegenError, ...] = ()
    """Why it may not be published as it is."""


def wording(
    page: PageFile, file: SourceFile, settings: Settings, words: Lexicon, speaks: Callable[[str], bool]
) -> Wording:
    """The page's wording.

    `words` are the pronunciations that hold for it, `speaks` tells of which languages there is a voice.
    Raises SourceError where it can't be read, and what stands in the way of any wording at all.
    """
    document = governed(extensions.source(page.source).read(file), settings.pages.get(page.id, PageSettings()))
    if len(file.data) > LONG:
        gc.collect()
    document, overdue = judged(document, page.source, settings.review)
    publisher, publisher_lang = publisher_of(page, document, settings), ""
    if publisher == settings.project.publisher:
        publisher_lang = settings.project.language
    document = replace(
        document, notices=(*document.notices, *_nameless(publisher), *(told for _, told in missed(document)))
    )
    script = scripting.write(
        document, settings.rests, settings.chapters.depth, publisher, speaks, words, publisher_lang
    )
    suffix = page.path.suffix.lower()
    text = decode(file, labelled=suffix in HTML)[0] if suffix in extensions.SUFFIXES else ""
    account = accounting.account(document, script, page.source, text, words, publisher, publisher_lang)
    try:
        accounting.check(account, page.source)
        errors: tuple[VoicegenError, ...] = tuple(proving.prove(document, script, page.source, account))
    except VoicegenError as error:
        errors = (error,)
    if not errors and not any(line.target for line in script.lines):
        errors = (SourceError(page.source, "nothing on it can be spoken", "See `voicegen inspect`."),)
    errors = (*overdue, *errors)
    return Wording(document, one_voice(script), account, publisher, errors)


def _nameless(publisher: str) -> Iterator[str]:
    """What staff are told while the name that `voicegen init` put in is spoken and shown."""
    if publisher == NO_NAME:
        yield f"“{publisher}” is spoken and shown: write your own under [project] publisher, or on the page."


def publisher_of(page: PageFile, document: Document, settings: Settings) -> str:
    """Who publishes the page: by voicegen.toml for this page, by the page itself, or by voicegen.toml for all."""
    own = settings.pages.get(page.id, PageSettings()).publisher
    return own or document.about("publisher") or settings.project.publisher
