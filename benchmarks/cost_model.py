#!/usr/bin/env python3
"""What a library costs, from 50 pages to 100,000 in 40 languages: the tables of `docs/why/scale.md`.

    python benchmarks/cost_model.py [--write]

Every figure is reckoned from `cost_inputs.json`, where each has its source: measured, a list price, or assumed.
`--write` puts the tables into the document, between its marks.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENT = HERE.parent / "docs" / "why" / "scale.md"
COLUMNS = {"50": 50, "1,000": 1_000, "10,000": 10_000, "100,000": 100_000, "100,000 × 40": 4_000_000}
"""Pages, by what stands over the column."""
ASSUMED, LISTED = "\\*", "†"
"""Signs of rows that rest on an assumed speed, and on a list price."""
Row = tuple[str, Callable[[int], str]]


class Inputs:
    """The figures that all others are reckoned from."""

    def __init__(self, path: Path = HERE / "cost_inputs.json") -> None:
        self.all = json.loads(path.read_text("utf-8"))

    def page(self, name: str) -> float:
        """A measured figure of one page."""
        return float(self.all["page"]["values"][name])

    def library(self, name: str) -> float:
        """A measured figure of the library of 100,000 small pages."""
        return float(self.all["library"]["values"][name])

    def given(self, name: str) -> float:
        """A figure from elsewhere."""
        return float(self.all["given"][name]["value"])


def tables(inputs: Inputs) -> dict[str, str]:
    """The tables by the name of their marks in the document, as Markdown."""
    parts = {"work": work, "time": times, "money": money, "storage": storage, "upkeep": upkeep}
    return {name: table(list(rows(inputs))) for name, rows in parts.items()}


def work(the: Inputs) -> Iterator[Row]:
    """What there is to be spoken."""
    yield "lines", lambda pages: count(pages * the.page("lines"))
    yield "characters", lambda pages: count(pages * the.page("characters"))
    yield "sound", lambda pages: f"{count(pages * the.page('sound, s') / 3600)} h"


def speaking(the: Inputs) -> dict[str, float]:
    """CPU seconds of speaking one page, by engine."""
    sound = the.page("sound, s")
    return {
        "espeak": the.page("speak espeak, CPU s"),
        "flite": the.page("speak flite, CPU s"),
        f"Piper class{ASSUMED}": sound * the.given("piper, CPU s for each second"),
        "cloud": 0.0,
    }


def made(the: Inputs) -> float:
    """CPU seconds of one page with all default publications, but for speaking."""
    encoding = sum(the.page(f"encode {codec}, CPU s") for codec in ("mp3", "aac", "phone"))
    return encoding + the.page("page, default, CPU s")


def times(the: Inputs) -> Iterator[Row]:
    """From nothing, in time of one processor, and in machines."""
    for engine, seconds in speaking(the).items():
        if seconds:
            yield f"speak, {engine}", _times(seconds)
    for codec, name in {"mp3": "MP3", "aac": "AAC (M4B)", "phone": "the telephone's", "opus": "Opus"}.items():
        yield f"encode {name}", _times(the.page(f"encode {codec}, CPU s"))
    yield "read, check, render all default publications", _times(the.page("page, default, CPU s"))
    night = the.given("night, h") * 3600 * the.given("processors of a machine")
    for engine, seconds in speaking(the).items():
        whole = seconds + made(the)
        yield f"**all of it, {engine}**", _times(whole)
        yield f"machines for one night, {engine}", _machines(whole / night)


def money(the: Inputs) -> Iterator[Row]:
    """Money, where it is not for machines."""
    for kind in ("standard", "neural"):
        price = the.given(f"cloud {kind}, $ for 1M characters") * the.page("characters") / 1e6
        yield f"cloud, {kind} voices, from nothing{LISTED}", _dollars(price)
    price *= the.given("changed a day")
    yield f"cloud, neural voices, each day at 1 % of the lines{LISTED}", _dollars(price)
    put = the.given("object store, $ for 1M writes") / 1e6
    yield f"object store, writes, an object a clip{LISTED}", _dollars(put * the.page("store, entries"))
    yield f"object store, writes, a pack a page{LISTED}", _dollars(put)


def storage(the: Inputs) -> Iterator[Row]:
    """What lies on the disk."""
    for codec, name in {"mp3": "MP3", "aac": "M4B", "opus": "Opus", "phone": "telephone files"}.items():
        yield name, _sizes(the.page(f"{codec}, bytes"))
    yield "all default publications", _sizes(the.page("default, bytes"))
    yield "files of them", lambda pages: count(pages * the.page("default, files"))
    yield "the store: clips and encoded chapters", _sizes(the.page("store, bytes"))
    yield "objects, one a clip or chapter", lambda pages: count(pages * the.page("store, entries"))
    yield "objects, a pack a page", lambda pages: count(pages)
    yield "the ledger, small pages", _sizes(the.library("ledger, bytes a page"))


def upkeep(the: Inputs) -> Iterator[Row]:
    """After the first day."""
    yield "nothing changed", _times(the.library("nothing changed, CPU s a page"))
    fixed = the.library("one sentence, CPU s a page of the library")
    yield "one sentence changed, on top of its page", _times(fixed)
    chapter = (made(the) - the.page("page, default, CPU s")) / the.page("chapters")
    changed = the.given("changed a day") * (the.page("page, default, CPU s") + chapter)
    yield "a day with one sentence changed in 1 % of the pages, espeak", _times(changed + fixed)
    whole = the.given("changed a day") * (speaking(the)["espeak"] + made(the)) + fixed
    yield "a day with 1 % of the pages written anew, espeak", _times(whole)


def table(rows: Sequence[Row]) -> str:
    """The rows under the columns, as Markdown."""
    lines = [f"| pages | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
    lines += [f"| {name} | {' | '.join(map(cell, COLUMNS.values()))} |" for name, cell in rows]
    return "\n".join(lines)


def _times(seconds: float) -> Callable[[int], str]:
    return lambda pages: duration(pages * seconds)


def _sizes(size: float) -> Callable[[int], str]:
    return lambda pages: f"{scaled(pages * size, ('B', 'kB', 'MB', 'GB', 'TB', 'PB'))}"


def _dollars(price: float) -> Callable[[int], str]:
    return lambda pages: f"${count(pages * price)}" if pages * price >= 1 else f"{pages * price * 100:.2g} c"


def _machines(part: float) -> Callable[[int], str]:
    return lambda pages: count(math.ceil(pages * part))


def duration(seconds: float) -> str:
    """A length of time in the unit in which it is easily read."""
    for size, unit in ((365 * 86_400, "years"), (86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{rounded(seconds / size)} {unit}"
    return f"{rounded(seconds)} s"


def count(number: float) -> str:
    """A number, of which two digits count."""
    return scaled(number, ("", "", "M", "G"), 1e6).strip() if number >= 1e6 else rounded(number)


def scaled(number: float, units: Sequence[str], least: float = 1e3) -> str:
    """A number in the largest of the units, each a thousand of the one before."""
    step = 0
    while number >= 1_000 and step + 1 < len(units):
        number, step = number / 1_000, step + 1
    return f"{rounded(number)} {units[step]}"


def rounded(number: float) -> str:
    """A number rounded to two digits, with the thousands apart."""
    if number >= 10:
        keep = 10 ** max(0, len(str(int(number))) - 2)
        return f"{round(number / keep) * keep:,}"
    return f"{number:.2g}"


def filled(text: str, parts: dict[str, str], program: str = "cost_model") -> str:
    """The document with the tables of that program between their marks."""
    for name, part in parts.items():
        mark = rf"(<!-- {program}: {name} -->\n)[^<]*?(\n<!-- end -->)"
        text, found = re.subn(mark, lambda match, part=part: f"{match[1]}\n{part}\n{match[2]}", text)
        if found != 1:
            raise SystemExit(f"the marks of {program}'s table {name!r} stand there {found} times, not once")
    return text


def main() -> None:
    """Prints the tables, or writes them into the document."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    parts = tables(Inputs())
    if options.write:
        DOCUMENT.write_text(filled(DOCUMENT.read_text("utf-8"), parts), "utf-8")
    else:
        print("\n\n".join(f"{name}\n\n{part}" for name, part in parts.items()))


if __name__ == "__main__":
    main()
