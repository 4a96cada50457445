"""Who the others are, and whose conversation may be opened."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.care.tables import Incident
from bot.people.tables import Learner
from bot.staff.case_tables import CallBack, RightsRequest
from bot.staff.tables import Staff
from console.door import Ask, Stop

Row = TypeVar("Row", Incident, CallBack, RightsRequest)
DIGITS = 17
"""More than any number of a row has, and fewer than a database refuses."""


def names(session: Session) -> dict[int, str]:
    """The names of the team, by id."""
    return {staff.id: staff.name for staff in session.scalars(select(Staff))}


def learner_of(ask: Ask, session: Session, learner_id: str) -> Learner:
    """Raises `Stop` alike when there is none and when she is of another cohort."""
    learner = session.get(Learner, learner_id)
    if learner is None or (ask.cohort is not None and learner.group_code != ask.cohort):
        raise Stop(404, "missing")
    return learner


def owned(ask: Ask, session: Session, of: type[Row], number: str) -> Row:
    """A row about a learner by the number in an address. Raises `Stop` alike for no such row and another cohort's."""
    row = session.get(of, int(number)) if number.isdecimal() and len(number) <= DIGITS else None
    if row is None:
        raise Stop(404, "missing")
    learner_of(ask, session, row.learner_id)
    return row
