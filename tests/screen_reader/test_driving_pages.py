"""What a person does who has the keyboard and Orca's voice alone, and what answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.screen_reader.reader import PROGRAMS, ScreenReader

pytestmark = pytest.mark.needs(*PROGRAMS)

TIME = "document.querySelector('audio').currentTime"
PLAYS = f"!document.querySelector('audio').paused && {TIME} > 0"
STOPPED = "document.querySelector('audio').paused"
HEARD = "document.querySelector('.heard')?.id"


def find(reader: ScreenReader, key: str, words: str, tries: int = 30) -> list[str]:
    """Presses a key of Orca's ("h" for the next heading) until something that begins with the words is said."""
    said: list[str] = []
    for _ in range(tries):
        said = reader.press(key)
        if any(text.startswith(words) for text in said):
            return said
    raise AssertionError(f"{words!r} is not found by {key!r}; last was said {said}")


def follow(reader: ScreenReader, title: str) -> None:
    """Follows the link where the reader is, and goes to the top of what it leads to.

    Orca does not always say that a page was loaded, so the browser is asked for that.
    """
    reader.press("Return")
    reader.until(f"document.readyState === 'complete' && document.title.startsWith({json.dumps(title)})")
    reader.press("ctrl+Home")


@pytest.fixture
def rich(reader: ScreenReader, address: str) -> ScreenReader:
    """At the top of the page that has every kind of block, and at the start of its recording."""
    reader.open(f"{address}rich/index.html")
    reader.ask("document.querySelector('audio').currentTime = 0")
    reader.press("ctrl+Home")
    return reader


def test_the_lists_of_headings_landmarks_and_tables_are_short_and_named(rich: ScreenReader) -> None:
    headings = [
        "Failed spinal fusion", "Listen", "Chapters", "Transcript", "Causes", "Treatment",
        "Urgent advice: Call our nurses today if:", "Without surgery", "With surgery",
        "How numbers and abbreviations are said", "Downloads", "About this page",
    ]  # fmt: skip
    assert listed(rich, "alt+shift+h", "Headings", 12) == headings
    assert listed(rich, "alt+shift+m", "Landmarks", 5) == [
        "banner",
        "main content",
        "Listen",
        "Chapters",
        "information",
    ]
    assert listed(rich, "alt+shift+t", "Tables", 1) == ["Liquid paracetamol, 120 mg in 5 ml"]


def listed(reader: ScreenReader, key: str, kind: str, count: int) -> list[str]:
    """The rows of one of Orca's lists of what is on the page, which is closed again."""
    said = reader.press(key)
    assert said[0].rstrip(".") == f"{kind}: {count} item{'s' if count > 1 else ''} found dialog"
    rows = [said[2], *(reader.press("Down")[0] for _ in range(count - 1))]
    reader.press("Escape")
    return [row.removesuffix(".") for row in rows]


def test_the_controls_say_what_they_are_and_the_slider_where_it_stands(rich: ScreenReader) -> None:
    find(rich, "h", "Listen heading level 2")
    buttons = (
        "Play",
        "Back one sentence",
        "Forward one sentence",
        "Previous chapter",
        "Next chapter",
        "Play from here",
    )
    assert [rich.press("Tab") for _ in buttons] == [[f"{name} push button."] for name in buttons]
    assert rich.press("Tab")[0] == "Position horizontal slider 0 seconds of 54 seconds, Failed spinal fusion."
    assert rich.press("Right") == ["1 second of 54 seconds, Failed spinal fusion"]
    assert rich.press("End")[0].endswith("of 54 seconds, With surgery")
    assert rich.press("Tab") == ["Speed combo box.", "1× (normal)", "opens menu"]
    assert rich.press("Tab")[0] == "More about listening toggle button collapsed."


def test_every_chapter_answers_and_so_does_the_end(rich: ScreenReader) -> None:
    find(rich, "b", "Next chapter push button")
    titles = ("Causes", "Treatment", "Without surgery", "With surgery")
    for number, title in enumerate(titles, start=2):
        assert rich.press("Return") == [f"Chapter {number} of 5: {title}"]
    assert rich.press("Return") == ["This is the last chapter: With surgery"]


def test_a_chapters_link_leads_to_its_heading(rich: ScreenReader) -> None:
    find(rich, "k", "Without surgery link")
    assert "Without surgery heading level 3." in rich.press("Return")
    assert rich.press("Down")[0].startswith("Play “Without surgery” push button")


def test_cells_of_a_table_are_read_with_their_headers(rich: ScreenReader) -> None:
    said = rich.press("t")
    assert said[0] == "Liquid paracetamol, 120 mg in 5 ml"
    assert said[1].endswith("table with 3 rows 3 columns")
    rich.press("alt+shift+Down")
    rich.press("alt+shift+Right")
    assert rich.press("alt+shift+Right")[:2] == ["At most", "4 times in 24 hours."]
    assert rich.press("alt+shift+Left")[:2] == ["One dose", "2.5 ml."]
    assert rich.press("alt+shift+Down")[:2] == ["6 to 23 months", "5 ml."]


def test_nothing_is_said_while_it_plays_though_the_mark_moves_on(rich: ScreenReader) -> None:
    find(rich, "b", "Play push button")
    assert rich.press("Return") == []
    rich.until(PLAYS)
    marked: set[str] = set()
    for _ in range(20):
        assert rich.listen(1) == []
        marked |= {rich.ask(HEARD) or ""} - {""}
        if len(marked) > 3:
            break
    assert len(marked) > 3
    rich.press("shift+Tab")
    rich.press_until("Tab", "Pause push button.")
    rich.press("Return")
    rich.until(STOPPED)


def test_the_list_of_pages_is_searched_by_ear(reader: ScreenReader, address: str) -> None:
    said = reader.open(f"{address}index.html")
    assert reader.hears("Finished loading Health information", said, 60)
    reader.press("ctrl+Home")
    assert "Search entry." in reader.press("Tab")
    reader.listen_until("1 of 2 pages", reader.type("fusion"))
    reader.press("Tab")
    reader.press("Tab")
    assert "Failed spinal fusion link heading level 2." in reader.press("Tab")


def test_a_new_user_finds_the_symptoms_hears_them_reads_the_doses_and_takes_a_file_home(
    reader: ScreenReader, own_pages: str, published: Path
) -> None:
    """By the keyboard and what is heard alone. `ask` only holds against the truth what was heard."""
    reader.open(f"{own_pages}index.html")
    find(reader, "h", "Asthma in adults link")
    follow(reader, "Asthma in adults")

    find(reader, "k", "Symptoms link")
    assert "Symptoms heading level 2." in reader.press("Return")
    assert reader.press("Tab") == ["Play “Symptoms” push button."]
    assert reader.press("Return") == []
    reader.until(PLAYS)
    timeline = json.loads((published / "asthma" / "timeline.json").read_text("utf-8"))
    (symptoms,) = (one for one in timeline["chapters"] if one["title"] == "Symptoms")
    start, end = (symptoms[name] / timeline["rate_hz"] for name in ("start", "end"))
    assert start <= reader.ask(TIME) < end
    reader.press("ctrl+Home")
    reader.press_until("b", "Pause push button.")
    reader.press("Return")
    reader.until(STOPPED)
    assert start <= reader.ask(TIME) < end

    reader.press("ctrl+Home")
    find(reader, "k", "All pages link")
    follow(reader, "Health information")
    find(reader, "h", "Fever in children link")
    follow(reader, "Fever in children")
    assert reader.press("t")[0] == "One dose of liquid paracetamol"
    reader.press("alt+shift+Down")
    assert reader.press("alt+shift+Down")[0].startswith("6 to 23 months")
    assert reader.press("alt+shift+Right")[0] == "120 mg/5 ml (infant)"
    assert reader.press("alt+shift+Right")[:2] == ["One dose", "5 ml."]

    find(reader, "h", "Downloads heading level 2")
    assert reader.press("k")[0].startswith("Whole recording with chapters (MP3, ")
    reader.press_until("Return", "notification Download complete: fever-in-children.mp3.")
    (file,) = reader.downloads.iterdir()
    assert file.name == "fever-in-children.mp3"
    assert file.read_bytes() == (published / "fever-in-children" / file.name).read_bytes()
