"""The plan: what a build would speak, how much sound and work that is, what it costs and who gets the text.

Nothing is written, spoken or sent. Pages that a build would make are read and scripted as a build does; lines
that are known are found by the size of what is kept of them. Time and space are linear in the pages' text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from voicegen import extensions, pace
from voicegen.contracts import Measured
from voicegen.errors import VoicegenError
from voicegen.hold_line import CODEC
from voicegen.model.document import Document
from voicegen.model.script import Line, Script
from voicegen.pages import PageFile
from voicegen.standing import TO_BUILD, Desk, Standing
from voicegen.steps import telephone
from voicegen.steps.speaking import Speaker
from voicegen.takes import Takes
from voicegen.wording import Wording, wording

CHARACTERS_A_SECOND = 14.0
"""Of English with the embedded engine at its usual rate, as measured; used until there is sound."""
BYTES_A_SAMPLE = 2


@dataclass(slots=True)
class PagePlan:
    """What a build would do with one page."""

    id: str
    source: str
    why: str
    lines: int = 0
    """Lines of the recording."""
    to_speak: int = 0
    """Lines that the engine would speak for it, those of the telephone editions too; what several pages say is
    counted with the first of them."""
    characters: int = 0
    """Characters that the engine would be given."""
    new_s: float = 0.0
    """Seconds of sound that would be spoken, roughly."""
    seconds: float = 0.0
    """Length of the recording in seconds, roughly."""
    work_s: float = 0.0
    """Seconds that the build would take for it on this machine, roughly; 0 where no build was measured yet."""
    errors: tuple[str, ...] = ()
    """Why it would not be published."""


@dataclass(slots=True)
class Plan:
    """What a build would do."""

    pages: list[PagePlan] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    """Pages that it would take away."""
    unchanged: int = 0
    engine: str = ""
    host: str = ""
    """The host that would get the text of the lines to speak; empty where nothing leaves this machine."""
    price: float = 0.0
    """Of a million characters."""
    currency: str = ""
    notices: tuple[str, ...] = ()

    @property
    def characters(self) -> int:
        """Characters that the engine would be given."""
        return sum(page.characters for page in self.pages)

    @property
    def cost(self) -> float:
        """What the characters cost, in `currency`."""
        return self.characters * self.price / 1e6

    @property
    def work_s(self) -> float:
        """Seconds that the whole build would take, roughly; 0 where that is not known."""
        return sum(page.work_s for page in self.pages)


def plan(desk: Desk, only: Iterable[PageFile] = ()) -> Plan:
    """The plan for a build of all pages, or of those named.

    Raises SettingsError where a voice that was asked for is not there, as a build does.
    """
    desk.speaker.check_voices()
    chosen = {page.id for page in only}
    made = Plan(engine=desk.settings.voice.engine, notices=desk.notices)
    made.price, made.currency = desk.settings.plan.price, desk.settings.plan.currency
    counter = _Counter(desk)
    for standing in desk.standings():
        if standing.page is None:
            made.removed.append(standing.id)
        elif standing.state not in TO_BUILD:
            made.unchanged += 1
        elif not chosen or standing.id in chosen:
            made.pages.append(counter.page(standing, standing.page))
    made.host = counter.host
    _weigh(made, counter, desk)
    return made


def _weigh(made: Plan, counter: _Counter, desk: Desk) -> None:
    """Turns characters into seconds: at the rate of what is known of these pages, or else at the usual one."""
    rate = counter.known_characters / counter.known_s if counter.known_s >= 1 else CHARACTERS_A_SECOND
    measured = pace.load(desk.settings.cache)
    for page in made.pages:
        page.new_s = page.characters / rate
        page.seconds += counter.recording.get(page.id, 0) / rate
        page.work_s = measured.work_s(page.new_s, max(0.0, page.seconds - page.new_s))


class _Counter:
    """Counts lines over the pages of a plan, each line once."""

    def __init__(self, desk: Desk) -> None:
        self.host = ""
        self.known_s = 0.0
        self.known_characters = 0
        self.recording: dict[str, int] = {}
        """By page, the characters that the engine would be given for its recording, not for telephones."""
        self._desk = desk
        self._met: set[str] = set()
        self._hosts: dict[str, str] = {}
        self._takes = Takes(desk.settings.recordings)
        """Of the page that is counted."""
        formats = desk.settings.publications.formats
        self._phone = any(CODEC in extensions.format_(name).CODECS for name in formats)

    def page(self, standing: Standing, page: PageFile) -> PagePlan:
        """The page's plan; `seconds` has only the sound that is known."""
        made = PagePlan(standing.id, standing.source, standing.why)
        try:
            words = self._desk.words(page.id)
            found = wording(
                page, page.read(self._desk.settings), self._desk.settings, words, self._desk.speaker.has_voice
            )
            made.errors = tuple(map(str, found.errors))
            if not found.errors:
                self._takes = self._desk.takes(page.id)
                self._count(made, found)
        except VoicegenError as error:
            made.errors = (str(error),)
        return made

    def _count(self, made: PagePlan, found: Wording) -> None:
        rests_ms = sum(chapter.lead_ms for chapter in found.script.chapters)
        for line in found.script.lines:
            rests_ms += line.rest_ms
            made.lines += 1
            known = self._line(made, line, self._desk.speaker)
            if known is not None:
                made.seconds += known
                self.known_s += known
                self.known_characters += len(line.spoken)
        made.seconds += rests_ms / 1000
        self.recording[made.id] = made.characters
        for line in self._telephone_lines(found.document, found.script):
            self._line(made, line, self._desk.caller)

    def _line(self, made: PagePlan, line: Line, speaker: Speaker) -> float | None:
        """The line's length in seconds where it is known; else it is counted, unless it was before."""
        if take := self._takes.of(line, speaker):
            return self._takes.seconds(take)
        key = speaker.key(line)
        size = self._desk.store.size(key) if isinstance(self._desk.store, Measured) else None
        if size is not None:
            return size / BYTES_A_SAMPLE / speaker.voice(line.lang).rate_hz
        if key not in self._met:
            self._met.add(key)
            made.to_speak += 1
            made.characters += len(speaker.prepared(line))
            self.host = self.host or self._host(line.lang)
        return None

    def _host(self, lang: str) -> str:
        if lang not in self._hosts:
            self._hosts[lang] = self._desk.engine.worker(self._desk.speaker.voice(lang)).host
        return self._hosts[lang]

    def _telephone_lines(self, document: Document, script: Script) -> Iterator[Line]:
        """The lines of the telephone editions, cut where the sound's rough length would have them cut."""
        settings = self._desk.settings.phone
        notice = Line("", "frame", "", settings.notice, script.lang, 0) if settings.notice else None
        rate_hz = self._desk.speaker.voice(document.lang).rate_hz

        def length(line: Line) -> int:
            return round(len(line.spoken) / CHARACTERS_A_SECOND * rate_hz)

        for name in settings.editions if self._phone else ():
            asked = telephone.Asked(name == "short", notice, settings.longest)
            written, _ = telephone.write(document, script, length, rate_hz, asked)
            yield from (replace(line, id="", rest_ms=0) for line in written.lines if line.spoken)
