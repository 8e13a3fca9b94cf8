"""Word files (.docx, .docm) → a page: ECMA-376 / ISO/IEC 29500, part 1, WordprocessingML.

What Word prints as the text is on the page, in order. Deleted and hidden text, comments, page headers and footers,
and tables of contents are not, and each is named. Macros, links to files and pictures are never opened.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from voicegen.converting import word_data
from voicegen.converting.package import Package
from voicegen.converting.trees import tree
from voicegen.converting.word_lists import Blocks
from voicegen.converting.word_numbers import Numbers
from voicegen.converting.word_pieces import Piece, plain, put
from voicegen.converting.word_runs import DELETED, Runs, goes_on
from voicegen.converting.word_styles import BODY_TEXT, Styles
from voicegen.converting.word_tables import table
from voicegen.converting.word_texts import TAKEN_AWAY, all_text, shown_text
from voicegen.converting.writing import Converted, Omitted, check_complete, page, said
from voicegen.errors import SourceError

_DOCUMENT = ("/officeDocument",)
_AROUND = {"w-hdr": "the header of its printed pages", "w-ftr": "the footer of its printed pages"}
_OTHERS = {"xl/": "an Excel file", "ppt/": "a PowerPoint file"}
_PASSED = {"w-sectPr", "w-pPr", "w-tblPr", "w-tcPr"}
_FEW = 3
"""Omitted passages of a kind that a notice shows."""


def convert(data: bytes, name: str) -> Converted:
    """The page. Raises SourceError where the file is no Word file, is damaged, or holds what can't be told."""
    return _Word(Package(data, name), name).converted()


_Carried = tuple[list[Piece], Element | None]
"""The pieces of a paragraph that goes on in the next, and its own properties."""


class _Word:
    """One document on its way."""

    def __init__(self, package: Package, name: str) -> None:
        self._package, self._name = package, name
        start = self._relationships("")
        main = next((target for kind, target in start.values() if kind.endswith(_DOCUMENT)), "word/document.xml")
        if main not in package:
            kind = next((kind for start, kind in _OTHERS.items() if any(map(start.__eq__, _tops(package)))), "")
            raise SourceError(name, f"it is {kind or 'no Word file'}", "Save its text as a Word file (.docx).")
        self._targets = self._relationships(main)
        self._document = self._tree(main)
        self._styles = Styles(self._part("/styles"))
        self._numbers = Numbers(self._part("/numbering"), self._styles)
        targets = {key: target for key, (_, target) in self._targets.items()}
        keeps = self._document.get("xml-space") == "preserve"
        self._runs = Runs(name, self._styles, targets, word_data.texts(package, self._tree), keeps_spaces=keeps)
        self._carried: _Carried = ([], None)
        self._columns: list[str] = []
        self._title_styled = any(self._styles.level(one.find("w-pPr")) == 0 for one in self._document.iter("w-p"))
        self._lang = self._main_lang()

    def converted(self) -> Converted:
        """The page, checked for letters that were lost."""
        body = self._document.find("w-body")
        if body is None:
            raise SourceError(self._name, "it has no text", "Open it in Word and save it anew.")
        main = Element("main")
        self._story(body, main)
        notes = self._notes(main)
        self._runs.check_ended()
        around = [*self._around(), *self._comments()]
        there = [*_letters(body), *(text for note in notes for text in _letters(note))]
        check_complete(self._name, there, [*said(main), *self._runs.replaced], self._runs.omitted)
        omitted = [*self._runs.omitted, *around]
        html = page(self._title(main), self._lang, main)
        return Converted(html, tuple(omitted), (*_notices(omitted), *_of_columns(self._columns)))

    # Parts --------------------------------------------------------------------------------------------------

    def _tree(self, name: str) -> Element:
        return tree(self._package.read(name), f"{self._name}, {name}")

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part, by id: the kind and the target; a target outside is kept as written and never opened."""
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self._package:
            return {}
        found = {}
        for one in self._tree(name).iter("rel-Relationship"):
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", ""), target)
        return found

    def _parts(self, kind: str) -> Iterator[Element]:
        for ends, target in self._targets.values():
            if ends.endswith(kind) and target in self._package:
                yield self._tree(target)

    def _part(self, kind: str) -> Element | None:
        return next(self._parts(kind), None)

    # Blocks -------------------------------------------------------------------------------------------------

    def _story(self, source: Element, made: Element) -> None:
        """Puts into `made` what is a text of its own, as a cell, a box or a note: no paragraph goes on beyond."""
        outer, self._carried = self._carried, ([], None)
        blocks = Blocks(made)
        self._blocks(source, blocks)
        self._end_carried(blocks)
        self._carried = outer

    def _end_carried(self, blocks: Blocks) -> None:
        """Writes the paragraph that would go on where there is no other for it to go on in."""
        (pieces, properties), self._carried = self._carried, ([], None)
        if pieces:
            self._paragraph_of(pieces, properties, blocks)

    def _blocks(self, container: Element, blocks: Blocks) -> None:
        for child in container:
            if child.tag == "w-p":
                self._paragraph(child, blocks)
            elif child.tag == "w-tbl":
                self._end_carried(blocks)
                blocks.add(table(child, self._styles, self._cell, self._omit))
            elif child.tag == "w-sdt":
                self._runs.control(child, lambda content: self._blocks(content, blocks))
            elif child.tag == "m-oMathPara":
                self._paragraph(_around_equation(child), blocks)
            elif child.tag == "mc-AlternateContent":
                first = self._runs.chosen(child)
                if first is not None:
                    self._blocks(first, blocks)
            elif child.tag in ("w-altChunk", "w-subDoc"):
                raise self._runs.refuse(
                    "a part of it is a file inside the file", "Open it in Word, save it anew, and try again."
                )
            elif child.tag in TAKEN_AWAY:
                self._omit(child, DELETED)
            elif child.tag not in _PASSED:
                self._blocks(child, blocks)

    def _cell(self, source: Element, made: Element) -> None:
        self._story(source, made)
        if len(made) == 1 and made[0].tag == "p":  # a cell of one paragraph is plainer without it
            only = made[0]
            made.remove(only)
            made.text = only.text
            made.extend(list(only))

    def _omit(self, part: Element, why: str) -> None:
        self._runs.omit(all_text(part), why)

    def _paragraph(self, paragraph: Element, blocks: Blocks) -> None:
        properties = paragraph.find("w-pPr")
        outer, self._runs.boxes = self._runs.boxes, []
        (pieces, _), self._carried = self._carried, ([], None)
        pieces += self._runs.read(paragraph)
        boxes, self._runs.boxes = self._runs.boxes, outer
        if goes_on(properties):
            self._carried = (pieces, properties)
        else:
            self._paragraph_of(pieces, properties, blocks)
        for box in boxes:
            made = Element("div")
            self._story(box, made)
            if len(made):
                blocks.add(made)

    def _paragraph_of(self, pieces: list[Piece], properties: Element | None, blocks: Blocks) -> None:
        if not plain(pieces).strip() and all(one.element is None or one.element.tag == "br" for one in pieces):
            self._numbers.mark(properties)  # an empty line: there is nothing to hear, but Word counts it
            return
        if _is_in_columns(plain(pieces).strip()):
            self._columns.append(plain(pieces))
        level = self._styles.level(properties)
        mark = self._numbers.mark(properties)
        if level <= BODY_TEXT and plain(pieces).strip():
            made = Element(f"h{min(6, max(1, level + (1 if self._title_styled and level else 0)))}")
            if mark and mark.shown:
                made.text = f"{mark.shown} "
            put(pieces, made, self._lang, heading=True)
            blocks.add(made)
            return
        made = Element("p")
        if mark and mark.label:
            made.text = f"{mark.label} "
        put(pieces, made, self._lang)
        if mark:
            blocks.item(mark, made)
        else:
            blocks.add(made)

    # Around the text ----------------------------------------------------------------------------------------

    def _notes(self, main: Element) -> list[Element]:
        """Puts the notes that the text refers to after it, in order; gives what they were made from."""
        kept: dict[tuple[str, str], Element] = {}
        for kind in ("footnote", "endnote"):
            for root in self._parts(f"/{kind}s"):
                kept |= {(kind, one.get("w-id", "")): one for one in root.findall(f"w-{kind}")}
        made: list[Element] = []
        at = 0
        place: Element | None = None
        while at < len(self._runs.notes):  # a note may refer to another
            source = kept.get(self._runs.notes[at])
            at += 1
            if source is None:
                raise self._runs.refuse("a note that it refers to is missing", "Open it in Word and save it anew.")
            place = SubElement(main, "ol") if place is None else place
            self._story(source, SubElement(place, "li", id=f"note-{at}"))
            made.append(source)
        return made

    def _around(self) -> Iterator[Omitted]:
        seen = set()
        for kind in ("/header", "/footer"):
            for root in self._parts(kind):
                text = " ".join(shown_text(root).split())
                if text and text not in seen:
                    seen.add(text)
                    yield Omitted(text, _AROUND.get(root.tag, "printed around its pages"))

    def _comments(self) -> Iterator[Omitted]:
        for root in self._parts("/comments"):
            for comment in root.iter("w-comment"):
                if text := " ".join(shown_text(comment).split()):
                    yield Omitted(text, "a comment")

    def _title(self, main: Element) -> str:
        first = next((one for name in ("h1", "h2") for one in main.iter(name)), None)
        return " ".join("".join(first.itertext()).split()) if first is not None else self._name.rpartition(".")[0]

    def _main_lang(self) -> str:
        """The language of most letters; read once for that alone, because the page says it first."""
        probe = Runs(self._name, self._styles, {})
        body = self._document.find("w-body")
        for run in body.iter("w-r") if body is not None else ():
            text = "".join(part.text or "" for part in run if part.tag == "w-t")
            if text.strip():
                probe.count(run, text)
        return probe.langs.most_common(1)[0][0] if probe.langs else ""


def _tops(package: Package) -> set[str]:
    return {name.partition("/")[0] + "/" for name in package.names()}


def _around_equation(equation: Element) -> Element:
    paragraph = Element("w-p")
    paragraph.append(equation)
    return paragraph


def _letters(element: Element) -> Iterator[str]:
    """The text of a body or a note by a way of its own: every w:t and m:t of the form that is read."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag in ("w-t", "m-t"):
            yield one.text or ""
        forms = [form for form in one if form.tag in ("mc-Choice", "mc-Fallback")]
        waiting += forms[:1] if one.tag == "mc-AlternateContent" else list(one)


def _is_in_columns(text: str) -> bool:
    """Whether tabs make three columns of it, or leave one empty; a tab after a number or a label makes none."""
    columns = text.split("\t")
    filled = [at for at, column in enumerate(columns) if any(map(str.isalnum, column))]
    if sum(at > 0 for at in filled) > 1:
        return True
    empty = [at for at in range(1, len(columns) - 1) if not columns[at].strip()]
    return any(filled[0] < at and columns[at + 1].strip()[:1].isalnum() for at in empty if filled)


def _of_columns(lines: list[str]) -> Iterator[str]:
    if lines:
        shown = ", ".join(f"“{' '.join(line.split())[:60]}”" for line in lines[:_FEW])
        more = f" and {len(lines) - _FEW} more" if len(lines) > _FEW else ""
        yield (
            f"Columns are made with tabs, and a listener can't hear which is which: {shown}{more}. "
            "Make a table of them in Word."
        )


def _notices(omitted: list[Omitted]) -> Iterator[str]:
    """What is not on the page, by kind, with its first words."""
    kinds = dict.fromkeys(piece.why for piece in omitted)
    for why in kinds:
        texts = [" ".join(piece.text.split()) for piece in omitted if piece.why == why]
        shown = ", ".join(f"“{text[:60]}{'…' if len(text) > 60 else ''}”" for text in texts[:_FEW])
        more = f" and {len(texts) - _FEW} more" if len(texts) > _FEW else ""
        yield f"Not on the page: {why}: {shown}{more}."
