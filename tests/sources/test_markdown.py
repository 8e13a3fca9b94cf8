from typing import Any

import pytest

from tests.growth import linear
from tests.sources.pages import headings, left, marked, said
from voicegen.errors import SourceError
from voicegen.model.document import Callout, DefinitionList, Image, ItemList, Paragraph, Reason, Table

PAGE = """\
---
title: "Knee pain | Corner Clinic"
lang: en-GB
publisher: Corner Clinic
author: [A. Doe, B. Roe]
last_reviewed: 2026-05-03
tags:
  - knee
  - joint
---

# Knee pain

The knee is *the* largest joint, and it carries **our weight**[^1].

## Signs

**Look for:**
- pain
- swelling
  1. above
  2. below

| Age | Dose |
|-----|------|
| 6   | 5 ml |

Meniscus
: A pad of cartilage.

![A swollen knee](knee.png)

<div class="care-card--emergency"><p>Call for help if you can't <b>stand</b>.</p></div>

[^1]: Doe, 1983.
"""


def test_front_matter_tells_what_the_page_is_and_is_not_spoken() -> None:
    document = marked(PAGE)
    assert document.lang == "en-GB"
    assert document.about("publisher") == "Corner Clinic"
    assert document.about("author") == "A. Doe, B. Roe"
    assert document.about("reviewed") == "2026-05-03"
    assert document.about("tags") == "knee, joint"
    assert "last_reviewed" in " ".join(left(document, Reason.METADATA))


def test_the_first_heading_is_the_title_rather_than_the_front_matters() -> None:
    assert marked(PAGE).title.plain == "Knee pain"


def test_front_matter_names_a_page_without_a_first_heading() -> None:
    document = marked("+++\ntitle = 'Knee pain'\nlang = 'en'\n+++\n\n## Signs\n\nIt hurts.\n")
    assert document.title.plain == "Knee pain"
    assert headings(document) == [(2, "Signs")]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert "It hurts" in said(marked("---\n\nIt hurts.\n\n---\n\n# Knee\n\nRest.\n"))


def test_structure_becomes_the_same_blocks_as_in_html() -> None:
    document = marked(PAGE)
    [section] = document.sections
    kinds = [type(block) for block in section.blocks]
    assert kinds[:6] == [Paragraph, ItemList, Table, DefinitionList, Image, Callout]
    assert section.blocks[5].urgency == "emergency"
    nested = section.blocks[1].items[1].blocks[1]
    assert [item.number for item in nested.items] == [1, 2]


def test_markers_of_footnotes_are_notes_and_the_notes_are_kept() -> None:
    document = marked(PAGE)
    [block] = document.blocks
    assert [run.position for run in block.text.runs if run.position] == ["note"]
    assert "Doe, 1983." in said(document)


def test_leavings_name_the_line_of_the_markdown() -> None:
    document = marked("# Knee\n\nIt hurts.\n\n<button>Print</button>\n")
    assert [piece.where for piece in document.left_out] == ["line 5, <button>"]


def test_a_link_that_stands_alone_is_text() -> None:
    assert said(marked("# Knee\n\n[Exercises for the knee](/x)\n")) == "Exercises for the knee"


def test_gaps_that_a_scraper_left_are_not_spoken_but_noticed() -> None:
    document = marked("# Knee\n\nSee ___LINK_REMOVED___ or ask.\n\n___IMAGE_REMOVED___\n")
    assert said(document) == "See or ask."
    assert any("2 gaps" in notice for notice in document.notices)


def test_a_menu_before_the_title_is_left_out_and_a_warning_is_not() -> None:
    document = marked("* Home\n* Contact\n\n## Conditions\n\n# Knee\n\nIt hurts.\n")
    assert document.title.plain == "Knee"
    assert headings(document) == []
    assert "Contact" in " ".join(left(document, Reason.OUTSIDE))
    assert "Call 999" in said(marked("Call 999 in an emergency.\n\n# Knee\n\nIt hurts.\n"))


def test_a_heading_whose_text_slipped_to_the_next_line_keeps_it() -> None:
    assert headings(marked("# Knee\n\nIt hurts.\n\n## \n Get help\nCall us any day of the week.\n")) == [
        (2, "Get help")
    ]


def test_lines_of_a_file_that_is_not_wrapped_are_paragraphs() -> None:
    long = (
        "The knee is the largest joint of the human body, and it carries all of our weight with "
        "every step that we take up the stairs."
    )
    document = marked(f"# Knee\n\n{long} {long}\nRest it.\n")
    assert len(document.blocks) == 2


def test_lines_of_a_wrapped_file_are_one_paragraph() -> None:
    assert len(marked("# Knee\n\nThe knee is the largest\njoint of the body.\n").blocks) == 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("See [[hip-pain|pain in the hip]] too.", "See pain in the hip too."),
        ("See [[hip pain]] too.", "See hip pain too."),
        ("Text.\n\n#knee #joint\n", "Text."),
        ("Text {{ page.date }} here {% include x %}.", "Text here ."),
        ("Text.\n\n![[knee.png]]\n", "Text."),
        ("a ~~two~~ one", "a one"),
    ],
)
def test_marks_of_other_programs_are_not_spoken(source: Any, words: Any) -> None:
    assert said(marked(f"# Knee\n\n{source}\n")) == words


def test_a_file_without_markdown_is_read_as_plain_text() -> None:
    document = marked(
        "Knee Pain Guide\n\nSigns\nThe knee hurts when you go up the stairs, and it is warm and "
        "swollen in the evening.\n\nCare\nRest it for a day or two, and put something cold on it "
        "for a quarter of an hour at a time.\n"
    )
    assert document.title.plain == "Knee Pain Guide"
    assert headings(document) == [(2, "Signs"), (2, "Care")]


def test_scripts_in_markdown_are_never_text() -> None:
    assert "alert" not in said(marked("# Knee\n\nIt hurts. <script>alert(1)</script>\n"))


def test_hostile_nesting_is_refused_or_read_not_a_crash() -> None:
    for source in ("> " * 2000 + "end", "- " * 2000 + "end", "[" * 5000 + "end", "*a **b " * 3000):
        try:
            document = marked(f"# Knee\n\n{source}\n")
        except SourceError:
            continue
        assert "end" in said(document) or "a" in said(document)


@pytest.mark.parametrize(
    "line",
    [
        ">38 °C: call 999",
        "> 38 °C: call 999",
        ">=5 mg",
        "> = 5 mg",
        "- >38 °C",
        ">38 °C\n>39 °C",
    ],
)
def test_more_than_at_the_beginning_of_a_line_is_refused_and_never_made_a_quotation(line: str) -> None:
    with pytest.raises(SourceError, match=r"line 3: .*more than"):
        marked(f"# Knee\n\n{line}\n")


@pytest.mark.parametrize("line", ["Take 3*2 mg and 2*5 mg.", "1.5*2.5 cm*3"])
def test_a_star_between_digits_is_refused_and_never_made_emphasis(line: str) -> None:
    with pytest.raises(SourceError, match=r"line 3: .*emphasis"):
        marked(f"# Knee\n\n{line}\n")


@pytest.mark.parametrize(
    "text",
    [
        "> Take it\n> 2 mg a day",
        "> 2 times a day",
        ">quoted",
        "a > 5 mg",
        "2 * 5 mg * 3",
        "*5* mg",
        "5**0** mg",
        "\\>5 mg",
    ],
)
def test_quotations_and_emphasis_that_are_meant_stay(text: str) -> None:
    assert marked(f"# Knee\n\n{text}\n").blocks


@pytest.mark.fault("F24", "signs of other programs that each count the lines before them")
@pytest.mark.parametrize("unit", ["{{x}}\n", "![[a]] b\n", "#knee\n\n"])
def test_many_signs_of_other_programs_take_linear_time(unit: str) -> None:
    assert linear(lambda times: marked("# Knee\n\nTake care of it.\n\n" + unit * times), 16_000)


def test_what_a_program_left_is_noted_with_its_line() -> None:
    document = marked("# Knee\n\nTake care.\n\n{{ a5\n }}\n\nGo on. {{ b6 }}\n")
    found = [(piece.text, piece.where) for piece in document.left_out]
    assert found == [("{{ a5 }}", "line 5"), ("{{ b6 }}", "line 8")]


@pytest.mark.fault("F29", "an amount that a program did not fill in is left out of a sentence")
@pytest.mark.parametrize(
    "hole", ["{{ dose }} mg", "{{dose}}mg", "{{ page.count }} Tabletten", "{{5}}", "{{ 2-3 }}"]
)
def test_an_amount_that_a_program_did_not_fill_in_is_refused(hole: str) -> None:
    with pytest.raises(SourceError, match=r"line 3: an amount is missing here"):
        marked(f"# Knee\n\nTake {hole} a day.\n")
    assert said(marked("# Knee\n\nTake care. {{ page.title }}\n{{< figure src='a5.png' >}}\n")) == "Take care."


@pytest.mark.fault("F29", "a line that Markdown takes for the address of a link")
@pytest.mark.parametrize("line", ["[Dosis]: 500mg", "[Max]: 8/day", "[Hinweis]: Nicht", "[1]: 5mg"])
def test_a_line_that_markdown_takes_for_an_address_is_refused(line: str) -> None:
    with pytest.raises(SourceError, match="for the address of a link, so that it would be lost"):
        marked(f"# Knee\n\nTake it.\n\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "[1]: https://clinic.example/5mg",
        "[//]: # (5 mg)",
        "[a]: page.html",
        "[a]: /knee",
        "[b]: knee\n\n[b]",
        "[c]: <>",
    ],
)
def test_addresses_of_links_and_remarks_are_left_alone(line: str) -> None:
    assert said(marked(f"# Knee\n\nTake it.\n\n{line}\n")).startswith("Take it.")


@pytest.mark.fault("F29", "a heading without its space is taken for a tag, and its list falls to the one before")
@pytest.mark.parametrize("line", ["#Kontraindikationen", "##Notfall", "#Über-dosierung ", "###警告事項"])
def test_a_heading_of_one_word_without_its_space_is_a_heading(line: str) -> None:
    document = marked(f"# Knee\n\n## For\n\n- Pain\n\n{line}\n\n- Asthma\n")
    assert [words for _, words in headings(document)][-1] == line.strip("# ")


@pytest.mark.parametrize(
    "tags", ["#knee\n\nRest.", "#Knee #Joint\n\nRest.", "Rest.\n\n#Knee", "#knee/Joint\n\nRest."]
)
def test_tags_are_no_headings(tags: str) -> None:
    document = marked(f"# Knee\n\n{tags}\n")
    assert said(document) == "Rest."
    assert not document.sections
