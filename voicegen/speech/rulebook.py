"""All rules, in the order in which they may claim characters: the more particular one first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import (
    abbreviations,
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
    heights,
    latin_names,
    letter_forms,
    lexicon,
    money,
    multiplication,
    names_with_numbers,
    note_markers,
    ordinals,
    phone_numbers,
    powers,
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
    arrows.RULE,
    dosing.RULE,
    schedules.RULE,
    dates.RULE,
    phone_numbers.RULE,
    ordinals.RULE,
    times.RULE,
    money.RULE,
    vertebrae.RULE,
    heights.RULE,
    blood_pressure.RULE,
    names_with_numbers.RULE,
    results.RULE,
    powers.RULE,
    decades.RULE,
    multiplication.RULE,
    units.RULE,
    temperatures.RULE,
    ranges.RULE,
    fractions.RULE,
    ratios.RULE,
    comparators.RULE,
    signs.RULE,
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

RULES: Mapping[str, str] = MappingProxyType({rule.name: rule.about for rule in ORDER})
"""The name of each rule, with one sentence for staff on what it does."""


def spoken(runs: Sequence[Run], lang: str, page: PageWords) -> Spoken:
    """The words for the engine for one sentence, given as runs, and the changes that made them.

    `lang` is the BCP 47 tag of the sentence. In a language that we have no words for, the text stays as it is but
    for the list of pronunciations: only the markers of notes are left out, and raised or lowered characters stand
    apart from their neighbours.
    """
    words = language(lang)
    shown = "".join(run.text for run in runs)
    if words is None:
        changes = _with_lexicon([*_of_markup(runs), *_of_letters(shown)], runs, lang, page)
    else:
        changes = _of_rules(Passage(runs, words, page))
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


def _of_markup(runs: Sequence[Run]) -> list[Change]:
    changes: list[Change] = []
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        if start == end:
            continue
        if run.position == "note":
            changes.append(Change(note_markers.RULE.name, start, end, ""))
        elif run.position and any(letter.isdigit() for letter in run.text):
            changes.append(Change(powers.RULE.name, start, end, f" {run.text.strip()} "))
    return changes


def _of_letters(shown: str) -> Iterator[Change]:
    return (Change(letter_forms.RULE.name, *claim) for claim in letter_forms.look_alikes(shown))


def _with_lexicon(changes: list[Change], runs: Sequence[Run], lang: str, page: PageWords) -> list[Change]:
    """The changes, and those of the list of pronunciations where they leave room for them."""
    shown = "".join(run.text for run in runs)
    taken = {place for change in changes for place in range(change.start, change.end)}
    for claim in lexicon.claims(runs, lang, page.lexicon):
        if taken.isdisjoint(range(claim.start, claim.end)) and shown[claim.start : claim.end] != claim.words:
            changes.append(Change(lexicon.RULE.name, *claim))
    return sorted(changes, key=lambda change: change.start)
