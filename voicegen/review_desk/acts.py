"""What staff do at the review desk, one function for each button. All of it can be tried before it is kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voicegen import approvals, deciding, extensions, lexicon, takes
from voicegen.approvals import Act, Entry
from voicegen.build import build
from voicegen.config import Settings
from voicegen.errors import PublicationError, SettingsError, SpeechError
from voicegen.intentions import catch_up, intended
from voicegen.lexicon import writing
from voicegen.locking import only_one
from voicegen.model.script import Line
from voicegen.releasing import Released, release
from voicegen.review_desk import passages
from voicegen.review_desk.bench import Bench, bench_of
from voicegen.speech import Entry as Pronunciation
from voicegen.standing import Desk
from voicegen.steps.blobs import read
from voicegen.steps.workers import excerpt
from voicegen.takes import Take, uploads

MOST_HEARD = 5
"""Sentences that are spoken to try a pronunciation; more of the page may change with it."""
MOST_TRIALS = 4
"""What was tried last and may still be kept; older trials are forgotten."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a trial: its words, and its sound as a WAV file."""

    line: Line
    wav: bytes
    take: Take | None = None
    master: bytes = b""
    """What would be kept of a recording."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Something that can be heard and is not kept yet."""

    id: str
    page: str
    pieces: tuple[Piece, ...]
    word: Pronunciation | None = None
    changes: int = 0
    """Sentences of the page that a pronunciation changes."""


@dataclass(slots=True)
class Acts:
    """The acts of one session."""

    load: Callable[[], Settings]
    """Reads the settings anew."""
    send_text_to: str = ""
    trials: dict[str, Trial] = field(default_factory=dict)

    def decide(self, page: str, act: Act, by: str, note: str, version: str) -> Entry:
        """Approves or rejects the draft that was looked at, or that the page is taken away (`deciding.GONE`)."""
        if not version:
            raise PublicationError(page, "the form does not say which draft was looked at", "Load the page again.")
        return deciding.decide(Desk(self.load()), page, act, by, note, version)

    def publish(self, page: str, by: str) -> Released:
        """Publishes an approved draft."""
        return release(self.load(), [page], by)

    def build(self, page: str) -> None:
        """Makes the draft of a page anew. Raises what stands in its way."""
        result = build(self.load(), only=(page,), send_text_to=self.send_text_to)
        for report in result.pages:
            for error in report.errors if report.id == page else ():
                raise error

    # a pronunciation

    def try_word(self, page: str, line: str, word: str, say: str, spell: bool, everywhere: bool) -> Trial:
        """How the page would be said with another pronunciation of a word; nothing is written."""
        bench = self._bench(page)
        lang = bench.line(line).lang.split("-")[0]
        where = f"{lexicon.FILE}, the new entry"
        entry = Pronunciation(where, word, lang=lang, page="" if everywhere else page, say=say, spell=spell)
        changed = bench.changed(entry)
        if not changed:
            raise SettingsError(
                f"“{word}”", "no sentence of this page is said otherwise with it", "See its letters."
            )
        with bench.voice(self.send_text_to, bench.desk.store) as spoken:
            said = [(one, spoken(one)) for one in changed[:MOST_HEARD]]
        pieces = tuple(Piece(one, takes.wav_of(sound, bench.rate_hz)) for one, sound in said)
        return self._kept(Trial(secrets.token_hex(8), page, pieces, entry, len(changed)))

    def keep_word(self, trial: Trial) -> None:
        """Writes the pronunciation that was tried into the project's list, and makes the draft anew."""
        if trial.word is None:
            raise SettingsError("the trial", "it is no pronunciation", "Try the word again.")
        settings = self.load()
        with only_one(settings.cache / "lock"):  # else another desk's word could be lost
            writing.save(settings.content, trial.word)
        self.build(trial.page)

    # a line spoken again

    def try_again(self, page: str, line: str, by: str) -> Trial:
        """The line, spoken once more by an engine that does not always say it alike."""
        bench = self._bench(page)
        wanted = bench.line(line)
        _check_name(by)
        with bench.voice(self.send_text_to, extensions.store("memory", bench.desk.settings.cache)) as spoken:
            sound = spoken(wanted)
        clip = bench.desk.speaker.key(wanted)
        before = bench.desk.store.get_many([clip]).get(clip)
        if before is not None and read(before) == sound:
            raise SpeechError(
                excerpt(wanted.spoken),
                "the engine speaks it the same way every time",
                "Correct a pronunciation in it, or record the line yourself.",
            )
        wav = takes.wav_of(sound, bench.rate_hz)
        take = takes.take_of("again", page, wanted, by, wav, None, clip)
        return self._kept(Trial(secrets.token_hex(8), page, (Piece(wanted, wav, take, wav),)))

    # a recording of one's own

    def try_line(self, page: str, line: str, data: bytes, by: str, version: str) -> Trial:
        """A recording of a line, as it would be heard; `version` is that of the line that was shown."""
        bench = self._bench(page)
        wanted = bench.line(line)
        bench.check_shown([wanted], version)
        _check_upload(data, by)
        return self._recorded(bench, [wanted], [uploads.line_of(data, wanted, bench.seconds()[line])], by)

    def try_chapter(self, page: str, chapter: str, data: bytes, by: str, version: str) -> Trial:
        """A recording of a chapter, cut into its lines, as they would be heard; `version` as with `try_line`."""
        bench = self._bench(page)
        lines = bench.chapter(chapter).lines
        bench.check_shown(lines, version)
        _check_upload(data, by)
        seconds = bench.seconds()
        pieces = uploads.chapter_of(data, lines, [seconds[line.id] for line in lines])
        return self._recorded(bench, lines, pieces, by)

    def _recorded(self, bench: Bench, lines: Sequence[Line], wavs: Sequence[bytes], by: str) -> Trial:
        level = round(passages.level_dbov(bench.folder, bench.page.id), 1)
        pieces = []
        for line, master in zip(lines, wavs, strict=True):
            take = takes.take_of("own", bench.page.id, line, by, master, level)
            heard = takes.wav_of(takes.samples(master, bench.rate_hz, level), bench.rate_hz)
            pieces.append(Piece(line, heard, take, master))
        return self._kept(Trial(secrets.token_hex(8), bench.page.id, tuple(pieces)))

    def keep_recording(self, trial: Trial) -> None:
        """Keeps the recordings that were heard, and makes the draft anew with them."""
        settings = self.load()
        found = [piece.take for piece in trial.pieces if piece.take]
        if not found or len(found) < len(trial.pieces):
            raise SettingsError("the trial", "it is no recording", "Give the recording again.")
        words = ", ".join(excerpt(piece.line.spoken) for piece in trial.pieces)[: approvals.LONGEST]
        sounds = {take.key: take.sound for take in found}
        with only_one(settings.cache / "lock"):
            catch_up(settings)
            own = takes.load(settings, trial.page)
            for take, piece in zip(found, trial.pieces, strict=True):
                own.keep_sound(take, piece.master)
            with intended(settings, Entry("recorded", trial.page, found[0].by, words, made_from=sounds), found):
                own.use(found)
        self.build(trial.page)

    def give_up(self, page: str, line: str, by: str) -> None:
        """Uses a line's recording no more, and makes the draft anew."""
        bench = self._bench(page)
        wanted = bench.line(line)
        _check_name(by)
        name, settings = takes.key(wanted.spoken, wanted.lang), bench.desk.settings
        with only_one(settings.cache / "lock"):
            catch_up(settings)
            sounds = {name: bench.takes.found[name].sound} if name in bench.takes.found else {}
            with intended(settings, Entry("set aside", page, by, excerpt(wanted.spoken), made_from=sounds)):
                bench.takes.give_up(name)
        self.build(page)

    def _kept(self, trial: Trial) -> Trial:
        self.trials[trial.id] = trial
        while len(self.trials) > MOST_TRIALS:
            self.trials.pop(next(iter(self.trials)))
        return trial

    def _bench(self, page: str) -> Bench:
        return bench_of(self.load(), page)


def _check_name(by: str) -> None:
    if not by:
        raise SettingsError("your name", "it is missing", "Write it into the form: the log tells who did what.")


def _check_upload(data: bytes, by: str) -> None:
    _check_name(by)
    if not data:
        raise SettingsError("the recording", "no file was chosen", "Choose a sound file.")
