"""Which place in Mexico is nearest to a shared location. The location itself is kept nowhere."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

PLACES = Path(__file__).parent / "places.csv"
KM_A_DEGREE = 111.2
FAR = 100.0
"""Kilometres from the nearest place of 5,000 people from which we do not guess: the sea, a desert, another country."""
LINE = re.compile(r"([A-Z]{3}): (.+)")


@dataclass(frozen=True)
class Near:
    """A state by its id, and a place in it."""

    state: str
    name: str

    def __str__(self) -> str:
        return f"{self.state}: {self.name}"


@cache
def places() -> tuple[tuple[Near, float, float], ...]:
    """Every place with its latitude and longitude in degrees."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple((Near(row["state"], row["name"]), float(row["lat"]), float(row["lon"])) for row in rows)


def near(latitude: float, longitude: float, among: Iterable[tuple[Near, float, float]] | None = None) -> Near | None:
    """The nearest place; None where there is none near. In 93 of 100 cases the nearest neighbour of a place is in the
    same state, so it is always asked before it is used."""
    narrow = cos(radians(latitude))
    known = ((hypot(lat - latitude, (lon - longitude) * narrow), n) for n, lat, lon in among or places())
    apart, found = min(known, key=lambda one: one[0])
    return found if apart * KM_A_DEGREE <= FAR else None


def read(text: str) -> Near | None:
    """A place as it was written down in place of a location."""
    found = LINE.fullmatch(text.strip())
    return Near(found[1], found[2]) if found else None
