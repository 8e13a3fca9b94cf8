from __future__ import annotations

from pathlib import Path

import pytest

from voicegen import config
from voicegen.errors import SettingsError
from voicegen.extensions import HERE, engines, formats


def load(tmp_path: Path, text: str | bytes) -> config.Settings:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / config.FILE).write_bytes(data)
    return config.load(tmp_path, engines(), formats())


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = config.load(tmp_path, engines(), formats())
    assert settings.voice.engine == "espeak"
    assert settings.content == tmp_path / "content"


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        """
        [project]
        publisher = "Clinic"
        [rests]
        sentence = 1
        [voices]
        en = "en-gb"
        [espeak]
        rate = 120
        [pages.asthma]
        language = "en-GB"
        """,
    )
    assert settings.project.publisher == "Clinic"
    assert settings.rests.sentence == 1.0
    assert settings.voices == {"en": "en-gb"}
    assert settings.engines == {"espeak": {"rate": 120}}
    assert settings.pages["asthma"].language == "en-GB"


@pytest.mark.parametrize(
    ("text", "where", "remedy"),
    [
        ("[rest]\nsentence = 1", "[rest]", "'rests'"),
        ("[rests]\nsentense = 1", "[rests]", "'sentence'"),
        ("[rests]\nsentence = 'long'", "[rests] sentence", "a number"),
        ("[rests]\nsentence = -1", "[rests] sentence", "0 to 10"),
        ("[rests]\nsentence = nan", "[rests] sentence", "0 to 10"),
        ("[history]\nkeep = -1", "[history] keep", "0 to 1000"),
        ("[history]\nfolder = 'output/history'", "[history] folder", "a place of its own"),
        ("[history]\nfolder = '.'", "[history] folder", "a place of its own"),
        (f"[rests]\nchapter = 1{'0' * 400}", "[rests] chapter", "a number"),
        ("[project]\noutput = 'content/listen'", "[project] content, output, cache", "a folder of its own"),
        ("[project]\ncache = 'output/.voicegen'", "[project] content, output, cache", "a folder of its own"),
        ("[project]\ncontent = '.voicegen/pages'", "[project] content, output, cache", "a folder of its own"),
        ("[plan]\nprice = -1", "[plan] price", "million"),
        ("[plan]\nprice = nan", "[plan] price", "million"),
        ("[chapters]\ndepth = 9", "[chapters] depth", "2 to 6"),
        ("[chapters]\ndepth = true", "[chapters] depth", "a whole number"),
        ("[mp3]\nkbits = 65", "[mp3] kbits", "64"),
        ("[voice]\nengine = 'espaek'", "[voice] engine", "Did you mean 'espeak'?"),
        ("[voice]\nengine = 'siri'", "[voice] engine", "Give one of"),
        ("[publications]\nformats = ['htlm']", "[publications] formats", "Did you mean 'html'?"),
        ("[publications]\nformats = ['mp4']", "[publications] formats", "mp3"),
        ("[publications]\nformats = ['html', 'mp3']", "[publications] formats", "Add webvtt, timeline"),
        ("[publications]\nformats = 'mp3'", "[publications] formats", "a list of texts"),
        (
            "[publications]\naddress = 'https://a:secret@clinic.example/'",
            "[publications] address",
            "tell everybody",
        ),
        ("[project]\noutput = 'content'", "[project]", "folder of its own"),
        ("[project]\noutput = '..'", "[project]", "folder of its own"),
        ("[publications]\nformats = []", "[publications] formats", "at least one"),
        ("[project]\noutput = '.'", "[project]", "folder of its own"),
        ("[voices]\nen = 7", "[voices] en", "quotation marks"),
        ("[voices]\nzz9 = 'x'", "[voices] zz9", "Give a tag by BCP 47"),
        ("[project]\nlanguage = 'klingon'", "[project] language", 'write "tlh"'),
        ("[project]\nlanguage = 'en-UK'", "[project] language", 'write "en-GB"'),
        ("[pages.asthma]\nlanguage = 'english'", "[pages.asthma] language", 'write "en"'),
        ("[pages]\nasthma = 7", "[pages.asthma]", "section"),
        ("zzzz = 'x'", "[zzzz]", "Known here"),
        ("project = 'x'", "project", "[project]"),
        ("[review]\nlog = 'a\\u0000b'".replace("'", '"'), "[review] log", "Take that out"),
        ("[piper]\nvoices = [['a\\u0000b']]".replace("'", '"'), "[piper] voices", "Take that out"),
        ("[project", "voicegen.toml", "Correct"),
        (b"[project]\ntitle = '\xff'", "voicegen.toml", "Correct"),
    ],
)
def test_what_is_wrong_is_named_with_its_remedy(
    tmp_path: Path, text: str | bytes, where: str, remedy: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, text)
    assert where in str(error.value)
    assert remedy in str(error.value)
    assert "secret" not in str(error.value)
    assert error.value.exit_code == 2


def test_the_settings_of_this_project_and_of_the_starter_are_right() -> None:
    for folder in (HERE.parent, HERE / "starter"):
        config.load(folder, engines(), formats())
