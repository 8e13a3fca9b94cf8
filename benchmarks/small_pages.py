#!/usr/bin/env python3
"""Small condition pages in four languages, for measuring very many: the same ones on every machine.

    python benchmarks/small_pages.py PAGES FOLDER [FIRST]

A page depends on its number alone, so 1,000 pages are the first of 100,000. It has 45 to 79 words under a title
and two headings, with doses, days and percentages, in a folder of its language; every fourth page is of one.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

SEED = 20_261_129
LEAST_WORDS, MOST_WORDS = 40, 80


@dataclass(frozen=True, slots=True)
class Words:
    """What the pages of one language are put together from."""

    places: tuple[str, ...]
    troubles: tuple[str, ...]
    headings: tuple[str, str]
    guide: str
    first: tuple[str, ...]
    """Sentences of the first section."""
    second: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        ("Ankle", "Back", "Chest", "Ear", "Elbow", "Eye", "Foot", "Hand", "Hip", "Knee", "Neck", "Shoulder"),
        ("pain", "swelling", "stiffness", "infection", "strain", "weakness", "itching", "cramp"),
        ("Symptoms", "Treatment"),
        "{place} {trouble}, guide {number}",
        (
            "It often gets better within {days} days if you rest and move gently.",
            "About {share} in 10 people feel better after {days} weeks.",
            "A temperature above 38.{digit} °C may be a sign of infection.",
            "It may come back at night, even after {days} days without any trouble.",
        ),
        (
            "Adults take {dose} mg of this medicine every {hours} hours for {days} days.",
            "Do not take more than {most} mg in one day unless your doctor says so.",
            "A cold pack for {days} minutes helps {percent} % of people.",
            "Call your doctor at once if you can't move it after {hours} hours.",
        ),
    ),
    "es": Words(
        ("Tobillo", "Espalda", "Pecho", "Oído", "Codo", "Ojo", "Pie", "Mano", "Cadera", "Rodilla", "Cuello"),
        ("con dolor", "con hinchazón", "con rigidez", "con infección", "con debilidad", "con picazón"),
        ("Síntomas", "Tratamiento"),
        "{place} {trouble}, guía {number}",
        (
            "Suele mejorar en {days} días si descansa y se mueve con cuidado.",
            "Unas {share} de cada 10 personas mejoran después de {days} semanas.",
            "Una temperatura de más de 38,{digit} °C puede ser señal de infección.",
            "Puede volver por la noche, también después de {days} días sin molestias.",
        ),
        (
            "Los adultos toman {dose} mg de este medicamento cada {hours} horas durante {days} días.",
            "No tome más de {most} mg en un día si su médico no lo indica.",
            "Una compresa fría durante {days} minutos ayuda al {percent} % de las personas.",
            "Llame a su médico de inmediato si no puede moverlo después de {hours} horas.",
        ),
    ),
    "de": Words(
        ("Knöchel", "Rücken", "Brust", "Ohr", "Ellenbogen", "Auge", "Fuß", "Hand", "Hüfte", "Knie", "Nacken"),
        ("mit Schmerzen", "mit Schwellung", "mit Entzündung", "mit Schwäche", "mit Juckreiz", "mit Krampf"),
        ("Beschwerden", "Behandlung"),
        "{place} {trouble}, Ratgeber {number}",
        (
            "Meist wird es innerhalb von {days} Tagen besser, wenn Sie sich schonen.",
            "Etwa {share} von 10 Menschen geht es nach {days} Wochen besser.",
            "Eine Temperatur über 38,{digit} °C kann ein Zeichen einer Infektion sein.",
            "Nachts kann es wiederkommen, auch nach {days} Tagen ohne Beschwerden.",
        ),
        (
            "Erwachsene nehmen {dose} mg dieses Medikaments alle {hours} Stunden für {days} Tage.",
            "Nehmen Sie nicht mehr als {most} mg am Tag, wenn Ihr Arzt nichts anderes sagt.",
            "Eine kalte Auflage für {days} Minuten hilft {percent} % der Menschen.",
            "Rufen Sie sofort Ihren Arzt an, wenn Sie es nach {hours} Stunden nicht bewegen können.",
        ),
    ),
    "fr": Words(
        ("Cheville", "Dos", "Poitrine", "Oreille", "Coude", "Œil", "Pied", "Main", "Hanche", "Genou", "Nuque"),
        ("et douleur", "et gonflement", "et raideur", "et infection", "et faiblesse", "et démangeaison"),
        ("Symptômes", "Traitement"),
        "{place} {trouble}, guide {number}",
        (
            "Cela s'améliore souvent en {days} jours avec du repos et des gestes doux.",
            "Environ {share} personnes sur 10 vont mieux après {days} semaines.",
            "Une température de plus de 38,{digit} °C peut être un signe d'infection.",
            "Cela peut revenir la nuit, même après {days} jours sans gêne.",
        ),
        (
            "Les adultes prennent {dose} mg de ce médicament toutes les {hours} heures pendant {days} jours.",
            "Ne prenez pas plus de {most} mg par jour sans l'avis de votre médecin.",
            "Une compresse froide pendant {days} minutes aide {percent} % des personnes.",
            "Appelez tout de suite votre médecin si vous ne pouvez pas le bouger après {hours} heures.",
        ),
    ),
}


def page(number: int) -> tuple[str, str]:
    """The page of that number: its path below the content folder, and its HTML."""
    dice = random.Random(SEED * 100_003 + number)
    lang = tuple(LANGUAGES)[number % len(LANGUAGES)]
    words = LANGUAGES[lang]
    title = words.guide.format(place=dice.choice(words.places), trouble=dice.choice(words.troubles), number=number)
    sections: tuple[list[str], list[str]] = ([], [])
    wanted, count = dice.randint(LEAST_WORDS + 5, MOST_WORDS - 15), len(title.split()) + 2
    ways = [dice.sample(of, len(of)) for of in (words.first, words.second)]
    while count < wanted:
        part = len(sections[0]) > len(sections[1])
        said = _sentence(ways[part].pop(), dice)
        sections[part].append(said)
        count += len(said.split())
    body = "".join(
        f"<h2>{heading}</h2>\n<p>{' '.join(said)}</p>\n"
        for heading, said in zip(words.headings, sections, strict=True)
    )
    return f"{lang}/guide-{number:06}.html", (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>{title} | Example Health</title>'
        '</head><body><header><nav><a href="/">Example Health</a></nav></header>\n'
        f"<main><h1>{title}</h1>\n{body}</main>\n<footer><p>Cookie settings</p></footer></body></html>\n"
    )


def _sentence(way: str, dice: random.Random) -> str:
    dose = dice.choice((25, 50, 100, 200, 250, 400, 500))
    return way.format(
        days=dice.randint(2, 21),
        share=dice.randint(2, 9),
        digit=dice.randint(1, 9),
        dose=dose,
        most=dose * 4,
        hours=dice.choice((4, 6, 8, 12)),
        percent=dice.randint(20, 90),
    )


def changed(text: str) -> str:
    """The page with one more sentence at the beginning of its first section, made of its heading and a number."""
    before, heading, after = text.partition("<h2>")
    return before + heading + after.replace("</h2>\n<p>", f"</h2>\n<p>{after.partition('<')[0]} 999. ", 1)


def write(pages: int, folder: Path, first: int = 0) -> None:
    """Writes the pages from number `first` up to `pages` into the folder."""
    for lang in LANGUAGES:
        (folder / lang).mkdir(parents=True, exist_ok=True)
    for number in range(first, pages):
        place, text = page(number)
        (folder / place).write_text(text, "utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
