"""Twelve months of each pathway in whole pesos, from her own numbers: the reality check.

Pure: numbers by id (`bot/guidance/assumptions.py`) and the first month in, a `Year` out. What comes in less what goes
out is `net`; `cumulative` adds it up. Only money that changes hands is counted: her unpaid hours are not priced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from bot.content.figures import Assumption, Reckoning
from bot.guidance.assumptions import Line, Numbers, plain, shown
from bot.guidance.days import MONTHS

MONTHS_SHOWN = 12
USES = frozenset(
    (
        "hours travel_hours days transport care needed debts income_now keeps_now start_in search_months full_day "
        "full_week pay price unit_cost units_week unit_hours fixed start_cost ramp_months study_month study_once "
        "scholarship scholarship_every scholarship_payments scholarship_wait"
    ).split()
)
"""The assumptions a year is reckoned with."""
SILENT = {
    "scholarship": ("scholarship_every", "scholarship_payments", "scholarship_wait"),
    "income_now": ("keeps_now",),
}
"""While the first is nothing, the others change nothing and are not shown."""
WEEKS_A_MONTH = 52 / 12
"""Calendar arithmetic, not an assumption."""


@dataclass(frozen=True)
class Month:
    """One month in whole pesos. `number`: 1 to 12. `short`: how much is missing to what she needs, 0 when nothing."""

    number: int
    name: str
    income: int
    transport: int
    care: int
    costs: int
    debts: int
    net: int
    cumulative: int
    short: int


@dataclass(frozen=True)
class Year:
    """The picture of one pathway: twelve months, three lines to say, and all that was counted or is still unknown."""

    pathway: str
    months: tuple[Month, ...]
    lines: tuple[str, str, str]
    assumptions: tuple[Line, ...]


@dataclass(frozen=True)
class Flow:
    """What one month of a pathway brings and costs. `away`: she is out of the house for it, with fares and care."""

    income: float = 0
    costs: float = 0
    away: bool = False


def year(pathway: str, numbers: Numbers, first: date, reckoning: Reckoning) -> Year:
    """The twelve months from `first` on. `pathway`: employment, business or study; another is a `KeyError`."""
    value = {name: number.value for name, number in numbers.items()}
    flows = [FLOWS[pathway](value, number) for number in range(1, MONTHS_SHOWN + 1)]
    months = _months(flows, value, first)
    hidden = {name for cause, others in SILENT.items() if not value.get(cause) for name in others}
    used = [shown(n, reckoning.said) for n in numbers.values() if _counts(n, pathway) and n.id not in hidden]
    return Year(pathway, months, told(months, value.get("needed"), reckoning.lines), tuple(used))


def _counts(number: Assumption, pathway: str) -> bool:
    return not number.pathways or pathway in number.pathways


Values = Mapping[str, float | None]


def employment(value: Values, month: int) -> Flow:
    """What she has now until she starts and has found work; then the part of a full pay that her hours make."""
    begun = month > _of(value, "start_in") + _of(value, "search_months")
    return Flow(_of(value, "pay") * share_of_day(value), away=True) if begun else Flow(_of(value, "income_now"))


def share_of_day(value: Values) -> float:
    """Which part of a full week her hours make, 0 to 1, less the way there. Hours unknown: all of it."""
    full_day, full_week = _of(value, "full_day", 8), _of(value, "full_week", 5)
    there = max(_of(value, "hours", full_day + _of(value, "travel_hours")) - _of(value, "travel_hours"), 0)
    return min(there / full_day, 1) * min(_of(value, "days", full_week) / full_week, 1)


def business(value: Values, month: int) -> Flow:
    """Sales that rise evenly to what she expects; the first month also has what it takes to begin."""
    now = _of(value, "income_now") * _of(value, "keeps_now", 1)
    running = month - _of(value, "start_in")
    if running <= 0:
        return Flow(now)
    units = sellable(value) * WEEKS_A_MONTH * min(running / max(_of(value, "ramp_months"), 1), 1)
    once = _of(value, "start_cost") if running <= 1 else 0
    return Flow(now + units * _of(value, "price"), units * _of(value, "unit_cost") + _of(value, "fixed") + once, True)


def sellable(value: Values) -> float:
    """Units a week: what she thinks she sells, never more than her hours allow when it is known how long one takes."""
    wished, each = _of(value, "units_week"), _of(value, "unit_hours")
    if not each or value.get("hours") is None:
        return wished
    return min(wished, _of(value, "hours") * _of(value, "days", 5) / each)


def study(value: Values, month: int) -> Flow:
    """What studying costs, what she keeps earning, and a scholarship every so many months once it runs."""
    now = _of(value, "income_now") * _of(value, "keeps_now", 1)
    running = month - _of(value, "start_in")
    if running <= 0:
        return Flow(now)
    once = _of(value, "study_once") if running <= 1 else 0
    return Flow(now + _paid(value, running), _of(value, "study_month") + once, True)


def _paid(value: Values, running: float) -> float:
    """What the scholarship pays in the month `running` after she began."""
    every = int(_of(value, "scholarship_every", 2))
    turn, rest = divmod(int(running - _of(value, "scholarship_wait")), every)
    due = rest == 0 and 1 <= turn <= _of(value, "scholarship_payments", 5)
    return _of(value, "scholarship") if due else 0


def _of(value: Values, name: str, unknown: float = 0) -> float:
    found = value.get(name)
    return unknown if found is None else found


FLOWS: dict[str, Callable[[Values, int], Flow]] = {"employment": employment, "business": business, "study": study}


def _months(flows: list[Flow], value: Values, first: date) -> tuple[Month, ...]:
    fares = round(_of(value, "transport") * _of(value, "days", 5) * WEEKS_A_MONTH)
    care, debts, needed = round(_of(value, "care")), round(_of(value, "debts")), round(_of(value, "needed"))
    rows = [(round(f.income), fares * f.away, care * f.away, round(f.costs), debts) for f in flows]
    nets = [income - sum(out) for income, *out in rows]
    return tuple(
        Month(n, month_name(first, n), *row, net=net, cumulative=total, short=max(needed - net, 0))
        for n, (row, net, total) in enumerate(zip(rows, nets, accumulate(nets), strict=True), 1)
    )


def month_name(first: date, number: int) -> str:
    """The name of the n-th month, such as "enero de 2027"; `first` is in month 1."""
    years, month = divmod(first.month + number - 2, 12)
    return f"{MONTHS[month]} de {first.year + years}"


def told(months: tuple[Month, ...], needed: float | None, lines: Mapping[str, str]) -> tuple[str, str, str]:
    """The three lines under the picture: what moves, what is left, when it reaches what she needs."""
    total, income = months[-1].cumulative, sum(m.income for m in months)
    money = lines["money"].format(
        first=months[0].name, last=months[-1].name, income=plain(income), spent=plain(income - total)
    )
    return money, f"{rest(total, lines)} {lines['promise']}", _reached(months, needed, lines)


def rest(total: int, lines: Mapping[str, str]) -> str:
    """What is left, or lacks, at the end of the year."""
    ends = "left" if total > 0 else "lacking" if total < 0 else "even"
    return lines[ends].format(total=plain(abs(total)))


def _reached(months: tuple[Month, ...], needed: float | None, lines: Mapping[str, str]) -> str:
    """From which month on she has what she needs: the first after which it is never short again."""
    if not needed:
        return lines["unasked"]
    last_short = max((m.number for m in months if m.short), default=0)
    if last_short == len(months):
        return lines["never"].format(needed=plain(needed))
    return lines["reaches"].format(needed=plain(needed), month=months[last_short].name)
