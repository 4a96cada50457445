"""Shares and middles, and which of them are too small to be shown. Pure functions of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Share:
    """How many of how many. `missing`: of whom it should be known and is not."""

    name: str
    yes: int
    of: int
    missing: int = 0
    hidden: bool = False

    @property
    def percent(self) -> float | None:
        """0 to 100; None when it is hidden or of nobody."""
        return None if self.hidden or not self.of else 100 * self.yes / self.of


@dataclass(frozen=True)
class Middle:
    """The median of a measure, the middle half around it, and how many it was measured of."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    of: int
    hidden: bool = False


@dataclass(frozen=True)
class Pair:
    """The same people at two times: how many were "yes" before, and are now."""

    wave: str
    before: Share
    now: Share


def share(name: str, yes: Flags, of: Flags, due: Flags | None = None) -> Share:
    """`of`: of whom it is known; `due`: of whom it should be known."""
    known = int(of.sum())
    return Share(name, int((yes & of).sum()), known, int(due.sum()) - int((of & due).sum()) if due is not None else 0)


def middle(name: str, values: Numbers) -> Middle:
    """Of the values that are numbers."""
    known = values[~np.isnan(values)]
    if not known.size:
        return Middle(name, None, None, None, 0)
    low, half, high = (float(q) for q in np.quantile(known, (0.25, 0.5, 0.75)))
    return Middle(name, half, low, high, int(known.size))


def is_small(one: Share, least: int) -> bool:
    """Whether a share speaks of so few that they could be known: the "yes", the others, or all of them."""
    return any(0 < number < least for number in (one.of, one.yes, one.of - one.yes))


def hide(one: Share, least: int) -> Share:
    """The share, or its name alone when it is small; how many are missing is blurred likewise."""
    if is_small(one, least):
        return Share(one.name, 0, 0, 0, hidden=True)
    return replace(one, missing=0 if 0 < one.missing < least else one.missing)


def hide_middle(one: Middle, least: int) -> Middle:
    return Middle(one.name, None, None, None, 0, hidden=True) if 0 < one.of < least else one


def hide_groups(parts: Sequence[Share], least: int) -> list[Share]:
    """Groups that add up to a total. Where exactly one is hidden it could be computed: the next smallest goes too."""
    shown = [hide(one, least) for one in parts]
    rest = [n for n, one in enumerate(shown) if not one.hidden and one.of]
    if sum(one.hidden for one in shown) == 1 and rest:
        smallest = min(rest, key=lambda n: parts[n].of)
        shown[smallest] = Share(parts[smallest].name, 0, 0, hidden=True)
    return shown
