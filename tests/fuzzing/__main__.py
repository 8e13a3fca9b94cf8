"""Fuzzes for as long as one likes: python -m tests.fuzzing [--minutes 30] [TARGET]... (all, if none is named).

Each round has a seed of its own, which is printed. What fails is printed with the steps that lead to it, and its
seed is tried first in the next run (`.hypothesis/`); keep it as a test of its own.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.file_calls import program
from tests.fuzzing.lives import Life, ReviewedLife, kit, of
from tests.fuzzing.targets import TARGETS, Target

Round = Callable[[settings, int], None]
EXAMPLES, STEPS = 10, 25


@contextmanager
def rounds(place: Path) -> Iterator[Mapping[str, Round]]:
    """Every target: what plays one round of it, with settings and a seed."""
    with program(place) as loaded:
        shared = kit(loaded, place / "clean")

        def life(kind: type[Life]) -> Round:
            return lambda how, number: run_state_machine_as_test(seed(number)(of(kind, shared)), settings=how)

        def reader(target: Target) -> Round:
            def check(data: object) -> None:
                target.check(data, place)

            def play(how: settings, number: int) -> None:
                many = settings(how, max_examples=EXAMPLES * 50)
                many(seed(number)(given(target.inputs)(check)))()

            return play

        readers = {name: reader(target) for name, target in TARGETS.items()}
        yield {"life": life(Life), "reviewed-life": life(ReviewedLife), **readers}


def main() -> int:
    """Plays rounds of the targets in turn until the time is over; 1 where something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=30, help="for each target")
    parser.add_argument("--seed", type=int, help="of the first round")
    parser.add_argument("--shrink", action="store_true", help="look for the shortest steps that fail; takes long")
    given = parser.parse_args()
    how = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        print_blob=True,
        phases=list(Phase) if given.shrink else [Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    failed = 0
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as place, rounds(Path(place)) as found:
        for name in given.targets or found:
            began, count = time.monotonic(), 0
            number = given.seed if given.seed is not None else random.randrange(1 << 32)
            while time.monotonic() - began < 60 * given.minutes:
                count += 1
                try:
                    found[name](how, number)
                except Exception:
                    failed += 1
                    print(f"{name}, seed {number}:\n{traceback.format_exc()}", flush=True)
                number += 1
            minutes = (time.monotonic() - began) / 60
            print(f"{name}: {count} rounds in {minutes:.1f} minutes, {failed} failed so far", flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
