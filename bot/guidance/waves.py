"""The same questions at another time: what changed. Pure functions of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """One indicator at two times. `step`: up or down, where the answers have an order, else 0."""

    name: str
    before: Any
    now: Any
    step: int


def compare(before: Mapping[str, Any], now: Mapping[str, Any], order: Mapping[str, Sequence[Any]]) -> list[Change]:
    """What was answered at both times and differs, in the order of `now`.

    `order`: the answers of an indicator from first to last, where they have an order; numbers order themselves.
    """
    both = [name for name, value in now.items() if value is not None and before.get(name) is not None]
    return [
        Change(name, before[name], now[name], _step(before[name], now[name], order.get(name, ())))
        for name in both
        if before[name] != now[name]
    ]


def banded(value: Any, bands: Sequence[str]) -> Any:
    """A number as the range it lies in, such as 4500 as "3000-6000"; anything else as it is."""
    if not isinstance(value, int | float) or not bands:
        return value
    lows = {band: float(band.rstrip("+").split("-")[0]) for band in bands}
    return max((band for band in bands if lows[band] <= value), key=lambda band: lows[band], default=bands[0])


def _step(before: Any, now: Any, order: Sequence[Any]) -> int:
    if before in order and now in order:
        return _sign(order.index(before), order.index(now))
    if isinstance(before, int | float) and isinstance(now, int | float):
        return _sign(before, now)
    return 0


def _sign(first: float, second: float) -> int:
    return (second > first) - (second < first)
