"""A Rumbo that a browser looks at: what happens in it meanwhile, and what stands in it afterwards."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from bot.runtime import Runtime
from bot.staff.tables import AuditLine
from tests.builders import write
from tests.fakes import FakeRasa
from tests.flows.vendors import Vendor
from tests.messages.working import everything, worker_of
from tests.review.conftest import places as places


class House:
    """A Rumbo with vendors on loopback and a console on a port, served while a browser looks at it."""

    def __init__(self, rumbo: Runtime, vendor: Vendor, url: str) -> None:
        self.rumbo, self.vendor, self.url = rumbo, vendor, url
        self._own = ThreadPoolExecutor(1)  # the browser's loop runs in this thread; ours needs another
        self._loop = asyncio.new_event_loop()

    def learn(self, *said: tuple[str, str, str]) -> None:
        """(channel, sender, words) come in and are answered."""

        async def answer() -> None:
            for channel, sender, text in said:
                write(self.rumbo, text, sender=sender, channel=channel)
            await everything(worker_of(self.rumbo, FakeRasa()))

        self._run(answer())

    def send(self) -> None:
        """Everything that is due leaves for the vendors."""

        async def leave() -> None:
            while await self.rumbo.outbox.send_one():
                pass

        self._run(leave())

    def _run(self, what) -> None:
        self._own.submit(self._loop.run_until_complete, what).result(30)

    def one(self, statement):
        with self.rumbo.db.read() as session:
            return session.scalars(statement).first()


def acts(house: House) -> list[str]:
    with house.rumbo.db.read() as session:
        found = session.scalars(select(AuditLine.act).order_by(AuditLine.id))
        return [act for act in found if not act.startswith("staff_")]
