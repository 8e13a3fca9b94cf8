"""The flow of a page: pieces as they are found, and the text that gathers between them into paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from bs4.element import Tag

from voicegen.contracts import SiteRules
from voicegen.model.document import Block, Image, Paragraph, Reason
from voicegen.sources.asides import leads_away
from voicegen.sources.elements import visible_text, where
from voicegen.sources.headings import with_kickers_below
from voicegen.sources.inline import BREAK, Part, Style, compose
from voicegen.sources.leavings import Leavings
from voicegen.sources.paragraphs import paragraphs_of
from voicegen.sources.phrases import CALL, reason_of_block
from voicegen.sources.pieces import Heading, Piece, Placed, link_share, plain
from voicegen.sources.siterules import RulesAtWork
from voicegen.sources.tabs import Labels
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

_HOLDS_LINKS = word_set("p li td th dd dt figcaption caption summary blockquote h1 h2 h3 h4 h5 h6")
"""Elements in which a link that stands alone is text; alone in a box it is a button or a way elsewhere."""

_WHOLE = word_set(
    "li td th dd dt figcaption caption summary h1 h2 h3 h4 h5 h6 sup sub a button label",
)
"""Elements that are read whole: what stands in them is judged with what it stands in."""

_ALL_LINKED = 0.9
"""Share of a line's characters that stand in a link; an arrow or a stop may stand outside of it."""
_LONGEST_KICKER = 40
_COUNTED = lazy(r"(?:\W|_)*\d{1,2}(?:\W|_)*|\d{1,2}[.)]\s[^\d]+|[^\d]+/\s?\d{1,2}")
_FIRST_CHILDREN = 8
_SPACE = BREAK + " \n\t\r\f\u00a0"


@dataclass(slots=True)
class Page:
    """What the walk over a page knows of it and writes down."""

    name: str
    lang: str
    reasons: dict[int, Reason]
    """Elements that are left out with all they hold, by id."""
    way: set[int] = field(default_factory=set)
    """Elements whose own text is outside the content, though something inside them is not."""
    headline: int = 0
    """The id of the element that is the title: it is not read a second time."""
    labels: Labels = field(default_factory=Labels)
    """The tabs that head panels."""
    rules: RulesAtWork = field(default_factory=lambda: RulesAtWork(SiteRules()))
    keep_links: bool = False
    """Links that stand alone are text too: in Markdown there are no buttons."""
    leavings: Leavings = field(default_factory=Leavings)
    notices: list[str] = field(default_factory=list)


class Flow:
    """Gathers what is found below one element."""

    def __init__(self, page: Page, root: Tag) -> None:
        self.parts: list[Part] = []
        self.has_text = False
        """Whether the paragraph that is being gathered holds anything yet."""
        self._parted = False
        """Whether something was shown since the last text that is not text, such as a picture."""
        self._page = page
        self._open: list[Tag] = [root]
        self._placed: list[Placed] = []
        self._images: list[Placed] = []
        self._is_whole = root.name in _WHOLE
        self._opener: Tag | None = None
        """The element in which the last piece, if it is a short line, is the first thing said."""
        self._kickers: set[int] = set()

    def pieces(self) -> list[Placed]:
        """All that was gathered."""
        self.flush()
        return with_kickers_below(self._placed, self._kickers)

    def head(self, panel: Tag, style: Style) -> None:
        """Adds the words of the tab that heads the panel, where one does."""
        label = self._page.labels.use(panel)
        if label is not None:
            self._heading_box = None  # it stands over the tab's own panel alone
            self.place(Heading(compose([(visible_text(label.tag), style)]), label.rank), where(panel))

    def open(self, tag: Tag) -> None:
        """Enters an element that stands apart from the text around it."""
        self.flush()
        self._open.append(tag)

    def close(self) -> None:
        """Leaves the element that was entered last."""
        self.flush()
        self._open.pop()

    def text(self, characters: str, style: Style) -> None:
        """Adds text to the paragraph that is being gathered."""
        if id(self._open[-1]) in self._page.way:
            self._page.leavings.add(characters, Reason.OUTSIDE, where(self._open[-1]))
        elif characters:
            before = self.parts[-1][0] if self.parts else ""
            if self._parted and before[-1:].isalnum() and characters[0].isalnum():
                self.parts.append((" ", style))
            self._parted = False
            self.parts.append((characters, style))
            self.has_text = self.has_text or bool(characters.strip(_SPACE))

    def close_up(self) -> None:
        """Takes the white space away that ends the text so far."""
        while self.parts:
            characters, style = self.parts.pop()
            if kept := characters.rstrip():
                self.parts.append((kept, style))
                return

    def part(self) -> None:
        """Keeps the text that was gathered apart from what follows: something is shown between them.

        "Take 1" and "2 tablets" with a picture in between are not 12 tablets.
        """
        self._parted = True

    def flush(self) -> None:
        """Ends the paragraph."""
        parts, self.parts, self.has_text = self.parts, [], False
        for block in paragraphs_of(parts) if parts else []:
            self._paragraph(block)
        self._placed.extend(self._images)
        self._images = []

    def _paragraph(self, block: Block) -> None:
        tag = self._open[-1]
        if not self._is_whole and not any(character.isalnum() for character in plain(block)):
            return  # signs that adorn the page
        reason = self._reason(block) if isinstance(block, Paragraph) else None
        if reason:
            self._page.leavings.add(plain(block), reason, where(tag))
            return
        self._opener = self._opened_by(block, tag)
        self._placed.append(Placed(block, where(tag)))

    def _reason(self, block: Paragraph) -> Reason | None:
        said = block.text.plain
        if self._page.rules.drops(said):
            return Reason.SITE_RULE
        if self._is_whole or said.endswith((":", "：")):
            return None  # what is announced may be part of the text: it is judged together with what follows
        reason = reason_of_block(said)
        leads_elsewhere = self._is_lone_link(block) or (leads_away(said) and link_share(block) > _ALL_LINKED)
        return reason or (Reason.RELATED if leads_elsewhere else None)

    def _is_lone_link(self, block: Paragraph) -> bool:
        if self._page.keep_links or any(tag.name in _HOLDS_LINKS for tag in self._open):
            return False
        if CALL.search(block.text.plain):
            return False
        rest = "".join(run.text for run in block.text.runs if not run.href)
        return link_share(block) > 0 and not any(character.isalnum() for character in rest)

    def _opened_by(self, block: Block, tag: Tag) -> Tag | None:
        """The box that a short line opens, which the heading after it may be in too.

        Danger: "500 mg" above the heading "Children" is the dose of those before. A line with a number stays
        where it is, unless the number only counts: "01", "2. Coach", "Reason / 03".
        """
        said = plain(block)
        if any(map(str.isdigit, said)) and not _COUNTED.fullmatch(said):
            return None
        if not isinstance(block, Paragraph) or len(said) > _LONGEST_KICKER or said[-1:] in ".:!?。：！？…,;":
            return None
        box = tag if tag.name not in ("p", "div", "span") or _has_other_elements(tag) else tag.parent
        nearest = islice(box.children, _FIRST_CHILDREN) if box else ()
        first = next((child for child in nearest if _says_something(child)), None)
        inside = first is not None and (first is tag or box is tag)
        return box if inside else None

    def place(self, piece: Piece, place: str) -> None:
        """Adds a piece that has words or is an image."""
        self.flush()
        if isinstance(piece, Heading) and self._opener is not None and self._heading_box is self._opener:
            self._kickers.add(len(self._placed) - 1)
        self._opener = None
        if isinstance(piece, Heading) and self._page.rules.drops(piece.text.plain):
            self._page.leavings.add(piece.text.plain, Reason.SITE_RULE, place)
        elif plain(piece) or isinstance(piece, Image):
            self._placed.append(Placed(piece, place))

    def add(self, piece: Piece, tag: Tag) -> None:
        """Adds a piece that `tag` is read as."""
        self._heading_box = tag.parent
        self.place(piece, where(tag))

    _heading_box: Tag | None = None

    def image(self, image: Image, tag: Tag) -> None:
        """Adds an image: before its paragraph's text, or after the paragraph where it stands amid the text."""
        (self._images if self.has_text else self._placed).append(Placed(image, where(tag)))

    def leave_out(self, text: str, reason: Reason, tag: Tag) -> None:
        """Notes that `tag` is not kept."""
        self._page.leavings.add(text, reason, where(tag))


def _has_other_elements(tag: Tag) -> bool:
    return any(isinstance(child, Tag) and child.name.startswith("h") for child in tag.children)


def _says_something(node: object) -> bool:
    return bool(node.get_text().strip()) if isinstance(node, Tag) else bool(str(node).strip())
