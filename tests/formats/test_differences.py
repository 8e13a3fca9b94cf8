"""What is said otherwise than it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.formats._differences import spoken_forms
from voicegen.model.script import Change, Chapter, Line, Script, Target


@pytest.mark.parametrize(
    ("shown", "changes", "expected"),
    [
        ("Take 5–10 mg now.", ["–|to", " mg|milligrams"], [("5–10 mg", "5 to 10 milligrams", "a b")]),
        ("(4.0 × 10⁹/L)", [" × |times", "⁹|to the power 9", "/L|per litre"],
         [("4.0 × 10⁹/L", "4.0 times 10 to the power 9 per litre", "a b")]),
        ("The UK, or the EU.", ["UK|U K", "EU|E U"], [("UK", "U K", "a b"), ("EU", "E U", "a b")]),
        ("Your plan.[1]", ["[1]|"], []),
        ("Call 999.", ["999|9 9 9"], [("999", "9 9 9", "a b")]),
        ("(e.g. tea)", ["e.g.|for example"], [("e.g.", "for example", "a b")]),
    ],
)  # fmt: skip
def test_a_form_is_shown_in_whole_words(
    shown: str, changes: list[str], expected: list[tuple[str, str, str]]
) -> None:
    made = []
    for change in changes:
        old, new = change.split("|")
        made.append(Change("a_b", shown.index(old), shown.index(old) + len(old), new))
    spoken = Line("l", "paragraph", shown, "said", "en", 0, Target(0, 0, len(shown)), tuple(made))
    forms = spoken_forms(Script("en", (Chapter("start", "Start", 1, 0, (spoken,)),)))
    assert [(form.shown, form.spoken, form.rules) for form in forms] == expected


@given(st.text("ab 1.–", max_size=12), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4))
def test_any_changes_give_forms_that_stand_in_the_line(shown: str, spans: list[tuple[int, int]]) -> None:
    changes = tuple(Change("r", a, min(b, len(shown)), "said") for a, b in spans if a < min(b, len(shown)))
    spoken = Line("l", "paragraph", shown, "other", "en", 0, Target(0, 0, len(shown)), changes)
    for form in spoken_forms(Script("en", (Chapter("start", "Start", 1, 0, (spoken,)),))):
        assert form.shown in shown
        assert form.spoken.strip()
