"""How the databases look for the next message, when many were written and many wait for their time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Select, func, select, text

from bot.db import now, table
from bot.messages import queue
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.runtime import Runtime
from tests.builders import write

OVER, LATER = 3_000, 1_000


@pytest.fixture
def full(house) -> Runtime:
    """Answered messages, planned ones, and statistics that say so."""
    at = now()
    write(house, "hola", at=at)
    with house.db.write() as session:
        mine = session.scalars(select(Message)).one()
        same = {name: getattr(mine, name) for name in ("learner_id", "address_id", "channel", "sealed", "created_at")}
        over = [same | {"direction": way, "status": Status.DONE} for way in Direction] * (OVER // 2)
        planned = {"direction": Direction.OUT, "not_before": at + timedelta(days=3), "kind": SCHEDULED}
        session.execute(table(Message).insert(), over)
        session.execute(table(Message).insert(), [same | planned | {"status": Status.TODO}] * LATER)
        session.execute(text("ANALYZE"))
        assert session.scalar(select(func.count(Message.id))) == 1 + OVER + LATER
    return house


def plan(house: Runtime, asked: Select) -> list[str]:
    with house.db.read() as session:
        bind = session.get_bind()
        how = "EXPLAIN QUERY PLAN" if bind.dialect.name == "sqlite" else "EXPLAIN"
        statement = asked.compile(bind, compile_kwargs={"literal_binds": True})
        return [str(row[-1]) for row in session.connection().exec_driver_sql(f"{how} {statement}")]


def is_found_by_its_time(how: list[str]) -> bool:
    searched = [line for line in how if "ix_message_queue" in line or "Index Cond" in line]
    return any("not_before" in line for line in searched) and "pk_message" not in str(how)


@pytest.mark.parametrize("direction, nobody", [(Direction.IN, "nobody"), (Direction.OUT, 0)])
def test_what_waits_for_its_time_is_not_read_to_find_what_is_due(full, direction, nobody):
    given = {"now": now(), "ahead": now() + timedelta(seconds=30), "in_hand": [nobody]}
    how = plan(full, queue._to_claim(direction).params(given))
    assert is_found_by_its_time(how), how


def test_what_is_over_is_not_read_to_find_cries_for_help(full):
    how = plan(full, queue.to_hear(0))
    assert is_found_by_its_time(how), how
