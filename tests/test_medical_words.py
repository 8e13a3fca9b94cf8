"""Our list of medical words: the default engine says each of them wrong, and otherwise with the entry."""

from __future__ import annotations

import subprocess
import tomllib

import pytest

from voicegen import lexicon
from voicegen.contracts import Piece
from voicegen.engines import espeak

FILES = sorted(lexicon.OURS.glob("*.*.toml"))


def phonemes(texts: list[str], lang: str) -> list[str]:
    """The phonemes of each text, in IPA."""
    engine = espeak.engine({})
    voice = next(voice for voice in engine.voices() if voice.lang == lang)
    worker = engine.phoneme_worker(voice)
    told = subprocess.run(
        worker.argv, cwd=worker.cwd, env=dict(worker.env), input=".\n\n".join(texts).encode(), capture_output=True
    )
    return told.stdout.decode().split("\n")[:-1]


@pytest.mark.parametrize("lang", ["en-us", "en-gb"])
def test_every_entry_makes_a_difference_in_both_englishes(lang: str) -> None:
    entries = lexicon.tables.read(FILES[0].read_bytes(), "x")
    by_itself = phonemes([entry.word for entry in entries], lang)
    told = phonemes([f"[[{entry.phonemes['espeak']}]]" for entry in entries], lang)
    assert len(by_itself) == len(told) == len(entries) >= 30
    for entry, default, ours in zip(entries, by_itself, told, strict=True):
        assert default.strip() != ours.strip(), entry.word
        assert "ˈ" in ours, f"{entry.word} has no stress"


def test_the_evidence_beside_each_entry_is_what_the_engine_says() -> None:
    evidence = [
        line.partition("# ")[2].split(" → ")
        for line in FILES[0].read_text("utf-8").splitlines()
        if line.startswith("[[pronunciation]]")
    ]
    entries = tomllib.loads(FILES[0].read_text("utf-8"))["pronunciation"]
    by_itself = phonemes([entry["word"] for entry in entries], "en-us")
    told = phonemes([f"[[{entry['phonemes']['espeak']}]]" for entry in entries], "en-us")
    assert [[one.strip(), other.strip()] for one, other in zip(by_itself, told, strict=True)] == evidence


def test_the_words_are_in_order_and_each_is_there_once() -> None:
    words = [entry["word"].lower() for entry in tomllib.loads(FILES[0].read_text("utf-8"))["pronunciation"]]
    assert words == sorted(set(words))


def test_a_word_of_the_list_is_marked_for_the_engine_and_only_there() -> None:
    engine = espeak.engine({})
    voice = next(voice for voice in engine.voices() if voice.lang == "en")
    assert engine.prepare([Piece("C "), Piece("difficile", "d,IfIs'i:l"), Piece(" now")], voice) == (
        "C [[d,IfIs'i:l]] now"
    )
