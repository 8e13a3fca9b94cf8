"""Selectors taken apart: what each of their compounds asks of an element, and how strong they are.

Source: Selectors 4, sections 3, 4.2 to 4.5, 6 and 17; CSS Syntax 3, section 4.3.7 (escapes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_IDENT = r"(?:\\(?:[0-9a-f]{1,6}\s?|.)|[-\w\x80-\U0010ffff])+"
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_TOKEN = re.compile(
    rf"(?P<pseudo>::?{_IDENT}\(?)|(?P<attribute>\[(?:[^\]\"'\\]|\\.|{_STRING})*\]?)|(?P<name>[.#]?{_IDENT})"
    r"|(?P<combinator>\s*[>+~]\s*|\s+(?![,)\s]|$))|(?P<comma>\s*,\s*)|(?P<close>\s*\))|(?P<any>\*)|(?P<other>.)",
    re.S | re.I,
)
_ATTRIBUTE = re.compile(rf"\[\s*({_IDENT})\s*(?:([~|^$*]?=)\s*({_STRING}|{_IDENT})\s*([is])?\s*)?\]", re.S | re.I)
_ESCAPED = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.I | re.S)
_OF_SELECTORS = frozenset((":is", ":where", ":not", ":has", ":matches", ":any", ":-webkit-any"))
_OLD_ELEMENTS = frozenset((":before", ":after", ":first-line", ":first-letter"))
"""Drawn around a text, or a part of it, as what is written with two colons."""
_PARTS = ("name", "any", "attribute", "pseudo")
Weight = tuple[int, int, int]
"""Ids, then classes, attributes and states, then names of elements."""


class NotUnderstoodError(Exception):
    """Words that are no selector."""


class AttributeTest(NamedTuple):
    """What an attribute's value must be."""

    name: str
    operator: str
    """"=", "~=", "|=", "^=", "$=" or "*="."""
    value: str
    is_folded: bool
    """Whether capitals count as small letters."""


class Compound(NamedTuple):
    """What is asked of one element, without white space between."""

    combinator: str
    """What joins it to the one before: " ", ">", "+" or "~"; empty where there is none before it."""
    keys: tuple[str, ...]
    """Names that the element must have: "p", ".class", "#id", "[attribute"."""
    attributes: tuple[AttributeTest, ...]
    nested: tuple[tuple[str, tuple[Complex, ...]], ...]
    """":is", ":not" or the like, and the selectors inside."""
    states: tuple[tuple[str, str], ...]
    """Other pseudo-classes and pseudo-elements, and what stands in their brackets."""


Complex = tuple[Compound, ...]


def names_of(tag: str, ident: str, classes: str, attributes: Iterable[str]) -> frozenset[str]:
    """What compounds call an element, as `Compound.keys` does, by its tag, id, classes and attributes' names."""
    found = {tag, f"#{ident}", *(f"[{name}" for name in attributes), *(f".{name}" for name in classes.split())}
    return frozenset(found)


def split(words: str) -> list[str]:
    """The selectors of a list, parted at commas that stand in no bracket and no string."""
    found, depth, start = [], 0, 0
    for token in _TOKEN.finditer(words):
        kind = token.lastgroup
        depth += _opens(token)
        depth -= kind == "close"
        if kind == "comma" and depth <= 0:
            found.append(words[start : token.start()].strip())
            start = token.end()
    return [*found, words[start:].strip()]


def parsed(selector: str) -> Complex:
    """The compounds of one selector. Raises NotUnderstoodError where it is none."""
    reader = _Reader(selector)
    found = reader.complex()
    if reader.token is not None or found[0].combinator:
        raise NotUnderstoodError(selector)
    return found


def with_ids(selector: str, prefix: str) -> str:
    """The selector of the same elements where each one's id has that prefix."""
    return _TOKEN.sub(
        lambda token: (
            f"#{prefix}{token[0][1:]}" if token.lastgroup == "name" and token[0].startswith("#") else token[0]
        ),
        selector,
    )


def weight(selector: Complex) -> Weight:
    """How strong a selector is (Selectors 4, section 17)."""
    ids = classes = names = 0
    for compound in selector:
        ids += sum(key[0] == "#" for key in compound.keys)
        classes += sum(key[0] in ".[" for key in compound.keys)
        names += sum(key[0] not in ".#[" for key in compound.keys)
        elements = sum(name.startswith("::") or name in _OLD_ELEMENTS for name, _ in compound.states)
        classes, names = classes + len(compound.states) - elements, names + elements
        for kind, inner in compound.nested:
            if kind != ":where":
                most = max(map(weight, inner))
                ids, classes, names = ids + most[0], classes + most[1], names + most[2]
    return ids, classes, names


class _Reader:
    """Goes through the tokens of a selector once."""

    def __init__(self, selector: str) -> None:
        self._selector = selector
        self._tokens = _TOKEN.finditer(selector.strip())
        self.token = next(self._tokens, None)

    def complex(self) -> Complex:
        """The compounds up to a comma, a bracket's end or the selector's."""
        first = self._combinator()
        found = [self._compound("" if first == " " else first)]
        while self._is("combinator"):
            found.append(self._compound(self._combinator()))
        return tuple(found)

    def _is(self, *kinds: str) -> bool:
        return self.token is not None and self.token.lastgroup in kinds

    def _take(self) -> re.Match[str]:
        if self.token is None:
            raise NotUnderstoodError(self._selector)
        taken, self.token = self.token, next(self._tokens, None)
        return taken

    def _combinator(self) -> str:
        return (self._take()[0].strip() or " ") if self._is("combinator") else ""

    def _compound(self, combinator: str) -> Compound:
        keys: list[str] = []
        attributes: list[AttributeTest] = []
        nested: list[tuple[str, tuple[Complex, ...]]] = []
        states: list[tuple[str, str]] = []
        begin = self.token
        while self._is(*_PARTS):
            token = self._take()
            name = token[0].lower().rstrip("(")
            if token.lastgroup == "name":
                keys.append(_key(token[0]))
            elif token.lastgroup == "attribute":
                test = self._attribute(token[0])
                keys.append(f"[{test.name}")
                attributes += [test] if test.operator else []
            elif name in _OF_SELECTORS and _opens(token):
                nested.append((name, self._list(relative=name == ":has")))
            elif token.lastgroup == "pseudo":
                states.append((name, self._argument() if _opens(token) else ""))
        if begin is self.token:
            raise NotUnderstoodError(self._selector)
        return Compound(combinator, tuple(keys), tuple(attributes), tuple(nested), tuple(states))

    def _attribute(self, words: str) -> AttributeTest:
        found = _ATTRIBUTE.fullmatch(words)
        if found is None:
            raise NotUnderstoodError(self._selector)
        value = found[3] or ""
        value = _unescaped(value[1:-1] if value[:1] in ("'", '"') else value)
        return AttributeTest(_unescaped(found[1]).lower(), found[2] or "", value, (found[4] or "").lower() == "i")

    def _list(self, *, relative: bool) -> tuple[Complex, ...]:
        """The selectors up to the bracket's end."""
        found = [self.complex()]
        while self._is("comma"):
            self._take()
            found.append(self.complex())
        if not self._is("close") or (not relative and any(one[0].combinator for one in found)):
            raise NotUnderstoodError(self._selector)
        self._take()
        return tuple(found)

    def _argument(self) -> str:
        """The words up to the bracket's end, which are no selector: "2n+1", a language."""
        depth, words = 1, ""
        while depth:
            token = self._take()
            depth += _opens(token)
            depth -= token.lastgroup == "close"
            words += token[0] if depth else ""
        return words.strip().lower()


def _opens(token: re.Match[str]) -> bool:
    return token[0] == "(" or (token.lastgroup == "pseudo" and token[0].endswith("("))


def _key(words: str) -> str:
    name = _unescaped(words)
    return name if name[0] in ".#" and words[0] in ".#" else name.lower()


def _unescaped(words: str) -> str:
    return _ESCAPED.sub(_character, words) if "\\" in words else words


def _character(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    number = int(found[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
