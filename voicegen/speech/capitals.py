"""Capital letters: initialisms are spelled ("E C G"), acronyms and words in capitals are said as words.

Source: facts 5b; Audicle and epub2tts-kokoro #12 (whole paragraphs spelled out). Danger: the default engine
says "ECG" as "eckg" and "MI" as "my"; "Do NOT take" must keep its "not" as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech.assembly import said
from voicegen.speech.language import Language, shared_words
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_WORD = lazy(
    r"(?:(?<![^\W\d]|['’&])(?<!\d{3})|(?<=\b[LlDdNnSsJjCcMmTt]['’])|(?<=\b[Qq]u['’])|(?<=[\s(]['’])|(?<=^['’]))"
    r"([A-ZÀ-ÖØ-Þ]{2,})(s|es)?(?:(\d{1,3})([A-Z]{1,2})?)?(?![\w]|['’](?!s\b|\W|$))"
)
_MIXED = lazy(r"(?<![\w'’&])[a-z]{1,2}[A-Z]{2,}s?(?![\w])")
_AND = lazy(r"(?<![\w&])([A-Z])(\s?&\s?)([A-Z])(?![\w&])")
_CAPITAL_WORD = lazy(r"(?<![\w])[A-ZÀ-ÖØ-Þ]{2,}(?![\w])")
_CAPITAL_PAIR = lazy(r"[A-ZÀ-ÖØ-Þ]{2}")
_NUMERAL = lazy(r"[IVX]+")
_SMALL = lazy(r"[a-zß-öø-ÿ]")
_ONSET = lazy(r"[BCDFGHJKLMNPQRSTVWXZÇÑ]+")
_CODA = lazy(r"[BCDFGHJKLMNPQRSTVWXZÇÑ]+\Z")
_VOWEL = lazy(r"[AEIOUYÀ-ÖØ-Ý]")
_RESULT = lazy(r"[+−⁻–-](?=[\s,.;:)/\]]|\Z)")
_SYSTOLIC = lazy(
    r"(?<=\b[Ll]a )PAS\b|\bPAS(?=\s?[<>≤≥=:]|\s?/\s?PAD|\s(?:cible|systolique)"
    r"|\s(?:entre\s|à\s|de\s)?\d{2,3}\s?(?:mm|/|et\s|à\s))"
)
"""The French short form of systolic pressure, which is no "not"."""
_SIGNED = lazy(r"(?<![\w-])[A-Z]{2,3}[+−⁻–-](?=[\s,.;:)/\]]|\Z)")
"""A test with its result, which is no word: "ER+" in German is not "er"."""
_ROUTE = frozenset(("IM", "IN"))
"""Ways to give a dose that are words, too: into a muscle, and into the nose."""
_DOSED = lazy(r"\d\s?(?:mg|mcg|[µμ]g|g|m[lL]|IE|IU|UI|E|U|units?|Einheiten)(?:/\w+)*\s\Z")
_GIVEN = lazy(
    r"\s*(?:\Z|[,;.)/])|\s(?:or|and|then|every|q\d|once|repeat\w*|x\s?\d|PRN|prn|stat"
    r"|oder|und|dann|alle|einmalig|in|als|bei)(?!\w)"
)
"""What follows how a dose is given, and not the rest of a sentence."""


@lru_cache(maxsize=8)
def _lists(language: Language) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = language.words("capitals")
    return (
        frozenset(data.get("words", ())),
        frozenset(data.get("everyday", ())),
        frozenset(data.get("letters", ())),
    )


_NUMBER_NEXT = lazy(r"[ \u00a0\u202f]\d")
"""Behind a name that ends in a number: of "CD4 200" some voices make four thousand two hundred."""


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not passage.language.words("capitals") or (not _CAPITAL_PAIR.search(text) and "&" not in text):
        for match in _MIXED.finditer(text):
            yield Claim(match.start(), match.end(), _letter_by_letter(match[0]))
        return
    for match in _AND.finditer(text):
        yield Claim(match.start(), match.end(), f"{match[1]} {passage.language.word('and')} {match[3]}")
    shouted = _is_shouted(passage)
    for match in _WORD.finditer(text):
        words = _said(passage, match, shouted)
        if words is not None:
            apart = words[-1].isdigit() and _NUMBER_NEXT.match(text, match.end()) is not None
            apart = apart and passage.free(match.end(), match.end() + 1)
            yield Claim(match.start(), match.end(), f"{words}," if apart else words)
    for match in _MIXED.finditer(text):
        yield Claim(match.start(), match.end(), _letter_by_letter(match[0]))


def said_alone(word: str, passage: Passage) -> str:
    """How a word of a passage is said by this rule alone: "B M I" for "BMI"."""
    part = Passage((Run(word),), passage.language, passage.page)
    changes = [Change(RULE.name, *claim) for claim in _find(part) if part.take(claim)]
    return said(word, sorted(changes, key=lambda change: change.start))


def _letter_by_letter(word: str) -> str:
    """The letters apart; a plural "s" stays with the last one ("M R I's")."""
    return " ".join(word.removesuffix("s")) + ("'s" if word.endswith("s") else "")


def _is_shouted(passage: Passage) -> bool:
    """Whether the sentence is set in capitals, so that capitals say nothing about a word."""
    words = _CAPITAL_WORD.findall(_SYSTOLIC.sub(" ", _SIGNED.sub(" ", passage.text)))
    _, everyday, spelled = _lists(passage.language)
    words = [word for word in words if word not in spelled and not _NUMERAL.fullmatch(word)]
    long = [word for word in words if len(word) > 3 and _VOWEL.search(word)]
    measured = len(words) == 1 and len(words[0]) == 2 and passage.has_digit  # "TA 12/8"
    return not _SMALL.search(re.sub(r"\d+\s?[a-zµ]+", "", passage.text)) and (
        (len(long) >= 1 and len(words) > 1)
        or (not measured and any(word in everyday for word in words))
        or any(len(word) > 5 for word in words)
    )


def _said(passage: Passage, match: re.Match[str], shouted: bool) -> str | None:
    """How a word in capitals is said; None to leave it to the engine as it stands."""
    if match.start() and passage.text[match.start() - 1] == "-" and passage.after(match.end()) == "-":
        return None  # the stressed part of a spelled-out pronunciation
    letters, plural, number, more = match[1], match[2] or "", match[3] or "", match[4] or ""
    if letters + plural == "HBs":
        return "H B s"  # of hepatitis B, and no plural
    words, everyday, spelled = _lists(passage.language)
    if letters in everyday and not number and not _is_short_form(passage, match, shouted):
        return letters.lower() if len(letters) > 1 else letters
    if letters in words:
        return None
    known = letters in spelled or letters in passage.page.names
    if shouted and not known and len(letters) > 3 and (_can_be_said(letters) or len(letters) > 7):
        return match[0].lower()
    if shouted and not known and _VOWEL.search(letters) and (len(letters) == 3 or letters in ("US", "IT")):
        return match[0].lower()
    if known or len(letters) <= 3 or not _can_be_said(letters) or (len(letters) == 4 and number):
        tail = " ".join(part for part in (number, " ".join(more)) if part)
        return (
            " ".join(letters)
            + (plural and passage.language.words("capitals")["plural"])
            + (f" {tail}" if tail else "")
        )
    return None


def _is_short_form(passage: Passage, match: re.Match[str], shouted: bool) -> bool:
    """Whether capitals that are an everyday word are none here: a test, a way to give a dose, the morning."""
    letters, text = match[1], passage.text
    return bool(
        (len(letters) <= 3 and not match[2] and _RESULT.match(text, match.end()))
        or (letters in _ROUTE and not shouted and _is_route(passage, match))
        or (letters == "AM" and passage.language.code == "en" and not _am_i(passage, match))
        or (letters == "PAS" and _SYSTOLIC.match(text, match.start()))
        or (letters in _lists(passage.language)[2] and not shouted and not _among_capitals(passage, match))
    )


def _am_i(passage: Passage, match: re.Match[str]) -> bool:
    """Whether "AM" is of somebody who speaks; else it is the morning: a column "AM" beside "PM"."""
    before, after = passage.text[: match.start()].rstrip(), passage.text[match.end() :].lstrip()
    return before[-2:].strip() == "I" or after[:2].strip(" ?.!") == "I"


def _is_route(passage: Passage, match: re.Match[str]) -> bool:
    """Whether capitals say how a dose is given: "0.5 mg IM", in German no "im"."""
    text = passage.text
    dosed = _DOSED.search(text, max(0, match.start() - 24), match.start()) is not None
    return dosed and _GIVEN.match(text, match.end()) is not None


def _can_be_said(letters: str) -> bool:
    """Whether capitals can be a word: not those that begin or end as no word does ("PCOS", "MHRA", "ABPM")."""
    if not _VOWEL.search(letters):
        return False
    first, last = _ONSET.match(letters), _CODA.search(letters)
    onsets, codas = _consonants()
    return (not first or len(first[0]) < 2 or first[0] in onsets) and (
        not last or len(last[0]) < 2 or last[0] in codas
    )


@lru_cache(maxsize=1)
def _consonants() -> tuple[frozenset[str], frozenset[str]]:
    """The consonants that words of English, Spanish, French and German begin and end with, two or more."""
    data = shared_words("consonants")
    return frozenset(data["begin"].split()), frozenset(data["end"].split())


def _among_capitals(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a neighbouring word is in capitals too, as in "DO NOT STOP OR CHANGE"."""
    text = passage.text
    before = re.search(r"([^\W\d_]+)\W*\Z", text[max(0, match.start() - 20) : match.start()])
    after = re.match(r"\W*([^\W\d_]+)", text[match.end() : match.end() + 20])
    return any(found is not None and len(found[1]) > 1 and found[1].isupper() for found in (before, after))


RULE = Rule("capitals", "Spells initialisms and says acronyms and words in capitals as words.", _find)
