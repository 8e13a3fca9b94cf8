"""Our files from a SIP server of others (SIPp, from Debian), received by a telephone of ours byte for byte."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Project
from tests.phone.caller import Call, call_all
from voicegen.phone import published

PLAYS = {0: "PCMU/8000", 8: "PCMA/8000"}


OK = """
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:];tag=[pid]SIPp[call_number]
[last_Call-ID:]
[last_CSeq:]
"""
SCENARIO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="plays a file">
<recv request="INVITE"></recv>
<send><![CDATA[{ok}Contact: <sip:[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP {payload}
a=rtpmap:{payload} {name}

]]></send>
<recv request="ACK"></recv>
<nop><action><exec rtp_stream="{file},1,{payload}"/></action></nop>
<recv request="BYE"></recv>
<send><![CDATA[{ok}Content-Length: 0

]]></send>
</scenario>
"""
"""Text, not a tree: SIPp's own reader of XML takes its messages as CDATA only."""


def scenario(file: Path, payload: int) -> str:
    """A server that answers a call and plays the file until the caller hangs up."""
    return SCENARIO.format(ok=OK, payload=payload, name=PLAYS[payload], file=file)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.parametrize(("codec", "encoding"), [(0, "ulaw"), (8, "alaw")])
def test_a_caller_hears_every_byte_of_a_chapter_from_a_server_that_is_not_ours(
    codec: int, encoding: str, tmp_path: Path
) -> None:
    sipp = shutil.which("sipp")
    assert sipp, "this test needs the Debian package sip-tester"
    project = Project(tmp_path / "project")
    project.page("rest.txt", "Rest\n\nToday\nSleep.\n")
    project.build()
    chapter = published.load(project.output / "rest", "full").topics[0]
    file = tmp_path / f"chapter.{encoding}"
    file.write_bytes(chapter.encoded(encoding))
    (tmp_path / "uas.xml").write_text(scenario(file, codec))
    port = free_port()
    command = [sipp, "-sf", str(tmp_path / "uas.xml"), "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(
        [*command, "-m", "1", "-nostdin", "-timeout", "60"], cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        call = Call("chapter", chapter.encoded(encoding), codec=codec)
        call_all([call], ("127.0.0.1", port))
        server.wait(20)
    finally:
        server.kill()
        server.wait()
    assert call.error == ""
    assert call.lost == 0
    assert file.read_bytes() in call.heard
