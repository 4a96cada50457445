"""What Rumbo says first, at an agreed time: it waits in the outbox, and leaves only while she wants it and by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.content.library import Bubble
from bot.messages.queue import let_go
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people import hours, tracking
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Learner

HELD = timedelta(hours=1)
"""How long it waits while a person of the team holds the conversation."""


def plan(
    session: Session, sealer: Sealer, learner: Learner, bubble: Bubble, when: datetime, version: str, at: datetime
) -> int | None:
    """Queue a message for a moment, moved into her hours. Its number; None when there is nowhere to send it."""
    address = tracking.last_address(session, learner.id)
    if address is None:
        return None
    message = Message(
        learner_id=learner.id,
        address_id=address.id,
        channel=address.channel,
        direction=Direction.OUT,
        status=Status.TODO,
        kind=SCHEDULED,
        created_at=at,
        not_before=hours.allowed(learner.state, when),
        sealed=sealer.seal(bubble.text),
        masked=mask(bubble.text).text,
        content_id=bubble.content_id or None,
        content_version=version,
        choices=[{"title": t, "payload": p} for t, p in bubble.buttons] or None,
    )
    session.add(message)
    session.flush()
    return message.id


def cancel(session: Session, message_id: int | None) -> None:
    """What has not left yet will not leave."""
    waiting = (Message.id == message_id, Message.kind == SCHEDULED, Message.status == Status.TODO)
    session.execute(update(Message).where(*waiting).values(status=Status.FAILED, reason="It is not needed any more."))


def withdraw(session: Session, learner_id: str, content_id: str) -> None:
    """Of what was planned for her under this name, what has not left yet will not leave."""
    mine = (Message.learner_id == learner_id, Message.content_id == content_id)
    waiting = (*mine, Message.kind == SCHEDULED, Message.status == Status.TODO)
    session.execute(update(Message).where(*waiting).values(status=Status.FAILED, reason="It is not needed any more."))


def channel_of(session: Session, message_id: int | None) -> str | None:
    """Where a planned message will leave."""
    return session.scalar(select(Message.channel).where(Message.id == message_id))


def has(session: Session, learner_id: str, content_id: str) -> bool:
    """Whether a message of this content was planned for her and not given up."""
    mine = (Message.learner_id == learner_id, Message.content_id == content_id, Message.status != Status.FAILED)
    return session.scalars(select(Message.id).where(*mine, Message.answers_id.is_(None)).limit(1)).first() is not None


def is_due(message: Message) -> bool:
    """Whether a claimed message is one that was planned, and so must be looked at before it leaves."""
    return message.kind == SCHEDULED


def settle(session: Session, message: Message, learner: Learner, moment: datetime) -> None:
    """Its time has come: it goes to the end of the conversation, or waits for the day, or is dropped.

    It takes a new number, so that a chat page which reads on from the last number it saw finds it.
    """
    let_go(session, message)
    later = moment + HELD if learner.held_at else hours.allowed(learner.state, moment)
    if learner.opted_out_at or not learner.may_remind or learner.erase_at:
        message.status, message.reason = Status.FAILED, "She wants no messages that we begin."
    elif later > moment:
        message.status, message.not_before, message.reason = Status.TODO, later, "It waits for her hours."
    else:
        _renew(session, message, moment)


def _renew(session: Session, message: Message, moment: datetime) -> None:
    same = "learner_id address_id channel sealed masked content_id content_version choices hears media".split()
    fresh = Message(**{name: getattr(message, name) for name in same})
    fresh.direction, fresh.status, fresh.kind = Direction.OUT, Status.TODO, "first"
    fresh.created_at = moment
    session.delete(message)
    session.add(fresh)
