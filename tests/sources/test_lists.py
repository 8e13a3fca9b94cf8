"""Lists whose items carry letters on the page, which are said with numbers: staff are told."""

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
