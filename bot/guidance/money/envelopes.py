"""A budget by envelopes, with the hours of unpaid care beside the pesos, because they hold up the house too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ORDER = ("fixed", "food", "transport", "care", "debt", "saving", "other")
"""What is filled first when money is short. Saving comes before what is left over, not after it."""


@dataclass(frozen=True)
class Budget:
    """What goes into each envelope, in pesos of one week or month; `short`: what each still lacks; `left`: what no
    envelope needs. `care_pesos`: what her hours would cost if somebody were paid for them."""

    income: int
    filled: dict[str, int]
    short: dict[str, int]
    left: int
    care_hours: int
    care_pesos: int

    @property
    def lacking(self) -> int:
        """Pesos that all envelopes lack together."""
        return sum(self.short.values())

    @property
    def worth(self) -> int:
        """Money and hours together, in pesos: what she puts into the house."""
        return self.income + self.care_pesos


def budget(income: int, needs: Mapping[str, int], care_hours: int = 0, hour_pesos: int = 0) -> Budget:
    """Fill the envelopes of `needs` in their order, whatever order they are given in. `hour_pesos`: what an hour of
    care is reckoned with. Raises `ValueError` for an unknown envelope or a number below 0."""
    if unknown := set(needs) - set(ORDER):
        raise ValueError(f"{', '.join(sorted(unknown))} is no envelope; known are {', '.join(ORDER)}")
    if min(income, care_hours, hour_pesos, *needs.values(), 0) < 0:
        raise ValueError("pesos and hours are 0 or more")
    left, filled, short = income, {}, {}
    for name in (name for name in ORDER if name in needs):
        filled[name] = min(left, needs[name])
        left -= filled[name]
        if needs[name] > filled[name]:
            short[name] = needs[name] - filled[name]
    return Budget(income, filled, short, left, care_hours, care_hours * hour_pesos)
