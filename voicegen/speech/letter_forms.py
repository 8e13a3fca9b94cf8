"""Letters made of several, or of another form, are said as plain ones; signs that nobody sees are left out.

Danger: engines skip ligatures, full-width digits and letters of mathematics ("𝟓 mg" is "milligrams"); and
invisible signs split a word or steer the text. The other rules read plain letters already (`Passage.text`), so
what they do not claim is said plainly at the end (`PLAIN`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from voicegen.speech import enclosed
from voicegen.speech.look_alikes import as_seen
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_ODD = lazy(
    r"[\u00ad\u20e3\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufb00-\ufb06\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
_FORM = lazy(r"[\ufe00-\ufe0f]")
"""Chooses the form of the sign before it; claimed last, for an arrow and the like are said with theirs."""
_WORD = lazy(r"[^\W\d_]+")


def _find(passage: Passage) -> Iterator[Claim]:
    if passage.shown.isascii() and passage.text.isprintable():
        return
    text = passage.text
    yield from (Claim(*number) for number in enclosed.numbers(passage.shown))
    for match in _ODD.finditer(text):
        start, end = match.span()
        if "\ufb00" <= match[0] <= "\ufb06":
            while start and text[start - 1].isalpha() and passage.free(start - 1, start):
                start -= 1
            while end < len(text) and text[end].isalpha():
                end += 1
            yield Claim(start, end, unicodedata.normalize("NFKC", text[start:end]))
        elif not (match[0] < " " and text[start:end].isspace()):
            yield Claim(start, end, "")


def _find_plain(passage: Passage) -> Iterator[Claim]:
    """What no other rule has said, in plain letters; whole words, so that none is parted."""
    shown, text = passage.shown, passage.text
    end = 0
    for at in range(len(text)) if shown != text else ():
        if at < end or shown[at] == text[at] or not passage.free(at, at + 1):
            continue
        start, end = at, at + 1
        while start and text[start - 1].isalnum() and passage.free(start - 1, start):
            start -= 1
        while end < len(text) and text[end].isalnum() and passage.free(end, end + 1):
            end += 1
        yield Claim(start, end, text[start:end])
    for form in _FORM.finditer(text) if not text.isascii() else ():
        yield Claim(*form.span(), "")


def look_alikes(shown: str) -> Iterator[Claim]:
    """The words that have letters of another script in them, in a text of a language that we have no rules for."""
    text = as_seen(shown)
    for word in _WORD.finditer(shown) if text != shown else ():
        if word[0] != text[word.start() : word.end()]:
            yield Claim(word.start(), word.end(), text[word.start() : word.end()])


ABOUT = "Says joined letters, those of other forms and look-alikes as plain ones and leaves out invisible signs."
RULE = Rule("letter forms", ABOUT, _find)
PLAIN = Rule("letter forms", ABOUT, _find_plain)
