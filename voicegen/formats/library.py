"""The list of all pages, `index.html` of the output folder: plain links that work without JavaScript."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._links import Found
from voicegen.formats._scripts import icon
from voicegen.formats._templates import render_template, style_sheet
from voicegen.formats.words import direction, in_language, language_tag, words_for
from voicegen.model.blob import blob
from voicegen.model.library import Entry, Library

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
"""What the list may load: its style sheet and pictures beside it, nothing else (CSP 3)."""


def render_library(library: Library) -> Iterator[PublishedFile]:
    """`index.html` and its style sheet for the output folder, in the library's language, sorted by title.

    A publisher that all pages share is named once, at the top.
    """
    listed = sorted(library.entries, key=_order)
    publishers = {entry.publisher for entry in listed}
    tag = language_tag(library.lang) or "en"
    html = render_template(
        "library.html",
        lang=tag,
        title=library.title.strip(),
        dir=direction(tag),
        words=words_for(tag),
        policy=POLICY,
        entries=listed,
        publisher=publishers.pop() if len(publishers) == 1 else "",
        in_language=in_language,
        same_language=_same_language,
    )
    yield PublishedFile("index.html", (blob(html.encode()),))
    yield PublishedFile("icon.svg", (blob(icon()),))
    yield PublishedFile("library.css", (blob(style_sheet("look.css", "library.css")),))


def verify_library(place: Path) -> Iterator[str]:
    """Links of the list of pages to files that are missing."""
    found = Found()
    found.feed((place / "index.html").read_text("utf-8"))
    for address in sorted(found.addresses):
        if not address.startswith("#") and not (place / address.partition("#")[0]).is_file():
            yield f"index.html links to {address!r}, which is missing"


def _order(entry: Entry) -> tuple[str, str]:
    """By title as a reader would look for it: without case and accents; then by folder, to be always the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", entry.title) if not unicodedata.combining(c))
    return bare.casefold(), entry.id


def _same_language(one: str, other: str) -> bool:
    return one.replace("_", "-").split("-")[0].lower() == other.split("-")[0].lower()
