"""Short ways to ask the speech room what it says."""

from __future__ import annotations

from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, PageWords, Spoken, spoken
from voicegen.steps.disagreement import Sentence


def say(text: str, lang: str = "en-GB", page: PageWords = NOTHING_DEFINED) -> str:
    """What is said for one sentence without markup."""
    return spoken([Run(text)], lang, page).text


def say_runs(*runs: Run, lang: str = "en-GB", page: PageWords = NOTHING_DEFINED) -> Spoken:
    """What is said for a sentence with markup."""
    return spoken(runs, lang, page)


def faults(shown: str, said: str, lang: str) -> list[str]:
    """What the proof finds where this is said for a sentence without markup; our own words, with their changes."""
    runs = (Run(shown),)
    found = spoken(runs, lang, NOTHING_DEFINED)
    return Sentence(runs, said, found.changes if said == found.text else (), lang).faults()
