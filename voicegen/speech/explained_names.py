"""An abbreviation whose full name the author put into the markup (`<abbr title>`) is said by that name.

Source: NHS service manual (in full at first use); DAISY Pipeline #689. Where the full name stands beside it
already ("body mass index (BMI)"), the short form is said letter by letter, so that it is not heard twice. An
ordinary word with a title is explained by it, not replaced: "pseudarthrosis, a false joint, ", and only once on a
page (`first_time`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voicegen.model.document import Run
from voicegen.speech.page_words import is_short_form
from voicegen.speech.passage import Claim, Passage, Rule

_NO_COMMA_BEFORE = ".,;:!?)]»”"


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
        if is_short_form(short, name):
            yield Claim(start, end, name)
        else:
            rest = passage.text[end:].lstrip()
            yield Claim(start, end, f"{short}, {name}{'' if not rest or rest[0] in _NO_COMMA_BEFORE else ','}")


def first_time(runs: Sequence[Run], known: set[str]) -> tuple[Run, ...]:
    """The runs without the explanations of ordinary words in `known`, to which those that are left are added."""
    kept = []
    for run in runs:
        word = run.text.strip()
        if run.abbr and word and not is_short_form(word, run.abbr):
            if word.lower() in known:
                run = replace(run, abbr="")
            known.add(word.lower())
        kept.append(run)
    return tuple(kept)


RULE = Rule("explained names", "Says an abbreviation by the full name that the page gives for it.", _find)
