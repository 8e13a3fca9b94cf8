"""An abbreviation that the page explains is said by its full name where it stands first.

Source: NHS service manual (in full at first use, "body mass index (BMI)"); DAISY Pipeline #689. The page explains
it by markup (`<abbr title>`) or in words, mostly once. But a listener jumps: so its name is said at the first use
after each place to jump to, and then its letters, "body mass index (B M I)"; later only its letters (`first_time`,
`at_first_use`). Where the author's own words give the name, it is not said twice. Danger: a name that is none
(`page_words`), and an article that belongs to the letters ("an MRI" is "a magnetic resonance imaging").

A short form that is no row of capitals ("t.i.d.", "temp") is always said by its name. An ordinary word with a
title is explained by it, not replaced: "pseudarthrosis, a false joint, ", and only once on a page (`first_time`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from voicegen.model.document import Run
from voicegen.speech.capitals import said_alone
from voicegen.speech.page_words import PageWords, is_initialism, is_short_form
from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_AMOUNT = "0123456789.,/ \u00a0"
_NO_COMMA_BEFORE = ".,;:!?)]»”"
_ARTICLE = lazy(r"(?<![\w'’])(?:[^\W\d_]{1,3}[ \u00a0]|[^\W\d_]{1,2}['’])\Z")


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.spans if len(passage.runs) > 1 or passage.runs[0].abbr else ():
        name = " ".join(span.run.abbr.split())
        short = span.run.text.strip()
        if not name or not short or name.lower() == short.lower() or name.lower() in passage.text.lower():
            continue
        start = span.start + span.run.text.index(short)
        end = start + len(short)
        if passage.before(start).isalnum() or passage.after(end).isalnum():
            continue
        if short in passage.language.units and passage.text[:start].rstrip(" \u00a0")[-1:].isdigit():
            continue  # what is shown as a unit is said as it is, whatever its title
        if short[0].isdigit() and short.lstrip(_AMOUNT) in passage.language.units:
            continue  # so is an amount: "5mg, 5 milligrams" would be two
        dosing = passage.language.words("dosing")
        if short in dosing.get("alone", {}) or short in dosing.get("short", {}):
            yield Claim(start, end, name)  # how often a dose is taken: "twice daily (B D)" would be two of it
        elif is_initialism(short) and is_short_form(short, name):
            yield from _in_full(passage, start, end, name)
        elif is_short_form(short, name):
            yield Claim(start, end, name)
        else:
            rest = passage.text[end:].lstrip()
            yield Claim(start, end, f"{short}, {name}{'' if not rest or rest[0] in _NO_COMMA_BEFORE else ','}")


def _in_full(passage: Passage, start: int, end: int, name: str) -> Iterator[Claim]:
    """The name, then the letters in brackets; after the article that it takes."""
    text = passage.text
    letters = said_alone(text[start:end], passage)
    inside = text.count("(", 0, start) > text.count(")", 0, start)
    words = f"{name}, {letters}" if inside else f"{name} ({letters})"
    data = passage.language.words("articles")
    article = _ARTICLE.search(text, 0, start)
    if data and article:
        vowel = re.match(str(data["vowel"]), name, re.IGNORECASE) is not None
        written = article[0].strip().replace("’", "'")
        other = data["before_vowel" if vowel else "before_consonant"].get(written.lower())
        if other == "":
            return  # which article it takes can't be told, so its letters are said
        if other:
            start = article.start()
            words = (other[0].upper() + other[1:] if written[0].isupper() else other) + words
    yield Claim(start, end, words)


def first_time(runs: Sequence[Run], known: set[str], named: set[str] | None = None) -> tuple[Run, ...]:
    """The runs without explanations that were given before, to which those that are left are added.

    `known` are the ordinary words that were explained on the page; `named` the abbreviations whose names were said
    since the last place to jump to, where that is another set.
    """
    named = known if named is None else named
    kept = []
    for run in runs:
        word = run.text.strip()
        if run.abbr and word and not is_short_form(word, run.abbr):
            if word.lower() in known:
                run = replace(run, abbr="")
            known.add(word.lower())
        elif run.abbr and is_initialism(word):
            if word in named or word.lower() in named:
                run = replace(run, abbr="")
            named.add(word)
        kept.append(run)
    return tuple(kept)


def at_first_use(runs: Sequence[Run], page: PageWords, named: set[str]) -> tuple[Run, ...]:
    """The runs, with the name of each abbreviation that is not in `named` where it stands for the first time.

    Those whose names stand in the runs themselves need none, and are then in `named`.
    """
    plain = "".join(run.text for run in runs)
    waiting = {}
    for short, name in page.spoken_names.items():
        if short in plain and short not in named:
            if name.lower() in " ".join(plain.lower().split()):
                named.add(short)
            else:
                waiting[short] = name
    return explained(runs, waiting, once=True) if waiting else tuple(runs)


def explained(runs: Sequence[Run], names: dict[str, str], *, once: bool) -> tuple[Run, ...]:
    """The runs, with the names of abbreviations that stand in them without markup: at the first, or at each."""
    left = dict(names)
    marked: list[Run] = []
    for run in runs:
        if run.abbr or run.lang or run.position or not left:
            marked.append(run)
            continue
        end = 0
        for match in _any_of(tuple(names)).finditer(run.text):
            if match[0] in left:
                name = left.pop(match[0]) if once else left[match[0]]
                marked += [replace(run, text=run.text[end : match.start()])] if match.start() > end else []
                marked.append(replace(run, text=match[0], abbr=name))
                end = match.end()
        if end < len(run.text) or not run.text:
            marked.append(replace(run, text=run.text[end:]))
    return tuple(marked)


@lru_cache(maxsize=256)
def _any_of(shorts: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(shorts, key=len, reverse=True)
    return re.compile(rf"(?<![\w.@/&-])(?:{'|'.join(map(re.escape, ordered))})(?![\w@/&-]|\.\w|['’]\w)")


RULE = Rule("explained names", "Says an abbreviation by the full name that the page gives for it.", _find)
