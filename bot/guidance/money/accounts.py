"""Which kind of account fits: by what comes in, what for, and whether somebody else might look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """What she wants it for. `monthly`: pesos that come in, in her best month; `support`: a government support is paid
    into it; `private`: somebody at home must not see it; `far`: no branch nearby; `phone`: she has one of her own."""

    monthly: int
    support: bool = False
    private: bool = False
    far: bool = False
    phone: bool = True


@dataclass(frozen=True)
class Fit:
    """`level`: the smallest account that takes so much, None for one without a limit; `room`: pesos a month it still
    takes above that. `notes`: what to look after, by name."""

    level: str | None
    room: int | None
    notes: tuple[str, ...]


def which(wanted: Wanted, limits: Mapping[str, int]) -> Fit:
    """The smallest level whose monthly limit is not passed. `limits`: level -> pesos a month, in any order. Raises
    `ValueError` below 0 pesos."""
    if wanted.monthly < 0:
        raise ValueError("what comes in is 0 pesos or more")
    level = min((name for name in limits if limits[name] >= wanted.monthly), key=lambda n: (limits[n], n), default=None)
    room = None if level is None else limits[level] - wanted.monthly
    return Fit(level, room, _notes(wanted))


def _notes(wanted: Wanted) -> tuple[str, ...]:
    said = {
        "support": wanted.support,
        "private": wanted.private,
        "remote": wanted.far and wanted.phone and not wanted.private,
        "branch": not wanted.phone or (wanted.far and wanted.private),
        "fees": True,
    }
    return tuple(name for name, wanted_too in said.items() if wanted_too)
