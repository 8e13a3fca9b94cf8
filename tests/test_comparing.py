"""What staff see before they publish: what changed in text, speech and chapters, and doses and denials on top."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import PAGE, Project
from tests.test_cli import run
from tests.test_status_and_plan import desk, everything
from voicegen.comparing import Difference, Heading, Version, Words, compare
from voicegen.config import Settings
from voicegen.contracts import SourceFile
from voicegen.errors import SettingsError
from voicegen.pages import PageFile, choose, find
from voicegen.reviewing import Review, review
from voicegen.speech import proof

DOSES = """Fever

What to give
Give 5 mg every 6 hours. Do not give aspirin to children.

When to call
Call the doctor after 3 days. Rest helps.
"""


def reviewed(project: Project, page: str = "fever") -> Review:
    at = desk(project)
    return review(at, choose(find(at.settings), [page])[0])


def changed(project: Project, old: str, new: str) -> Review:
    project.page("fever.txt", old)
    assert project.build().exit_code == 0
    project.page("fever.txt", new)
    return reviewed(project)


def kinds(found: Review) -> list[tuple[str, str, str]]:
    return [(line.kind, line.old, line.new) for line in found.comparison.lines]


def test_a_changed_dose_is_on_top_with_both_doses_named(project: Project) -> None:
    found = changed(project, DOSES, DOSES.replace("5 mg", "50 mg").replace("Rest helps", "Rest helps a lot"))
    grave = [line for line in found.comparison.lines if line.is_grave]
    assert [(line.lost, line.gained) for line in grave] == [(("5 mg",), ("50 mg",))]
    said = run(project.place, "diff", "fever").stdout
    assert said.index("Look at these first") < said.index("50 mg") < said.index("Rest helps a lot")
    assert "What to give, was: Give 5 mg every 6 hours." in said


@pytest.mark.parametrize(
    ("old", "new", "lost", "gained"),
    [
        ("Do not give", "Give", ('"not"',), ()),
        ("Rest helps.", "Rest never helps.", (), ('"never"',)),
        ("3 days", "3 weeks", ("3 day",), ("3 week",)),
    ],
)
def test_a_changed_denial_or_unit_is_grave(
    project: Project, old: str, new: str, lost: Sequence[str], gained: Sequence[str]
) -> None:
    found = changed(project, DOSES, DOSES.replace(old, new))
    (grave,) = [line for line in found.comparison.lines if line.is_grave]
    assert len(grave.lost) == len(lost)
    assert len(grave.gained) == len(gained)
    if lost and "not" in lost[0]:
        assert grave.lost == lost


def test_a_dose_that_moves_to_another_line_is_grave_though_no_word_changed(project: Project) -> None:
    old = "Doses\n\nChildren\nGive 5 mg a day.\n\nAdults\nGive 10 mg a day.\n"
    new = "Doses\n\nChildren\nGive 10 mg a day.\n\nAdults\nGive 5 mg a day.\n"
    found = changed(project, old, new)
    assert [line.kind for line in found.comparison.lines if line.is_grave] == ["moved", "moved"]
    assert "stands elsewhere now" in run(project.place, "diff", "fever").stdout


def test_a_power_that_loses_its_place_is_a_changed_amount(project: Project) -> None:
    start = "<html lang=en><title>Blood</title><body><main><h1>Blood</h1>"
    html = f"{start}<p>A count of 10<sup>9</sup> per litre.</p></main>"
    project.page("blood.html", html)
    project.build()
    project.page("blood.html", html.replace("10<sup>9</sup>", "109"))
    (line,) = reviewed(project, "blood").comparison.lines
    assert line.kind == "reworded"
    assert line.is_grave


def test_new_and_gone_lines_and_moved_chapters_are_told(project: Project) -> None:
    found = changed(project, DOSES, DOSES.replace("Rest helps.", "").replace("When", "Why\nIt is hot.\n\nWhen"))
    assert ("gone", "Rest helps.", "") in kinds(found)
    assert ("new", "", "It is hot.") in kinds(found)
    assert [(one.title, one.was, one.now) for one in found.comparison.chapters] == [
        ("Why", 0, 3),
        ("When to call", 3, 4),
    ]
    assert found.to_speak == 3  # the heading, the sentence, and the count of chapters in the opening
    assert "When to call: was chapter 3, is now chapter 4." in run(project.place, "diff", "fever").stdout


def test_a_pronunciation_that_says_a_line_otherwise_is_named(project: Project) -> None:
    project.page("fever.txt", DOSES)
    project.build()
    (project.place / "content/pronunciations.toml").write_text(
        '[[pronunciation]]\nword = "aspirin"\nsay = "ass prin"\n'
    )
    found = reviewed(project)
    (line,) = found.comparison.lines
    assert (line.kind, line.old, line.old_spoken != line.new_spoken) == ("said otherwise", line.new, True)
    assert "“aspirin” is said “ass prin” by the entry in pronunciations.toml" in line.because[0]
    assert not line.is_grave
    (project.place / "content/pronunciations.toml").unlink()
    assert reviewed(project).comparison.lines == ()


def test_what_a_page_says_of_itself_is_compared_too(project: Project) -> None:
    text = "---\nreviewed: 2026-01-02\nauthor: Dr Day\n---\n# Fever\n\nRest helps.\n"
    project.page("fever.md", text)
    project.build()
    project.page("fever.md", text.replace("2026-01-02", "2026-11-02"))
    assert reviewed(project).about == (("reviewed", "2026-01-02", "2026-11-02"),)


def test_nothing_changed_is_said_so_and_a_new_page_is_all_new(project: Project) -> None:
    project.page("fever.txt", DOSES)
    assert "Nothing is published of it yet" in run(project.place, "diff", "fever").stdout
    project.build()
    assert "No word, no spoken form and no chapter would change." in run(project.place, "diff", "fever").stdout


def test_a_language_that_the_proof_can_not_read_is_named_and_its_numbers_are_compared(project: Project) -> None:
    text = "<html lang=it><title>Febbre</title><body><main><h1>Febbre</h1><p>Dare 5 mg al giorno.</p></main>"
    project.page("febbre.html", text)
    project.build()
    project.page("febbre.html", text.replace("5 mg", "50 mg"))
    found = reviewed(project, "febbre")
    assert found.comparison.unread == ("it",)
    assert [(line.lost, line.gained) for line in found.comparison.lines] == [(("5",), ("50",))]
    assert "read units and denials yourself" in run(project.place, "diff", "febbre").stdout


def test_a_page_that_a_build_would_refuse_says_so(project: Project) -> None:
    project.page("fever.txt", "---\n")
    assert "has no text to speak" in run(project.place, "diff", "fever", code=42).stderr


def test_without_a_published_timeline_the_remedy_is_told(project: Project) -> None:
    project.page("fever.txt", DOSES)
    project.build()
    (project.output / "fever/timeline.json").unlink()
    with pytest.raises(SettingsError, match="Add timeline"):
        reviewed(project)


def test_comparing_changes_nothing_and_json_has_every_fact(project: Project) -> None:
    changed(project, PAGE, PAGE.replace("hours", "days"))
    before = everything(project.place)
    facts = json.loads(run(project.place, "diff", "fever", "--json").stdout)
    run(project.place, "diff", "gallstones")
    assert everything(project.place) == before
    assert facts["version"] == 1
    assert [line["kind"] for line in facts["lines"]] == ["reworded"]
    assert (facts["to_speak"], facts["state"]) == (1, "changed")


def numbered(lines: Sequence[str]) -> Version:
    met: dict[str, int] = {}
    words = []
    for line in lines:
        met[line] = met.get(line, 0) + 1
        words.append(Words(f"{line}{met[line]}", line, line, "en", "Part"))
    return Version((Heading("part", "Part"),), tuple(words))


def differences(old: Sequence[str], new: Sequence[str]) -> tuple[Difference, ...]:
    return compare(numbered(old), numbered(new), lambda line, before: ()).lines


@pytest.mark.parametrize(
    ("old", "new", "grave"),
    [
        ("Adults, 10 mg, Children, 5 mg", "Children, 10 mg, Adults, 5 mg", ["10 mg", "5 mg"]),
        ("Before food, 1 tablet, After food, Rest", "Before food, Rest, After food, 1 tablet", ["1 tablet"]),
        ("Babies, 10 mg", "Adults, 10 mg", ["10 mg"]),
        ("How much to take, 10 mg", "How much to drink, 10 mg", []),
        ("Adults, 10 mg", "Adults, At night, 10 mg", []),
        ("Adults, At night, 10 mg", "Adults, 10 mg", []),
    ],
)
def test_a_dose_that_stands_behind_the_name_of_others_is_grave_whatever_was_moved(
    old: str, new: str, grave: list[str]
) -> None:
    found = [one for one in differences(old.split(", "), new.split(", ")) if one.is_grave]
    assert [(one.kind, one.new) for one in found] == [("moved", dose) for dose in grave]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from("abcdef"), max_size=9), st.lists(st.sampled_from("abcdef"), max_size=9))
def test_old_and_differences_give_new_whatever_was_changed(old: list[str], new: list[str]) -> None:
    found = differences(old, new)
    lines = sorted(old)
    for one in found:
        if one.kind in ("gone", "reworded"):
            lines.remove(one.old)
        if one.kind in ("new", "reworded"):
            lines.append(one.new)
    assert sorted(lines) == sorted(new)
    assert bool(found) == (old != new)


def test_a_long_page_is_compared_in_one_pass() -> None:
    """Work is counted: a comparison of every line with every other would look at each text thousands of times."""
    looks = 0

    class Counted(str):
        def casefold(self) -> str:
            nonlocal looks
            looks += 1
            return super().casefold()

    size = 3000
    old = [Words(f"o{n}", Counted(f"Old words {n}."), "x", "en", "Part") for n in range(size)]
    new = [Words(f"n{n}", Counted(f"Other text {n}."), "x", "en", "Part") for n in range(size)]
    found = compare(Version((), tuple(old)), Version((), tuple(new)), lambda line, before: ())
    assert len(found.lines) == 2 * size
    assert looks < 20 * size


def test_a_cell_of_a_table_is_named_by_what_stands_beside_and_above_it(project: Project) -> None:
    rows = ("Week|Morning|Evening", "---|---|---", "Week 1|none|5 mg", "Week 2|none|3 mg")
    page = "# Plan\n\n" + "".join(f"|{row}|\n" for row in rows)
    project.page("plan.md", page)
    assert project.build().exit_code == 0
    project.page("plan.md", page.replace("3 mg", "300 mg"))
    (line,) = reviewed(project, "plan").comparison.lines
    assert (line.old, line.new, line.place) == ("3 mg", "300 mg", "Week 2, Evening")
    assert "Plan, Week 2, Evening, is now: 300 mg" in run(project.place, "diff", "plan").stdout


def test_a_page_is_read_once_so_that_its_state_and_its_words_are_of_one_version(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.page("a.txt", PAGE)
    project.build()
    project.page("a.txt", PAGE.replace("Gallstones", "Stones"))
    reads: list[str] = []
    read = PageFile.read

    def counted(self: PageFile, of: Settings) -> SourceFile:
        reads.append(self.id)
        return read(self, of)

    monkeypatch.setattr(PageFile, "read", counted)
    assert reviewed(project, "a").lines
    assert reads == ["a"]


def test_amounts_are_read_in_lines_that_are_not_as_they_were_and_in_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = tuple(Words(str(n), f"Take {n} mg.", f"Take {n} mg.", "en", "A") for n in range(50))
    other = replace(lines[7], id="other", shown="Take 8 mg.")
    read: list[str] = []
    quantities = proof.quantities

    def counted(words: str, lang: str) -> Counter[str]:
        read.append(words)
        return quantities(words, lang)

    monkeypatch.setattr(proof, "quantities", counted)
    found = compare(Version((), lines), Version((), (*lines[:7], other, *lines[8:])), lambda words, before: ())
    assert [(one.kind, one.lost, one.gained) for one in found.lines] == [("reworded", ("7 mg",), ("8 mg",))]
    assert read == ["Take 7 mg.", "Take 8 mg."]
