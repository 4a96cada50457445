"""A budget by envelopes: what comes in is always all there again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.envelopes import ORDER, budget

PESOS = st.integers(0, 100_000)
NEEDS = st.dictionaries(st.sampled_from(ORDER), PESOS)


@given(PESOS, NEEDS)
def test_every_peso_is_somewhere_and_no_envelope_overflows(income, needs):
    found = budget(income, needs)
    assert sum(found.filled.values()) + found.left == income
    assert {n: found.filled[n] + found.short.get(n, 0) for n in needs} == dict(needs)
    assert found.left == 0 or found.lacking == 0


@given(PESOS, NEEDS)
def test_the_order_in_which_needs_are_named_changes_nothing(income, needs):
    assert budget(income, needs) == budget(income, dict(reversed(list(needs.items()))))


@given(PESOS, PESOS, NEEDS)
def test_more_income_never_leaves_an_envelope_emptier(income, more, needs):
    little, much = budget(income, needs), budget(income + more, needs)
    assert all(much.filled[n] >= little.filled[n] for n in needs)
    assert much.lacking <= little.lacking and much.left >= little.left


@given(PESOS, NEEDS, st.integers(0, 168), st.integers(0, 500))
def test_hours_of_care_are_worth_something_and_take_nothing(income, needs, hours, hour):
    found = budget(income, needs, hours, hour)
    assert found.worth == income + hours * hour
    assert found.filled == budget(income, needs).filled


def test_what_keeps_the_house_is_filled_before_the_rest():
    found = budget(1500, {"other": 300, "saving": 50, "food": 700, "fixed": 600, "transport": 200}, 40, 39)
    assert found.filled == {"fixed": 600, "food": 700, "transport": 200, "saving": 0, "other": 0}
    assert (found.short, found.lacking, found.care_pesos) == ({"saving": 50, "other": 300}, 350, 1560)


@pytest.mark.parametrize("income, needs", [(-1, {}), (10, {"food": -1}), (10, {"beer": 5})])
def test_what_cannot_be_is_refused(income, needs):
    with pytest.raises(ValueError):
        budget(income, needs)
