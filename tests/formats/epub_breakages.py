"""Ways to break a real talking book, what finds each, and how to write the broken one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voicegen.sound import mp3

Files = dict[str, bytes]
PACKAGE, OVERLAY, TEXT = "EPUB/package.opf", "EPUB/part-03.smil", "EPUB/part-03.xhtml"


@dataclass(frozen=True, slots=True)
class Breakage:
    """One way to break a book."""

    name: str
    edit: Callable[[Files], None]
    ours: str
    """What our own check says, as a pattern."""
    epubcheck: str = ""
    """The message of EPUBCheck; empty where it has none."""


def replaced(name: str, pattern: str, new: str, count: int = 1) -> Callable[[Files], None]:
    """An edit of one file; it must change something."""

    def edit(files: Files) -> None:
        text, times = re.subn(pattern, new, files[name].decode(), count=count, flags=re.DOTALL)
        assert times, f"{pattern} is not in {name}"
        files[name] = text.encode()

    return edit


def swapped(files: Files) -> None:
    """Exchanges the elements of the first two clips of an overlay."""
    text = files[OVERLAY].decode()
    one, two = re.findall(r'<text src="([^"]+)"', text)[:2]
    text = text.replace(f'"{one}"', '"?"', 1).replace(f'"{two}"', f'"{one}"', 1).replace('"?"', f'"{two}"', 1)
    files[OVERLAY] = text.encode()


def shifted(files: Files) -> None:
    """Moves every inner clip border of an overlay by 60 ms."""
    text = files[OVERLAY].decode()
    borders = sorted(set(re.findall(r'clipBegin="([\d.]+)s"', text)), key=float)[1:-1]
    for border in borders:
        moved = f"{float(border) + 0.06:.3f}"
        text = text.replace(f'"{border}s"', f'"{moved}s"')
    files[OVERLAY] = text.encode()


def exchanged_overlays(files: Files) -> None:
    """Gives two texts each other's overlay."""
    text = files[PACKAGE].decode()
    text = text.replace('media-overlay="i-part-02.smil"', 'media-overlay="?"')
    text = text.replace('media-overlay="i-part-03.smil"', 'media-overlay="i-part-02.smil"')
    files[PACKAGE] = text.replace('media-overlay="?"', 'media-overlay="i-part-03.smil"').encode()


def past_the_end(files: Files) -> None:
    """Lets the last clip of an overlay, and the lengths with it, go on for a minute that is not recorded."""
    text = files[OVERLAY].decode()
    end = re.findall(r'clipEnd="([\d.]+)s"', text)[-1]
    at = text.rindex(f'clipEnd="{end}s"')
    files[OVERLAY] = (text[:at] + text[at:].replace(end, f"{float(end) + 60:.3f}", 1)).encode()

    def longer(match: re.Match[str]) -> str:
        return f"{match[1]}{float(match[2]) + 60:.3f}s"

    package = files[PACKAGE].decode()
    for pattern in (r'(refines="#i-part-03.smil">)([\d.]+)s', r'(property="media:duration">)([\d.]+)s'):
        package, times = re.subn(pattern, longer, package)
        assert times == 1
    files[PACKAGE] = package.encode()


def without_recording(files: Files) -> None:
    """Cuts a recording after its tenth frame, and nothing else."""
    name = next(name for name in files if name.endswith("-treatment.mp3"))
    at = 0
    for _ in range(10):
        head = mp3.header(files[name], at)
        assert head is not None
        at += head.length
    files[name] = files[name][:at]


NINE = (
    Breakage(
        "a wrong total",
        replaced(PACKAGE, r'(property="media:duration">)[\d.]+s', r"\g<1>9.000s"),
        "all clips last",
        "MED_016",
    ),
    Breakage(
        "an overlay without its length",
        replaced(PACKAGE, r'<meta property="media:duration" refines="#i-part-03.smil">[^<]*</meta>', ""),
        "its clips last",
        "RSC-005",
    ),
    Breakage(
        "an element that is not there", replaced(OVERLAY, r"#l\w+", "#nowhere"), "there is no 'nowhere'", "RSC-012"
    ),
    Breakage(
        "a clip that ends where it begins",
        replaced(OVERLAY, r'clipBegin="([\d.]+s)" clipEnd="[\d.]+s"', r'clipBegin="\1" clipEnd="\1"'),
        "not inside the recording",
        "MED-009",
    ),
    Breakage(
        "the overlays of two texts exchanged",
        exchanged_overlays,
        "not the overlay of just the one text",
        "MED_012",
    ),
    Breakage(
        "a text that does not name its overlay",
        replaced(PACKAGE, r' media-overlay="i-part-03.smil"', ""),
        "is heard 0 times",
        "MED_010",
    ),
    Breakage("another order than the text's", swapped, "in the order of its text", "MED_015"),
    Breakage("a clip past the end of its recording", past_the_end, "not inside the recording"),
    Breakage(
        "nothing on accessibility",
        replaced(PACKAGE, r'<meta property="schema:access[^>]*>[^<]*</meta>', "", count=0),
        "does not say schema:accessMode",
    ),
)
"""Those of which EPUBCheck sees seven, one of them only when it is asked for usage messages."""
MORE = (
    Breakage(
        "words that nobody reads",
        replaced(TEXT, r"</h2>", "</h2><p>Not read.</p>"),
        "'Not read.' is heard 0 times",
    ),
    Breakage("words that are shown otherwise", replaced(TEXT, "Sit up straight", "Lie down"), "with other words"),
    Breakage(
        "a label of somebody else",
        replaced(TEXT, r"</h2>", '</h2><p class="unspoken">Take 500 mg.</p>'),
        "'Take 500 mg.' is heard 0 times",
    ),
    Breakage("a sentence read twice", replaced(OVERLAY, r"(<par>.*?</par>)", r"\1\1"), "not read once"),
    Breakage("every border late", shifted, "where no line does"),
    Breakage("a gap", replaced(OVERLAY, r'clipEnd="([\d.]+)\d\ds"', r'clipEnd="\g<1>00s"'), "without a gap"),
    Breakage("a recording cut off", without_recording, "not inside the recording"),
    Breakage(
        "a chapter that the contents lack",
        replaced("EPUB/nav.xhtml", "#c-causes", "#c-treatment"),
        "does not lead to",
    ),
    Breakage(
        "contents in other words",
        replaced("EPUB/nav.xhtml", ">Causes<", ">Cures<"),
        "it calls 'c-causes' 'Cures'",
    ),
    Breakage(
        "contents with another sound",
        replaced("EPUB/nav.smil", r'clipEnd="[\d.]+s"', 'clipEnd="0.500s"'),
        "heard otherwise than in the text",
    ),
    Breakage(
        "a file that nothing names", lambda files: files.update({"EPUB/more.js": b"x"}), "not in its manifest"
    ),
    Breakage("a file that is missing", lambda files: files.__delitem__("EPUB/book.css"), "but not in the book"),
    Breakage(
        "entities", replaced(TEXT, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "b">]>'), "declares entities"
    ),
    Breakage("markup that is not closed", replaced(TEXT, "</h2>", ""), "not well-formed"),
    Breakage("a time that is none", replaced(OVERLAY, r'clipEnd="[\d.]+s"', 'clipEnd="soon"'), "is no time"),
)


def broken(book: Path, breakage: Breakage, to: Path) -> None:
    """Writes the book once more, broken."""
    with zipfile.ZipFile(book) as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
    breakage.edit(files)
    with zipfile.ZipFile(to, "w") as archive:
        for name, data in files.items():
            kind = (
                zipfile.ZIP_STORED
                if name == "mimetype" or name.endswith((".mp3", ".png"))
                else zipfile.ZIP_DEFLATED
            )
            archive.writestr(zipfile.ZipInfo(name), data, kind)
