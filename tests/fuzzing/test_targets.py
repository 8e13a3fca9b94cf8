"""Everything that reads what others wrote, shortly; `python -m tests.fuzzing` does it for as long as one likes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzzing.targets import TARGETS, published
from voicegen import extensions
from voicegen.verifying import troubles


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("targets")


@pytest.mark.attack(
    "input", "whatever bytes it gets, a part reads them, passes over them or refuses them in words"
)
@pytest.mark.parametrize("name", TARGETS)
def test_whatever_it_reads_it_is_read_or_refused(name: str, place: Path) -> None:
    target = TARGETS[name]
    few = 5 if name in {"publications", "notes"} else 25
    how = settings(
        max_examples=few,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],  # the shortest input that fails is looked for by hand: it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    how(given(target.inputs)(lambda data: target.check(data, place)))()


@pytest.mark.attack("tampering", "a telephone's sound that is none is told in words")
def test_a_sound_of_the_telephone_that_is_none_is_told(place: Path) -> None:
    folder = published(place).output / "fever"
    path = next(folder.rglob("*.wav"))
    kept = path.with_name("kept")
    path.rename(kept)
    path.write_bytes(b"no sound")
    try:
        assert list(troubles(extensions.format_("phone"), folder))
    finally:
        kept.replace(path)
