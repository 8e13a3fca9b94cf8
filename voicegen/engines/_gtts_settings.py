"""The options of the engine gtts, checked, for the engine and its worker; `gtts.py` says what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from voicegen.engines._cloud_settings import HERE, Options, is_address

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


def checked(given: Mapping[str, object]) -> Settings:
    """The options as Settings, where configuration and command both allow what would be sent.

    Raises SettingsError, naming key and remedy, for what they can't be.
    """
    options = Options("gtts", given, ("allow", *(field.name for field in fields(Settings))))
    address = _address(options)
    settings = Settings(
        tld=_tld(options),
        slow=options.truth("slow"),
        deadline_s=options.number("deadline_s", 90.0, 0.1, 600.0),
        interval_s=options.number("interval_s", 1.0, 0.01 if address else 0.2, 60.0),
        tries=options.tries(),
        ca_file=options.ca_file(),
        proxy=options.proxy(),
        address=address,
    )
    options.check_consent(settings.host)
    return settings


def _tld(options: Options) -> str:
    tld = options.text("tld", "com")
    if tld not in TLDS.split():
        what = f"{tld!r} is no domain of Google Translate that we know"
        raise options.wrong("tld", what, f"Use one of: {TLDS}.")
    return tld


def _address(options: Options) -> str:
    address = options.text("address")
    if not address:
        return ""
    if not is_address(address, {"https"}) or urlsplit(address).hostname not in HERE or "@" in address:
        raise options.wrong(
            "address",
            f"{address!r} is not an https address of this machine",
            'It is for tests. Leave it out, or write it like "https://127.0.0.1:8443".',
        )
    if not options.text("ca_file"):
        raise options.wrong("address", "it needs a ca_file", "Name the PEM file of the test server's authority.")
    return address.rstrip("/")
