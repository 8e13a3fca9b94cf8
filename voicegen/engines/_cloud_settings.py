"""What the sections of cloud voices in voicegen.toml have in common, read and checked key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from voicegen.errors import SettingsError

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names of this machine."""
FROM_OUTSIDE = ("root", "send_text_to")
"""Options that come from the build and not from voicegen.toml."""


class Options:
    """One engine's section. Every method raises SettingsError, naming key and remedy, for what can't be."""

    def __init__(self, section: str, options: Mapping[str, object], known: Sequence[str]) -> None:
        self._section, self._options = section, options
        for key in options:
            if key not in {*FROM_OUTSIDE, *known}:
                raise self.wrong(key, "there is no such key", f"The keys are: {', '.join(known)}.")

    def wrong(self, key: str, what: str, remedy: str) -> SettingsError:
        """The error for a key of the section."""
        return SettingsError(f"voicegen.toml, [{self._section}] {key}", what, remedy)

    def check_consent(self, host: str) -> None:
        """Holds that configuration and command both allow what would be sent to `host`."""
        if not self.truth("allow"):
            raise self.wrong(
                "allow",
                f"the engine {self._section} would send your pages' text to {host}, which nothing allows",
                f"Write allow = true under [{self._section}] if it may, or choose another engine.",
            )
        if self._options.get("send_text_to") != self._section:
            raise SettingsError(
                "--send-text-to",
                f"the engine {self._section} would send your pages' text to {host}, "
                "which the command does not say",
                f"Add --send-text-to {self._section} to the command if it shall, or choose another engine.",
            )

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self._options.get(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, f"{value!r} is not a text", "Write it in quotation marks.")
        return value

    def truth(self, key: str) -> bool:
        """True or false, which is the default."""
        value = self._options.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"{value!r} is neither true nor false", "Write true or false.")
        return value

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number within limits."""
        value = self._options.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.wrong(key, f"{value!r} is not a number from {least:g} to {most:g}", "Give such a number.")
        return float(value)

    def tries(self) -> int:
        """How often a request is sent."""
        value = self._options.get("tries", 5)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10:
            raise self.wrong("tries", f"{value!r} is not a whole number from 1 to 10", "Give such a number.")
        return value

    def texts(self, key: str) -> dict[str, str]:
        """A table of texts by name."""
        value = self._options.get(key, {})
        if not isinstance(value, Mapping) or not all(isinstance(text, str) and text for text in value.values()):
            remedy = f'Write [{self._section}.{key}], then lines such as en = "…".'
            raise self.wrong(key, f"{value!r} is not a table of texts", remedy)
        return {str(name): str(text) for name, text in value.items()}

    def ca_file(self) -> str:
        """The path of a PEM file, made absolute; empty for the system's own authorities."""
        name = self.text("ca_file")
        if name and not Path(name).is_file():
            raise self.wrong(
                "ca_file", f"there is no file {name}", "Give the path of a PEM file, or leave it out."
            )
        return str(Path(name).resolve()) if name else ""

    def proxy(self) -> str:
        """The address of a proxy, or empty."""
        proxy = self.text("proxy")
        if proxy and not is_address(proxy, {"http", "https"}):
            raise self.wrong(
                "proxy", "it is not the address of a proxy", 'Write it like "http://proxy.example:3128".'
            )
        return proxy


def is_address(text: str, schemes: set[str], with_path: bool = False) -> bool:
    """Whether `text` is scheme://host[:port], with nothing odd in it, and after it at most a path if it may."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = text.isascii() and text.isprintable() and not set(text) & set(" \\")
    ends = (with_path or parts.path in {"", "/"}) and not parts.query and not parts.fragment
    return plain and ends and parts.scheme in schemes and bool(parts.hostname) and port != 0
