"""Zip files that are made to do harm are refused before they do, by what they declare and by what they are."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from tests.converting.documents import changed, document, saved
from voicegen.converting import convert, package, trees
from voicegen.errors import SourceError

SOUND = saved(document())


def refused(data: bytes, words: str) -> None:
    for name in ("x.docx", "x.epub"):
        with pytest.raises(SourceError, match=words) as caught:
            convert(data, name)
        assert caught.value.remedy


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.mark.fault("F27", "a file that grows beyond reason is refused by what it declares")
def test_a_file_that_grows_beyond_reason_is_refused_by_what_it_declares() -> None:
    refused(zipped({"word/document.xml": bytes(6 << 20)}), "grow more than")


@pytest.mark.fault("F27", "a file that declares less than it holds is refused when it is read")
def test_a_file_that_declares_less_than_it_holds_is_refused_when_it_is_read() -> None:
    size = 40 << 20
    data = changed(SOUND, {"word/document.xml": None})
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"<a>" + bytes(size))
    lie = out.getvalue().replace(struct.pack("<L", size + 3), struct.pack("<L", 1000))
    with pytest.raises(SourceError, match=r"damaged|too large"):
        convert(lie, "x.docx")


@pytest.mark.fault("F27", "too many files are refused")
def test_many_files_are_refused() -> None:
    refused(zipped({f"f{at}": b"" for at in range(package.MOST_FILES + 1)}), "more than 10000 files")


def test_a_large_sum_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    refused(SOUND, "unpack to more than")


def test_all_that_is_read_is_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_READ_BYTES", 2000)
    with pytest.raises(SourceError, match="too large"):
        convert(SOUND, "x.docx")


@pytest.mark.fault("F27", "a name that leads outside is refused")
@pytest.mark.parametrize(
    "name", ["../evil.xml", "a/../../evil", "/etc/passwd", "C:\\evil", "..\\evil", "\\\\host\\x"]
)
def test_a_name_outside_of_the_file_is_refused(name: str) -> None:
    refused(zipped({name: b"x"}), "outside of it")


@pytest.mark.fault("F27", "a link, and a second file of a name, are refused")
def test_a_link_and_a_second_file_of_a_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    refused(out.getvalue(), "a link instead of a file")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "a")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("word/document.xml", "b")
    refused(out.getvalue(), "two files of the same name")


def test_a_file_with_a_password_is_refused_by_name() -> None:
    data = bytearray(SOUND)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := data.find(sign, start)) >= 0:
            data[start + at] |= 1
            start += 4
    with pytest.raises(SourceError, match="password"):
        convert(bytes(data), "x.docx")


XML = [
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><r>&e;</r>',
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>',
    '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r/>',
]


@pytest.mark.attack("input", "no part of a Word file declares entities")
@pytest.mark.parametrize("xml", XML)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_a_part_of_a_word_file_declares_no_document_type(xml: str, name: str) -> None:
    with pytest.raises(SourceError, match="document type"):
        convert(changed(SOUND, {name: xml}), "x.docx")


def test_deep_and_divided_trees_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<a>" * 5000 + "</a>" * 5000
    with pytest.raises(SourceError, match="beyond reason"):
        convert(changed(SOUND, {"word/document.xml": deep}), "x.docx")
    monkeypatch.setattr(trees, "MOST_ELEMENTS", 100)
    with pytest.raises(SourceError, match="beyond reason"):
        convert(changed(SOUND, {"word/document.xml": f"<a>{'<b/>' * 100}</a>"}), "x.docx")
