from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import PAGE, Project
from voicegen import config, extensions, finding
from voicegen.errors import SettingsError
from voicegen.pages import PageFile

TITLES = {
    "back.md": "Rückenschmerzen beim Sitzen",
    "ijsberg.md": "Ménière’s disease",
    "oere.md": "Øresmerter",
    "hip.md": "Hip pain",
    "hip-children.md": "Hip pain in children",
}


@pytest.fixture
def settings(make_project: Callable[..., Project]) -> config.Settings:
    project = make_project()
    for name, title in TITLES.items():
        project.page(name, f"# {title}\n\n## What they are\n\nPain.\n")
    project.page("empty.md", "")
    return config.load(project.place, extensions.engines(), extensions.formats())


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("back", "back.md"),
        ("back.md", "back.md"),
        ("Rückenschmerzen beim Sitzen", "back.md"),
        ("rueckenschmerzen", "back.md"),
        ("RUCKENSCHMERZEN", "back.md"),
        ("Ru\u0308cken", "back.md"),
        ("meniere's", "ijsberg.md"),
        ("Ménière", "ijsberg.md"),
        ("oresmerter", "oere.md"),
        ("hip", "hip.md"),
        ("hip pain", "hip.md"),
        ("children", "hip-children.md"),
        ("empty", "empty.md"),
    ],
)
def test_a_page_is_found_as_staff_speak_of_it(settings: config.Settings, wanted: str, source: str) -> None:
    assert finding.page(settings, wanted).source == source


def test_a_part_that_several_titles_have_names_them(settings: config.Settings) -> None:
    with pytest.raises(SettingsError, match=r'2 pages are called so.*: hip-children .*, hip \("Hip pain"\)\.'):
        finding.page(settings, "PAIN")


@pytest.mark.parametrize("wanted", ["", "?!", "elbow", "disease of the knee"])
def test_what_no_title_has_names_the_pages(settings: config.Settings, wanted: str) -> None:
    with pytest.raises(SettingsError, match="there is no such page"):
        finding.page(settings, wanted)


def test_a_page_is_acted_on_by_whole_words_of_its_title(settings: config.Settings) -> None:
    assert [finding.own(settings, wanted).id for wanted in ("children", "sitzen")] == ["hip-children", "back"]
    for wanted in ("child", "sit"):
        with pytest.raises(SettingsError, match="there is no such page"):
            finding.own(settings, wanted)


def test_a_path_leads_to_any_file(settings: config.Settings) -> None:
    other = settings.root / "elsewhere.txt"
    other.write_text(PAGE)
    assert finding.page(settings, str(other)).path == other


@pytest.fixture
def nested(settings: config.Settings, monkeypatch: pytest.MonkeyPatch) -> config.Settings:
    """With a page in a folder whose file is called as another page is."""
    folder = settings.content / "more"
    folder.mkdir()
    (folder / "hip.md").write_text("# Hip of horses\n\nPain.\n")
    monkeypatch.chdir(folder)
    return settings


@pytest.mark.parametrize("find", [finding.page, finding.own])
@pytest.mark.parametrize(
    ("wanted", "page"), [("./hip.md", "more-hip"), ("../hip.md", "hip"), ("hip", "hip"), ("more-hip", "more-hip")]
)
def test_the_path_of_a_page_leads_to_that_page_and_to_none_that_is_called_alike(
    nested: config.Settings, wanted: str, page: str, find: Callable[[config.Settings, str], PageFile]
) -> None:
    assert find(nested, wanted).id == page


def test_a_name_that_is_one_page_and_leads_to_another_names_both(nested: config.Settings) -> None:
    with pytest.raises(SettingsError, match=r"2 pages are called so.*: hip, more-hip"):
        finding.own(nested, "hip.md")


def test_a_file_elsewhere_is_no_page_to_act_on(settings: config.Settings) -> None:
    other = settings.root / "hip.md"
    other.write_text(PAGE)
    assert finding.page(settings, str(other)).path == other
    with pytest.raises(SettingsError, match="there is no such page"):
        finding.own(settings, str(other))
