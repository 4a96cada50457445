"""Which account fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checking_money import NOTES
from bot.guidance.money.accounts import Wanted, which
from tests.rows import GUIDE

LIMITS = {a.id: a.month for a in GUIDE.money.accounts if a.month is not None}
PESOS = st.integers(0, 200_000)


@given(PESOS, st.permutations(sorted(LIMITS)))
def test_the_smallest_that_is_big_enough_in_any_order(monthly, order):
    found = which(Wanted(monthly), {name: LIMITS[name] for name in order})
    fitting = {name for name in LIMITS if LIMITS[name] >= monthly}
    assert found.level == min(fitting, key=LIMITS.__getitem__, default=None)
    assert found.room is None if found.level is None else found.room == LIMITS[found.level] - monthly


@given(PESOS, PESOS)
def test_more_income_never_asks_for_a_smaller_account(monthly, more):
    ranks = {name: n for n, name in enumerate(sorted(LIMITS, key=LIMITS.__getitem__))}
    few, many = which(Wanted(monthly), LIMITS).level, which(Wanted(monthly + more), LIMITS).level
    assert ranks.get(few or "", 99) <= ranks.get(many or "", 99)


@given(st.builds(Wanted, PESOS, st.booleans(), st.booleans(), st.booleans(), st.booleans()))
def test_notes_are_known_and_a_watched_phone_is_not_told_to_be_used(wanted):
    notes = which(wanted, LIMITS).notes
    assert set(notes) <= NOTES and "fees" in notes
    assert not ({"private", "remote"} <= set(notes)) and not ({"remote", "branch"} <= set(notes))


@pytest.mark.parametrize(
    "monthly, level", [(0, "level_1"), (6522, "level_1"), (6523, "level_2"), (86_959, "level_3"), (86_960, None)]
)
def test_levels_of_january_2026(monthly, level):
    assert which(Wanted(monthly), LIMITS).level == level


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError):
        which(Wanted(-1), LIMITS)
