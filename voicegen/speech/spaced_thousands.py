"""Digits in groups with spaces between them, in languages that have no rules of speech: "1 500 mg" is "1500 mg".

Source: ISO 80000-1, 7.3.1 (groups of three digits, parted by a small space). Danger, measured: espeak-ng 1.51
says "1 500" as "one, five hundred" in Italian, Portuguese, Czech, Russian and 20 other languages. A telephone
number has groups, too, so groups are closed up only where they end in 000, or few of them stand before a unit, or
the spaces are such as nobody types between the parts of a telephone number.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech import counted_first
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy

_SPACES = " \u00a0\u2009\u202f"
_GROUPS = lazy(
    rf"(?<![\w.,+])(?<!\d[{_SPACES}])(?<!\d-)(?P<first>[1-9]\d{{0,2}})"
    rf"(?P<rest>(?:[{_SPACES}]\d{{3}})+)"
    rf"(?!\d|[:/]\d|[.,]\d{{3}}|\.\d{{1,2}}[.\d]|[{_SPACES}]\d|-(?!\d{{1,3}}[{_SPACES}])\d)"
)
_AFTER_RANGE = lazy(
    rf"\d{{3}}-(?P<first>[1-9]\d{{0,2}})(?P<rest>(?:[{_SPACES}]000)+)(?![\w-]|[.,:/]\d|[{_SPACES}]\d)"
)
_UNIT = lazy(rf"(?:[.,]\d{{1,2}})?[{_SPACES}]?(?:[^\W\d_]{{1,4}}(?![^\W\d_])|[^\W\d_]\.[^\W\d_]\.|[%‰/×*^])")
_COUNTED = lazy(
    rf"[{_SPACES}-]?(?:m?g|mcg|[µμ]g|m[lL]|мг|мкг|мл)[{_SPACES}-]"
    r"(?P<form>[^\W\d_]{0,12}?(?i:tab|tbl|kaps|caps|cáps|compr|pill|amp[ou]ul|амп|таб|капс|дах|dök)[^\W\d_]*)"
)
"""A strength and a form that is counted, so that the number before it is how many: "2 500 mg tabletter"."""
_ONE_FORM = lazy(
    r"(?i)[^\W\d_]*(?:tabl?|tablet|tablett|tabletta|tabletti|tabletka|tableta|tablette|ka?pse?l|capsule|таблетка)"
)
_ARABIC = lazy(r"(?<=\d)٬(?=\d{3}(?!\d))")
"""The sign of thousands in Arabic and Persian: of "۱٬۵۰۰" a voice makes one and a half."""
_HELPLINES = ("116", "112")
"""As in "116 123", the harmonised numbers of Europe (Commission Decision 2007/116/EC)."""


def joined(text: str) -> Iterator[Claim]:
    """The spaces inside a number, which are not said."""
    yield from (Claim(end, end + 1, ", ") for end in counted_first.ends(text))
    text = counted_first.apart(text)
    yield from (Claim(*found.span(), "") for found in _ARABIC.finditer(text))
    for pattern in (_GROUPS, _AFTER_RANGE):
        for match in pattern.finditer(text):
            parted = text[: match.start()][-1:] in ("/", ":") and not match["rest"].endswith("000")
            if not parted and _is_one_number(text, match["first"], match["rest"], match.end()):
                start = match.start("rest")
                counted = _COUNTED.match(text, match.end()) if len(match["rest"]) == 4 else None
                if match["first"] == "1" and counted and not _ONE_FORM.fullmatch(counted["form"]):
                    counted = None  # "1 200 mg tabletki" have 1200 mg each
                if counted and match["rest"][1:] != "000":
                    yield Claim(start, start + 1, ", ")
                    continue
                yield from (Claim(at, at + 1, "") for at in range(start, match.end(), 4))


def _is_one_number(text: str, first: str, rest: str, end: int) -> bool:
    groups = len(rest) // 4
    if rest.endswith("000"):
        return True
    if first in _HELPLINES or groups > 2:
        return False
    if groups == 1 and _UNIT.match(text, end):
        return True
    return " " not in rest and len(first) < 3
