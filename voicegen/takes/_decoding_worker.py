"""Decodes one uploaded sound file from standard input to standard output, in a process with little power.

A decoder that is led astray by a hostile file can harm this process only: it may write no file, take little memory
and little time, and is started with an empty environment. The answer is 16-bit little-endian mono samples; exit
code 1 and words on standard error say why there are none.
"""

from __future__ import annotations

import sys

MEMORY_BYTES = 2 << 30
CPU_S = 60
FILES = 64


def limit() -> None:
    """Takes away from this process what decoding does not need."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main() -> int:
    """Reads, decodes, writes; gives the exit code."""
    from voicegen.errors import VoicegenError
    from voicegen.sound.clips import decoded

    rate_hz, longest_s = int(sys.argv[1]), float(sys.argv[2])
    limit()
    try:
        sound = decoded(sys.stdin.buffer.read(), rate_hz, longest_s=longest_s)
    except VoicegenError as error:
        sys.stderr.write(f"{error.what}\n{error.remedy}")
        return 1
    sys.stdout.buffer.write(sound)
    return 0


if __name__ == "__main__":
    sys.exit(main())
