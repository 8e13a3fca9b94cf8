"""Governance: who answers for a page, when it was reviewed, and what happens once its next review is overdue.

A page says so itself (front matter, `meta`), or voicegen.toml says it for the page, which comes first. It becomes
part of the Document, so every format shows and embeds it in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from voicegen.config import PageSettings, Review
from voicegen.errors import PublicationError, VoicegenError
from voicegen.model.document import Callout, Document, Paragraph, Run, Text, numbered
from voicegen.speech import frames

NEXT = "next-review"
DRAFT, TRUE = "draft", {"true", "yes", "on"}
"""What a page says of itself that a site does not show yet, in the front matter of Hugo, Eleventy and others."""


def today() -> date:
    """Today's date, where the machine is."""
    return date.today()


def governed(document: Document, own: PageSettings) -> Document:
    """The document with what voicegen.toml says of the page in the place of its own words."""
    said = {"author": own.author, "reviewed": own.reviewed, NEXT: own.next_review}
    given = {key: value for key, value in said.items() if value}
    if not given:
        return document
    return replace(document, metadata=tuple({**dict(document.metadata), **given}.items()))


def day(written: str) -> date | None:
    """The day that a date or time in ISO 8601 begins with; None for anything else."""
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def reminder(written: str, review: Review) -> str:
    """What staff are told of a page's next review, a day in ISO 8601, from `[review] warn_days` before it on."""
    due = day(written)
    if due is None:
        return ""
    left = (due - today()).days
    if left < 0:
        return f"its review was due on {due}"
    when = "today" if left == 0 else f"in {left} day{'s' if left > 1 else ''}"
    return f"its review is due on {due}, {when}" if left <= review.warn_days else ""


def is_overdue(written: str) -> bool:
    """Whether the day of the next review is past."""
    due = day(written)
    return due is not None and due < today()


def same_until(written: Iterable[str], review: Review) -> str:
    """The day, in ISO 8601, from which other things are said of pages with these days of their next reviews."""
    days = [due - timedelta(review.warn_days) for due in map(day, written) if due]
    return str(min((max(one, today() + timedelta(1)) for one in days), default=date.max))


def stamp(facts: Mapping[str, Any], review: Review) -> dict[str, str]:
    """What a page's stamp holds of its review: something only once that is overdue and makes a difference."""
    written = str(facts.get("dates", {}).get(NEXT, ""))
    return {"review": f"{review.overdue} {written}"} if review.overdue != "warn" and is_overdue(written) else {}


def judged(document: Document, source: str, review: Review) -> tuple[Document, tuple[VoicegenError, ...]]:
    """The document as the clinic wants it once its review is overdue, and why it may not be published then.

    Nor may it while it says of itself that it is a draft.
    """
    if document.about(DRAFT).strip().lower() in TRUE:
        what = "it says of itself that it is a draft"
        return document, (PublicationError(source, what, "Take that out once the page is finished."),)
    written = document.about(NEXT)
    if written.strip() and day(written) is None:
        return _unreadable(document, source, written, review)
    said = reminder(written, review)
    if said:
        document = replace(document, notices=(*document.notices, f"{said[0].upper()}{said[1:]}."))
    if not is_overdue(written) or review.overdue == "warn":
        return document, ()
    if review.overdue == "refuse":
        remedy = "Have it reviewed and correct the date, or change [review] overdue in voicegen.toml."
        return document, (PublicationError(source, f"its review was due on {day(written)}", remedy),)
    return numbered(replace(document, blocks=(_notice(document.lang, written), *document.blocks))), ()


def _unreadable(
    document: Document, source: str, written: str, review: Review
) -> tuple[Document, tuple[VoicegenError, ...]]:
    """What is said of a day of the next review that nobody can be reminded of."""
    what = f"the day of its next review, “{' '.join(written.split())[:40]}”, is no day such as 2026-11-30"
    if review.overdue == "refuse":
        return document, (PublicationError(source, what, "Correct it: else nobody sees that it is overdue."),)
    notice = f"{what[0].upper()}{what[1:]}: nobody is reminded of it."
    return replace(document, notices=(*document.notices, notice)), ()


def _notice(lang: str, written: str) -> Callout:
    """The notice to readers and listeners, in the page's language, or in English where we have no words in it."""
    from babel.dates import format_date  # imported late: it is slow, and few pages are overdue

    spoken = lang if frames(lang) else "en"
    due = format_date(day(written), "long", locale=spoken.replace("-", "_").split("_")[0])
    words = Run(frames(spoken).review_overdue(due), lang="" if spoken == lang else spoken)
    return Callout("note", (Paragraph(Text((words,))),))
