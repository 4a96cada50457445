"""The table is the queue: one message a learner (or an address) at a time, in order, by whichever worker is first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from bot.db import change
from bot.messages.tables import AT_ONCE, Direction, Message, Status
from bot.people.tables import Address, Learner

OWNERS: dict[Direction, tuple[Any, str]] = {
    Direction.IN: (Learner, "learner_id"),
    Direction.OUT: (Address, "address_id"),
}
"""Who can be busy: a learner while we answer, an address while we send."""
IN_TURN = Message.id + 0
"""A sum, because PostgreSQL would else look for the oldest from the first message ever written, whenever it believes
that many wait: 65 ms with 200,000 messages, and growing with them, instead of one."""


def claim(
    session: Session, direction: Direction, now: datetime, lease: timedelta, in_hand: Collection[Any] = ()
) -> Message | None:
    """Take the oldest message that is due and whose owner nobody is busy with, and be busy with it for `lease`.

    Owners of what this process has `in_hand` are left alone, however long it takes and whatever the clock says: it is
    not lost, only slow, and what comes next must not pass it.

    A worker that dies leaves a message in `doing`; it is taken up again when the lease has run out. Only the owner's
    row is locked: two workers never hold two messages of one learner, which SKIP LOCKED on messages alone would allow.
    """
    given = {"now": now, "ahead": now + lease, "in_hand": list(in_hand)}
    message = session.scalar(_to_claim(direction), given)
    if message is None or not _take(session, message):
        return None  # or somebody closed it between our looking and our taking
    keep_busy(session, message, now, lease)
    return message


@cache
def _to_claim(direction: Direction) -> Select[Message]:
    """The oldest message to be taken at `now`.

    Clocks jump: who is busy since `ahead` or later is so by a clock that was wrong; two hosts may differ by less than a
    lease.
    """
    owner, key = OWNERS[direction]
    moment, ahead = (bindparam(name, type_=Message.not_before.type) for name in ("now", "ahead"))
    free = or_(owner.busy_until.is_(None), owner.busy_until <= moment, owner.busy_since > ahead)
    return (
        select(Message)
        .join(owner, getattr(Message, key) == owner.id)
        .where(Message.direction == direction, Message.status.in_((Status.TODO, Status.DOING)))
        .where(Message.not_before <= moment, free, owner.id.not_in(bindparam("in_hand", expanding=True)))
        .order_by(IN_TURN)
        .limit(1)
        .with_for_update(of=owner, skip_locked=True, key_share=True)
    )


def to_hear(after: int, most: int = 100) -> Select[Message]:
    """The oldest messages that came in `after` this one and that nobody has in hand, whoever is busy."""
    fresh = (Message.direction == Direction.IN, Message.status == Status.TODO, Message.not_before == AT_ONCE)
    return select(Message).where(*fresh, Message.id > after).order_by(IN_TURN).limit(most)


def _take(session: Session, message: Message) -> bool:
    """Mark it as in hand, unless it is no longer as we saw it."""
    reason = INTERRUPTED if message.status is Status.DOING else message.reason
    taken = {"status": Status.DOING, "attempts": message.attempts + 1, "reason": reason}
    if not _settle(session, message, taken):
        return False
    for name, value in taken.items():
        set_committed_value(message, name, value)
    return True


INTERRUPTED = "A worker stopped while it had this message in hand."


def keep_busy(session: Session, message: Message, since: datetime, span: timedelta) -> None:
    """The owner's next message is not taken before `span` is over."""
    _note(session, message, since, since + span)


def let_go(session: Session, message: Message) -> None:
    """The owner is free for the next message."""
    _note(session, message, None, None)


def _note(session: Session, message: Message, since: datetime | None, until: datetime | None) -> None:
    owner, key = OWNERS[message.direction]
    change(session, owner, {"id": getattr(message, key)}, {"busy_since": since, "busy_until": until})


def finish(session: Session, claimed: Message, **values: Any) -> bool:
    """Write down what became of a claimed message, and let its owner go.

    False, and nothing written, when the lease ran out and another worker has the message now. The owner comes first, as
    in `claim`: in two orders, two workers could wait for each other.
    """
    let_go(session, claimed)
    if _settle(session, claimed, values):
        return True
    session.rollback()
    return False


def _settle(session: Session, seen: Message, values: dict[str, Any]) -> bool:
    """Change a message unless it is no longer as we saw it."""
    same = {"id": seen.id, "status": seen.status, "attempts": seen.attempts}
    return change(session, Message, same, values)


def still_ours(session: Session, claimed: Message) -> Message | None:
    """The message we claimed, unless the lease ran out and another worker has it now."""
    message = session.get(Message, claimed.id)
    held = message is not None and message.status is Status.DOING and message.attempts == claimed.attempts
    return message if held else None
