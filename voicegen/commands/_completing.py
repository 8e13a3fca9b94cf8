"""What a shell offers when Tab is pressed: names of pages, engines and telephone systems."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from voicegen.errors import VoicegenError


def pages(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """The project's pages, by name; none where the project can't be read, for a shell can say no why."""
    from voicegen import pages as found
    from voicegen.commands._words import project

    try:
        there = found.find(project(_folder(context)))
    except VoicegenError:
        return []
    return _starting(((page.id, page.source) for page in there), begun)


def engines(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The engines that may get a text."""
    from voicegen import extensions

    return _starting(((name, "") for name in extensions.engines()), begun)


def systems(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """The telephone systems."""
    from voicegen.phone import profiles

    known = [(one.id, one.name) for one in profiles.profiles().values()]
    return _starting([*known, ("list", "names all")], begun)


def _folder(context: click.Context) -> Path:
    """The project's folder, as -C before the command says."""
    return Path((context.parent.params.get("folder") if context.parent else None) or ".")


def _starting(known: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=words or None) for name, words in known if name.startswith(begun)]
