"""Regular expressions that are compiled when they are first used: a build with nothing to say pays for none."""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands in for a compiled pattern, whose methods it takes over at the first call of any."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        pattern = re.compile(self._source, self._flags)
        for method in ("finditer", "match", "fullmatch", "search", "sub", "findall", "split"):
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `re.compile(source, flags)`, compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(source, flags))
