"""What a rule looks at: the characters of one sentence, how they are marked up, and what is claimed already.

Every rule reads the author's own characters, never another rule's words. A rule claims the few characters
that it knows how to say; the first claim on a character holds. That is why rules cannot disturb each other
and why every spoken word maps back to the characters that it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from voicegen.model.document import Run
from voicegen.speech import enclosed
from voicegen.speech.language import Language
from voicegen.speech.page_words import NOTHING_DEFINED, PageWords
from voicegen.speech.plain_letters import plain_letters
from voicegen.speech.quantities import Quantity, quantities
from voicegen.speech.raised import inverse_units, is_marker

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Claim(NamedTuple):
    """The characters `start` to `end` of a passage are to be said as `words` (empty: not said)."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of speech."""

    name: str
    about: str
    """What it does, in one sentence for the clinic's staff."""
    find: Callable[[Passage], Iterable[Claim]]
    looks_for: str = ""
    """Where it can only apply to text with a digit: "digit"; to text with a capital pair: "capitals"."""


class Span(NamedTuple):
    """Characters of a passage that come from one run."""

    start: int
    end: int
    run: Run


@dataclass(slots=False)
class Passage:
    """One sentence: its text, the runs it is made of, its language, and the words that its page defines."""

    runs: Sequence[Run]
    language: Language
    page: PageWords = NOTHING_DEFINED
    _taken: bytearray = field(init=False)

    def __post_init__(self) -> None:
        self.shown = self.runs[0].text if len(self.runs) == 1 else "".join(run.text for run in self.runs)
        """The characters as the author wrote them."""
        self.text = plain_letters(enclosed.blanked(inverse_units(self.runs, self.shown)))
        """The same in plain letters and digits, place by place, with blanks for the marks of notes and numbers in
        circles, which are no part of the words that they touch: what the rules read."""
        self._taken = bytearray(len(self.text))
        self.marks = tuple(self._found_marks())
        """The raised runs that are marks of notes."""

    def _found_marks(self) -> Iterator[Span]:
        lowered = {span.start for span in self.positioned("sub")}
        for span in self.positioned("note", "sup"):
            upper = span.end in lowered  # the number of a fraction
            if not upper and is_marker(span.run, self.text[: span.start], self.text[span.end :]):
                self.text = self.text[: span.start] + " " * len(span.run.text) + self.text[span.end :]
                yield span

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The runs with their places."""
        spans: list[Span] = []
        end = 0
        for run in self.runs:
            start, end = end, end + len(run.text)
            spans.append(Span(start, end, run))
        return tuple(spans)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every number in the text with the unit that follows it."""
        found = quantities(self._with_powers(), self.language)
        raised = {span.start for span in self.positioned("sup") if self.after(span.end).isalpha()}
        return tuple(one for one in found if one.start not in raised) if raised else found  # no isotopes: "¹⁴C"

    def _with_powers(self) -> str:
        """The text with digits that are raised over others as such, so that "2·10" and a raised 9 stay apart."""
        text = self.text
        for span in self.positioned("sup"):
            if (
                span not in self.marks
                and text[span.start - 1 : span.start].isdigit()
                and span.run.text.isdecimal()
            ):
                text = text[: span.start] + span.run.text.translate(_RAISED) + text[span.end :]
        return text

    @cached_property
    def measured(self) -> frozenset[int]:
        """Where the numbers end that have a unit."""
        return frozenset(quantity.number_end for quantity in self.quantities if quantity.measure is not None)

    @cached_property
    def has_digit(self) -> bool:
        """Whether the text holds a number in digits or as a fraction sign."""
        return self.language.digit.search(self.text) is not None

    def free(self, start: int, end: int) -> bool:
        """Whether no rule has claimed any of these characters."""
        return not any(self._taken[start:end])

    def take(self, claim: Claim) -> bool:
        """Marks the characters of a claim as claimed; False where some of them were already."""
        if claim.end <= claim.start or not self.free(claim.start, claim.end):
            return False
        self._taken[claim.start : claim.end] = b"\1" * (claim.end - claim.start)
        return True

    def before(self, position: int) -> str:
        """The character before `position`, or an empty string."""
        return self.text[position - 1 : position] if position else ""

    def after(self, position: int) -> str:
        """The character at `position`, or an empty string."""
        return self.text[position : position + 1]

    def positioned(self, *positions: str) -> Iterator[Span]:
        """The runs that stand at one of these positions ("sup", "sub", "note")."""
        if len(self.runs) > 1 or (self.runs and self.runs[0].position):
            yield from (span for span in self.spans if span.run.position in positions and span.run.text)
