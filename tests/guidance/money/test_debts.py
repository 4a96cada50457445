"""Getting out of debt: an order that does not depend on how they are told, and an end that comes no later with more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.debts import Debt, plan, smallest_step

DEBTS = st.lists(
    st.builds(
        Debt,
        name=st.text("abcdef", min_size=1, max_size=4),
        owed=st.integers(1, 30_000),
        payment=st.integers(0, 2000),
        rate=st.integers(0, 120),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda d: d.name,
)
METHODS = st.sampled_from(["small", "dear"])


@given(DEBTS, METHODS, st.integers(0, 500))
def test_the_order_in_which_debts_are_told_changes_nothing(debts, method, extra):
    assert plan(debts, method, extra) == plan(debts[::-1], method, extra)


@given(DEBTS, METHODS, st.integers(0, 500), st.integers(0, 500))
def test_more_never_takes_longer(debts, method, extra, more):
    slow, fast = plan(debts, method, extra), plan(debts, method, extra + more)
    assert slow.order == fast.order
    assert slow.months is None or (fast.months is not None and fast.months <= slow.months)


@given(DEBTS, METHODS, st.integers(0, 500))
def test_what_is_paid_is_at_least_what_is_owed(debts, method, extra):
    found, owed = plan(debts, method, extra), sum(d.owed for d in debts)
    assert (found.paid is None) == (found.months is None)
    assert found.paid is None or found.paid >= owed
    assert found.paid is None or any(d.rate for d in debts) or found.paid == owed
    assert sorted(found.order) == sorted(d.name for d in debts)


@given(DEBTS, st.integers(0, 5000))
def test_the_smallest_step_is_never_more_than_there_is(debts, spare):
    step = smallest_step(debts, spare)
    assert 0 <= step <= spare and step <= min(d.owed for d in debts)
    assert step > 0 or spare == 0


STORE, CARD, AUNT = Debt("store", 900, 300), Debt("card", 4000, 400, 60), Debt("aunt", 500, 100)


def test_the_smallest_gives_courage_and_the_dearest_is_cheaper():
    small, dear = plan([STORE, CARD, AUNT], "small", 100), plan([STORE, CARD, AUNT], "dear", 100)
    assert (small.order, small.first_payment) == (("aunt", "store", "card"), 200)
    assert (dear.order, dear.first_payment) == (("card", "aunt", "store"), 500)
    assert small.paid is not None and dear.paid is not None and dear.paid < small.paid


def test_what_is_paid_off_goes_to_the_next():
    assert plan([Debt("a", 100, 100), Debt("b", 300, 100)], "small").months == 2


def test_interest_above_the_payment_never_ends():
    assert plan([Debt("card", 10_000, 100, 60)], "dear").months is None


@pytest.mark.parametrize("wrong", [("x", 0, 1, 0), ("x", 1, -1, 0), ("x", 1, 1, -1)])
def test_what_is_no_debt_is_refused(wrong):
    with pytest.raises(ValueError):
        Debt(*wrong)


def test_nothing_to_plan_is_refused():
    with pytest.raises(ValueError):
        plan([], "small")
    with pytest.raises(ValueError):
        plan([STORE], "small", -1)
    assert smallest_step([], 100) == 0
