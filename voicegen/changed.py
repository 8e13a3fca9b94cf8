"""Changed: of very many pages, the few that a build has to look at.

Where the note of the last build (`unchanged`) still holds but for the texts of some pages, the others are as they
were published: none of them is looked for, read or compared, and what is said of them is what was said before. So
one sentence costs in a library of 100,000 pages little more than in one of ten. A page that comes or goes, or
anything else that is another, makes the build look at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from voicegen import pages, unchanged
from voicegen.config import Settings
from voicegen.errors import MISSHAPEN
from voicegen.ledger import Ledger
from voicegen.pages import PageFile
from voicegen.report import PageReport
from voicegen.unchanged import DAYS, TEXTS, Inputs

MANY = 100
"""Pages from which a build looks at some alone; of fewer, looking at all costs nothing, and clears up at once."""
CLEARED_UP_DAYS = 7
"""Within so many days after that, a build looks at all pages and removes from the store what none needs."""


@dataclass(slots=True)
class Few:
    """The pages whose texts are others than in the last build, and what its note tells of the rest."""

    settings: Settings
    before: Inputs
    head: dict[str, Any]
    texts: dict[str, str]
    """As the note has them."""
    pages: list[PageFile]
    folders: dict[str, str]
    """What tells of each published folder whether it is as it was."""
    groups: dict[int, dict[str, str]]
    """The files, with sizes and times, of each day on which one of these pages is looked at."""
    others: list[bytes]
    """The files' paths of all days."""

    def reports(self) -> Iterator[PageReport]:
        """The reports of all other pages."""
        chosen, held = {page.id for page in self.pages}, self.head["held"]
        for name, source in self.head["pages"]:
            if name in held and name not in chosen:
                yield PageReport(name, source, "held", held[name])
            elif name not in chosen:
                yield PageReport(name, source, "unchanged")

    def notices(self) -> list[str]:
        """What staff are told of all but these pages."""
        about = tuple(f"{page.id}: " for page in self.pages)
        return [one for one in self.head["notices"] if not one.startswith(about)]

    def note(self, known: Ledger, reports: Iterable[PageReport], reminders: Iterable[str], until: str) -> None:
        """Notes what is now so, as `unchanged.note` does; `reminders` are of these pages, as is the day `until`.

        A page that failed is looked at by the next build again.
        """
        outcomes = {one.id: one for one in reports}
        chosen = {page.id: outcomes[page.id] for page in self.pages if page.id in outcomes}
        if len(chosen) < len(self.pages) or any(one.outcome == "restored" for one in chosen.values()):
            return
        texts, files = dict(self.texts), dict[str, str]()
        for page in self.pages:
            outcome, entry = chosen[page.id].outcome, known.pages.get(page.id)
            text = self.before.texts[page.source]
            is_saved_meanwhile = not entry or (outcome != "held" and entry.stamp.get("text") != text)
            texts[page.source] = "" if outcome == "failed" or is_saved_meanwhile else text
            found = unchanged.published(self.settings.output, f"{page.id}/", entry.files if entry else {})
            if found is None:
                return
            files |= found
        beside = unchanged.published(self.settings.output, "", known.library)
        if beside is None:
            return
        cleared_up = str(date.today() + timedelta(CLEARED_UP_DAYS))
        facts = {key: self.head[key] for key in ("facts", "rest", "output", "pages", "passed_over")}
        facts["held"] = {name: why for name, why in self.head["held"].items() if name not in chosen} | {
            name: one.why for name, one in chosen.items() if one.outcome == "held"
        }
        facts |= {"notices": [*self.notices(), *reminders], "until": min(self.head["until"], until, cleared_up)}
        unchanged.put(self.settings.cache, known.path, facts, texts, self._sections(files, beside))

    def _sections(self, files: Mapping[str, str], beside: Mapping[str, str]) -> list[Any]:
        """The sections of the note with what is now so of these pages."""
        output, names = str(self.settings.output), {page.id for page in self.pages}
        folders = {name: one for name, one in self.folders.items() if name.partition("/")[0] not in names}
        folders |= unchanged.folder_stats(output, {name.rpartition("/")[0] for name in files})
        found: list[Any] = [dict(sorted(folders.items())), beside]
        new = names - {name.partition("/")[0] for group in self.groups.values() for name in group}
        for day, paths in enumerate(self.others):
            group = self.groups.get(day)
            if group is None:
                found.append((self.head["digests"][DAYS + day], paths))
                continue
            own = {name.partition("/")[0] for name in group} & names | (new if day == 0 else set())
            kept = {name: one for name, one in group.items() if name.partition("/")[0] not in names}
            found.append(kept | {name: one for name, one in files.items() if name.partition("/")[0] in own})
        return found


def few(settings: Settings, before: Inputs | None) -> Few | None:
    """The pages that a build has to look at, where these are some; None where it must look at all of them.

    `before` is what the build reads. Nothing is written.
    """
    if before is None:
        return None
    try:
        with unchanged.opened(settings.cache / unchanged.NAME) as file:
            head = json.loads(file.readline())
            if head["rest"] != before.rest or not unchanged.holds(head, settings.cache / "ledger.json"):
                return None
            sections = [file.read(size + 1).rstrip(b"\n") for size in head["sizes"]]
        texts = json.loads(sections.pop(TEXTS))
        ids = {source: name for name, source in head["pages"]}
        names = [name for name in texts if texts[name] != before.texts.get(name)]
        if len(ids) < MANY or texts.keys() != before.texts.keys() or not all(name in ids for name in names):
            return None
        chosen = [pages.at(settings, name) for name in sorted(names)]
        if not chosen or any(page.trouble for page in chosen):
            return None
        return _standing(settings, before, head, texts, chosen, sections)
    except (OSError, *MISSHAPEN):
        return None


def _standing(
    settings: Settings,
    before: Inputs,
    head: dict[str, Any],
    texts: dict[str, str],
    chosen: list[PageFile],
    sections: list[bytes],
) -> Few | None:
    """These pages, where what was published stands as the note says. Raises OSError where something is gone."""
    output, groups = str(settings.output), dict[int, dict[str, str]]()
    folders = unchanged.folder_stats(output, sections[0].decode().split())
    beside = unchanged.file_stats(output, sections[1].decode().split())
    stands = [unchanged.digest_of(folders), unchanged.digest_of(beside)] == head["digests"][:DAYS]
    own = [f"\n{page.id}/".encode() for page in chosen]
    for day, paths in enumerate(sections[DAYS:]):
        lines = b"\n" + paths
        if day == 0 or any(start in lines for start in own):  # a page that had failed until now joins the first
            groups[day] = unchanged.file_stats(output, paths.decode().split())
            stands &= unchanged.digest_of(groups[day]) == head["digests"][DAYS + day]
    return Few(settings, before, head, texts, chosen, folders, groups, sections[DAYS:]) if stands else None
