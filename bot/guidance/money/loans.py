"""What a loan really costs: the total, the cost of 100 pesos, two offers side by side, and a yearly rate to compare."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

MOST = 10_000
"""A yearly rate above this many percent is said as this one: it is dear beyond comparing."""
HALVINGS = 100


@dataclass(frozen=True)
class Offer:
    """A loan as it is offered. `principal` and `payment` in pesos; `fee`: taken at the beginning, so she gets less.
    `every`: payments a year, 52 for each week, 24 for each fortnight, 12 for each month."""

    name: str
    principal: int
    payment: int
    payments: int
    fee: int = 0
    every: int = 52

    def __post_init__(self) -> None:
        if min(self.principal, self.payment, self.payments, self.every) < 1 or not 0 <= self.fee < self.principal:
            raise ValueError("a loan, its payments and their number are at least 1, and the fee is less than the loan")


@dataclass(frozen=True)
class Cost:
    """What an offer comes to, in pesos. `total`: what is paid, the fee included; `cost`: what is paid above the loan,
    0 or less when less is paid back; `per_hundred`: that for each 100 pesos lent, rounded half up; `yearly`: in
    percent, see `yearly_rate`."""

    offer: Offer
    total: int
    cost: int
    per_hundred: int
    yearly: int | None


def cost(offer: Offer) -> Cost:
    """An offer in pesos."""
    total = offer.payment * offer.payments + offer.fee
    above = total - offer.principal
    return Cost(offer, total, above, (above * 200 + offer.principal) // (2 * offer.principal), yearly_rate(offer))


def compare(offers: Iterable[Offer]) -> list[Cost]:
    """The cheapest for each peso lent first, in whatever order they come; of equals the smaller payment."""
    return sorted(map(cost, offers), key=_by_cost)


def _by_cost(one: Cost) -> tuple[Any, ...]:
    """What each peso lent costs, exactly; then all that may differ, so that an order is always the same."""
    offer = one.offer
    return Fraction(one.cost, offer.principal), offer.payment, offer.name, offer.payments, offer.fee, offer.every


def yearly_rate(offer: Offer) -> int | None:
    """The yearly rate in percent at which the payments are worth what she gets, as the CAT is defined, rounded. An
    estimate from her own numbers, not the official CAT. None when less is paid back than was lent."""
    received = offer.principal - offer.fee
    if offer.payment * offer.payments < received:
        return None
    low, high = 0.0, 10.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _worth(offer, middle) > received else (low, middle)
    growth = offer.every * math.log1p(low)
    return MOST if growth > math.log1p(MOST / 100) else round(math.expm1(growth) * 100)


def _worth(offer: Offer, rate: float) -> float:
    """What all payments are worth today at a rate for each time between two of them."""
    if rate == 0:
        return offer.payment * offer.payments
    return -offer.payment * math.expm1(-offer.payments * math.log1p(rate)) / rate
