"""Releasing: approved drafts become what is published, each page in one step; what isn't approved is refused.

For each page: the version before is kept, the draft takes its place, the ledger is told, and the log. Whoever is
stopped on the way has published whole pages or none; the next release, or build, finishes what is left to write.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voicegen import approvals, deciding, drafts, extensions, history, ledger
from voicegen.approvals import Entry
from voicegen.build import put_library
from voicegen.config import Settings
from voicegen.drafts import Drafts
from voicegen.durable import machine
from voicegen.errors import PublicationError
from voicegen.history import History
from voicegen.intentions import intended
from voicegen.locking import only_one, only_writer
from voicegen.publishing import Output
from voicegen.standing import Desk, Standing, State

LATE = "somebody decided otherwise on it just now"


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did."""

    published: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """Pages that were taken away, since that was approved."""
    waiting: tuple[Standing, ...] = ()
    """Pages that are not as they should be, and not approved."""


@machine()
def release(settings: Settings, pages: Iterable[str], by: str) -> Released:
    """Publishes every draft that is approved, or those of the named pages.

    Raises PublicationError, before anything is published, where a named one isn't approved as it is now, and where
    the log was changed; SettingsError where nobody need approve, or there is no such page; TemporaryError.
    """
    deciding.check_required(settings)
    settings, _ = extensions.possible(settings)
    with only_one(settings.cache / "lock"), only_writer(settings.output):
        known, output = ledger.load(settings.cache / "ledger.json"), Output(settings.output)
        output.sweep()
        draft = drafts.opened(settings, known, output)
        draft.save()
        desk = Desk(settings)
        past = history.load(settings)
        chosen = [_approved(deciding.standing(desk, page)) for page in pages]
        found = chosen or list(desk.standings())
        approved = [one for one in found if one.state is State.APPROVED]
        done: list[Standing] = []
        try:
            for one in approved:
                if approvals.load(settings).decision(one.id) != one.decision:
                    continue  # with many pages this takes long: somebody thought better of it meanwhile
                _put(one, draft, past, by) if one.draft else _take_away(one, draft, past, by)
                done.append(one)
        finally:
            if approved or known.pages:
                known.library = put_library(known, settings, output)
            draft.save()
            draft.sweep()
        waiting = [one for one in found if one.state not in {State.APPROVED, State.CURRENT, State.HELD}]
        late = [replace(one, state=State.WAITING, why=LATE) for one in approved if one not in done]
        gone = {one.id for one in done if not one.draft}
        published = tuple(one.id for one in done if one.id not in gone)
    return Released(published, tuple(sorted(gone)), (*waiting, *late))


def _approved(found: Standing) -> Standing:
    """The page, if it may be published or is already. Raises PublicationError where it may not."""
    if found.state in {State.APPROVED, State.CURRENT}:
        return found
    why = f", because {found.told}" if found.told else ""
    remedy = {
        State.WAITING: f"Have it approved: voicegen review, or voicegen approve {found.id}.",
        State.REJECTED: "Correct the page, build and have it approved.",
        State.HELD: f"Run `voicegen resume {found.id}`, or correct its text.",
    }.get(found.state, "Run `voicegen build` and have its draft approved.")
    raise PublicationError(found.id, f"it is not approved as it is now: it is {found.state}{why}", remedy)


def _put(one: Standing, draft: Drafts, past: History, by: str) -> None:
    """Publishes one approved draft."""
    made = draft.known.pages[one.id]
    why = f"another was approved by {one.decision.by if one.decision else ''}: {one.why}"
    past.take(one.id, draft.output.place / one.id, draft.published.pages.get(one.id), why)
    with intended(draft.settings, drafts.publication(one.id, made, by)):
        draft.published.pages[one.id] = draft.put(one.id, made)
        draft.published.save()
    past.release(one.id)
    draft.drop(one.id)


def _take_away(one: Standing, draft: Drafts, past: History, by: str) -> None:
    """Takes a page away whose file is gone, since that was approved."""
    old = draft.published.pages[one.id]
    past.take(one.id, draft.output.place / one.id, old, "it is no longer in the content folder")
    with intended(draft.settings, Entry("removed", one.id, by)):
        if draft.output.is_ours(one.id, old.files):
            draft.output.remove(one.id)
        draft.published.pages.pop(one.id)
        draft.published.save()
    past.release(one.id)
