"""What the review page shows: the list of pages, one page, a chapter, a line, and something to be tried."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from voicegen import drafts, takes
from voicegen.comparing import Difference
from voicegen.config import Settings
from voicegen.deciding import GONE
from voicegen.errors import VoicegenError
from voicegen.formats._templates import OUR_LOOK, render_template
from voicegen.formats._verified import PublishedTimeline
from voicegen.formats.words import Words, direction, in_language, language_tag
from voicegen.ledger import Entry
from voicegen.model.written import name_of
from voicegen.review_desk import passages
from voicegen.review_desk.acts import Trial
from voicegen.review_desk.bench import Bench, version_of
from voicegen.reviewing import Review, review
from voicegen.sound.clips import LARGEST_BYTES
from voicegen.standing import DRAFTED, TO_BUILD, Desk, Standing, State

WORDS = Path(__file__).parent / "words"
NAMES = {
    "reworded": "reworded",
    "new": "new",
    "gone": "gone",
    "moved": "moved",
    "said otherwise": "said_otherwise",
}
"""What a kind of change is called in our words."""


@dataclass(frozen=True, slots=True)
class Message:
    """What came of the last act: a key of our words, or the words of what stood in its way."""

    text: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What every screen has."""

    settings: Settings
    root: str
    """The address's path with its token, with a slash at its end."""
    by: str = ""
    """The name that was given last."""
    message: Message | None = None

    def render(self, template: str, **values: object) -> str:
        """The screen as HTML."""
        words = review_words(self.settings.project.language or "en")
        return render_template(
            template,
            OUR_LOOK,
            words=words,
            dir=direction(words.page_lang),
            root=self.root,
            by=self.by,
            message=self.message,
            most=words.size(LARGEST_BYTES),
            english=lambda text: english(text, words),
            **values,
        )


def english(text: str, words: Words) -> Markup:
    """English words of the program, marked as such among words in another language."""
    return in_language(text, "en", words.page_lang)


def review_words(lang: str) -> Words:
    """Our words in the language of a BCP 47 tag, or in English where there are none in it."""
    tag = language_tag(lang) or "en"
    primary = tag.split("-")[0].lower()
    own = primary if (WORDS / f"{primary}.toml").is_file() else "en"
    return Words(tag, tag if own == primary else "en", _texts(own))


@cache
def _texts(language: str) -> Mapping[str, Any]:
    return tomllib.loads((WORDS / f"{language}.toml").read_text("utf-8"))


def listed(frame: Frame) -> str:
    """The list of pages that are not as they should be."""
    desk = Desk(frame.settings)
    found = list(desk.standings())
    pages = [
        {**_named(desk, one), "state": one.state, "why": one.told}
        for one in found
        if one.state not in {State.CURRENT, State.HELD}
    ]
    log = desk.log
    return frame.render(
        "review_list.html",
        pages=pages,
        rest=str(len(found) - len(pages)),
        log_lines=str(len(log.entries)),
        log_head=log.head,
    )


def page(frame: Frame, desk: Desk, standing: Standing) -> str:
    """One page: what changes, the way into its lines, and the decision."""
    folders = _folders(desk, standing.id)
    found, problems = _reviewed(desk, standing)
    lines = found.comparison.lines if found else ()
    times = passages.timeline(folders["draft"])
    old = passages.timeline(folders["published"])
    shown = [_change(one, times, old) for one in lines]
    unused: Sequence[takes.Take] = ()
    if times and standing.page:
        said = {takes.key(line.spoken, line.lang) for line in times.lines}
        own = takes.load(frame.settings, standing.id).found
        unused = [take for name, take in sorted(own.items()) if name not in said]
    return frame.render(
        "review_page.html",
        page=_page(desk, standing, folders),
        decision=desk.log.decision(standing.id),
        engine=frame.settings.voice.engine,
        problems=problems,
        notices=found.notices if found else (),
        grave=[one for one in shown if one["is_grave"]],
        others=[one for one in shown if not one["is_grave"]],
        unread=found.comparison.unread if found else (),
        about=found.about if found else (),
        moved=found.comparison.chapters if found else (),
        chapters=times.marks if times else (),
        unused=unused,
    )


def chapter(frame: Frame, bench: Bench, name: str) -> str:
    """The lines of one chapter of the draft."""
    wanted = bench.chapter(name)
    lines = []
    for line in wanted.lines:
        take = bench.takes.of(line)
        lines.append({"id": line.id, "spoken": line.spoken, "lang": line.lang, "by": take.by if take else ""})
    return frame.render(
        "review_chapter.html", page=_of(bench), chapter=wanted, lines=lines, version=version_of(wanted.lines)
    )


def line(frame: Frame, bench: Bench, name: str) -> str:
    """One line, and what can be done about its sound."""
    wanted = bench.line(name)
    context = passages.around(passages.timeline(bench.folder), name)
    return frame.render(
        "review_line.html",
        page=_of(bench),
        line=wanted,
        context=context or {"before": None, "after": None},
        take=bench.takes.of(wanted),
        version=version_of([wanted]),
    )


def trial(frame: Frame, desk: Desk, tried: Trial) -> str:
    """Something to be heard before it is kept."""
    return frame.render("review_trial.html", page={"id": tried.page, **_title(desk, tried.page)}, trial=tried)


def trouble(frame: Frame) -> str:
    """What is in the way of any other screen."""
    return frame.render("review_trouble.html")


def _reviewed(desk: Desk, standing: Standing) -> tuple[Review | None, list[str]]:
    """The comparison with what is published, and what stands in the way of a build, in words."""
    if standing.page is None:
        return None, []
    try:
        found = review(desk, standing.page)
    except VoicegenError as error:
        return None, [str(error)]
    return found, [str(error) for error in found.errors]


def _folders(desk: Desk, name: str) -> dict[str, Path]:
    return {"draft": drafts.place(desk.settings) / name, "published": desk.settings.output / name}


def _page(desk: Desk, standing: Standing, folders: Mapping[str, Path]) -> dict[str, object]:
    draft, published = folders["draft"], folders["published"]
    has_draft = standing.draft is not None
    return {
        **_named(desk, standing),
        "state": standing.state,
        "why": standing.why,
        "gone": standing.page is None,
        "first_time": standing.page is not None and not published.is_dir(),
        "version": drafts.version(standing.draft) if standing.draft else GONE,
        "has_draft": has_draft,
        "has_account": (draft / "account.html").is_file(),
        "has_published": (published / "index.html").is_file(),
        "hears_draft": has_draft and passages.recording(draft, standing.id) is not None,
        "hears_published": passages.recording(published, standing.id) is not None,
        "undecided": standing.state in DRAFTED,
        "to_build": standing.state in TO_BUILD,
    }


def _named(desk: Desk, standing: Standing) -> dict[str, object]:
    return {"id": standing.id, **_title(desk, standing.id, standing.draft)}


def _title(desk: Desk, name: str, draft: Entry | None = None) -> dict[str, str]:
    """The page's title and language, as far as they are known without reading it."""
    known = draft or drafts.known(desk.settings).pages.get(name) or desk.ledger.pages.get(name)
    facts = known.facts if known else {}
    return {"title": str(facts.get("title") or name), "lang": str(facts.get("lang") or "en")}


def _of(bench: Bench) -> dict[str, str]:
    title = name_of(bench.said.document.title)
    return {"id": bench.page.id, "title": title, "lang": bench.said.script.lang}


def _change(one: Difference, times: PublishedTimeline | None, old: PublishedTimeline | None) -> dict[str, object]:
    """A difference with the sentences around it."""
    there = passages.around(times, one.new_line) or passages.around(old, one.old_line)
    facts = {name: getattr(one, name) for name in Difference.__dataclass_fields__}
    return {
        **facts,
        "is_grave": one.is_grave,
        "name": NAMES[one.kind],
        "before": there.before.shown or there.before.spoken if there and there.before else "",
        "after": there.after.shown or there.after.spoken if there and there.after else "",
    }
