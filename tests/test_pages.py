from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PAGE, ROOT, Project
from voicegen import pages
from voicegen.errors import SettingsError

NO_TEXT = os.fsdecode(b"kn\xffee.txt")
"""A file name as an old Windows or a broken archive leaves it: its bytes are no UTF-8."""


def outcomes(project: Project) -> dict[str, str]:
    return {page.source: page.outcome for page in project.build().pages}


FORMS = [unicodedata.normalize(form, "Fièvre élevée.txt") for form in ("NFC", "NFD")]
"""One name, as Windows and Linux write it and as macOS does."""


@pytest.mark.fault("F31", "two files whose names look alike fail by name, and staff are told why")
def test_two_names_that_differ_by_unseen_signs_fail_by_name(project: Project) -> None:
    assert FORMS[0] != FORMS[1]
    for name in FORMS:
        project.page(name)
    assert len(list((project.place / "content").iterdir())) == 2, "this disk writes names in one way only"
    result = project.build()
    assert [page.outcome for page in result.pages] == ["failed", "failed"]
    assert "looks alike and is written with other signs" in str(result.pages[0].errors[0])


@pytest.mark.fault("F31", "a project that was copied to a disk that writes names otherwise has the same pages")
@pytest.mark.parametrize("forms", [FORMS, FORMS[::-1]])
def test_a_page_whose_name_is_written_otherwise_is_the_same_page(project: Project, forms: list[str]) -> None:
    project.page(forms[0])
    project.page("well.txt")
    assert project.build().exit_code == 0
    before = project.tree()
    (project.place / "content" / forms[0]).rename(project.place / "content" / forms[1])
    result = project.build()
    assert {page.id: page.outcome for page in result.pages} == dict.fromkeys(
        ("fievre-elevee", "well"), "unchanged"
    )
    assert project.tree() == before


@pytest.mark.fault("F31", "a folder whose path is longer than the system takes stops a build, and nothing is lost")
def test_a_path_that_is_too_long_is_told_and_no_page_is_taken_away(project: Project) -> None:
    project.page("a.txt")
    assert project.build().exit_code == 0
    before, here = project.tree(), Path.cwd()
    os.chdir(project.place / "content")
    try:
        for _ in range(22):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        Path("b.txt").write_text(PAGE)
    finally:
        os.chdir(here)
    with pytest.raises(SettingsError, match=r"File name too long.*shorter names") as told:
        project.build()
    assert len(str(told.value)) < 600
    assert project.tree() == before


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("flu (Ann's conflicted copy 2026-05-01).md", True),
        ("flu (conflicted copy 2026-05-01 093015).md", True),
        ("flu (In Konflikt stehende Kopie von Ann 2026-05-01).md", True),
        ("flu (Copie en conflit de Ann 2026-05-01).md", True),
        ("kids (Ann's conflicted copy 2026-05-01)/flu.md", True),
        ("flu.sync-conflict-20260501-093015-ABCDEFG.md", True),
        ("flu_conflict-20260501-093015.md", True),
        ("flu-DESKTOP-7AB3K2F.md", True),
        ("flu_REMOTE_4711.md", True),
        ("Talking about conflict (2026-05-01).md", False),
        ("Conflict at home (for carers).md", False),
        ("flu-desktop.md", False),
        ("near_local_2.md", False),
        ("guide-desktop-version.md", False),
        ("flu (1).md", False),
    ],
)
def test_a_copy_that_a_program_left_where_two_saved_at_once_is_no_page(
    project: Project, name: str, is_copy: bool
) -> None:
    project.page("flu.md", "# Flu\n\nTake 5 mg.\n")
    project.page(name, "# Flu\n\nTake 50 mg.\n")
    assert outcomes(project) == {"flu.md": "made", name: "failed" if is_copy else "made"}


def test_a_new_page_with_the_title_of_another_is_told_once(project: Project) -> None:
    project.page("flu.md", "# Flu\n\nTake 5 mg.\n")
    project.page("grippe.md", "---\nlang: fr\n---\n# Flu\n\nPrenez 5 mg.\n")
    assert project.build().notices == ()
    project.page("flu old.md", "# Flu\n\nTake 50 mg.\n")
    (told,) = project.build().notices
    assert told.startswith("“Flu” is the title of several pages: flu, flu-old.")
    assert project.build().notices == ()


@pytest.mark.parametrize(("end", "outcome"), [(">>>>>>> dose", "failed"), (">>>>>>>", "failed"), ("", "made")])
@pytest.mark.parametrize("new", ["\n", "\r\n"])
def test_a_page_in_two_versions_that_git_could_not_join_is_refused(
    project: Project, end: str, outcome: str, new: str
) -> None:
    lines = ("# Flu", "", "<<<<<<< HEAD", "Take 5 mg.", "=======", "Take 50 mg.", end, "")
    project.page("flu.md", new.join(lines))
    (page,) = project.build().pages
    assert page.outcome == outcome
    assert outcome == "made" or "flu.md, line 3: " in str(page.errors[0])


@pytest.mark.fault("F31", "two pages that would have one name fail by name")
@pytest.mark.parametrize(
    ("one", "other"), [("a.txt", "a.md"), ("Knee pain.txt", "knee-pain.txt"), ("a/b.txt", "a-b.txt")]
)
def test_two_pages_of_one_name_fail_by_name_and_the_others_are_published(
    project: Project, one: str, other: str
) -> None:
    project.page("well.txt")
    project.page(one)
    first = project.build()
    assert first.exit_code == 0
    published = project.tree()
    project.page(other)
    project.page("new.txt")
    result = project.build()
    assert {page.source: page.outcome for page in result.pages} == {
        one: "failed",
        other: "failed",
        "new.txt": "made",
        "well.txt": "unchanged",
    }
    assert result.exit_code == 42
    (error,) = {str(error) for page in result.pages if page.source == one for error in page.errors}
    assert error.startswith(f"{one}: it would become output/")
    assert f"and so would {other}. Rename one of them" in error
    kept = project.tree()
    assert all(kept[name] == data for name, data in published.items() if "/" in name and "well" not in name)


@pytest.mark.fault("F29", "a file name that is no text fails its page only")
def test_a_name_that_is_no_text_fails_its_page_only(project: Project) -> None:
    project.page("knee.txt")
    (project.place / "content" / NO_TEXT).write_text(PAGE)
    (project.place / "content" / os.fsdecode(b"lett\xffer.docx")).write_bytes(b"x")
    result = project.build()
    assert {page.source: page.outcome for page in result.pages} == {
        "knee.txt": "made",
        "kn\N{REPLACEMENT CHARACTER}ee.txt": "failed",
    }
    assert result.exit_code == 42
    assert result.passed_over == ("lett\N{REPLACEMENT CHARACTER}er.docx",)
    (error,) = [error for page in result.pages for error in page.errors]
    assert error.remedy == "Rename the file, best in plain letters."


def test_a_name_that_is_no_text_can_be_told_to_people_and_programs(project: Project) -> None:
    (project.place / "content" / NO_TEXT).write_text(PAGE)
    for command in (["build"], ["build", "--json"], ["inspect", str(project.place / "content" / NO_TEXT)]):
        outcome = subprocess.run(
            [sys.executable, "-m", "voicegen", "-C", str(project.place), *command],
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert outcome.returncode == 42
        said = (outcome.stdout + outcome.stderr).decode("utf-8")
        assert "bytes that are no text" in said
        if "--json" in command:
            assert json.loads(said)["pages"][0]["outcome"] == "failed"


@pytest.mark.fault("F31", "names that some system can't bear are published under safe ones")
@pytest.mark.parametrize("name", ["---.txt", "???.md", "膝の痛み.txt", "con.txt", "x" * 200 + ".txt", "a\nb.txt"])
def test_any_other_name_is_published_under_one_that_is_safe_everywhere(project: Project, name: str) -> None:
    project.page(name)
    (page,) = project.build().pages
    assert page.outcome == "made"
    assert page.id.replace("-", "").isalnum()
    assert page.id.isascii()
    assert len(page.id) <= pages.LONGEST_NAME


@pytest.mark.fault("F31", "whatever a file is called, its name in the output is safe on every system")
@given(st.text(st.characters(), min_size=1, max_size=100))
def test_whatever_a_file_is_called_its_name_in_the_output_is_safe(stem: str) -> None:
    slug = pages.name(stem + ".txt")
    assert slug.strip("-") == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(slug) <= pages.LONGEST_NAME
    assert slug not in pages.RESERVED


@pytest.mark.fault("F30", "a link out of the content folder is not followed")
@pytest.mark.parametrize("target", ["secret.txt", "nowhere.txt"])
def test_a_link_out_of_the_content_folder_or_to_nowhere_fails_its_page_only(
    project: Project, tmp_path: Path, target: str
) -> None:
    (tmp_path / "secret.txt").write_text(PAGE)
    (project.place / "content/a.txt").symlink_to(tmp_path / target)
    project.page("b.txt")
    assert outcomes(project) == {"a.txt": "failed", "b.txt": "made"}
    assert not (project.output / "a").exists()


def test_a_link_to_nowhere_does_not_take_away_what_was_published(project: Project, tmp_path: Path) -> None:
    path = project.page("a.txt")
    project.build()
    path.unlink()
    path.symlink_to(tmp_path / "nowhere.txt")
    assert outcomes(project) == {"a.txt": "failed"}
    assert (project.output / "a/index.html").exists()


def test_hidden_files_drafts_and_office_locks_are_neither_pages_nor_mentioned(project: Project) -> None:
    for name in ("a.txt", ".b.txt", "_draft.txt", "_drafts/c.txt", "~$d.txt"):
        project.page(name)
    result = project.build()
    assert [page.source for page in result.pages] == ["a.txt"]
    assert result.passed_over == ()


def test_settings_for_a_page_that_is_not_there_are_told_with_the_nearest_name(
    make_project: Callable[..., Project],
) -> None:
    project = make_project(settings='[voice]\nengine = "tone"\n[pages.astma]\nlanguage = "en"\n[pages.zzz]\n')
    project.page("asthma.txt")
    result = project.build()
    assert result.exit_code == 0
    assert result.notices == (
        '[pages.astma] in voicegen.toml is for no page. Did you mean "asthma"?',
        "[pages.zzz] in voicegen.toml is for no page. The pages are: asthma.",
    )


def test_a_list_of_pages_in_a_message_is_short(project: Project) -> None:
    found = [pages.PageFile(f"page-{number}", f"page-{number}.txt", project.place) for number in range(40)]
    with pytest.raises(SettingsError, match=r"The pages are: page-0, .*page-11 and 28 more\."):
        pages.choose(found, ["zzz"])
    with pytest.raises(SettingsError, match='Did you mean "page-3"'):
        pages.choose(found, ["pag-3"])


def test_what_voicegen_toml_says_of_one_page_comes_before_the_pages_own_word(
    make_project: Callable[..., Project],
) -> None:
    text = f"---\nlang: de\n---\n# Knee pain\n\n{PAGE}"
    project = make_project(
        settings='[project]\nlanguage = "fr"\n[voice]\nengine = "tone"\n[pages.a]\nlanguage = "en-GB"\n'
    )
    project.page("a.md", text)
    project.page("b.md", text)
    project.build()
    assert '<html lang="en-GB"' in (project.output / "a/index.html").read_text("utf-8")
    assert '<html lang="en"' in (project.output / "b/index.html").read_text("utf-8")
