"""What search engines and library catalogues read of a transcript page: JSON-LD 1.1 in the words of schema.org.

It stands in the page as a data block (HTML, section 4.12.1), which no browser runs, so that the page's policy
needs no exception for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from voicegen.formats._links import Found
from voicegen.formats._spoken_by import credit
from voicegen.formats._verified import PublishedTimeline
from voicegen.formats.words import Words
from voicegen.model.edition import Edition
from voicegen.steps import timecode

FEATURES = ("displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "transcript")
"""What the tests of the page hold it to, in the vocabulary of schema.org's accessibility properties."""
SUFFICIENT = ("textual", "auditory")
"""Each of these senses is enough for all of the page."""
DATES = {"lastReviewed": "reviewed", "datePublished": "published", "dateModified": "updated"}
"""Properties of schema.org, and what the page calls them."""
_UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What could end or open something in a script element (HTML, section 13.2.5.4), and what HTML can't hold."""


def data_block(edition: Edition, lang: str, words: Words, origin: str = "") -> Markup:
    """The JSON for `<script type="application/ld+json">`: nothing in it can end the element.

    Addresses are relative to the page where nobody said where it is published. `origin` is the address of the
    page that this one was made from.
    """
    facts = {name: value for name, value in _page(edition, lang, words, origin).items() if value}
    return safe_json({"@context": "https://schema.org", **facts})


def safe_json(facts: Mapping[str, Any]) -> Markup:
    """JSON for a data block in a page: nothing in it can end the element."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704 - escaped just here


def _page(edition: Edition, lang: str, words: Words, origin: str) -> dict[str, Any]:
    title, page = edition.timeline.marks[0].title, edition.page
    return {
        "@type": "MedicalWebPage",
        "name": title,
        "url": page.address or "index.html",
        "about": {"@type": "MedicalCondition", "name": title},
        "inLanguage": lang,
        "publisher": {"@type": "Organization", "name": page.publisher} if page.publisher else None,
        "author": edition.document.about("author").strip(),
        **_dates(edition),
        "isBasedOn": origin,
        "accessMode": ["textual", "auditory"],
        "accessModeSufficient": [{"@type": "ItemList", "itemListElement": [sense]} for sense in SUFFICIENT],
        "accessibilityFeature": list(FEATURES),
        "accessibilityHazard": ["none"],
        "accessibilityControl": ["fullKeyboardControl", "fullMouseControl", "fullTouchControl"],
        "accessibilitySummary": _ours(words, words.plain("accessible")),
        "audio": _recording(edition, words),
    }


def _ours(words: Words, text: str) -> str | dict[str, str]:
    """Words of ours, with their language where it is not the page's (JSON-LD, section 4.2.4)."""
    return {"@language": words.lang, "@value": text} if words.foreign else text


def _dates(edition: Edition) -> Mapping[str, str]:
    """The days that the page names, where they are days (ISO 8601)."""
    found = {}
    for name, key in DATES.items():
        day = edition.document.about(key).strip()
        try:
            found[name] = date.fromisoformat(day).isoformat()
        except ValueError:
            continue
    return found


def _recording(edition: Edition, words: Words) -> dict[str, Any]:
    timeline = edition.timeline
    length = timecode.seconds(timeline.samples, timeline.rate_hz)
    return {
        "@type": "AudioObject",
        "name": _ours(words, words.plain("recording", title=timeline.marks[0].title)),
        "contentUrl": _recording_address(edition),
        "encodingFormat": "audio/mpeg",
        "creditText": credit(edition),
        "duration": f"PT{length}S",
        "inLanguage": edition.script.lang,
        "hasPart": list(_clips(edition)),
    }


def _clips(edition: Edition) -> Iterator[dict[str, Any]]:
    """The chapters; offsets in seconds."""
    rate = edition.timeline.rate_hz
    for mark in edition.timeline.marks:
        start, end = timecode.seconds(mark.start, rate), timecode.seconds(mark.end, rate)
        yield {
            "@type": "Clip",
            "name": mark.title,
            "startOffset": float(start),
            "endOffset": float(end),
            "url": f"{_recording_address(edition)}#t={start},{end}",
        }


def _recording_address(edition: Edition) -> str:
    return f"{edition.page.address}{edition.page.id}.mp3"


def differences(found: Found, timeline: PublishedTimeline) -> Iterator[str]:
    """Where the data block of a published page says something else than timeline.json, in words."""
    try:
        (text,) = (text for facts, text in found.scripts if facts.get("type") == "application/ld+json")
        page = json.loads(text)
        recording = page["audio"]
        names = {"name": page["name"], "condition": page["about"]["name"]}
        sound = recording["contentUrl"]
        said = [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in recording["hasPart"]]
        length = recording["duration"]
    except (ValueError, KeyError, TypeError) as trouble:
        yield f"its data for search engines can't be read ({type(trouble).__name__}: {trouble})"
        return
    rate = timeline.rate_hz
    for what, name in names.items():
        if name != timeline.title:
            yield f"its data for search engines gives {name!r} as its {what}"
    if sound.rpartition("/")[2] != f"{timeline.page}.mp3":
        yield f"its data for search engines leads to {sound!r} as the recording"
    if length != f"PT{timecode.seconds(timeline.samples, rate)}S":
        yield f"its data for search engines gives {length} as the recording's length"
    planned = [
        (mark.title, *(float(timecode.seconds(at, rate)) for at in (mark.start, mark.end)))
        for mark in timeline.marks
    ]
    if said != planned:
        yield "its data for search engines has other chapters than timeline.json"
