"""The list of pronunciations: its files, its place among the rules, and what a change of it costs."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import PAGE, Project, closed
from tests.growth import TRIES, seconds
from voicegen import lexicon
from voicegen.cli import main
from voicegen.config import Rests
from voicegen.errors import SettingsError, TemporaryError, VoicegenError
from voicegen.lexicon import patterns, pls, tables, writing
from voicegen.model.document import Document, Paragraph, Run, numbered, text
from voicegen.speech import Entry, Lexicon, PageWords, spoken
from voicegen.steps import scripting
from voicegen.steps.disagreement import Sentence


def said(sentence: str, *entries: Entry, lang: str = "en-GB", engine: str = "tone") -> str:
    return spoken([Run(sentence)], lang, PageWords(lexicon=Lexicon(entries, engine))).text


def word(written: str, say: str = "", **facts: object) -> Entry:
    return Entry("a test", written, say=say, **facts)  # type: ignore[arg-type]


def read(toml: str) -> list[Entry]:
    return tables.read(toml.encode(), "pronunciations.toml")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ease the pain.", "comfort the pain."),
        ("This disease eases.", "This disease eases."),
        ("With ease, pre-ease ease's", "With comfort, pre-comfort comfort's"),
        ("5ease easé ease\u0301", "5ease easé ease\u0301"),
    ],
)
def test_only_whole_words_are_changed(sentence: str, expected: str) -> None:
    assert said(sentence, word("ease", "comfort")) == expected


def test_a_word_with_a_capital_is_matched_as_it_is_written_unless_told_otherwise() -> None:
    assert said("The US told us.", word("US", "United States")) == "The United States told us."
    assert said("The US told us.", word("US", "them", case=False)) == "The them told them."
    assert said("Lung and lung.", word("lung", "chest", case=True)) == "Lung and chest."


def test_the_list_comes_before_all_rules_and_its_longest_word_first() -> None:
    entries = (word("COPD", "smoker's lung"), word("St Mary", "Saint Mary's"), word("St", "street"))
    assert said("COPD at St  Mary in 5 St", *entries) == "smoker's lung at Saint Mary's in 5 street"


def test_spelling_keeps_numbers_whole_and_accents_on_their_letters() -> None:
    assert said("Ask about p450é.", word("p450é", spell=True)) == "Ask about P 450 É."


def test_a_pattern_can_keep_what_it_found() -> None:
    entry = Entry("a test", pattern=r"(\w+)ectomy", say=r"\1 ectomy")
    assert said("An appendectomy today.", entry) == "An append ectomy today."


@pytest.mark.parametrize(
    ("lang", "shown", "say", "stands"),
    [
        ("en", "twice a day", "twice an hour", False),
        ("en", "weekly", "every day", False),
        ("es", "al día", "a la hora", False),
        ("de", "täglich", "stündlich", False),
        ("en", "daily", "every day", True),
        ("en", "day hospital", "day clinic", True),
        ("en", "lithium", "lithium, which is taken every day", True),
    ],
)
def test_an_entry_makes_no_other_length_of_time_of_one(lang: str, shown: str, say: str, stands: bool) -> None:
    page = PageWords(lexicon=Lexicon((word(shown, say),), "tone"))
    found = spoken([Run(shown)], lang, page)
    assert found.text == say
    assert (Sentence([Run(shown)], found.text, found.changes, lang).faults() == []) is stands


def test_composed_and_decomposed_letters_and_both_apostrophes_are_the_same_word() -> None:
    entry = word("Ménière's", "Meneer's")
    for written in ("Ménière's", "Ménière’s", "Me\u0301nie\u0300re's"):
        assert said(f"It is {written} disease.", entry) == "It is Meneer's disease."


def test_an_entry_holds_in_its_language_and_on_its_page_only() -> None:
    british = word("tea", "char", lang="en-GB")
    assert said("tea", british, lang="en-GB") == "char"
    assert said("tea", british, lang="en-US") == said("tea", british, lang="en") == "tea"
    assert said("tea", word("tea", "char", lang="en"), lang="en-US") == "char"
    both = Lexicon((word("a1", "all"), word("a1", "own", page="asthma")), "tone")
    for page, expected in (("asthma", "own"), ("fever", "all")):
        assert spoken([Run("a1")], "en", PageWords(lexicon=both.of_page(page))).text == expected


@pytest.mark.parametrize(
    ("lang", "sentence", "written", "expected"),
    [
        ("cy", "Mae asma arno.", "asma", "Mae as-ma arno."),
        ("ja", "この喘息の人", "喘息", "この as-ma の人"),
        ("hi", "यह दमा है", "दमा", "यह as-ma है"),
    ],
)
def test_languages_without_rules_have_pronunciations_too(
    lang: str, sentence: str, written: str, expected: str
) -> None:
    assert said(sentence, word(written, "as-ma"), lang=lang) == expected


def test_a_note_marker_stays_silent_where_a_word_touches_it() -> None:
    runs = [Run("asma"), Run("1", position="note"), Run(" x")]
    page = PageWords(lexicon=Lexicon((word("asma", "as-ma"),), "tone"))
    assert spoken(runs, "cy", page).text == "as-ma x"


def test_a_file_is_read_with_all_its_keys() -> None:
    (entry,) = read(
        '[[pronunciation]]\nword = "Ly  me"\ncase = false\nlanguage = "en"\npage = "ticks"\nsay = "Lime"\n'
        'phonemes = { espeak = "l\'aIm" }\n'
    )
    assert (entry.word, entry.case, entry.lang, entry.page, entry.say) == ("Ly me", False, "en", "ticks", "Lime")
    assert entry.phonemes == {"espeak": "l'aIm"}
    assert entry.where == "pronunciations.toml, entry 1"


@pytest.mark.parametrize(
    ("toml", "why"),
    [
        ("word = 1", "no place"),
        ("[pronunciation]\nword = 'a'", "no place"),
        ("pronunciation = 1", "no place"),
        ("[[pronunciation]]\nword = 'a'\nsays = 'b'", "no 'says'"),
        ("[[pronunciation]]\nword = 'a'", "does not say how"),
        ("[[pronunciation]]\nsay = 'a'", "a word or a pattern"),
        ("[[pronunciation]]\nword = 'a'\npattern = 'a'\nsay = 'b'", "not both"),
        ("[[pronunciation]]\nword = 'a'\nsay = 'b'\nspell = true", "spelled"),
        ("[[pronunciation]]\nword = 'a'\nsay = ''", "not text"),
        ("[[pronunciation]]\nword = 'a'\nsay = 5", "not text"),
        ("[[pronunciation]]\nword = 'a'\nspell = 1", "not true or false"),
        ("[[pronunciation]]\nword = '-a'\nsay = 'b'", "begin with a letter"),
        ('[[pronunciation]]\nword = "a"\nsay = "b\\u202e"', "can't be seen"),
        ("[[pronunciation]]\nword = 'a'\nsay = '…'", "nothing to say"),
        ("[[pronunciation]]\nword = 'a'\nphonemes = { espeak = 'a]]' }", "no phonemes"),
        ("[[pronunciation]]\nword = 'a'\nphonemes = { espeak = 5 }", "not a text"),
        ("[[pronunciation]]\npattern = '(a)'\nsay = '\\2'", "group"),
        ("[[pronunciation]]\npattern = '(a'\nsay = 'b'", "no regular expression"),
        (f"[[pronunciation]]\nword = 'a'\nsay = '{'b' * 301}'", "at most 300"),
        ("[[", "not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_place(toml: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why) as fault:
        read(toml)
    assert "pronunciations.toml" in str(fault.value)


@pytest.mark.attack("input", "a pattern that could run for ever is refused")
@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a*)*",
        "(a|a)*",
        "(a?){20}",
        r"\w*\w*\w*x",
        "a{1,400}a{1,400}",
        "(?=a)a",
        r"(a)\1",
        "(?i)a",
        "a*",
    ],
)
def test_a_pattern_that_could_run_for_ever_is_refused(pattern: str) -> None:
    assert patterns.fault(pattern)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=r"ab(|)?*+{1,9}[^]\wd.-", max_size=12), st.sampled_from(["a", "b", "ab", "a b", "-a"]))
def test_every_pattern_that_is_taken_is_quick_on_the_longest_sentence(pattern: str, unit: str) -> None:
    if patterns.fault(pattern):
        return
    sentence = unit * (1_000 // len(unit)) + "!"
    entry = Entry("a test", pattern=pattern, say="x")
    assert any(seconds(lambda _: said(sentence, entry), 1) < 2 for _ in range(TRIES))


@pytest.mark.parametrize("pattern", [r"\w+ectomy", "hyper?tensive", r"[Gg]astro(?:s|ses)?", r"L\d-L\d", "a{2,3}b"])
def test_ordinary_patterns_are_taken(pattern: str) -> None:
    assert patterns.fault(pattern) == ""


LEXICON = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en">
  <meta name="author" content="x"/>
  <lexeme><grapheme>Lyme</grapheme><grapheme>Lime</grapheme><alias>Ly me</alias><phoneme>x</phoneme></lexeme>
  <lexeme role="claws:VVI"><grapheme>qigong</grapheme><phoneme alphabet="x-espeak">tSi:g'0N</phoneme></lexeme>
  <lexeme><grapheme>reiki</grapheme><phoneme>ɹeɪki</phoneme><example>reiki</example></lexeme>
  <lexeme><grapheme>yoga</grapheme><phoneme>a</phoneme><alias prefer="true">yo ga</alias></lexeme>
</lexeme>
</lexicon>""".replace("</lexeme>\n</lexicon>", "</lexicon>")


def test_a_pls_file_is_read() -> None:
    entries = pls.read(LEXICON.encode(), "hospital.pls")
    assert [(entry.word, entry.say, dict(entry.phonemes)) for entry in entries] == [
        ("Lyme", "Ly me", {}),
        ("Lime", "Ly me", {}),
        ("qigong", "", {"espeak": "tSi:g'0N"}),
        ("reiki", "", {"ipa": "ɹeɪki"}),
        ("yoga", "yo ga", {}),
    ]
    assert {entry.lang for entry in entries} == {"en"}
    assert entries[2].where == "hospital.pls, line 5"


_BOMB = "<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]>"
_ROOT = '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" xml:lang="en">'


@pytest.mark.attack("input", "a hostile list of pronunciations is refused")
@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (f"{_BOMB}<l>&b;</l>", "document type"),
        ("<!DOCTYPE l SYSTEM 'file:///etc/hostname'><l/>", "document type"),
        ("<lexicon/>", "does not begin"),
        ("<l/>", "does not begin"),
        (_ROOT, "well-formed"),
        (f"{_ROOT}&b;</lexicon>", "well-formed"),
        (f"{_ROOT.replace(' xml:lang=', ' x=')}</lexicon>", "language"),
        (f"{_ROOT}<lexeme><grapheme>a</grapheme></lexeme></lexicon>", "no alias"),
        (f"{_ROOT}<lexeme><alias>a</alias></lexeme></lexicon>", "no grapheme"),
        (f"{_ROOT}<lexeme><grapheme>a</grapheme><phoneme>]]</phoneme></lexeme></lexicon>", "no phonemes"),
        ("", "well-formed"),
        ("<?xml version='1.0' encoding='nosuch'?><l/>", "well-formed"),
    ],
)
def test_a_pls_file_that_is_odd_or_hostile_is_refused(xml: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        pls.read(xml.encode(), "hospital.pls")


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda inner: f"{_ROOT}{inner}</lexicon>".encode()))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for reader in (pls.read, tables.read):
        with contextlib.suppress(SettingsError):
            assert isinstance(reader(data, "x"), list)


def test_phonemes_for_another_engine_need_words_beside_them(tmp_path: Path) -> None:
    path = tmp_path / lexicon.FILE
    path.write_text("[[pronunciation]]\nword = 'qigong'\nphonemes = { espeak = \"tSi:g'0N\" }\n")
    assert lexicon.load(tmp_path, "espeak").entries[0].word == "qigong"
    with pytest.raises(SettingsError, match="the engine is tone"):
        lexicon.load(tmp_path, "tone")


def test_a_word_with_phonemes_that_no_engine_takes_is_a_note_where_it_stands() -> None:
    page = numbered(Document(text("Calm"), "en", (Paragraph(text("Try reiki or yoga.")),), ()))
    listed = Lexicon(pls.read(LEXICON.encode(), "hospital.pls"), "espeak")
    script = scripting.write(page, Rests(), 3, "", lambda lang: True, listed)
    assert len(script.notices) == 1
    assert "hospital.pls, line 6: “reiki”" in script.notices[0]
    assert "Try reiki or yo ga." in [line.spoken for line in script.lines]


def test_phonemes_are_placed_in_every_line_that_says_the_word_also_in_echoes() -> None:
    page = numbered(Document(text("Qigong"), "en", (Paragraph(text("Do qigong daily.")),), ()))
    listed = Lexicon(pls.read(LEXICON.encode(), "hospital.pls"), "espeak")
    script = scripting.write(page, Rests(), 3, "", lambda lang: True, listed)
    heard = [line.spoken[one.start : one.end].lower() for line in script.lines for one in line.phonemes]
    assert heard == ["qigong"] * 3  # the title, the sentence, and "End of Qigong"


def test_a_changed_pronunciation_speaks_exactly_the_lines_that_it_touches(project: Project) -> None:
    project.page("gallstones.txt")
    project.page("other.txt", PAGE.replace("Gallstones", "Kidney stones").replace("gallbladder", "kidney"))
    project.build()
    path = project.place / "content" / lexicon.FILE
    path.write_text('[[pronunciation]]\nword = "gallbladder"\nsay = "gall bladder"\n')
    result = project.build()
    assert result.spoken == 1
    assert all(page.why.startswith("a pronunciation changed (new “") for page in result.pages)
    assert project.build().written == ()
    path.write_text('# moved\n\n[[pronunciation]]\nword = "gallbladder"\nsay = "gall bladder"\n')
    assert {page.outcome for page in project.build().pages} == {"unchanged"}
    path.write_text('[[pronunciation]]\nword = "gallbladder"\nsay = "gall-bladder"\npage = "gallstones"\n')
    result = project.build()
    assert result.spoken == 1
    path.unlink()
    assert project.build().spoken <= 1


def test_pronounce_says_a_word_as_its_page_does(project: Project) -> None:
    project.page("ecg.txt", "ECG\n\nA lead is put on your chest.\n")
    project.page("asma.md", "---\nlang: es\n---\n# Asma\n\nEl asma es una enfermedad.\n")
    path = project.place / "content" / lexicon.FILE
    path.write_text(
        '[[pronunciation]]\nword = "lead"\nsay = "led"\n\n'
        '[[pronunciation]]\nword = "lead"\nsay = "leed"\npage = "ecg"\n\n'
        '[[pronunciation]]\nword = "ECG"\nsay = "e ce ge"\nlanguage = "es"\n'
    )

    def pronounced(*arguments: str) -> str:
        target = str(project.place / "x.wav")
        outcome = CliRunner().invoke(main, ["-C", str(project.place), "pronounce", *arguments, "-o", target])
        return outcome.output

    assert pronounced("lead").startswith("led\n")
    assert pronounced("lead", "--page", "ecg").startswith("leed\n")
    assert pronounced("lead", "--page", "asma").startswith("led\n")
    assert pronounced("ECG", "--page", "asma").startswith("e ce ge\n")
    assert pronounced("ECG", "--page", "asma", "-l", "en").startswith("E C G\n")
    assert "there is no such page" in pronounced("lead", "--page", "nosuch")


@pytest.mark.attack("input", "a pronunciation that changes an amount or a negation stops the page")
def test_an_entry_that_changes_an_amount_or_a_negation_stops_the_page(project: Project) -> None:
    project.page("dose.txt", "Dose\n\nTake 5 mcg daily. Do not drive.\n")
    path = project.place / "content" / lexicon.FILE
    for written, say in (("mcg", "milligrams"), ("not", "now")):
        path.write_text(f'[[pronunciation]]\nword = "{written}"\nsay = "{say}"\n')
        assert project.build().exit_code == 1
    path.write_text('[[pronunciation]]\nword = "mcg"\nsay = "micrograms"\n')
    assert project.build().exit_code == 0


@pytest.mark.parametrize(("number", "kind"), [(errno.EACCES, SettingsError), (errno.EMFILE, TemporaryError)])
def test_lists_that_can_not_be_found_are_not_taken_for_none(
    project: Project, number: int, kind: type[VoicegenError]
) -> None:
    with closed(project.place / "content", number), pytest.raises(kind):
        lexicon.load(project.place / "content", "tone")


@pytest.mark.parametrize("name", [lexicon.FILE, "hospital.pls"])
def test_a_list_that_is_a_link_to_nowhere_stops_the_build(project: Project, name: str) -> None:
    project.page("gallstones.txt")
    (project.place / "content" / name).symlink_to(project.place / "shared" / name)
    with pytest.raises(SettingsError, match="can't be read"):
        project.build()


def test_a_word_is_not_written_in_the_place_of_a_list_that_is_not_there_just_now(project: Project) -> None:
    path = project.place / "content" / lexicon.FILE
    path.symlink_to(project.place / "shared.toml")  # on a drive that is not mounted
    with pytest.raises(SettingsError, match="can't be read"):
        writing.save(project.place / "content", word("ECG", "e c g"))
    assert path.is_symlink()


def test_a_wrong_list_stops_the_build_before_anything_is_made(project: Project) -> None:
    project.page("gallstones.txt")
    (project.place / "content" / "x.pls").write_text(_BOMB)
    with pytest.raises(SettingsError, match=r"x\.pls"):
        project.build()
