"""Turns a medical condition page into spoken chapters with markers and an accessible transcript.

From Python: `voicegen.Project("folder")` has the verbs of the commands (docs/reference/python.md). It is loaded
when it is first asked for, so that `import voicegen` costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which would be loaded for that alone
if TYPE_CHECKING:
    from voicegen.errors import VoicegenError as VoicegenError
    from voicegen.project import Project as Project

__version__ = "0.1.0"
__all__ = ["Project", "VoicegenError", "__version__"]

_ROOMS = {"Project": "voicegen.project", "VoicegenError": "voicegen.errors"}


def __getattr__(name: str) -> object:
    """The public names, each loaded with its room when it is asked for (PEP 562)."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
