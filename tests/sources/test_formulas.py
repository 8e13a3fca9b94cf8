"""Formulas and turned text in pages: what is shown is what is read, or the page is refused."""

from __future__ import annotations

import pytest

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, texts
from voicegen.sources import html, markdown
from voicegen.speech import NOTHING_DEFINED, spoken
from voicegen.speech.proof_letters import unreadable

HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
NINE = "<msup><mn>10</mn><mn>9</mn></msup>"


def read(body: str) -> Document:
    page = f"<html lang=en><h1>Knee pain</h1><p>Rest the knee as long as it hurts.</p><p>{body}</p></html>"
    return html.read(SourceFile("knee.html", page.encode()))


def said(body: str) -> tuple[str, str]:
    """What the last paragraph shows, and what is said for it."""
    text = list(texts(read(body)))[-1]
    return text.plain, spoken(text.runs, "en", NOTHING_DEFINED).text


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (HALF, "It is 1 slash 2 now."),
        (f"<mn>2</mn>{HALF}", "It is 2 and a half now."),
        (f"<mrow><mn>2</mn></mrow><mrow>{HALF}</mrow>", "It is 2 and a half now."),
        (f"<semantics><mrow>{HALF}</mrow><annotation>12</annotation></semantics>", "It is 1 slash 2 now."),
        (NINE, "It is 10 to the power 9 now."),
        ("<mn>38</mn><msup><mi></mi><mo>∘</mo></msup><mi>C</mi>", "It is 38 degrees Celsius now."),
        ("<mn>5</mn><mfrac><mi>mg</mi><mi>kg</mi></mfrac>", "It is 5 milligrams per kilogram now."),
        ("<mn>1</mn><mo>&lt;</mo><mn>2</mn>", "It is 1 less than 2 now."),
        ("<mn>5</mn><mo>\u2062</mo><mi>mg</mi>", "It is 5 milligrams now."),
    ],
)
def test_a_formula_is_said_as_it_is_shown(formula: str, words: str) -> None:
    assert said(f"It is <math>{formula}</math> now.")[1] == words


@pytest.mark.parametrize(
    "formula",
    [
        "<msqrt><mn>9</mn></msqrt>",
        "<mroot><mn>9</mn><mn>3</mn></mroot>",
        "<mover><mi>x</mi><mo>¯</mo></mover>",
        "<munderover><mo>∑</mo><mn>1</mn><mn>5</mn></munderover>",
        "<mtable><mtr><mtd><mn>1</mn></mtd></mtr></mtable>",
        "<menclose notation=updiagonalstrike><mn>5</mn></menclose>",
        "<mmultiscripts><mi>C</mi><none/><none/><mprescripts/><none/><mn>14</mn></mmultiscripts>",
        "<mphantom><mn>5</mn></mphantom>",
        f"<msup><mn>2</mn>{NINE}</msup>",
        f"<mfrac>{HALF}<mn>2</mn></mfrac>",
        "<mfrac linethickness=0><mn>5</mn><mn>2</mn></mfrac>",
        "<mfrac><mtext>weight</mtext><mtext>height</mtext></mfrac>",
        "<msup><mtext>height</mtext><mn>2</mn></msup>",
        "<mfrac><mn>1</mn></mfrac>",
        "<mn>1<mn>2</mn></mn>",
        "5<mn>2</mn>",
    ],
)
@pytest.mark.parametrize("outer", ["{}", "<mrow><mn>2</mn>{}</mrow>"])
def test_a_formula_that_a_line_can_not_say_is_refused_with_its_line(formula: str, outer: str) -> None:
    with pytest.raises(SourceError, match=r"line 1, <math>"):
        read(f"It is <math>{outer.format(formula)}</math> now.")


def test_a_picture_of_a_formula_for_the_eye_is_not_said_again_and_other_hidden_words_are() -> None:
    katex = (
        f'<span class="katex"><span class="katex-mathml"><math>{HALF}</math></span>'
        '<span class="katex-html" aria-hidden="true"><span>2</span><span>1</span></span></span>'
    )
    assert said(f"Take {katex} tablet.")[1] == "Take half a tablet."
    assert "not" in said('Do <b aria-hidden="true">not</b> take <math><mn>5</mn></math> tablets.')[1]


def test_a_formula_in_markdown_is_read_alike() -> None:
    page = f"# Knee pain\n\nRest.\n\n<p>Take <math>{HALF}</math> tablet.</p>\n"
    assert "1/2 tablet" in list(texts(markdown.read(SourceFile("knee.md", page.encode()))))[-1].plain


@pytest.mark.parametrize(
    "turned",
    [
        '<bdo dir="rtl">gm 81</bdo>',
        '<span style="unicode-bidi: bidi-override; direction: rtl">gm 81</span>',
        '<span dir="RTL" style="unicode-bidi:isolate-override">gm 81</span>',
    ],
)
def test_text_that_is_shown_from_the_other_end_is_refused(turned: str) -> None:
    assert unreadable(*said(f"Take {turned} a day."))


@pytest.mark.parametrize(
    "straight",
    ['<bdo dir="ltr">18 mg</bdo>', '<bdo dir="rtl">שלום</bdo>', '<bdi dir="rtl">18 mg</bdi>', "<bdo>18</bdo>"],
)
def test_a_direction_that_turns_nothing_around_is_no_reason_to_refuse(straight: str) -> None:
    assert not unreadable(*said(f"Take {straight} a day."))
