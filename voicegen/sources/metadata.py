"""What an HTML page says of itself: in `meta` elements, in microdata, and in its lines with dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from voicegen.model.document import LeftOut, Reason
from voicegen.sources.days import days_in
from voicegen.sources.elements import attribute, visible_text
from voicegen.speech.patterns import lazy

_META = {
    "author": "author",
    "article:author": "author",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "dc.publisher": "publisher",
    "last-reviewed": "reviewed",
    "date.reviewed": "reviewed",
    "dcterms.reviewed": "reviewed",
    "next-review": "next-review",
    "article:published_time": "published",
    "dcterms.issued": "published",
    "article:modified_time": "updated",
    "dcterms.modified": "updated",
    "last-modified": "updated",
    "description": "description",
}
_PROPERTIES = {"lastReviewed": "reviewed", "dateModified": "updated", "datePublished": "published"}
"""Of schema.org."""
_LINES = tuple(
    (key, lazy(pattern, re.I))
    for key, pattern in (
        (
            "next-review",
            r"\bnext (?:medical |clinical )?review|\breview due|nächste (?:über)?prüfung|próxima revis"
            r"|prochaine ré|prossima re|volgende h",
        ),
        (
            "reviewed",
            r"\breviewed|\breview(?: date)?\b|\brevisad[oa]|\brevisi[óo]n|\brevisão"
            r"|\brevision[ea]|geprüft|überprüfung|überarbeit"
            r"|\brelu\b|révis(?:é|ion)|gecontroleerd|herzien",
        ),
        (
            "updated",
            r"\bupdated|\bmodified|aktualisier|\bstand\b|geändert|\bänderung"
            r"|更新|обновлен|mise? à jour|actualiza|atualiza|aggiorna|bijgewerkt",
        ),
        ("published", r"\bpublished|\bposted|veröffentlicht|\bpublié|\bpublicad|\bpubblicat|gepubliceerd"),
    )
)
"""What a line with a date says of it, the most particular first."""
_MOST_DATES = 20
"""Dates that are looked at: those of the page stand early."""
_LONGEST_LINE = 160
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")


def metadata_of(soup: BeautifulSoup) -> dict[str, str]:
    """Publisher, author, description, and the days (ISO 8601) of publication and review that the page names."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta"):
        name = (attribute(tag, "name") or attribute(tag, "property")).lower()
        key, value = _META.get(name), attribute(tag, "content")
        if key and value:
            found.setdefault(key, _day(value) or value)
    for tag in soup.find_all(itemprop=list(_PROPERTIES)):
        day = _day(attribute(tag, "datetime") or attribute(tag, "content") or visible_text(tag))
        if day:
            found.setdefault(_PROPERTIES[attribute(tag, "itemprop")], day)
    for tag in soup.find_all("time", datetime=True, limit=_MOST_DATES):
        said, day = _said_of(tag), _day(attribute(tag, "datetime"))
        if said and day:
            found.setdefault(said, day)
    return found


def _day(written: str) -> str:
    """The day that a date or a time begins with; empty where it is neither."""
    day = _DAY.match(written)
    return day[0] if day else ""


def _said_of(time: Tag) -> str | None:
    """What the line around a date says of it: the smallest element around it that says anything else."""
    own = visible_text(time)
    for parent in time.parents:
        line = visible_text(parent)
        if len(line) > _LONGEST_LINE or parent.name in ("body", "main", "article"):
            return None
        if line != own:
            return _key_of(line)
    return None


def days_told(left_out: Iterable[LeftOut], known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """What unread lines about the page say of its days, and what staff are told of those not understood.

    What is `known` from better places stays.
    """
    found = dict(known)
    notices = []
    for piece in left_out:
        if piece.reason is not Reason.METADATA or len(piece.text) > 2 * _LONGEST_LINE:
            continue
        start = 0
        for day in days_in(piece.text):
            if key := _key_of(piece.text[start : day.start]):
                found.setdefault(key, day.value)
            start = day.end
        rest = piece.text[start:]
        if (key := _key_of(rest)) in ("reviewed", "next-review") and key not in found and _NUMBERS.search(rest):
            notices.append(
                f"{piece.where}: “{piece.text}” was left out, and its date could not be understood. Write the"
                " month in words: 03/04 is in March to some readers and in April to others."
            )
    return found, notices


_NUMBERS = re.compile(r"\d[-/.]\d|\d{2}")


def _key_of(words: str) -> str | None:
    return next((key for key, pattern in _LINES if pattern.search(words)), None)
