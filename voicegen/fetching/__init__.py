"""Fetching pages of the clinic's own site into the content folder, with where and when they came from."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from webencodings import lookup

from voicegen.config import Settings
from voicegen.errors import SettingsError, SourceError, TemporaryError, VoicegenError
from voicegen.fetching import fetched
from voicegen.fetching.addresses import allowed
from voicegen.fetching.fetched import Fetched, Origin
from voicegen.fetching.site import Visit
from voicegen.fetching.wire import Answer

ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/markdown": ".md", "text/plain": ".txt"}
"""Media types of pages, and the endings that their readers know."""
BOM = b"\xef\xbb\xbf"
LONGEST_TAG = 500
"""Letters of an ETag or a date that are kept: a longer one is asked for without it."""
GONE = {404: "the site has no such page", 410: "the site has taken it away"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address."""

    address: str
    kind: Literal["new", "changed", "unchanged", "kept", "failed"]
    """"kept": the page here is staff's own by now, and was left alone."""
    file: str = ""
    """Its name in the content folder."""
    words: str = ""
    error: VoicegenError | None = None


def fetch(
    settings: Settings,
    addresses: Iterable[str],
    sitemaps: Iterable[str] = (),
    *,
    context: ssl.SSLContext | None = None,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[Outcome, ...]:
    """Fetches the addresses, those in the sitemaps, or, where none is given, all that were fetched before.

    `context` is for another list of certificate authorities than the system's. One address's failure is in its
    outcome. Raises SettingsError where [fetch] names no host or the content folder is not there.
    """
    rules = settings.fetch
    if not rules.hosts and not rules.inner_hosts:
        raise SettingsError(
            "voicegen.toml, [fetch] hosts",
            "it names no host that pages may be fetched from",
            'Write [fetch] and hosts = ["www.your-clinic.example"] (docs/how-to/fetch.md).',
        )
    known = fetched.load(settings.content)
    visit = Visit(rules, context)
    outcomes: list[Outcome] = []
    try:
        for url, named in _wanted(known, visit, list(addresses), list(sitemaps), outcomes):
            outcomes.append(_one(known, visit, settings, url, named))
            done(outcomes[-1])
    finally:  # also when stopped half-way: what was written must be known
        if outcomes:
            known.save()
    return tuple(outcomes)


def _wanted(
    known: Fetched, visit: Visit, addresses: list[str], sitemaps: list[str], outcomes: list[Outcome]
) -> Iterator[tuple[str, bool]]:
    """Every address once, and whether staff named it themselves."""
    named = dict.fromkeys(url.partition("#")[0] for url in addresses)
    yield from ((url, True) for url in named)
    for sitemap in sitemaps:
        try:
            yield from ((url, False) for url in visit.sitemap(sitemap) if url not in named)
        except VoicegenError as error:
            outcomes.append(Outcome(sitemap, "failed", error=error))
    if not addresses and not sitemaps:
        yield from ((origin.address, False) for origin in list(known.origins.values()))


def _one(known: Fetched, visit: Visit, settings: Settings, url: str, named: bool) -> Outcome:
    """Fetches one address into its file, unless the file is staff's own."""
    try:
        place = allowed(url, settings.fetch)
        earlier = next((name for name, origin in known.origins.items() if origin.address == url), "")
        if earlier and known.is_removed(earlier) and not named:
            return Outcome(url, "kept", earlier, "you removed it; name its address to have it again")
        if earlier and known.is_edited(earlier):
            return Outcome(url, "kept", earlier, "it was edited here since it was fetched")
        _, answer = visit.page(url, {"Accept": ", ".join(ENDINGS), **known.asked(url)})
        today = datetime.now(UTC).date().isoformat()
        if answer.status == 304 and earlier:
            old = known.origins[earlier]
            known.origins[earlier] = Origin(url, today, old.sha256, old.etag, old.modified)
            return Outcome(url, "unchanged", earlier)
        data = _page(answer, url)
        name = known.name_of(place, url, ENDINGS[answer.media_type])
        if not earlier and (known.content / name).exists():
            return Outcome(url, "kept", name, "a page of that name is here, and was not fetched from this address")
        digest = hashlib.sha256(data).hexdigest()
        tags = [answer.headers.get(header, "") for header in ("etag", "last-modified")]
        etag, modified = (tag if len(tag) <= LONGEST_TAG and tag.isprintable() else "" for tag in tags)
        same = bool(earlier) and known.origins[earlier].sha256 == digest and not known.is_removed(earlier)
        origin = Origin(url, today, digest, etag, modified)
        if same:
            known.origins[name] = origin
            return Outcome(url, "unchanged", name)
        known.put(name, data, origin)
        return Outcome(url, "changed" if earlier else "new", name)
    except VoicegenError as error:
        return Outcome(url, "failed", error=error)


def _page(answer: Answer, url: str) -> bytes:
    """The page's bytes as they are kept. Raises SourceError or TemporaryError where the answer is no page."""
    if answer.status in GONE:
        raise SourceError(
            url, f"{GONE[answer.status]} ({answer.status})", "Correct the address, or remove the page."
        )
    if answer.status in {408, 425, 429} or answer.status >= 500:
        raise TemporaryError(url, f"the site answered {answer.status}", "Try again later.")
    if answer.status != 200:
        raise SourceError(url, f"the site answered {answer.status}", "Look at the address in a browser.")
    if answer.media_type not in ENDINGS:
        shown = answer.media_type[:60] if answer.media_type.isprintable() else "something else"
        raise SourceError(url, f"it is no page but {shown or 'of no kind that the site names'}", "Name a page.")
    if not answer.body.strip():
        raise SourceError(url, "it is empty")
    return _readable(answer, url)


def _readable(answer: Answer, url: str) -> bytes:
    """The body, marked as UTF-8 where only the site's answer told its encoding: a file has no headers."""
    parameters = answer.headers.get("content-type", "").partition(";")[2]
    label = next(
        (part.partition("=")[2].strip(" \"'") for part in parameters.split(";") if "charset" in part.lower()), ""
    )
    encoding = lookup(label) if label else None
    if encoding is None or answer.body.startswith((BOM, b"\xff\xfe", b"\xfe\xff")):
        return answer.body
    try:
        return BOM + answer.body.decode("utf-8").encode()  # many sites send UTF-8 whatever they call it
    except UnicodeDecodeError:
        try:
            return BOM + answer.body.decode(encoding.codec_info.name).encode()
        except UnicodeDecodeError as trouble:
            raise SourceError(url, f"its text is not in {encoding.name}, as the site says") from trouble
