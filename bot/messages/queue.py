"""The table is the queue: one message a learner (or an address) at a time, in order, by whichever worker is first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Learner

OWNERS: dict[Direction, tuple[Any, str]] = {
    Direction.IN: (Learner, "learner_id"),
    Direction.OUT: (Address, "address_id"),
}
"""Who can be busy: a learner while we answer, an address while we send."""


def claim(session: Session, direction: Direction, now: datetime, lease: timedelta) -> Message | None:
    """Take the oldest message that is due and whose owner nobody is busy with, and be busy with it for `lease`.

    A worker that dies leaves a message in `doing`; it is taken up again when the lease has run out. Only the owner's
    row is locked: two workers never hold two messages of one learner, which SKIP LOCKED on messages alone would allow.
    """
    owner, key = OWNERS[direction]
    due = (
        select(Message, owner)
        .join(owner, getattr(Message, key) == owner.id)
        .where(Message.direction == direction, Message.status.in_((Status.TODO, Status.DOING)))
        .where(Message.not_before <= now, or_(owner.busy_until.is_(None), owner.busy_until <= now))
        .order_by(Message.id)
        .limit(1)
        .with_for_update(of=owner, skip_locked=True, key_share=True)
    )
    found = session.execute(due).first()
    if found is None:
        return None
    message: Message = found[0]
    busy = found[1]
    taken: dict[str, Any] = {"status": Status.DOING, "attempts": Message.attempts + 1}
    still = (Message.id == message.id, Message.status == message.status, Message.attempts == message.attempts)
    if message.status is Status.DOING:
        taken["reason"] = INTERRUPTED
    if not session.execute(update(Message).where(*still).values(**taken).returning(Message.id)).first():
        return None  # somebody closed it between our looking and our taking
    busy.busy_until = now + lease
    session.refresh(message)
    return message


INTERRUPTED = "A worker stopped while it had this message in hand."


def let_go(session: Session, message: Message, until: datetime | None = None) -> None:
    """The owner is free for the next message, at once or from `until` on."""
    owner, key = OWNERS[message.direction]
    session.get_one(owner, getattr(message, key)).busy_until = until


def still_ours(session: Session, claimed: Message) -> Message | None:
    """The message we claimed, unless the lease ran out and another worker has it now."""
    message = session.get(Message, claimed.id)
    held = message is not None and message.status is Status.DOING and message.attempts == claimed.attempts
    return message if held else None
