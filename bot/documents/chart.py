"""Twelve months of up to three pathways in pesos: lines to be read on a telephone, and under them what was assumed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.documents.blocks import Line, Style, draw_lines, height_of, lines_of
from bot.documents.ink import INK, JAMAICA, LEAF, LINE, ROSE, SOFT, SUN, SURFACE, WHITE, Face, pesos, readable, wrap
from bot.documents.shapes import NOTHING, Look, Part
from bot.documents.surfaces import Picture, Surface, centred, mark, right

WIDE, LOWEST = 1080.0, 1350.0
MARGIN, PLOT = 56.0, 560.0
STYLE = Style(body=31, heading=32, pad=28, gap=24, margin=MARGIN)
COLOURS = (JAMAICA, "#c97a10", LEAF)
"""Told apart by lightness and by the sign at the end of each line too, not by hue alone."""
MOST = 3
TICKS, SMALLEST_STEP = 5, 100


@dataclass(frozen=True)
class Course:
    """One pathway: its name, what is together at the end of each month in whole pesos, and a line said about it."""

    name: str
    pesos: tuple[int, ...]
    said: str = ""
    sign: int | None = None
    """Which of the three colours and signs is its own; None: by its place."""


@dataclass(frozen=True)
class Chart:
    """`months`: a short name for each ("dic"). `unit` says what the numbers are. `assumptions` may be empty."""

    title: str
    unit: str
    months: tuple[str, ...]
    courses: tuple[Course, ...]
    assumptions: Part = NOTHING
    foot: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.courses) <= MOST or not self.months:
            raise ValueError("a chart shows one to three pathways and at least one month")
        if any(course.sign not in (None, *range(MOST)) for course in self.courses):
            raise ValueError("a pathway has one of three signs")
        if any(len(course.pesos) != len(self.months) for course in self.courses):
            raise ValueError("a pathway needs one number for each month")

    def signs(self) -> list[int]:
        return [n if course.sign is None else course.sign for n, course in enumerate(self.courses)]


@dataclass(frozen=True)
class Scale:
    """Where a number of pesos stands on the picture."""

    ticks: list[int]
    top: float
    high: float

    def y(self, amount: float) -> float:
        return self.top + self.high * (self.ticks[-1] - amount) / (self.ticks[-1] - self.ticks[0])


def ticks(lowest: int, highest: int) -> list[int]:
    """Round numbers from below the lowest to above the highest, zero among them."""
    low, high = min(lowest, 0), max(highest, 0)
    step = _round(max((high - low) / TICKS, SMALLEST_STEP))
    return list(range(math.floor(low / step) * step, math.ceil(max(high, low + 1) / step) * step + 1, step))


def _round(least: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 …"""
    ten = 10 ** max(math.floor(math.log10(max(least, 1))), 0)
    return int(next(ten * n for n in (1, 2, 5, 10) if ten * n >= least))


def short(amount: int) -> str:
    """Pesos as a scale says them: "$12 mil", "$1.5 mill", "-$500"."""
    sign, size = "-" if amount < 0 else "", abs(amount)
    if size >= 1_000_000:
        return f"{sign}${size / 1_000_000:.3g} mill"
    return f"{sign}${size // 1000:,} mil" if size >= 1000 and size % 1000 == 0 else pesos(amount)


def chart(of: Chart) -> bytes:
    """A PNG, 1080 pixels wide and 1350 high or more."""
    head = _head(of)
    band = height_of(head) + 64
    key, notes = _keys(of), _notes(of)
    top = band + 48
    below = top + PLOT + 76
    high = below + sum(height_of(k) + 16 for k in key) + (height_of(notes) + 2 * STYLE.pad + 20 if notes else 0) + 66
    on = Picture(WIDE, max(high, LOWEST))
    _draw_head(on, head, band)
    more = min(max(on.height - high, 0), 260)
    _plot(on, of, top, PLOT + more)
    _draw_words(on, of, key, notes, below + more)
    return on.done()


def _head(of: Chart) -> list[Line]:
    room = WIDE - 2 * MARGIN - 130
    title = [Line(w, Face.BOLD, 46, WHITE) for w in wrap(of.title, Face.BOLD, 46, room)]
    return title + [Line(w, Face.PLAIN, 31, ROSE, 4) for w in wrap(of.unit, Face.PLAIN, 31, room)]


def _draw_head(on: Surface, head: list[Line], band: float) -> None:
    on.box(0, 0, WIDE, band, JAMAICA)
    on.box(0, band, WIDE, 6, SUN)
    mark(on, WIDE - MARGIN - 100, (band - 100) / 2, 100)
    draw_lines(on, MARGIN, (band - height_of(head)) / 2, head)


def _plot(on: Surface, of: Chart, top: float, high: float) -> None:
    values = [amount for course in of.courses for amount in course.pesos]
    scale = Scale(ticks(min(values), max(values)), top, high)
    left, end = MARGIN + 152.0, WIDE - MARGIN - 24
    for tick in scale.ticks:
        _draw_tick(on, scale.y(tick), short(tick), left, tick == 0)
    places = [left + (end - left) * (n + 0.5) / len(of.months) for n in range(len(of.months))]
    for n, (x, month) in enumerate(zip(places, of.months, strict=True)):
        if n % 2 == 0 or len(of.months) < 7:
            centred(on, x, top + high + 50, readable(month), Face.PLAIN, 29, SOFT)
    for n, course in zip(of.signs(), of.courses, strict=True):
        points = [(x, scale.y(amount)) for x, amount in zip(places, course.pesos, strict=True)]
        on.stroke(points, on.ground, 13)
        on.stroke(points, COLOURS[n], 8)
    for n, course in zip(of.signs(), of.courses, strict=True):
        _sign(on, n, places[-1], scale.y(course.pesos[-1]), 17)


def _draw_tick(on: Surface, y: float, words: str, left: float, zero: bool) -> None:
    on.stroke([(left, y), (WIDE - MARGIN, y)], INK if zero else LINE, 4 if zero else 2)
    right(on, left - 16, y + 10, words, Face.BOLD if zero else Face.PLAIN, 29, INK if zero else SOFT)


def _sign(on: Surface, course: int, x: float, y: float, size: float) -> None:
    """A circle, a square or a triangle, one for each pathway."""
    if course == 0:
        on.disc(x, y, size + 4, WHITE)
        on.disc(x, y, size, COLOURS[course])
        return
    sides = [(-1, -1), (1, -1), (1, 1), (-1, 1)] if course == 1 else [(0, -1.15), (1.1, 0.9), (-1.1, 0.9)]
    for larger, colour in ((size + 4, WHITE), (size * 0.94, COLOURS[course])):
        on.shape([(x + a * larger, y + b * larger) for a, b in sides], colour)


def _keys(of: Chart) -> list[list[Line]]:
    """For each pathway its name with what is together at the end, and what is said of it."""
    room = WIDE - 2 * MARGIN - 60
    keys = []
    for course in of.courses:
        name = f"{course.name}: {pesos(course.pesos[-1])}"
        lines = [Line(w, Face.BOLD, 36, INK) for w in wrap(name, Face.BOLD, 36, room)]
        keys.append(lines + [Line(w, Face.PLAIN, 31, SOFT, 2) for w in wrap(course.said, Face.PLAIN, 31, room)])
    return keys


def _notes(of: Chart) -> list[Line]:
    said = any(map(readable, of.assumptions.lines))
    return lines_of(of.assumptions, WIDE - 2 * MARGIN - 2 * STYLE.pad, STYLE, Look.PANEL) if said else []


def _draw_words(on: Surface, of: Chart, keys: list[list[Line]], notes: list[Line], y: float) -> None:
    for n, lines in zip(of.signs(), keys, strict=True):
        _sign(on, n, MARGIN + 22, y + lines[0].height * 0.54, 16)
        draw_lines(on, MARGIN + 60, y, lines)
        y += height_of(lines) + 16
    if notes:
        high = height_of(notes) + 2 * STYLE.pad
        on.box(MARGIN, y + 6, WIDE - 2 * MARGIN, high, SURFACE, 24, LINE)
        draw_lines(on, MARGIN + STYLE.pad, y + 6 + STYLE.pad, notes)
    on.text(MARGIN, on.height - 28, readable(of.foot), Face.PLAIN, 24, SOFT)
