"""How urgent a box is, as its class or role says.

Its words are not asked, so that the two can be compared, except where the class says no more than that something
is important, or is none: a box that tells to call an ambulance's number is an emergency.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from voicegen.model.document import Urgency
from voicegen.sources.elements import attribute, class_names, tokens
from voicegen.sources.phrases import CALL
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


_NOT = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bnicht|\bkeine?n?|\bne|\bn['’]|\bno|\bnunca|\bnon|\bnão|\bniet)\s*(?:\w+\s+)?\Z",
    re.I,
)
_NAMES_URGENCY = re.compile(
    r"(?:non|not|nicht|no)\b|warn|achtung|vorsicht|attention|advertencia|aviso|atenci|avvert|attenzione|atenç"
    r"|import|wichtig|urgen(?:t|te)\b|dringen|waarsch|let op|note|hinweis|remarque|nota",
    re.I,
)
"""How a heading begins that names an urgency itself: a listener would hear two."""
_SOMEBODY_SPEAKS = re.compile(
    r"[“”„«»\"]|^\s*[—–]|\b(?:I|my|ich|mein\w*|je|mon|ma|yo|mio|mia|meu|minha|ik|mijn)\b|\bj['’]", re.M
)
_LONGEST_BOX = 600


def tells_of_emergency(words: str) -> bool:
    """Whether a text tells to call an ambulance's number."""
    return any(not _NOT.search(words, max(0, found.start() - 20), found.start()) for found in CALL.finditer(words))


def is_emergency_quoted(words: str) -> bool:
    """Whether a quotation is none: an emergency's box that was typed with the sign of quotations."""
    return len(words) <= _LONGEST_BOX and not _SOMEBODY_SPEAKS.search(words) and tells_of_emergency(words)


def urgency_with_words(urgency: Urgency, heading: str, words: str) -> Urgency:
    """The urgency of a box without a label: what its class leaves open, its words say."""
    if urgency not in ("warning", "note") or len(words) > _LONGEST_BOX or _NAMES_URGENCY.match(heading.strip()):
        return urgency
    return "emergency" if tells_of_emergency(f"{heading}\n{words}") else urgency
