"""A page on the bench: its words as they are now, its draft, and a voice to try things with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from voicegen import deciding, drafts, extensions, leaving, lexicon, takes
from voicegen.config import Settings
from voicegen.contracts import Store
from voicegen.errors import PublicationError, SettingsError
from voicegen.formats._verified import timeline_of
from voicegen.lexicon import writing
from voicegen.model.script import Chapter, Line, Script
from voicegen.pages import PageFile, find
from voicegen.speech import Entry as Pronunciation
from voicegen.standing import Desk
from voicegen.steps.blobs import read
from voicegen.steps.speaking import Speaker
from voicegen.takes import Takes
from voicegen.wording import Wording, wording


@dataclass(slots=True)
class Bench:
    """One page whose draft is worked on."""

    desk: Desk
    page: PageFile
    said: Wording
    folder: Path
    """Of its draft."""
    takes: Takes

    def line(self, name: str) -> Line:
        """The line of that id. Raises PublicationError where the page has none."""
        for line in self.said.script.lines:
            if line.id == name:
                return line
        raise PublicationError(self.page.id, "the page has no such line any more", "Load the page again.")

    def chapter(self, name: str) -> Chapter:
        """The chapter of that id. Raises PublicationError where the page has none."""
        for chapter in self.said.script.chapters:
            if chapter.id == name:
                return chapter
        raise PublicationError(self.page.id, "the page has no such chapter any more", "Load the page again.")

    def check_shown(self, lines: Sequence[Line], version: str) -> None:
        """Raises PublicationError unless the lines are those that a screen showed, by the version in its form.

        Who records reads from the screen: for other words, theirs would be the wrong sound.
        """
        if version != version_of(lines):
            what = "it says other words now than those that were shown"
            raise PublicationError(self.page.id, what, "Load the page again, and record what it says now.")

    @property
    def rate_hz(self) -> int:
        """Of the page's voice."""
        return self.desk.speaker.voice(self.said.script.lang).rate_hz

    def seconds(self) -> dict[str, float]:
        """How long each line of the draft is, by its id. Raises PublicationError where it has none of them."""
        times = timeline_of(self.folder)
        if {line.id for line in self.said.script.lines} != {line.id for line in times.lines}:
            raise PublicationError(self.page.id, "its draft is of another text", "Build the page, then record it.")
        return {line.id: (line.end - line.start) / times.rate_hz for line in times.lines}

    def changed(self, entry: Pronunciation) -> list[Line]:
        """The lines that are said otherwise with a new pronunciation. Raises what would keep it unpublished."""
        settings = self.desk.settings
        path = settings.content / lexicon.FILE
        own = writing.with_entry(entry, path.read_bytes() if path.is_file() else b"")
        words = lexicon.load(settings.content, settings.voice.engine, own).of_page(self.page.id)
        found = wording(self.page, self.page.read(settings), settings, words, self.desk.speaker.has_voice)
        for error in found.errors:
            raise error
        before = {line.id: (line.spoken, line.phonemes) for line in self.said.script.lines}
        return [line for line in found.script.lines if before.get(line.id) != (line.spoken, line.phonemes)]

    @contextmanager
    def voice(self, send_text_to: str, store: Store) -> Iterator[Callable[[Line], bytes]]:
        """What speaks a line, with the session's consent to send text away, and gives its samples.

        It raises SpeechError and TemporaryError, and SettingsError where there is no consent.
        """
        settings = self.desk.settings
        name = settings.voice.engine
        settings.check_consent(send_text_to)
        speaker = Speaker(
            extensions.engine(name, settings.engine_options(name, send_text_to)), store, 1, settings.voices
        )

        def spoken(line: Line) -> bytes:
            if host := speaker.host(line.lang):
                settings.check_leave(host, send_text_to)
                chapter = replace(self.said.script.chapters[0], lines=(line,))
                leaving.check(Script(self.said.script.lang, (chapter,)), self.page.source, host)
            return read(speaker.clip(line)[0].sound)

        try:
            yield spoken
        finally:
            speaker.close()


def version_of(lines: Sequence[Line]) -> str:
    """What the lines say, as the forms of a screen carry it."""
    return hashlib.sha256("\n".join(f"{line.lang} {line.spoken}" for line in lines).encode()).hexdigest()[:16]


def bench_of(settings: Settings, page: str) -> Bench:
    """The page of that id, to be worked on. Raises SettingsError where there is none, SourceError, and so on."""
    deciding.check_required(settings)
    desk = Desk(settings)
    file = next((one for one in find(settings) if one.id == page), None)
    if file is None:
        raise SettingsError(f"page {page!r}", "there is no such page", "Go back to the list of pages.")
    words = desk.words(file.id)
    said = wording(file, file.read(desk.settings), desk.settings, words, desk.speaker.has_voice)
    drafted = file.id in drafts.known(settings).pages
    folder = (drafts.place(settings) if drafted else settings.output) / file.id
    return Bench(desk, file, said, folder, takes.load(settings, file.id))
