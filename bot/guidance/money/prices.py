"""The price of what she sells: what a piece costs with her time in it, and how many to sell so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guidance.business import break_even


@dataclass(frozen=True)
class Batch:
    """What she makes at one time. `materials`: pesos for all of it, with gas, bags and fares; `minutes` of her work."""

    materials: int
    minutes: int
    pieces: int

    def __post_init__(self) -> None:
        if min(self.materials, self.minutes) < 0 or self.pieces < 1:
            raise ValueError("materials and minutes are 0 or more, and there is at least 1 piece")


@dataclass(frozen=True)
class Price:
    """`floor`: pesos of one piece under which she works for nothing; `price` with the gain on it; `time`: what her work
    comes to in the whole batch; `even`: pieces a week so that nothing is lost, None when a piece leaves nothing."""

    floor: int
    price: int
    time: int
    even: int | None


def price(batch: Batch, hour: int, gain: int = 0, fixed: int = 0) -> Price:
    """Whole pesos, rounded up so that nothing is given away. `hour`: what an hour of hers is worth; `gain`: percent on
    the floor; `fixed`: pesos a month. Raises `ValueError` below 0."""
    if min(hour, gain, fixed) < 0:
        raise ValueError("hour, gain and fixed are 0 or more")
    time = -(-batch.minutes * hour // 60)
    floor = -(-(batch.materials + time) // batch.pieces)
    asked = -(-floor * (100 + gain) // 100)
    return Price(floor, asked, time, break_even(asked, -(-batch.materials // batch.pieces), fixed))
