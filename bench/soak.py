"""Memory under an hour's steady load: does it grow?

make bench-soak             (shorter: .venv/bin/python -m bench.soak --minutes 5; in one process: --small)
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.progress import Progress

from bench.rig import cost, load, stage
from bench.rig.vendor import Vendor
from bench.speed import head, run, table, write

LEARNERS = 200
SETTLE = 10.0
"""Seconds after the last message until its answer has surely left."""


@dataclass
class Sample:
    """Memory in MB after so many minutes, as `cost.memory` tells it; `by_process` is the own one."""

    minute: float
    rss: float
    pss: float
    own: float
    by_process: dict[str, float]


@dataclass
class Soak:
    samples: list[Sample] = field(default_factory=list)
    seen: load.Seen = field(default_factory=load.Seen)

    def take(self, on: stage.Stage, minute: float) -> None:
        found = on.memory()
        named = {n: cost.memory([p.running.pid])["own"] for n, p in on.running.team.items() if p.running}
        self.samples.append(Sample(minute, **found, by_process=named))

    @property
    def second_half(self) -> list[Sample]:
        last = self.samples[-1].minute
        return [s for s in self.samples if s.minute >= last / 2]


def slope(points: list[tuple[float, float]]) -> float:
    """Theil and Sen: the median of the slopes between all pairs, which one odd sample does not move."""
    found = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.combinations(points, 2) if b[0] > a[0]]
    return statistics.median(found)


def said(who: list[str], seconds: float, rate: float) -> Iterator[tuple[str, str]]:
    draw, texts = random.Random(8), itertools.cycle(stage.sentences(5_000))
    return ((draw.choice(who), next(texts)) for _ in range(int(seconds * rate)))


async def soaked(seconds: float, rate: float, every: float, **settings: str) -> Soak:
    """Memory of all processes every `every` seconds under `rate` messages a second."""
    soak = Soak()
    async with Vendor() as vendor, stage.rumbo(vendor, **settings) as on:
        who = load.people(LEARNERS)
        on.agreed(who)
        await load.arrive(on.door, vendor, said(who, 10, rate), rate)
        loading = asyncio.ensure_future(load.arrive(on.door, vendor, said(who, seconds, rate), rate))
        start, due = time.monotonic(), 0.0
        with Progress() as shown:
            bar = shown.add_task("Soaking…", total=seconds)
            while not loading.done():
                if (elapsed := time.monotonic() - start) >= due:
                    soak.take(on, elapsed / 60)
                    due += every
                shown.update(bar, completed=elapsed)
                await asyncio.sleep(0.5)
        soak.seen = await loading
        await asyncio.sleep(SETTLE)
        soak.take(on, (time.monotonic() - start) / 60)
    return soak


def report(soak: Soak, rate: float) -> str:
    first, last, half = soak.samples[0], soak.samples[-1], soak.second_half
    grows = {"all": slope([(s.minute, s.own) for s in half]) * 60}
    grows |= {n: slope([(s.minute, s.by_process[n]) for s in half]) * 60 for n in first.by_process}
    names = list(first.by_process)
    rows = [
        [f"{s.minute:.1f}", *(f"{mb:.0f}" for mb in (s.rss, s.pss, s.own, *(s.by_process[n] for n in names)))]
        for s in soak.samples
    ]
    span = half[-1].minute - half[0].minute
    by_name = ", ".join(f"{n} {grows[n]:+.1f}" for n in names)
    lines = [
        f"{len(soak.seen.waits):,} messages answered in {soak.seen.seconds / 60:.1f} minutes ({rate:g} a second"
        f" were sent, {soak.seen.silent} unanswered within {load.PATIENCE:.0f} s);"
        f" p50 {soak.seen.quantile(0.5) * 1000:.0f} ms,"
        f" p95 {soak.seen.quantile(0.95) * 1000:.0f} ms.",
        f"All processes together: {first.pss:.0f} MB (pss) at the start, {last.pss:.0f} MB at the end "
        f"({last.rss:.0f} MB if shared pages are counted in each).",
        f"Second half ({span:.1f} minutes), own memory: {grows['all']:+.1f} MB an hour by the median slope; {by_name}.",
        "",
        "rss counts shared pages in each process, pss once in all; own, and what stands by process, leaves out files.",
        "",
        *table(["minute", "rss MB", "pss MB", "own MB", *names], rows),
    ]
    return "\n".join(lines)


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("--minutes", type=float, default=60)
    says.add_argument("--rate", type=float, default=10, help="messages a second")
    says.add_argument("--small", action="store_true", help="all but the engine in one process (RUMBO_SMALL)")
    says.add_argument("--quick", action="store_true", help="one minute at two a second, nothing written")
    given = says.parse_args()
    seconds, rate, every = (60.0, 2.0, 5.0) if given.quick else (given.minutes * 60, given.rate, 60.0)
    soak = run(soaked(seconds, rate, every, **({"RUMBO_SMALL": "yes"} if given.small else {})))
    name, title = ("soak-small.md", ", all but the engine in one process") if given.small else ("soak.md", "")
    write(name, head(f"Memory under steady load{title}") + report(soak, rate), keep=not given.quick)


if __name__ == "__main__":
    main()
