"""What a published HTML file leads to."""

from __future__ import annotations

import re
from html.parser import HTMLParser

DATA = ("application/json", "application/ld+json")
"""Types of script elements that hold data, which no browser runs (HTML, section 4.12.1)."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""How an address begins that leads elsewhere (RFC 3986, section 3.1); urllib refuses broken ones."""


class Found(HTMLParser):
    """The ids of a page, and the addresses in it that lie beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.policy = ""
        """The content security policy that it names."""
        self.inline = False
        """Whether a script or style stands in it, or an attribute that is one."""
        self.ended = False
        """Whether it is closed as it was opened: a page that was cut off is not."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element's id and addresses, and what runs in it or looks like it."""
        facts = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in facts and facts.get("type") not in DATA
        self.inline |= runs or tag == "style" or any(name == "style" or name.startswith("on") for name in facts)
        if tag == "meta" and facts.get("http-equiv", "").lower() == "content-security-policy":
            self.policy += facts.get("content", "")
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in {"href", "src"} and value and not _SCHEME.match(value):
                self.addresses.add(value)

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of the page."""
        self.ended = self.ended or tag == "html"
