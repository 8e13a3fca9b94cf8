"""Reading blobs, in pieces, so that length costs no memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import fspath

from voicegen.errors import TemporaryError
from voicegen.model.blob import Blob

PIECE = 1 << 20
"""Bytes read at a time."""


def chunks(blob: Blob) -> Iterator[bytes]:
    """The blob's bytes in pieces. Raises TemporaryError where the file does not hold them."""
    if blob.path is None:
        yield blob.data
        return
    try:
        with open(blob.path, "rb", buffering=0) as file:  # noqa: PTH123 - it need not be a Path
            if blob.start:
                file.seek(blob.start)
            left = blob.size
            while left:
                piece = file.read(min(left, PIECE))
                if not piece:
                    raise OSError("the file is shorter than it was")
                left -= len(piece)
                yield piece
    except OSError as trouble:
        raise TemporaryError(
            fspath(blob.path), f"it can't be read ({trouble})", "Run the build again; it makes the file anew."
        ) from trouble


def gathered(parts: Iterable[bytes], least: int) -> Iterator[bytes]:
    """The same bytes in pieces of at least `least`, but for the last."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= least:
            piece = b"".join(waiting)
            waiting, size = [], 0  # first: what is joined need not be there twice while it is used
            yield piece
    if size:
        yield b"".join(waiting)


def read(blob: Blob) -> bytes:
    """All of the blob's bytes at once: for clips and text, not for recordings."""
    return b"".join(chunks(blob))
