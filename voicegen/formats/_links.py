"""What a published HTML file leads to, and the data in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

DATA = ("application/json", "application/ld+json")
"""Types of script elements that hold data, which no browser runs (HTML, section 4.12.1)."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""How an address begins that leads elsewhere (RFC 3986, section 3.1); urllib refuses broken ones."""


class Found(HTMLParser):
    """The ids of a page, the addresses in it that lie beside it, and its data. `_shown_words` reads on."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.outside: list[str] = []
        """The addresses of links that lead elsewhere, in order."""
        self.policy = ""
        """The content security policy that it names."""
        self.inline = False
        """Whether a script or style stands in it, or an attribute that is one."""
        self.ended = False
        """Whether it is closed as it was opened: a page that was cut off is not."""
        self.lines: list[str] = []
        """The ids of its sentences, in order."""
        self.scripts: list[tuple[dict[str, str], str]] = []
        """The attributes and the text of each script element."""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element's id and addresses, and what runs in it or looks like it."""
        facts = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in facts and facts.get("type") not in DATA
        self.inline |= runs or tag == "style" or any(name == "style" or name.startswith("on") for name in facts)
        if facts.get("class") == "line" and facts.get("id"):
            self.lines.append(facts["id"])
        self._inside = tag == "script"
        if self._inside:
            self.scripts.append((facts, ""))
        if tag == "meta" and facts.get("http-equiv", "").lower() == "content-security-policy":
            self.policy += facts.get("content", "")
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in {"href", "src"} and value and not _SCHEME.match(value):
                self.addresses.add(value)
            elif name == "href" and value and tag == "a":
                self.outside.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of a script, and of the page."""
        self._inside = False
        self.ended = self.ended or tag == "html"

    def handle_data(self, data: str) -> None:
        """Keeps a script's text."""
        if self._inside:
            facts, text = self.scripts[-1]
            self.scripts[-1] = facts, text + data


def found_in(page: str) -> Found:
    """What is found in the text of an HTML file."""
    found = Found()
    found.feed(page)
    return found
