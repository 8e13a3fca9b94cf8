from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicegen.errors import SettingsError
from voicegen.gauntlet import read
from voicegen.gauntlet.kinds import KINDS, PLAIN, kinds


def test_a_line_is_a_tag_a_sentence_and_one_or_more_speeches(tmp_path: Path) -> None:
    file = tmp_path / "en.tsv"
    file.write_bytes(b"\xef\xbb\xbf# remark\r\n\r\nen-GB\t5 mg\t5 milligrams\tfive milligrams\r\n")
    (sentence,) = read(file)
    assert (sentence.lang, sentence.language, sentence.shown) == ("en-GB", "en", "5 mg")
    assert sentence.expected == ("5 milligrams", "five milligrams")
    assert sentence.where == f"{file}, line 3"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("en\t5 mg", "it is not a tag, a sentence and its speech"),
        ("en\t5 mg\t5 milligrams\t", "it is not a tag, a sentence and its speech"),
        ("english\t5 mg\t5 milligrams", "'english' is no language tag"),
        ("en\t5 mg\x1b[2J\t5 milligrams", "it holds a control character"),
        ("en\t5 mg\t5\u2028milligrams", "it holds a control character"),
        ("", "there is no sentence in it"),
    ],
)
def test_a_line_of_another_form_is_named_with_its_place(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "en.tsv"
    file.write_text(f"# remark\n{line}\n", "utf-8")
    with pytest.raises(SettingsError, match=words) as error:
        read(tmp_path)
    assert str(tmp_path) in error.value.where


def test_a_file_that_is_not_utf_8_and_a_folder_without_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no \.tsv file here"):
        read(tmp_path)
    (tmp_path / "en.tsv").write_bytes(b"en\t5 \xb5g\t5 micrograms\n")
    with pytest.raises(SettingsError, match=r"it is not UTF-8 \(byte 5\)"):
        read(tmp_path / "en.tsv")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.tsv"
    file.write_bytes(data)
    try:
        sentences = read(file)
    except SettingsError:
        return
    assert all(sentence.shown and sentence.expected for sentence in sentences)


def test_every_kind_of_difficulty_is_in_the_corpus_and_some_sentences_have_none() -> None:
    found = {kind for sentence in read() for kind in kinds(sentence.shown)}
    assert found == {*KINDS, PLAIN}


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ("Take 500mg.", "doses and units"),
        ("Rest 2–3 days.", "ranges"),
        ("≥75 years", "comparators"),
        ("Due 03/11/2026.", "dates"),
        ("Come at 9.30am.", "times"),
        ("Store at −18 °C.", "minus signs"),
        ("Prenez ½ comprimé.", "fractions and powers"),
        ("Ohne Behandlung.", PLAIN),
    ],
)
def test_kinds_are_told_from_the_signs(shown: str, kind: str) -> None:
    assert kind in kinds(shown)
