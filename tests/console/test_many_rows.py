"""A page asks the database as often for 300 rows as for one: lists, filters, and one long conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, event, select

from bot.db import now
from bot.guidance.days import today
from bot.guidance.tables import Answer, Run, RunStatus
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Learner
from bot.staff.case_tables import CallBack, Charge, Label, RequestKind, RightsRequest
from tests.console.desk import people, sit

PATHS = (
    "/conversaciones",
    "/conversaciones?label=casa",
    "/conversaciones?mine=1",
    "/conversaciones?unread=1&unanswered=1",
    "/ahora",
    "/solicitudes",
)


@contextmanager
def asked(house) -> Iterator[list[str]]:
    """The statements of this while."""
    found: list[str] = []
    listen = lambda *args: found.append(args[2])  # noqa: E731
    event.listen(house.db.engine, "before_cursor_execute", listen)
    yield found
    event.remove(house.db.engine, "before_cursor_execute", listen)


def marked(house, many: int) -> None:
    """So many people, each with a label, somebody in charge, a request and a wish to be called."""
    with house.db.write() as session:
        for table in (Label, Charge, RightsRequest, CallBack, Message, Address, Learner):
            session.execute(delete(table))
    people(house, many)
    at, day = now(), today(now())
    with house.db.write() as session:
        for who in session.scalars(select(Learner.id)):
            one = {"learner_id": who, "staff_id": 1}
            session.add(Label(**one, name="casa", at=at))
            session.add(Charge(**one, at=at))
            session.add(RightsRequest(**one, kind=RequestKind.ACCESS, asked_on=day, due_on=day + timedelta(days=9)))
            session.add(CallBack(learner_id=who, message_id=1, day=day, part="am", at=at))


@pytest.mark.parametrize("path", PATHS)
def test_one_row_and_many_take_the_same_number_of_questions(small_house, path):
    browser, counted = sit(small_house), []
    browser.get(path)  # the first visit also reads what is kept afterwards
    for many in (1, 300):
        marked(small_house, many)
        with asked(small_house) as statements:
            page = browser.get(path).text
        assert "l00" in page  # there are rows on it
        counted.append(len(statements))
    assert counted[0] == counted[1] > 3


def test_a_long_conversation_takes_as_many_questions_as_a_short_one(small_house):
    people(small_house, 1)
    browser, counted = sit(small_house), []
    for many in (1, 60):
        spoken(small_house, many)
        with asked(small_house) as statements:
            page = browser.get("/conversaciones/l00000?live=1").text
        assert page.count('class="changed"') == many
        counted.append(len(statements))
    assert counted[0] == counted[1] > 3


def spoken(house, turns: int) -> None:
    """Turns that each leave an answer behind."""
    at = now()
    with house.db.write() as session:
        for table in (Answer, Run, Message):
            session.execute(delete(table))
        address = session.scalars(select(Address)).one()
        run = Run(learner_id="l00000", interview="tengo", status=RunStatus.ACTIVE, started_at=at, changed_at=at)
        session.add(run)
        session.flush()
        for n in range(turns):
            message = Message(learner_id="l00000", address_id=address.id, channel="web", direction=Direction.IN)
            message.created_at = message.not_before = at
            message.status, message.sealed, message.masked = Status.DONE, b"", "hola"
            session.add(message)
            session.flush()
            what = {"question": f"q{n}", "value": "x", "message_id": message.id, "at": at}
            session.add(Answer(run_id=run.id, learner_id="l00000", **what))
