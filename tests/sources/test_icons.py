"""Ticks and crosses that are drawn by a font are heard; what can't be told is told to staff."""

from __future__ import annotations

import pytest

from tests.growth import linear
from tests.sources.pages import FILLER, left, main, marked, said
from voicegen.model.document import Reason
from voicegen.sources.icons import sign_of


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        *((name, "✓") for name in ("fa-check", "fa-circle-check", "glyphicon-ok", "bi-check-lg", "dashicons-yes")),
        *((name, "✗") for name in ("fa-times", "fa-xmark", "bi-x-circle", "glyphicon-remove", "icon-x-mark")),
        *(("fa-thumbs-up", "✓"), ("fa-thumbs-down", "✗")),
        *((name, "") for name in ("fa-calendar-check", "fa-user-times", "check", "fa-circle", "fa-no-smoking")),
    ],
)
def test_a_class_is_a_tick_or_a_cross_by_all_its_words(name: str, sign: str) -> None:
    assert sign_of(name) == sign


def table(cell: str) -> str:
    rows = f"<tr><th>Drug</th><th>With food</th></tr><tr><td>Aspirin</td><td>{cell}</td></tr>"
    return f"{FILLER}<table>{rows}</table>"


@pytest.mark.parametrize(
    ("icon", "sign"),
    [
        ('<i class="fa fa-check" aria-hidden="true"></i>', "✓"),
        ('<span class="glyphicon glyphicon-remove"></span>', "✗"),
        ('<svg class="icon"><use href="#icon-cross"></use></svg>', "✗"),
        ('<i class="material-icons">close</i>', "✗"),
        ('<span class="icon"><span class="material-symbols-outlined">check_circle</span></span>', "✓"),
        ('<i class="material-icons-round">done_outline</i>', "✓"),
    ],
)
def test_a_sign_alone_in_a_cell_is_heard(icon: str, sign: str) -> None:
    assert sign in said(main(table(icon)))


def test_a_sign_with_words_for_listeners_is_not_said_twice() -> None:
    document = main(table('<i class="fa fa-times"></i><span class="sr-only">No</span>'))
    assert "✗" not in said(document)
    assert "No" in said(document)


def test_another_picture_alone_in_a_cell_is_told_to_staff() -> None:
    assert any("alone in a cell" in notice for notice in main(table('<i class="fa fa-leaf"></i>')).notices)
    assert not main(table('<i class="fa fa-leaf"></i> daily')).notices


def test_a_cross_before_an_item_is_heard_and_ticks_with_it() -> None:
    cross, tick = '<li><i class="fa fa-times"></i> Drive</li>', '<li><i class="fa fa-check"></i> Rest</li>'
    drawn = '<li><i class="material-icons">not_interested</i> Drive</li>'
    assert "✗ Drive" in said(main(f"{FILLER}<ul>{cross}{tick}</ul>"))
    assert "✗ Drive" in said(main(f"{FILLER}<ul>{drawn}</ul>"))
    assert "✓ Rest" in said(main(f"{FILLER}<ul>{cross}{tick}</ul>"))
    assert "✓" not in said(main(f"{FILLER}<ul>{tick}{tick}</ul>"))


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        ('<img src="/img/cross-icon.png?v=2" alt="">', "✗ Gin"),
        ('<span><img src="cross.svg" alt=""></span>', "✗ Gin"),
        ('<img src="red-cross.png" alt="">', "Gin"),
        ('<img src="/flags/no.svg" alt="">', "Gin"),
        ('<img src="cross.jpg" alt="">', "Gin"),
        ('<a href="/"><img src="cross.png" alt=""></a>', "Gin"),
    ],
)
def test_a_picture_of_a_cross_without_words_is_heard(picture: str, words: str) -> None:
    assert said(main(f"<ul><li>{picture}Gin</li><li>Water</li></ul>")).split("\n")[0] == words


@pytest.mark.fault("F24", "icons that look through the whole of their item, each of them")
def test_many_icons_in_an_item_take_linear_time() -> None:
    icons = '<b></b><i class="fa fa-times"></i>'
    assert linear(lambda times: main(f"{FILLER}<ul><li>{icons * times}Gin</ul>"), 1_600)


def test_a_cross_that_closes_something_is_none() -> None:
    assert "✗" not in said(main(f'{FILLER}<p><button><i class="fa fa-times"></i></button> Rest today.</p>'))


@pytest.mark.parametrize("style", ["list-style-type: '✗ '", 'color:red; list-style: "✓" inside'])
def test_a_bullet_of_a_style_that_says_something_is_told_to_staff(style: str) -> None:
    escaped = style.replace('"', "&quot;")
    notices = main(f'{FILLER}<ul style="{escaped}"><li>Drive</li></ul>').notices
    assert any("a style writes" in notice for notice in notices)


def test_a_dose_that_is_struck_out_is_told_to_staff() -> None:
    document = main(f"{FILLER}<p>Take <del>50 mg</del> 5 mg, and <s>slowly</s> at once.</p>")
    (notice,) = document.notices
    assert "“50 mg” is struck out" in notice


def test_words_in_a_drawing_are_told_to_staff_and_the_name_of_an_icon_is_not() -> None:
    document = main(f"{FILLER}<svg><text>Never take more than 8</text></svg><svg><text>Fill 1</text></svg>")
    (notice,) = document.notices
    assert "Never take more than 8" in notice
    assert len(left(document, Reason.DECORATION)) == 2


def test_a_name_with_low_lines_keeps_its_words_apart() -> None:
    from voicegen.speech import NOTHING_DEFINED, spoken

    (text,) = [block.text for block in marked("# Asthma\n\nSee dose_table_2 and 5|10 mg today.\n").blocks]
    assert spoken(text.runs, "en", NOTHING_DEFINED).text.startswith("See dose table")
    assert "510" not in spoken(text.runs, "en", NOTHING_DEFINED).text


def test_a_cross_inside_an_element_of_icons_is_read() -> None:
    icon = '<span class="elementor-icon-list-icon"><i aria-hidden="true" class="fas fa-{}"></i></span>'
    item = f"<li>{icon}<span>{{}}</span></li>"
    told = said(main(f"{FILLER}<ul>{item.format('check', 'Rest')}{item.format('times', 'Drive')}</ul>"))
    assert "✓ Rest" in told
    assert "✗ Drive" in told


@pytest.mark.parametrize(("other", "shown", "told"), [("check", "Driving ✗", False), ("star", "Driving", True)])
def test_a_cross_behind_words_is_read_beside_ticks_and_told_of_alone(other: str, shown: str, told: bool) -> None:
    items = "".join(
        f'<li>{word} <i class="fa fa-{name}"></i></li>' for word, name in (("Driving", "times"), ("Rest", other))
    )
    document = main(f"{FILLER}<ul>{items}</ul>")
    assert shown in said(document).split("\n")
    assert any("cross that is drawn behind words" in notice for notice in document.notices) is told
