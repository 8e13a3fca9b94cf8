"""Prescriptions and tables as clinics write them: said whole, none refused; the proof sees what is said wrong."""

from __future__ import annotations

import pytest

from tests.speech.saying import say
from voicegen.model.document import Run
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.steps.disagreement import Sentence

SAID = [
    ("fr", "1 cp 1 j/2", "1 comprimé 1 jour sur 2"),
    ("fr", "3 sem/4", "3 semaines sur 4"),
    ("fr", "8h/24", "8 heures sur 24"),
    ("fr", "1 dose/6 h", "1 dose toutes les 6 heures"),
    ("fr", "4.10⁹/L", "4 fois 10 puissance 9 par litre"),
    ("en", "2·10⁹/L", "2 times 10 to the power 9 per litre"),
    ("de", "2 ML", "2 M L"),
    ("de", "500 ML", "500 Milliliter"),
    ("en", "18m", "18m"),
    ("fr", "18 m", "18 m"),
    ("en", "3m-6m", "3m to 6m"),
    ("en", "12m: 5 ml", "12m: 5 millilitres"),
    ("en", "5 m from the bed", "5 metres from the bed"),
    ("en", "a 9 y.o. girl", "a 9 year old girl"),
    ("en", "9 yo", "9 years old"),
    ("en", "Patient is 9 y.o. and well", "Patient is 9 years old and well"),
    ("en", "Amoxicillin 500mg tds 5/7", "Amoxicillin 500 milligrams three times a day for 5 days"),
    ("en", "1 tab every 3/7", "1 tab every 3 days"),
    ("en", "18/12 old", "18 months old"),
    ("en", "Grade 3/12", "Grade 3 slash 12"),
    ("en", "6/7", "6 slash 7"),
    ("en", "5 mg q.6h.", "5 milligrams every 6 hours."),
    ("en", "01.01.–31.03.2024", "1 January to 31 March 2024"),
    ("en", "Closed 01.–05.03.2024", "Closed 1 to 5 March 2024"),
    ("de", "vom 01.01. bis 31.03.2024", "vom ersten Januar bis einunddreißigsten März 2024"),
    ("de", "15.03.–20.03.", "fünfzehnter März bis zwanzigster März"),
    ("fr", "01/01/2024–31/03/2024", "1er janvier 2024 à 31 mars 2024"),
    ("es-ES", "01/01–31/03/2024", "1 de enero a 31 de marzo de 2024"),
    ("it", "01.01.–31.03.2024", "01.01. a 31.03.2024"),
    ("pl", "01.01.–31.03.2024", "01.01. do 31.03.2024"),
    ("en", "Morphine 0.1 mg kg⁻¹ h⁻¹", "Morphine 0.1 milligrams per kilogram per hour"),
    ("en", "0.05 μg kg⁻¹ min⁻¹", "0.05 micrograms per kilogram per minute"),
    ("en", "75 mg m⁻² day⁻¹", "75 milligrams per square metre per day"),
    ("de", "20 mg kg⁻¹", "20 Milligramm pro Kilogramm"),
    ("fr", "5 mg kg⁻¹ j⁻¹", "5 milligrammes par kilogramme par jour"),
    ("de", "1/2-0-1/2", "ein halb, 0, ein halb"),
    ("de", "20-0-20 Tropfen", "20, 0, 20 Tropfen"),
    ("de", "12-10-14-0 IE", "12, 10, 14, 0 internationale Einheiten"),
    ("de", "10 - 0 - 8 IE", "10, 0, 8 internationale Einheiten"),
    ("de", "1—0—1", "1, 0, 1"),
    ("de", "12-10-24", "12-10-24"),
    ("de", "1 ml ≙ 20 Tropfen", "1 Milliliter gleich 20 Tropfen"),
    ("de", "08:00 bis 18:00 Uhr", "8 Uhr bis 18 Uhr"),
    ("de", "Mo.-Fr. 8.00-12.00 Uhr", "Montag bis Freitag 8 Uhr bis 12 Uhr"),
    ("de", "ab 6 Mo. geeignet", "ab 6 Monate geeignet"),
    ("de", "030 123456 – 24 Std.", "0 3 0, 1 2 3 4 5 6 – 24 Stunden."),
    ("de", "10 mg/die", "10 Milligramm pro Tag"),
    ("es", "10 mg/die", "10 miligramos por día"),
    ("fr", "1x/sem", "1 fois par semaine"),
    ("es", "1 vez/sem", "1 vez por semana"),
    ("en", "2x/d", "2 times per day"),
    ("en", "5 mMol/L", "5 millimoles per litre"),
    ("es", "Dosis en mMol/L", "Dosis en milimoles por litro"),
    ("en", "6m–2y", "6m to 2 years"),
    ("en", "3m to 5 yrs", "3m to 5 years"),
    ("es", "niños de 6 m. a 2 a.", "niños de 6 m. a 2 a."),
    ("es", "6 m-2 a", "6 m a 2 a"),
    ("es", "> 6 m", "más de 6 m"),
    ("fr", "6 m.", "6 m."),
    ("es", "a 6 m de la cama", "a 6 metros de la cama"),
    ("en", "Keep 2 m away.", "Keep 2 metres away."),
    ("en", "Day −1", "Day minus 1"),
    ("en", "−", "minus"),
    ("de", "−−", "minus minus"),
    ("it", "−", "meno"),
    ("en", "–", "–"),
    ("en", "5 mg/5 mL–10 mg/5 mL", "5 milligrams per 5 millilitres to 10 milligrams per 5 millilitres"),
    ("en", "(-0.5)", "(minus 0.5)"),
    ("en", "(−2 to +2)", "(minus 2 to plus 2)"),
    ("en", "18m old", "18m old"),
    ("en", "2h 30m", "2 hours 30m"),
    ("en", "1y 6m", "1 year 6m"),
    ("en", "walk 30 m", "walk 30 metres"),
    ("es", "menores de 3 m", "menores de 3 m"),
    ("es", "3-6 m", "3 a 6 m"),
    ("fr", "100-200 m", "100 à 200 mètres"),
    ("de", "36⁺⁴ SSW", "36 +4 S S W"),
    ("de", "15 mg/kg KG/ED", "15 Milligramm pro Kilogramm Körpergewicht pro Einzeldosis"),
    ("de", "1/2-1 Tabl.", "ein halb bis 1 Tablette."),
    ("fr", "1/2-1 cp", "un demi à 1 comprimé"),
    ("fr", "6 mois-2 ans", "6 mois à 2 ans"),
    ("fr", "8h/12h/20h", "8 heures, 12 heures, 20 heures"),
    ("es", "915620420", "9 1 5 6 2 0 4 2 0"),
    ("es", "Tel. 915620420", "Teléfono 9 1 5 6 2 0 4 2 0"),
    ("en", "600000000 units", "600000000 units"),
    ("en", "TDS/QDS", "three times a day or four times a day"),
    ("en", "500 mg BD/TDS", "500 milligrams twice a day or three times a day"),
    ("en", "bd", "twice a day"),
    ("en", "QD", "once a day"),
    ("en", "B.D.", "twice a day."),
    ("en", "Take 5 mg QD.", "Take 5 milligrams once a day."),
    ("en", "OD", "O D"),
    ("en", "BD is a firm", "B D is a firm"),
    ("en", "1–1 1/2 tablets", "1 to 1 and a half tablets"),
    ("en", "1-1 1/2 tablets", "1 to 1 and a half tablets"),
    ("en", "Ca2+ 2.2–2.6 mmol/L", "Ca2 plus 2.2 to 2.6 millimoles per litre"),
    ("de", "1 Mio. IE", "1 Millionen internationale Einheiten"),
    ("de", "10 Mio. IE/ml", "10 Millionen internationale Einheiten pro Milliliter"),
    ("fr", "1 MUI", "1 million d'unités internationales"),
    ("fr", "3 M UI/j", "3 millions d'unités internationales par jour"),
    ("fr", "1 million d'UI", "1 million d'unités internationales"),
    ("fr", "5 mUI/l", "5 milliunités par litre"),
    ("es", "3 M.U.I.", "3 millones de unidades internacionales."),
    ("es", "5 mUI/ml", "5 miliunidades por mililitro"),
    ("fr", "1 cp 1/2", "1 comprimé et demi"),
    ("fr", "2 comprimés ½ le soir", "2 comprimés et demi le soir"),
    ("fr", "1 cp 1/2 cp", "1 comprimé un demi comprimé"),
    ("es", "1 comp 1/2 cada 8 h", "1 comprimido y medio cada 8 horas"),
    ("es", "cada 8 horas 1/2 sobre", "cada 8 horas medio sobre"),
    ("en", "0161 496 0000 – 24 hours", "0 1 6 1, 4 9 6, 0 0 0 0 – 24 hours"),
]


def faults(shown: str, said: str, lang: str) -> list[str]:
    """What the proof finds where this is said for a line."""
    found = spoken((Run(shown),), lang, NOTHING_DEFINED)
    return Sentence((Run(shown),), said, found.changes if said == found.text else (), lang).faults()


@pytest.mark.parametrize(("lang", "shown", "words"), SAID)
def test_it_is_said_whole_and_not_refused(lang: str, shown: str, words: str) -> None:
    assert say(shown, lang) == words
    assert faults(shown, words, lang) == []


@pytest.mark.parametrize("power", ["-1", "−1", "–1"])
def test_a_raised_minus_one_after_a_unit_is_per(power: str) -> None:
    raised = Run(power, position="sup")
    runs = (Run("5 mg kg"), raised, Run(" h"), raised)
    found = spoken(runs, "en", NOTHING_DEFINED)
    assert found.text == "5 milligrams per kilogram per hour"
    assert Sentence(runs, found.text, found.changes, "en").faults() == []
    assert Sentence(runs, "5 milligrams kg-1 h-1", (), "en").faults()


@pytest.mark.parametrize(
    ("lang", "shown", "wrong"),
    [
        ("en", "5 mg kg⁻¹", "5 milligrams"),
        ("en", "75 mg m⁻²", "75 milligrams per metre"),
        ("fr", "1 cp 1 j/2", "1 comprimé 1 jour, 2"),
        ("fr", "8h/24", "8 heures, 24"),
        ("fr", "4.10⁹/L", "4.10 puissance 9 par litre"),
        ("en", "2·10⁹/L", "2·10 to the power 9 per litre"),
        ("de", "2 ML", "2 Milliliter"),
        ("en", "9 y.o.", "9 years.o."),
        ("en", "500mg tds 5/7", "500 milligrams three times a day 5 slash 7"),
        ("en", "5 mg q.6h.", "5 milligrams q.6 hours."),
        ("de", "01.01.–31.03.2024", "erster Januar minus 31.03.2024"),
        ("en", "01.01.–31.03.2024", "1 January to 30 March 2024"),
        ("de", "10 - 0 - 8 IE", "10 - 0 bis 8 internationale Einheiten"),
        ("de", "20-0-20 Tropfen", "20, 20 Tropfen"),
        ("de", "1/2-0-1/2", "1, 0, 1"),
        ("de", "1 ml ≙ 20 Tropfen", "1 Milliliter 20 Tropfen"),
        ("de", "08:00 bis 18:00 Uhr", "8 Uhr bis 17 Uhr"),
        ("de", "ab 6 Mo. geeignet", "ab 6 Montag geeignet"),
        ("en", "5 mMol/L", "5 moles per litre"),
        ("en", "2x/d", "2 times per hour"),
        ("fr", "1x/sem", "1 fois par jour"),
        ("en", "6m–2y", "6m–2 years"),
        ("en", "Day −1", "Day 1"),
        ("en", "BD", "three times a day"),
        ("en", "5 mg/5 mL–10 mg/5 mL", "5 milligrams per 5 millilitres–10 milligrams per 5 millilitres"),
        ("en", "(-0.5)", "(0.5)"),
        ("fr", "1/2-1 cp", "1 barre 2-1 comprimé"),
        ("de", "15 mg/kg/ED", "15 Milligramm pro Kilogramm, E D"),
        ("en", "TDS/QDS", "three times a day or twice a day"),
        ("en", "1-1 1/2 tablets", "1 to 1 half tablets"),
        ("de", "1 Mio. IE", "1 internationale Einheiten"),
        ("fr", "1 MUI", "1 unité internationale"),
        ("fr", "1 MUI", "1 milliunité"),
        ("es", "5 mUI/ml", "5 millones de unidades internacionales por mililitro"),
        ("fr", "1 cp 1/2", "1 comprimé"),
        ("fr", "1 cp 1/2", "un demi comprimé"),
        ("en", "0161 496 0000 – 24 hours", "0 1 6 1, 4 9 6, 0 0 0 0 – 2 hours"),
    ],
)
def test_the_proof_refuses_another_amount(lang: str, shown: str, wrong: str) -> None:
    assert faults(shown, wrong, lang)
