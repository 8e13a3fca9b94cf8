"""The corpus of the gauntlet: sentences as they are shown, with the speech that is expected of them.

One sentence a line, in UTF-8: BCP 47 tag, sentence as shown, expected speech, separated by tabs. Further columns
are other speech that is as right. Lines that begin with "#" are remarks (tests/gauntlet/README.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from voicegen.errors import MissingPartError, SettingsError

HERE = Path(__file__).parent
PLACES = (HERE / "sentences", HERE.parent.parent / "tests" / "gauntlet")
"""Where our corpus lies: in an installed package, and beside the package in its repository."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the corpus."""

    lang: str
    """BCP 47 tag."""
    shown: str
    expected: tuple[str, ...]
    """What is right to say; the first is what voicegen says itself."""
    where: str
    """File and line, for messages."""

    @property
    def language(self) -> str:
        """The tag without its region, in lower case."""
        return self.lang.split("-")[0].lower()


def read(place: Path | None = None) -> tuple[Sentence, ...]:
    """The sentences of a `.tsv` file or of all of a folder, in order; ours where no place is given.

    Raises SettingsError where a line is not of the form, MissingPartError where ours can't be found.
    """
    sentences = [sentence for file in _files(place) for sentence in _sentences(file)]
    if not sentences:
        raise SettingsError(str(place), "there is no sentence in it", "Write one a line, as the README says.")
    return tuple(sentences)


def _files(place: Path | None) -> list[Path]:
    if place is not None and place.is_file():
        return [place]
    for folder in PLACES if place is None else (place,):
        if found := sorted(folder.glob("*.tsv")):
            return found
    if place is None:
        raise MissingPartError("the gauntlet", "its sentences were not installed", "Install voicegen again.")
    raise SettingsError(str(place), "there is no .tsv file here", "Give a .tsv file, or a folder of them.")


def _sentences(file: Path) -> list[Sentence]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise SettingsError(str(file), f"it is not UTF-8 (byte {trouble.start})", "Save it as UTF-8.") from trouble
    except OSError as trouble:
        raise SettingsError(str(file), f"it can't be read ({trouble.strerror})") from trouble
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return [
        _sentence(line, f"{file}, line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.startswith("#")
    ]


def _sentence(line: str, where: str) -> Sentence:
    lang, *columns = (column.strip() for column in line.split("\t"))
    if len(columns) < 2 or not all(columns):
        raise SettingsError(
            where, "it is not a tag, a sentence and its speech", "Separate the three by tabs; leave none empty."
        )
    if not _TAG.match(lang):
        raise SettingsError(where, f"{lang!r} is no language tag", "Write one such as en-GB, es or fr-CA.")
    if any(_STEERING.search(column) for column in columns):
        raise SettingsError(where, "it holds a control character", "Take it out: a sentence is one line of text.")
    return Sentence(lang, columns[0], tuple(columns[1:]), where)
