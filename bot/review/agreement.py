"""How far two reviewers agree. Pure functions of plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

ENOUGH = 20
"""Messages seen by two from which kappa says anything."""


@dataclass(frozen=True)
class Agreement:
    """Of `of` messages that two reviewed, how many they judged alike, and how far beyond chance (Cohen's kappa)."""

    same: int
    of: int
    kappa: float | None

    @property
    def percent(self) -> float | None:
        return 100 * self.same / self.of if self.of else None


def agreement(pairs: Sequence[tuple[bool, bool]]) -> Agreement:
    """`pairs`: what the first and the second reviewer of a message said."""
    same = sum(one == other for one, other in pairs)
    return Agreement(same, len(pairs), kappa(pairs) if len(pairs) >= ENOUGH else None)


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa (Cohen 1960): agreement beyond what chance gives; None when both only ever say one thing."""
    number = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[value] * second[value] for value in (True, False)) / number**2
    if chance == 1:
        return None
    return (sum(one == other for one, other in pairs) / number - chance) / (1 - chance)
