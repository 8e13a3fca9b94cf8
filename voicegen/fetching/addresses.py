"""Which web addresses may be fetched, and which network address a host's name is taken to mean.

A name is looked up once, every address that it has is judged, and the connection goes to a judged address: so a
name that means something else a moment later (DNS rebinding) is of no use. Special addresses: IANA's registries
(RFC 6890), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056), IPv4-mapped (RFC 4291, section 2.5.5).
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from voicegen.config import Fetch
from voicegen.errors import SettingsError, TemporaryError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = {"https": 443, "http": 80}
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?")
"""What system libraries read as an IPv4 address, in decimal, octal or hexadecimal, in one to four parts."""
_HOLDS_IPV4 = tuple(
    map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "::/96", "::ffff:0:0/96"))
)
"""Addresses that lead to an IPv4 address inside them."""
_LEADS_INSIDE = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "3fff::/20")))
"""Addresses that Python, or some version of it, takes for public: a house's own router and relays (RFC 7723, RFC
8155, RFC 7526), networks of a site as they once were (RFC 3879), and those for examples (RFC 9637)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that may be fetched."""

    url: str
    """As it is written, without a fragment."""
    scheme: str
    host: str
    port: int
    target: str
    """Path and query, as they are sent."""
    inner: bool
    """Whether staff said that this host may be inside the house."""

    @property
    def place(self) -> str:
        """Host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def allowed(url: str, rules: Fetch) -> Address:
    """The address, taken apart. Raises SettingsError where it may not be fetched."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except ValueError:
        raise _refused(url, "it is no web address") from None
    if not (url.isascii() and url.isprintable()) or set(url) & set(' \\"<>'):
        raise _refused(url, "it holds characters that belong in no web address")
    if parts.scheme not in PORTS or not host:
        raise _refused(url, "it is no web address")
    if "@" in parts.netloc:
        raise _refused(url, "it holds a name or a password")
    number = port if port is not None else PORTS[parts.scheme]
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Address(url.partition("#")[0], parts.scheme, host, number, target, inner=False)
    if found.place not in rules.hosts and found.place not in rules.inner_hosts:
        raise _refused(url, f"{found.place} is not among the hosts that may be fetched from")
    if found.place in rules.inner_hosts:
        return Address(found.url, found.scheme, host, number, target, inner=True)
    if ":" in host or _NUMERIC.fullmatch(host) or not _NAME.fullmatch(host) or "." not in host:
        raise _refused(url, "it names a machine by its number, or one inside the house")
    if parts.scheme != "https":
        raise _refused(url, "over http everybody on the way could change the page; it must be https")
    return found


def _refused(url: str, what: str) -> SettingsError:
    shown = re.sub(r"//[^/]*@", "//…@", url)
    return SettingsError(
        f"address {shown[:120]!r}", what, "Correct it, or see [fetch] in voicegen.toml (docs/how-to/fetch.md)."
    )


def is_public(address: IPAddress) -> bool:
    """Whether an address is one of the open internet and leads nowhere else."""
    holds = _HOLDS_IPV4 if isinstance(address, ipaddress.IPv6Address) else ()
    if any(address in network for network in (*holds, *_LEADS_INSIDE)):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(address: Address, seconds: float) -> str:
    """The network address to connect to. Raises SettingsError where the name leads inside the house.

    Raises TemporaryError where the name is not known, or not told within `seconds`.
    """
    found: list[str] = []
    for text in _looked_up(address, seconds):
        number = ipaddress.ip_address(text.partition("%")[0])
        if not address.inner and not is_public(number):
            raise _refused(address.url, f"{address.host} leads to {number}, which is inside a house's own network")
        found.append(text)
    if not found:
        raise TemporaryError(address.host, "the name has no address", "Look at the address, or try again later.")
    return found[0]


def _looked_up(address: Address, seconds: float) -> list[str]:
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in rows])
        except OSError as trouble:
            answers.put(trouble)

    threading.Thread(target=look_up, daemon=True).start()  # a look-up takes no deadline, so it is not waited for
    try:
        answer = answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        answer = TimeoutError()
    if isinstance(answer, OSError):
        raise TemporaryError(address.host, "the name can't be looked up now", "Try again later.") from answer
    return answer
