"""Her money by envelopes, from what she said here or elsewhere, with her hours of care beside it."""

from __future__ import annotations

from bot.guidance import goals
from bot.guidance.facts import Person
from bot.guidance.money.envelopes import Budget, budget
from bot.guidance.wages import Figure, an_hour, zone_of

NAMES = {
    "fixed": "env_fixed",
    "food": "env_food",
    "transport": "env_transport",
    "care": "care",
    "debt": "debts",
    "saving": "env_saving",
    "other": "env_other",
}
"""Envelopes, and what the answer about each is kept as."""
HERS = ("env_fixed", "env_food", "env_transport", "env_other")
"""Without one of these there is nothing to share out yet."""
WEEKS, DAYS = 52 / 12, 365 / 12


def an_hour_of(person: Person) -> Figure:
    """What an hour of work is reckoned with: the legal minimum of her zone."""
    wages, me = person.content.guide.wages, person.learner
    return an_hour(wages, zone_of(wages, me.state, me.municipality))


def read(person: Person, weekly: bool = False) -> Budget | None:
    """Her envelopes of a month, or of a week; None while she has not said what comes in or where it goes."""
    income = person.amount("income")
    if income is None or all(person.amount(name) is None for name in HERS):
        return None
    share = WEEKS if weekly else 1
    hours = (person.amount("unpaid_hours") or 0) * DAYS / share
    needs = {name: round(pesos / share) for name, pesos in _needs(person).items()}
    return budget(round(income / share), needs, round(hours), an_hour_of(person).pesos)


def _needs(person: Person) -> dict[str, float]:
    """Pesos a month of each envelope she spoke of; what she puts away for a goal is the one of saving."""
    said = {name: person.amount(kept) for name, kept in NAMES.items()}
    goal = goals.read(person)
    if goal and goal.how_far.missing:
        said["saving"] = goal.weekly * WEEKS
    return {name: pesos for name, pesos in said.items() if pesos}
