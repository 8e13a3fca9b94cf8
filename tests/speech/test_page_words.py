"""What a page says of its own abbreviations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.speech.saying import faults
from voicegen.config import Rests
from voicegen.model.document import Document, Paragraph, Run, Section, Text, numbered, text
from voicegen.speech import page_words
from voicegen.speech.page_words import is_short_form
from voicegen.steps import scripting
from voicegen.steps.proving import prove


def page(*words: Text) -> Document:
    section = Section(text("Terms"), 2, tuple(Paragraph(piece) for piece in words[1:]))
    return Document(text("Title"), "en", (Paragraph(words[0]),), (section,))


@pytest.mark.parametrize(
    ("sentence", "short", "name"),
    [
        ("Your body mass index (BMI) is high.", "BMI", "body mass index"),
        ("It is a transient ischaemic attack (TIA).", "TIA", "transient ischaemic attack"),
        (
            "Chronic obstructive pulmonary disease (COPD) is common.",
            "COPD",
            "Chronic obstructive pulmonary disease",
        ),
        (
            "Non-steroidal anti-inflammatory drugs (NSAIDs) help.",
            "NSAIDs",
            "Non-steroidal anti-inflammatory drugs",
        ),
    ],
)
def test_a_name_with_its_short_form_in_brackets_is_found(sentence: str, short: str, name: str) -> None:
    assert page_words(page(text(sentence))).names == {short: name}


@pytest.mark.parametrize(
    "sentence", ["Ask (NHS) now.", "It is warm (USA).", "Call us (MRI).", "(BMI)", "x " * 200 + "(BMI)"]
)
def test_brackets_without_the_name_before_them_define_nothing(sentence: str) -> None:
    assert page_words(page(text(sentence))).names == {}


def test_the_expansion_in_markup_is_found_in_any_place() -> None:
    run = Run("ECG", abbr="electrocardiogram")
    assert page_words(page(text("None here."), Text((Run("An "), run)))).names == {"ECG": "electrocardiogram"}


def test_the_first_explanation_holds_but_a_short_form_with_two_names_is_said_by_neither() -> None:
    first, second = (Text((Run("ED", abbr=name),)) for name in ("emergency department", "eating disorder"))
    assert page_words(page(first, second)).names == {"ED": "emergency department"}
    assert page_words(page(first, second)).spoken_names == {}
    plural = Text((Run("ED", abbr="Emergency Departments"),))
    assert page_words(page(first, plural)).spoken_names == {"ED": "emergency department"}


@pytest.mark.parametrize(
    ("sentence", "lang", "names"),
    [
        ("The body mass index (BMI) counts.", "en", {"BMI": "body mass index"}),
        ("The BMI (body mass index) counts.", "en", {"BMI": "body mass index"}),
        ("Ribonucleic acid (RNA) copies it.", "en", {"RNA": "Ribonucleic acid"}),
        ("Tuberculosis (TB) is catching.", "en", {"TB": "Tuberculosis"}),
        ("Have a scan of the chest (CT) today.", "en", {}),
        ("It is run by the National Health Service (NHS).", "en", {}),
        ("A severe acute illness of the kidney and disease (AKI).", "en", {}),
        ("Factor 5 Leiden (FL) is rare.", "en", {}),
        ("El índice de masa corporal (IMC) cuenta.", "es", {"IMC": "índice de masa corporal"}),
        ("L'imagerie par résonance magnétique (IRM) aide.", "fr", {"IRM": "imagerie par résonance magnétique"}),
        ("Die koronare Herzkrankheit (KHK) ist ernst.", "de", {"KHK": "koronare Herzkrankheit"}),
    ],
)  # fmt: skip
def test_only_a_name_that_the_short_form_spells_is_ever_said_for_it(
    sentence: str, lang: str, names: dict[str, str]
) -> None:
    document = Document(text("Title"), lang, (Paragraph(text(sentence)),), ())
    assert page_words(document).spoken_names == names


def test_an_ordinary_word_with_a_title_is_explained_once_and_not_replaced() -> None:
    word = Run("pseudarthrosis", abbr="false joint: bone that has not healed")
    page_ = numbered(page(Text((Run("A "), word, Run(" may hurt."))), Text((Run("Treat the "), word, Run(".")))))
    script = scripting.write(page_, Rests(), 3, "", lambda lang: True)
    said = [line.spoken for line in script.lines if line.role == "paragraph"]
    assert said == [
        "A pseudarthrosis, false joint: bone that has not healed, may hurt.",
        "Treat the pseudarthrosis.",
    ]
    assert prove(page_, script, "page") == []
    assert page_words(page_).names == {}


def test_what_is_said_again_as_a_header_is_not_explained_again() -> None:
    title = Text((Run("Pseudarthrosis", abbr="false joint"),))
    script = scripting.write(numbered(Document(title, "en", (), ())), Rests(), 3, "", lambda lang: True)
    assert script.lines[0].spoken == "Pseudarthrosis, false joint"
    assert "false joint" not in script.lines[-1].spoken


@pytest.mark.parametrize(
    ("words", "name", "short"),
    [
        ("CRP", "C-reactive protein", True),
        ("t.i.d.", "three times a day", True),
        ("T3", "triiodothyronine", True),
        ("mcg", "micrograms", True),
        ("bpm", "beats per minute", True),
        ("temp", "temperature", True),
        ("C. diff", "Clostridioides difficile", True),
        ("pseudarthrosis", "false joint", False),
        ("Stenosis", "narrowing", False),
        ("slipped disc", "a bulge", False),
        ("laminectomy and fusion", "an operation", False),
        ("10 ml", "40 ml a day at most", False),
        ("12 tabs", "no more than two at once", False),
        ("5mg", "5 grams", False),
        ("Do", "Do not", False),
        ("5-FU", "fluorouracil", True),
    ],
)
def test_an_abbreviation_is_told_from_a_word(words: str, name: str, short: bool) -> None:
    assert is_short_form(words, name) is short


def jumped_into(lang: str, first: str, *later: str) -> list[str]:
    """What is said in the chapters after the first, by paragraphs; and the proof finds nothing wrong."""
    sections = tuple(Section(text(f"Part {at}"), 2, (Paragraph(text(words)),)) for at, words in enumerate(later))
    document = numbered(Document(text("Title"), lang, (Paragraph(text(first)),), sections))
    script = scripting.write(document, Rests(), 3, "", lambda lang: True)
    assert prove(document, script, "page") == []
    return [line.spoken for chapter in script.chapters[1:] for line in chapter.lines if line.role == "paragraph"]


def test_each_chapter_says_the_full_name_at_its_first_use_and_then_the_letters() -> None:
    assert jumped_into(
        "en",
        "Your body mass index (BMI) is a measure.",
        "A BMI of 30 is high. A BMI of 40 is higher.",
        "If your BMI is high, lose 5 kg.",
    ) == [
        "A body mass index (B M I) of 30 is high.",
        "A B M I of 40 is higher.",
        "If your body mass index (B M I) is high, lose 5 kilograms.",
    ]


@pytest.mark.parametrize(
    ("lang", "first", "later", "expected"),
    [
        ("en", "Magnetic resonance imaging (MRI) helps.", "Have an MRI now.",
         "Have a Magnetic resonance imaging (M R I) now."),
        ("en", "A magnetic resonance image (MRI) helps.", "An MRI helps.",
         "A magnetic resonance image (M R I) helps."),
        ("en", "A urinary tract infection (UTI) hurts.", "A UTI hurts.",
         "A urinary tract infection (U T I) hurts."),
        ("en", "Your body mass index (BMI) counts.", "Weight (BMI) and BMI-based.",
         "Weight (body mass index, B M I) and B M I-based."),
        ("en", "Your body mass index (BMI) counts.", "The body mass index, or BMI.",
         "The body mass index, or B M I."),
        ("en", "Chronic pain syndrome (CPS) hurts.", "See www.CPS.org", "See CPS dot org"),
        ("fr", "L'hypertension artérielle (HTA) est là.", "En cas de HTA, venez.",
         "En cas d'hypertension artérielle (H T A), venez."),
        ("fr", "La sclérose en plaques (SEP) est là.", "Contre l'SEP, rien.", "Contre l'S E P, rien."),
        ("fr", "Les anti-inflammatoires non stéroïdiens (AINS) sont là.", "Les AINS, jamais plus de 3 g.",
         "Les anti-inflammatoires non stéroïdiens (A I N S), jamais plus de 3 grammes."),
        ("es", "La enfermedad pulmonar obstructiva crónica (EPOC) cansa.", "No fume con EPOC.",
         "No fume con enfermedad pulmonar obstructiva crónica (EPOC)."),
        ("de", "Der Body-Mass-Index (BMI) zählt.", "Ein BMI von 30.", "Ein Body-Mass-Index (B M I) von 30."),
    ],
)  # fmt: skip
def test_the_name_fits_into_the_sentence(lang: str, first: str, later: str, expected: str) -> None:
    assert jumped_into(lang, first, later) == [expected]


def test_a_short_form_with_a_number_keeps_it() -> None:
    first = Paragraph(Text((Run("Triiodothyronine is "), Run("T3", abbr="triiodothyronine"), Run("."))))
    section = Section(text("Values"), 2, (Paragraph(text("T3 of 5 pmol/L is normal.")),))
    document = numbered(Document(text("Thyroid"), "en", (first,), (section,)))
    script = scripting.write(document, Rests(), 3, "", lambda lang: True)
    assert "triiodothyronine (T3) of 5 picomoles per litre is normal." in [line.spoken for line in script.lines]
    assert prove(document, script, "page") == []


def test_marked_abbreviations_are_named_once_a_chapter_and_headings_stay_short() -> None:
    def marked() -> Paragraph:
        return Paragraph(Text((Run("Your "), Run("ECG", abbr="electrocardiogram"), Run(" is fine."))))

    section = Section(Text((Run("ECG", abbr="electrocardiogram"),)), 2, (marked(), marked()))
    later = Section(text("The ECG"), 2, (marked(),))
    document = numbered(Document(text("Heart"), "en", (), (section, later)))
    script = scripting.write(document, Rests(), 3, "", lambda lang: True)
    said = [line.spoken for line in script.lines if line.target]
    assert said[1:] == [
        "electrocardiogram (E C G)",
        "Your E C G is fine.",
        "Your E C G is fine.",
        "The E C G",
        "Your electrocardiogram (E C G) is fine.",
    ]
    assert prove(document, script, "page") == []


def test_a_name_that_is_not_the_pages_own_is_stopped() -> None:
    section = Section(text("More"), 2, (Paragraph(text("A BMI of 30.")),))
    document = numbered(
        Document(text("T"), "en", (Paragraph(text("Your body mass index (BMI) counts.")),), (section,))
    )
    script = scripting.write(document, Rests(), 3, "", lambda lang: True)
    (line,) = [line for line in script.lines if "body mass index (B M I) of 30" in line.spoken]
    (change,) = line.changes
    wrong = replace(change, spoken="body mass index, not weight (B M I)")
    spoken = line.spoken.replace("index (", "index, not weight (")
    lines = tuple(
        replace(one, spoken=spoken, changes=(wrong,)) if one is line else one for one in script.chapters[1].lines
    )
    chapters = (script.chapters[0], replace(script.chapters[1], lines=lines))
    assert prove(document, replace(script, chapters=chapters), "page")


@pytest.mark.parametrize(
    ("lang", "lines", "spoken"),
    [
        ("fr", ("1- 500 mg", "2- 250 mg"), ("1, 500 milligrammes", "2, 250 milligrammes")),
        ("fr", ("1/ 5 mg", "Repos", "2/ 10 mg"), ("1, 5 milligrammes", "Repos", "2, 10 milligrammes")),
        ("es", ("1.- 5 mg", "2.- Descanso"), ("1, 5 miligramos", "2.- Descanso")),
        ("it", ("1- 500 mg", "2- 250 mg"), ("1, 500 mg", "2, 250 mg")),
        ("en", ("1- 5 mg 2- 10 mg",), ("1, 5 milligrams 2, 10 milligrams",)),
        ("en", ("1- 5 mg", "3- 10 mg"), ("1 to 5 milligrams", "3 to 10 milligrams")),
        ("en", ("Dose 1 – 5 mg", "Dose 2 – 10 mg"), ("Dose 1, 5 milligrams", "Dose 2, 10 milligrams")),
        ("en", ("Dose 1 – 2 mg", "Dose 2 – 4 mg"), ("Dose 1 to 2 milligrams", "Dose 2 to 4 milligrams")),
        ("en", ("Dose 5 – 10 mg", "Dose 2 – 4 mg"), ("Dose 5 to 10 milligrams", "Dose 2 to 4 milligrams")),
        ("it", ("Dose 1 – 5 mg", "Dose 2 – 10 mg"), ("Dose 1, 5 mg", "Dose 2, 10 mg")),
        ("en", ("1- 2 ml", "2- 3 ml"), ("1 to 2 millilitres", "2 to 3 millilitres")),
    ],
)
def test_numbers_that_are_typed_before_lines_are_no_part_of_the_amounts(
    lang: str, lines: tuple[str, ...], spoken: tuple[str, ...]
) -> None:
    document = numbered(Document(text("-"), lang, tuple(Paragraph(text(line)) for line in lines), ()))
    script = scripting.write(document, Rests(), 3, "", lambda _: True)
    said = [line.spoken for line in script.lines if line.role == "paragraph"]
    assert said == list(spoken)
    assert prove(document, script, "page") == []


def test_a_short_form_of_prescriptions_is_said_by_no_name_of_the_page() -> None:
    words = page_words(page(text("Bipolar disorder (BD) and an overdose (OD)."), text("Lithium 400 mg BD.")))
    assert words.spoken_names == {}
    said = [
        line.spoken
        for line in scripting.write(
            page(*map(text, ("Bipolar disorder (BD).", "Take 5 mg BD."))), Rests(), 3, "", lambda _: True
        ).lines
    ]
    assert "Take 5 milligrams twice a day." in said
    assert faults("An overdose (OD) is", "An overdose (O D) is", "en") == []
