"""Counts and products: "2 x 500mg tablets" is "two, 500 milligram tablets", "5 x 3 cm" is "5 by 3 centimetres".

Source: facts 5b (NHS avoids two numerals side by side). Danger: "2" and "500" heard as one number, so the
count is said as a word, and a comma stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.quantities import Quantity

_CROSS = lazy(r"\s?(?:[x×X*✕]|[·⋅∙.])\s?")
_TO_THE_POWER = lazy(r"10[\^⁰¹²³⁴⁵⁶⁷⁸⁹⁻]")
_TIMES = lazy(
    r"(?<=\d)\s?[x×](?=\s?(?:/|[a-zà-ÿ]{2,}|a\s[a-z]))|(?<![\w])[x×]\s?(?=\d)|(?<=\d)[x×](?=[\s.,;)]|$|[A-Z]{2})|\s[×]\s"
)
_DAILY = lazy(r"(?:(?<=\w)\s|\A)[x×X]\s?(\d{1,2})\s?/\s?([^\W\d_]+)(?!\w)")
"""As in "1 cp x 3/j": how often a day, after what is taken."""
_GOES_ON = lazy(r"(?<!\w)(?:than|to|most|only|just|que|als|à|a)\Z")
_OFTEN = lazy(r"\s?(?:/|al\s|a la\s|cada\s)")
_LENGTHS = ("mm", "cm", "m", "km", "µm", "in", "ft", "mms", "cms")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not any(sign in text for sign in "x×X*✕·⋅∙."):
        return
    say = passage.language.word
    if not say("times"):
        return
    yield from _daily(passage)
    leads = {quantity.start: quantity for quantity in passage.quantities}
    for place, (first, second) in enumerate(pairwise(passage.quantities), 1):
        cross = _CROSS.fullmatch(text, first.end, second.start)
        if cross is None or first.code:
            continue
        if cross[0].strip() in "·⋅∙." and not _is_power_of_ten(passage, second.start):
            continue
        if first.measure is None and _counted(passage, second):
            yield _count(passage, first, cross)
        elif first.measure is not None and _lasts(passage, cross.end()):
            yield Claim(cross.start(), cross.end(), say("lasting"))
        elif _is_length(passage, place):
            yield Claim(cross.start(), cross.end(), say("by"))
        else:
            yield Claim(cross.start(), cross.end(), say("times"))
    for match in _TIMES.finditer(text):
        if match.end() in leads and _things(passage, leads[match.end()]):
            yield Claim(*match.span(), "")  # "x2 tablets"
            continue
        if not text[: match.start()].rstrip()[-1:].isdigit() and _lasts(passage, match.end()):
            yield Claim(*match.span(), say("lasting"))  # "c/8 h x 7 días"
            continue
        often = say("often") if _OFTEN.match(text, match.end()) else ""
        yield Claim(match.start(), match.end(), often or say("times"))


def _is_power_of_ten(passage: Passage, start: int) -> bool:
    raised = any(span.start == start + 2 for span in passage.positioned("sup"))
    return _TO_THE_POWER.match(passage.text, start) is not None or (
        raised and passage.text.startswith("10", start)
    )


def _daily(passage: Passage) -> Iterator[Claim]:
    """As in "1 cp x 3/j"; a pause parts it from an amount before it, and from nothing else."""
    for match in _DAILY.finditer(passage.text):
        names = passage.language.words("after_slash")
        per = names.get(match[2]) or (names.get(match[2].lower()) if match[2].isupper() else None)
        if per:
            start = match.start()
            goes_on = not start or _GOES_ON.search(passage.text, max(0, start - 6), start)
            often = passage.language.word("times_per")
            yield Claim(start, match.end(), f"{' ' if goes_on else ', '}{match[1]} {often} {per}")


def _lasts(passage: Passage, start: int) -> bool:
    """Whether a length of treatment follows: "7 days"."""
    found = re.compile(r"\s?\d{1,3}[ \u00a0]?([^\W\d_]+)").match(passage.text, start)
    return found is not None and found[1].lower() in passage.language.words("multiplication")["spans"]


def _things(passage: Passage, amount: Quantity) -> bool:
    """Whether a form of medicine follows a number."""
    word = re.compile(r"[ \u00a0]([^\W\d_]+)").match(passage.text, amount.number_end)
    return word is not None and word[1].lower() in passage.language.words("forms").get("nouns", ())


def _counted(passage: Passage, amount: Quantity) -> bool:
    word = re.compile(r"[ -]([^\W\d_]+(?:-[^\W\d_]+)?)").match(passage.text, amount.end)
    nouns = passage.language.words("forms").get("nouns", ())
    return amount.measure is not None and word is not None and word[1].lower() in nouns


def _count(passage: Passage, count: Quantity, cross: re.Match[str]) -> Claim:
    words = passage.language.words("numbers").get("count", ())
    if count.digits.isdecimal() and int(count.digits) < len(words) and passage.free(count.start, cross.end()):
        return Claim(count.start, cross.end(), f"{words[int(count.digits)]}, ")
    return Claim(cross.start(), cross.end(), passage.language.word("times"))


def _is_length(passage: Passage, place: int) -> bool:
    """Whether these are the sides of something: the unit after the last number is a length."""
    for quantity in passage.quantities[place : place + 3]:
        if quantity.measure is not None:
            return passage.text[quantity.measure.start : quantity.measure.end] in _LENGTHS
        if not re.match(r"\s?[x×]", passage.text[quantity.end : quantity.end + 3]):
            return (
                re.match(r"\s?(?:inch|cent|mill|met|mèt|foot|feet)", passage.text[quantity.end : quantity.end + 6])
                is not None
            )
    return False


RULE = Rule("multiplication", 'Says the cross between numbers as a count, "by" or "times".', _find, "digit")
