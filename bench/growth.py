"""How the cost of a message grows: with the conversation, the learners known, the messages kept, and the workers.

make bench-growth           (two hours; one part: .venv/bin/python -m bench.growth --parts size; quick look: --quick)
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from rich.progress import track

from bench import plans
from bench.grounds import KINDS, Ground, ground
from bench.rig import load, stage
from bench.rig.vendor import Vendor
from bench.speed import head, run, table, write
from tests.flows.running import free_port

MOST_AT_ONCE = 8
"""Messages she writes without reading, while a conversation is made long."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    points: tuple[int, ...] = (10, 100, 1_000, 10_000)
    learners: tuple[int, ...] = (100, 10_000, 100_000)
    messages: int = 10_000_000
    workers: tuple[int, ...] = (1, 2, 4)
    rounds: int = 5
    window: int = 64
    """Messages in a round, of all learners together."""


QUICK = Sizes((10, 30), (100, 1_000), 60_000, (1, 2), rounds=2, window=32)
COLUMNS = ["database", "where", "CPU ms a message", "messages a second"]
Rows = list[list[str]]


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
        await self.on.quiet()  # without reading, a second bubble is taken for the next answer
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

    async def median(self, sizes: Sizes) -> list[str]:
        """CPU ms a message and messages a second, of several windows with the same sentences wherever it is asked."""
        turns = sizes.window // len(self.who)
        found = [await self.window(turns, seed) for seed in range(1, sizes.rounds + 1)]
        return [f"{statistics.median(figures):.1f}" for figures in zip(*found, strict=True)]


@asynccontextmanager
async def scene(on: Ground, learners: int, **settings: str) -> AsyncIterator[Scene]:
    """Learners who have agreed, and a Rumbo that is warm."""
    async with Vendor() as vendor, stage.rumbo(vendor, DATABASE_URL=on.url, **settings) as running:
        who = load.people(learners)
        running.agreed(who)
        warm = Scene(running, on, vendor, who)
        await warm.talk(5, seed=0)
        yield warm


async def conversation(kinds: Sequence[str], sizes: Sizes) -> list[str]:
    """One row a point of one long conversation."""
    rows = []
    for kind in kinds:
        with ground(kind) as on:
            async with scene(on, learners=1) as here:
                for point in sizes.points:
                    steps = range(here.written, point - 1, MOST_AT_ONCE)
                    for n in track(steps, f"To message {point}, {kind}…"):
                        await here.talk(min(MOST_AT_ONCE, point - 1 - n), seed=1000 + n, reading=0.0)
                    rows.append(told([kind, f"message {point:,}", *await here.median(sizes)]))
    return [*table(COLUMNS, rows), "", *growth(rows)]


async def size(kinds: Sequence[str], sizes: Sizes) -> list[str]:
    """One row a size of the database, and the statements that suffer."""
    rows, slower = [], []
    for kind in kinds:
        small, *others = [await _sized(kind, learners, 0, sizes) for learners in sizes.learners]
        full = await _sized(kind, sizes.learners[-1], sizes.messages, sizes)
        rows += [row for row, _ in (small, *others, full)]
        slower += [[kind, *found] for found in plans.slower(others[-1][1], full[1])]
    text = [*table(COLUMNS, rows), "", *growth(rows), ""]
    text += ["Statements that are slower in the full database, or read a whole table there:", ""]
    shown = table(["database", "ms before", "ms full", "a message", "statement", "plan"], slower)
    return text + (shown if slower else ["none."])


async def _sized(kind: str, learners: int, messages: int, sizes: Sizes) -> tuple[list[str], plans.Statements]:
    """A row for a database of that size, and the clock time of its statements."""
    with ground(kind, learners, messages) as on:
        async with scene(on, learners=8) as here:
            row = told([kind, f"{learners:,} learners, {messages:,} messages", *await here.median(sizes)])
            statements = await plans.watch(here.on, lambda: here.talk(sizes.window // 8, seed=50))
            return row, plans.explain(on.url, statements)


async def workers(kinds: Sequence[str], sizes: Sizes) -> list[str]:
    """One row a number of workers and of engines; 24 people write, so that none has nothing to do."""
    rows = []
    for kind in kinds:
        for name, settings in _ways(sizes.workers).items():
            with ground(kind) as on:
                async with scene(on, learners=24, **settings) as here:
                    figures = await here.median(replace(sizes, window=192))
                    rows.append(told([kind, name, *figures, f"{here.on.memory()['pss']:.0f}"]))
    return [*table([*COLUMNS, "MB (pss)"], rows), "", "Wanted: two engines at least 1.6 times one."]


def _ways(counts: Sequence[int]) -> dict[str, dict[str, str]]:
    """One engine unless said otherwise. The last is for the machine with little memory."""
    engines = {"RASA_URL": f"http://127.0.0.1:{free_port()},http://127.0.0.1:{free_port()}"}
    ways = {f"{count} × worker": {"RUMBO_WORKERS": str(count)} for count in counts}
    ways |= {f"{count} × worker, 2 × engine": {"RUMBO_WORKERS": str(count)} | engines for count in counts[:2]}
    return ways | {"all but the engine in one process": {"RUMBO_SMALL": "yes"}}


def told(row: list[str]) -> list[str]:
    """On the screen at once: an hour's figures do not go down with the step that fails after them."""
    print(*row, sep=" | ", flush=True)
    return row


def growth(rows: Rows) -> list[str]:
    """From the first to the last row of each database, in percent."""
    lines = []
    for kind in dict.fromkeys(row[0] for row in rows):
        first, *_, last = [row for row in rows if row[0] == kind]
        lines.append(f"- {kind}: {float(last[2]) / float(first[2]) - 1:+.0%} CPU from {first[1]} to {last[1]}")
    return lines


Part = Callable[[Sequence[str], Sizes], Coroutine[Any, Any, list[str]]]
PARTS: dict[str, tuple[str, Part]] = {
    "conversation": ("What a message costs late in a conversation", conversation),
    "size": ("What a message costs in a large database", size),
    "workers": ("What several workers and engines bring on this machine, and what one process saves", workers),
}


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    says.add_argument("--quick", action="store_true", help="small sizes, nothing written")
    says.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="nothing is written of one alone")
    given = says.parse_args()
    for name in given.parts:
        title, part = PARTS[name]
        lines = run(part(given.kinds, QUICK if given.quick else Sizes()))
        whole = tuple(given.kinds) == KINDS and not given.quick
        write(f"growth-{name}.md", head(title) + "\n".join(lines), keep=whole)


if __name__ == "__main__":
    main()
