"""Controls and signs in or beside text: which of their words are the text's own."""

from __future__ import annotations

from bs4.element import NavigableString, Tag

from voicegen.sources.asides import is_control_word
from voicegen.sources.elements import attribute, visible_text
from voicegen.sources.phrases import reason_of_block

_BLOCKS = ("p", "li", "dd", "dt", "td", "th", "figcaption", "blockquote", "div", "section")
_GOES_ON = ",.;:!?)’”"


def is_amid_text(control: Tag) -> bool:
    """Whether a button is a word of a sentence, such as a term whose meaning a click shows."""
    block = control.find_parent(_BLOCKS)
    if block is None or reason_of_block(visible_text(control)) is not None:
        return False
    before, after = _text_beside(control, block)
    return bool(after) and (bool(before) or after[0].islower() or after[0] in _GOES_ON)


def _text_beside(control: Tag, block: Tag) -> tuple[str, str]:
    """The block's own text before and after the control, up to the nearest other block or break."""
    before, after = "", ""
    for node in control.previous_elements:
        if node is block or (isinstance(node, Tag) and node.name in (*_BLOCKS, "br", "button", "ul", "ol")):
            break
        if type(node) is NavigableString:
            before = f"{node}{before}"
    inside = {id(node) for node in control.descendants}
    for node in control.next_elements:
        if id(node) in inside:
            continue
        if not any(parent is block for parent in node.parents):
            break
        if isinstance(node, Tag) and node.name in (*_BLOCKS, "br", "button", "ul", "ol"):
            break
        if type(node) is NavigableString:
            after += str(node)
    return before.strip(), after.strip()


def is_sign_of_control(tag: Tag) -> bool:
    """Whether a short text only tells what a click on the control around it does ("Show")."""
    if not is_control_word(tag.get_text()):
        return False
    for parent in tag.parents:
        if parent.name in ("button", "summary") or attribute(parent, "role") == "button":
            return parent.get_text().strip() != tag.get_text().strip()
    return False


def is_wordless(tag: Tag) -> bool:
    """Whether an element has no letter and no digit."""
    return not any(character.isalnum() for character in tag.get_text())
