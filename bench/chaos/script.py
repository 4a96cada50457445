"""Which faults come when, from a seed: every fault alone, then pairs of what has nothing to do with each other."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.chaos.faults import FAULTS, Fault
from bench.chaos.house import House

PAIRS = 10
MARGIN = 0.03
"""Share of the messages before the first fault and after the last."""


@dataclass(frozen=True)
class Scene:
    """Faults that begin together once so many messages were written."""

    at: int
    faults: tuple[Fault, ...]

    @property
    def name(self) -> str:
        return " + ".join(fault.name for fault in self.faults)


def script(kind: str, messages: int, seed: int, pairs: int = PAIRS, names: tuple[str, ...] = ()) -> list[Scene]:
    """The scenes in order. `names` leaves out all other faults."""
    draw = random.Random(f"{seed} faults")
    known = [f for f in FAULTS.values() if f.only in ("", kind) and (not names or f.name in names)]
    alone = draw.sample(known, len(known))
    acts = [(f,) for f in alone] + [_pair(draw, known) for _ in range(pairs)]
    gap = messages * (1 - 2 * MARGIN) / len(acts)
    return [Scene(round(messages * MARGIN + n * gap), act) for n, act in enumerate(acts)]


def _pair(draw: random.Random, known: list[Fault]) -> tuple[Fault, Fault]:
    first = draw.choice(known)
    return first, draw.choice([f for f in known if f.area != first.area])


async def play(house: House, scenes: list[Scene], say: Callable[[str], None]) -> None:
    """All of it; each scene waits until its faults are mended before the next may begin.

    However long the faults take, each meets its share of the messages: who is ahead of the script pauses."""
    crowd = house.crowd
    crowd.most = min((scene.at for scene in scenes), default=math.inf)
    for scene, then in zip(scenes, [*scenes[1:], None], strict=True):
        while len(crowd.all) < scene.at:
            await asyncio.sleep(0.05)
        crowd.most = len(crowd.all) + then.at - scene.at if then else math.inf
        say(scene.name)
        house.injected.update(fault.name for fault in scene.faults)
        start = time.monotonic()
        await asyncio.gather(*(fault.act(house) for fault in scene.faults))
        house.played.append((start, time.monotonic(), scene.name))
        say("")
