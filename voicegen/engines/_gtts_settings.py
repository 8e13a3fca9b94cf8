"""The options of the engine gtts, checked, for the engine and its worker; `gtts.py` says what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from voicegen.errors import SettingsError

RATE_HZ = 24_000
"""What Google sends, for every language."""
VARIABLE = "VOICEGEN_GTTS"
"""The environment variable in which the worker gets its settings."""
TLDS = (
    "com ca cl cn co.id co.in co.jp co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.co com.hk com.mx com.ng"
    " com.ph com.sg com.tr com.tw com.ua com.vn de es fr ie it nl pl pt ru se us"
)
"""Domains of Google Translate that may be asked; the name is pasted into an address, so nothing else may."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options, as they hold."""

    tld: str = "com"
    slow: bool = False
    deadline_s: float = 90.0
    interval_s: float = 1.0
    tries: int = 5
    ca_file: str = ""
    proxy: str = ""
    address: str = ""

    @property
    def host(self) -> str:
        """The host that gets the text."""
        return urlsplit(self.address).netloc or f"translate.google.{self.tld}"


def checked(options: Mapping[str, object]) -> Settings:
    """The options as Settings. Raises SettingsError, naming key and remedy, for what they can't be."""
    known = [field.name for field in fields(Settings)]
    for key in options:
        if key not in {"allow", "root", "send_text_to", *known}:
            raise wrong(key, "there is no such key", f"The keys are: allow, {', '.join(known)}.")
    if not isinstance(options.get("allow", False), bool):
        raise wrong("allow", f"{options['allow']!r} is neither true nor false", "Write true or false.")
    address = _address(options)
    return Settings(
        tld=_tld(options),
        slow=_truth(options, "slow"),
        deadline_s=_number(options, "deadline_s", 90.0, 0.1, 600.0),
        interval_s=_number(options, "interval_s", 1.0, 0.01 if address else 0.2, 60.0),
        tries=_count(options),
        ca_file=_ca_file(options),
        proxy=_proxy(options),
        address=address,
    )


def wrong(key: str, what: str, remedy: str) -> SettingsError:
    """The error for a key under [gtts]."""
    return SettingsError(f"voicegen.toml, [gtts] {key}", what, remedy)


def _text(options: Mapping[str, object], key: str, default: str = "") -> str:
    value = options.get(key, default)
    if not isinstance(value, str):
        raise wrong(key, f"{value!r} is not a text", "Write it in quotation marks.")
    return value


def _truth(options: Mapping[str, object], key: str) -> bool:
    value = options.get(key, False)
    if not isinstance(value, bool):
        raise wrong(key, f"{value!r} is neither true nor false", "Write true or false.")
    return value


def _number(options: Mapping[str, object], key: str, default: float, least: float, most: float) -> float:
    value = options.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise wrong(key, f"{value!r} is not a number from {least:g} to {most:g}", "Give such a number.")
    return float(value)


def _count(options: Mapping[str, object]) -> int:
    value = options.get("tries", 5)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10:
        raise wrong("tries", f"{value!r} is not a whole number from 1 to 10", "Give such a number.")
    return value


def _tld(options: Mapping[str, object]) -> str:
    tld = _text(options, "tld", "com")
    if tld not in TLDS.split():
        raise wrong("tld", f"{tld!r} is no domain of Google Translate that we know", f"Use one of: {TLDS}.")
    return tld


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))


def _ca_file(options: Mapping[str, object]) -> str:
    name = _text(options, "ca_file")
    if name and not Path(name).is_file():
        raise wrong("ca_file", f"there is no file {name}", "Give the path of a PEM file, or leave it out.")
    return str(Path(name).resolve()) if name else ""


def _proxy(options: Mapping[str, object]) -> str:
    proxy = _text(options, "proxy")
    if proxy and not _is_address(proxy, {"http", "https"}):
        raise wrong("proxy", "it is not the address of a proxy", 'Write it like "http://proxy.example:3128".')
    return proxy


def _address(options: Mapping[str, object]) -> str:
    address = _text(options, "address")
    if not address:
        return ""
    here = {"127.0.0.1", "localhost", "::1"}
    if not _is_address(address, {"https"}) or urlsplit(address).hostname not in here or "@" in address:
        raise wrong(
            "address",
            f"{address!r} is not an https address of this machine",
            'It is for tests. Leave it out, or write it like "https://127.0.0.1:8443".',
        )
    if not options.get("ca_file"):
        raise wrong("address", "it needs a ca_file", "Name the PEM file of the test server's authority.")
    return address.rstrip("/")


def _is_address(text: str, schemes: set[str]) -> bool:
    """Whether `text` is scheme://host[:port], with nothing after it and nothing odd in it."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and " " not in text
    ends = parts.path in {"", "/"} and not parts.query and not parts.fragment
    return plain and ends and parts.scheme in schemes and bool(parts.hostname) and port != 0
