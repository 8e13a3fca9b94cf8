"""What an engine makes of a sentence as it is written: its sounds, beside those of the expected speech.

Only engines that tell their phonemes can be scored (`contracts.Phonetic`). Sounds can't be read as words again, so
the verdicts are coarser than for text: the same sounds, the same but for stress and pauses, other sounds, and
"wrong" where a word that carries a meaning (a comparator, "to", "minus", "to the power", "not") has no sound.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from voicegen import extensions
from voicegen.config import Settings
from voicegen.contracts import Engine, Phonetic, Piece, Voice
from voicegen.errors import MissingPartError, SettingsError
from voicegen.gauntlet.corpus import Sentence
from voicegen.gauntlet.scores import Answer, Score
from voicegen.gauntlet.verdicts import Judgement, Verdict
from voicegen.speech.for_engines import plain
from voicegen.speech.proof_words import LANGUAGES, proof_words
from voicegen.steps.speaking import choose_voice
from voicegen.steps.workers import told

_UNHEARD = re.compile(r"[\sˈˌː|_]+")
_MEANING = ("compare", "to", "power", "minus", "not")
"""Kinds of words of the proof without which an amount is another; "120 80" still says what "120 over 80" does."""


def score_engine(sentences: Sequence[Sentence], settings: Settings, name: str) -> Score:
    """The score of an engine that gets the sentences as they are.

    Raises SettingsError where the engine can't tell its sounds, MissingPartError where it has no voice or fails.
    """
    # it is asked what it is and speaks nothing, so that no consent to send text is needed
    engine = extensions.engine(name, {**settings.engine_options(name, name), "allow": True})
    if not isinstance(engine, Phonetic):
        what = "what it makes of a text can't be known without listening"
        raise SettingsError(f"--engine {name}", what, "Score an engine that tells its phonemes, such as espeak.")
    tags = dict.fromkeys(sentence.lang for sentence in sentences)
    ears = {tag: _Ear(name, engine, _voice(name, engine, tag, settings)) for tag in tags}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return Score(tuple(pool.map(lambda sentence: ears[sentence.lang].answer(sentence), sentences)))


def _voice(name: str, engine: Engine, tag: str, settings: Settings) -> Voice:
    preferred = {lang.lower(): voice for lang, voice in settings.voices.items()}
    voice = choose_voice(engine.voices(), tag, preferred)
    if voice is None:
        raise MissingPartError(
            f"--engine {name}", f"it has no voice for {tag}", "Leave the language out with --lang."
        )
    return voice


class _Ear:
    """Hears what one voice makes of sentences."""

    def __init__(self, name: str, engine: Phonetic, voice: Voice) -> None:
        self._name, self._engine, self._voice = name, engine, voice
        self._worker = engine.phoneme_worker(voice)
        if self._worker.host:
            raise SettingsError(f"--engine {name}", f"it would send the text to {self._worker.host}", "")

    def answer(self, sentence: Sentence) -> Answer:
        """The sentence with the sounds that are made of it, and the best verdict of its expected speeches."""
        heard = self._sounds(plain(sentence.shown))
        judgements = (self._judged(heard, expected, sentence) for expected in sentence.expected)
        order = list(Verdict)
        return Answer(sentence, heard, min(judgements, key=lambda judgement: order.index(judgement.verdict)))

    def _judged(self, heard: str, expected: str, sentence: Sentence) -> Judgement:
        wanted = self._prepared(expected)
        if heard == wanted:
            return Judgement(Verdict.EXACT)
        if _plain(heard) == _plain(wanted):
            return Judgement(Verdict.EQUIVALENT)
        lost = [
            phrase for phrase, rest in _without(expected, sentence.language) if self._is_lost(heard, wanted, rest)
        ]
        reasons = (f"expected sounds: {wanted}", *(f'not heard: "{phrase}"' for phrase in lost))
        return Judgement(Verdict.WRONG if lost else Verdict.REWORDED, reasons)

    def _is_lost(self, heard: str, wanted: str, rest: str) -> bool:
        """Whether the sounds are nearer to the speech without a phrase than to the speech with it."""
        said, with_it, without = _words(heard), _words(wanted), _words(self._prepared(rest))
        length = len(with_it) - len(without)
        return length > 0 and _distance(said, with_it) - _distance(said, without) > length / 2

    def _prepared(self, speech: str) -> str:
        return self._sounds(self._engine.prepare([Piece(plain(speech))], self._voice))

    def _sounds(self, words: str) -> str:
        """The phonemes of a text in IPA, in one line."""
        worker = self._worker
        try:
            outcome = told(worker, words.encode())
            outcome.check_returncode()
        except (subprocess.SubprocessError, OSError) as trouble:
            what = f"it did not tell the sounds of “{words}”"
            raise MissingPartError(f"--engine {self._name}", what, "Run `voicegen doctor`.") from trouble
        return " | ".join(outcome.stdout.decode("utf-8", "replace").split("\n")).strip(" |")


def _plain(sounds: str) -> str:
    """The sounds without stress, length and pauses."""
    return _UNHEARD.sub("", sounds)


def _words(sounds: str) -> list[str]:
    return [word for word in map(_plain, sounds.split()) if word]


def _without(expected: str, code: str) -> Iterator[tuple[str, str]]:
    """Every phrase of an expected speech that carries a meaning, with the speech without it."""
    if code not in LANGUAGES:
        return
    known = proof_words(code)
    phrases = {phrase: kind for phrase, (kind, _) in known.meanings.items()} | dict.fromkeys(
        known.negations, "not"
    )
    longest_first = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    for found in re.finditer(rf"(?<![\w'’])(?:{longest_first})(?![\w'’])", expected, re.IGNORECASE):
        is_letter = len(found[0]) == 1 and found[0].isupper()
        if phrases[found[0].lower()] in _MEANING and not is_letter:
            yield found[0], " ".join((expected[: found.start()] + expected[found.end() :]).split())


def _distance(one: Sequence[str], other: Sequence[str]) -> float:
    """How many words must be put in, left out or changed to make one of the other; a change counts by its size.

    Levenshtein's distance, over the words and, for the size of a change, over their sounds.
    """
    row: list[float] = list(range(len(other) + 1))
    for at, word in enumerate(one, 1):
        last, row[0] = row[0], at
        for place, wanted in enumerate(other, 1):
            change = last + _change(word, wanted)
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, change)
    return row[-1]


@lru_cache(maxsize=1 << 16)
def _change(one: str, other: str) -> float:
    """How much of a word must change to make the other, from 0 to 1."""
    if one == other:
        return 0.0
    return 1.0 if min(len(one), len(other)) == 1 else _distance(one, other) / max(len(one), len(other))
