"""When somebody of the team is there, on the clock of the centre of Mexico. A setting, such as `1-5 09:00-18:00`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

CENTRE = ZoneInfo("America/Mexico_City")
SHAPE = re.compile(r"([1-7])-([1-7]) ([0-2]\d:[0-5]\d)-([0-2]\d:[0-5]\d)")
NOON = time(14)
"""Where the morning ends, for who says in which part of the day she can be called."""


@dataclass(frozen=True)
class Office:
    """Days of the week (1 is Monday) and hours."""

    first: int
    last: int
    opens: time
    closes: time

    def works(self, day: date) -> bool:
        return self.first <= day.isoweekday() <= self.last

    def is_open(self, moment: datetime) -> bool:
        here = moment.astimezone(CENTRE)
        return self.works(here.date()) and self.opens <= here.time() < self.closes

    def next_open(self, moment: datetime) -> datetime:
        """When somebody is there next; the moment itself when somebody is."""
        if self.is_open(moment):
            return moment
        here = moment.astimezone(CENTRE)
        day = here.date() if here.time() < self.opens else here.date() + timedelta(1)
        while not self.works(day):
            day += timedelta(1)
        return datetime.combine(day, self.opens, CENTRE)

    def days(self, moment: datetime, many: int = 3) -> list[date]:
        """The next days on which she can be called, today only while there are two hours left."""
        here = moment.astimezone(CENTRE)
        late = here + timedelta(hours=2)
        today = late.date() == here.date() and late.time() < self.closes
        found: list[date] = []
        day = here.date() if today else here.date() + timedelta(1)
        while len(found) < many:
            if self.works(day):
                found.append(day)
            day += timedelta(1)
        return found

    def parts(self, day: date, moment: datetime) -> list[str]:
        """`am` and `pm`, of which there is something left."""
        here = moment.astimezone(CENTRE)
        return [part for part in ("am", "pm") if self.over(day, part) > here and self._is_long(part)]

    def over(self, day: date, part: str) -> datetime:
        """When that part of a day is over."""
        return datetime.combine(day, min(NOON, self.closes) if part == "am" else self.closes, CENTRE)

    def _is_long(self, part: str) -> bool:
        return self.opens < NOON if part == "am" else self.closes > NOON


@cache
def read(text: str) -> Office:
    """Raises `ValueError` with what is wrong."""
    found = SHAPE.fullmatch(text.strip())
    if not found:
        raise ValueError("days and hours such as 1-5 09:00-18:00, where 1 is Monday")
    try:
        office = Office(int(found[1]), int(found[2]), time.fromisoformat(found[3]), time.fromisoformat(found[4]))
    except ValueError:
        raise ValueError("hours from 00:00 to 23:59") from None
    if office.first > office.last or office.opens >= office.closes:
        raise ValueError("the first day and hour before the last")
    return office
