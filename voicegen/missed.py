"""What was left out of a page and could be missed: a dose, or a part of a sentence that turns what the rest says.

No rule knows every site. So staff are told of such passages, and an approval holds only while there is no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.model.document import Document, LeftOut, Reason
from voicegen.sources.phrases import DOSE
from voicegen.speech.patterns import lazy

NOT_MISSED = {Reason.REPEATED, Reason.METADATA, Reason.CODE, Reason.SITE_RULE, Reason.STRUCK}
"""Why a passage may be left out without a word to staff, whatever it holds: it is heard elsewhere, or meant so."""
SHORT_LOSSES = {Reason.HIDDEN: "hidden", Reason.DECORATION: "decoration"}
"""Why a part of a sentence may be left out that changes what the rest says."""
SHORT = 40
"""Characters of a hidden passage that may be part of a sentence."""
TELLING = lazy(
    r"\d|\b(?:not?|never|nicht|kein\w*|nie|ne|pas|jamais|nunca|não|non|mai|niet|geen|не|нет)\b|لا|नहीं|不", re.I
)
"""A number or a negation: what is said without it may be the contrary."""


def missed(document: Document) -> Iterator[tuple[LeftOut, str]]:
    """Such passages, each with what staff are told of it."""
    for part in document.left_out:
        found = None if part.reason in NOT_MISSED else DOSE.search(part.text)
        if found:
            near = " ".join(part.text[max(0, found.start() - 40) : found.end() + 20].split())
            yield part, f"{part.where}: left out ({part.reason.value}) although it holds a dose: “{near}”."
        elif part.reason in SHORT_LOSSES and len(part.text) <= SHORT and TELLING.search(part.text):
            how = SHORT_LOSSES[part.reason]
            told = f"{part.where}: “{part.text}” was left out as {how}: see that what is said is right without it."
            yield part, told
