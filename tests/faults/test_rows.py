"""Every row of the list has a test, and none of them says itself that it may be skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.rows import ATTACKS, FAULTS, PROMISE, marked

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("row", [*FAULTS, *ATTACKS])
def test_every_fault_and_kind_of_attack_has_a_test_that_is_not_skipped(row: str) -> None:
    tests = [one for one in marked() if one.row == row]
    assert tests, f"no test carries the mark of {row}"
    assert not [one.where for one in tests if one.skips]


def test_every_mark_is_of_a_row_that_there_is() -> None:
    assert {(one.kind, one.row) for one in marked()} == {
        *(("fault", row) for row in FAULTS),
        *(("attack", row) for row in ATTACKS),
    }


@pytest.mark.parametrize("page", ["docs/why/publishing.md", "docs/reference/faults-and-attacks.md"])
def test_the_promise_stands_in_the_documentation_in_these_words(page: str) -> None:
    words = " ".join((ROOT / page).read_text("utf-8").replace("\n> ", " ").split())
    assert PROMISE in words
