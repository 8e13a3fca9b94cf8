"""The list of all pages, `index.html` of the output folder: plain links that work without JavaScript.

With it, the list can be searched and put in another order, on the reader's machine alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._links import found_in
from voicegen.formats._scripts import icon, script
from voicegen.formats._templates import lighter, own_files, render_template, style_sheet
from voicegen.formats.words import direction, in_language, language_tag, words_for
from voicegen.model.blob import blob
from voicegen.model.library import Entry, Library

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""What the list may load: its style sheet, script and pictures beside it, nothing else (CSP 3)."""
WORDS_A_MINUTE = 200
"""How fast the text is taken to be read: slower than the 238 words of grown-up readers of English (M. Brysbaert,
"How many words do we read per minute?", Journal of Memory and Language 109, 2019), as patients read carefully."""
FEED = "feed.xml"
SEARCHED = 2
"""From so many pages on there is something to search."""


def render_library(library: Library) -> Iterator[PublishedFile]:
    """`index.html` and its style sheet for the output folder, in the library's language, sorted by title.

    A publisher that all pages share is named once, at the top.
    """
    listed = sorted(library.entries, key=_order)
    publishers = {entry.publisher for entry in listed}
    tag = language_tag(library.lang) or "en"
    words = words_for(tag)
    html = render_template(
        "library.html",
        library.theme,
        lang=tag,
        title=library.title.strip(),
        dir=direction(tag),
        words=words,
        duration=cache(words.duration),  # of many pages there are few lengths
        chapters=cache(partial(words.count, "chapter_count")),
        policy=POLICY,
        entries=listed,
        publisher=publishers.pop() if len(publishers) == 1 else "",
        in_language=in_language,
        same_language=_same_language,
        languages={_primary(entry.lang): entry.lang for entry in reversed(listed)},
        primary=_primary,
        find=_find,
        day=_day,
        reading=_reading,
        searched=len(listed) >= SEARCHED,
        feed=FEED if library.has_feed else "",
    )
    yield PublishedFile("index.html", (blob(lighter(html).encode()),))
    yield PublishedFile("icon.svg", (blob(icon()),))
    yield PublishedFile("library.js", (blob(script("library.js")),))
    yield PublishedFile("library.css", (blob(style_sheet("look.css", "library.css", theme=library.theme)),))
    for name, data in own_files(library.theme).items():
        yield PublishedFile(name, (blob(data),))


def verify_library(place: Path) -> Iterator[str]:
    """Links of the list of pages to files that are missing."""
    found = found_in((place / "index.html").read_text("utf-8"))
    if found.policy != POLICY or found.inline:
        yield "index.html: its policy is not ours, or it has a script of its own"
    for address in sorted(found.addresses):
        if not address.startswith("#") and not (place / address.partition("#")[0]).is_file():
            yield f"index.html links to {address!r}, which is missing"


def _order(entry: Entry) -> tuple[str, str]:
    """By title as a reader would look for it: without case and accents; then by folder, to be always the same."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", entry.title) if not unicodedata.combining(c))
    return bare.casefold(), entry.id


def _same_language(one: str, other: str) -> bool:
    return _primary(one) == _primary(other)


def _primary(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].lower()


def _find(entry: Entry) -> str:
    """What a search looks into besides what is shown: the chapters' titles, and the page's own first words."""
    return " ".join((*entry.headings, entry.summary, entry.id.replace("-", " ")))


def _day(entry: Entry, *names: str) -> str:
    """The first of the page's dates with one of these names that is a day (ISO 8601); else an empty string."""
    for name in names:
        try:
            return date.fromisoformat(entry.dates.get(name, "").strip()).isoformat()
        except ValueError:
            continue
    return ""


def _reading(entry: Entry) -> int:
    """Seconds that reading the text takes, in whole minutes."""
    return max(1, round(entry.words / WORDS_A_MINUTE)) * 60
