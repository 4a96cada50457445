"""Getting out of debt: which one first, the smallest step, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

LONGEST = 600
"""Months after which "never at this pace" is the true answer."""
Method = Literal["small", "dear"]


@dataclass(frozen=True)
class Debt:
    """`owed`: pesos still to be paid; `payment`: what she pays a month; `rate`: interest a year in percent, 0 when
    there is none or nobody knows it."""

    name: str
    owed: int
    payment: int
    rate: int = 0

    def __post_init__(self) -> None:
        if self.owed < 1 or self.payment < 0 or self.rate < 0:
            raise ValueError(f"{self.name}: a debt is at least 1 peso; its payment and its rate are 0 or more")


@dataclass(frozen=True)
class Plan:
    """The order in which to pay, what goes to the first each month, and to the others as always. `months` until the
    last one is paid and `paid` pesos until then; both None when it never ends at this pace."""

    order: tuple[str, ...]
    first_payment: int
    months: int | None
    paid: int | None


ORDERS: dict[Method, Callable[[Debt], tuple[Any, ...]]] = {
    "small": lambda debt: (debt.owed, -debt.rate, debt.name),
    "dear": lambda debt: (-debt.rate, debt.owed, debt.name),
}
"""`small`: the smallest first, which gives courage; `dear`: the dearest first, which costs least."""


def plan(debts: Iterable[Debt], method: Method, extra: int = 0) -> Plan:
    """Pay what she pays now on every debt, `extra` pesos and what gets free on the first. The order in which the debts
    are given does not matter. Raises `ValueError` without debts or with an `extra` below 0."""
    ordered = sorted(debts, key=ORDERS[method])
    if not ordered or extra < 0:
        raise ValueError("there is at least one debt, and the extra is 0 or more")
    months, paid = _pay(ordered, sum(d.payment for d in ordered) + extra)
    first = min(ordered[0].payment + extra, _grown(ordered[0].owed, ordered[0].rate))
    return Plan(tuple(d.name for d in ordered), first, months, paid)


def smallest_step(debts: Iterable[Debt], spare: int) -> int:
    """What to put on top this month when there is little: at least 20 pesos of what is spare, at most a tenth of it;
    never more than is owed nor than is spare."""
    owed = min((d.owed for d in debts), default=0)
    return max(min(max(20, spare // 10), spare, owed), 0)


def _pay(debts: list[Debt], each_month: int) -> tuple[int | None, int | None]:
    """Months and pesos until nothing is owed; None when it does not end."""
    owed, paid = [d.owed for d in debts], 0
    for month in range(1, LONGEST + 1):
        owed = [_grown(rest, d.rate) for rest, d in zip(owed, debts, strict=True)]
        after, used = _after_a_month(owed, [d.payment for d in debts], each_month)
        owed, paid = after, paid + used
        if not any(owed):
            return month, paid
    return None, None


def _after_a_month(owed: list[int], payments: list[int], each_month: int) -> tuple[list[int], int]:
    """Each gets its own payment, and what is left goes along the order."""
    rest = [max(o - p, 0) for o, p in zip(owed, payments, strict=True)]
    left = each_month - (sum(owed) - sum(rest))
    for n, still in enumerate(rest):
        given = min(left, still)
        rest[n], left = still - given, left - given
    return rest, each_month - left


def _grown(owed: int, rate: int) -> int:
    """A debt with the interest of one month, rounded up to whole pesos."""
    return owed + -(-owed * rate // 1200)
