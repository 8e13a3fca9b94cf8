from typing import Any

import pytest

from tests.growth import linear
from tests.sources.pages import headings, left, plain, said
from voicegen.errors import SourceError
from voicegen.model.document import ItemList, Reason, words

SCRAPED = """\
Accessibility Tools

What is Torn Meniscus?

A torn meniscus is a split in one of the two pads of cartilage that cushion the knee.

Causes of Torn Meniscus

Common causes include:

  • A sudden twist
  • Heavy lifting

Treatment for Torn Meniscus

What helps depends on the tear. Among the options are:

Without Surgery

  • Rest: Give the knee some days without sport.
    • Ice: Cool it for a quarter of an hour.
    • Exercise: Strengthen the muscles around it.

With Surgery

  • Repair: The surgeon sews the edges together.
  • Removal: The torn part is taken out.
  • Oldtown Society of Knee Surgeons Logo
  • The National Academy of Joints
  • Oldtown University
"""


def lists(document: Any) -> Any:
    """Every list of a document, as the words of its items."""
    found = [document.blocks, *(section.blocks for section in document.all_sections())]
    return [
        [words(item.blocks[:1]) for item in block.items]
        for blocks in found
        for block in blocks
        if isinstance(block, ItemList)
    ]


def test_a_scraped_page_gets_its_title_sections_and_sub_sections() -> None:
    document = plain(SCRAPED)
    assert document.title.plain == "Torn Meniscus"
    assert headings(document) == [
        (2, "What is Torn Meniscus?"),
        (2, "Causes of Torn Meniscus"),
        (2, "Treatment for Torn Meniscus"),
        (3, "Without Surgery"),
        (3, "With Surgery"),
    ]


def test_a_derived_title_is_noticed() -> None:
    assert any("no title line" in notice for notice in plain(SCRAPED).notices)


def test_items_whose_indentation_slipped_are_siblings() -> None:
    assert [len(items) for items in lists(plain(SCRAPED))] == [2, 3, 2]


def test_a_wrapped_line_that_breaks_before_the_dash_of_a_range_goes_on() -> None:
    wrapped = "Knee pain\n\nIf the pain goes on for a whole day take {}\n{} tablets, and never more than that."
    for low, high in (("4", "-6"), ("2", "–4")):
        assert f"take {low} {high} tablets, and" in said(plain(wrapped.format(low, high)))
    document = plain("Knee pain\n\nWe begin this medicine with little on day 1\n- 5 mg once\n- 10 mg at night\n")
    assert "5 mg once" in said(document)


def test_captions_of_logos_at_the_end_are_no_treatments() -> None:
    assert left(plain(SCRAPED), Reason.LOGO) == [
        "Oldtown Society of Knee Surgeons Logo",
        "The National Academy of Joints",
        "Oldtown University",
    ]


def test_the_label_of_a_page_tool_is_left_out() -> None:
    assert left(plain(SCRAPED), Reason.WIDGET) == ["Accessibility Tools"]


def test_a_list_of_organisations_that_was_announced_as_such_is_kept() -> None:
    document = plain(
        "Where to get help\n\nThese groups help people with sore knees.\n\n• Oldtown Knee "
        "Association\n• National Joint Society\n"
    )
    assert lists(document) == [["Oldtown Knee Association", "National Joint Society"]]


def test_items_indented_below_a_label_are_its_own() -> None:
    document = plain("Knees\n\nWhat to eat now:\n\n- Fruit\n  - apples\n  - pears\n- Nuts\n")
    [block] = [block for block in document.blocks if isinstance(block, ItemList)]
    assert [len(item.blocks) for item in block.items] == [2, 1]


@pytest.mark.parametrize("sign", ["•", "-", "*", "✦", "–", "▪", "o", "·", "➤", "§"])
def test_bullets_of_many_kinds_open_items(sign: Any) -> None:
    assert lists(plain(f"Knee pain\n\nThe signs of it are these.\n\n{sign} pain\n{sign} heat\n")) == [
        ["pain", "heat"]
    ]


def test_numbered_items_carry_their_numbers() -> None:
    document = plain("Knee exercise\n\nDo it like this every day.\n\n3. Sit down.\n4. Stretch the leg.\n")
    [block] = [block for block in document.blocks if isinstance(block, ItemList)]
    assert block.ordered
    assert [item.number for item in block.items] == [3, 4]


def test_a_decimal_at_the_start_of_a_line_is_no_number_of_an_item() -> None:
    assert (
        lists(plain("Knee pain\n\nThe dose is as follows.\n\n1.5 mg in the morning.\n2.5 mg in the evening.\n"))
        == []
    )


def test_headings_that_end_with_colons_stand_above_their_paragraphs() -> None:
    document = plain(
        "Knee Pain - What Helps\n\nIt is common.\n\nSigns of Trouble:\nIt hurts and it is "
        "hot.\n\nCare:\nRest it for a day.\n"
    )
    assert document.title.plain == "Knee Pain - What Helps"
    assert headings(document) == [(2, "Signs of Trouble"), (2, "Care")]


def test_underlined_and_upper_case_lines_are_headings() -> None:
    document = plain("Knee pain\n=========\n\nIt is common.\n\nCauses\n------\n\nWear.\n\nWHAT HELPS\n\nRest.\n")
    assert document.title.plain == "Knee pain"
    assert [words for _, words in headings(document)] == ["Causes", "WHAT HELPS"]


def test_lines_about_the_page_are_metadata_and_a_named_title_is_the_title() -> None:
    document = plain(
        "Disease Name: Knee pain\nAuthor: A. Doe\nDate: [date]\n\nOverview:\nIt is common.\n\nCare:\nRest.\n"
    )
    assert document.title.plain == "Knee pain"
    assert document.about("author") == "A. Doe"
    assert "Date: [date]" in left(document, Reason.METADATA)
    assert "[date]" not in said(document)


def test_wrapped_lines_are_one_paragraph_and_items_go_on_over_lines() -> None:
    document = plain(
        "Knee Pain\n\nThe knee is the largest joint of the human body, and it carries all of our\n"
        "weight with every step that we take, up the stairs and down again, for as many\n"
        "years as we live.\n\nSome things to remember on every day of the week:\n"
        "- the knee likes to be moved a little every hour, and it likes warmth in the\n  cold season\n- rest\n"
    )
    assert document.blocks[0].text.plain.endswith("for as many years as we live.")
    assert lists(document)[0][0].endswith("in the cold season")


def test_long_lines_are_whole_paragraphs() -> None:
    long = (
        "The knee is the largest joint of the human body, and it carries all of our weight with every step. " * 2
    )
    document = plain(f"Knee Pain\n\n{long}\n{long.replace('knee', 'hip')}\n")
    assert len(document.blocks) == 2


def test_a_paragraph_that_a_page_break_cut_at_a_comma_is_joined() -> None:
    document = plain("Knee Pain\n\nMost sore knees get better on their own within six weeks [Doe,\n\n1983].\n")
    assert len(document.blocks) == 1


def test_a_notice_of_rights_is_left_out() -> None:
    document = plain("Knee pain\n\nIt is common.\n\n© 2026 Corner Clinic\n")
    assert left(document, Reason.LEGAL) == ["© 2026 Corner Clinic"]


def test_a_text_of_one_line_is_spoken() -> None:
    document = plain("Rest the knee for a day and see whether it gets better.")
    assert said(document) == "Rest the knee for a day and see whether it gets better."
    assert document.title.plain


@pytest.mark.parametrize("source", ["", "\n \n", "Accessibility Tools\n"])
def test_a_text_without_text_is_refused(source: Any) -> None:
    with pytest.raises(SourceError, match="no text to speak"):
        plain(source)


@pytest.mark.parametrize(
    "unit",
    ["• a\n", "a\n\n", "A B:\nc\n\n", "word ", " " * 9 + "- a\n", "Title Case\n\n", "1. a\n", "=====\n", "a,\n\n"],
)
def test_odd_text_takes_linear_time(unit: Any) -> None:
    assert linear(lambda times: plain("Knee pain\n\nIt is common.\n\n" + unit * times), 8_000)


def test_numbers_in_columns_do_not_run_together() -> None:
    words = said(
        plain("Fever\n\nAge\tDose\n1\t5 mg\n<5    10 mg\n\nThe rest of the page has words in a sentence.\n")
    )
    assert "1, 5 mg" in words
    assert "<5, 10 mg" in words
