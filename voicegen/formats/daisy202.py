"""daisy202: `<page>-daisy202.zip`, a talking book with full text and full sound for machines and library services.

DAISY 2.02 Specification, Recommendation of 28 February 2001: `ncc.html` (section 2.1), a SMIL file and an MP3 for
each chapter (2.2, 2.4), `text.html` (2.3) and `master.smil` (2.5). docs/reference/daisy.md tells what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from voicegen.contracts import PublishedFile
from voicegen.formats import _daisy202_check
from voicegen.formats._mp3_files import chapter_file
from voicegen.formats._package import Member, package, text
from voicegen.formats._talking_blocks import blocks
from voicegen.formats._talking_book import (
    GENERATOR,
    About,
    Span,
    about,
    chapters,
    clock,
    one_line,
    seconds,
    spans,
    whole_clock,
)
from voicegen.formats._talking_style import STYLE
from voicegen.formats._talking_text import Group, Part, Talk, holding, lined, told
from voicegen.formats._talking_xhtml import Xhtml, mp3_name, smil_name
from voicegen.formats._xml import PLACE, around, element, file, written
from voicegen.model.edition import Edition
from voicegen.recordings.mp3 import Mp3

CODECS = ("mp3",)
XHTML = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
    ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)
SMIL = '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">\n'
KILOBYTE = 1024


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    name = f"{edition.page.id}-daisy202.zip"
    yield PublishedFile(name, package(name, members(edition)), offer="daisy202")


def verify(folder: Path) -> Iterator[str]:
    """What is wrong with the book (`_daisy202_check` has the rules)."""
    return _daisy202_check.troubles(folder)


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which they are played."""
    return _daisy202_check.recordings(folder)


def members(edition: Edition) -> list[Member]:
    """The book's files; ncc.html, which players look for, comes first."""
    facts = about(edition, "daisy202")
    body: list[str] = []

    def write(part: Part) -> None:
        """Keeps a part of text.html as it is written; what it was made of is not kept."""
        heading = holding(f"h{part.level}", part.heading, class_="" if body else "title", id=part.id)
        body.extend(map(written, lined([heading, *part.blocks])))
        part.heading, part.blocks = [], []

    talk = told(edition, Xhtml(linked=True), blocks, write)
    lengths, clips = chapters(edition), spans(edition)
    heard = [number for number, lines in enumerate(talk.heard) if lines]
    others = [text("text.html", _text(facts, body)), text("default.css", STYLE)]
    elapsed = 0
    titles = [one_line(edition.timeline.marks[number].title) or facts.title for number in heard]
    for number, title in zip(heard, titles, strict=True):
        length = lengths[number].end - lengths[number].begin
        lines = _lines(talk.heard[number])
        others.append(text(smil_name(number), _smil(facts, title, lines, number, clips, elapsed)))
        others.append(Member(mp3_name(number), chapter_file(edition, number)))
        elapsed += length
    others.insert(1, text("master.smil", _master(facts, heard, titles, elapsed)))
    size = sum(part.size for member in others for part in member.parts)
    draft = _ncc(facts, talk, elapsed, len(others) + 1, size)
    return [text("ncc.html", _ncc(facts, talk, elapsed, len(others) + 1, size + len(draft))), *others]


def _ncc(facts: About, talk: Talk, total_ms: int, files: int, size: int) -> bytes:
    """The navigation control centre: one entry for each heading, and the book's metadata (section 2.1.2)."""
    metadata = {
        "dc:creator": facts.author or facts.publisher,
        "dc:date": facts.date,
        "dc:format": "Daisy 2.02",
        "dc:identifier": facts.identifier,
        "dc:language": facts.lang,
        "dc:publisher": facts.publisher,
        "dc:title": facts.title,
        "ncc:charset": "utf-8",
        "ncc:depth": str(max(part.level for part in talk.parts)),
        "ncc:files": str(files),
        "ncc:footnotes": "0",
        "ncc:generator": GENERATOR,
        "ncc:kByteSize": str(-(-size // KILOBYTE)),
        "ncc:maxPageNormal": "0",
        "ncc:multimediaType": "audioFullText",
        "ncc:narrator": facts.narrator,
        "ncc:pageFront": "0",
        "ncc:pageNormal": "0",
        "ncc:pageSpecial": "0",
        "ncc:prodNotes": "0",
        "ncc:setInfo": "1 of 1",
        "ncc:sidebars": "0",
        "ncc:tocItems": str(len(talk.parts)),
        "ncc:totalTime": whole_clock(total_ms),
        **({"prod:voiceLicence": facts.licence} if facts.licence else {}),
    }
    entries: list[Element] = []
    for part in talk.parts:
        link = element("a", {"href": f"{smil_name(part.chapter)}#{part.line}"}, part.title or facts.title)
        entries.append(holding(f"h{part.level}", [link], class_="" if entries else "title", id=part.id))
    return file(_html(facts, facts.title, metadata, lined(entries)), XHTML)


def _text(facts: About, body: list[str]) -> bytes:
    """The whole text; each line leads to its place in the SMIL files, which lead back."""
    metadata = {"dc:format": "Daisy 2.02", "dc:identifier": facts.identifier, "dc:title": facts.title}
    return around(_html(facts, facts.title, metadata, [PLACE]), body, XHTML)


def _html(facts: About, title: str, metadata: dict[str, str], body: list[Element]) -> Element:
    language = {"lang": facts.lang, "xml:lang": facts.lang, "dir": facts.dir}
    kind = {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}
    head = element(
        "head",
        {},
        element("meta", kind),
        element("title", {}, title),
        *lined(element("meta", {"name": name, "content": value}) for name, value in metadata.items()),
        element("link", {"rel": "stylesheet", "type": "text/css", "href": "default.css"}),
    )
    return element("html", {"xmlns": "http://www.w3.org/1999/xhtml", **language}, head, element("body", {}, *body))


def _smil(
    facts: About, title: str, lines: list[str], number: int, clips: dict[str, Span], elapsed_ms: int
) -> bytes:
    """A chapter: the element and the clip of each line (section 2.2)."""
    length = clips[lines[-1]].end
    metadata = {
        "dc:format": "Daisy 2.02",
        "dc:identifier": facts.identifier,
        "dc:title": facts.title,
        "ncc:generator": GENERATOR,
        "ncc:totalElapsedTime": clock(elapsed_ms),
        "ncc:timeInThisSmil": clock(length),
        "title": title,
    }
    pars = []
    for line in lines:
        clip = {
            "src": mp3_name(number),
            "clip-begin": f"npt={seconds(clips[line].begin)}s",
            "clip-end": f"npt={seconds(clips[line].end)}s",
            "id": f"a-{line}",
        }
        shown = element("text", {"src": f"text.html#{line}", "id": f"t-{line}"})
        heard = element("seq", {"id": f"s-{line}"}, element("audio", clip))
        pars.append(element("par", {"endsync": "last", "id": line}, shown, heard))
    return _smil_file(metadata, element("seq", {"dur": f"{seconds(length)}s", "id": "all"}, *lined(pars)))


def _master(facts: About, heard: list[int], titles: list[str], total_ms: int) -> bytes:
    """The chapters in their order (section 2.5)."""
    metadata = {
        "dc:format": "Daisy 2.02",
        "dc:identifier": facts.identifier,
        "dc:title": facts.title,
        "ncc:generator": GENERATOR,
        "ncc:timeInThisSmil": clock(total_ms),
    }
    refs = (
        element("ref", {"title": title, "src": smil_name(number), "id": f"c{number + 1:04}"})
        for number, title in zip(heard, titles, strict=True)
    )
    return _smil_file(metadata, *refs)


def _smil_file(metadata: dict[str, str], *body: Element) -> bytes:
    head = element(
        "head",
        {},
        *lined(element("meta", {"name": name, "content": value}) for name, value in metadata.items()),
        element("layout", {}, element("region", {"id": "txtView"})),
    )
    return file(element("smil", {}, head, element("body", {}, *lined(body))), SMIL)


def _lines(heard: list[str | Group]) -> list[str]:
    """The ids of all lines, those inside groups too."""
    found: list[str] = []
    for one in heard:
        found += _lines(one.heard) if isinstance(one, Group) else [one]
    return found
