"""Lists: the numbers of their items, and letters on the page, which are said with numbers and told to staff."""

import pytest

from tests.sources.pages import FILLER, page


@pytest.mark.parametrize("rule", [".l{list-style-type:lower-alpha}", ".l li{list-style:inside upper-latin}"])
def test_staff_are_told_of_letters_that_a_sheet_gives(rule: str) -> None:
    body = f"<main><h1>Knee pain</h1>{FILLER}<ol class=l><li>Rest.</li><li>Walk.</li></ol></main>"
    assert "have letters" in "".join(page(body, head=f"<style>{rule}</style>").notices)
    assert "have letters" not in "".join(page(body, head="<style>.m{list-style:lower-alpha}</style>").notices)
    own = body.replace("class=l", "class=l style='list-style-type:decimal'")
    assert "have letters" not in "".join(page(own, head="<style>.l{list-style:lower-alpha}</style>").notices)
    reset = body.replace("class=l", "style='list-style-type:lower-alpha;list-style:decimal'")
    assert "have letters" not in "".join(page(reset).notices)


@pytest.mark.parametrize(
    ("item", "numbers"),
    [
        ("<li hidden>x", [1, 2]),
        ("<li style='display:none'>x", [1, 2]),
        ("<li class='d-none'>x", [1, 2]),
        ("<li aria-hidden='true'>x", [1, 3]),
        ("<li style='visibility:hidden'>x", [1, 3]),
    ],
)
def test_items_that_are_drawn_nowhere_are_not_counted(item: str, numbers: list[int]) -> None:
    document = page(f"<main><h1>Knee pain</h1>{FILLER}<ol><li>Rest.{item}<li>Walk.</ol></main>")
    assert [one.number for one in document.blocks[-1].items] == numbers
