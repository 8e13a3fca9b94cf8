"""Answers every line from a child of a process that has loaded a voice and spoken nothing.

Speech libraries keep state between utterances that nothing resets, so that what they say depends on what they said
before. A child always starts the same, and a crash costs one line. Standard library only, quick to start.
"""

from __future__ import annotations

import gc
import mmap
import os
import signal
from collections.abc import Callable

from voicegen.engines import _protocol

SECONDS_A_LINE = 45
"""A child that takes longer is ended; the client's own deadline is a little longer."""


def serve(speak: Callable[[str], bytes], name: str, answers: int) -> int:
    """Answers requests from standard input on the descriptor `answers` until they end; gives the exit code.

    `name` is what messages call the library.
    """
    gc.disable()
    gc.freeze()  # nothing here is garbage; leave the pages shared with the children
    while (line := _protocol.next_text(0)) is not None:
        if not answer_from_a_child(speak, line, name, answers):
            return 1
    return 0


def answer_from_a_child(speak: Callable[[str], bytes], text: str, name: str, answers: int) -> bool:
    """Has `text` spoken and answered by a child that starts in this process's state.

    False where the child ended in the midst of its answer: nothing that follows would be understood.
    """
    writing = mmap.mmap(-1, 1)  # shared with the child, which sets it once its answer is on its way
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS_A_LINE)
        try:
            try:
                sound = speak(text)
                reply = [_protocol.head(sound), sound]  # apart: sound is large, and a copy costs a fresh process
            except _protocol.Failure as failure:
                reply = [_protocol.refusal(failure)]
            signal.alarm(0)
            writing[0] = 1
            for part in reply:
                _protocol.write_all(answers, part)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status == 0:
        return True
    if writing[0]:
        return False
    words = f"{name} failed on the line"
    if os.WIFSIGNALED(status):
        words = f"{name} crashed on the line ({signal.Signals(os.WTERMSIG(status)).name})"
        if os.WTERMSIG(status) == signal.SIGALRM:
            words = f"{name} spoke for over {SECONDS_A_LINE} seconds"
    _protocol.write_all(answers, _protocol.refusal(_protocol.Failure(words)))
    return True
