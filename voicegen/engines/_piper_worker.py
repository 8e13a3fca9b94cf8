"""Speaks lines with a voice of piper's: the worker of `piper.py`.

Arguments: MODEL RATE_HZ SPEAKER LENGTH_SCALE NOISE_SCALE NOISE_W. SPEAKER is a number, or - where there is one.

The same line must sound the same whatever was spoken before. The network keeps no state but the generators of
its random nodes; these are multiplied by the noise, which is 0 unless the user sets it. So a voice is tried
first: if it says the same thing twice and the samples differ, it is loaded afresh, with the same seed, for
each line. onnxruntime has one thread, because sums over several may differ in their order.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from pathlib import Path

if __name__ == "__main__":
    # Run by its path: the package around it is ours, whatever else is installed; its folders shadow nothing.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from voicegen import confined

    del sys.path[0]
    confined.shut_in()

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states
from piper import PhonemeType, PiperConfig, PiperVoice, SynthesisConfig

from voicegen.engines import _protocol
from voicegen.engines._espeak_scripts import unreadable
from voicegen.engines._piper_files import VoiceFiles, described, read_description
from voicegen.errors import MissingPartError

NETWORK_ERRORS: tuple[type[Exception], ...] = tuple(
    error for error in vars(states).values() if isinstance(error, type) and issubclass(error, Exception)
)
"""Whatever onnxruntime raises; its classes have no common one below Exception."""
MISFITS: tuple[type[Exception], ...] = (
    *NETWORK_ERRORS,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,
    MemoryError,
)
"""What comes of a network and a description that do not fit each other, or a text that does not fit them."""
TRIAL = 12
"""Phonemes, taken from all over the voice's table, that it is tried with."""
TELLING = frozenset({"Lu", "Ll", "Lt", "Lo", "Nd", "No"})
"""Unicode categories of phonemes that carry the words; stress marks, lengths and tones' accents do not."""
SIGNS = frozenset({"Sm", "Sc", "So"})
"""Those of signs of arithmetic and money, which a voice that reads letters meets as they are written."""
MARKS = frozenset("%‰‱′″")
"""Marks that Unicode counts as punctuation, and that say what a number is."""
LOUDEST = 32_767
SEED = 1
FATAL = 4
"""onnxruntime's severity of messages that nothing survives; the others come to us as exceptions."""


class Unusable(Exception):  # noqa: N818 - a word about the voice, which ends the worker
    """A voice that can't speak at all, in words."""


class Speech:
    """A voice, loaded."""

    def __init__(self, files: VoiceFiles, rate_hz: int, scales: SynthesisConfig) -> None:
        self._files = files
        self._rate_hz = rate_hz
        self._scales = scales
        self._unreadable: re.Pattern[str] | None = None
        try:
            self._voice = PiperVoice(
                self._loaded(), PiperConfig.from_dict(dict(read_description(files.description)))
            )
            if self._voice.config.phoneme_type == PhonemeType.ESPEAK:
                self._unreadable = unreadable(self._voice.config.espeak_voice)
            self._voice.phonemize("1")  # fails where piper-tts lacks the language
            self._draws = not np.array_equal(self._tried(), self._tried())
        except NETWORK_ERRORS as trouble:
            words = f"{files.model.name} is damaged or no voice of piper's: download it again"
            raise Unusable(f"{words} ({reason(trouble)})") from trouble
        except MISFITS as trouble:
            words = f"{files.description.name} does not fit its network or piper-tts: download both again"
            raise Unusable(f"{words} ({reason(trouble)})") from trouble

    def _tried(self) -> NDArray[np.float32]:
        table = list(self._voice.config.phoneme_id_map)
        return self._sound(table[:: max(1, len(table) // TRIAL)])

    def _loaded(self) -> onnxruntime.InferenceSession:
        """The network, its random nodes at their beginning."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.log_severity_level = FATAL
        onnxruntime.set_seed(SEED)
        return onnxruntime.InferenceSession(str(self._files.model), options, ["CPUExecutionProvider"])

    def speak(self, text: str) -> bytes:
        """The samples of `text`: 16 bit, little-endian, mono. Raises Failure where the voice can't say it."""
        if self._unreadable and (lost := self._unreadable.search(text)):
            raise _protocol.Failure(
                f"the voice {self._files.name} can't read “{lost[0]}” and would say “letter” for each sign; mark "
                "its language on the page, write it in other signs, or choose another voice"
            )
        # Text between double brackets would be taken for phonemes: a page's author has no business there.
        plain = re.sub(r"\[(?=\[)", "[ ", text)
        try:
            if self._draws:
                self._voice.session = self._loaded()
            parts = [self._sound(self._known(phonemes)) for phonemes in self._voice.phonemize(plain) if phonemes]
        except MISFITS as trouble:
            raise _protocol.Failure(f"the voice {self._files.name} can't say it ({reason(trouble)})") from trouble
        sound = b"".join((part * LOUDEST).round().astype("<i2").tobytes() for part in parts)
        if self._files.rate_hz != self._rate_hz:
            from voicegen.sound import clips

            segment = clips.segment(sound, self._files.rate_hz)
            sound = clips.samples_of(clips.converted(segment, self._rate_hz))
        return sound

    def _sound(self, phonemes: list[str]) -> NDArray[np.float32]:
        """The samples, from -1 to 1, as loud as they come; `PiperVoice.synthesize` would make them loudest.

        Raises ValueError where there are none.
        """
        numbers = self._voice.phonemes_to_ids(phonemes)
        samples = np.asarray(self._voice.phoneme_ids_to_audio(numbers, self._scales), np.float32).reshape(-1)
        if not np.isfinite(samples).all():
            raise ValueError("it gave something that is no sound")
        return np.clip(samples, -1.0, 1.0)

    def _known(self, phonemes: list[str]) -> list[str]:
        """The phonemes as the voice's table has them, for some know small letters only.

        Raises Failure for a letter, a digit or a sign that is not there: piper would leave it out without a word.
        """
        table = self._voice.config.phoneme_id_map
        known = [each if each in table else each.lower() for each in phonemes]
        for each in known:
            if each not in table and self._tells(each[0]):
                raise _protocol.Failure(f"the voice {self._files.name} has no sound for {each!r}")
        return known

    def _tells(self, sign: str) -> bool:
        kind = unicodedata.category(sign)
        is_written = self._voice.config.phoneme_type == PhonemeType.TEXT
        return kind in TELLING or (is_written and (kind in SIGNS or sign in MARKS))


def reason(trouble: Exception) -> str:
    """What a library says of its trouble, cut to its end, which is where the cause stands."""
    words = " ".join(str(trouble).split()) or type(trouble).__name__
    return words.rpartition("failed:")[2].rpartition(" : ")[2][:120].rstrip(". ")


def stay_here(event: str, _: object) -> None:
    """An audit hook that refuses the network: no part of a voice is ever fetched, whatever a library tries."""
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        raise RuntimeError("piper's voices do without the network")


def main() -> int:
    """Runs until standard input ends. Exit code UNUSABLE: the voice can't speak at all."""
    model, rate_hz, speaker, length_scale, noise_scale, noise_w = sys.argv[1:]
    sys.addaudithook(stay_here)
    onnxruntime.set_default_logger_severity(FATAL)
    logging.disable(logging.WARNING)  # piper names lines and phonemes there
    scales = SynthesisConfig(
        speaker_id=None if speaker == "-" else int(speaker),
        length_scale=float(length_scale),
        noise_scale=float(noise_scale),
        noise_w_scale=float(noise_w),
    )
    try:
        speech = Speech(described(Path(model)), int(rate_hz), scales)
    except (Unusable, MissingPartError) as trouble:
        print(trouble, file=sys.stderr)
        return _protocol.UNUSABLE
    _protocol.serve(speech.speak)
    return 0


if __name__ == "__main__":
    sys.exit(main())
