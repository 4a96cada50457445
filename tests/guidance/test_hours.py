"""Hours as people say them, days that are over, and when a learner may be written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.days import past_day
from bot.guidance.hours import hour, spoken_hour
from bot.people.hours import CLOSES, OPENS, ZONES, allowed, zone

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "said, when",
    [
        ("a las 5", "17:00"),
        ("a las 8", "08:00"),
        ("5 y media de la tarde", "17:30"),
        ("17:30", "17:30"),
        ("en la mañana", "09:00"),
        ("mediodía", "12:00"),
        ("las ocho", "08:00"),
        ("a la una", "13:00"),
        ("6 de la mañana", "06:00"),
        ("a las 10 de la noche", "22:00"),
        ("no sé", None),
        ("25:00", None),
    ],
)
def test_an_hour_is_understood(said, when):
    assert hour(said) == when


@given(st.integers(0, 23), st.integers(0, 59))
def test_an_hour_written_as_a_clock_is_itself_and_can_be_said(number, minute):
    written = f"{number:02}:{minute:02}"
    assert hour(written) == written
    assert spoken_hour(written).startswith(f"{number % 12 or 12}:{minute:02} de la ")


@pytest.mark.parametrize(
    "said, when",
    [
        ("hoy", SUNDAY),
        ("ayer", date(2026, 11, 21)),
        ("antier", date(2026, 11, 20)),
        ("el lunes", date(2026, 11, 16)),
        ("hace dos semanas", date(2026, 11, 8)),
        ("15 de marzo", date(2026, 3, 15)),
        ("el 30", date(2026, 10, 30)),
        ("no me acuerdo", None),
    ],
)
def test_a_day_that_is_over_is_understood(said, when):
    assert past_day(said, SUNDAY) == when


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.sampled_from([*ZONES, "JAL", None]))
def test_nobody_is_written_to_at_night_and_nothing_waits_longer_than_a_night(moment, state):
    found = allowed(state, moment)
    assert OPENS <= found.astimezone(zone(state)).time() < CLOSES
    assert timedelta() <= found - moment < timedelta(hours=14)


@given(MOMENTS, st.sampled_from([*ZONES, "JAL"]))
def test_by_day_nothing_waits(moment, state):
    by_day = moment.astimezone(zone(state)).replace(hour=12)
    assert allowed(state, by_day) == by_day


def test_the_clock_is_that_of_her_state():
    late = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # 20:30 in the centre, 18:30 in Tijuana
    assert allowed("BCN", late) == late
    assert allowed("JAL", late).astimezone(zone("JAL")).time() == time(9)
