"""A folder of an object store, through obstore: whole objects, asked for again until a deadline, errors in words.

Keys come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, or the machine's
role), as obstore reads them; none stands in voicegen.toml, and none is in a message.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from voicegen.contracts import Held
from voicegen.errors import MissingPartError, SettingsError, TemporaryError, VoicegenError

if TYPE_CHECKING:
    from obstore.store import S3Store

T = TypeVar("T")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 10.0
"""Between a failed question and its repetition; each pause is up to twice the one before."""
ATTEMPT = 1 / 2
"""Part of the deadline that one attempt may take; none is begun that might not end in time."""
QUIET_S = 60.0
"""For so long a server that did not answer by the deadline is not asked again: the next question fails at once."""
REFUSALS = {"401", "403"}
ENDED = "416"
"""Answer of a server whose object ends before what is asked of it (RFC 9110, 15.5.17)."""
LIST_PAGE = 1000
"""Names in one answer to a question for a list: as many as S3 gives."""
MOST_READ = 64 << 20
"""Bytes of an object that is read into memory: lists and pages; sound goes into files."""
WHOLE_PUT = 10_000_000
"""Bytes of an object up to which it is put in one request, and only where there is none."""


class Bucket:
    """The objects below one address. Many threads may use it at once."""

    def __init__(self, address: str, endpoint: str, region: str, deadline_s: float) -> None:
        self.address = address
        self._deadline_s = deadline_s
        self._store = _opened(address, endpoint, region, deadline_s * ATTEMPT)
        self._away: tuple[float, VoicegenError] | None = None
        self.asked = 0
        """Questions to the server, repetitions included."""
        self.sent = 0
        """Bytes of objects that were sent to it."""

    def read(self, name: str) -> bytes | None:
        """An object; None where there is none. Raises ValueError for one of more than MOST_READ bytes."""
        import obstore

        def got() -> bytes:
            answer = obstore.get(self._store, name)
            if answer.meta["size"] > MOST_READ:
                raise ValueError(f"it has more than {MOST_READ >> 20} MB")
            return bytes(answer.bytes())

        return self._found(got)

    def read_into(self, name: str, place: Path, most: int | None = None) -> bool:
        """Writes an object into a file, in pieces; False where there is none. Raises OSError of the disk.

        What goes beyond `most` bytes is not read.
        """
        import obstore

        def got() -> Exception | None:
            with place.open("wb") as file:
                for piece in obstore.get(self._store, name).stream():
                    try:
                        file.write(piece)
                    except OSError as trouble:  # this machine's disk: no reason to ask again
                        return trouble
                    if most is not None and file.tell() > most:
                        return None
            return None

        try:
            trouble = self._asked(got, missing=True)
        except FileNotFoundError:
            return False
        if trouble:
            raise trouble
        return True

    def read_part(self, name: str, start: int, end: int) -> bytes | None:
        """The bytes of an object from `start` up to `end`, or as many of them as it has; None where there is none.

        One part, not obstore's several: of an object that ends before it those end the program (obstore 0.12).
        """
        import obstore

        return self._found(lambda: bytes(obstore.get(self._store, name, options={"range": (start, end)}).bytes()))

    def write(self, name: str, data: bytes | Path, kind: str = "", *, absent: bool = False) -> bool:
        """Puts an object of a media type, whole or not at all; with `absent`, only where there is none.

        Gives False where there is one. A server that does not know that condition overwrites it.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError

        large = isinstance(data, Path) and data.stat().st_size > WHOLE_PUT
        options: dict[str, Any] = {"attributes": {"Content-Type": kind}} if kind else {}
        if large:  # in parts, each of which may take the time of an attempt
            options |= {"use_multipart": True, "max_concurrency": 2}
        else:
            options |= {"mode": "create" if absent else "overwrite", "use_multipart": False}

        def put() -> bool:
            self.sent += data.stat().st_size if isinstance(data, Path) else len(data)
            try:
                obstore.put(self._store, name, data, **options)
            except AlreadyExistsError:
                return False
            return True

        return self._asked(put)

    def copy(self, old: str, new: str) -> bool:
        """Copies an object inside the store, without its bytes coming here; False where there is none."""
        import obstore

        def copied() -> bool:
            obstore.copy(self._store, old, new)
            return True

        return self._found(copied) or False

    def head(self, name: str) -> Held | None:
        """What is known of an object without reading it; None where there is none."""
        import obstore

        def got() -> Held:
            meta = obstore.head(self._store, name)
            return Held(name, meta["size"], meta["last_modified"].timestamp())

        return self._found(got)

    def held(self, below: str = "") -> Iterator[Held]:
        """All objects in a folder, in the order of their names.

        Each page of the list is a question of its own: obstore's list goes on as if it were at its end once a page
        of it has failed, and whoever clears up would take what is missing for what nobody needs.
        """
        import obstore

        last: list[str] = []

        def page() -> list[Held]:
            listed = obstore.list(self._store, below or None, offset="".join(last) or None, chunk_size=LIST_PAGE)
            metas = next(iter(listed), [])
            return [Held(meta["path"], meta["size"], meta["last_modified"].timestamp()) for meta in metas]

        while found := self._asked(page):
            yield from found
            last[:] = [found[-1].name]

    def delete_many(self, names: Iterable[str]) -> None:
        """Removes objects; those that are gone already are passed over."""
        import obstore

        wanted = list(names)
        if wanted:
            self._found(lambda: obstore.delete(self._store, wanted))

    def _found(self, ask: Callable[[], T]) -> T | None:
        try:
            return self._asked(ask, missing=True)
        except FileNotFoundError:
            return None

    def _asked(self, ask: Callable[[], T], missing: bool = False) -> T:
        """What the server answers, asked until it does or the deadline is over.

        Raises TemporaryError then, SettingsError where it does not let us in or has no such bucket, and
        FileNotFoundError where nothing is there and that may be so (`missing`).
        """
        from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError

        if self._away and time.monotonic() < self._away[0]:
            raise self._away[1]
        begun, pause = time.monotonic(), FIRST_PAUSE_S
        while True:
            self.asked += 1
            try:
                return ask()
            except (FileNotFoundError, NotFoundError) as trouble:
                if missing and "NoSuchBucket" not in str(trouble):
                    raise FileNotFoundError from None
                raise SettingsError(
                    self.address, "there is no such bucket", "Make it, or correct the name."
                ) from None
            except (PermissionDeniedError, UnauthenticatedError) as trouble:
                raise self._refused(trouble) from None
            except (BaseError, OSError) as trouble:
                reason = _reason(trouble)
                if missing and reason.startswith(ENDED):
                    raise FileNotFoundError from None
                if reason[:3] in REFUSALS:  # obstore has no class for a list that is refused
                    raise self._refused(trouble) from None
                pause_s = pause * random.uniform(0.5, 1)  # noqa: S311 - so that many builders do not ask in step
                if time.monotonic() + pause_s - begun > self._deadline_s * (1 - ATTEMPT):
                    raise self._gave_up(trouble) from None
                time.sleep(pause_s)
                pause = min(2 * pause, LONGEST_PAUSE_S)

    def _refused(self, trouble: Exception) -> SettingsError:
        return SettingsError(
            self.address,
            f"the object store does not let us in ({_reason(trouble)})",
            "See that AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are in the environment, what they may do, and "
            "this machine's clock.",
        )

    def _gave_up(self, trouble: Exception) -> TemporaryError:
        error = TemporaryError(
            self.address,
            f"the object store did not answer within {self._deadline_s:g} seconds ({_reason(trouble)})",
            "Run again later: what was made is kept on this machine.",
        )
        self._away = (time.monotonic() + QUIET_S, error)
        return error


def _opened(address: str, endpoint: str, region: str, attempt_s: float) -> S3Store:
    """The bucket and folder of an address `s3://BUCKET/FOLDER`. Raises MissingPartError, SettingsError."""
    try:
        from obstore.exceptions import BaseError
        from obstore.store import S3Store
    except ImportError as trouble:
        what = "the Python package obstore is not installed"
        raise MissingPartError(address, what, 'Run `pip install "obstore>=0.12,<1"`.') from trouble
    bucket, _, folder = address.partition("://")[2].partition("/")
    config: dict[str, Any] = {"region": region} if region else {}
    if endpoint:
        config |= {"endpoint": endpoint, "virtual_hosted_style_request": False}
    options: dict[str, Any] = {"timeout": timedelta(seconds=attempt_s)}
    options |= {"connect_timeout": timedelta(seconds=min(10.0, attempt_s))}
    if endpoint.startswith("http://"):
        options["allow_http"] = True
    try:
        return S3Store(
            bucket,
            prefix=folder.strip("/") or None,
            config=config,  # type: ignore[arg-type]
            client_options=options,  # type: ignore[arg-type]
            retry_config={"max_retries": 0, "retry_timeout": timedelta(seconds=attempt_s)},  # `_asked` does that
        )
    except (BaseError, ValueError, TypeError) as trouble:
        what = f"it can't be opened ({type(trouble).__name__})"
        raise SettingsError(address, what, "Correct the [store] section, or AWS_… in the environment.") from None


def _reason(trouble: Exception) -> str:
    """Why a question failed, in a few words that hold no address and no key."""
    text = str(trouble)
    if status := re.search(r"status code: (\d{3}[A-Za-z ]*)", text):
        return status[1].strip()
    for sign, words in REASONS.items():
        if sign in text:
            return words
    return "the connection broke"


REASONS = {
    "operation timed out": "no answer in time",
    "TimedOut": "no answer in time",
    "Connection refused": "the connection was refused",
    "dns error": "its name is not known",
    "certificate": "its certificate is not trusted",
    "No space left": "no space is left on this machine",
}
"""What stands in the text of an error, and what it means."""
