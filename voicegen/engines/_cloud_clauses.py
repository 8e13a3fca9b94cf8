"""Where a line too long for one request is cut: at clause marks, and never where it could change a meaning.

gTTS's own cutting parts "do not drive" from what follows and numbers from their units. Here a line is cut
after the last clause mark within the limit, if it can be after one stronger than a comma. Where there is none,
it is cut at the last space that parts no number from its unit or its neighbours, no "not" from its verb, no
title from a name, and no two words of a name. Nothing is changed, added or left out but the space at a cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum

MARK = re.compile(
    r"""
      [,;:!?…،؛؟։;·。።፣፤၊။។।॥–—-] [)\]}»”"'’]* (?=\s)  # a mark (a dash only where a space stands before it)
    | \. [)\]}»”"'’]* (?=\s)                            # a full stop, unless it belongs to an abbreviation
    | [)\]}] (?=\s)                                     # the end of a bracket
    | \s (?=[(\[{])                                     # the start of a bracket
    | [、，。；：！？…]+ [」』）】”’]*                      # East Asian marks need no space
    """,
    re.VERBOSE,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STRONG = ".;:!?…؛؟·。：；！？።፣၊။।॥"
"""Marks that part more than commas do; one in the second half of a piece is better than a later comma."""
DASHES = "–—-"
KEPT_SPACES = "\u00a0\u202f\u2007\u2060"
"""Spaces that their author, or a rule of ours, has already said must not be broken."""
NUMBERS = _words("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion half quarter third point first second cero uno dos tres cuatro cinco seis siete ocho
    nueve diez once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta
    noventa cien ciento mil millón millones medio media coma punto zéro deux trois quatre cinq sept huit
    neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents
    mille virgule demi demie null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig
    dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend komma halb halbe due tre
    quattro cinque sei sette otto nove dieci venti trenta quaranta cinquanta sessanta settanta ottanta
    novanta cento mila virgola mezzo mezza dois três quatro sete oito dez vinte trinta quarenta cinquenta
    sessenta oitenta cem meio meia vírgula per por pro par
    """)
"""Words that belong to an amount, in the languages that clinics around us write; digits need no list."""
NEGATIONS = _words("""
    not no never cannot nor without neither don't doesn't didn't can't won't mustn't shouldn't isn't
    aren't nunca jamás sin tampoco ni ne pas jamais sans non nicht kein keine keinen keiner keinem nie
    niemals ohne mai senza não nunca sem jamais nem
    """)
LINKS = _words("""
    to be been being have had ever also then let more than the a an any your can could may might must should
    would will do does did use take se lo la le les y en debe debes deben debería puede puedes pueden hay
    doit doivent faut peut peuvent mehr zu sie deve devono deveria pode può
    """)
"""Small words that may stand between a negation and its verb."""
TITLES = _words("dr mr mrs ms prof st sr sra srta dra mme mlle herr frau sig don doña fr rev")
ABBREVIATIONS = TITLES | _words("""
    no nos fig figs vol vs approx dept tel ext max min ca cf al art sec ed eds inc ltd univ hosp núm pág
    tel aprox depto av avda ej bzw ggf evtl usw inkl zzgl nr str abb vgl env éd ecc pag
    """)
PARTICLES = _words("of the and de del la las los der den van von du des di da do dos das y e i bin al")
UNSPACED_NEGATIONS = "不别別勿未没沒無无"
"""Chinese words for "not": nothing is cut right after one."""


class Bond(IntEnum):
    """How strongly two neighbouring words hold together."""

    NONE = 0
    NAME = 1
    MEANING = 2


def clauses(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` characters that can be spoken one by one, in order.

    Pieces without a letter or digit are left out, for they have no sound.
    """
    return [piece for piece in _pieces(text, limit) if any(map(str.isalnum, piece))]


def _pieces(text: str, limit: int) -> Iterator[str]:
    start, end = 0, len(text)
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        window = text[start : start + limit + 1]
        length = len(window) if len(window) <= limit else _cut(window, text[start : start + limit * 2])
        yield text[start : start + length].strip()
        start += length


def _cut(window: str, ahead: str) -> int:
    """How many characters of `window`, which is one longer than the limit, make the next piece."""
    marks = [mark for mark in MARK.finditer(window) if mark.end() < len(window) and _is_clause_end(mark, ahead)]
    strong = [mark for mark in marks if mark.group()[0] in STRONG and mark.end() > len(window) // 2]
    if marks:
        return (strong or marks)[-1].end()
    spaces = [at for at, sign in enumerate(window) if at and sign.isspace() and sign not in KEPT_SPACES]
    for allowed in (Bond.NONE, Bond.NAME):
        for at in reversed(spaces):
            if _bond(ahead[:at], ahead[at:]) <= allowed:
                return at
    return spaces[-1] if spaces else _between_signs(window)


def _is_clause_end(mark: re.Match[str], ahead: str) -> bool:
    before, after = ahead[: mark.start()], ahead[mark.end() :]
    sign = mark.group()[0]
    left, right = _last_word(before), _first_word(after)
    if sign in DASHES and not before[-1:].isspace():
        return False
    if _is_number(left) and _is_number(right):  # a phone number, or amounts that belong together
        return False
    if _leads_to_verb(before):
        return False
    return sign != "." or _ends_sentence(before, left, after)


def _ends_sentence(before: str, word: str, after: str) -> bool:
    """Whether a full stop after `word` ends a sentence rather than an abbreviation."""
    raw = before.split()[-1] if before.split() else ""
    following = next((sign for sign in after if sign.isalnum()), "")
    return (
        len(word) > 1
        and word.isalpha()
        and "." not in raw
        and word not in ABBREVIATIONS
        and following.isalpha()
        and not following.islower()
    )


def _bond(before: str, after: str) -> Bond:
    """What would be parted by a cut between `before` and `after`."""
    left_words, right_words = before.split()[-3:], after.split()[:3]
    if not left_words or not right_words:
        return Bond.NONE
    left, right = _plain(left_words[-1]), _plain(right_words[0])
    if _is_number(left) or _is_number(right):
        return Bond.MEANING
    if _leads_to_verb(before) or _is_negation(right):
        return Bond.MEANING
    if left in TITLES or (left in ABBREVIATIONS and left_words[-1].endswith(".")):
        return Bond.MEANING
    return Bond.NAME if _in_name(left_words, right_words) else Bond.NONE


def _leads_to_verb(before: str) -> bool:
    """Whether `before` ends in a negation, or in one and a small word or two."""
    for word in reversed(before[-60:].split()[-3:]):
        if _is_negation(_plain(word)):
            return True
        if _plain(word) not in LINKS:
            return False
    return False


def _in_name(left_words: list[str], right_words: list[str]) -> bool:
    """Whether capitals stand on both sides, with nothing between them but "of", "van der" and the like."""
    left = next((word for word in reversed(left_words) if _plain(word) not in PARTICLES), "")
    right = next((word for word in right_words if _plain(word) not in PARTICLES), "")
    is_letter = len(_plain(right_words[0])) == 1  # vitamin D
    return _is_capital(right) and (_is_capital(left) or is_letter)


def _is_capital(word: str) -> bool:
    return word.lstrip("\"'“‘«(¡¿")[:1].isupper()


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _is_number(word: str) -> bool:
    return word in NUMBERS or any(unicodedata.category(sign)[0] == "N" for sign in word)


def _plain(word: str) -> str:
    """The word in lower case without the marks around it."""
    return word.strip("\"'“”‘«»()[]{}.,;:!?…¡¿–—").replace("’", "'").casefold()


def _last_word(text: str) -> str:
    words = text[-60:].split()
    return _plain(words[-1]) if words else ""


def _first_word(text: str) -> str:
    words = text[:60].split()
    return _plain(words[0]) if words else ""


def _between_signs(window: str) -> int:
    """A cut in writing without spaces: between two whole characters, and not inside a number if it can be."""
    limit = len(window) - 1
    whole = [at for at in range(limit, 0, -1) if _is_boundary(window[at - 1], window[at])]
    free = (at for at in whole if not (window[at - 1].isdigit() and window[at].isdigit()))
    return next(free, next(iter(whole), limit))


def _is_boundary(left: str, right: str) -> bool:
    joined = "\u200d\ufe0f"
    return (
        not unicodedata.category(right).startswith("M")
        and left not in joined
        and right not in joined
        and left not in UNSPACED_NEGATIONS
    )
