"""Decodes one uploaded sound file from standard input to standard output, in a process with little power.

A decoder that is led astray by a hostile file can harm this process only: it may write no file, start no program,
use no network, take little memory and little time, and is started with an empty environment. The answer is 16-bit
little-endian mono samples; exit code 1 and words on standard error say why there are none.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Reads, decodes, writes; gives the exit code."""
    from voicegen import confined
    from voicegen.errors import VoicegenError
    from voicegen.sound.clips import decoded

    rate_hz, longest_s = int(sys.argv[1]), float(sys.argv[2])
    confined.shut_in()
    try:
        sound = decoded(sys.stdin.buffer.read(), rate_hz, longest_s=longest_s)
    except VoicegenError as error:
        sys.stderr.write(f"{error.what}\n{error.remedy}")
        return 1
    sys.stdout.buffer.write(sound)
    return 0


if __name__ == "__main__":
    sys.exit(main())
