"""What can break: each fault is a small function that breaks one thing, waits, and mends it."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bench.chaos import proxy
from bench.chaos.house import House
from bench.chaos.vendor import Mood
from bench.rig.stage import sentences

PROCESSES = ("web", "worker", "inner", "engine1", "staff")
SENDER = ("worker",)
"""Who writes down that a message was sent."""
STILL, LOCKED, FULL, MOODY, JUMP = 10.0, 20.0, 10.0, 10.0, 120
"""Seconds: a process stands still, the database is locked, its disk is full, a mood lasts, the clock is off."""
LONG_ENOUGH = 7.0
"""Seconds: SQLite waits five for a lock, so a shorter one is no outage."""
IN_HAND = 5.0
"""Seconds a busy worker may take from the vendor's answer to the row that says so."""
SHARE = 0.3
"""Of the sends, how many a moody vendor spoils."""
BURST = 200
Act = Callable[[House], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """`area` keeps two faults that are about the same thing from being put together."""

    name: str
    what: str
    area: str
    act: Act
    only: str = ""
    """The kind of database it needs, if it needs one."""


FAULTS: dict[str, Fault] = {}


def fault(name: str, area: str, only: str = "") -> Callable[[Act], Act]:
    def keep(act: Act) -> Act:
        FAULTS[name] = Fault(name, (act.__doc__ or "").strip(), area, act, only)
        return act

    return keep


@asynccontextmanager
async def in_shadow(house: House, why: str) -> AsyncIterator[None]:
    """A span in which a message may have left without its being written down, and what was in hand before it."""
    start = time.monotonic()
    try:
        yield
    finally:
        house.shadows.append((start - IN_HAND, time.monotonic() + 1, why))


def _killed(name: str) -> Act:
    async def act(house: House) -> None:
        async with in_shadow(house, "the worker was killed") if name in SENDER else nothing():
            house.signal(name, signal.SIGKILL)
        await asyncio.sleep(1)
        await house.until_up()

    act.__doc__ = f"kill -9 of {name} and its children; started again as `rumbo up` does"
    return act


def _still(name: str) -> Act:
    async def act(house: House) -> None:
        async with in_shadow(house, "the worker stood still") if name in SENDER else nothing():
            house.signal(name, signal.SIGSTOP)
            await house.last(STILL)
            house.signal(name, signal.SIGCONT)
        await house.until_up()

    act.__doc__ = f"SIGSTOP of {name} for {STILL:.0f} s, then SIGCONT"
    return act


@asynccontextmanager
async def nothing() -> AsyncIterator[None]:
    yield


for process in PROCESSES:
    fault(f"kill {process}", f"process {process}")(_killed(process))
    fault(f"stop {process}", f"process {process}")(_still(process))


@fault("disk full", "database")
async def disk_full(house: House) -> None:
    """the disk of the database takes nothing more for 10 s"""
    async with in_shadow(house, "the disk was full"):
        await asyncio.to_thread(house.disk.fill, house.writers)
        await house.last(FULL)
        await asyncio.to_thread(house.disk.free, house.writers)
        await house.until_up()


@fault("database locked", "database")
async def database_locked(house: House) -> None:
    """somebody else holds the database for 20 s"""
    async with in_shadow(house, "the database was locked"):
        await asyncio.to_thread(house.data.lock, max(LOCKED * house.pace, LONG_ENOUGH))


@fault("PostgreSQL restarted", "database", only="postgresql")
async def postgres_restarted(house: House) -> None:
    """PostgreSQL is restarted without waiting for anyone (pg_ctl restart -m immediate)"""
    async with in_shadow(house, "PostgreSQL was restarted"):
        await asyncio.to_thread(house.data.restart)


def _proxy(name: str, mood: bytes, what: str) -> None:
    async def act(house: House) -> None:
        house.to_engine.mood = mood
        await house.last(MOODY)
        house.to_engine.mood = None

    act.__doc__ = what
    fault(name, "engine")(act)


_proxy("Rasa hangs", proxy.HANG, "Rasa takes messages and does not answer for 10 s")
_proxy("Rasa answers rubbish", proxy.RUBBISH, "Rasa answers broken JSON for 10 s")
_proxy("Rasa answers 500", proxy.BROKEN, "Rasa answers 500 for 10 s")
_proxy("Rasa answers nothing", proxy.NOTHING, "Rasa answers 200 with [] for 10 s, everything being up")


@fault("actions refuse", "engine")
async def actions_refuse(house: House) -> None:
    """nobody listens where the action server should be for 10 s"""
    await house.to_actions.shut()
    await house.last(MOODY)
    await house.to_actions.open()


def _vendor(mood: Mood, what: str) -> None:
    async def act(house: House) -> None:
        before, house.vendor.moods[mood] = house.vendor.spoilt[mood], SHARE
        await house.last(MOODY)
        await house.until(lambda: house.vendor.spoilt[mood] > before)
        del house.vendor.moods[mood]

    act.__doc__ = f"{what}, {SHARE:.0%} of the sends, for {MOODY:.0f} s"
    fault(f"vendor: {mood}", f"vendor {mood}")(act)


_vendor(Mood.THROTTLED, "the vendors answer 429")
_vendor(Mood.BROKEN, "the vendors answer 500")
_vendor(Mood.RESET, "the vendors reset the line before they take anything")
_vendor(Mood.SLOW, "the vendors take 2 to 6 s")
_vendor(Mood.TOOK_AND_RESET, "the vendors take the message and reset the line")


def _copies(name: str, copies: int, what: str) -> None:
    async def act(house: House) -> None:
        before, house.crowd.postman.copies = len(house.crowd.postman.late), copies
        await house.last(MOODY)
        await house.until(lambda: len(house.crowd.postman.late) > before)
        house.crowd.postman.copies = 1

    act.__doc__ = what
    fault(name, "webhooks")(act)


_copies("webhooks twice", 2, "every webhook comes twice at the same time for 10 s")
_copies("webhooks three times", 3, "every webhook comes three times at the same time for 10 s")


@fault("webhooks out of order", "webhooks")
async def out_of_order(house: House) -> None:
    """two messages of a learner come in the wrong order, everybody's for 10 s"""
    before, house.crowd.swap = house.crowd.swapped, True
    await house.last(MOODY)
    await house.until(lambda: house.crowd.swapped > before)
    house.crowd.swap = False


@fault("burst", "burst")
async def burst(house: House) -> None:
    """one learner writes 200 messages within a second (40 in the short run)"""
    person = house.draw.choice(house.crowd.people)
    count = BURST if house.pace == 1 else BURST // 5
    await house.crowd.burst(person, sentences(count, seed=house.draw.randrange(2**32)))


def _jump(name: str, seconds: int) -> None:
    async def act(house: House) -> None:
        house.clock.jump(round(seconds * house.pace))
        await house.last(MOODY)
        house.clock.jump(0)

    act.__doc__ = f"the clock of all processes is {seconds:+d} s off for {MOODY:.0f} s, then right again"
    fault(name, "clock")(act)


_jump("clock forward", JUMP)
_jump("clock back", -JUMP)
