#!/usr/bin/env python3
"""Prepares sentences with another project's text normaliser: prepare.py NAME LANGUAGE < sentences > what to say.

Runs in whatever Python has that project installed; imports nothing of voicegen. It is what `voicegen gauntlet
--program` starts for each column of the table in docs/why/gauntlet.md.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

Prepared = Callable[[str], str]


def gtts(language: str) -> Prepared:
    """What the package gTTS sends to Google: its default pre-processors, and its cutting of long texts."""
    from gtts import gTTS

    # _tokenize is the whole of what is done on this machine; nothing is sent
    return lambda text: " ".join(gTTS(text, lang=language, lang_check=False)._tokenize(text))


def nemo(language: str) -> Prepared:
    """NVIDIA's nemo_text_processing: weighted grammars, as its own command line uses them."""
    from nemo_text_processing.text_normalization.normalize import Normalizer

    kept = os.environ.get("NEMO_GRAMMARS")  # a folder; building them takes minutes
    normalizer = Normalizer(input_case="cased", lang=language, cache_dir=kept)
    return lambda text: str(normalizer.normalize(text, verbose=False))


def wetext(language: str) -> Prepared:
    """WeTextProcessing: weighted grammars; English is the only one of our languages that it has."""
    from tn.english.normalizer import Normalizer

    if language != "en":
        raise SystemExit("WeTextProcessing has no " + language)
    normalizer = Normalizer(overwrite_cache=False)
    return lambda text: str(normalizer.normalize(text))


def normt2s(language: str) -> Prepared:
    """The package normt2s, for English and German."""
    from normt2s import normalize

    return lambda text: str(normalize(text, lang=language))


def gruut(language: str) -> Prepared:
    """The words that gruut makes of a text before it looks up their sounds."""
    from gruut import sentences

    return lambda text: " ".join(sentence.text_spoken for sentence in sentences(text, lang=language))


def main() -> None:
    """Answers one line for each line of standard input."""
    name, tag = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdin.reconfigure(encoding="utf-8")
    with contextlib.redirect_stdout(sys.stderr):  # grammars that report progress must not stand between answers
        prepared = {"gtts": gtts, "nemo": nemo, "wetext": wetext, "normt2s": normt2s, "gruut": gruut}[name](
            tag.split("-")[0].lower()
        )
        for line in sys.stdin:
            answers.write(" ".join(prepared(line.rstrip("\n")).split()) + "\n")
    answers.close()


if __name__ == "__main__":
    main()
