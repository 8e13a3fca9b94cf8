"""Web and e-mail addresses are said as words, once, without "https" and without what follows "?".

Source: facts S11. Danger: an engine says "h t t p s colon slash slash", and nobody can write that down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_ADDRESS = lazy(
    r"(?:https?://|www\.)[^\s<>\"“”«»]+"
    r"|(?<![\w.@/-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
    r"|(?<![\w.@/-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|org|net|gov|edu|info|uk|eu|ca|au|nz|ie|in|es|mx|ar|co|fr|be|ch"
    r"|de|at|nhs|health|int)(?![\w@-])(?:/[^\s<>\"“”«»]*)?",
    re.IGNORECASE,
)
_LIKELY = lazy(r"[@/]|\.[A-Za-z]{2}")
_TRAILING = ".,;:!?)]}'’*"
_PIECE = lazy(r"[^\W\d_]+|\d+|.")
_SPELLED = frozenset(
    ["www", "nhs", "uk", "us", "eu", "ca", "au", "nz", "ie", "cdc", "nih", "fda", "nlm", "html", "pdf"]
)


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not _LIKELY.search(text):
        return
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_TRAILING)
        if "." not in address or address.endswith("@"):
            continue
        start, end = match.start(), match.start() + len(address)
        if passage.before(start) == "<" and passage.after(end) == ">":
            start, end = start - 1, end + 1
        yield Claim(start, end, _in_words(address, passage))


def _in_words(address: str, passage: Passage) -> str:
    say = passage.language.word
    address = re.sub(r"^[a-z]+://", "", address, flags=re.IGNORECASE)
    address = re.sub(r"^www\.", "", address, flags=re.IGNORECASE)
    address = re.split(r"[?#]", address, maxsplit=1)[0].rstrip("/")
    names = {".": say("dot"), "/": " " + say("slash"), "@": say("at"), "-": say("hyphen"), "_": say("underscore")}
    names["+"] = say("plus")
    words: list[str] = []
    for piece in _PIECE.findall(address):
        if piece in names:
            words.append(names[piece])
        elif piece.lower() in _SPELLED:
            words.append(" ".join(piece.lower()))
        elif piece.isdecimal():
            words.append(" ".join(piece))
        elif piece.isalnum():
            words.append(piece)
    return " ".join(" ".join(words).split())


RULE = Rule("web addresses", "Says a web or e-mail address in words, without the technical beginning.", _find)
