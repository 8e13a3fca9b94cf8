"""Intentions: what is about to be done, and then to be said in the log of approvals.

Between a deed and its line in the log the power may fail. So the line is written down before the deed, into a file
beside the log, and taken away once the log has it. Whoever changes something next finds it there, sees whether the
deed was done, and adds the line in the name of who did it, with a note that it comes late.

A recording that was to be kept is kept then, and one that was to be given up is given up: that was decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from voicegen import approvals, durable, history, manifest, takes
from voicegen.approvals import Entry
from voicegen.config import Settings
from voicegen.errors import MISSHAPEN, PublicationError, TemporaryError
from voicegen.locking import only_one
from voicegen.publishing import digest_of
from voicegen.takes import Take

DEEDS = ("published", "removed", "taken back", "recorded", "set aside")
"""What is done in two steps. To approve and to reject are none: the line in the log is all of them."""
LATE = "Whoever did it, on {at} UTC, was stopped before it could be said here."


@dataclass(frozen=True, slots=True)
class Intention:
    """What is about to be done."""

    entry: Entry
    """The line that the log is to have then."""
    after: int
    """Lines of the log before it."""
    at: str
    """When, by ISO 8601 in UTC."""
    own: tuple[Take, ...] = ()
    """Recordings to be kept, whose sounds are kept already."""


@contextmanager
def intended(settings: Settings, entry: Entry, own: Sequence[Take] = ()) -> Iterator[None]:
    """Has something done in its block, and said in the log; under the project's lock.

    Raises TemporaryError where the disk does not take it, and what approvals.add raises.
    """
    log = approvals.load(settings)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    durable.write(
        _place(settings), json.dumps(asdict(Intention(entry, len(log.entries), at, tuple(own)))).encode()
    )
    yield  # where it fails, the next who comes sees how far it got
    approvals.add(settings, entry)
    _forget(settings)


def catch_up(settings: Settings) -> None:
    """Adds to the log what was done and could not be said; under the project's lock.

    Raises PublicationError where the log was changed, or the file can't be understood, and TemporaryError.
    """
    found = _load(settings)
    if found is None:
        return
    said = approvals.load(settings).entries[found.after :]
    if not any(_is_said(found.entry, one) for one in said) and _is_done(settings, found):
        note = " ".join(filter(None, (found.entry.note, LATE.format(at=found.at[:16]))))
        approvals.add(settings, replace(found.entry, note=note[-approvals.LONGEST :]))
    _forget(settings)


def catch_up_alone(settings: Settings) -> None:
    """Does so where nobody is at work in the project; else whoever is has done it, or will."""
    if _place(settings).exists():
        with suppress(TemporaryError), only_one(settings.cache / "lock"):
            catch_up(settings)


def _is_said(meant: Entry, said: Entry) -> bool:
    facts = ("act", "page", "by", "version")
    same = all(getattr(meant, fact) == getattr(said, fact) for fact in facts)
    return same and dict(meant.made_from) == dict(said.made_from)


def _is_done(settings: Settings, found: Intention) -> bool:
    entry = found.entry
    folder = settings.output / entry.page
    if entry.act == "published":
        return digest_of(folder) == entry.version
    if entry.act == "removed":
        return not folder.exists()
    if entry.act == "taken back":
        hold = history.load(settings).holds.get(entry.page)
        return hold is not None and hold.id == entry.version
    own = takes.load(settings, entry.page)
    if entry.act == "recorded":
        own.use(found.own)
    else:
        for name in entry.made_from:
            own.give_up(name)
    return True


def _place(settings: Settings) -> Path:
    log = approvals.place(settings)
    return log.with_name(f"{log.name}.doing")


def _forget(settings: Settings) -> None:
    path = _place(settings)
    with durable.disk(path):
        path.unlink(missing_ok=True)
        durable.flush(path.parent)


def _check(entry: Entry, own: Sequence[Take]) -> None:
    """Raises ValueError or TypeError for what nobody here intends: a decision, above all, is no deed."""
    words = (entry.page, entry.by, entry.note, entry.text, entry.sound, entry.version)
    if not all(isinstance(one, str) for one in words) or not isinstance(entry.made_from, dict) or not entry.by:
        raise TypeError("it can be no line of the log")
    if entry.act not in DEEDS:
        raise ValueError(f"{entry.act!r} is nothing that is done to a page")
    if "/" in entry.page or not manifest.proper(entry.page):
        raise ValueError(f"{entry.page!r} is no page")
    if any(not manifest.proper(name) or "/" in name for name in entry.made_from if entry.act == "set aside"):
        raise ValueError("it names a recording that is none")
    if any(not isinstance(one.spoken, str) or not isinstance(one.lang, str) for one in own):
        raise TypeError("it keeps a recording of no words")


def _load(settings: Settings) -> Intention | None:
    path = _place(settings)
    try:
        facts = json.loads(durable.read(path))
        entry = Entry(**facts.pop("entry"))
        own = tuple(Take(**one) for one in facts.pop("own"))
        _check(entry, own)
        return Intention(entry, int(facts["after"]), str(facts["at"]), own)
    except FileNotFoundError:
        return None
    except (OSError, *MISSHAPEN) as trouble:
        if isinstance(trouble, OSError):
            durable.blame(trouble, path)
        raise PublicationError(
            str(path),
            f"what somebody was about to do can't be read there ({trouble})",
            "Look what became of it (voicegen status, voicegen approvals), and delete the file.",
        ) from None
