"""The rules of DAISY 2.02 for what we write, and that every link of a book leads somewhere and back.

They are those of the specification (sections 2.1 to 2.5 and appendix 2), narrower where we use only a part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from xml.etree.ElementTree import Element

from voicegen.formats._talking_check import (
    Heard,
    by_id,
    doubled_ids,
    milliseconds,
    narration,
    skipped,
    spoken_language,
    titles,
    unheard,
    words,
)
from voicegen.formats._verified import PublishedTimeline, timeline_of
from voicegen.formats._written import is_named, seen, signs
from voicegen.formats._xml import legible
from voicegen.formats._zipped import Zipped
from voicegen.recordings.mp3 import Mp3
from voicegen.sound.chapters import one_line

XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAME = re.compile(r"[a-z0-9]{1,8}\.(mp3|css|html|smil)")
"""Eight characters and the endings that the specification names: what old players' file systems take."""
ONCE = (
    *("dc:creator", "dc:date", "dc:format", "dc:identifier", "dc:language", "dc:publisher", "dc:title"),
    *("ncc:charset", "ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:tocItems", "ncc:totalTime"),
    *("ncc:depth", "ncc:files", "ncc:generator", "ncc:kByteSize", "ncc:maxPageNormal", "ncc:multimediaType"),
    *("ncc:narrator", "ncc:setInfo", "ncc:footnotes", "ncc:prodNotes", "ncc:sidebars"),
)
"""Metadata of ncc.html (section 2.1.2): all that must be there, and more that players and libraries show."""
FIXED = {
    "dc:format": "Daisy 2.02",
    "ncc:charset": "utf-8",
    "ncc:multimediaType": "audioFullText",
    **dict.fromkeys(("ncc:pageFront", "ncc:pageNormal", "ncc:pageSpecial", "ncc:footnotes"), "0"),
    **dict.fromkeys(("ncc:prodNotes", "ncc:sidebars", "ncc:maxPageNormal"), "0"),
}
SMIL_ONCE = ("dc:format", "dc:identifier", "dc:title", "title", "ncc:generator")
TIMES = ("ncc:totalElapsedTime", "ncc:timeInThisSmil")
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE '
KILOBYTE = 1024


@dataclass(slots=True)
class _Smil:
    """What a SMIL file says: of ten hours, the elements of all of them together would take 100 MB."""

    metas: list[tuple[str, str]]
    doubled: tuple[str, ...]
    """What is wrong with its ids."""
    lasts_ms: int | None
    """As its body says; None where it has none."""
    pars: list[str | None] = field(default_factory=list)
    """The id of each par."""
    shaped: list[bool] = field(default_factory=list)
    """Whether each is a text and its sound, and nothing else."""
    heard: list[Heard] = field(default_factory=list)
    """What is heard in each, with which element of text.html."""


def troubles(folder: Path) -> Iterator[str]:
    """What is wrong with the book in a page's folder.

    Raises PublicationError where a part of it can't be read at all.
    """
    timeline = timeline_of(folder)
    name = f"{timeline.page}-daisy202.zip"
    with Zipped(folder / name) as book:
        for what in (*book.tricks(), *_names(book), *_Check(book, timeline).troubles()):
            yield f"{name}: {what}"


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which the book is read."""
    timeline = timeline_of(folder)
    with Zipped(folder / f"{timeline.page}-daisy202.zip") as book:
        played = _played(book, book.xml("master.smil"))
        yield from book.recordings(one.file for name in played for one in _smil(book.xml(name)).heard)


def _names(book: Zipped) -> Iterator[str]:
    for name in book.names:
        if not NAME.fullmatch(name):
            yield f"{name!r} is no name that old players take"
        if name.endswith((".html", ".smil")) and not book.read(name).startswith(DECLARED):
            yield f"{name} does not begin with its encoding, utf-8, and its document type"


class _Check:
    """One book."""

    def __init__(self, book: Zipped, timeline: PublishedTimeline) -> None:
        self.book, self.timeline = book, timeline
        self.ncc, self.text, self.master = (book.xml(name) for name in ("ncc.html", "text.html", "master.smil"))
        self.elements = by_id(self.text)
        self.smils = {name: _smil(book.xml(name)) for name in _played(book, self.master)}
        pars = ((name, par) for name, smil in self.smils.items() for par in smil.pars)
        self.places = [f"{name}#{par}" for name, par in pars]

    def troubles(self) -> Iterator[str]:
        """Every trouble with it."""
        yield from self._files()
        for name, root in (("ncc.html", self.ncc), ("text.html", self.text)):
            yield from (f"{name}: {what}" for what in doubled_ids(root))
        for name, smil in self.smils.items():
            yield from (f"{name}: {what}" for what in smil.doubled)
        yield from (f"ncc.html: {what}" for what in self._metadata())
        yield from (f"ncc.html: {what}" for what in self._entries())
        yield from self._times()
        for name, smil in self.smils.items():
            yield from (f"{name}: {what}" for what in self._links(name, smil))
        yield from (f"text.html: {what}" for what in self._texts())
        sounds = {one.file for smil in self.smils.values() for one in smil.heard}
        lengths = {name: self.book.mp3_ms(name) for name in sounds if name in self.book.names}
        yield from narration([smil.heard for smil in self.smils.values()], self.timeline, lengths)

    def _files(self) -> Iterator[str]:
        """Files that are missing, and those that nothing leads to."""
        named = {"ncc.html", "text.html", "master.smil"}
        named |= {ref.get("src", "") for ref in self.master.iter("ref")}
        named |= {one.file for smil in self.smils.values() for one in smil.heard}
        named |= {link.get("href", "") for root in (self.ncc, self.text) for link in root.iter(f"{XHTML}link")}
        for name in sorted(named - set(self.book.names)):
            yield f"{name!r} is missing"
        for name in sorted(set(self.book.names) - named):
            yield f"nothing leads to {name!r}"

    def _metadata(self) -> Iterator[str]:
        found = _metas(self.ncc, f"{XHTML}meta")
        yield from _once(found, ONCE)
        values = dict(found)
        size = sum(self.book.size(name) for name in self.book.names) / KILOBYTE  # its own digits may add a byte
        headings = list(next(self.ncc.iter(f"{XHTML}body"), ()))
        planned = {
            **FIXED,
            "ncc:files": str(len(self.book.names)),
            "ncc:tocItems": str(len(headings)),
            "ncc:depth": str(max((_level(one) for one in headings), default=0)),
            "dc:language": spoken_language(self.timeline),
        }
        for name, value in planned.items():
            if values.get(name) != value:
                yield f"{name} is {values.get(name)!r}, not {value!r}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", values.get("dc:date", "")):
            yield f"dc:date is {values.get('dc:date')!r}, which is no day"
        if (
            not re.fullmatch(r"\d+", told := values.get("ncc:kByteSize", ""))
            or not -0.01 < int(told) - size < 1.01
        ):
            yield f"ncc:kByteSize is {told!r}, not {size:.0f}"
        text, master = _metas(self.text, f"{XHTML}meta"), _metas(self.master, "meta")
        smils = ((name, smil.metas) for name, smil in self.smils.items())
        files = (("ncc.html", found), ("text.html", text), ("master.smil", master), *smils)
        yield from titles(
            {f"dc:title of {name}": dict(metas).get("dc:title") for name, metas in files}, self.timeline
        )
        marks = [mark for mark in self.timeline.marks if mark.lines]
        refs = [ref.get("title", "") for ref in self.master.iter("ref")]
        own = [dict(smil.metas).get("title", "") for smil in self.smils.values()]
        for where, told_titles in (("master.smil", refs), ("its SMIL files", own)):
            for title, mark in zip(told_titles, marks, strict=False):
                planned_title = signs(legible(one_line(mark.title)))
                if planned_title and signs(title) != planned_title:
                    yield f"{where}: a chapter is called {title!r}, not {mark.title!r}"
        for name, metas in files[1:]:
            if [value for key, value in metas if key == "dc:identifier"] != [values.get("dc:identifier")]:
                yield f"its dc:identifier is not that of {name}"

    def _entries(self) -> Iterator[str]:
        """The headings, each of which leads to the place where its words are heard."""
        entries = list(next(self.ncc.iter(f"{XHTML}body"), ()))
        headings = [one for one in self.text.iter() if _level(one)]
        if not entries or (_level(entries[0]), entries[0].get("class")) != (1, "title"):
            yield "its first entry is not the title"
        yield from skipped([_level(one) for one in entries])
        if [(_level(one), one.get("id")) for one in entries] != [(_level(one), one.get("id")) for one in headings]:
            yield "its headings are not those of text.html"
        places = {place: at for at, place in enumerate(self.places)}
        order = []
        for entry in entries:
            links = list(entry)
            target = links[0].get("href", "") if len(links) == 1 and links[0].tag == f"{XHTML}a" else ""
            if target not in places:
                yield f"{entry.get('id')!r} leads to {target!r}, which is no place in a SMIL file"
                continue
            order.append(places[target])
            heading = self.elements.get(entry.get("id", ""), Element("none"))
            heard = [link.get("href") for link in heading.iter(f"{XHTML}a")]
            if heard and target != heard[0]:
                yield f"{entry.get('id')!r} leads to {target!r}, where its heading is not heard"
            if heard and not is_named(heading, seen(entry)):
                yield f"{entry.get('id')!r} has other words than its heading"
        if order != sorted(order):
            yield "its entries are not in the order in which they are heard"

    def _times(self) -> Iterator[str]:
        """Lengths that do not sum."""
        elapsed = 0
        for name, smil in self.smils.items():
            metas = smil.metas
            yield from (f"{name}: {what}" for what in _once(metas, (*SMIL_ONCE, *TIMES)))
            times = [milliseconds(dict(metas).get(key)) for key in TIMES]
            length = smil.heard[-1].end if smil.heard else -1
            if times != [elapsed, length] or smil.lasts_ms != length:
                yield f"{name}: its times are {times}, not {[elapsed, length]} ms"
            elapsed += max(length, 0)
        master = _metas(self.master, "meta")
        yield from (f"master.smil: {what}" for what in _once(master, ("dc:format", "dc:title", TIMES[1])))
        whole = milliseconds(dict(master).get(TIMES[1]))
        told = milliseconds(dict(_metas(self.ncc, f"{XHTML}meta")).get("ncc:totalTime"))
        if whole != elapsed or told != (elapsed + 500) // 1000 * 1000:
            yield f"its total times are {whole} and {told}, not {elapsed} ms"

    def _links(self, name: str, smil: _Smil) -> Iterator[str]:
        """Pars without a text that leads back to them."""
        for par, shaped, heard in zip(smil.pars, smil.shaped, smil.heard, strict=True):
            if not shaped:
                yield f"{par!r} is not a text and its sound"
            element = self.elements.get(heard.line)
            link = element.find(f"{XHTML}a") if element is not None else None
            if link is None:
                yield f"{par!r} shows {heard.line!r}, which is not in text.html"
            elif link.get("href") != f"{name}#{par}":
                yield f"{par!r} shows {heard.line!r}, which leads to {link.get('href')!r}"

    def _texts(self) -> Iterator[str]:
        """Words that are not heard, links that lead nowhere, a language that is not the page's."""
        languages = [one.get(name) for one in (self.text, self.ncc) for name in ("lang", XML_LANG)]
        if languages != [spoken_language(self.timeline)] * 4:
            yield "its language, or that of ncc.html, is not the page's"
        shown = [one.line for smil in self.smils.values() for one in smil.heard]
        narrated = {name: self.elements[name] for name in shown if name in self.elements}
        yield from unheard(next(self.text.iter(f"{XHTML}body"), self.text), narrated)
        yield from words(narrated, self.timeline)
        if list(narrated) != [name for name in self.elements if name in narrated]:
            yield "its lines are not in the order in which they are heard"
        places = set(self.places)
        for link in self.text.iter(f"{XHTML}a"):
            if link.get("href") not in places:
                yield f"it leads to {link.get('href')!r}, which is no place in a SMIL file"


def _played(book: Zipped, master: Element) -> list[str]:
    """The names of the SMIL files, in the order in which they are played."""
    names = dict.fromkeys(ref.get("src", "") for ref in master.iter("ref"))
    return [name for name in names if name in book.names]


def _smil(root: Element) -> _Smil:
    body = root.find("body/seq")
    lasts_ms = milliseconds(body.get("dur")) if body is not None else None
    found = _Smil(_metas(root, "meta"), tuple(doubled_ids(root)), lasts_ms)
    for par in root.iter("par"):
        text, sound = par.find("text"), par.find("seq/audio")
        file, _, shown = (text.get("src", "") if text is not None else "").partition("#")
        times = [milliseconds(sound.get(key)) if sound is not None else -1 for key in ("clip-begin", "clip-end")]
        name = sound.get("src", "") if sound is not None else ""
        found.pars.append(par.get("id"))
        found.shaped.append(par.get("endsync") == "last" and [part.tag for part in par] == ["text", "seq"])
        found.heard.append(Heard(shown if file == "text.html" else "", intern(name), *times))
    return found


def _metas(root: Element, tag: str) -> list[tuple[str, str]]:
    return [(meta.get("name", ""), meta.get("content", "")) for meta in root.iter(tag) if meta.get("name")]


def _once(found: list[tuple[str, str]], names: tuple[str, ...]) -> Iterator[str]:
    """Metadata that is missing, empty, or there more than once."""
    times = Counter(name for name, value in found if value.strip())
    for name in names:
        if times[name] != 1:
            yield f"{name} stands in it {times[name]} times"


def _level(one: Element) -> int:
    match = re.fullmatch(r"(?:\{.*\})?h([1-6])", one.tag)
    return int(match[1]) if match else 0
