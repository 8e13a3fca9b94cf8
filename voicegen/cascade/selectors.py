"""Selectors taken apart: what each of their compounds asks of an element, and how strong they are.

Source: Selectors 4, sections 3, 4.2 to 4.5, 6 and 17. The words are tinycss2's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from voicegen.cascade.sheet import Token, inside, tokens, written

_OF_SELECTORS = frozenset((":is", ":where", ":not", ":has", ":matches", ":any", ":-webkit-any"))
_OLD_ELEMENTS = frozenset((":before", ":after", ":first-line", ":first-letter"))
"""Drawn around a text, or a part of it, as what is written with two colons."""
_COMBINATORS = (">", "+", "~")
_OPERATORS = ("=", "~=", "|=", "^=", "$=", "*=")
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
    return [written(one) for one in _between_commas(tokens(words))]


def parsed(selector: str) -> Complex:
    """The compounds of one selector. Raises NotUnderstoodError where it is none."""
    found = _complex(tokens(selector))
    if found[0].combinator:
        raise NotUnderstoodError(selector)
    return found


def with_ids(selector: str, prefix: str) -> str:
    """The selector of the same elements where each one's id has that prefix."""
    said = left = tokens(selector)
    while left:
        for node in left:
            if node.type == "hash":
                node.value = f"{prefix}{node.value}"
        left = [one for node in left for one in inside(node)]
    return written(said)


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


def _between_commas(said: Iterable[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for node in said:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def _complex(said: Iterable[Token]) -> Complex:
    """The compounds of one selector, the first of which may have a combinator, as in ":has(> p)"."""
    found: list[tuple[str, list[Token]]] = [("", [])]
    for node in said:
        joint = " " if node.type == "whitespace" else node.value if node in _COMBINATORS else ""
        before, compound = found[-1]
        if not joint:
            compound.append(node)
        elif compound:
            found.append((joint, []))
        elif joint != " ":
            if before.strip():
                raise NotUnderstoodError(joint)
            found[-1] = (joint, [])
    if found[-1] == (" ", []):
        found.pop()
    return tuple(_compound(combinator, compound) for combinator, compound in found)


def _compound(combinator: str, said: list[Token]) -> Compound:
    keys: list[str] = []
    attributes: list[AttributeTest] = []
    nested: list[tuple[str, tuple[Complex, ...]]] = []
    states: list[tuple[str, str]] = []
    rest = iter(said)
    for node in rest:
        if node.type == "ident":
            keys.append(node.lower_value)
        elif node.type == "hash":
            keys.append(f"#{node.value}")
        elif node == ".":
            keys.append(f".{_next(rest, 'ident').value}")
        elif node.type == "[] block":
            test = _attribute(node.content)
            keys.append(f"[{test.name}")
            attributes += [test] if test.operator else []
        elif node == ":":
            name, arguments = _pseudo(rest)
            if arguments is not None and name in _OF_SELECTORS:
                nested.append((name, _list(arguments, relative=name == ":has")))
            else:
                states.append((name, written(arguments or []).lower()))
        elif node != "*":
            raise NotUnderstoodError(node.type)
    if not said:
        raise NotUnderstoodError(combinator)
    return Compound(combinator, tuple(keys), tuple(attributes), tuple(nested), tuple(states))


def _next(rest: Iterator[Token], *kinds: str) -> Token:
    node = next(rest, None)
    if node is None or node.type not in kinds:
        raise NotUnderstoodError("" if node is None else node.serialize())
    return node


def _pseudo(rest: Iterator[Token]) -> tuple[str, list[Token] | None]:
    """The name of a pseudo-class or pseudo-element with its colons, and what its brackets hold, if it has them."""
    node = _next(rest, "ident", "function", "literal")
    colons = ":"
    if node == ":":
        colons, node = "::", _next(rest, "ident", "function")
    if node.type == "literal":
        raise NotUnderstoodError(node.value)
    if node.type == "ident":
        return f"{colons}{node.lower_value}", None
    return f"{colons}{node.lower_name}", node.arguments


def _attribute(said: Iterable[Token]) -> AttributeTest:
    rest = (node for node in said if node.type != "whitespace")
    name = _next(rest, "ident").lower_value
    operator = next(rest, None)
    if operator is None:
        return AttributeTest(name, "", "", is_folded=False)
    if operator not in _OPERATORS:
        raise NotUnderstoodError(name)
    value = _next(rest, "ident", "string").value
    flags = [_next(iter((node,)), "ident").lower_value for node in rest]
    if flags not in ([], ["i"], ["s"]):
        raise NotUnderstoodError(name)
    return AttributeTest(name, operator.value, value, flags == ["i"])


def _list(said: Iterable[Token], *, relative: bool) -> tuple[Complex, ...]:
    """The selectors in a pseudo-class's brackets."""
    found = tuple(_complex(one) for one in _between_commas(said))
    if not relative and any(one[0].combinator for one in found):
        raise NotUnderstoodError
    return found
