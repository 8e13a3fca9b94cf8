"""What Google answered: the sound in it, accepted only if it is speech of a plausible length.

The answer is that of Google's "batchexecute" calls: rows of JSON, of which one is `["wrb.fr", "jQ1olc", S, ...]`,
where S is JSON again, a list that holds the MP3 in base64, or null for no sound.
"""

from __future__ import annotations

import base64
import binascii
import json
import re

from voicegen.engines import _cloud_sound
from voicegen.engines._cloud_exchange import Trouble
from voicegen.engines._cloud_sound import damaged

ROW = re.compile(r'"wrb\.fr"\s*,\s*"jQ1olc"\s*,\s*')


def speech(body: bytes, text: str, rate_hz: int) -> bytes:
    """The samples (16 bit, mono) of `text` in the host's answer. Raises Trouble for anything else."""
    return _cloud_sound.speech(_mp3(body), "mp3", text, rate_hz)


def _mp3(body: bytes) -> bytes:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as trouble:
        raise damaged("its answer is no text") from trouble
    if text.lstrip()[:1] == "<":
        raise Trouble(
            "it answered with a web page: a sign-in page of your network, or a notice of too many requests",
            temporary=True,
        )
    row = ROW.search(text)
    if row is None:
        raise damaged("its answer holds no row of speech")
    try:
        payload, _ = json.JSONDecoder().raw_decode(text, row.end())
        sound = json.loads(payload)[0] if isinstance(payload, str) else None
    except (ValueError, LookupError, TypeError, RecursionError) as trouble:
        raise damaged("its answer is damaged") from trouble
    if not sound or not isinstance(sound, str):
        raise Trouble("it has no sound for this text: it does not speak the language, or refuses the words")
    try:
        return base64.b64decode(sound, validate=True)
    except (ValueError, binascii.Error) as trouble:
        raise damaged("the sound in its answer is damaged") from trouble
