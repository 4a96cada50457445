"""Wrong becomes repair: a judgement proposes an example, an editor accepts it, and a later model understands it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.db import insert_once
from bot.messages.tables import Message
from bot.review import sentences
from bot.review.agreement import Agreement, agreement
from bot.review.sentences import Places, Refused
from bot.review.tables import Example, Review, Stage
from bot.staff import audit

MOST = 100
"""Examples a model is asked about at once."""


def judge(
    session: Session,
    message: Message,
    staff_id: int,
    right: bool,
    should: str | None,
    tone: bool,
    safe: bool,
    at: datetime,
) -> None:
    """Keep one reviewer's word; again is a change of mind."""
    said = {"right": right, "should": None if right else should, "tone": tone, "safe": safe, "at": at}
    who = {"message_id": message.id, "learner_id": message.learner_id, "staff_id": staff_id}
    if not insert_once(session, Review, who | said):
        mine = (Review.message_id == message.id, Review.staff_id == staff_id)
        held = session.scalars(select(Review).where(*mine)).one()
        for name, value in said.items():
            setattr(held, name, value)
    audit.write(session, staff_id, "reviewed", at, message.learner_id, f"message {message.id}: {_told(right, should)}")


def _told(right: bool, should: str | None) -> str:
    return "right" if right else f"wrong, {should or 'no topic of ours'}"


def propose(session: Session, message: Message, intent: str, staff_id: int, at: datetime) -> bool:
    """A masked message as a candidate. False when there is one of this message already, or nothing to read."""
    if not message.masked:
        return False
    row = {"message_id": message.id, "learner_id": message.learner_id, "text": " ".join(message.masked.split())}
    more = {"intent": intent, "stage": Stage.PROPOSED, "proposed_by": staff_id, "at": at}
    if not insert_once(session, Example, row | more):
        return False
    audit.write(session, staff_id, "example_proposed", at, message.learner_id, f"message {message.id}: {intent}")
    return True


def accept(session: Session, one: Example, text: str, intent: str, staff_id: int, places: Places, at: datetime) -> None:
    """The example is written to the training data, last of all: when that fails nothing has changed.

    Raises `Refused`. One that stands there already, because an earlier try got so far, is accepted too.
    """
    _decide(one, Stage.ACCEPTED, staff_id, at)
    one.text, one.intent = " ".join(text.split()), intent
    audit.write(session, staff_id, "example_accepted", at, one.learner_id, f"example {one.id}: {intent}")
    session.flush()
    problem = sentences.why_not(one.text, intent, places)
    if problem != "twice":
        sentences.add(one.text, intent, places)


def reject(session: Session, one: Example, staff_id: int, at: datetime) -> None:
    """Raises `Refused` when it was decided before."""
    _decide(one, Stage.REJECTED, staff_id, at)
    audit.write(session, staff_id, "example_rejected", at, one.learner_id, f"example {one.id}")


def _decide(one: Example, stage: Stage, staff_id: int, at: datetime) -> None:
    if one.stage is not Stage.PROPOSED:
        raise Refused("decided")
    one.stage, one.decided_by, one.decided_at = stage, staff_id, at


def unproven(session: Session, model: str) -> list[Example]:
    """Accepted, not yet understood by any model, and this one was not asked."""
    open_ = (Example.stage == Stage.ACCEPTED, Example.fixed_in.is_(None))
    asked = Example.checked_in.is_(None) | (Example.checked_in != model)
    return list(session.scalars(select(Example).where(*open_, asked).order_by(Example.id).limit(MOST)))


def prove(examples: list[Example], model: str, understand: Callable[[str], str | None]) -> int:
    """Ask a model about each; how many it understands. `keep_proof` keeps it."""
    for one in examples:
        one.checked_in = model
        if understand(one.text) == one.intent:
            one.fixed_in = model
    return sum(one.fixed_in == model for one in examples)


def keep_proof(session: Session, examples: list[Example]) -> None:
    """What `prove` found. Whose learner was erased meanwhile does not come back."""
    for one in examples:
        found = {"checked_in": one.checked_in, "fixed_in": one.fixed_in}
        session.execute(update(Example).where(Example.id == one.id).values(found))


def fixed(session: Session, learner_id: str) -> dict[int, Example]:
    """The examples that came of a learner's messages, by message."""
    found = session.scalars(select(Example).where(Example.learner_id == learner_id))
    return {one.message_id: one for one in found}


def agreed(session: Session) -> Agreement:
    """Of all messages that two reviewed: the first two words on each."""
    said: dict[int, list[bool]] = {}
    for message, right in session.execute(select(Review.message_id, Review.right).order_by(Review.id)):
        said.setdefault(message, []).append(right)
    return agreement([(words[0], words[1]) for words in said.values() if len(words) > 1])
