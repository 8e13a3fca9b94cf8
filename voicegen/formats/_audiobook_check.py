"""The rules of W3C Audiobooks for what we write, and that both manifests, the sound and the texts agree.

They are those of Audiobooks (sections 3 and 4), Publication Manifest (2 and 4) and the Lightweight Packaging
Format (2), narrower where we use only a part of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from voicegen.errors import PublicationError
from voicegen.formats._talking_check import (
    Heard,
    by_id,
    doubled_ids,
    milliseconds,
    narration,
    spoken_language,
    titles,
    unheard,
    words,
)
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.formats._written import seen
from voicegen.formats._xml import legible
from voicegen.formats._zipped import Zipped
from voicegen.recordings.mp3 import Mp3
from voicegen.steps.timecode import to_ms

CONTEXT = ["https://schema.org", "https://www.w3.org/ns/pub-context"]
PROFILE = "https://www.w3.org/TR/audiobooks/"
TEXTS = ("name", "author", "publisher", "readBy", "inLanguage", "id", "readingProgression", "duration")
"""What must be said, as one text that is not empty."""
ACCESSIBLE = {
    "accessMode": ["auditory", "textual"],
    "accessibilityHazard": ["none"],
    "accessibilityFeature": [
        *("readingOrder", "structuralNavigation", "synchronizedAudioText", "tableOfContents", "transcript")
    ],
}
TYPES = {
    "mp3": "audio/mpeg",
    "html": "text/html",
    "css": "text/css",
    "png": "image/png",
    "jpg": "image/jpeg",
    "json": "application/vnd.syncnarr+json",
}
SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
MOST_MS_OFF = 10
_FRAGMENT = re.compile(r"([^#]+)#t=(\d+\.\d{3}),(\d+\.\d{3})")
_EMPTY = {"meta", "link", "img", "br"}


def troubles(folder: Path) -> Iterator[str]:
    """What is wrong with the audiobook in a page's folder.

    Raises PublicationError where a part of it can't be read at all.
    """
    timeline = timeline_of(folder)
    name = f"{timeline.page}.audiobook"
    with Zipped(folder / name) as book:
        try:
            for what in (*book.tricks(), *_Check(book, timeline).troubles()):
                yield f"{name}: {what}"
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as trouble:
            what = f"a manifest or file of times has not the form that it must have ({trouble!r})"
            raise PublicationError(name, what, "Build the page again.") from trouble


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter in which something is said, in the order in which they are played."""
    timeline = timeline_of(folder)
    with Zipped(folder / f"{timeline.page}.audiobook") as book:
        reading = _Check(book, timeline).reading
        yield from book.recordings(one["url"] for one in reading if one.get("alternate"))


class _Check:
    """One audiobook."""

    def __init__(self, book: Zipped, timeline: PublishedTimeline) -> None:
        self.book, self.timeline = book, timeline
        self.manifest: dict[str, Any] = json.loads(book.read("publication.json"))
        self.readium: dict[str, Any] = json.loads(book.read("manifest.json"))
        self.reading: list[dict[str, Any]] = self.manifest["readingOrder"]
        self.lengths = {one["url"]: book.mp3_ms(one["url"]) for one in self.reading if one["url"] in book.names}

    def troubles(self) -> Iterator[str]:
        """Every trouble with it."""
        yield from (f"publication.json: {what}" for what in (*self._facts(), *self._files(), *self._chapters()))
        yield from (f"manifest.json: {what}" for what in self._other_manifest())
        yield from (f"index.html: {what}" for what in self._contents())
        yield from self._texts()

    def _facts(self) -> Iterator[str]:
        manifest = self.manifest
        language = {"language": manifest.get("inLanguage"), "direction": manifest.get("readingProgression")}
        if manifest.get("@context") != [*CONTEXT, language]:
            yield f"its context is {manifest.get('@context')!r}"
        if (manifest.get("conformsTo"), manifest.get("type")) != (PROFILE, "Audiobook"):
            yield "it does not say that it is an audiobook"
        for name in TEXTS:
            if not isinstance(manifest.get(name), str) or not manifest[name].strip():
                yield f"{name} is {manifest.get(name)!r}"
        for name, values in ACCESSIBLE.items():
            if manifest.get(name) != values:
                yield f"{name} is {manifest.get(name)!r}"
        sufficient = [one["itemListElement"] for one in manifest.get("accessModeSufficient", ())]
        if sufficient != [["auditory"], ["textual"]] or not manifest.get("accessibilitySummary", {}).get("value"):
            yield "it does not say that either sound or text is enough"
        if manifest.get("abridged") is not False:
            yield f"abridged is {manifest.get('abridged')!r}"
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", manifest.get("id", "")):
            yield f"its identifier is {manifest.get('id')!r}"
        yield from titles({"name": manifest.get("name")}, self.timeline)
        if manifest.get("inLanguage") != (lang := spoken_language(self.timeline)):
            yield f"inLanguage is {manifest.get('inLanguage')!r}, not {lang!r}"

    def _files(self) -> Iterator[str]:
        """Every file is listed once, in its media type, and is there."""
        resources: list[dict[str, Any]] = self.manifest["resources"]
        alternates = [other for one in self.reading for other in one.get("alternate", ())]
        listed = [one["url"] for one in (*self.reading, *resources)]
        for name in sorted(set(listed) ^ (set(self.book.names) - {"publication.json"})):
            yield f"{name!r} is {'missing' if name in listed else 'not listed'}"
        for name in sorted({name for name in listed if listed.count(name) > 1}):
            yield f"{name!r} is listed twice"
        for one in (*self.reading, *resources, *alternates):
            kind = TYPES.get(one["url"].rpartition(".")[2])
            if one["url"] == "manifest.json":
                kind = "application/audiobook+json"
            if one.get("encodingFormat") != kind or one.get("type") != "LinkedResource":
                yield f"{one['url']!r} is listed as {one.get('encodingFormat')!r}"
        covers = [one["url"] for one in resources if one.get("rel") == "cover"]
        for name in covers:
            signature = SIGNATURES.get(name.rpartition(".")[2], b"?")
            if name in self.book.names and not self.book.read(name).startswith(signature):
                yield f"{name!r} is no picture of its kind"
        if len(covers) != 1 or [one["url"] for one in resources if one.get("rel") == "contents"] != ["index.html"]:
            yield "it does not name one cover and one page of contents"

    def _chapters(self) -> Iterator[str]:
        """Chapters that are not those of timeline.json, or last otherwise; lengths that do not sum."""
        titles = [" ".join(legible(mark.title).split()) for mark in self.timeline.marks]
        told = [one.get("name") for one in self.reading]
        if told != [title or self.manifest["name"] for title in titles]:
            yield f"its chapters are {told}, not {titles}"
            return
        total = 0
        for one, mark in zip(self.reading, self.timeline.marks, strict=True):
            length = _iso_ms(one.get("duration"))
            total += length
            off = length - to_ms(mark.end - mark.start, self.timeline.rate_hz)
            if length < 0 or abs(off) > MOST_MS_OFF:
                yield f"{one['url']!r} lasts {one.get('duration')!r}, which is {off} ms off timeline.json"
            if length > self.lengths.get(one["url"], -1):
                yield f"{one['url']!r} lasts {one.get('duration')!r}, longer than its sound"
        if _iso_ms(self.manifest.get("duration")) != total:
            yield f"it lasts {self.manifest.get('duration')!r}, and its chapters {total} ms"

    def _other_manifest(self) -> Iterator[str]:
        """Where the manifest for Readium says something else."""
        metadata = self.readium["metadata"]
        same = {"title": "name", "author": "author", "identifier": "id", "language": "inLanguage"}
        same |= {"publisher": "publisher", "narrator": "readBy", "readingProgression": "readingProgression"}
        for name, other in same.items():
            if metadata.get(name) != self.manifest.get(other):
                yield f"{name} is {metadata.get(name)!r}, not {self.manifest.get(other)!r}"
        if metadata.get("@type") != "http://schema.org/Audiobook":
            yield "it does not say that it is an audiobook"
        ours = [(one["href"], one["title"], one["type"], one["duration"]) for one in self.readium["readingOrder"]]
        theirs = [
            (one["url"], one["name"], one["encodingFormat"], _iso_ms(one["duration"]) / 1000)
            for one in self.reading
        ]
        if ours != theirs or metadata.get("duration") != _iso_ms(self.manifest["duration"]) / 1000:
            yield "its chapters are not those of publication.json"
        if list(_flat(self.readium["toc"])) != [(one["url"], one["name"]) for one in self.reading]:
            yield "its contents are not those of publication.json"
        hrefs = {one["href"] for one in self.readium["resources"]}
        if hrefs != {one["url"] for one in self.manifest["resources"]} - {"manifest.json"}:
            yield "its files are not those of publication.json"

    def _contents(self) -> Iterator[str]:
        root = _html(self.book.read("index.html"))
        found = {"its title": root.findtext(".//title"), "its heading": seen(next(root.iter("h1")))}
        yield from titles(found, self.timeline)
        if root.get("lang") != spoken_language(self.timeline):
            yield "it does not say its language"
        navs = [nav for nav in root.iter("nav") if nav.get("role") == "doc-toc"]
        links = [(link.get("href"), "".join(link.itertext()).split()) for nav in navs for link in nav.iter("a")]
        if len(navs) != 1 or links != [(one["url"], one["name"].split()) for one in self.reading]:
            yield "its contents are not the chapters of publication.json"
        if [one.get("href") for one in root.iter("link") if one.get("rel") == "publication"] != [
            "publication.json"
        ]:
            yield "it does not name publication.json"

    def _texts(self) -> Iterator[str]:
        """Transcripts and times: every line once, in order, at its time, in its words."""
        heard, elements = [], {}
        for one in self.reading:
            files = {other["encodingFormat"]: other["url"] for other in one.get("alternate", ())}
            if not files:
                continue
            page, sync = files["text/html"], files["application/vnd.syncnarr+json"]
            root = _html(self.book.read(page))
            yield from (f"{page}: {what}" for what in doubled_ids(root))
            chapter = list(_narrated(json.loads(self.book.read(sync)), page, one["url"]))
            found = by_id(root)
            narrated = {item.line: found[item.line] for item in chapter if item.line in found}
            yield from (f"{page}: {what}" for what in unheard(next(root.iter("body"), root), narrated))
            if list(narrated) != [name for name in found if name in narrated]:
                yield f"{page}: its lines are not in the order in which they are heard"
            if root.get("lang") != self.manifest["inLanguage"]:
                yield f"{page}: it does not say its language"
            heard.append(chapter)
            elements.update(narrated)
        yield from words(elements, self.timeline)
        yield from narration(heard, self.timeline, self.lengths)


def _narrated(sync: dict[str, Any], page: str, sound: str) -> Iterator[Heard]:
    for one in sync["narration"]:
        text, _, line = one["text"].partition("#")
        match = _FRAGMENT.fullmatch(one["audio"])
        name, begin, end = match.groups() if match else ("", "", "")
        there = text == page and name == sound
        yield Heard(line if there else one["text"], name, milliseconds(f"{begin}s"), milliseconds(f"{end}s"))


def _flat(entries: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in entries:
        yield one["href"], one["title"]
        yield from _flat(one.get("children", []))


def _iso_ms(duration: object) -> int:
    """A duration such as PT62.345S in milliseconds (ISO 8601); -1 where it is none of ours."""
    match = re.fullmatch(r"PT(\d+\.\d{3}S)", duration) if isinstance(duration, str) else None
    return milliseconds(match[1].lower()) if match else -1


class _Tree(HTMLParser):
    """A tree of an HTML file of ours, in which every element that has a content is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = TreeBuilder()
        self.tree.start("file", {})
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begins an element."""
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in _EMPTY:
            self.tree.end(tag)
        else:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Ends an element. Raises ValueError where another one is open."""
        if not self._open or self._open.pop() != tag:
            raise ValueError(f"</{tag}> closes nothing")
        self.tree.end(tag)

    def handle_data(self, data: str) -> None:
        """Adds words."""
        self.tree.data(data)

    def closed(self) -> Element:
        """The tree. Raises ValueError where an element is open."""
        self.close()
        if self._open:
            raise ValueError(f"<{self._open[-1]}> is not closed")
        self.tree.end("file")
        return self.tree.close()


def _html(data: bytes) -> Element:
    reader = _Tree()
    reader.feed(data.decode("utf-8"))
    root = reader.closed()
    found = root.find("html")
    if found is None:
        raise ValueError("it has no html element")
    return found
