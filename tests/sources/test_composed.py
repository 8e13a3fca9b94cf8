"""Signs that a page makes of others, such as "≤" of an underlined "<", are read as what is seen."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, heard, main, marked, page, said


@pytest.mark.fault("F29", "a limit that an underlined sign draws has lost its own value")
@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ("over <u>&gt;</u> 65 years", "over ≥ 65 years"),
        ("dose <b><u>&lt; </u></b><i>5</i> mg", "dose ≤ 5 mg"),
        ('dose <span style="text-decoration:underline">&lt;</span>.5 mg', "dose ≤.5 mg"),
        ('dose <u style="text-decoration-line:none">&lt;</u> 5 mg', "dose < 5 mg"),
        ("120 <u>+</u> 10", "120 ± 10"),
        ("score <u>&lt;</u> -2.5, pay <u>&gt;</u>£5, take <u>&lt;</u> ½", "score ≤ -2.5, pay ≥£5, take ≤ ½"),
        ("dose <u>&lt; 5 mg</u>", "dose < 5 mg"),
        ("<u>dose </u><u>&lt;</u><u> 5 mg</u>", "dose < 5 mg"),
        ("<u>dose </u><b><u>+</u></b> 5 mg", "dose + 5 mg"),
        ("<u>ages<br></u><u>&gt;</u> 65", "ages ≥ 65"),
        ("<u>ages</u></p><p><u>&gt;</u> 65", "ages\n≥ 65"),
        ("<u>&gt;</u><b> 65</b>, <u>above <i>&gt;</i> 5</u>", "≥ 65, above > 5"),
        ("go <u>&gt;</u> home", "go > home"),
        ('go <a href="/5"><u>&gt;</u></a> 5', "go > 5"),
        ("25<sup>o</sup>C", "25°C"),
        ("98.6 <sup>0</sup> F", "98.6 ° F"),
        ("2<sup>o</sup> – 8<sup>o</sup>C", "2° – 8°C"),
        ("2<sup>0</sup> to 8<sup>0</sup>C", "2° to 8°C"),
        ("10<sup>0</sup> cells and 2<sup>o</sup> care", "100 cells and 2o care"),
    ],
)
def test_a_sign_that_is_made_of_others_is_what_is_seen(parts: str, shown: str) -> None:
    assert said(main(f"<p>Here {parts}, all day.</p>")) == f"Here {shown}, all day."


def test_a_style_sheet_underlines_a_sign() -> None:
    body = f"<main><h1>Knee pain</h1>{FILLER}<p>From <i class='c4'>&lt;</i> 5 mg <b>&gt;</b> 2.</p></main>"
    assert "From ≤ 5 mg > 2." in said(page(body, head="<style>.c4 { text-decoration: underline }</style>"))


def test_a_limit_in_markdown_is_said_as_it_is_seen() -> None:
    document = marked("# Knee\n\nFor adults of <u>&gt;</u> 65 years, below 25<sup>o</sup>C.\n")
    assert "at least 65 years, below 25 degrees Celsius" in heard(document)
