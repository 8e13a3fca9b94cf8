"""Words that staff, or our medical list, say how to say: the list of pronunciations comes before all other rules.

Danger: a word inside a longer one ("ease" in "disease"), so whole words only; and an entry that changes an
amount, which the proof stops like any other wrong rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.model.document import Run
from voicegen.speech.lexicon_entries import Lexicon
from voicegen.speech.passage import Claim, Passage, Rule


def claims(runs: Sequence[Run], lang: str, lexicon: Lexicon) -> Iterator[Claim]:
    """The characters that entries hold for, and what is said for them; a note's marker is no part of a word."""
    if lexicon.entries:
        text = "".join(" " * len(run.text) if run.position == "note" else run.text for run in runs)
        for entry, match in lexicon.matches(text, lang):
            yield Claim(match.start(), match.end(), entry.words(match, lexicon.engine))


def _find(passage: Passage) -> Iterator[Claim]:
    language = passage.language
    tag = f"{language.code}-{language.region}" if language.region else language.code
    return claims(passage.runs, tag, passage.page.lexicon)


RULE = Rule("pronunciations", "Says words as the list of pronunciations has them.", _find)
