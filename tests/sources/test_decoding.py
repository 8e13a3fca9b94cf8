import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.formats._braille_signs import plain
from voicegen.model.characters import is_seen, is_wide, name_of
from voicegen.sources import decoding
from voicegen.sources.decoding import check_spoken, decode
from voicegen.sources.text import read

SENTENCE = "Café — 5 µg ≥ ½"


def html_of(encoding: str, label: str = "") -> SourceFile:
    meta = f'<meta charset="{label}">' if label else ""
    return SourceFile("page.html", f"<html>{meta}<p>Caf\u00e9 \u2013 5 \u00b5g</p>".encode(encoding))


def test_utf8_without_a_label_is_read_as_utf8() -> None:
    assert decode(SourceFile("a.txt", SENTENCE.encode())) == (SENTENCE, ())


@pytest.mark.fault("F28", "a byte order mark tells the encoding and is not text")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding_and_is_not_text(encoding: Any) -> None:
    assert decode(SourceFile("a.txt", SENTENCE.encode(encoding)))[0] == SENTENCE


@pytest.mark.fault("F28", "“Latin 1” is read as browsers read it")
@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "windows-1252", "ISO-8859-1"])
def test_latin_1_means_windows_1252_as_in_browsers(label: Any) -> None:
    assert "Café – 5 µg" in decode(html_of("cp1252", label), labelled=True)[0]


def test_the_label_may_stand_in_an_http_equiv_meta() -> None:
    data = b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + "Боль".encode("koi8-r")
    assert "Боль" in decode(SourceFile("a.html", data), labelled=True)[0]


def test_a_label_inside_a_comment_is_no_label() -> None:
    data = b"<!-- <meta charset=koi8-r> --><p>" + "Schmerz für".encode()
    assert "für" in decode(SourceFile("a.html", data), labelled=True)[0]


@pytest.mark.fault("F28", "UTF-8 under a wrong label is read as UTF-8")
def test_utf8_that_is_labelled_latin_1_is_read_as_utf8_with_a_notice() -> None:
    text, notices = decode(html_of("utf-8", "iso-8859-1"), labelled=True)
    assert "Café – 5 µg" in text
    assert "UTF-8" in notices[0]


def test_a_label_in_plain_text_is_just_text() -> None:
    assert decode(SourceFile("a.txt", "<meta charset=latin1> é".encode()))[0].endswith("é")


@pytest.mark.fault("F28", "bytes that are no text are refused with their place")
@pytest.mark.parametrize(
    ("label", "said"), [("", "the file is not saved as UTF-8"), ("utf-8", "the page says that it is in utf-8")]
)
def test_bytes_that_are_not_utf8_are_refused_with_their_place_and_a_remedy(label: str, said: str) -> None:
    meta = f"<meta charset={label}>\n".encode() if label else b"\n"
    with pytest.raises(SourceError) as caught:
        decode(SourceFile("knee.html", meta + b"<p>Rheuma <b>h\xf6rt</b> man</p>"), labelled=True)
    assert caught.value.where == "knee.html, line 2"
    assert "the character after “Rheuma h” can't be read (byte 0xF6)" in caught.value.what
    assert said in caught.value.what
    assert "in Windows-1252 it would read “hört”" in caught.value.what
    assert "save it with the encoding UTF-8" in caught.value.remedy
    assert '<meta charset="windows-1252">' in caught.value.remedy


def test_a_text_that_can_not_name_its_encoding_is_not_told_to() -> None:
    with pytest.raises(SourceError, match=r"knee\.txt, line 2: .*“Müde”") as caught:
        decode(SourceFile("knee.txt", "Knie\nMüde".encode("cp1252")))
    assert caught.value.remedy == "Open it in an editor and save it with the encoding UTF-8."


@pytest.mark.parametrize(("words", "encoding"), [("Боль в колене", "cp1251"), ("膝が痛いです", "shift_jis")])
def test_no_western_reading_is_offered_for_other_scripts(words: str, encoding: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(SourceFile("knee.html", f"<p>{words}</p>".encode(encoding)), labelled=True)
    assert "its first character" in caught.value.what
    assert "Windows" not in str(caught.value)


def test_utf16_without_its_mark_is_told() -> None:
    with pytest.raises(SourceError, match="saved as UTF-16 without the mark"):
        decode(SourceFile("knee.txt", "Knee pain\n\nIt aches.".encode("utf-16-le")))
    with pytest.raises(SourceError, match="saved as UTF-16 without the mark"):
        decode(SourceFile("knee.txt", "Knee pain\n\nUn café chaud.".encode("utf-16-be")))


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_are_text_or_refused_in_words(data: bytes, labelled: bool) -> None:
    with contextlib.suppress(SourceError):
        said = decode(SourceFile("a.html", data), labelled=labelled)[0]
        assert not any(sign < " " and sign not in "\t\n\f" for sign in said)


def test_an_unknown_label_is_noticed_and_the_page_read_as_utf8() -> None:
    text, notices = decode(html_of("utf-8", "klingon"), labelled=True)
    assert "Café" in text
    assert "klingon" in notices[0]


@pytest.mark.parametrize("label", ["rot13", "base64", "idna", "hex"])
def test_a_label_never_starts_a_codec_that_is_no_encoding_of_text(label: Any) -> None:
    assert "Café" in decode(html_of("utf-8", label), labelled=True)[0]


@pytest.mark.fault("F29", "control characters are taken out with a notice")
def test_line_ends_are_line_feeds_and_control_characters_are_taken_out_with_a_notice() -> None:
    text, notices = decode(SourceFile("a.txt", b"one\r\ntwo\rthree \x01\x00five"))
    assert text == "one\ntwo\nthree five"
    assert "2 control characters" in notices[0]


def test_a_file_that_is_no_text_is_refused() -> None:
    with pytest.raises(SourceError, match="no text"):
        decode(SourceFile("a.txt", bytes(range(32)) * 40))


def test_a_page_of_more_than_five_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(SourceError, match=r"5\.0 MB.*Divide it"):
        decode(SourceFile("a.txt", b"a" * (decoding.LIMIT_BYTES + 1)))


def spoken(text: str) -> None:
    check_spoken(SourceFile("knee.html", b""), f"first line\n{text}", [text])


@pytest.mark.fault("F28", "text that was encoded twice, or damaged, is never spoken")
@pytest.mark.parametrize(
    "text",
    ["5 Âµg", "EspaÃ±ol", "the patientâ€™s knee", "20â€“30 mg", "CafÃ©", "a lost \ufffd sign", "20\u009630 mg"],
)
def test_damaged_text_is_never_spoken(text: Any) -> None:
    with pytest.raises(SourceError, match=r"knee\.html, line 2: .*save it as UTF-8"):
        spoken(text)


def test_text_of_another_script_that_was_encoded_twice_is_refused() -> None:
    with pytest.raises(SourceError, match="encoded twice"):
        spoken("Колено и вода в суставе".encode().decode("cp1252", "ignore"))


@pytest.mark.parametrize(
    "text",
    [
        "Il a dit « déjà\u00a0» et « été\u00a0».",
        "Das macht „Spaß“ – und „Größe“.",
        "“AMANHÔ, “IRMÃ…” e MAÇÃ – NÃO",
        "Âge, Être, forêt, 5 µg, ±2 °C",
        "São João, coração, opções",
        "naïve façade, señor, Ångström, Łódź",
    ],
)
def test_honest_text_with_accents_is_not_taken_for_damaged(text: Any) -> None:
    spoken(text)


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_give_text_without_control_characters_or_our_error(data: Any, labelled: Any) -> None:
    try:
        text, _ = decode(SourceFile("a.html", data), labelled=labelled)
    except SourceError:
        return
    assert not set(text) & {chr(code) for code in range(32) if code not in (9, 10, 12)}


@pytest.mark.parametrize("sign", ["\u20c1", "\u0cf3", "\U000105c0", "\U00031350", "\U00033480", "\u0378"])
def test_a_sign_that_only_later_pythons_know_is_refused_on_each_since_no_voice_says_it(sign: str) -> None:
    page = f"Visits\n\nWhat they cost\nA first visit costs {sign} 200.\n"
    with pytest.raises(SourceError, match=rf"line 4: U\+{ord(sign):04X} is no sign of Unicode 14.*in words"):
        read(SourceFile("visits.txt", page.encode()))


@pytest.mark.parametrize("picture", ["\U0001fa77", "\U0001fae9", "\U0001faea", "\U0001faf9"])
def test_a_picture_that_only_later_pythons_know_is_read_as_all_pictures_are(picture: str) -> None:
    assert read(SourceFile("visits.txt", f"Visits\n\nCosts\nA visit {picture} is free.\n".encode())).sections
    assert is_seen(picture)
    assert is_wide(picture)
    assert plain(f"free {picture}") == f"free {picture}"
    assert name_of("\U0001fa77") == "pink heart"
