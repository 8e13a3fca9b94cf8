"""Characters that not every Python knows alike, and what all of ours take them for.

What a character is (a letter, a sign, wide, seen) comes with Python: 3.11 knows Unicode 14, 3.13 Unicode 15.1,
3.14 Unicode 16. So that a page becomes the same on each, what came after Unicode 14 is either a picture, which is
told by its place and never said, or no page may have it: the voices would leave it out without a word.
Source: Unicode 17, DerivedAge.txt and UnicodeData.txt; a test compares the Pythons that it finds.
"""

from __future__ import annotations

import re
import unicodedata

NEWER = re.compile(
    "["
    "\u088f\u0897\u0c5c\u0cdc\u0cf3\u0ece\u1acf-\u1add\u1ae0-\u1aeb\u1b4e-\u1b4f\u1b7f\u1c89-\u1c8a\u20c1"
    "\u2427-\u2429\u2b96\u2ffc-\u2fff\u31e4-\u31e5\u31ef\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1"
    "\ufbc3-\ufbd2\ufd90-\ufd91\ufdc8-\ufdce\U000105c0-\U000105f3\U00010940-\U00010959"
    "\U00010d40-\U00010d65\U00010d69-\U00010d85\U00010d8e-\U00010d8f\U00010ec2-\U00010ec7"
    "\U00010ed0-\U00010ed8\U00010efa-\U00010eff\U0001123f-\U00011241\U00011380-\U00011389\U0001138b"
    "\U0001138e\U00011390-\U000113b5\U000113b7-\U000113c0\U000113c2\U000113c5\U000113c7-\U000113ca"
    "\U000113cc-\U000113d5\U000113d7-\U000113d8\U000113e1-\U000113e2\U000116d0-\U000116e3"
    "\U00011b00-\U00011b09\U00011b60-\U00011b67\U00011bc0-\U00011be1\U00011bf0-\U00011bf9"
    "\U00011db0-\U00011ddb\U00011de0-\U00011de9\U00011f00-\U00011f10\U00011f12-\U00011f3a"
    "\U00011f3e-\U00011f5a\U0001342f\U00013439-\U00013455\U00013460-\U000143fa\U00016100-\U00016139"
    "\U00016d40-\U00016d79\U00016ea0-\U00016eb8\U00016ebb-\U00016ed3\U00016ff2-\U00016ff6"
    "\U000187f8-\U000187ff\U00018cff\U00018d09-\U00018d1e\U00018d80-\U00018df2\U0001b132\U0001b155"
    "\U0001cc00-\U0001ccfc\U0001cd00-\U0001ceb3\U0001ceba-\U0001ced0\U0001cee0-\U0001cef0"
    "\U0001d2c0-\U0001d2d3\U0001df25-\U0001df2a\U0001e030-\U0001e06d\U0001e08f\U0001e4d0-\U0001e4f9"
    "\U0001e5d0-\U0001e5fa\U0001e5ff\U0001e6c0-\U0001e6de\U0001e6e0-\U0001e6f5\U0001e6fe-\U0001e6ff"
    "\U0001fbcb-\U0001fbef\U0001fbfa\U0002b739-\U0002b73f\U0002cea2-\U0002cead\U0002ebf0-\U0002ee5d"
    "\U00031350-\U00033479"
    "]"
)
"""What came with Unicode 15 to 17, but for pictures."""
PICTURES = range(0x1F000, 0x1FB00)
"""Emoji and other pictures, also those that are yet to come."""
_NAMES = {
    0x1F6D8: "landslide",
    0x1F6DC: "wireless",
    0x1F774: "lot of fortune",
    0x1F775: "occultation",
    0x1F776: "lunar eclipse",
    0x1F777: "vesta form two",
    0x1F778: "astraea form two",
    0x1F779: "hygiea form two",
    0x1F77A: "parthenope form two",
    0x1F77B: "haumea",
    0x1F77C: "makemake",
    0x1F77D: "gonggong",
    0x1F77E: "quaoar",
    0x1F77F: "orcus",
    0x1F7D9: "nine pointed white star",
    0x1F8B2: "rightwards arrow with lower hook",
    0x1F8B3: "downwards black arrow to bar",
    0x1F8B4: "negative squared leftwards arrow",
    0x1F8B5: "negative squared upwards arrow",
    0x1F8B6: "negative squared rightwards arrow",
    0x1F8B7: "negative squared downwards arrow",
    0x1F8B8: "north west arrow from bar",
    0x1F8B9: "north east arrow from bar",
    0x1F8BA: "south east arrow from bar",
    0x1F8BB: "south west arrow from bar",
    0x1F8C0: "leftwards arrow from downwards arrow",
    0x1F8C1: "rightwards arrow from downwards arrow",
    0x1F8D0: "long rightwards arrow over long leftwards arrow",
    0x1F8D1: "long rightwards harpoon over long leftwards harpoon",
    0x1F8D2: "long rightwards harpoon above short leftwards harpoon",
    0x1F8D3: "short rightwards harpoon above long leftwards harpoon",
    0x1F8D4: "long leftwards harpoon above short rightwards harpoon",
    0x1F8D5: "short leftwards harpoon above long rightwards harpoon",
    0x1F8D6: "long rightwards arrow through x",
    0x1F8D7: "long rightwards arrow with double slash",
    0x1F8D8: "long left right arrow with dependent lobe",
    0x1FA54: "white chess ferz",
    0x1FA55: "white chess alfil",
    0x1FA56: "black chess ferz",
    0x1FA57: "black chess alfil",
    0x1FA75: "light blue heart",
    0x1FA76: "grey heart",
    0x1FA77: "pink heart",
    0x1FA87: "maracas",
    0x1FA88: "flute",
    0x1FA89: "harp",
    0x1FA8A: "trombone",
    0x1FA8E: "treasure chest",
    0x1FA8F: "shovel",
    0x1FAAD: "folding hand fan",
    0x1FAAE: "hair pick",
    0x1FAAF: "khanda",
    0x1FABB: "hyacinth",
    0x1FABC: "jellyfish",
    0x1FABD: "wing",
    0x1FABE: "leafless tree",
    0x1FABF: "goose",
    0x1FAC6: "fingerprint",
    0x1FAC8: "hairy creature",
    0x1FACD: "orca",
    0x1FACE: "moose",
    0x1FACF: "donkey",
    0x1FADA: "ginger root",
    0x1FADB: "pea pod",
    0x1FADC: "root vegetable",
    0x1FADF: "splatter",
    0x1FAE8: "shaking face",
    0x1FAE9: "face with bags under eyes",
    0x1FAEA: "distorted face",
    0x1FAEF: "fight cloud",
    0x1FAF7: "leftwards pushing hand",
    0x1FAF8: "rightwards pushing hand",
}
"""Names of the pictures among what is newer, as Unicode 17 gives them."""
_WIDENED = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376]")
"""Narrow up to Unicode 15, wide from 16 on."""


def is_newer(sign: str) -> bool:
    """Whether a character is one that some Python does not know, and no picture."""
    return bool(NEWER.match(sign)) or (unicodedata.category(sign) == "Cn" and ord(sign) not in PICTURES)


def is_seen(sign: str) -> bool:
    """Whether something is drawn for a character: it is no control, no blank but a space, and known."""
    return sign.isprintable() or ord(sign) in PICTURES


def is_wide(sign: str) -> bool:
    """Whether a character takes the room of two letters (Unicode Standard Annex 11; pictures always do)."""
    wide = unicodedata.east_asian_width(sign) in "WF" and not _WIDENED.match(sign)
    return wide or ord(sign) in PICTURES


def name_of(sign: str) -> str:
    """The name of a character in small letters, or its number for one that has none: "pink heart"."""
    return unicodedata.name(sign, "").lower() or _NAMES.get(ord(sign), f"u+{ord(sign):04x}")
