"""A text that was read in another encoding than it was written in is refused: a voice would say other doses."""

import pytest

from tests.sources.pages import main, plain, said
from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.sources import html
from voicegen.sources.decoding import decode


def labelled(body: str, encoding: str, label: str, lang: str = "en") -> SourceFile:
    head = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="{label}"></head><body><main><h1>Page</h1>'
    return SourceFile("page.html", head.encode() + body.encode(encoding) + b"</main></body></html>")


@pytest.mark.fault("F28", "a page in another encoding than it says is refused, with the likely one")
@pytest.mark.parametrize(
    ("body", "encoding", "lang"),
    [
        ("Пациентам принимать 5 мг препарата один раз в день", "windows-1251", "ru"),
        ("Ασθενείς παίρνουν 50 μg του φαρμάκου κάθε μέρα", "windows-1253", "el"),
        (
            "Pacjent może przyjmować 5 mg leku. Lekarz zaleci większą dawkę, jeśli ból się nasili",
            "windows-1250",
            "pl",
        ),
        ("Pacient může užívat větší dávku, když léčba nepomůže", "windows-1250", "cs"),
        ("Hasta ağrı için günde 5 mg alır, ağrı artarsa doktoruna başvurur", "windows-1254", "tr"),
        ("يجب تناول الدواء كل يوم بعد الطعام", "windows-1256", "ar"),
        ("每天服用五毫克的药物, 一日三次", "gbk", "zh"),
    ],
)
def test_a_page_that_says_latin_1_and_is_in_another_encoding_is_refused(
    body: str, encoding: str, lang: str
) -> None:
    with pytest.raises(SourceError, match="not in the encoding that it says") as caught:
        html.read(labelled(f"<p>{body}</p>", encoding, "iso-8859-1", lang))
    assert f'<meta charset="{encoding}">' in caught.value.remedy
    assert body in decode(labelled(f"<p>{body}</p>", encoding, encoding, lang), labelled=True)[0]


@pytest.mark.fault("F28", "signs of amounts that were misread are refused, whichever encodings met")
@pytest.mark.parametrize(
    "read_in", ["cp1252", "cp1250", "cp1251", "cp1253", "cp874", "mac_roman", "cp437", "gb18030"]
)
@pytest.mark.parametrize("amount", ["5 µg", "5 μg", "38 °C", "≤ 5 mg", "≥5 mg", "10 × 2", "2 ± 1"])
def test_signs_of_amounts_in_utf8_that_were_read_otherwise_are_refused(amount: str, read_in: str) -> None:
    misread = amount.encode().decode(read_in, "replace")
    with pytest.raises(SourceError, match=r"encod|lost|name of a sign"):
        plain(f"Dose\n\nYou may be told to take {misread} of it a day, as it is usual.\n")


@pytest.mark.parametrize(
    "words",
    ["5 æg a day", "38 øC at night", "5 礸 a day", "38 癈 at night", "5 ?g a day", "38 ?C", "10?20 mg",
     "Î±-blockers", "Å“dème", "5 &le; 10 mg", "take 5 &amp;micro;g", "donвЂ™t take it", "don‚Äôt take it"],
)  # fmt: skip
def test_a_sign_that_became_another_is_refused(words: str) -> None:
    with pytest.raises(SourceError, match=r"encod|lost|name of a sign"):
        plain(f"Dose\n\nYou may be told: {words}, as it is usual in such a case.\n")


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        ("Kostråd: 3 æg om ugen, 2 øl om dagen og en ål", "da"),
        ("Tome 7 ó 8 tabletas, no más de 10; ¿38 °C? Sí", "es"),
        ("1 無。2 有。脳と体", "ja"),
        ("1 Állapot, 2 Általános tünetek, csökkenő fájdalom, erős", "hu"),
        ("Bệnh nhân uống 5 µg mỗi ngày, không được tự ý dừng thuốc", "vi"),
        ("Dose ? 5 mg, AT&T; R&D; 5 < 6 & 7", "fr"),
        ("Le NAÏF « MAÏS », l´hôpital, 5 m² et 10 m³", "fr"),
    ],
)
def test_honest_signs_are_not_taken_for_misread_ones(words: str, lang: str) -> None:
    shown = words.replace("&", "&amp;").replace("<", "&lt;")
    assert words == said(main(f"<p>{shown}</p>", lang))


@pytest.mark.parametrize(
    ("body", "encoding", "label"),
    [
        ("① 5㎎、10㎏", "euc_jis_2004", "euc-jp"),
        ("每日5毫克，€20，𠮷", "gb18030", "gb2312"),
        ("① 5㎎", "cp932", "shift_jis"),
    ],
)
def test_signs_that_browsers_know_in_an_encoding_are_read(body: str, encoding: str, label: str) -> None:
    assert body in decode(labelled(f"<p>{body}</p>", encoding, label), labelled=True)[0]


def test_a_page_in_utf8_that_says_it_is_in_chinese_bytes_is_read_as_utf8() -> None:
    text, notices = decode(
        labelled("<p>每天服用五毫克的药物，一日三次 ≤ 5 µg</p>", "utf-8", "gb2312"), labelled=True
    )
    assert "每天服用五毫克的药物，一日三次 ≤ 5 µg" in text
    assert "UTF-8" in notices[0]


@pytest.mark.fault("F29", "a control character in a number is refused, since it may have been a dash")
@pytest.mark.parametrize("number", ["5\x1e10 mg", "1\x005 mg", "H\x1f2 5 mg", "5\x02mg"])
def test_a_control_character_in_a_number_is_refused(number: str) -> None:
    with pytest.raises(SourceError, match=r"page\.txt, line 2: an unseen control character"):
        decode(SourceFile("page.txt", f"Dose\nTake {number} a day".encode()))


def test_a_line_break_as_word_copies_it_parts_lines() -> None:
    assert decode(SourceFile("page.txt", b"5\x0b10 mg")) == ("5\n10 mg", ())


def test_hungarian_with_letters_of_latin_1_is_read_and_staff_are_told() -> None:
    told = "Az elsõ tünetek után az orvosi ellenõrzés fontos, és a szülõk hívják az orvost, ha nem jobb."
    document = main(f"<p>{told}</p><p>A gyógyszer nem gyermekeknek való, és ezt csak az orvos adja.</p>", "hu")
    assert told in said(document)
    assert any("õ for ő" in notice for notice in document.notices)


def test_a_cyrillic_letter_in_a_unit_is_named() -> None:
    with pytest.raises(SourceError, match="is a Cyrillic letter") as caught:
        main("<p>Take 5 мg of it.</p>")
    assert "mg or µg" in caught.value.remedy


@pytest.mark.parametrize("words", [r"\(5 \times 10^{6}\) units", r"if it is \geq 5", r"take $\frac12$ tablet"])
def test_a_formula_that_a_program_in_the_browser_draws_is_refused(words: str) -> None:
    with pytest.raises(SourceError, match="TeX"):
        main(f"<p>{words}</p>")


@pytest.mark.parametrize("amount", ["5 \uf06dg", "20 \uf0b0C", "\uf0a35 mg", "5\uf0b410", "\uf0b365 years"])
def test_a_private_sign_of_the_font_symbol_in_an_amount_is_refused(amount: str) -> None:
    with pytest.raises(SourceError, match="only the font Symbol has"):
        main(f"<p>Take {amount} of it.</p>")


@pytest.mark.parametrize("words", ["\uf0b7 5 mg", "\uf0b75 mg", "\uf095 01632 960000", "5 mg \uf0b7 10 mg"])
def test_a_bullet_of_that_font_and_an_icon_are_none(words: str) -> None:
    assert "mg" in said(main(f"<p>{words}, 5 mg</p>"))
