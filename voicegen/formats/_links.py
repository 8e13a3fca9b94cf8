"""What a published HTML file leads to."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit

DATA = ("application/json", "application/ld+json")
"""Types of script elements that hold data, which no browser runs (HTML, section 4.12.1)."""


class Found(HTMLParser):
    """The ids of a page, and the addresses in it that lie beside it."""

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
            elif name in {"href", "src"} and value and not _scheme(value):
                self.addresses.add(value)
            elif name == "href" and value and tag == "a":
                self.outside.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of the page."""
        self.ended = self.ended or tag == "html"


def _scheme(address: str) -> str:
    """What stands before the colon of an address, also of one that is none."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return "none"
