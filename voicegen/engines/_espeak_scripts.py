"""Scripts of which an espeak-ng voice says only "Chinese letter", "Thai letter" and the like, sign by sign.

Seen by asking espeak-ng 1.51 for the phonemes of words in each script with voices of other languages: words of
these would be lost in speech. Other scripts are read by their own language's rules, or spelled by letters' names.
"""

from __future__ import annotations

import re

READERS = {
    "々〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff": {"cmn", "hak", "yue", "zh", "nan", "wuu", "lzh"},  # Han
    "ぁ-ヿㇰ-ㇿｦ-ﾟ": {"ja"},
    "฀-๿": {"th"},
    "຀-໿": {"lo"},
    "ༀ-࿿": {"bo"},
    "က-႟": {"my", "shn"},
    "ሀ-፿": {"am", "ti"},
    "ក-៿": {"km"},
    "᠀-᢯": {"mn"},
}
"""Signs, as a range of a regular expression, and the languages whose voices read them."""


def unreadable(voice: str) -> re.Pattern[str]:
    """Finds a word, or run of signs, that a voice ("jpx/ja+klatt") can't read."""
    lang = re.split(r"[-+_]", voice.rsplit("/", 1)[-1])[0].lower()
    return re.compile(f"[{''.join(signs for signs, langs in READERS.items() if lang not in langs)}]+")
