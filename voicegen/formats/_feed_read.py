"""The podcast feed as a client reads it, compared with the folders that it leads into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element

from voicegen.errors import PublicationError
from voicegen.formats._feed_rss import CHAPTERS, FEED, NAMESPACES, item_guid, podcast_guid
from voicegen.formats._shown_words import bare
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.formats._xml import legible, parsed
from voicegen.formats.words import language_tag, words_for
from voicegen.steps.timecode import whole_seconds


@dataclass(frozen=True, slots=True)
class Item:
    """An episode."""

    page: str
    """Its page's folder."""
    title: str
    description: str
    """As it is shown."""
    guid: str
    seconds: int
    sizes: Mapping[str, int]
    """Bytes that it gives for each recording, by path below the output folder."""
    paths: tuple[str, ...]
    """The other files that it leads to."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed."""

    address: str
    """Where the folder is published that it stands in."""
    guid: str
    pictures: tuple[str, ...]
    """Paths below the output folder."""
    items: tuple[Item, ...]
    read: tuple[str, ...] = (FEED,)
    """The documents that it consists of."""


def feed_of(place: Path) -> Feed:
    """The feed in the output folder, with the documents that it leads on to.

    Raises PublicationError where one of them can't be read, or they lead in a circle.
    """
    address, guid, pictures = "", "", []
    items: list[Item] = []
    path, read = FEED, list[str]()
    try:
        while path:
            if path in read:
                raise PublicationError(FEED, f"it leads from {read[-1]!r} back to {path!r}", "Build again.")
            read.append(path)
            channel = _one(parsed(path, (place / path).read_bytes()), "channel")
            links = {link.attrib["rel"]: link.attrib["href"] for link in channel.iterfind("atom:link", NAMESPACES)}
            address = address or links["self"].removesuffix(FEED)
            guid = guid or _one(channel, "podcast:guid").text or ""
            pictures += [_one(channel, "image/url").text or ""]
            pictures += [each.attrib["href"] for each in channel.iterfind(".//itunes:image", NAMESPACES)]
            items += [_item(item, address) for item in channel.iterfind("item")]
            if links["self"] != address + path:
                raise PublicationError(path, f"it says to be {links['self']!r}", "Build again.")
            path = links.get("next", "").removeprefix(address)
    except (OSError, KeyError, ValueError) as trouble:
        what = f"it can't be read ({type(trouble).__name__}: {trouble})"
        raise PublicationError(path, what, "Build again.") from trouble
    shown = tuple(dict.fromkeys(picture.removeprefix(address) for picture in pictures))
    return Feed(address, guid, shown, tuple(items), tuple(read))


def troubles(place: Path) -> Iterator[str]:
    """What in the feed is not so in the folder, in words."""
    feed = feed_of(place)
    if feed.guid != podcast_guid(feed.address + FEED):
        yield f"{FEED}: its identifier {feed.guid!r} is not the one that its address gives"
    for path in sorted({*feed.pictures, *(path for item in feed.items for path in (*item.paths, *item.sizes))}):
        if not (place / path).is_file():
            yield f"{FEED}: it leads to {path!r}, which is missing"
    for path in sorted({path.name for path in place.glob("feed-*.xml")} - set(feed.read)):
        yield f"{path}: the feed does not lead to it"
    for page, times in Counter(item.page for item in feed.items).items():
        if times > 1:
            yield f"{FEED}: {page!r} is {times} times in it"
    folders = {path.parent.name for path in place.glob(f"[!.]*/{CHAPTERS}")}
    for page in sorted(folders ^ {item.page for item in feed.items}):
        yield f"{FEED}: {page!r} is not both in it and among the folders"
    for item in feed.items:
        yield from _differences(item, feed, place)


def _differences(item: Item, feed: Feed, place: Path) -> Iterator[str]:
    for path in sorted({*item.sizes, *item.paths}):
        if not path.startswith(f"{item.page}/"):
            yield f"{FEED}: {item.page!r} leads to {path!r}, which is not of that page"
    for path, size in item.sizes.items():
        file = place / path
        if file.is_file() and file.stat().st_size != size:
            yield f"{FEED}: {path!r} has {file.stat().st_size} bytes, not {size}"
    if item.guid != item_guid(f"{feed.address}{item.page}/"):
        yield f"{FEED}: {item.page!r} has another identifier than its address gives"
    if (place / item.page / "timeline.json").is_file():
        timeline = timeline_of(place / item.page)
        if item.seconds != whole_seconds(timeline.samples, timeline.rate_hz):
            yield f"{FEED}: {item.page!r} is not {item.seconds} seconds long"
        if item.title != legible(timeline.title):
            yield f"{FEED}: {item.page!r} is not called {item.title!r}"
        if not _is_of(item.description, timeline):
            yield f"{FEED}: {item.page!r} does not say {item.description[:60]!r}"


def _is_of(description: str, timeline: PublishedTimeline) -> bool:
    """Whether a description is lines of the page, in order, or no more than its title in a sentence of ours."""
    words = bare(description)
    ours = words_for(language_tag(timeline.lang) or "en")
    ends = {0}
    """How much of the description may have been met."""
    for line in timeline.lines:
        shown = bare(legible(line.shown))
        ends |= {end + len(shown) for end in ends if words.startswith(shown, end)}
    return len(words) in ends or words == bare(legible(ours.plain("recording", title=timeline.title)))


def _item(item: Element, address: str) -> Item:
    """An item. Raises KeyError, ValueError or PublicationError where something is missing from it."""
    sound = _one(item, "enclosure").attrib
    sizes = {sound["url"]: sound["length"]}
    for other in item.iterfind("podcast:alternateEnclosure", NAMESPACES):
        sizes[_one(other, "podcast:source").attrib["uri"]] = other.attrib["length"]
    linked = [
        part.attrib["url"]
        for name in ("podcast:transcript", "podcast:chapters")
        for part in item.iterfind(name, NAMESPACES)
    ]
    return Item(
        page=(_one(item, "link").text or "").removeprefix(address).strip("/"),
        title=_one(item, "title").text or "",
        description=unescape(_one(item, "description").text or ""),
        guid=_one(item, "guid").text or "",
        seconds=int(_one(item, "itunes:duration").text or ""),
        sizes={url.removeprefix(address): int(size) for url, size in sizes.items()},
        paths=tuple(_file(url.removeprefix(address)) for url in linked),
    )


def _file(path: str) -> str:
    """A server shows a folder's index.html for the folder."""
    return f"{path}index.html" if path.endswith("/") else path


def _one(parent: Element, name: str) -> Element:
    """The element of that name. Raises PublicationError where there is none."""
    found = parent.find(name, NAMESPACES)
    if found is None:
        raise PublicationError(FEED, f"it has no {name} in {parent.tag}", "Build again.")
    return found
