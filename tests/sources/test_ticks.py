"""Boxes of which some are ticked are refused: ticked or not, they sound alike."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, main, marked, plain
from voicegen.errors import SourceError

REFUSED = "some boxes are ticked and others are not"


@pytest.mark.parametrize(
    "body",
    [
        "<p>☐ Take aspirin<br>☑ Take statin</p>",
        "<p>Prescribed: ☐ 5 mg ☒ 10 mg ☐ 20 mg</p>",
        "<p>□ 5 mg ■ 10 mg □ 20 mg</p>",
        "<ul><li>[x] Aspirin<li>[ ] Statin</ul>",
        "<dl><dt>Morning<dd><p>☐ Aspirin</p><p>☑ Statin</p></dl>",
        "<table><tr><td>☐ 5 mg<td>☒ 10 mg<tr><td>☐ 20 mg<td>☐ 30 mg</table>",
        "<table><tr><th>Drug<th>Take<tr><td>A<td>☐<tr><td>B<td>☒</table>",
        "<details><summary>Which?</summary><p>☑ Aspirin</p><p>☐ Statin</p></details>",
    ],
)
def test_ticked_boxes_beside_others_are_refused(body: str) -> None:
    with pytest.raises(SourceError, match=REFUSED):
        main(FILLER + body)


def test_they_are_refused_in_markdown_and_plain_text_too() -> None:
    with pytest.raises(SourceError, match=REFUSED):
        marked("# Knee pain\n\n- [x] Aspirin\n- [ ] Statin\n")
    with pytest.raises(SourceError, match=REFUSED):
        plain("Knee pain\n\n[x] Aspirin\n[ ] Statin\n")


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>☐ Bring your list<li>☐ Bring your glasses</ul><h2>Care</h2><ul><li>☑ Rest<li>☒ Run</ul>",
        "<ul><li>[ ] Bring your list<li>[ ] Bring your glasses</ul>",
        "<table><tr><th>Drug<th>Take<tr><td>A<td>☐<tr><td>B<td>☑</table>",
        "<p>■ Knee</p><p>□ Kneecap</p>",
        "<p>See note [1] and array[x] or [ ].</p>",
    ],
)
def test_lists_of_empty_boxes_and_of_ticks_and_crosses_are_read(body: str) -> None:
    assert main(FILLER + body).blocks
