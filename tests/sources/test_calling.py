"""A number to call is not lost with a section that is headed as a site's contacts are."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, left, marked, page, plain, said
from voicegen.model.document import Reason

NUMBERS = [
    ("Contact", "Asthma advice line: 0300 222 5800."),
    ("Contact us", "NHS 111 is open 24/7"),
    ("Kontakt", "Der ärztliche Bereitschaftsdienst ist unter 116 117 erreichbar."),
    ("Contacto", "Llame al 900 123 456 si empeora."),
    ("Contatti", "Chiami il numero verde 800 123 456"),
    ("Contact", "Tel. 01 42 34 56 78"),
    ("Get in touch", "Write to us at asthma@clinic.example"),
    ("Contact", "Contact your asthma nurse if you get worse."),
    ("お問い合わせ", "03-1234-5678"),
]


@pytest.mark.parametrize(("heading", "words"), NUMBERS)
def test_whom_to_call_is_spoken_in_a_section_of_the_content(heading: str, words: str) -> None:
    for document in (
        marked(f"# Asthma\n\nAsthma narrows the airways.\n\n## {heading}\n\n{words}\n\n## After\n\nMore.\n"),
        page(f"<main><h1>Asthma</h1>{FILLER}<h2>{heading}</h2><p>{words}</p></main>"),
        page(f"<body><article><h1>Asthma</h1>{FILLER}<h2>{heading}</h2><ul><li>{words}</ul></article>"),
    ):
        assert heading in said(document)
        assert words in said(document)


def test_a_helpline_is_spoken_under_other_headings_of_sites() -> None:
    document = marked("# Asthma\n\nIt is long.\n\n## Further reading\n\nAsthma helpline 0300 222 5800\n")
    assert "0300 222 5800" in said(document)
    assert "Opening hours" in said(
        marked("# Asthma\n\nIt is long.\n\n## Opening hours\n\nThe nurse is here on Tuesdays.\n")
    )


def test_plain_text_keeps_the_number() -> None:
    source = "ASTHMA\n\nAsthma narrows the airways, and breathing is hard.\n\nCONTACT\n\nCall 0300 222 5800.\n"
    assert "0300 222 5800" in said(plain(source))


@pytest.mark.parametrize("words", ["12 High Street, Leeds", "Phone: 0113 496 0000", "Mon 9:00 - 17:00"])
def test_a_sites_own_box_stays_out_where_nothing_says_that_it_is_content(words: str) -> None:
    document = page(f"<nav>Asthma</nav><h1>Asthma</h1>{FILLER}<h2>Contact us</h2><p>{words}</p>")
    assert words not in said(document)
    assert words in left(document, Reason.CONTACT)


def test_advice_to_call_is_spoken_even_there() -> None:
    told = "If you are worried at night, call the advice line on 0300 222 5800."
    assert told in said(page(f"<nav>Asthma</nav><h1>Asthma</h1>{FILLER}<h2>Contact us</h2><p>{told}</p>"))


def test_a_page_without_anything_of_a_site_is_its_authors() -> None:
    assert "0113" in said(page(f"<h1>Asthma</h1>{FILLER}<h2>Contact us</h2><p>Phone: 0113 496 0000</p>"))


def test_contacts_in_the_foot_and_beside_the_content_stay_out() -> None:
    box = "<h2>Contact</h2><p>Call us on 0113 496 0000.</p>"
    document = page(f"<main><h1>Asthma</h1>{FILLER}</main><aside>{box}</aside><footer>{box}</footer>")
    assert "0113" not in said(document)


@pytest.mark.parametrize("markup", ['<div class="entry-content">{}</div>', '<div id="main">{}</div>'])
def test_what_programs_call_the_text_is_content(markup: str) -> None:
    told = "<h2>Contato</h2><p>Telefone 0800 123 4567</p>"
    body = f'<div id="page"><div class="top">Clínica</div>{markup.format(f"<h1>Asma</h1>{FILLER}{told}")}</div>'
    assert "0800 123 4567" in said(page(body))
