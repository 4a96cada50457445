"""A sheet as a picture for a telephone, or as a page to print."""

from __future__ import annotations

from bot.documents.blocks import Style
from bot.documents.ink import readable
from bot.documents.layout import draw, lay
from bot.documents.shapes import Sheet
from bot.documents.surfaces import Page, Picture

WIDE, HIGH = 1080.0, 1350.0
ON_PHONE = Style(body=38, heading=29, pad=30, gap=26, margin=64)
LARGEST, SMALLEST = 1.4, 0.66
"""25 pixels of 1080 are the smallest words of a picture: where that is not enough, the picture grows downward."""
ON_PAPER = Style(body=11, heading=9.5, pad=9, gap=9, margin=40)
LARGEST_ON_PAPER, SMALLEST_ON_PAPER = 1.35, 0.02


def picture(sheet: Sheet) -> bytes:
    """A PNG of 1080 x 1350 pixels, higher when there is very much to say."""
    laid = lay(sheet, ON_PHONE, WIDE, HIGH, LARGEST, SMALLEST)
    on = Picture(WIDE, max(HIGH, laid.height))
    draw(on, sheet, laid, spread=70)
    return on.done()


def page(sheet: Sheet) -> bytes:
    """A PDF of one page. The words become as small as it takes."""
    on = Page(readable(sheet.title))
    laid = lay(sheet, ON_PAPER, on.width, on.height, LARGEST_ON_PAPER, SMALLEST_ON_PAPER)
    draw(on, sheet, laid, spread=12)
    return on.done()
