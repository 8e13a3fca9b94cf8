"""The degree sign for a grade: "2° heart block" is "second degree heart block", "2° to CKD" is "secondary to CKD".

Source: clinicians' usage in English notes. Danger: "2 degrees" is a temperature or an angle. Only before words
that no temperature and no angle stands before.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_GRADE = lazy(
    r"(?<![\w.,/°–-])(?P<grade>[1-3])\s?[°º](?=[ -](?:"
    r"(?P<degree>(?:heart|AV|A-V|atrioventricular|block|burns?|tears?|frostbite|sunburn|perineal)\b)"
    r"|(?:to\s(?!\S*\d|(?:the\s)?(?:left|right|side|vertical|horizontal)\b)|care\b|prevention|infections?\b|(?:hyper|hypo)[a-z]{4}|amenorrh|dysmenorrh|syphilis|survivors?\b"
    r"|metasta|tumou?rs?\b|cancers?\b|h(?:a)?emorrhage|immunodeficien|adrenal|biliary|progressive|outcome|endpoint)))"
)


def _find(passage: Passage) -> Iterator[Claim]:
    words = passage.language.words("grades")
    for match in _GRADE.finditer(passage.text) if words else ():
        yield Claim(
            match.start(), match.end(), str(words["degree" if match["degree"] else "order"][match["grade"]])
        )


RULE = Rule("grades", 'Says "2° heart block" as second degree, and "2° to" as secondary to.', _find, "digit")
