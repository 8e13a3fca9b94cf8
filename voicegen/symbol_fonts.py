"""Letters in fonts of signs: "m" in the font Symbol is shown as "μ", so that "5 mg" may be meant as "5 μg".

Symbol: the encoding that Adobe published for the font; the Wingdings rows are signs that documents use as text.
What is not in these tables is never guessed.
"""

from __future__ import annotations

_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x60: "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    0xE0: "◊〈®©™∑",
    0xF1: "〉∫",
}
_WINGDINGS = {
    0x20: " ",
    0x28: "☎",
    0x46: "☞",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}


def _table(rows: dict[int, str]) -> dict[int, str]:
    return {first + at: sign for first, signs in rows.items() for at, sign in enumerate(signs)}


FONTS: dict[str, dict[int, str]] = {
    "symbol": _table(_SYMBOL),
    "wingdings": _table(_WINGDINGS),
    **{name: _table(_SYMBOL) for name in ("symbolmt", "symbol mt", "standard symbols l", "standard symbols ps")},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑"},
    "webdings": {0x61: "✓", 0x72: "✗"},
    **{name: _table({0x33: "✓✔✕✖✗✘"}) for name in ("zapfdingbats", "zapf dingbats", "itc zapf dingbats")},
    **{name: {} for name in ("wingdings 3", "marlett", "mt extra", "monotype sorts")},
}
"""By font, in small letters: the sign for each code; a font with no signs here is known to be one of signs."""
_PRIVATE = range(0xE000, 0xF900)
_BY_FONT = range(0xF000, 0xF100)
"""Where Word puts the 256 codes of a font of signs."""


def shown(text: str, font: str) -> tuple[str, str]:
    """What the text is shown as in the font, and the first character that can't be told; empty where all can."""
    signs = FONTS.get(font.lower())
    result = []
    for character in text:
        code = ord(character)
        if signs is not None and (code in _BY_FONT or code < 0x100):
            sign = signs.get(code - 0xF000 if code in _BY_FONT else code)
            if sign is None:
                return "", character
            result.append(sign)
        elif code in _PRIVATE:
            return "", character
        else:
            result.append(character)
    return "".join(result), ""
