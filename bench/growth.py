"""How the cost of a message grows: with the conversation, the learners known, the messages kept, and the workers.

make bench-growth           (an hour or two; quick look: .venv/bin/python -m bench.growth --quick)
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rich.progress import track

from bench import plans
from bench.grounds import KINDS, Ground, ground
from bench.rig import load, stage
from bench.rig.vendor import Vendor
from bench.speed import head, run, table, write

MOST_AT_ONCE = 8
"""Messages a learner writes between two looks at the progress, while a conversation is made long."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    points: tuple[int, ...] = (10, 100, 1_000, 10_000)
    learners: tuple[int, ...] = (100, 10_000, 100_000)
    messages: int = 10_000_000
    workers: tuple[int, ...] = (1, 2, 4)
    rounds: int = 5
    turns: int = 8
    """Messages of each learner in a window; there are eight learners."""


QUICK = Sizes((10, 30), (100, 1_000), 60_000, (1, 2), rounds=2, turns=4)


@dataclass
class Scene:
    """A Rumbo on a database, learners who write to it, and what that costs."""

    on: stage.Stage
    ground: Ground
    vendor: Vendor
    who: list[str]
    written: int = 0
    """Messages of each learner so far."""

    async def talk(self, turns: int, seed: int, reading: float = load.READING) -> load.Seen:
        said = {w: stage.sentences(turns, seed=seed * 1000 + n) for n, w in enumerate(self.who)}
        seen = await load.converse(self.on.door, self.vendor, said, reading)
        self.written += turns
        assert not seen.silent, f"{seen.silent} messages went unanswered"
        return seen

    def cpu(self) -> float:
        """Seconds so far, of all processes and of the database's server."""
        return sum(self.on.cpu().values()) + self.ground.cpu()

    async def window(self, turns: int, seed: int) -> tuple[float, float]:
        """CPU ms a message, and messages a second."""
        before = self.cpu()
        seen = await self.talk(turns, seed)
        return (self.cpu() - before) / len(seen.waits) * 1000, seen.rate

    async def median(self, rounds: int, turns: int) -> tuple[float, float]:
        """Of several windows with the same sentences wherever it is asked."""
        found = [await self.window(turns, seed) for seed in range(1, rounds + 1)]
        return statistics.median(ms for ms, _ in found), statistics.median(rate for _, rate in found)


@asynccontextmanager
async def scene(on: Ground, learners: int, workers: int = 1) -> AsyncIterator[Scene]:
    """Learners who have agreed, and a Rumbo that is warm."""
    async with Vendor() as vendor, stage.rumbo(vendor, DATABASE_URL=on.url, RUMBO_WORKERS=str(workers)) as running:
        who = load.people(learners)
        running.agreed(who)
        warm = Scene(running, on, vendor, who)
        await warm.talk(5, seed=0)
        yield warm


async def conversation(kind: str, sizes: Sizes) -> list[list[str]]:
    """One row a point of the conversation."""
    rows = []
    with ground(kind) as on:
        async with scene(on, learners=8) as here:
            for point in sizes.points:
                steps = range(here.written, point - 1, MOST_AT_ONCE)
                for n in track(steps, f"To message {point}, {kind}…"):
                    await here.talk(min(MOST_AT_ONCE, point - 1 - n), seed=1000 + n, reading=0.0)
                ms, rate = await here.median(sizes.rounds, sizes.turns)
                rows.append([kind, f"message {point:,}", f"{ms:.1f}", f"{rate:.1f}"])
    return rows


async def known(kind: str, learners: int, messages: int, sizes: Sizes) -> tuple[list[str], plans.Statements]:
    """A row for a database of that size, and the clock time of its statements."""
    with ground(kind, learners, messages) as on:
        async with scene(on, learners=8) as here:
            ms, rate = await here.median(sizes.rounds, sizes.turns)
            statements = await plans.watch(here.on, lambda: here.talk(sizes.turns, seed=50))
            row = [kind, f"{learners:,} learners, {messages:,} messages", f"{ms:.1f}", f"{rate:.1f}"]
            return row, plans.explain(on.url, statements)


async def working(kind: str, workers: int, sizes: Sizes) -> list[str]:
    with ground(kind) as on:
        async with scene(on, learners=24, workers=workers) as here:
            ms, rate = await here.median(sizes.rounds, sizes.turns)
            return [kind, f"{workers} workers", f"{ms:.1f}", f"{rate:.1f}"]


async def measure(sizes: Sizes, kinds: tuple[str, ...], parts: tuple[str, ...]) -> str:
    rows, slower = [], []
    for kind in kinds:
        if "conversation" in parts:
            rows += await conversation(kind, sizes)
        if "size" in parts:
            arms = [await known(kind, learners, 0, sizes) for learners in sizes.learners]
            arms.append(await known(kind, sizes.learners[-1], sizes.messages, sizes))
            rows += [row for row, _ in arms]
            slower += [[kind, *found] for found in plans.slower(arms[-2][1], arms[-1][1])]
        if "workers" in parts:
            rows += [await working(kind, workers, sizes) for workers in sizes.workers]
    text = table(["database", "where", "CPU ms a message", "messages a second"], rows)
    text += ["", *growth(rows), "", "Statements that are slower in the full database, or read a whole table there:", ""]
    shown = table(["database", "ms before", "ms full", "a message", "statement", "plan"], slower)
    return "\n".join(text + (shown if slower else ["none."]))


def growth(rows: list[list[str]]) -> list[str]:
    """From the first to the last point of each kind of row, in percent."""
    lines = []
    for kind, what in ((k, w) for k in KINDS for w in ("message ", "learners, ")):
        mine = [row for row in rows if row[0] == kind and what in row[1] and "worker" not in row[1]]
        mine = [row for row in mine if row[1].startswith("message") == (what == "message ")]
        if len(mine) > 1:
            first, last = float(mine[0][2]), float(mine[-1][2])
            lines.append(f"- {kind}: {last / first - 1:+.0%} from {mine[0][1]} to {mine[-1][1]}")
    return lines


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("--quick", action="store_true", help="small sizes, nothing written")
    says.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parts = ("conversation", "size", "workers")
    says.add_argument("--parts", nargs="+", choices=parts, default=parts)
    given = says.parse_args()
    sizes = QUICK if given.quick else Sizes()
    whole = (tuple(given.kinds), tuple(given.parts)) == (KINDS, parts) and not given.quick
    text = head("How the cost of a message grows") + run(measure(sizes, tuple(given.kinds), tuple(given.parts)))
    write("growth.md", text, keep=whole)


if __name__ == "__main__":
    main()
