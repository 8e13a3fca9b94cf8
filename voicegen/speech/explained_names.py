"""An abbreviation whose full name the author put into the markup (`<abbr title>`) is said by that name.

Source: NHS service manual (in full at first use); DAISY Pipeline #689. Where the full name stands beside it
already ("body mass index (BMI)"), the short form is said letter by letter, so that it is not heard twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule


def _find(passage: Passage) -> Iterator[Claim]:
    for span in passage.spans if len(passage.runs) > 1 or passage.runs[0].abbr else ():
        name = " ".join(span.run.abbr.split())
        short = span.run.text.strip()
        if not name or not short or name.lower() == short.lower() or name.lower() in passage.text.lower():
            continue
        start = span.start + span.run.text.index(short)
        if passage.before(start).isalnum() or passage.after(start + len(short)).isalnum():
            continue
        yield Claim(start, start + len(short), name)


RULE = Rule("explained names", "Says an abbreviation by the full name that the page gives for it.", _find)
