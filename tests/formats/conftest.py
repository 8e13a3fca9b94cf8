"""Pages on disk, as a build leaves them, made by hand and shared by the tests of what browsers make of them."""

from __future__ import annotations

import array
import functools
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lameenc
import pytest

from tests.browser import serving
from tests.formats.editions import PUBLISHER, RATE, arabic_document, edition, rich_document
from voicegen.formats import html, webvtt
from voicegen.formats.library import render_library
from voicegen.model.library import Entry, Library

SECONDS = 54


@functools.cache
def recording() -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(48)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.silence()
    tone = array.array("h", (int(3000 * math.sin(n / 20)) for n in range(RATE))) * SECONDS
    return bytes(encoder.encode(tone.tobytes()) + encoder.flush())


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages on disk, as a build leaves them."""
    place = tmp_path_factory.mktemp("output")
    persian = replace(rich_document(), lang="fa")
    german = replace(rich_document(), lang="de")
    documents = {"rich": rich_document(), "arabic": arabic_document(), "persian": persian, "german": german}
    for name, document in documents.items():
        made = edition(document, page_id=name, changes=True)
        for file in (*html.render(made), *webvtt.render(made)):
            put(place / name / file.path, b"".join(blob.data for blob in file.parts))
        put(place / name / f"{name}.mp3", recording())
    listed = [Entry("rich", "Failed spinal fusion", "en-GB", PUBLISHER, 252, 5, files={"index.html": 9})]
    listed.append(Entry("arabic", "الحمى عند الأطفال", "ar", PUBLISHER, 65, 4, files={"index.html": 9}))
    library = Library(tuple(listed), "en-GB")
    for file in (*render_library(library), *html.render_library(library)):
        put(place / file.path, b"".join(blob.data for blob in file.parts))
    return place


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with serving(site) as url:
        yield url
