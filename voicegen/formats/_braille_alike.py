"""Signs that a table writes as it writes others, so that an amount would be read as another amount.

Latvian's and Norwegian's tables in liblouis write a Greek μ as m: "5 μg" would be "5 mg". Others write € as a
question mark, or > as o. Such signs are treated as if the table did not know them.
"""

from __future__ import annotations

import unicodedata

from voicegen.formats._liblouis import Liblouis

ASCII = tuple(map(chr, range(0x21, 0x7F)))
MEANT = {"−": "-", "÷": "/:", "×": "x*", "≈": "~", "∼": "~", "∙": "*", "·": "*", "∗": "*", "⁄": "/", "∕": "/"}
"""What a sign may be written like, for it means the same."""
TIMES = "⠦"
"""The classic cell for "times", which is another sign's as well in many codes."""
_KINDS = {"Sm", "Sc", "So", "No"}
"""Categories of Unicode: signs of mathematics, of money, other signs, numbers that are no digits."""


def is_suspect(sign: str) -> bool:
    """Whether a sign may stand in an amount and is no letter, digit or sign that every code has."""
    if sign.isascii():
        return sign in "<>$"
    greek = unicodedata.name(sign, "").startswith("GREEK") and unicodedata.category(sign)[0] == "L"
    return greek or sign in "·µ" or (sign != "°" and unicodedata.category(sign) in _KINDS)


class Alike:
    """What is known of how tables write signs."""

    def __init__(self, louis: Liblouis) -> None:
        self._louis = louis
        self._ascii: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str], bool] = {}

    def among(self, table: str, signs: str) -> frozenset[str]:
        """Those of the signs, all known to the table, that are written like another one."""
        return frozenset(sign for sign in dict.fromkeys(signs) if is_suspect(sign) and self._is_alike(table, sign))

    def _is_alike(self, table: str, sign: str) -> bool:
        key = table, sign
        if key not in self._found:
            cells = self._louis.signs(table, sign)[0]
            others = set(self._known_ascii(table).get(cells, "")) - {sign, *MEANT.get(sign, "")}
            self._found[key] = bool(others) and cells != TIMES
        return self._found[key]

    def _known_ascii(self, table: str) -> dict[str, str]:
        """The signs of ASCII by their cells."""
        if table not in self._ascii:
            known = self._ascii[table] = {}
            for sign, cells in zip(ASCII, self._louis.signs(table, "".join(ASCII)), strict=True):
                known[cells] = known.get(cells, "") + sign
        return self._ascii[table]
