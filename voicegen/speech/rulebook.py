"""All rules, in the order in which they may claim characters: the more particular one first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import (
    abbreviations,
    amount_signs,
    arrows,
    blood_pressure,
    capitals,
    comparators,
    dates,
    decades,
    decimals,
    dosing,
    explained_names,
    fractions,
    grades,
    heights,
    latin_names,
    letter_forms,
    lexicon,
    money,
    multiplication,
    names_with_numbers,
    note_markers,
    numbered_days,
    numbers_apart,
    one_in_several,
    ordinals,
    phone_numbers,
    powers,
    primes,
    ranges,
    ratios,
    results,
    roman_numerals,
    same_words,
    schedules,
    signs,
    slashes,
    symbols,
    temperatures,
    times,
    titles,
    units,
    vertebrae,
    web_addresses,
    without_rules,
)
from voicegen.speech.assembly import Spoken, said
from voicegen.speech.language import language
from voicegen.speech.page_words import PageWords
from voicegen.speech.passage import Passage, Rule

ORDER: tuple[Rule, ...] = (
    lexicon.RULE,
    note_markers.RULE,
    explained_names.RULE,
    web_addresses.RULE,
    letter_forms.RULE,
    same_words.RULE,
    numbers_apart.TYPED,
    arrows.RULE,
    one_in_several.RULE,
    dosing.RULE,
    schedules.RULE,
    dates.RULE,
    phone_numbers.RULE,
    ordinals.RULE,
    times.RULE,
    money.RULE,
    numbered_days.RULE,
    grades.RULE,
    vertebrae.RULE,
    heights.RULE,
    primes.RULE,
    blood_pressure.RULE,
    names_with_numbers.RULE,
    results.RULE,
    powers.RULE,
    decades.RULE,
    multiplication.RULE,
    units.RULE,
    temperatures.RULE,
    ranges.RULE,
    ranges.WORDED,
    fractions.RULE,
    ratios.RULE,
    comparators.RULE,
    signs.RULE,
    numbers_apart.RULE,
    decimals.RULE,
    roman_numerals.RULE,
    titles.RULE,
    abbreviations.RULE,
    latin_names.RULE,
    slashes.RULE,
    capitals.RULE,
    symbols.RULE,
    letter_forms.PLAIN,
)

RULES: Mapping[str, str] = MappingProxyType(
    {**{rule.name: rule.about for rule in ORDER}, amount_signs.NAME: amount_signs.ABOUT}
)
"""The name of each rule, with one sentence for staff on what it does."""


def spoken(runs: Sequence[Run], lang: str, page: PageWords) -> Spoken:
    """The words for the engine for one sentence, given as runs, and the changes that made them.

    `lang` is the BCP 47 tag of the sentence. For a language that we have no words for, see `without_rules`.
    """
    words = language(lang)
    shown = "".join(run.text for run in runs)
    changes = _of_rules(Passage(runs, words, page)) if words else without_rules.changes(runs, lang, page)
    return Spoken(said(shown, changes), tuple(changes))


def _of_rules(passage: Passage) -> list[Change]:
    changes: list[Change] = []
    text = passage.shown
    for rule in ORDER if text else ():
        if rule.looks_for == "digit" and not passage.has_digit:
            continue
        for claim in rule.find(passage):
            if passage.take(claim) and text[claim.start : claim.end] != claim.words:
                changes.append(Change(rule.name, *claim))
    changes.sort(key=lambda change: change.start)
    return changes
