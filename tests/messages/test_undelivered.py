"""What did not reach her: who of the team is told, why, and how soon it matters."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.care.tables import Incident, IncidentKind
from bot.content.library import Bubble
from bot.db import now
from bot.messages import inbox
from bot.messages.outbox import ATTEMPTS
from bot.messages.tables import Direction, Message, Status
from bot.runtime import Runtime
from channels.base import (
    Blocked,
    Delivery,
    Outage,
    Receipt,
    Refused,
    Unreachable,
)
from tests.fakes import FakeChannel
from tests.messages.sending import everything, free, outbox_of, rows, say, stand


def told(house: Runtime) -> list[tuple[int | None, IncidentKind, str, str | None]]:
    with house.db.read() as session:
        return [(i.message_id, i.kind, i.severity, i.pattern) for i in session.scalars(select(Incident))]


async def test_what_could_not_be_sent_is_shown_to_staff_once_with_its_reason(house):
    say(house, "uno")
    box = outbox_of(house, FakeChannel(*[Outage("HTTP 503")] * ATTEMPTS))
    for _ in range(ATTEMPTS):
        assert told(house) == []
        free(house)
        await everything(box)
    message = rows(house)[0]
    assert (message.status, message.attempts) == (Status.FAILED, ATTEMPTS)
    why = f"{Outage.__doc__} HTTP 503"[:80]
    assert told(house) == [(message.id, IncidentKind.UNDELIVERED, "concern", why)]
    again(house)
    await everything(outbox_of(house, FakeChannel(Refused("63005"))))
    assert stand(house) == [Status.FAILED] and len(told(house)) == 1


def again(house: Runtime) -> None:
    """As docs/operations.md says."""
    with house.db.write() as session:
        session.execute(
            update(Message).where(Message.direction == Direction.OUT).values(status=Status.TODO, attempts=0, strikes=0)
        )
    free(house)


async def test_a_help_line_that_got_lost_is_urgent(small_house):
    say(small_house, Bubble("800 911 2000", content_id="care/self_harm"))
    await everything(outbox_of(small_house, FakeChannel(Refused())))
    assert [(kind, severity) for _, kind, severity, _ in told(small_house)] == [(IncidentKind.UNDELIVERED, "now")]


@pytest.mark.parametrize(("error", "count"), [(Blocked(), 0), (Unreachable(), 1)])
async def test_who_blocked_us_is_nobodys_task_and_a_lost_telephone_is_one(small_house, error, count):
    say(small_house, "uno", "dos", "tres")
    await everything(outbox_of(small_house, FakeChannel(error)))
    assert stand(small_house) == [Status.FAILED] * 3 and len(told(small_house)) == count


@pytest.mark.parametrize(("error", "count"), [(Refused("30008"), 1), (None, 1), (Blocked(), 0), (Outage(), 0)])
async def test_what_the_service_took_and_could_not_bring_is_shown_too(small_house, error, count):
    say(small_house, "uno")
    await everything(outbox_of(small_house, FakeChannel()))
    with small_house.db.write() as session:
        for _ in range(2):
            inbox.receive(session, "fake", Receipt("fake-1", Delivery.FAILED, error), now())
    assert len(told(small_house)) == count
