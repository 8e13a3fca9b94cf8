"""Getting pages into the content folder, with where and when they came from.

They come from the clinic's own site, and from documents of other programs.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from webencodings import lookup

from voicegen import extensions, pages
from voicegen.config import Settings
from voicegen.converting import Omitted, is_document
from voicegen.errors import SettingsError, SourceError, TemporaryError, VoicegenError
from voicegen.fetching import documents, fetched, leading
from voicegen.fetching.addresses import allowed
from voicegen.fetching.fetched import Fetched, Origin
from voicegen.fetching.site import Visit
from voicegen.fetching.wire import Answer
from voicegen.locking import only_one

ENDINGS = {"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/markdown": ".md", "text/plain": ".txt"}
"""Media types of pages, and the endings that their readers know."""
ACCEPT = "text/html, application/xhtml+xml, text/markdown;q=0.5, text/plain;q=0.5"
"""What is asked for (RFC 9110, section 12.5.1): before all what browsers show. Some sites make a Markdown of their
pages by themselves for whoever likes it as well, and raised digits and tables are lost on the way."""
BOM = b"\xef\xbb\xbf"
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
    notices: tuple[str, ...] = ()
    """What staff should know of the page, in whole sentences."""
    omitted: tuple[Omitted, ...] = ()
    """What a document holds that is not on its page."""
    error: VoicegenError | None = None


Make = Callable[[Fetched, Visit, Settings, str, bool], Outcome]
"""Makes a page of an address; the last argument says whether staff named it themselves."""


def fetch(
    settings: Settings,
    addresses: Iterable[str],
    sitemaps: Iterable[str] = (),
    *,
    context: ssl.SSLContext | None = None,
    done: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[Outcome, ...]:
    """Fetches the addresses, those in the sitemaps, or, where none is given, all that were fetched before.

    An address may be the path of a document, which is made into a page. `context` is for another list of
    certificate authorities than the system's. One address's failure is in its outcome. Raises SettingsError where
    a site is asked for and [fetch] names no host, or the content folder is not there; TemporaryError where another
    is at it, whose notes of where pages came from would be lost.
    """
    pages.check_there(settings)
    with only_one(settings.cache / "fetch.lock", what="another `voicegen fetch` is at work in this project"):
        return _fetched(settings, addresses, sitemaps, context, done)


def _fetched(
    settings: Settings,
    addresses: Iterable[str],
    sitemaps: Iterable[str],
    context: ssl.SSLContext | None,
    done: Callable[[Outcome], None],
) -> tuple[Outcome, ...]:
    known = fetched.load(settings.content)
    named = [documents.address(settings, one) if is_document(one) else one for one in addresses]
    sites = [*sitemaps, *(one for one in named or _addresses(known) if not is_document(one))]
    if (
        (sites or (not known.origins and not named))
        and not settings.fetch.hosts
        and not settings.fetch.inner_hosts
    ):
        raise SettingsError(
            "voicegen.toml, [fetch] hosts",
            "it names no host that pages may be fetched from",
            'Write [fetch] and hosts = ["www.your-clinic.example"] (docs/how-to/fetch.md).',
        )
    visit = Visit(settings.fetch, context)
    outcomes: list[Outcome] = []
    try:
        for url, make, by_name in _wanted(known, visit, named, list(sitemaps), outcomes):
            outcomes.append(make(known, visit, settings, url, by_name))
            done(outcomes[-1])
    finally:  # also when stopped half-way: what was written must be known
        if outcomes:
            known.save()
    return tuple(outcomes)


def _addresses(known: Fetched) -> list[str]:
    return [origin.address for origin in known.origins.values()]


def _wanted(
    known: Fetched, visit: Visit, addresses: list[str], sitemaps: list[str], outcomes: list[Outcome]
) -> Iterator[tuple[str, Make, bool]]:
    """Every address once, what makes a page of it, and whether staff named it themselves.

    What a sitemap names is an address of a site whatever it ends with: a site does not choose what is read here.
    """
    named = dict.fromkeys(url.partition("#")[0] for url in addresses)
    yield from ((url, _maker(url), True) for url in named)
    for sitemap in sitemaps:
        try:
            yield from ((url, _one, False) for url in visit.sitemap(sitemap) if url not in named)
        except VoicegenError as error:
            outcomes.append(Outcome(sitemap, "failed", error=error))
    if not addresses and not sitemaps:
        yield from ((address, _maker(address), False) for address in _addresses(known))


def _maker(address: str) -> Make:
    return _document if is_document(address) else _one


def _document(known: Fetched, _: Visit, settings: Settings, address: str, named: bool) -> Outcome:
    """Makes a document into its page, unless the page is staff's own."""
    try:
        earlier = known.of(address)
        if why := _theirs(known, earlier, named):
            return Outcome(address, "kept", earlier, why)
        documents.check(settings, address, named=named)
        data, converted = documents.read(settings, address)
        name = earlier or documents.name_of(known, address)
        if not earlier and (known.content / name).exists():
            return Outcome(
                address, "kept", name, "a page of that name is here, and was not made from this document"
            )
        if why := _theirs(known, earlier, named):  # saved while the document was read
            return Outcome(address, "kept", earlier, why)
        kind = _put(known, earlier, name, converted.html, Origin(address, _today(), "", document=_digest(data)))
        return Outcome(address, kind, name, "", converted.notices, converted.omitted)
    except VoicegenError as error:
        return Outcome(address, "failed", error=error)


def _theirs(known: Fetched, earlier: str, named: bool) -> str:
    """Why a page that was fetched before is staff's own by now; empty where it is not."""
    if earlier and known.is_removed(earlier) and not named:
        return "you removed it; name its address to have it again"
    return "it was edited here since it was fetched" if earlier and known.is_edited(earlier) else ""


def _put(
    known: Fetched, earlier: str, name: str, data: bytes, origin: Origin
) -> Literal["new", "changed", "unchanged"]:
    """Writes the page where it is not as it was, and notes where it came from."""
    origin = replace(origin, sha256=_digest(data))
    if earlier and known.origins[earlier].sha256 == origin.sha256 and not known.is_removed(earlier):
        known.origins[name] = origin
        return "unchanged"
    known.put(name, data, origin)
    return "changed" if earlier else "new"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _one(known: Fetched, visit: Visit, settings: Settings, url: str, named: bool) -> Outcome:
    """Fetches one address into its file, unless the file is staff's own."""
    try:
        place = allowed(url, settings.fetch)
        earlier = known.of(url)
        if why := _theirs(known, earlier, named):
            return Outcome(url, "kept", earlier, why)
        at, answer = visit.page(url, {"Accept": ACCEPT, **known.asked(url)})
        leading.check(place, at)
        if answer.status == 304 and earlier:
            known.origins[earlier] = replace(known.origins[earlier], fetched=_today())
            return Outcome(url, "unchanged", earlier)
        data = _page(answer, url)
        if why := _theirs(known, earlier, named):  # saved while the site was waited for, which may take minutes
            return Outcome(url, "kept", earlier, why)
        ending = ENDINGS[answer.media_type]
        if earlier and extensions.source(earlier) is not extensions.source(f"page{ending}"):
            if not known.is_removed(earlier):
                what = f"the site sends {answer.media_type} now, which {earlier} can't hold"
                raise SourceError(url, what, f"Delete {earlier}, and name its address to have that.")
            known.forget(earlier)
            earlier = ""
        name = known.name_of(place, url, ending)
        if not earlier and (known.content / name).exists():
            return Outcome(url, "kept", name, "a page of that name is here, and was not fetched from this address")
        tags = [answer.headers.get(header, "") for header in ("etag", "last-modified")]
        etag, modified = (tag if fetched.is_tag(tag) else "" for tag in tags)
        origin = Origin(url, _today(), "", etag, modified)
        return Outcome(url, _put(known, earlier, name, data, origin), name, "", leading.notices(place, at))
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
        except (UnicodeError, LookupError) as trouble:  # browsers know encodings that nobody can read
            raise SourceError(url, f"its text is not in {encoding.name}, as the site says") from trouble
