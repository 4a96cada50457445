"""The Rumbo that things are done to: all its processes, watched and started again as `rumbo up` does."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.chaos.clock import Clock
from bench.chaos.crowd import Crowd, Learner
from bench.chaos.post import Postman
from bench.chaos.proxy import Proxy
from bench.chaos.storage import SIZE, Disk, Postgres, Sqlite, storage
from bench.chaos.vendor import MoodyVendor
from bot.config import ROOT
from bot.db import now
from bot.people import tracking
from tests.flows.running import Running, free_port

WATCH = 0.5
"""Seconds between two looks, as in bot/up.py."""
READY, MEETS = 60.0, 30.0
NEW = 5
"""Every fifth learner has not agreed yet and is asked first."""


@dataclass
class House:
    """What faults may lay hands on. `shadows` are spans in which it cannot be noted that a message was sent."""

    running: Running
    data: Sqlite | Postgres
    disk: Disk
    clock: Clock
    to_engine: Proxy
    to_actions: Proxy
    vendor: MoodyVendor
    crowd: Crowd
    draw: random.Random
    pace: float = 1.0
    """How long faults last, of what they say."""
    injected: Counter[str] = field(default_factory=Counter)
    shadows: list[tuple[float, float, str]] = field(default_factory=list)

    played: list[tuple[float, float, str]] = field(default_factory=list)
    """What went on when, monotonic seconds."""

    def during(self, moment: float) -> str:
        return next((name for start, end, name in reversed(self.played) if start <= moment <= end), "calm")

    async def last(self, seconds: float) -> None:
        await asyncio.sleep(seconds * self.pace)

    async def until(self, happened: Callable[[], bool]) -> None:
        """On a slow machine a short fault may meet nobody: it goes on until it did, or for a while."""
        deadline = time.monotonic() + MEETS
        while not happened() and time.monotonic() < deadline:
            await asyncio.sleep(0.1)

    def signal(self, name: str, number: signal.Signals) -> None:
        self.running.team[name].stop(number)

    async def until_up(self) -> None:
        """All of them answer. Who keeps dying has a minute."""
        deadline = time.monotonic() + READY
        while not await asyncio.to_thread(lambda: all(p.answers() for p in self.running.team.values())):
            if time.monotonic() > deadline:
                raise TimeoutError("not all processes came back")
            await asyncio.sleep(0.2)

    @property
    def writers(self) -> list[int]:
        """The processes that write to the database."""
        team = [p.running.pid for p in self.running.team.values() if p.running]
        return [*team, *self.data.pids]


@asynccontextmanager
async def house(kind: str, people: list[Learner], seed: int, pace: float = 1.0, **more: str) -> AsyncIterator[House]:
    """Everything up, those who know Rumbo already known to it."""
    folder = Path(tempfile.mkdtemp(prefix="rumbo-chaos-"))
    folder.chmod(0o755)  # PostgreSQL runs as somebody else when we are root
    shutil.copytree(ROOT / "content", folder / "content")
    disk, closing = Disk(folder / "disk", SIZE[kind]), list[Callable[[], object]]()
    try:
        data = storage(kind, disk)
        closing.append(data.close)
        vendor = MoodyVendor(draw=random.Random(seed))
        async with vendor, _up(folder, disk, data, vendor, people, seed, pace, **more) as found:
            yield found
    finally:
        for close in (*reversed(closing), disk.close):
            close()
        shutil.rmtree(folder)


@asynccontextmanager
async def _up(
    folder: Path,
    disk: Disk,
    data: Sqlite | Postgres,
    vendor: MoodyVendor,
    people: list[Learner],
    seed: int,
    pace: float,
    **more: str,
) -> AsyncIterator[House]:
    running = Running(folder, vendor, **({"RUMBO_LEASE_SECONDS": "30"} | data.settings | more))  # type: ignore[arg-type]
    clock, to_engine, to_actions = Clock(folder), _before(running, "engine1"), _before(running, "inner")
    _lead_through(running, clock, to_engine, to_actions)
    await to_engine.open()
    await to_actions.open()
    await asyncio.to_thread(running.__enter__)
    agreed(running, people)
    async with httpx.AsyncClient(base_url=running.http.base_url, limits=httpx.Limits(max_connections=None)) as http:
        crowd = Crowd(people, vendor, Postman(http))
        found = House(running, data, disk, clock, to_engine, to_actions, vendor, crowd, random.Random(seed), pace)
        watch = asyncio.ensure_future(keep(found))
        try:
            yield found
        finally:
            watch.cancel()
            await asyncio.to_thread(stop, running)
            await to_engine.shut()
            await to_actions.shut()


def _before(running: Running, name: str) -> Proxy:
    port = running.team[name].port
    assert port is not None
    return Proxy(free_port(), port)


def _lead_through(running: Running, clock: Clock, to_engine: Proxy, to_actions: Proxy) -> None:
    """The worker reaches the engine, and both reach the actions, by our proxies; all look at our clock."""
    team = running.team
    team["worker"].env |= {
        "RASA_URL": f"http://127.0.0.1:{to_engine.port}",
        "RUMBO_INNER_PORT": str(to_actions.port),
    }
    team["engine1"].env |= {"RUMBO_INNER_URL": f"http://127.0.0.1:{to_actions.port}"}
    for process in team.values():
        process.env |= clock.env


def agreed(running: Running, people: list[Learner]) -> None:
    """Most have agreed before; the others are welcomed and asked."""
    numbers = itertools.count(1)
    with running.house.db.write() as session:
        for person in (p for p in people if p.number % NEW):
            address = tracking.meet(session, running.house.sealer, person.channel, person.address, None, "es-MX", now())
            tracking.record_consent(session, address.learner_id, True, "test", person.channel, -next(numbers), now())


async def keep(found: House) -> None:
    """Start again what died. In a thread: a process may take its time."""
    while True:
        await asyncio.sleep(WATCH)
        await asyncio.to_thread(_look_after, found)


def _look_after(found: House) -> None:
    found.data.keep()
    for process in found.running.team.values():
        process.keep()


def stop(running: Running) -> None:
    """Also what stands still or does not listen."""
    for process in running.team.values():
        process.stop(signal.SIGCONT)
        process.stop(signal.SIGTERM)
    for process in running.team.values():
        if process.running:
            try:
                process.running.wait(10)
            except subprocess.TimeoutExpired:
                process.stop(signal.SIGKILL)
                process.running.wait(10)
    running.house.db.close()
    running.http.close()
