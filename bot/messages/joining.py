"""Two histories become one, or a channel leaves one: what only the team may do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, insert, literal, select, tuple_, update
from sqlalchemy.orm import Session

from bot.config import RumboError
from bot.db import Base
from bot.messages.tables import Direction, Message, SaidWord, Status
from bot.messages.words import words
from bot.people.privacy import new_id
from bot.people.tables import Address, Learner

TOLD = ("called", "age_band", "state", "municipality", "pathway", "gender", "phone", "group_code")
"""What the newcomer's record fills in where the other says nothing."""

UNLINKED = "This channel does not belong to her any more."


class CannotUnlink(RumboError):
    """An address cannot leave. The text names the reason: only (there is no other), busy (she is being answered)."""


def merge(session: Session, newcomer: Learner, learner: Learner) -> None:
    """Everything of the newcomer becomes the learner's. Where both have one, the learner's counts.

    Tables are found by their `learner_id`, as erasure does.
    """
    for name in TOLD:
        if getattr(learner, name) is None:
            setattr(learner, name, getattr(newcomer, name))
    learner.opted_out_at = learner.opted_out_at or newcomer.opted_out_at
    learner.held_at = learner.held_at or newcomer.held_at
    learner.busy_since, learner.busy_until = newcomer.busy_since, newcomer.busy_until
    session.flush()
    run = Base.metadata.tables["run"]  # by its name: guidance stands on top of this
    session.execute(
        update(run).where(run.c.learner_id == newcomer.id, run.c.status == "active").values(status="paused")
    )
    for table in Base.metadata.sorted_tables:
        if "learner_id" in table.c:
            _move(session, table, newcomer.id, learner.id)
    session.execute(delete(Learner).where(Learner.id == newcomer.id))
    session.expire_all()


def _move(session: Session, table: Table, before: str, after: str) -> None:
    """Rows whose key the learner has already go; the others change hands."""
    hers = table.c.learner_id == before
    others = [column for column in table.primary_key if column.name != "learner_id"]
    if table.c.learner_id.primary_key:
        held = session.execute(select(table.c.learner_id, *others).where(table.c.learner_id == after)).all()
        same = tuple_(*others).in_([tuple(row[1:]) for row in held]) if others else literal(bool(held))
        session.execute(delete(table).where(hers, same))
    session.execute(update(table).where(hers).values(learner_id=after))


def unlink(session: Session, address: Address, at: datetime) -> str:
    """The address and what was said over it become somebody new, who is asked for consent again. Her id.

    What she answered stays where it is: it is not known over which channel it counts. Raises `CannotUnlink`.
    """
    before = address.learner_id
    learner = session.get_one(Learner, before)
    if session.scalar(select(func.count()).where(Address.learner_id == before)) == 1:
        raise CannotUnlink("only")
    if learner.busy_until and learner.busy_until > at:
        raise CannotUnlink("busy")
    fresh = Learner(id=new_id(), created_at=at, locale=learner.locale, unsure=0)
    session.add(fresh)
    session.flush()
    waiting = (Message.address_id == address.id, Message.direction == Direction.OUT, Message.status == Status.TODO)
    session.execute(update(Message).where(*waiting).values(status=Status.FAILED, reason=UNLINKED))
    said = select(Message.id).where(Message.address_id == address.id)
    for table in Base.metadata.sorted_tables:
        if table.name in ("turn", "incident"):
            moved = (table.c.learner_id == before, table.c.message_id.in_(said))
            session.execute(update(table).where(*moved).values(learner_id=fresh.id))
    session.execute(update(Message).where(Message.address_id == address.id).values(learner_id=fresh.id))
    address.learner_id = fresh.id
    for who in (before, fresh.id):
        _find_again(session, who)
    return fresh.id


def _find_again(session: Session, learner_id: str) -> None:
    """The words by which a conversation is found, from what is left in it."""
    session.execute(delete(SaidWord).where(SaidWord.learner_id == learner_id))
    mine = (Message.learner_id == learner_id, Message.direction == "in", Message.masked.is_not(None))
    found = {word for text in session.scalars(select(Message.masked).where(*mine)) for word in words(text or "")}
    rows: list[dict[str, Any]] = [{"word": word, "learner_id": learner_id} for word in sorted(found)]
    if rows:
        session.execute(insert(SaidWord), rows)
