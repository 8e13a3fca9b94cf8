#!/usr/bin/env python3
"""Condition pages for measuring: of any number, of 850 to 1,550 words, the same on every machine.

    python benchmarks/workload.py PAGES FOLDER

A page depends on its number alone, so ten pages are the first ten of a hundred. Sentences are put together from
parts of our own; about one in ten is said on another page too, as on real sites. Each page has a header, a menu
and a footer that are not to be read, six to nine sections, lists, and a table.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SEED = 20_261_129
LEAST_WORDS, MOST_WORDS = 850, 1_550
PLACES = (
    *("ankle", "back", "bladder", "chest", "ear", "elbow", "eye", "foot", "hand", "hip", "jaw", "kidney", "knee"),
    *("liver", "neck", "shoulder", "skin", "stomach"),
)
TROUBLES = (
    "pain",
    "swelling",
    "stiffness",
    "infection",
    "inflammation",
    "strain",
    "weakness",
    "itching",
    "numbness",
    "cramp",
)
PEOPLE = ("Most people", "Some people", "Older adults", "Children", "Many patients", "A few people", "Parents")
FEELS = ("a dull ache", "a burning feeling", "sharp pain", "tiredness", "a feeling of pressure", "mild fever")
WHENS = ("at night", "in the morning", "after meals", "after long walks", "when they sit", "in cold weather")
CARES = ("rest", "gentle movement", "a warm bath", "cold packs", "simple exercises", "regular sleep", "more water")
ROLES = ("doctor", "nurse", "pharmacist", "physiotherapist", "specialist", "care team")
TESTS = ("a blood test", "an ultrasound scan", "an X-ray", "a physical examination", "a urine test")
DRUGS = ("this medicine", "the tablets", "the painkiller", "the antibiotic", "the capsules")
HEADINGS = (
    *(
        "Symptoms",
        "Causes",
        "Who is at risk",
        "Tests",
        "Treatment",
        "Medicines",
        "Looking after yourself",
        "Outlook",
    ),
    *("When to call the doctor", "Questions to ask"),
)
COMMON = (
    "Talk to your doctor before you change any medicine.",
    "Call the emergency number if you can't breathe well.",
    "Keep a list of all your medicines with you.",
    "This page does not replace the advice of your doctor.",
)


def sentence(dice: random.Random, place: str, trouble: str) -> str:
    """One sentence about a trouble."""
    if dice.random() < 0.08:
        return dice.choice(COMMON)
    pick, days, dose = dice.choice, dice.randint(2, 14), pick_dose(dice)
    return pick(
        (
            f"{pick(PEOPLE)} notice {pick(FEELS)} in the {place} {pick(WHENS)}, and it often gets better with "
            f"{pick(CARES)} within {days} days.",
            f"The {trouble} may come back {pick(WHENS)}, even after {days} days of {pick(CARES)}.",
            f"Your {pick(ROLES)} may suggest {pick(TESTS)} to see how the {place} is healing.",
            f"{pick(PEOPLE)} take {dose} mg of {pick(DRUGS)} every {pick((4, 6, 8, 12))} hours for {days} days.",
            f"Do not take more than {dose * 4} mg of {pick(DRUGS)} in one day unless your {pick(ROLES)} says so.",
            f"{pick(FEELS).capitalize()} around the {place} is common and is no reason to worry.",
            f"Ask your {pick(ROLES)} about {pick(CARES)}, {pick(CARES)} and {pick(CARES)} if the {trouble} lasts "
            f"for more than {days} days.",
            f"About {dice.randint(2, 9)} in 10 people with {trouble} of the {place} feel better in {days} weeks.",
        )
    )


def pick_dose(dice: random.Random) -> int:
    """A dose in milligrams."""
    return dice.choice((25, 50, 100, 200, 250, 400, 500))


def page(number: int) -> str:
    """The page of that number, in HTML."""
    dice = random.Random(SEED * 100_003 + number)
    place, trouble = dice.choice(PLACES), dice.choice(TROUBLES)
    title = f"{place.capitalize()} {trouble}, guide {number}"
    wanted = dice.randint(LEAST_WORDS, MOST_WORDS - 130)  # the last section runs over
    names = dice.sample(HEADINGS, dice.randint(6, 9))
    blocks, words = [], 0
    for at, name in enumerate(names):
        blocks.append(f"<h2>{name}</h2>")
        while words < wanted * (at + 1) / len(names):
            said = [sentence(dice, place, trouble) for _ in range(dice.randint(2, 5))]
            words += sum(len(one.split()) for one in said)
            if dice.random() < 0.2:
                blocks.append("<ul>" + "".join(f"<li>{one}</li>" for one in said) + "</ul>")
            else:
                blocks.append(f"<p>{' '.join(said)}</p>")
    rows = "".join(
        f"<tr><td>Week {week}</td><td>{dice.choice(CARES)}</td><td>{week * 5} minutes</td></tr>"
        for week in (1, 2, 3)
    )
    blocks.append(f"<table><tr><th>When</th><th>What</th><th>How long</th></tr>{rows}</table>")
    body = "\n".join(blocks)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title} | Example Clinic</title>'
        '</head><body><header><a href="/">Example Clinic</a><nav><ul><li><a href="/a">Home</a></li>'
        '<li><a href="/b">Our doctors</a></li><li><a href="/c">Visit us</a></li></ul></nav></header>\n'
        f"<main><h1>{title}</h1>\n{body}\n</main>\n"
        "<footer><p>Example Clinic, 1 High Street</p><p>Cookie settings</p></footer></body></html>\n"
    )


def changed(text: str) -> str:
    """The page with one sentence of its third section put otherwise."""
    head, mark, tail = text.partition("<h2>")
    parts = tail.split("<h2>")
    before, _, after = parts[2].partition("<p>")
    parts[2] = f"{before}<p>This sentence is new and stands here for the first time. {after}"
    return head + mark + "<h2>".join(parts)


def write(pages: int, folder: Path) -> None:
    """Writes so many pages into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(pages):
        (folder / f"page-{number:05}.html").write_text(page(number))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
