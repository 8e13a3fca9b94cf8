"""An ear that is not ours: pocketsphinx, offline, with the English model in its package, listens to the telephone.

It never learns what our engines do. Two questions: do the words of a line fit its sound, and how well (`fit`), and
which words does it hear when nobody tells it (`heard`). Words that its dictionary lacks, and words as the speaking
voice says them, get their pronunciation from espeak-ng; docs/why/intelligibility.md says what that proves.
"""

from __future__ import annotations

import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pocketsphinx

from voicegen.contracts import Voice
from voicegen.engines.espeak import Espeak

RATE_HZ = 16_000
"""What the model listens at; a telephone's sound has nothing above 4 kHz in it."""
FRAMES_A_SECOND = 100
BEAMS = {"beam": 1e-60, "wbeam": 1e-40, "pbeam": 1e-60, "bestpath": False}
"""For alignment: wider than the default, which loses the true words of a narrow band; a path over the lattice is
not needed."""
DISCOUNT = 0.9
"""Nearly all of what pairs are counted: the model shall hardly know what comes next."""
LEAST_WORDS = 3
"""Fewer fit too many sounds to prove anything."""
ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SOUNDS = {
    "tʃ": "CH", "dʒ": "JH", "aɪə": "AY AH", "aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "ɔɪ": "OY", "əʊ": "OW", "oʊ": "OW",
    "iə": "IY AH", "eə": "EH AH", "ʊə": "UH AH", "ɑːɹ": "AA R", "ɔːɹ": "AO R", "oːɹ": "AO R", "ɛɹ": "EH R",
    "ɪɹ": "IH R", "ʊɹ": "UH R", "ɜː": "ER", "ɚ": "ER", "ɑː": "AA", "ɔː": "AO", "oː": "AO", "iː": "IY", "uː": "UW",
    "a": "AE", "æ": "AE", "ɑ": "AA", "ɐ": "AH", "ɒ": "AA", "ɔ": "AO", "e": "EH", "ɛ": "EH", "ə": "AH", "ʌ": "AH",
    "i": "IY", "ɪ": "IH", "ᵻ": "IH", "o": "OW", "u": "UW", "ʊ": "UH", "b": "B", "d": "D", "ð": "DH", "f": "F",
    "ɡ": "G", "h": "HH", "j": "Y", "k": "K", "l": "L", "m": "M", "n": "N", "ŋ": "NG", "p": "P", "ɹ": "R", "r": "R",
    "ɾ": "T", "s": "S", "ʃ": "SH", "t": "T", "θ": "TH", "v": "V", "w": "W", "x": "K", "z": "Z", "ʒ": "ZH",
    "ʔ": "T",
}  # fmt: skip
"""espeak-ng's signs for English (IPA) as the dictionary's (ARPAbet), the longest first."""
SIGN = re.compile("|".join(sorted(map(re.escape, SOUNDS), key=len, reverse=True)))


def words(line: str) -> list[str]:
    """The words of a spoken line in lower case, numbers in words as English voices say them."""
    found: list[str] = []
    for one in re.findall(r"\d+(?:\.\d+)?|[^\W\d_](?:[^\W\d_]|['’])*|%", re.sub(r"(?<=\d),(?=\d{3})", "", line)):
        if one[0].isdigit():
            whole, _, part = one.partition(".")
            found += _number(int(whole)) + (["point", *(ONES[int(digit)] for digit in part)] if part else [])
        else:
            found.append("percent" if one == "%" else one.lower().replace("’", "'").strip("'"))
    return found


def _number(value: int) -> list[str]:
    if value < 20:
        return [ONES[value]]
    if value < 100:
        return [TENS[value // 10], *(_number(value % 10) if value % 10 else [])]
    if value < 1_000:
        return [ONES[value // 100], "hundred", *(_number(value % 100) if value % 100 else [])]
    return [*_number(value // 1_000), "thousand", *(_number(value % 1_000) if value % 1_000 else [])]


def as_espeak_says(found: Iterable[str], voice: Voice) -> dict[str, str]:
    """The pronunciation of each word in ARPAbet, as espeak-ng's voice says it alone."""
    wanted = sorted(set(found))
    worker = Espeak(150, 50).phoneme_worker(voice)
    text = "".join(f"{one}.\n" for one in wanted)  # a clause each
    made = subprocess.run(
        worker.argv, cwd=worker.cwd, env=dict(worker.env), input=text.encode(), capture_output=True, check=True
    )
    clauses = made.stdout.decode().split("\n")
    clauses = [clause for clause in clauses if clause.strip()]
    if len(clauses) != len(wanted):
        raise ValueError(f"{len(clauses)} clauses for {len(wanted)} words")
    return {
        one: " ".join(SOUNDS[sign] for sign in SIGN.findall(said))
        for one, said in zip(wanted, clauses, strict=True)
    }


def resampled(samples: bytes, rate_hz: int, to_hz: int) -> bytes:
    """16-bit samples at another rate, by FFmpeg, and nothing else done to them."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=to_hz)
    frame = av.AudioFrame("s16", "mono", len(samples) // 2)
    frame.planes[0].update(samples)
    frame.sample_rate = rate_hz
    return b"".join(
        bytes(out.planes[0])[: 2 * out.samples] for one in (frame, None) for out in resampler.resample(one)
    )


def at_16_khz(samples: bytes, rate_hz: int) -> bytes:
    """16-bit samples for the model, with a little noise: exact silence makes its features infinite."""
    sound = np.frombuffer(resampled(samples, rate_hz, RATE_HZ), "<i2").astype(np.int32)
    noise = np.random.default_rng(1).integers(-4, 5, len(sound))
    made: bytes = np.clip(sound + noise, -32_768, 32_767).astype("<i2").tobytes()
    return made


class Recogniser:
    """One recogniser that knows some pronunciations more; `unknown` counts what it would not know otherwise."""

    def __init__(self, pronunciations: Mapping[str, str], expects: Path | None = None) -> None:
        model = Path(pocketsphinx.get_model_path())
        self._decoder = pocketsphinx.Decoder(
            hmm=str(model / "en-us" / "en-us"), dict=str(model / "en-us" / "cmudict-en-us.dict"),
            lm=str(expects) if expects else None, samprate=float(RATE_HZ), loglevel="FATAL",
            **({} if expects else BEAMS),
        )  # fmt: skip
        self.unknown = sorted(one for one in pronunciations if not self._decoder.lookup_word(one))
        for one, sounds in pronunciations.items():
            known = self._decoder.lookup_word(one)
            self._decoder.add_word(f"{one}(9)" if known else one, sounds, True)

    def fit(self, sound: bytes, said: Sequence[str]) -> float | None:
        """How well the words fit the sound (16 kHz), in the model's units a frame; None where they do not.

        Nearer to zero is better. The first pass finds where the words are, the second scores that.
        """
        self._decoder.set_align_text(" ".join(said))
        try:
            self._listen(sound)
            if self._decoder.hyp() is None:
                return None
            self._decoder.set_alignment()
            self._listen(sound)
        except RuntimeError:  # the words can't be fitted into so little sound
            return None
        found = list(self._decoder.get_alignment())
        return float(sum(one.score for one in found) / max(1, sum(one.duration for one in found)))

    def heard(self, sound: bytes) -> list[str]:
        """The words that it hears in the sound (16 kHz)."""
        self._listen(sound)
        made = self._decoder.hyp()
        return [re.sub(r"\(\d+\)$", "", one) for one in made.hypstr.split()] if made else []

    def _listen(self, sound: bytes) -> None:
        self._decoder.start_utt()
        self._decoder.process_raw(sound, full_utt=True)
        self._decoder.end_utt()


def expectations(lines: Iterable[Sequence[str]]) -> str:
    """A language model (ARPA) of what follows what in the lines: pairs of words, less DISCOUNT each (Ney)."""
    before: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        whole = ["<s>", *line, "</s>"]
        before.update(whole)
        pairs.update(pairwise(whole))
    total = before.total()
    followers = Counter(first for first, _ in pairs)
    ones = [
        f"{math.log10(count / total):.4f}\t{one}\t{math.log10(DISCOUNT * max(1, followers[one]) / count):.4f}"
        for one, count in sorted(before.items())
    ]
    twos = [
        f"{math.log10((count - DISCOUNT) / before[first]):.4f}\t{first}\t{second}"
        for (first, second), count in sorted(pairs.items())
    ]
    counts = f"\\data\\\nngram 1={len(ones)}\nngram 2={len(twos)}\n"
    return "\n".join([counts, "\\1-grams:", *ones, "", "\\2-grams:", *twos, "", "\\end\\", ""])


def wrong_words(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words that must be put in, left out or changed to make one of the other (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, one in enumerate(said, 1):
        before, row[0] = row[0], at
        for other in range(1, len(heard) + 1):
            same = before + (one != heard[other - 1])
            before, row[other] = row[other], min(row[other] + 1, row[other - 1] + 1, same)
    return row[-1]
