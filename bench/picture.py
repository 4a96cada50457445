"""A picture of a comparison, as plain SVG: a row a figure, a bar a side, and how many times better the first is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

WIDTH, LEFT, RIGHT, ROW, TOP = 920, 350, 180, 46, 64
COLOURS = ("#0b6e4f", "#b5b5b5")
STYLE = "text{font:13px system-ui,sans-serif;fill:#222}.t{font-size:17px;font-weight:600}.s{fill:#666;font-size:12px}"


@dataclass(frozen=True)
class Row:
    """A figure of both sides, and by how much the first is better (`ratio`; under 1 it is worse; None is not said)."""

    label: str
    ours: str
    theirs: str
    shares: tuple[float, float]
    ratio: float | None


def times(ratio: float | None) -> str:
    """`12 ×`, `1.4 ×`, or nothing."""
    return "" if ratio is None else f"{ratio:.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×"


def svg(title: str, below: str, sides: tuple[str, str], rows: list[Row]) -> str:
    """The whole picture. Bars of a row are to scale with each other, not with other rows."""
    height = TOP + ROW * len(rows) + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(16, 26, title, "t"),
        *_legend(sides),
        _text(WIDTH - 16, 48, "times better", "s", "end"),
        *(piece for n, row in enumerate(rows) for piece in _row(TOP + ROW * n, row)),
        _text(16, height - 12, below, "s"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _legend(sides: tuple[str, str]) -> list[str]:
    found = []
    for n, (name, colour) in enumerate(zip(sides, COLOURS, strict=True)):
        x = LEFT + 110 * n
        found += [f'<rect x="{x}" y="38" width="11" height="11" fill="{colour}"/>', _text(x + 17, 48, name)]
    return found


def _row(y: int, row: Row) -> list[str]:
    longest = max(row.shares) or 1.0
    found = [_text(16, y + 24, row.label), _text(WIDTH - 16, y + 24, times(row.ratio), "t", "end")]
    for n, (share, said) in enumerate(zip(row.shares, (row.ours, row.theirs), strict=True)):
        width, top = max(2.0, (WIDTH - LEFT - RIGHT) * share / longest), y + 4 + 17 * n
        found.append(f'<rect x="{LEFT}" y="{top}" width="{width:.1f}" height="15" fill="{COLOURS[n]}"/>')
        found.append(_text(LEFT + width + 6, top + 12, said))
    return found


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'
