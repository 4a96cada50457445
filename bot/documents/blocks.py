"""The words of one part, broken into lines that fit: what is measured is what is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.documents.ink import INK, JAMAICA, SOFT, SUN, Face, readable, width, wrap
from bot.documents.shapes import Look, Part
from bot.documents.surfaces import Surface


@dataclass(frozen=True)
class Style:
    """Sizes in the unit of the surface. `body` is the size of her words; the rest follows from it."""

    body: float
    heading: float
    pad: float
    gap: float
    margin: float

    def scaled(self, by: float) -> Style:
        """Smaller or larger words; the margin stays."""
        return Style(self.body * by, self.heading * by, self.pad * by, self.gap * by, self.margin)


@dataclass(frozen=True)
class Line:
    """Words in one size. `before` is the space above, `sign` what stands to the left of them: "", dot or tick."""

    words: str
    face: Face
    size: float
    colour: str
    before: float = 0
    indent: float = 0
    sign: str = ""

    @property
    def height(self) -> float:
        return self.before + self.size * 1.32


def lines_of(part: Part, room: float, style: Style, look: Look) -> list[Line]:
    """Heading and words within `room`."""
    said = [line for line in part.lines if readable(line)]
    head = _head(part.heading, room, style) if part.heading else []
    body = _figures if look is Look.FIGURES else _items if look is Look.TICKS or len(said) > 1 else _plain
    return head + body(said, room, style, look)


def _head(words: str, room: float, style: Style) -> list[Line]:
    return [Line(w, Face.BOLD, style.heading, JAMAICA) for w in wrap(words, Face.BOLD, style.heading, room)]


def _plain(said: list[str], room: float, style: Style, look: Look) -> list[Line]:
    return [line for words in said for line in _paragraph(words, room, style, style.body * 0.3)]


def _items(said: list[str], room: float, style: Style, look: Look) -> list[Line]:
    sign = "tick" if look is Look.TICKS else "dot"
    indent = style.body * (1.75 if sign == "tick" else 0.95)
    lines = []
    for words in said:
        first, *rest = _paragraph(words, room - indent, style, style.body * 0.3)
        lines += [replace(first, indent=indent, sign=sign), *(replace(line, indent=indent) for line in rest)]
    return lines


def _paragraph(words: str, room: float, style: Style, before: float) -> list[Line]:
    first, *rest = wrap(words, Face.PLAIN, style.body, room)
    line = Line(first, Face.PLAIN, style.body, INK, before)
    return [line, *(replace(line, words=more, before=0) for more in rest)]


def _figures(said: list[str], room: float, style: Style, look: Look) -> list[Line]:
    """The first line is the figure, what follows says what it is."""
    if not said:
        return []
    size = style.body * 1.9
    while width(readable(said[0]), Face.BOLD, size) > room and size > style.body:
        size *= 0.94
    big = [Line(w, Face.BOLD, size, INK, style.body * 0.2) for w in wrap(said[0], Face.BOLD, size, room)]
    small = [line for words in said[1:] for line in _paragraph(words, room, style, style.body * 0.15)]
    return big + [replace(line, colour=SOFT) for line in small]


def height_of(lines: list[Line]) -> float:
    return sum(line.height for line in lines)


def draw_lines(on: Surface, x: float, y: float, lines: list[Line]) -> None:
    """Lines from the upper left corner on."""
    for line in lines:
        y += line.height
        base = y - line.size * 0.34
        on.text(x + line.indent, base, line.words, line.face, line.size, line.colour)
        if line.sign == "dot":
            on.disc(x + line.size * 0.28, base - line.size * 0.33, line.size * 0.17, SUN)
        if line.sign == "tick":
            side = line.size * 1.05
            on.box(x, base - side * 0.83, side, side, "#ffffff", side * 0.22, JAMAICA)
