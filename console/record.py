"""What is known of one learner, ready to be shown: masked, the latest first, and a page of each at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.content.library import Content
from bot.guidance.tables import Commitment, CommitmentEvent, LessonTaken, Milestone, PathwayChoice, Pick, Run
from bot.messages.tables import SCHEDULED, Message, Status
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Address, Consent, Learner
from bot.referrals.tables import Referral

MOST = 20
"""Rows of one kind that are shown."""


@dataclass(frozen=True)
class Step:
    """A commitment: her words masked, and what became of it."""

    words: str
    row: Commitment
    events: list[CommitmentEvent]


@dataclass(frozen=True)
class Helped:
    """A referral: what and where, or nothing of it when it is private and she did not let the team see it."""

    row: Referral
    title: str | None


@dataclass(frozen=True)
class Record:
    """All of one learner's page."""

    channels: list[Address]
    consents: list[Consent]
    choice: PathwayChoice | None
    runs: list[Run]
    steps: list[Step]
    milestones: list[tuple[Milestone, str]]
    referrals: list[Helped]
    picks: list[Pick]
    lessons: list[LessonTaken]
    coming: list[Message]


def of(session: Session, sealer: Sealer, content: Content, learner: Learner) -> Record:
    """The same number of questions however much there is."""
    commitments: list[Commitment] = _latest(session, Commitment.learner_id, learner.id, Commitment.id)
    choices: list[PathwayChoice] = _latest(session, PathwayChoice.learner_id, learner.id, PathwayChoice.id, 1)
    milestones: list[Milestone] = _latest(session, Milestone.learner_id, learner.id, Milestone.id)
    referrals: list[Referral] = _latest(session, Referral.learner_id, learner.id, Referral.id)
    return Record(
        channels=_latest(session, Address.learner_id, learner.id, Address.id),
        consents=_latest(session, Consent.learner_id, learner.id, Consent.id),
        choice=choices[0] if choices else None,
        runs=_latest(session, Run.learner_id, learner.id, Run.id),
        steps=_steps(session, sealer, learner.id, commitments),
        milestones=[(one, masked(sealer, one.words)) for one in milestones],
        referrals=[Helped(one, service(content, one)) for one in referrals],
        picks=_latest(session, Pick.learner_id, learner.id, Pick.id),
        lessons=_lessons(session, learner.id),
        coming=_coming(session, learner.id),
    )


def _latest(
    session: Session,
    whose: InstrumentedAttribute[str],
    learner_id: str,
    order: InstrumentedAttribute[int],
    most: int = MOST,
) -> list[Any]:
    rows = select(whose.class_).where(whose == learner_id).order_by(order.desc()).limit(most)
    return list(session.scalars(rows))


def _steps(session: Session, sealer: Sealer, learner_id: str, commitments: list[Commitment]) -> list[Step]:
    told = select(CommitmentEvent).where(CommitmentEvent.learner_id == learner_id).order_by(CommitmentEvent.id)
    events = list(session.scalars(told))
    return [
        Step(masked(sealer, one.words), one, [e for e in events if e.commitment_id == one.id]) for one in commitments
    ]


def _lessons(session: Session, learner_id: str) -> list[LessonTaken]:
    taken = select(LessonTaken).where(LessonTaken.learner_id == learner_id)
    return list(session.scalars(taken.order_by(LessonTaken.changed_at.desc()).limit(MOST)))


def _coming(session: Session, learner_id: str) -> list[Message]:
    """What Rumbo will say first, and when."""
    planned = (Message.learner_id == learner_id, Message.kind == SCHEDULED, Message.status == Status.TODO)
    return list(session.scalars(select(Message).where(*planned).order_by(Message.not_before).limit(MOST)))


def masked(sealer: Sealer, words: bytes | None) -> str:
    return mask(sealer.unseal(words)).text if words else ""


def service(content: Content, one: Referral) -> str | None:
    """The name of the place; None when it is not for the team to see."""
    if one.sealed is not None:
        return None
    known = content.services.get(one.service or "")
    return known.name if known else one.service
