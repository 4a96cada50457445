"""What became of referrals, counted by service, need and state; a cell with few learners in it is hidden. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.referrals.states import State

FEW = 5
"""A cell with fewer learners than this, but not none, is hidden: somebody could be known by it."""
COUNTS = ("offered", "accepted", "attended", "resolved", "failed", "unknown")
"""`offered`: all of them. `accepted`: she wanted it; of these `attended`, `failed` (she did not get there) or `unknown`
(nobody has said more). Of those who attended `resolved`."""
PARTS = ("attended", "failed", "unknown")
"""Together they are `accepted`, so that one hidden cell alone could be reckoned back."""
SEALED, NOT_SAID = "(sealed)", "(not said)"
"""Instead of a service or need of violence and health; instead of a state nobody told us."""


@dataclass(frozen=True)
class Case:
    """One referral: whose, to what, and every state it was ever in."""

    learner: str
    service: str | None
    need: str | None
    state: str | None
    been: frozenset[State]
    status: State


@dataclass(frozen=True)
class Line:
    """One row of the report. A count that is None is hidden."""

    by: str
    key: str
    counts: Mapping[str, int | None]


Cell = tuple[int, int]
"""How many referrals, and of how many learners."""


def report(cases: Sequence[Case]) -> list[Line]:
    """All, then by service, by need and by state, each in the order of its keys."""
    return [line for by, key in KEYS.items() for line in _counted(by, cases, key)]


KEYS: dict[str, Callable[[Case], str]] = {
    "all": lambda case: "",
    "service": lambda case: case.service or SEALED,
    "need": lambda case: case.need or SEALED,
    "state": lambda case: case.state or NOT_SAID,
}
"""What is counted by, in order, and how a case is put into its row."""


def _counted(by: str, cases: Iterable[Case], key: Callable[[Case], str]) -> list[Line]:
    groups: dict[str, list[Case]] = {}
    for case in cases:
        groups.setdefault(key(case), []).append(case)
    cells = {name: {count: _cell(_of(count, groups[name])) for count in COUNTS} for name in sorted(groups)}
    hidden = hide(cells)
    return [
        Line(by, name, {count: None if (name, count) in hidden else cell[0] for count, cell in row.items()})
        for name, row in cells.items()
    ]


def _cell(cases: Sequence[Case]) -> Cell:
    return len(cases), len({case.learner for case in cases})


def _of(count: str, cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if count in kinds(case)]


def kinds(case: Case) -> set[str]:
    """Which counts a referral is in. One that failed and was tried again counts by where it stands now."""
    found = {"offered"}
    if not case.been & {State.ACCEPTED, State.CONTACTED, State.ATTENDED, State.RESOLVED, State.FAILED}:
        return found
    if case.status is State.DECLINED:
        return found
    attended = bool(case.been & {State.ATTENDED, State.RESOLVED})
    failed = case.status is State.FAILED and not attended
    found |= {"accepted", "attended" if attended else "failed" if failed else "unknown"}
    return found | ({"resolved"} if case.status is State.RESOLVED else set())


def hide(cells: Mapping[str, Mapping[str, Cell]]) -> set[tuple[str, str]]:
    """The (row, count) to be hidden: the small ones, and a second one where a single one could be reckoned back from
    its row or from the total of its column."""
    hidden = {(row, name) for row, counts in cells.items() for name, (_, who) in counts.items() if 0 < who < FEW}
    while more := _told_by_the_rest(cells, hidden):
        hidden |= more
    return hidden


def _told_by_the_rest(cells: Mapping[str, Mapping[str, Cell]], hidden: set[tuple[str, str]]) -> set[tuple[str, str]]:
    rows = [[(row, name) for name in PARTS] for row in cells]
    columns = [[(row, name) for row in cells] for name in COUNTS]
    found = set()
    for sum_of in (*rows, *columns):
        shown = [at for at in sum_of if at not in hidden and cells[at[0]][at[1]][0]]
        if len(hidden.intersection(sum_of)) == 1 and shown:
            found.add(min(shown, key=lambda at: (cells[at[0]][at[1]][0], at)))
    return found
