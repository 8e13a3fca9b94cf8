"""A real Asterisk in a room of its own: a Debian folder made by debootstrap, a network with nothing but loopback.

`python -m tests.phone.asterisk ROOM PACK CALLS RESULTS` must run inside a network namespace; `run` does that.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.phone.caller import Call, call_all

ROOM = Path(os.environ.get("VOICEGEN_ASTERISK") or Path.home() / ".cache/voicegen/asterisk")
"""Where bootstrap.py puts it."""
PORT = 5070
MODULES = (Path(__file__).parent / "asterisk_modules.txt").read_text().split()
"""In this order: music on hold comes after the formats that it plays."""
SETTINGS = {
    "asterisk.conf": "[directories](!)\n[directories]\nastetcdir => {at}/etc\nastmoddir => {modules}\n"
    "astvarlibdir => {at}/data\nastdbdir => {at}/db\nastkeydir => {at}/data\nastdatadir => {at}/data\n"
    "astagidir => {at}/data\nastspooldir => {at}/spool\nastrundir => {at}/run\nastlogdir => {at}/log\n"
    "astcachedir => {at}/cache\n[options]\nhideconnect = yes\n",
    "logger.conf": "[general]\n[logfiles]\nmessages => notice,warning,error\n",
    "pjsip.conf": "[loop]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:{port}\n[caller]\ntype=endpoint\n"
    "transport=loop\ncontext=voicegen-test\ndisallow=all\nallow=ulaw,alaw,g722\ndtmf_mode=rfc4733\n"
    "direct_media=no\nrtp_symmetric=no\n[caller]\ntype=identify\nendpoint=caller\nmatch=127.0.0.1\n",
    "rtp.conf": "[general]\nrtpstart=20000\nrtpend=20999\nicesupport=no\n",
    "queues.conf": "[general]\n{queues}",
    "musiconhold.conf": "[general]\n{classes}",
    "extensions.conf": "[general]\n[voicegen-test]\n{numbers}\n{includes}",
}
EMPTY = ("ccss", "cdr", "cel", "features", "indications", "acl", "udptl", "pjproject")


@dataclass(frozen=True)
class Heard:
    """What came of the calls."""

    calls: list[Call]
    log: str
    """Warnings and errors of the server."""
    classes: str
    """What `moh show files` said."""


def run(pack: Path, pages: list[str], calls: list[Call]) -> Heard:
    """Makes the calls to an Asterisk that has taken the pack. Raises AssertionError where it does not start."""
    assert (ROOM / "usr/sbin/asterisk").exists(), (
        f"there is no Asterisk in {ROOM}: `python3 bootstrap.py test` makes it, as root on Debian"
    )
    with tempfile.TemporaryDirectory() as folder:
        asked, results = Path(folder, "calls.json"), Path(folder, "results")
        facts = [[call.number, call.wanted.hex(), call.spare, list(call.keys), call.codec] for call in calls]
        asked.write_text(json.dumps(facts))
        inside = f"ip link set lo up && exec {sys.executable} -m tests.phone.asterisk"
        command = f"{inside} {ROOM} {pack} {','.join(pages)} {asked} {results}"
        done = subprocess.run(
            ["unshare", "--net", "sh", "-c", command], capture_output=True, text=True, timeout=900, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        found = json.loads((results / "facts.json").read_text())
        for number, (call, fact) in enumerate(zip(calls, found["calls"], strict=True)):
            call.heard = (results / f"{number}.bin").read_bytes()
            call.lost, call.short, call.error = fact["lost"], fact["short"], fact["error"]
        return Heard(calls, found["log"], found["classes"])


def main() -> None:
    """Inside the namespace: starts the server, makes the calls, writes what was heard."""
    room, pack, pages, asked, results = sys.argv[1:]
    calls = [
        Call(number, bytes.fromhex(wanted), spare, keys, codec)
        for number, wanted, spare, keys, codec in json.loads(Path(asked).read_text())
    ]
    with contextlib.suppress(PermissionError):
        os.nice(-5)  # sound has its times to keep, whatever else this machine does
    with tempfile.TemporaryDirectory(dir=Path(room) / "tmp") as folder:
        place = Path(folder)
        server = start(Path(room), place, Path(pack), pages.split(","))
        try:
            classes = command(Path(room), place, "moh show files")
            call_all(calls, ("127.0.0.1", PORT))
        finally:
            server.terminate()
            server.wait(20)
        log = (place / "log/messages").read_text() if (place / "log/messages").exists() else ""
    out = Path(results)
    out.mkdir()
    for number, call in enumerate(calls):
        (out / f"{number}.bin").write_bytes(call.heard)
    facts = [{"lost": call.lost, "short": call.short, "error": call.error} for call in calls]
    (out / "facts.json").write_text(json.dumps({"calls": facts, "log": log, "classes": classes}))


def start(room: Path, place: Path, pack: Path, pages: list[str]) -> subprocess.Popen[bytes]:
    """The server, once it has booted with the pack as its README says."""
    place.chmod(0o755)
    at = "/" + str(place.relative_to(room))
    for name in ("etc", "data", "db", "spool", "run", "log", "cache"):
        (place / name).mkdir()
    documents = room / "usr/share/asterisk/documentation"
    if documents.exists():
        (place / "data/documentation").symlink_to("/usr/share/asterisk/documentation")
    shutil.copytree(pack / "moh", place / "data/moh")
    shutil.copytree(pack / "sounds", place / "data/sounds/en")
    for path in pack.glob("*.conf"):
        shutil.copy(path, place / "etc")
    keys = "-keys" if [*pack.glob("musiconhold_voicegen_*_keys.conf")] else ""
    modules = next(str(path)[len(str(room)) :] for path in room.glob("usr/lib/**/asterisk/modules"))
    facts = {
        "at": at,
        "modules": modules,
        "port": PORT,
        "queues": "".join(f"[hold-{page}]\nmusicclass=voicegen-{page}{keys}\n" for page in pages),
        "classes": "".join(
            f'#include "{path.name}"\n' for path in sorted(pack.glob("musiconhold_voicegen_*.conf"))
        ),
        "includes": "".join(
            f'#include "{path.name}"\n' for path in sorted(pack.glob("extensions_voicegen[-_]*.conf"))
        ),
        "numbers": "exten => 4400,1,Goto(voicegen_menu,s,1)\n"
        + "\n".join(
            f"exten => {4100 + n},1,Goto(voicegen-{page},s,1)\n"
            f"exten => {4200 + n},1,Answer()\n same => n,MusicOnHold(voicegen-{page})\n"
            f"exten => {4300 + n},1,Answer()\n same => n,Queue(hold-{page})"
            for n, page in enumerate(pages)
        ),
    }
    for name, text in SETTINGS.items():
        (place / "etc" / name).write_text(text.format(**facts))
    for name in EMPTY:
        (place / "etc" / f"{name}.conf").write_text("")
    loads = "".join(f"load = {name}.so\n" for name in MODULES)
    (place / "etc/modules.conf").write_text(f"[modules]\nautoload=no\n{loads}")
    program = ["chroot", str(room), "/usr/sbin/asterisk", "-C", f"{at}/etc/asterisk.conf", "-f", "-n"]
    server = subprocess.Popen(program, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        if "fully" in command(room, place, "core waitfullybooted"):
            return server
        time.sleep(0.2)
    server.kill()
    raise SystemExit("Asterisk did not boot")


def command(room: Path, place: Path, words: str) -> str:
    """What the server answers to a command."""
    at = "/" + str(place.relative_to(room))
    program = ["chroot", str(room), "/usr/sbin/asterisk", "-C", f"{at}/etc/asterisk.conf", "-rx", words]
    return subprocess.run(program, capture_output=True, text=True, timeout=60, check=False).stdout


if __name__ == "__main__":
    main()
