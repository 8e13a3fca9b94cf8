"""British and American English, and other countries' ways: chosen by the region of the language tag."""

from __future__ import annotations

import subprocess

import pytest

from tests.speech.saying import say
from voicegen.engines import espeak
from voicegen.model.document import Run
from voicegen.model.script import Line
from voicegen.speech.proof import check
from voicegen.steps.speaking import Speaker
from voicegen.stores.memory import Memory

SAID = {
    "03/04/2025": {
        "en-GB": "3 April 2025",
        "en-IE": "3 April 2025",
        "en-AU": "3 April 2025",
        "en-US": "April 3, 2025".replace("April 3", "March 4"),
        "en": "03 slash 04 slash 2025",
        "en-CA": "03 slash 04 slash 2025",
        "es-ES": "3 de abril de 2025",
        "es-PR": "4 de marzo de 2025",
        "fr-FR": "3 avril 2025",
        "fr-CA": "03 barre 04 barre 2025",
        "de-AT": "dritter April 2025",
    },
    "25/12/2024": {"en": "25 December 2024", "en-US": "December 25, 2024", "en-CA": "25 December 2024"},
    "12/25/2024": {"en": "25 December 2024", "en-US": "December 25, 2024", "en-GB": "25 December 2024"},
    "5%": {"en-GB": "5 per cent", "en-US": "5 percent", "en-PH": "5 percent", "en-AU": "5 per cent"},
    "5 mL": {"en-GB": "5 millilitres", "en-US": "5 milliliters", "en-NZ": "5 millilitres"},
    "1.5 km": {"en-GB": "1.5 kilometres", "en-US": "1.5 kilometers"},
    "at 9.30 a.m.": {"en-GB": "at 9 30 a m.", "en-US": "at 9 30 a m."},
    "1,500 mg": {"en-GB": "1,500 milligrams", "es-MX": "1500 miligramos", "es-419": "1 coma 500 miligramos"},
    "1.500 mg": {"es-ES": "1.500 miligramos", "es-MX": "1 punto 500 miligramos", "de-DE": "1.500 Milligramm"},
}


@pytest.mark.parametrize(
    ("shown", "lang", "said"), [(shown, lang, said) for shown, ways in SAID.items() for lang, said in ways.items()]
)
def test_each_country_hears_its_own_way_and_the_proof_holds(shown: str, lang: str, said: str) -> None:
    assert say(shown, lang) == said
    assert check([Run(shown)], said, lang) == []


SOUNDS = [
    ("Z", {"en-GB": "ɛd", "en-AU": "ɛd", "en-US": "iː", "en": "iː"}),
    ("105", {"en-GB": "dən", "en-IE": "dən", "en-US": "dɹɪd "}),
    ("vitamin", {"en-GB": "vˈɪt", "en-NZ": "vˈɪt", "en-US": "vˈaɪt"}),
]


@pytest.mark.parametrize(
    ("words", "lang", "sounds"), [(words, lang, sounds) for words, ways in SOUNDS for lang, sounds in ways.items()]
)
def test_the_voice_is_of_the_country_or_of_one_that_speaks_like_it(words: str, lang: str, sounds: str) -> None:
    engine = espeak.engine({})
    speaker = Speaker(engine, Memory(), 1)
    worker = engine.phoneme_worker(speaker.voice(lang))
    given = speaker.prepared(Line("l", "paragraph", words, say(words, lang), lang, 0)).encode()
    told = subprocess.run(worker.argv, cwd=worker.cwd, env=dict(worker.env), input=given, capture_output=True)
    assert sounds in told.stdout.decode().replace("ɾ", "t")
