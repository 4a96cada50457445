"""A worker with an engine that says what it is told to, and what it leaves in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.messages.tables import Direction, Message
from bot.messages.worker import Worker
from bot.people.tables import Learner
from bot.runtime import Runtime
from tests.fakes import FakeRasa


def worker_of(house: Runtime, rasa: FakeRasa, slow: float = 10) -> Worker:
    return replace(house.worker, rasa=rasa, slow=timedelta(seconds=slow), lease=timedelta(seconds=30))


def rows(house: Runtime, direction: Direction = Direction.OUT) -> list[Message]:
    with house.db.read() as session:
        return list(session.scalars(select(Message).where(Message.direction == direction).order_by(Message.id)))


def said(house: Runtime) -> list[str]:
    return [house.sealer.unseal(m.sealed) for m in rows(house)]


def free(house: Runtime) -> None:
    """The pause after a failure is over."""
    with house.db.write() as session:
        for learner in session.scalars(select(Learner)):
            learner.busy_until = None


async def everything(worker: Worker) -> None:
    while await worker.work_one():
        pass
