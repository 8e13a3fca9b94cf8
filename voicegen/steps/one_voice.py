"""One voice a language: a page does not change its voice where a passage is marked with another region.

Sites mark passages as "en" or "en-US" on pages in "en-GB", mostly by accident of their templates, and a listener
would hear a stranger go on in the middle of the page. Only the voice is chosen here: how the words are said was
worked out, and proved, with each passage's own tag before.
"""

from __future__ import annotations

from dataclasses import replace

from voicegen.model.script import Line, Script

SCRIPT_LETTERS, EXTENDED_LETTERS = 4, 3
"""Length of the subtags of BCP 47 for a way of writing ("Arab"), and for a language within one ("zh-yue")."""


def one_voice(script: Script) -> Script:
    """The script, each language of it spoken as its first line is: the page's own as the page is."""
    first = {_language(script.lang): script.lang}

    def said(line: Line) -> Line:
        lang = first.setdefault(_language(line.lang), line.lang)
        return line if lang == line.lang else replace(line, lang=lang)

    chapters = tuple(replace(part, lines=tuple(map(said, part.lines))) for part in script.chapters)
    return replace(script, chapters=chapters)


def _language(tag: str) -> tuple[str, ...]:
    """What a tag says of the language itself, and how it is written; not where it is spoken."""
    first, *rest = tag.lower().replace("_", "-").split("-")
    return (first, *(part for part in rest if part.isalpha() and len(part) in {SCRIPT_LETTERS, EXTENDED_LETTERS}))
