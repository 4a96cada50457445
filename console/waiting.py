"""Who waits although nobody rang: plans that stand still, services that failed, who wants to be called."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session

from bot.guidance.days import today
from bot.guidance.tables import Commitment, CommitmentEvent, CommitmentStatus
from bot.people.tables import Address, Learner
from bot.referrals.states import State
from bot.referrals.tables import Referral
from bot.staff.case_tables import CallBack
from console.door import Ask

MOST = 20
NOT_DONE = ("not_yet", "hindered")
TWICE = 2
SILENT = timedelta(days=21)
"""A day of a plan that is over by so much, and no word of hers since: it stands still."""
LATELY = timedelta(days=30)


def of_hers(ask: Ask, statement: Any) -> Any:
    """Of a counsellor only her own cohort; the statement is joined with the learner."""
    return statement if ask.cohort is None else statement.where(Learner.group_code == ask.cohort)


def stalled(ask: Ask, session: Session) -> list[Any]:
    """Open commitments not done twice, or left behind for weeks: `(commitment, learner, times not done)`."""
    tries = (
        select(func.count())
        .where(CommitmentEvent.commitment_id == Commitment.id, CommitmentEvent.what.in_(NOT_DONE))
        .scalar_subquery()
    )
    since = ask.at - SILENT
    wrote = exists().where(Address.learner_id == Commitment.learner_id, Address.last_inbound_at > since)
    silent = and_(Commitment.day < today(since), ~wrote)
    found = select(Commitment, Learner, tries).join(Learner, Learner.id == Commitment.learner_id)
    found = found.where(Commitment.status == CommitmentStatus.OPEN, or_(tries >= TWICE, silent))
    return list(session.execute(of_hers(ask, found).order_by(Commitment.id.desc()).limit(MOST)).all())


def failed_referrals(ask: Ask, session: Session) -> list[Any]:
    """Of the last month. Of a private one the page says no more than that."""
    found = select(Referral, Learner).join(Learner, Learner.id == Referral.learner_id)
    found = found.where(Referral.status == State.FAILED, Referral.at > ask.at - LATELY)
    return list(session.execute(of_hers(ask, found).order_by(Referral.at.desc()).limit(MOST)).all())


def calls(ask: Ask, session: Session) -> list[Any]:
    """Who wants to be called, the nearest day first; also who said afterwards that nobody did."""
    found = select(CallBack, Learner).join(Learner, Learner.id == CallBack.learner_id)
    found = found.where(CallBack.closed_at.is_(None))
    return list(session.execute(of_hers(ask, found).order_by(CallBack.day, CallBack.part).limit(MOST)).all())


REASONS = (
    ("The person stopped or blocked", "blocked"),
    ("This person cannot be reached", "unreachable"),
    ("The service refused the content", "refused"),
    ("The service does not accept our", "misconfigured"),
    ("The service could not be reached", "outage"),
    ("The service asked us to slow", "throttled"),
    ("The line broke", "uncertain"),
    ("More than 24 hours", "window"),
    ("The service did not deliver", "undelivered"),
    ("A worker stopped", "interrupted"),
    ("It is not needed any more", "needless"),
    ("She wants no messages", "unwanted"),
    ("It waits for her hours", "hours"),
    ("A person took the conversation", "taken"),
    ("This channel does not belong", "unlinked"),
)
"""How a reason begins that the program writes down -> its name in the words of the console."""


def why(reason: str | None) -> str | None:
    """The name of a reason; None when it is one that has none, and is shown as it is."""
    return next((name for start, name in REASONS if reason and reason.startswith(start)), None)
