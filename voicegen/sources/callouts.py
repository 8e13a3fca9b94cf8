"""How urgent a box is, as its class or role says: never as its words say, so that the two can be compared."""

from __future__ import annotations

import re

from bs4.element import Tag

from voicegen.model.document import Urgency
from voicegen.sources.elements import attribute, class_names, tokens
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

_BOX_WORDS = word_set(
    "box card care callout alert notice panel message admonition block banner inset note advice",
)
_KINDS: tuple[tuple[Urgency, re.Pattern[str]], ...] = (
    ("non-urgent", re.compile(r"non-?_?urgent")),
    ("emergency", re.compile(r"emergenc|immediate|lifethreat|care-?card--?red")),
    ("urgent", re.compile(r"urgent")),
    ("warning", lazy(r"warning|danger|caution|red-?flag|alert-(?:error|danger)|important")),
)
_NOTES = word_set(
    "note notice notes callout info-box infobox info-panel alert-info inset-text nhsuk-inset-text tip",
    "tips hint admonition remember key-point key-points keypoints takeaway highlight-box box-info",
    "message-info panel-info warning-callout",
)


def is_pull_quote(tag: Tag) -> bool:
    """Whether a box shows a passage of the page once more, large."""
    return tag.name in ("div", "aside", "p", "figure", "section") and bool(class_names(tag) & _PULL_QUOTES)


_PULL_QUOTES = word_set("pullquote pull-quote pull_quote pullout wp-block-pullquote")


def urgency_of(tag: Tag) -> Urgency | None:
    """The urgency of a callout, or None where the element is none."""
    if tag.name not in ("div", "section", "aside", "p", "article", "blockquote"):
        return None
    names = class_names(tag)
    if not names and not tag.get("role"):
        return None
    joined = " ".join(sorted(names))
    words = tokens(tag)
    short = len(names) <= 2 or bool(words & _BOX_WORDS)
    for urgency, pattern in _KINDS:
        if pattern.search(joined) and short:
            return urgency
    if names & _NOTES or attribute(tag, "role") == "note":
        return "note"
    return "warning" if attribute(tag, "role") == "alert" else None
