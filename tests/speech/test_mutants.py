"""Every rule is broken in several ways, over all our sentences, and what a build proves must stop each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

import pytest

from tests.gauntlet.test_gauntlet import cases
from tests.speech.sentences_of_ours import CLINICAL
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, rulebook, spoken
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.steps.disagreement import Sentence

WAYS: dict[str, Callable[[str], str]] = {
    "its words are lost": lambda words: " ",
    "its signs vanish": lambda words: "",
    "its first word is lost": lambda words: " ".join(words.split()[1:]) or " ",
    "its last word is lost": lambda words: " ".join(words.split()[:-1]) or " ",
    "its digits are wrong": lambda words: words.translate(str.maketrans("0123456789", "1234567890")),
}
HARMLESS = {
    "same words": {"L/min"},  # what stands in brackets has just been said in full
    "phone numbers": {"plus", "más"},  # the digits of the number are all there
    "times": {"o'clock", "hundred", "horas"},  # "at 8"
    "fractions": {"a", "un", "une", "eine", "cada"},  # "half tablet"
    "dosing": {"for"},  # "once a day for 5 days"
    "powers": {"plus"},  # of an ion
    "units": {"per", "por", "par", "pro", "heures"},  # "4 veces día", "de 8 heures 30 à 17"
    "roman numerals": {"A"},
}
"""What may be missing, by rule: the words that a listener understands without. Amounts are never among them."""


@cache
def sentences() -> tuple[tuple[str, str, str, frozenset[str]], ...]:
    """Language, what is shown, what is said for it, and the rules that are at work."""
    everything = [*CLINICAL, *((lang, case.shown) for lang in ("en", "es", "fr", "de") for case in cases(lang))]
    found = []
    for lang, shown in everything:
        made = spoken([Run(shown)], lang, NOTHING_DEFINED)
        found.append((lang, shown, made.text, frozenset(change.rule for change in made.changes)))
    return tuple(found)


def broken(rule: Rule, way: Callable[[str], str]) -> Rule:
    def find(passage: Passage) -> Iterable[Claim]:
        return [Claim(claim.start, claim.end, way(claim.words)) for claim in rule.find(passage)]

    return replace(rule, find=find)


def lost(good: str, said: str) -> set[str]:
    """The words that are said no longer."""
    left = said.split()
    words = [word.strip(".,;:") for word in good.split()]
    for word in (one.strip(".,;:") for one in left):
        if word in words:
            words.remove(word)
    return set(words)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", sorted({rule.name for rule in rulebook.ORDER if isinstance(rule, Rule)}))
def test_what_a_broken_rule_says_is_stopped(name: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    concerned = [one for one in sentences() if name in one[3]]
    rules = [
        broken(rule, WAYS[way]) if isinstance(rule, Rule) and rule.name == name else rule
        for rule in rulebook.ORDER
    ]
    monkeypatch.setattr(rulebook, "ORDER", tuple(rules))
    missed = []
    for lang, shown, good, _ in concerned:
        made = spoken([Run(shown)], lang, NOTHING_DEFINED)
        if made.text == good or lost(good, made.text) <= HARMLESS.get(name, set()):
            continue
        if not Sentence([Run(shown)], made.text, made.changes, lang).faults():
            missed.append((shown, made.text))
    assert missed == []


def test_nearly_every_rule_is_tried() -> None:
    tried = {name for one in sentences() for name in one[3]}
    rules = {rule.name for rule in rulebook.ORDER if isinstance(rule, Rule)}
    assert rules - tried <= {"pronunciations", "note markers", "explained names"}  # they need a page, or markup
