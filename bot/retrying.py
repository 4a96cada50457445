"""Trying again what was given up. Only a learner's last message: an old "sí" must not answer a newer question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from bot import spool, spool_files
from bot.messages.tables import AT_ONCE, Direction, Message, Status
from bot.runtime import Runtime


@dataclass(frozen=True)
class GivenUp:
    """An inbound message without an answer, and whether it is still the last thing she wrote."""

    id: int
    reason: str
    is_last: bool


def run(house: Runtime, really: bool) -> Iterator[str]:
    """Count what was given up, and try it again if `really`. Yields what there is to say, a line each."""
    with house.db.write() if really else house.db.read() as session:
        found = find(session)
        moved = again(session, found) if really else 0
    for reason, (can, late) in by_reason(found).items():
        yield f"{can:5} to try, {late:5} too late (she has written since)  {reason}"
    broken = spool.folder(house) / "broken"
    if really:
        yield f"{moved} messages and {spool_files.put_back(house)} files of {broken} will be tried again."
    else:
        yield f"{spool_files.state(house).broken} files in {broken}. To try all of it again: rumbo retry --yes"


def find(session: Session) -> list[GivenUp]:
    """All of them, by reason."""
    later = aliased(Message)
    wrote = exists().where(
        later.learner_id == Message.learner_id, later.direction == Direction.IN, later.id > Message.id
    )
    failed = (Message.direction == Direction.IN, Message.status == Status.FAILED)
    chosen = select(Message.id, Message.reason, wrote).where(*failed)
    rows = session.execute(chosen.order_by(Message.reason, Message.id))
    return [GivenUp(number, reason or "", not has_written) for number, reason, has_written in rows]


def by_reason(found: list[GivenUp]) -> dict[str, tuple[int, int]]:
    """For each reason how many can be tried again, and how many come too late."""
    groups = groupby(found, key=lambda one: one.reason)
    counted = {reason: [one.is_last for one in group] for reason, group in groups}
    return {reason: (sum(last), len(last) - sum(last)) for reason, last in counted.items()}


def again(session: Session, found: list[GivenUp]) -> int:
    """Put back what can be tried again. Returns how many.

    The apology stood in the place of the answer: one that has left stays in the conversation and answers nothing any
    more, one that has not is taken away. What the message had led to before it failed is remembered and not done twice.
    """
    numbers = [one.id for one in found if one.is_last]
    for number in numbers:
        apology = (Message.answers_id == number, Message.part >= 0)
        session.execute(delete(Message).where(*apology, Message.status == Status.TODO))
        session.execute(update(Message).where(*apology).values(answers_id=None, part=None))
        mine = update(Message).where(Message.id == number, Message.status == Status.FAILED)
        session.execute(mine.values(status=Status.TODO, strikes=0, not_before=AT_ONCE))
    return len(numbers)
