"""A Rumbo of its own, with all its processes, on free ports, for a bench to load."""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from sqlalchemy import select

from bench.measures import test_set
from bench.rig import cost, load
from bench.rig.load import Door
from bench.rig.vendor import Vendor
from bot.db import now
from bot.messages.tables import Message, Status
from bot.people import tracking
from tests.flows.running import PUBLIC, TOKEN, Running

ROOT = Path(__file__).parents[2]
NOT_FOR_TALK = {"opt_out", "delete_my_data", "talk_to_human", "pause", "report_self_harm", "report_violence"}
NOT_FOR_TALK |= {"report_emergency", "change_language", "opt_in", "restart"}


class Stage:
    """A running Rumbo, the door to it, and what it costs."""

    def __init__(self, running: Running, door: Door, ready: float) -> None:
        self.running, self.door, self.ready = running, door, ready

    @property
    def pids(self) -> list[int]:
        return [p.running.pid for p in self.running.team.values() if p.running]

    def cpu(self) -> dict[str, float]:
        """CPU seconds so far, by process."""
        return {name: cost.cpu([p.running.pid]) for name, p in self.running.team.items() if p.running}

    def memory(self) -> dict[str, float]:
        return cost.memory(self.pids)

    async def quiet(self) -> None:
        """Until everything that came in is answered, and everything said has left."""
        async with asyncio.timeout(load.PATIENCE):
            while await asyncio.to_thread(self._waiting):
                await asyncio.sleep(0.05)

    def _waiting(self) -> bool:
        due = (Message.status.in_((Status.TODO, Status.DOING)), Message.not_before <= now())
        with self.running.house.db.read() as session:
            return session.scalar(select(Message.id).where(*due).limit(1)) is not None

    def agreed(self, whatsapp: list[str]) -> None:
        """These people have been welcomed and have agreed, so that they talk from the first message."""
        house, moment = self.running.house, now()
        with house.db.write() as session:
            for number, who in enumerate(whatsapp, 1):
                address = tracking.meet(session, house.sealer, "whatsapp", who, None, "es-MX", moment)
                tracking.record_consent(session, address.learner_id, True, "test", "whatsapp", -number, moment)


@asynccontextmanager
async def rumbo(vendor: Vendor, **settings: str) -> AsyncIterator[Stage]:
    """All processes up, and the seconds that took."""
    folder = Path(tempfile.mkdtemp(prefix="rumbo-bench-"))
    shutil.copytree(ROOT / "content", folder / "content")
    more = {"RUMBO_LEASE_SECONDS": "30", "RUMBO_SENDER_PER_MINUTE": "100000", "RUMBO_SENDER_BURST": "100000"}
    start = time.perf_counter()
    running = Running(folder, vendor, **(more | settings)).__enter__()  # type: ignore[arg-type]
    try:
        ready = time.perf_counter() - start
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        async with httpx.AsyncClient(base_url=running.http.base_url, limits=limits, timeout=30) as http:
            yield Stage(running, Door(http, "/webhooks/whatsapp", PUBLIC, TOKEN), ready)
    finally:
        await asyncio.to_thread(running.__exit__)  # a worker ends what it sends first: the vendor must go on answering
        shutil.rmtree(folder)


def sentences(number: int, seed: int = 1) -> list[str]:
    """What learners write: of the test set, without cries for help and what ends a conversation."""
    said = [text for intent, text in test_set() if intent not in NOT_FOR_TALK]
    return random.Random(seed).choices(said, k=number)
