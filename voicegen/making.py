"""Making one page: from its bytes to its published folder, by the steps of `docs/why/the-way-of-the-data.md`.

A page is started (read, scripted, its chapters given to the pool to be spoken and encoded) and later finished
(timed, rendered, checked, published), so that the next pages are spoken while one is published.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import TracebackType

from voicegen import (
    cover,
    extensions,
    governance,
    history,
    hold_line,
    leaving,
    lexicon,
    pages,
    reasons,
    takes,
    theming,
)
from voicegen.config import Settings
from voicegen.contracts import PublishedFile, Shared, SourceFile, Store, Telling
from voicegen.durable import machine
from voicegen.errors import MissingPartError, PublicationError, SettingsError, VoicegenError
from voicegen.fingerprints import fingerprint, program
from voicegen.formats._spoken_by import narrator, voice_licence
from voicegen.hold_line import Narrates
from voicegen.leaving import Leaving
from voicegen.ledger import Entry, Ledger
from voicegen.model.account import Account
from voicegen.model.blob import blob
from voicegen.model.clip import Clip
from voicegen.model.document import Document, texts
from voicegen.model.edition import Codec, Edition, EncodedChapter, Offer, Page, Telephone
from voicegen.model.script import Chapter, Script
from voicegen.model.timeline import Timeline
from voicegen.model.written import in_signs
from voicegen.pages import PageFile
from voicegen.publishing import Output, damage
from voicegen.recordings.opening import KINDS, HoldsChapters
from voicegen.report import PageReport, Progress
from voicegen.seal import seal
from voicegen.steps import encoding
from voicegen.steps.arranging import arrange
from voicegen.steps.checking import check_chapters, check_marks
from voicegen.steps.encoding import Encoder
from voicegen.steps.lines import clip
from voicegen.steps.speaking import Speaker
from voicegen.steps.timecode import whole_seconds
from voicegen.takes import Narrator
from voicegen.wording import wording

DATES = ("published", "updated", "reviewed", "next-review")
"""What a page may say of itself that the publications of the whole library tell on."""
Before = Callable[[str], Entry | None]
"""Gives what a page was made as the last time, by its id."""
WANT = "it knows nothing for the page's language."
REPORT = "This is a fault of voicegen: please report it with the page."


@dataclass(frozen=True, slots=True)
class Spoken:
    """A chapter that is spoken and encoded, or what stood in the way."""

    clips: Mapping[str, Clip]
    """By the line's id."""
    encoded: Mapping[str, tuple[str, EncodedChapter]]
    """By codec: the key in the store, and the chapter."""
    new: int
    """Lines that were not known before."""
    errors: tuple[VoicegenError, ...] = ()


@dataclass(slots=True)
class Started:
    """A page on its way."""

    page: PageFile
    why: str = ""
    """Why it is made; empty where it need not be."""
    stamp: dict[str, str] = field(default_factory=dict)
    old: Entry | None = None
    file: SourceFile | None = None
    document: Document | None = None
    script: Script | None = None
    account: Account = field(default_factory=Account)
    publisher: str = ""
    narrator: Narrator | None = None
    chapters: list[Future[Spoken]] = field(default_factory=list)
    errors: tuple[VoicegenError, ...] = ()
    """Why it can't be made."""
    unmade: list[str] = field(default_factory=list)
    """Formats that made nothing of it, for want of something in its language."""


class Maker:
    """What the pages of one build share: the engine's workers, the store and the pool."""

    def __init__(
        self, settings: Settings, output: Output, jobs: int, send_text_to: str, progress: Progress
    ) -> None:
        name = settings.voice.engine
        self.jobs = jobs
        self.stamps: dict[str, Mapping[str, str]] = {}
        """What each page that was not as before is, or was to be, made from."""
        self.folder: Callable[[str], Path] = lambda page: output.place / page
        """Where the files are that a page's entry in the ledger tells of."""
        self.store: Store = extensions.opened_store(settings)
        self._shared = self.store if isinstance(self.store, Shared) else None
        self.keys: Callable[[str], Iterable[str]] = lambda page: ()
        """What else of the store a page needs than the versions that its entry in the ledger tells of."""
        options = settings.engine_options(name, send_text_to)
        engine = extensions.engine(name, options)
        self.speaker = Speaker(engine, self.store, jobs, settings.voices)
        self.speaker.fingerprint = fingerprint(engine, settings.engine_options(name), settings.cache)
        self._lexicon = lexicon.load(settings.content, name)
        self.speaker.check_voices()
        self._caller = self.speaker.for_telephones() if settings.phone.voice == "clear" else self.speaker
        """What callers hear speaks: the same speaker unless the engine has clearer voices for telephones."""
        self.history = history.load(settings)
        self.reasons = reasons.of(settings, self.speaker.fingerprint)
        self.replaces = not settings.review.required
        """Whether what is made takes the place of what is published; a draft, or a staged page, does not."""
        self._settings, self._output, self._progress = settings, output, progress
        self._send_text_to = send_text_to
        self._cover = cover.own(settings)
        self._theme = theming.load(settings)
        self._pool = ThreadPoolExecutor(jobs, "voicegen")

    def __enter__(self) -> Maker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind:
            self.speaker.stopped.set()
        self._pool.shutdown(cancel_futures=True)
        self.speaker.close()
        self._caller.close()

    def notices(self) -> tuple[str, ...]:
        """What staff should know of the store."""
        return self.store.notices() if isinstance(self.store, Telling) else ()

    def drop(self, page: str) -> None:
        """Says to others that the page is no more. Raises TemporaryError where they can't be told."""
        if self._shared:
            self._shared.drop(page)

    def start(self, page: PageFile, old: Entry | None) -> Started:
        """Reads and scripts the page, and has its chapters spoken; or finds that there is nothing to do.

        Raises TemporaryError where the output can't be written.
        """
        started = self._scripted(page, old)
        if started.errors or not started.script:
            return started
        self._output.ready()
        try:
            rate_hz = self.speaker.voice(started.script.lang).rate_hz
            encoders = self._encoders(rate_hz)
            narrator = started.narrator or self.speaker
            ready = self._pool.submit(self._shared.fetch, page.id) if self._shared else None
            started.chapters = [
                self._pool.submit(self._speak, narrator, started.script.lang, chapter, encoders, rate_hz, ready)
                for chapter in started.script.chapters
            ]
        except VoicegenError as error:
            started.errors = (error,)
        return started

    def ahead(self, found: Iterable[PageFile], old: Before) -> Iterator[Started]:
        """Starts pages in order; gives each to be finished while the next are already being spoken."""
        started: deque[Started] = deque()
        for page in found:
            started.append(self.start(page, old(page.id)))
            if len(started) > self.jobs:
                yield started.popleft()
        while started:
            yield started.popleft()

    def leaving(self, found: Sequence[PageFile], old: Before) -> Leaving | None:
        """What the engine would send to another machine for these pages; None where it speaks on this one.

        The telephone edition's few words of its own are not in it. Pages are scripted once more for it.
        """
        amounts: list[Leaving] = []
        for page in found if self._send_text_to else ():
            started = self._scripted(page, old(page.id))
            if started.script and not started.errors:
                amounts.append(leaving.amount(started.script, self.speaker, 1))
        if not amounts:
            return None
        sums = (sum(getattr(part, name) for part in amounts) for name in ("characters", "lines", "pages"))
        return Leaving(amounts[0].host, *sums)

    def look(self, page: PageFile, old: Entry | None) -> Started:
        """Whether and why the page must be made; it is read, and nothing of it is parsed."""
        started = Started(page, old=old)
        try:
            started.file = page.read(self._settings)
            words = self._lexicon.of_page(page.id)
            started.stamp = pages.stamp(
                page,
                started.file,
                self._settings,
                self.speaker.fingerprint,
                lexicon.digest(words),
                self._cover or blob(b""),
                program=program(self._settings.cache),
                theme=theming.digest(self._theme),
            )
            started.narrator = Narrator(takes.load(self._settings, page.id), self.speaker, self.store)
            started.stamp |= started.narrator.takes.stamp()
            started.stamp |= governance.stamp(old.facts if old else {}, self._settings.review)
            started.why = self.reasons.why(old, started.stamp, page.id, words) or self._damage(page, old)
            if started.why:
                self.stamps[page.id] = started.stamp
        except SettingsError:
            raise  # a wrong rule of voicegen.toml is wrong for every page
        except VoicegenError as error:
            started.errors = (error,)
        return started

    def _scripted(self, page: PageFile, old: Entry | None) -> Started:
        """The page, read and scripted where it must be made; refused where it may not leave the machine."""
        started = self.look(page, old)
        try:
            if started.file and started.why and not started.errors:
                self._check_theme()
                words = self._lexicon.of_page(page.id)
                said = wording(page, started.file, self._settings, words, self.speaker.has_voice)
                if host := self.speaker.host(said.document.lang):
                    self._settings.check_leave(host, self._send_text_to)
                    leaving.check(said.script, page.source, host)
                started.document, started.publisher = said.document, said.publisher
                started.script, started.account, started.errors = said.script, said.account, said.errors
        except SettingsError:
            raise
        except VoicegenError as error:
            started.errors = (error,)
        return started

    def finish(self, started: Started, known: Ledger) -> PageReport:
        """Publishes a started page, once its chapters are there, and enters it in the ledger."""
        page, script, document = started.page, started.script, started.document
        if started.errors:
            left_out = document.left_out if document else ()
            return PageReport(
                page.id, page.source, "failed", started.why, left_out=left_out, errors=started.errors
            )
        if not script or not document:
            return PageReport(page.id, page.source, "unchanged")
        chapters = []
        for future in started.chapters:
            chapters.append(future.result())
            self._progress(page.id, len(chapters), len(started.chapters))
        new = sum(chapter.new for chapter in chapters)
        found = {str(error): error for chapter in chapters for error in chapter.errors}
        errors = tuple(found.values())
        own = started.narrator.takes.notices(script) if started.narrator else ()
        notices = (*document.notices, *script.notices, *own)
        if not errors:
            try:
                with machine(page.source):
                    timeline = self._publish(started, document, script, chapters, known)
            except VoicegenError as error:
                errors = (error,)
        notices += tuple(f"Nothing is made of it in the format {name}: {WANT}" for name in started.unmade)
        if errors:
            return PageReport(
                page.id,
                page.source,
                "failed",
                started.why,
                new,
                len(script.lines),
                left_out=document.left_out,
                notices=notices,
                errors=errors,
            )
        return PageReport(
            page.id,
            page.source,
            "made",
            started.why,
            new,
            len(script.lines),
            len(timeline.marks),
            whole_seconds(timeline.samples, timeline.rate_hz),
            document.left_out,
            notices,
        )

    def explain(self, page: str, stamp: Mapping[str, str]) -> None:
        """Keeps what a page's stamp stands for, before the page is published: later builds tell what changed."""
        self.reasons.keep(stamp, page, self._lexicon.of_page(page))

    def entered(self, old: Entry | None, made: Entry) -> Entry:
        """What the ledger is to know of a page that was made."""
        earlier = () if old is None else old.earlier if old.keys == made.keys else old.keys
        return replace(made, earlier=earlier)

    def _check_theme(self) -> None:
        """Raises SettingsError where a template is wrong, before a line is spoken for it."""
        if self._theme.templates:
            from voicegen.formats._templates import check_templates  # imported late: it loads the template engine

            check_templates(self._theme)

    def _damage(self, page: PageFile, old: Entry | None) -> str:
        """Why the published files of a page that has not changed must be made again; empty if they need not."""
        return damage(self.folder(page.id), old.files if old else {})

    def _render(self, edition: Edition, unmade: list[str]) -> Iterator[PublishedFile]:
        """Every format's files; the transcript page last, since it lists the others'.

        The names of formats that made none are put into `unmade`.
        """
        offers: list[Offer] = []
        for name in sorted(self._settings.publications.formats, key=lambda name: name == "html"):
            unmade.append(name)
            for file in extensions.format_(name).render(replace(edition, offers=tuple(offers))):
                if unmade[-1:] == [name]:
                    unmade.pop()
                if file.offer:
                    offers.append(Offer(file.path, file.offer, sum(part.size for part in file.parts)))
                yield file
                del file  # what it holds in memory goes before the next one is made

    def _voice(self, lang: str, speaker: Speaker) -> str:
        return f"{self._settings.voice.engine}, {speaker.voice(lang).name}"

    def _telephones(
        self, document: Document, script: Script, clips: Mapping[str, Clip], rate_hz: int, own: Narrator | None
    ) -> tuple[Telephone, ...]:
        if not any(
            hold_line.CODEC in extensions.format_(name).CODECS for name in self._settings.publications.formats
        ):
            return ()
        known = {line: clips[line.id] for line in script.lines}
        if self._caller.voice(script.lang) != self.speaker.voice(script.lang):
            known = {}
        narrator = replace(own, speaker=self._caller) if own else self._caller
        voice = self._voice(script.lang, self._caller)
        made = hold_line.Maker(self._settings, narrator, self.store, self._pool, rate_hz, known, voice)
        return tuple(made.telephone(name, document, script) for name in self._settings.phone.editions)

    def _encoders(self, rate_hz: int) -> list[Encoder]:
        formats = [extensions.format_(name) for name in self._settings.publications.formats]
        wanted = {codec for format_ in formats for codec in format_.CODECS} - {hold_line.CODEC}
        settings = self._settings
        kbits = {"mp3": settings.mp3.kbits, "aac": settings.m4b.kbits, "opus": settings.opus.kbits}
        return [encoding.encoder(name, rate_hz, kbits.get(name, 0)) for name in sorted(wanted)]

    def _speak(
        self,
        narrator: Narrates,
        lang: str,
        chapter: Chapter,
        encoders: list[Encoder],
        rate_hz: int,
        ready: Future[None] | None,
    ) -> Spoken:
        """Speaks and encodes one chapter, once what others know of its page is `ready`.

        A line that fails does not keep the others from being tried.
        """
        clips: dict[str, Clip] = {}
        errors: list[VoicegenError] = []
        new = 0
        try:
            if ready:
                ready.result()
        except VoicegenError as error:
            return Spoken(clips, {}, new, (error,))
        for line in chapter.lines:
            try:
                clips[line.id], fresh = narrator.clip(line)
                new += fresh
            except MissingPartError as error:
                return Spoken(clips, {}, new, (error,))
            except VoicegenError as error:
                errors.append(error)
        if errors:
            return Spoken(clips, {}, new, tuple(errors))
        (mark,) = arrange(Script(lang, (chapter,)), clips, rate_hz).marks
        try:
            encoded = {
                encoder.name: encoding.encode(
                    encoder, chapter, mark, clips, rate_hz, self.store, self.speaker.stopped
                )
                for encoder in encoders
            }
        except VoicegenError as error:
            return Spoken(clips, {}, new, (error,))
        return Spoken(clips, encoded, new)

    def _publish(
        self, started: Started, document: Document, script: Script, chapters: list[Spoken], known: Ledger
    ) -> Timeline:
        page, old = started.page, started.old
        rate_hz = self.speaker.voice(document.lang).rate_hz
        clips = {line: clip for chapter in chapters for line, clip in chapter.clips.items()}
        timeline = arrange(script, clips, rate_hz)
        codecs = {
            encoder.name: Codec(
                encoder.name,
                encoder.rate_hz,
                encoder.delay,
                encoder.kbits,
                tuple(chapter.encoded[encoder.name][1] for chapter in chapters),
            )
            for encoder in self._encoders(rate_hz)
        }
        about = Page(
            page.id,
            page.source,
            started.publisher,
            self._voice(document.lang, self.speaker),
            self._settings.address(f"{page.id}/"),
            self._cover,
            extensions.about(self._settings.voice.engine).get("licence", ""),
            started.narrator.own_recordings(script) if started.narrator else 0,
        )
        telephones = self._telephones(document, script, clips, rate_hz, started.narrator)
        options = {"braille": asdict(self._settings.braille)}
        edition = Edition(
            about,
            document,
            script,
            timeline,
            codecs,
            started.account,
            telephones=telephones,
            theme=self._theme,
            options=options,
        )

        def check(stage: Path) -> None:
            from voicegen.verifying import troubles  # imported late: a build with nothing to do checks nothing

            for recording in (stage / f"{page.id}{ending}" for ending in KINDS):
                if recording.is_file():
                    check_marks(recording, timeline, clips)
            sounds: set[tuple[str, bytes]] = set()
            for name in self._settings.publications.formats:
                format_, where = extensions.format_(name), f"{page.source}, {name}"
                for trouble in troubles(format_, stage):
                    raise PublicationError(where, trouble, REPORT)
                if isinstance(format_, HoldsChapters):
                    check_chapters(format_.recordings(stage), where, timeline, clips, sounds)

        def kept() -> None:
            if self.replaces:
                self.history.take(page.id, self._output.place / page.id, old, started.why)

        keys = {clip.key for clip in clips.values()}
        keys |= {key for phone in telephones for key in phone.store_keys}
        keys |= {key for chapter in chapters for key, _ in chapter.encoded.values()}
        self._keep(page.id, keys, old)
        facts = {
            "title": timeline.marks[0].title,
            "lang": document.lang,
            "publisher": about.publisher,
            "seconds": whole_seconds(timeline.samples, rate_hz),
            "chapters": len(timeline.marks),
            "words": sum(len(line.shown.split()) for line in script.lines),
            "headings": [mark.title for mark in timeline.marks[1:]],
            "summary": _summary(edition),
            "dates": {name: date for name in DATES if (date := document.about(name))},
            "author": document.about("author"),
        }
        started.stamp.pop("review", None)
        started.stamp |= governance.stamp(facts, self._settings.review)
        self.explain(page.id, started.stamp)
        formats = self._settings.publications.formats
        files = self._output.publish(
            page.id,
            self._render(edition, started.unmade),
            old.files if old else {},
            check,
            formats,
            about.spoken_by,
            kept,
        )
        sealed = (
            seal(facts, document, script, timeline, clips, telephones) if self._settings.review.required else {}
        )
        facts |= {"narrator": narrator(edition), "licence": voice_licence(edition)}  # no part of the seal
        made = Entry(page.source, started.stamp, files, facts, tuple(sorted(keys)), (), sealed)
        known.pages[page.id] = self.entered(old, made)
        return timeline

    def _keep(self, page: str, keys: Collection[str], old: Entry | None) -> None:
        """Keeps for other machines what a page is made of, and says what of its versions is still needed."""
        if self._shared:
            versions = (version.keys for version in self.history.versions(page))
            known = (old.keys, old.earlier) if old else ()
            needed = {key for part in (*versions, *known, self.keys(page)) for key in part}
            self._shared.keep(page, keys, needed - {*keys})


def _summary(edition: Edition) -> str:
    """The page's own first paragraph, or its first words after the title; never rewritten."""
    spans = [line.target for line in edition.script.lines if line.role == "paragraph" and line.target]
    if not spans:
        return ""
    runs = next(text.runs for text in texts(edition.document) if text.number == spans[0].text)
    words = (in_signs(clip(runs, span.start, span.end)) for span in spans if span.text == spans[0].text)
    return " ".join(" ".join(words).split())
