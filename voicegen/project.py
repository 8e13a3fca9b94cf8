"""A project from Python: the same verbs as the commands, giving values instead of words.

Every method loads only what it needs. Expected failures are `voicegen.VoicegenError`, each with where, what, what
to do, and the exit code that the command has for it (`voicegen.errors`). Texts and files are never changed but by
the verbs that say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from voicegen import config, extensions
from voicegen.errors import SettingsError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from voicegen.auditioning import Audition
    from voicegen.choosing import EngineFacts
    from voicegen.doctor import Finding
    from voicegen.fetching import Outcome
    from voicegen.history import Version
    from voicegen.licences import Bill
    from voicegen.mirroring import Mirrored
    from voicegen.model.document import Document
    from voicegen.pages import PageFile
    from voicegen.planning import Plan
    from voicegen.report import Announce, PageReport, Progress, Result
    from voicegen.reviewing import Review
    from voicegen.saying import Said
    from voicegen.standing import Standing
    from voicegen.verifying import Verified


def _silent(page: str, done: int, of: int) -> None:
    """Says nothing of the progress."""


def _unheard(said: object) -> None:
    """Does nothing with what is said."""


class Project:
    """The project in a folder: its voicegen.toml, its pages, and what is published of them.

    >>> import voicegen
    >>> clinic = voicegen.Project.init("clinic")
    >>> result = clinic.build()
    >>> [(page.id, page.outcome) for page in result.pages]
    [('hay-fever', 'made')]
    >>> clinic.build().spoken
    0
    """

    def __init__(self, folder: str | Path = ".") -> None:
        self.folder = Path(folder)

    @classmethod
    def init(cls, folder: str | Path) -> Project:
        """Makes a new project in `folder`, with settings and a sample page. Nothing is overwritten.

        >>> voicegen.Project.init("clinic")
        Traceback (most recent call last):
        voicegen.errors.SettingsError: clinic/voicegen.toml: it is there already. Choose another folder.
        """
        from voicegen.starting import start

        start(Path(folder))
        return cls(folder)

    @property
    def settings(self) -> config.Settings:
        """The settings, read anew each time. Raises SettingsError for anything wrong in voicegen.toml."""
        return config.load(self.folder, extensions.engines(), extensions.formats())

    # Looking: nothing is changed ----------------------------------------------------------------------------

    def inspect(self, page: str) -> Document:
        """What is understood of a page: its title, blocks and sections, and what is left out and why.

        >>> document = clinic.inspect("hay fever")
        >>> document.title.plain
        'Hay fever'
        >>> [section.heading.plain for section in document.sections]
        ['Symptoms', 'What you can do', 'When to call for help']
        """
        settings = self.settings
        file = self._page(page, settings).read(settings)
        return extensions.source(file.name).read(file)

    def status(self) -> list[Standing]:
        """How every page stands to what is published of it.

        >>> [(page.id, str(page.state)) for page in clinic.status()]
        [('hay-fever', 'current')]
        """
        from voicegen.standing import Desk

        return list(Desk(self.settings).standings())

    def plan(self, *pages: str) -> Plan:
        """What a build would speak, how much sound and work that is, what it costs and who gets the text.

        >>> made = clinic.plan()
        >>> made.unchanged, made.host
        (1, '')
        """
        from voicegen import pages as found
        from voicegen.planning import plan
        from voicegen.standing import Desk

        desk = Desk(self.settings)
        return plan(desk, found.choose(found.find(desk.settings), pages) if pages else ())

    def diff(self, page: str) -> Review:
        """What a build would change of a published page, doses and denials marked.

        >>> with (clinic.folder / "content" / "hay-fever.md").open("a") as file:
        ...     _ = file.write("Take 10 mg once a day.")
        >>> [line.gained for line in clinic.diff("hay-fever").comparison.lines if line.is_grave]
        [('10 mg', 'once')]
        """
        from voicegen.reviewing import review
        from voicegen.standing import Desk

        desk = Desk(self.settings)
        return review(desk, self._page(page, desk.settings))

    def voices(self, lang: str = "") -> list[EngineFacts]:
        """Every engine with its voices, all or those of a language, and what to know before choosing one.

        >>> [engine.name for engine in clinic.voices("en") if engine.in_use]
        ['espeak']
        """
        from voicegen.choosing import voices

        return list(voices(self.settings, lang))

    def licences(self) -> Bill:
        """Every part that voicegen is made of here: version, licence, and what it is for.

        >>> [part.licence for part in clinic.licences().packages if part.name == "requests"]
        ['Apache-2.0']
        """
        from voicegen.licences import bill

        return bill(self.settings)

    def verify(self, output: str | Path | None = None) -> Verified:
        """Checks that an output folder, the project's own or a copy of it, is whole and right.

        >>> clinic.verify().troubles
        ()
        """
        from voicegen.verifying import verify

        return verify(Path(output) if output else self.settings.output)

    def mirror(self, place: str = "", *, takes_over: bool = False) -> Mirrored:
        """Copies the output folder to an object store, the one of voicegen.toml or `place` ("s3://BUCKET/FOLDER").

        Readers see whole versions of every page; only what changed is sent. A place with the pages of another
        project is refused, unless this one `takes_over`. Keys come from the environment.
        """
        from voicegen import mirroring

        settings = self.settings
        return mirroring.mirror(settings, mirroring.bucket_of(settings, place), takes_over=takes_over)

    def history(self, page: str) -> tuple[Version, ...]:
        """The versions of a page that were published before and are kept, the last replaced last.

        >>> clinic.history("hay-fever")
        ()
        """
        from voicegen import history

        settings = self.settings
        return tuple(history.load(settings).versions(self._own(page, settings).id))

    def doctor(self) -> list[Finding]:
        """What this machine has, what is missing and how to get it, and which pages need a hand.

        >>> [finding.words for finding in clinic.doctor() if finding.needed and not finding.ok]
        []
        """
        from voicegen.doctor import findings

        return list(findings(self.settings))

    # Hearing ------------------------------------------------------------------------------------------------

    def say(self, text: str, lang: str = "en", *, page: str = "", send_text_to: str = "") -> Said:
        """How a text is said: its lines as they are spoken, and their sound (16 bit, mono, little-endian).

        With `page`, that page's own pronunciations hold, too.

        >>> said = clinic.say("Take 2.5 mg twice a day.")
        >>> said.lines[0].spoken
        'Take 2.5 milligrams twice a day.'
        >>> len(said.samples) // 2 > said.rate_hz  # longer than a second
        True
        """
        from voicegen.saying import say

        return say(self.settings, text, lang, send_text_to, page=page)

    def pronounce(self, word: str, lang: str = "en", *, page: str = "", send_text_to: str = "") -> Said:
        """How a word is said, by which pronunciation or rule, with its sounds in IPA.

        >>> clinic.pronounce("salbutamol").phonemes != ""
        True
        """
        from voicegen.saying import say

        return say(self.settings, word, lang, send_text_to, tell_phonemes=True, page=page)

    def audition(
        self,
        page: str,
        output: str | Path | None = None,
        *,
        send_text_to: str = "",
        announce: Announce = _unheard,
    ) -> Audition:
        """Speaks the same passage of a page with every voice that is ready, into `output`, to choose by ear."""
        from voicegen.auditioning import audition

        settings = self.settings
        found = self._page(page, settings)
        place = Path(output) if output else settings.cache / "audition" / found.id
        return audition(settings, found, place, send_text_to, announce)

    # Doing --------------------------------------------------------------------------------------------------

    def build(
        self,
        *pages: str,
        jobs: int | None = None,
        send_text_to: str = "",
        executor: Executor | Callable[[], Executor] | None = None,
        shard: str = "",
        announce: Announce = _unheard,
        progress: Progress = _silent,
        done: Callable[[PageReport], None] = _unheard,
    ) -> Result:
        """Publishes what has changed, of the named pages or of all; `done` is told of each page at once.

        A page's failure is in its report; what concerns all pages is raised. With an engine on another machine,
        `send_text_to` must name it. An `executor`, or a function that gives one, makes the pages with its workers,
        of which there are `jobs`; they need this folder at the same place (docs/how-to/many-machines.md). With
        `shard`, such as "3/20", only that part of the pages is made, for `publish` to publish.

        >>> (page,) = clinic.build("hay-fever").pages
        >>> page.outcome, page.spoken
        ('made', 1)
        """
        from voicegen.build import build
        from voicegen.sharding import build_shard, parsed

        _check(jobs, executor, shard)
        settings = self.settings
        if shard:
            if pages or executor:
                what = "it is a part of all pages, made on this machine"
                raise SettingsError(f"shard={shard!r}", what, "Name no pages and no executor beside it.")
            return build_shard(
                settings,
                parsed(shard),
                jobs=jobs,
                send_text_to=send_text_to,
                announce=announce,
                progress=progress,
                done=done,
            )
        return build(
            settings,
            only=pages,
            jobs=jobs,
            send_text_to=send_text_to,
            executor=executor,
            announce=announce,
            progress=progress,
            done=done,
        )

    def fetch(self, *addresses: str, sitemaps: Sequence[str] = ()) -> tuple[Outcome, ...]:
        """Gets pages of the clinic's site, and Word and EPUB files, into content/; all known, if none."""
        from voicegen.fetching import fetch

        return fetch(self.settings, addresses, sitemaps)

    def rollback(self, page: str, version: int | None = None) -> Version:
        """Publishes an earlier version of a page again, the one before the present one if none is named.

        >>> clinic.rollback("hay-fever").number
        1
        >>> [str(page.state) for page in clinic.status()]
        ['held']
        """
        from voicegen.taking_back import roll_back

        settings = self.settings
        return roll_back(settings, self._own(page, settings), version)

    def resume(self, page: str) -> None:
        """Ends the hold of `rollback`: the next build publishes the page's file again.

        >>> clinic.resume("hay-fever")
        >>> clinic.build().pages[0].outcome
        'made'
        """
        from voicegen.taking_back import held, resume

        settings = self.settings
        resume(settings, held(settings, page))

    def publish(self, *, partial: bool = False, done: Callable[[PageReport], None] = _unheard) -> Result:
        """Publishes what shards made, which must all be there; if `partial`, they need not, and none is removed.

        Where pages need approval they become drafts: approving and publishing these is for a person, at the
        command.

        >>> with (clinic.folder / "content" / "hay-fever.md").open("a") as file:
        ...     _ = file.write("Drink enough water.")
        >>> [page.outcome for shard in ("1/2", "2/2") for page in clinic.build(shard=shard).pages]
        ['staged']
        >>> [page.outcome for page in clinic.publish().pages]
        ['made']
        """
        from voicegen import sharding

        return sharding.publish(self.settings, partial=partial, done=done)

    def phone(
        self,
        *pages: str,
        profile: str,
        edition: str = "",
        output: str | Path | None = None,
        address: str = "",
        send_text_to: str = "",
    ) -> Path:
        """Makes the folder that a telephone system takes as it is, and gives its place."""
        from voicegen.phoning import phone

        place = Path(output) if output else None
        made, _ = phone(
            self.settings,
            pages,
            profile,
            edition=edition,
            output=place,
            address=address,
            send_text_to=send_text_to,
        )
        return made

    def watch(self, *, send_text_to: str = "") -> Iterator[Result]:
        """Builds at once and after each save, for as long as somebody asks for the next result.

        >>> next(clinic.watch()).exit_code
        0
        """
        import time

        from voicegen.build import build
        from voicegen.watching import look, saved

        for _ in saved(lambda: look(self.settings), time.sleep):
            yield build(self.settings, send_text_to=send_text_to)

    def serve(self, port: int = 8000, ready: Callable[[str], None] | None = None) -> None:
        """Shows the output folder in a browser on this machine until Ctrl-C; `ready` is told the address."""
        from voicegen.serve import serve

        serve(self.settings.output, port, ready)

    def _page(self, page: str, settings: config.Settings) -> PageFile:
        from voicegen import finding

        return finding.page(settings, page)

    def _own(self, page: str, settings: config.Settings) -> PageFile:
        from voicegen import finding

        return finding.own(settings, page)


def _check(jobs: object, executor: object, shard: object) -> None:
    """Raises SettingsError for what `build` can't make anything of, as the command line does."""
    if jobs is not None and (not isinstance(jobs, int) or isinstance(jobs, bool) or jobs < 1):
        raise SettingsError(
            f"jobs={jobs!r}", "it is no number of workers", "Give a whole number from 1 on, or None."
        )
    if not isinstance(shard, str):
        raise SettingsError(f"shard={shard!r}", "it is no shard", 'Give one as text, such as "3/20".')
    if executor is not None and not (hasattr(executor, "submit") or callable(executor)):
        what = "it is no executor and no function that gives one"
        raise SettingsError(
            f"executor={executor!r}", what, "Give a concurrent.futures.Executor, or a class of them."
        )
