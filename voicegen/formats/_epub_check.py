"""What is wrong with a written talking book that the standard's own checker does not see, or only mentions.

EPUBCheck looks at the form of a book. This looks at what a listener would notice: words that nobody reads, sound
that nobody sees, the same sentence twice, a clip past the end of its recording, times that do not add up.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from voicegen.formats._epub_reading import NAMES, Opened, Par, milliseconds, resolved
from voicegen.formats._talking_check import spoken_language, titles
from voicegen.formats._verified import PublishedMark, PublishedTimeline
from voicegen.formats._written import is_named, seen, seen_pieces, signs
from voicegen.formats._xml import pieces
from voicegen.formats.words import words_for
from voicegen.steps.timecode import to_ms

MOST_SILENT = 1_000
"""Signs in one element that nobody hears."""
MOST_MS_OFF = 10
"""How far a clip may be from its line."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HTML, EPUB = NAMES["html"], NAMES["epub"]
ACCESS = (
    "accessMode",
    "accessModeSufficient",
    "accessibilityFeature",
    "accessibilityHazard",
    "accessibilitySummary",
)
"""What EPUB Accessibility 1.1, section 2, has every book say."""
NEEDED = ("dc:identifier", "dc:title", "dc:language", "dcterms:modified", *(f"schema:{name}" for name in ACCESS))


def troubles(book: Opened, timeline: PublishedTimeline) -> Iterator[str]:
    """Everything that is wrong with the book, in words."""
    for name in NEEDED:
        if not any(book.values(name)):
            yield f"its metadata does not say {name}"
    yield from titles({"its title": " ".join(book.values("dc:title"))}, timeline)
    yield from _languages(book, spoken_language(timeline))
    overlays = book.overlays
    yield from _lengths(book)
    yield from _references(book, overlays)
    for path, root in book.texts.items():
        yield from _narrated(book, path, root, book.pars.get(overlays.get(path, ""), []))
    read = book.read
    yield from _clips(book, read, timeline)
    yield from _contents(book, overlays, read, timeline)


def _languages(book: Opened, lang: str) -> Iterator[str]:
    """Files that say to be in another language than the page: another voice would read them."""
    if (said := book.values("dc:language")) != [lang]:
        yield f"its language is {said}, not {lang!r}"
    for path, root in book.texts.items():
        if (said := [root.get("lang", ""), root.get(XML_LANG, "")]) != [lang] * 2:
            yield f"{path}: its language is {said}, not {lang!r}"


def _lengths(book: Opened) -> Iterator[str]:
    """Lengths that are not the sum of their clips (EPUB 3.3, section 9.3.4.2.1)."""
    total = 0
    for name, item in book.manifest.items():
        if item.path in book.pars:
            length = sum(par.end_ms - par.begin_ms for par in book.pars[item.path])
            said = book.values("media:duration", name)
            if [milliseconds(clock) for clock in said] != [length]:
                yield f"{item.path}: its clips last {length} ms, the metadata says {said}"
            total += length
    said = book.values("media:duration")
    if [milliseconds(clock) for clock in said] != [total]:
        yield f"all clips last {total} ms, the metadata says {said}"


def _references(book: Opened, overlays: Mapping[str, str]) -> Iterator[str]:
    """Elements and recordings that overlays name and the book does not have; overlays of another text."""
    ids = {
        path: [made.attrib["id"] for made in root.iter() if "id" in made.attrib]
        for path, root in book.texts.items()
    }
    for path, names in ids.items():
        for name in (name for name, times in Counter(names).items() if times > 1):
            yield f"{path}: {name!r} is the id of two elements"
    for path, pars in book.pars.items():
        of = [text for text, overlay in overlays.items() if overlay == path]
        named = [*((par.text, par.id) for par in pars), *book.joined[path]]
        if len(of) != 1 or any(text != of[0] for text, _ in named):
            yield f"{path}: it is not the overlay of just the one text that it names"
        for text, name in named:
            if name not in ids.get(text, ()):
                yield f"{path}: there is no {name!r} in {text!r}"
        for sound in sorted({par.sound for par in pars} - book.sounds.keys()):
            yield f"{path}: there is no recording {sound!r}"


def _narrated(book: Opened, path: str, root: Element, pars: Sequence[Par]) -> Iterator[str]:
    """Words that are heard never, or twice, or in another order than they stand."""
    body = root.find(f"{HTML}body")
    if body is None or (not pars and _is_colophon(body) and book.spine[-1:] == [path]):
        return
    names = [par.id for par in pars]
    heard = set(names)
    if names != [made.attrib["id"] for made in root.iter() if made.get("id") in heard]:
        yield f"{path}: it is not read once, in the order of its text"
    ours = _labels(root.get("lang", "en"))
    for words, around in pieces(body):
        if not any(map(str.isalnum, words)) or any("hidden" in made.attrib for made in around):
            continue
        times = sum(made.get("id") in heard for made in around)
        silent = next((made for made in around if "unspoken" in made.get("class", "").split()), None)
        if times > 1 or (not times and (silent is None or not _may_be_silent(silent, ours))):
            yield f"{path}: {words.strip()[:60]!r} is heard {times} times"
        if silent is not None and "auditory" in book.values("schema:accessModeSufficient"):
            yield f"{path}: {words.strip()[:60]!r} is not heard, but the metadata says that hearing is enough"


def _is_colophon(body: Element) -> bool:
    return len(body) == 1 and body[0].get(f"{EPUB}type") == "colophon"


def _labels(lang: str) -> set[str]:
    """The words of ours that may stand in a text without being heard."""
    texts = words_for(lang).texts
    return {*texts["urgency"].values(), texts["picture"]}


def _may_be_silent(made: Element, ours: set[str]) -> bool:
    """Whether it is such a word, a row of nothing but headers, or a raised mark such as that of a note."""
    if "".join(made.itertext()) in ours:
        return True
    if made.tag in {f"{HTML}thead", f"{HTML}tr"}:
        return not any("".join(cell.itertext()).strip() for cell in made.iter(f"{HTML}td"))
    return not any(
        any(map(str.isalnum, words)) and not any(one.tag == f"{HTML}sup" for one in around)
        for words, around in pieces(made)
    )


def _clips(book: Opened, read: Sequence[Par], timeline: PublishedTimeline) -> Iterator[str]:
    """Clips that leave gaps, overlap or end after their recording, and recordings that are not the chapters."""
    chapters = [(sound, list(pars)) for sound, pars in groupby(read, key=lambda par: par.sound)]
    marks = [mark for mark in timeline.marks if mark.lines]
    if len(chapters) != len(marks) or len({sound for sound, _ in chapters}) != len(chapters):
        yield f"its text goes through {len(chapters)} recordings, not the {len(marks)} chapters in their order"
        return
    texts = {path: {made.get("id"): made for made in root.iter()} for path, root in book.texts.items()}
    for (sound, pars), mark in zip(chapters, marks, strict=True):
        length_ms = book.sounds.get(sound, 0)
        for par in pars:
            if not par.begin_ms < par.end_ms <= length_ms:
                yield f"{sound}: the clip of {par.id!r} is not inside the recording, from its beginning to its end"
        ends = [0, *(par.end_ms for par in pars)]
        starts = [*(par.begin_ms for par in pars), to_ms(mark.end - mark.start, timeline.rate_hz)]
        if ends != starts:
            yield f"{sound}: its clips do not follow each other without a gap from its start to its end"
        yield from _lines(texts, pars, mark, timeline.rate_hz)


def _lines(
    texts: Mapping[str, Mapping[str | None, Element]], pars: Sequence[Par], mark: PublishedMark, rate_hz: int
) -> Iterator[str]:
    """Lines of timeline.json that are heard elsewhere, with other words, or not at all."""
    places = {par.id: par for par in pars}
    starts = [to_ms(line.start - mark.start, rate_hz) for line in mark.lines]
    for line, start in zip(mark.lines, starts, strict=True):
        par = places.get(line.id)
        if not line.shown:
            continue
        if par is None:
            yield f"{line.shown[:60]!r} has no clip in the recording of {mark.title!r}"
            continue
        end = to_ms(line.end - mark.start, rate_hz)
        if start < par.begin_ms - MOST_MS_OFF or end > par.end_ms + MOST_MS_OFF:
            yield f"{line.shown[:60]!r} is heard at {start} ms of {mark.title!r}, not at {par.begin_ms}"
        made = texts.get(par.text, {}).get(par.id)
        if made is not None and not _says(made, signs(line.shown)):
            yield f"{line.shown[:60]!r} is heard with other words: {''.join(made.itertext())[:60]!r}"
    for par in pars[1:]:
        near = bisect(starts, par.begin_ms + MOST_MS_OFF)
        if not near or starts[near - 1] < par.begin_ms - MOST_MS_OFF:
            yield f"the clip of {par.id!r} begins at {par.begin_ms} ms of {mark.title!r}, where no line does"


def _says(made: Element, words: str) -> bool:
    """Whether an element holds the words and nothing else but what nobody hears.

    That is raised marks of notes, and signs such as a dash between two languages; a sign at a number is its own.
    """
    if signs(seen(made)) == words:
        return True
    written, is_note = "", list[bool]()
    for piece, is_raised in seen_pieces(made):
        new = signs(piece)
        written += new
        is_note += [is_raised] * len(new)
    silent = len(written) - len(words)
    if not 0 < silent <= MOST_SILENT:
        return False
    found = {0}
    """How much of the words may have been met."""
    for at, sign in enumerate(written):
        near = range(max(0, at - 1), min(at + 2, len(written)))
        is_at_number = any(written[place].isdigit() and not is_note[place] for place in near)
        may_be_silent = is_note[at] or not (sign.isalnum() or is_at_number)
        read = {place + 1 for place in found if words[place : place + 1] == sign}
        found = read | {place for place in found if may_be_silent and at - place < silent}
    return len(words) in found


def _contents(
    book: Opened, overlays: Mapping[str, str], read: Sequence[Par], timeline: PublishedTimeline
) -> Iterator[str]:
    """Contents that lack a chapter, lead elsewhere than they say, or sound otherwise than the headings."""
    path = next((item.path for item in book.manifest.values() if "nav" in item.properties), "")
    root = book.texts.get(path)
    if root is None:
        yield "it has no contents"
        return
    toc = [made for made in root.iter(f"{HTML}nav") if made.get(f"{EPUB}type") == "toc"]
    links = [link for made in toc for link in made.iter(f"{HTML}a")]
    targets = [resolved(path, link.get("href", "")) for link in links]
    places = {(text, made.get("id")): made for text, other in book.texts.items() for made in other.iter()}
    if missing := [
        f"c-{mark.id}" for mark in timeline.marks if f"c-{mark.id}" not in {name for _, name in targets}
    ]:
        yield f"{path}: it does not lead to {missing[0]!r}"
    heard = {(par.text, par.id): (par.sound, par.begin_ms, par.end_ms) for par in read}
    clips = {par.id: (par.sound, par.begin_ms, par.end_ms) for par in book.pars.get(overlays.get(path, ""), [])}
    titles = {text: "".join(made.findtext(f"{HTML}head/{HTML}title", "")) for text, made in book.texts.items()}
    for link, target in zip(links, targets, strict=True):
        heading = places.get(target)
        if heading is None:
            yield f"{path}: it leads to {target[1]!r}, which is not there"
            continue
        for made in link.iter():
            name = made.get("id")
            if name in clips and clips[name] != heard.get((target[0], name)):
                yield f"{path}: {name!r} is heard otherwise than in the text"
        has_name = signs(seen(heading)) != ""
        if has_name and not is_named(heading, seen(link)):  # a chapter without a name is called anything
            yield f"{path}: it calls {target[1]!r} {''.join(link.itertext())[:60]!r}"
        title = titles.pop(target[0], None)  # a file is called as the first heading in it
        if title is not None and has_name and not is_named(heading, title):
            yield f"{target[0]}: it is called {title[:60]!r}"
