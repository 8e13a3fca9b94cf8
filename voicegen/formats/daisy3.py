"""daisy3: `<page>-daisy3.zip`, the newer talking book, whose tables and lists a listener can leave.

ANSI/NISO Z39.86-2005 (R2012): the package file (section 3), DTBook (4), MP3 (5), SMIL (7), the NCX (8) and, where
there are tables or lists, the resource file that names them (10). docs/reference/daisy.md tells what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from voicegen.contracts import PublishedFile
from voicegen.formats import _daisy3_check
from voicegen.formats._dtbook import DtBook, book
from voicegen.formats._mp3_files import chapter_file
from voicegen.formats._package import Member, package, text
from voicegen.formats._talking_blocks import blocks
from voicegen.formats._talking_book import GENERATOR, About, Span, about, chapters, clock, labels, spans
from voicegen.formats._talking_style import STYLE
from voicegen.formats._talking_text import Group, Part, Talk, lined, told
from voicegen.formats._talking_xhtml import mp3_name, smil_name
from voicegen.formats._xml import element, file, put
from voicegen.formats.words import Words, words_for
from voicegen.model.edition import Edition
from voicegen.recordings.mp3 import Mp3

CODECS = ("mp3",)
DTBOOK = (
    '<?xml-stylesheet type="text/css" href="default.css"?>\n'
    '<!DOCTYPE dtbook PUBLIC "-//NISO//DTD dtbook 2005-3//EN" "http://www.daisy.org/z3986/2005/dtbook-2005-3.dtd">\n'
)
NCX = '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">\n'
SMIL = (
    '<!DOCTYPE smil PUBLIC "-//NISO//DTD dtbsmil 2005-2//EN"'
    ' "http://www.daisy.org/z3986/2005/dtbsmil-2005-2.dtd">\n'
)
OPF = (
    '<!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN"'
    ' "http://openebook.org/dtds/oeb-1.2/oebpkg12.dtd">\n'
)
RESOURCES = (
    '<!DOCTYPE resources PUBLIC "-//NISO//DTD resource 2005-1//EN"'
    ' "http://www.daisy.org/z3986/2005/resource-2005-1.dtd">\n'
)
TYPES = {
    "opf": "text/xml",
    "ncx": "application/x-dtbncx+xml",
    "xml": "application/x-dtbook+xml",
    "smil": "application/smil",
    "res": "application/x-dtbresource+xml",
    "mp3": "audio/mpeg",
    "css": "text/css",
}
"""Media types of the manifest, by file ending (section 3.3)."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """The one file."""
    name = f"{edition.page.id}-daisy3.zip"
    yield PublishedFile(name, package(name, members(edition)), offer="daisy3")


def verify(folder: Path) -> Iterator[str]:
    """What is wrong with the book (`_daisy3_check` has the rules)."""
    return _daisy3_check.troubles(folder)


def recordings(folder: Path) -> Iterator[Mp3]:
    """The recording of each chapter, in the order in which they are played."""
    return _daisy3_check.recordings(folder)


def members(edition: Edition) -> list[Member]:
    """The book's files; the package file, which players look for, comes first."""
    facts = about(edition, "daisy3")
    talk = told(edition, DtBook(), blocks)
    lengths, clips = chapters(edition), spans(edition)
    found = [text("book.ncx", _ncx(facts, talk, labels(edition))), text("default.css", STYLE)]
    found.append(text("book.xml", file(book(facts, talk.parts), DTBOOK)))
    kinds = sorted({group.kind for heard in talk.heard for group in _groups(heard)})
    if kinds:
        found.append(text("book.res", _resources(kinds, words_for(facts.lang), facts)))
    elapsed = 0
    for number, heard in enumerate(talk.heard):
        if heard:
            found.append(text(smil_name(number), _smil(facts, heard, number, clips, elapsed)))
            found.append(Member(mp3_name(number), chapter_file(edition, number)))
            elapsed += lengths[number].end - lengths[number].begin
    names = ["package.opf", *(member.path for member in found)]
    return [text("package.opf", _package(facts, names, elapsed)), *found]


def _package(facts: About, names: list[str], total_ms: int) -> bytes:
    """The package file (section 3)."""
    core = {
        "dc:Title": facts.title,
        "dc:Creator": facts.author or facts.publisher,
        "dc:Publisher": facts.publisher,
        "dc:Date": facts.date,
        "dc:Format": "ANSI/NISO Z39.86-2005",
        "dc:Language": facts.lang,
    }
    more = {
        "dtb:multimediaType": "audioFullText",
        "dtb:multimediaContent": "audio,text",
        "dtb:totalTime": clock(total_ms),
        "dtb:audioFormat": "MP3",
        "dtb:narrator": facts.narrator,
        **({"prod:voiceLicence": facts.licence} if facts.licence else {}),
    }
    dublin = {
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        "xmlns:oebpackage": "http://openebook.org/namespaces/oeb-package/1.0/",
    }
    metadata = element(
        "metadata",
        {},
        element(
            "dc-metadata",
            dublin,
            *lined(element(name, {}, value) for name, value in core.items()),
            element("dc:Identifier", {"id": "uid"}, facts.identifier),
        ),
        element("x-metadata", {}, *lined(element("meta", {"name": name, "content": more[name]}) for name in more)),
    )
    ids = {name: name.replace(".", "-") for name in names}
    items = (
        element("item", {"id": ids[name], "href": name, "media-type": TYPES[name.rpartition(".")[2]]})
        for name in names
    )
    spine = (element("itemref", {"idref": ids[name]}) for name in names if name.endswith(".smil"))
    root = {"xmlns": "http://openebook.org/namespaces/oeb-package/1.0/", "unique-identifier": "uid"}
    manifest = element("manifest", {}, *lined(items))
    return file(element("package", root, metadata, manifest, element("spine", {}, *lined(spine))), OPF)


def _ncx(facts: About, talk: Talk, heard: dict[str, Span]) -> bytes:
    """The headings as text and sound, each leading to where it is heard (section 8)."""
    metadata = {
        "dtb:uid": facts.identifier,
        "dtb:depth": str(max(part.level for part in talk.parts)),
        "dtb:generator": GENERATOR,
        "dtb:totalPageCount": "0",
        "dtb:maxPageNumber": "0",
    }
    metas = lined(element("meta", {"name": name, "content": value}) for name, value in metadata.items())
    label = _label(talk.parts[0], facts, heard)
    root = {"xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1"}
    made = element(
        "ncx",
        {**root, "xml:lang": facts.lang, "dir": facts.dir},
        element("head", {}, *metas),
        element("docTitle", {}, *label),
        element("docAuthor", {}, element("text", {}, facts.author or facts.publisher)),
    )
    put(made, _map(facts, talk.parts, heard))
    return file(made, NCX)


def _map(facts: About, parts: list[Part], heard: dict[str, Span]) -> Element:
    made = element("navMap")
    open_: list[Element] = []
    for number, part in enumerate(parts, 1):
        point = element(
            "navPoint",
            {"id": f"n{number:04}", "class": f"h{part.level}", "playOrder": str(number)},
            element("navLabel", {}, *_label(part, facts, heard)),
            element("content", {"src": f"{smil_name(part.chapter)}#{part.line}"}),
        )
        del open_[part.level - 1 :]
        put(open_[-1] if open_ else made, point)
        open_.append(point)
    return made


def _label(part: Part, facts: About, heard: dict[str, Span]) -> Iterator[Element]:
    """A heading's words and the sound of them."""
    yield element("text", {}, part.title or facts.title)
    lines = [one.get("id", "") for one in part.heading if isinstance(one, Element)]
    clips = [heard[line] for line in lines if line in heard]
    if clips:
        yield _audio(part.chapter, clips[0].begin, clips[-1].end)


def _smil(facts: About, heard: list[str | Group], number: int, clips: dict[str, Span], elapsed_ms: int) -> bytes:
    """A chapter (section 7); tables and lists are sequences that a listener can leave (7.4.5)."""
    metadata = {
        "dtb:uid": facts.identifier,
        "dtb:generator": GENERATOR,
        "dtb:totalElapsedTime": clock(elapsed_ms),
    }
    metas = lined(element("meta", {"name": name, "content": value}) for name, value in metadata.items())
    made = element("seq", {"id": "all", "fill": "remove"}, *lined(_pars(heard, number, clips)))
    length = clips[list(_lines(heard))[-1]].end
    made.set("dur", clock(length))
    root = {"xmlns": "http://www.w3.org/2001/SMIL20/"}
    return file(element("smil", root, element("head", {}, *metas), element("body", {}, made)), SMIL)


def _pars(heard: list[str | Group], number: int, clips: dict[str, Span]) -> Iterator[Element]:
    for one in heard:
        if isinstance(one, Group):
            inside = list(_pars(one.heard, number, clips))
            escape = f"DTBuserEscape;{inside[-1].get('id')}.end"
            yield element("seq", {"id": one.id, "class": one.kind, "end": escape}, *inside)
        else:
            shown = element("text", {"src": f"book.xml#{one}"})
            yield element("par", {"id": one}, shown, _audio(number, clips[one].begin, clips[one].end))


def _audio(number: int, begin_ms: int, end_ms: int) -> Element:
    return element("audio", {"src": mp3_name(number), "clipBegin": clock(begin_ms), "clipEnd": clock(end_ms)})


def _resources(kinds: Sequence[str], words: Words, facts: About) -> bytes:
    """What a player calls the structures that can be left, in the page's language (section 10)."""
    sets = []
    for kind in kinds:
        name = element("text", {}, words.plain(kind))
        resource = element("resource", {"id": f"name-{kind}", "xml:lang": words.lang}, name)
        sets.append(element("nodeSet", {"id": f"set-{kind}", "select": f"//seq[@class='{kind}']"}, resource))
    scope = element("scope", {"nsuri": "http://www.w3.org/2001/SMIL20/"}, *sets)
    root = {"xmlns": "http://www.daisy.org/z3986/2005/resource/", "version": "2005-1"}
    head = element("head", {}, element("meta", {"name": "dtb:uid", "content": facts.identifier}))
    return file(element("resources", root, head, scope), RESOURCES)


def _groups(heard: list[str | Group]) -> Iterator[Group]:
    for one in heard:
        if isinstance(one, Group):
            yield one
            yield from _groups(one.heard)


def _lines(heard: list[str | Group]) -> Iterator[str]:
    for one in heard:
        if isinstance(one, Group):
            yield from _lines(one.heard)
        else:
            yield one
