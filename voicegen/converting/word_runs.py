"""The text of Word's paragraphs: runs, fields, links, notes, tracked changes, signs, equations.

ECMA-376, part 1, section 17.3 (runs), 17.13.5 (revisions). What is not shown on paper is not on the page, and is
said to be omitted; what can't be told for sure ends the reading with the place and a remedy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree.ElementTree import Element

from voicegen import symbol_fonts
from voicegen.converting import word_data, word_drawings
from voicegen.converting.equations import LINE, in_a_line, is_half_deleted, parted
from voicegen.converting.word_fields import Field
from voicegen.converting.word_pieces import Piece, lang_of, other_signs
from voicegen.converting.word_styles import Look, Styles, is_on, value
from voicegen.converting.word_texts import SPACES, TAKEN_AWAY, all_text, shown_text
from voicegen.converting.writing import LINKS, Omitted
from voicegen.errors import SourceError

DELETED = "deleted (tracked changes)"
MOVED = "moved from here (tracked changes)"
HIDDEN = "hidden text"
CONTENTS = "a table of contents"
UNFILLED = "a field that nobody filled in"
WORKED_OUT = "what a field is worked out from"
_TRIMMED = " \t\r\n"
_OVERRIDES = {"rtl": "\u202e", "ltr": "\u202d"}
_UNTIL_HERE = "\u202c"
"""The signs for text that is written from the other end; the proof refuses them where they turn letters around."""
_DEEPEST_FIELDS = 50
"""Fields inside fields: an IF with a date and a page's number in it has three levels."""


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
        return other_signs(replace(piece, text=text) for piece, text in zip(self._pieces, texts, strict=True))

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
        if words := text.strip():
            self.omitted.append(Omitted(words, why))

    def _take_away(self, change: Element) -> None:
        self.omit(all_text(change), DELETED if change.tag == "w-del" else MOVED)

    def _walk(self, container: Element, href: str) -> None:
        for child in container:
            tag = child.tag
            if tag == "w-r":
                self._run(child, href)
            elif tag in TAKEN_AWAY:
                self._take_away(child)
            elif tag == "w-hyperlink":
                target = self.targets.get(child.get("r-id", ""), "")
                self._walk(child, target if target.lower().startswith(LINKS) else href)
            elif tag == "w-fldSimple":
                self.fields.append(Field())
                self.fields[-1].add(child.get("w-instr", ""))
                self.fields[-1].begin_result()
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
            elif tag in SPACES:
                self._text(SPACES[tag], look, href)
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
        if why := self._why_unseen(look):
            self.omit(text, why)
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

    def _why_unseen(self, look: Look) -> str:
        """Why what stands here is not shown, by its look or by the fields around it; empty where it is."""
        if look.hidden:
            return HIDDEN
        if not all(one.in_result for one in self.fields):
            return WORKED_OUT
        return CONTENTS if any(one.is_contents for one in self.fields) else ""

    def _add(self, text: str, look: Look, href: str = "") -> None:
        lang, own = lang_of(text, look.lang, self.styles)
        self.near = (self.near + text)[-80:]
        shown = (href, look.bold, look.italic, look.struck, look.position, look.underlined)
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
        if not self._why_unseen(look):
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
            self.fields[-1].begin_result()
        elif kind == "end" and self.fields:
            self._close(look)

    def _close(self, look: Look) -> None:
        """Ends the innermost field; one without a result may show its instruction."""
        done = self.fields.pop()
        if done.has_result or look.hidden:
            return
        done.begin_result()
        if filled := done.filled_in:
            self._text(filled, look)
        elif done.is_sign:
            look = _in_font(look, done.font) if done.font else look
            sign = done.sign(look.font)
            if not sign:
                what = f"there is a sign without a code ({done.instruction[:30]!r})"
                raise self.refuse(what, "Write it as a word.")
            self._text(sign, look)
        elif button := done.button:
            if done.is_cut:
                raise self.refuse("there is a field whose text is too long", "Write it as text.")
            self._text(button, look)
        elif done.is_number and not self._why_unseen(look):
            what = f"there is a number that Word counts and the file does not hold ({done.instruction[:30]})"
            raise self.refuse(what, "Type the number, or make the paragraph an item of a numbered list.")
        elif done.is_equation:
            raise self.refuse("there is an equation that is drawn by a field", "Write it as a sentence.")

    def _equation(self, equation: Element) -> None:
        look = self.styles.look(None, self._paragraph)
        for one in equation.iter():
            if one.tag in TAKEN_AWAY:
                self._take_away(one)
        if why := self._why_unseen(look):
            self.omit(shown_text(equation), why)
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
        # Codes of a font of signs are of the nearer font where the one for far signs is none of those.
        is_told = look.far_font.lower() in symbol_fonts.FONTS or not symbol_fonts.shown(part, "")[1]
        shown, strange = symbol_fonts.shown(part, look.far_font if is_far and is_told else look.font)
        if strange:
            return "", strange
        result += shown
    return result, ""


def _letters(form: Element) -> str:
    return "".join(filter(str.isalnum, shown_text(form)))


def goes_on(properties: Element | None) -> bool:
    """Whether a paragraph's text goes on in the next one.

    Its end was deleted (17.13.5.15) or is hidden (17.3.2.41), or it is a letter set large at the start of the next
    (17.3.1.11): "N" and "ot more than 8" are one sentence.
    """
    mark = properties.find("w-rPr") if properties is not None else None
    if mark is not None and any(mark.find(name) is not None for name in TAKEN_AWAY):
        return True
    is_hidden = bool(is_on(mark, "w-vanish")) and not is_on(mark, "w-specVanish")
    return is_hidden or value(properties, "w-framePr", "w-dropCap") in ("drop", "margin")
