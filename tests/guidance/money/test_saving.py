"""A goal to save for: the weeks add up to it, no sooner and no later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.saving import SQUARES, Goal, Progress, by_amount, by_weeks, next_rung, progress

PESOS = st.integers(1, 200_000)
SAVED = st.integers(0, 200_000)
WEEKS = st.integers(1, 520)


@given(PESOS, st.integers(1, 5000), SAVED)
def test_the_weeks_add_up_to_what_is_missing(pesos, weekly, saved):
    goal = by_amount(pesos, weekly, saved)
    assert goal.missing == max(pesos - saved, 0)
    if goal.missing:
        assert goal.weekly * (goal.weeks - 1) + goal.last == goal.missing
        assert 0 < goal.last <= goal.weekly


@given(PESOS, WEEKS, SAVED)
def test_by_weeks_is_the_least_amount_that_is_in_time(pesos, weeks, saved):
    goal = by_weeks(pesos, weeks, saved)
    assert goal.weeks <= weeks and goal.weekly * weeks >= goal.missing
    assert goal.missing == 0 or (goal.weekly - 1) * weeks < goal.missing


@given(PESOS, st.integers(1, 5000), st.integers(0, 5000), SAVED)
def test_more_a_week_never_takes_longer(pesos, weekly, more, saved):
    assert by_amount(pesos, weekly + more, saved).weeks <= by_amount(pesos, weekly, saved).weeks


@given(PESOS, st.lists(st.integers(-500, 5000)))
def test_progress_goes_from_nothing_to_whole_in_any_order(pesos, put_away):
    found = progress(pesos, put_away)
    assert found == progress(pesos, reversed(put_away))
    assert found.missing == max(pesos - found.saved, 0)
    assert (found.percent == 100) == (found.squares == SQUARES) == (found.missing == 0)
    assert 0 <= found.percent <= 100


@given(PESOS, st.lists(st.integers(0, 5000)), st.integers(0, 5000))
def test_putting_more_away_never_goes_back(pesos, put_away, more):
    assert progress(pesos, [*put_away, more]).percent >= progress(pesos, put_away).percent


@given(SAVED, PESOS)
def test_the_next_rung_is_above_and_climbing_ends_at_none(saved, week):
    assert next_rung(saved, week) > saved


def test_an_oven_in_twelve_weeks():
    goal = by_weeks(600, 12)
    assert goal == Goal(missing=600, weekly=50, weeks=12, last=50)
    assert goal.day(date(2026, 11, 23)) == date(2027, 2, 8)
    assert by_weeks(600, 12, saved=600) == Goal(0, 0, 0, 0)
    assert progress(600, [50, 50, -20]) == Progress(saved=80, missing=520, percent=13, squares=1)
    assert [next_rung(s, 1200) for s in (0, 499, 500, 1200, 4800)] == [500, 500, 1200, 4800, 9600]


@pytest.mark.parametrize("wrong", [(0, 1, 0), (10, 0, 0), (10, 1, -1)])
@pytest.mark.parametrize("function", [by_weeks, by_amount])
def test_what_cannot_be_is_refused(function, wrong):
    with pytest.raises(ValueError):
        function(*wrong)
