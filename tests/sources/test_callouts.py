"""Boxes that tell to call an ambulance are emergencies, whatever sign or class they were typed with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sources.pages import FILLER, marked, page
from voicegen.model.document import Callout, Quotation

CALLS = [
    "**Urgence : appelez le 15 ou le 112.**",
    "**Emergency:** call 999 at once.",
    "**Notfall:** Wählen Sie sofort die 112.",
    "Rufen Sie bei Brustschmerz sofort den Notruf 112.",
    "**Urgencia:** llame al 112.",
    "Chiami subito il 118.",
    "**Emergência:** ligue para o 112.",
    "**Spoed:** bel direct 112.",
]


def _boxes(document: Any, kind: type = Callout) -> list[Any]:
    blocks = [block for part in (document, *document.sections) for block in part.blocks]
    return [block for block in blocks if isinstance(block, kind)]


@pytest.mark.parametrize("words", CALLS)
def test_an_emergency_typed_as_a_quotation_is_announced_as_one(words: str) -> None:
    document = marked(f"# Asthma\n\nAsthma narrows the airways.\n\n> {words}\n\nMore.\n")
    assert [box.urgency for box in _boxes(document)] == ["emergency"]
    assert not _boxes(document, Quotation)


@pytest.mark.parametrize(
    "words",
    [
        "I was so short of breath that I had to call 999.",
        "“Call 999,” she said.",
        "Do not call 999 for a repeat of your medicine.",
        "Asthma is a disease of the airways.",
        "Call 15 000 people.",
    ],
)
def test_what_somebody_says_stays_a_quotation(words: str) -> None:
    document = marked(f"# Asthma\n\nAsthma narrows the airways.\n\n> {words}\n\nMore.\n")
    assert _boxes(document, Quotation)
    assert not _boxes(document)


@pytest.mark.parametrize("attributes", ['class="alert alert-danger"', 'class="alert alert-info"', "role=alert"])
@pytest.mark.parametrize("words", [words.replace("*", "") for words in CALLS])
def test_a_box_whose_class_leaves_it_open_is_an_emergency_by_its_words(attributes: str, words: str) -> None:
    document = page(f"<main><h1>Asthma</h1>{FILLER}<div {attributes}>{words}</div><p>More.</p></main>")
    assert [box.urgency for box in _boxes(document)] == ["emergency"]


@pytest.mark.parametrize(
    ("attributes", "words", "urgency"),
    [
        ('class="alert alert-danger"', "<h4>Warnung</h4><p>Rufen Sie die 112.</p>", "warning"),
        ('class="alert alert-danger"', "Do not call 999 for this.", "warning"),
        ('class="callout urgent"', "Call 999 if it gets worse.", "urgent"),
        ('class="alert alert-danger"', "Do not drink.", "warning"),
    ],
)
def test_a_box_that_says_its_urgency_keeps_it(attributes: str, words: str, urgency: str) -> None:
    document = page(f"<main><h1>Asthma</h1>{FILLER}<div {attributes}>{words}</div><p>More.</p></main>")
    assert [box.urgency for box in _boxes(document)] == [urgency]
