"""voicegen diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands import _completing
from voicegen.commands._words import clean, count, project

if TYPE_CHECKING:
    from voicegen.comparing import ChapterChange, Difference
    from voicegen.reviewing import Review
    from voicegen.standing import Desk


@click.command()
@click.argument("page", shell_complete=_completing.pages)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.pass_obj
def diff(folder: Path, page: str, as_json: bool) -> None:
    """Shows what a build would change of a published page. Changes nothing.

    Changed doses, quantities and denials come first; then the text, what is said otherwise, and the chapters.
    PAGE is a page's name, its title or a part of its title.
    """
    from voicegen import finding
    from voicegen.reviewing import review
    from voicegen.standing import Desk

    desk = Desk(project(folder))
    _refuse_removed(desk, page)
    found = review(desk, finding.page(desk.settings, page))
    if as_json:
        click.echo(json.dumps(_facts(found), ensure_ascii=False, indent=1))
    else:
        click.echo(clean("\n".join(_words(found))))


def _refuse_removed(desk: Desk, page: str) -> None:
    """Raises SettingsError for a published page whose file is gone: there is nothing to compare it with."""
    from voicegen import pages
    from voicegen.errors import SettingsError

    known = desk.ledger.pages.get(page)
    if known and not any(one.id == page for one in pages.find(desk.settings)):
        remedy = "The next build takes the published page away; put the file back if it should stay."
        raise SettingsError(page, f"its file {known.source} is no longer in the content folder", remedy)


def _words(found: Review) -> Iterator[str]:
    lines, chapters = found.comparison.lines, found.comparison.chapters
    yield f"{found.id}: {found.state}" + (f", {found.why}" if found.why and found.state != "new" else "")
    yield from (f"A build would refuse it: {error}" for error in found.errors)
    grave = [line for line in lines if line.is_grave]
    if found.state == "new" and not any(line.old for line in lines):
        yield f"Nothing is published of it yet: all {count(found.lines, 'line')} are new."
        return
    yield from _part("Look at these first: doses, quantities and denials", grave)
    rest = [line for line in lines if not line.is_grave]
    yield from _part("Text", [line for line in rest if line.kind != "said otherwise"])
    yield from _part("Said otherwise", [line for line in rest if line.kind == "said otherwise"])
    if found.about:
        yield "About the page"
        yield from (f"  {name}: was “{old}”, is now “{new}”." for name, old, new in found.about)
    if chapters:
        yield "Chapters"
        yield from (f"  {_chapter(chapter)}" for chapter in chapters)
    if not lines and not chapters and not found.about:
        yield "No word, no spoken form and no chapter would change."
    for lang in found.comparison.unread:
        yield f"note: In “{lang}” only numbers were compared: read units and denials yourself."
    yield f"{found.to_speak} of {count(found.lines, 'line')} would be spoken. Nothing was changed."


def _part(heading: str, lines: list[Difference]) -> Iterator[str]:
    if lines:
        yield heading
    for line in lines:
        yield from (f"  {words}" for words in _line(line))


def _line(line: Difference) -> Iterator[str]:
    where = f"{line.chapter}, {line.place}" if line.place else line.chapter
    match line.kind:
        case "new":
            yield f"{where}, new: {_flat(line.new)}"
        case "gone":
            yield f"{where}, gone: {_flat(line.old)}"
        case "moved":
            yield f"{where}, stands elsewhere now: {_flat(line.new)}"
        case "reworded":
            yield f"{where}, was: {_flat(line.old)}"
            yield f"{where}, is now: {_flat(line.new)}"
        case _:
            yield f"{where}, text as before: {_flat(line.new)}"
            yield f"  was said: {_flat(line.old_spoken)}"
            yield f"  is now said: {_flat(line.new_spoken)}"
            yield from (f"  because {_flat(words)}" for words in line.because)
    if line.kind == "moved":
        if line.is_grave:
            yield f"  moved: {_facts_of(line.gained)}"
        return
    if line.lost:
        yield f"  gone: {_facts_of(line.lost)}"
    if line.gained:
        yield f"  new: {_facts_of(line.gained)}"


def _facts_of(found: tuple[str, ...]) -> str:
    """Amounts and denials for people: the proof writes a range "2~4"."""
    return ", ".join(re.sub(r"(?<=\d)~(?=[\d.−-])", "–", one) for one in found)


def _chapter(chapter: ChapterChange) -> str:
    if not chapter.was:
        return f"{chapter.title}: new, chapter {chapter.now}."
    if not chapter.now:
        return (
            f"{chapter.title}: gone, was chapter {chapter.was}; links to #{chapter.id} lead to the page's start."
        )
    return f"{chapter.title}: was chapter {chapter.was}, is now chapter {chapter.now}."


def _flat(words: str) -> str:
    return " ".join(words.split())


def _facts(found: Review) -> dict[str, object]:
    """The review for programs: docs/reference/diff.md."""
    return {
        "version": 1,
        "id": found.id,
        "source": found.source,
        "state": found.state,
        "why": found.why,
        "grave": sum(line.is_grave for line in found.comparison.lines),
        "lines": [{**asdict(line), "grave": line.is_grave} for line in found.comparison.lines],
        "chapters": [asdict(chapter) for chapter in found.comparison.chapters],
        "about": [{"name": name, "was": old, "now": new} for name, old, new in found.about],
        "unread": list(found.comparison.unread),
        "of_lines": found.lines,
        "to_speak": found.to_speak,
        "errors": [str(error) for error in found.errors],
    }
