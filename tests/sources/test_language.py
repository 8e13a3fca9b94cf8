from typing import Any

import pytest

from voicegen.contracts import SourceFile
from voicegen.sources.language import contradicts, language_of, settled

SENTENCES = {
    "en": "The knee is the largest joint of the body and it carries our weight.",
    "es": "La rodilla es la articulación más grande del cuerpo y soporta el peso.",
    "fr": "Le genou est la plus grande articulation du corps et il porte le poids.",
    "de": "Das Knie ist das größte Gelenk des Körpers und trägt das Gewicht.",
    "it": "Il ginocchio è la più grande articolazione del corpo e porta il peso.",
    "pt": "O joelho é a maior articulação do corpo e não descansa com o peso.",
    "nl": "De knie is het grootste gewricht van het lichaam en draagt ons gewicht.",
    "pl": "Kolano jest największym stawem w ciele i nie odpoczywa na schodach.",
    "ru": "Колено — самый большой сустав, и оно не отдыхает на лестнице.",
    "uk": "Коліно є найбільшим суглобом, і воно не відпочиває на сходах або з вантажем.",
    "ar": "الركبة هي أكبر مفصل في الجسم وهي تحمل الوزن على كل خطوة من هذا.",
    "fa": "زانو بزرگ‌ترین مفصل بدن است و وزن را با هر قدم که این تحمل می کند.",
    "ur": "گھٹنا جسم کا سب سے بڑا جوڑ ہے اور یہ ہر قدم پر وزن کو اٹھاتا ہے۔",
    "hi": "घुटना शरीर का सबसे बड़ा जोड़ है और यह हर कदम पर वज़न को उठाता है।",
    "mr": "गुडघा हा शरीरातील सर्वात मोठा सांधा आहे आणि ते वजन उचलते किंवा नाही.",
    "ja": "膝は体の中でいちばん大きい関節です。",
    "zh": "膝盖是身体最大的关节。",
    "ko": "무릎은 몸에서 가장 큰 관절입니다.",
    "th": "เข่าเป็นข้อต่อที่ใหญ่ที่สุดของร่างกาย",
    "el": "Το γόνατο είναι η μεγαλύτερη άρθρωση.",
    "he": "הברך היא המפרק הגדול ביותר בגוף.",
    "ta": "முழங்கால் உடலின் மிகப்பெரிய மூட்டு.",
}


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES.items())
def test_one_sentence_tells_the_language(tag: Any, sentence: Any) -> None:
    assert language_of(sentence) == tag


@pytest.mark.parametrize("text", ["", "12 mg/ml", "Knie", "xyzzy plugh"])
def test_too_little_text_tells_nothing(text: Any) -> None:
    assert language_of(text) == ""


def test_a_word_in_another_language_contradicts_nothing() -> None:
    assert contradicts("en", SENTENCES["en"] + " L'eau est la vie.") == ""


@pytest.mark.parametrize(("declared", "written"), [("en", "fr"), ("de", "ar"), ("en-US", "hi"), ("fr", "ja")])
def test_a_whole_text_in_another_language_contradicts(declared: Any, written: Any) -> None:
    assert contradicts(declared, (SENTENCES[written] + " ") * 5) == written


def test_neighbouring_languages_do_not_contradict_each_other() -> None:
    assert contradicts("nb", "Kneet er det største leddet i kroppen og det er til å gå på. " * 5) == ""


@pytest.mark.parametrize(
    ("page", "for_all", "for_page", "written", "lang", "doubt"),
    [
        ("en-GB", "fr", "", "en", "en-GB", ""),
        ("en_UK", "", "", "en", "en-GB", ""),
        ("en", "fr", "en-AU", "en", "en-AU", ""),
        ("", "en-AU", "", "en", "en-AU", ""),
        ("klingon", "en-AU", "", "en", "en-AU", '"klingon" is no language; voicegen.toml says "en-AU"'),
        ("klingon", "", "", "fr", "fr", '"klingon" is no language; "fr" was told from its text'),
        ("und", "", "", "de", "de", '"und" is no language'),
        ("", "", "", "de", "de", 'does not say its language; "de" was told'),
        ("en", "", "", "fr", "fr", 'The page says that its language is "en", but its text is in "fr"'),
        ("", "en", "", "fr", "fr", 'voicegen.toml says that its language is "en", but its text is in "fr"'),
        ("", "", "en", "fr", "en", 'voicegen.toml says that its language is "en"; its text seems to be in "fr"'),
    ],
)
def test_the_language_is_the_pages_the_sites_or_the_texts_in_that_order(
    page: str, for_all: str, for_page: str, written: str, lang: str, doubt: str
) -> None:
    file = SourceFile("a.html", b"", for_all, page_lang=for_page)
    found, notices = settled(file, page, (SENTENCES[written] + " ") * 5)
    assert found == lang
    assert bool(notices) is bool(doubt)
    assert doubt in " ".join(notices)


def test_a_text_too_short_to_tell_is_taken_for_english_with_a_note() -> None:
    assert settled(SourceFile("a.html", b""), "", "1 2 3") == (
        "en",
        ["The page does not say its language, and its text is too short to tell it; English was assumed."],
    )


@pytest.mark.parametrize(
    "text",
    [
        "Migraine, patient leaflet v 3. Dose 1-2 tabs prn. DO NOT drive. DO drink water. See GP if v bad.",
        "Do: ice, rest. Do not: kneel. Do: walk, swim, cycle. No: running, jumping, squatting, football, tennis.",
    ],
)
def test_notes_in_english_are_not_taken_for_a_language_that_shares_a_few_short_words(text: str) -> None:
    assert language_of(text) in {"", "en"}
