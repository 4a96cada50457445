"""Asking for a person: told when one is there, a day and a part of it by taps, and asked afterwards."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from bot import office
from bot.care.tables import Incident
from bot.guidance.pages.calling import announced
from bot.guidance.pages.registry import show
from bot.messages.tables import SCHEDULED, Message, Status
from bot.people.tables import Learner
from bot.staff.case_tables import CallBack
from tests.guidance.desk import Desk
from tests.guidance.test_talks import welcomed

WEDNESDAY = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
"""Eleven in the morning in the centre of Mexico."""
NIGHT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
"""Friday, nine in the evening."""


def tap(desk: Desk, session, at: datetime, page: str, value: str = "", number: int = 1):
    person = desk.person(session)
    person.at = at
    return show(person, page, value, number)


def led(bubble) -> list[tuple[str, str]]:
    return [tuple(json.loads(p.removeprefix("/see")).values()) for _, p in bubble.buttons if p.startswith("/see")]


@pytest.fixture
def desk(small_house):
    desk = Desk(small_house)
    welcomed(desk)
    return desk


def test_she_is_told_when_somebody_is_there(desk):
    with desk.house.db.write() as session:
        person = desk.person(session)
        said = []
        for person.at in (WEDNESDAY, NIGHT):
            said.append(announced(person)[-1].text)
    assert "hasta las 6:00 de la tarde" in said[0] and "30 de noviembre, desde las 9:00 de la mañana" in said[1]


def test_a_call_is_asked_for_by_taps_and_asked_about_afterwards(desk):
    with desk.house.db.write() as session:
        session.execute(update(Learner).values(may_remind=True))
        days = tap(desk, session, NIGHT, "call")[-1]
        assert led(days)[0] == ("call_day", "2026-11-30") and days.buttons[0][0] == "Lunes 30"
        parts = tap(desk, session, NIGHT, *led(days)[0])[-1]
        said = tap(desk, session, NIGHT, *led(parts)[1], number=7)[-1]
        tap(desk, session, NIGHT, *led(parts)[1], number=7)  # the same message once more
        wish = session.scalars(select(CallBack)).one()
        asked = session.get_one(Message, wish.asked_id)
        assert "por la tarde" in said.text and (wish.day, wish.part) == (date(2026, 11, 30), "pm")
        assert (asked.kind, asked.not_before) == (SCHEDULED, datetime(2026, 12, 1, 0, 15, tzinfo=UTC))
        tap(desk, session, NIGHT, "call_at", "2026-12-01:am", number=8)
        open_ones = session.scalars(select(CallBack).where(CallBack.closed_at.is_(None))).all()
        assert [one.day for one in open_ones] == [date(2026, 12, 1)] and asked.status == Status.FAILED


def test_who_was_not_called_is_on_the_team_s_list_again(desk):
    with desk.house.db.write() as session:
        tap(desk, session, WEDNESDAY, "call_at", "2026-11-26:am", number=7)
        wish = session.scalars(select(CallBack)).one()
        message = session.scalars(select(Message.id)).first()
        assert "urgencia" in tap(desk, session, WEDNESDAY, "called_no", str(wish.id), number=message)[-1].text
        assert session.scalars(select(Incident.severity)).one() == "high" and wish.called is False
        tap(desk, session, WEDNESDAY, "called_yes", str(wish.id), number=9)
        assert wish.called is True and wish.closed_at is not None
        assert tap(desk, session, WEDNESDAY, "called_yes", "77")[-1].content_id == "nothing_open"


@pytest.mark.parametrize("value", ["", "nonsense", "2026-11-29:am", "2020-01-01:am", "2026-11-26:xx", "2027-01-05:am"])
def test_a_day_that_was_not_offered_leads_to_the_days(desk, value):
    with desk.house.db.write() as session:
        assert tap(desk, session, WEDNESDAY, "call_at", value)[-1].content_id == "call_day"
        assert session.scalars(select(CallBack)).all() == []


@pytest.mark.parametrize("text", ["", "1-5", "5-1 09:00-18:00", "1-5 18:00-09:00", "1-5 29:00-29:30"])
def test_office_hours_that_make_no_sense_are_refused(text):
    with pytest.raises(ValueError, match="hour"):
        office.read(text)


def test_what_is_left_of_a_day():
    ours = office.read("1-5 09:00-18:00")
    assert ours.parts(date(2026, 11, 25), WEDNESDAY) == ["am", "pm"]
    assert ours.parts(date(2026, 11, 25), WEDNESDAY.replace(hour=21)) == ["pm"]
    assert ours.days(WEDNESDAY)[0] == date(2026, 11, 25) and ours.days(NIGHT)[0] == date(2026, 11, 30)
    assert office.read("1-7 09:00-13:00").parts(date(2026, 11, 29), NIGHT) == ["am"]
