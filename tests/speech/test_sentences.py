"""Where sentences end. A bar | in a text marks the end that a reader would hear."""

from __future__ import annotations

import pytest

from voicegen.speech import sentences

MEDICAL = [
    ("ru", "Хранить при +2...+8 °C.|Не замораживать."),
    ("de", "Bei −20... −15 °C lagern.|Danach nicht."),
    ("en", "See Dr. Ruiz on Monday.| Bring your tablets."),
    ("en", "Take approx. 10 mL. of water with it.| Then rest."),
    ("en", "Avoid dairy, e.g. milk and cheese.| Eat little."),
    ("en", "The dose is 2.5 mg.| Do not take more."),
    ("en", "It is caused by C. difficile.| Wash your hands."),
    ("en", "See Fig. 2 and no. 5 for details.| Ask us if unsure."),
    ("en", "She went to St. John's Hospital.| She is better."),
    ("en", "Take it at 8 a.m. and 8 p.m. each day.| Use food."),
    ("en", "Take it at 8 a.m.| The next dose is at noon."),
    ("en", "John F. Kennedy had back pain.| Many people do."),
    ("en", "Eat foods with vitamin C.| Drink water."),
    ("en", "You may have hepatitis B.| A test will show it."),
    ("en", "It was approved by the U.S. Food and Drug Administration.| It is safe."),
    ("en", "Wait... then call for help.| Stay calm."),
    ("en", "“Is it serious?” she asked.| “No,” he said."),
    ("en", "Do you smoke? |Do you drink? |Tell us!"),
    ("en", "Your temperature is 37.5 °C.| Call if it rises."),
    ("en", "Take 5 mg b.i.d. with food.| Do not crush it."),
    ("en", "Smith et al. found the same.| Others agreed."),
    ("en", "Drug vs. placebo was tested.| The drug won."),
    ("en", "Dr. J. R. Smith wrote this.| He is a surgeon."),
    ("en", "Reviewed on Jan. 5 by our team.| Next review in a year."),
    ("en", "1. Rest your back.| 2. Use ice."),
    ("en", "1. Take 5 mg |2. Take 10 mg |3. Stop it."),
    ("en", "1. The dose is 2.| Take it."),
    ("en", "Rest (see p. 4).| Then walk."),
    ("en", "It costs £5.50.| It is free for children."),
    ("en", "Do not drive.|Call a friend."),
    ("en", "Bleeding may occur (rarely.)| Tell us."),
    ("en", "Mr. and Mrs. Green came.| They were well."),
    ("en", "Read www.example.org.uk for more.| Or call us."),
    ("en", "Prof. Lee and Dr. Wu agree.| So do we."),
    ("en", "Patients with type II.| Others too."),
    ("en", "The pain is sharp, dull, etc.| It can move."),
    ("en", "Symptoms: pain, fever, etc. are common.| See us."),
    ("en", "It lasts max. 3 days."),
    ("en", "Is it 5.5 or 6?| Ask."),
    ("en", "Avoid alcohol!| It harms the liver."),
    ("en", "Stop (at once!) and call.| Wait."),
    ("en", "The eGFR fell.| eGFR is a kidney test."),
    ("es", "Consulte al Dr. Gómez.| No espere."),
    ("es", "La Sra. Ruiz mejoró.| Ya camina."),
    ("es", "Coma fibra, p. ej. legumbres.| Beba agua."),
    ("es", "Tome aprox. 10 ml de agua.| Descanse."),
    ("es", "¿Le duele?| ¡Llame ya!"),
    ("es", "La dosis es de 2,5 mg.| No tome más."),
    ("es", "Vea la fig. 2 y el núm. 5.| Pregunte."),
    ("es", "Evite té, café, etc. por la noche.| Duerma bien."),
    ("fr", "Voyez le Dr. Martin.| N'attendez pas."),
    ("fr", "Voyez M. Durand demain.| Il est là."),
    ("fr", "Mangez des fibres, p. ex. des lentilles.| Buvez."),
    ("fr", "La dose est de 2,5 mg.| Ne dépassez pas."),
    ("fr", "Avez-vous mal ?| Appelez !"),
    ("fr", "Attendez env. 10 min.| Puis marchez."),
    ("fr", "« Est-ce grave ? » demanda-t-elle.| Non."),
    ("de", "Fragen Sie Dr. Weber.| Warten Sie nicht."),
    ("de", "Essen Sie z. B. Linsen.| Trinken Sie viel."),
    ("de", "Am 3. Mai war der Termin.| Er ging gut."),
    ("de", "Warten Sie ca. 10 Minuten.| Gehen Sie dann."),
    ("de", "Nehmen Sie max. 3 Tabletten, d. h. wenige.| Fragen Sie."),
    ("de", "Die Dosis beträgt 2,5 mg.| Nicht mehr."),
    ("de", "Siehe Abb. 2 und Nr. 5.| Danke."),
    ("de", "Tee, Kaffee usw. sind erlaubt.| Alkohol nicht."),
    ("pl", "Tel. 22 123 45 67, pn.–pt. 8.00–15.35.| Zapraszamy."),
    ("pl", "Choruje ok. 70 tys. osób rocznie.| To dużo."),
    ("tr", "0 (212) 123 45 67, Pzt.–Cuma 08.00–17.00.| Arayın."),
    ("pt", "Paracetamol 1 g, no máx. 4 g por dia.| Não mais."),
    ("pt", "Tome um comprimido.| 2 horas depois, tome outro."),
    ("ja", "薬を飲んでください。|水も飲んでください。"),
    ("hi", "दवा लें।| आराम करें।"),
    ("ar", "هل تشعر بألم؟| اتصل بنا."),
]


def marked(text: str) -> tuple[str, list[str]]:
    """The text without bars, and its sentences."""
    parts = [part.strip() for part in text.split("|")]
    return text.replace("|", ""), parts


@pytest.mark.parametrize(("lang", "text"), MEDICAL, ids=lambda value: value)
def test_a_sentence_ends_where_a_reader_hears_its_end(lang: str, text: str) -> None:
    plain, expected = marked(text)
    assert [plain[start:end] for start, end in sentences(plain, lang)] == expected


def test_a_long_sentence_is_cut_at_clause_marks_only() -> None:
    clause = "if the pain comes back, if you have a fever of 38.5 or more, or if you do not feel better"
    plain = "; ".join([clause] * 8) + "."
    parts = [plain[start:end] for start, end in sentences(plain, "en")]
    assert len(parts) > 2
    assert all(len(part) <= 300 for part in parts)
    assert all(part[-1] in ",;:." for part in parts)
    assert " ".join(parts) == plain


def test_a_sentence_of_three_hundred_characters_is_left_whole() -> None:
    plain = ("word, " * 49).strip() + " end."
    assert sentences(plain, "en") == [(0, len(plain))]


def test_text_without_any_end_is_cut_between_words_and_never_inside_an_amount() -> None:
    plain = ("take 5 mg every 6 hours but never more than 20 mg " * 60).strip()
    parts = [plain[start:end] for start, end in sentences(plain, "en")]
    assert all(len(part) <= 1000 for part in parts)
    assert all(part.split()[-1] not in {"5", "6", "20", "never", "than", "more"} for part in parts[:-1])


def test_one_endless_word_is_cut_all_the_same() -> None:
    assert [end - start for start, end in sentences("x" * 2500, "en")] == [1000, 1000, 500]


def test_white_space_is_no_sentence() -> None:
    assert sentences("", "en") == []
    assert sentences(" \n\t\u00a0 ", "en") == []


def test_a_blank_line_ends_a_sentence() -> None:
    assert len(sentences("Back pain\n\nRest helps.", "en")) == 2


def test_a_no_break_space_after_a_dot_does_no_harm() -> None:
    plain = "Ver C\u00a0.\u00a0Jan y\u00a0más. Fin."
    assert "".join(plain[a:b] for a, b in sentences(plain, "es")).replace(" ", "")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("es", "la 1ª dosis y la 2.ª dosis"),
        ("es", "1 comp. c/12 h"),
        ("de", "max. 4 Tbl./Tag"),
        ("de", "Am 1.-3. Tag ruhen"),
        ("de", "150–400 Tsd./µl"),
        ("en", "vit. C 500 mg"),
    ],
)
def test_short_forms_in_the_middle_do_not_end_a_sentence(lang: str, text: str) -> None:
    assert len(sentences(text, lang)) == 1


@pytest.mark.parametrize("lang", ["en", "de", "es", "it", "pl"])
def test_a_date_without_its_year_does_not_end_a_sentence_before_the_other_date(lang: str) -> None:
    text = "01.01.–31.03.2024"
    assert sentences(text, lang) == [(0, len(text))]
