"""The library as a podcast feed.

RSS 2.0 (cyber.harvard.edu/rss) with the elements of Apple Podcasts (`itunes:`, Podcaster's Guide to RSS), of the
Podcasting 2.0 namespace (`podcast:`, github.com/Podcastindex-org/podcast-namespace), Atom's links and dates
(RFC 4287) and Dublin Core's languages. A page that is updated keeps its identifier and gets the date that it names
itself, so that apps show it again as the same episode.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._xml import element
from voicegen.formats.words import language_tag, words_for
from voicegen.model.library import Card, Entry, Library

CHAPTERS, FEED = "podcast-chapters.json", "feed.xml"
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace that a podcast's own identifier is made in (podcast-namespace, `podcast:guid`)."""
OTHERS = {".m4b": "audio/mp4", ".opus": "audio/ogg"}
"""Recordings that an app may take in place of the MP3, where they are published too."""
NOON = 12
LONGEST_NAME = 128
"""Characters of a person's name (podcast-namespace, docs/tags/person.md)."""
"""The hour of a day without one: in nearly every time zone it is then the same day."""


def rss(library: Library, cover: str) -> Element:
    """The feed; `cover` is the address of its picture. The pages that changed last come first."""
    return document(library, cover, FEED, sorted(library.entries, key=newest_first), {})


def document(
    library: Library, cover: str, path: str, entries: Sequence[Entry], others: Mapping[str, str]
) -> Element:
    """One document of the feed, with these entries; `others` are paths of others by how they relate to it."""
    lang = language_tag(library.lang) or "en"
    words = words_for(lang)
    title = library.title.strip() or words.plain("library_title")
    newest = max(filter(None, (latest(entry.dates) for entry in entries)), default=None)
    picture = {"url": cover, "title": title, "link": library.address}
    about = [
        element("title", {}, title),
        element("link", {}, library.address),
        *(
            element("atom:link", {"rel": name, "type": "application/rss+xml", "href": library.address + other})
            for name, other in {"self": path, **others}.items()
        ),
        element("description", {}, _as_html(words.plain("library_intro"))),
        element("language", {}, lang),
        element("generator", {}, "voicegen"),
        *([element("lastBuildDate", {}, _rfc_5322(newest))] if newest else []),
        element("image", {}, *(element(name, {}, text) for name, text in picture.items())),
        element("itunes:image", {"href": cover}),
        element("itunes:author", {}, library.publisher or title),
        element("itunes:category", {"text": "Health & Fitness"}, element("itunes:category", {"text": "Medicine"})),
        element("itunes:explicit", {}, "false"),
        element("itunes:type", {}, "episodic"),
        element("podcast:guid", {}, podcast_guid(library.address + FEED)),
        element("podcast:locked", {}, "yes"),
        element("podcast:medium", {}, "podcast"),
    ]
    items = [_item(entry, library, cover) for entry in entries]
    namespaces = {f"xmlns:{name}": address for name, address in NAMESPACES.items()}
    return element("rss", {"version": "2.0", **namespaces}, element("channel", {}, *about, *items))


def podcast_guid(address: str) -> str:
    """The podcast's identifier: made from the feed's address without its scheme and slashes at the end."""
    return str(uuid5(PODCASTS, address.partition("://")[2].rstrip("/")))


def item_guid(address: str) -> str:
    """An episode's identifier: made from the address of the page's folder, so that no words change it."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"


def _item(entry: Entry, library: Library, cover: str) -> Element:
    address, recording = f"{library.address}{entry.id}/", f"{entry.id}.mp3"
    lang = language_tag(entry.lang) or "en"
    publisher = entry.publisher or library.publisher
    summary = entry.summary or words_for(lang).plain("recording", title=entry.title)
    sound = {"url": address + recording, "length": str(_size(entry, recording)), "type": "audio/mpeg"}
    captions = {"url": f"{address}captions.vtt", "type": "text/vtt", "language": lang, "rel": "captions"}
    return element(
        "item",
        {},
        element("title", {}, entry.title),
        element("link", {}, address),
        element("guid", {"isPermaLink": "false"}, item_guid(address)),
        *_dates(entry),
        element("description", {}, _as_html(summary)),
        element("enclosure", sound),
        element("dc:language", {}, lang),
        *([element("dc:creator", {}, entry.author)] if entry.author else []),
        *([element("itunes:author", {}, publisher)] if publisher else []),
        *_narrator(entry),
        element("itunes:duration", {}, str(entry.seconds)),
        element("itunes:episodeType", {}, "full"),
        element("itunes:explicit", {}, "false"),
        element("itunes:image", {"href": cover}),
        element("podcast:transcript", captions),
        element("podcast:transcript", {"url": address, "type": "text/html", "language": lang}),
        element("podcast:chapters", {"url": address + CHAPTERS, "type": "application/json+chapters"}),
        *_other_recordings(entry, address),
    )


def _as_html(words: str) -> str:
    """Words for a description, which apps show as HTML (RSS Best Practices Profile, "description").

    As plain text, "if <x or >y" would be shown without its limits, and what looks like markup would be markup.
    """
    return escape(words, quote=False)


def _narrator(entry: Entry) -> Iterator[Element]:
    """Who speaks, and the terms of a computer's voice."""
    if entry.narrator:
        yield element("podcast:person", {"role": "narrator", "group": "cast"}, entry.narrator[:LONGEST_NAME])
    if entry.licence:
        yield element("dc:rights", {}, f"Voice: {entry.licence}")


def _other_recordings(entry: Entry, address: str) -> Iterator[Element]:
    for ending, kind in OTHERS.items():
        name = f"{entry.id}{ending}"
        if name in entry.files:
            source = element("podcast:source", {"uri": address + name})
            yield element("podcast:alternateEnclosure", {"type": kind, "length": str(entry.files[name])}, source)


def _size(entry: Entry, name: str) -> int:
    """Bytes of one of the page's files. Raises PublicationError where it was not published."""
    if name not in entry.files:
        raise PublicationError(entry.id, f"{name} is not among its files", "Build all pages again.")
    return entry.files[name]


def _dates(entry: Entry) -> Iterator[Element]:
    """The day of the last change as the item's date, and both days by name; nothing where the page names none."""
    last = latest(entry.dates)
    if last:
        yield element("pubDate", {}, _rfc_5322(last))
        first = _day(entry.dates.get("published", ""))
        if first and first <= last:
            yield element("atom:published", {}, _at_noon(first).isoformat())
        yield element("atom:updated", {}, _at_noon(last).isoformat())


def latest(dates: Mapping[str, str]) -> date | None:
    """The last day that a page names of its own changes."""
    days = (_day(dates.get(name, "")) for name in ("published", "updated", "reviewed"))
    return max(filter(None, days), default=None)


def _day(written: str) -> date | None:
    """The day that an ISO 8601 date or time begins with; None for anything else."""
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def _at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, NOON, tzinfo=UTC)


def _rfc_5322(day: date) -> str:
    return format_datetime(_at_noon(day), usegmt=True)


def newest_first(page: Entry | Card) -> tuple[int, str]:
    """Puts the pages that changed last first."""
    last = latest(page.dates)
    return -(last.toordinal() if last else 0), page.id
