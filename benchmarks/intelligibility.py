#!/usr/bin/env python3
"""How well a recogniser that is not ours understands each voice on the telephone.

    python benchmarks/intelligibility.py [--lines 48] [--noise 10] [VOICE …]

A voice is `espeak`, `espeak:variant=klatt,rate=120`, `flite:voice=cmu_us_rms` and so on; without any, all that
docs/why/intelligibility.md lists. Lines of the English pages of content/ are spoken, eight to a chapter, and each
chapter is made as a pack's: band, compression, level, G.711. Beside it goes the recording as it is, at 8 kHz in
G.711. With --noise, both have white noise of the band, so many decibels below the speech's mean power, as around a
caller. Needs the packages of requirements/test.txt, and flite for its voices.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.phone import recogniser  # noqa: E402 - the path comes first
from tests.phone.recogniser import Recogniser, words, wrong_words  # noqa: E402
from voicegen import extensions  # noqa: E402
from voicegen.config import Rests  # noqa: E402
from voicegen.contracts import SourceFile, Voice  # noqa: E402
from voicegen.model.script import Line  # noqa: E402
from voicegen.sound import g711, phone  # noqa: E402
from voicegen.steps.blobs import read  # noqa: E402
from voicegen.steps.scripting import write  # noqa: E402
from voicegen.steps.speaking import Speaker  # noqa: E402
from voicegen.stores.memory import Memory  # noqa: E402

VOICES = (
    "espeak", "espeak:rate=120", "espeak:rate=170", "espeak:variant=klatt", "espeak:variant=klatt,rate=120",
    "espeak:variant=klatt2", "espeak:variant=klatt4", "espeak:variant=f2", "espeak:variant=m3",
    "espeak:variant=Annie", "flite:voice=cmu_us_rms", "flite:voice=cmu_us_rms,rate=120", "flite:voice=cmu_us_slt",
    "flite:voice=cmu_us_awb", "flite:voice=cmu_us_kal16",
)  # fmt: skip
A_CHAPTER, REST_S, MARGIN_S = 8, 0.4, 0.1
DECOYS = 2
SHORTEST, LONGEST = 6, 18
"""Words in a line that is taken."""


@dataclass
class Score:
    """What was found for one voice. Of each pair, the first is the plain recording, the second our sound."""

    words_a_minute: float
    fitted: tuple[int, int]
    decoys: tuple[int, int]
    fits: tuple[float, float]
    wrong: tuple[float, float, float]
    """Word error rates: the voice at its own rate, then the two."""


def all_lines() -> list[Line]:
    """Every line of our English pages that has sound, once."""
    found: dict[str, Line] = {}
    for path in sorted((ROOT / "content").iterdir()):
        if path.suffix in {".md", ".html", ".txt"}:
            document = extensions.source(path.name).read(SourceFile(path.name, path.read_bytes()))
            script = write(document, Rests(), 3, "", lambda lang: True)
            if script.lang.startswith("en"):
                found |= {line.spoken: replace(line, lang="en", phonemes=()) for line in script.lines}
    return [line for line in found.values() if words(line.spoken)]


def speaker(name: str) -> Speaker:
    """A speaker with the voice `name`."""
    engine, _, text = name.partition(":")
    options: dict[str, object] = dict(part.split("=") for part in text.split(",") if part)
    voice = str(options.pop("voice", "en-us"))
    numbers = {key: int(str(value)) if str(value).isdigit() else value for key, value in options.items()}
    return Speaker(extensions.engine(engine, numbers), Memory(), 1, {"en": voice})


def noisy(pcm: bytes, below_db: float | None) -> bytes:
    """16-bit samples with white noise `below_db` under their mean power; as they are for None."""
    if below_db is None:
        return pcm
    sound = np.frombuffer(pcm, "<i2").astype(float)
    noise = np.random.default_rng(5).standard_normal(len(sound))
    noise *= np.sqrt(np.mean(sound**2)) * 10 ** (-below_db / 20)
    return bytes(np.clip(np.rint(sound + noise), -32_768, 32_767).astype("<i2").tobytes())


def spoken(
    lines: Sequence[Line], by: Speaker, noise_db: float | None
) -> Iterator[tuple[list[str], bytes, bytes, bytes, float]]:
    """Words of each line; its sound as the voice gave it, plain and ours, at 16 kHz; and its seconds."""
    for at in range(0, len(lines), A_CHAPTER):
        chapter = lines[at : at + A_CHAPTER]
        clips = [by.clip(line)[0] for line in chapter]
        rate = clips[0].rate_hz
        rest = bytes(2 * round(REST_S * rate))
        sound = rest + b"".join(read(clip.sound) + rest for clip in clips)
        made = g711.mu_law(phone.encode([sound], len(sound) // 2, rate).pcm)
        full = recogniser.at_16_khz(sound, rate)
        at_8 = g711.mu_law(recogniser.resampled(sound, rate, phone.RATE_HZ))
        plain, ours = (
            recogniser.at_16_khz(noisy(g711.from_mu_law(one), noise_db), phone.RATE_HZ) for one in (at_8, made)
        )
        start = REST_S
        for line, clip in zip(chapter, clips, strict=True):
            seconds = clip.samples / rate
            a, b = (2 * round(16_000 * at) for at in (start - MARGIN_S, start + seconds + MARGIN_S))
            yield words(line.spoken), full[a:b], plain[a:b], ours[a:b], seconds
            start += seconds + REST_S


def score(
    name: str, lines: Sequence[Line], aligner: Recogniser, listener: Recogniser, noise_db: float | None
) -> Score:
    """Speaks the lines, and asks both recognisers."""
    by = speaker(name)
    found = list(spoken(lines, by, noise_db))
    by.close()
    fitted, decoys, wrong = [0, 0], [0, 0], [0, 0, 0]
    pairs: list[tuple[float, float]] = []
    for at, (said, *sounds, _) in enumerate(found):
        others = [found[(at + step) % len(found)][0] for step in range(1, DECOYS + 1)]
        fits = [aligner.fit(sound, said) for sound in sounds[1:]]
        for which, sound in enumerate(sounds[1:]):
            fit = fits[which]
            fitted[which] += fit is not None
            for other in others:
                decoy = aligner.fit(sound, other)
                decoys[which] += decoy is not None and (fit is None or decoy >= fit)
        if fits[0] is not None and fits[1] is not None:
            pairs.append((fits[0], fits[1]))
        for which, sound in enumerate(sounds):
            wrong[which] += wrong_words(said, listener.heard(sound))
    total, seconds = sum(len(one[0]) for one in found), sum(one[4] for one in found)
    first, second = (statistics.fmean(column) for column in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    rates = tuple(one / total for one in wrong)
    return Score(60 * total / seconds, (fitted[0], fitted[1]), (decoys[0], decoys[1]), (first, second),
                 (rates[0], rates[1], rates[2]))  # fmt: skip


@click.command()
@click.argument("voices", nargs=-1)
@click.option("--lines", "count", default=48, help="How many lines are spoken.")
@click.option("--noise", type=float, help="White noise, in dB below the speech.")
def main(voices: Sequence[str], count: int, noise: float | None) -> None:
    """Prints the table."""
    known = all_lines()
    said = [words(line.spoken) for line in known]
    vocabulary = {word for one in said for word in one}
    ways = recogniser.as_espeak_says(vocabulary, Voice("en-us", "en-us", "", 22_050))
    with tempfile.TemporaryDirectory() as folder:
        expected = Path(folder, "expected.lm")
        expected.write_text(recogniser.expectations(said))
        aligner = Recogniser(ways)
        listener = Recogniser({word: ways[word] for word in aligner.unknown}, expected)
    chosen = [line for line in known if SHORTEST <= len(words(line.spoken)) <= LONGEST]
    random.Random(5).shuffle(chosen)
    chosen = chosen[:count]
    print(f"{len(chosen)} lines; not in the dictionary: {', '.join(aligner.unknown)}")
    print("voice | words/min | aligned: plain, ours | decoys taken: plain, ours | fit: plain, ours | "
          "wrong words: full band, plain, ours")  # fmt: skip
    for name in voices or VOICES:
        one = score(name, chosen, aligner, listener, noise)
        print(f"{name} | {one.words_a_minute:.0f} | {one.fitted[0]}, {one.fitted[1]} | "
              f"{one.decoys[0]}, {one.decoys[1]} | {one.fits[0]:.1f}, {one.fits[1]:.1f} | "
              f"{one.wrong[0]:.0%}, {one.wrong[1]:.0%}, {one.wrong[2]:.0%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
