"""The text of Word's paragraphs: runs, fields, links, notes, tracked changes, signs, equations.

ECMA-376, part 1, section 17.3 (runs), 17.13.5 (revisions), 17.16 (fields). What is not shown on paper is not on
the page, and is said to be omitted; what can't be told for sure ends the reading with the place and a remedy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from voicegen import symbol_fonts
from voicegen.converting import word_data, word_drawings
from voicegen.converting.equations import LINE, in_a_line, is_half_deleted, parted
from voicegen.converting.word_pieces import Piece, lang_of
from voicegen.converting.word_styles import Look, Styles, is_on, value
from voicegen.converting.writing import Omitted
from voicegen.errors import SourceError

DELETED = "deleted (tracked changes)"
MOVED = "moved from here (tracked changes)"
HIDDEN = "hidden text"
CONTENTS = "a table of contents"
UNFILLED = "a field that nobody filled in"
_LINKS = ("http://", "https://", "mailto:", "tel:")
_TRIMMED = " \t\r\n"
_OVERRIDES = {"rtl": "\u202e", "ltr": "\u202d"}
_UNTIL_HERE = "\u202c"
"""The signs for text that is written from the other end; the proof refuses them where they turn letters around."""
_SPACES = {"w-tab": "\t", "w-ptab": "\t", "w-noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
WORKED_OUT = "what a field is worked out from"
_LINK_FIELD = re.compile(r'HYPERLINK "?([^"\s]+)', re.I)
_SIGN_FIELD = re.compile(r"SYMBOL (0x[0-9a-f]{1,6}|\d{1,7})(?![^ \\])", re.I)
_FONT_OF_FIELD = re.compile(r'\\f ?"?([^"\\]+)', re.I)
_UNICODE_OF_FIELD = re.compile(r"\\u(?![a-z])", re.I)
_BUTTON_FIELD = re.compile(r"(?:MACROBUTTON|GOTOBUTTON) \S+ (.+)", re.I)
_DEEPEST_FIELDS = 50
"""Fields inside fields: an IF with a date and a page's number in it has three levels."""
_EQUATION_FIELD = re.compile(r"(?:EQ |EMBED Equation)", re.I)
_CONTENTS = {"TOC", "TOA", "INDEX"}
_LONGEST_INSTRUCTION = 5_000
"""Characters of an instruction that are kept: what tells a field stands at its beginning, and programs for
references put whole records of theirs after it."""


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, which is not shown, and then its result, which is."""

    instruction: str = ""
    """Its beginning, with single spaces once it is `ended`."""
    in_result: bool = False
    has_result: bool = False
    form: Element | None = None
    """What the field is where it is a form's (17.16.17): a box to tick, a choice from a list."""
    is_contents: bool = False
    """Whether its result repeats the headings."""
    href: str = ""
    """Where its result leads; empty where nowhere outside."""
    is_cut: bool = False
    """Whether the instruction is longer than is kept."""

    def add(self, words: str) -> None:
        """Adds words to the instruction."""
        self.is_cut = self.is_cut or len(self.instruction) + len(words) > _LONGEST_INSTRUCTION
        if len(self.instruction) < _LONGEST_INSTRUCTION:
            self.instruction += words[: _LONGEST_INSTRUCTION - len(self.instruction)]

    def ended(self) -> Field:
        """It, with its instruction read; what comes next is its result."""
        self.instruction = " ".join(self.instruction.split())
        self.is_contents = self.instruction.partition(" ")[0].upper() in _CONTENTS
        found = _LINK_FIELD.match(self.instruction)
        self.href = found[1] if found and found[1].lower().startswith(_LINKS) else ""
        self.in_result = True
        return self


@dataclass(slots=True)
class Runs:
    """Reads the text of paragraphs, one after the other."""

    name: str
    styles: Styles
    targets: dict[str, str]
    """What the relationships of the part lead to, by id."""
    data: dict[str, frozenset[str]] = field(default_factory=dict)
    """The texts of the data that fields are bound to (`word_data.texts`)."""
    omitted: list[Omitted] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    """Letters in fonts of signs, as they are in the file."""
    langs: Counter[str] = field(default_factory=Counter)
    """Letters by language."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The notes that the text refers to, in order: "footnote" or "endnote", and its id."""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes that hang on the paragraph that is being read."""
    fields: list[Field] = field(default_factory=list)
    keeps_spaces: bool = False
    """Whether the whole document says that spaces at the ends of texts count (xml:space)."""
    near: str = ""
    """The last text that was read, to tell staff a place by."""
    _pieces: list[Piece] = field(default_factory=list)
    _paragraph: Element | None = None

    def read(self, paragraph: Element) -> list[Piece]:
        """The pieces of a paragraph."""
        self._pieces, self._paragraph = [], paragraph.find("w-pPr")
        self._walk(paragraph, "")
        texts = parted([piece.text for piece in self._pieces])
        return [replace(piece, text=text) for piece, text in zip(self._pieces, texts, strict=True)]

    def count(self, run: Element, text: str) -> None:
        """Counts the letters of a run for its language."""
        look = self.styles.look(run.find("w-rPr"), None)
        self.langs[lang_of(text, look.lang, self.styles)[0]] += sum(map(str.isalpha, text))

    def refuse(self, what: str, remedy: str) -> SourceError:
        """The error for something here."""
        place = (
            f"{self.name}, after “{self.near[-50:].strip()}”"
            if self.near.strip()
            else f"{self.name}, at its start"
        )
        return SourceError(place, what, remedy)

    def omit(self, text: str, why: str) -> None:
        """Notes text that is not on the page."""
        if text.strip():
            self.omitted.append(Omitted(text, why))

    def _walk(self, container: Element, href: str) -> None:
        for child in container:
            tag = child.tag
            if tag == "w-r":
                self._run(child, href)
            elif tag in ("w-del", "w-moveFrom"):
                self.omit(deleted_text(child), DELETED if tag == "w-del" else MOVED)
            elif tag == "w-hyperlink":
                target = self.targets.get(child.get("r-id", ""), "")
                self._walk(child, target if target.lower().startswith(_LINKS) else href)
            elif tag == "w-fldSimple":
                field = Field()
                field.add(child.get("w-instr", ""))
                self.fields.append(field.ended())
                self._walk(child, href)
                self._close(self.styles.look(None, self._paragraph))
            elif tag == "w-sdt":
                self.control(child, lambda content: self._walk(content, href))
            elif tag in ("m-oMath", "m-oMathPara"):
                self._equation(child)
            elif tag == "mc-AlternateContent":
                first = self.chosen(child)
                if first is not None:
                    self._walk(first, href)
            elif tag == "w-bdo" and (override := _OVERRIDES.get(child.get("w-val", ""))):
                self._pieces.append(Piece(override))
                self._walk(child, href)
                self._pieces.append(Piece(_UNTIL_HERE))
            elif tag == "w-subDoc":
                raise self.refuse(
                    "a part of it is another file", "Insert that file's text instead of a link to it"
                )
            elif tag not in ("w-pPr", "w-rPr"):
                self._walk(child, href)

    def chosen(self, alternatives: Element) -> Element | None:
        """The form of a thing that is read. Raises SourceError where another form of it says something else."""
        first = word_drawings.chosen(alternatives)
        if first is None:
            return None
        words = _letters(first)
        for other in alternatives:
            if other.tag == "mc-Fallback" and other is not first and _letters(other) not in ("", words):
                raise self.refuse(
                    f"it has two forms of a text that differ: “{shown_text(other).strip()[:40]}” is one of them",
                    "Open it in Word, save it anew, and try again; or write that text once more.",
                )
        return first

    def check_ended(self) -> None:
        """Raises SourceError where a field is still open: it takes all that follows for its own."""
        if self.fields:
            what = self.fields[-1].instruction.split()[:1] or ["a field"]
            raise self.refuse(
                f"{what[0][:20]} begins as a field and never ends", "Save it anew in Word, or remove it."
            )

    def control(self, control: Element, read: Callable[[Element], None]) -> None:
        """Reads a content control by `read`, unless it shows a request to be filled in, or a table of contents."""
        properties, content = control.find("w-sdtPr"), control.find("w-sdtContent")
        if content is None:
            return
        gallery = properties.find("w-docPartObj/w-docPartGallery") if properties is not None else None
        if gallery is not None and "contents" in gallery.get("w-val", "").lower():
            self.omit(shown_text(content), CONTENTS)
        elif is_on(properties, "w-showingPlcHdr"):
            self.omit(shown_text(content), UNFILLED)
        elif properties is not None and word_data.contradicts(properties, lambda: shown_text(content), self.data):
            raise self.refuse(
                f"a field holds “{shown_text(content).strip()[:40]}”, and the file's own data says something else,"
                " which Word shows instead",
                "Open it in Word, look at that field, and save it anew.",
            )
        else:
            read(content)

    def _run(self, run: Element, href: str) -> None:
        properties = run.find("w-rPr")
        look = self.styles.look(properties, self._paragraph)
        href = next((one.href for one in reversed(self.fields) if one.in_result and one.href), href)
        self._parts(run, look, href)

    def _parts(self, run: Element, look: Look, href: str) -> None:
        for part in run:
            tag = part.tag
            if tag == "w-t":
                kept = self.keeps_spaces or part.get("xml-space") == "preserve"
                self._text((part.text or "") if kept else (part.text or "").strip(_TRIMMED), look, href)
            elif tag in _SPACES:
                self._text(_SPACES[tag], look, href)
            elif tag == "w-sym":
                self._sign(part.get("w-char", ""), part.get("w-font", ""), look)
            elif tag == "w16se-symEx":
                self._sign(part.get("w16se-char", ""), part.get("w16se-font", ""), look)
            elif tag in ("w-br", "w-cr"):
                self._element(Element("br"), look)
            elif tag == "w-fldChar":
                self._field(part, look)
            elif tag == "w-instrText" and self.fields:
                self.fields[-1].add(part.text or "")
            elif tag in ("w-footnoteReference", "w-endnoteReference"):
                self._note(tag[2:].removesuffix("Reference"), part.get("w-id", ""), look)
            elif tag in word_drawings.DRAWINGS:
                self._drawing(part, look)
            elif tag == "mc-AlternateContent":
                first = self.chosen(part)
                if first is not None:
                    self._parts(first, look, href)
            elif tag == "w-ruby":
                self._ruby(part, look, href)
            elif tag == "w-contentPart":
                raise self.refuse("there is handwriting (ink)", "Write its words as text")

    # Text ---------------------------------------------------------------------------------------------------

    def _text(self, text: str, look: Look, href: str = "") -> None:
        if self.fields and not self.fields[-1].in_result:
            return  # part of an instruction, which nobody sees
        if look.hidden or self._why_unseen():
            self.omit(text, HIDDEN if look.hidden else self._why_unseen())
            return
        shown, strange = _shown(text, look)
        if strange:
            sign, font = f"U+{ord(strange):04X}", look.font or "of the text"
            raise self.refuse(
                f"it can't be told what the sign {sign} in the font “{font}” shows",
                "Write it as a word, or as a letter of the text's own font.",
            )
        if shown != text:
            self.replaced.append(text)
        for one in self.fields:
            one.has_result = True
        self._add(shown, look, href)

    def _why_unseen(self) -> str:
        """Why what stands here is in a field but not shown; empty where it is."""
        if not all(one.in_result for one in self.fields):
            return WORKED_OUT
        return CONTENTS if any(one.is_contents for one in self.fields) else ""

    def _add(self, text: str, look: Look, href: str = "") -> None:
        lang, own = lang_of(text, look.lang, self.styles)
        self.near = (self.near + text)[-80:]
        shown = (href, look.bold, look.italic, look.struck, look.position)
        self._pieces.append(Piece(text, lang if own else "", *shown))

    def _sign(self, code: str, font: str, look: Look) -> None:
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            raise self.refuse(f"there is a sign without a code ({code[:9]!r})", "Write it as a word.") from None
        self._text(character, _in_font(look, font))

    def _ruby(self, ruby: Element, look: Look, href: str) -> None:
        """A word with its reading above it, which says the word again (17.3.3.25)."""
        over, base = ruby.find("w-rt"), ruby.find("w-rubyBase")
        if base is not None:
            self._walk(base, href)
        if over is not None:
            self.omit(shown_text(over), "a reading aid above a word")

    # What stands amid text ----------------------------------------------------------------------------------

    def _element(self, element: Element, look: Look) -> None:
        if not look.hidden and not self._why_unseen():
            self._pieces.append(Piece(element=element))

    def _field(self, part: Element, look: Look) -> None:
        kind = part.get("w-fldCharType", "")
        if kind == "begin":
            if len(self.fields) >= _DEEPEST_FIELDS:
                raise self.refuse(
                    f"fields lie more than {_DEEPEST_FIELDS} levels inside each other", "Save it anew in Word."
                )
            self.fields.append(Field(form=part.find("w-ffData")))
        elif kind == "separate" and self.fields:
            self.fields[-1].ended()
        elif kind == "end" and self.fields:
            self._close(look)

    def _close(self, look: Look) -> None:
        """Ends the innermost field; one without a result may show its instruction."""
        done = self.fields.pop()
        if done.has_result or look.hidden:
            return
        done.ended()
        if done.form is not None and (filled := filled_in(done.form)):
            self._text(filled, look)
        elif done.instruction[:7].upper() == "SYMBOL ":
            self._symbol(done.instruction, look)
        elif button := _BUTTON_FIELD.match(done.instruction):
            if done.is_cut:
                raise self.refuse("there is a field whose text is too long", "Write it as text.")
            self._text(button[1], look)
        elif _EQUATION_FIELD.match(done.instruction):
            raise self.refuse("there is an equation that is drawn by a field", "Write it as a sentence.")

    def _symbol(self, instruction: str, look: Look) -> None:
        """A sign by its number in Windows' own code, in a font of signs, or in Unicode (17.16.5.60)."""
        sign, font = _SIGN_FIELD.match(instruction), _FONT_OF_FIELD.search(instruction)
        number = int(sign[1], 0 if sign[1][1:2].lower() == "x" else 10) if sign else 0
        look = _in_font(look, font[1].strip()) if font else look
        shown = chr(number) if 0 < number < 0xFFFF else ""
        if look.font.lower() not in symbol_fonts.FONTS and not _UNICODE_OF_FIELD.search(instruction):
            shown = bytes([number]).decode("cp1252", "ignore") if 0 < number < 0x100 else shown
        if not shown:
            raise self.refuse(f"there is a sign without a code ({instruction[:30]!r})", "Write it as a word.")
        self._text(shown, look)

    def _equation(self, equation: Element) -> None:
        look = self.styles.look(None, self._paragraph)
        for one in equation.iter():
            if one.tag in ("w-del", "w-moveFrom") and any(part.tag == "m-t" for part in one.iter()):
                self.omit(deleted_text(one), DELETED)
        if look.hidden or self._why_unseen():
            self.omit(shown_text(equation), HIDDEN if look.hidden else self._why_unseen())
            return
        pieces = in_a_line(equation)
        if pieces is None or is_half_deleted(equation):
            raise self.refuse(
                "there is an equation that can't be written in one line",
                "Write it as a sentence, or beside it and remove it.",
            )
        for piece in pieces:
            text, position = piece
            self.near = (self.near + text)[-80:]
            if piece == LINE:
                self._element(Element("br"), look)
            else:
                self._pieces.append(Piece(text, position=position, bold=look.bold, struck=look.struck))

    def _note(self, kind: str, name: str, look: Look) -> None:
        if look.hidden:
            return
        self.notes.append((kind, name))
        number = len(self.notes)
        raised = Element("sup")
        link = Element("a", href=f"#note-{number}", id=f"note-{number}-in-text")
        link.text = str(number)
        raised.append(link)
        self._pieces.append(Piece(element=raised))

    def _drawing(self, drawing: Element, look: Look) -> None:
        if look.hidden or word_drawings.is_hidden(drawing):
            self.omit(shown_text(drawing), HIDDEN)
            return
        trouble = word_drawings.trouble(drawing)
        if trouble and not word_drawings.alternative(drawing):
            raise self.refuse(
                f"there is {trouble} without a description",
                "Say in its alternative text (Alt Text) what it shows, or write that as text.",
            )
        image = word_drawings.picture(drawing, self.targets)
        if image is not None:
            self._element(image, look)
        if art := word_drawings.word_art(drawing):
            self._add(art, look)
        self.boxes += word_drawings.boxes(drawing)


def _in_font(look: Look, font: str) -> Look:
    return replace(look, font=font, far_font=font)


def _shown(text: str, look: Look) -> tuple[str, str]:
    """What the text is shown as, and the first sign that can't be told; each in its own font (17.3.2.26)."""
    if look.font == look.far_font:
        return symbol_fonts.shown(text, look.font)
    result = ""
    for is_far, group in groupby(text, key=lambda sign: ord(sign) > 0x7F):
        part = "".join(group)
        is_of_signs = look.far_font.lower() in symbol_fonts.FONTS or not symbol_fonts.shown(part, "")[1]
        shown, strange = symbol_fonts.shown(part, look.far_font if is_far and is_of_signs else look.font)
        if strange:
            return "", strange
        result += shown
    return result, ""


def filled_in(form: Element) -> str:
    """What a form's field shows: the chosen entry of a list, a box with or without a tick (17.16.5, 17.16.9)."""
    box, choice = form.find("w-checkBox"), form.find("w-ddList")
    if box is not None:
        ticked = is_on(box, "w-checked")
        return "☑" if (is_on(box, "w-default") if ticked is None else ticked) else "☐"
    if choice is None:
        return ""
    entries = [one.get("w-val", "") for one in choice.findall("w-listEntry")]
    at = value(choice, "w-result") or value(choice, "w-default") or "0"
    return entries[int(at)] if at.isascii() and at.isdigit() and int(at[:3]) < len(entries) else ""


def _letters(form: Element) -> str:
    return "".join(filter(str.isalnum, shown_text(form)))


_BETWEEN = {**_SPACES, "w-p": " ", "w-br": " "}


def shown_text(element: Element) -> str:
    """All text below an element that a reader of the paper sees, without second forms of the same."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag in ("w-t", "m-t"):
            parts.append(one.text or "")
        elif one.tag in _BETWEEN:
            parts.append(_BETWEEN[one.tag])
        if one.tag == "mc-AlternateContent":
            first = word_drawings.chosen(one)
            waiting += [first] if first is not None else []
        elif one.tag not in ("w-del", "w-moveFrom"):
            waiting += reversed(list(one))
    return "".join(parts)


def deleted_text(element: Element) -> str:
    """The text that a tracked change took away."""
    return "".join(one.text or "" for one in element.iter() if one.tag in ("w-delText", "w-t", "m-t"))


def goes_on(properties: Element | None) -> bool:
    """Whether a paragraph's text goes on in the next one.

    Its end was deleted (17.13.5.15) or is hidden (17.3.2.41), or it is a letter set large at the start of the next
    (17.3.1.11): "N" and "ot more than 8" are one sentence.
    """
    mark = properties.find("w-rPr") if properties is not None else None
    if mark is not None and any(mark.find(name) is not None for name in ("w-del", "w-moveFrom")):
        return True
    is_hidden = bool(is_on(mark, "w-vanish")) and not is_on(mark, "w-specVanish")
    return is_hidden or value(properties, "w-framePr", "w-dropCap") in ("drop", "margin")
