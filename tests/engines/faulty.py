"""An engine for tests whose worker does what the text tells it to: crash, hang, answer nonsense."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from voicegen.contracts import Voice, Worker

RATE_HZ = 8_000


class Faulty:
    """Speaks one beep for every text, but for those that name a fault."""

    def __init__(
        self, timeout_s: float = 5.0, fingerprint: str = "faulty 1", jobs: int | None = None, host: str = ""
    ) -> None:
        self.timeout_s, self.jobs, self.host = timeout_s, jobs, host
        self._fingerprint = fingerprint

    def voices(self) -> Sequence[Voice]:
        return (Voice("one", "en", "one", RATE_HZ), Voice("two", "fr", "two", RATE_HZ))

    def fingerprint(self) -> str:
        return self._fingerprint

    def worker(self, voice: Voice) -> Worker:
        program = Path(__file__).with_name("faulty_worker.py")
        return Worker(
            (sys.executable, "-I", "-S", str(program)), timeout_s=self.timeout_s, jobs=self.jobs, host=self.host
        )
