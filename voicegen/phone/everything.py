"""For a system that we do not know: every chapter in every encoding, and the whole loop in one file.

Each kind has a folder of its own: the same ending can stand for several kinds, and many systems play nothing, and
say nothing, where they get another than theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.phone.published import PhonePage
from voicegen.phone.upload import looped

FOLDERS = {
    "wav": "wav-8-khz",
    "wav16": "wav-16-khz",
    "mulaw-wav": "wav-mu-law",
    "ulaw": "mu-law",
    "alaw": "a-law",
    "g722": "g722",
}
"""The folder of each encoding."""
LOOPS = ("wav", "wav16", "mulaw-wav")


def files(pages: Sequence[PhonePage]) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file."""
    for page in pages:
        for encoding, folder in FOLDERS.items():
            ending = "wav" if "wav" in encoding else encoding
            for chapter in page.chapters:
                yield f"{page.slug}/{folder}/{chapter.slug}.{ending}", chapter.encoded(encoding)
            if encoding in LOOPS:
                yield f"{page.slug}/{folder}-whole/{page.slug}-hold.wav", looped(page.loop, encoding)
