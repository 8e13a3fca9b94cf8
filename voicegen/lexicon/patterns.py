r"""Which regular expressions staff may write, so that none can take a build hostage.

Python's matcher tries one way after the other; a pattern such as `(a+)+b` has so many ways that it would run for
years. So only expressions are taken whose most ways can be counted beforehand: characters, classes, groups,
alternatives, and `?`, `*`, `+`, `{m,n}` after a single character or class (after a group only `?`). The counts of
all choices are multiplied; more than MOST_WAYS is refused. Look-around, back-references, flags and named groups
are not taken at all.
"""

from __future__ import annotations

import re
import warnings

from voicegen.speech.patterns import lazy

LONGEST = 100
"""Characters of a pattern."""
UNBOUNDED = 1_000
"""Ways that a `*` or `+` counts for: a sentence is cut to so many characters (`speech.sentence_ends`)."""
MOST_WAYS = 20_000
"""With a start at each word of the longest sentence, some tenths of a second in the worst case."""
_PIECE = lazy(
    r"(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<or>\|)|(?P<repeat>[*+?]|\{\d*,?\d*\})(?P<lazy>[?+]?)"
    r"|(?P<one>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[dDwWsSbB]|\\[^\w\s]|[^\\()|*+?{}\[\]])"
)
_COUNT = lazy(r"\{(\d*)(,?)(\d*)\}")


def fault(pattern: str) -> str:
    """Why a pattern is not taken, in words; empty where it is."""
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    ways, at, before = 1, 0, ""
    while at < len(pattern):
        piece = _PIECE.match(pattern, at)
        if piece is None:
            return f"“{pattern[at : at + 3]}” is not among what such a pattern may hold"
        at = piece.end()
        if piece["repeat"]:
            if before not in ("one", "close") or (before == "close" and piece["repeat"] != "?"):
                return f"“{piece[0]}” may only stand after a single character or a class in brackets"
            ways *= _ways(piece["repeat"])
        elif piece["or"]:
            ways *= 2
        before = piece.lastgroup or ""
    if ways > MOST_WAYS:
        return "it can match in too many ways: use fewer of *, + and {…}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)  # what a later Python may read otherwise, as in "[[]"
            found = re.compile(pattern)
    except (re.error, OverflowError, FutureWarning) as trouble:
        return f"it is no regular expression ({trouble})"
    return "it also matches nothing at all" if found.match("") else ""


def _ways(repeat: str) -> int:
    """How many counts a repetition can choose from."""
    if repeat == "?":
        return 2
    counts = _COUNT.fullmatch(repeat)
    if counts is None or (counts[2] and not counts[3]):
        return UNBOUNDED
    most = int(counts[3] or counts[1] or UNBOUNDED)
    return min(max(most - int(counts[1] or 0), 0) + 1, UNBOUNDED) if counts[2] else 1
