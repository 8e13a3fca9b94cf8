"""Systems that take files by a web page: the topics in as few files as their limits allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import count

from voicegen.errors import PublicationError
from voicegen.phone.profiles import Profile
from voicegen.phone.published import PhoneChapter, PhonePage, in_container
from voicegen.sound import phone
from voicegen.sound.bands import WIDE_HZ

BETWEEN_S, END_S, PACKET_S = 0.3, 2.0, 0.02
"""Silence between chapters, and at the end of a file that a system plays in a loop."""


def files(pages: Sequence[PhonePage], profile: Profile) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. Raises PublicationError where a single chapter is over a limit."""
    wide = profile.encoding == "wav16"
    rate_hz = WIDE_HZ if wide else phone.RATE_HZ
    width = 1 if profile.encoding == "mulaw-wav" else 2
    most = profile.seconds or 86_400.0
    if profile.bytes:
        most = min(most, (profile.bytes - 100) / (rate_hz * width))
    names: set[str] = set()
    for page in pages:
        pieces = list(_pieces(page, most, profile))
        for number, piece in enumerate(pieces, 1):
            digits = len(str(len(pieces)))  # systems that sort by name shall play in order
            name = f"{page.slug}-hold" if len(pieces) == 1 else f"{page.slug}-hold-{number:0{digits}}"
            name = _shortened(name, profile.name_length - len(".wav"), names) if profile.name_length else name
            names.add(name)
            yield f"{name}.wav", looped(piece, profile.encoding, most)


def _shortened(name: str, length: int, taken: Set[str]) -> str:
    """The end of a name, which is no other's: two pages may be called the same but for their beginning."""
    short = name[-length:].lstrip("-")
    numbers = count(2)
    while short in taken:
        number = f"{next(numbers)}-"
        short = number + name[len(number) - length :].lstrip("-")
    return short


def looped(piece: Sequence[PhoneChapter], encoding: str, most_s: float = 86_400.0) -> bytes:
    """The chapters in one file that a system plays again and again; the silence at its end keeps to the limit."""
    wide = encoding == "wav16"
    rate_hz = WIDE_HZ if wide else phone.RATE_HZ
    between = bytes(2 * round(BETWEEN_S * rate_hz))
    sound = between.join(phone.from_g722(c.encoded("g722")) if wide else c.pcm() for c in piece)
    room_s = most_s - len(sound) / 2 / rate_hz
    packets = int(max(0.0, min(END_S, room_s)) / PACKET_S)
    return in_container(sound + bytes(2 * packets * round(PACKET_S * rate_hz)), encoding)


def _pieces(page: PhonePage, most_s: float, profile: Profile) -> Iterator[list[PhoneChapter]]:
    piece: list[PhoneChapter] = []
    length = 0.0
    for chapter in page.loop:
        if chapter.seconds > most_s:
            raise PublicationError(
                f"{page.slug}, {chapter.slug}",
                f"it lasts {chapter.seconds:.1f} s, and {profile.name} takes {most_s:.0f} s at most",
                "Shorten its longest sentence, or set [phone] longest lower.",
            )
        if piece and length + BETWEEN_S + chapter.seconds > most_s:
            yield piece
            piece, length = [], 0.0
        length += chapter.seconds + (BETWEEN_S if piece else 0.0)
        piece.append(chapter)
    if piece:
        yield piece
