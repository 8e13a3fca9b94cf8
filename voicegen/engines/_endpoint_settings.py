"""The options of the engine endpoint, checked, for it and its worker; `endpoint.py` says what each means."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from voicegen.engines._cloud_settings import HERE, Options, is_address
from voicegen.errors import SettingsError
from voicegen.language_tags import problem

RATE_HZ = 24_000
"""What most neural voices speak at; what comes at another rate is converted."""
VARIABLE = "VOICEGEN_ENDPOINT"
"""The environment variable in which the worker gets its settings."""
KEY_VARIABLE = "VOICEGEN_ENDPOINT_KEY"
"""The environment variable that holds the key, where [endpoint] key_variable names no other."""
PATH = "/v1/audio/speech"
FORMATS = {"wav": "audio/wav", "mp3": "audio/mpeg"}
ANY_LANGUAGE = "mul"
"""BCP 47's tag for many languages, which a voice for all of them has."""
KNOWN = (
    *("allow", "address", "model", "voices", "response_format", "speed", "key_variable"),
    *("deadline_s", "interval_s", "tries", "ca_file", "proxy"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The options, as they hold."""

    address: str
    """Scheme, host and what stands before PATH; without a slash at its end."""
    model: str
    voices: Mapping[str, str]
    """The server's name of the voice, by language tag."""
    response_format: str = "wav"
    speed: float = 1.0
    key_variable: str = KEY_VARIABLE
    key: str = field(default="", repr=False)
    deadline_s: float = 90.0
    interval_s: float = 0.2
    tries: int = 5
    ca_file: str = ""
    proxy: str = ""

    @property
    def host(self) -> str:
        """The host that gets the text."""
        return urlsplit(self.address).netloc


def checked(given: Mapping[str, object]) -> Settings:
    """The options as Settings, where configuration and command both allow what would be sent.

    Raises SettingsError, naming key and remedy, for what they can't be.
    """
    if "key" in given:
        raise SettingsError(
            "voicegen.toml, [endpoint] key",
            "a key does not belong into a file",
            f"Put it into the environment variable {KEY_VARIABLE}; make a new one if others could read this one.",
        )
    options = Options("endpoint", given, KNOWN)
    variable = options.text("key_variable", KEY_VARIABLE)
    address = _address(options)
    settings = Settings(
        address=address,
        model=_name(options, "model", options.text("model")),
        voices=_voices(options),
        response_format=_format(options),
        speed=options.number("speed", 1.0, 0.25, 4.0),
        key_variable=variable,
        key=_key(options, variable),
        deadline_s=options.number("deadline_s", 90.0, 0.1, 600.0),
        interval_s=options.number("interval_s", 0.2, 0.0, 60.0),
        tries=options.tries(),
        ca_file=options.ca_file(),
        proxy=options.proxy(),
    )
    options.check_consent(settings.host)
    return settings


def _address(options: Options) -> str:
    address = options.text("address")
    parts = urlsplit(address) if is_address(address, {"http", "https"}, with_path=True) else None
    if parts is None or "@" in address:
        what = f"{address!r} is not one" if "@" not in address else "a name or a password stands in it"
        raise options.wrong("address", what, 'Write it like "https://speech.clinic.example".')
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise options.wrong(
            "address",
            "over http everybody on the way could read and change what is sent",
            "Write https; http is for a server on this very machine.",
        )
    return address.rstrip("/").removesuffix("/v1")


def _name(options: Options, key: str, name: str) -> str:
    if not name or len(name) > 200 or not name.isprintable():
        raise options.wrong(key, f"{name!r} is no name", "Give the one that the server's makers tell.")
    return name


def _voices(options: Options) -> dict[str, str]:
    voices = options.texts("voices")
    if not voices:
        raise options.wrong(
            "voices",
            "no voice is named, and such servers do not tell theirs",
            'Write [endpoint.voices], then a line for each language such as en = "NAME"; mul = "NAME" for all.',
        )
    for tag, name in voices.items():
        if tag != ANY_LANGUAGE and (trouble := problem(tag)):
            raise options.wrong(f"voices, {tag}", f"the tag {trouble}", 'Give a tag by BCP 47, such as "en".')
        _name(options, f"voices, {tag}", name)
    return voices


def _format(options: Options) -> str:
    name = options.text("response_format", "wav")
    if name not in FORMATS:
        raise options.wrong("response_format", f"{name!r} is not understood here", f"Use {' or '.join(FORMATS)}.")
    return name


def _key(options: Options, variable: str) -> str:
    """The key; empty where there is none, as servers in one's own house often need none.

    Danger: a project that is copied names another secret of this machine.
    """
    if not re.fullmatch(r"VOICEGEN_[A-Z0-9_]+", variable):
        raise options.wrong(
            "key_variable",
            f"{variable!r} does not begin with VOICEGEN_, so that what it holds may not be meant for this server",
            f"Leave it out, and put the key into {KEY_VARIABLE}, or into another VOICEGEN_… .",
        )
    key = os.environ.get(variable, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError(
            f"environment variable {variable}",
            "what it holds can't be a key, for a key has no spaces and only plain letters and signs",
            "Set it to the key alone.",
        )
    return key
