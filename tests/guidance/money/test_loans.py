"""What a loan costs: totals, comparison, and a yearly rate that gives back what was lent."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.loans import MOST, Offer, compare, cost, yearly_rate

OFFERS = st.builds(
    Offer,
    name=st.text("abc", min_size=1, max_size=3),
    principal=st.integers(100, 100_000),
    payment=st.integers(1, 20_000),
    payments=st.integers(1, 240),
    fee=st.integers(0, 99),
    every=st.sampled_from([12, 24, 52]),
)


@given(OFFERS)
def test_what_is_paid_is_the_loan_and_its_cost(offer):
    found = cost(offer)
    assert found.total == offer.payment * offer.payments + offer.fee == offer.principal + found.cost
    assert abs(found.per_hundred * offer.principal - 100 * found.cost) * 2 <= offer.principal


@given(OFFERS, st.integers(0, 5000))
def test_a_dearer_payment_never_costs_less(offer, more):
    dearer = Offer(offer.name, offer.principal, offer.payment + more, offer.payments, offer.fee, offer.every)
    low, high = cost(offer), cost(dearer)
    assert high.cost >= low.cost and high.per_hundred >= low.per_hundred
    assert low.yearly is None or (high.yearly is not None and high.yearly >= low.yearly)


@given(OFFERS)
def test_the_yearly_rate_makes_the_payments_worth_what_she_gets(offer):
    yearly, received = yearly_rate(offer), offer.principal - offer.fee
    paid = offer.payment * offer.payments
    assert (yearly is None) == (paid < received)
    if yearly is None or yearly >= MOST:
        return

    def worth(percent: float) -> float:
        step = (1 + percent / 100) ** (1 / offer.every)
        return sum(offer.payment / step**n for n in range(1, offer.payments + 1))

    assert worth(yearly + 0.51) <= received * (1 + 1e-9)
    assert yearly == 0 or worth(yearly - 0.51) >= received * (1 - 1e-9)


@given(st.lists(OFFERS, min_size=1), st.randoms())
def test_compare_puts_the_cheapest_first_in_any_order(offers, random):
    found = compare(offers)
    shares = [Fraction(c.cost, c.offer.principal) for c in found]
    assert shares == sorted(shares)
    assert compare(random.sample(offers, len(offers))) == found


def test_five_thousand_in_sixteen_weeks():
    found = cost(Offer("weekly", 5000, 450, 16))
    assert (found.total, found.cost, found.per_hundred) == (7200, 2200, 44)
    slow = Offer("slow", 5000, 300, 30)
    assert [c.offer.name for c in compare([slow, found.offer])] == ["weekly", "slow"]


@pytest.mark.parametrize(
    "offer, yearly",
    [
        (Offer("a month at 10 percent", 1000, 1100, 1, every=12), 214),
        (Offer("nothing on it", 1200, 100, 12, every=12), 0),
        (Offer("a fee is a price too", 1000, 1000, 1, fee=100, every=1), 11),
        (Offer("less back", 1000, 10, 10), None),
        (Offer("usury", 100, 5000, 52), MOST),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_yearly_rate_of_what_is_known(offer, yearly):
    assert yearly_rate(offer) == yearly


@pytest.mark.parametrize("wrong", [(0, 1, 1), (1, 0, 1), (1, 1, 0), (100, 1, 1, 100), (100, 1, 1, -1)])
def test_what_is_no_loan_is_refused(wrong):
    with pytest.raises(ValueError):
        Offer("wrong", *wrong)
