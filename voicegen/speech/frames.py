"""The words in a recording that are ours, not the author's: "End of table", "Image", "Urgent advice".

They are data, one file for each language (`words/<language>.toml`, table `frames`). A language without a file
has no frame words: nothing is ever said in the wrong language, and pauses alone carry the structure.
Sources: DAISY Pipeline 2 ("End of table"), UKAAF MS01 (contents and length first), NHS care cards (urgency).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from voicegen.model.document import Urgency
from voicegen.speech.language import code_of, word_data
from voicegen.speech.plurals import category


@dataclass(frozen=True)
class Frames:
    """The frame words of one language. Every text is empty where the language has none."""

    language: str
    """Two or three letters; empty where we have no words for the language."""
    words: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.words)

    def _say(self, key: str, **facts: object) -> str:
        return self.words.get(key, "").format(**facts)

    def _count(self, key: str, number: int) -> str:
        return self._say(f"{key}_{category(number, self.language)}", number=number)

    def table(self, columns: int, rows: int) -> str:
        """Announces a table and its size, as in "Table, 3 columns, 2 rows."."""
        return self._say("table", columns=self._count("columns", columns), rows=self._count("rows", rows))

    @property
    def empty_cell(self) -> str:
        """Said in the place of a cell that holds nothing: "empty"."""
        return self._say("empty_cell")

    @property
    def end_of_callout(self) -> str:
        """Closes a box of advice, so that what follows is not taken for part of it."""
        return self._say("end_of_callout")

    @property
    def end_of_table(self) -> str:
        """Closes a table."""
        return self._say("end_of_table")

    @property
    def image(self) -> str:
        """Comes before an image's text alternative: "Image:"."""
        return self._say("image")

    @property
    def end_of_image(self) -> str:
        """Closes a long description of an image."""
        return self._say("end_of_image")

    @property
    def quotation(self) -> str:
        """Comes before a quotation."""
        return self._say("quotation")

    @property
    def end_of_quotation(self) -> str:
        """Closes a quotation."""
        return self._say("end_of_quotation")

    @property
    def contents(self) -> str:
        """Comes before the list of chapters: "Contents:"."""
        return self._say("contents")

    @property
    def caption(self) -> str:
        """Comes before a caption."""
        return self._say("caption")

    def chapters(self, number: int) -> str:
        """Says how many chapters there are, as in "This recording has 5 chapters."."""
        return self._count("chapters", number)

    def minutes(self, number: int) -> str:
        """Says how long the recording is, in whole minutes, as in "It lasts about 5 minutes."."""
        return self._count("minutes", number)

    def from_publisher(self, publisher: str) -> str:
        """Names the publisher in the opening, as in "From Example Clinic."."""
        return self._say("from_publisher", publisher=publisher)

    def publisher_lines(self, publisher: str, lang: str) -> tuple[tuple[str, bool], ...]:
        """What names the publisher, line by line, and whether a line is in the language of the name.

        One line, or two where that language, `lang`, is another than that of the page.
        """
        whole = self.from_publisher(publisher)
        if not whole or not lang or code_of(lang) == self.language:
            return ((whole, False),)
        before, after = self.words["from_publisher"].split("{publisher}")
        parts = ((before.strip(), False), (f"{publisher}{after}".strip(), True))
        return tuple(part for part in parts if part[0])

    def reviewed(self, date: str) -> str:
        """Says when the page was last reviewed; `date` is as it is to be spoken."""
        return self._say("reviewed", date=date)

    def review_overdue(self, date: str) -> str:
        """Tells readers and listeners that the review of the page is overdue; `date` is as it is to be shown."""
        return self._say("review_overdue", date=date)

    def end_of(self, title: str) -> str:
        """Closes the recording, as in "End of Back pain."."""
        return self._say("end_of", title=title)

    def item(self, number: int) -> str:
        """The number that a list item carries, as in "1."."""
        return self._say("item", number=number)

    def inner_list(self, number: int) -> str:
        """Announces a list inside an item of another, as in "3 points:"."""
        return self._count("inner_list", number)

    @property
    def end_of_inner_list(self) -> str:
        """Closes a list inside an item, where what follows would sound like part of it."""
        return self._say("end_of_inner_list")

    def note(self, mark: str) -> str:
        """Comes before a note, as in "Note 1:", "Note star:"."""
        return self._say("note", mark=self._mark(mark))

    def see_note(self, mark: str) -> str:
        """Comes after a cell of a table that has a note: "See note 1."."""
        return self._say("see_note", mark=self._mark(mark))

    def _mark(self, mark: str) -> str:
        signs = mark if mark[:1] in "*†‡§¶#" else [mark]
        return " ".join(self.words.get(f"sign_{sign}", sign.upper()) for sign in signs)

    def urgency(self, urgency: Urgency) -> str:
        """The label of a callout, without a colon: "Immediate action required"."""
        return self._say("urgency_" + urgency.replace("-", "_"))


@lru_cache(maxsize=64)
def frames(lang: str) -> Frames:
    """The frame words for a BCP 47 tag; false and empty where we have none in that language."""
    data = word_data(lang)
    return Frames(str(data["language"]), data["frames"]) if data else Frames("", {})
