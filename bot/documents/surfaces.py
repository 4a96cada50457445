"""Two things to draw on, with the same strokes: a picture (PNG) and a page (PDF). The origin is the upper left."""

from __future__ import annotations

import math
from functools import cache
from io import BytesIO
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from bot.documents.ink import JAMAICA, PAPER, SUN, WHITE, Face, file_of, register, width

FINE = 2
"""A picture is drawn twice as large and then made smaller: its edges become smooth."""


class Surface(Protocol):
    """What a document is drawn on. Lengths are pixels of a picture or points of a page."""

    width: float
    height: float
    ground: str

    def text(self, x: float, base: float, words: str, face: Face, size: float, colour: str) -> None:
        """Words from `x` on; `base` is the line they stand on."""
        ...

    def box(self, x: float, y: float, wide: float, high: float, colour: str, round_: float = 0, edge: str = "") -> None:
        """A filled box with round corners, and with an edge when it has a colour."""
        ...

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        ...

    def stroke(self, points: list[tuple[float, float]], colour: str, thick: float) -> None:
        """A line through points."""
        ...

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        ...


@cache
def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    # BASIC: the other engine is not in every build of Pillow, and the same input must give the same picture.
    return ImageFont.truetype(str(file_of(face)), size, layout_engine=ImageFont.Layout.BASIC)


class Picture:
    """A PNG."""

    ground = PAPER

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, float(math.ceil(height))
        self._image = Image.new("RGB", (round(width * FINE), round(self.height * FINE)), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def text(self, x: float, base: float, words: str, face: Face, size: float, colour: str) -> None:
        font = _font(face, round(size * FINE, 1))
        self._draw.text((x * FINE, base * FINE), words, colour, font, anchor="ls")

    def box(self, x: float, y: float, wide: float, high: float, colour: str, round_: float = 0, edge: str = "") -> None:
        corners = [n * FINE for n in (x, y, x + wide, y + high)]
        self._draw.rounded_rectangle(corners, round_ * FINE, colour, edge or None, 2 * FINE if edge else 0)

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * FINE, y * FINE) for x, y in points], colour)

    def stroke(self, points: list[tuple[float, float]], colour: str, thick: float) -> None:
        self._draw.line([(x * FINE, y * FINE) for x, y in points], colour, round(thick * FINE), "curve")

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._draw.circle((x * FINE, y * FINE), radius * FINE, colour)

    def done(self) -> bytes:
        """The picture."""
        small = self._image.resize((round(self.width), round(self.height)), Image.Resampling.BOX)
        out = BytesIO()
        small.save(out, "PNG", optimize=True)
        return out.getvalue()


class Page:
    """A PDF of one page in letter size, the paper that is sold in Mexico; white, because ink costs money."""

    ground = WHITE

    def __init__(self, title: str) -> None:
        register()
        self.width, self.height = 612.0, 792.0
        self._out = BytesIO()
        self._canvas = Canvas(self._out, (self.width, self.height), invariant=1, lang="es-MX")
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")

    def text(self, x: float, base: float, words: str, face: Face, size: float, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(face, size)
        self._canvas.drawString(x, self.height - base, words)

    def box(self, x: float, y: float, wide: float, high: float, colour: str, round_: float = 0, edge: str = "") -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setStrokeColor(HexColor(edge or colour))
        self._canvas.setLineWidth(0.7)
        self._canvas.roundRect(x, self.height - y - high, wide, high, round_, int(bool(edge)), 1)

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self._trace(points)
        self._canvas.setFillColor(HexColor(colour))
        self._path.close()
        self._canvas.drawPath(self._path, stroke=0, fill=1)

    def stroke(self, points: list[tuple[float, float]], colour: str, thick: float) -> None:
        self._trace(points)
        self._canvas.setStrokeColor(HexColor(colour))
        self._canvas.setLineWidth(thick)
        self._canvas.drawPath(self._path, stroke=1, fill=0)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.circle(x, self.height - y, radius, stroke=0, fill=1)

    def done(self) -> bytes:
        """The page."""
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def _trace(self, points: list[tuple[float, float]]) -> None:
        self._path = self._canvas.beginPath()
        self._path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            self._path.lineTo(x, self.height - y)


def right(on: Surface, x: float, base: float, words: str, face: Face, size: float, colour: str) -> None:
    """Words that end at `x`."""
    on.text(x - width(words, face, size), base, words, face, size, colour)


def centred(on: Surface, x: float, base: float, words: str, face: Face, size: float, colour: str) -> None:
    """Words with their middle at `x`."""
    on.text(x - width(words, face, size) / 2, base, words, face, size, colour)


def mark(on: Surface, x: float, y: float, size: float) -> None:
    """Rumbo's compass, as in `bot/pages/rumbo.svg`, for a dark ground."""
    compass(on, x, y, size, ("#8f5079", JAMAICA, SUN, WHITE))


def compass(on: Surface, x: float, y: float, size: float, colours: tuple[str, str, str, str]) -> None:
    """A ring, its ground, and the two halves of a needle, in these colours."""
    unit, (ring, ground, north, south) = size / 40, colours

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + a * unit, y + b * unit) for a, b in points]

    on.disc(x + size / 2, y + size / 2, size / 2, ring)
    on.disc(x + size / 2, y + size / 2, size * 0.455, ground)
    on.shape(at((31, 9), (23.4, 23.4), (16.6, 16.6)), north)
    on.shape(at((9, 31), (16.6, 16.6), (23.4, 23.4)), south)
