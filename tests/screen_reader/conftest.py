"""One desktop with a screen reader for all tests of a file, and the pages that it reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import serving
from tests.formats.conftest import address, site
from tests.screen_reader.reader import ScreenReader, screen_reader

__all__ = ["address", "site"]


@pytest.fixture(scope="module")
def reader() -> Iterator[ScreenReader]:
    with screen_reader() as reader:
        yield reader


@pytest.fixture(scope="module")
def own_pages(published: Path) -> Iterator[str]:
    """The address of this project's own pages, as a build publishes them."""
    with serving(published) as url:
        yield url
