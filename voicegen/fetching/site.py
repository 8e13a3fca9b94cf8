"""A site as it wants to be read: by its robots.txt (RFC 9309), at its pace, and by its sitemap (sitemaps.org)."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser
from xml.parsers import expat

from voicegen.config import Fetch
from voicegen.errors import SettingsError, SourceError, TemporaryError
from voicegen.fetching.addresses import Address, allowed
from voicegen.fetching.wire import NAME, Answer, get

MOST_REDIRECTS = 5
MOST_ROBOTS_BYTES = 500 << 10
"""Of robots.txt that are read (RFC 9309, section 2.5)."""
MOST_SITEMAPS = 20
"""Sitemaps that an index of them leads to."""
LONGEST_PAUSE_S = 60.0
"""A site that asks for more between two requests gets this."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Visit:
    """Fetches addresses one after the other, each only where [fetch] and the site's robots.txt allow it."""

    def __init__(self, rules: Fetch, context: ssl.SSLContext | None = None) -> None:
        self._rules = rules
        self._context = context or ssl.create_default_context()
        self._robots: dict[tuple[str, str], RobotFileParser] = {}
        self._next: dict[str, float] = {}
        """By host: when the next request may start (time.monotonic)."""

    def page(self, url: str, asked: Mapping[str, str]) -> tuple[Address, Answer]:
        """The answer for `url`, and where it came from after redirects, each of which is judged like an address.

        Raises SettingsError, SourceError and TemporaryError.
        """
        for _ in range(MOST_REDIRECTS + 1):
            address = allowed(url, self._rules)
            if not self._robots_of(address).can_fetch(NAME, address.url):
                raise SettingsError(
                    address.url, "the site's robots.txt asks not to fetch it", "Ask who runs the site."
                )
            answer = self._get(address, asked, self._rules.most_kb << 10)
            if answer.status not in REDIRECTS:
                return address, answer
            url = _led_to(address.url, answer)
            _check_leads(url, address, self._rules)
        raise SourceError(url, f"it leads on more than {MOST_REDIRECTS} times")

    def sitemap(self, url: str) -> Iterator[str]:
        """The addresses in a sitemap, or in those that an index of sitemaps names; at most `most_pages`."""
        waiting, seen, count = [url], {url}, 0
        while waiting:
            address, answer = self.page(waiting.pop(0), {"Accept": "application/xml, text/xml"})
            if answer.status != 200:
                raise SourceError(address.url, f"there is no sitemap (the site answered {answer.status})")
            is_index, found = _locations(answer.body, address.url)
            for location in dict.fromkeys(found):
                _check_leads(location, address, self._rules)
                if is_index and location not in seen and len(seen) <= MOST_SITEMAPS:
                    seen.add(location)
                    waiting.append(location)
                elif not is_index and count < self._rules.most_pages:
                    count += 1
                    yield location

    def _robots_of(self, address: Address) -> RobotFileParser:
        """The site's rules; those of a site that has none allow everything (RFC 9309, section 2.3.1)."""
        key = (address.scheme, address.place)
        if key not in self._robots:
            rules = RobotFileParser()
            url = f"{address.scheme}://{address.place}/robots.txt"
            for _ in range(MOST_REDIRECTS + 1):
                answer = self._get(allowed(url, self._rules), {}, MOST_ROBOTS_BYTES)
                if answer.status not in REDIRECTS:
                    break
                url = _led_to(url, answer)
                _check_leads(url, address, self._rules)
            if answer.status >= 500 or answer.status == 429:
                raise TemporaryError(
                    url, f"the site can't tell now what may be fetched ({answer.status})", "Try later."
                )
            rules.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
            self._robots[key] = rules
        return self._robots[key]

    def _get(self, address: Address, asked: Mapping[str, str], most_bytes: int) -> Answer:
        robots = self._robots.get((address.scheme, address.place))
        wanted = float(robots.crawl_delay(NAME) or 0) if robots else 0.0
        pause = max(self._rules.pause, min(wanted, LONGEST_PAUSE_S))
        time.sleep(max(0.0, self._next.get(address.host, 0.0) - time.monotonic()))
        try:
            return get(address, self._rules.deadline, most_bytes, asked, self._context)
        finally:
            self._next[address.host] = time.monotonic() + pause


def _led_to(url: str, answer: Answer) -> str:
    """The address that an answer leads on to. Raises SourceError where it is none."""
    try:
        return urljoin(url, answer.headers.get("location", ""))
    except ValueError:
        raise SourceError(url, "it leads on to what is no address", "Ask who runs the site.") from None


def _check_leads(url: str, source: Address, rules: Fetch) -> None:
    """Raises SettingsError where a site outside leads to one inside the house, which only staff may ask for.

    What else may not be fetched is judged when it is asked for.
    """
    try:
        address = allowed(url, rules)
    except SettingsError:
        return
    if address.inner and not source.inner:
        raise SettingsError(
            f"address {address.url[:120]!r}",
            f"{source.place} leads to it, and a site outside does not choose what is fetched inside the house",
            "Name it on the command line, if you want it.",
        )


def _locations(data: bytes, where: str) -> tuple[bool, list[str]]:
    """Whether a sitemap is an index, and the addresses in it. Raises SourceError for what is none."""
    parser = expat.ParserCreate(namespace_separator=" ")
    path: list[str] = []
    words: list[str] = []
    found: list[str] = []
    roots: list[str] = []

    def start(name: str, _: object) -> None:
        path.append(name.rpartition(" ")[2])
        words.clear()
        roots.extend(path[:1] if len(path) == 1 else [])

    def end(_: str) -> None:
        if path[1:] in (["url", "loc"], ["sitemap", "loc"]):
            found.append("".join(words).strip())
        path.pop()

    def refuse(*_: object) -> None:
        raise SourceError(where, "it declares a document type, which no sitemap needs")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = words.append
    parser.StartDoctypeDeclHandler = refuse  # so there are no entities, neither bombs nor files
    try:
        parser.Parse(data, True)
    except expat.ExpatError as trouble:
        raise SourceError(where, f"it is no sitemap ({trouble})") from trouble
    if roots not in (["urlset"], ["sitemapindex"]):
        raise SourceError(where, "it is no sitemap")
    return roots == ["sitemapindex"], found
