"""Clinical sentences written for the tests, with their language."""

from __future__ import annotations

_ENGLISH = """
Infuse it over 30′.
Take 2 x 500mg tablets every 4–6 hours, at most 8 tablets in 24 hours.
Adults take 250 mg to 500 mg, and children 5 mg/kg/day in 2 doses.
Use 5mcg (0.5 ml) of the 10 mg/5ml solution, never 5 mg.
Do NOT take it if your temperature is <36C or >38.5 °C.
Do not drive if your blood pressure is over 140/90mmHg.
A platelet count of 150–400 x 10⁹/L is normal.
Keep it at 2°C–8°C, not below −20 °C or -4 °F.
Take 1/2 tablet at 5.30pm and 1½ tablets at 9am.
In an emergency call 999, 911 or 112; for advice phone 020 7450 4000.
Samaritans can be called free on 116 123 at any time, 24/7.
She has type II diabetes and stage IIIb kidney disease.
Take .5 mg b.i.d. w/o food, approx. 30 mins before bed.
The test costs £5.50 and was last changed on 6 Aug 2018.
It is common in your 40s and was first seen in the 1990s.
People aged ≥ 65 or ≤ 5, and those aged 18-64 with a BMI of 30 kg/m², should ask.
The lump was 5 x 3 cm and the margin ± 2 mm, about ~10% of all.
Insulin contains 100 U/mL; inject 10–20 units/day.
There is no cure, but it is not catching, and you cannot pass it on without contact.
L4-L5 and C5/6 are discs; COVID-19 and the 6-in-1 vaccine are not.
The clinic is open 9am-5pm, Mon-Fri, and until 20:00 on 25/12/2024.
Drink 1,000 ml of water and eat 2,500kcal with 2.5 g of salt.
Your eGFR is 60 mL/min/1.73 m² and your HbA1c 48 mmol/mol.
3/4 times a day is written badly, a pain score of 7/10 is not.
Those aged 65+ need 10 micrograms/day of vitamin D3.
H₂O and CO₂ pass; C. difficile and E. coli do not.
Your T-score is -2.5, which is less than −1.
She has 2° heart block, anaemia 2° to CKD and a 23G 1" needle, stored at - 20 °C.
On day 1 5 mg are given, TDS x 5/7.
"""
_SPANISH = """
Tome 2,5 mg/kg/día cada 4–6 h, no más de 1.000 mg al día.
La dosis es de 0,5 ml o 5 µg, sin alcohol.
El tumor mide <5 mm y la fiebre pasa de 38,5 °C; no conduzca si tiene mareo.
Llame al 112 o al 900 123 456, incluso a las 14:30 h.
Tensión de 140/90 mmHg a una temperatura de −20 °C.
Tome 1/2 comprimido y ½ taza de agua 3/4 veces al día.
El recuento fue de 10⁹/L el 3/5/2024.
NO tome más de 2 x 500 mg, ni 5-10 mg sin receta.
"""
_FRENCH = """
Prendre 1 comprimé 1 j/2.
Traitement de J1 à J14 puis J28–J42, arrêt des anticoagulants à J-5.
Prenez 2,5 mg/kg/jour toutes les 4-6 h, pas plus de 1 000 mg par jour.
La dose est de 0,5 ml ou 5 µg, sans alcool.
La tumeur mesure <5 mm et la fièvre dépasse 38,5 °C ; ne conduisez pas si vous avez des vertiges.
Appelez le 15 ou le 112, ou le 01 23 45 67 89, à 14h30.
Tension de 140/90 mmHg à une température de −20 °C.
Prenez 1/2 comprimé et ½ tasse d'eau 3/4 fois par jour.
Le taux était de 10⁹/L le 01/05/2024.
NE prenez PAS plus de 2 x 500 mg, ni 5-10 mg sans ordonnance.
"""
_GERMAN = """
Über 30′ geben.
Nehmen Sie 2,5 mg/kg/Tag alle 4–6 Std., nicht mehr als 1.000 mg pro Tag.
Die Dosis ist 0,5 ml oder 5 µg, ohne Alkohol.
Der Knoten misst <5 mm und das Fieber steigt über 38,5 °C; fahren Sie nicht Auto.
Rufen Sie 112 oder 030 12345678 an, auch um 14.30 Uhr.
Blutdruck von 140/90 mmHg bei einer Temperatur von −20 °C.
Nehmen Sie 1/2 Tablette und ½ Tasse Wasser 3/4 mal am Tag.
Der Wert war 10⁹/L am 3. Mai 2024.
Nehmen Sie NICHT mehr als 2 x 500 mg, auch nicht 5-10 mg ohne Rezept.
"""

CLINICAL: list[tuple[str, str]] = [
    (lang, sentence)
    for lang, text in (("en", _ENGLISH), ("es", _SPANISH), ("fr", _FRENCH), ("de", _GERMAN))
    for sentence in text.strip().splitlines()
]
