"""The states of a referral, and who may move it from which to which: one table.

offered -> accepted -> contacted -> attended -> resolved; or declined; or failed with a reason, from which she may try
again. Steps in between may be left out when somebody knows more: who attended has also been in contact.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    OFFERED = "offered"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    CONTACTED = "contacted"
    ATTENDED = "attended"
    RESOLVED = "resolved"
    FAILED = "failed"


class By(StrEnum):
    """Who moves it. SERVICE: its contact, by a one-time link."""

    RUMBO = "rumbo"
    LEARNER = "learner"
    STAFF = "staff"
    SERVICE = "service"


HER, TEAM, ALL = frozenset({By.LEARNER}), frozenset({By.LEARNER, By.STAFF}), frozenset(By) - {By.RUMBO}

MOVES: dict[tuple[State, State], frozenset[By]] = {
    (State.OFFERED, State.ACCEPTED): HER,
    (State.OFFERED, State.DECLINED): HER,
    (State.DECLINED, State.OFFERED): frozenset({By.RUMBO, By.STAFF}),
    (State.DECLINED, State.ACCEPTED): HER,
    (State.ACCEPTED, State.DECLINED): HER,
    (State.ACCEPTED, State.CONTACTED): ALL,
    (State.ACCEPTED, State.ATTENDED): ALL,
    (State.ACCEPTED, State.FAILED): TEAM,
    (State.CONTACTED, State.ATTENDED): ALL,
    (State.CONTACTED, State.FAILED): TEAM,
    (State.ATTENDED, State.RESOLVED): TEAM,
    (State.ATTENDED, State.FAILED): TEAM,
    (State.FAILED, State.ACCEPTED): HER,
    (State.FAILED, State.CONTACTED): TEAM,
    (State.FAILED, State.ATTENDED): ALL,
}
"""(from, to) -> who may. What is not here nobody may."""

OPEN = frozenset({State.ACCEPTED, State.CONTACTED})
"""She wants it, and we do not know yet whether she got there."""

REASONS = ("closed", "far", "no_place", "treated_badly", "cost", "not_for_me", "fear", "time", "other")
"""Why one failed."""


def may(by: By, before: State, after: State) -> bool:
    """Whether a move is one of the table."""
    return by in MOVES.get((before, after), frozenset())
