"""What a page hides: from everybody, until a click, or from all who look but not from those who listen."""

from __future__ import annotations

import re

from bs4.element import Comment, NavigableString, Tag

from voicegen import cascade
from voicegen.sources.elements import SENTENCE, Measure, attribute, class_names, tokens
from voicegen.sources.wordsets import word_set

_CLASSES = word_set("hidden d-none hide is-hidden u-hidden display-none invisible")
_PRINT_ONLY = word_set(
    "print-only printonly only-print show-for-print visible-print visible-print-block visible-print-inline",
    "visible-print-inline-block",
)
_STRUCK = word_set("line-through text-decoration-line-through strikethrough")
_ELSEWHERE = re.compile(r"(?:sm|md|lg|xl|xxl|2xl)[:-]|visible")
"""Classes that show an element on some screens only; then it is not hidden."""

_PANELS = word_set(
    "tab tabs tabpane pane accordion collapse collapsible collapsed toggle faq faqs answer expandable",
    "expander slide swiper carousel spoiler",
)
_PERHAPS_PANELS = word_set("panel content item body text details more expand disclosure inner description")
_NO_PANELS = word_set(
    "menu nav navbar dropdown modal popup overlay cookie lightbox search share login submenu mega",
)
_TRIGGERS = word_set(
    "accordion collapse collapsed collapsible toggle tab faq question expand expander expandable disclosure"
)
_OTHER_TOGGLES = word_set("modal dropdown tooltip popover offcanvas")

_OF_SENTENCES = {"b", "strong", "em", "i", "span", "mark", "u", "small", "sup", "sub", "abbr", "font"}
"""Elements of which a sentence is made."""
_WORD = re.compile(r"[^\W_]")

_FOR_LISTENERS = word_set(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader screen-reader screen-",
    "reader-only vh element-invisible a11y-hidden show-for-sr sronly assistive-text offscreen",
    "u-visually-hidden is-visually-hidden",
)


def is_hidden(tag: Tag) -> bool:
    """Whether the page does not show the element at first, to anybody."""
    is_silent = tag.attrs.get("aria-hidden") == "true"
    return (
        is_undrawn(tag)
        or _own_style(tag).get("visibility") in ("hidden", "collapse")
        or (is_silent and not (_is_drawn_in_a_sentence(tag) or _is_drawn_text(tag)))
    )


def is_undrawn(tag: Tag) -> bool:
    """Whether the element takes no place on the page at first; what is only invisible or silent takes its own."""
    attributes = tag.attrs
    return (
        ("hidden" in attributes and attributes["hidden"] != "until-found")
        or _own_style(tag).get("display") == "none"
        or (tag.name == "dialog" and "open" not in attributes)
        or _is_hidden_by_class(tag)
    )


def _own_style(tag: Tag) -> dict[str, str]:
    return cascade.values(attribute(tag, "style")) if "style" in tag.attrs else {}


def _is_drawn_in_a_sentence(tag: Tag) -> bool:
    """Whether an element that is kept from screen readers holds words of a sentence that all others can read.

    Without them the sentence may say the contrary ("Do not", with "not" kept back). An icon, or words whose twin
    for listeners stands beside them, are no such words.
    """
    around = tag.parent
    if tag.name not in _OF_SENTENCES or around is None or not _WORD.search(tag.get_text()):
        return False
    if any(
        "icon" in name or "symbol" in name for name in class_names(tag)
    ):  # a font draws a picture for its words
        return False
    beside = [part for part in around.children if part is not tag]
    if any(isinstance(part, Tag) and is_for_listeners(part) for part in beside):
        return False
    own = "".join(part for part in beside if isinstance(part, NavigableString) and not isinstance(part, Comment))
    return bool(_WORD.search(own))


def _is_drawn_text(tag: Tag) -> bool:
    """Whether a paragraph, item or heading is kept from screen readers alone, which all others can read."""
    return tag.name in _PARAGRAPHS and len(tag.get_text().strip()) >= SENTENCE


_PARAGRAPHS = word_set("p li dd dt td th blockquote h2 h3 h4 h5 h6")


def _is_hidden_by_class(tag: Tag) -> bool:
    names = class_names(tag)
    if names & _PRINT_ONLY:
        return True
    return bool(names & _CLASSES) and not any(_ELSEWHERE.search(name) for name in names)


def is_panel(tag: Tag, measure: Measure, targets: frozenset[str]) -> bool:
    """Whether a hidden element is a tab, an accordion's body or the like, whose text a click shows.

    `targets` are the ids of the elements that the page's controls open.
    """
    words = tokens(tag)
    if words & _NO_PANELS or tag.name in ("nav", "button", "dialog"):
        return False
    long = measure.prose > 0 or measure.header_cells > 0 or tag.find("li") is not None
    if attribute(tag, "role") == "tabpanel" or attribute(tag, "id") in targets or words & _PANELS:
        return long or (measure.unlinked > 1 and measure.link_share < 0.5 and measure.controls == 0)
    if not long and not (measure.unlinked > 1 and _is_below_trigger(tag)):
        return False
    return bool(words & _PERHAPS_PANELS or tag.get("aria-labelledby")) and _is_opened_by_neighbour(tag)


def _is_opened_by_neighbour(tag: Tag) -> bool:
    before = tag.find_previous_sibling()
    if not isinstance(before, Tag):
        return False
    return before.name in ("h2", "h3", "h4", "h5", "h6", "button", "summary", "dt", "label") or is_trigger(before)


def _is_below_trigger(tag: Tag) -> bool:
    before = tag.find_previous_sibling()
    return isinstance(before, Tag) and before.name == "button" and is_trigger(before)


def is_struck(tag: Tag) -> bool:
    """Whether a style, a class or a role strikes the element's text out; no style inside it can undo that."""
    struck = "style" in tag.attrs and cascade.meaning(attribute(tag, "style")).struck
    return struck or attribute(tag, "role") == "deletion" or bool(class_names(tag) & _STRUCK)


def is_trigger(tag: Tag) -> bool:
    """Whether a control opens a panel of the page's own text, so that its words are a heading of sorts."""
    toggles = attribute(tag, "data-toggle") or attribute(tag, "data-bs-toggle")
    if toggles in _OTHER_TOGGLES or attribute(tag, "aria-haspopup") not in ("", "false"):
        return False
    says_so = tag.get("aria-expanded") is not None or tag.get("aria-controls") is not None
    return toggles in ("collapse", "tab", "pill") or says_so or bool(tokens(tag) & _TRIGGERS)


def targets_of(tags: list[Tag]) -> frozenset[str]:
    """The ids of the elements that the page's controls open."""
    found: set[str] = set()
    for tag in tags:
        attributes = tag.attrs
        for name in ("aria-controls", "data-target", "data-bs-target"):
            if name in attributes:
                found.update(word.lstrip("#") for word in attribute(tag, name).split())
        if tag.name == "a" and ("data-toggle" in attributes or "data-bs-toggle" in attributes or is_tab(tag)):
            found.add(attribute(tag, "href").lstrip("#"))
    return frozenset(found - {""})


def is_tab(tag: Tag) -> bool:
    """Whether the element is a tab: a label that shows one of several panels."""
    toggles = attribute(tag, "data-toggle") or attribute(tag, "data-bs-toggle")
    return attribute(tag, "role") == "tab" or toggles in ("tab", "pill")


def is_for_listeners(tag: Tag) -> bool:
    """Whether the element is drawn nowhere but meant to be heard (a visually hidden prefix)."""
    names = class_names(tag)
    return bool(names & _FOR_LISTENERS) or any(name.endswith(("visually-hidden", "sr-only")) for name in names)
