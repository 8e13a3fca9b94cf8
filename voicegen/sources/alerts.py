"""Boxes that Markdown files write as quotations with a mark: `> [!WARNING]`.

Danger: as a quotation a warning is heard as what somebody else said.
Source: GitHub's basic writing and formatting syntax, alerts; Obsidian's help, callouts.
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from voicegen.model.document import Reason
from voicegen.sources.elements import where
from voicegen.sources.leavings import Leavings
from voicegen.speech.patterns import lazy

ALERT = lazy(r"^ {0,3}> {0,3}\[!([A-Za-z]{2,20})\]", re.M)
_MARK = lazy(r"\s*\[!([A-Za-z]{2,20})\][-+]?[ \t]*([^\n]{0,200})\n?")
_CLASSES = {
    **dict.fromkeys(("warning", "caution", "danger", "important", "attention", "error", "bug"), "warning"),
    **dict.fromkeys(("note", "tip", "hint", "info", "abstract", "summary", "tldr", "todo", "success"), "note"),
    **dict.fromkeys(("check", "done", "question", "help", "faq", "example"), "note"),
    **dict.fromkeys(("failure", "fail", "missing"), "warning"),
}
"""The kinds that the two know, and ours of each; other words are text."""


def mark_alerts(page: BeautifulSoup, leavings: Leavings) -> None:
    """Makes boxes of such quotations; their mark is left out, for the box says it in the page's language."""
    for box in page.find_all("blockquote"):
        first = box.find(True)
        if not isinstance(first, Tag) or first.name != "p" or not first.contents:
            continue
        opening = first.contents[0]
        if not isinstance(opening, NavigableString):
            continue
        found = _MARK.match(opening)
        kind = _CLASSES.get(found[1].lower()) if found else None
        if not found or not kind:
            continue
        box["class"] = kind
        leavings.add(found[1], Reason.CODE, where(box))
        if title := found[2].strip():
            line = Tag(name="p", sourceline=first.sourceline)
            line.append(NavigableString(title))
            first.insert_before(line)
        opening.replace_with(NavigableString(opening[found.end() :]))
        if not first.get_text().strip() and first.find(True) is None:
            first.decompose()
