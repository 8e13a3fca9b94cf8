"""Approval before publishing: nothing is published that nobody approved, or that is not what was approved."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Project
from tests.reviews.projects import (
    DOSE,
    REQUIRED,
    approve,
    draft_version,
    drafted,
    log,
    publish,
    published,
    reject,
    settings_of,
    standing,
)
from tests.test_cli import run
from voicegen import deciding, releasing
from voicegen.deciding import GONE, decide
from voicegen.errors import PublicationError, SettingsError
from voicegen.holding import of
from voicegen.pages import find
from voicegen.review_desk import screens
from voicegen.review_desk.acts import Acts
from voicegen.review_desk.screens import Frame
from voicegen.reviewing import review
from voicegen.standing import Desk, Standing
from voicegen.taking_back import resume, roll_back
from voicegen.verifying import verify

Make = Callable[..., Project]


def whole(project: Project) -> None:
    found = verify(project.output)
    assert (found.troubles, found.strangers) == ((), ())


def test_a_build_publishes_nothing_and_its_draft_waits(make_project: Make) -> None:
    project = drafted(make_project)
    assert project.tree() == {}
    assert standing(project).state == "waiting"
    assert {page.outcome for page in project.build().pages} == {"unchanged"}
    with pytest.raises(PublicationError, match="not approved as it is now: it is waiting"):
        publish(project, "a")
    assert publish(project).published == ()
    assert project.tree() == {}


def test_what_is_approved_is_published_file_by_file_as_it_was_drafted(make_project: Make) -> None:
    project = drafted(make_project)
    draft = project.place / ".voicegen/drafts/a"
    files = {
        f"a/{path.relative_to(draft).as_posix()}": path.read_bytes() for path in draft.rglob("*") if path.is_file()
    }
    approve(project)
    assert standing(project).state == "approved"
    assert project.tree() == {}
    assert publish(project).published == ("a",)
    assert {name: data for name, data in project.tree().items() if name.startswith("a/")} == files
    assert standing(project).state == "current"
    assert not draft.exists()
    whole(project)
    assert {page.outcome for page in project.build().pages} == {"unchanged"}


def test_without_approval_pages_are_the_same_bytes(make_project: Make) -> None:
    project = published(drafted(make_project))
    plain = make_project("plain", settings=REQUIRED.replace("required = true", ""))
    plain.page("a.txt", DOSE)
    plain.build()
    assert plain.tree() == project.tree()


def test_what_is_rejected_is_not_published_and_what_was_stays(make_project: Make) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    project.page("a.txt", DOSE.replace("5 mg", "50 mg"))
    project.build()
    assert project.tree() == before
    reject(project, note="50 is wrong")
    assert standing(project).told.endswith("“50 is wrong”")
    with pytest.raises(PublicationError, match="rejected"):
        publish(project, "a")
    publish(project)
    assert project.tree() == before
    project.page("a.txt", DOSE.replace("5 mg", "10 mg"))
    project.build()
    assert standing(project).state == "waiting"
    publish(project)
    assert project.tree() == before
    published(project)
    assert b"10 mg" in project.tree()["a/captions.vtt"]
    whole(project)


CHANGES: dict[str, tuple[Callable[[Project], object], str]] = {
    "text": (lambda project: project.page("a.txt", DOSE.replace("5 mg", "50 mg")), "its text changed"),
    "pronunciation": (
        lambda project: (project.place / "content/pronunciations.toml").write_text(
            '[[pronunciation]]\nword = "fatty"\nsay = "fat tea"\n'
        ),
        "a pronunciation changed",
    ),
    "silences": (
        lambda project: (project.place / "voicegen.toml").write_text(REQUIRED + "[rests]\nparagraph = 1.5\n"),
        "voicegen.toml changed",
    ),
    "voice": (
        lambda project: (project.place / "voicegen.toml").write_text(REQUIRED.replace("tone", "espeak")),
        "the voice changed",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_an_approval_is_void_once_text_or_sound_change_and_says_why(make_project: Make, change: str) -> None:
    project = drafted(make_project)
    approve(project)
    act, why = CHANGES[change]
    act(project)
    assert standing(project).state == "new"
    with pytest.raises(PublicationError, match="not approved as it is now"):
        publish(project, "a")
    with pytest.raises(PublicationError, match="there is no draft of it as it is now"):
        approve(project)
    project.build()
    assert standing(project).state == "waiting"
    assert why in standing(project).why.partition("It was approved on ")[2]
    assert publish(project).published == ()
    assert project.tree() == {}
    assert published(project).tree()


@pytest.mark.fault("F18", "nobody approves a draft while a build puts another in its place")
def test_what_a_build_replaces_meanwhile_is_not_approved(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = drafted(make_project)
    desk = Desk(settings_of(project))
    find = deciding.standing

    def replaced(*asked: Any) -> Standing:
        found = find(*asked)
        (project.place / ".voicegen/drafts/a/manifest.json").write_text("{}")  # as the next moment of a build
        return found

    monkeypatch.setattr(deciding, "standing", replaced)
    with pytest.raises(PublicationError, match="being made anew"):
        decide(desk, "a", "approved", "Ada")
    assert log(project).entries == ()


@pytest.mark.fault("F18", "what is rejected while others are being published is not published any more")
def test_what_is_rejected_while_others_are_published_stays_unpublished(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = drafted(make_project)
    project.page("b.txt", DOSE.replace("Gallstones", "Other stones"))
    project.build()
    approve(project, "a")
    approve(project, "b")
    put = releasing._put

    def then_reject(one: Standing, *rest: Any) -> None:
        put(one, *rest)
        reject(project, "b", note="50 is wrong")

    monkeypatch.setattr(releasing, "_put", then_reject)
    done = publish(project)
    assert done.published == ("a",)
    assert [(one.id, one.why) for one in done.waiting] == [("b", releasing.LATE)]
    assert not (project.output / "b").exists()
    assert standing(project, "b").state == "rejected"
    whole(project)


def test_a_build_says_what_is_to_be_decided_corrected_and_published(make_project: Make) -> None:
    project = drafted(make_project)
    for name, title in (("b", "Other stones"), ("c", "More stones")):
        project.page(f"{name}.txt", DOSE.replace("Gallstones", title))
    project.build()
    approve(project, "b")
    reject(project, "c")
    assert project.build().notices == (
        "Draft waiting for approval (`voicegen review`): a.",
        "Draft approved and not published yet (`voicegen publish`): b.",
        "Draft rejected: correct the page: c.",
    )
    assert "note: Draft waiting for approval" in run(project.place, "build").stdout


def test_the_log_names_who_did_it_or_says_whose_name_it_used(make_project: Make) -> None:
    project = drafted(make_project)
    assert "note:" not in run(project.place, "reject", "a", "--by", "Ada").stderr
    said = run(project.place, "approve", "a").stderr
    assert "as you are called here" in said
    assert "--by NAME" in said


def test_the_log_is_shown_though_it_can_not_be_told_what_was_begun(make_project: Make) -> None:
    project = drafted(make_project)
    approve(project)
    (project.place / "approvals.jsonl.doing").write_text("{")
    done = run(project.place, "approvals", code=1)
    assert "a approved by Ada" in done.stdout
    assert "what somebody was about to do can't be read there" in done.stderr
    facts = json.loads(run(project.place, "approvals", "--json", code=1).stdout)
    assert (len(facts["entries"]), "about to do" in facts["pending"]) == (1, True)


def test_what_fails_says_whether_anything_of_it_is_published(make_project: Make) -> None:
    project = make_project()
    project.page("a.txt", "")
    project.page("b.txt", DOSE)
    assert "a: FAILED; nothing of it is published" in run(project.place, "build", code=42).stderr
    project.page("b.txt", "")
    assert "b: FAILED; what was published of it before stays" in run(project.place, "build", code=42).stderr


LINKED = (
    "<!doctype html><html lang=en><title>P</title><main><h1>Stones</h1><p>Call <a href='{}'>us now</a> today.</p>"
)
"""A page whose words stay when its link leads elsewhere."""


@pytest.mark.attack("review desk", "who changes where a link leads needs another approval, and staff are shown it")
def test_an_approval_is_void_once_a_link_leads_elsewhere(make_project: Make) -> None:
    project = make_project(settings=REQUIRED)
    project.page("a.html", LINKED.format("tel:+15550100"))
    project.build()
    published(project)
    before = project.tree()
    project.page("a.html", LINKED.format("tel:+19000900"))
    project.build()
    assert standing(project).state == "waiting"
    assert publish(project).published == ()
    assert project.tree() == before
    desk = Desk(settings_of(project))
    (row,) = review(desk, of(desk.settings, "a")).about
    assert row == ("links", "tel:+15550100", "tel:+19000900")
    approve(project)
    publish(project)
    assert b"tel:+19000900" in project.tree()["a/index.html"]


@pytest.mark.attack("review desk", "who hides words from those who read needs another approval")
def test_an_approval_is_void_once_words_are_heard_only(make_project: Make) -> None:
    project = make_project(settings=REQUIRED)
    page = "<!doctype html><html lang=en><title>P</title><main><h1>Stones</h1><p>Take {} 5 mg.</p>"
    project.page("a.html", page.format("<span>at most</span>"))
    project.build()
    published(project)
    project.page("a.html", page.format("<span class=visually-hidden>at most</span>"))
    project.build()
    assert standing(project).state == "waiting"


def test_an_approval_outlives_what_changes_no_word_and_no_sample(make_project: Make) -> None:
    project = published(drafted(make_project))
    (project.place / "voicegen.toml").write_text(REQUIRED + "[mp3]\nkbits = 48\n")
    assert [page.outcome for page in project.build().pages] == ["drafted"]
    assert standing(project).state == "approved"
    assert publish(project).published == ("a",)
    whole(project)


def test_an_old_approval_is_none_for_the_text_that_was_changed_back(make_project: Make) -> None:
    project = published(drafted(make_project))
    project.page("a.txt", DOSE.replace("5 mg", "10 mg"))
    project.build()
    published(project)
    project.page("a.txt", DOSE)
    project.build()
    assert standing(project).state == "waiting"


def test_a_text_that_is_published_needs_no_draft_when_it_comes_back(make_project: Make) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    project.page("a.txt", DOSE.replace("5 mg", "10 mg"))
    project.build()
    project.page("a.txt", DOSE)
    assert [page.outcome for page in project.build().pages] == ["made"]
    assert standing(project).state == "current"
    assert not (project.place / ".voicegen/drafts/a").exists()
    assert project.tree() == before


def test_approvals_hold_when_memory_is_deleted_and_pages_stay_in_the_list(make_project: Make) -> None:
    project = published(drafted(make_project))
    project.page("b.txt", DOSE.replace("Gallstones", "Other stones"))
    project.build()
    approve(project, "b")
    before = project.tree()
    shutil.rmtree(project.place / ".voicegen")
    assert {page.id: page.outcome for page in project.build().pages} == {"a": "made", "b": "drafted"}
    assert project.tree() == before
    assert publish(project).published == ("b",)
    assert {name.split("/")[0] for name in project.tree()} >= {"a", "b", "index.html"}
    whole(project)


def test_published_files_that_were_damaged_are_mended_without_another_approval(make_project: Make) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    (project.output / "a/a.mp3").unlink()
    assert standing(project).state == "damaged"
    project.build()
    assert project.tree() == before


def test_a_published_page_whose_manifest_was_damaged_is_mended_by_the_approval_that_it_has(
    make_project: Make,
) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    manifest = project.output / "a/manifest.json"
    manifest.unlink()  # not in place: what else has the file's bytes stays as it is
    manifest.write_text("{")
    project.build()
    assert publish(project).published == ("a",)
    assert project.tree() == before


def test_a_draft_that_was_published_and_not_forgotten_is_in_nobodys_way_when_what_is_published_is_damaged(
    make_project: Make,
) -> None:
    project = drafted(make_project)
    known = project.place / ".voicegen/drafts.json"
    before = known.read_bytes()
    published(project)
    tree = project.tree()
    known.write_bytes(before)  # as where the disk was full just then
    (project.output / "a/a.mp3").unlink()
    assert project.build().exit_code == 0
    assert project.tree() == tree


def test_a_page_is_taken_away_only_once_that_is_approved(make_project: Make) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    (project.place / "content/a.txt").unlink()
    project.build()
    publish(project)
    assert project.tree() == before
    assert standing(project).state == "waiting"
    reject(project)
    publish(project)
    assert project.tree() == before
    approve(project)
    assert publish(project).removed == ("a",)
    assert not (project.output / "a").exists()
    whole(project)
    assert [entry.act for entry in log(project).entries][-2:] == ["approved", "removed"]


@pytest.mark.parametrize("act", [approve, reject])
def test_what_was_decided_on_taking_a_page_away_lapses_when_its_file_comes_back(
    make_project: Make, act: Callable[[Project], None]
) -> None:
    project = published(drafted(make_project))
    before = project.tree()
    text = (project.place / "content/a.txt").read_text()
    (project.place / "content/a.txt").unlink()
    project.build()
    act(project)
    project.page("a.txt", text)
    for _ in range(2):
        project.build()
        assert standing(project).state == "current"
    assert [(entry.act, entry.by) for entry in log(project).entries][-1] == ("lapsed", "voicegen")
    assert [entry.act for entry in log(project).entries].count("lapsed") == 1
    (project.place / "content/a.txt").unlink()
    project.build()
    assert standing(project).state == "waiting"
    assert publish(project).removed == ()
    assert project.tree() == before
    approve(project)
    assert publish(project).removed == ("a",)


def test_taking_back_needs_no_approval_and_voids_the_one_that_was(make_project: Make) -> None:
    project = published(drafted(make_project))
    first = project.tree()
    project.page("a.txt", DOSE.replace("5 mg", "10 mg"))
    project.build()
    published(project)
    roll_back(settings_of(project), of(settings_of(project), "a"), None, "Ada")
    assert project.tree() == first
    assert standing(project).state == "held"
    with pytest.raises(PublicationError, match="held"):
        publish(project, "a")
    project.build()
    assert project.tree() == first
    resume(settings_of(project), "a")
    project.build()
    assert standing(project).state == "waiting"
    publish(project)
    assert project.tree() == first
    project.page("a.txt", DOSE.replace("5 mg", "15 mg"))
    project.build()
    published(project)
    assert b"15 mg" in project.tree()["a/captions.vtt"]


def test_turning_approval_on_makes_nothing_again(make_project: Make) -> None:
    project = make_project(settings=REQUIRED.replace("required = true", ""))
    project.page("a.txt", DOSE)
    project.build()
    before = project.tree()
    (project.place / "voicegen.toml").write_text(REQUIRED)
    assert [page.outcome for page in project.build().pages] == ["unchanged"]
    assert standing(project).state == "current"
    assert project.tree() == before


def test_a_draft_that_was_tampered_with_is_not_published(make_project: Make) -> None:
    project = drafted(make_project)
    approve(project)
    captions = project.place / ".voicegen/drafts/a/captions.vtt"
    captions.write_bytes(captions.read_bytes().replace(b"5 mg", b"9 mg"))
    with pytest.raises(PublicationError, match="not approved as it is now"):
        publish(project, "a")
    assert project.tree() == {}


def test_deciding_on_another_draft_than_was_looked_at_is_refused(make_project: Make) -> None:
    project = drafted(make_project)
    with pytest.raises(PublicationError, match="another now than the one that was looked at"):
        decide(Desk(settings_of(project)), "a", "approved", "Ada", "", "0" * 64)
    assert log(project).entries == ()


HTML = "<html lang='en'><title>Rest</title><body><main><h1>Rest</h1><p>Rest a while.</p></main>{}</body></html>"


def test_a_dose_that_is_left_out_since_is_not_approved_and_the_desk_tells_of_it(make_project: Make) -> None:
    project = make_project(settings=REQUIRED)
    project.page("a.html", HTML.format("<footer>Open 9 to 5</footer>"))
    project.build()
    approve(project)
    project.page("a.html", HTML.format("<footer>Open 9 to 6</footer>"))
    project.build()
    assert standing(project).state == "approved"  # what stands around the pages of a site is no matter of theirs
    project.page("a.html", HTML.format("<footer>Take 5 mg twice a day.</footer>"))
    project.build()
    assert standing(project).state == "waiting"
    desk = Desk(settings_of(project))
    (page,) = find(desk.settings)
    assert any("although it holds a dose" in notice for notice in review(desk, page).notices)
    frame = Frame(desk.settings, "/")
    assert "although it holds a dose" in screens.page(frame, desk, desk.standing(page))


def test_agreeing_that_a_page_goes_does_not_approve_the_text_that_came_back_meanwhile(make_project: Make) -> None:
    project = published(drafted(make_project))
    before, acts = project.tree(), Acts(lambda: settings_of(project))
    (project.place / "content/a.txt").unlink()
    project.build()
    project.page(
        "a.txt", DOSE.replace("5 mg", "50 mg")
    )  # while somebody has the page before them as one that is gone
    project.build()
    with pytest.raises(PublicationError, match="its file is there again"):
        acts.decide("a", "approved", "Ada", "", GONE)
    assert publish(project).published == ()
    assert project.tree() == before
    draft = draft_version(project)
    (project.place / "content/a.txt").unlink()
    project.build()
    with pytest.raises(PublicationError, match="its file is gone"):
        acts.decide("a", "approved", "Ada", "", draft)
    acts.decide("a", "approved", "Ada", "", GONE)
    assert publish(project).removed == ("a",)


def test_pages_that_need_no_approval_can_not_be_approved(make_project: Make) -> None:
    project = make_project()
    project.page("a.txt")
    project.build()
    with pytest.raises(SettingsError, match="required = true"):
        approve(project)
    assert "need no approval" in run(project.place, "publish").stdout
    assert "required = true" in run(project.place, "review", code=2).stderr


def test_the_commands_say_who_what_and_when_and_their_codes_are_stable(make_project: Make) -> None:
    project = drafted(make_project)
    assert "a: waiting" in run(project.place, "status").stdout
    assert "voicegen approve a" in run(project.place, "publish", "a", code=1).stderr
    said = run(project.place, "approve", "a", "--by", "Nurse Ada", "--note", "Read and heard").stdout
    assert "a: approved by Nurse Ada" in said
    facts = json.loads(run(project.place, "status", "--json").stdout)
    assert facts["counts"] == {"approved": 1}
    assert json.loads(run(project.place, "publish", "--json").stdout)["published"] == ["a"]
    assert "approved by Nurse Ada: Read and heard" in run(project.place, "approvals", "a").stdout
    exported = json.loads(run(project.place, "approvals", "--json").stdout)
    assert [(one["act"], one["page"], len(one["text"]), len(one["sound"])) for one in exported["entries"]] == [
        ("approved", "a", 64, 64),
        ("published", "a", 64, 64),
    ]
    table = run(project.place, "approvals", "--csv").stdout.splitlines()
    assert table[0].startswith("number,at,act,page,by,note,text,sound")
    assert len(table) == 3
    project.page("a.txt", DOSE.replace("5 mg", "50 mg"))
    assert "no draft of it as it is now" in run(project.place, "reject", "a", code=1).stderr
    assert "drafted, because its text changed" in run(project.place, "build").stdout
    assert json.loads(run(project.place, "reject", "a", "--json", "--by", "Cy").stdout)["act"] == "rejected"
    run(project.place, "publish", "a", code=1)
    assert "no such page" in run(project.place, "approve", "zzz", "--by", "Ada", code=2).stderr
