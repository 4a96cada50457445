"""Labels, who is in charge, what somebody has read, and filters under a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.db import insert_once
from bot.people.tables import Learner
from bot.staff.case_tables import Charge, Label, SavedFilter, Seen
from bot.staff.roles import Role
from bot.staff.tables import Staff
from console.door import Ask

MOST = 50


def labels(session: Session, learner_id: str) -> list[str]:
    return list(session.scalars(select(Label.name).where(Label.learner_id == learner_id).order_by(Label.name)))


def known(session: Session, ask: Ask) -> list[str]:
    """The labels in use, of a counsellor those of her cohort."""
    found = select(Label.name).distinct().order_by(Label.name).limit(MOST)
    if ask.cohort is not None:
        found = found.join(Learner, Learner.id == Label.learner_id).where(Learner.group_code == ask.cohort)
    return list(session.scalars(found))


def charge(session: Session, learner_id: str) -> int | None:
    return session.scalar(select(Charge.staff_id).where(Charge.learner_id == learner_id))


def people(session: Session, learner: Learner) -> list[Staff]:
    """Who can be in charge of a learner: not who has left, and no counsellor of another cohort."""
    there = session.scalars(select(Staff).where(Staff.left_at.is_(None)).order_by(Staff.name))
    return [s for s in there if s.role is not Role.COUNSELLOR or s.group_code == learner.group_code]


def put_in_charge(session: Session, learner: Learner, staff_id: int | None, at: datetime) -> None:
    session.execute(delete(Charge).where(Charge.learner_id == learner.id))
    if staff_id is not None:
        session.add(Charge(learner_id=learner.id, staff_id=staff_id, at=at))


def see(session: Session, learner: Learner, staff_id: int, at: datetime) -> None:
    """Somebody has opened the conversation, and so read all of it."""
    who = {"learner_id": learner.id, "staff_id": staff_id}
    if not insert_once(session, Seen, {**who, "at": at}):
        session.execute(update(Seen).filter_by(**who).values(at=at))


def filters(session: Session, ask: Ask) -> list[SavedFilter]:
    mine = select(SavedFilter).where(SavedFilter.staff_id == ask.me.id).order_by(SavedFilter.name).limit(MOST)
    return list(session.scalars(mine))
