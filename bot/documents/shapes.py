"""What a sheet of words is made of. Every word comes from outside, headings included."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How a row looks: white panels, a tinted one, a path from left to right, boxes to tick, or one big figure each."""

    PANEL = "panel"
    TINTED = "tinted"
    PATH = "path"
    TICKS = "ticks"
    FIGURES = "figures"


@dataclass(frozen=True)
class Part:
    """A heading and what she said under it, a paragraph or an item each. Without lines it is left out."""

    heading: str
    lines: tuple[str, ...] = ()


NOTHING = Part("")
"""What is left out."""


@dataclass(frozen=True)
class Row:
    """Parts side by side. Those that are empty leave their place to the others."""

    parts: tuple[Part, ...]
    look: Look = Look.PANEL


@dataclass(frozen=True)
class Sheet:
    """Words in rows from above to below. `title` and `name` stand in the head, `foot` at the end.

    `ours`: Rumbo's mark is on it. A paper that is hers alone goes without.
    """

    title: str
    name: str
    rows: tuple[Row, ...]
    foot: str = ""
    ours: bool = True
