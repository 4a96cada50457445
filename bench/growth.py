"""How the cost of a message grows: with the conversation, the learners known, the messages kept, and the workers.

make bench-growth           (two hours; one part: .venv/bin/python -m bench.growth --parts size; quick look: --quick)
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
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

    async def talk(self, turns: int, seed: int, reading: float = load.READING) -> load.Seen:
        said = {w: stage.sentences(turns, seed=seed * 1000 + n) for n, w in enumerate(self.who)}
        seen = await load.converse(self.on.door, self.vendor, said, reading)
        await self.on.quiet()  # without reading, a second bubble is taken for the next answer
        assert not seen.silent, f"{seen.silent} messages went unanswered"
        return seen

    def cpu(self) -> float:
        """Seconds so far, of all processes and of the database's server."""
        return sum(self.on.cpu().values()) + self.ground.cpu()

    async def window(self, messages: int, seed: int) -> tuple[float, float]:
        """CPU ms a message, and messages a second."""
        before = self.cpu()
        seen = await self.talk(messages // len(self.who), seed)
        return (self.cpu() - before) / len(seen.waits) * 1000, seen.rate


async def by_turns(scenes: dict[str, Scene], sizes: Sizes) -> dict[str, list[str]]:
    """CPU ms a message and messages a second of each: medians of windows with the same sentences.

    One window of each, then the next of each: whatever else the machine does in the meantime weighs on all alike."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in scenes}
    for seed in range(1, sizes.rounds + 1):
        for name, here in scenes.items():
            found[name].append(await here.window(sizes.window, seed))
    return {
        name: [f"{statistics.median(figures):.1f}" for figures in zip(*windows, strict=True)]
        for name, windows in found.items()
    }


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
    """A row a point: one person each, whose conversation has come so far, all in the same Rumbo."""
    rows = []
    for kind in kinds:
        with ground(kind) as on:
            async with scene(on, learners=len(sizes.points)) as here:
                alone = {f"message {n:,}": replace(here, who=[w]) for n, w in zip(sizes.points, here.who, strict=True)}
                for point, person in zip(sizes.points, alone.values(), strict=True):
                    for n in track(range(5, point - 1, MOST_AT_ONCE), f"To message {point}, {kind}…"):
                        await person.talk(min(MOST_AT_ONCE, point - 1 - n), seed=1000 + n, reading=0.0)
                found = await by_turns(alone, sizes)
                rows += [told([kind, name, *figures]) for name, figures in found.items()]
    how = f"Each figure is the median of {sizes.rounds} windows of {sizes.window} messages from that one on, by turns."
    slow = f"Each reads {load.READING} seconds after an answer: waiting for work is then a part of the cost."
    return [how, slow, "", *table(COLUMNS, rows), "", *growth(rows)]


async def size(kinds: Sequence[str], sizes: Sizes) -> list[str]:
    """One row a size of the database, and the statements that suffer."""
    rows, slower = [], []
    wanted = [(learners, 0) for learners in sizes.learners] + [(sizes.learners[-1], sizes.messages)]
    for kind in kinds:
        async with AsyncExitStack() as stack:
            scenes = {}
            for learners, messages in wanted:
                on = stack.enter_context(ground(kind, learners, messages))
                name = f"{learners:,} learners, {messages:,} messages"
                scenes[name] = await stack.enter_async_context(scene(on, learners=8))
            found = await by_turns(scenes, sizes)
            rows += [told([kind, name, *figures]) for name, figures in found.items()]
            empty, full = [await _statements(here, sizes) for here in list(scenes.values())[-2:]]
            slower += [[kind, *row] for row in plans.slower(empty, full)]
    text = [*table(COLUMNS, rows), "", *growth(rows), ""]
    text += ["Statements that are slower in the full database, or read a whole table there:", ""]
    shown = table(["database", "ms before", "ms full", "a message", "statement", "plan"], slower)
    return text + (shown if slower else ["none."])


async def _statements(here: Scene, sizes: Sizes) -> plans.Statements:
    """The clock time of each."""
    found = await plans.watch(here.on, lambda: here.talk(sizes.window // len(here.who), seed=50))
    return plans.explain(here.ground.url, found)


async def workers(kinds: Sequence[str], sizes: Sizes) -> list[str]:
    """One row a number of workers and of engines; 24 people write, so that none has nothing to do."""
    rows = []
    for kind in kinds:
        for name, settings in _ways(sizes.workers).items():
            with ground(kind) as on:
                async with scene(on, learners=24, **settings) as here:
                    [figures] = (await by_turns({name: here}, replace(sizes, window=192))).values()
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
