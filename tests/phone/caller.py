"""A telephone of ours: many calls at once by SIP and RTP over loopback, with keys; standard library only.

RFC 3261 (SIP, the little that a caller needs), RFC 4566 (SDP), RFC 3550 (RTP), RFC 4733 (keys as events).
"""

from __future__ import annotations

import contextlib
import re
import select
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

EVENTS = 101
"""RTP payload type of keys."""
CODECS = {0: "PCMU/8000", 8: "PCMA/8000", 9: "G722/8000"}
KEYS = {**{str(digit): digit for digit in range(10)}, "*": 10, "#": 11}
PACKET_S = 0.02
SO_RCVBUFFORCE = 33
"""Linux's number for it (asm-generic/socket.h); Python has no name for it."""
SILENT = 20.0
"""Seconds after which a call is ended that hears nothing more."""
BUFFER = 1 << 23
"""Bytes of packets that may wait for a caller whom a busy machine holds up: far more than any call has."""
LOOK = 10
"""Packets that come in between two looks at whether all was heard."""
KEY_TICKS = 8
"""How many packets of 20 ms a key is held."""


@dataclass
class Call:
    """One call: what to dial, which keys to press when, and what was heard."""

    number: str
    wanted: bytes
    """The sound that the caller waits for; the call ends once all of it was heard in one piece."""
    spare: float = 4.0
    """Seconds of other sound that are borne after the last key, before the caller gives up: sound as it is heard,
    a packet being 20 ms, for on a busy machine a server's clock and ours fall behind, each in its own way."""
    keys: Sequence[tuple[float, str]] = ()
    """Seconds after the answer, and the key."""
    codec: int = 0
    heard: bytes = b""
    """Every byte of sound, in the order of the packets."""
    lost: int = 0
    short: int = 0
    """Packets before the last that hold less than 20 ms."""
    error: str = ""
    _rtp: socket.socket = field(init=False, repr=False)
    _answered: float = 0.0
    _there: tuple[str, int] = ("", 0)
    _to: str = ""
    _packets: dict[int, bytes] = field(default_factory=dict, repr=False)
    _last: int = 0
    _arrived: float = 0.0
    _before: int = 0
    """Packets heard before the last key had been sent."""
    _looked: int = 0
    _pressed: int = 0
    _ticks: list[tuple[float, bytes]] = field(default_factory=list, repr=False)
    _sequence: int = 1
    _done: bool = False


def call_all(calls: Sequence[Call], server: tuple[str, int], own: str = "127.0.0.1", wait: float = 60.0) -> None:
    """Makes all calls at once, fills in what they heard, and hangs up."""
    sip = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sip.bind((own, 0))
    here = sip.getsockname()
    for number, call in enumerate(calls):
        call._rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        _widen(call._rtp)
        call._rtp.bind((own, 0))
        sip.sendto(_invite(call, number, here, server), server)
        time.sleep(0.004)
    sockets = {call._rtp: call for call in calls}
    start = time.monotonic()
    while any(not call._done for call in calls):
        ready, _, _ = select.select([sip, *sockets], [], [], 0.01)
        now = time.monotonic()
        for one in ready:
            for data in _waiting(one):
                if one is sip:
                    _answer(sip, data, calls, here, server, now)
                else:
                    _receive(sockets[one], data, now)
        for number, call in enumerate(calls):
            _act(sip, call, number, here, server, now, start, wait)
    for call in calls:
        call._rtp.close()
        _join(call)
    sip.close()


def _widen(rtp: socket.socket) -> None:
    """Gives a socket room for a whole call, beyond the system's limit where we may."""
    try:
        rtp.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)
    except OSError:
        rtp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)


def _waiting(one: socket.socket) -> Iterator[bytes]:
    """Every packet that has come so far: after a pause of ours, those of the time before the next key too."""
    with contextlib.suppress(BlockingIOError):
        while True:
            yield one.recv(4096, socket.MSG_DONTWAIT)


def _act(
    sip: socket.socket, call: Call, number: int, here: tuple[str, int], server: tuple[str, int],
    now: float, start: float, wait: float,
) -> None:  # fmt: skip
    if call._done:
        return
    if not call._answered:
        if now - start > wait:
            call.error, call._done = "nobody answered", True
        return
    since = now - call._answered
    if not call._ticks and call._pressed < len(call.keys) and since >= call.keys[call._pressed][0]:
        call._ticks += _key(call, call.keys[call._pressed][1], now)
        call._pressed += 1
    while call._ticks and call._ticks[0][0] <= now:
        call._rtp.sendto(call._ticks.pop(0)[1], call._there)
        call._before = len(call._packets)
    if _satisfied(call) or now - max(call._arrived, call._answered) > SILENT:
        sip.sendto(_request("BYE", call, number, here, server, 2), server)
        call._done = True


def _satisfied(call: Call) -> bool:
    """Whether the call heard what it waits for, or so much else that it waits for nothing any more."""
    if call._ticks or call._pressed < len(call.keys):
        return False
    heard = len(call._packets) - call._before
    needed = len(call.wanted) / 8000
    if heard * PACKET_S >= needed + call.spare:
        return True
    if heard * PACKET_S < needed or len(call._packets) < call._looked + LOOK:
        return False
    call._looked = len(call._packets)
    _join(call)
    return call.wanted in call.heard


def _key(call: Call, key: str, now: float) -> list[tuple[float, bytes]]:
    """The packets of one key, each with the time at which it is sent (RFC 4733, section 2.5.1)."""
    packets = []
    stamp = int(now * 8000) & 0xFFFFFFFF
    for tick in range(KEY_TICKS + 3):
        ended = tick >= KEY_TICKS
        head = struct.pack("!BBHII", 0x80, EVENTS | (0x80 if tick == 0 else 0), call._sequence, stamp, 7)
        held = 160 * min(tick + 1, KEY_TICKS)
        packets.append((now + 0.02 * tick, head + struct.pack("!BBH", KEYS[key], 0x80 * ended | 10, held)))
        call._sequence = call._sequence + 1 & 0xFFFF
    return packets


def _receive(call: Call, data: bytes, now: float) -> None:
    if len(data) > 12 and data[1] & 0x7F == call.codec:
        (number,) = struct.unpack("!H", data[2:4])
        while number < call._last - 0x8000:
            number += 0x10000
        call._last, call._arrived = max(call._last, number), now
        call._packets[number] = data[12 + 4 * (data[0] & 15) :]


def _join(call: Call) -> None:
    numbers = sorted(call._packets)
    call.heard = b"".join(call._packets[number] for number in numbers)
    call.lost = numbers[-1] - numbers[0] + 1 - len(numbers) if numbers else 0
    call.short = sum(len(call._packets[number]) != 160 for number in numbers[:-1])


def _answer(
    sip: socket.socket, data: bytes, calls: Sequence[Call], here: tuple[str, int], server: tuple[str, int],
    now: float,
) -> None:  # fmt: skip
    text = data.decode("utf-8", "replace")
    found = re.search(r"(?im)^Call-ID:\s*voicegen-(\d+)@", text)
    if not found:
        return
    call, number = calls[int(found[1])], int(found[1])
    if not text.startswith("SIP/2.0"):  # a request of the server's, such as its BYE
        kept = re.findall(r"(?im)^(?:Via|From|To|Call-ID|CSeq):.*$", text)
        sip.sendto(("SIP/2.0 200 OK\r\n" + "\r\n".join(kept) + "\r\nContent-Length: 0\r\n\r\n").encode(), server)
        if text.startswith("BYE"):
            call._done = True
        return
    status = int(text.split()[1])
    if status < 200 or not re.search(r"(?im)^CSeq:\s*1 INVITE", text):
        return
    to = re.search(r"(?im)^To:\s*(.*?)\r?$", text)
    call._to = to[1] if to else ""
    sip.sendto(_request("ACK", call, number, here, server, 1), server)
    if status >= 300:
        call.error, call._done = f"refused with {status}", True
    elif not call._answered:
        host, port = re.search(r"(?m)^c=IN IP4 (\S+)", text), re.search(r"(?m)^m=audio (\d+)", text)
        if host and port:
            call._there, call._answered = (host[1], int(port[1])), now


def _invite(call: Call, number: int, here: tuple[str, int], server: tuple[str, int]) -> bytes:
    port = call._rtp.getsockname()[1]
    sdp = (
        f"v=0\r\no=- 1 1 IN IP4 {here[0]}\r\ns=-\r\nc=IN IP4 {here[0]}\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP {call.codec} {EVENTS}\r\na=rtpmap:{call.codec} {CODECS[call.codec]}\r\n"
        f"a=rtpmap:{EVENTS} telephone-event/8000\r\na=fmtp:{EVENTS} 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
    )
    return _request("INVITE", call, number, here, server, 1, sdp)


def _request(
    method: str, call: Call, number: int, here: tuple[str, int], server: tuple[str, int], count: int,
    body: str = "",
) -> bytes:  # fmt: skip
    host, port = here
    address = f"sip:{call.number}@{server[0]}:{server[1]}"
    lines = [
        f"{method} {address} SIP/2.0",
        f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK-{number}-{method}-{count};rport",
        "Max-Forwards: 70",
        f"From: <sip:caller@{host}:{port}>;tag=c{number}",
        f"To: {call._to or f'<{address}>'}",
        f"Call-ID: voicegen-{number}@{host}",
        f"CSeq: {count} {method}",
        f"Contact: <sip:caller@{host}:{port}>",
        *(["Content-Type: application/sdp"] if body else []),
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
