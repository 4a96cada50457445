"""Who she was at a turn: what was known by then, as far as it is still kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.guidance.tables import Answer, Commitment, PathwayChoice, Run
from bot.people.tables import Consent


@dataclass(frozen=True)
class Then:
    """`answers`: question and answer by then (no free words). `later`: how many were given or changed since."""

    at: datetime
    consent: bool | None
    pathway: str | None
    answers: list[tuple[str, str | None]]
    commitments: int
    later: int


def profile(session: Session, content: Content, learner_id: str, at: datetime) -> Then:
    """An answer that was changed afterwards keeps only its new time, so its earlier value is not known."""
    rows = select(Answer, Run.interview).join(Run, Run.id == Answer.run_id).where(Answer.learner_id == learner_id)
    given = session.execute(rows.order_by(Answer.at, Answer.run_id)).all()
    consents = select(Consent.given).where(Consent.learner_id == learner_id, Consent.at <= at)
    choices = select(PathwayChoice.chosen).where(PathwayChoice.learner_id == learner_id, PathwayChoice.at <= at)
    made = select(func.count()).where(Commitment.learner_id == learner_id, Commitment.at <= at)
    return Then(
        at=at,
        consent=session.scalar(consents.order_by(Consent.id.desc()).limit(1)),
        pathway=session.scalar(choices.order_by(PathwayChoice.id.desc()).limit(1)),
        answers=[told(content, block, answer) for answer, block in given if answer.at <= at],
        commitments=int(session.scalar(made) or 0),
        later=sum(answer.at > at for answer, _ in given),
    )


def told(content: Content, block: str, answer: Answer) -> tuple[str, str | None]:
    """The question's name and the titles of the options; None for her own words, and for what she skipped."""
    questions = content.interviews[block].questions if block in content.interviews else []
    asked = next((q for q in questions if q.id == answer.question), None)
    titles = {o.id: o.title for o in asked.options} if asked else {}
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    told = [titles.get(str(value), str(value)) for value in values if value is not None]
    return (asked.label if asked and asked.label else answer.question), ", ".join(told) or None
