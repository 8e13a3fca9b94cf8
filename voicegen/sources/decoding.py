"""The text of a page's bytes, or a refusal: never mojibake, because mojibake would be spoken.

The order is that of WHATWG HTML, section 13.2.3.2: a byte order mark, then the label that the page gives, read
through the WHATWG Encoding table (which takes latin-1 as windows-1252), then UTF-8, strictly.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

import webencodings

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.characters import is_newer
from voicegen.sources.mojibake import misread, misread_letters
from voicegen.sources.wordsets import word_set

LIMIT_BYTES = 5_000_000
"""Larger pages are refused: a condition page has some 100 KB, and a tree takes many times its size in memory."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_PRESCAN_BYTES = 4096
"""The standard looks at 1,024; pages that open with long comments or scripts need more."""
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_META = re.compile(rb"<meta\b[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([^\"']+)", re.I)

_SAVE_AS_UTF8 = "Open it in an editor, correct the characters and save it as UTF-8."

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""C0 controls other than tab, line feed, form feed and return: nothing in them is meant for a reader."""
_SOFT_BREAK = "\x0b"
"""A line break inside a paragraph, as Word copies it."""
_WITHIN_NUMBER = re.compile(rf"\d{_CONTROLS.pattern}+[^\W_]|[^\W\d_]{_CONTROLS.pattern}+\d")
"""Danger: Word's own hyphen is such a character (0x1E), and "5-10 mg" without it is "510 mg"."""
_MOST_CONTROLS = 0.02
"""A file with more of them than this share of its characters is no text."""

_LOST = re.compile("[\ufffd\x80-\x9f]")
"""The replacement character, and C1 controls, which are windows-1252 punctuation read as latin-1."""

_EVIDENCE = 16
"""Characters that must look double-encoded; a few do by chance (French has "à", a hard space and "»" in a row)."""
_PLAUSIBLE = 0.5
"""Share of the characters beyond ASCII that must look double-encoded before a whole text counts as such."""


def decode(file: SourceFile, *, labelled: bool = False) -> tuple[str, tuple[str, ...]]:
    """The file's text, with line ends as line feeds and without control characters, and notices for staff.

    `labelled` is for HTML, whose `meta` names the encoding. Raises SourceError where the bytes are too many, not
    text, or not in the encoding that they should be in.
    """
    data = file.data
    if len(data) > LIMIT_BYTES:
        raise SourceError(
            file.name,
            f"has {len(data) / 1e6:.1f} MB, more than the {LIMIT_BYTES / 1e6:.0f} MB that a page may have",
            "Divide it, or save the page without embedded pictures.",
        )
    if b"\0" in data and not data.startswith(tuple(mark for mark, _ in _BOMS)) and 3 * data.count(0) > len(data):
        raise SourceError(file.name, "it is saved as UTF-16 without the mark that tells so", "Save it as UTF-8.")
    text, notices = _decoded(file, labelled)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_SOFT_BREAK, "\n")
    found = len(_CONTROLS.findall(text))
    if found > max(8, _MOST_CONTROLS * len(text)):
        raise SourceError(file.name, "it is no text: it is full of control characters", "Save the page as text.")
    if within := _WITHIN_NUMBER.search(text):
        line = text.count("\n", 0, within.start()) + 1
        shown = " ".join(_CONTROLS.sub("\u2423", text[max(0, within.start() - 20) : within.end() + 20]).split())
        raise SourceError(
            f"{file.name}, line {line}",
            f"an unseen control character stands in or beside a number (in “{shown}”, where you see \u2423):"
            " nobody can tell whether it was a dash, a point or nothing",
            "Write the number anew.",
        )
    if found:
        notices.append(f"{found} control characters were taken out.")
        text = _CONTROLS.sub("", text)
    return text, tuple(notices)


def _decoded(file: SourceFile, labelled: bool) -> tuple[str, list[str]]:
    data = file.data
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(file, data[len(mark) :], encoding, encoding), []
    label = _label(file) if labelled else ""
    if not label:
        return _strict(file, data, "utf-8", labelled=labelled), []
    encoding = webencodings.lookup(label)
    if encoding is None:
        notice = f'The page names an unknown encoding, "{label}"; it was read as UTF-8.'
        return _strict(file, data, "utf-8", label, labelled=True), [notice]
    if encoding.name in ("utf-16le", "utf-16be", "x-user-defined"):
        # A label that could be read as ASCII can't be in UTF-16; the standard takes UTF-8 then.
        return _strict(file, data, "utf-8", labelled=True), []
    likely = encoding.name != "utf-8" and _is_multibyte_utf8(data)
    if likely and (encoding.name not in _MULTIBYTE or len(_THREE_BYTES.findall(data)) >= _FEWEST_THREES):
        return data.decode("utf-8"), [f'The page says "{label}" but is UTF-8; it was read as UTF-8.']
    return _strict(file, data, _larger(encoding, data), label, labelled=True), []


_MULTIBYTE = word_set("gbk gb18030 big5 euc-jp iso-2022-jp shift_jis euc-kr")
"""Encodings whose own text may by chance be valid UTF-8, so that their label is believed…"""
_THREE_BYTES = re.compile(b"[\xe1-\xef][\x80-\xbf]{2}")
_FEWEST_THREES = 8
"""…but not where so many characters have three bytes, as those of these languages have in UTF-8."""
_LARGER = {
    **{"gbk": "gb18030", "euc-jp": "euc_jis_2004"},
    **{"shift_jis": "cp932", "big5": "big5hkscs", "euc-kr": "cp949"},  # webencodings 0.5.1 gives the small ones
}
"""Codecs with the signs of an encoding that Python's own codec for it lacks and browsers know, such as "①", "㎎"
and "€" (WHATWG Encoding, sections 10.1.1 and 12.1.1)."""


def _larger(encoding: webencodings.Encoding, data: bytes) -> str:
    """The codec that can read the bytes: the encoding's own, if it can."""
    own: str = encoding.codec_info.name
    if encoding.name in _LARGER:
        try:
            data.decode(own)
        except UnicodeDecodeError:
            return _LARGER[encoding.name]
    return own


def _label(file: SourceFile) -> str:
    head = _COMMENT.sub(b"", file.data[:_PRESCAN_BYTES])
    found = _META.search(head) or _XML.search(head)
    return found[1].decode("ascii", "replace") if found else ""


def _is_multibyte_utf8(data: bytes) -> bool:
    """Whether the bytes hold characters beyond ASCII, all in UTF-8: by chance that hardly ever happens."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(file: SourceFile, data: bytes, encoding: str, label: str = "", *, labelled: bool = False) -> str:
    """The text in that encoding; `label` is what the page calls it, and `labelled` whether it may."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = _words_before(data[: error.start].decode(encoding, "replace"))
        place = f"the character after “{before}”" if before else "its first character"
        said = f"the page says that it is in {label}" if label else "the file is not saved as UTF-8"
        legacy = _reads_in_windows(data, error.start)
        guess = f"; in Windows-1252 it would read “{legacy}”" if legacy else ""
        name = "windows-1252" if legacy else "NAME"
        other = f', or say its encoding in its head: <meta charset="{name}">' if labelled else ""
        raise SourceError(
            f"{file.name}, line {line}",
            f"{place} can't be read (byte 0x{data[error.start]:02X}): {said}{guess}",
            f"Open it in an editor and save it with the encoding UTF-8{other}.",
        ) from error


def _words_before(text: str) -> str:
    """The last words of a text: those on its last line, or before it where that has none."""
    near = text[-_NEAR:]
    lines = [" ".join(_TAGS.sub(" ", line).split()) for line in near.split("\n")]
    line = next(filter(None, reversed(lines)), "")
    return line if len(line) <= _WORDS_BEFORE else line[-_WORDS_BEFORE:].partition(" ")[2] or line[-_WORDS_BEFORE:]


_NEAR = 400
"""Characters that are looked at for words: more are hardly ever tags only."""
_TAGS = re.compile(r"<[^>]*>?")
_WORDS_BEFORE = 40
"""Characters before an unreadable one that staff find it by."""


def _reads_in_windows(data: bytes, at: int) -> str:
    """The word around a byte in Windows-1252, which Western Windows wrote; empty where that makes no sense.

    It makes sense where letters beyond ASCII are rare: in texts of other scripts nearly every letter is one.
    """
    beyond = sum(byte > 0x7F for byte in data)
    if 3 * beyond > sum(bytes((byte,)).isalpha() for byte in data):
        return ""
    for around in _WORD_BYTES.finditer(data, max(0, at - 20), at + 20):
        if around.start() <= at < around.end():
            return around[0].decode("cp1252", "replace")
    return ""


_WORD_BYTES = re.compile(rb"[A-Za-z\x80-\xff'-]+")


def check_spoken(file: SourceFile, source: str, pieces: Iterable[str], lang: str = "") -> None:
    """Raises SourceError where a text that would be spoken was damaged before it came to us, or is unknown."""
    spoken = list(pieces)
    _check_whole(file, source, spoken, lang)
    for piece in spoken:
        lost = _LOST.search(piece)
        if lost:
            _refuse(file, source, piece, lost.start(), "a character was lost in an earlier conversion")
        twice = _DOUBLE.search(piece)
        if twice and _is_double(piece, twice):
            _refuse(file, source, piece, twice.start(), f'"{twice[0]}" is text that was encoded twice')
        if wrong := misread(piece, lang):
            _refuse(file, source, piece, *wrong)
        newer = [] if piece.isascii() else [piece.index(sign) for sign in set(piece) if is_newer(sign)]
        if newer:
            sign = piece[min(newer)]
            what = f"U+{ord(sign):04X} is no sign of Unicode 14, and a voice would leave it out"
            _refuse(file, source, piece, min(newer), what, "Write it in another way, such as in words.")


def _check_whole(file: SourceFile, source: str, spoken: list[str], lang: str) -> None:
    """Raises SourceError where most of the text was encoded twice, or is in another encoding than it says."""
    whole = "\n".join(spoken)
    beyond = sum(character > "\x7f" for character in whole)
    doubled = sum(len(match[0]) for match in _ANY_DOUBLE.finditer(whole) if _undo(match[0]))
    if doubled >= _EVIDENCE and doubled > _PLAUSIBLE * beyond:
        raise SourceError(file.name, "is text that was encoded twice", _SAVE_AS_UTF8)
    for wrong in misread_letters(spoken, lang):
        _refuse(file, source, whole, *wrong)


def _refuse(file: SourceFile, source: str, piece: str, at: int, what: str, remedy: str = _SAVE_AS_UTF8) -> None:
    begin = max(0, at - 20)
    near = piece[begin : at + 20].replace("\n", " ").strip()
    place = source.find(piece[max(0, at - 8) : at + 1])
    line = f", line {source.count(chr(10), 0, place) + 1}" if place >= 0 else ""
    raise SourceError(f"{file.name}{line}", f'{what} (near "{near}")', remedy)


# What the bytes 0x80 to 0xBF, which continue a UTF-8 character, look like when read as windows-1252.
_CONTINUATION = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_MORE = "[" + re.escape(_CONTINUATION) + "]"
_DOUBLE = re.compile(f"[\u00c2\u00c3]{_MORE}|\u00e2[\u20ac\u201a\u201e\u2030\u2020\u2021\u02c6]{_MORE}")
_ANY_DOUBLE = re.compile(f"[\u00c2-\u00df]{_MORE}|[\u00e0-\u00ef]{_MORE}{{2}}")
_CLOSING = "\u201d\u2019\u00bb\u2026\u2013\u2014\u00a0\u201c"


def _is_double(piece: str, match: re.Match[str]) -> bool:
    """Whether the sign is no capital at a word's end before a quotation mark, as in a title in Portuguese."""
    after_capital = match.start() > 0 and piece[match.start() - 1].isupper()
    return bool(_undo(match[0])) and not (after_capital and match[0][1] in _CLOSING)


def _undo(characters: str) -> str:
    """The text that the characters were before they were encoded a second time, or an empty string."""
    try:
        return b"".join(_byte(character) for character in characters).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return ""


def _byte(character: str) -> bytes:
    return character.encode("latin-1") if character <= "\xff" else character.encode("cp1252")
