"""Stretches that an engine can take at once: a longer one is parted, for what is too much is lost without a word.

espeak-ng, which piper asks for its phonemes too, has room for 200 phonemes of a word and 1,000 of what stands
between two commas (its translate.h, N_WORD_PHONEMES, and synthesize.h, N_PHONEME_LIST), and for 300 words. It says
what fits and leaves out the rest: of "7 7 7 …", 350 times, it said 200; of a word of 480 letters, some 150. So a
blank goes into words that are longer than any, and a comma, which is heard as a short pause, where too much would
stand without one. How many phonemes a text has is not known here, so the most are reckoned that a sign has in any
language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from voicegen.speech.patterns import lazy

LONGEST_WORD, LONGEST_FOREIGN, LONGEST_NUMBER = 80, 40, 30
"""Signs between blanks: of letters that stand for about a sound each; of others (Amharic loses some from 66 on);
and digits in a row (from 41 on some are lost)."""
ROOM = 900.0
A_WORD, A_LETTER, A_NAME, A_FOREIGN, A_WIDE, A_DIGIT, A_SIGN = 3.0, 1.5, 4.0, 3.0, 5.0, 13.0, 16.0
"""Phonemes reckoned for each word beside its signs; for a letter; a capital or a letter that stands alone, which
may be said by its name; a letter of other alphabets; a sign of Chinese or Korean; a digit
("seitsemänkymmentä", 70, in Finnish); and any other sign ("Gleichheitszeichen")."""
_SILENT = frozenset("-'’‘\"“”„«».,;:!?()–—… ")
_SAID = lazy(r"[.,;:!?](?=\w)")
"""What is silent at the end of a word and may be said inside it ("dot")."""
_PARTS = (",", ";", ":", "!", "?", "，", "、", "；", "：", "！", "？")
"""What ends a stretch, with a blank behind it or an end."""
_LATIN = lazy(r"[\x00-\u024f\u0370-\u052f\u1e00-\u1fff\u2000-\u206f]*")
"""Latin, Greek and Cyrillic letters, and punctuation."""
_DIGITS = lazy(rf"\d{{{LONGEST_NUMBER + 1},}}")
_PIECES = lazy(r"\s+|\S+")


def within_reach(texts: Sequence[tuple[str, bool]]) -> list[str]:
    """The pieces of a line, parted where they are more than an engine takes; those that are `True` as they are."""
    room = ROOM
    made = []
    for text, is_fixed in texts:
        parts: list[str] = []
        for word in [text] if is_fixed else _words(text):
            cost = _cost(word)
            if cost > room and room < ROOM and parts and parts[-1].isspace() and not is_fixed:
                parts.insert(_place(parts), ",")
                room = ROOM - sum(map(_cost, parts[_last_comma(parts) + 1 :]))
            room = ROOM if word.endswith(_PARTS) else room - cost
            parts.append(word)
        made.append("".join(parts))
    return made


def _place(parts: Sequence[str]) -> int:
    """Where a comma goes among words and blanks: behind the last word, or before the number that it goes with."""
    at = len(parts) - 1  # the blank at the end
    while at > 2 and parts[at - 1][-1:].isdigit() and parts[at - 2].isspace() and len(parts) - at < 6:
        at -= 2
    return at if at > 0 and parts[at].isspace() else len(parts) - 1


def _last_comma(parts: Sequence[str]) -> int:
    return max((at for at, part in enumerate(parts) if part == ","), default=-1)


def _words(text: str) -> Iterator[str]:
    """Words and the blanks between them; a word that is longer than any, in parts."""
    for found in _PIECES.finditer(text):
        word = found[0]
        if len(word) <= LONGEST_NUMBER or word.isspace():
            yield word
            continue
        for number, part in enumerate(_parted(word)):
            if number:
                yield " "
            yield part


def _parted(word: str) -> Iterator[str]:
    """A long word in parts that an engine takes; behind a sign that is no letter, where there is one."""
    while word:
        most = LONGEST_WORD if _LATIN.fullmatch(word[:LONGEST_WORD]) else LONGEST_FOREIGN
        if digits := _DIGITS.search(word[:most]):
            most = digits.start() + LONGEST_NUMBER
        if len(word) <= most:
            yield word
            return
        end = next((at for at in range(most, most // 2, -1) if not word[at - 1].isalnum()), most)
        while end > 1 and unicodedata.category(word[end]).startswith("M"):  # an accent stays on its letter
            end -= 1
        yield word[:end]
        word = word[end:]


def _cost(word: str) -> float:
    """The most phonemes that a word may have."""
    if word.isspace():
        return 0.0
    if len(word) == 1 and word.isalpha():
        return A_WORD + 2 * A_NAME
    return A_WORD + sum(map(_cost_of_sign, word)) + A_SIGN * len(_SAID.findall(word))


def _cost_of_sign(sign: str) -> float:
    if sign in _SILENT:
        return 0.0
    if sign.isdigit():
        return A_DIGIT
    if not sign.isalpha():
        return A_FOREIGN if unicodedata.category(sign).startswith("M") else A_SIGN
    if sign.isascii():
        return A_NAME if sign.isupper() else A_LETTER
    return A_WIDE if "\u2e80" <= sign <= "\ud7ff" or sign >= "\U00020000" else A_FOREIGN
