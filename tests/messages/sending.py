"""An outbox with a channel that does what it is told to, and what it leaves in the database."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from bot.content.library import Bubble
from bot.db import now
from bot.messages import queue, replies
from bot.messages.outbox import Outbox
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Standing
from bot.runtime import Runtime
from tests.builders import write
from tests.fakes import FakeChannel

LEASE = timedelta(seconds=30)


def outbox_of(house: Runtime, channel: FakeChannel | None) -> Outbox:
    return Outbox(house.db, house.sealer, {"fake": channel} if channel else {}, LEASE)


def say(house: Runtime, *bubbles: Bubble | str, to: str = "someone") -> None:
    """Rumbo answers something she wrote."""
    write(house, "hola", to)
    with house.db.write() as session:
        asked = session.scalars(select(Message).order_by(Message.id.desc())).first()
        said = [Bubble(b) if isinstance(b, str) else b for b in bubbles]
        replies.queue_replies(session, house.sealer, asked, said, 1500, "v1", now())


async def everything(box: Outbox) -> None:
    while await box.send_one():
        pass


def rows(house: Runtime) -> list[Message]:
    with house.db.read() as session:
        return list(session.scalars(select(Message).where(Message.direction == Direction.OUT).order_by(Message.id)))


def stand(house: Runtime) -> list[Status]:
    return [m.status for m in rows(house)]


def free(house: Runtime) -> None:
    """The pause after a failure, or the lease of a dead worker, is over."""
    with house.db.write() as session:
        session.execute(update(Address).values(busy_since=None, busy_until=None))


def standing(house: Runtime) -> Standing:
    with house.db.read() as session:
        return session.scalars(select(Address.standing)).one()


def die(house: Runtime) -> None:
    """A worker takes the next message and is killed while it sends."""
    with house.db.write() as session:
        message = queue.claim(session, Direction.OUT, now(), LEASE)
        outbox_of(house, FakeChannel())._pack(session, message)
    free(house)
