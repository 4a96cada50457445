"""Which turns a reviewer should look at: all that went wrong or may have, and a random share of the rest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.care.tables import Incident
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people.tables import Learner
from bot.review.tables import Review

UNSURE = 0.5
"""Confidence under which a message counts as hardly understood."""
FALLBACK = "nlu_fallback"
WINDOW = 40_000
"""Messages, the latest, among which is looked: what is older is no longer reviewed."""
ENOUGH = 2
"""Reviews after which a message leaves the queue."""
SPREAD, WHOLE = 2_654_435_761, 2**32
"""Knuth's multiplier: neighbouring ids come out far apart."""


@dataclass(frozen=True)
class Item:
    """A turn to be looked at. `why`: incident, failure, unsure or sample."""

    message: Message
    why: str
    others: int
    """How many have reviewed it before."""


def is_drawn(message_id: int, share: float) -> bool:
    """Whether chance takes a message: the same answer for the same id, always."""
    return message_id * SPREAD % WHOLE < share * WHOLE


def _drawn(share: float) -> ColumnElement[bool]:
    return Message.id * SPREAD % WHOLE < int(share * WHOLE)


def why_of() -> ColumnElement[str]:
    """Why a message is in the queue; `sample` for all others."""
    unsure = or_(Message.confidence < UNSURE, Message.intent == FALLBACK)
    flagged = exists().where(Incident.message_id == Message.id)
    return case((flagged, "incident"), (Message.status == Status.FAILED, "failure"), (unsure, "unsure"), else_="sample")


def waiting(session: Session, staff_id: int, share: float, cohort: str | None, most: int = 1) -> list[Item]:
    """What this person has not reviewed and fewer than two others have; first what nobody has looked at."""
    newest = session.scalar(select(func.max(Message.id))) or 0
    others = select(func.count()).where(Review.message_id == Message.id).scalar_subquery()
    mine = exists().where(Review.message_id == Message.id, Review.staff_id == staff_id)
    why = why_of()
    found = (
        select(Message, why.label("why"), others.label("others"))
        .where(*_turns(newest), or_(why != "sample", _drawn(share)))
        .where(~mine, others < ENOUGH)
        .order_by(others, case((why == "sample", 1), else_=0), Message.id.desc())
        .limit(most)
    )
    if cohort is not None:
        found = found.join(Learner, Learner.id == Message.learner_id).where(Learner.group_code == cohort)
    return [Item(row.Message, row.why, row.others) for row in session.execute(found)]


def left(session: Session, staff_id: int, share: float, cohort: str | None) -> dict[str, int]:
    """How many wait for this person, by reason."""
    newest = session.scalar(select(func.max(Message.id))) or 0
    mine = exists().where(Review.message_id == Message.id, Review.staff_id == staff_id)
    others = select(func.count()).where(Review.message_id == Message.id).scalar_subquery()
    why = why_of()
    turns = select(why.label("why")).where(*_turns(newest), or_(why != "sample", _drawn(share)), ~mine, others < ENOUGH)
    if cohort is not None:
        turns = turns.join(Learner, Learner.id == Message.learner_id).where(Learner.group_code == cohort)
    found = turns.subquery()
    counted = select(found.c.why, func.count().label("number")).group_by(found.c.why)
    return {row.why: row.number for row in session.execute(counted)}


def _turns(newest: int) -> tuple[ColumnElement[bool], ...]:
    """Inbound and seen to its end, of what is recent."""
    ended = Message.status.in_((Status.DONE, Status.FAILED))
    return (
        and_(Message.id > newest - WINDOW, Message.direction == Direction.IN),
        ended,
        Message.kind != SCHEDULED,
        or_(Message.masked.is_not(None), Message.status == Status.FAILED),
    )


def reply(session: Session, message_id: int) -> list[Message]:
    """What was answered, in order."""
    return list(session.scalars(select(Message).where(Message.answers_id == message_id).order_by(Message.part)))
