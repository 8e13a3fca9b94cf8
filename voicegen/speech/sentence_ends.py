"""Where sentences begin and end, and where a very long one may be cut.

The boundaries come from sentencex (MIT; measured against others in docs/why), which knows many languages. Its
misses on medical text are mended here: a sentence never ends inside an abbreviation, a dose, an initial or a
numbered name ("Fig. 2", "St. John's", "approx. 10 mL. of water"), and always ends at a mark before a capital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import sentencex

from voicegen.speech.language import code_of, word_data
from voicegen.speech.patterns import lazy

LONG = 300
"""Characters: a longer sentence is cut at its clause marks, so that no clip is huge."""
ENDLESS = 1000
"""Characters: text without any mark is cut at spaces before this length."""

_ODD_SPACE = lazy(r"[^\S\n ]")
_NO_WORD = lazy(r"\w")
_TERMINATOR = lazy(r"[.!?…。！？।؟]")
_ADDRESS = lazy(r"(?:\bwww\.|://\S*\.)\Z")
_CLOSERS = lazy(r"[\"'”’»)\]}]+(?=\s|$)")
_END_OF_PIECE = lazy(r"(\S+?)([.!?…]+)([\"'”’»)\]]*)\s*\Z")
_MISSED = lazy(r"(?<=[^\W\d_]{2}|.[\d%)\"'”’»])([.!?]+[\"'”’»)\]]*)\s+(?=[\"'“‘«(¿¡]?[A-ZÀ-ÖØ-Þ])")
_LETTERED = lazy(r"(?<![^\W\d_])([^\W\d_]{3,}+)\s[A-Z]\.\s+(?=[\"'“‘«(¿¡]?[A-ZÀ-ÖØ-Þ])")
_DAY = lazy(r"(?:(?:\A|\s)([^\W\d_]+))?\s?\b\d{1,2}\.\s*\Z")
_DAYS = lazy(r"(?<![\w.])\d{1,2}\.\s?[-–—]\s?\d{1,2}\.\s*\Z")
_DATE_DOT = lazy(r"(?<![\w.])\d{1,2}\.(?:\s?\d{1,2}\.)?\s*\Z")
_SPAN_DOTS = lazy(r"\d\s?(?:[°º]\s?C?|%)?\s?(?:\.\.\.?|…)\s?\Z")
_SIGNED = lazy(r"[-+−–]\s?\d")
_INVERSE = lazy(r"[A-Za-zµμ]{1,4}(?:⁻|[-−][123](?!\d))")
_TO_A_DATE = lazy(r"[-–—]\s?\d{1,2}\.")
_STARTS_LOW = lazy(r"[\"'“‘(]?[a-zß-öø-ÿ]{2}|[\"'“‘(]?[a-zß-öø-ÿ][\s,.;:)-]|[,;:–—-]\s")
_LIST_NUMBER = lazy(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]\s*\Z")
_INITIAL = lazy(r"(?:\A|\s|\(|[\"“‘«])(?:[A-ZÀ-Ý]\.[- ]?)*[A-ZÀ-Ý]\.\s*\Z")
_CAPITALISED = lazy(r"(?:\A|[\s(])[A-ZÀ-Ý][\w'’.-]+\s+(?:[A-ZÀ-Ý]\.[- ]?)*[A-ZÀ-Ý]\.\s*\Z")
_SHORT_WORD = lazy(r"(?:\A|[\s(/–-])[^\W\d_]{1,5}\.\Z")
_CLAUSE = (lazy(r"[;:](?=\s)|\s[–—](?=\s)|[。；：]"), lazy(r"[,)](?=\s)|[、，،؛]"))


def sentences(plain: str, lang: str) -> list[tuple[int, int]]:
    """Start and end (half open, no white space around) of each sentence of a text, in order.

    Every character that is no white space lies inside exactly one of them.
    """
    found: list[tuple[int, int]] = []
    for start, end in _pieces(plain, lang):
        found += _cut(plain, start, end)
    return found


def _pieces(plain: str, lang: str) -> Iterator[tuple[int, int]]:
    """Sentences of any length, without white space around them."""
    ends = _mended(plain, lang, _boundaries(plain, lang))
    start = 0
    for end in (*ends, len(plain)):
        first, last = _stripped(plain, start, end)
        if first < last:
            yield first, last
        start = end


def _stripped(plain: str, start: int, end: int) -> tuple[int, int]:
    piece = plain[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _boundaries(plain: str, lang: str) -> list[int]:
    """Every place inside the text where sentencex, or a mark that it passed over, ends a sentence."""
    if len(plain) < 2 or (not _TERMINATOR.search(plain, 0, len(plain) - 1) and "\n\n" not in plain):
        return []
    language = code_of(lang) or "en"
    # sentencex 1.0.32 ends the program where a no-break space follows a dot, so it is shown plain spaces only.
    spaced = _ODD_SPACE.sub(" ", plain)
    found = {end for start, stop in _stretches(spaced) for end in _sentencex_ends(language, spaced, start, stop)}
    found.update(match.end() for match in _MISSED.finditer(plain))
    found.update(match.end() for match in re.finditer(r"\n\s*\n", plain))
    found.update(match.end() for match in _LETTERED.finditer(plain) if match[1].lower() in _lists(lang)[2])
    return sorted(end for end in found if 0 < end < len(plain))


_LONGEST_STRETCH = 20_000
"""Characters that sentencex is given at once: quotation marks cost it time by the square of the length."""


def _stretches(plain: str) -> Iterator[tuple[int, int]]:
    """The text in stretches that end at a space where there is one."""
    start = 0
    while start < len(plain):
        stop = min(start + _LONGEST_STRETCH, len(plain))
        if stop < len(plain):
            stop = plain.rfind(" ", start + _LONGEST_STRETCH // 2, stop) + 1 or stop
        yield start, stop
        start = stop


def _sentencex_ends(language: str, plain: str, start: int, stop: int) -> Iterator[int]:
    """The ends of sentences that sentencex finds in a stretch; the stretch's own end is none."""
    for part in sentencex.get_sentence_boundaries(language, plain[start:stop]):
        end = start + int(part["end_index"])
        if end < stop:
            yield end


_FAR = 400
"""Characters before a boundary that can tell whether it is one."""


def _mended(plain: str, lang: str, ends: Iterable[int]) -> list[int]:
    """The boundaries without those that part what belongs together."""
    ends = list(ends)
    kept: list[int] = []
    for number, end in enumerate(ends):
        start = kept[-1] if kept else 0
        closers = _CLOSERS.match(plain, end)
        if closers:
            end = closers.end()
        following = ends[number + 1] if number + 1 < len(ends) else len(plain)
        before = plain[max(start, end - _FAR) : end]  # all of it, again and again, would take quadratic time
        if end > start and not _belong_together(before, plain[end : max(following, end)], lang):
            kept.append(end - _begun_item(plain[start : min(end, start + _FEW)], before))
    return kept


def _begun_item(first: str, last: str) -> int:
    """Characters at the end of a sentence that number the next one: "1. Take 5 mg 2. Take 10 mg".

    Danger: "5 milligrams 2" is heard as more than five.
    """
    own, following = _ITEM.match(first), _NEXT_ITEM.search(last)
    counts = own is not None and following is not None and int(following[2]) == int(own[1]) + 1
    return len(following[1]) if counts and following is not None else 0


_ITEM = lazy(r"\s*(\d{1,2})\.\s")
_NEXT_ITEM = lazy(r"\d[ \u00a0]?(?:mc?g|[µμ]g|k?g|m[lL]|IU|IE|UI|%)[ \u00a0]((\d{1,2})\.\s*)\Z")
_FEW = 8
"""Characters of a number at the beginning of a sentence."""


def _belong_together(before: str, after: str, lang: str) -> bool:
    rest = after.lstrip()
    if not rest or not before.strip():
        return False
    if "\n\n" in before[len(before.rstrip()) :] + after[: len(after) - len(rest)]:
        return False
    if not _NO_WORD.search(before) or not _NO_WORD.search(rest):
        return True
    tail = before[-60:]
    if _ADDRESS.search(tail) and not after[:1].isspace():
        return True
    if not after[:1].isspace() and (rest[0] in "/ªº–-" or _INVERSE.match(rest)):
        return True  # "4 Tbl./Tag", "la 2.ª dosis", "pn.–pt. 8.00", "5 g.L-1"
    mark = _END_OF_PIECE.search(tail)
    if mark is None:
        return False
    if _SPAN_DOTS.search(tail) and _SIGNED.match(rest):
        return True  # "+2...+8 °C"
    if _DATE_DOT.search(tail) and _TO_A_DATE.match(rest):
        return True  # "01.01.–31.03.2024"
    if _LIST_NUMBER.fullmatch(before.strip()) or (_STARTS_LOW.match(rest) and not rest[1:2].isupper()):
        return True
    if mark[2] != ".":
        return False
    if _is_ordinal(tail, rest, lang):
        return True
    if _INITIAL.search(tail) and (_CAPITALISED.search(tail) or _INITIAL.fullmatch(before.strip())):
        return _is_name(tail, lang)
    return _is_abbreviation(tail.rstrip(), rest, lang)


def _is_ordinal(tail: str, rest: str, lang: str) -> bool:
    """Whether a number with a dot is an ordinal, as in "am 3. Mai" and "der 2. Tag"."""
    data = word_data(lang)
    before = data.get("ordinals", {}).get("n_after", ())
    if before and _DAYS.search(tail):
        return rest[:1].isalpha()  # "1.-3. Tag"
    day = _DAY.search(tail) if before else None
    if day is None:
        return False
    word = re.match(r"[^\W\d_]+", rest)
    months = data["dates"]["months"]
    return (word is not None and word[0] in months) or (day[1] or "").lower() in before


def _is_name(tail: str, lang: str) -> bool:
    """Whether an initial belongs to a name ("John F. Kennedy") and not to "Vitamin C."."""
    word = re.search(r"([\w'’-]+)\s+\S+\s*\Z", tail)
    lettered = _lists(lang)[2]
    return word is None or word[1].lower() not in lettered


def _is_abbreviation(tail: str, rest: str, lang: str) -> bool:
    """Whether the dot belongs to an abbreviation that cannot end a sentence here."""
    never, before_number, _ = _lists(lang)
    words = tail.lower().replace("\u00a0", " ").split(" ")
    endings = {" ".join(words[-length:]).lstrip("(\"'“‘«[") for length in (1, 2, 3)}
    if endings & never:
        return True
    if not word_data(lang):
        # No list of abbreviations: better no pause after a short last word than one in "no máx. | 4 g por dia".
        return rest[:1].isdigit() and _SHORT_WORD.search(tail) is not None
    return bool(endings & before_number) and re.match(r"[\d(#+]|[-−–<>≤≥~±]\s?\d", rest) is not None


@lru_cache(maxsize=64)
def _lists(lang: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, those that do not before a number, words before a letter."""
    data = word_data(lang)
    ends = data.get("sentence_ends", {})
    numbered = [*ends.get("before_number", ()), *data.get("before_number", {})]
    never = [*ends.get("never", ()), *data.get("titles", {})]
    return (
        frozenset(word.lower() for word in never),
        frozenset(word.lower() for word in numbered),
        frozenset(ends.get("lettered", ())),
    )


def _cut(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or, where it is very long, in parts that end at clause marks."""
    if end - start <= LONG:
        yield start, end
        return
    for marks in _CLAUSE:
        places = [match.end() for match in marks.finditer(plain, start, end) if _may_cut(plain, match.end())]
        parts = list(_filled(start, end, places))
        if all(last - first <= LONG for first, last in parts) or marks is _CLAUSE[-1]:
            break
    for first, last in parts:
        first, last = _stripped(plain, first, last)
        if last - first > ENDLESS:
            yield from _at_spaces(plain, first, last)
        elif first < last:
            yield first, last


def _filled(start: int, end: int, places: list[int]) -> Iterator[tuple[int, int]]:
    """Parts as long as they can be without passing LONG, each ending at one of the places."""
    last = start
    for place in [*places, end]:
        if place - start > LONG and last > start:
            yield start, last
            start = last
        last = place
    if start < end:
        yield start, end


def _may_cut(plain: str, place: int) -> bool:
    return not (plain[place - 1] in ",.:" and plain[place : place + 1].isdigit())


def _at_spaces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of at most ENDLESS characters, cut at spaces that part neither an amount nor a negation."""
    while end - start > ENDLESS:
        place = _last_space(plain, start + LONG, start + ENDLESS)
        yield _stripped(plain, start, place)
        start = place + len(plain[place:end]) - len(plain[place:end].lstrip()) if plain[place].isspace() else place
    if start < end:
        yield start, end


_HELD = lazy(
    r"(?:\d[\d.,/–-]*|\b(?:not|no|never|without|do|don['’]t|cannot|and|or|to|the|a|an|of|less|more|than|at|least|over|per"
    r"|x|×|no|sin|nunca|ne|n['’]|pas|sans|kein\w*|nicht|ohne|nie|de|la|le|el|der|die|das)|[<>≤≥±=~+$£€(–-])\Z",
    re.IGNORECASE,
)


def _last_space(plain: str, low: int, high: int) -> int:
    """The last good space between two places; the last of any kind, or `high`, where there is none."""
    fallback = high
    for place in range(high, low, -1):
        if plain[place].isspace():
            if fallback == high:
                fallback = place
            if not _HELD.search(plain, max(0, place - 20), place):
                return place
    if fallback == high:
        while fallback > low and plain[fallback - 1].isalnum() and plain[fallback].isdigit():
            fallback -= 1
    return fallback
