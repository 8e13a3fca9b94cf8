#!/usr/bin/python3
"""Starts Orca for this desktop only. Run by the system's Python, which has Orca.

Debian's own `orca` ends every other Orca of the same user, or refuses to start beside one: a tester who needs
Orca to see the screen would lose it.
"""

from __future__ import annotations

import sys
from typing import Any

from orca import orca, settings, speech_generator  # type: ignore[import-not-found]
from orca.acss import ACSS  # type: ignore[import-not-found]
from orca.speechserver import VoiceFamily  # type: ignore[import-not-found]
from speechd import client  # type: ignore[import-not-found]

settings.sayAllOnLoad = False  # the tests ask for it
settings.enableKeyEcho = False
settings.verbalizePunctuationStyle = settings.PUNCTUATION_STYLE_NONE


class InItsLanguage:
    """Orca 43 finds out the language of each text and does nothing with it; here, it changes the voice."""

    asked = speech_generator.SpeechGenerator.voice

    def voice(self, key: str | None = None, **of: Any) -> list[ACSS]:
        """The voice for a text, in the language that its page tells."""
        (voice,) = InItsLanguage.asked(self, key, **of)
        voice[ACSS.FAMILY] = {
            VoiceFamily.LANG: of.get("language") or "en",
            VoiceFamily.DIALECT: of.get("dialect") or "",
        }
        return [voice]


class NothingLost(client._CallbackHandler):  # type: ignore[misc]
    """Keeps what Speech Dispatcher tells of a text whose callback is not known yet.

    Its client loses that, as a remark in it says; reading on then ends. Voices that need time to speak hide it.
    """

    def __init__(self, client_id: int) -> None:
        super().__init__(client_id)
        self._early: dict[int, list[tuple[str, dict[str, Any]]]] = {}

    def __call__(self, msg_id: int, client_id: int, event: str, **of: Any) -> None:
        with self._lock:
            known = msg_id in self._callbacks
            if not known:
                self._early.setdefault(msg_id, []).append((event, of))
        if known:
            super().__call__(msg_id, client_id, event, **of)

    def add_callback(self, msg_id: int, callback: Any, event_types: Any) -> None:
        super().add_callback(msg_id, callback, event_types)
        for event, of in self._early.pop(msg_id, ()):
            super().__call__(msg_id, self._client_id, event, **of)


client._CallbackHandler = NothingLost
speech_generator.SpeechGenerator.voice = InItsLanguage.voice
manager = orca.getSettingsManager()
manager.activate(None, {})
sys.exit(orca.main())
