"""The rules of DAISY 3 for what we write, and that every link of a book leads somewhere and back.

They are those of ANSI/NISO Z39.86-2005 (sections 3, 4, 7, 8 and 10), narrower where we use only a part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
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
from voicegen.formats._written import is_named
from voicegen.formats._zipped import Zipped
from voicegen.recordings.mp3 import Mp3

DTBOOK = "{http://www.daisy.org/z3986/2005/dtbook/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
SMIL = "{http://www.w3.org/2001/SMIL20/}"
OPF = "{http://openebook.org/namespaces/oeb-package/1.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
RES = "{http://www.daisy.org/z3986/2005/resource/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
TYPES = {
    "opf": "text/xml",
    "ncx": "application/x-dtbncx+xml",
    "xml": "application/x-dtbook+xml",
    "smil": "application/smil",
    "res": "application/x-dtbresource+xml",
    "mp3": "audio/mpeg",
    "css": "text/css",
}
CORE = ("Title", "Creator", "Publisher", "Date", "Format", "Language", "Identifier")
"""Dublin Core that must be there once (section 3.2.1)."""
FIXED = {"dtb:multimediaType": "audioFullText", "dtb:multimediaContent": "audio,text", "dtb:audioFormat": "MP3"}
DECLARED = b'<?xml version="1.0" encoding="UTF-8"?>\n<'


@dataclass(slots=True)
class _Smil:
    """A SMIL file: what each of its ids is, what is heard, and the elements of the text that it shows."""

    root: Element
    places: dict[str, Element]
    heard: list[Heard] = field(default_factory=list)
    pars: list[Element] = field(default_factory=list)


def troubles(folder: Path) -> Iterator[str]:
    """What is wrong with the book in a page's folder.

    Raises PublicationError where a part of it can't be read at all.
    """
    timeline = timeline_of(folder)
    name = f"{timeline.page}-daisy3.zip"
    with Zipped(folder / name) as book:
        yield from (f"{name}: {what}" for what in book.tricks())
        for what in _Check(book, timeline).troubles():
            yield f"{name}: {what}"


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which the book is read."""
    timeline = timeline_of(folder)
    with Zipped(folder / f"{timeline.page}-daisy3.zip") as book:
        played = _played(book, book.xml("package.opf"))
        yield from book.recordings(one.file for name in played for one in _smil(book.xml(name)).heard)


class _Check:
    """One book."""

    def __init__(self, book: Zipped, timeline: PublishedTimeline) -> None:
        self.book, self.timeline = book, timeline
        self.opf, self.ncx, self.text = (book.xml(name) for name in ("package.opf", "book.ncx", "book.xml"))
        self.items = {item.get("id", ""): item for item in self.opf.iter(f"{OPF}item")}
        self.smils = {name: _smil(book.xml(name)) for name in _played(book, self.opf)}
        self.elements = by_id(self.text)
        self.uid = "".join(self.opf.findtext(f".//{DC}Identifier", ""))

    def troubles(self) -> Iterator[str]:
        """Every trouble with it."""
        yield from self._files()
        roots = {"package.opf": self.opf, "book.ncx": self.ncx, "book.xml": self.text}
        roots |= {name: smil.root for name, smil in self.smils.items()}
        for name, root in roots.items():
            yield from (f"{name}: {what}" for what in doubled_ids(root))
        yield from (f"package.opf: {what}" for what in self._package())
        yield from self._identifiers(roots)
        yield from (f"book.ncx: {what}" for what in self._points())
        yield from self._times()
        yield from (f"{name}: {what}" for name, smil in self.smils.items() for what in self._links(name, smil))
        yield from (f"book.xml: {what}" for what in self._texts())
        yield from self._resources()
        sounds = {one.file for smil in self.smils.values() for one in smil.heard}
        lengths = {name: self.book.mp3_ms(name) for name in sounds if name in self.book.names}
        yield from narration([smil.heard for smil in self.smils.values()], self.timeline, lengths)
        yield from self._labels()

    def _files(self) -> Iterator[str]:
        """The manifest, which names every file once, in its media type."""
        hrefs = Counter(item.get("href", "") for item in self.items.values())
        for name in sorted(set(hrefs) ^ set(self.book.names)):
            yield f"package.opf: {name!r} is {'missing' if name in hrefs else 'not in the manifest'}"
        for item in self.items.values():
            name, kind = item.get("href", ""), item.get("media-type", "")
            if hrefs[name] != 1 or kind != TYPES.get(name.rpartition(".")[2]):
                yield f"package.opf: {name!r} stands in it {hrefs[name]} times, as {kind!r}"
        for name in self.book.names:
            if not name.endswith((".mp3", ".css")) and not self.book.read(name).startswith(DECLARED):
                yield f"{name} does not begin with its encoding, utf-8"
        smils = {name for name in self.book.names if name.endswith(".smil")}
        if smils != set(self.smils) or len(self.smils) != sum(1 for _ in self.opf.iter(f"{OPF}itemref")):
            yield "package.opf: its spine does not name every SMIL file once"
        sounds = {one.file for smil in self.smils.values() for one in smil.heard}
        for name in sorted(sounds ^ {name for name in self.book.names if name.endswith(".mp3")}):
            yield f"{name!r} is heard nowhere, or missing"

    def _package(self) -> Iterator[str]:
        for name in CORE:
            found = [one for one in self.opf.iter(f"{DC}{name}") if (one.text or "").strip()]
            if len(found) != 1:
                yield f"dc:{name} stands in it {len(found)} times"
        values = {
            **dict(_metas(self.opf, OPF)),
            **{name: self.opf.findtext(f".//{DC}{name}", "") for name in ("Format", "Date", "Language")},
        }
        for name, value in (*FIXED.items(), ("Format", "ANSI/NISO Z39.86-2005")):
            if values.get(name) != value:
                yield f"{name} is {values.get(name)!r}, not {value!r}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", values["Date"]):
            yield f"dc:Date is {values['Date']!r}, which is no day"
        languages = [values["Language"], self.text.get(f"{XML}lang"), self.ncx.get(f"{XML}lang")]
        if languages != [spoken_language(self.timeline)] * 3:
            yield f"dc:Language, that of book.xml and that of book.ncx are {languages}, not the page's"
        called = {
            "dc:Title": self.opf.findtext(f".//{DC}Title"),
            "docTitle of book.ncx": self.ncx.findtext(f"{NCX}docTitle/{NCX}text"),
            "dc:Title of book.xml": dict(_metas(self.text, DTBOOK)).get("dc:Title"),
        }
        yield from titles(called, self.timeline)
        unique = self.opf.get("unique-identifier")
        if not unique or [one.get("id") for one in self.opf.iter(f"{DC}Identifier")] != [unique]:
            yield "its unique identifier is not its dc:Identifier"

    def _identifiers(self, roots: dict[str, Element]) -> Iterator[str]:
        spaces = {"book.ncx": NCX, "book.xml": DTBOOK}
        for name, root in roots.items():
            if name == "package.opf":
                continue
            found = [value for key, value in _metas(root, spaces.get(name, SMIL)) if key == "dtb:uid"]
            if found != [self.uid]:
                yield f"{name}: its dtb:uid is {found}, not {self.uid!r}"

    def _points(self) -> Iterator[str]:
        """The headings, in the order in which they are heard, each with its words and its place."""
        metas = dict(_metas(self.ncx, NCX))
        points = list(self.ncx.iter(f"{NCX}navPoint"))
        levels = list(_depths(self.ncx.find(f"{NCX}navMap")))
        if metas.get("dtb:depth") != str(max(levels, default=0)):
            yield f"dtb:depth is {metas.get('dtb:depth')!r}, not {max(levels, default=0)}"
        if [point.get("playOrder") for point in points] != [str(at + 1) for at in range(len(points))]:
            yield "its play order does not count from 1"
        yield from skipped(levels)
        headings = [one for one in self.text.iter() if _is_heading(one)]
        if len(headings) != len(points):
            yield f"it has {len(points)} headings, and book.xml {len(headings)}"
        pars = ((name, par) for name, smil in self.smils.items() for par in smil.pars)
        places = {f"{name}#{par.get('id')}": at for at, (name, par) in enumerate(pars)}
        order = []
        for point, heading in zip(points, headings, strict=False):
            content = point.find(f"{NCX}content")
            target = content.get("src", "") if content is not None else ""
            if target not in places:
                yield f"{point.get('id')!r} leads to {target!r}, which is no place in a SMIL file"
                continue
            order.append(places[target])
            heard = [one.get("smilref") for one in heading.iter(f"{DTBOOK}sent")]
            if heard and target != heard[0]:
                yield f"{point.get('id')!r} leads to {target!r}, where its heading is not heard"
            said = point.findtext(f"{NCX}navLabel/{NCX}text", "")
            if heard and not is_named(heading, said):
                yield f"{point.get('id')!r} has other words than its heading"
            if heard and point.find(f"{NCX}navLabel/{NCX}audio") is None:
                yield f"{point.get('id')!r} has no sound"
        if order != sorted(order):
            yield "its headings are not in the order in which they are heard"

    def _labels(self) -> Iterator[str]:
        """The sound of the title and of the headings in the NCX: that of the lines that they lead to."""
        clips = {one.line: one for smil in self.smils.values() for one in smil.heard}
        headings = [one for one in self.text.iter() if _is_heading(one)]
        labels = [point.find(f"{NCX}navLabel") for point in self.ncx.iter(f"{NCX}navPoint")]
        titles_of = [self.ncx.find(f"{NCX}docTitle")]
        for label, heading in [*zip(labels, headings, strict=False), *zip(titles_of, headings, strict=False)]:
            audio = label.find(f"{NCX}audio") if label is not None else None
            said = [clips[name] for one in heading.iter(f"{DTBOOK}sent") if (name := one.get("id")) in clips]
            if audio is None or not said:
                continue
            begin, end = (milliseconds(audio.get(name)) for name in ("clipBegin", "clipEnd"))
            if audio.get("src") != said[0].file or not said[0].begin <= begin < end <= said[-1].end:
                words = " ".join("".join(heading.itertext()).split())
                yield f"book.ncx: a heading is heard, {words!r}, from {begin} to {end} ms of {audio.get('src')!r}"

    def _times(self) -> Iterator[str]:
        """Lengths that do not sum."""
        elapsed = 0
        for name, smil in self.smils.items():
            told = [value for key, value in _metas(smil.root, SMIL) if key == "dtb:totalElapsedTime"]
            body = smil.root.find(f"{SMIL}body/{SMIL}seq")
            length = smil.heard[-1].end if smil.heard else -1
            if [milliseconds(value) for value in told] != [elapsed]:
                yield f"{name}: dtb:totalElapsedTime is {told}, not {elapsed} ms"
            if body is None or milliseconds(body.get("dur")) != length:
                yield f"{name}: it does not last {length} ms, as its clips do"
            elapsed += max(length, 0)
        told = [value for key, value in _metas(self.opf, OPF) if key == "dtb:totalTime"]
        if [milliseconds(value) for value in told] != [elapsed]:
            yield f"package.opf: dtb:totalTime is {told}, not {elapsed} ms"

    def _links(self, name: str, smil: _Smil) -> Iterator[str]:
        """Places without a text that leads back to them, and structures that can't be left."""
        for par in smil.pars:
            kinds = [one.tag for one in par]
            shown = par.find(f"{SMIL}text")
            file, _, target = (shown.get("src", "") if shown is not None else "").partition("#")
            element = self.elements.get(target) if file == "book.xml" else None
            if kinds != [f"{SMIL}text", f"{SMIL}audio"] or element is None:
                yield f"{par.get('id')!r} is not a text of book.xml and its sound"
            elif element.get("smilref") != f"{name}#{par.get('id')}":
                yield f"{par.get('id')!r} shows {target!r}, which leads to {element.get('smilref')!r}"
        for seq in list(smil.root.iter(f"{SMIL}seq"))[1:]:
            last = seq[-1].get("id") if len(seq) else ""
            if seq.get("end") != f"DTBuserEscape;{last}.end" or seq.get("class") not in {"list", "table"}:
                yield f"{seq.get('id')!r} is no structure that can be left"

    def _texts(self) -> Iterator[str]:
        """Words that are not heard, references that lead nowhere, levels that are skipped."""
        narrated = {name: one for name, one in self.elements.items() if one.tag == f"{DTBOOK}sent"}
        yield from unheard(next(self.text.iter(f"{DTBOOK}book"), self.text), narrated)
        yield from words(narrated, self.timeline)
        for one in self.text.iter():
            name, _, place = (one.get("smilref") or "").partition("#")
            if one.get("smilref") and (name not in self.smils or place not in self.smils[name].places):
                yield f"it leads to {one.get('smilref')!r}, which is no place in a SMIL file"
        heard = [one.line for smil in self.smils.values() for one in smil.heard]
        if list(narrated) != heard:
            yield "its sentences are not in the order in which they are heard"
        levels = [int(one.tag[-1]) for one in self.text.iter() if re.fullmatch(r".*\}level[1-6]", one.tag)]
        yield from skipped(levels)

    def _resources(self) -> Iterator[str]:
        """Names for the structures that can be left, each once."""
        kinds = {seq.get("class") for smil in self.smils.values() for seq in smil.root.iter(f"{SMIL}seq")} - {None}
        found = []
        if "book.res" in self.book.names:
            for one in self.book.xml("book.res").iter(f"{RES}nodeSet"):
                if one.findtext(f"{RES}resource/{RES}text", "").strip():
                    found.append(one.get("select"))
        if sorted(found, key=str) != sorted(f"//seq[@class='{kind}']" for kind in kinds):
            yield f"book.res: it names {found}, and the book has {sorted(map(str, kinds))}"


def _is_heading(one: Element) -> bool:
    return re.fullmatch(rf"{re.escape(DTBOOK)}(doctitle|h[1-6])", one.tag) is not None


def _played(book: Zipped, opf: Element) -> list[str]:
    """The names of the SMIL files, in the order in which they are played."""
    items = {item.get("id", ""): item.get("href", "") for item in opf.iter(f"{OPF}item")}
    names = dict.fromkeys(items.get(ref.get("idref", "")) for ref in opf.iter(f"{OPF}itemref"))
    return [name for name in names if name is not None and name in book.names]


def _smil(root: Element) -> _Smil:
    found = _Smil(root, by_id(root))
    for par in root.iter(f"{SMIL}par"):
        text, sound = par.find(f"{SMIL}text"), par.find(f"{SMIL}audio")
        shown = (text.get("src", "") if text is not None else "").partition("#")[2]
        times = [milliseconds(sound.get(key)) if sound is not None else -1 for key in ("clipBegin", "clipEnd")]
        found.pars.append(par)
        name = sound.get("src", "") if sound is not None else ""
        found.heard.append(Heard(shown, name, *times))
    return found


def _metas(root: Element, space: str) -> list[tuple[str, str]]:
    return [(meta.get("name", ""), meta.get("content", "")) for meta in root.iter(f"{space}meta")]


def _depths(point: Element | None, depth: int = 0) -> Iterator[int]:
    """How deep each heading lies, in order."""
    for inner in point if point is not None else ():
        if inner.tag == f"{NCX}navPoint":
            yield depth + 1
            yield from _depths(inner, depth + 1)
