"""Who the others are, and whose conversation may be opened."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.people.tables import Learner
from bot.staff.tables import Staff
from console.door import Ask, Stop


def names(session: Session) -> dict[int, str]:
    """The names of the team, by id."""
    return {staff.id: staff.name for staff in session.scalars(select(Staff))}


def learner_of(ask: Ask, session: Session, learner_id: str) -> Learner:
    """Raises `Stop` alike when there is none and when she is of another cohort."""
    learner = session.get(Learner, learner_id)
    if learner is None or (ask.cohort is not None and learner.group_code != ask.cohort):
        raise Stop(404, "missing")
    return learner
