"""What leaves: replies are queued with the message they answer, sent in order, and tried again where that can help."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.content.library import Bubble
from bot.db import Database, insert_once, now
from bot.messages import queue, schedule
from bot.messages.bubbles import fit
from bot.messages.choices import ref
from bot.messages.inbox import give_up
from bot.messages.media import Desk
from bot.messages.rasa import Heard
from bot.messages.tables import UNTIL_SHE_WRITES, Direction, Message, Status, Turn
from bot.people.masking import mask
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

NOTICE, DOUBT = -1, -2
"""The `part` of "I am still here" and of a gentle question, each of which a message gets once at most."""
ATTEMPTS = 12
LONGEST = 300.0
"""Seconds between two tries at most; twelve tries take about half an hour."""


def queue_replies(
    session: Session,
    sealer: Sealer,
    message: Message,
    bubbles: list[Bubble],
    limit: int,
    version: str,
    moment: datetime,
) -> None:
    """Queue the answer to an inbound message. Queuing it again changes nothing."""
    owner, held = _owner(session, message)
    for part, bubble in enumerate(fit(_said_to(held, bubbles), limit)):
        _queue(session, sealer, message, owner, part, bubble, version, moment)


def queue_notice(
    session: Session, sealer: Sealer, message: Message, bubbles: list[Bubble], moment: datetime, part: int = NOTICE
) -> None:
    """Queue what is said before the answer. Queuing it again changes nothing."""
    owner, held = _owner(session, message)
    for bubble in _said_to(held, bubbles[:1]):
        _queue(session, sealer, message, owner, part, bubble, None, moment)


def _owner(session: Session, message: Message) -> tuple[str, bool]:
    """Whose message it is, and whether a person holds the conversation; both may have changed since it was claimed.

    A code in it may have joined two learners into one, somebody of the team may have taken the conversation over.
    Where an answer is queued its learner's row is locked already, so that this is not a look from before.
    """
    owner, held_at = session.execute(_OWNER, {"message": message.id}).one()
    return owner, held_at is not None


def _said_to(held: bool, bubbles: list[Bubble]) -> list[Bubble]:
    """While a person holds the conversation only care is said."""
    return [bubble for bubble in bubbles if bubble.content_id.startswith(CARE)] if held else bubbles


_OWNER = (
    select(Learner.id, Learner.held_at)
    .join(Message, Message.learner_id == Learner.id)
    .where(Message.id == bindparam("message"))
)
CARE = "care/"
"""How the content ids of the safety net begin."""


def _queue(
    session: Session,
    sealer: Sealer,
    message: Message,
    owner: str,
    part: int,
    bubble: Bubble,
    version: str | None,
    moment: datetime,
) -> None:
    values = {
        "learner_id": owner,
        "address_id": message.address_id,
        "channel": message.channel,
        "direction": Direction.OUT,
        "status": Status.TODO,
        "created_at": moment,
        "not_before": moment,
        "sealed": sealer.seal(bubble.text),
        "masked": _masked(bubble.text),
        "answers_id": message.id,
        "part": part,
        "content_id": bubble.content_id or None,
        "content_version": version,
        "choices": [{"title": t, "payload": p} for t, p in bubble.buttons] or None,
        "hears": [{"title": t, "payload": p} for t, p in bubble.hears] or None,
        "media": bubble.media,
    }
    insert_once(session, Message, values)


@lru_cache(maxsize=1000)
def _masked(text: str) -> str:
    """Rumbo says the same to many; what one learner said is never held."""
    return mask(text).text


def remember(sealer: Sealer, message_id: int, learner_id: str, verdict: str, bubbles: list[Bubble]) -> Turn:
    """The outcome of a turn, to be written in the transaction of what the turn changed."""
    sealed = sealer.seal(json.dumps([asdict(b) for b in bubbles]))
    return Turn(message_id=message_id, learner_id=learner_id, verdict=verdict, sealed=sealed)


def remembered(sealer: Sealer, turn: Turn) -> Heard:
    """What a turn said, for saying it again."""
    bubbles = [
        Bubble(b["text"], _pairs(b["buttons"]), b["content_id"], b.get("media"), _pairs(b.get("hears") or []))
        for b in json.loads(sealer.unseal(turn.sealed))
    ]
    return Heard(bubbles, {"intent": "remembered"})


def _pairs(kept: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((words, payload) for words, payload in kept)


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
        reply = Reply(self.sealer.unseal(message.sealed), offered, media)
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
        return queue.let_go(session, message, moment + timedelta(seconds=pause(message.attempts, error)))
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
