"""What processes cost, as the kernel counts it (/proc): CPU seconds and memory of a process and all its children."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(pids: Iterable[int]) -> list[int]:
    """These processes and their living descendants."""
    parents = {int(p.name): int(_stat(p)[1]) for p in Path("/proc").iterdir() if p.name.isdecimal() and _stat(p)}
    found = [pid for pid in pids if pid in parents]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def cpu(pids: Iterable[int]) -> float:
    """Seconds of user and system time, those of children that ended included."""
    return sum(sum(map(int, _stat(Path(f"/proc/{pid}"))[11:15])) for pid in family(pids)) / TICK


def memory(pids: Iterable[int]) -> dict[str, float]:
    """MB: `rss` counts shared pages in each process, `pss` once in all; `own` leaves out what stands in files.

    Only `own` does not change with what other programs of the machine have loaded."""
    names = {"Rss": "rss", "Pss": "pss", "Anonymous": "own"}
    totals = dict.fromkeys(names.values(), 0.0)
    for pid in family(pids):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if name := names.get(line.split(":")[0]):
                totals[name] += int(line.split()[1]) / 1024
    return totals


def _stat(process: Path) -> list[str]:
    """The fields after the name (`man 5 proc`): state, parent, …; empty when the process is gone."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
