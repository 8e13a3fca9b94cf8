"""Which element of a text each line of a recording is heard with: the sound has no gap, and nothing is lost.

A line of the author's words is heard with the element that holds them. What is said around them (the number of an
item, the headers of a cell, "End of table") stands nowhere in the text: it is heard with the element that it
announces or closes. Whoever writes the text tells, element by element in reading order, what is heard with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicegen.errors import PublicationError
from voicegen.model.script import Line, Script
from voicegen.model.timeline import Timeline
from voicegen.steps.timecode import to_ms


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a chapter's sound. Each ends where the next begins; together they are the chapter."""

    chapter: int
    """Counted from 0."""
    begin_ms: int
    """From the chapter's start, as `end_ms`."""
    end_ms: int


@dataclass(slots=True)
class _Part:
    """The lines that are heard with one element; numbers count the script's lines."""

    id: str
    chapter: int
    first: int
    end: int


class Narration:
    """Gives the lines of a script to elements, in order."""

    def __init__(self, page: str, script: Script, aside: str = "") -> None:
        """Takes what is said; `page` is for messages, `aside` the form of `read_asides`, a null for its mark."""
        self._page = page
        self._aside = re.compile(re.escape(aside).replace("\0", ".+")) if aside else None
        self._lines = [(line, at) for at, chapter in enumerate(script.chapters) for line in chapter.lines]
        self._parts: list[_Part] = []
        self._given = 0
        """Lines before this one have their element."""
        self._read = 0
        """Lines from `_given` to this one wait for the next element, or go to the one before."""

    @property
    def waiting(self) -> bool:
        """Whether something has been read that no element has yet."""
        return self._given < self._read

    @property
    def count(self) -> int:
        """How many elements have been given lines."""
        return len(self._parts)

    def line(self, *roles: str) -> Line | None:
        """Reads the line that comes next, if it is none of the author's words and has one of the roles."""
        line = self._next()
        if line is None or line.role not in roles:
            return None
        self._read += 1
        return line

    def read(self, words: str) -> Line | None:
        """Reads on up to the line of ours that says just `words`, before the author's next; gives it.

        Reads nothing, and gives None, where there is none.
        """
        for at in range(self._read, len(self._lines)):
            line = self._lines[at][0]
            if line.target is not None:
                return None
            if line.role == "frame" and line.spoken == words:
                self._read = at + 1
                return line
        return None

    def read_asides(self) -> bool:
        """Reads on over what leads elsewhere from a cell, such as "See note 1."; False: none is."""
        at = self._read
        self._read = self._after_asides(at)
        return self._read > at

    def read_echoes(self, most: int, only: str = "") -> bool:
        """Reads on over the headers said for a cell and up to `most` texts after them (each `only`, if given).

        Reads nothing, and gives False, where something else comes next.
        """
        at = self._read
        while (line := self._echo(at)) and line.spoken.endswith(":"):
            at = self._after_asides(at + 1)
        end = at
        while most and (line := self._echo(end)) and line.spoken in {only or line.spoken}:
            if line.spoken.endswith(":"):
                break
            end, most = self._after_asides(end + 1), most - 1
        if end == at:
            return False
        self._read = end
        return True

    def read_header(self) -> bool:
        """Reads on over the one header that is said next, if one is."""
        line = self._echo(self._read)
        if line is None or not line.spoken.endswith(":"):
            return False
        self._read += 1
        return True

    def speak(self, name: str) -> None:
        """The author's line with the id `name`, and what is said before it, are heard with the element of that id.

        Raises PublicationError where a line before it has no element, or it has one already.
        """
        at = self._read
        while at < len(self._lines) and self._lines[at][0].target is None:
            at += 1
        if at == len(self._lines) or self._lines[at][0].id != name:
            raise PublicationError(self._page, f"line {name} is not spoken in the order of the text", _REPORT)
        self._read = at
        self._leave_chapter(self._lines[at][1])
        self._read = at + 1
        self.give(name)

    def speak_before(self, name: str) -> None:
        """What announces the author's next words in this chapter is heard with the element `name`."""
        while (line := self._next()) and line.role not in {"opening", "ending"}:
            if self._lines[self._read][1] != self._lines[self._given][1]:
                break
            self._read += 1
        self.give(name)

    def give(self, name: str) -> bool:
        """What has been read is heard with the element `name`; False where nothing has been read.

        Raises PublicationError where it is in two chapters.
        """
        if not self.waiting:
            return False
        chapter = self._lines[self._given][1]
        if chapter != self._lines[self._read - 1][1]:
            raise PublicationError(self._page, f"{name} is heard in two chapters", _REPORT)
        self._parts.append(_Part(name, chapter, self._given, self._read))
        self._given = self._read
        return True

    def give_back(self) -> None:
        """What has been read is heard with the element before, if that is in the same chapter."""
        last = self._parts[-1] if self._parts else None
        if last and last.end == self._given < self._read and self._lines[self._read - 1][1] == last.chapter:
            last.end = self._given = self._read

    def clips(self, timeline: Timeline) -> dict[str, Clip]:
        """The clip of each element, by its id.

        Raises PublicationError where a line has no element, or the timeline is not the script's.
        """
        self._read = len(self._lines)
        self.give_back()
        if self._given < len(self._lines):
            line = self._lines[self._given][0]
            raise PublicationError(self._page, f"line {line.id} is heard with no element", _REPORT)
        cues = timeline.cues
        if [cue.line for cue in cues] != [line.id for line, _ in self._lines]:
            raise PublicationError(self._page, "the timeline's lines are not the script's", "Build it again.")
        clips: dict[str, Clip] = {}
        for at, part in enumerate(self._parts):
            mark, rate = timeline.marks[part.chapter], timeline.rate_hz
            before = at and self._parts[at - 1].chapter == part.chapter
            last = at + 1 == len(self._parts) or self._parts[at + 1].chapter != part.chapter
            begin = cues[part.first].start if before else mark.start
            end = mark.end if last else cues[part.end].start
            if part.id in clips:
                raise PublicationError(self._page, f"{part.id} is heard twice", _REPORT)
            clips[part.id] = Clip(part.chapter, to_ms(begin - mark.start, rate), to_ms(end - mark.start, rate))
        return clips

    def _leave_chapter(self, chapter: int) -> None:
        """What waits from an earlier chapter than `chapter` stays there."""
        read, self._read = self._read, self._given
        while self._read < read and self._lines[self._read][1] < chapter:
            self._read += 1
        self.give_back()
        self._read = read

    def _after_asides(self, at: int) -> int:
        while self._aside and (line := self._echo(at)) and self._aside.fullmatch(line.spoken):
            at += 1
        return at

    def _next(self) -> Line | None:
        line = self._lines[self._read][0] if self._read < len(self._lines) else None
        return line if line and line.target is None else None

    def _echo(self, at: int) -> Line | None:
        line = self._lines[at][0] if at < len(self._lines) else None
        return line if line and line.target is None and line.role == "cell" else None


_REPORT = "This is a fault of voicegen: please report it with the page."
