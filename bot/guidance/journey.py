"""The way from hello to a plan: which block follows which, how long is left, and what must come first."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.content.models import Interview
from bot.guidance import way
from bot.guidance.tables import Answer, Run, RunStatus
from bot.people import tracking
from bot.people.tables import Learner

START = "start"
WAVES = {30: "30", 90: "90", 180: "180"}
"""Days after the start from which the same questions may be asked again, and what that time is called."""
BASELINE, COMMITMENTS, FOLLOW_UP = "linea_base", "compromisos", "seguimiento"
FIRST = "bienvenida"
"""The block in which consent is asked."""

FREE = ("opt_out", "opt_in", "link_channel", "delete_my_data", "ask_privacy")
"""What needs no consent, besides what the first block lets through."""


def start(interview: str, **more: str) -> str:
    """The payload that starts a block. `q`: only to change that answer; `v`: what it is about, and what she says."""
    return "/start_interview" + json.dumps({"interview": interview, **more})


def begin(session: Session, learner_id: str, interview: Interview, about: int | None, at: datetime) -> Run:
    """A new run of a block."""
    run = Run(
        learner_id=learner_id,
        interview=interview.id,
        status=RunStatus.ACTIVE,
        tries=0,
        picks=[],
        helped=[],
        mending=False,
        wave=wave_of(session, learner_id, at) if interview.id == BASELINE else START,
        about=about,
        started_at=at,
        changed_at=at,
    )
    session.add(run)
    session.flush()
    return run


def wave_of(session: Session, learner_id: str, at: datetime) -> str:
    """Which time the baseline is asked at a moment: by the days since she first finished it."""
    mine = (Run.learner_id == learner_id, Run.interview == BASELINE, Run.status == RunStatus.DONE)
    first = session.scalar(select(func.min(Run.changed_at)).where(*mine, Run.wave == START))
    days = (at - first).days if first else 0
    return next((name for after, name in reversed(WAVES.items()) if days >= after - EARLY), START)


EARLY = 3
"""Days before its time from which a wave counts as that wave."""


def latest_with(session: Session, learner_id: str, question: str) -> Run | None:
    """The latest run in which a question was answered."""
    mine = select(Run).join(Answer, Answer.run_id == Run.id).where(Run.learner_id == learner_id)
    return session.scalars(mine.where(Answer.question == question).order_by(Run.id.desc()).limit(1)).first()


def gate(session: Session, learner: Learner, payload: str) -> str | None:
    """Who stopped messages is told how to return; who has not consented is welcomed first. None: the way is free."""
    intent = payload.lstrip("/").split("{")[0]
    if learner.opted_out_at and intent != "opt_in":
        return '/opt_out{"again": "yes"}' if intent != "opt_out" else "/opt_out"
    if intent in FREE or tracking.has_consented(session, learner.id):
        return None
    run = open_run(session, learner.id)
    welcoming = run is not None and run.status is RunStatus.ACTIVE and run.interview == FIRST
    return None if welcoming else start(FIRST)


def open_run(session: Session, learner_id: str) -> Run | None:
    """The block that is going on, or else the one paused last."""
    unfinished = (Run.learner_id == learner_id, Run.status.in_((RunStatus.ACTIVE, RunStatus.PAUSED)))
    return session.scalars(select(Run).where(*unfinished).order_by(Run.status, Run.changed_at.desc())).first()


def is_asking(session: Session, learner_id: str) -> bool:
    """Whether a question of ours waits for her answer."""
    run = open_run(session, learner_id)
    return run is not None and run.status is RunStatus.ACTIVE


def set_aside(session: Session, learner_id: str, at: datetime) -> None:
    """A question that waits is kept for later: what she opened now is longer than a look."""
    run = open_run(session, learner_id)
    if run and run.status is RunStatus.ACTIVE:
        run.status, run.changed_at = RunStatus.PAUSED, at


def paused(session: Session, learner_id: str, interview: str) -> Run | None:
    """A block she left half-way."""
    left = select(Run).where(Run.learner_id == learner_id, Run.interview == interview, Run.status == RunStatus.PAUSED)
    return session.scalars(left.order_by(Run.id.desc()).limit(1)).first()


def finished(session: Session, learner_id: str) -> set[str]:
    """The blocks she has been through."""
    return set(session.scalars(select(Run.interview).where(Run.learner_id == learner_id, Run.status == RunStatus.DONE)))


def blocks(content: Content) -> list[str]:
    """The blocks in their order, from the first along `then`."""
    order: list[str] = []
    block: str | None = FIRST
    while block and block not in order:
        order.append(block)
        block = content.interviews[block].then
    return order


def upcoming(session: Session, content: Content, learner_id: str) -> list[str]:
    """The blocks she has still before her, in order."""
    done = finished(session, learner_id)
    return [block for block in blocks(content) if block not in done]


def minutes_left(session: Session, content: Content, learner_id: str) -> int:
    """Minutes to the end of the way; of a block she is in, only what is left of it."""
    return sum(block_minutes(session, content, learner_id, block) for block in upcoming(session, content, learner_id))


def block_minutes(session: Session, content: Content, learner_id: str, block: str) -> int:
    """Minutes a block still takes her."""
    unfinished = (Run.learner_id == learner_id, Run.interview == block, Run.status != RunStatus.DONE)
    answered = session.scalars(select(Answer.question).join(Run, Run.id == Answer.run_id).where(*unfinished))
    return way.minutes(content.interviews[block], set(answered))
