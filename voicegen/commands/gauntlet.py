"""voicegen gauntlet."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicegen.commands._words import clean, count, project
from voicegen.errors import SettingsError

if TYPE_CHECKING:
    from voicegen.gauntlet import Score, Sentence, Verdict


@click.command()
@click.option("--program", metavar="COMMAND", help="Score this program's preparation instead of ours.")
@click.option("--engine", metavar="NAME", help="Score what this engine makes of the text as it is.")
@click.option(
    "--corpus",
    type=click.Path(exists=True, path_type=Path),
    help="A .tsv file of sentences, or a folder of them, instead of ours.",
)
@click.option("-l", "--lang", "langs", multiple=True, help="Only sentences in this language; can be repeated.")
@click.option("--show", is_flag=True, help="List every sentence that is not said as expected, and why.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option(
    "--timeout",
    "timeout_s",
    type=click.FloatRange(0.1, 3600),
    default=60.0,
    show_default=True,
    help="Seconds that the program has for each language tag.",
)
@click.pass_obj
def gauntlet(
    folder: Path,
    program: str | None,
    engine: str | None,
    corpus: Path | None,
    langs: tuple[str, ...],
    show: bool,
    as_json: bool,
    timeout_s: float,
) -> None:
    """Scores how clinical sentences are made ready for a voice: by our rules, a program or an engine.

    COMMAND is started once for each language tag, which it gets as its last argument. It reads sentences from
    standard input, one a line, and writes one line for each: what is to be said. docs/how-to/score-a-voice.md
    tells what the columns mean.

    The exit code is 0 where every sentence is said as expected, 1 where one is not, and 2 where there is no
    score: the corpus or the command is wrong, or the program failed, took too long or did not answer as it must.
    """
    from voicegen.gauntlet import read

    if program is not None and engine is not None:
        raise SettingsError("--program and --engine", "only one can be scored at a time", "Leave one out.")
    wanted = {lang.lower().replace("_", "-") for lang in langs}
    sentences = [
        sentence for sentence in read(corpus) if not wanted or {sentence.lang.lower(), sentence.language} & wanted
    ]
    if not sentences:
        raise SettingsError("--lang", f"no sentence is in {' or '.join(langs)}", "Leave it out for all.")
    result = _score(folder, sentences, program, engine, timeout_s)
    if as_json:
        click.echo(json.dumps(_facts(result, program or engine or "voicegen"), ensure_ascii=False, indent=1))
    else:
        _say(result, show)
    sys.exit(1 if result.failures else 0)


def _score(
    folder: Path, sentences: list[Sentence], program: str | None, engine: str | None, timeout_s: float
) -> Score:
    from voicegen import gauntlet

    if engine is not None:
        from voicegen.gauntlet.sounds import score_engine

        return score_engine(sentences, project(folder), engine)
    return gauntlet.score(sentences, gauntlet.ours if program is None else gauntlet.program(program, timeout_s))


def _say(result: Score, show: bool) -> None:
    from voicegen.gauntlet import Verdict

    if show:
        for answer in result.failures:
            click.echo(
                f"{answer.judgement.verdict.value} ({answer.sentence.lang}): {clean(answer.sentence.shown)}"
            )
            click.echo(f"  expected: {clean(' | '.join(answer.sentence.expected))}")
            click.echo(f"  given:    {clean(answer.given)}")
            for reason in answer.judgement.reasons:
                click.echo(f"  {clean(reason)}")
        click.echo()
    click.echo(f"{'':26}{'':>6}" + "".join(f"{verdict.value:>11}" for verdict in Verdict) + f"{'right':>9}")
    for language, counts in result.by_language.items():
        click.echo(_row(language, counts))
        for kind, of_kind in sorted(result.by_kind(language).items()):
            click.echo(_row(f"  {kind}", of_kind))
    click.echo(f"{count(len(result.answers), 'sentence')}, {len(result.failures)} not said as expected.")


def _row(name: str, counts: Counter[Verdict]) -> str:
    from voicegen.gauntlet import Verdict
    from voicegen.gauntlet.scores import right

    figures = "".join(f"{counts[verdict]:>11}" for verdict in Verdict)
    return f"{name:26}{counts.total():>6}{figures}{right(counts):>9.1%}"


def _facts(result: Score, name: str) -> dict[str, object]:
    """The result for programs: docs/how-to/score-a-voice.md."""
    from voicegen.gauntlet import Verdict

    def figures(counts: Counter[Verdict]) -> dict[str, int]:
        return {verdict.value: counts[verdict] for verdict in Verdict}

    return {
        "version": 1,
        "preparation": name,
        "sentences": len(result.answers),
        "languages": {
            language: {
                **figures(counts),
                "kinds": {kind: figures(of_kind) for kind, of_kind in sorted(result.by_kind(language).items())},
            }
            for language, counts in result.by_language.items()
        },
        "failures": [
            {
                "where": answer.sentence.where,
                "lang": answer.sentence.lang,
                "shown": answer.sentence.shown,
                "expected": list(answer.sentence.expected),
                "given": answer.given,
                "verdict": answer.judgement.verdict.value,
                "reasons": list(answer.judgement.reasons),
            }
            for answer in result.failures
        ],
        "exit_code": 1 if result.failures else 0,
    }
