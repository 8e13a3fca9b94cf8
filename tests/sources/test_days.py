"""Days of review in lines that are not read are told with the page, or staff are told that they can't be."""

from __future__ import annotations

import pytest

from tests.sources.pages import FILLER, marked, page, plain, said


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Page last reviewed: 14/03/2026", {"reviewed": "2026-03-14"}),
        ("Page last reviewed: 03/14/2026", {"reviewed": "2026-03-14"}),
        ("Last reviewed 2026-03-14", {"reviewed": "2026-03-14"}),
        ("Last reviewed: 05/05/2026", {"reviewed": "2026-05-05"}),
        (
            "Page last reviewed: 14 March 2026 Next review due: 14 March 2029",
            {"reviewed": "2026-03-14", "next-review": "2029-03-14"},
        ),
        ("Next review due: March 14, 2029", {"next-review": "2029-03-14"}),
        ("Zuletzt geprüft: 14.03.2026", {"reviewed": "2026-03-14"}),
        ("Nächste Überprüfung: 3. April 2029", {"next-review": "2029-04-03"}),
        ("Stand: März 2026", {"updated": "März 2026"}),
        ("Dernière révision : 14/03/2026", {"reviewed": "2026-03-14"}),
        ("Dernière mise à jour : 1er avril 2026", {"updated": "2026-04-01"}),
        ("Prochaine révision : mars 2029", {"next-review": "mars 2029"}),
        ("Última revisión: 14 de marzo de 2026", {"reviewed": "2026-03-14"}),
        ("Próxima revisión: 14/03/2029", {"next-review": "2029-03-14"}),
        ("Última revisão: 14/03/2026", {"reviewed": "2026-03-14"}),
        ("Ultima revisione: 14 marzo 2026", {"reviewed": "2026-03-14"}),
        ("最終更新日：2026年3月14日", {"updated": "2026-03-14"}),
    ],
)
def test_a_line_about_the_page_tells_its_days(line: str, days: dict[str, str]) -> None:
    document = page(f"<main><h1>Asthma</h1>{FILLER}<p>{line}</p></main>")
    assert dict(document.metadata) == days
    assert line not in said(document)
    assert dict(marked(f"# Asthma\n\nAsthma narrows the airways.\n\n{line}\n").metadata) == days


@pytest.mark.parametrize(
    "line", ["Page last reviewed: 03/04/2026", "Reviewed: 31/02/2026", "Last reviewed: 3/4/26"]
)
def test_a_day_that_may_be_two_is_none_and_staff_are_told(line: str) -> None:
    for document in (
        page(f"<main><h1>Asthma</h1>{FILLER}<p>{line}</p></main>"),
        marked(f"# Asthma\n\nAsthma narrows the airways.\n\n{line}\n"),
    ):
        assert document.metadata == ()
        assert any(line in notice and "could not be understood" in notice for notice in document.notices)


def test_a_text_file_tells_its_days() -> None:
    told = "Asthma narrows the airways of the lungs, and breathing is hard work.\n\n"
    source = "Asthma\n\n" + 12 * told + "Last reviewed: 14 March 2026\n"
    assert dict(plain(source).metadata)["reviewed"] == "2026-03-14"


def test_what_an_element_says_for_programs_comes_first() -> None:
    line = '<p>Last reviewed: <time datetime="2026-03-14">03/04/2026</time></p>'
    document = page(f"<main><h1>Asthma</h1>{FILLER}{line}</main>")
    assert dict(document.metadata) == {"reviewed": "2026-03-14"}
    assert not document.notices
