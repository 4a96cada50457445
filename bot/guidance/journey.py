"""The way from hello to a plan: which block follows which, how long is left, and what must come first."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.guidance.tables import Run, RunStatus
from bot.people import tracking
from bot.people.tables import Learner

FIRST = "bienvenida"
"""The block in which consent is asked."""

FREE = ("opt_out", "opt_in", "link_channel", "delete_my_data", "ask_privacy")
"""What needs no consent, besides what the first block lets through."""


def start(interview: str) -> str:
    """The payload that starts a block."""
    return "/start_interview" + json.dumps({"interview": interview})


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
    return sum(content.interviews[block].minutes for block in upcoming(session, content, learner_id))
