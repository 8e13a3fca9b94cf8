"""A Beautiful Soup tree from HTML text, in linear time, with the repairs that browsers make.

Why not a ready parser: `html.parser` makes no repairs, `html5lib` is quadratic in depth and lets a few kilobytes
of unclosed formatting grow into gigabytes, and `lxml` drops text below 256 levels without a word. This builder
follows WHATWG HTML, sections 13.2.5 and 13.2.6, with two simplifications that change style but never text or
order: formatting ends with the block that it began in, and what stands loose in a table stays where it is. What
strikes text out goes on behind the block, up to its end tag, and ends there though it is inside another block, for
what is struck out is no text any more.
"""

from __future__ import annotations

import re
from html import unescape

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder

from voicegen.errors import SourceError
from voicegen.sources.elements import attribute
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

ELEMENT_LIMIT = 100_000
"""Elements of a page. The longest real ones have some 20,000."""

DEPTH_LIMIT = 256
"""Levels of elements. Pages made with page builders reach about 60; deeper ones are broken or hostile."""

_TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?)?",
)

_VOID = word_set("area base br col embed hr img input link meta param source track wbr")
_RAW = word_set("script style xmp iframe noembed noframes textarea title plaintext")
_RAW_REFERENCES = word_set("textarea title")
"""Raw text in which character references still count."""

_CLOSES_P = word_set(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure",
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li dd dt main menu nav ol p pre search section",
    "summary table ul",
)
_HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_SCOPE = word_set("html body table td th caption template button object svg math marquee applet")
"""Elements that an end tag or an implied end does not look beyond ("has an element in scope", 13.2.4.2)."""
_LISTS = word_set("ul ol menu dir dl")
_FORMATTING = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp",
    "small span strike strong sub sup time tt u var",
)
_STRIKING = word_set("s strike")
"""Of these, those that strike text out."""
_ROW_GROUPS = word_set("thead tbody tfoot")
_HEAD_ONLY = word_set("title meta link script style base noscript template")
_BREAKS_OUT = word_set("p div h1 h2 h3 h4 h5 h6 ul ol dl li table body span img br section main")
"""Elements that end a drawing (`svg`, `math`) in which they stand (13.2.6.5)."""
_ENDS = {name: lazy(rf"</{name}(?=[\s/>])", re.I) for name in (_RAW | _STRIKING) - {"plaintext"}}
"""End tags that are looked for ahead."""
_COMMENT_END = re.compile(r"--!?>")
_BLOCK_END = lazy(r"</(?:p|div|li|section|main|article|h[1-6])\b", re.I)


def parse(markup: str, name: str) -> BeautifulSoup:
    """The tree of the whole page or fragment; every character outside of tags and comments is in it.

    `name` is the file's, for messages; one that ends with .xhtml is XML, in which any element may close itself.
    Raises SourceError where elements lie deeper than `DEPTH_LIMIT`, or where a comment or script that is never
    closed would swallow part of the page.
    """
    return BeautifulSoup("", builder=_Builder(markup, name))


class _Builder(HTMLTreeBuilder):
    """Feeds Beautiful Soup from our own tokens."""

    NAME = "voicegen"
    TRACKS_LINE_NUMBERS = True
    DEFAULT_STRING_CONTAINERS = {  # noqa: RUF012  (as the class above declares it)
        name: kind for name, kind in HTMLTreeBuilder.DEFAULT_STRING_CONTAINERS.items() if name not in ("rt", "rp")
    }
    """Without those of reading aids: what is left out must be noted with its words, and those are words."""

    def __init__(self, markup: str, name: str) -> None:
        super().__init__()
        self._markup = markup
        self._name = name
        self._line = 1
        self._counted = 0
        self._elements = 0
        self._ended: set[int] = set()
        """Formatting whose end tag came, by id: it ends as soon as the blocks inside it do."""
        self._absent: set[str] = set()
        self._striking: dict[str, Tag] = {}
        """Inside which element the text that comes is struck out, by the name of what strikes it."""
        self._strikes_until: dict[str, int] = {}
        """Where the next end tag of that name begins; behind the page where there is none."""
        self._heading_has_text = False
        self._is_xml = name.lower().endswith(".xhtml")

    def initialize_soup(self, soup: BeautifulSoup) -> None:
        """Takes the tree that is to be built."""
        super().initialize_soup(soup)
        self._soup = soup

    def feed(self, _markup: object) -> None:
        """Builds the tree."""
        markup, at, end = self._markup, 0, len(self._markup)
        while at < end:
            opening = markup.find("<", at)
            if opening < 0:
                opening = end
            if opening > at:
                self._text(markup[at:opening], at)
            at = self._markup_at(opening) if opening < end else end

    # Tokens ------------------------------------------------------------------------------------------------

    def _markup_at(self, at: int) -> int:
        """Reads what begins with the `<` at `at`; gives the place behind it."""
        markup = self._markup
        if markup.startswith("<!--", at):
            return self._comment(at)
        following = markup[at + 1 : at + 2]
        if following == "?" or following == "%":
            # A server's program text that was never run; it ends at its own sign where it has one.
            closing = self._find(following + ">", at)
            if closing >= 0:
                return closing + 2
        if self._is_xml and markup.startswith("<![CDATA[", at):
            closing = markup.find("]]>", at)
            self._soup.handle_data(markup[at + 9 : closing if closing >= 0 else len(markup)])
            return closing + 3 if closing >= 0 else len(markup)
        if following == "!" or following == "?":
            closing = markup.find(">", at)
            return closing + 1 if closing >= 0 else len(markup)
        named = _TAG_NAME.match(markup, at)
        if not named:
            self._text("<", at)
            return at + 1
        return self._tag(at, named)

    def _find(self, sign: str, at: int) -> int:
        """The place of a sign from `at` on, or -1; one that does not come any more is not looked for again."""
        place = -1 if sign in self._absent else self._markup.find(sign, at)
        if place < 0:
            self._absent.add(sign)
        return place

    def _comment(self, at: int) -> int:
        markup = self._markup
        if markup.startswith(("<!-->", "<!--->"), at):
            return markup.index(">", at) + 1
        closing = _COMMENT_END.search(markup, at + 4)
        if closing is None:
            raise self._error(at, "a comment is opened and never closed", "Close it with -->.")
        return closing.end()

    def _tag(self, at: int, named: re.Match[str]) -> int:
        markup, name = self._markup, named[1].lower()
        place = named.end()
        attributes: dict[str, str] = {}
        while True:
            found = _ATTRIBUTE.match(markup, place)
            if found is None or found.end() == place:
                break
            place = found.end()
            if found[1]:
                value = next((group for group in found.groups()[1:] if group is not None), "")
                attributes.setdefault(found[1].lower(), unescape(value) if "&" in value else value)
        if place >= len(markup):  # the page ends inside a tag: keep what may be text
            self._text(markup[at:], at)
            return len(markup)
        closed_itself = markup[place - 1] == "/"
        place += 1
        if markup[at + 1] == "/":
            self._end(name, at)
            return place
        self._start(name, attributes, at, closed_itself)
        is_raw = name in _RAW and not self._inside("svg") and not (closed_itself and self._is_xml)
        return self._raw(name, place) if is_raw else place

    def _raw(self, name: str, at: int) -> int:
        """Reads the text of an element that holds no elements (13.2.5.2 to 13.2.5.5)."""
        closing = _ENDS[name].search(self._markup, at) if name in _ENDS else None
        end = closing.start() if closing else len(self._markup)
        content = self._markup[at:end]
        if closing is None and _BLOCK_END.search(content):
            raise self._error(at, f"<{name}> is opened and never closed", f"Close it with </{name}>.")
        if content:
            self._soup.handle_data(unescape(content) if name in _RAW_REFERENCES else content)
        self._pop()
        if closing is None:
            return end
        return self._markup.find(">", end) + 1 or len(self._markup)

    def _text(self, data: str, at: int) -> None:
        top = self._soup.tagStack[-1].name
        if not data.isspace():
            self._heading_has_text = True
            if top == "head":
                self._pop()
            if self._striking:
                self._strike_on(at)
        self._soup.handle_data(unescape(data) if "&" in data else data)

    # Tree --------------------------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str], at: int, closed_itself: bool) -> None:
        stack = self._soup.tagStack
        if name in ("html", "body", "head") and any(tag.name == name for tag in stack):
            return  # a second one only adds attributes
        top = stack[-1].name
        if top == "head" and name not in _HEAD_ONLY:
            self._pop()
        if name in _BREAKS_OUT and self._inside("svg", "math"):
            self._pop_to(max(index for index, tag in enumerate(stack) if tag.name in ("svg", "math")))
        self._imply_ends(name)
        self._line += self._markup.count("\n", self._counted, at)
        self._counted = at
        if len(stack) > DEPTH_LIMIT:
            raise self._error(
                at, f"elements lie more than {DEPTH_LIMIT} levels deep", "Close the elements that were left open."
            )
        self._elements += 1
        if self._elements > ELEMENT_LIMIT:
            raise self._error(
                at, f"the page has more than {ELEMENT_LIMIT:,} elements", "Divide it into several pages."
            )
        self._soup.handle_starttag(name, None, None, attributes, sourceline=self._line)
        if name in _HEADINGS:
            self._heading_has_text = False
        if name in _VOID or (closed_itself and (self._is_xml or self._inside("svg", "math"))):
            self._pop()

    def _imply_ends(self, name: str) -> None:
        """Ends the elements that the start of `name` ends without a tag of their own."""
        if name in _CLOSES_P:
            self._end_paragraph(name)
        if name == "li":
            self._close_nearest(("li",), _LISTS)
        elif name in ("dd", "dt"):
            self._close_nearest(("dd", "dt"), _LISTS)
        elif name in ("option", "optgroup"):
            self._close_nearest((name, "option"), word_set("select"))
        elif name in ("td", "th"):
            self._close_nearest(("td", "th", "caption", "colgroup"), word_set("table tr"))
            if self._soup.tagStack[-1].name in (*_ROW_GROUPS, "table"):
                self._soup.handle_starttag("tr", None, None, {}, sourceline=self._line)
        elif name == "tr":
            self._close_nearest(("tr", "caption", "colgroup"), word_set("table"))
        elif name in _ROW_GROUPS or name in ("caption", "colgroup"):
            self._close_nearest((*_ROW_GROUPS, "tr", "caption", "colgroup"), word_set("table"), outermost=True)
        elif name in _HEADINGS and self._soup.tagStack[-1].name in _HEADINGS:
            self._pop()
        elif name in ("a", "button"):
            self._close_nearest((name,), _SCOPE | _CLOSES_P)

    def _end_paragraph(self, name: str) -> None:
        stack = self._soup.tagStack
        for index in range(len(stack) - 1, 0, -1) if self._inside("p") else ():
            if stack[index].name == "p":
                self._pop_to(index)
                return
            if stack[index].name in _SCOPE:
                break
        # A heading that was left open would swallow the text below it; one that wraps a paragraph has no text yet.
        if name in ("p", "ul", "ol", "table") and stack[-1].name in _HEADINGS and self._heading_has_text:
            self._pop()

    def _close_nearest(self, names: tuple[str, ...], limits: frozenset[str], *, outermost: bool = False) -> None:
        stack, found = self._soup.tagStack, 0
        for index in range(len(stack) - 1, 0, -1):
            if stack[index].name in names:
                found = index
                if not outermost:
                    break
            if stack[index].name in limits:
                break
        if found:
            self._pop_to(found)

    def _end(self, name: str, at: int) -> None:
        stack = self._soup.tagStack
        if name in ("body", "html"):
            return  # what follows still belongs to the page
        if name == "br":
            self._start("br", {}, at, False)
            return
        wanted = _HEADINGS if name in _HEADINGS else (name,)
        table_part = name in ("td", "th", "tr", "caption", "table") or name in _ROW_GROUPS
        crossed_block = False
        self._striking.pop(name, None)
        for index in range(len(stack) - 1, 0, -1):
            tag = stack[index]
            if tag.name in wanted:
                if name == "del" and crossed_block:
                    return  # no formatting to browsers, which strike all out up to the end of the block
                if name in _FORMATTING:
                    self._ended.add(id(tag))
                    if crossed_block and name not in _STRIKING:
                        return
                inside = [one for one in stack[index + 1 :] if id(one) not in self._ended]
                self._pop_to(index)
                for one in inside if crossed_block and name in _STRIKING else ():
                    self._begin_again(one)
                return
            if (tag.name == "table") if table_part else (tag.name in _SCOPE):
                return
            if name == "li" and tag.name in ("ul", "ol"):
                return
            crossed_block = crossed_block or tag.name not in _FORMATTING

    def _inside(self, *names: str) -> bool:
        return any(self._soup.open_tag_counter[name] for name in names)

    def _pop_to(self, index: int) -> None:
        while len(self._soup.tagStack) > index:
            self._pop()

    def _strike_on(self, at: int) -> None:
        """Opens again what strikes text out and ended with its block, if its end tag is yet to come (13.2.4.3)."""
        scope = self._scope()
        for name in [name for name, there in self._striking.items() if there is scope]:
            del self._striking[name]
            if self._strikes_until.get(name, -1) < at:
                found = _ENDS[name].search(self._markup, at)
                self._strikes_until[name] = found.start() if found else len(self._markup)
            if self._strikes_until[name] < len(self._markup) and not self._inside(name):
                self._soup.handle_starttag(name, None, None, {}, sourceline=self._line)

    def _begin_again(self, tag: Tag) -> None:
        """Begins what is open anew, behind the end of what struck its text out: "<s><p>5 mg</s> 10 mg</p>"."""
        attributes = {str(name): attribute(tag, name) for name in tag.attrs if name != "id"}
        self._elements += 1
        self._soup.handle_starttag(tag.name, None, None, attributes, sourceline=self._line)

    def _scope(self) -> Tag:
        """The innermost element that no formatting goes on behind, such as a cell."""
        return next((tag for tag in reversed(self._soup.tagStack) if tag.name in _SCOPE), self._soup.tagStack[0])

    def _pop(self) -> None:
        self._soup.endData()
        tag = self._soup.tagStack[-1]
        self._soup.popTag()
        if tag.name in _STRIKING and id(tag) not in self._ended:
            self._striking[tag.name] = self._scope()
        self._ended.discard(id(tag))
        if id(self._soup.tagStack[-1]) in self._ended:
            self._pop()

    def _error(self, at: int, what: str, remedy: str) -> SourceError:
        return SourceError(f"{self._name}, line {self._markup.count(chr(10), 0, at) + 1}", what, remedy)
