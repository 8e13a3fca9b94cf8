"""What a form of the review page sends: its fields and its file, never more than was announced and is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import parse_qsl

import multipart

from voicegen.sound.clips import LARGEST_BYTES

MOST_FIELDS_BYTES = 64 << 10
MOST_BYTES = LARGEST_BYTES + MOST_FIELDS_BYTES
MOST_DIGITS = 18
"""Of a length: Python would refuse to understand very many."""
MOST_FIELDS = 32
PLAIN, FILES = "application/x-www-form-urlencoded", "multipart/form-data"


class Refused(Exception):  # noqa: N818 - carried to the server, which answers with its code
    """A request that is not answered, with the code of HTTP that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Form:
    """The fields of a form, and the file that came with it."""

    fields: dict[str, str] = field(default_factory=dict)
    file: bytes = b""

    def get(self, name: str) -> str:
        """A field without the blanks around it; empty where there is none."""
        return self.fields.get(name, "").strip()


def read(stream: BinaryIO, kind: str, length: str | None) -> Form:
    """The form in a request's body. Raises Refused where it is too large or is no form."""
    if length is None or not (length.isascii() and length.isdigit()):
        raise Refused(411)
    _bounded(len(length), MOST_DIGITS)
    size = int(length)
    name, options = multipart.parse_options_header(kind)
    if name == PLAIN:
        return _plain(stream, _bounded(size, MOST_FIELDS_BYTES))
    if name == FILES and options.get("boundary"):
        return _with_file(stream, _bounded(size, MOST_BYTES), options["boundary"])
    raise Refused(415)


def _bounded(size: int, most: int) -> int:
    if size > most:
        raise Refused(413)
    return size


def _plain(stream: BinaryIO, size: int) -> Form:
    data = stream.read(size)
    if len(data) < size:
        raise Refused(400)
    try:
        pairs = parse_qsl(data.decode("ascii"), True, True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, UnicodeDecodeError):
        raise Refused(400) from None
    return Form(dict(pairs))


def _with_file(stream: BinaryIO, size: int, boundary: str) -> Form:
    """All in memory, where the recording is wanted in one piece: in no temporary file, whoever may read these."""
    form = Form()
    parser = multipart.MultipartParser(
        stream,
        boundary,
        size,
        part_limit=MOST_FIELDS,
        partsize_limit=LARGEST_BYTES,
        spool_limit=MOST_BYTES,
        memory_limit=MOST_BYTES,
        disk_limit=0,
    )
    try:
        for part in parser:
            if part.filename is not None:
                form.file = part.raw
            elif part.size <= MOST_FIELDS_BYTES:
                form.fields[part.name] = part.value
            part.close()
    except multipart.ParserLimitReached:
        raise Refused(413) from None
    except (multipart.MultipartError, ValueError, UnicodeDecodeError):
        raise Refused(400) from None
    return form
