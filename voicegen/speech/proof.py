"""Proves that the words for the engine say the same amounts and the same negations as the words shown.

A parser of its own, with tables of its own (`proof_words`), reads both texts and compares what it found, so
that a wrong rule is caught before anything is published. It knows nothing of the rules. Where the shown text
can be read in more than one way ("116 123" is a phone number or two numbers) each way is allowed; for a number
with a unit there is one way only.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from voicegen.model.document import Run
from voicegen.speech import proof_forms, proof_marks, proof_spellings
from voicegen.speech.patterns import lazy
from voicegen.speech.proof_grammar import Reading
from voicegen.speech.proof_parser import readings
from voicegen.speech.proof_silence import audible
from voicegen.speech.proof_words import LANGUAGES, proof_words

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−", "0123456789+--")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-")
_INVISIBLE = lazy(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_POWER = lazy(r"(?<=[\d)\]])(?!⁺[⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)")
_INVERSE = lazy(r"[\s·⋅∙.]?(?<![^\W\d_])([A-Za-zµμ]{1,5})(?:⁻([¹²³])(?![⁰¹²³⁴⁵⁶⁷⁸⁹])|\^-1|−1)")
_UNIT_BEFORE = lazy(r"(?<![^\W\d_])[A-Za-zµμ]{1,5}\Z")
_SQUARED = lazy(r"(?<!\w)(?:[^\W\d_]|(?i:m[eèé]t(?:re|er)s?|metros?))\Z")
_OTHER_RAISED = lazy(r"(?<![mM])[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|[⁰¹⁴⁵⁶⁷⁸⁹⁺⁻]+")
_WORDS = lazy(r"[^\W\d_]+['’]?(?:[^\W\d_]+)?")
_AMOUNT = lazy(r"[\d½¼¾][\d.,/½¼¾-]*[ \u00a0]?(?:[a-zµμ%°]|mL)")
"""What no title can stand in for."""


def quantities(text: str, lang: str) -> Counter[str]:
    """Every amount in a text, with comparator, range and unit, as a multiset: "≤5~10 mg/d" twice, "999" once.

    Empty in languages that the proof cannot read.
    """
    code = _code(lang)
    if code not in LANGUAGES:
        return Counter()
    return Counter(fact for reading in readings(_plain(text), code) for fact in reading.facts)


def negations(text: str, lang: str) -> Counter[str]:
    """Every word of a text that denies, as a multiset; empty in languages that the proof cannot read."""
    code = _code(lang)
    if code not in LANGUAGES:
        return Counter()
    words = proof_words(code)
    text = proof_marks.without_marks(text)
    text = proof_forms.without_lookalikes(_written_out(text, words.short_forms), code)
    for sign, meaning in words.denying_signs.items():
        text = text.replace(sign, f" {meaning} ")
    found = (word.lower().replace("’", "'") for word in _WORDS.findall(text))
    return Counter(
        word for word in (word[:2] if word[:2] == "n'" else word for word in found) if word in words.negations
    )


def check(shown_runs: Sequence[Run], spoken: str, lang: str) -> list[str]:
    """Every difference in amounts or negations between what is shown and what is said, in words for staff.

    Empty where both say the same, and in languages that we have no words for, which are spoken as they stand.
    """
    code = _code(lang)
    if code not in LANGUAGES:
        return []
    shown, said = _shown(shown_runs, spoken), spoken
    if shown == said == audible(said, code) and proof_forms.written(
        shown, code, _region(lang)
    ) == proof_forms.heard(said, code):
        return []
    for at, run in enumerate(shown_runs):
        own = said.count(run.abbr) <= shown.count(run.abbr)
        if run.abbr and not own and not _is_unit(run.text, shown_runs[at - 1].text if at else "", code):
            before, said = said.split(run.abbr, 1)
            if not (
                _begins_with(said, run.text) or _AMOUNT.match(run.text.strip())
            ):  # "body mass index (B M I)" says the short form too
                shown = shown.replace(run.text.strip(), " ", 1)
            said = f"{before} {said}"
    read = readings(_plain(proof_forms.written(shown, code, _region(lang))), code, _region(lang))
    said = audible(said, code)
    facts = [fact for one in readings(_plain(proof_forms.heard(said, code)), code) for fact in one.facts]
    return _differences(read, facts) + _unlike(negations(shown, lang), negations(said, lang))


def _is_unit(short: str, before: str, code: str) -> bool:
    """Whether a short form is the unit of the number before it: a title can give it no other name."""
    symbol = short.strip()
    kind = proof_words(code).meanings.get(symbol.lower(), ("", ""))[0]
    return kind == "unit" and (symbol[:1].islower() or len(symbol) < 3) and before.rstrip()[-1:].isdigit()


def _begins_with(said: str, short: str) -> bool:
    """Whether what is said begins with a short form: with its letters and digits, whatever stands between."""
    letters = [mark.lower() for mark in short if mark.isalnum()]
    return [mark.lower() for mark in said[: 4 * len(short) + 4] if mark.isalnum()][: len(letters)] == letters


def _differences(shown: Sequence[Reading], said: Sequence[str]) -> list[str]:
    """What is shown and not said, what is said and not shown, or that both stand in another order."""
    left = Counter(said)
    lost: list[str] = []
    taken: dict[int, Sequence[str]] = {}
    # What can be read in one way only comes first: "IV" may be 4, but not the 4 of "four times a day".
    for at, reading in sorted(enumerate(shown), key=lambda one: len(one[1].others) > 0):
        for facts in sorted((reading.facts, *reading.others), key=len, reverse=True):
            if _taken(facts, left):
                taken[at] = facts
                break
        else:
            lost += list((Counter(reading.facts) - left).elements())
            left -= Counter(reading.facts)
    order = [fact for at in sorted(taken) for fact in taken[at]]
    differences = [f"shown but not said: {fact}" for fact in lost]
    differences += [f"said but not shown: {fact}" for fact in sorted(left.elements())]
    if not differences and Counter(order) == Counter(said) and order != list(said):
        # Day and month have their own order in each language.
        return (
            []
            if any(fact.startswith("month") for fact in order)
            else [f"said in another order: {', '.join(said)}"]
        )
    return differences


def _taken(facts: Sequence[str], left: Counter[str]) -> bool:
    """Whether all the facts were said; they are then no longer left."""
    if not Counter(facts) - left:
        left.subtract(facts)
        return True
    if len(facts) == 1 and facts[0].isdigit() and len(facts[0]) >= 3:
        # Two phone numbers in a row are one row of digits to the ear.
        row = next((said for said in +left if said.isdigit() and said.startswith(facts[0])), None)
        if row is not None:
            left.subtract([row])
            left.update([row.removeprefix(facts[0])])
            return True
    return False


def _unlike(shown: Counter[str], said: Counter[str]) -> list[str]:
    lost = [f'the word "{word}" is shown but not said' for word in sorted((shown - said).elements())]
    return lost + [f'the word "{word}" is said but not shown' for word in sorted((said - shown).elements())]


def _region(lang: str) -> str:
    parts = lang.replace("_", "-").upper().split("-")[1:]
    return next((part for part in parts if len(part) == 2), "")


def _code(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].lower()


def _shown(runs: Sequence[Run], spoken: str) -> str:
    """The shown text with raised and lowered runs written out and markers of notes left out."""
    parts: list[str] = []
    for at, run in enumerate(runs):
        before = "".join(parts)[-proof_marks.REACH :] if run.position else ""
        words = run.text
        after = "".join(one.text for one in runs[at + 1 : at + 3]) if run.position else ""
        upper = at + 1 < len(runs) and runs[at + 1].position == "sub"
        if run.position == "note" or (
            run.position == "sup" and not upper and proof_marks.is_marker(run, before, after)
        ):
            continue
        if run.position == "sup" and words.strip() in tuple("+-−–") and at and runs[at - 1].position == "sub":
            words = " , "  # the charge of an ion: "HCO3-"
        elif run.position == "sup" and _is_stacked(runs, at):
            words = f" {words.strip()}"
        elif run.position == "sub" and at > 1 and _is_stacked(runs, at - 2):
            words = words.strip()
        elif run.position == "sup" and re.fullmatch(r"[-−–][123]", words) and _UNIT_BEFORE.search(before):
            words = "⁻" + "¹²³"[int(words[1]) - 1]
        elif (
            run.position == "sup"
            and (before[-1:].isdigit() or before[-1:] in (")", "]"))
            and re.fullmatch(r"\s*[-−–]?\d+\s*", words)
        ):
            words = "^" + words.strip().replace("−", "-").replace("–", "-")
        elif (
            run.position == "sup"
            and words.strip() in ("2", "3")
            and re.search(r"(?<![^\W\d_])[kcmdµμ]?m\Z", before)
        ):
            words = words.strip()
        elif run.position == "sup" and words.strip() in ("2", "3") and _SQUARED.search(before):
            words = words.strip().replace("2", "²").replace("3", "³")
        elif run.position and any(letter.isdigit() for letter in words):
            words = f" {words} , " if run.position == "sub" and after.isspace() else f" {words} "
        parts.append(words)
    return proof_spellings.letters("".join(parts))


def _is_stacked(runs: Sequence[Run], at: int) -> bool:
    """Whether a raised number, a slash and a lowered number follow each other: a fraction."""
    row = runs[at : at + 3]
    return (
        len(row) == 3
        and row[0].position == "sup"
        and row[1].text.strip() in ("/", "⁄")
        and row[2].position == "sub"
        and row[0].text.strip().isdigit()
        and row[2].text.strip().isdigit()
    )


def _written_out(text: str, short_forms: Mapping[str, str]) -> str:
    """The text with the abbreviations written out that stand for a number or a denial."""
    lower = text.lower()
    for short, words in short_forms.items():
        if short in lower:
            text = re.sub(rf"(?<![\w.]){re.escape(short)}(?!\w)", words, text, flags=re.IGNORECASE)
    return text


def _plain(text: str) -> str:
    """The text with powers after "^", "per" for inverse units, and without what nobody sees."""
    text = _INVISIBLE.sub("", text)
    text = re.sub(r"[Ⅰ-Ⅻⅰ-ⅻ]", lambda found: unicodedata.normalize("NFKC", found[0]).upper(), text)
    text = re.sub(r"(?<![A-Za-z])cm\s?H\s?[2₂]\s?O\b", "cmwater", text)
    text = re.sub(r"(?<=\d)(\s?)st(?=\s?\d+\s?lb)", r"\1stone", text)
    text = proof_forms.full_hours(text)
    text = re.sub(r"((?:ft|feet)\s?\d+\s?)in\b", r"\1inch", text)
    if not text.isascii():
        text = proof_forms.squares(text)
        text = re.sub(r"[\uff01-\uff5e]", lambda found: chr(ord(found[0]) - 0xFEE0), text)
        text = proof_marks.without_marks(text)
        text = _INVERSE.sub(lambda found: f"/{found[1]}{(found[2] or '').strip('¹')}", text)
        text = _POWER.sub(lambda found: "^" + found[1].translate(_RAISED), text)
        text = re.sub(r"(?<=[½⅓⅔¼¾⅛])(?=[^\W\d_])|(?<=[A-Za-z])(?=½)", " ", text)
        text = re.sub(r"(?<=[A-Za-z₂₃₄])[⁺⁻](?!\w)", " , ", text)  # the charge of an ion
        text = _OTHER_RAISED.sub(lambda found: " " + found[0].translate(_RAISED) + " ", text)
        text = re.sub(r"[₀₁₂₃₄₅₆₇₈₉₊₋]+", lambda found: " " + found[0].translate(_LOWERED) + " ", text)
    return text
