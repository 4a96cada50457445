"""What is known of every learner, a column a fact: read once in a while, cut in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.indicators.shares import Flags, Numbers

UNKNOWN = ""
"""The group of those of whom it is not known."""


@dataclass(frozen=True)
class Facts:
    """Of n learners. All arrays have n values, in one order."""

    at: datetime
    groups: dict[str, tuple[tuple[str, ...], npt.NDArray[np.int64]]]
    """By dimension: the names of its groups, and for each learner which she is of."""
    flags: dict[str, Flags]
    minutes: dict[str, Numbers]
    """By block: minutes from its first question to its last, nan when it is not finished."""
    answers: dict[tuple[str, str], npt.NDArray[np.int8]] = field(default_factory=dict)
    """By indicator and wave: 1 yes, 0 no, -1 not known."""
    due: dict[str, Flags] = field(default_factory=dict)
    """By wave: whether so many days have gone by since her start."""
    stopped: tuple[tuple[str, ...], npt.NDArray[np.int64]] = ((), np.zeros(0, np.int64))
    """The open question of each who has been silent for a while; -1 when there is none."""

    @property
    def size(self) -> int:
        return len(self.stopped[1])

    def flag(self, name: str) -> Flags:
        """A fact that nobody has is false for all."""
        return self.flags.get(name, np.zeros(self.size, bool))

    def answer(self, indicator: str, wave: str) -> npt.NDArray[np.int8]:
        return self.answers.get((indicator, wave), np.full(self.size, -1, np.int8))

    def within(self, wanted: Mapping[str, str]) -> Flags:
        """Who is of all the wanted groups; an unknown group has nobody."""
        mask = np.ones(self.size, bool)
        for dimension, name in wanted.items():
            names, codes = self.groups[dimension]
            mask &= codes == (names.index(name) if name in names else -1)
        return mask


@dataclass
class Index:
    """Where each learner stands in the arrays."""

    places: dict[str, int]

    def flags(self, who: Iterable[str]) -> Flags:
        """True for the named; who is not known (she came since) is left out."""
        found = np.zeros(len(self.places), bool)
        found[[self.places[one] for one in who if one in self.places]] = True
        return found

    def numbers(self, rows: Iterable[tuple[str, float | None]]) -> Numbers:
        found = np.full(len(self.places), np.nan)
        for who, number in rows:
            if who in self.places and number is not None:
                found[self.places[who]] = float(number)
        return found

    def answers(self, rows: Iterable[tuple[str, bool]]) -> npt.NDArray[np.int8]:
        found = np.full(len(self.places), -1, np.int8)
        for who, is_yes in rows:
            if who in self.places:
                found[self.places[who]] = is_yes
        return found

    def codes(self, rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
        """Names and for each learner which; -1 for who is not among the rows."""
        names: dict[str, int] = {}
        found = np.full(len(self.places), -1, np.int64)
        for who, name in rows:
            if who in self.places:
                found[self.places[who]] = names.setdefault(name, len(names))
        return tuple(names), found


def grouped(values: Sequence[Any]) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """The groups in their order, and for each value which; nothing is the group `UNKNOWN`."""
    said = [str(value) if value else UNKNOWN for value in values]
    names = tuple(sorted(set(said)))
    where = {name: n for n, name in enumerate(names)}
    return names, np.fromiter((where[one] for one in said), np.int64, len(said))
