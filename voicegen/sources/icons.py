"""Ticks and crosses that a font of icons or a picture draws: they stand in no text, and say "yes" and "do not".

Danger: a cell with `<i class="fa fa-times">` alone would be heard as empty, and "Drive a car" after such a cross
as advice. Source: the class names of Font Awesome 4 to 6, Bootstrap (Glyphicons, Bootstrap Icons) and WordPress;
the words that Google's Material Icons and Symbols draw as pictures (`<i class="material-icons">close</i>`).
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from voicegen.sources.elements import attribute, class_names, where
from voicegen.sources.hidden import is_for_listeners
from voicegen.sources.wordsets import word_set
from voicegen.speech.patterns import lazy

_FAMILY = lazy(r"(?:fa|fas|far|glyphicon|bi|icon|icons|dashicons|la|ti|mdi|ph|ri|lucide|uil|icofont)-(?=[a-z])")
_LOOKS = word_set(
    "circle square o sign lg fill filled solid alt double bold outline outlined line mark box full fat 2"
)
_YES = word_set("check tick ok yes checkmark")
_NO = word_set("times xmark cross remove close ban no x cancel")
_DRAWN_WORDS = lazy(r"material-(?:icons|symbols)(?:-.*)?")
_DRAWN_YES = word_set("check check_circle check_box done done_all task_alt thumb_up")
_DRAWN_NO = word_set(
    "close clear cancel block dangerous highlight_off not_interested disabled_by_default thumb_down do_not_disturb"
    " do_not_disturb_on do_not_disturb_alt do_not_touch"
)
_DRAWN_LOOKS = lazy(r"_(?:outlined?|filled|rounded|sharp|two_tone)\Z")
_ICON = ("i", "span", "em", "b", "svg", "use", "img")
_FILES_LOOKS = word_set("icon icons ico img small large sm lg circle round mark")
_FILES_YES = word_set("tick check checkmark yes")
_FILES_NO = word_set("cross no xmark")
"""Names of pictures without words. A "red-cross" may be the society's sign, and "close" closes something."""
_BLOCKS = ("td", "th", "li", "p", "dd", "dt", "h2", "h3", "h4", "h5", "h6")
_CELLS = ("td", "th")
_HELD = ("li", "dd", *_CELLS)
_CONTROLS = ("button", "a", "nav", "label", "form", "header", "footer", "summary", "dialog")
_MOST = 5
"""Notices about icons that staff are given."""


def read_icons(page: BeautifulSoup) -> list[str]:
    """Puts a sign before each icon that says yes or no; tells staff of cells with another icon alone.

    A tick before an item adorns it, unless crosses stand before others on the page. Behind the words of items or
    cells the signs are read where both are on the page; crosses alone may close or remove what they stand behind,
    and staff are told of them.
    """
    behind: list[tuple[Tag, str, Tag]] = []
    found = list(_found(page, behind))
    crossed = any(sign == "✗" and block.name not in _CELLS for _, sign, block in found)
    notices = []
    for icon, sign, block in found:
        words = block.get_text().strip().replace(_drawn_word(icon), "", 1).strip()
        if block.name in _CELLS and not words:
            if sign:
                _outermost(icon, block).insert_before(NavigableString(sign))
            elif block.find("img") is None:
                notices.append(
                    f"{where(block)}: a picture without words stands alone in a cell, which is heard as empty: "
                    "write what it says."
                )
        elif sign == "✗" or (sign and crossed):
            _outermost(icon, block).insert_before(NavigableString(f"{sign} "))
    both = len({sign for _, sign, _ in behind}) > 1
    for icon, sign, block in behind:
        if both and block.name in _HELD:
            _outermost(icon, block).insert_after(NavigableString(f" {sign}"))
        elif sign == "✗":
            notices.append(
                f"{where(block)}: a cross that is drawn behind words is not heard: write it out if it says no."
            )
    return notices[:_MOST]


def _outermost(icon: Tag, block: Tag) -> Tag:
    """The icon with the elements that hold nothing else: their classes say that they are decoration."""
    own = icon.get_text().strip()
    while isinstance(icon.parent, Tag) and icon.parent is not block and icon.parent.get_text().strip() == own:
        icon = icon.parent
    return icon


def _found(page: BeautifulSoup, behind: list[tuple[Tag, str, Tag]]) -> Iterator[tuple[Tag, str, Tag]]:
    """Each icon that nobody says in words, its sign, and the block that it opens; of others, those in cells.

    Of a block the first with a sign, and before it the first without. Those with a sign that end a block's words
    are put into `behind`.
    """
    blocks: dict[int, _Block] = {}
    for icon in page.find_all(_ICON):
        drawn = _drawn_word(icon)
        if icon.get_text().strip() != drawn or icon.name == "use":
            continue
        names = class_names(icon) | {part for use in icon.find_all("use") for part in _referred(use)}
        own = next(filter(None, map(sign_of, sorted(names))), "")
        sign = _sign_of_drawn(drawn) or own or _sign_of_file(icon)
        if not (drawn or sign or icon.name == "svg" or any(map(_FAMILY.match, names))):
            continue
        block = icon.find_parent(_BLOCKS)
        if block is None or icon.find_parent(_CONTROLS) is not None or not (sign or block.name in _CELLS):
            continue
        if any(attribute(icon, name) for name in ("aria-label", "title")) or icon.find("title"):
            continue
        known = blocks.get(id(block)) or blocks.setdefault(id(block), _Block(block))
        if sign and id(icon) in known.closing and not (known.has_words_for_listeners or known.has_sign):
            behind.append((icon, sign, block))
        if (
            known.has_words_for_listeners
            or id(icon) not in known.opening
            or known.has_sign
            or (known.has_icon and not sign)
        ):
            continue
        known.has_icon, known.has_sign = True, bool(sign)
        yield icon, sign, block


class _Block:
    """What is known of a block with icons: reckoned once, for it may hold thousands."""

    def __init__(self, block: Tag) -> None:
        self.has_icon = self.has_sign = self._has_words = False
        self.has_words_for_listeners = any(map(is_for_listeners, block.find_all(True)))
        """Who listens has words for its icons."""
        self.opening: set[int] = set()
        """The elements that no text of the block stands before, by `id`."""
        self.closing: set[int] = set()
        """Those that stand behind all of it, however deep; none where the block has no text."""
        for node in block.descendants:
            if isinstance(node, NavigableString) and node.strip():
                self.closing.clear()
                self._has_words = True
            elif self._has_words:
                self.closing.add(id(node))
            else:
                self.opening.add(id(node))


def _drawn_word(icon: Tag) -> str:
    """The word that a font draws as a picture; empty where the element holds none."""
    is_drawn = any(_DRAWN_WORDS.fullmatch(name) for name in class_names(icon))
    return icon.get_text().strip() if is_drawn else ""


def _sign_of_drawn(word: str) -> str:
    word = _DRAWN_LOOKS.sub("", word)
    return "✓" if word in _DRAWN_YES else "✗" if word in _DRAWN_NO else ""


def _sign_of_file(picture: Tag) -> str:
    """The sign for a picture without words in an item or cell, by the name of its file."""
    if picture.name != "img" or attribute(picture, "alt").strip() or picture.find_parent(_HELD) is None:
        return ""
    folder, _, name = attribute(picture, "src").partition("?")[0].lower().rpartition("/")
    file, _, ending = name.rpartition(".")
    if ending in ("jpg", "jpeg") or "flag" in folder:
        return ""  # a photograph, or Norway's flag
    words = frozenset(_LETTERS.findall(file)) - _FILES_LOOKS
    if len(words) != 1:
        return ""
    return "✓" if words <= _FILES_YES else "✗" if words <= _FILES_NO else ""


_LETTERS = lazy(r"[^\W\d_]+")


def _referred(use: Tag) -> Iterator[str]:
    yield (attribute(use, "href") or attribute(use, "xlink:href")).rpartition("#")[2].lower()


def sign_of(name: str) -> str:
    """The sign for the class of an icon: "✓", "✗", or empty where it is another one."""
    family = _FAMILY.match(name)
    words = {word for word in name[family.end() :].split("-") if word not in _LOOKS} if family else set()
    if "thumbs" in words and len(words) == 2:
        return "✓" if "up" in words else "✗" if "down" in words else ""
    if len(words) != 1:
        return ""
    return "✓" if words <= _YES else "✗" if words <= _NO else ""
