"""Languages without rules: signs in forms that no voice says are spelled out, or the line is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.speech.test_without_rules import said
from voicegen.model.document import Run
from voicegen.steps.disagreement import Sentence, disagreements

SPELLED = [
    ("ja", "１回１０ｍｇを服用", "1回10mgを服用"),
    ("ja", "１．５ｍｇ", "1 てん 5 mg"),
    ("th", "ครั้งละ 2.5 มก.", "ครั้งละ 2 จุด 5 มก."),
    ("th", "ครั้งละ ๒.๕ มก.", "ครั้งละ ๒ จุด ๕ มก."),
    ("zh", "＜２岁禁用", "小于 2岁禁用"),
    ("zh", "＞３８℃时就医", "大于 38 °C 时就医"),
    ("ja", "－２０℃以下で保存", "マイナス 20 °C 以下で保存"),
    ("ja", "５０％ブドウ糖", "50%ブドウ糖"),
    ("zh", "１／２片", "1/2片"),
    ("ja", "250㎎を1日3回", "250 mg を1日3回"),
    ("ko", "10㎖", "10 ml"),
    ("it", "¾ di compressa, poi 1¾", "3/4 di compressa, poi 1 3/4"),
    ("tr", "⅛ tablet", "1 bölü 8 tablet"),
    ("ja", "⑩ 受診してください", "10 受診してください"),
    ("ja", "② 飲む", "2 飲む"),
    ("ur", "۵۰ ملی گرام", "50 ملی گرام"),
    ("it", "٥ mg", "5 mg"),
    ("hi", "५०० मिग्रा", "५०० मिग्रा"),
    ("it", "15 mg kg⁻¹ die", "15 mg/ kg die"),
    ("pt", "15 mg kg⁻¹", "15 mg por kg"),
    ("it", "75 mg m⁻²", "75 mg/ m ²"),
]


@pytest.mark.parametrize(("lang", "shown", "words"), SPELLED)
def test_signs_in_other_forms_are_spelled_out(lang: str, shown: str, words: str) -> None:
    assert said(shown, lang) == (words, [])


@pytest.mark.parametrize(
    ("lang", "shown", "words"),
    [
        ("zh", "每次5~10毫克", "每次5 到 10毫克"),
        ("zh", "每6～8小时一次", "每6 到 8小时一次"),
        ("ja", "5〜10日間", "5 から 10日間"),
        ("zh", "~5毫克", "约 5毫克"),
        ("hi", "5~10 mg", "5 से 10 mg"),
        ("sw", "5~10 mg", "5, 10 mg"),
        ("it", "0,5-1 mg/kg", "0,5 a 1 mg/kg"),
        ("it", "leucociti 4.000-10.000/mm³", "leucociti 4.000 a 10.000/mm³"),
        ("it", "aumentare 5 mg → 10 mg", "aumentare 5 mg a 10 mg"),
        ("pl", "5->10 mg", "5 do 10 mg"),
        ("ru", "5…10 мг", "5 до 10 мг"),
        ("fi", "5...10 mg", "5 viiva 10 mg"),
        ("sw", "5 mg → 10 mg", "5 mg, 10 mg"),
        ("it", "Impostazioni → Privacy", "Impostazioni, Privacy"),
        ("zh", "4 × 10⁹/L", "4 乘 10 的 9 次方 /L"),
        ("ja", "10⁹/L", "10 の 9 乗 /L"),
        ("nl", "open 8.30-17.00 uur", "open 8.30 tot 17.00 uur"),
    ],
)
def test_every_sign_of_a_range_between_two_amounts_is_to(lang: str, shown: str, words: str) -> None:
    assert said(shown, lang) == (words, [])


@pytest.mark.parametrize("power", ["-1", "−1"])
def test_a_raised_minus_one_is_per(power: str) -> None:
    runs = (Run("15 mg kg"), Run(power, position="sup"), Run(" h"), Run(power, position="sup"))
    assert said("", "it", *runs) == ("15 mg/ kg/ h", [])


@pytest.mark.parametrize(
    ("lang", "shown"),
    [(lang, shown) for lang, shown, _ in SPELLED if lang != "hi"]
    + [("it", "0,5-1 mg/kg"), ("it", "4.000-10.000"), ("pl", "5 mg → 10 mg"), ("ru", "5…10 мг")]
    + [("it", "adrenalina 1:1000"), ("ja", "1:3"), ("nl", "1:10.000"), ("pt", "diluir 1:5 em água")],
)
def test_the_proof_refuses_them_where_they_are_left_to_the_voice(lang: str, shown: str) -> None:
    assert disagreements(Sentence((Run(shown),), shown, (), lang))


@pytest.mark.parametrize("shown", ["06-1234567", "10-20-30", "08-12", "1...", "dal 2020...", "A～B"])
def test_what_is_no_range_stays(shown: str) -> None:
    words, faults = said(shown, "it")
    assert "a " not in words
    assert not faults


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("it", "alle 8:30"), ("nl", "tot 17:00"), ("pl", "o 23:59"), ("it", "1:30:15"), ("fa", "1:1000")],
)
def test_times_of_day_and_what_a_voice_says_with_its_colon_pass(lang: str, shown: str) -> None:
    assert not disagreements(Sentence((Run(shown),), shown, (), lang))


def test_the_voice_says_the_spelled_form_and_was_silent_before() -> None:
    """Why the rule is there: when the voice learns these signs, it can go."""
    lines = [
        "¾ a",
        "⅛ a",
        "１０ a",
        "＜ 5 a",
        "38℃ a",
        "5 kg⁻¹ a",
        "a",
        "5 a",
        "38 a",
        "5 kg a",
        "3/4 a",
        "10 a",
        "38 °C a",
    ]
    asked = subprocess.run(
        [sys.executable, "-m", "tests.speech.phonemes", "hr"],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=True,
    )
    heard = dict(zip(lines, asked.stdout.splitlines(), strict=True))
    assert heard["¾ a"] == heard["⅛ a"] == heard["１０ a"] == heard["a"]
    assert heard["＜ 5 a"] == heard["5 a"]
    assert heard["38℃ a"] == heard["38 a"]
    assert heard["5 kg⁻¹ a"] == heard["5 kg a"]
    assert len({heard[line] for line in ("a", "3/4 a", "10 a", "38 °C a", "38 a")}) == 5


def test_a_per_cent_sign_that_a_voice_drops_is_refused() -> None:
    assert said("Uża krema ta’ 5% kuljum", "mt")[1]
    assert said("Usa una crema 5% al giorno", "it")[1] == []
