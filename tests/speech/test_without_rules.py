"""Languages that have no rules of speech: their amounts are said whole, or the line is refused."""

from __future__ import annotations

import re

import pytest

from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, RULES, spoken
from voicegen.speech.language import language, shared_words
from voicegen.speech.proof_unruled import check_unruled
from voicegen.steps.disagreement import Sentence, disagreements

LESS_AND_MORE = {
    "it": ("meno", "più", "massimo", "almeno"),
    "pt": ("menos", "mais", "máximo", "mínimo"),
    "ca": ("menys", "més", "màxim", "mínim"),
    "nl": ("minder", "meer", "hoogstens", "minstens"),
    "pl": ("mniej", "więcej", "najwyżej", "najmniej"),
    "cs": ("méně", "více", "nejvýše", "nejméně"),
    "ro": ("puțin", "mult", "cel mult", "cel puțin"),
    "sv": ("mindre", "mer", "högst", "minst"),
    "da": ("mindre", "mere", "højst", "mindst"),
    "nb": ("mindre", "mer", "høyst", "minst"),
    "fi": ("alle", "yli", "enintään", "vähintään"),
    "hu": ("kevesebb", "több", "legfeljebb", "legalább"),
    "el": ("λιγότερο", "περισσότερο", "πολύ", "τουλάχιστον"),
    "ru": ("меньше", "больше", "не больше", "не меньше"),
    "uk": ("менше", "більше", "не більше", "не менше"),
    "ar": ("أقل", "أكثر", "الأكثر", "الأقل"),
    "ja": ("小", "大", "小", "大"),
    "zh": ("小", "大", "小", "大"),
    "vi": ("dưới", "trên", "tối đa", "ít nhất"),
    "id": ("kurang", "lebih", "banyak", "sedikit"),
    "hi": ("से कम", "से अधिक", "अधिक से अधिक", "कम से कम"),
    "tr": ("küçük", "büyük", "en fazla", "en az"),
    "cy": ("llai", "mwy", "dim mwy", "leiaf"),
    "ko": ("작", "큼", "최대", "최소"),
    "sk": ("menej", "viac", "najviac", "najmenej"),
    "hr": ("manje", "više", "najviše", "najmanje"),
    "sr": ("manje", "više", "najviše", "najmanje"),
    "sl": ("manj", "več", "največ", "najmanj"),
    "bg": ("по-малко", "повече", "най-много", "най-малко"),
    "et": ("vähem", "rohkem", "kõige rohkem", "vähemalt"),
    "lv": ("mazāk", "vairāk", "ne vairāk", "vismaz"),
    "lt": ("mažiau", "daugiau", "ne daugiau", "ne mažiau"),
    "he": ("פחות", "יותר", "היותר", "לפחות"),
    "fa": ("کمتر", "بیشتر", "حداکثر", "حداقل"),
    "th": ("น้อย", "มาก", "ไม่เกิน", "อย่างน้อย"),
    "ms": ("kurang", "lebih", "banyak", "sekurang"),
    "gl": ("menos", "máis", "máximo", "mínimo"),
}
"""Written apart from the program's own list: a word under the wrong sign is the worst fault that it could have."""


def said(shown: str, lang: str, *runs: Run) -> tuple[str, list[str]]:
    """What is said for a sentence, and the places that the proof finds fault with."""
    parts = runs or (Run(shown),)
    found = spoken(parts, lang, NOTHING_DEFINED)
    return found.text, [one.shown for one in disagreements(Sentence(parts, found.text, found.changes, lang))]


def test_the_list_of_signs_has_these_languages_and_none_that_has_rules() -> None:
    assert set(shared_words("signs")) == set(LESS_AND_MORE)
    assert not any(language(code) for code in LESS_AND_MORE)
    assert "signs of amounts" in RULES


@pytest.mark.parametrize("lang", LESS_AND_MORE)
@pytest.mark.parametrize(
    ("signs", "at"), [(("<",), 0), ((">",), 1), (("≤", "<=", "</="), 2), (("≥", ">=", "> ="), 3)]
)
def test_signs_of_comparison_have_the_words_of_the_language(lang: str, signs: tuple[str, ...], at: int) -> None:
    for sign in signs:
        words, faults = said(f"{sign} 12 mg", lang)
        assert LESS_AND_MORE[lang][at] in words
        assert words.endswith(" 12 mg")
        assert faults == []


@pytest.mark.parametrize("lang", ["it", "nb-NO", "no", "pt-BR", "zh-Hans"])
def test_a_range_a_negative_number_and_a_power_are_said(lang: str) -> None:
    for shown in ("5–10 mg", "−5 °C", "± 2"):
        words, faults = said(shown, lang)
        assert not set(words) & set("–−±")
        assert faults == []


@pytest.mark.parametrize("runs", [(Run("10⁹/L"),), (Run("10"), Run("9", position="sup"), Run("/L"))])
def test_a_power_is_said_where_the_language_has_a_word_for_it_and_else_refused(runs: tuple[Run, ...]) -> None:
    assert said("", "it", *runs) == ("10 elevato a 9 /L", [])
    assert said("", "hu", *runs)[1] != []


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ((Run("38 °C"), Run("2", position="sup"), Run(" in 50"), Run("1–3", position="sup")), "38 °C in 50"),
        ((Run("1"), Run("1", position="sup"), Run("/"), Run("2", position="sub"), Run(" comp.")), "1 1/2 comp."),
        ((Run("Kamer 3 – 020 566 9111"),), "Kamer 3; 020 566 9111"),
        (
            (Run("8"), Run("30", position="sup"), Run(" - 16"), Run("00", position="sup"), Run(" uur")),
            "8:30 tot 16:00 uur",
        ),
    ],
)
def test_marks_of_notes_parts_and_telephone_numbers_are_no_powers_and_no_ranges(
    runs: tuple[Run, ...], words: str
) -> None:
    assert said("", "nl", *runs) == (words, [])


@pytest.mark.parametrize(
    "shown", ["< 12", "≥ 38,5 °C", "± 2", "10⁹", "−5 °C", "~5 mg", "2 × 3", "0·5 mg", "6 ÷ 2", "√9", "5 ‰"]
)
def test_a_sign_without_a_word_is_refused_and_never_dropped(shown: str) -> None:
    assert said(shown, "sw")[1] != []


def test_a_range_without_a_word_becomes_a_pause() -> None:
    assert said("5–10 mg", "sw") == ("5, 10 mg", [])


def test_what_espeak_drops_in_some_languages_only_is_said_there() -> None:
    assert said("50 % - 60%", "ar") == ("50 بالمئة - 60 بالمئة", [])
    assert said("5 mg/kg e 5mg/kg e/ou 120/80", "pt") == ("5 mg por kg e 5mg por kg e/ou 120 barra 80", [])
    assert said("15 mg/kg/dose ou mg/kg", "pt") == ("15 mg por kg por dose ou mg por kg", [])
    assert said("15 mg/kg", "sk") == ("15 mg lomeno kg", [])
    assert said("5 mmol/l", "tr") == ("5 milimol bölü l", [])
    assert disagreements(Sentence((Run("15 mg/kg"),), "15 mg/kg", (), "sk"))
    assert said("5 mg/kg, 50 %", "it") == ("5 mg/kg, 50 %", [])
    assert said("2 × 3", "it") == ("2 per 3", [])


@pytest.mark.parametrize(
    ("shown", "lang"), [("38,5 °C", "be"), ("2.5 mg", "my"), ("1/2", "kl"), ("✗ pombe", "sw"), ("-5 °C", "sw")]
)
def test_it_is_refused_where_nothing_is_known_that_would_say_it(shown: str, lang: str) -> None:
    assert said(shown, lang)[1] != []


@pytest.mark.parametrize(
    ("shown", "said_instead", "lang"),
    [
        ("2.5 mg", "2.5 mg", "pl"),
        ("38.5", "38.5", "ja"),
        ("2,5", "2,5", "ar"),
        ("1/2", "1/2", "pt"),
        ("5-10 mg", "5-10 mg", "it"),
        ("-5 °C", "-5 °C", "ru"),
        ("✗ vino", "✗ vino", "it"),
    ],
)
def test_the_proof_sees_where_they_are_left_to_the_voice(shown: str, said_instead: str, lang: str) -> None:
    assert disagreements(Sentence((Run(shown),), said_instead, (), lang))


def test_hyphens_that_are_typed_for_a_dash_or_a_minus_are_said() -> None:
    assert said("5-10 mg, 38,5 - 39 °C, -5 °C", "it") == ("5 a 10 mg, 38,5 a 39 °C, meno 5 °C", [])
    assert said("5-10錠、-5℃", "ja") == ("5 から 10錠、 マイナス 5 °C", [])
    assert said("5-10 mg", "sw") == ("5, 10 mg", [])
    for shown in ("COVID-19", "22-555-123", "10-20-30", "08-12", "x-5", "118-117"):
        assert said(shown, "it") == (shown, [])


def test_crosses_and_ticks_are_said() -> None:
    assert said("❌ alcol ✅ acqua", "it") == ("no, alcol sì, acqua", [])
    assert said("🚫 alkohol", "pl") == ("nie, alkohol", [])


def test_marks_of_notes_are_left_out_and_dates_and_telephone_numbers_stay() -> None:
    assert said("", "it", Run("Prenda 5 mg"), Run("2", position="note"), Run(".")) == ("Prenda 5 mg.", [])
    for shown in ("01-02-2026", "03-1234-5678", "a -> b", "x < y", "Tel. 118"):
        assert said(shown, "it") == (shown, [])


@pytest.mark.parametrize(
    ("said_instead", "lang"), [("Prenda 50 mg", "it"), ("Prenda mg", "it"), ("Chukua mg", "sw")]
)
def test_digits_that_would_be_said_otherwise_are_noticed(said_instead: str, lang: str) -> None:
    assert disagreements(Sentence((Run("Prenda 5 mg"),), said_instead, (), lang))


MANY = [
    "it",
    "pt-BR",
    "nl",
    "pl",
    "cs",
    "ro",
    "sv",
    "da",
    "nb",
    "ru",
    "uk",
    "el",
    "tr",
    "ar",
    "ja",
    "zh",
    "ko",
    "hi",
    "sk",
]


@pytest.mark.parametrize("lang", MANY)
@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("1–0–1–0", "1, 0, 1, 0"),
        ("1 - 0 - 1", "1, 0, 1"),
        ("2-1-2 mg", "2, 1, 2 mg"),
        ("1\u00a0500 mg", "1500 mg"),
        ("1 500 mg", "1500 mg"),
        ("10\u202f000 IU", "10000 IU"),
        ("1 000 000 IU", "1000000 IU"),
        ("12 500/µl", "12500/µl"),
        ("2 500 mg tabletter", "2, 500 mg tabletter"),
        ("1 200 mg tabletki", "1200 mg tabletki"),
        ("Fase 2 250 mg", "Fase 2, 250 mg"),
        ("Vitamina B 12 250 mg", "Vitamina B 12, 250 mg"),
        ("Krok 1 250 mg", "Krok 1, 250 mg"),
        ("Vitamina D 3 1 000 UI", "Vitamina D 3, 1000 UI"),
        ("1 000 mg tabletter", "1000 mg tabletter"),
        ("116 123", "116 123"),
        ("22 123 45 67", "22 123 45 67"),
        ("777 123 456", "777 123 456"),
        ("5 100", "5 100"),
    ],
)
def test_the_doses_of_a_day_and_spaced_thousands_are_what_they_are_in_every_language(
    lang: str, shown: str, words: str
) -> None:
    spoken_words, faults = said(shown, lang)
    assert re.sub(r" (?:/|por|bölü|lomeno) ", "/", spoken_words) == words
    assert faults == []


IN_NUMBERS = [
    ("nl", "2.5-5 mg", "2,5 tot 5 mg"),
    ("nl", "1-1½ tablet", "1 tot 1½ tablet"),
    ("it", "1-1 1/2 compresse", "1 a 1 1/2 compresse"),
    ("ru", "0...+5 °C", "0 до +5 °C"),
    ("pl", "36.5-37.5 °C", "36,5 do 37,5 °C"),
    ("it", "500-1000 mg", "500 a 1000 mg"),
    ("pl", "1000-2000 j.m.", "1000 do 2000 j.m."),
    ("ar", "500-1000 ملغ", "500 إلى 1000 ملغ"),
    ("nl", "500-1000", "500 tot 1000"),
    ("it", "tel. 800-1200", "tel. 800-1200"),
    ("it", "800-1234", "800-1234"),
    ("nl", "08.00-17.00 uur", "08.00 tot 17.00 uur"),
    ("tr", "<%5, > %10", "küçüktür %5, büyüktür %10"),
    ("ru", "+2...+8 °C", "+2 до +8 °C"),
    ("lv", "+2 … +8 °C", "+2 līdz +8 °C"),
    ("ru", "+2-+8 °C", "+2 до +8 °C"),
    ("ru", "-20...-15 °C", "минус 20 до минус 15 °C"),
    ("pt", "500 mg – 1 g", "500 mg a 1 g"),
    ("it", "10 gocce - 20 gocce", "10 gocce a 20 gocce"),
    ("it", "5 mg - 2 volte", "5 mg - 2 volte"),
    ("pl", "2.5 mg", "2,5 mg"),
    ("pt-BR", "2.5 mg, 5.000 UI, 0.125 mg", "2,5 mg, 5.000 UI, 0,125 mg"),
    ("nl", "om 8.30 uur 2.5 mg", "om 8.30 uur 2,5 mg"),
    ("ja", "38.5℃、1,000人", "38 てん 5 °C、1,000人"),
    ("ko", "2.5 mg", "2 점 5 mg"),
    ("uk", "38,5 °C", "38 кома 5 °C"),
    ("ar", "2,5 أو ٢٫٥", "2.5 أو ٢.٥"),
    ("pt", "1/2 comprimido", "1 barra 2 comprimido"),
    ("tr", "1/2 tablet", "1 bölü 2 tablet"),
    ("it", "2.5 mg, 1/2", "2.5 mg, 1/2"),
    ("it", "−2,5–−1", "meno 2,5 a meno 1"),
    ("pl", "-2,5–-1", "minus 2,5 do minus 1"),
    ("cs", "5 mg–10 mg", "5 mg až 10 mg"),
    ("nl", "2 °C – 8 °C", "2 °C tot 8 °C"),
    ("sv", "5 ml – 3 x", "5 ml – 3 x"),
    ("da", "Opbevares ved –18 °C", "Opbevares ved minus 18 °C"),
    ("pl", "5 mg –10 mg", "5 mg do 10 mg"),
    ("it", "10^9/l", "10 elevato a 9 /l"),
    ("tr", "10^-6", "10 üzeri eksi 6"),
    ("cs", "10⁹/l", "10 na 9 /l"),
    ("it", "1:1000", "1 a 1000"),
    ("zh", "1:10 000", "1 比 10000"),
    ("pl", "1/200 000", "1/200000"),
    ("it", "1:10", "1:10"),
    ("sv", "10 000-20 000 IE", "10000 till 20000 IE"),
    ("it", "in 30′", "in 30 minuti"),
    ("it", "per 10'.", "per 10 minuti ."),
    ("pt", "'5 a 10' vezes", "'5 a 10' vezes"),
    ("cy", "£5", "punt 5"),
    ("pl", "12,50 €", "12,50 euro"),
    ("ko", "> 38.5 °C", "다음보다 큼, 38 점 5 °C"),
    ("ja", "1 234.5 mg", "1234 てん 5 mg"),
    # A point or comma before three digits: voices say thousands, even after a nought.
    ("it", "Digossina 0.125-0.250 mg", "Digossina 0,125 a 0,250 mg"),
    ("it", "p<0.001, 1.000 mg", "p meno di 0,001, 1.000 mg"),
    ("hi", "0,125 mg", "0.125 mg"),
    ("it-CH", "1'000 mg, 12’500 IE", "1000 mg, 12500 IE"),
    ("it", "8.300 persone, art. 3.125", "8.300 persone, art. 3.125"),
    ("nl", "carvedilol 3.125 mg", "carvedilol 3,125 mg"),
    ("ar", "3,125 ملغ", "3.125 ملغ"),
    ("uk", "3,125 мг, 3.125 мг, 1,000", "3 кома 125 мг, 3 кома 125 мг, 1 кома 000"),
    ("kk", "3,125 мг", "3.125 мг"),
    ("af", "2,125 ml, 0,125 ml", "2 komma 125 ml, 0.125 ml"),
    ("ja", "3.125mg", "3 てん 125 mg"),
    ("hr", "1.000 mg, 1.250.000 IU, 3.125 mg", "1000 mg, 1250000 IU, 3.125 mg"),
    ("ms", "1,000 mg, 2.125 mg, 1.500 mg", "1000 mg, 2,125 mg, 1.500 mg"),
    ("id", "1.000 mg, 2.125 mg", "1.000 mg, 2 titik 125 mg"),
    # A decimal sign without its nought, and a decimal comma where decimals have points.
    ("it", "Digossina .5 mg, (.125 mg) o ,5 mg", "Digossina 0.5 mg, (0,125 mg) o 0,5 mg"),
    ("pl", "<.5 mg", "mniej niż 0,5 mg"),
    ("ja", ".5 mg", "0 てん 5 mg"),
    ("it", "pag.5 e fig.5", "pag.5 e fig.5"),
    ("zh", "阿司匹林,100毫克", "阿司匹林,100毫克"),
    ("sw", "12,5 mg, 2,5", "12.5 mg, 2,5"),
    ("hi", "0,0625 mg, 1,234.56 ml", "0.0625 mg, 1234.56 ml"),
    ("it", "1,234.56 e 1.234,56", "1234.56 e 1234,56"),
    ("ko", "1,000.5 mg", "1000 점 5 mg"),
    ("it", "10,000,000 UI, 100,200,300 mg", "10000000 UI, 100,200,300 mg"),
    ("nl", "6.00–8.30 ng/ml", "6,00 tot 8,30 ng/ml"),
    ("it", "Dose: .5 mg, .25 ml", "Dose: 0.5 mg, 0.25 ml"),
    ("hi", "10,20 mg, 2,25 mg", "10, 20 mg, 2.25 mg"),
    ("ka", "5,10 mg", "5.10 mg"),
    ("lb", "5,10 mg", "5.10 mg"),
    ("pl", "8³⁰–16⁰⁰", "8:30 do 16:00"),
    ("pl", "6 x 10¹⁵", "6 x 10 do potęgi 15"),
    ("nl", "4–10 mmol/l, 5mmol", "4 tot 10 millimol/l, 5 millimol"),
    ("ru", "4,2 ммоль/л, 80 мкмоль/л", "4,2 миллимоль/л, 80 мкмоль/л"),
    ("ru", "6,7·10⁹/л", "6,7 умножить на 10 в степени 9 /л"),
    ("it", "lun-ven 8.30-12.30", "lun a ven 8.30 a 12.30"),
    ("it", "lun-mer-ven 1 cp", "lun, mer, ven 1 cp"),
    ("sv", "mån–fre kl. 8–17", "mån till fre kl. 8 till 17"),
    ("pl", "pon.-pt. 7.30-18.00, pt-PT", "pon. do pt. 7.30 do 18.00, pt-PT"),
    ("sv", "1+½+0", "1 + ½ + 0"),
    ("nl", "ma–do 8.30–17 u", "ma tot do 8.30 tot 17 u"),
    ("pl", "o godz. 8.30, co 1.5 godz.", "o godz. 8.30, co 1,5 godz."),
    ("pt", "Tel. (11) 3456-7890, 8-8h", "Tel. (11) 3456, 7890, 8, 8h"),
    ("it", "Toxo IgG -, IgM -", "Toxo IgG meno, IgM meno"),
]


@pytest.mark.parametrize(("lang", "shown", "words"), IN_NUMBERS)
def test_what_voices_drop_in_numbers_is_said(lang: str, shown: str, words: str) -> None:
    assert said(shown, lang) == (words, [])


@pytest.mark.parametrize(
    ("lang", "shown", "spoken_words"),
    [
        ("it", "1–0–1", "1 a 0 a 1"),
        ("nl", "1-1½ tablet", "1-1½ tablet"),
        ("ru", "0…+5 °C", "0…+5 °C"),
        ("it", "500-1000 mg", "500-1000 mg"),
        ("nl", "500-1000", "500-1000"),
        ("nl", "08.00-17.00 uur", "08.00-17.00 uur"),
        ("tr", "> %10", "> %10"),
        ("ru", "+2...+8 °C", "+2...+8 °C"),
        ("ru", "+2-+8 °C", "+2-+8 °C"),
        ("ru", "-20...-15 °C", "минус 20 до -15 °C"),
        ("pt", "500 mg – 1 g", "500 mg – 1 g"),
        ("ru", "1 500 мг", "1 500 мг"),
        ("cs", "10 000", "10 000"),
        ("cs", "5 10 mg", "510 mg"),
        ("cs", "1 500 10", "150010"),
        ("it", "−2,5–−1", "meno 2,5–meno 1"),
        ("it", "5 mg–10 mg", "5 mg–10 mg"),
        ("nl", "–18 °C", "–18 °C"),
        ("it", "in 30′", "in 30′"),
        ("cy", "£5", "£5"),
        ("it", "0.125 mg", "0.125 mg"),
        ("he", "0,125", "0,125"),
        ("it", "1'000 mg", "1'000 mg"),
        ("nl", "3.125 mg", "3.125 mg"),
        ("kk", "3,125 мг", "3,125 мг"),
        ("uk", "3,125 мг", "3,125 мг"),
        ("ja", "3.125", "3.125"),
        ("ms", "1,000 mg", "1,000 mg"),
        ("ms", "2.125 mg", "2.125 mg"),
        ("it", "0.125", "0125"),
        ("it", ".5 mg", ".5 mg"),
        ("it", ".5 mg", "05 mg"),
        ("it", "5 mg", "0.5 mg"),
        ("it", "2 ,5 mg", "2 ,5 mg"),
        ("sw", "2,5 mg", "2,5 mg"),
        ("sw", "10,20 mg", "10.20 mg"),
        ("it", "1,234.56", "1,234.56"),
        ("it", "10,000,000", "10,000,000"),
        ("cs", "1.000 mg", "1000 mg"),
        ("nl", "4 mmol/l", "4 mmol/l"),
    ],
)
def test_the_proof_refuses_what_a_voice_would_say_otherwise(lang: str, shown: str, spoken_words: str) -> None:
    assert check_unruled([Run(shown)], spoken_words, [], lang)
