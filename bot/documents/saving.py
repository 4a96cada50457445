"""How far her saving has come: a ring that fills, and a bead where she stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.documents.blocks import Line, height_of
from bot.documents.ink import INK, JAMAICA, LINE, ROSE, SOFT, SUN, WHITE, Face, pesos, readable, width, wrap
from bot.documents.surfaces import Picture, Surface, centred, mark

WIDE, HIGH = 1080.0, 1350.0
RADIUS, THICK = 285.0, 58.0


@dataclass(frozen=True)
class Saving:
    """`goal`: what it is for, in her words. `saved` and `target` in whole pesos. `said`: what stands below the ring."""

    title: str
    goal: str
    saved: int
    target: int
    of: str
    """The words between the two sums, such as "de"."""
    said: tuple[str, ...] = ()
    foot: str = ""

    def __post_init__(self) -> None:
        if self.saved < 0 or self.target <= 0:
            raise ValueError("what is saved cannot be under zero, and the goal must be over it")


def saving(of: Saving) -> bytes:
    """A PNG, 1080 pixels wide and 1350 high or more."""
    head = [Line(w, Face.PLAIN, 38, ROSE) for w in wrap(of.title, Face.PLAIN, 38, 800)]
    head += [Line(w, Face.BOLD, 54, WHITE) for w in wrap(of.goal, Face.BOLD, 54, 800)]
    said = [Line(w, Face.PLAIN, 38, INK, 6) for text in of.said for w in wrap(text, Face.PLAIN, 38, WIDE - 160)]
    band = height_of(head) + 84
    centre = (WIDE / 2, band + 70 + RADIUS + THICK / 2)
    end = centre[1] + RADIUS + THICK / 2 + 70
    on = Picture(WIDE, max(HIGH, end + height_of(said) + 110))
    _head(on, head, band)
    _ring(on, of, (centre[0], centre[1] + (on.height - end - height_of(said) - 110) / 2))
    _words(on, said, on.height - 110 - height_of(said) - max(on.height - end - height_of(said) - 110, 0) / 4)
    on.text(64, on.height - 36, readable(of.foot), Face.PLAIN, 25, SOFT)
    return on.done()


def _head(on: Surface, head: list[Line], band: float) -> None:
    on.box(0, 0, WIDE, band, JAMAICA)
    on.box(0, band, WIDE, 6, SUN)
    mark(on, WIDE - 64 - 112, (band - 112) / 2, 112)
    y = (band - height_of(head)) / 2
    for line in head:
        y += line.height
        on.text(64, y - line.size * 0.34, line.words, line.face, line.size, line.colour)


def _ring(on: Surface, of: Saving, centre: tuple[float, float]) -> None:
    part = min(of.saved / of.target, 1.0)
    _arc(on, centre, 1.0, LINE)
    if part:
        _arc(on, centre, part, SUN)
        x, y = _at(centre, part)
        on.disc(x, y, THICK * 0.72, JAMAICA)
        on.disc(x, y, THICK * 0.34, WHITE)
    _centred(on, centre, centre[1] + 14, pesos(of.saved), Face.BOLD, 92, JAMAICA)
    _centred(on, centre, centre[1] + 84, f"{of.of} {pesos(of.target)}", Face.PLAIN, 42, SOFT)


def _centred(
    on: Surface, at: tuple[float, float], base: float, words: str, face: Face, size: float, colour: str
) -> None:
    """Words within the ring, smaller when the sum is long."""
    while width(words, face, size) > 2 * (RADIUS - THICK) and size > 12:
        size *= 0.94
    centred(on, at[0], base, words, face, size, colour)


def _arc(on: Surface, centre: tuple[float, float], part: float, colour: str) -> None:
    """From the top on, clockwise; its ends are round."""
    steps = max(round(180 * part), 1)
    parts = [part * n / steps for n in range(steps + 1)]
    outer = [_at(centre, one, RADIUS + THICK / 2) for one in parts]
    inner = [_at(centre, one, RADIUS - THICK / 2) for one in reversed(parts)]
    on.shape(outer + inner, colour)
    for x, y in (_at(centre, 0), _at(centre, part)):
        on.disc(x, y, THICK / 2, colour)


def _at(centre: tuple[float, float], part: float, radius: float = RADIUS) -> tuple[float, float]:
    angle = 2 * math.pi * part - math.pi / 2
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def _words(on: Surface, said: list[Line], y: float) -> None:
    for line in said:
        y += line.height
        centred(on, WIDE / 2, y - line.size * 0.34, line.words, line.face, line.size, line.colour)
