"""What a page raises, lowers or strikes out by style is what it is to the eye: 10⁹ is not 109."""

from __future__ import annotations

import pytest

from tests.sources.pages import page
from voicegen import cascade

SHEET = """<style>
@import url(x.css);
/* .note { vertical-align: super } */
.c5, p > .power { font-size: 60%; vertical-align: super }
.index i { vertical-align: sub }
.old { text-decoration: line-through red }
.c7:hover { vertical-align: super }
.badge { vertical-align: 1px }
.lifted { position: relative; top: -.5em }
.nudged { position: relative; top: 1px } .far { position: relative; top: -40px } .top { top: -5px }
td { vertical-align: super }
@media print { .c6 { vertical-align: super } }
@media screen { .c8 { vertical-align: 0.4em } }
</style>"""


def runs(body: str, head: str = SHEET) -> list[tuple[str, str]]:
    document = page(f"<h1>Cells</h1><p>{body} when you feel ill, and call us at once.</p>", head=head)
    return [(run.text, run.position) for run in document.blocks[0].text.runs]


@pytest.mark.parametrize(
    "power",
    [
        '<span style="vertical-align: super">9</span>',
        '<span style="font-size:8px;vertical-align:40%">9</span>',
        '<font style="font-variant-position:super">9</font>',
        '<span style="position:relative; top:-6.0pt; mso-text-raise:6.0pt">9</span>',
        '<span style="position:relative; bottom:.4em; font-size:70%">9</span>',
        '<span class="lifted">9</span>',
        '<span class="c5">9</span>',
        '<b class="power">9</b>',
        '<span class="c8">9</span>',
        '<a class="c5" href="https://clinic.example/x">9</a>',
    ],
)
def test_a_power_by_style_is_a_power(power: str) -> None:
    assert ("9", "sup") in runs(f"Below 0.5 x 10{power}/L")


def test_an_index_by_style_is_an_index() -> None:
    assert ("2", "sub") in runs('H<span class="index"><i>2</i></span>O')
    assert ("2", "sub") in runs('H<span style="position:relative;top:3.0pt">2</span>O')


@pytest.mark.parametrize("class_name", ["c6", "c7", "badge", "note", "index", "nudged", "far", "top"])
def test_what_is_raised_elsewhere_or_set_straight_is_text(class_name: str) -> None:
    assert all(not position for _, position in runs(f'Take 5<span class="{class_name}"> mg</span>'))


def test_a_cell_that_stands_high_is_no_power() -> None:
    document = page("<h1>Cells</h1><table><tr><td>5 mg</td><td>10 mg</td></tr></table>", head=SHEET)
    assert "sup" not in repr(document.blocks)


def test_what_a_class_strikes_out_is_left_out() -> None:
    assert "50" not in "".join(text for text, _ in runs('Take <span class="old">50</span> 5 mg'))


def test_a_sheet_that_is_no_sheet_takes_no_time_and_gives_no_rules() -> None:
    for noise in ("{" * 50_000, ";" * 200_000, "}" * 50_000, "a,b{" * 20_000):
        assert not list(cascade.rules(f"vertical-align {noise}"))
    assert runs("Take 5 mg", "<style>p:::x, [ {vertical-align:super}</style>")
