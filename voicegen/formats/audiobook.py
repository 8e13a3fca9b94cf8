"""audiobook: `<page>.audiobook`, chapters with their transcripts and the time of every sentence, for reading apps.

W3C Audiobooks (Recommendation, 10 November 2020) with its publication manifest, in the Lightweight Packaging
Format. Apps that are built on Readium look for `manifest.json` instead, so the same facts stand there too (Readium
Web Publication Manifest, audiobook profile). docs/reference/daisy.md tells what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from voicegen.contracts import PublishedFile
from voicegen.formats import _audiobook_check
from voicegen.formats._cover import cover, suffix
from voicegen.formats._mp3_files import chapter_file
from voicegen.formats._package import Member, package, text
from voicegen.formats._talking_blocks import blocks
from voicegen.formats._talking_book import About, Span, about, chapters, seconds, spans
from voicegen.formats._talking_style import STYLE
from voicegen.formats._talking_text import Group, Part, Talk, holding, lined, told
from voicegen.formats._talking_xhtml import Xhtml
from voicegen.formats._xml import element, legible
from voicegen.formats.words import Words, words_for
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.recordings.mp3 import Mp3

CODECS = ("mp3",)
NEXT_LINE = "\x85"
"""A line's end in XML, and nothing that HTML allows (WHATWG HTML, section 13.2.3.5)."""
MP3, HTML, SYNC = "audio/mpeg", "text/html", "application/vnd.syncnarr+json"
FEATURES = ("readingOrder", "structuralNavigation", "synchronizedAudioText", "tableOfContents", "transcript")
"""What of schema.org's accessibility features it has."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    name = f"{edition.page.id}.audiobook"
    yield PublishedFile(name, package(name, members(edition)), offer="audiobook")


def verify(folder: Path) -> Iterator[str]:
    """What is wrong with the audiobook (`_audiobook_check` has the rules)."""
    return _audiobook_check.troubles(folder)


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which they are played."""
    return _audiobook_check.recordings(folder)


def members(edition: Edition) -> list[Member]:
    """The audiobook's files; its manifest comes first."""
    facts = about(edition, "audiobook")
    words = words_for(facts.lang)
    talk = told(edition, Xhtml(linked=False), blocks)
    reading = [_Chapter(edition, talk, number) for number in range(len(edition.timeline.marks))]
    picture, kind = cover(edition)
    cover_name = f"cover{suffix(kind)}"
    clips = spans(edition)
    beside = [member for one in reading for member in one.beside(facts, clips)]
    listed = [
        {"url": "index.html", "encodingFormat": HTML, "rel": "contents", "name": words.plain("chapters")},
        {"url": cover_name, "encodingFormat": kind, "rel": "cover", "name": facts.title},
        {"url": "default.css", "encodingFormat": "text/css"},
        *({"url": member.path, "encodingFormat": _type(member.path)} for member in beside),
        {"url": "manifest.json", "encodingFormat": "application/audiobook+json"},
    ]
    total = chapters(edition)[-1].end
    return [
        text("publication.json", _json(_publication(facts, words, reading, listed, total, edition.page.address))),
        text("manifest.json", _json(_readium(facts, words, reading, listed, total))),
        text("index.html", _contents(facts, words, reading, cover_name)),
        text("default.css", STYLE),
        Member(cover_name, (blob(picture),)),
        *beside,
        *(Member(one.sound, chapter_file(edition, one.number)) for one in reading),
    ]


class _Chapter:
    """One file of sound, with what belongs to it."""

    def __init__(self, edition: Edition, talk: Talk, number: int) -> None:
        """Takes the chapter's own parts of the text."""
        mark, span = edition.timeline.marks[number], chapters(edition)[number]
        self.number = number
        self.ms = span.end - span.begin
        self.parts = [part for part in talk.parts if part.chapter == number and talk.heard[number]]
        self.lines = list(_lines(talk.heard[number]))
        self.title = " ".join(legible(mark.title).split())
        self.level = max(1, mark.level - 1)
        """As in the contents: 1 for the title and the main sections."""
        self.sound, self.transcript, self.sync = (f"{number + 1:04}.{end}" for end in ("mp3", "html", "json"))

    def beside(self, facts: About, clips: dict[str, Span]) -> Iterator[Member]:
        """The transcript, and when each of its lines is heard."""
        if self.lines:
            narration = [
                {
                    "text": f"{self.transcript}#{line}",
                    "audio": f"{self.sound}#t={seconds(clips[line].begin)},{seconds(clips[line].end)}",
                }
                for line in self.lines
            ]
            yield text(self.transcript, _page(facts, self.title or facts.title, _body(self.parts)))
            yield text(self.sync, _json({"role": "chapter", "narration": narration}))

    def alternate(self, address: str, kind: str) -> list[dict[str, str]]:
        """Where the transcript and the times are, in the words of a manifest."""
        files = ((self.transcript, HTML), (self.sync, SYNC)) if self.lines else ()
        return [{address: name, kind: type_} for name, type_ in files]


def _publication(
    facts: About,
    words: Words,
    reading: Sequence[_Chapter],
    listed: list[dict[str, str]],
    total_ms: int,
    address: str,
) -> dict[str, Any]:
    """The W3C manifest (Audiobooks, section 4; Publication Manifest, section 2)."""
    context = ["https://schema.org", "https://www.w3.org/ns/pub-context"]
    said: dict[str, Any] = {
        "@context": [*context, {"language": facts.lang, "direction": facts.dir}],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": f"urn:uuid:{facts.identifier}",
        "name": facts.title,
        "author": facts.author or facts.publisher,
        "publisher": facts.publisher,
        "readBy": facts.credit,
        "inLanguage": facts.lang,
        "readingProgression": facts.dir,
        "abridged": False,
        "duration": f"PT{seconds(total_ms)}S",
        "accessMode": ["auditory", "textual"],
        "accessModeSufficient": [
            {"type": "ItemList", "itemListElement": [mode]} for mode in ("auditory", "textual")
        ],
        "accessibilityFeature": list(FEATURES),
        "accessibilityHazard": ["none"],
        "accessibilitySummary": {"value": words.plain("audiobook_accessible"), "language": words.lang},
        "readingOrder": [
            {
                "type": "LinkedResource",
                "url": one.sound,
                "encodingFormat": MP3,
                "name": one.title or facts.title,
                "duration": f"PT{seconds(one.ms)}S",
                "alternate": [
                    {"type": "LinkedResource", **other} for other in one.alternate("url", "encodingFormat")
                ],
            }
            for one in reading
        ],
        "resources": [{"type": "LinkedResource", **one} for one in listed],
    }
    if facts.dated:
        said["dateModified"] = facts.date
    if address:
        said["url"] = address
    return said


def _readium(
    facts: About, words: Words, reading: Sequence[_Chapter], listed: list[dict[str, str]], total_ms: int
) -> dict[str, Any]:
    """The same for apps that are built on Readium."""
    metadata = {
        "@type": "http://schema.org/Audiobook",
        "conformsTo": "https://readium.org/webpub-manifest/profiles/audiobook",
        "identifier": f"urn:uuid:{facts.identifier}",
        "title": facts.title,
        "author": facts.author or facts.publisher,
        "publisher": facts.publisher,
        "narrator": facts.credit,
        "language": facts.lang,
        "readingProgression": facts.dir,
        "duration": total_ms / 1000,
        "accessibility": {
            "accessMode": ["auditory", "textual"],
            "accessModeSufficient": [["auditory"], ["textual"]],
            "feature": list(FEATURES),
            "hazard": ["none"],
            "summary": words.plain("audiobook_accessible"),
        },
    }
    return {
        "@context": "https://readium.org/webpub-manifest/context.jsonld",
        "metadata": {**metadata, "modified": f"{facts.date}T00:00:00Z"} if facts.dated else metadata,
        "links": [{"rel": "self", "href": "manifest.json", "type": "application/audiobook+json"}],
        "readingOrder": [
            {
                "href": one.sound,
                "type": MP3,
                "title": one.title or facts.title,
                "duration": one.ms / 1000,
                "alternate": one.alternate("href", "type"),
            }
            for one in reading
        ],
        "resources": [
            {"href": one["url"], "type": one["encodingFormat"], **({"rel": one["rel"]} if "rel" in one else {})}
            for one in listed
            if one["url"] != "manifest.json"
        ],
        "toc": _nested(
            reading,
            lambda one, inside: {
                "href": one.sound,
                "title": one.title or facts.title,
                **({"children": inside} if inside else {}),
            },
        ),
    }


def _nested(reading: Sequence[_Chapter], entry: Any) -> list[Any]:
    """The chapters, each with those that lie deeper after it, as `entry` makes them."""
    made = []
    at = 0
    while at < len(reading):
        end = at + 1
        while end < len(reading) and reading[end].level > reading[at].level:
            end += 1
        made.append(entry(reading[at], _nested(reading[at + 1 : end], entry)))
        at = end
    return made


def _contents(facts: About, words: Words, reading: Sequence[_Chapter], cover_name: str) -> bytes:
    """The primary entry page with the contents (Publication Manifest, section 2.8.1.3)."""

    def item(one: _Chapter, inside: list[Element]) -> Element:
        link = element("a", {"href": one.sound}, one.title or facts.title)
        return element("li", {}, link, *([element("ol", {}, *inside)] if inside else []))

    language = {} if not words.foreign else {"lang": words.lang}
    nav = element(
        "nav",
        {"role": "doc-toc"},
        element("h2", language, words.plain("chapters")),
        element("ol", {}, *_nested(reading, item)),
    )
    picture = element("img", {"src": cover_name, "alt": "", "width": "300"})
    body = [element("h1", {}, facts.title), picture, element("p", {}, facts.publisher), nav]
    return _page(facts, facts.title, body, manifest=True)


def _body(parts: Sequence[Part]) -> list[Element]:
    """A chapter's text, whose first heading is of the first level."""
    body: list[Element] = []
    for part in parts:
        level = max(1, part.level - parts[0].level + 1)
        body += [holding(f"h{level}", part.heading, id=part.id), *part.blocks]
    return body


def _page(facts: About, title: str, body: list[Element], *, manifest: bool = False) -> bytes:
    """An HTML file."""
    head = [
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("title", {}, title),
        element("link", {"rel": "stylesheet", "href": "default.css"}),
    ]
    if manifest:
        head.append(element("link", {"rel": "publication", "href": "publication.json"}))
    main = element("body", {}, element("main", {}, *lined(body)))
    root = element("html", {"lang": facts.lang, "dir": facts.dir}, element("head", {}, *head), main)
    markup = ElementTree.tostring(root, "unicode", method="html")
    return f"<!DOCTYPE html>\n{markup.replace(NEXT_LINE, ' ')}\n".encode()


def _type(name: str) -> str:
    return SYNC if name.endswith("json") else HTML


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(heard: list[str | Group]) -> Iterator[str]:
    for one in heard:
        if isinstance(one, Group):
            yield from _lines(one.heard)
        else:
            yield one
