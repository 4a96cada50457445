"""Reads the facts of all learners: one question to the database a fact, however many learners there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, cast, func, literal, select
from sqlalchemy.orm import Session

from bot.guidance.journey import BASELINE, START, WAVES
from bot.guidance.tables import (
    Answer,
    Commitment,
    CommitmentStatus,
    LessonTaken,
    Milestone,
    PathwayChoice,
    Run,
    RunStatus,
)
from bot.indicators.facts import Facts, Index, grouped
from bot.messages.tables import Message
from bot.people.tables import Address, Consent, Learner
from bot.referrals.states import State
from bot.referrals.tables import Referral

DIMENSIONS = ("pathway", "gender", "age_band", "state", "channel", "cohort")
YES: dict[str, tuple[str, frozenset[Any]]] = {
    "works": ("bl_trabaja", frozenset({"si"})),
    "business": ("bl_negocio", frozenset({"si"})),
    "studies": ("bl_estudia", frozenset({"si"})),
    "saves": ("bl_ahorra", frozenset({"seguido", "veces"})),
    "account": ("bl_cuenta", frozenset({"si"})),
    "confident": ("bl_confianza", frozenset({4, 5})),
}
"""The outcomes asked at every wave: the question, and which answers are a yes."""
SILENT = timedelta(days=7)
"""Without a message for so long, an open question is where she stopped."""
ACTIVE = timedelta(days=30)
REFERRED = (State.ACCEPTED, State.CONTACTED, State.ATTENDED, State.RESOLVED, State.FAILED)
PLEASED, DISPLEASED = "feedback_positive", "feedback_negative"

Pairs = Iterable[tuple[str, Any]]


def read(session: Session, at: datetime) -> Facts:
    """Everything; seconds with a hundred thousand learners, so nobody should wait for it twice."""
    who = select(Learner.id, Learner.pathway, Learner.gender, Learner.age_band, Learner.state, Learner.group_code)
    rows = session.execute(who.order_by(Learner.id)).all()
    index = Index({row.id: place for place, row in enumerate(rows)})
    where = dict(_pairs(session, _channels()))
    named = {name: [row[n + 1] for row in rows] for n, name in enumerate(("pathway", "gender", "age_band", "state"))}
    named |= {"channel": [where.get(row.id) for row in rows], "cohort": [row.group_code for row in rows]}
    start = index.numbers(_pairs(session, _since_start(session, at)))
    return Facts(
        at=at,
        groups={name: grouped(named[name]) for name in DIMENSIONS},
        flags=_flags(session, index, at),
        minutes=_minutes(session, index),
        answers=_answers(session, index),
        due={name: start >= days * 24 * 60 for days, name in ({0: START} | WAVES).items()},
        stopped=index.codes(_stopped(session, at)),
    )


def _pairs(session: Session, statement: Any) -> Pairs:
    return ((str(who), value) for who, value in session.execute(statement))


def _channels() -> Any:
    """The channel of each address, so that the one she wrote from last is named last."""
    return select(Address.learner_id, Address.channel).order_by(Address.last_inbound_at.nulls_first(), Address.id)


def minutes_between(session: Session, first: Any, last: Any) -> ColumnElement[float]:
    """Minutes between two moments, counted by the database."""
    if session.get_bind().dialect.name == "sqlite":
        return (func.julianday(last) - func.julianday(first)) * (24 * 60)
    return cast(func.extract("epoch", last - first), Float) / 60


def _since_start(session: Session, at: datetime) -> Any:
    """Minutes since each first finished the questions of the start."""
    moment = literal(at, Run.changed_at.type)
    spent = func.max(minutes_between(session, Run.changed_at, moment))
    done = (Run.interview == BASELINE, Run.wave == START, Run.status == RunStatus.DONE)
    return select(Run.learner_id, spent).where(*done).group_by(Run.learner_id)


def _flags(session: Session, index: Index, at: datetime) -> dict[str, Any]:
    last = select(Consent.learner_id, func.max(Consent.id).label("id")).group_by(Consent.learner_id).subquery()
    agreed = select(Consent.learner_id).join(last, last.c.id == Consent.id).where(Consent.given)
    asked = {
        "consented": agreed,
        "active": select(Address.learner_id).where(Address.last_inbound_at >= at - ACTIVE),
        "stopped_messages": select(Learner.id).where(Learner.opted_out_at.is_not(None)),
        "chose": select(PathwayChoice.learner_id).distinct(),
        "committed": select(Commitment.learner_id).distinct(),
        "did_a_step": select(Commitment.learner_id).where(Commitment.status == CommitmentStatus.DONE).distinct(),
        "reached_something": select(Milestone.learner_id).distinct(),
        "offered": select(Referral.learner_id).distinct(),
        "accepted": select(Referral.learner_id).where(Referral.status.in_(REFERRED)).distinct(),
        "attended": select(Referral.learner_id).where(Referral.status.in_((State.ATTENDED, State.RESOLVED))).distinct(),
        "failed": select(Referral.learner_id).where(Referral.status == State.FAILED).distinct(),
        "began_lesson": select(LessonTaken.learner_id).distinct(),
        "finished_lesson": select(LessonTaken.learner_id).where(LessonTaken.done_at.is_not(None)).distinct(),
        "pleased": select(Message.learner_id).where(Message.intent == PLEASED).distinct(),
        "displeased": select(Message.learner_id).where(Message.intent == DISPLEASED).distinct(),
    }
    flags = {name: index.flags(session.scalars(statement)) for name, statement in asked.items()}
    done = select(Run.interview, Run.learner_id).where(Run.status == RunStatus.DONE).distinct()
    by_block: dict[str, list[str]] = {}
    for block, learner in session.execute(done):
        by_block.setdefault(block, []).append(learner)
    return flags | {f"done:{block}": index.flags(learners) for block, learners in by_block.items()}


def _minutes(session: Session, index: Index) -> dict[str, Any]:
    """Of the first time a block was finished."""
    spent = func.min(minutes_between(session, Run.started_at, Run.changed_at))
    done = select(Run.interview, Run.learner_id, spent).where(Run.status == RunStatus.DONE)
    by_block: dict[str, list[tuple[str, float | None]]] = {}
    for block, learner, minutes in session.execute(done.group_by(Run.interview, Run.learner_id)):
        by_block.setdefault(block, []).append((learner, minutes))
    return {block: index.numbers(rows) for block, rows in by_block.items()}


def _answers(session: Session, index: Index) -> dict[tuple[str, str], Any]:
    """The outcomes by wave; a question she skipped is not known, of two answers the later counts."""
    meant: dict[str, tuple[str, frozenset[Any]]] = {question: (name, good) for name, (question, good) in YES.items()}
    asked = select(Answer.learner_id, Answer.question, Answer.wave, Answer.value)
    found: dict[tuple[str, str], dict[str, bool]] = {}
    rows = session.execute(asked.where(Answer.question.in_(meant)).order_by(Answer.at))
    for row in rows:
        name, good = meant[row.question]
        if row.value is not None:
            found.setdefault((name, row.wave), {})[row.learner_id] = row.value in good
    return {key: index.answers(rows.items()) for key, rows in found.items()}


def _stopped(session: Session, at: datetime) -> Iterable[tuple[str, str]]:
    """The last question each left open and did not come back to."""
    open_ = (Run.status.in_((RunStatus.ACTIVE, RunStatus.PAUSED)), Run.asked.is_not(None))
    silent = select(Run.learner_id, Run.interview, Run.asked).where(*open_, Run.changed_at < at - SILENT)
    for learner, block, question in session.execute(silent.order_by(Run.changed_at)):
        yield learner, f"{block}/{question}"
