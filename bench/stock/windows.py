"""What is measured of either side, in windows that take turns: both see the same moods of the machine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

from bench.rig import load
from bench.rig.load import Door, Seen
from bench.rig.stage import sentences
from bench.rig.vendor import Vendor

QUIET = 1.0
"""Seconds without a bubble after which nothing more is on its way."""


class Stage(Protocol):
    """Rumbo's (bench/rig/stage.py) or stock's (bench/stock/stage.py)."""

    door: Door
    ready: float

    def cpu(self) -> dict[str, float]: ...
    def memory(self) -> dict[str, float]: ...
    def agreed(self, whatsapp: list[str]) -> None: ...


@dataclass(frozen=True)
class Sizes:
    """How much of everything. `late` is the message that stands for a long conversation."""

    rounds: int = 5
    crowd: int = 60
    each: int = 8
    few: int = 20
    seconds: float = 25.0
    late: int = 600
    faithful: int = 4


QUICK = Sizes(rounds=2, crowd=20, each=4, few=6, seconds=6.0, late=40, faithful=2)


@dataclass
class Side:
    """One of the two, its vendor and its learners; everybody writes the same sentences on both sides."""

    name: str
    stage: Stage
    vendor: Vendor
    faithful: list[str] = field(default_factory=list)
    met: int = 0
    seed: int = 0
    silent: int = 0

    def people(self, number: int) -> list[str]:
        """New learners, who have agreed."""
        found = load.people(number, self.met)
        self.met += number
        self.stage.agreed(found)
        return found

    def talks(self, who: list[str], each: int) -> dict[str, list[str]]:
        self.seed += len(who)
        return {person: sentences(each, self.seed - n) for n, person in enumerate(who)}

    async def converse(self, who: list[str], each: int, reading: float = load.READING) -> Seen:
        """Until the last bubble is sent; `seconds` end there."""
        start = time.perf_counter()
        seen = await load.converse(self.stage.door, self.vendor, self.talks(who, each), reading)
        return await self._settled(seen, start)

    async def arrive(self, number: int, rate: float) -> Seen:
        """Each learner writes five times, far from one another."""
        who, start = self.people(max(number // 5, 10)), time.perf_counter()
        self.seed += 1
        pairs = [(who[n % len(who)], text) for n, text in enumerate(sentences(number, self.seed))]
        return await self._settled(await load.arrive(self.stage.door, self.vendor, pairs, rate, self.seed), start)

    async def _settled(self, seen: Seen, start: float) -> Seen:
        while time.perf_counter() - self.last() < QUIET:
            await asyncio.sleep(0.1)
        self.silent += seen.silent
        seen.seconds = self.last() - start
        return seen

    def last(self) -> float:
        return max((sends[-1][0] for sends in self.vendor.heard.values() if sends), default=0.0)


Figures = dict[str, float]


async def sustained(side: Side, sizes: Sizes) -> Figures:
    """A crowd that never pauses: as many as it can. Counted to the last bubble, so that none is owed."""
    seen = await side.converse(side.people(sizes.crowd), sizes.each, reading=0.1)
    return {"messages/s": seen.rate}


async def waiting(side: Side, sizes: Sizes, rate: float) -> Figures:
    """Milliseconds from the webhook to the first bubble sent, at half of what it can."""
    seen = await side.arrive(int(rate / 2 * sizes.seconds), rate / 2)
    return {f"p{percent} ms": seen.quantile(percent / 100) * 1000 for percent in (50, 95, 99)}


async def early(side: Side, sizes: Sizes) -> Figures:
    """CPU milliseconds of a message, by process, from message 6 to 15 of a conversation."""
    who = side.people(sizes.few)
    await side.converse(who, 5, reading=0.1)
    return await _cpu(side, who, 10)


async def late(side: Side, sizes: Sizes) -> Figures:
    """The same ten messages further on, in conversations that are already long."""
    return await _cpu(side, side.faithful, 10)


async def fill(side: Side, sizes: Sizes) -> None:
    """A few long conversations: the windows that follow lie around `late`."""
    side.faithful = side.people(sizes.faithful if side.name == "Rumbo" else 1)
    await side.converse(side.faithful, sizes.late - 5 * sizes.rounds, reading=0.1)


async def _cpu(side: Side, who: list[str], each: int) -> Figures:
    before = side.stage.cpu()
    seen = await side.converse(who, each)
    spent = {name: (now - before[name]) * 1000 / len(seen.waits) for name, now in side.stage.cpu().items()}
    return spent | {"all": sum(spent.values())}


async def greeted(stage: Any, vendor: Vendor, start: float) -> float:
    """Seconds from the start of its processes to the first bubble of the first answer."""
    first = Side("", stage, vendor)
    await first.converse(first.people(1), 1)
    return min(sends[0][0] for sends in vendor.heard.values() if sends) - start


async def warm_up(side: Side, sizes: Sizes) -> Figures:
    """Nobody measures the first answers of a process that has just started."""
    await side.converse(side.people(5), 3)
    return {}
