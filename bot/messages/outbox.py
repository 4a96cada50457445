"""What leaves: it is sent in order, and tried again where that can help."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.db import Database, now
from bot.messages import queue, schedule
from bot.messages.choices import ref
from bot.messages.inbox import give_up
from bot.messages.media import Desk
from bot.messages.openings import KEY, filled
from bot.messages.tables import UNTIL_SHE_WRITES, Direction, Message, Status
from bot.people.privacy import Sealer
from bot.people.tables import Address, Learner, Standing
from channels.base import (
    Blocked,
    Channel,
    Choice,
    Limits,
    Outage,
    Reply,
    SendError,
    Uncertain,
    Unreachable,
    WindowClosed,
)

log = logging.getLogger(__name__)

ATTEMPTS = 12
LONGEST = 300.0
"""Seconds between two tries at most; twelve tries take about half an hour."""


@dataclass(frozen=True)
class Parcel:
    """A claimed outbound message, out of its session."""

    message: Message
    to: str
    reply: Reply


@dataclass
class Outbox:
    """Sends what is due, several addresses at a time and each in order."""

    db: Database
    sealer: Sealer
    channels: Mapping[str, Channel]
    lease: timedelta
    desk: Desk | None = None
    in_hand: set[int] = field(default_factory=set)

    async def send_one(self) -> bool:
        """Send the next message. False when there is none."""
        parcel = self.take()
        if parcel:
            await self.deliver(parcel)
        return parcel is not None

    def take(self) -> Parcel | None:
        """Claim the next message that may leave, committed before it does."""
        while True:
            with self.db.write() as session:
                message = queue.claim(session, Direction.OUT, now(), self.lease, self.in_hand)
                parcel = self._pack(session, message) if message else None
            if parcel or message is None:
                return parcel

    async def deliver(self, parcel: Parcel) -> None:
        """Send a claimed message and note what came of it."""
        self.in_hand.add(parcel.message.address_id)
        try:
            sent = await self.channels[parcel.message.channel].send(parcel.to, parcel.reply)
        except SendError as error:
            self._failed(parcel.message, error)
        except Exception:
            log.exception("message %s could not be sent", parcel.message.id)
            self._failed(parcel.message, Uncertain("a fault of ours: see the log"))
        else:
            self._sent(parcel.message, sent)
        finally:
            self.in_hand.discard(parcel.message.address_id)

    def _pack(self, session: Session, message: Message) -> Parcel | None:
        """Ready to leave, unless something speaks against it, which is then written down."""
        if schedule.is_due(message):
            schedule.settle(session, message, session.get_one(Learner, message.learner_id), now())
            return None
        address = session.get_one(Address, message.address_id)
        channel = self.channels.get(message.channel)
        if error := against(message, address, channel.limits if channel else None, now()):
            _settle(session, message, error, now())
            return None
        offered = tuple(Choice(ref(message.id, n), c["title"]) for n, c in enumerate(message.choices or []))
        media = self.desk.media(session, message, now()) if self.desk else None
        text = self.sealer.unseal(message.sealed)
        reply = Reply(text, offered, media, filled(message.media, text))
        return Parcel(message, self.sealer.unseal(address.sealed), reply)

    def _sent(self, claimed: Message, provider_id: str) -> None:
        with self.db.write() as session:
            queue.finish(session, claimed, status=Status.SENT, provider_id=provider_id, reason=None)

    def _failed(self, claimed: Message, error: SendError) -> None:
        log.warning("message %s was not sent: %s", claimed.id, type(error).__name__)
        with self.db.write() as session:
            if message := queue.still_ours(session, claimed):
                _settle(session, message, error, now())


def against(message: Message, address: Address, limits: Limits | None, moment: datetime) -> SendError | None:
    """Why a message may not leave now, or None."""
    if limits is None:
        return Outage("the channel is off")
    if address.standing is Standing.BLOCKED:
        return Blocked()
    if address.standing is Standing.UNREACHABLE:
        return Unreachable()
    if message.reason == queue.INTERRUPTED and message.strikes:
        return Uncertain()  # stopped in the middle of sending twice: a third time might be a third copy
    if message.reason == queue.INTERRUPTED:
        message.strikes = 1
    if message.media and KEY in message.media:
        return None  # approved words may leave at any time
    if limits.window and (address.last_inbound_at is None or moment - address.last_inbound_at > limits.window):
        return WindowClosed()
    return None


def _settle(session: Session, message: Message, error: SendError, moment: datetime) -> None:
    """Wait, try again later, or give up: as the error says."""
    message.reason = f"{error.__doc__} {error.detail}".strip()[:200]
    if isinstance(error, WindowClosed):
        message.status, message.not_before = Status.TODO, UNTIL_SHE_WRITES
        return queue.let_go(session, message)
    message.strikes += isinstance(error, Uncertain)
    if error.retry and message.strikes < 2 and message.attempts < ATTEMPTS:
        message.status = Status.TODO
        return queue.keep_busy(session, message, moment, timedelta(seconds=pause(message.attempts, error)))
    give_up(session, message, error, moment)
    if isinstance(error, Blocked | Unreachable):
        _drop_the_rest(session, message)
    queue.let_go(session, message)


def _drop_the_rest(session: Session, message: Message) -> None:
    rest = (Message.address_id == message.address_id, Message.direction == Direction.OUT, Message.status == Status.TODO)
    session.execute(update(Message).where(*rest).values(status=Status.FAILED, reason=message.reason))


def pause(attempts: int, error: SendError) -> float:
    """Seconds until the next try: what the service asked for, else doubling from one second, with jitter."""
    if error.retry_after is not None:
        return min(error.retry_after, LONGEST) + random.uniform(0, 1)  # noqa: S311 -- spreading load, not secrecy
    return min(2.0 ** (attempts - 1), LONGEST) * random.uniform(0.7, 1.3)  # noqa: S311 -- as above
