"""A goal to save for: how much a week, by when, and how far she is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SQUARES = 10
"""Little squares in the picture of progress."""
LADDER = (500,)
"""First rung of an emergency fund in pesos; then comes a week of expenses, then a month."""


@dataclass(frozen=True)
class Goal:
    """What is still missing, in pesos; `weekly` for `weeks` weeks reaches it, and the last week may be smaller."""

    missing: int
    weekly: int
    weeks: int
    last: int

    def day(self, start: date) -> date:
        """The day on which it is reached, when the first saving is put away on `start`."""
        return start + timedelta(weeks=max(self.weeks - 1, 0))


@dataclass(frozen=True)
class Progress:
    """Pesos saved and missing, percent rounded down (100 only when it is whole) and squares to paint of ten."""

    saved: int
    missing: int
    percent: int
    squares: int


def by_weeks(pesos: int, weeks: int, saved: int = 0) -> Goal:
    """How much a week for a goal in so many weeks, rounded up. Raises `ValueError` below 1 peso or 1 week."""
    _check(pesos, weeks, saved)
    missing = max(pesos - saved, 0)
    return by_amount(pesos, -(-missing // weeks), saved) if missing else Goal(0, 0, 0, 0)


def by_amount(pesos: int, weekly: int, saved: int = 0) -> Goal:
    """How many weeks a goal takes with so much a week. Raises `ValueError` below 1 peso."""
    _check(pesos, weekly, saved)
    missing = max(pesos - saved, 0)
    weeks = -(-missing // weekly)
    return Goal(missing, weekly if missing else 0, weeks, missing - weekly * (weeks - 1) if missing else 0)


def progress(pesos: int, put_away: Iterable[int]) -> Progress:
    """How far she is; taking some out is a number below 0. Never below nothing nor above the whole."""
    _check(pesos, 1, 0)
    saved = max(sum(put_away), 0)
    share = min(saved, pesos)
    return Progress(saved, pesos - share, share * 100 // pesos, share * SQUARES // pesos)


def next_rung(saved: int, week: int) -> int:
    """The next step of an emergency fund above what she has: 500 pesos, a week of expenses, a month; then a month more.
    `week`: what she spends in a week, in pesos."""
    _check(week, 1, saved)
    rungs = sorted({*LADDER, week, 4 * week})
    return next((rung for rung in rungs if rung > saved), saved + 4 * week)


def _check(pesos: int, least: int, saved: int) -> None:
    if pesos < 1 or least < 1 or saved < 0:
        raise ValueError("a goal is at least 1 peso and 1 week, and what is saved is 0 or more")
