"""What the default voice makes of our words: the same sounds as the plain words that a nurse would use."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.speech.saying import say

SAME_SOUND = {
    "en-us": [
        ("<5 mm", "less than five millimeters"),
        ("20–30%", "twenty to thirty percent"),
        ("5mcg", "five micrograms"),
        ("0.5 ml", "zero point five milliliters"),
        ("1,000", "one thousand"),
        ("140/90mmHg", "one hundred forty over ninety millimeters of mercury"),
        ("10⁹/L", "ten to the power nine per liter"),
        ("38C", "thirty eight degrees Celsius"),
        ("4-6 hrs", "four to six hours"),
        ("≥ 65", "at least sixty five"),
        ("± 2", "plus or minus two"),
        ("no. 5", "number five"),
        ("type II", "type two"),
        ("-20 °C", "minus twenty degrees Celsius"),
        ("5.30pm", "five thirty p m"),
        ("L4-L5", "L four L five"),
        ("H₂O", "H two O"),
        ("1/2 tablet", "half a tablet"),
        (".5 mg", "zero point five milligrams"),
        ("mg/kg/day", "milligrams per kilogram per day"),
        ("C. difficile", "C difficile"),
        ("b.i.d.", "twice a day."),
        ("24/7", "twenty four seven"),
        ("100 U/mL", "one hundred units per milliliter"),
    ],
    "es": [
        ("2,5 mg", "dos coma cinco miligramos"),
        ("0.015 mg", "cero coma cero quince miligramos"),
        ("−20 °C", "menos veinte grados Celsius"),
        ("20–30 %", "veinte a treinta por ciento"),
        ("<5 mm", "menos de cinco milímetros"),
        ("½ taza", "media taza"),
    ],
    "fr": [
        ("−20 °C", "moins vingt degrés Celsius"),
        ("20–30 %", "vingt à trente pour cent"),
        ("<20 mm", "moins de vingt millimètres"),
        ("14h30", "quatorze heures trente"),
    ],
    "de": [
        ("2,5 mg", "zwei Komma fünf Milligramm"),
        ("20–30 %", "zwanzig bis dreißig Prozent"),
        ("<5 mm", "weniger als fünf Millimeter"),
        ("am 3. Mai", "am dritten Mai"),
    ],
}


def phonemes(voice: str, lines: list[str]) -> list[str]:
    """The sounds of each line, without the marks of stress and length, which depend on spelling."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.speech.phonemes", voice],
        input="\n".join(lines).encode(),
        capture_output=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    strip = str.maketrans("", "", "ˈˌː -|")
    return [line.translate(strip) for line in run.stdout.decode().splitlines()]


@pytest.mark.parametrize("voice", SAME_SOUND)
def test_what_is_said_sounds_like_the_plain_words(voice: str) -> None:
    pairs = SAME_SOUND[voice]
    lang = {"en-us": "en-US"}.get(voice, voice)
    heard = phonemes(voice, [say(shown, lang) for shown, _ in pairs])
    wanted = phonemes(voice, [words for _, words in pairs])
    assert len(heard) == len(wanted) == len(pairs)
    wrong = [
        (shown, say(shown, lang), a, b) for (shown, _), a, b in zip(pairs, heard, wanted, strict=True) if a != b
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("lang", "voice"),
    [("pl", "pl"), ("pt", "pt"), ("nl", "nl"), ("ro", "ro"), ("ja", "ja"), ("ko", "ko"), ("uk", "uk")],
)
def test_a_decimal_sign_is_heard_in_languages_whose_voices_drop_it_as_it_is_written(lang: str, voice: str) -> None:
    dropped, apart, heard = phonemes(voice, ["2.5", "2 5", say("2.5", lang)])
    assert dropped == apart != heard


@pytest.mark.parametrize(
    "lang",
    [
        *("it", "ca", "da", "el", "et", "fi", "id", "lt", "lv", "ms", "nb", "ru", "sl"),
        *("sv", "tr", "vi", "eu", "is", "mk", "bg", "hy", "hi", "he", "sw", "cy", "ga"),
        *("mt", "ur", "ta", "lb", "ka", "kk", "ky", "nl", "pl", "pt", "ro", "uk"),
    ],
)
def test_a_nought_before_three_decimals_is_heard_as_one_with_point_and_comma(lang: str) -> None:
    of_point, of_comma, *left = phonemes(lang, [*(say(one, lang) for one in ("0.125", "0,125")), "0.125", "0,125"])
    assert of_point == of_comma
    assert (of_point in left) == (lang != "uk")
    assert left[0] != left[1]
