"""The list of all pages, `index.html` of the output folder: plain links that work without JavaScript.

With it, the list can be searched and put in another order, on the reader's machine alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path

from voicegen.contracts import Late, PublishedFile
from voicegen.formats._library_parts import IN_ONE, Part, order, parts_of, primary
from voicegen.formats._passages import apart
from voicegen.formats._scripts import icon, script
from voicegen.formats._shown_words import ShownWords, bare
from voicegen.formats._templates import lighter, own_files, render_template, style_sheet
from voicegen.formats._verified import timeline_of
from voicegen.formats.words import Words, direction, in_language, language_tag, words_for
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

    A publisher that all pages share is named once, at the top. Of more than `IN_ONE` pages, `index.html` leads to
    the parts of the list (`_library_parts`).
    """
    cards = library.cards
    publishers = sorted({card.publisher for card in cards})
    if len(cards) > IN_ONE:
        languages = parts_of(cards, library.lang)
        html = _html(library, "library_overview.html", publishers, languages=languages)
        yield PublishedFile("index.html", (blob(html),))
        for parts in languages:
            for part in parts:
                yield _part(library, part, parts, publishers, [cards[number].digest for number in part.pages])
    else:
        html = _html(library, "library.html", publishers, None, **_listed(library.entries))
        yield PublishedFile("index.html", (blob(html),))
    yield PublishedFile("icon.svg", (blob(icon()),))
    yield PublishedFile("library.js", (blob(script("library.js")),))
    yield PublishedFile("library.css", (blob(style_sheet("look.css", "library.css", theme=library.theme)),))
    for name, data in own_files(library.theme).items():
        yield PublishedFile(name, (blob(data),))


def _part(
    library: Library, part: Part, parts: Sequence[Part], publishers: Sequence[str], digests: Sequence[str]
) -> PublishedFile:
    """A part of the list, among the others of its language; `digests` are those of its pages."""
    letters = [other for other in parts if other.number == 1 and other.letter]
    neighbours = [other for other in parts if other.letter == part.letter]
    around = [(other.path, other.lang, other.letter, other.first, other.last) for other in (*letters, *neighbours)]

    def render() -> bytes:
        facts = {"letters": letters, "neighbours": neighbours}
        entries = _listed([library.entries[number] for number in part.pages])
        return _html(library, "library.html", publishers, part, **facts, **entries)

    made_from = hashlib.sha256(json.dumps([part.path, part.lang, around, [*digests], publishers[:2]]).encode())
    return PublishedFile(part.path, Late(render), made_from=made_from.hexdigest())


def _heading(part: Part, words: Words) -> str:
    """What a part is called: its letter, and of one that is cut, its first and last title."""
    titles = words.plain("listing.range", first=part.first, last=part.last)
    return ": ".join(filter(None, (part.letter, titles if part.of > 1 or not part.letter else "")))


def _titles(words: Words) -> Callable[[Part], str]:
    """Gives the first and last title of a part, in words."""

    def said(part: Part) -> str:
        first, last = (in_language(title, part.lang, words.lang) for title in (part.first, part.last))
        return words.say("listing.range", first=first, last=last)

    return said


def _listed(entries: Sequence[Entry]) -> dict[str, object]:
    """What a template needs to list pages."""
    listed = sorted(entries, key=order)
    return {
        "entries": listed,
        "languages": {primary(entry.lang): entry.lang for entry in reversed(listed)},
        "searched": len(listed) >= SEARCHED,
    }


def _html(
    library: Library, template: str, publishers: Sequence[str], part: Part | None = None, **values: object
) -> bytes:
    """A page of the list; `publishers` are those of all pages."""
    tag = language_tag(library.lang) or "en"
    words = words_for(tag)
    html = render_template(
        template,
        library.theme,
        lang=tag,
        title=library.title.strip(),
        dir=direction(tag),
        words=words,
        duration=cache(words.duration),  # of many pages there are few lengths
        chapters=cache(partial(words.count, "chapter_count")),
        policy=POLICY,
        publisher=publishers[0] if len(publishers) == 1 else "",
        in_language=in_language,
        apart=apart,
        same_language=_same_language,
        primary=primary,
        find=_find,
        day=_day,
        reading=_reading,
        feed=FEED if library.has_feed else "",
        titles=_titles(words),
        heading=_heading(part, words) if part else "",
        part=part,
        **{"searched": False, **values},
    )
    return lighter(html, library.theme).encode()


def verify_library(place: Path) -> Iterator[str]:
    """Links of the list and its parts that are called wrongly or lead to what is missing; parts that are lost."""
    parts = {path.name for path in place.glob("list-*.html")}
    linked: set[str] = set()
    is_there = cache(lambda path: (place / path).is_file())  # all parts lead to each other
    for name in ("index.html", *sorted(parts)):
        text = (place / name).read_text("utf-8")
        found = ShownWords("pages")
        found.feed(text)
        yield from (f"{name}: {what}" for what in _titled_otherwise(found, place))
        linked |= found.addresses
        if found.policy != POLICY or found.inline:
            yield f"{name}: its policy is not ours, or it has a script of its own"
        for address in sorted(found.addresses):
            if not address.startswith("#") and not is_there(address.partition("#")[0]):
                yield f"{name} links to {address!r}, which is missing"
    for name in sorted(parts - linked):
        yield f"{name}: no part of the list leads to it"


def _titled_otherwise(found: ShownWords, place: Path) -> Iterator[str]:
    """Pages that the list calls otherwise than they call themselves."""
    for address, title in found.contents:
        folder = place / address.rpartition("/")[0]
        if (folder / "timeline.json").is_file() and bare(planned := timeline_of(folder).title) not in bare(title):
            yield f"it calls {address!r} {title[:60]!r}, not {planned!r}"


def _same_language(one: str, other: str) -> bool:
    return primary(one) == primary(other)


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
