"""Who answers for a page and when it was reviewed; and what happens once the next review is overdue."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from tests.conftest import Project
from tests.test_status_and_plan import desk, states
from voicegen import governance
from voicegen.verifying import verify

QUICK = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline", "account"]\n'
TEXT = """---
lang: {lang}
author: Dr Ada Day
reviewed: 2026-01-10
next_review: 2027-01-10
---
# Fever

Rest helps.
"""


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes it another day."""
    return lambda day: monkeypatch.setattr(governance, "today", lambda: date.fromisoformat(day))


def project_with(make_project: Callable[..., Project], settings: str, lang: str = "en") -> Project:
    project = make_project(settings=QUICK + settings)
    project.page("fever.md", TEXT.format(lang=lang))
    return project


def shown(project: Project) -> str:
    return (project.output / "fever/index.html").read_text("utf-8")


def spoken(project: Project) -> str:
    timeline = json.loads((project.output / "fever/timeline.json").read_text("utf-8"))
    return " ".join(line["spoken"] for chapter in timeline["chapters"] for line in chapter["lines"])


def test_voicegen_toml_comes_before_the_pages_own_word(
    make_project: Callable[..., Project], on: Callable[[str], None]
) -> None:
    on("2026-06-01")
    project = project_with(make_project, "")
    project.build()
    assert "Dr Ada Day" in shown(project)
    assert 'datetime="2027-01-10"' in shown(project)
    settings = project.place / "voicegen.toml"
    settings.write_text(QUICK + '[pages.fever]\nauthor = "Dr Bo Night"\nnext_review = "2028-02-03"\n')
    (page,) = project.build().pages
    assert page.why == "voicegen.toml changed ([pages.fever] author, [pages.fever] next_review)"
    assert "Dr Bo Night" in shown(project)
    assert "Dr Ada Day" not in shown(project)
    assert 'datetime="2028-02-03"' in shown(project)
    assert 'datetime="2026-01-10"' in shown(project)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-10", ""),
        ("2026-12-11", "its review is due on 2027-01-10, in 30 days"),
        ("2027-01-09", "its review is due on 2027-01-10, in 1 day"),
        ("2027-01-10", "its review is due on 2027-01-10, today"),
        ("2027-01-11", "its review was due on 2027-01-10"),
    ],
)
def test_staff_are_reminded_by_builds_and_by_status(
    make_project: Callable[..., Project], on: Callable[[str], None], day: str, said: str
) -> None:
    on("2026-06-01")
    project = project_with(make_project, "")
    project.build()
    tree = project.tree()
    on(day)
    result = project.build()
    assert [one for one in result.notices if "review" in one] == ([f"fever: {said}."] if said else [])
    assert next(desk(project).standings()).review == said
    assert (result.pages[0].outcome, project.tree()) == ("unchanged", tree)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("This page was due for review on January 10, 2027.", "It may be out of date.")),
        ("es", ("Esta página debía revisarse el 10 de enero de 2027.",)),
        ("fr", ("Cette page devait être révisée le 10 janvier 2027.",)),
        ("de", ("Diese Seite sollte bis zum 10. Januar 2027 überprüft werden.",)),
        ("nl", ("This page was due for review on January 10, 2027.",)),
    ],
)
def test_an_overdue_page_says_so_to_readers_and_listeners_where_the_clinic_wants_it(
    make_project: Callable[..., Project], on: Callable[[str], None], lang: str, words: Sequence[str]
) -> None:
    on("2027-01-10")
    project = project_with(make_project, '[review]\noverdue = "notice"\n', lang)
    assert project.build().exit_code == 0
    before = project.tree()
    on("2027-01-11")
    assert states(project) == {"fever": "changed"}
    (page,) = project.build().pages
    assert (page.outcome, page.why) == ("made", "its review is overdue, or no longer")
    for sentence in words:
        plain = shown(project).replace("&nbsp;", " ")
        assert sentence.split("2027")[0].split("10")[0].strip() in plain
    assert words[0].split(" ")[0] in spoken(project)
    assert verify(project.output).troubles == ()
    assert [one.outcome for one in project.build().pages] == ["unchanged"]
    on("2027-01-10")  # it was reviewed after all: with the notice gone the page is the one of before
    project.build()
    assert project.tree() == before


def test_an_overdue_page_is_refused_where_the_clinic_wants_that_and_the_old_one_stays(
    make_project: Callable[..., Project], on: Callable[[str], None]
) -> None:
    on("2027-01-10")
    project = project_with(make_project, '[review]\noverdue = "refuse"\n')
    project.build()
    before = project.tree()
    on("2027-01-11")
    (page,) = project.build().pages
    assert page.outcome == "failed"
    assert "its review was due on 2027-01-10" in str(page.errors[0])
    assert "correct the date" in str(page.errors[0])
    assert project.tree() == before
    assert states(project) == {"fever": "failed"}
    project.page("fever.md", TEXT.format(lang="en").replace("2027-01-10", "2028-01-10"))
    assert project.build().pages[0].outcome == "made"


@pytest.mark.parametrize(
    ("matter", "outcome"),
    [
        ("---\ndraft: true\n---", "failed"),
        ("---\ndraft: True # until Ann has read it\n---", "failed"),
        ("---\ndate: 2026-01-01\npublished: false\n---", "failed"),
        ("---\npublished: no\ndate: 2026-01-01\n---", "failed"),
        ("+++\ndraft = true\n+++", "failed"),
        ("---\ndraft: false\npublished: true\n---", "made"),
        ("---\npublished: 2026-01-01\n---", "made"),
    ],
)
def test_a_page_that_calls_itself_a_draft_is_not_published(
    make_project: Callable[..., Project], matter: str, outcome: str
) -> None:
    project = make_project()
    project.page("fever.md", f"{matter}\n# Fever\n\nTake 5 mg.\n")
    (page,) = project.build().pages
    assert page.outcome == outcome, page.errors
    assert outcome == "made" or "it is a draft" in str(page.errors[0])


@pytest.mark.parametrize("overdue", ["warn", "notice", "refuse"])
def test_a_date_in_another_form_is_told_and_refused_where_overdue_pages_are(
    make_project: Callable[..., Project], on: Callable[[str], None], overdue: str
) -> None:
    on("2030-01-01")
    project = project_with(make_project, f'[review]\noverdue = "{overdue}"\n')
    project.page("fever.md", TEXT.format(lang="en").replace("2027-01-10", "10.1.2027"))
    (page,) = project.build().pages
    told = page.errors if overdue == "refuse" else page.notices
    assert any("“10.1.2027”, is no day such as" in str(one) for one in told)
    assert page.outcome == ("failed" if overdue == "refuse" else "made")


@pytest.mark.parametrize(
    "settings",
    ['[review]\noverdue = "shout"', "[review]\nwarn_days = -1", '[pages.a]\nnext_review = "1.2.2027"'],
)
def test_a_wrong_setting_is_named(make_project: Callable[..., Project], settings: str) -> None:
    from voicegen.errors import SettingsError

    project = make_project(settings=QUICK + settings + "\n")
    project.page("a.txt")
    with pytest.raises(SettingsError, match="review"):
        project.build()
