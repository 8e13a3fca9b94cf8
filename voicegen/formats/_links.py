"""What a published HTML file leads to."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlsplit


class Found(HTMLParser):
    """The ids of a page, and the addresses in it that lie beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: set[str] = set()
        self.ended = False
        """Whether it is closed as it was opened: a page that was cut off is not."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element's id and addresses."""
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in {"href", "src"} and value and not urlsplit(value).scheme:
                self.addresses.add(value)

    def handle_endtag(self, tag: str) -> None:
        """Notes the end of the page."""
        self.ended = self.ended or tag == "html"
