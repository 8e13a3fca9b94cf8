"""Systems that take files by a web page: the topics in as few files as their limits allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.errors import PublicationError
from voicegen.phone.profiles import Profile
from voicegen.phone.published import PhoneChapter, PhonePage, in_container
from voicegen.sound import phone
from voicegen.sound.bands import WIDE_HZ

BETWEEN_S, END_S = 0.3, 2.0
"""Silence between chapters, and at the end of a file that a system plays in a loop."""


def files(pages: Sequence[PhonePage], profile: Profile) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. Raises PublicationError where a single chapter is over a limit."""
    wide = profile.encoding == "wav16"
    rate_hz = WIDE_HZ if wide else phone.RATE_HZ
    width = 1 if profile.encoding == "mulaw-wav" else 2
    most = profile.seconds or 86_400.0
    if profile.bytes:
        most = min(most, (profile.bytes - 100) / (rate_hz * width))
    for page in pages:
        pieces = list(_pieces(page, most, profile))
        for number, piece in enumerate(pieces, 1):
            name = f"{page.slug}-hold" if len(pieces) == 1 else f"{page.slug}-hold-{number}"
            if profile.name_length:
                name = name[-profile.name_length + 4 :].lstrip("-")
            between = bytes(2 * round(BETWEEN_S * rate_hz))
            sound = between.join(phone.from_g722(c.encoded("g722")) if wide else c.pcm() for c in piece)
            end = bytes(2 * round(END_S * rate_hz))
            yield f"{name}.wav", in_container(sound + end, profile.encoding)


def _pieces(page: PhonePage, most_s: float, profile: Profile) -> Iterator[list[PhoneChapter]]:
    piece: list[PhoneChapter] = []
    length = 0.0
    for chapter in page.topics:
        if chapter.seconds + END_S > most_s:
            raise PublicationError(
                f"{page.slug}, {chapter.slug}",
                f"it lasts {chapter.seconds:.1f} s, and {profile.name} takes {most_s:.0f} s at most",
                "Shorten its longest sentence, or set [phone] longest lower.",
            )
        if piece and length + BETWEEN_S + chapter.seconds + END_S > most_s:
            yield piece
            piece, length = [], 0.0
        length += chapter.seconds + (BETWEEN_S if piece else 0.0)
        piece.append(chapter)
    if piece:
        yield piece
