"""One voice a language and page, from beginning to end; another one only where the clinic chose it and is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Project
from tests.engines.faulty import Faulty
from voicegen import extensions
from voicegen.config import load
from voicegen.errors import SettingsError
from voicegen.extensions import engines, formats
from voicegen.model.script import Chapter, Line, Script
from voicegen.standing import Desk
from voicegen.steps.one_voice import one_voice

Make = Callable[..., Project]
FEW = '[publications]\nformats = ["all"]\naddress = "https://clinic.example/"\n'
MIXED = """<!doctype html><html lang="en-GB"><title>Gout</title><main><h1>Gout</h1>
<p>It hurts. <span lang="en-US">Take it on 04/05/2026 with a liter of water.</span> Rest.</p>
<div lang="en"><p>Drink water.</p></div>
<p><span lang="fr-FR">Bonjour à tous.</span> Or <span lang="fr-CA">bonne journée.</span></p></main></html>"""


def line(lang: str, number: int = 0) -> Line:
    return Line(f"l{number}", "paragraph", "Words.", "Words.", lang, 0)


def languages(page: str, *tags: str) -> list[str]:
    lines = tuple(line(tag, number) for number, tag in enumerate(tags))
    return [one.lang for one in one_voice(Script(page, (Chapter("c", "C", 1, 0, lines),))).lines]


@pytest.mark.parametrize(
    ("page", "tags", "spoken"),
    [
        ("en-GB", ("en-US", "en", "EN-gb"), ["en-GB", "en-GB", "en-GB"]),
        ("en", ("fr-CA", "fr", "en-US", "fr-FR"), ["fr-CA", "fr-CA", "en", "fr-CA"]),
        ("es-MX", ("es", "pt-BR", "pt"), ["es-MX", "pt-BR", "pt-BR"]),
        ("pa", ("pa-Arab", "pa-PK"), ["pa-Arab", "pa"]),  # written in other signs, which the voice may not know
        ("zh-CN", ("zh-TW", "zh-yue"), ["zh-CN", "zh-yue"]),  # Cantonese is another language
    ],
)
def test_a_region_is_no_reason_to_change_the_voice_and_a_language_is(
    page: str, tags: tuple[str, ...], spoken: list[str]
) -> None:
    assert languages(page, *tags) == spoken


def test_a_page_with_several_kinds_of_english_and_french_has_one_voice_for_each(make_project: Make) -> None:
    project = make_project(settings=f'[voice]\nengine = "espeak"\n{FEW}')
    project.page("gout.html", MIXED)
    result = project.build()
    assert result.exit_code == 0, [str(error) for page in result.pages for error in page.errors]
    facts = json.loads((project.output / "gout/timeline.json").read_text())
    lines = [one for chapter in facts["chapters"] for one in chapter["lines"]]
    speaker = Desk(load(project.place, engines(), formats())).speaker
    voices = {one["lang"].split("-")[0]: {speaker.voice(each["lang"]).id for each in lines
              if each["lang"].split("-")[0] == one["lang"].split("-")[0]} for one in lines}  # fmt: skip
    assert set(voices) == {"en", "fr"}
    assert all(len(found) == 1 for found in voices.values()), voices


def test_the_kind_of_english_that_a_page_is_in_chooses_its_voice(make_project: Make) -> None:
    project = make_project(settings='[voice]\nengine = "espeak"\n')
    speaker = Desk(load(project.place, engines(), formats())).speaker
    assert speaker.voice("en-GB").id != speaker.voice("en-US").id


@pytest.mark.parametrize("twin", ["EN-gb", "en_GB"])
def test_two_voices_for_one_language_are_refused(twin: str, make_project: Make) -> None:
    project = make_project(
        settings=f'[voice]\nengine = "espeak"\n[voices]\nen-GB = "gmw/en"\n"{twin}" = "gmw/en-US"\n'
    )
    with pytest.raises(SettingsError, match="same language"):
        load(project.place, engines(), formats())


def test_a_passage_that_no_voice_speaks_is_read_by_the_pages_own_and_the_report_says_so(
    make_project: Make,
) -> None:
    project = make_project(settings='[voice]\nengine = "espeak"\n[publications]\nformats = ["timeline"]\n')
    project.page("gout.html", MIXED.replace('lang="fr-FR"', 'lang="wo"').replace('lang="fr-CA"', 'lang="wo"'))
    (page,) = project.build().pages
    assert any("No voice speaks 'wo'" in notice for notice in page.notices)
    facts = json.loads((project.output / "gout/timeline.json").read_text())
    assert {one["lang"] for chapter in facts["chapters"] for one in chapter["lines"]} == {"en-GB"}


def test_a_page_in_a_language_that_no_voice_speaks_is_refused(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "engine", lambda name, options: Faulty())
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["timeline"]\n')
    project.page("gicht.md", "---\nlang: de\n---\n# Gicht\n\nDie Gelenke schmerzen. Trinken Sie viel Wasser.\n")
    (page,) = project.build().pages
    assert page.outcome == "failed"
    assert "no voice for it" in str(page.errors[0])


def test_an_engine_that_fails_half_way_publishes_no_half_and_no_other_engine_steps_in(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "engine", lambda name, options: Faulty())
    project = make_project(settings='[voice]\nengine = "tone"\n[publications]\nformats = ["timeline"]\n')
    project.page("a.txt", "Gout\n\nAt home\nRest the joint. Drink water.\n")
    result = project.build()
    assert result.exit_code == 0, result.pages[0].errors
    before = project.tree()
    project.page("a.txt", "Gout\n\nAt home\nRest the foot. The crash hurts.\n")
    (page,) = project.build().pages
    assert page.outcome == "failed"
    assert page.spoken > 0  # it had begun to speak
    assert "crash" in str(page.errors[0])
    assert project.tree() == before
