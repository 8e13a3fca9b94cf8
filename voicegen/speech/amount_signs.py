"""Signs of amounts in words, in languages that have no rules of speech yet: `words/signs.toml`.

Danger: a voice drops "<", "≤", a raised digit and the dash of a range, and turns a limit into an amount. A sign
that the file has no word for is left as it is, and the proof refuses it, but for the dash, which becomes a pause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from voicegen.model.document import Run
from voicegen.speech.language import shared_words
from voicegen.speech.passage import Claim
from voicegen.speech.patterns import lazy
from voicegen.speech.raised import is_marker

NAME = "signs of amounts"
ABOUT = "Says <, ≤, ±, ranges and powers in words, in languages that have no other rules yet."
_NUMBER = r"(?=\s?[£€$¥]?[-−+]?[.,]?[\d½⅓⅔¼¾])"
_SIGNS = lazy(
    rf"<=|>=|\+/[-−–]|[≤⩽≦≥⩾≧±≠≈≃≅∼]|(?<![-=<])<{_NUMBER}|(?<![-=>])>{_NUMBER}|~{_NUMBER}"
    r"|(?<!\w)−(?=[.,]?\d)|(?<=\d)\s?[‒–—−]\s?(?=\d)|(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+|(?<=\d)\s?×|×(?=\s?\d)|[%٪]"
    r"|(?:(?<=\d[^\W\d_]{1})|(?<=\d[^\W\d_]{2})|(?<=\d\s[^\W\d_]{1})|(?<=\d\s[^\W\d_]{2})|(?<=\d\smmol)|(?<=\d\smcg))"
    r"/(?=[^\W\d_])"
)
_KEYS = {
    **dict.fromkeys(("<",), "less_than"),
    **dict.fromkeys((">",), "more_than"),
    **dict.fromkeys(("<=", "≤", "⩽", "≦"), "at_most"),
    **dict.fromkeys((">=", "≥", "⩾", "≧"), "at_least"),
    **dict.fromkeys(("≈", "≃", "≅", "∼", "~"), "about"),
    **dict.fromkeys(("±", "+/-", "+/−", "+/–"), "plus_or_minus"),
    **dict.fromkeys(("≠",), "not_equal"),
    **dict.fromkeys(("×",), "times"),
    **dict.fromkeys(("%", "٪"), "per_cent"),
    **dict.fromkeys(("/",), "per"),
}
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+−")


@lru_cache(maxsize=64)
def _words(lang: str) -> Mapping[str, str]:
    code = lang.replace("_", "-").split("-")[0].lower()
    found: Mapping[str, str] = shared_words("signs").get({"no": "nb", "nn": "nb"}.get(code, code), {})
    return found


def claims(runs: Sequence[Run], lang: str) -> Iterator[Claim]:
    """What is said for the signs of a sentence, and for the digits that are raised over others."""
    words = _words(lang)
    text = "".join(run.text for run in runs)
    for match in _SIGNS.finditer(text):
        sign = match[0].strip()
        if sign in "‒–—−" and text[: match.start()][-1:].isdigit():
            yield Claim(match.start(), match.end(), f" {words['to']} " if "to" in words else ", ")
        elif sign == "−" and "minus" in words:
            yield Claim(match.start(), match.end(), f"{words['minus']} ")
        elif sign[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" and "power" in words:
            yield _power(match.start(), match.end(), sign.translate(_PLAIN), words)
        elif _KEYS.get(sign, "") in words:
            yield Claim(match.start(), match.end(), f" {words[_KEYS[sign]]} ")
    end = 0
    for run in runs:
        start, end = end, end + len(run.text)
        digits = run.text.strip()
        over_digit = run.position == "sup" and text[:start][-1:].isdigit()
        if over_digit and digits.lstrip("+-−").isdigit() and not is_marker(run, text[:start], text[end : end + 1]):
            yield _power(start, end, digits, words) if "power" in words else Claim(start, end, f"^{digits}")


def _power(start: int, end: int, digits: str, words: Mapping[str, str]) -> Claim:
    said = digits.replace("-", "−").replace("−", f"{words.get('minus', '−')} ").replace("+", "")
    return Claim(start, end, f" {words['power']} {said} ")
