"""The line protocol between a build and the programs that speak (standard library only, quick to start).

Request: 4 bytes of length (big-endian), then UTF-8 JSON `{"text": ...}`. Answer: 4 bytes of length, then
UTF-8 JSON `{"samples": n}` followed by n samples (16 bit, little-endian, mono), or
`{"error": words, "temporary": bool, "retry_after_s": number or null}` followed by nothing.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Callable

LENGTH = struct.Struct(">I")
MOST_HEADER_BYTES = 1 << 20
"""A longer header is not an answer of ours but noise from a broken worker."""
MOST_SAMPLES = 1 << 27
"""About 100 minutes at 22,050 Hz: no line is that long."""


UNUSABLE = 3
"""Exit code of a worker whose engine can't be used at all: another try would end the same way."""


class Failure(Exception):  # noqa: N818 - a worker's word for "this line can't be spoken", not a fault of ours
    """A line that could not be spoken, in words; `temporary` where trying later may help."""

    def __init__(self, words: str, temporary: bool = False, retry_after_s: float | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.temporary = temporary
        self.retry_after_s = retry_after_s


def read_exactly(stream: int, length: int) -> bytes:
    """Gives `length` bytes from a file descriptor, or fewer where it ends before."""
    parts = []
    while length:
        part = os.read(stream, min(length, 1 << 20))
        if not part:
            break
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def write_all(stream: int, data: bytes | memoryview) -> None:
    """Writes all of `data` to a file descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]


def request(text: str) -> bytes:
    """A request to speak `text`, as bytes."""
    body = json.dumps({"text": text}).encode()
    return LENGTH.pack(len(body)) + body


def head(samples: bytes | memoryview) -> bytes:
    """What stands before the samples in an answer that holds sound."""
    header = b'{"samples": %d}' % (len(samples) // 2)
    return LENGTH.pack(len(header)) + header


def answer(samples: bytes) -> bytes:
    """An answer that holds sound."""
    return head(samples) + samples


def refusal(failure: Failure) -> bytes:
    """An answer that says why there is no sound."""
    facts = {"error": failure.words, "temporary": failure.temporary, "retry_after_s": failure.retry_after_s}
    header = json.dumps(facts).encode()
    return LENGTH.pack(len(header)) + header


def next_text(stream: int) -> str | None:
    """The text of the next request, or None when there are no more."""
    head = read_exactly(stream, LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = read_exactly(stream, LENGTH.unpack(head)[0])
    text: str = json.loads(body)["text"]
    return text


def serve(speak: Callable[[str], bytes]) -> None:
    """Answers requests from standard input on standard output until there are no more.

    What `speak` raises as a Failure becomes an answer; anything else ends the process, which its client sees.
    """
    requests, answers = sys.stdin.fileno(), os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not speak for us
    while (text := next_text(requests)) is not None:
        try:
            reply = answer(speak(text))
        except Failure as failure:
            reply = refusal(failure)
        write_all(answers, reply)
