"""The telephone's script: what is never parted, what is said again, what is lost (docs/why/phone.md)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from voicegen import extensions
from voicegen.config import Rests
from voicegen.contracts import SourceFile
from voicegen.model.document import Document
from voicegen.model.script import Chapter, Line, Script
from voicegen.steps import telephone
from voicegen.steps.groups import leads_on
from voicegen.steps.scripting import write
from voicegen.steps.telephone import Asked

RATE = 22_050
PAGES = sorted(path for path in (ROOT / "content").iterdir() if path.suffix in {".html", ".md", ".txt"})


def length(line: Line) -> int:
    """A voice that says 14 characters a second."""
    return len(line.spoken) * RATE // 14


def read(markdown: str, rests: Rests | None = None) -> tuple[Document, Script]:
    source = f"---\nlang: en-GB\nreviewed: 2026-06-01\n---\n{markdown}"
    document = extensions.source("page.md").read(SourceFile("page.md", source.encode()))
    return document, write(document, rests or Rests(), 3, "", lambda lang: True)


def told(
    markdown: str, rests: Rests | None = None, **asked: object
) -> tuple[dict[str, list[str]], tuple[str, ...]]:
    document, script = read(markdown, rests)
    phone, keys = telephone.write(document, script, length, RATE, Asked(**asked))  # type: ignore[arg-type]
    return {chapter.id: [line.spoken for line in chapter.lines] for chapter in phone.chapters}, keys


def seconds(chapter: Chapter) -> float:
    """What it lasts with the silence before it; that after its last line is in the line."""
    return sum(length(line) / RATE + line.rest_ms / 1000 for line in chapter.lines) + telephone.ENDS_MS / 1000


def sentences_and_rows(chapter: Chapter, script: Script) -> set[tuple[int, int]]:
    """The sentences and rows of a chapter that are not there to lead into another."""
    rows = {(line.spoken, line.unit) for line in script.lines if line.role == "cell"}
    found = set()
    for at, line in enumerate(chapter.lines):
        if (line.spoken, line.unit) in rows:
            found.add((line.unit, 0))
        elif line.target and line.role in {"paragraph", "item", "definition"} and not leads_on(line):
            found.add((0, at))
    return found


DOSES = """# Fever

| Age | Dose | At most |
|---|---|---|
| 3 months | 2.5 ml | 4 times a day |
| 6 months | 5 ml | 4 times a day |
| 2 years | 7.5 ml | 4 times a day |
| 4 years | 10 ml | 3 times a day |
"""


@pytest.mark.parametrize("rests", [Rests(), Rests(item=0, paragraph=0, sentence=0), Rests(item=2, paragraph=2)])
@pytest.mark.parametrize("longest", [15.0, 20.0, 30.0])
def test_an_age_is_never_parted_from_its_dose_whatever_the_silences_are(rests: Rests, longest: float) -> None:
    chapters, _ = told(DOSES, rests, longest_s=longest)
    for age, dose, most in (("3 months", "2.5", "4 times"), ("4 years", "10 ", "3 times")):
        (found,) = [" ".join(lines) for lines in chapters.values() if any(age in line for line in lines)]
        assert dose in found.split(age)[1]
        assert most in found.split(age)[1]
    assert len(chapters) > (2 if longest < 30 else 1)


def test_what_leads_into_a_list_is_said_again_in_every_part_of_it() -> None:
    points = "\n".join(f"- you have the trouble number {n} that our nurses told you about" for n in range(12))
    chapters, _ = told(f"# Ibuprofen\n\nDo not take it if:\n\n{points}\n")
    parts = [lines for lines in chapters.values() if any("trouble" in line for line in lines)]
    assert len(parts) > 2
    for lines in parts:
        assert "Do not take it if:" in lines
        assert lines.index("Do not take it if:") < next(at for at, line in enumerate(lines) if "trouble" in line)


def test_the_urgency_of_a_box_is_said_again_in_every_part_of_it() -> None:
    points = "".join(f"<li>has the sign number {n} that is on the leaflet you were given</li>" for n in range(9))
    html = (
        f'<html lang="en"><main><h1>Fever</h1><p>{"It passes. " * 30}</p>'
        f'<div class="care-card care-card--emergency">'
        f"<h2>Call 999 if your child:</h2><ul>{points}</ul></div></main></html>"
    )
    document = extensions.source("a.html").read(SourceFile("a.html", html.encode()))
    script = write(document, Rests(), 3, "", lambda lang: True)
    phone, _ = telephone.write(document, script, length, RATE, Asked())
    parts = [c for c in phone.chapters if any("has the sign" in line.spoken for line in c.lines)]
    assert len(parts) > 2
    assert parts[0].id.startswith("01-urgent")
    for chapter in parts:
        said = [line.spoken for line in chapter.lines]
        assert any("Immediate action" in line for line in said)
        assert "Call 9 9 9 if your child:" in said


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
@pytest.mark.parametrize("longest", [15.0, 30.0, 120.0])
def test_the_full_edition_loses_no_line_and_keeps_its_length(path: object, longest: float) -> None:
    document = extensions.source(path.name).read(SourceFile(path.name, path.read_bytes()))  # type: ignore[attr-defined]
    script = write(document, Rests(), 3, "", lambda lang: True)
    phone, keys = telephone.write(document, script, length, RATE, Asked(longest_s=longest))
    assert telephone.left_out(script, phone) == ()
    assert len(keys) == len(phone.chapters)
    for chapter in phone.chapters:
        assert seconds(chapter) <= longest or len(sentences_and_rows(chapter, script)) == 1, chapter.id
        assert re.fullmatch(r"\d\d-[a-z0-9-]+", chapter.id)
        assert chapter.lines[-1].rest_ms >= telephone.ENDS_MS


SENTENCE = "Take one with a large glass of water and {n} biscuits, and lie down for a while afterwards."


def test_an_item_that_is_longer_than_a_chapter_is_parted_where_its_sentences_end() -> None:
    item = " ".join(SENTENCE.format(n=n) for n in range(8))
    chapters, _ = told(f"# Tablets\n\nBefore you travel:\n\n- {item}\n- Tell your nurse.\n")
    parts = [lines for lines in chapters.values() if any("biscuits" in line for line in lines)]
    assert len(parts) > 1
    assert all("Before you travel:" in lines for lines in parts)
    said = [line for lines in parts for line in lines if "biscuits" in line]
    assert [SENTENCE.format(n=n) for n in range(8)] == said


def test_a_row_that_is_longer_than_a_chapter_stays_whole() -> None:
    cell = " ".join(SENTENCE.format(n=n) for n in range(6))
    chapters, _ = told(f"# Tablets\n\n| Age | Dose |\n|---|---|\n| 3 years | {cell} |\n| 4 years | 5 ml |\n")
    (row,) = [lines for lines in chapters.values() if any("3 years" in line for line in lines)]
    assert all(SENTENCE.format(n=n) in row for n in range(6))
    assert not any("4 years" in line for line in row)


@pytest.mark.parametrize("filler", range(18, 34))
def test_a_sentence_that_changes_its_language_is_never_parted(filler: int) -> None:
    html = (
        f'<html lang="en"><main><h1>Ears</h1><p>{"It hurts. " * filler}</p>'
        '<p>What the doctors call <i lang="la">otitis media acuta purulenta</i> heals by itself.</p></main></html>'
    )
    document = extensions.source("a.html").read(SourceFile("a.html", html.encode()))
    script = write(document, Rests(), 3, "", lambda lang: True)
    phone, _ = telephone.write(document, script, length, RATE, Asked())
    (chapter,) = [c for c in phone.chapters if any("otitis" in line.spoken for line in c.lines)]
    said = [line.spoken for line in chapter.lines]
    at = next(at for at, line in enumerate(said) if "otitis" in line)
    assert "What the doctors call" in said[at - 1]
    assert "heals" in said[at + 1]


def test_what_would_be_too_long_with_all_our_words_has_the_least_of_them() -> None:
    long = "word " * 66 + "end."
    chapters, _ = told(f"# Knees\n\nRest.\n\n## Care\n\n{long}\n\nShort.\n")
    (lines,) = [lines for lines in chapters.values() if any("end." in line for line in lines)]
    assert lines[0] == "Knees."
    assert lines[1] == "Care"
    others = [lines for lines in chapters.values() if "Rest." in lines or "Short." in lines]
    assert all(lines[0] == "You are hearing about Knees." for lines in others)
    table = f"# Knees\n\nRest.\n\n## Care\n\n| Age | Dose |\n|---|---|\n| 3 | {'word ' * 62} |\n"
    chapters, _ = told(table)
    (lines,) = [lines for lines in chapters.values() if any("word" in line for line in lines)]
    assert not any(line.startswith("Table") for line in lines)
    assert any(line.startswith("Table, 3 columns") for lines in told(DOSES)[0].values() for line in lines)


def test_a_line_that_is_dropped_is_noticed() -> None:
    document, script = read("# Colds\n\nDrink 2 litres. Sleep well.\n")
    phone, _ = telephone.write(document, script, length, RATE, Asked())
    (chapter,) = [c for c in phone.chapters if any("Sleep" in line.spoken for line in c.lines)]
    less = replace(chapter, lines=tuple(line for line in chapter.lines if "Sleep" not in line.spoken))
    lost = telephone.left_out(script, replace(phone, chapters=(less,)))
    assert [line.shown.strip() for line in lost if "Sleep" in line.shown] == ["Sleep well."]


def test_the_menu_comes_first_and_its_keys_lead_to_the_topics() -> None:
    topics = "\n".join(f"## Topic {name}\n\nText about it.\n" for name in "ABCDEFGHIJK")
    chapters, keys = told(f"# Knees\n\nShort words.\n\n{topics}")
    names = list(chapters)
    menu = [line for name, key in zip(names, keys, strict=True) if key == "*" for line in chapters[name]]
    assert menu[0] == "You are hearing about Knees."
    assert "general information" in menu[1]
    assert "1 June 2026" in menu[2] or "first of June" in menu[2]
    assert [key for key in keys if key not in {"", "*"}] == list("123456789")
    for name, key in zip(names, keys, strict=True):
        if key not in {"", "*", "1"}:
            assert f"For {chapters[name][1].rstrip('.')}, press {key}." in menu
    assert "Topic K" in str(list(chapters.values())[-1]), "what has no key is reached by running on"


def test_phone_numbers_are_said_twice_and_web_addresses_not_at_all() -> None:
    chapters, _ = told("# Help\n\nCall 01632 960123 or see www.clinic.example/help today. Or call 999.\n")
    said = [line for lines in chapters.values() for line in lines]
    number = "0 1 6 3 2, 9 6 0 1 2 3" if any("9 6 0 1 2 3" in line for line in said) else "0 1 6 3 2, 9 6 0, 1 2 3"
    assert sum(number in line for line in said) == 2
    assert not any("clinic" in line or "www" in line or "dot" in line for line in said)
    assert any("the address on our web page today" in line for line in said)
    assert sum("9 9 9" in line for line in said) == 1


def test_the_short_edition_has_the_authors_first_sentences_and_whole_lists_or_none() -> None:
    lists = "## A\n\nOne. Two:\n\n- a\n- b\n\n## B\n\nTake it if:\n\n- c\n- d\n\nMore.\n"
    page = f"# Ears\n\nFirst. Second. Third.\n\n{lists}"
    chapters, _ = told(page, short=True)
    said = {name: lines for name, lines in chapters.items() if "menu" not in name}
    everything = [line for lines in said.values() for line in lines]
    assert {"First.", "Second.", "One.", "Take it if:", "c", "d"} <= set(everything)
    assert not {"Third.", "Two:", "a", "b"} & set(everything)


def test_a_language_without_words_of_ours_has_its_own_words_only() -> None:
    html = '<html lang="fi"><main><h1>Kuume</h1><p>Lepää ja juo vettä usein.</p><h2>Hoito</h2><p>Odota.</p></main>'
    document = extensions.source("a.html").read(SourceFile("a.html", html.encode()))
    script = write(document, Rests(), 3, "", lambda lang: True)
    phone, keys = telephone.write(document, script, length, RATE, Asked())
    assert {line.spoken.rstrip(".") for line in phone.lines} <= {
        "Kuume", "Lepää ja juo vettä usein", "Hoito", "Odota",
    }  # fmt: skip
    assert keys[0] == "*"
    assert telephone.left_out(script, phone) == ()


def test_americans_press_the_pound_key() -> None:
    html = '<html lang="en-US"><main><h1>Fever</h1><p>Rest.</p><h2>Care</h2><p>Wait.</p></main></html>'
    document = extensions.source("a.html").read(SourceFile("a.html", html.encode()))
    script = write(document, Rests(), 3, "", lambda lang: True)
    phone, _ = telephone.write(document, script, length, RATE, Asked())
    assert any("pound key" in line.spoken for line in phone.lines)


def test_chapters_sort_by_name_as_they_are_told_for_music_on_hold_is_played_in_that_order() -> None:
    told_, _ = told("# Knees\n\n" + "\n".join(f"## Topic {n}\n\nRest for {n} days.\n" for n in range(1, 131)))
    assert len(told_) > 130
    assert sorted(told_) == list(told_)
    assert next(iter(told_)) == "000-menu"
