"""What is one person's is found in many languages, and what pages about conditions say is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen import extensions
from voicegen.contracts import SourceFile
from voicegen.model.document import texts
from voicegen.personal import signs
from voicegen.personal.numbers import NUMBERS, _nhs

ROOT = Path(__file__).parent.parent.parent


def kinds(*lines: str) -> list[str]:
    return [sign.kind for sign in signs(lines)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Your reference is 943 476 5919.", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("943\u00a0476\u00a05919", "an NHS number"),
        ("٩٤٣ ٤٧٦ ٥٩١٩", "an NHS number"),
        ("943 4\u200b76 5919", "an NHS number"),
        ("SSN on file: 219-09-9998", "a social security number"),
        ("Documento 12345678Z", "a Spanish identity number"),
        ("NIE: X1234567L", "a Spanish identity number"),
        ("Assuré 2 55 08 14 168 025 38", "a French social security number"),
        ("Codice: RSSMRA85T10A562S", "an Italian tax code"),
        ("CPF 529.982.247-25", "a Brazilian CPF"),
        ("44051401359", "a PESEL number"),
        ("Versichert: A123456780", "a German health insurance number"),
    ],
)
def test_a_number_that_passes_its_own_check_is_found_without_a_label(line: str, kind: str) -> None:
    assert kind in kinds(line)


@pytest.mark.parametrize(
    "line",
    [
        "943 476 5918",
        "111 111 1111",
        "Call 943 476 5919 for help.",
        "Helpline: 943 476 5919",
        "☎ 943 476 5919",
        "+44 943 476 5919",
        "10.1016/j.spinee.9434765919",
        "https://example.org/9434765919",
        "0.9434765919",
        "000-12-3456",
        "912-12-3456",
        "12345678A",
        "529.982.247-24",
        "44051401358",
        "44991401359",
        "A123456781",
        "RSSMRA85T10A562T",
    ],
)
def test_a_number_that_fails_its_check_or_is_something_else_is_not(line: str) -> None:
    assert kinds(line) == []


@given(st.text("0123456789", min_size=9, max_size=9))
def test_an_nhs_number_has_one_check_digit_at_most(nine: str) -> None:
    assert sum(_nhs(nine + last) for last in "0123456789") <= 1


@pytest.mark.parametrize(
    "line",
    [
        "Date of birth: 12/03/1961",
        "DOB 3.12.61",
        "D.O.B.: 12 March 1961",
        "She was born on 12th March 1961.",
        "Date of Birth – March 12, 1961",
        "Fecha de nacimiento: 12 de marzo de 1961",
        "Née le 12 mars 1961",
        "Geburtsdatum: 12. März 1961",
        "geb. am 12.03.1961",
        "Data di nascita 12/03/1961",
        "Geboortedatum: 12-03-1961",
        "Data de nascimento: 12/03/1961",
        "Data urodzenia: 1961-03-12",
        "تاريخ الميلاد: ١٢/٠٣/١٩٦١",
        "जन्म तिथि: १२/०३/१९६१",
        "出生日期：1961年3月12日",
        "生年月日 1961年3月12日",
        "Дата рождения: 12.03.1961",
    ],
)
def test_a_date_of_birth_is_found_in_many_languages(line: str) -> None:
    assert kinds(line) == ["a date of birth"]


def test_a_label_and_its_value_may_stand_in_lines_of_their_own() -> None:
    assert [*map(str, kinds("Date of birth", "12/03/1961"))] == ["a date of birth"]
    assert [(sign.kind, sign.line) for sign in signs(["About you", "Hospital number", "RX 448 2019"])] == [
        ("the number of a record", 2)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Hospital No. 4482019",
        "Hospital number: RX-4482019",
        "MRN 0048 2019",
        "Patient ID is 448201",
        "NHS number: 943 476 5918",
        "Nº de historia clínica: 448201",
        "Numéro de dossier : 448201",
        "Patienten-Nr. 448201",
        "Cartella clinica n. 448201",
        "BSN 111222333",
        "Número de utente: 448201999",
        "患者番号：448201",
        "病历号448201",
        "رقم الملف: 448201",
    ],
)
def test_the_number_of_a_record_is_found_behind_its_label(line: str) -> None:
    assert kinds(line) == ["the number of a record"]


@pytest.mark.parametrize(
    "line",
    [
        "Dear Mr Smith,",
        "Dear Mrs O’Neill",
        "3 May. Dear Dr. Patel, thank you for your letter.",
        "Dear Sarah,",
        "Dear Sarah Jane",
        "Estimada Sra. García:",
        "Chère Madame Dupont,",
        "Madame Dupont,",
        "Sehr geehrte Frau Dr. Müller,",
        "Lieber Thomas,",
        "Gentile signora Rossi,",
        "Geachte mevrouw De Vries,",
        "Exmo. Sr. Silva,",
        "Szanowna Pani Kowalska,",
    ],
)
def test_a_greeting_of_one_person_is_found(line: str) -> None:
    assert kinds(line) == ["a greeting"]


@pytest.mark.parametrize(
    "line",
    [
        "Patient name: John Smith",
        "Nombre del paciente: Ana López",
        "Nom du patient : Luc Petit",
        "患者氏名：山田太郎",
    ],
)
def test_a_field_with_a_name_is_found(line: str) -> None:
    assert kinds(line) == ["a person's name"]


@pytest.mark.parametrize(
    "line",
    [
        "Dear patient,",
        "Dear Parent or Carer,",
        "Dear Colleague",
        "Dear all,",
        "Sehr geehrte Damen und Herren,",
        "Liebe Patientin, lieber Patient,",
        "Liebe Eltern,",
        "Estimados pacientes,",
        "Chers patients,",
        "Cara Lateral",
        "Madame Curie discovered radium.",
        "Your hospital number is on your letter.",
        "Have your NHS number and date of birth ready.",
        "Write your date of birth on the form.",
        "Date of birth: ____",
        "Patient name:",
        "Babies born on or after 1 July 2024 are offered it.",
        "Girls born between 1 September 2008 and 31 August 2010",
        "Everyone born on 1 September 1952 or later can have it.",
        "Marie Curie was born on 7 November 1867.",
        "Les IPP 20 mg sont pris à jeun.",
        "CPR 2015 guidelines",
        "weź 3 dni 1000 mg, nie 2000 mg",
        "Take 500 mg 3 times a day, at most 4000 mg in 24 hours.",
        "Reviewed: 12/03/2024. Next review due 12/03/2027.",
        "Your blood pressure of 120/80 on 12/03/2024 was normal.",
        "Ring 111, or 0300 123 1234.",
        "In the US call (617) 555-0199 or 1-800-273-8255.",
        "Between 2010 and 2020, 1 234 567 890 tablets were sold.",
        "Risk: 1 in 100 000 (95% CI 0.8 to 1.2), n = 12345678.",
    ],
)
def test_what_pages_about_conditions_say_is_not_taken_for_a_person(line: str) -> None:
    assert kinds(line) == []


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "content").iterdir()) if path.suffix != ".toml"],
    ids=lambda path: path.name,
)
def test_our_own_pages_raise_no_alarm(path: Path) -> None:
    document = extensions.source(path.name).read(SourceFile(path.name, path.read_bytes()))
    assert kinds(*(text.plain for text in texts(document))) == []


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_lines_are_read_and_every_sign_is_in_one_of_them(lines: list[str]) -> None:
    assert all(0 <= sign.line < len(lines) for sign in signs(lines))


@given(st.integers(0, 10**14), st.sampled_from(["{}", "Z{}", "X{}L"]))
def test_any_number_is_judged(number: int, form: str) -> None:
    kinds(form.format(number))
    assert len({number.kind for number in NUMBERS}) == len(NUMBERS)


def test_a_long_page_is_read_in_one_pass() -> None:
    lines = ["Dear " + "Aa " * 2000, "Date of birth " + "1 " * 5000, "9" * 20_000, "mrn " + "1-" * 5000] * 3
    assert len(kinds(*lines)) < 20
