"""A calendar file of what she agreed to (RFC 5545), for the calendar of her telephone.

By hand: a few lines of text, and no library that would have to be kept. Hours are written in UTC, reckoned from the
clock of her state, so that the file needs no description of a time zone. Nothing is in it but what is passed: on a
shared telephone, pass words that tell nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OCTETS = 75
"""A longer line is folded (RFC 5545, 3.1)."""
SIGNS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
REMINDER = timedelta(hours=1)


@dataclass(frozen=True)
class Appointment:
    """One commitment. `uid` stays the same when it is moved: the calendar then moves it too. No hour: the whole day."""

    uid: str
    what: str
    day: date
    hour: time | None = None
    minutes: int = 60
    place: str = ""


@dataclass(frozen=True)
class Agenda:
    """`zone` is the clock of her state; `made`, an aware moment, is written as the time of making."""

    appointments: tuple[Appointment, ...]
    zone: ZoneInfo
    made: datetime


def agenda(of: Agenda) -> bytes:
    """The file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rumbo//ES", "METHOD:PUBLISH"]
    for one in of.appointments:
        lines += _event(one, of.zone, of.made)
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(one: Appointment, zone: ZoneInfo, made: datetime) -> list[str]:
    place = [f"LOCATION:{_text(one.place)}"] if one.place.strip() else []
    head = ["BEGIN:VEVENT", f"UID:{_text(one.uid)}", f"DTSTAMP:{_moment(made)}"]
    return [*head, *_when(one, zone), f"SUMMARY:{_text(one.what)}", *place, *_alarm(one), "END:VEVENT"]


def _when(one: Appointment, zone: ZoneInfo) -> list[str]:
    if one.hour is None:
        end = one.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
    start = datetime.combine(one.day, one.hour, zone).astimezone(UTC)
    return [f"DTSTART:{_moment(start)}", f"DTEND:{_moment(start + timedelta(minutes=one.minutes))}"]


def _alarm(one: Appointment) -> list[str]:
    if one.hour is None:
        return []
    before = f"-PT{int(REMINDER.total_seconds() // 60)}M"
    return ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(one.what)}", f"TRIGGER:{before}", "END:VALARM"]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    shown = "".join(sign for sign in words if sign == "\n" or sign.isprintable())
    return shown.strip().translate(SIGNS)


def _folded(line: str) -> str:
    """Lines of at most 75 octets; no letter is cut in two."""
    parts, room = [""], OCTETS
    for sign in line:
        if len(parts[-1].encode()) + len(sign.encode()) > room:
            parts.append("")
            room = OCTETS - 1  # the space that says: this belongs to the line before
        parts[-1] += sign
    return "\r\n ".join(parts)
