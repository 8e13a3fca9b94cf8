"""Taking back what was published, and going on: what `voicegen rollback` and `voicegen resume` do."""

from __future__ import annotations

from contextlib import nullcontext

from voicegen import extensions, finding, history, ledger
from voicegen.approvals import Entry
from voicegen.build import put_library
from voicegen.config import Settings
from voicegen.durable import machine
from voicegen.errors import SettingsError, TemporaryError
from voicegen.history import Version
from voicegen.holding import Holding, chosen, complete, take_back
from voicegen.intentions import catch_up, intended
from voicegen.locking import only_one, only_writer
from voicegen.pages import PageFile
from voicegen.publishing import Output


@machine()
def roll_back(settings: Settings, page: PageFile, number: int | None, by: str = "voicegen") -> Version:
    """Publishes an earlier version of a page again, the one before the present one if none is named, and holds it.

    The list of pages, the feed and the manifest follow. No engine is needed and nothing is spoken. Raises
    SettingsError where no such version is kept, PublicationError where it is not whole any more, and
    TemporaryError where the disk, or another build, stands in the way. Where pages need approval, the log says
    that `by` took it back.
    """
    settings, _ = extensions.possible(settings)
    with only_one(settings.cache / "lock"), only_writer(settings.output):
        known = ledger.load(settings.cache / "ledger.json")
        output = Output(settings.output)
        if not complete(known, settings.output):
            raise TemporaryError(
                str(settings.cache),
                "voicegen's memory of what is published is gone",
                "Run `voicegen build` once, then take the page back.",
            )
        with output.swept():
            if settings.review.required:
                catch_up(settings)
            holding = Holding(settings, output, history.load(settings))
            version = chosen(holding, page.id, number)
            note = f"Version {version.number} was put back."
            entry = Entry("taken back", page.id, by, note, version=version.id)
            with intended(settings, entry) if settings.review.required else nullcontext():
                take_back(holding, page, version, known)
                known.library = put_library(known, settings, output)
                known.save()
    return version


def held(settings: Settings, wanted: str) -> str:
    """The name of the page that is meant, though its file may be gone. Raises as `finding.own` does.

    A held page's own name comes first: where its file was renamed, that may be in the title of the new one.
    """
    return wanted if wanted in history.load(settings).holds else finding.own(settings, wanted).id


@machine()
def resume(settings: Settings, page: str) -> None:
    """Holds the page no longer: the next build publishes its file. Raises SettingsError where it is not held.

    `page` is its name, as `held` gives it.
    """
    with only_one(settings.cache / "lock"):
        if settings.review.required:
            catch_up(settings)
        found = history.load(settings)
        if page not in found.holds:
            raise SettingsError(page, "it is not held at an earlier version", "See `voicegen status`.")
        found.release(page)
