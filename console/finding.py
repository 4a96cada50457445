"""Conversations as a list: one row a learner, the latest first, a page at a time, by indexes only."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from bot.care.tables import Incident
from bot.messages.tables import SCHEDULED, Direction, Message, SaidWord, Status
from bot.messages.words import words
from bot.people.tables import Address, Learner
from bot.staff.case_tables import Charge, Label, Seen
from bot.staff.tables import Hold

PAGE = 50
UNSURE = 0.5
"""Confidence under which a message counts as hardly understood."""
BEYOND = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """What is asked for; an empty one asks for nothing."""

    q: str = ""
    channel: str = ""
    state: str = ""
    pathway: str = ""
    cohort: str = ""
    intent: str = ""
    flagged: str = ""
    unsure: str = ""
    since: str = ""
    label: str = ""
    mine: str = ""
    unread: str = ""
    unanswered: str = ""

    @property
    def active(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


@dataclass(frozen=True)
class Found:
    """One conversation: whose, where she wrote last, what, and what is open about it."""

    learner: Learner
    address: Address
    last: Message | None
    flags: int
    held_by: int | None


def listed(
    wanted: Wanted, cohort: str | None, before: tuple[datetime, int] | None, most: int = PAGE, me: int = 0
) -> Select[Address, Learner]:
    """The statement of one page. `cohort`: the only one that may be seen; `before`: the last row of the page before.

    `me`: who of the team asks, for what is hers or not read by her.
    """
    later = aliased(Address)
    newer = tuple_(later.last_inbound_at, later.id) > tuple_(Address.last_inbound_at, Address.id)
    found = (
        select(Address, Learner)
        .join(Learner, Learner.id == Address.learner_id)
        .where(Address.last_inbound_at.is_not(None), ~exists().where(later.learner_id == Address.learner_id, newer))
        .where(*_conditions(wanted), *_marks(wanted, me))
    )
    if cohort is not None:
        found = found.where(Learner.group_code == cohort)
    if before:
        at, last = before
        older = or_(Address.last_inbound_at < at, and_(Address.last_inbound_at == at, Address.id < last))
        found = found.where(Address.last_inbound_at <= at, older)
    return found.order_by(Address.last_inbound_at.desc(), Address.id.desc()).limit(most)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Learner.id.in_(select(SaidWord.learner_id).where(SaidWord.word >= word, SaidWord.word < word + BEYOND))
        for word in sorted(words(wanted.q))
    ]
    same: tuple[tuple[InstrumentedAttribute[Any], str], ...] = (
        (Address.channel, wanted.channel),
        (Learner.state, wanted.state),
        (Learner.pathway, wanted.pathway),
        (Learner.group_code, wanted.cohort),
    )
    conditions += [column == value for column, value in same if value]
    if wanted.intent:
        conditions.append(Learner.id.in_(select(Message.learner_id).where(Message.intent == wanted.intent)))
    if wanted.unsure:
        conditions.append(Learner.id.in_(select(Message.learner_id).where(Message.confidence < UNSURE)))
    if wanted.flagged:
        conditions.append(Learner.id.in_(select(Incident.learner_id).where(Incident.closed_at.is_(None))))
    if day := day_of(wanted.since):
        conditions.append(Address.last_inbound_at >= datetime.combine(day, time(), UTC))
    return conditions


def _marks(wanted: Wanted, me: int) -> list[ColumnElement[bool]]:
    """What the team did about a conversation, and what Rumbo or the team still owes."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.label:
        conditions.append(Learner.id.in_(select(Label.learner_id).where(Label.name == wanted.label)))
    if wanted.mine:
        conditions.append(Learner.id.in_(select(Charge.learner_id).where(Charge.staff_id == me)))
    if wanted.unread:
        read = (Seen.learner_id == Learner.id, Seen.staff_id == me, Seen.at >= Address.last_inbound_at)
        conditions.append(~exists().where(*read))
    if wanted.unanswered:
        said = (Message.learner_id == Learner.id, Message.kind != SCHEDULED, Message.status != Status.FAILED)
        last = select(Message.direction).where(*said).order_by(Message.id.desc()).limit(1).scalar_subquery()
        conditions.append(last == Direction.IN)
    return conditions


def day_of(text: str) -> date | None:
    """A day as a browser writes it; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def page(session: Session, statement: Select[Address, Learner]) -> list[Found]:
    """The rows, in four questions however many they are."""
    rows = session.execute(statement).all()
    ids = [learner.id for _, learner in rows]
    last_ids = (
        select(func.max(Message.id))
        .where(Message.learner_id.in_(ids), Message.direction == Direction.IN)
        .group_by(Message.learner_id)
    )
    last = {
        m.learner_id: m for m in session.scalars(select(Message).where(Message.id.in_(session.scalars(last_ids).all())))
    }
    is_open = (Incident.learner_id.in_(ids), Incident.closed_at.is_(None))
    counted = select(Incident.learner_id, func.count()).where(*is_open).group_by(Incident.learner_id)
    flags = {who: number for who, number in session.execute(counted).all()}  # noqa: C416 -- rows are not typed as pairs
    held = select(Hold.learner_id, Hold.staff_id).where(Hold.learner_id.in_(ids))
    holds = {who: by for who, by in session.execute(held).all()}  # noqa: C416 -- rows are not typed as pairs
    return [Found(one, a, last.get(one.id), flags.get(one.id, 0), holds.get(one.id)) for a, one in rows]


def cursor(found: Found) -> str:
    """Where the next page begins, for an address."""
    assert found.address.last_inbound_at is not None
    return f"{int(found.address.last_inbound_at.timestamp() * 1_000_000)}-{found.address.id}"


def read_cursor(text: str) -> tuple[datetime, int] | None:
    micros, _, last = text.partition("-")
    if not (micros.isdecimal() and last.isdecimal() and len(micros) < 18 and len(last) < 18):
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(micros)), int(last)
