from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.agenda import OCTETS, Agenda, Appointment, agenda
from bot.people.hours import zone
from tests.documents.builders import words

MADE = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
CENTRE = ZoneInfo("America/Mexico_City")
BACK = {"\\": "\\", "n": "\n", ",": ",", ";": ";"}


def read(file: bytes) -> list[tuple[str, str]]:
    """Names and values, unfolded and unescaped by the rule of RFC 5545, written again."""
    lines = file.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return [(name, unescaped(value)) for name, _, value in (line.partition(":") for line in lines)]


def unescaped(value: str) -> str:
    signs = iter(value)
    return "".join(BACK[next(signs)] if sign == "\\" else sign for sign in signs)


def of(*some: Appointment, where: ZoneInfo = CENTRE) -> dict[str, str]:
    return dict(reversed(read(agenda(Agenda(some, where, MADE)))))  # of two of a name the first


@pytest.mark.parametrize(
    ("state", "day", "start"),
    [
        ("CMX", date(2026, 12, 1), "20261201T160000Z"),
        ("SON", date(2026, 7, 1), "20260701T170000Z"),
        ("BCN", date(2026, 7, 1), "20260701T170000Z"),  # summer time
        ("BCN", date(2026, 12, 1), "20261201T180000Z"),
        ("ROO", date(2026, 12, 1), "20261201T150000Z"),
        (None, date(2026, 12, 1), "20261201T160000Z"),
    ],
)
def test_ten_in_the_morning_is_ten_by_her_clock(state: str | None, day: date, start: str) -> None:
    assert of(Appointment("1", "Mi paso", day, time(10)), where=zone(state))["DTSTART"] == start


def test_a_day_without_an_hour_is_a_whole_day() -> None:
    found = of(Appointment("1", "Mi paso", date(2026, 12, 31)))

    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert "TRIGGER" not in found


def test_an_hour_has_an_end_and_a_reminder() -> None:
    found = of(Appointment("1", "Mi paso", date(2026, 12, 1), time(23, 30), minutes=45))

    assert (found["DTSTART"], found["DTEND"]) == ("20261202T053000Z", "20261202T061500Z")
    assert found["TRIGGER"] == "-PT60M"


@given(words, words, st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.times() | st.none())
def test_words_come_back_as_they_went_in(what: str, place: str, day: date, hour: time | None) -> None:
    file = agenda(Agenda((Appointment("a-1", what, day, hour, place=place),), CENTRE, MADE))
    found = dict(reversed(read(file)))

    assert found["SUMMARY"] == shown(what)
    assert found.get("LOCATION", "") == shown(place)
    assert all(len(line) <= OCTETS for line in file.split(b"\r\n"))
    assert file.count(b"\n") == file.count(b"\r\n")


def shown(text: str) -> str:
    return "".join(sign for sign in text if sign == "\n" or sign.isprintable()).strip()


def test_nothing_can_be_slipped_in() -> None:
    file = agenda(Agenda((Appointment("1", "a\r\nBEGIN:VEVENT\r\nATTACH:x", date(2026, 12, 1)),), CENTRE, MADE))

    assert file.count(b"\r\nBEGIN:VEVENT") == 1
    assert b"\r\nATTACH" not in file


def test_all_of_them_in_one_file_in_order_and_always_the_same() -> None:
    some = tuple(Appointment(f"{n}", f"Paso {n}", date(2026, 12, 1) + timedelta(n)) for n in range(4))
    file = agenda(Agenda(some, CENTRE, MADE))

    assert [value for name, value in read(file) if name == "UID"] == ["0", "1", "2", "3"]
    assert file == agenda(Agenda(some, CENTRE, MADE))
    assert file.startswith(b"BEGIN:VCALENDAR\r\n") and file.endswith(b"END:VCALENDAR\r\n")
