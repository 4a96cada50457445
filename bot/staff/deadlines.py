"""Working days in Mexico: the last day to answer a request about somebody's data."""

from __future__ import annotations

from datetime import date, timedelta

ANSWER = 20
"""Working days to decide (LFPDPPP of 2025, as of the one before; confirm with a lawyer)."""


def last_day(asked: date, days: int = ANSWER) -> date:
    """The `days`-th working day after the one on which it was asked."""
    day = asked
    while days:
        day += timedelta(1)
        days -= is_working(day)
    return day


def days_left(today: date, due: date) -> int:
    """Working days after today until the last day, that one included; negative when it is over."""
    step = 1 if due >= today else -1
    between = range(1, abs((due - today).days) + 1) if step > 0 else range(abs((due - today).days))
    return step * sum(is_working(today + timedelta(step * n)) for n in between)


def is_working(day: date) -> bool:
    """Monday to Friday, and no day of obligatory rest (Ley Federal del Trabajo, article 74, without election days)."""
    return day.weekday() < 5 and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    fixed = {date(year, 1, 1), date(year, 5, 1), date(year, 9, 16), date(year, 12, 25)}
    mondays = {_monday(year, 2, 1), _monday(year, 3, 3), _monday(year, 11, 3)}
    new_president = {date(year, 10, 1)} if (year - 2024) % 6 == 0 else set()
    return frozenset(fixed | mondays | new_president)


def _monday(year: int, month: int, which: int) -> date:
    """The first, second, third Monday of a month."""
    first = date(year, month, 1)
    return first + timedelta((0 - first.weekday()) % 7 + 7 * (which - 1))
