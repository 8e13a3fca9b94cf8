import json

from tests.sources.pages import main
from voicegen.sources.outline import outline

BODY = (
    "<p>It is common.</p><h2>Care</h2><p>Do this:</p><ul><li>Rest<ul><li>a day</li></ul></li><li>Ice</li></ul>"
    "<table><tr><th>Age<th>Dose<tr><td>6<td>5 ml</table><h3>Later</h3><p>Walk.</p>"
    "<details><summary>Is it arthritis?</summary><p>Perhaps.</p></details><button>Print</button>"
)


def test_an_outline_is_plain_values_that_a_program_can_read() -> None:
    assert json.loads(json.dumps(outline(main(BODY)))) == outline(main(BODY))


def test_sections_stand_in_reading_order_with_their_level() -> None:
    sections = outline(main(BODY))["sections"]
    assert [(entry["level"], entry["heading"]) for entry in sections] == [
        (1, "Knee pain"),
        (2, "Care"),
        (3, "Later"),
        (4, "Is it arthritis?"),
    ]


def test_a_section_counts_what_it_holds_and_not_what_its_sub_sections_hold() -> None:
    care = outline(main(BODY))["sections"][1]
    assert (care["n_paragraphs"], care["n_list_items"], care["n_tables"]) == (1, 3, 1)
    assert "5 ml" in care["text"]
    assert "Walk" not in care["text"]


def test_questions_of_a_definition_list_are_entries_of_their_own() -> None:
    dl = "<h2>FAQ</h2><dl><dt>Is it arthritis?</dt><dd>Perhaps.</dd><dt>Can I run?</dt><dd>Slowly.</dd></dl>"
    sections = outline(main(dl))["sections"]
    assert [(entry["level"], entry["heading"], entry["text"]) for entry in sections[1:]] == [
        (2, "FAQ", ""),
        (3, "Is it arthritis?", "Perhaps."),
        (3, "Can I run?", "Slowly."),
    ]


def test_leavings_and_notices_are_listed() -> None:
    found = outline(main(BODY))
    assert {"text": "Print", "reason": "label or control of a page tool", "where": "line 1, <button>"} in found[
        "left_out"
    ]
    assert found["notices"] == []


def test_raised_digits_are_told_as_such() -> None:
    """`voicegen inspect` had 10⁹ as 109."""
    body = (
        "<h2>Below 10<sup>9</sup></h2><p>At most 5 mg/m<sup>2</sup>.</p>"
        "<details><summary>Over 10<sup>9</sup>?</summary><p>Call us.</p></details>"
        "<dl><dt>Is 10<sup>6</sup> much?</dt><dd>No.</dd><dt>Is 10?</dt><dd>No.</dd></dl>"
    )
    sections = outline(main(body))["sections"]
    assert [one["heading"] for one in sections[1:]] == ["Below 10⁹", "Over 10⁹?", "Is 10⁶ much?", "Is 10?"]
    assert sections[1]["text"] == "At most 5 mg/m²."
