"""Answers every line from a child of a process that has loaded a voice and spoken nothing.

Speech libraries keep state between utterances that nothing resets, so that what they say depends on what they said
before. A child always starts the same, and a crash costs one line. What a child says it puts where its parent can
see it (memory that both share), and the parent answers: a child's own memory is new, and each page of it costs.
Standard library only, quick to start.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
import struct
from collections.abc import Callable

from voicegen.engines import _protocol

Take = Callable[[bytes | memoryview], None]
"""Takes the next samples of a line (16 bit, mono), which are there only while it is called."""
Speak = Callable[[str, Take], None]
"""Speaks a line, piece by piece. Raises Failure where it can't be spoken."""
SECONDS_A_LINE = 45
"""A child that takes longer is ended; the client's own deadline is a little longer."""
HEAD = struct.Struct("=q")
"""Stands first in the shared memory: the bytes of sound that follow, or below 0, those of a refusal."""
NOTHING_SAID = -(1 << 62)
"""Stands there until the child has ended its line: less than any refusal."""
ROOM = HEAD.size + 2 * _protocol.MOST_SAMPLES
"""Of the shared memory, in bytes: pages of it that no line has needed are none."""
KEPT = 8 << 20
"""Bytes of the shared memory that a worker may go on holding after a long line."""
AT_ONCE = 16 * mmap.PAGESIZE
"""What Linux makes present at one read of a shared page (its fault-around); a write does so for one page only."""


def serve(speak: Speak, name: str, answers: int) -> int:
    """Answers requests from standard input on the descriptor `answers` until they end; gives the exit code.

    `name` is what messages call the library.
    """
    gc.disable()
    gc.freeze()  # nothing here is garbage; leave the pages shared with the children
    shared = mmap.mmap(-1, ROOM)
    while (line := _protocol.next_text(0)) is not None:
        size = said_by_a_child(speak, line, name, shared)
        with memoryview(shared)[HEAD.size : HEAD.size + abs(size)] as said:
            if size >= 0:
                _protocol.write_all(answers, _protocol.head(said))
            _protocol.write_all(answers, said)
        if abs(size) > KEPT:
            shared.close()
            shared = mmap.mmap(-1, ROOM)
    return 0


def said_by_a_child(speak: Speak, text: str, name: str, shared: mmap.mmap) -> int:
    """Has `text` spoken by a child that starts in this process's state; gives what `HEAD` holds afterwards."""
    HEAD.pack_into(shared, 0, NOTHING_SAID)
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS_A_LINE)
        try:
            at = HEAD.size

            def take(sound: bytes | memoryview) -> None:
                nonlocal at
                start, at = at, at + len(sound)
                if at > ROOM:  # not raised: the library's code stands between here and `speak`
                    _refuse(shared, _protocol.Failure(f"{name} spoke for longer than any line can be"))
                    os._exit(0)
                shared[start:at:AT_ONCE]
                shared[start:at] = sound

            try:
                speak(text, take)
                HEAD.pack_into(shared, 0, at - HEAD.size)
            except _protocol.Failure as failure:
                _refuse(shared, failure)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        words = f"{name} crashed on the line ({signal.Signals(os.WTERMSIG(status)).name})"
        if os.WTERMSIG(status) == signal.SIGALRM:
            words = f"{name} spoke for over {SECONDS_A_LINE} seconds"
        _refuse(shared, _protocol.Failure(words))
    elif status or HEAD.unpack_from(shared)[0] == NOTHING_SAID:  # a library may end the process, at any sample
        _refuse(shared, _protocol.Failure(f"{name} failed on the line"))
    size: int = HEAD.unpack_from(shared)[0]
    return size


def _refuse(shared: mmap.mmap, failure: _protocol.Failure) -> None:
    words = _protocol.refusal(failure)
    HEAD.pack_into(shared, 0, -len(words))
    shared[HEAD.size : HEAD.size + len(words)] = words
