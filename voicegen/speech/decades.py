"""Decades: "in your 40s" is "in your forties", "the 1990s" "the nineteen nineties"; "hold for 30s" is seconds.

Source: engines 6.2 (the default engine says "ninety z").
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_DECADE = lazy(
    r"(?:(?<![\w.,£$€-])(?<!\d[–—])(?<!\d\s[–—]\s)|(?<=(?<![^\W\d_])[x×]))"
    r"(?:(1[0-9]|20))?([1-9])0['’]?s(?![\w'’])"
)
_DONE = (
    r"(?i:hold(?:ing)?|rest|wait|pause|plank|sprint|squeeze|stretch|balance|stand|jog|walk|wash(?: \w+)?|rinse"
    r"|press|swish|gargle|breathe (?:in|out))"
)
_TIMED = lazy(
    rf"(?<![^\W_])(?:{_DONE}(?: (?i:each(?: \w+)?|it|this|position|there))?:?"
    r"(?: (?:for|about|up to|at least))?|sets? of)\s?\Z"
    r"|(?<![^\W\d_])[x×]\s?\Z"
)
_OF_TIME = lazy(rf"\s?[x×]\s?\d|\s(?:{_DONE}|on each|each (?:side|leg|arm|foot|hand|time))(?![^\W_])")
"""What makes seconds of a decade. Danger: "hold for 30s" heard as the thirties."""
_OF_AGE = lazy(
    r"(?i)\b(?:in (?:your|their|his|her|my|our)(?: early| mid| late)?|(?:early|mid|late)|(?<!for )over)[ -]\Z"
)
"""What stands before an age. Danger: "people in their 60s walk slower" heard as 60 seconds."""
_JOINED = lazy(r"\s?[-–/]\s?|\s(?:or|to)\s")
_TO = lazy(r"(?<=0s)[-–—](?=['’]?\d{0,2}[1-9]0s(?!\w))")


def _find(passage: Passage) -> Iterator[Claim]:
    names = passage.language.words("decades")
    if not names:
        return
    timed = -1
    for match in _DECADE.finditer(passage.text):
        goes_on = timed >= 0 and _JOINED.fullmatch(passage.text, timed, match.start())
        if not match[1] and (
            goes_on
            or _TIMED.search(passage.text, max(0, match.start() - 40), match.start())
            or (
                _OF_TIME.match(passage.text, match.end())
                and not _OF_AGE.search(passage.text, max(0, match.start() - 16), match.start())
            )
        ):
            timed = match.end()
            yield Claim(match.end() - 1, match.end(), f" {passage.language.units['s'].other}")
            continue
        century = names["centuries"].get(match[1]) if match[1] else ""
        if century is not None:
            yield Claim(match.start(), match.end(), f"{century} {names['tens'][int(match[2]) - 1]}".strip())
    for match in _TO.finditer(passage.text):
        yield Claim(*match.span(), passage.language.word("to"))


RULE = Rule("decades", 'Says decades such as "1990s" and "40s" in words.', _find, "digit")
