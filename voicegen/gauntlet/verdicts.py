"""What is to be thought of a given speech: how far it is from the expected one.

Judged in this order, with every doubt in favour of what is judged:

- exact: the expected words, letter for letter.
- equivalent: the same to the ear. Case, marks, spaces and the spelling of numbers do not count, nor whether
  letters that are spelled stand together: engines spell "LDL" as they spell "L D L".
- wrong: a number, unit, comparator, range or negation is not the one that is shown, as the proof that guards our
  own pages finds (`speech.proof`), compared with the expected speech and with the sentence itself; or a word of
  the sentence is not said.
- unread: something that is written and should be said otherwise is left as it is ("mg", "<", "Feb"), or said by
  name ("slash"): a voice, or the listener, must guess what it means.
- reworded: all else: the same amounts in other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from voicegen.gauntlet.corpus import Sentence
from voicegen.gauntlet.likeness import likened
from voicegen.gauntlet.number_words import LETTER, folded
from voicegen.model.document import Run
from voicegen.speech.proof import check, negations, quantities


class Verdict(Enum):
    """How far a given speech is from the expected one; best first."""

    EXACT = "exact"
    EQUIVALENT = "equivalent"
    REWORDED = "reworded"
    UNREAD = "unread"
    WRONG = "wrong"

    @property
    def is_right(self) -> bool:
        """Whether the speech is what was expected, to the ear."""
        return self in (Verdict.EXACT, Verdict.EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reasons."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    """In words for people: what is wrong, or what is left unread."""


_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,]\d+|[\u00a0\u202f]\d{{3}})*)|(?P<word>{LETTER}+)"
    r"|(?:(?:(?<=[\d%])|(?<=\d[ap]m)|(?<=[ap] m))\s?(?P<between>[-–—:])\s?|(?<![^\W_])(?P<minus>[-–—]))(?=\d)"
    rf"|(?<={LETTER})(?P<dash>[–—])(?=[^\W_])|(?<=\d)\s?(?P<prime>['′″\"])|(?P<sign>[^\s])"
)
"""Marks that are silent elsewhere stand for a word between numbers, before one, and between two words."""
_SILENT = frozenset(".,;:!?…'\"’‘“”„«»‹›()[]{}¿¡-‐‑–—_")
"""Marks that are not said, or only as a pause."""
_SHORTEST = 3
"""Letters of a word that must be said; shorter ones may fall to another wording."""
_FACT = re.compile(r"(?:shown but not said|said but not shown): (?P<amount>\S+)(?P<unit>.*)")
_ZEROS = re.compile(r"(?<=\d)\.0+\Z|(?<=\.\d)0+\Z|(?<=\.\d\d)0+\Z")
_PHONE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Case:
    """One expected speech of a sentence, and the speech that is given."""

    sentence: Sentence
    expected: str
    given: str

    def fold(self, text: str, years: bool = False) -> str:
        """A text in the spelling in which it is compared."""
        return _folded(text, years, self.sentence, self.expected)


@lru_cache(maxsize=256)
def _folded(text: str, years: bool, sentence: Sentence, expected: str) -> str:
    return likened(folded(text, sentence.language, years), expected, sentence.shown)


def judged(sentence: Sentence, given: str) -> Judgement:
    """The verdict on a speech given for a sentence: the best that any of its expected speeches allows."""
    given = " ".join(given.split())
    judgements = (_judged(_Case(sentence, expected, given)) for expected in sentence.expected)
    order = list(Verdict)
    return min(judgements, key=lambda judgement: order.index(judgement.verdict))


def _judged(case: _Case) -> Judgement:
    if case.given == case.expected:
        return Judgement(Verdict.EXACT)
    if _heard(case, case.expected) & _heard(case, case.given):
        return Judgement(Verdict.EQUIVALENT)
    lost = [f'the word "{word}" is not said' for word in _lost(case)]
    wrong = _otherwise_meant(case, case.expected)
    unread = [f"left as it is written: {piece}" for piece in _unread(case)]
    stands = bool(unread) and _stands(case)
    if stands or not _otherwise_meant(case, case.sentence.shown) or _excused(case, wrong, bool(unread)):
        wrong = ()
    if lost or wrong:
        return Judgement(Verdict.WRONG, (*wrong, *lost))
    return Judgement(Verdict.UNREAD if unread else Verdict.REWORDED, tuple(unread))


def _otherwise_meant(case: _Case, meant: str) -> Sequence[str]:
    """What the given speech says otherwise, in the reading of its numbers that is kindest to it."""
    first: Sequence[str] = ()
    for years in (False, True, None):
        one, other = (
            (meant, case.given) if years is None else (case.fold(meant, years), case.fold(case.given, years))
        )
        found = check([Run(one)], other, case.sentence.lang)
        if not found:
            return ()
        first = first or found
    return first


def _stands(case: _Case) -> bool:
    """Whether the amounts and negations are those of the sentence as it is written, for the voice to make out."""
    lang = case.sentence.lang
    ways = [(case.fold(case.sentence.shown, years), case.fold(case.given, years)) for years in (False, True)]
    return any(
        negations(shown, lang) == negations(given, lang) and quantities(shown, lang) == quantities(given, lang)
        for shown, given in ways
    )


def _excused(case: _Case, wrong: Sequence[str], unread: bool) -> bool:
    """Whether the differences are none to a listener.

    They are where amounts only miss units that are left as written, miss zeros at their end or the century of a
    year, where more is said of what is written, and where the digits of a phone number stand in other groups.
    """
    facts = [found for found in map(_FACT.fullmatch, wrong) if found]
    if len(facts) < len(wrong):
        return False
    missing = [fact for fact in facts if fact[0].startswith("shown")]
    said = [fact for fact in facts if fact[0].startswith("said")]
    regrouped = _digits(case.fold(case.given)) == _digits(case.fold(case.expected))
    for fact in missing:
        if regrouped and fact["amount"].isdigit() and len(fact["amount"]) >= _PHONE_DIGITS:
            continue
        same = next((other for other in said if _is_same(fact, other, unread)), None)
        if same is None:
            return False
        said.remove(same)
    written = _tokens(case.sentence.shown, "")
    return all(not fact["unit"] and (regrouped or fact["amount"] in written) for fact in said)


def _is_same(missing: re.Match[str], said: re.Match[str], unread: bool) -> bool:
    """Whether an amount that is missed was said after all, but for its unit, its last zeros or its century."""
    if missing["unit"] == said["unit"]:
        return _ZEROS.sub("", missing["amount"]) == _ZEROS.sub("", said["amount"]) or (
            not missing["unit"] and said["amount"] == "20" + missing["amount"]
        )
    is_bare = said["unit"] in ("", " ordinal") and (unread or missing["unit"] in ("", " ordinal"))
    return is_bare and missing["amount"] == said["amount"]


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _lost(case: _Case) -> list[str]:
    """Words of the sentence that are expected as they are written and not said.

    Letter by letter is not said, but for words in small letters, which only stand so in addresses.
    """
    said = "".join(word if len(word) > 1 else f" {word} " for word in _words(case.fold(case.given)))
    spelled = " ".join(case.given.casefold().split())
    kept = Counter(_words(case.fold(case.sentence.shown))) & Counter(_words(case.fold(case.expected)))
    missing = (word for word in kept if len(word) >= _SHORTEST and word not in said)
    return [word for word in missing if word not in case.sentence.shown or " ".join(word) not in spelled]


def _words(text: str) -> list[str]:
    return [word for word in _tokens(text, "") if word[0].isalpha()]


def _unread(case: _Case) -> list[str]:
    """Pieces of the sentence that should be said otherwise and were left as they are."""
    shown, code = case.sentence.shown, case.sentence.language
    given, expected, written, undotted = (
        Counter(_tokens(case.fold(text), code))
        for text in (case.given, case.expected, shown, shown.replace(".", ""))
    )
    in_digits = set(_tokens(case.given, code))
    left = (given - expected) & (written | undotted)
    return [piece for piece in left if not piece[0].isdigit() or piece in in_digits]


def _heard(case: _Case, text: str) -> set[str]:
    """The text as it sounds, in both readings of its years: words in a row, but letters and numbers apart."""
    readings = (_tokens(case.fold(text, years), case.sentence.language) for years in (False, True))
    return {
        "".join(token if token.isalpha() and len(token) > 1 else f" {token} " for token in tokens)
        for tokens in readings
    }


def _tokens(text: str, code: str) -> list[str]:
    """Words in lower case, numbers in one form, dashes between numbers, and signs."""
    found = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        if match["number"]:
            found.append(_number(match[0], code))
        elif match["sign"] is None or match[0] not in _SILENT:
            found.append(match[0].strip().casefold())
    return found


def _number(digits: str, code: str) -> str:
    """A number without marks of thousands and with a dot for the decimals.

    Spanish writes both "2.5" and "2,5", by country; three digits after a mark are thousands unless a zero leads.
    """
    digits = re.sub(r"\s", "", digits)
    thousands, decimal = (",", ".") if code == "en" else (".", ",")
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", digits):
        digits = digits.replace(thousands, "")
    elif code == "es" and re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", digits):
        digits = digits.replace(",", "")
    return digits.replace(",", ".")
