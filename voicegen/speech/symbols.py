"""Other signs: bullets and emoji are not said, "&" is "and", an arrow is a step, a tick is "yes".

Source: facts S6, 5b. Danger: the default engine says "right arrow", or drops a sign that carries meaning.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy
from voicegen.speech.ticks import CROSSES, NO, YES

_SIGNS = lazy(
    r"[•◦▪▫■□●○◆◇▶►▸‣⁃∙❖➤★☆®™©¦|_~]+"
    rf"|§{{1,2}}(?=\s?\d)|[→⇒➔➜⟶⟹]|[-–]{{1,3}}>|[{YES}]|[{NO}]"
    r"|(?<=\s)&(?=\s)|(?<=\w)&(?=\w)|#(?=\s?\d)|№"
    r"|[♀♂]\ufe0f?"
    rf"|(?:(?![{YES}{NO}♀♂])[\U0001f000-\U0001faff\u2600-\u26ff\u2700-\u27bf])+"
    r"|\s[-–—]{1,3}\s|[—–]"
)

_MINUSES = lazy(r"\s*−{1,4}\s*|\s*\([-−–]\)\s*")
_PLUSES = lazy(r"\s*(?:\+{1,4}|\(\+{1,4}\))\s*")
_OPENS = lazy(rf"[^\w{CROSSES}]{{0,8}}([{CROSSES}]\ufe0f?)(?=\s*\Z|\s*[^\W\d])")
"""A cross that opens a text multiplies nothing."""
_SEXES = lazy(r"(?<=[♀♂])\s?/\s?(?=[♀♂])")
_BOX = lazy(r"(?:^|\n)[-*•\s]*(\[[ xX]\]\s*)(?=\S)")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    say = passage.language.word
    if _MINUSES.fullmatch(text):  # a result; the dash of a cell without content is another sign
        yield Claim(0, len(text), " ".join([say("minus")] * max(1, text.count("−"))))
        return
    if text.isascii() and not any(sign in text for sign in "|_~&#>[+"):
        return
    if _PLUSES.fullmatch(text):
        yield Claim(0, len(text), " ".join([say("plus")] * text.count("+")))
        return
    if opening := _OPENS.match(text):
        yield Claim(opening.start(1), opening.end(), say("no"))
    for match in _SEXES.finditer(text):
        yield Claim(*match.span(), ", ")
    for match in _BOX.finditer(text):
        yield Claim(match.start(1), match.end(1), "")
    for match in _SIGNS.finditer(text):
        sign = match[0].strip()
        if sign[0] in "♀♂":
            yield Claim(match.start(), match.end(), say("female" if sign[0] == "♀" else "male"))
        elif sign == "&":
            yield Claim(match.start(), match.end(), say("and"))
        elif sign[0] == "§":
            yield Claim(match.start(), match.end(), say("section"))
        elif sign[0] in "#№":
            yield Claim(match.start(), match.end(), say("number"))
        elif sign[0] in YES:
            yield Claim(match.start(), match.end(), say("yes"))
        elif sign[0] in NO:
            numbered = text[match.end() : match.end() + 3].lstrip("\ufe0f ")[:1].isdigit()  # "no 5" is a number
            yield Claim(match.start(), match.end(), say("no") + ("," if numbered else ""))
        elif sign[0] in "→⇒➔➜⟶⟹" or sign.endswith(">"):
            yield Claim(match.start(), match.end(), "," if text[: match.start()].strip() else "")
        elif sign[0] not in "-–—":
            before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
            between = before.isalnum() and after.isalnum()  # "dose_table" is two words, and "5|10" two numbers
            yield Claim(match.start(), match.end(), " " if between else "")


RULE = Rule("symbols", "Says or leaves out signs that stand between words.", _find)
