"""Lines of letters, charts and leaflets in which a sign, a letter or a short form turns the meaning."""

from __future__ import annotations

from typing import Any

import pytest

from tests.speech.saying import faults, say
from voicegen.model.document import Run
from voicegen.model.script import Change
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.steps.disagreement import Sentence

TURNED = [
    # What an amount is of may stand before the volume or the time that it is per.
    (
        "en",
        "120 mg paracetamol/5 ml",
        "120 milligrams paracetamol per 5 millilitres",
        "120 milligrams paracetamol per 6 millilitres",
    ),
    ("fr", "4 g paracétamol/24 h", "4 grammes paracétamol par 24 heures", "4 grammes paracétamol par 12 heures"),
    (
        "de",
        "120 mg Paracetamol/5 ml",
        "120 Milligramm Paracetamol pro 5 Milliliter",
        "120 Milligramm Paracetamol pro 6 Milliliter",
    ),
    # The range of an amount per day is one, and the numbers of days before a dose are a label.
    ("en", "Per day 5–10 mg", "Per day 5 to 10 milligrams", "Per day 5, 10 milligrams"),
    ("en", "for 3 days 5-10 mg", "for 3 days 5 to 10 milligrams", "for 3 days 5, 10 milligrams"),
    (
        "en",
        "Trough level 10–15 mg/l",
        "Trough level 10 to 15 milligrams per litre",
        "Trough level 10, 15 milligrams per litre",
    ),
    ("de", "Pro Tag 5–10 mg", "Pro Tag 5 bis 10 Milligramm", "Pro Tag 5, 10 Milligramm"),
    ("fr", "par jour 5–10 mg", "par jour 5 à 10 milligrammes", "par jour 5, 10 milligrammes"),
    ("en", "Days 1-3 – 5 mg", "Days 1 to 3, 5 milligrams", "Days 1, 3 to 5 milligrams"),
    ("en", "Weeks 1 to 4 – 5 mg", "Weeks 1 to 4, 5 milligrams", "Weeks 1 to 4, 6 milligrams"),
    ("en", "Day 1:5 mg", "Day 1, 5 milligrams", "Day 1 to 5 milligrams"),
    ("es", "Semana 1:40 mg", "Semana 1, 40 miligramos", "Semana 1 a 40 miligramos"),
    ("it", "Giorno 1:5 mg", "Giorno 1, 5 mg", "Giorno 1 a 5 mg"),
    ("en", "Dose 1:5 mg", "Dose 1, 5 milligrams", "Dose 1 to 5 milligrams"),
    ("en", "Dose 1–5 mg", "Dose 1 to 5 milligrams", "Dose 1, 5 milligrams"),
    (
        "en",
        "Day 1 – 5 mg – day 2 – 9 mg",
        "Day 1, 5 milligrams – day 2, 9 milligrams",
        "Day 1, 5 milligrams – day 2 to 9 milligrams",
    ),
    ("en", "Take on day 1 – 5 mg", "Take on day 1, 5 milligrams", "Take on day 1 to 5 milligrams"),
    ("en", "Half-day 5–10 mg", "Half-day 5 to 10 milligrams", "Half-day 5, 10 milligrams"),
    ("en", "Day 1 -> 5 mg", "Day 1, 5 milligrams", "Day 1 to 5 milligrams"),
    ("en", "Week 1 → 40 mg", "Week 1, 40 milligrams", "Week 1 to 40 milligrams"),
    ("fr", "Sem. 1 - 5 mg", "Sem. 1, 5 milligrammes", "Sem. 1 à 5 milligrammes"),
    (
        "en",
        "mean change from baseline -5 mg/dL",
        "mean change from baseline minus 5 milligrams per decilitre",
        "mean change from baseline, 5 milligrams per decilitre",
    ),
    (
        "en",
        "amoxicillin/clavulanate 250–500 mg",
        "amoxicillin, clavulanate 250 to 500 milligrams",
        "amoxicillin, clavulanate 250, 500 milligrams",
    ),
    ("en", "co-codamol 30-60 mg", "co-codamol 30 to 60 milligrams", "co-codamol 30, 60 milligrams"),
    # A date with its month in front, and other labels, before a dose; alone they are a range.
    ("en", "Jan 5 – 10 mg", "January 5, 10 milligrams", "January 5 to 10 milligrams"),
    ("en", "Jan 5 – 10", "January 5 to 10", "January 5, 10"),
    ("en", "Jan 5-10 mg", "January 5 to 10 milligrams", "January 5, 10 milligrams"),
    ("es", "Enero 5 – 10 mg", "Enero 5, 10 miligramos", "Enero 5 a 10 miligramos"),
    ("en", "Line 1 – 5 mg", "Line 1, 5 milligrams", "Line 1 to 5 milligrams"),
    ("en", "Dose 5 – 10 mg", "Dose 5 to 10 milligrams", "Dose 5, 10 milligrams"),
    ("en", "Dose 1 – 0.5 ml", "Dose 1, 0.5 millilitres", "Dose 1 to 0.5 millilitres"),
    (
        "en",
        "Dose 1 – 5 mg, dose 2 – 10 mg",
        "Dose 1, 5 milligrams, dose 2, 10 milligrams",
        "Dose 1 to 5 milligrams, dose 2 to 10 milligrams",
    ),
    (
        "en",
        "Dose 1 – 2 mg, dose 2 – 4 mg",
        "Dose 1 to 2 milligrams, dose 2 to 4 milligrams",
        "Dose 1, 2 milligrams, dose 2, 4 milligrams",
    ),
    # An arrow from a weight or a concentration to what is given then is no change of one into the other.
    ("en", "10 kg → 100 mg", "10 kilograms, 100 milligrams", "10 kilograms to 100 milligrams"),
    ("de", "5 mg -> 1 Tablette", "5 Milligramm, 1 Tablette", "5 Milligramm bis 1 Tablette"),
    ("en", "12 mmol/L → 4 units", "12 millimoles per litre, 4 units", "12 millimoles per litre to 4 units"),
    ("en", "6 hours → 5 mg", "6 hours, then 5 milligrams", "6 hours to 5 milligrams"),
    ("it", "10 kg → 100 mg", "10 kg, 100 mg", "10 kg a 100 mg"),
    ("nl", "5 mg/5 ml–10 mg/5 ml", "5 mg/5 ml tot 10 mg/5 ml", "5 mg/5 ml–10 mg/5 ml"),
    ("en", "BGL 10-12 → 4 units", "B G L 10 to 12, 4 units", "B G L 10 to 12 to 4 units"),
    ("de", "BZ >200 → 6 IE", "B Z mehr als 200, 6 internationale Einheiten", "B Z mehr als 200 bis 6 IE"),
    ("en", "eGFR <30 – 5 mg", "e G F R less than 30, 5 milligrams", "e G F R less than 30 to 5 milligrams"),
    ("en", "titrate 5 → 10 → 20 mg", "titrate 5 to 10 to 20 milligrams", "titrate 5 to 10, 20 milligrams"),
    ("it", "150-200 → 4 UI", "150 a 200, 4 UI", "150-200, 4 UI"),
    ("nl", ">200 – 6 IE", "meer dan 200, 6 IE", ">200, 6 IE"),
    ("nl", "10-15 kg - 250 mg", "10 tot 15 kg, 250 mg", "10-15 kg, 250 mg"),
    ("en", "500 mg → 1 g", "500 milligrams to 1 gram", "500 milligrams, 1 gram"),
    ("en", "38 °C – 500 mg", "38 degrees Celsius, 500 milligrams", "38 degrees Celsius to 500 milligrams"),
    # Once a day after a dose, and the right eye elsewhere.
    ("en", "Ramipril 10mg O.D.", "Ramipril 10 milligrams once a day.", "Ramipril 10 milligrams twice a day."),
    ("en", "O.D. 10mg", "O D 10 milligrams", "O D 20 milligrams"),
    ("en", "vision o.d. 6/6", "vision o.d. 6 slash 6", "vision once a day 6 slash 6"),
    # What is positive is none of its number.
    ("en", "HLA-B27 positive", "H L A-B27 positive", "H L A-B27 negative"),
    ("en", "CD4 positive", "C D 4 positive", "C D 4"),
    ("en", "B12 plus folate", "B12 plus folate", "B6 plus folate"),
    # A rate with blanks around its slash.
    ("en", "500 units / kg", "500 units per kilogram", "500 units, kilograms"),
    ("de", "5 mg / kg / Tag", "5 Milligramm pro Kilogramm pro Tag", "5 Milligramm, Kilogramm pro Tag"),
    # In capitals, as French prescriptions are printed.
    ("fr", "1 CP AM", "1 comprimé A M", "1 C P A M"),
    ("fr", "1 CP X 3/J", "1 comprimé, 3 fois par jour", "1 comprimé, 2 fois par jour"),
    ("fr", "10 MG/KG/J", "10 milligrammes par kilogramme par jour", "10 milligrammes par jour"),
    # A short form that may be weeks or seconds, and days before a treatment.
    ("es", "Embarazo de 28-32 s.", "Embarazo de 28 a 32 s.", "Embarazo de 28 a 32 segundos."),
    ("es", "A las 28 s. de vida", "A las 28 s. de vida", "A las 28 segundos de vida"),
    ("es", "Espere 30 s.", "Espere 30 segundos.", "Espere 30 semanas."),
    ("en", "Stop aspirin on D-7", "Stop aspirin on D minus 7", "Stop aspirin on D-7"),
    ("en", "Fracture on D-7", "Fracture on D-7", "Fracture on D minus 7"),
    # From an age to another in short forms, and the sign behind the number of an item.
    ("nl", "6 mnd – 12 jr", "6 mnd tot 12 jr", "6 mnd – 12 jr"),
    ("es", "1° 5 mg, 2° 10 mg", "1, 5 miligramos, 2, 10 miligramos", "1 grado 5 miligramos, 2, 10 miligramos"),
    ("en", "Power 4/5 in the leg", "Power 4 slash 5 in the leg", "Power 4 in the leg"),
    # Hours with dots, also where a voice drops the dot, and doses one after the other.
    ("es", "11.30 – 12 h", "11 30 a 12 horas", "11 30 a 13 horas"),
    ("es", "9-13.30 h", "9 a 13 30", "9 a 13"),
    ("nl", "8.30-12.30", "8.30 tot 12.30", "8,30 tot 13,30"),
    ("pl", "8.00 - 16.00", "8.00 do 16.00", "8.00 do 15.00"),
    ("en", "40-20-10 mg", "40, 20, 10 milligrams", "40-20-10 milligrams"),
    ("it", "100-50-25 mg", "100, 50, 25 mg", "100, 50 mg"),
    ("en", "12.5-50-200 mg", "12.5, 50, 200 milligrams", "12.5 to 50, 200 milligrams"),
    ("en", "1 g every 4-6/24", "1 gram every 4 to 6 hours", "1 gram every 4 to 6 days"),
    ("en", "Vision R 6/24", "Vision R 6 slash 24", "Vision R 6 hours"),
    # Minutes, a tenth, upper pressures in centimetres, and units behind a power.
    ("fr", "perf 15'-30'", "perf 15 à 30 minutes", "perf 15, 30 minutes"),
    ("de", "15’ – 30’", "15 bis 30 Minuten", "15 bis 30 Stunden"),
    ("fr", "au 1/10e", "au 1 sur 10", "au 1 sur 100"),
    ("fr", "TA 12–13/8", "T A 12 à 13 sur 8", "T A 12–13 sur 8"),
    ("en", "10⁶ IU", "10 to the power 6 international units", "10 to the power 6 I U"),
    ("es", "1½ comp.", "1 y medio comprimidos.", "1 comprimido."),
    # The commas of a list of days make no decimal fraction.
    ("en", "Days 1,2 – 5 mg", "Days 1, 2: 5 milligrams", "Days 1.2 to 5 milligrams"),
    ("en", "Days 1,2,3 – 5 mg", "Days 1, 2, 3: 5 milligrams", "Days 1, 2, 3 to 5 milligrams"),
    ("en", "Weeks 1, 2 and 8 – 5 mg", "Weeks 1, 2 and 8: 5 milligrams", "Weeks 1, 2 and 8 to 5 milligrams"),
    ("de", "an den Tagen 1,8 und 15", "an den Tagen 1, 8 und 15", "an den Tagen 1,8 und 15"),
    ("de", "alle zwei Tage 1,5 mg", "alle zwei Tage 1,5 Milligramm", "alle zwei Tage 1, 5 Milligramm"),
    ("fr", "Jours 1,2 : 5 mg", "Jours 1, 2 : 5 milligrammes", "Jours 1,2 : 5 milligrammes"),
    ("es", "los días 1,8,15", "los días 1, 8, 15", "los días 1,8,15"),
    (
        "en",
        "at weeks 0, 2 and 6 – 5 mg",
        "at weeks 0, 2 and 6: 5 milligrams",
        "at weeks 0, 2 and 6 to 5 milligrams",
    ),
    ("en", "at week 2 – 5 mg", "at week 2, 5 milligrams", "at week 2 to 5 milligrams"),
    ("de", "Woche 0,2,6", "Woche 0, 2, 6", "Woche 0,2, 6"),
    (
        "de",
        "alle zwei Tage 1,5 – 2 mg",
        "alle zwei Tage 1,5 bis 2 Milligramm",
        "alle zwei Tage 1, 5: 2 Milligramm",
    ),
    # In capitals, "every" in Spanish is no street, and hours are hours.
    ("es", "1 COMP C/8 H", "1 comprimido cada 8 H", "1 comprimido cada 9 H"),
    ("es", "C/ 8 de Marzo", "calle 8 de Marzo", "cada 9 de Marzo"),
    ("es", "1 COMP/12H", "1 comprimido cada 12 horas", "1 comprimido cada 24 horas"),
    ("fr", "500 MG/8H", "500 milligrammes toutes les 8 heures", "500 milligrammes, 8H"),
    ("es", "9.00 a 14.30 h", "9 horas a 14 30", "9.00 a 14 horas"),
    ("it", "Giorni 1,8 e 15", "Giorni 1, 8 e 15", "Giorni 1, 8 e 16"),
    # The second strength of a lens is negative, and no end of a range.
    ("en", "R -2.25 -0.75 x 180", "R minus 2.25 minus 0.75 times 180", "R minus 2.25 to 0.75 times 180"),
    ("en", "sph 1.50 -0.75 x 90", "sph 1.50 minus 0.75 times 90", "sph 1.50 to 0.75 times 90"),
    (
        "es",
        "OD -2,25 -0,75 x 180º",
        "O D menos 2,25 menos 0,75 por 180 grados",
        "O D menos 2,25 a 0,75 por 180 grados",
    ),
    ("fr", "OG -2,25 -0,75 à 90", "O G moins 2,25 moins 0,75 à 90", "O G moins 2,25 à 0,75 à 90"),
    # A minus after the name of a test is its result.
    ("en", "nit -, blood +, prot 0", "nit negative, blood +, prot 0", "nit -, blood +, prot 0"),
    ("en", "PR +, HER2 –.", "P R +, H E R 2 negative.", "P R +, H E R 2 –."),
    ("de", "Leuko ++, Nitrit -", "Leuko ++, Nitrit negativ", "Leuko ++, Nitrit -"),
    ("fr", "VIH –, toxo +", "V I H négatif, toxo +", "V I H –, toxo +"),
    ("es", "VIH -, VHB -", "V I H negativo, V H B negativo", "V I H -, V H B -"),
    ("es", "VIH (-), toxo (+)", "V I H negativo, toxo (+)", "V I H (-), toxo (+)"),
    ("it", "HIV (-)", "HIV meno", "HIV (-)"),
    ("en", "HIV- patients", "H I V negative patients", "H I V- patients"),
    ("en", "CMV- donor", "C M V negative donor", "C M V- donor"),
    ("en", "BRCA1- and BRCA2-.", "BRCA1 negative and BRCA2 negative.", "BRCA1- and BRCA2-."),
    ("fr", "VIH-, VHC-", "V I H négatif, V H C négatif", "V I H-, V H C-"),
    ("it", "0 Rh-", "0 Rh meno", "0 Rh-"),
    ("it", "HER2-, ER+", "HER2 meno, ER+", "HER2-, ER+"),
    ("nl", "PCR-.", "PCR min.", "PCR-."),
    # Hours from the afternoon on.
    ("en", "Open 14:00 - 18:00.", "Open 14 hundred to 18 hundred.", "Open 14 hundred, 18 hundred."),
    ("en", "Open 14:00–18:30", "Open 14 hundred to 18 30", "Open 14 hundred to 18 hundred"),
    ("en", "Open 20:00-08:00", "Open 20 hundred to 8 o'clock", "Open 20 hundred to 9 o'clock"),
    ("en", "Take 14-18 mg", "Take 14 to 18 milligrams", "Take 14 hundred to 18 hundred milligrams"),
    # A number that is a day or an amount: none is made of both where it may be one.
    (
        "fr",
        "Prendre par jour 1 250 mg.",
        "Prendre par jour 1250 milligrammes.",
        "Prendre par jour 1, 250 milligrammes.",
    ),
    (
        "fr",
        "Cure : 1 250 mg/m²",
        "Cure : 1250 milligrammes par mètre carré",
        "Cure : 1, 250 milligrammes par mètre carré",
    ),
    # A minus with a blank after it is no pause.
    ("en", "Store at - 20 °C", "Store at minus 20 degrees Celsius", "Store at - 20 degrees Celsius"),
    (
        "fr",
        "entre - 25 °C et - 15 °C",
        "entre moins 25 degrés Celsius et moins 15 degrés Celsius",
        "entre - 25 degrés Celsius et - 15 degrés Celsius",
    ),
    ("de", "T-Score < - 2,5", "T-Score weniger als minus 2,5", "T-Score weniger als - 2,5"),
    ("es", "entre - 2 y + 2", "entre menos 2 y más 2", "entre - 2 y más 2"),
    ("es", "- 20 °C", "menos 20 grados Celsius", "- 20 grados Celsius"),
    ("it", "conservare a – 20 °C", "conservare a meno 20 °C", "conservare a – 20 °C"),
    ("it", "T-score < - 2,5", "T-score meno di meno 2,5", "T-score < - 2,5"),
    ("pt", "T-score - 2,5", "T-score menos 2,5", "T-score - 2,5"),
    ("en", "R - 1.00", "R minus 1.00", "R - 1.00"),
    ("en", "T-score:-2.5", "T-score: minus 2.5", "T-score:-2.5"),
    ("it", "T-score:-2,5", "T-score: meno 2,5", "T-score:-2,5"),
    ("it", "-25/-15 °C", "meno 25/meno 15 °C", "meno 25/-15 °C"),
    # The dash of a range after a sign is no minus, and is not silent.
    ("it", "2°-8°C", "2° a 8°C", "2°-8°C"),
    ("pt", "5%-10%", "5% a 10%", "5%-10%"),
    ("nl", "5'-10'", "5 minuten tot 10 minuten", "5'-10 minuten"),
    ("it", "8:30-12:30", "8:30 a 12:30", "8:30-12:30"),
    ("it", "PA 120-130/80", "PA 120 a 130/80", "PA 120-130/80"),
    # A slash that a voice does not say.
    ("pt", "4 g/24 h", "4 g por 24 h", "4 g/24 h"),
    ("pt", "400.000/mm3", "400.000 por mm3", "400.000/mm3"),
    ("pt", "60 ml/min/1,73 m²", "60 ml por min por 1,73 m²", "60 ml/min/1,73 m²"),
    # Days that are counted from a treatment.
    ("fr", "60 mg J1–J5", "60 milligrammes J1 à J5", "60 milligrammes J1–J5"),
    ("fr", "AVK arrêtés J-5", "A V K arrêtés J moins 5", "A V K arrêtés J-5"),
    ("fr", "AVK arrêtés J-5", "A V K arrêtés J moins 5", "A V K arrêtés J5"),
    ("en", "8 mg d1-3", "8 milligrams d1 to 3", "8 milligrams d1-3"),
    ("de", "d1–d14", "d1 bis d14", "d1, d14"),
    ("es", "D+1; D-5", "D+1; D menos 5", "D+1; D-5"),
    # Less and more, written with a sign.
    ("fr", "– de 3 mois", "moins de 3 mois", "de 3 mois"),
    ("es", "- de 3 meses", "menos de 3 meses", "- de 3 meses"),
    ("es", "No + de 4 dosis/día", "No más de 4 dosis por día", "No 4 dosis por día"),
    # Letters that are no units, and units that are none of the usual.
    ("es", "O2 2 lpm", "O2, 2 litros por minuto", "O2, 2 latidos por minuto"),
    ("es", "FC 72 lpm", "F C 72 latidos por minuto", "F C 72 litros por minuto"),
    (
        "en",
        "IOP 18 R 21 L mmHg",
        "I O P 18 R 21 L millimetres of mercury",
        "I O P 18 R 21 litres millimetres of mercury",
    ),
    ("en", "Power 4/5 L leg", "Power 4 slash 5 L leg", "Power four fifths litres leg"),
    ("en", "R 1.0 / L 0.8", "R 1.0, L 0.8", "R 1.0 per litre 0.8"),
    ("en", "R -1.00 / L -1.25", "R minus 1.00, L minus 1.25", "R minus 1.00 per litre minus 1.25"),
    ("de", "Visus R 0,8 L 1,0", "Visus R 0,8 L 1,0", "Visus R 0,8 Liter 1,0"),
    ("fr", "R 6/9 L 6/12", "R 6 barre 9 L 6 barre 12", "R 6 barre 9 litres 6 barre 12"),
    ("en", "16F Foley", "16F Foley", "16 degrees Fahrenheit Foley"),
    ("de", "Katheter 14F", "Katheter 14F", "Katheter 14 Grad Fahrenheit"),
    # The degree sign for a grade.
    ("en", "2° heart block", "second degree heart block", "2 degrees heart block"),
    ("en", "2° heart block", "second degree heart block", "third degree heart block"),
    ("en", "Anaemia 2° to CKD", "Anaemia secondary to C K D", "Anaemia 2 degrees to C K D"),
    ("en", "2° to 8 °C", "2 degrees to 8 degrees Celsius", "secondary to 8 degrees Celsius"),
    ("en", '23G 1" needle', "23G 1 inch needle", '23G 1" needle'),
    ("en", '2" x 2"', "2 inches times 2 inches", "2 times 2"),
    # How long something is taken.
    ("en", "TDS x 5/7", "three times a day for 5 days", "three times a day times 5 slash 7"),
    ("en", "BD for 7/7", "B D for 7 days", "B D for 7 weeks"),
    ("en", "Cream for 2/52", "Cream for 2 weeks", "Cream for 2 months"),
    ("en", "Take for 3-5/7", "Take for 3 to 5 days", "Take for 3 to 5 weeks"),
    ("en", "Vision OD 6/12", "Vision O D 6 slash 12", "Vision O D for 6 months"),
    # Two numbers side by side are not heard as one.
    ("en", "Day 1 5 mg", "Day 1, 5 milligrams", "Day 15 milligrams"),
    ("en", "1 in 10,000 10 ml", "1 in 10,000, 10 millilitres", "1 in 10,010 millilitres"),
    ("de", "CD4 350/µl", "C D 4, 350 pro Mikroliter", "C D 4 350 pro Mikroliter"),
    (
        "de",
        "1,5 IE/BE",
        "1,5 internationale Einheiten pro Broteinheit",
        "1,5 internationale Einheiten pro Kohlenhydrateinheit",
    ),
    ("de", "2 IE pro BE", "2 internationale Einheiten pro Broteinheit", "2 internationale Einheiten pro Liter"),
    ("de", "Fax: -68", "Fax: 68", "Fax: minus 68"),
    ("es", "Lunes 8:00 a 15:00", "Lunes 8 horas a 15 horas", "Lunes 8 00 a 15 horas"),
    # Half of one is no range, and the first to the third is one.
    ("en", "Take one-half tablet", "Take one-half tablet", "Take one to half tablet"),
    ("en", "1st–3rd day", "1st to 3rd day", "1st–3rd day"),
    ("fr", "1er-3 mai", "1er à 3 mai", "1er à 4 mai"),
    ("en", "74M, 32F", "74M, 32F", "74M, 32 degrees Fahrenheit"),
    ("fr", "37 SA + 4 j", "37 semaines d'aménorrhée plus 4 jours", "37 sa plus 4 jours"),
    # Numbers with a slash that count things, and no days.
    ("en", "5 mg for 5/7 days", "5 milligrams for 5 slash 7 days", "5 milligrams for 5 days days"),
    ("en", "Pain in 3/12 joints", "Pain in 3 slash 12 joints", "Pain in 3 months joints"),
    ("en", "Results in 2-3/52", "Results in 2 to 3 weeks", "Results in 2 to 3 months"),
    ("en", "Review in 7–10/7", "Review in 7 to 10 days", "Review in 7 to 10 weeks"),
    # Parts of a book are no dates, days of the week no pair.
    ("en", "Sections 2.1.–2.3.", "Sections 2.1 to 2.3.", "Sections 2 January to 2 March."),
    ("de", "Abschnitt 2.1.–2.3.", "Abschnitt 2.1 bis 2.3.", "Abschnitt zweiter Januar bis zweiter März."),
    ("fr", "Lundi–vendredi 8h30", "Lundi à vendredi 8 heures 30", "Lundi–vendredi 8 heures 30"),
    ("en", "01/05/2024–03/06/2024", "01/05/2024 to 03/06/2024", "01/05/2024–03/06/2024"),
    # Pairs, names and labels.
    ("en", "90/60–120/80", "90 slash 60 to 120 slash 80", "90 slash 60–120 slash 80"),
    ("de", "1:1.000–1:10.000", "1 zu 1.000 bis 1 zu 10.000", "1 zu 1.000–1 zu 10.000"),
    ("fr", "TA 12/7 – 14/9", "T A 12 sur 7 à 14 sur 9", "T A 12 sur 7 – 14 sur 9"),
    ("de", "CA 19-9", "C A 19-9", "C A 19 bis 9"),
    ("de", "Tel. 030 / 123 45 67", "Telefon 0 3 0, 1 2 3, 4 5, 6 7", "Telefon 0 3 0, 1 2 3, 4 5, 7 6"),
    ("en", "5…10 mg", "5 to 10 milligrams", "5…10 milligrams"),
    ("en", "Exp: 12-2025", "Exp: 12-2025", "Exp: 12 to 2025"),
    ("fr", "Coversyl 5 : 1 cp/j", "Coversyl 5 : 1 comprimé par jour", "Coversyl 5 pour 1 comprimé par jour"),
    ("en", "6m–<2y", "6m to less than 2 years", "6 metres to 2 years"),
    # The number of a day, and the amount after it.
    ("fr", "Jour 1 250 mg", "Jour 1, 250 milligrammes", "Jour 1250 milligrammes"),
    ("fr", "J1 à J3 250 mg", "J1 à J3, 250 milligrammes", "J1 à 3250 milligrammes"),
    ("es", "del día 2 al 5 125 mg", "del día 2 al 5, 125 miligramos", "del día 2 al 5125 miligramos"),
    ("de", "Ab Tag 2 125 mg", "Ab Tag 2, 125 Milligramm", "Ab Tag 2125 Milligramm"),
    ("it", "Giorno 1 250 mg", "Giorno 1, 250 mg", "Giorno 1250 mg"),
    ("ru", "День 1 250 мг", "День 1, 250 мг", "День 1250 мг"),
    # Two parts, two dates, two days with their months, two ordinals.
    ("de", "Häufig (1/10–1/100)", "Häufig (1 von 10 bis 1 von 100)", "Häufig (1 von 10–1 von 100)"),
    ("en", "1/2-3/4 tablet", "half to three quarters tablet", "half-3/4 tablet"),
    ("fr", "du 24/12-02/01", "du 24 barre 12 à 02 barre 01", "du 24 barre 12-02/01"),
    ("en", "30 Mar–2 Apr", "30 March to 2 April", "30 March–2 April"),
    ("fr", "24 décembre – 2 janvier", "24 décembre à 2 janvier", "24 décembre – 2 janvier"),
    ("fr", "2e–3e trim", "deuxième à troisième trim", "deuxième–troisième trim"),
    ("es", "1.ª–2.ª dosis", "primera a segunda dosis", "primera–segunda dosis"),
    # Times of day without a colon.
    ("en", "Open 8.30-5", "Open 8.30 to 5", "Open 8.30-5"),
    ("en", "Come at 14.30 hrs", "Come at 14 30 hours", "Come at 14.30 hours"),
    # Days of a course, and vertebrae.
    ("en", "D1-5: paracetamol 1 g", "D1 to 5: paracetamol 1 gram", "D1 5: paracetamol 1 gram"),
    (
        "en",
        "Fracture D1-5, codeine 30 mg",
        "Fracture D1 to 5, codeine 30 milligrams",
        "Fracture D1 5, codeine 30 milligrams",
    ),
    # From one level of the spine to another.
    ("en", "Fusion T1–T12", "Fusion T1 to T12", "Fusion T1 T12"),
    ("en", "L4-S1", "L4 to S1", "L4-S1"),
    ("en", "Nerves S2-4", "Nerves S2 to 4", "Nerves S2 4"),
    ("de", "BWK T4 – T8", "B W K T4 bis T8", "B W K T4 T8"),
    ("fr", "C7-T1, L5-S1, C3-C7", "C7 T1, L5 S1, C3 à C7", "C7 T1, L5 S1, C3 C7"),
    ("es", "L1-S1", "L1 a S1", "L1 S1"),
    ("it", "L4-L5, L4-S1", "L4-L5, L4 a S1", "L4-L5, L4-S1"),
    # A division.
    (
        "es",
        "Peso 18 ÷ 5 = 3,6 ml",
        "Peso 18 dividido entre 5 igual a 3,6 mililitros",
        "Peso 18 ÷ 5 igual a 3,6 mililitros",
    ),
    ("en", "10 mg ÷ 2", "10 milligrams divided by 2", "10 milligrams ÷ 2"),
    ("fr", "18÷5 ml", "18 divisé par 5 millilitres", "18÷5 millilitres"),
    ("de", "18 ÷ 5", "18 geteilt durch 5", "18 ÷ 5"),
    # How many are in a pack.
    ("en", "Paracetamol 500 mg – 28", "Paracetamol 500 milligrams, 28", "Paracetamol 500 milligrams to 28"),
    ("en", "16 mg - 28 per pack", "16 milligrams, 28 per pack", "16 milligrams to 28 per pack"),
    ("de", "Ibuprofen 400 mg - 20", "Ibuprofen 400 Milligramm, 20", "Ibuprofen 400 Milligramm bis 20"),
    ("en", "10 mg – 20-30 mg", "10 milligrams, 20 to 30 milligrams", "10 milligrams to 20 to 30 milligrams"),
    # A unit of two words and a slash, hours with their letter, and how often a day.
    ("en", "500 International Units/day", "500 International Units per day", "500 International Units, day"),
    (
        "es",
        "500 Unidades Internacionales/día",
        "500 Unidades Internacionales por día",
        "500 Unidades Internacionales, día",
    ),
    ("en", "08:30 h - 17:00 h", "8 30 to 17 hundred hours", "8 30 hours, 17 hundred hours"),
    ("en", "Open 8:30h - 14h", "Open 8 30 to 14 hours", "Open 8 30, 14 hours"),
    ("en", "at 14:30 h", "at 14 30 hours", "at 14 13 hours"),
    ("es", "Lunes 8:30h-14h", "Lunes 8 30 a 14 horas", "Lunes 8 30, 14 horas"),
    ("es", "de 9 h a 14:30 h", "de 9 horas a 14 30", "de 9 horas, 14 30"),
    ("de", "8:30 h - 14 h", "8 Uhr 30 bis 14 Uhr", "8 Uhr 30, 14 Uhr"),
    ("hu", "Napi 3×1", "Napi 3 szor 1", "Napi 3×1"),
    # Who answers a telephone, and what a number marks; degrees are no hours.
    ("en", "Pharmacy 320-4500", "Pharmacy 3 2 0, 4 5 0 0", "Pharmacy 320 to 4500"),
    ("en", "Lot no. 500-1000", "Lot number 5 0 0, 1 0 0 0", "Lot number 500 to 1000"),
    ("de", "Apotheke: 320-4500", "Apotheke: 3 2 0, 4 5 0 0", "Apotheke: 320 bis 4500"),
    (
        "en",
        "In surgery 500-1000 ml",
        "In surgery 500 to 1000 millilitres",
        "In surgery 5 0 0, 1 0 0 0 millilitres",
    ),
    ("en", "1 tab 4-6°", "1 tab 4 to 6 degrees", "1 tab 4 to 6 hours"),
    # Systolic pressure is no "not".
    ("fr", "PAS < 90.", "P A S moins de 90.", "pas moins de 90."),
    ("fr", "Si la PAS > 140", "Si la P A S plus de 140", "Si la pas plus de 140"),
    # Letters missed in a test of sight, and the same hour twice.
    ("en", "VA 6/6-2", "V A 6 slash 6 minus 2", "V A 6 slash 6 to 2"),
    ("en", "May 3 - June 5", "May 3 to June 5", "May 4 to June 5"),
    ("en", "28/02/25–03/03/25", "28/02/25 to 03/03/25", "28/02/25–03/03/25"),
    ("fr", "2e-3e cure", "deuxième à troisième cure", "deuxième-troisième cure"),
    # Temperatures with the sign of an ordinal.
    ("es", "Conservar entre 2º y 8º", "Conservar entre 2 grados y 8 grados", "Conservar entre 2º y octavo"),
    ("es", "entre 2º y 8º C", "entre 2 grados y 8 grados Celsius", "entre 2º y octavo C"),
    ("es", "2º-8º C", "2 grados a 8 grados Celsius", "2º-octavo C"),
    # At least, and a result.
    ("fr", "au - 6 h avant", "au moins 6 heures avant", "au - 6 heures avant"),
    ("fr", "AB RhD -.", "A B RhD négatif.", "A B RhD -."),
    # Ages.
    ("de", "6 Mo. – 2 J.", "6 Monate bis 2 Jahre.", "6 Montag bis 2 Jahre."),
    ("de", "6 Mon.–2 J.", "6 Monate bis 2 Jahre.", "6 Monate–2 Jahre."),
    ("it", "1 mese – 12 anni", "1 mese a 12 anni", "1 mese – 12 anni"),
    ("nl", "6 maanden – 12 jaar", "6 maanden tot 12 jaar", "6 maanden – 12 jaar"),
    ("pl", "6 miesięcy – 12 lat", "6 miesięcy do 12 lat", "6 miesięcy – 12 lat"),
    ("tr", "6 ay – 12 yaş", "6 ay ila 12 yaş", "6 ay – 12 yaş"),
    ("it", "24/12-02/01", "24/12 a 02/01", "24/12-02/01"),
    # Ranges of thousands, and two telephone numbers.
    ("fr", "800–1 200 UI", "800 à 1200 unités internationales", "800, 1200 unités internationales"),
    (
        "fr",
        "Tél. 01 42 34 56 78 - 06 12 34 56 78",
        "Téléphone 0 1, 4 2, 3 4, 5 6, 7 8; 0 6, 1 2, 3 4, 5 6, 7 8",
        "Téléphone 0 1, 4 2, 3 4, 5 6, 7 8; 0 6, 1 2, 3 4, 5 6, 7 9",
    ),
    # In languages without rules.
    ("it", "OD -2,25 -0,75 x 180°", "OD meno 2,25 meno 0,75 x 180°", "OD meno 2,25 -0,75 x 180°"),
    ("it", "HIV -, toxo +", "HIV meno, toxo +", "HIV -, toxo +"),
    ("it", "G1–G14, D-5, D+1", "G1 a G14, D meno 5, D+1", "G1–G14, D meno 5, D+1"),
    ("it", "G1–G14, D-5, D+1", "G1 a G14, D meno 5, D+1", "G1 a G14, D-5, D+1"),
    ("it", "-5-0 °C", "meno 5 a 0 °C", "meno 5-0 °C"),
    ("pt", "1/2-1 comp.", "1 barra 2 a 1 comp.", "1 barra 2-1 comp."),
    ("it", "lun.–ven. 8:30", "lun. a ven. 8:30", "lun.–ven. 8:30"),
    # What is normal, and a dose, in square brackets; no marks of notes.
    (
        "en",
        "Sodium 138 mmol/L [133-146]",
        "Sodium 138 millimoles per litre [133 to 146]",
        "Sodium 138 millimoles per litre",
    ),
    ("de", "Natrium [133 - 146]: 138", "Natrium [133 bis 146]: 138", "Natrium: 138"),
    (
        "en",
        "We gave all of them 5 mg [4] daily",
        "We gave all of them 5 milligrams daily",
        "We gave all of them 4 daily",
    ),
    (
        "en",
        "We gave all of them 5 mg [4] days",
        "We gave all of them 5 milligrams [4] days",
        "We gave all of them 5 milligrams days",
    ),
    ("en", "Warfarin [3], then [5] mg", "Warfarin [3], then [5] milligrams", "Warfarin, then milligrams"),
    ("es", "Tome [2] comprimidos", "Tome [2] comprimidos", "Tome comprimidos"),
    ("en", "Pain score: [7]", "Pain score: [7]", "Pain score:"),
    # Limits in other spellings, and before a word.
    ("en", "Aged >/= 65", "Aged at least 65", "Aged >/equals 65"),
    ("en", "Give </=120 mg", "Give at most 120 milligrams", "Give </equals 120 milligrams"),
    ("en", "Aged > or = 65", "Aged at least 65", "Aged > or equals 65"),
    ("fr", "Dose < ou = 5 mg", "Dose au plus 5 milligrammes", "Dose moins de ou égale 5 milligrammes"),
    ("de", "ab =/> 65 Jahre", "ab mindestens 65 Jahre", "ab gleich 65 Jahre"),
    ("en", "K+ <normal and >high", "K+ less than normal and more than high", "K+ <normal and more than high"),
    ("en", "if 5<x<10", "if 5 less than x less than 10", "if 5<x less than 10"),
    ("en", "Hb (>normal)", "Hb (more than normal)", "Hb (>normal)"),
    ("it", "Hb <normale", "Hb meno di normale", "Hb <normale"),
    # Numbers of steps are none of the amount after them.
    ("en", "①5 mg ②10 mg", "1, 5 milligrams 2, 10 milligrams", "15 milligrams 210 milligrams"),
    ("fr", "① 500 mg", "1, 500 milligrammes", "1500 milligrammes"),
    ("es", "1\ufe0f\u20e3 500 mg", "1, 500 miligramos", "1500 miligramos"),
    ("de", "❶ 500 mg, 🔟 dann", "1, 500 Milligramm, 10 dann", "500 Milligramm, 10 dann"),
    ("en", "Step ①: take", "Step 1: take", "Step: take"),
    ("ja", "①5mg", "1, 5mg", "15mg"),
    ("it", "① 500 mg, ❷ 250 mg", "1, 500 mg, 2, 250 mg", "1500 mg, 2250 mg"),
    # The strengths of a medicine of two are no range, and all else is one.
    *(
        ("en", f"{name} {low}-{high} mg", *(f"{name} {low}{dash} {high} milligrams" for dash in (right, wrong)))
        for right, wrong, name, low, high in (
            (",", " to", "hydrocodone-acetaminophen", "5", "325"),
            (",", " to", "Norco", "7.5", "325"),
            (",", " to", "Sinemet", "25", "100"),
            (" to", ",", "Percocet", "5", "10"),
            (",", " to", "Augmentin", "875", "125"),
            (",", " to", "amlodipine-benazepril", "5", "20"),
            (",", " to", "Co-codamol", "30", "500"),
            (",", " to", "sitagliptin-metformin", "50", "1,000"),
            (" to", ",", "aspirin", "75", "325"),
            (" to", ",", "long-acting", "5", "10"),
            (" to", ",", "first-line", "5", "10"),
            (" to", ",", "caffeine-free", "500", "1,000"),
        )
    ),
    ("en", "Sinemet 25-100 tablets", "Sinemet 25, 100 tablets", "Sinemet 25 to 100 tablets"),
    ("en", "carbidopa/levodopa 25-250", "carbidopa, levodopa 25, 250", "carbidopa, levodopa 25 to 250"),
    ("en", "Percocet 1-2 tablets", "Percocet 1 to 2 tablets", "Percocet 1, 2 tablets"),
    ("en", "Sertraline 25-100", "Sertraline 25 to 100", "Sertraline 25, 100"),
    ("de", "Ramipril-HCT 5-25 mg", "Ramipril-H C T 5, 25 Milligramm", "Ramipril-H C T 5 bis 25 Milligramm"),
    # The least tablet of carvedilol, with the other sign of its country.
    ("es", "Carvedilol 3.125 mg", "Carvedilol 3,125 miligramos", "Carvedilol 3.125 miligramos"),
    ("es-MX", "Carvedilol 3,125 mg", "Carvedilol 3 punto 125 miligramos", "Carvedilol 3125 miligramos"),
    ("de", "3.125 mg", "3,125 Milligramm", "3125 Milligramm"),
    ("en", "carvedilol 3,125 mg", "carvedilol 3.125 milligrams", "carvedilol 3,125 milligrams"),
    # Numbers with both signs, and with several commas, which no two countries read otherwise.
    ("de", "1,234.56 ml", "1234,56 Milliliter", "1,234.56 Milliliter"),
    ("fr", "1,000.5 mg", "1000,5 milligrammes", "1,000.5 milligrammes"),
    ("es-MX", "1,234.56 ml", "1234.56 mililitros", "1,234.56 mililitros"),
    ("es-MX", "1.234,56 ml", "1234.56 mililitros", "1.234 mililitros"),
    ("en", "1.234,56 ml", "1234.56 millilitres", "1.234, 56 millilitres"),
    ("es-MX", "1,000,000 UI", "1000000 unidades internacionales", "1,000, 000 unidades internacionales"),
    ("de", "10,000,000 Keime", "10000000 Keime", "10,000,000 Keime"),
    # What copies make of a raised decimal point, and no bullet.
    ("en", "0∙5 mg", "0.5 milligrams", "0 5 milligrams"),
    ("fr", "2•5 mg", "2,5 milligrammes", "2 5 milligrammes"),
    ("en", "A •5 mg", "A 5 milligrams", "A 0.5 milligrams"),
    # Under a slash, what an amount of something is per.
    ("en", "2 g sodium/day", "2 grams sodium per day", "2 grams sodium per hour"),
    ("en", "25 mg/kg b.w./day", "25 milligrams per kilogram b.w. per day", "25 milligrams b.w. per day"),
    ("de", "6 g Salz/Tag", "6 Gramm Salz pro Tag", "6 Gramm Salz pro Woche"),
    ("es", "5 mg/kg de peso/día", "5 miligramos por kilogramo de peso por día", "5 miligramos de peso por día"),
    ("fr", "2 g de sel/j", "2 grammes de sel par jour", "2 grammes de sel par heure"),
    ("en", "2 tablets morning/night", "2 tablets morning, night", "3 tablets morning, night"),
    # Units under others with points between, and with their powers behind a hyphen.
    ("fr", "60 mg.kg-1.j-1", "60 milligrammes par kilogramme par jour", "60 milligrammes.kg-1.j-1"),
    ("en", "5 mg kg-1 day-1", "5 milligrams per kilogram per day", "5 milligrams kg-1 day-1"),
    ("en", "75 mg.m-2", "75 milligrams per square metre", "75 milligrams per metre"),
    ("fr", "0,5 µg.kg⁻¹.min⁻¹", "0,5 microgramme par kilogramme par minute", "0,5 microgramme.kg -1.min -1"),
    ("en", "5 mg day-1, 2 mg day-2", "5 milligrams day-1, 2 milligrams day-2", "5 milligrams per day, 2 day-2"),
    # A way to give a dose, which is no number.
    ("en", "a large volume IV fluid", "a large volume I V fluid", "a large volume 5 fluid"),
    # In capitals, as lists of medicines are printed.
    ("en", "15 MG/KG/DOSE", "15 milligrams per kilogram per dose", "15 milligrams per kilogram, dose"),
    ("en", "POTASSIUM 20 MEQ", "potassium 20 milliequivalents", "potassium 20 milligrams"),
    ("en", "NOT <12 YRS", "not less than 12 years", "not less than 12 hours"),
    ("en", "90 MCG/ACT, 5 CC", "90 micrograms per actuation, 5 cubic centimetres", "90 micrograms, 5 C C"),
    ("en", "BP 120/80 HR 60", "B P 120 over 80 H R 60", "B P 120 over 80 hours 60"),
    ("en", "RR 16 SpO2 98%", "R R 16 S p O 2, 98 per cent", "R R 16 S p O 2, 89 per cent"),
    # Hours without a colon, ranges with a wave, and two medicines.
    ("en", "Open 0800-1700", "Open 0800 to 1700", "Open 0800 to 1800"),
    ("en", "Call 0800-1100", "Call 0 8 0 0, 1 1 0 0", "Call 0 8 0 0, 1 1 0 1"),
    ("en", "5~10 mg", "5 to 10 milligrams", "5 about 10 milligrams"),
    ("de", "5 ∼ 10 mg", "5 bis 10 Milligramm", "5 ungefähr 10 Milligramm"),
    ("en", "drug 1%/clotrimazole 1%", "drug 1 per cent, clotrimazole 1 per cent", "drug 1 per cent clotrimazole"),
    # The mark of a note is no day and no age.
    ("en", "Day² is 5 mg", "Day is 5 milligrams", "Day 2 is 5 milligrams"),
    ("fr", "Âge¹ : 5", "Âge : 5", "Âge 1 : 5"),
    ("en", "Take for [3] days", "Take for [3] days", "Take for days"),
    # The sign of thousands of Arabic, which voices take for a pause or for a decimal one.
    ("ar", "١٬٥٠٠ ملغ", "١٥٠٠ ملغ", "١٬٥٠٠ ملغ"),
    ("fa", "۱٬۵۰۰", "۱۵۰۰", "۱٬۵۰۰"),
    ("fr", "١٬٥٠٠ mg", "1500 milligrammes", "1,500 milligrammes"),
    ("en", "5 mg 8am/2pm", "5 milligrams 8 a m, 2 p m", "5 milligrams 8 a m, 3 p m"),
    # The doses of a day, each with its unit; and the night before a dash or bracket.
    ("en", "6u-8u-6u", "6 units, 8 units, 6 units", "6 units to 8 units, 6 units"),
    (
        "de",
        "6 IE - 4 IE - 8 IE",
        "6 internationale Einheiten, 4 internationale Einheiten, 8 internationale Einheiten",
        "6 bis 4 internationale Einheiten",
    ),
    (
        "en",
        "Ramipril 5 mg ON – new",
        "Ramipril 5 milligrams at night – new",
        "Ramipril 5 milligrams at noon – old 6",
    ),
    (
        "en",
        "10 mg ON – 5 mg OM",
        "10 milligrams at night – 5 milligrams in the morning",
        "10 milligrams – 5 milligrams",
    ),
    (
        "en",
        "SWITCHED TO 5 MG ON - MONDAY",
        "switched to 5 milligrams on - monday",
        "switched to 6 milligrams on - monday",
    ),
    ("en", "PUMP 5 mg ON/OFF", "pump 5 milligrams on, off", "pump 6 milligrams on, off"),
    ("en", "2.5 mg OM (new)", "2.5 milligrams in the morning (new)", "2 milligrams in the morning (new)"),
    # A dash behind the number of a week, or a time of day, and before a dose: no range.
    *(
        ("en", f"{label} – 5 mg", f"{label}, 5 milligrams", f"{label} to 5 milligrams")
        for label in ("Week 1", "Day 2", "Cycle 3", "Age 4")
    ),
    ("fr", "Semaine 1 - 40 mg", "Semaine 1, 40 milligrammes", "Semaine 1 à 40 milligrammes"),
    ("de", "Tag 1–5 mg", "Tag 1, 5 Milligramm", "Tag 1 bis 5 Milligramm"),
    ("it", "Giorno 1 – 5 mg", "Giorno 1, 5 mg", "Giorno 1 – 5 mg"),
    ("en", "Days 1–5: 5 mg", "Days 1 to 5: 5 milligrams", "Days 1, 5: 5 milligrams"),
    ("en", "8 am – 5 mg", "8 a m, 5 milligrams", "8 a m to 6 milligrams"),
    # Nor is there a ratio behind the colon of a label.
    *(
        (lang, f"{label} 1: 40 mg", f"{label} 1: 40 mg", f"{label} 1 {to} 40 mg")
        for lang, label, to in (("nl", "Week", "op"), ("pl", "Tydzień", "do"), ("it", "Giorno", "a"))
    ),
    ("fr", "Semaine 1 : 3 injections", "Semaine 1 : 3 injections", "Semaine 1 : 4 injections"),
    ("fr", "Jour 1 : 2 comprimés", "Jour 1 : 2 comprimés", "Jour 1 : 3 comprimés"),
    ("fr", "mélanger 1 : 10", "mélanger 1 pour 10", "mélanger 1 à 11"),
    ("it", "Gruppo 2 : 5 mg", "Gruppo 2 : 5 mg", "Gruppo 2 a 5 mg"),
    # A dash behind a name that touches the dose is no minus; behind a word for a change it is.
    (
        "en",
        "Aspirin -75 mg, night –5 mg",
        "Aspirin, 75 milligrams, night, 5 milligrams",
        "Aspirin minus 75 milligrams, night minus 5 milligrams",
    ),
    ("en", "Dose:-5 mg", "Dose: 5 milligrams", "Dose: minus 5 milligrams"),
    ("en", "Change -5 mg", "Change minus 5 milligrams", "Change, 5 milligrams"),
    ("it", "Aspirina -75 mg", "Aspirina, 75 mg", "Aspirina -75 mg"),
    # Two strengths, and two sentences, without a space between.
    ("en", "5,10 mg", "5, 10 milligrams", "5.10 milligrams"),
    ("en", "2,50 mg", "2.50 milligrams", "2, 50 milligrams"),
    ("en", "5 mg.10 mg", "5 milligrams. 10 milligrams", "5 milligrams. 0.10 milligrams"),
    ("de", "2 Tabletten.5 Tage", "2 Tabletten. 5 Tage", "2 Tabletten. 6 Tage"),
    # Arrows with the sign that makes a picture of them.
    ("en", "5 ➡\ufe0f 10 mg", "5 to 10 milligrams", "5, 10 milligrams"),
    ("en", "Then ⬇\ufe0f to 5 mg", "Then decrease to 5 milligrams", "Then ⬇ to 5 milligrams"),
    # The mark of a note is no part of the number, name or unit before it, nor of the note that it touches.
    ("en", "INR² 5", "INR 5", "INR 2 5"),
    ("fr", "entre 37⁵ et 39", "entre 37 puissance 5 et 39", "entre 37 et 39"),
    ("fr", "PARACÉTAMOL² 500 mg", "PARACÉTAMOL 500 milligrammes", "PARACÉTAMOL 2 500 milligrammes"),
    ("es", "HIERRO² 100 mg", "HIERRO 100 miligramos", "HIERRO 2 100 miligramos"),
    ("en", "AIDS² and CHADS² 2", "AIDS and CHADS 2 2", "AIDS 2 and CHADS 2 2"),
    ("en", "At most 400² mg/kg¹", "At most 400 milligrams per kilogram", "At most 400 to the power 2 mg per kg"),
    ("en", "In 38 °C² and 65+³", "In 38 degrees Celsius and 65 plus", "In 38 degrees Celsius squared and 65+3"),
    ("en", "²5 mg only", "5 milligrams only", "25 milligrams only"),
    ("en", "¹Not in children", "Not in children", "In children"),
    ("en", "1.75² = 3.06", "1.75 to the power 2 equals 3.06", "1.75 equals 3.06"),
    ("en", "kg / (height in m)²", "kilograms / (height in m) to the power 2", "kilograms / (height in m)"),
    ("de", "kg ÷ Größe²", "Kilogramm geteilt durch Größe hoch 2", "Kilogramm geteilt durch Größe"),
    ("en", "98 10*9/L", "98 10 to the power 9 per litre", "98 10, 9 per litre"),
    # What a number before a name limits; the numbers of a ward, an hour and a telephone.
    ("fr", "4 ≤ INR < 6", "4 inférieur ou égal à I N R moins de 6", "4 inférieur ou égal à I N R plus de 6"),
    (
        "en",
        "5 mg > dose > 2 mg",
        "5 milligrams greater than dose more than 2 milligrams",
        "5 milligrams, dose 2 mg",
    ),
    ("en", "Ward 7 – 01234 567890", "Ward 7; 0 1 2 3 4, 5 6 7 8 9 0", "Ward 7; 0 1 2 3 4, 5 6 7 8 9"),
    ("en", "9am–5pm – 01234 567890", "9 a m to 5 p m; 0 1 2 3 4, 5 6 7 8 9 0", "9 a m to 5 p m; 0 1 2 3 4"),
    ("de", "Tel. 0711 2034-0", "Telefon 0 7 1 1, 2 0 3 4, 0", "Telefon 0 7 1 1, 2 0 3 4"),
    ("de", "Tel. (030) 450-0", "Telefon 0 3 0, 4 5 0, 0", "Telefon 0 3 0, 4 5, 0"),
    ("fr", "Poste 12 – 01 40 25 80 80", "Poste 12; 0 1, 4 0, 2 5, 8 0, 8 0", "Poste 12; 0 1, 4 0, 2 5, 8 0"),
    ("de", "Tel. (0 30) 4 50-12 34", "Telefon 0, 3 0, 4, 5 0, 1 2, 3 4", "Telefon 0, 3 0, 4, 5 0 bis 1 2, 3 4"),
    # Seconds of an exercise and no decade.
    ("en", "Hold for 30s × 3", "Hold for 30 seconds times 3", "Hold for thirties times 3"),
    ("en", "3x30s, 60s rest", "3 times 30 seconds, 60 seconds rest", "3 times thirties, sixties rest"),
    ("en", "in your 30s or 40s", "in your thirties or forties", "in your 30 seconds or 40 seconds"),
    (
        "en",
        "in their 60s walk slower, rest 60s",
        "in their sixties walk slower, rest 60 seconds",
        "in their 60 seconds walk slower, rest 60 seconds",
    ),
    ("en", "in your 30s to 50s", "in your thirties to fifties", "in your thirties or fifties"),
    ("en", "Rest 30s or 60s", "Rest 30 seconds or 60 seconds", "Rest thirties or sixties"),
    ("en", "Hold for 30–60s", "Hold for 30 to 60s", "Hold for 30, 60s"),
    # The strengths of a medicine of two, and hours on the hour.
    (
        "en",
        "co-amoxiclav 1g/200mg",
        "co-amoxiclav 1 gram, 200 milligrams",
        "co-amoxiclav 1 gram per 200 milligrams",
    ),
    (
        "fr",
        "Ca 1 g/880 UI",
        "Ca 1 gramme, 880 unités internationales",
        "Ca 1 gramme par 880 unités internationales",
    ),
    ("fr", "N° vert 0 800 123 456", "N° vert 0, 8 0 0, 1 2 3, 4 5 6", "N° vert 0, 8 0 0, 1 2 3, 4 5 7"),
    ("fr", "+ de 65 ans, - de 3 ans", "plus de 65 ans, moins de 3 ans", "plus de 65 ans, - de 3 ans"),
    ("en", "salt 1.5g/100g", "salt 1.5 grams per 100 grams", "salt 1.5 grams, 100 grams"),
    ("es", "1 comp. y medio", "1 comprimido y medio", "1 comprimido"),
    ("en", "Call 111 / 999", "Call 1 1 1 slash 9 9 9", "Call 1 1 1 slash 9 9 8"),
    ("fr", "à 9h00, 2 cp", "à 9 heures, 2 comprimés", "à 9 heures, 3 comprimés"),
    ("fr", "8h30 – 5 mg", "8 heures 30, 5 milligrammes", "8 heures 30 à 5 milligrammes"),
    ("en", "IPV§ 5 mg", "I P V 5 milligrams", "I P V section 50 milligrams"),
    # Ranges of thousands that are written with blanks.
    ("en", "10 000–20 000 IU", "10000 to 20000 international units", "10000–20000 international units"),
    ("de", "10 000-20 000 IE", "10000 bis 20000 internationale Einheiten", "10000-20000 internationale Einheiten"),
    ("en", "Platelets 150 000–400 000", "Platelets 150000 to 400000", "Platelets 150000, 400000"),
    (
        "fr",
        "Plaquettes : 150 000-400 000/mm3",
        "Plaquettes : 150000 à 400000 par millimètre cube",
        "Plaquettes : 150000, 400000 par millimètre cube",
    ),
    (
        "de",
        "Thrombozyten 150 000–400 000/µl",
        "Thrombozyten 150000 bis 400000 pro Mikroliter",
        "Thrombozyten 150000–400000 pro Mikroliter",
    ),
    (
        "de",
        "400000–600000 IE",
        "400000 bis 600000 internationale Einheiten",
        "400000, 600000 internationale Einheiten",
    ),
    ("en", "150,000 - 400,000/µL", "150,000 to 400,000 per microlitre", "150,000 - 400,000 per microlitre"),
    # Minutes raised behind the hour, and doses behind it.
    ("de", "Mo 8³⁰–12⁰⁰ Uhr", "Montag 8 Uhr 30 bis 12 Uhr", "Montag 8 hoch 30 bis 12 hoch 00 Uhr"),
    ("en", "Open 8³⁰–12⁰⁰.", "Open 8 30 to 12 o'clock.", "Open 8 to the power 30 to 12 to the power 00."),
    ("fr", "de 9⁰⁰ à 12³⁰", "de 9 heures à 12 heures 30", "de 9 puissance 00 à 12 puissance 30"),
    ("de", "8⁰⁰ Uhr – 5 mg", "8 Uhr, 5 Milligramm", "8 Uhr bis 5 Milligramm"),
    ("de", "8.00 Uhr – 5 mg", "8 Uhr, 5 Milligramm", "8 Uhr bis 5 Milligramm"),
    ("de", "20 Uhr – 1/2 Tbl.", "20 Uhr, eine halbe Tablette.", "20 Uhr bis eine halbe Tablette."),
    ("de", "Mo 8 Uhr – 12 Uhr", "Montag 8 Uhr bis 12 Uhr", "Montag 8 Uhr, 12 Uhr"),
    ("en", "Week 1 – 1/2 tablet", "Week 1, half a tablet", "Week 1 to half a tablet"),
    ("fr", "8h – 1/2 comprimé", "8 heures, un demi comprimé", "8 heures à un demi comprimé"),
    # A number behind a time of day.
    ("en", "12:30 250 mg", "12 30, 250 milligrams", "12 to 30 250 milligrams"),
    ("en", "BP 08:00 140/90", "B P 8 o'clock, 140 over 90", "B P 08 to 00 140 over 90"),
    ("fr", "12:30 250 mg", "12 heures 30, 250 milligrammes", "12 pour 30250 milligrammes"),
    ("fr", "8h30 250 mg", "8 heures 30, 250 milligrammes", "8 heures 30250 milligrammes"),
    ("de", "um 12:30 Uhr 250 mg", "um 12 Uhr 30, 250 Milligramm", "um 12 Uhr 30 250 Milligramm"),
    ("es", "a las 8:30 250 ml", "a las 8 30, 250 mililitros", "a las 8 a 30250 mililitros"),
    ("en", "adrenaline 1:10 000", "adrenaline 1 to 10000", "adrenaline 1 10, 000"),
    ("en", "Seen 14:05", "Seen 14 0 5", "Seen 14 0 6"),
    # What is given for a result, and what comes of a dose by weight.
    ("en", "INR 1.5 → 5 mg", "I N R 1.5, 5 milligrams", "I N R 1.5 to 5 milligrams"),
    ("en", "BGL 10 - 4 units", "B G L 10, 4 units", "B G L 10 to 4 units"),
    (
        "en",
        "eGFR 30 – 60 ml/min",
        "e G F R 30 to 60 millilitres per minute",
        "e G F R 30, 60 millilitres per minute",
    ),
    (
        "en",
        "BGL 70 – 180 mg/dL",
        "B G L 70 to 180 milligrams per decilitre",
        "B G L 70, 180 milligrams per decilitre",
    ),
    (
        "en",
        "eGFR 62 → 58 mL/min",
        "e G F R 62 to 58 millilitres per minute",
        "e G F R 62, 58 millilitres per minute",
    ),
    ("de", "BZ 80 – 120 mg/dl", "B Z 80 bis 120 Milligramm pro Deziliter", "B Z 80, 120 Milligramm pro Deziliter"),
    ("en", "BGL 10 → 2 U/h", "B G L 10, 2 units per hour", "B G L 10 to 2 units per hour"),
    (
        "en",
        "2 mg/kg → 100 mg",
        "2 milligrams per kilogram, 100 milligrams",
        "2 milligrams per kilogram to 100 milligrams",
    ),
    (
        "en",
        "1 mg/kg/day → 0.5 mg/kg/day",
        "1 milligram per kilogram per day to 0.5 milligrams per kilogram per day",
        "1 milligram per kilogram per day, 0.5 milligrams per kilogram per day",
    ),
    # Names that end in a number, money of another country, the mark of a note behind ten, areas in full.
    ("fr", "CD4 200", "C D 4, 200", "C D 4 200"),
    ("de", "$1,234.56", "1234 Dollar 56", "1,234 Dollar 56"),
    ("en", "Take 10¹ tablets", "Take 10 tablets", "Take 10 to the power 1 tablets"),
    ("en", "5 × 10¹ mg", "5 times 10 to the power 1 milligrams", "5 times 10 milligrams"),
    ("en", "75 mg/metre²", "75 milligrams per metre squared", "75 milligrams per metre"),
    ("en", "2 TABS X 3/D", "2 TABS, 3 times per day", "2 TABS, 3 times per week"),
    ("de-AT", "Tel. 01/404 00-0", "Telefon 0 1, 4 0 4, 0 0, 0", "Telefon 01 Schrägstrich 404 00 bis 0"),
    ("fr-CA", "1 co q4-6h", "1 co toutes les 4 à 6 heures", "1 co toutes les 4 à 6 jours"),
    ("fr-CA", "1 co q6h", "1 co toutes les 6 heures", "1 co toutes les 8 heures"),
    ("en", "Take half – 1 tablet", "Take half to 1 tablet", "Take half to 2 tablets"),
    ("de", "eine halbe – 1 Tablette", "eine halbe bis 1 Tablette", "eine halbe bis 2 Tabletten"),
    ("fr-CA", "1 co Q4-6H", "1 co toutes les 4 à 6 heures", "1 co toutes les 4 à 8 heures"),
    # A number and three digits behind a blank: one number, or how many of what is counted.
    ("de", "Kalzium 1 200 mg", "Kalzium 1200 Milligramm", "Kalzium 1, 200 Milligramm"),
    ("de", "12 500 IE", "12500 internationale Einheiten", "12, 500 internationale Einheiten"),
    ("de", "2 500 mg Tabletten", "2, 500 Milligramm Tabletten", "2 500 Milligramm Tabletten"),
    ("de", "3 250-mg-Kapseln", "3, 250 Milligramm-Kapseln", "3250 Milligramm-Kapseln"),
    ("de", "2 400 mg in Tablettenform", "2400 Milligramm in Tablettenform", "2, 400 Milligramm in Tablettenform"),
    ("de", "1 200–1 600 mg", "1200 bis 1600 Milligramm", "1200–1600 Milligramm"),
    ("de", "Gruppe 1 150 mg", "Gruppe 1, 150 Milligramm", "Gruppe 1150 Milligramm"),
    ("de", "pro Beutel 1 500 ml", "pro Beutel 1500 Milliliter", "pro Beutel 1, 500 Milliliter"),
    ("fr", "Âge 6 250 mg", "Âge 6, 250 milligrammes", "Âge 6250 milligrammes"),
    ("es", "Fase 2 250 mg", "Fase 2, 250 miligramos", "Fase 2250 miligramos"),
    ("en", "Phase 1 250 mg", "Phase 1, 250 milligrams", "Phase 1 250 milligrams"),
    (
        "fr",
        "Vitamine D 3 800 UI",
        "Vitamine D 3, 800 unités internationales",
        "Vitamine D 3800 unités internationales",
    ),
    ("fr", "Magné B 6 250 mg", "Magné B 6, 250 milligrammes", "Magné B 6250 milligrammes"),
    (
        "fr",
        "Vitamine A 2 500 UI",
        "Vitamine A 2500 unités internationales",
        "Vitamine A 2, 500 unités internationales",
    ),
    ("es", "Omega 3 500 mg", "Omega 3, 500 miligramos", "Omega 3500 miligramos"),
    ("de", "Coenzym Q 10 100 mg", "Coenzym Q 10, 100 Milligramm", "Coenzym Q 10100 Milligramm"),
    ("fr", "CA 125 200 U/ml", "C A 125, 200 unités par millilitre", "C A 125200 unités par millilitre"),
    (
        "de",
        "Vitamin D 3 1 000 IE",
        "Vitamin D 3, 1000 internationale Einheiten",
        "Vitamin D 31000 internationale Einheiten",
    ),
    ("en-ZA", "1 200 kcal daily", "1200 kilocalories daily", "1 200 kilocalories daily"),
    ("en-CA", "2 500 mg tablets", "2 500 milligram tablets", "2500 milligram tablets"),
    ("en", "Days 2-5 250 mg", "Days 2 to 5, 250 milligrams", "Days 2, 5, 250 milligrams"),
    ("de", "Wochen 1 – 2 200 mg", "Wochen 1 bis 2, 200 Milligramm", "Wochen 1, 2, 200 Milligramm"),
    ("fr", "Jour 2 – 1 250 mg", "Jour 2, 1250 milligrammes", "Jour 2, 1, 250 milligrammes"),
    ("es", "800-1 200 mg", "800 a 1200 miligramos", "800, 1200 miligramos"),
    ("es-MX", "1 200–1 600 mg", "1200 a 1600 miligramos", "1200–1600 miligramos"),
    ("es", "1 200 personas", "1200 personas", "1300 personas"),
]
"""Language, line, what is said for it, and what must be refused."""


@pytest.mark.parametrize(("lang", "shown", "right", "wrong"), TURNED)
def test_what_turns_the_meaning_is_said_and_the_proof_hears_it_turned(
    lang: str, shown: str, right: str, wrong: str
) -> None:
    assert say(shown, lang) == right
    assert faults(shown, right, lang) == []
    assert faults(shown, wrong, lang)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "Calcium 1 200 mg daily"),
        ("en", "Take 1 500 mg every 6 hours"),
        ("en-GB", "10 500 IU"),
        ("en-CA", "Take 2 500 mg every 6 hours"),
        ("en-CA", "Day 1 – 1 250 mg"),
        ("en", "NovoMix 30 100 units"),
        ("de", "Actraphane 30 100 IE"),
        ("de", "Seretide 250 500 µg Diskus"),
        ("fr", "NovoMix 30 100 UI"),
        ("es", "Seretide 250 500 µg"),
        ("it", "NovoMix 30 100 UI"),
        ("de", "Dosis 1 250 mg"),
        ("es", "Comprimido 1 200 mg"),
        ("fr", "Metformine 850 850 mg"),
        ("fr", "Kardégic 75 150 mg"),
        ("es", "Nivel 2 500 mg"),
        ("es", "2 500 mg tabletas"),
        ("de", "1 200 mg Filmtabletten"),
    ],
)
def test_what_can_be_one_number_or_two_is_refused(lang: str, shown: str) -> None:
    assert any("one number or two" in fault for fault in faults(shown, say(shown, lang), lang))


@pytest.mark.parametrize(
    "shown", ["2 500 mg tablets", "1 400 g tin of tomatoes", "Vitamin D 10 000 IU", "on day 1 200 mg"]
)
def test_how_many_and_thousands_are_not_refused(shown: str) -> None:
    assert faults(shown, say(shown, "en"), "en") == []


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "Lorazepam.5 mg"),
        ("en", "Synthroid.125 mg daily"),
        ("en", "1 mg.5 tablets"),
        ("nl", "Lorazepam.5 mg"),
    ],
)
def test_a_point_that_ends_a_sentence_or_begins_a_part_of_a_dose_is_refused(lang: str, shown: str) -> None:
    assert any("a blank is missing" in fault for fault in faults(shown, say(shown, lang), lang))


def test_hours_in_capitals_are_no_heart_rate() -> None:
    assert faults("EVERY 4 HR", "every 4 H R", "en")
    assert faults("BP 120/80 HR 60", "B P 120 over 80 H R 60", "en") == []


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("fr", "∅ fièvre"),  # it stands for "no"
        ("en", "T 37⁵ °C"),  # a tenth, or the mark of a note?
        ("de", "Fieber über 38⁵"),
        ("it", "38⁵ °C"),
        ("pl", "pH 7⁴"),
        ("en", "2⁵ mg"),
    ],
)
def test_a_sign_of_which_nobody_knows_what_it_says_is_refused(lang: str, shown: str) -> None:
    assert faults(shown, say(shown, lang), lang)


@pytest.mark.parametrize(
    ("before", "raised", "position"), [("38", "5", "sup"), ("37,", "5", "note"), ("0.", "25", "note")]
)
def test_a_raised_tenth_in_markup_is_refused(before: str, raised: str, position: Any) -> None:
    runs = (Run(before), Run(raised, position=position), Run(" °C"))
    heard = spoken(runs, "en", NOTHING_DEFINED)
    assert any("tenth" in fault for fault in Sentence(runs, heard.text, heard.changes, "en").faults())


@pytest.mark.parametrize("shown", ["Men over 6' tall", "Patients over 6'"])
def test_feet_are_no_minutes(shown: str) -> None:
    assert "minutes" not in say(shown, "en")
    assert faults(shown, shown.replace("'", " minutes"), "en")


STAYS = [
    ("en", "Cut it in half – 1 tablet is enough", "Cut it in half – 1 tablet is enough"),
    # Numbers of thousands are no telephone's, and what a line begins with is an isotope's whole number.
    ("en", "1 000 000 IU", "1000000 international units"),
    ("fr", "2 016 000 UI", "2016000 unités internationales"),
    ("en", "¹³¹I therapy", "131 I therapy"),
    ("en", "2.5 x 10⁵ ml", "2.5 times 10 to the power 5 millilitres"),
    # From one concentration to another; and what is given at a weight.
    (
        "en",
        "125 mg/5 ml → 250 mg/5 ml",
        "125 milligrams per 5 millilitres to 250 milligrams per 5 millilitres",
    ),
    ("it", "125 mg/5 ml → 250 mg/5 ml", "125 mg/5 ml a 250 mg/5 ml"),
    ("nl", "10 kg → 1 tablet", "10 kg, 1 tablet"),
    ("it", "1 cpr → 2 cpr", "1 cpr a 2 cpr"),
    ("es", "C/ Alcalá 5 CP 28014", "calle Alcalá 5 C P 28014"),
    # Seconds or decades, where no rule says which.
    ("fr", "20-30s", "20 à 30s"),
    # A dash that ends a clause is no minus, nor the mark of a list.
    ("en", "Fridge – 2 °C to 8 °C", "Fridge – 2 degrees Celsius to 8 degrees Celsius"),
    ("en", "Call if: - 38 °C", "Call if: - 38 degrees Celsius"),
    ("en", "- 2 °C in the fridge", "- 2 degrees Celsius in the fridge"),
    ("fr", "Ne PAS dépasser 3 g", "Ne pas dépasser 3 grammes"),
    ("en", "A 50-50 chance", "A 50 50 chance"),
    ("en", "Mon–Fri 8-8", "Monday to Friday 8 to 8"),
    ("de", "Mo–Fr 8-8 Uhr", "Montag bis Freitag 8 bis 8 Uhr"),
    ("en", "♂/♀", "male, female"),
    ("es", "Entre el 2º y 8º mes", "Entre el segundo y octavo mes"),
    ("en", "From – 2 weeks later – stop", "From – 2 weeks later – stop"),
    ("en", 'He said "aged 5" long ago', 'He said "aged 5" long ago'),
    ("en", "Tilt 2° to the left", "Tilt 2 degrees to the left"),
    ("en", "10 000 IU", "10000 international units"),
    # What is taken in a day is no numbered day.
    ("fr", "Par jour 1 250 mg", "Par jour 1250 milligrammes"),
    ("es", "Al día 1 250 mg", "Al día 1250 miligramos"),
    ("pl", "Na dzień 1 250 mg", "Na dzień 1250 mg"),
    ("it", "Frigorifero – 2 °C", "Frigorifero – 2 °C"),
    # A hyphen that waits for the rest of a word is none either.
    ("en", "ER- and PR-positive", "E R- and P R-positive"),
    ("en", "HIV- and HCV-positive", "H I V- and H C V-positive"),
    ("de", "HIV-, HCV- und HBV-Infektionen", "H I V-, H C V- und H B V-Infektionen"),
    ("de", "CT- und MRT-Bilder", "C T- und M R T-Bilder"),
    ("nl", "HIV- en HCV-infecties", "HIV- en HCV-infecties"),
    # A woman and no Friday.
    ("de", "Fr. Meier, Fr. Dr. Schulz", "Frau Meier, Frau Doktor Schulz"),
    ("de", "Fr. Vormittag", "Freitag Vormittag"),
    ("de", "Mo–Fr. Praxis 8–12", "Montag bis Freitag Praxis 8 bis 12"),
    ("de", "Fr. Gymnastik 8.30–9.15 Uhr", "Freitag Gymnastik 8 Uhr 30 bis 9 Uhr 15"),
    # Magnesium, and months.
    ("en", "Low Mg or K", "Low Mg or K"),
    ("de", "Na, K, Mg", "Na, K, Mg"),
    ("en", "Under 3m: no", "Under 3m: no"),
    ("en", "MenB at 2, 4 and 12 m", "MenB at 2, 4 and 12 m"),
    # Marks of notes, markup and names of genes are no amounts.
    ("en", "It was shown in adults [3] and children.[4, 5]", "It was shown in adults and children."),
    ("en", "the <b>bold</b> word of c.76A>T", "the <b>bold</b> word of c.76A>T"),
]


@pytest.mark.parametrize(("lang", "shown", "right"), STAYS)
def test_a_sign_that_means_nothing_stays(lang: str, shown: str, right: str) -> None:
    assert say(shown, lang) == right
    assert faults(shown, right, lang) == []


@pytest.mark.parametrize(("shown", "dash"), [("2°-8°C", 2), ("5%-10%", 2), ("5'-10'", 2)])
def test_a_minus_that_a_range_has_not_is_heard(shown: str, dash: int) -> None:
    minus = Change("signs of amounts", dash, dash + 1, "meno ")
    said = f"{shown[:dash]} meno {shown[dash + 1 :]}"
    assert "said but not shown: meno" in Sentence((Run(shown),), said, (minus,), "it").faults()


@pytest.mark.parametrize(("lang", "right"), [("it", "10 a 5 mg"), ("nl", "10 tot 5 mg")])
def test_a_dose_that_is_reduced_is_said_as_one_and_the_next(lang: str, right: str) -> None:
    assert say("10-5 mg", lang) == right
    assert faults("10-5 mg", right, lang) == []


@pytest.mark.parametrize(
    ("shown", "right"), [("ER+/PR−", "E R positiv, P R negativ"), ("Wenn ER+ ist", "Wenn E R positiv ist")]
)
def test_the_name_of_a_test_is_no_german_word(shown: str, right: str) -> None:
    assert say(shown, "de") == right
    assert faults(shown, right, "de") == []


@pytest.mark.parametrize(
    ("lang", "shown", "right"),
    [
        ("en", "Hb ♀ 12-16, ♂ 14-18", "Hb female 12 to 16, male 14 to 18"),
        ("de", "12 g/d (♀)", "12 Gramm pro Tag (weiblich)"),
        ("fr", "♂ 14-18", "homme 14 à 18"),
        ("es", "♀ 12-16", "mujer 12 a 16"),
    ],
)
def test_whom_an_amount_is_for_is_said(lang: str, shown: str, right: str) -> None:
    assert say(shown, lang) == right
    assert faults(shown, right, lang) == []
    place = shown.index("♂" if "♀" not in shown else "♀")
    dropped = Change("symbols", place, place + 1, "")
    assert Sentence((Run(shown),), right, (dropped,), lang).misworded(dropped)


def test_every_so_many_hours_is_no_street() -> None:
    shown, street = "1 comp C/8 h", Change("abbreviations", 7, 9, "calle ")
    assert Sentence((Run(shown),), "1 comp calle 8 h", (street,), "es").misworded(street)
    assert faults("C/ 8 de Marzo", "calle 8 de Marzo", "es") == []
