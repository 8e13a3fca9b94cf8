"""HTML elements → pieces of a Document, in one walk in which every text ends up kept or among the leavings.

The walk goes down through boxes that only group (`div`, `section`) without recursion; it calls itself for what the
Document nests: items, cells, quotations, callouts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from bs4.element import NavigableString, PageElement, Tag

from voicegen.cascade.gaps import SIDES
from voicegen.errors import SourceError
from voicegen.model.document import (
    Block,
    Definition,
    DefinitionList,
    Disclosure,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Reason,
    Table,
    Text,
    Urgency,
)
from voicegen.sources.boxes import DOUBT
from voicegen.sources.callouts import is_emergency_quoted, is_pull_quote, urgency_of, urgency_with_words
from voicegen.sources.cell_lines import holds_rows, part_lines
from voicegen.sources.columns import UnclearColumnsError
from voicegen.sources.drawn import CONTROLS, display_of, gaps_of, is_seen
from voicegen.sources.elements import attribute, visible_text, where
from voicegen.sources.flow import Flow, Page
from voicegen.sources.hidden import is_for_listeners, is_trigger
from voicegen.sources.images import alternative_of, image_of, is_amid_sentence, is_inline, words_inside
from voicegen.sources.inline import BREAK, PLAIN, Style, compose, joined, parts_of, without_empty_end
from voicegen.sources.leavings import told_of
from voicegen.sources.lists import (
    HEADINGS,
    arranges_sections,
    has_content,
    is_lettered,
    numbers_of,
    terms_and_descriptions,
)
from voicegen.sources.paragraphs import without_bullets, without_dashes
from voicegen.sources.phrases import reason_of_block
from voicegen.sources.pieces import Box, Heading, Placed, blocks_only, plain, text_of
from voicegen.sources.preformatted import blocks_with_tables, keep_lines
from voicegen.sources.raised import is_note_link, is_note_marker, is_set_off
from voicegen.sources.styles import styled
from voicegen.sources.tables import (
    MOST_PLACES,
    has_unclear_mark,
    is_data,
    layout_cells,
    loose_nodes,
    places,
    rows_of,
    table_of,
    unsaid_signs,
)
from voicegen.sources.tree import parse
from voicegen.sources.wordsets import word_set

NESTING_LIMIT = 32
"""Lists in cells in quotations, and so on: no reader or listener follows more."""

_BOXES = word_set(
    "address article aside body center marquee dir div fieldset figcaption footer form header hgroup html",
    "legend main menu nav noscript p search section tbody tfoot thead tr td th li dd dt summary option",
)
"""Elements that stand apart from the text around them."""
_BOX_NAMES = [*_BOXES, *HEADINGS, "table", "blockquote", "ul", "ol", "dl", "figure"]

_BOX_ROLES = word_set("row cell columnheader rowheader gridcell listitem paragraph term definition")

_Entered = tuple[Style, Callable[[], None] | None]


class Walk:
    """Reads elements of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._depth = 0
        self._done: set[int] = set()
        """Elements that were read out of turn: a summary, a caption, a panel."""
        self._places: dict[int, int] = {}
        self._named: dict[str, list[Tag]] = {}
        """All elements of the page by id, in order, once a control asks for one; and the place of each."""
        self._one_text = False
        """Whether all that is being read becomes one text: an image then says its alternative where it stands."""

    def pieces(self, root: Tag, style: Style = PLAIN) -> list[Placed]:
        """Everything inside `root` that is kept. Raises SourceError where lists and the like nest too deeply."""
        if self._depth >= NESTING_LIMIT:
            raise SourceError(
                f"{self.page.name}, {where(root)}",
                f"lists, tables and quotations lie more than {NESTING_LIMIT} levels inside each other",
                "Close the elements that were left open.",
            )
        self._depth += 1
        flow = Flow(self.page, root)
        flow.head(root, style)
        path: list[tuple[Iterator[PageElement], _Entered]] = [(iter(root.contents), (style, None))]
        while path:
            children, (style, leave) = path[-1]
            node = next(children, None)
            if node is None:
                path.pop()
                if leave:
                    leave()
            elif isinstance(node, Tag):
                entered = self._enter(node, style, flow)
                if entered:
                    path.append((iter(node.contents), entered))
            elif type(node) is NavigableString:
                flow.text(str(node), style)
        self._depth -= 1
        return flow.pieces()

    def blocks(self, root: Tag, style: Style = PLAIN) -> tuple[Block, ...]:
        """What is inside `root` as blocks, its headings as bold paragraphs."""
        return blocks_only(self.pieces(root, style))

    def text(self, root: Tag, style: Style = PLAIN) -> Text:
        """What is inside `root` as one text."""
        outer, self._one_text = self._one_text, True
        found = text_of(self.pieces(root, style))
        self._one_text = outer
        return found

    def _enter(self, tag: Tag, style: Style, flow: Flow) -> _Entered | None:
        """Reads `tag` as a whole (None), or gives the style in which to go on inside it."""
        if id(tag) in self._done or id(tag) == self.page.headline:
            return None
        reason = self.page.reasons.get(id(tag))
        if reason:
            said = tag.get_text() if reason is Reason.CODE else self.page.labels.words_left(tag, reason)
            flow.leave_out(said, reason, tag)
            if told := told_of(self._framed(tag) or said, reason, tag.name):
                self.page.notices.append(f"{where(tag)}: {told}")
            if is_seen(tag, reason):
                flow.part()
            if tag.name in ("input", "select"):
                self._field(tag, reason, flow)
            return None
        style = styled(tag, style, self.page.lang)
        if (
            tag.name == "a"
            and not style.position
            and is_note_link(tag, "".join(part for part, _ in flow.parts[-2:]))
        ):
            style = style._replace(position="note")
        if rank := _rank(tag):
            self._heading(tag, style, flow, rank)
        elif id(tag) not in self.page.way and (urgency := urgency_of(tag)):
            flow.add(self._box(tag, style, urgency), tag)
        elif reader := _READERS.get(tag.name):
            reader(self, tag, style, flow)
        elif _is_control(tag) and is_trigger(tag) and self._trigger(tag, style, flow):
            pass
        elif is_pull_quote(tag):
            self._quotation(tag, style, flow)
        else:
            return self._box_or_inline(tag, style, flow)
        return None

    def _framed(self, tag: Tag) -> str:
        """The words of the page that a frame holds in its own attribute."""
        source = attribute(tag, "srcdoc") if tag.name == "iframe" else ""
        return visible_text(parse(source, self.page.name)) if source else ""

    def _box_or_inline(self, tag: Tag, style: Style, flow: Flow) -> _Entered:
        shown_as = display_of(tag)
        if shown_as == "inline-block" or tag.name in CONTROLS:
            flow.part()
            return style, flow.part
        if (
            tag.name in _BOXES
            or shown_as == "block"
            or tag.get("role") in _BOX_ROLES
            or ("-" in tag.name and tag.find(_BOX_NAMES) is not None)
        ):
            flow.open(tag)
            flow.head(tag, style)
            return style, flow.close
        # What is for listeners alone is no part of the word beside it: "Warning", and "Do not take it".
        gaps = frozenset(SIDES) if is_for_listeners(tag) else gaps_of(tag)
        if "before" in gaps:
            flow.part()
        if tag.name in ("i", "span", "b", "em") and attribute(tag, "aria-label") and not tag.contents:
            flow.text(f" {attribute(tag, 'aria-label')} ", style)  # an icon that a style draws, with its words
        elif tag.name == "q":
            flow.text("“", style)
            return style, lambda: flow.text("”", style)
        return style, flow.part if "after" in gaps else None

    def _apart(self, tag: Tag, style: Style, flow: Flow) -> list[Placed]:
        """The pieces of an element that is read by itself: an item, a term, a cell, or what stands beside them."""
        if id(tag) in self._done or id(tag) in self.page.reasons:
            self._enter(tag, style, flow)
            return []
        if tag.name in ("li", "dt", "dd", "td", "th"):
            return self.pieces(tag, styled(tag, style, self.page.lang))
        inner = Flow(self.page, tag)
        entered = self._enter(tag, style, inner)
        return inner.pieces() + (self.pieces(tag, entered[0]) if entered else [])

    def _place_apart(self, node: PageElement, style: Style, flow: Flow, tag: Tag) -> None:
        if isinstance(node, Tag):
            for placed in self._apart(node, style, flow):
                flow.place(*placed)
        elif has_content(node):
            flow.add(Paragraph(compose([(str(node), style)])), tag)

    # What stands amid text ----------------------------------------------------------------------------------

    def _break(self, _tag: Tag, style: Style, flow: Flow) -> None:
        flow.text(BREAK, style)

    def _rule(self, _tag: Tag, _style: Style, flow: Flow) -> None:
        flow.flush()

    def _word_break(self, _tag: Tag, _style: Style, _flow: Flow) -> None:
        """`wbr` allows a line break inside a word: nothing to read."""

    def _raised(self, tag: Tag, style: Style, flow: Flow) -> None:
        before = "".join(characters for characters, _ in flow.parts[-3:])
        inside = tag.get_text()
        raised_before = next((last.position for words, last in reversed(flow.parts[-3:]) if words.strip()), "")
        if tag.name == "sup" and not raised_before and is_set_off(tag, before):
            flow.close_up()
            before, inside = before.rstrip(), inside.lstrip()
        if is_note_marker(tag, before):
            raised = style._replace(position="note")
        else:
            raised = style._replace(position="sup" if tag.name == "sup" else "sub")
        flow.text(" " if inside[:1].isspace() else "", style)
        for placed in self.pieces(tag, raised):
            if isinstance(placed.piece, Image):
                flow.image(placed.piece, tag)
            else:
                for characters, inner_style in parts_of(text_of([placed])):
                    flow.text(characters, inner_style)
        flow.text(" " if inside[-1:].isspace() else "", style)

    def _image(self, tag: Tag, style: Style, flow: Flow) -> None:
        flow.part()
        if is_inline(tag) and flow.has_text and alternative_of(tag):
            flow.text(alternative_of(tag), style)
            flow.part()
        elif flow.has_text and alternative_of(tag) and is_amid_sentence(tag) and image_of(tag, self.page):
            flow.text(f" {alternative_of(tag)} ", style)
        elif image := image_of(tag, self.page):
            if self._one_text and flow.has_text and image.alt:
                flow.text(f" {image.alt.plain} ", style)
            else:
                flow.image(image, tag)
        for said in words_inside(tag):
            flow.leave_out(said, Reason.DECORATION if tag.name == "svg" else Reason.HIDDEN, tag)

    def _field(self, tag: Tag, reason: Reason, flow: Flow) -> None:
        """Leaves out what a field of a form shows in it; staff are told of numbers, which a sentence may need."""
        if tag.name == "select":
            self._tell_of_number(tag, " ".join(tag.get_text(" ").split()), "a choice")
            return
        value = attribute(tag, "value").strip()
        if attribute(tag, "type").lower() in ("checkbox", "radio") and "checked" in tag.attrs:
            self.page.notices.append(
                f"{where(tag)}: a box with a tick was left out: see that what is said is right without it."
            )
        if not value or attribute(tag, "type").lower() not in _FIELDS:
            return
        flow.leave_out(value, reason, tag)
        self._tell_of_number(tag, value, "a field")

    def _tell_of_number(self, tag: Tag, words: str, where_from: str) -> None:
        if any(map(str.isdigit, words)):
            self.page.notices.append(
                f"{where(tag)}: “{words[:40]}” in {where_from} of a form was left out: see that what is said is"
                " right without it."
            )

    def _formula(self, tag: Tag, _style: Style, _flow: Flow) -> None:
        raise SourceError(
            f"{self.page.name}, {where(tag)}",
            "a formula here can't be written in a line, so a voice would say another one",
            "Write it in words, or as a picture with a text that says it.",
        )

    def _doubt(self, tag: Tag, _style: Style, _flow: Flow) -> None:
        """Refuses a place where nobody can tell what the page says (see `boxes` and `lettering`)."""
        if joined := attribute(tag, "data-shown"):
            what = f"two numbers touch here that may stand in two columns (“{joined}”, where you see the bar)"
            remedy = "Put a space between them, or write them as one without markup in between."
        else:
            what = f"there is {attribute(tag, 'data-font')} to some browsers and a letter to others"
            remedy = "Write the sign itself, such as “μ” or “≤”, in the text's own font."
        raise SourceError(f"{self.page.name}, {where(tag.parent or tag)}", what, remedy)

    # Headings, boxes, panels --------------------------------------------------------------------------------

    def _heading(self, tag: Tag, style: Style, flow: Flow, rank: int) -> None:
        inner = self.pieces(tag, style._replace(strong=False))
        said = text_of(placed for placed in inner if not isinstance(placed.piece, Image))
        flow.add(Heading(without_empty_end(said), rank), tag)
        for placed in inner:
            if isinstance(placed.piece, Image):
                flow.place(*placed)

    def _box(self, tag: Tag, style: Style, urgency: Urgency) -> Box:
        pieces = self.pieces(tag, style)
        first = pieces[0].piece if pieces else None
        said = " ".join(plain(placed.piece) for placed in pieces)
        if not isinstance(first, Heading):
            return Box(urgency_with_words(urgency, "", said), tuple(pieces))
        runs = list(first.text.runs)
        label = []
        while runs and runs[0].hidden:
            label.append(runs.pop(0))
        heading = Heading(joined([Text(tuple(runs))]), first.rank) if runs else None
        if not label:
            urgency = urgency_with_words(urgency, heading.text.plain if heading else "", said)
        return Box(urgency, tuple(pieces[1:]), heading, joined([Text(tuple(label))]) if label else None)

    def _trigger(self, tag: Tag, style: Style, flow: Flow) -> bool:
        """Reads a control that opens a panel, with the panel, as a disclosure; gives whether it could."""
        parent = tag.parent.name if tag.parent is not None else ""
        if parent in _INLINE_PARENTS or tag.find_parent((*HEADINGS, "p", "dt")) is not None:
            return False
        summary = without_empty_end(self.text(tag, style._replace(href="")))
        panel = self._panel_of(tag)
        if panel is not None and summary:
            self.page.labels.forget(panel)
            blocks = self.blocks(panel)
            self._done.add(id(panel))
            flow.add(Disclosure(summary, blocks), tag)
        elif reason := reason_of_block(summary.plain):
            flow.leave_out(summary.plain, reason, tag)
        elif summary:
            flow.add(Paragraph(summary), tag)
        return True

    def _panel_of(self, tag: Tag) -> Tag | None:
        names = ("aria-controls", "data-target", "data-bs-target", "href", "for")
        target = next((value for name in names if (value := attribute(tag, name).lstrip("#"))), "")
        panel = self._next_named(target, tag) if target and "/" not in target else None
        if panel is None or id(panel) in self.page.reasons or id(panel) in self._done:
            return None
        return None if panel.name in ("input", "html", "body", "main") else panel

    def _next_named(self, name: str, tag: Tag) -> Tag | None:
        """The first element with that id after `tag`; all are looked through once, however many ask."""
        if not self._places:
            *_, page = tag.parents
            for place, one in enumerate(page.find_all(True)):
                self._places[id(one)] = place
                self._named.setdefault(attribute(one, "id"), []).append(one)
        own, named = self._places[id(tag)], self._named.get(name, [])
        at = bisect_right(named, own, key=lambda one: self._places[id(one)])
        return named[at] if at < len(named) else None

    def _details(self, tag: Tag, style: Style, flow: Flow) -> None:
        head = tag.find("summary", recursive=False)
        summary = Text(())
        if isinstance(head, Tag):
            summary = without_empty_end(self.text(head, style))
            self._done.add(id(head))
        blocks = self.blocks(tag, style)
        if summary:
            flow.add(Disclosure(summary, blocks), tag)
        else:
            for block in blocks:
                flow.add(block, tag)

    # Lists --------------------------------------------------------------------------------------------------

    def _list(self, tag: Tag, style: Style, flow: Flow) -> None:
        if arranges_sections(tag):
            for node in tag.contents:
                self._place_apart(node, style, flow, tag)
            return
        items: list[Item] = []
        numbers = numbers_of(tag, self.page.reasons)
        for node in filter(has_content, tag.contents):
            if not isinstance(node, Tag):
                items.append(Item((Paragraph(compose([(str(node), style)])),)))
                continue
            blocks = blocks_only(self._apart(node, style, flow))
            if node.name != "li" and items and blocks:
                # A list that stands beside the items instead of inside one belongs to the item before it.
                items[-1] = replace(items[-1], blocks=items[-1].blocks + blocks)
            elif blocks:
                items.append(Item(blocks, numbers.get(id(node))))
        if items:
            items = without_dashes(without_bullets(items))
            flow.add(ItemList(tuple(items), tag.name == "ol"), tag)
            if is_lettered(tag):
                self.page.notices.append(
                    f"{where(tag)}: the items of this list have letters on the page and are said with numbers: "
                    "see that nothing refers to a letter."
                )

    def _definitions(self, tag: Tag, style: Style, flow: Flow) -> None:
        entries: list[Definition] = []
        terms: list[Text] = []
        descriptions: list[tuple[Block, ...]] = []
        for node in terms_and_descriptions(tag):
            if not isinstance(node, Tag):
                descriptions.append((Paragraph(compose([(str(node), style)])),))
            elif node.name == "dt":
                if descriptions:
                    entries.append(Definition(tuple(terms), tuple(descriptions)))
                    terms, descriptions = [], []
                terms.extend(filter(None, [text_of(self._apart(node, style, flow))]))
            else:
                descriptions.extend(filter(None, [blocks_only(self._apart(node, style, flow))]))
        if terms or descriptions:
            entries.append(Definition(tuple(terms), tuple(descriptions)))
        if entries:
            flow.add(DefinitionList(tuple(entries)), tag)

    # Other blocks -------------------------------------------------------------------------------------------

    def _quotation(self, tag: Tag, style: Style, flow: Flow) -> None:
        pieces = self.pieces(tag, style)
        if tag.name == "blockquote" and is_emergency_quoted("\n".join(plain(placed.piece) for placed in pieces)):
            flow.add(Box("emergency", tuple(pieces)), tag)
        elif blocks := blocks_only(pieces):
            flow.add(Quotation(blocks), tag)

    def _figure(self, tag: Tag, style: Style, flow: Flow) -> None:
        head = tag.find("figcaption")
        caption = Text(())
        if isinstance(head, Tag) and id(head) not in self.page.reasons:
            caption = self.text(head, style)
            self._done.add(id(head))
        inner = self.pieces(tag, style)
        holders = [index for index, (piece, _) in enumerate(inner) if isinstance(piece, Image | Table)]
        for index, (piece, place) in enumerate(inner):
            if caption and index in holders[-1:] and isinstance(piece, Image | Table):
                piece, caption = replace(piece, caption=caption), Text(())
            flow.place(piece, place)
        if caption:
            flow.add(Paragraph(caption), tag)  # the image was decoration, or is drawn by a script

    def _table(self, tag: Tag, style: Style, flow: Flow) -> None:
        for number, row in enumerate(filter(holds_rows, rows_of(tag))):
            part_lines(row)
            if number < _MOST_ALIKE:
                self.page.notices.append(
                    f"{where(row[0])}: this row of a table holds several, line by line, which are heard cell by"
                    " cell: make a row of each."
                )
        if not is_data(tag):
            for node in layout_cells(tag):
                self._place_apart(node, style, flow, tag)
            return
        head = tag.find("caption", recursive=False)
        caption = None
        if isinstance(head, Tag):
            caption = self.text(head, style) or None
            self._done.add(id(head))
        for node in loose_nodes(tag):  # what stands in no cell is shown above the table
            self._place_apart(node, style, flow, tag)
        made = table_of(tag, lambda cell: blocks_only(self._apart(cell, style, flow)), caption)
        if places(made) > MOST_PLACES:
            raise SourceError(
                f"{self.page.name}, {where(tag)}",
                f"with its spans the table has {places(made):,} cells, more than {MOST_PLACES:,}",
                "Correct its rowspan and colspan, or part the table.",
            )
        if has_unclear_mark(made):
            raise SourceError(
                f"{self.page.name}, {where(tag)}",
                "a mark such as ″ stands in a cell for what is above it, and nobody can tell which cell that is",
                "Write into the cell what it says.",
            )
        for signs in list(dict.fromkeys(unsaid_signs(made)))[:_MOST_ALIKE]:
            self.page.notices.append(
                f"{where(tag)}: “{signs}” stands alone in a cell, which is heard as empty: write what it says."
            )
        flow.add(made, tag)

    def _preformatted(self, tag: Tag, style: Style, flow: Flow) -> None:
        flow.flush()
        if tag.find(lambda part: part.name not in _OF_CODE) is None:
            try:
                blocks = blocks_with_tables(tag.get_text(), style)
            except UnclearColumnsError as error:
                raise error.told(f"{self.page.name}, {where(tag)}") from None
            for block in blocks:
                flow.add(block, tag)
            if blocks:
                return
        keep_lines(tag)
        for placed in self.pieces(tag, style):
            flow.place(*placed)


_MOST_ALIKE = 5
"""Notices of one kind that staff are given about a table."""
_FIELDS = ("", "text", "number", "range", "date", "time", "tel")
"""Types of fields whose value is drawn in them (WHATWG HTML, 4.10.5)."""
_OF_CODE = ("code", "samp", "kbd")
_INLINE_PARENTS = word_set("p li td th dd span strong b em i")

_READERS: dict[str, Callable[[Walk, Tag, Style, Flow], None]] = {
    "br": Walk._break,
    "hr": Walk._rule,
    "wbr": Walk._word_break,
    "sup": Walk._raised,
    "sub": Walk._raised,
    "img": Walk._image,
    "amp-img": Walk._image,
    "math": Walk._formula,
    DOUBT: Walk._doubt,
    "svg": Walk._image,
    "details": Walk._details,
    "ul": Walk._list,
    "ol": Walk._list,
    "menu": Walk._list,
    "dir": Walk._list,
    "dl": Walk._definitions,
    "blockquote": Walk._quotation,
    "figure": Walk._figure,
    "table": Walk._table,
    "pre": Walk._preformatted,
}


def _is_control(tag: Tag) -> bool:
    return tag.name in ("button", "label", "a") or attribute(tag, "role") == "button"


def _rank(tag: Tag) -> int:
    if tag.name in HEADINGS:
        return int(tag.name[1])
    if tag.attrs.get("role") == "heading":
        level = attribute(tag, "aria-level")
        return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2
    return 0
