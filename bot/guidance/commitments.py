"""Her commitments as rows: which are open, how one reads, what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.content.models import TITLE
from bot.db import insert_once
from bot.guidance.days import spoken
from bot.guidance.hours import spoken_hour
from bot.guidance.tables import Commitment, CommitmentEvent, CommitmentStatus
from bot.people.privacy import Sealer

MOST = 4
"""Open commitments at the same time."""

SAVING = "meta_ahorro"
"""The step of a goal she saves for (`goals.py`): it comes back every week until it is reached."""


def is_goal(one: Commitment) -> bool:
    return one.step == SAVING


def open_ones(session: Session, learner_id: str) -> list[Commitment]:
    """What she still means to do, the nearest day first; without a day at the end."""
    mine = (Commitment.learner_id == learner_id, Commitment.status == CommitmentStatus.OPEN)
    found = session.scalars(select(Commitment).where(*mine).order_by(Commitment.id)).all()
    return sorted(found, key=lambda c: (c.day is None, str(c.day), c.hour or ""))


def latest_done(session: Session, learner_id: str) -> Commitment | None:
    """The last thing she did of what she meant to do."""
    mine = (Commitment.learner_id == learner_id, Commitment.status == CommitmentStatus.DONE)
    return session.scalars(select(Commitment).where(*mine).order_by(Commitment.id.desc()).limit(1)).first()


def when(content: Content, one: Commitment) -> str:
    """Its day and hour in words; empty while it has no day."""
    if one.day is None:
        return ""
    if not one.hour:
        return spoken(one.day)
    return content.words("plan_when", day=spoken(one.day), hour=spoken_hour(one.hour))


def title(sealer: Sealer, one: Commitment) -> str:
    """Its beginning, as short as a button is."""
    said = sealer.unseal(one.words)
    return said if len(said) <= TITLE else f"{said[: TITLE - 1].rstrip()}…"


def short(sealer: Sealer, content: Content, one: Commitment) -> str:
    """One line: what, and when."""
    said, day = sealer.unseal(one.words), when(content, one)
    return f"«{said}» ({day})" if day else f"«{said}»"


def whole(sealer: Sealer, content: Content, one: Commitment) -> str:
    """Everything agreed about it, a line each; what was not said is left out."""
    lines = [content.words("plan_step_open", step=sealer.unseal(one.words))]
    if day := when(content, one):
        lines.append(content.words("plan_step_when", day=day))
    where = [sealer.unseal(w) for w in (one.place, one.company) if w]
    if where:
        lines.append(content.words("plan_step_where", place=", ".join(where)))
    if one.if_then:
        obstacle = sealer.unseal(one.obstacle) if one.obstacle else content.words("plan_something")
        lines.append(content.words("plan_step_if", obstacle=obstacle, action=sealer.unseal(one.if_then)))
    return "\n".join(lines)


def note(
    session: Session, one: Commitment, message_id: int, what: str, at: datetime, reason: str | None = None
) -> None:
    """Write down what became of it. The same message again changes nothing."""
    row = {"commitment_id": one.id, "learner_id": one.learner_id, "message_id": message_id, "what": what}
    insert_once(session, CommitmentEvent, {**row, "reason": reason, "at": at})
