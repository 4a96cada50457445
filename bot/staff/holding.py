"""A person takes a conversation over: the bot is silent from that moment, she is told, and one person answers her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, true, update
from sqlalchemy.orm import Session

from bot.care.tables import Incident
from bot.config import RumboError
from bot.content.library import Bubble
from bot.db import insert_once
from bot.messages import openings
from bot.messages.replies import CARE
from bot.messages.tables import PERSON, Direction, Message, Status
from bot.people import tracking
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Address, Learner
from bot.staff import audit
from bot.staff.tables import Hold
from channels.base import Opening

TAKEN_OVER = "A person took the conversation over before it left."


class CannotWrite(RumboError):
    """Nothing can be written to her now. The text is the name of the reason: away, closed, long, empty, other,
    opened, out."""


def take_over(
    session: Session, sealer: Sealer, learner_id: str, staff_id: int, said: list[Bubble], at: datetime
) -> bool:
    """The conversation is this person's. False when somebody else was first, and nothing has changed.

    `said` tells her that a person writes now. What the bot had ready and had not sent is dropped, but for care.
    """
    if not insert_once(session, Hold, {"learner_id": learner_id, "staff_id": staff_id, "since": at}):
        return holder(session, learner_id) == staff_id
    session.execute(update(Learner).where(Learner.id == learner_id).values(held_at=at))
    _silence(session, learner_id)
    unseen = (Incident.learner_id == learner_id, Incident.closed_at.is_(None), Incident.seen_at.is_(None))
    session.execute(update(Incident).where(*unseen).values(seen_at=at, assignee_id=staff_id))
    _tell(session, sealer, learner_id, said, at)
    audit.write(session, staff_id, "taken_over", at, learner_id)
    return True


def hand_back(
    session: Session, sealer: Sealer, learner_id: str, staff_id: int, said: list[Bubble], at: datetime
) -> bool:
    """The bot goes on. False when nobody held it."""
    held = session.execute(delete(Hold).where(Hold.learner_id == learner_id).returning(Hold.staff_id)).first()
    if held is None:
        return False
    session.execute(update(Learner).where(Learner.id == learner_id).values(held_at=None))
    _tell(session, sealer, learner_id, said, at)
    audit.write(session, staff_id, "handed_back", at, learner_id)
    return True


def holder(session: Session, learner_id: str) -> int | None:
    """Who of the team holds a conversation."""
    return session.scalar(select(Hold.staff_id).where(Hold.learner_id == learner_id))


def write(
    session: Session,
    sealer: Sealer,
    learner_id: str,
    staff_id: int,
    text: str,
    limit: int,
    left: timedelta | None,
    at: datetime,
) -> int:
    """Queue what a person wrote; the number of the message. `left`: how long WhatsApp's window is still open.

    Raises `CannotWrite`.
    """
    if holder(session, learner_id) != staff_id:
        raise CannotWrite("other")
    address = tracking.last_address(session, learner_id)
    if problem := why_not(text, address, limit, left):
        raise CannotWrite(problem)
    assert address is not None
    message = _queue(session, sealer, address, Bubble(text.strip(), content_id=f"staff/{staff_id}"), PERSON, at)
    session.flush()
    audit.write(session, staff_id, "wrote", at, learner_id, f"message {message.id}")
    return message.id


def open_with(
    session: Session, sealer: Sealer, learner_id: str, staff_id: int, opening: Opening, words: list[str], at: datetime
) -> int:
    """Queue approved words, with which she may be written to after the window; the number of the message.

    Once until she writes, and never to who wants no messages that we begin. Raises `CannotWrite`.
    """
    if holder(session, learner_id) != staff_id:
        raise CannotWrite("other")
    address = tracking.last_address(session, learner_id)
    if address is None:
        raise CannotWrite("away")
    if address.learner.opted_out_at:
        raise CannotWrite("out")
    if _is_opened(session, address):
        raise CannotWrite("opened")
    try:
        text, order = openings.fill(opening, words)
    except ValueError:
        raise CannotWrite("empty") from None
    message = _queue(session, sealer, address, Bubble(text, content_id=f"staff/{staff_id}", media=order), PERSON, at)
    session.flush()
    audit.write(session, staff_id, "wrote", at, learner_id, f"message {message.id}, with approved words")
    return message.id


def _is_opened(session: Session, address: Address) -> bool:
    """Whether approved words went to her, or wait to, and she has not written since."""
    theirs = (Message.address_id == address.id, Message.kind == PERSON, Message.status != Status.FAILED)
    since = Message.created_at > address.last_inbound_at if address.last_inbound_at else true()
    found: Iterable[dict[str, Any] | None] = session.scalars(select(Message.media).where(*theirs, since))
    return any(openings.KEY in (order or {}) for order in found)


def why_not(text: str, address: Address | None, limit: int, left: timedelta | None) -> str | None:
    """What speaks against sending a text, or None."""
    if address is None:
        return "away"
    if left is not None and left <= timedelta(0):
        return "closed"
    if not text.strip():
        return "empty"
    return "long" if len(text.strip()) > limit else None


def window_left(address: Address | None, window: timedelta | None, at: datetime) -> timedelta | None:
    """How long the channel still lets us write; None when it has no such limit."""
    if window is None or address is None:
        return None
    if address.last_inbound_at is None:
        return timedelta(0)
    return max(window - (at - address.last_inbound_at), timedelta(0))


def _silence(session: Session, learner_id: str) -> None:
    """What the bot answered and has not left yet will not leave."""
    mine = (Message.learner_id == learner_id, Message.direction == Direction.OUT, Message.status == Status.TODO)
    answers = (
        Message.answers_id.is_not(None),
        or_(Message.content_id.is_(None), Message.content_id.not_like(f"{CARE}%")),
    )
    session.execute(update(Message).where(*mine, *answers).values(status=Status.FAILED, reason=TAKEN_OVER))


def _tell(session: Session, sealer: Sealer, learner_id: str, said: list[Bubble], at: datetime) -> None:
    if address := tracking.last_address(session, learner_id):
        for bubble in said:
            _queue(session, sealer, address, bubble, "text", at)


def _queue(session: Session, sealer: Sealer, address: Address, bubble: Bubble, kind: str, at: datetime) -> Message:
    message = Message(
        learner_id=address.learner_id,
        address_id=address.id,
        channel=address.channel,
        direction=Direction.OUT,
        status=Status.TODO,
        kind=kind,
        created_at=at,
        sealed=sealer.seal(bubble.text),
        masked=mask(bubble.text).text,
        content_id=bubble.content_id or None,
        choices=[{"title": t, "payload": p} for t, p in bubble.buttons] or None,
        media=bubble.media,
    )
    session.add(message)
    return message
