"""Accounting: every word of a source is spoken, transformed by a named rule, or left out with a reason.

The source's words are counted by a pass of their own (`visible_markup`) and looked for among what was read
(`tracing`); what was read is looked for among the lines that are spoken (`heard`). The reader's word is taken for
nothing but the reason why it left a piece out.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import partial

from voicegen.errors import PublicationError
from voicegen.model.account import Account, Added, NotSpoken, Origin, Silent, Totals, Transformed, Unaccounted
from voicegen.model.document import Document, texts
from voicegen.model.script import Script
from voicegen.model.written import name_of
from voicegen.speech import NO_LEXICON, Lexicon, page_words
from voicegen.steps.found import Found, is_cut
from voicegen.steps.framing import Framing, framing
from voicegen.steps.heard import Heard, Listener
from voicegen.steps.losses import losses
from voicegen.steps.spelling import spelled
from voicegen.steps.visible_markup import html_words, markdown_words
from voicegen.steps.visible_words import Visible, text_words

MOST_NAMED = 12
"""Pieces that a message names: more help nobody."""
LONGEST_NAMED = 80

_PASSES: tuple[tuple[tuple[str, ...], tuple[Callable[[str], Visible], ...]], ...] = (
    ((".html", ".htm", ".xhtml"), (html_words,)),
    ((".md", ".markdown", ".mdown", ".mkd"), (markdown_words, partial(markdown_words, indented=True), text_words)),
    ((".txt", ".text"), (text_words,)),
)
"""Which passes count the words of which files. Those of a Markdown file hang on what its parser takes for program
code, and without any Markdown it is read as plain text: it is complete where one of the passes finds it so."""


def account(
    document: Document,
    script: Script,
    name: str,
    source: str,
    lexicon: Lexicon = NO_LEXICON,
    publisher: str = "",
    publisher_lang: str = "",
) -> Account:
    """The account of a page. `name` is the source's path, `source` its decoded text.

    A kind of source that only an outside package can read is accounted for from its Document on.
    """
    own = page_words(document, lexicon)
    frame = framing(document, script, publisher, own, publisher_lang)
    heard = list(Listener(document, script, own, {again.text for again in frame.again.values()}).heard())
    passes = next((found for suffixes, found in _PASSES if name.lower().endswith(suffixes)), ())
    if not passes:
        return _drawn_up(name, document, script, frame, heard, _as_read(document), counted=False)
    first: Account | None = None
    for words in passes:
        found = _drawn_up(name, document, script, frame, heard, words(source))
        first = first or found
        if not found.unaccounted:
            return found
    return first or Account()


def check(found: Account, source: str) -> None:
    """Raises PublicationError where anything is unaccounted for; `source` is the page's path, for the message."""
    if not found.unaccounted:
        return
    named = "; ".join(
        f"line {one.line}: “{_short(one.text)}” {one.what}" for one in found.unaccounted[:MOST_NAMED]
    )
    more = len(found.unaccounted) - MOST_NAMED
    raise PublicationError(
        source,
        f"the recording would not have all of the page: {named}"
        + (f"; and {more} more places" if more > 0 else ""),
        "Nothing of this page was published, and what was published before stays as it is. Ask whoever keeps the"
        " web page to look at these places: a tag may lack its end, such as </p> or </td>. If they look right,"
        " please report this message with the page.",
    )


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_NAMED else words[: LONGEST_NAMED - 1] + "…"


def _as_read(document: Document) -> Visible:
    """The words that the reader found, for a kind of source that only it can read."""
    left_out = (left.text for left in document.left_out if not is_cut(left))
    pieces = (*(text.plain for text in texts(document)), *left_out)
    visible = text_words("\n".join(" ".join(piece.split()) for piece in pieces))
    visible.lines = array("L", bytes(visible.lines.itemsize * len(visible.words)))
    return visible


def _drawn_up(
    name: str,
    document: Document,
    script: Script,
    frame: Framing,
    heard: Sequence[Heard],
    visible: Visible,
    *,
    counted: bool = True,
) -> Account:
    found = Found(document, heard, visible)
    ours = Counter(line.spoken.strip() for line in script.lines if line.target is None)
    return Account(
        totals=_totals(found),
        counted=counted,
        left_out=tuple(
            NotSpoken(left.text, left.reason, left.where, len(spelled(left.text).starts))
            for left in document.left_out
        ),
        transformed=tuple(_transformed(found)),
        silent=tuple(
            Silent(one.signs(start, end), why, found.line(one, start))
            for one in found.shown
            for start, end, why in one.heard.silent
        ),
        added=tuple(Added(words, times) for words, times in ours.items()),
        not_in_source=tuple(
            name_of(one.heard.text)
            for one in found.shown
            if counted and one.piece.letters and not one.piece.ranges
        ),
        unaccounted=tuple(sorted((*losses(found, name), *_misplaced(found, frame)), key=lambda one: one.line)),
        notices=(*document.notices, *script.notices),
        origins=dict(_origins(found, script, frame)),
    )


def _misplaced(found: Found, frame: Framing) -> Iterator[Unaccounted]:
    """What the script has and should not have, or lacks."""
    shown = {one.heard.text.number: one for one in found.shown}
    for fault in frame.misplaced:
        near = shown.get(fault.near)
        words = fault.words or (name_of(near.heard.text) if near else "")
        yield Unaccounted(words, found.line(near, 0) if near else 0, fault.what)


def _origins(found: Found, script: Script, frame: Framing) -> Iterator[tuple[str, Origin]]:
    """Where the words of each line of the script come from."""
    shown = {one.heard.text.number: one for one in found.shown}
    for line in script.lines:
        target = line.target
        if target and target.text in shown:
            place = found.line(shown[target.text], target.start)
            yield line.id, Origin(target.text, place, line.changes)
        elif again := frame.again.get(line.id):
            yield line.id, Origin(again.text, found.line(shown[again.text], 0), again.changes)


class _Fate(IntEnum):
    """What became of a word of the source."""

    NO_TEXT = 0
    AS_SHOWN = 1
    TRANSFORMED = 2
    SILENT = 3
    LEFT_OUT = 4


def _totals(found: Found) -> Totals:
    fates = bytearray(len(found.visible.words))  # NO_TEXT, each

    def tell(ranges: Iterable[tuple[int, int]], fate: _Fate) -> None:
        for start, end in ranges:
            for word in found.visible.words_in(start, end):
                fates[word] = fate

    for piece in found.left:
        tell(piece.ranges, _Fate.LEFT_OUT)
    for one in found.shown:
        tell(one.piece.ranges, _Fate.AS_SHOWN)
        for change in one.heard.changes:
            fate = _Fate.TRANSFORMED if change.spoken.strip() else _Fate.SILENT
            tell(one.in_source(change.start, change.end), fate)
        for start, end, _ in one.heard.silent:
            tell(one.in_source(start, end), _Fate.SILENT)
    count = Counter(fates)
    return Totals(len(fates), *(count[fate] for fate in (*list(_Fate)[1:], _Fate.NO_TEXT)))


def _transformed(found: Found) -> Iterator[Transformed]:
    """Each spoken form once, with the line where it first stands."""
    times: Counter[tuple[str, str, str]] = Counter()
    lines: dict[tuple[str, str, str], int] = {}
    for one in found.shown:
        for change in one.heard.changes:
            form = (one.signs(change.start, change.end), change.spoken.strip(), change.rule)
            times[form] += 1
            if form not in lines:
                lines[form] = found.line(one, change.start)
    for form, line in lines.items():
        yield Transformed(*form, line, times[form])
