"""phone: the recording for telephones, chapter by chapter and as one loop.

`voicegen phone` makes of them the encodings and the configuration that one system takes.
docs/reference/phone.md tells the keys of `phone/phone.json`.
"""

from __future__ import annotations

import array
import json
import math
import sys
import wave
from collections.abc import Iterator, Mapping
from operator import mul
from pathlib import Path
from typing import Any

from voicegen.contracts import PublishedFile
from voicegen.formats._phone_check import differences
from voicegen.formats._verified import timeline_of
from voicegen.model.blob import Blob, blob
from voicegen.model.edition import Edition, EncodedChapter, Telephone
from voicegen.model.written import name_of
from voicegen.sound import phone
from voicegen.sound.levels import FULL_SCALE
from voicegen.steps.checking import LEAST_LIKENESS

CODECS = ("phone",)
HEADER = len(phone.wav_header(0))
VERSION = 1
"""Raised when a reader of phone.json would have to change."""
BETWEEN = blob(bytes(2 * 3 * phone.RATE_HZ // 10))
"""Silence between the chapters of the loop; with their own at both ends it is nearly a second."""
AT_THE_END = blob(bytes(2 * 2 * phone.RATE_HZ))
LOUDEST = math.ceil(FULL_SCALE * 10 ** (phone.PEAK_DBFS / 20))
FAR_FROM_TOO_LOUD = bytes(byte for byte in range(256) if abs((byte ^ 128) - 128) < (LOUDEST >> 8) - 1)
"""Higher bytes of samples that are quieter than LOUDEST by far."""


def render(edition: Edition) -> Iterator[PublishedFile]:
    """`phone/phone.json`, `phone/<page>-<edition>.wav`, and the chapters in `phone/<edition>/`."""
    for telephone in edition.telephones:
        yield from _chapters(telephone)
        samples, parts = _loop(telephone)
        path = f"phone/{edition.page.id}-{telephone.name}.wav"
        yield PublishedFile(path, (blob(phone.wav_header(samples)), *parts), offer="phone")
    text = json.dumps(_facts(edition), ensure_ascii=False, indent=1) + "\n"
    yield PublishedFile("phone/phone.json", (blob(text.encode()),))


def verify(folder: Path) -> Iterator[str]:
    """Files that are not what phone.json says, of the wrong kind, too loud for a telephone, or of other sound."""
    facts, timeline = json.loads((folder / "phone/phone.json").read_bytes()), timeline_of(folder)
    if facts["page"] != timeline.page:
        yield "phone/phone.json: it is another page's"
    if facts["title"].split() != timeline.title.split():
        yield f"phone/phone.json: it is called {facts['title']!r}, not {timeline.title!r}"
    for what in differences(facts, folder, timeline):
        yield f"phone/phone.json: {what}"
    for edition in facts["editions"]:
        place = folder / "phone" / edition["name"]
        for chapter in edition["chapters"]:
            yield from _wrong(place, chapter["file"], chapter["samples"])
        yield from _other_loop(folder, edition)


def _other_loop(folder: Path, edition: Mapping[str, Any]) -> Iterator[str]:
    """A loop that is not its chapters one after the other, sample by sample."""
    topics = [chapter["file"] for chapter in edition["chapters"] if chapter["key"] != "*"]
    with wave.open(str(folder / edition["loop"])) as loop:
        if (folder / edition["loop"]).stat().st_size != HEADER + 2 * loop.getnframes():
            yield f"{edition['loop']}: it is of another length than it says"
        for name in topics:
            with wave.open(str(folder / "phone" / edition["name"] / f"{name}.wav")) as sound:
                for part in (_sound(sound), BETWEEN.data):
                    if loop.readframes(len(part) // 2) != part:
                        yield f"{edition['loop']}: its sound is not that of {name}.wav where it should be"
                        return
        if loop.readframes(loop.getnframes()) != AT_THE_END.data:
            yield f"{edition['loop']}: more is heard than its chapters"


def _sound(file: wave.Wave_read) -> bytes:
    return file.readframes(file.getnframes())


def _wrong(place: Path, name: str, samples: int) -> Iterator[str]:
    with wave.open(str(place / f"{name}.wav")) as sound:
        kind = (sound.getframerate(), sound.getsampwidth(), sound.getnchannels())
        pcm = _sound(sound)
    if kind != (phone.RATE_HZ, 2, 1) or len(pcm) != 2 * samples:
        yield f"phone/{place.name}/{name}.wav: it is of another kind or length"
    if _peak(pcm) > LOUDEST:
        yield f"phone/{place.name}/{name}.wav: it is too loud for a telephone"
    wide = (place / f"{name}.g722").read_bytes()
    if len(wide) != samples:
        yield f"phone/{place.name}/{name}.g722: it is of another length"
    elif not _is_alike(pcm, phone.from_g722(wide)):
        yield f"phone/{place.name}/{name}.g722: it is not heard as {name}.wav is"
    if samples % phone.PACKET:
        yield f"phone/{place.name}/{name}: it is no whole number of packets"


def _is_alike(narrow: bytes, wide: bytes) -> bool:
    """Whether two sounds of a chapter, at 8 and at 16 kHz, are loud and soft at the same times."""
    one, other = phone.levels(narrow, phone.RATE_HZ), phone.levels(wide, 2 * phone.RATE_HZ)
    power = sum(map(mul, one, one)) * sum(map(mul, other, other))
    return not power or sum(map(mul, one, other)) >= LEAST_LIKENESS * power**0.5


def _peak(pcm: bytes) -> int:
    """The largest magnitude of samples (16 bit, little-endian); 0 where all are far from too loud.

    That a sample is so its higher byte tells, and to look for others among all bytes at once is quick.
    """
    if not pcm[1::2].translate(None, FAR_FROM_TOO_LOUD):
        return 0
    samples = array.array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return max(max(samples), -min(samples))


def _chapters(telephone: Telephone) -> Iterator[PublishedFile]:
    for chapter, encoded in zip(telephone.script.chapters, telephone.codecs["phone"].chapters, strict=True):
        start = f"phone/{telephone.name}/{chapter.id}"
        yield PublishedFile(f"{start}.wav", (blob(phone.wav_header(encoded.samples)), _part(encoded, "pcm")))
        yield PublishedFile(f"{start}.g722", (_part(encoded, "g722"),))


def _part(encoded: EncodedChapter, name: str) -> Blob:
    return encoded.body.part(*phone.parts(encoded.body.size)[name])


def _loop(telephone: Telephone) -> tuple[int, list[Blob]]:
    """Length in samples and the parts of all topics in one file; the menu stays out, for a file has no keys."""
    parts: list[Blob] = []
    for key, encoded in _with_keys(telephone):
        if key != "*":
            parts += [_part(encoded, "pcm"), BETWEEN]
    parts.append(AT_THE_END)
    return sum(part.size for part in parts) // 2, parts


def _with_keys(telephone: Telephone) -> Iterator[tuple[str, EncodedChapter]]:
    return zip(telephone.keys, telephone.codecs["phone"].chapters, strict=True)


def _name(edition: Edition) -> str:
    """The title as it is said, for menus over several pages."""
    return " ".join(line.spoken for line in edition.script.lines if line.role == "title").rstrip(" .:")


def _facts(edition: Edition) -> dict[str, object]:
    return {
        "version": VERSION,
        "page": edition.page.id,
        "title": name_of(edition.document.title),
        "name": _name(edition),
        "lang": edition.script.lang,
        "publisher": edition.page.publisher,
        **edition.page.spoken_by,
        "voice": next((phone.voice for phone in edition.telephones), edition.page.voice),
        "reviewed": edition.document.about("reviewed"),
        "source": edition.document.about("url") or edition.page.source,
        "editions": [
            {
                "name": telephone.name,
                "loop": f"phone/{edition.page.id}-{telephone.name}.wav",
                "notice": telephone.notice,
                "level": telephone.level_dbov,
                "chapters": [
                    {
                        "file": chapter.id,
                        "key": key,
                        "samples": encoded.samples,
                        "spoken": [line.spoken for line in chapter.lines],
                        "starts": [
                            (cue.start - mark.start) * phone.RATE_HZ // telephone.timeline.rate_hz
                            for cue in mark.cues
                        ],
                    }
                    for chapter, mark, (key, encoded) in zip(
                        telephone.script.chapters, telephone.timeline.marks, _with_keys(telephone), strict=True
                    )
                ],
            }
            for telephone in edition.telephones
        ],
    }
