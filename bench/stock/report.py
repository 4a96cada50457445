"""The figures of both sides as a table and a picture: medians, their spread, and how many times better Rumbo is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

from bench.picture import Row, svg, times
from bench.speed import table

SIDES = ("Rumbo", "stock")
Samples = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Line:
    """A row of the table: which figure, how it is written, whether more of it is better, and what it shall reach."""

    key: str
    label: str
    digits: int = 0
    more: bool = False
    target: str = ""
    drawn: bool = True


@dataclass
class Figures:
    """Every value measured, by side and figure."""

    samples: Samples = field(default_factory=lambda: {side: defaultdict(list) for side in SIDES})

    def add(self, side: str, figures: dict[str, float]) -> None:
        for key, value in figures.items():
            self.samples[side][key].append(value)

    def median(self, side: str, key: str) -> float:
        return median(self.samples[side][key] or [0.0])

    def has(self, line: Line) -> bool:
        """Whether both sides were measured."""
        return all(self.samples[side][line.key] for side in SIDES)

    def said(self, side: str, line: Line) -> str:
        """The median, and the least and most where there were several."""
        values, form = self.samples[side][line.key], f",.{line.digits}f"
        if not values:
            return "not measured"
        spread = f" ({min(values):{form}} to {max(values):{form}})" if len(values) > 1 else ""
        return f"{median(values):{form}}{spread}"

    def ratio(self, line: Line) -> float | None:
        ours, theirs = (self.median(side, line.key) for side in SIDES)
        if not ours or not theirs:
            return None
        return ours / theirs if line.more else theirs / ours


def lines(late: int) -> list[Line]:
    return [
        Line("messages/s", "messages a second, sustained", 1, more=True),
        Line("p50 ms", "webhook to send, p50, ms", drawn=False),
        Line("p95 ms", "webhook to send, p95, ms", target="under 300 ms"),
        Line("p99 ms", "webhook to send, p99, ms"),
        Line("early all", "CPU ms a message, at message 10", 1, target="15 times; at most 10 ms"),
        Line("late all", f"CPU ms a message, at message {late}", 1, target="100 times at message 600"),
        Line("rss", "memory of all processes, MB (rss)", drawn=False),
        Line("pss", "memory, shared pages counted once, MB (pss)", target="under 600 MB"),
        Line("start", "seconds from start to the first answer", 1, target="ready in under 10 s"),
        Line("train", "seconds to learn (stock: 8 of 100 epochs)", drawn=False),
        Line("train all", "seconds to learn (stock: 100 epochs, computed)"),
        Line("disk", "environments on disk, MB"),
        Line("silent", "messages without an answer", drawn=False),
    ]


def markdown(figures: Figures, rows: list[Line]) -> list[str]:
    cells = [
        [line.label, *(figures.said(side, line) for side in SIDES), times(figures.ratio(line)), line.target]
        for line in rows
    ]
    return table(["", "Rumbo", "stock Rasa", "times better", "target"], cells)


def processes(figures: Figures, late: int) -> list[str]:
    """CPU milliseconds of a message, by process."""
    cells = []
    for side in SIDES:
        names = [k.removeprefix("early ") for k in figures.samples[side] if k.startswith("early ")]
        for name in (n for n in names if n != "all"):
            spent = [f"{figures.median(side, f'{when} {name}'):.1f}" for when in ("early", "late")]
            cells.append([f"{side}: {name}", *spent])
    return table(["process", "CPU ms at message 10", f"at message {late}"], cells)


def picture(figures: Figures, rows: list[Line], below: str) -> str:
    drawn = [_row(figures, line) for line in rows if line.drawn and figures.has(line)]
    return svg("Rumbo and stock Rasa 3.6.21, the same messages on the same machine", below, SIDES, drawn)


def _row(figures: Figures, line: Line) -> Row:
    ours, theirs = (figures.median(side, line.key) for side in SIDES)
    said = [f"{value:,.{line.digits}f}" for value in (ours, theirs)]
    return Row(line.label, *said, (ours, theirs), figures.ratio(line))
