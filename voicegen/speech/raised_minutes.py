"""Minutes that are raised behind the hour, as on the doors of many surgeries: "8³⁰–12⁰⁰".

Danger: "eight to the power thirty". Behind ten only 00, 30 and 45 count, since powers of ten are common ("10¹⁵"),
and behind the hours before six only 00.
"""

from __future__ import annotations

from voicegen.speech.patterns import lazy

_TIME = lazy(
    r"(?<![\w.,/:^])(?:(?:0?[6-9]|1[1-9]|2[0-3])[0-5][05]|10(?:00|30|45)|(?:0?[1-5]|24)00)\Z",
)
REACH = 3
"""Characters before the raised ones that are looked at."""


def are_minutes(before: str, digits: str) -> bool:
    """Whether raised `digits`, as plain ones, are minutes by the text `before` them."""
    return len(digits) == 2 and digits.isdecimal() and _TIME.search(before[-REACH:] + digits) is not None
