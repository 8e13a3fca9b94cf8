"""Standing: how every page stands to what is published of it, found without parsing or writing anything.

It compares stamps, as a build does: the cost is one reading of each page's bytes and one look at each published
file's size and time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from voicegen import (
    approvals,
    cover,
    drafts,
    extensions,
    failures,
    fingerprints,
    governance,
    history,
    ledger,
    lexicon,
    pages,
    reasons,
    takes,
    theming,
)
from voicegen.config import Settings
from voicegen.contracts import SourceFile
from voicegen.errors import TemporaryError, VoicegenError
from voicegen.failures import Failure
from voicegen.ledger import Entry
from voicegen.model.blob import blob
from voicegen.pages import PageFile
from voicegen.publishing import damage
from voicegen.speech import Lexicon
from voicegen.steps.speaking import Speaker


class State(StrEnum):
    """How a page stands; the value is what programs read."""

    CURRENT = "current"
    NEW = "new"
    """Never published, as far as the ledger knows."""
    CHANGED = "changed"
    """A build would make it again."""
    DAMAGED = "damaged"
    """It has not changed, but what is published is not as it was; a build would put it right."""
    HELD = "held"
    """It was taken back to an earlier version, and its text is still the one that was taken back."""
    MISSING = "missing"
    """It is published, and its file is no longer in the content folder: a build would take it away."""
    FAILED = "failed"
    """The last build could not publish it, and nothing that it is made from has changed since."""
    WAITING = "waiting"
    """Its draft waits for somebody to approve it; or the page is gone, and that does."""
    REJECTED = "rejected"
    """Somebody rejected its draft: a change of the page makes another."""
    APPROVED = "approved"
    """Its draft is approved and not published yet: `voicegen publish` does it."""


DRAFTED = {State.WAITING, State.REJECTED, State.APPROVED}
"""States in which there is a draft of the page as it is now, or the page is gone."""
TO_BUILD = {State.NEW, State.CHANGED, State.DAMAGED, State.FAILED}
"""States in which a build would try to make the page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One page."""

    id: str
    source: str
    state: State
    why: str = ""
    """In words; empty for what is current."""
    page: PageFile | None = None
    """None where its file is gone."""
    review: str = ""
    """What staff should know of the next review of what is published; empty where that is far."""
    draft: Entry | None = None
    """The draft of the page as it is now, where somebody must approve it."""
    decision: approvals.Entry | None = None
    """What was last decided on the page."""

    @property
    def told(self) -> str:
        """Why it stands so, with what was decided on it, in words."""
        decision = self.decision
        if decision is None or self.state not in {State.APPROVED, State.REJECTED}:
            return self.why
        note = f": “{' '.join(decision.note.split())}”" if decision.note else ""
        return f"{self.why}; {self.state} by {decision.by} on {decision.at[:10]}{note}"


class Desk:
    """What it takes to tell how pages stand: settings, voice and pronunciations. Nothing is written."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError and MissingPartError as a build would; no consent is needed, nothing is sent."""
        self.settings, self.notices = extensions.possible(settings)
        name = settings.voice.engine
        self.store = extensions.opened_store(settings)
        self.engine = extensions.engine(name, settings.engine_options(name, send_text_to=name))
        self.speaker = Speaker(self.engine, self.store, 1, settings.voices)
        self.caller = self.speaker.for_telephones() if settings.phone.voice == "clear" else self.speaker
        """Speaks what callers hear."""
        self.ledger = ledger.load(settings.cache / "ledger.json")
        self._lexicon = lexicon.load(settings.content, name)
        self._cover = cover.own(settings) or blob(b"")
        self._theme = theming.digest(theming.load(settings))
        self._reasons = reasons.of(self.settings, self.speaker.fingerprint)
        self._history = history.load(settings)
        self._failures = failures.load(settings.cache)
        self.log = approvals.load(settings) if settings.review.required else approvals.Log(settings.root)
        self._drafts = drafts.known(settings).pages if settings.review.required else {}

    def words(self, page: str) -> Lexicon:
        """The pronunciations that hold for a page."""
        return self._lexicon.of_page(page)

    def takes(self, page: str) -> takes.Takes:
        """The recordings of their own that staff have for a page. Raises PublicationError."""
        return takes.load(self.settings, page)

    def stamp(self, page: PageFile, file: SourceFile) -> dict[str, str]:
        """What the page would be made from now."""
        words = lexicon.digest(self.words(page.id))
        own = self.takes(page.id).stamp()
        made_by = {"program": fingerprints.program(self.settings.cache, remember=False), "theme": self._theme}
        stamp = pages.stamp(page, file, self.settings, self.speaker.fingerprint, words, self._cover, **made_by)
        return {**stamp, **own}

    def standings(self) -> Iterator[Standing]:
        """Every page of the content folder in order, then those that are published and gone from it."""
        found = pages.find(self.settings)
        for page in found:
            yield self.standing(page)
        for name in sorted(self.ledger.pages.keys() - {page.id for page in found}):
            yield self._gone(name, self.ledger.pages[name].source)

    def _gone(self, name: str, source: str) -> Standing:
        """How a page stands that is published and whose file is gone."""
        why = f"{source or 'its file'} is no longer in the content folder"
        if not self.settings.review.required:
            return Standing(name, source, State.MISSING, why)
        decision = self.log.decision(name)
        state = State.WAITING
        if decision and decision.act in {"approved", "rejected"} and not decision.text:
            state = State.APPROVED if decision.act == "approved" else State.REJECTED
        return Standing(name, source, state, why, decision=decision)

    def standing(self, page: PageFile, file: SourceFile | None = None) -> Standing:
        """How one page stands, with what was read of it, or by what it holds now."""
        old = self.ledger.pages.get(page.id)
        try:
            stamp = self.stamp(page, file or page.read(self.settings))
        except TemporaryError:
            raise  # what can't be read just now is not said to be wrong
        except VoicegenError as error:
            return Standing(page.id, page.source, State.FAILED, str(error), page)
        facts = old.facts if old else {}
        due = governance.stamp(facts, self.settings.review)
        review = governance.reminder(str(facts.get("dates", {}).get(governance.NEXT, "")), self.settings.review)
        found = self._found(page, old, stamp | due)
        if found.state in TO_BUILD:
            found = self._drafted(found, stamp)
        return replace(found, review=review)

    def _drafted(self, found: Standing, stamp: dict[str, str]) -> Standing:
        """How a page stands that is to be made, or was as a draft; `stamp` is without what its review adds."""
        draft = self._drafts.get(found.id)
        if draft is None or damage(drafts.place(self.settings) / found.id, draft.files):
            return found
        now = stamp | governance.stamp(draft.facts, self.settings.review)
        if draft.stamp != now:
            return found
        decision = self.log.decision(found.id)
        state = State.WAITING
        if decision and drafts.is_about(decision, draft):
            state = {"approved": State.APPROVED, "rejected": State.REJECTED}.get(decision.act, state)
        why = "new page" if found.state is State.FAILED else found.why
        if state is State.WAITING and decision and decision.act == "approved":
            changed = ledger.why(replace(draft, stamp=decision.made_from), draft.stamp)
            why += f". It was approved on {decision.at[:10]}, and since then {changed or 'its sound changed'}"
        return replace(found, state=state, why=why, draft=draft, decision=decision)

    def _found(self, page: PageFile, old: Entry | None, stamp: dict[str, str]) -> Standing:
        hold = self._held(page, stamp)
        if hold:
            return Standing(page.id, page.source, State.HELD, hold, page)
        state, why = self._compared(page, old, stamp)
        failure = self._failures.get(page.id)
        if failure and state is not State.CURRENT and _still(failure, stamp):
            state, why = State.FAILED, failure.errors[0]
        return Standing(page.id, page.source, state, why, page)

    def _held(self, page: PageFile, stamp: dict[str, str]) -> str:
        """Why the page is held at an earlier version; empty where it is not."""
        hold = self._history.holds.get(page.id)
        if hold is None or stamp["text"] not in hold.texts:
            return ""
        return (
            f"it was taken back to version {hold.number} on {hold.since[:10]} and its text has not changed since"
        )

    def _compared(self, page: PageFile, old: Entry | None, stamp: dict[str, str]) -> tuple[State, str]:
        why = self._reasons.why(old, stamp, page.id, self.words(page.id))
        if old is None:
            return State.NEW, why
        if why:
            return State.CHANGED, why
        why = damage(self.settings.output / page.id, old.files)
        return (State.DAMAGED, why) if why else (State.CURRENT, "")


def _still(failure: Failure, stamp: dict[str, str]) -> bool:
    """Whether a page would fail as it did: all that it is made from is the same."""
    return bool(failure.errors) and dict(failure.stamp) == stamp
