"""Where the CPU of one message goes, over all processes: the real ones, each under a stopwatch (`bench/probe`).

make bench-steps            (quick look: .venv/bin/python -m bench.steps --quick)
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.progress import track

from bench.rig import load, stage
from bench.rig.vendor import Vendor
from bench.speed import head, run, table, write

Snapshot = dict[str, Any]
"""`steps`: {name: [calls, CPU s, of them in a database driver, statements]}, `cpu`: of the process, `missing`."""
NAME, ROOM = 0, 1
LEARNERS, WARM_UP = 16, 10


def probe(on: stage.Stage, folder: Path) -> dict[str, Path]:
    """Start every process again under the watch. Returns where each tells what it saw."""
    files = {}
    for name, process in on.running.team.items():
        room, files[name] = name.rstrip("0123456789"), folder / f"{name}.probe"
        at = process.command.index("-m")
        process.command[at : at + 2] = ["-m", "bench.probe", room, str(files[name]), process.command[at + 1]]
        on.running.kill(name)
        on.running.start(name)
    return files


def ask(on: stage.Stage, files: dict[str, Path]) -> dict[str, Snapshot]:
    """What each process saw so far."""
    seen = {}
    for name, file in files.items():
        file.unlink(missing_ok=True)
        os.kill(on.running.team[name].running.pid, signal.SIGUSR1)  # type: ignore[union-attr]
        until = time.monotonic() + 10
        while not file.exists():
            assert time.monotonic() < until, f"{name} says nothing"
            time.sleep(0.02)
        seen[name] = json.loads(file.read_text())
    return seen


def apart(before: dict[str, Snapshot], after: dict[str, Snapshot], messages: int) -> dict[str, list[float]]:
    """By step: calls, CPU ms, ms in the driver and statements, each a message. What no step owns is the process's."""
    found: dict[str, list[float]] = {}
    for process, now in after.items():
        was, room, named = before[process]["steps"], process.rstrip("0123456789"), 0.0
        for step, values in now["steps"].items():
            calls, cpu, sql, statements = (b - a for a, b in zip(was.get(step, [0] * 4), values, strict=True))
            named += cpu
            shown = step if step.startswith(room) else f"{room}: {step}"
            found[shown] = [calls / messages, cpu / messages * 1000, sql / messages * 1000, statements / messages]
        rest = (now["cpu"] - before[process]["cpu"] - named) / messages * 1000
        found[f"{room}: server, event loop, looking for work"] = [1.0, rest, 0.0, 0.0]
    return found


async def measure(rounds: int, turns: int) -> tuple[list[dict[str, list[float]]], list[str], list[float]]:
    """Steps of every round, places that were not found, and CPU ms a message of the same load without a watch."""
    async with Vendor() as vendor, stage.rumbo(vendor) as on:
        who = load.people(LEARNERS)
        on.agreed(who)
        await load.converse(on.door, vendor, talks(who, WARM_UP, 0))
        bare = [await cost(on, vendor, talks(who, turns, n)) for n in range(1, 3)]
        files = probe(on, on.running.folder)
        await load.converse(on.door, vendor, talks(who, WARM_UP, 0))
        found, missing = [], []
        for n in track(range(rounds), "Steps of a message…"):
            before = ask(on, files)
            seen = await load.converse(on.door, vendor, talks(who, turns, n + 10))
            after = ask(on, files)
            assert not seen.silent, f"{seen.silent} messages went unanswered"
            found.append(apart(before, after, len(seen.waits)))
            missing = [place for one in after.values() for place in one["missing"]]
    return found, missing, bare


def talks(who: list[str], turns: int, seed: int) -> dict[str, list[str]]:
    return {person: stage.sentences(turns, seed=seed * 1000 + n) for n, person in enumerate(who)}


async def cost(on: stage.Stage, vendor: Vendor, said: dict[str, list[str]]) -> float:
    before = sum(on.cpu().values())
    seen = await load.converse(on.door, vendor, said)
    return (sum(on.cpu().values()) - before) / len(seen.waits) * 1000


def medians(rounds: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    by_step: dict[str, list[list[float]]] = defaultdict(list)
    for one in rounds:
        for step, values in one.items():
            by_step[step].append(values)
    whole = {step: [*values, *[[0.0] * 4] * (len(rounds) - len(values))] for step, values in by_step.items()}
    return {step: [statistics.median(column) for column in zip(*rows, strict=True)] for step, rows in whole.items()}


def report(rounds: list[dict[str, list[float]]], missing: list[str], bare: list[float]) -> str:
    steps = medians(rounds)
    ordered = sorted(steps.items(), key=lambda item: -item[1][1])
    total = sum(values[1] for values in steps.values())
    rows = [
        [step, f"{cpu:.2f}", f"{cpu / total:.0%}", f"{sql:.2f}", f"{statements:.1f}", f"{calls:.1f}"]
        for step, (calls, cpu, sql, statements) in ordered
    ]
    rooms: dict[str, float] = defaultdict(float)
    for step, values in steps.items():
        rooms[step.split(":")[0]] += values[1]
    lines = [
        f"{total:.1f} CPU ms a message with the watch, {statistics.median(bare):.1f} without it, over all processes.",
        f"{LEARNERS} learners write at the same time, over signed WhatsApp webhooks, on SQLite; "
        f"medians of {len(rounds)} rounds. A step does not contain another step.",
        "",
        *table(["process", "CPU ms"], [[r, f"{ms:.2f}"] for r, ms in sorted(rooms.items(), key=lambda i: -i[1])]),
        "",
        *table(["step", "CPU ms", "share", "of it in the database driver", "statements", "calls"], rows),
    ]
    return "\n".join(lines + ([f"\nNot found: {', '.join(missing)}."] if missing else []))


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("--quick", action="store_true", help="two short rounds, nothing written")
    quick = says.parse_args().quick
    text = head("Where the time of one message goes") + report(*run(measure(2 if quick else 7, 10 if quick else 25)))
    write("steps.md", text, keep=not quick)


if __name__ == "__main__":
    sys.exit(main())
