"""What the kernel tells of a family of processes: who belongs to it, and whether it is at work (proc(5))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def family(head: int) -> list[int]:
    """The processes that a process started, and those that they started, without itself."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (facts := _facts(place)):
            children.setdefault(int(facts[1]), []).append(int(place.name))
    return list(_below(head, children))


def ticks(processes: Iterable[int]) -> int:
    """The processor's time that they have had so far, in ticks of 10 ms."""
    found = (_facts(Path(f"/proc/{process}")) for process in processes)
    return sum(int(facts[11]) + int(facts[12]) for facts in found if facts)


def want_to_run(processes: Iterable[int]) -> bool:
    """Whether one of their threads runs, or would if a processor were free."""
    threads = (thread for process in processes for thread in Path(f"/proc/{process}/task").glob("*"))
    return any(facts[0] == "R" for facts in map(_facts, threads) if facts)


def _below(head: int, children: dict[int, list[int]]) -> Iterator[int]:
    for child in children.get(head, ()):
        yield child
        yield from _below(child, children)


def _facts(place: Path) -> list[str]:
    """The fields of a process or thread from its state on; none where it has just ended."""
    try:
        return (place / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
