"""Makes our own scripts small: without comments and blanks that mean nothing, and with short names inside.

It knows the JavaScript that `player/` is written in, no more: no template inside another, a regular expression
only after a bracket, a comma or "=", every statement ended by a semicolon or a brace. What a name means outside of
the script stays: properties, keys of objects, methods, and all that is not declared here. A name that is declared
anywhere in a script may not be used for something of the browser's elsewhere in it.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterator

from voicegen.speech.patterns import lazy

_TOKEN = lazy(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<template>`(?:[^`\\]|\\.)*`)
    |(?P<pattern>(?<=[(,=!])\s?/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[a-z]*)
    |(?P<number>\d[\w.]*)
    |(?P<name>[A-Za-z_$][\w$]*)
    |(?P<blank>\s+)
    |(?P<sign>\.\.\.|\?\.|=>|===|!==|\+\+|--|[<>=!+*/%&|?-]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_HOLE = re.compile(r"\$\{([^}]*)\}")
_WORD = re.compile(r"[\w$]")
_DECLARED = lazy(
    r"\b(?:const|let|class|function)\s+([\w$]+)"  # one name
    r"|\b(?:const|let)\s+[\[{]([\w$,\s]+)[\]}]"  # parts of a list or an object
    r"|\(([\w$,\s=\"\[\]{}.]*)\)\s*(?:=>|\{)"  # parameters
    r"|\b([\w$]+)\s*=>"
)
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
KEYWORDS = frozenset(
    {
        *("arguments", "async", "await", "break", "case", "catch", "class", "const", "constructor", "continue"),
        *("default", "delete", "do", "else", "export", "extends", "false", "finally", "for", "from", "function"),
        *("get", "if", "import", "in", "instanceof", "let", "new", "null", "of", "return", "set", "static"),
        *(
            "super",
            "switch",
            "this",
            "throw",
            "true",
            "try",
            "typeof",
            "undefined",
            "var",
            "void",
            "while",
            "yield",
        ),
    }
)
"""Names of the language itself, and those that are words of it in some places."""
SHORTER = {"true": "!0", "false": "!1", "undefined": "void 0"}
Token = tuple[str, str]


def shortened(text: str) -> str:
    """The script, shorter, and doing the same."""
    tokens = list(_tokens(text))
    return _joined(_chained(_bared(list(_renamed(tokens, _short_names(text, tokens))))))


def _tokens(text: str) -> Iterator[Token]:
    """Kind and text of every token that means something; blanks are kept as one blank or one line end."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind == "blank":
            yield kind, "\n" if "\n" in found[0] else " "
        elif kind != "comment":
            yield kind, found[0].strip() if kind == "pattern" else found[0]


def _short_names(text: str, tokens: list[Token]) -> dict[str, str]:
    """A short name for each that is declared in the script, the most frequent first."""
    declared: set[str] = set()
    for found in _DECLARED.finditer(text):
        declared.update(_NAME.findall(" ".join(filter(None, found.groups()))))
    used = Counter(_variables(tokens))
    letters = string.ascii_letters
    names = itertools.chain(letters, map("".join, itertools.product(letters, letters)))
    free = (name for name in names if name not in used and name not in KEYWORDS)
    wanted = sorted(declared - KEYWORDS, key=lambda name: (-used[name], name))
    return {
        name: short
        for name, short in zip((name for name in wanted if len(name) > 1), free, strict=False)
        if len(short) < len(name)
    }


def _variables(tokens: list[Token]) -> Iterator[str]:
    """Every name that stands for a variable, as often as it stands there, those in templates too."""
    for kind, text in _told_apart(tokens):
        if kind in {"variable", "shorthand"}:
            yield text
        elif kind == "template":
            for hole in _HOLE.findall(text):
                yield from _variables(list(_tokens(hole)))


def _told_apart(tokens: list[Token]) -> Iterator[Token]:
    """The tokens; a name is a "variable", one in "shorthand" as in {a, b}, or a "name" that stays."""
    solid = [at for at, (kind, _) in enumerate(tokens) if kind != "blank"]
    around = {at: (left, right) for left, at, right in zip([-1, *solid], solid, [*solid[1:], -1], strict=False)}
    open_: list[str] = []
    in_class = False
    for at, (kind, text) in enumerate(tokens):
        if kind == "sign" and text in "([{":
            open_.append("class" if in_class and text == "{" else text)
            in_class = in_class and text != "{"
        elif kind == "sign" and text in ")]}" and open_:
            open_.pop()
        in_class = in_class or text == "class"
        if kind != "name":
            yield kind, text
            continue
        left, right = (tokens[place][1] if place >= 0 else "" for place in around[at])
        inside = open_[-1] if open_ else ""
        key = inside == "{" and left in {"{", ","} and right == ":"
        if text in KEYWORDS or left in {".", "?."} or key or (inside == "class" and right == "("):
            yield "name", text
        elif inside == "{" and left in {"{", ","} and right in {",", "}", "="}:
            yield "shorthand", text
        elif inside == "class":  # a getter's name is followed by a bracket; nothing else stands here
            yield "name", text
        else:
            yield "variable", text


def _renamed(tokens: list[Token], names: dict[str, str]) -> Iterator[Token]:
    for kind, text in _told_apart(tokens):
        if kind == "variable":
            yield kind, names.get(text, text)
        elif kind == "shorthand" and text in names:
            yield kind, f"{text}:{names[text]}"
        elif kind == "template":
            yield kind, _HOLE.sub(lambda hole: f"${{{_joined(_renamed(list(_tokens(hole[1])), names))}}}", text)
        else:
            yield kind, SHORTER.get(text, text) if kind == "name" else text


def _bared(tokens: list[Token]) -> Iterator[Token]:
    """The tokens; the only parameter of an arrow stands without its brackets."""
    brackets = set()
    for place in range(len(tokens) - 4):
        (_, opens), (kind, _), (_, closes), _, (_, arrow) = tokens[place : place + 5]
        if (opens, kind, closes, arrow) == ("(", "variable", ")", "=>"):
            brackets |= {place, place + 2}
    return (token for place, token in enumerate(tokens) if place not in brackets)


def _chained(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens; constants that are declared one after the other share a `const`."""
    declares = [False]  # whether the statement declares constants, for every bracket that is open
    begins, ended = True, False
    for kind, text in tokens:
        if kind == "blank":
            yield kind, text
            continue
        if ended:
            ended, begins = False, text != "const"
            declares[-1] = not begins
            yield "sign", ";" if begins else ","
            if not begins:
                continue
        if kind == "sign" and text in "([{":
            declares.append(False)
        elif kind == "sign" and text in ")]}":
            declares.pop()
        elif text == "const" and begins:
            declares[-1] = True
        begins = text in {";", "{", "}"}
        ended = text == ";" and declares[-1]
        if not ended:
            yield kind, text
    if ended:
        yield "sign", ";"


def _joined(tokens: Iterator[Token]) -> str:
    """The tokens in a row, with a blank only between two words, and between signs that would become another."""
    parts: list[str] = []
    gap = False
    for kind, text in tokens:
        if kind == "blank":
            gap = True
            continue
        last = parts[-1] if parts else ""
        if (
            gap
            and last
            and ((_WORD.match(text[0]) and _WORD.match(last[-1])) or last[-1] + text[0] in {"++", "--"})
        ):
            parts.append(" ")
        parts.append(text)
        gap = False
    return "".join(parts).replace(";}", "}").replace(",}", "}").replace(",]", "]").replace(",)", ")")
