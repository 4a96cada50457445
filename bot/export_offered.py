"""What was offered to learners and what became of it, as rows of the export: referrals, money tips, lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.guidance.tables import LessonTaken, TipGiven
from bot.people.privacy import Sealer
from bot.referrals.tables import Referral, ReferralEvent

Rows = Iterable[dict[str, Any]]
Table = tuple[tuple[str, ...], Callable[[Session, Sealer], Rows]]
"""Columns of a file, and where its rows come from."""


def referrals(session: Session, sealer: Sealer) -> Rows:
    """Of violence and health it is only said that there was one."""
    for one in session.scalars(select(Referral).order_by(Referral.at, Referral.id)):
        what = {"service": one.service, "need": one.need, "private": one.sealed is not None}
        how = {"status": one.status, "reason": one.reason, "at": one.at.isoformat()}
        yield {"learner": one.learner_id, "referral": one.id, **what, **how}


def referral_steps(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(ReferralEvent).order_by(ReferralEvent.at, ReferralEvent.id)):
        step = {"before": one.before, "after": one.after, "by": one.by, "reason": one.reason}
        yield {"learner": one.learner_id, "referral": one.referral_id, **step, "at": one.at.isoformat()}


def tips(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(TipGiven).order_by(TipGiven.at)):
        later = {"outcome": one.outcome, "outcome_at": _moment(one.outcome_at)}
        yield {"learner": one.learner_id, "tip": one.tip, "answer": one.answer, "at": one.at.isoformat(), **later}


def lessons(session: Session, sealer: Sealer) -> Rows:
    for one in session.scalars(select(LessonTaken).order_by(LessonTaken.started_at, LessonTaken.lesson)):
        how = {"status": one.status, "step": one.step, "answer": one.answer, "done_at": _moment(one.done_at)}
        times = {"started_at": one.started_at.isoformat(), "changed_at": one.changed_at.isoformat()}
        yield {"learner": one.learner_id, "lesson": one.lesson, **how, **times}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


OFFERED: dict[str, Table] = {
    "referrals": (("learner", "referral", "service", "need", "private", "status", "reason", "at"), referrals),
    "referral_steps": (("learner", "referral", "before", "after", "by", "reason", "at"), referral_steps),
    "tips": (("learner", "tip", "answer", "at", "outcome", "outcome_at"), tips),
    "lessons": (("learner", "lesson", "status", "step", "answer", "started_at", "changed_at", "done_at"), lessons),
}
"""Each file of these: its columns, and where its rows come from."""
