"""Deciding on drafts: approving and rejecting them, bound to the very text and sound that were looked at."""

from __future__ import annotations

from voicegen import approvals, drafts, finding, intentions
from voicegen.approvals import Act, Entry
from voicegen.config import Settings
from voicegen.errors import PublicationError, SettingsError
from voicegen.publishing import digest_of
from voicegen.standing import DRAFTED, Desk, Standing

GONE = "gone"
"""What stands for the version of a page whose file is gone: whoever approves that has looked at no draft."""


def decide(desk: Desk, page: str, act: Act, by: str, note: str = "", version: str = "") -> Entry:
    """Writes down that somebody approved or rejected the draft of a page; gives the line of the log.

    `page` is its name or title; `version`, where given, the draft that was looked at (`drafts.version`), or `GONE`
    where the page was to be taken away. Raises SettingsError where nobody need approve or there is no such page,
    PublicationError where there is no draft of the page as it is now or it is another than was looked at, and
    TemporaryError.
    """
    found = standing(desk, page)
    if found.state not in DRAFTED:
        raise PublicationError(
            found.id, _why_not(found), "Run `voicegen build`, look at the draft, and decide then."
        )
    draft = found.draft
    now = drafts.version(draft) if draft else GONE
    if version and version != now:
        raise PublicationError(found.id, _otherwise(version, now), "Look at it again, and decide then.")
    if draft and digest_of(drafts.place(desk.settings) / found.id) != now:
        raise PublicationError(
            found.id,
            "its draft is being made anew just now",
            "Wait until the build has ended, look at it again, and decide then.",
        )
    entry = Entry(act, found.id, by, note)
    if draft:
        text, sound = draft.seal.get("text", ""), draft.seal.get("sound", "")
        entry = Entry(act, found.id, by, note, text, sound, now, dict(draft.stamp))
    intentions.catch_up_alone(desk.settings)
    desk.log = approvals.add(desk.settings, entry)
    return desk.log.entries[-1]


def check_required(settings: Settings) -> None:
    """Raises SettingsError where pages are published without anybody's approval."""
    if not settings.review.required:
        raise SettingsError(
            "voicegen.toml, [review] required",
            "pages of this project are published without approval, by `voicegen build`",
            "Write required = true under [review] to have them approved first (docs/how-to/approve.md); what "
            "shards made is published without it (docs/how-to/many-machines.md).",
        )


def standing(desk: Desk, page: str) -> Standing:
    """How the page of that name or title stands, one that is gone too. Raises SettingsError."""
    check_required(desk.settings)
    if page in desk.ledger.pages:
        for found in desk.standings():
            if found.id == page:
                return found
    return desk.standing(finding.own(desk.settings, page))


def _why_not(found: Standing) -> str:
    if found.state == "current":
        return "it is published as it is, and nothing is to be decided"
    why = f", because {found.told}" if found.told else ""
    return f"there is no draft of it as it is now: it is {found.state}{why}"


def _otherwise(version: str, now: str) -> str:
    """What became of a page since a version of it was looked at, in words."""
    if now == GONE:
        return "its file is gone since it was looked at"
    if version == GONE:
        return "its file is there again since it was looked at"
    return "its draft is another now than the one that was looked at"
