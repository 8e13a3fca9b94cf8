"""A project whose pages need approval, and what staff do in it."""

from __future__ import annotations

import io
import math
import struct
import wave
from array import array
from collections.abc import Callable, Sequence

from tests.conftest import Project
from voicegen.approvals import Log
from voicegen.approvals import load as load_log
from voicegen.config import Settings, load
from voicegen.deciding import decide
from voicegen.drafts import version
from voicegen.extensions import engines, formats
from voicegen.releasing import Released, release
from voicegen.standing import Desk, Standing

FORMATS = 'formats = ["html", "mp3", "webvtt", "timeline", "account"]'
REQUIRED = f'[voice]\nengine = "tone"\n[review]\nrequired = true\n[publications]\n{FORMATS}\n'
DOSE = """Gallstones

What they are
Gallstones are small hard pieces. They form in the gallbladder.

Treatment
Take 5 mg twice a day. Do not eat fatty food. Rest for a week.
"""


def drafted(make_project: Callable[..., Project], settings: str = REQUIRED) -> Project:
    """A project with one page, "a", whose draft is made."""
    project = make_project(settings=settings)
    project.page("a.txt", DOSE)
    result = project.build()
    assert {page.outcome for page in result.pages} == {"drafted"}, [page.errors for page in result.pages]
    return project


def draft_version(project: Project) -> str:
    """The version of the draft of page "a", as the forms of the review page name it."""
    draft = standing(project).draft
    assert draft is not None
    return version(draft)


def settings_of(project: Project) -> Settings:
    return load(project.place, engines(), formats())


def approve(project: Project, page: str = "a", by: str = "Ada", note: str = "") -> None:
    decide(Desk(settings_of(project)), page, "approved", by, note)


def reject(project: Project, page: str = "a", by: str = "Ada", note: str = "") -> None:
    decide(Desk(settings_of(project)), page, "rejected", by, note)


def publish(project: Project, *pages: str) -> Released:
    return release(settings_of(project), pages, "Bo")


def published(project: Project) -> Project:
    """The project, once its page is approved and published."""
    approve(project)
    publish(project)
    return project


def standing(project: Project, page: str = "a") -> Standing:
    return next(one for one in Desk(settings_of(project)).standings() if one.id == page)


def log(project: Project) -> Log:
    return load_log(settings_of(project))


def hum(
    seconds: float, hertz: float = 500.0, rate_hz: int = 44_100, loud: float = 0.1, channels: int = 2
) -> bytes:
    """A sound file as staff might give it: a soft hum in stereo, with half a second of silence around it."""
    silence = [0] * (rate_hz // 2)
    sound = [
        round(32_767 * loud * math.sin(2 * math.pi * hertz * at / rate_hz))
        for at in range(round(seconds * rate_hz))
    ]
    return wav([*silence, *sound, *silence], rate_hz, channels)


def wav(samples: list[int], rate_hz: int, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(2)
        target.setframerate(rate_hz)
        target.writeframes(b"".join(struct.pack("<h", value) * channels for value in samples))
    return file.getvalue()


def hum_of(lengths: Sequence[float], rate_hz: int = 32_000) -> bytes:
    """A sound file with a hum for each line of a chapter, each higher than the one before, and pauses between."""
    samples = array("h")
    for number, seconds in enumerate(lengths):
        with wave.open(io.BytesIO(hum(seconds * 1.2, 300.0 + 200 * number, rate_hz, channels=1))) as piece:
            samples.frombytes(piece.readframes(piece.getnframes()))
    return wav(list(samples), rate_hz)
