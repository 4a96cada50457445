"""One run: learners write while the script breaks things, then calm, then the books are balanced."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import and_, func, or_, select

from bench.chaos import ledger
from bench.chaos.audit import Findings, audit
from bench.chaos.crowd import learners
from bench.chaos.house import House, house
from bench.chaos.script import play, script
from bot import spool
from bot.db import now
from bot.messages.tables import SCHEDULED, UNTIL_SHE_WRITES, Message, Status

CALM = 60.0
"""Seconds without any progress after which what still waits counts as stuck; the longest pause of a send is 390."""


@dataclass
class Told:
    """What a run left behind."""

    kind: str
    findings: Findings
    injected: dict[str, int]
    spoilt: dict[str, int]
    webhooks: dict[str, int]
    disk: str
    clock: str
    ready: float
    seconds: float
    calm: float
    tracebacks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """How much of everything, and from which seed."""

    kind: str
    messages: int = 20_000
    people: int = 500
    seed: int = 1
    pace: float = 1.0
    pairs: int = 10
    names: tuple[str, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()


Say = Callable[[int, str], None]
"""Told how many messages were written, and what is going on."""


async def run(wanted: Wanted, say: Say) -> Told:
    people = learners(wanted.people, wanted.messages, wanted.seed)
    start = time.monotonic()
    async with house(wanted.kind, people, wanted.seed, wanted.pace, **dict(wanted.settings)) as found:
        ready = time.monotonic() - start
        await _chaos(found, wanted, say)
        calm = await _until_calm(found, say)
        findings = audit(found, ledger.read(found))
        return Told(
            wanted.kind,
            findings,
            dict(found.injected),
            {str(mood): count for mood, count in found.vendor.spoilt.items()},
            dict(found.crowd.postman.counts) | {"pairs brought in the wrong order": found.crowd.swapped},
            found.disk.how,
            "a preloaded clock" if found.clock.env else "left out: no C compiler",
            ready,
            time.monotonic() - start - ready,
            calm,
            tracebacks(found),
        )


async def _chaos(found: House, wanted: Wanted, say: Say) -> None:
    now = [""]

    def tell(name: str = "") -> None:
        now[0] = name
        say(len(found.crowd.all), name)

    found.crowd.on_written = lambda: say(len(found.crowd.all), now[0])
    scenes = script(wanted.kind, wanted.messages, wanted.seed, wanted.pairs, wanted.names)
    if not found.clock.env:
        scenes = [s for s in scenes if not any(f.area == "clock" for f in s.faults)]
    await asyncio.gather(play(found, scenes, tell), found.crowd.write())


async def _until_calm(found: House, say: Say) -> float:
    """Until nothing waits, or nothing has moved for long. Returns the seconds since the last message was taken."""
    start = moved = time.monotonic()
    before = -1
    while time.monotonic() - moved < CALM:
        waiting = await asyncio.to_thread(_waiting, found)
        if not waiting:
            break
        moved = time.monotonic() if waiting != before else moved
        before = waiting
        say(len(found.crowd.all), f"calm, {waiting} messages wait")
        await asyncio.sleep(0.5)
    return time.monotonic() - start


def _waiting(found: House) -> int:
    rumbo = found.running.house
    due = and_(Message.not_before < UNTIL_SHE_WRITES, or_(Message.kind != SCHEDULED, Message.not_before <= now()))
    open_ = (Message.status.in_((Status.TODO, Status.DOING)), due)
    with rumbo.db.read() as session:
        return (session.scalar(select(func.count()).where(*open_)) or 0) + spool.is_waiting(rumbo)


def tracebacks(found: House) -> dict[str, int]:
    """How many stack traces each process left in its log."""
    logs = {name: process.log for name, process in found.running.team.items()}
    return {name: log.read_text(errors="replace").count("Traceback (most recent") for name, log in logs.items()}
