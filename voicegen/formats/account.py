"""account: what became of every word of the source, for staff (`account.html`) and programs (`account.json`).

Nobody who listens needs it, so the transcript does not link to it. The words are English, whatever the page's
language, and the page's own words carry theirs. docs/reference/account.md tells the keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from voicegen.contracts import PublishedFile
from voicegen.formats._links import found_in
from voicegen.formats._spoken_by import credit
from voicegen.formats._templates import render_template, style_sheet
from voicegen.formats.words import in_language, language_tag
from voicegen.model.account import Account, NotSpoken
from voicegen.model.blob import blob
from voicegen.model.edition import Edition
from voicegen.model.written import name_of
from voicegen.speech import RULES

CODECS: tuple[str, ...] = ()
VERSION = 1
"""Raised when a reader of account.json would have to change."""
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
"""What account.html may load: its style sheet (CSP Level 3)."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`account.html` with its style sheet, and `account.json`."""
    yield PublishedFile("account.html", (blob(page(edition).encode()),))
    yield PublishedFile("account.css", (blob(style_sheet("look.css", "account.css")),))
    yield PublishedFile(
        "account.json", (blob((json.dumps(facts(edition), ensure_ascii=False, indent=1) + "\n").encode()),)
    )


def verify(folder: Path) -> Iterator[str]:
    """Sums that do not add up, words that nobody accounted for, a page that is not whole."""
    try:
        words = json.loads((folder / "account.json").read_bytes())["words"]
        parts = sum(words[name] for name in ("as_shown", "transformed", "silent", "left_out", "no_text"))
        if parts != words["source"]:
            yield f"account.json: {parts} words are accounted for, of {words['source']}"
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        yield f"account.json: it can't be read ({trouble})"
    found = found_in((folder / "account.html").read_text("utf-8"))
    if not found.ended:
        yield "account.html: it is not whole"
    for name in sorted(found.addresses):
        if not name.startswith(("#", "index.html")) and not (folder / name).is_file():
            yield f"account.html: it leads to {name!r}, which is missing"


def page(edition: Edition) -> str:
    """The account as a page for staff."""
    lang = language_tag(edition.document.lang) or "en"

    def own(words: str) -> object:
        """Words of the page, marked with its language."""
        return in_language(words, lang, "en")

    return render_template(
        "account.html",
        policy=POLICY,
        page=edition.page,
        title=name_of(edition.document.title),
        account=edition.account,
        rules=RULES,
        reasons=_by_reason(edition.account),
        own=own,
        credit=credit(edition),
    )


def facts(edition: Edition) -> dict[str, object]:
    """The account as plain values."""
    account = edition.account
    return {
        "version": VERSION,
        "page": edition.page.id,
        "source": edition.page.source,
        "lang": edition.document.lang,
        **edition.page.spoken_by,
        "counted": account.counted,
        "words": asdict(account.totals),
        "left_out": [{**asdict(piece), "reason": str(piece.reason)} for piece in account.left_out],
        "transformed": [{**asdict(form), "about": RULES.get(form.rule, "")} for form in account.transformed],
        "silent": [asdict(piece) for piece in account.silent],
        "added": [asdict(words) for words in account.added],
        "not_in_source": list(account.not_in_source),
        "notices": list(account.notices),
    }


def _by_reason(account: Account) -> list[tuple[str, list[NotSpoken]]]:
    """What was left out, gathered under its reasons; those that took the most words come first."""
    ordered = sorted(account.left_out, key=lambda piece: piece.reason)
    gathered = [(str(reason), list(pieces)) for reason, pieces in groupby(ordered, lambda piece: piece.reason)]
    return sorted(gathered, key=lambda group: -sum(piece.words for piece in group[1]))
