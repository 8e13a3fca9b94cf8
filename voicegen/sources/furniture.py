"""Why an element is not part of what the page says: by its role, its name, or its class where the content agrees.

A class only raises a suspicion; what the element holds must confirm it, because a class says how a thing looks and
a listener can't see what was dropped. Nothing is dropped for its class that holds a table with header cells, a
warning, a list that was announced, or much of the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from bs4.element import Tag

from voicegen.model.document import Reason
from voicegen.sources.asides import is_about_the_page, leads_away
from voicegen.sources.controls import is_amid_text, is_sign_of_control, is_wordless
from voicegen.sources.elements import CODE, Measure, attribute, class_names, measured, visible_text, words_of
from voicegen.sources.formulas import ANNOTATIONS
from voicegen.sources.hidden import is_for_listeners, is_hidden, is_panel, is_struck, is_trigger, targets_of
from voicegen.sources.phrases import CALL, DOSE, WARNING, speaks_of_cookies, tells_what_to_do
from voicegen.sources.suspicions import suspicions_of
from voicegen.sources.tabs import plain_rows
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

_MUCH = 0.35
_MOST = 0.6
"""Shares of the page's text that no class, and not even a role, can take away."""

_ROLES = {
    "navigation": Reason.NAVIGATION,
    "menu": Reason.NAVIGATION,
    "menubar": Reason.NAVIGATION,
    "tablist": Reason.WIDGET,
    "toolbar": Reason.WIDGET,
    "search": Reason.FORM,
    "dialog": Reason.WIDGET,
    "alertdialog": Reason.WIDGET,
    "progressbar": Reason.WIDGET,
    "slider": Reason.WIDGET,
    "tooltip": Reason.WIDGET,
}
_NAMES = {
    "head": Reason.METADATA,
    "title": Reason.METADATA,
    "input": Reason.FORM,
    "select": Reason.FORM,
    "datalist": Reason.FORM,
    "textarea": Reason.FORM,
    "progress": Reason.WIDGET,
    "meter": Reason.WIDGET,
    "del": Reason.STRUCK,
    "s": Reason.STRUCK,
    "strike": Reason.STRUCK,
    "rt": Reason.REPEATED,
    "rp": Reason.REPEATED,
    **dict.fromkeys(ANNOTATIONS, Reason.CODE),
}
"""`del` and `s` are what the author took back: a dose that was struck out must not be spoken. `rt` says the base
text again."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCTURE = word_set("html body main article td th tr li dt dd p h1 h2 h3 h4 h5 h6")
"""Elements that no class takes away; what is wrong with them shows in what they hold."""
_BUTTONS = lazy(r"(?:^|.*[-_ ])(?:btn|button|cta)(?:[-_ ].*)?$")
_ICON = lazy(r"(?:.*[-_])?icons?|(?:material-(?:icons|symbols)|fa|fa[bdlrs]|glyphicon|dashicons)(?:[-_].*)?")
"""Classes of icons: what says "icon" last ("pb-icon", but not "icon-list-text"), and the names of icon fonts."""
_ALL_LINKED = 0.9
_LONGEST_ICON = 30
_LONGEST_SIGN = 4
_LONGEST_REQUEST = 400
_TEXTS = word_set("p li dd dt td th figcaption blockquote h1 h2 h3 h4 h5 h6 summary caption")
"""Elements that are text with everything in them, whatever its parts are marked as."""
_PROPERTIES = {
    **dict.fromkeys(("address", "telephone", "email", "openingHours", "geo"), Reason.CONTACT),
    **dict.fromkeys(("author", "publisher", "reviewedBy", "editor"), Reason.METADATA),
    **dict.fromkeys(("datePublished", "dateModified", "dateCreated", "lastReviewed"), Reason.METADATA),
}
_LONGEST_ABOUT = 100
_LONG = 5000
"""Characters: so much text that is not linked is no furniture, whether or not it warns."""


class Furniture:
    """Verdicts on the elements of one page."""

    def __init__(self, page: Tag, repeated: Iterable[Tag] = ()) -> None:
        """`repeated` are elements that only say again, for the eye, what stands beside them."""
        self.tags, self.measures = measured(page)
        self.page = self.measures[id(page)]
        tabs = [pair for row in plain_rows(self.tags) for pair in row]
        self._tabs = {id(tab) for tab, _ in tabs}
        self._panels = {id(one) for _, panel in tabs for one in (panel, panel.parent)}
        """The panels, and the boxes that they stand in."""
        self._targets = targets_of(self.tags) | {attribute(panel, "id") for _, panel in tabs if panel.get("id")}
        self.reasons: dict[int, Reason] = {}
        """Why an element with everything in it is left out, by `id(element)`."""
        self.reasons.update((id(tag), Reason.REPEATED) for tag in repeated)
        gone = set(self.reasons)
        for tag in self.tags[1:]:
            if id(tag) in self.reasons:
                continue
            if tag.parent is not None and id(tag.parent) in gone:
                gone.add(id(tag))
            elif reason := self._verdict(tag):
                self.reasons[id(tag)] = reason
                gone.add(id(tag))

    @cached_property
    def kept(self) -> dict[int, int]:
        """Characters outside of links, and not left out, in an element and below, by `id(element)`.

        Reckoned when it is first asked for, so that the site's own rules count.
        """
        gone: set[int] = set()
        for tag in self.tags:
            if id(tag) in self.reasons or (tag.parent is not None and id(tag.parent) in gone):
                gone.add(id(tag))
        kept = {id(tag): 0 if id(tag) in gone else self.measures[id(tag)].unlinked for tag in self.tags}
        for tag in self.tags:  # what is left out is taken from all elements around it
            above = tag.parent is not None and id(tag.parent) in gone
            if id(tag) in self.reasons and tag.name not in CODE and not above:
                for parent in tag.parents:
                    if id(parent) in kept:
                        kept[id(parent)] -= self.measures[id(tag)].unlinked
        return kept

    def _verdict(self, tag: Tag) -> Reason | None:
        name = tag.name
        if name in CODE:
            return Reason.CODE
        if name in _NAMES:
            return _NAMES[name]
        if id(tag) in self._tabs:
            return Reason.NAVIGATION  # it heads its panel
        if is_struck(tag):
            return Reason.STRUCK
        measure = self.measures[id(tag)]
        if is_hidden(tag) and not is_panel(tag, measure, self._targets):
            return Reason.HIDDEN
        if name == "noscript" and (2 * measure.prose < self.page.prose or _asks_for_scripts(tag, measure)):
            return Reason.HIDDEN  # it is the content only where little else is
        if "field__label" in class_names(tag) and is_for_listeners(tag):
            return Reason.METADATA  # Drupal's name of the field that the text was typed into
        if name == "svg":
            return None if tag.get("role") == "img" or tag.get("aria-label") else Reason.DECORATION
        role = attribute(tag, "role").lower() or ("dialog" if name == "dialog" else "")
        share = measure.unlinked / self.page.unlinked if self.page.unlinked else 0.0
        if share > _MOST:
            return None
        reason = self._by_role(tag, role) or self._by_control(tag, role) or _by_property(tag, measure)
        is_judged = share <= _MUCH and id(tag) not in self._panels
        return reason or (self._by_class(tag, measure) if is_judged else None)

    def _by_role(self, tag: Tag, role: str) -> Reason | None:
        name, measure = tag.name, self.measures[id(tag)]
        if role in _ROLES:
            about_cookies = role.endswith("dialog") and speaks_of_cookies(visible_text(tag))
            return Reason.COOKIES if about_cookies else _ROLES[role]
        if speaks_of_cookies(attribute(tag, "aria-label")) and measure.chars < _LONG:
            return Reason.COOKIES
        if name == "nav":
            holds_text = measure.prose > 0 and not measure.links and not measure.controls
            return None if holds_text else Reason.NAVIGATION  # Webflow puts the text of fold-outs into a nav
        if name == "search" or (name == "form" and (measure.controls > 0 or measure.prose == 0)):
            return Reason.FORM
        if role == "contentinfo" or name == "footer":
            return Reason.FOOTER if self._is_footer(tag, measure) else None
        if role == "banner" or (name == "header" and not _is_in_content(tag)):
            # A header that holds the page's title is looked into by the region finder.
            return None if measure.top_headings else Reason.BANNER
        told = measure.prose > 0 or (measure.unlinked > 0 and not measure.links and not measure.headings)
        if name == "aside" and (measure.link_share > 0.4 or measure.controls or not told):
            return None if self._warns(tag, measure) else Reason.RELATED
        if name in ("ul", "ol") and measure.link_share > _ALL_LINKED:
            items = tag.find_all("li", recursive=False)
            return Reason.RELATED if items and all(leads_away(visible_text(item)) for item in items) else None
        return None

    def _is_footer(self, tag: Tag, measure: Measure) -> bool:
        if tag.find_parent(("blockquote", "figure")) is not None:
            return False
        if not _is_in_content(tag):
            return True
        return (measure.prose < 100 or measure.link_share > 0.3) and not self._warns(tag, measure)

    def _by_control(self, tag: Tag, role: str) -> Reason | None:
        name, measure = tag.name, self.measures[id(tag)]
        if name == "button" or role == "button":
            if measure.headings or is_trigger(tag) or tag.find_parent((*_HEADINGS, "summary", "dt")) is not None:
                return None
            if self._opens_next(tag):
                return None
            return None if is_amid_text(tag) or _is_warning(tag) else Reason.WIDGET
        if name == "a":
            return self._by_link(tag, measure)
        if name in ("i", "span", "small") and 0 < measure.chars < _LONGEST_ICON:
            return Reason.DECORATION if _is_icon(tag) else Reason.WIDGET if is_sign_of_control(tag) else None
        return None

    def _opens_next(self, control: Tag) -> bool:
        """Whether a button stands above a hidden panel, which it heads: "Children" above "50 mg"."""
        panel = control.find_next_sibling()
        if not isinstance(panel, Tag) or not is_hidden(panel):
            return False
        return is_panel(panel, self.measures[id(panel)], self._targets)

    def _by_link(self, tag: Tag, measure: Measure) -> Reason | None:
        to_this_page = attribute(tag, "href").startswith("#")
        if attribute(tag, "role") == "doc-backlink" or (
            to_this_page and 0 < measure.chars < 4 and is_wordless(tag)
        ):
            return Reason.NAVIGATION  # the way back from a note
        if measure.headings and not attribute(tag, "href").startswith("#") and tag.find(("p", "img")) is not None:
            in_heading = tag.find_parent(_HEADINGS) is not None
            return None if in_heading else Reason.RELATED  # a card: heading, picture, teaser, all one link
        if tag.get("class") and any(_BUTTONS.match(name) for name in class_names(tag)):
            parent = tag.find_parent(("p", "li", "td", "dd"))
            amid_text = parent is not None and self.measures[id(parent)].unlinked >= 20
            return None if amid_text or is_trigger(tag) or _is_warning(tag) else Reason.WIDGET
        return None

    def _by_class(self, tag: Tag, measure: Measure) -> Reason | None:
        if not (tag.get("class") or tag.get("id")) or tag.name in _STRUCTURE or measure.top_headings:
            return self._by_paragraph_class(tag, measure) if tag.name == "p" else None
        for suspicion in suspicions_of(tag):
            if suspicion.agrees(measure) and not self._is_safe(tag, measure, suspicion.reason):
                return suspicion.reason
        return None

    def _by_paragraph_class(self, tag: Tag, measure: Measure) -> Reason | None:
        """A paragraph is text, whatever its class, unless it is a trail of links or a line about the page."""
        for suspicion in suspicions_of(tag):
            told = suspicion.reason in (
                Reason.NAVIGATION,
                Reason.METADATA,
                Reason.SHARE,
                Reason.LEGAL,
                Reason.ADVERT,
            )
            told = told or (suspicion.reason is Reason.RELATED and measure.link_share > _ALL_LINKED)
            if told and suspicion.agrees(measure) and not self._warns(tag, measure):
                return suspicion.reason
        return None

    def _is_safe(self, tag: Tag, measure: Measure, reason: Reason) -> bool:
        if measure.header_cells:
            return True
        if reason in (Reason.FOOTER, Reason.BANNER):
            return _is_in_content(tag)
        if reason is Reason.NAVIGATION:
            return _holds_advice(tag)
        if reason is Reason.COOKIES:
            return False
        if reason is Reason.METADATA and _is_statement(visible_text(tag)):
            return True
        return (tag.name in ("ul", "ol", "dl") and _is_announced(tag)) or self._warns(tag, measure)

    def _warns(self, tag: Tag, measure: Measure) -> bool:
        if measure.link_share >= 0.5:
            return False
        text = visible_text(tag)
        if tells_what_to_do(text) or (not measure.prices and _advises(text)):
            return True
        return measure.prose > 0 and (measure.chars > _LONG or bool(WARNING.search(text) or DOSE.search(text)))


def _advises(text: str) -> bool:
    """Whether a text, however short, says how much of a medicine, or for whom or when it is not.

    Danger: "Adults: 5 mg" in a box of the class "meta", which is how a site draws small print.
    """
    return any(not found[0].endswith("%") for found in DOSE.finditer(text)) or _LIMITS.match(text) is not None


_LIMITS = lazy(
    r"\W*(?:(?:not|never|only) (?:for|in|with|if|during|while|when|before|after|more|at|on)\b|max(?:imum|\.)? \d"
    r"|not (?:recommended|suitable|advised|licen[cs]ed)\b|(?:do not|don['’]t) (?:take|use|give|eat|drink|drive"
    r"|stop|exceed|crush|chew|swallow|mix|inject|apply)\b|avoid\b|contra-?indicated|nil by mouth"
    r"|at most|no more than|nicht (?:für|in|mit|bei|vor|nach|mehr|an|empfohlen|geeignet)\b|niemals|nie \w"
    r"|höchstens|maximal|kontraindiziert|jamais|ne pas|pas (?:plus|avant|chez|pendant)\b|au maximum|contre-indiqué"
    r"|éviter\b|déconseillé|nunca|no (?:más|en|con|para|usar|tomar|recomendad[oa])\b|como máximo|contraindicad[oa]"
    r"|evitar\b)",
    re.I,
)


def _holds_advice(navigation: Tag) -> bool:
    """Whether a box without links in it says how much of a medicine, or for whom it is not.

    Danger: `class="tabs"` around the tabs and their panels, with "Take 2 mg." in one. The last step of a trail
    ("Home › Paracetamol 500 mg") stands in no box of its own.
    """
    boxes = (box for box in navigation.find_all(_BOXES) if box.find("a") is None)
    return any(_advises(visible_text(box)) for box in boxes)


_BOXES = ("p", "div", "section", "article")


def _is_statement(text: str) -> bool:
    """Whether a text is a sentence that names nobody and no day, and so says nothing about the page."""
    bare = text.strip()
    named = any(word[:1].isupper() or word[:1].isdigit() for word in bare.split()[1:])
    return bare.endswith((".", "!", "?")) and not named and not is_about_the_page(bare.rstrip(".!?"))


def _is_warning(control: Tag) -> bool:
    """Whether the words of a control tell what to do in an emergency: "Chest pain? Call 999"."""
    return bool(CALL.search(visible_text(control)))


def _is_icon(tag: Tag) -> bool:
    names = class_names(tag)
    return any(_ICON.fullmatch(name) for name in names) or (
        tag.name == "i" and any("icon" in words_of(name) for name in names)
    )


def _asks_for_scripts(tag: Tag, measure: Measure) -> bool:
    return measure.chars < _LONGEST_REQUEST and "javascript" in tag.get_text().lower()


def _by_property(tag: Tag, measure: Measure) -> Reason | None:
    """What schema.org's microdata say that a short piece is, or a day by itself outside of any text."""
    names = attribute(tag, "itemprop").split()
    reason = next((_PROPERTIES[name] for name in names if name in _PROPERTIES), None)
    if reason is None and tag.name == "time":
        reason = Reason.METADATA if visible_text(tag.parent or tag) == visible_text(tag) else None
    if tag.name == "div" and measure.chars < _LONGEST_ABOUT and is_about_the_page(visible_text(tag)):
        return Reason.METADATA  # a field with its label: "Updated on", and the day
    if reason is None or tag.find_parent(_TEXTS) is not None:
        return None  # "Call <span itemprop=telephone>111</span> at night" is a sentence of the text
    return reason if reason and measure.chars < 200 and measure.prose < 100 and not measure.headings else None


def _is_in_content(tag: Tag) -> bool:
    return tag.find_parent(("main", "article", "section")) is not None


def _is_announced(tag: Tag) -> bool:
    """Whether the text before a list ends with a colon."""
    before = tag.find_previous_sibling()
    if not isinstance(before, Tag) or before.name not in ("p", "div"):
        return False
    return before.get_text().rstrip().endswith((":", "："))
