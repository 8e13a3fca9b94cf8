"""What a process may still do that speaks, translates or decodes for us. Standard library only, quick to load.

Such a process runs code written in C over text and files from anywhere. `limit` bounds what it takes of the
machine; it is called by who starts it. `shut_in` gives up what it never needs; it is called by the process
itself, at its start. Both do what the system has and are quiet about the rest (docs/why/compatibility.md says
what that is).
"""

from __future__ import annotations

import ctypes
import os
import sys
import time

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

MOST_FILE_BYTES = 1 << 30
"""Of a file that it writes, its error output too: a process gone mad does not fill the disk."""
LITTLE, MUCH = 512 << 20, 4 << 30
"""Address space for who has small data (measured: espeak-ng, flite, liblouis and the tone take 13 to 21 MB), and
for who loads networks and codecs (without a voice, piper takes 195 MB; a voice is 20 to 120 MB; codecs 140 MB)."""
MOST_FILES = 64
"""Open at once; ours have four to twenty."""
OWN_CPU_CLOCK = 2
"""The clock of all threads of a process is number ~pid << 3 | 2 (Linux, include/linux/posix-timers.h)."""

NO_NEW_PRIVILEGES = 38
"""prctl(2), PR_SET_NO_NEW_PRIVS: no program that it could start would have more rights than it has."""
SECCOMP = {
    "x86_64": (0xC000003E, 317, (41, 53, 59, 322, 425, 101, 310, 311, 438)),
    "aarch64": (0xC00000B7, 277, (198, 199, 221, 281, 425, 117, 270, 271, 438)),
    "riscv64": (0xC00000F3, 277, (198, 199, 221, 281, 425, 117, 270, 271, 438)),
}
"""By machine: the kernel's name for it (linux/audit.h), the number of seccomp(2), and those of the calls refused:
socket, socketpair, execve, execveat, io_uring_setup (which could make sockets too), ptrace, process_vm_readv,
process_vm_writev and pidfd_getfd, which takes open files from other processes (asm/unistd.h)."""
SET_FILTER, ALL_THREADS, NOT_SLOWER = 1, 1, 4
"""seccomp(2): SECCOMP_SET_MODE_FILTER; SECCOMP_FILTER_FLAG_TSYNC and _SPEC_ALLOW, without which older kernels slow
down all that the process does."""
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
"""Instructions of a filter (linux/bpf_common.h)."""
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | 13
"""What a filter answers: SECCOMP_RET_ALLOW, and SECCOMP_RET_ERRNO with EACCES."""
OTHER_CALLS = 0x40000000
"""From here on, x86-64 has its calls a second time (x32)."""
CREATE_RULES, RESTRICT = 444, 446
"""Numbers of landlock_create_ruleset(2) and landlock_restrict_self(2), on every machine."""
WRITING = 1 << 0 | 1 << 1 | sum(1 << right for right in range(4, 13))
"""Landlock's rights to start programs, write to files, make and remove them (linux/landlock.h)."""
TRUNCATING, TRUNCATING_SINCE = 1 << 14, 3
"""Its right to cut files off, and the version that brought it."""


def limit(
    process: int, memory_bytes: int | None = None, file_bytes: int = MOST_FILE_BYTES, files: int = MOST_FILES
) -> None:
    """Bounds what a process takes: address space, the size of what it writes, open files; and it leaves no core.

    None for what has no bound. From outside, since nothing of ours may run between fork and exec (Linux).
    """
    if not hasattr(resource, "prlimit"):
        return
    bounds = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, file_bytes), (resource.RLIMIT_NOFILE, files)]
    if memory_bytes is not None:
        bounds.append((resource.RLIMIT_AS, memory_bytes))
    for what, most in bounds:
        try:
            resource.prlimit(process, what, (most, most))
        except (OSError, ValueError):  # it has ended, or a bound of its own is lower still
            continue


def limit_cpu(process: int, seconds: float) -> None:
    """Gives a process so many seconds of CPU from now on, after which the system ends it (Linux).

    For the case that nobody is left to end it: deadlines are kept by who waits for its answers.
    """
    if not hasattr(resource, "prlimit"):
        return
    try:
        used = time.clock_gettime(~process << 3 | OWN_CPU_CLOCK)
        _, most = resource.prlimit(process, resource.RLIMIT_CPU)
        resource.prlimit(process, resource.RLIMIT_CPU, (int(used + seconds) + 1, most))
    except (OSError, ValueError):
        return  # it has ended, or may take less than that


def shut_in() -> None:
    """Gives up for good, for this process and all that it forks: the network, starting programs, writing to files.

    Open files and pipes stay as they are. Where a system knows only some of it (Linux before 5.13, other
    machines than `SECCOMP` has), only that is given up.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        system = ctypes.CDLL(None)
        if system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            _refuse_calls(system)
            _write_nowhere(system)
    except (OSError, AttributeError):
        return  # a C library without these calls


def _refuse_calls(system: ctypes.CDLL) -> None:
    name = os.uname().machine
    if name not in SECCOMP or sys.maxsize < 1 << 32:  # a program of 32 bits has other calls
        return
    machine, seccomp, refused = SECCOMP[name]
    end = len(refused) + 1  # from the first test of a call's number to the answer REFUSE
    steps = [(LOAD, 0, 0, 4), (EQUAL, 1, 0, machine), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, 0)]
    steps.append((AT_LEAST, end, 0, OTHER_CALLS))
    steps += [(EQUAL, end - 1 - at, 0, number) for at, number in enumerate(refused)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    filter_ = (Step * len(steps))(*(Step(*step) for step in steps))
    rules = Filter(len(steps), ctypes.cast(filter_, ctypes.c_void_p))
    for flags in (ALL_THREADS | NOT_SLOWER, ALL_THREADS):  # kernels before 4.17 don't know the second
        if system.syscall(_long(seccomp), _long(SET_FILTER), _long(flags), ctypes.byref(rules)) == 0:
            return


def _write_nowhere(system: ctypes.CDLL) -> None:
    version = system.syscall(_long(CREATE_RULES), None, _long(0), _long(1))
    if version < 1:
        return
    rights = ctypes.c_uint64(WRITING | (TRUNCATING if version >= TRUNCATING_SINCE else 0))
    rules = system.syscall(_long(CREATE_RULES), ctypes.byref(rights), _long(8), _long(0))
    if rules >= 0:
        system.syscall(_long(RESTRICT), _long(rules), _long(0))
        os.close(rules)


def _long(number: int) -> ctypes.c_long:
    return ctypes.c_long(number)


class Step(ctypes.Structure):
    """struct sock_filter (linux/filter.h)."""

    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class Filter(ctypes.Structure):
    """struct sock_fprog (linux/filter.h)."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))
