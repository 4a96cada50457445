"""Lays a sheet out: the largest words with which everything fits, and every word drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from bot.documents.blocks import Line, Style, draw_lines, height_of, lines_of
from bot.documents.ink import JAMAICA, LINE, ROSE, SOFT, SUN, SURFACE, TINT, WHITE, Face, readable, wrap
from bot.documents.shapes import Look, Part, Row, Sheet
from bot.documents.surfaces import Surface, compass, mark

STEP = 0.96
"""How much smaller the words become from one try to the next."""


@dataclass(frozen=True)
class Placed:
    """A row with its lines: one list of them for each part that is not empty."""

    look: Look
    columns: list[list[Line]]
    column: float
    height: float


@dataclass(frozen=True)
class Laid:
    """A whole sheet in sizes that fit."""

    head: list[Line]
    rows: list[Placed]
    style: Style
    height: float

    @property
    def words(self) -> list[str]:
        """Every line that is drawn, for who wants to see that none is missing."""
        below = [line.words for row in self.rows for column in row.columns for line in column]
        return [line.words for line in self.head] + below


def lay(sheet: Sheet, style: Style, wide: float, high: float, largest: float, smallest: float) -> Laid:
    """The largest scale between the two at which it is no higher than `high`; the smallest if none is."""
    scale = largest
    laid = _at(sheet, style.scaled(scale), wide)
    while laid.height > high and scale > smallest:
        scale = max(scale * STEP, smallest)
        laid = _at(sheet, style.scaled(scale), wide)
    return laid


def _at(sheet: Sheet, style: Style, wide: float) -> Laid:
    room = wide - 2 * style.margin
    head = _head(sheet, style, room * 0.84)
    rows = [placed for row in sheet.rows if (placed := _row(row, room, style))]
    inner = sum(row.height for row in rows) + style.gap * max(len(rows) - 1, 0)
    return Laid(head, rows, style, _band(head, style) + inner + 2 * style.gap + _foot(style))


def _head(sheet: Sheet, style: Style, room: float) -> list[Line]:
    small, large = style.body * 1.05, style.body * 1.9
    title = [Line(w, Face.PLAIN, small, ROSE) for w in wrap(sheet.title, Face.PLAIN, small, room)]
    return title + [Line(w, Face.BOLD, large, WHITE) for w in wrap(sheet.name, Face.BOLD, large, room)]


def _band(head: list[Line], style: Style) -> float:
    return height_of(head) + 1.9 * style.margin * 0.6 + style.pad


def _foot(style: Style) -> float:
    return style.body * 2.2


def _row(row: Row, room: float, style: Style) -> Placed | None:
    parts = [part for part in row.parts if _says(part)]
    if not parts:
        return None
    column = (room - style.gap * (len(parts) - 1)) / len(parts)
    columns = [lines_of(part, column - 2 * style.pad, style, row.look) for part in parts]
    above = style.body * 0.9 if row.look is Look.PATH else 0
    return Placed(row.look, columns, column, max(map(height_of, columns)) + 2 * style.pad + above)


def _says(part: Part) -> bool:
    return any(map(readable, part.lines))


def draw(on: Surface, sheet: Sheet, laid: Laid, spread: float = 0) -> None:
    """Draw it all. `spread`: the most that each row may grow when there is room to spare."""
    style, room = laid.style, on.width - 2 * laid.style.margin
    on.box(0, 0, on.width, on.height, on.ground)
    band = _band(laid.head, style)
    _draw_head(on, laid, band, sheet.ours)
    spare = max(on.height - laid.height, 0) / max(len(laid.rows), 1)
    y = band + style.gap
    for row in laid.rows:
        high = row.height + min(spare, spread)
        _draw_row(on, row, y, high, style)
        y += high + style.gap
    if sheet.ours:
        _fill(on, y, on.height - _foot(style), style)
    _draw_foot(on, sheet.foot, style, room)


def _fill(on: Surface, top: float, end: float, style: Style) -> None:
    """A quiet compass where a large part of the sheet would be empty."""
    size = min(end - top, on.width * 0.6) * 0.8
    if size > on.width * 0.22:
        faint = (LINE, on.ground, LINE, LINE)
        compass(on, (on.width - size) / 2, (top + end - style.gap - size) / 2, size, faint)


def _draw_head(on: Surface, laid: Laid, band: float, ours: bool) -> None:
    style = laid.style
    on.box(0, 0, on.width, band, JAMAICA)
    on.box(0, band, on.width, max(style.body * 0.16, 1.5), SUN)
    size = min(style.margin * 1.75, band * 0.72)
    if ours:
        mark(on, on.width - style.margin - size, (band - size) / 2, size)
    draw_lines(on, style.margin, (band - height_of(laid.head)) / 2, laid.head)


def _draw_row(on: Surface, row: Placed, y: float, high: float, style: Style) -> None:
    if row.look is Look.PATH:
        _draw_path(on, row, y, style)
        y, high = y + style.body * 0.9, high - style.body * 0.9
    colour = TINT if row.look is Look.TINTED else SURFACE
    for n, lines in enumerate(row.columns):
        x = style.margin + n * (row.column + style.gap)
        on.box(x, y, row.column, high, colour, style.pad * 0.8, LINE)
        draw_lines(on, x + style.pad, y + (high - height_of(_tallest(row))) / 2, lines)


def _tallest(row: Placed) -> list[Line]:
    return max(row.columns, key=height_of)


def _draw_path(on: Surface, row: Placed, y: float, style: Style) -> None:
    """A dot above each part, and the line that joins them."""
    dots = [style.margin + n * (row.column + style.gap) + style.pad for n in range(len(row.columns))]
    end = on.width - style.margin - style.pad
    on.stroke([(dots[0], y), (end, y)], ROSE, style.body * 0.14)
    for x in dots:
        on.disc(x, y, style.body * 0.34, JAMAICA)
        on.disc(x, y, style.body * 0.14, SUN)


def _draw_foot(on: Surface, foot: str, style: Style, room: float) -> None:
    size = style.body * 0.62
    while len(lines := wrap(foot, Face.PLAIN, size, room)) > 1:
        size *= STEP
    for words in takewhile(bool, lines):
        on.text(style.margin, on.height - style.body * 0.9, words, Face.PLAIN, size, SOFT)
