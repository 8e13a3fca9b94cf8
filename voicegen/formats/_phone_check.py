"""What phone.json says of its chapters, compared with timeline.json and with what is heard in them.

Packs go by it: the name is said in menus over several pages, the keys become configurations, and the menu's
times say where a line of it is cut out.
"""

from __future__ import annotations

import array
import re
import sys
import wave
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from voicegen.formats._verified import PublishedTimeline
from voicegen.sound.phone import RATE_HZ
from voicegen.speech.telephone_words import TelephoneWords, telephone_words

STILL = RATE_HZ // 5
"""Samples of silence that stand before each line of a menu, at least."""
ONSET = RATE_HZ // 8
"""Samples after which a line is heard, at most."""
QUIET = 64
"""Magnitude of samples between lines: nothing but what filters leave there."""
_ADDRESS = re.compile(r"\w[.@][^\W\d_]")
"""What stands in lines with a web address, whose words are others on telephones."""


def differences(facts: Mapping[str, Any], folder: Path, timeline: PublishedTimeline) -> Iterator[str]:
    """Where it names, counts or words something otherwise than the page and its sound do, in words."""
    if facts["lang"] != timeline.lang:
        yield f"it is in {facts['lang']!r}, not {timeline.lang!r}"
    if facts["name"] != _title(timeline):
        yield f"its name is said as {facts['name']!r}, which is not how the title is said"
    words = telephone_words(timeline.lang)
    for edition in facts["editions"]:
        chapters = edition["chapters"]
        where = f"{edition['name']} edition: "
        for what in (*_order(edition), *_menu(chapters, timeline, words), *_said(edition, timeline, words)):
            yield where + what
        for chapter in chapters:
            for what in _starts(chapter, folder / "phone" / edition["name"]):
                yield f"{where}{chapter['file']}: {what}"


def _order(edition: Mapping[str, Any]) -> Iterator[str]:
    """Keys that do not count from 1 in the order of the chapters, and a notice that is a topic."""
    chapters = edition["chapters"]
    topics = [chapter["key"] for chapter in chapters if chapter["key"] != "*"]
    if [chapter["key"] for chapter in chapters[len(chapters) - len(topics) :]] != topics:
        yield "its menu does not come first"
    keys = [key for key in topics if key]
    if keys != [str(number) for number in range(1, len(keys) + 1)] or (keys and not topics[0]):
        yield f"its keys are {', '.join(keys)}"
    last = chapters[-1]
    if edition["notice"] and (last["file"], last["key"]) != (edition["notice"], ""):
        yield f"its notice is {edition['notice']!r}, which is not its last chapter"


def _menu(
    chapters: Sequence[Mapping[str, Any]], timeline: PublishedTimeline, words: TelephoneWords
) -> Iterator[str]:
    """Keys that the menu names in other words than those that the chapters begin with, or not at all."""
    keyed = [chapter for chapter in chapters if chapter["key"] not in {"", "*"}]
    said = [line for chapter in chapters if chapter["key"] == "*" for line in chapter["spoken"]]
    if not words:
        return
    if said[0] != words.about(_title(timeline)):
        yield f"the menu says {said[0]!r}, and the page is called {timeline.title!r}"
    if len(keyed) < 2:
        return
    first = max(0, len(said) - len(keyed) - 2)
    for line, chapter in zip(said[first:], keyed, strict=False):
        spoken = chapter["spoken"]
        named = [words.intro, words.urgent, *(_joined(spoken[1 : end + 1]) for end in range(1, len(spoken)))]
        if line not in {words.key(name or timeline.title, int(chapter["key"])) for name in named}:
            yield f"the menu says {line!r}, and key {chapter['key']} leads to {chapter['file']}"
    if said[first + len(keyed) :] != [words.next, words.again]:
        yield "the menu does not end with the keys for the next part and for the menu"


def _said(edition: Mapping[str, Any], timeline: PublishedTimeline, words: TelephoneWords) -> Iterator[str]:
    """Words that are neither the page's nor ours, and, in the full edition, lines of the page that are missing."""
    own = {line.spoken for line in timeline.lines}
    changed = {line.spoken for line in timeline.lines if _ADDRESS.search(line.shown)}
    said = set[str]()
    for chapter in edition["chapters"]:
        if chapter["key"] == "*" or chapter["file"] == edition["notice"]:
            continue
        for line in chapter["spoken"]:
            said.add(line)
            if line not in own and not _ours(line, timeline, words):
                found = {one for one in changed if _is_without_addresses(line, one, words)}
                if not found:
                    yield f"{line[:60]!r} is not said in the recording"
                said |= found
    if edition["name"] == "full":
        for one in timeline.lines:
            may_be_nothing = one.spoken in changed and not words
            if one.shown and one.role != "title" and one.spoken not in said and not may_be_nothing:
                yield f"{one.spoken[:60]!r} is not said"


def _ours(line: str, timeline: PublishedTimeline, words: TelephoneWords) -> bool:
    """Whether a line is one of those that only callers hear: what this is, which part, a number once more."""
    title = _title(timeline)
    if line in {title, f"{title}.", words.about(title), f"{words.urgent}."}:
        return True
    part = [int(number) for number in re.findall(r"\d+", line)]
    if len(part) == 2 and line == words.part(*part):
        return True
    before, _, behind = words.number_again("\0").partition("\0")
    number = line.removeprefix(before).removesuffix(behind)
    return (
        bool(words) and line == words.number_again(number) and any(number in one.spoken for one in timeline.lines)
    )


def _is_without_addresses(line: str, spoken: str, words: TelephoneWords) -> bool:
    """Whether a line is one of the page's with our word, or where we have none, nothing, in place of addresses."""
    if not words:
        rest = iter(spoken.split())
        return all(word in rest for word in line.split())
    pieces = (re.escape(" ".join(piece.split())) for piece in line.split(words.address))
    return bool(re.fullmatch(r" ?.+ ?".join(pieces), " ".join(spoken.split())))


def _starts(chapter: Mapping[str, Any], place: Path) -> Iterator[str]:
    """Times of lines that are out of order, and those of a menu that are not where its lines begin."""
    starts = chapter.get("starts")  # as it was published before they were
    if not starts:
        return
    if len(starts) != len(chapter["spoken"]):
        yield f"it has {len(starts)} times for {len(chapter['spoken'])} lines"
    if any(one >= other for one, other in pairwise([-1, *starts, chapter["samples"]])):
        yield "the times of its lines are not in order inside it"
        return
    if chapter["key"] != "*":
        return
    with wave.open(str(place / f"{chapter['file']}.wav")) as sound:
        samples = array.array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    for line, start in zip(chapter["spoken"], starts, strict=False):
        before, behind = samples[max(0, start - STILL) : start], samples[start : start + ONSET]
        if _loudest(before) > QUIET or _loudest(behind) <= QUIET:
            yield f"{line[:60]!r} does not begin at sample {start}"


def _loudest(samples: Sequence[int]) -> int:
    return max(map(abs, samples), default=0)


def _title(timeline: PublishedTimeline) -> str:
    """The title as it is said."""
    return _joined([line.spoken for line in timeline.lines if line.role == "title"])


def _joined(lines: Sequence[str]) -> str:
    return " ".join(lines).rstrip(" .:")
