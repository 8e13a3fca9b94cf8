"""Small things that sites put between and into the text: signs, dates, links, microdata, pulled quotations."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, left, main, marked, page, said
from voicegen.model.document import Disclosure, Image, Reason
from voicegen.sources.phrases import reason_of_block


@pytest.mark.parametrize(
    "line",
    [
        "Last reviewed: 14 March 2026",
        "Page last updated on May 3, 2026",
        "Next review due: 14 March 2029",
        "Medically reviewed by Dr A. Ngata, cardiologist",
        "Published on 3 May 2026",
        "Letzte Aktualisierung: 3. Mai 2026",
        "Stand: Mai 2026",
        "Mis à jour le 3 mai 2026",
        "Última actualización: 3 de mayo de 2026",
        "Laatst bijgewerkt: 2 april 2026",
        "最終更新日：2026年5月3日",
    ],
)
def test_a_line_that_only_dates_the_page_is_about_the_page(line: str) -> None:
    assert reason_of_block(line) is Reason.METADATA


@pytest.mark.parametrize(
    "line",
    [
        "Your tablets are reviewed every year.",
        "Last year 3 in 10 people had it.",
        "Next, check that the mask fits.",
        "Reviewed by your nurse, the plan tells you what to do each day.",
        "Published studies show that rest helps.",
        "Standing for hours makes it worse since 2020.",
        "Updated doses: 5 mg in the morning, 10 mg in the evening, nothing after 22:00 unless a doctor says so.",
    ],
)
def test_a_sentence_of_the_text_is_not_taken_for_a_date_of_the_page(line: str) -> None:
    assert reason_of_block(line) is None
    assert line in said(main(f"{FILLER}<p>{line}</p>"))


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="medication-review"><p>Your doctor reviews the tablets.</p></div>',
        '<p>Call <span itemprop="telephone">111</span> at night.</p>',
        '<p>At night call <span itemprop="telephone">111</span></p>',
        '<ul><li><span itemprop="address">Ward 4</span></li></ul>',
        "<p>In use since <span><time datetime='2020-05-01'>May 2020</time></span>, it is safe.</p>",
        "<table><tr><th>Dose<th>Day<tr><td>First<td><time>Monday</time></table>",
        "<details><summary><em>Open</em> wounds</summary><p>Cover them.</p></details>",
        "<details><summary>5 <span>–</span> 10 mg</summary><p>Each day.</p></details>",
        '<p>The <button aria-describedby="t">atria</button> quiver.</p>',
        "<p><button>Atria</button> are rooms of the heart.</p>",
        '<ul class="icon-list"><li><span class="icon-list-text">Worn shoes</span></li></ul>',
        '<p><span style="text-decoration:underline">Never</span> stop it.</p>',
        '<div class="visible-print-width"><p>Rest it.</p></div>',
        '<p>You can <a href="/x">read more about the heart</a> at home.</p>',
    ],
)
def test_nothing_of_the_text_is_lost_to_these_rules(markup: str) -> None:
    document = main(f"{FILLER}{markup}")
    dropped = [piece for piece in document.left_out if piece.where != "line 1, <head>"]
    assert dropped == []


@pytest.mark.parametrize(
    ("markup", "words", "reason"),
    [
        ("<div><time datetime='2026-05-03'>May 3, 2026</time></div>", "May 3, 2026", Reason.METADATA),
        ('<div itemprop="author">Dr L. Prado</div>', "Dr L. Prado", Reason.METADATA),
        ('<p class="see-also"><a href="/ecg">The ECG</a></p>', "The ECG", Reason.RELATED),
        ('<p><a href="/ecg">Read more about the ECG</a> »</p>', "Read more about the ECG »", Reason.RELATED),
        ('<p>Find out more:</p><ul><li><a href="/s">Salt</a></li></ul>', "Salt", Reason.RELATED),
        ('<p>Rest.</p><p><a href="#top">↑ Back to top</a></p>', "↑ Back to top", Reason.NAVIGATION),
        ("<button aria-expanded=false>Show all sections</button>", "Show all sections", Reason.WIDGET),
        ('<p class="print-only">Printed from our site.</p>', "Printed from our site.", Reason.HIDDEN),
        ("<noscript>Please allow JavaScript.</noscript>", "Please allow JavaScript.", Reason.HIDDEN),
    ],
)
def test_what_belongs_to_the_site_is_left_out_with_its_reason(markup: str, words: str, reason: Reason) -> None:
    assert words in left(main(f"{FILLER}{markup}"), reason)


def test_a_quotation_of_the_pages_own_words_is_said_once() -> None:
    quote = "<blockquote><p>“When its cartilage wears thin, the bones come closer together”</p></blockquote>"
    document = main(f"{FILLER}{quote}<blockquote><p>It came back after a year of running.</p></blockquote>")
    assert said(document).count("cartilage") == 1
    assert "It came back" in said(document)
    assert len(left(document, Reason.REPEATED)) == 1


def test_a_short_panel_that_a_button_opens_is_text_and_a_menu_is_not() -> None:
    document = main(
        f'{FILLER}<h3><button aria-controls="a" aria-expanded="false">May I run?</button></h3>'
        '<div id="a" hidden><p>Not yet.</p></div>'
        '<button aria-controls="m">Menu</button><div id="m" hidden><a href="/a">Home</a> <a href="/b">Us</a></div>'
    )
    assert "Not yet." in said(document)
    assert "Home" not in said(document)


def test_a_control_that_is_no_button_opens_its_panel_too() -> None:
    document = main(
        f'{FILLER}<div role="button" aria-controls="p" aria-expanded="false"><a>May I run?</a></div>'
        '<div id="p" role="region"><p>Not yet.</p></div>'
    )
    [disclosure] = [block for block in document.blocks if isinstance(block, Disclosure)]
    assert disclosure.summary.plain == "May I run?"


def test_an_image_of_an_amp_page_is_an_image() -> None:
    document = main(f'{FILLER}<amp-img src="k.jpg" alt="A knee"><div fallback>No picture</div></amp-img>')
    [image] = [block for block in document.blocks if isinstance(block, Image)]
    assert image.alt is not None
    assert image.alt.plain == "A knee"
    assert left(document, Reason.HIDDEN) == ["No picture"]


def test_a_drawing_is_described_by_its_title_and_description_and_its_labels_are_accounted_for() -> None:
    drawing = '<svg role="img"><title>A knee</title><desc>It bends.</desc><text>femur</text></svg>'
    document = main(f"{FILLER}{drawing}")
    assert "A knee. It bends." in said(document)
    assert left(document, Reason.DECORATION) == ["femur"]


def test_the_days_of_a_page_are_gathered_wherever_it_names_them() -> None:
    head = '<meta property="article:published_time" content="2025-01-10T08:00:00+01:00">'
    document = page(
        f'<main><h1>Knee</h1>{FILLER}<p>Last reviewed: <time datetime="2026-03-14">14 March</time></p>'
        '<p>Next review due <time datetime="2029-03-14">2029</time></p></main>'
        '<footer><meta itemprop="dateModified" content="2026-04-01"></footer>',
        head=head,
    )
    assert document.about("published") == "2025-01-10"
    assert document.about("reviewed") == "2026-03-14"
    assert document.about("next-review") == "2029-03-14"
    assert document.about("updated") == "2026-04-01"


def test_front_matter_names_the_next_review_as_every_page_does() -> None:
    document = marked("---\nreviewed: 2026-03-14\nnext_review: 2029-03-14\n---\n# Knee\n\nIt aches.\n")
    assert (document.about("reviewed"), document.about("next-review")) == ("2026-03-14", "2029-03-14")


def test_a_tab_is_left_out_where_its_panel_holds_nothing() -> None:
    document = main(
        f'{FILLER}<div role="tablist"><a role="tab" href="#a">Causes</a><a role="tab" href="#b">Empty</a></div>'
        '<div role="tabpanel" id="a"><p>Too much running.</p></div><div role="tabpanel" id="b" hidden></div>'
    )
    assert [section.heading.plain for section in document.all_sections()] == ["Causes"]
    assert "Empty" in " ".join(piece.text for piece in document.left_out)
