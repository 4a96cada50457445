"""Colours and letters. The letters are Bitstream Vera, which reportlab brings; the colours, those of the chat page."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

PAPER, SURFACE, TINT, LINE = "#f8f2ec", "#fffdfb", "#f6e8f0", "#e4d7cc"
INK, SOFT, JAMAICA, SUN, LEAF, WHITE = "#2b2027", "#6d5b65", "#74305c", "#f4b04a", "#2f6f62", "#ffffff"
ROSE = "#e9cfe0"
"""Quiet words on jamaica."""

FONTS = Path(reportlab.__file__).parent / "fonts"
TWINS = {"→": "–", "←": "–", "≈": "~", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2015": "—", "\u2212": "-"}
"""Signs the font lacks and their nearest sign that it has."""


class Face(StrEnum):
    """The name of a font and of its file."""

    PLAIN = "Vera"
    BOLD = "VeraBd"


def file_of(face: Face) -> Path:
    return FONTS / f"{face}.ttf"


@cache
def _known() -> frozenset[int]:
    """Every character that both faces have."""
    faces = [TTFontFace(str(file_of(face))).charToGlyph for face in Face]
    return frozenset(set(faces[0]) & set(faces[1]))


@cache
def register() -> None:
    """Make the fonts known to reportlab, once a process."""
    for face in Face:
        pdfmetrics.registerFont(TTFont(face, str(file_of(face))))


def readable(text: str) -> str:
    """The text as the font can show it, on one line: emoji and other signs it lacks are left out."""
    whole = "".join(TWINS.get(sign, sign) for sign in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", "".join(_shown(sign) for sign in whole)).strip()


def _shown(sign: str) -> str:
    if sign.isspace():
        return " "
    if ord(sign) in _known() and unicodedata.category(sign)[0] != "C":
        return sign
    bare = unicodedata.normalize("NFD", sign)[0]  # a letter with an accent nobody drew keeps the letter
    return bare if bare.isalnum() and ord(bare) in _known() else ""


def width(text: str, face: Face, size: float) -> float:
    """How wide a text is, in the unit of `size`."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def wrap(text: str, face: Face, size: float, room: float) -> list[str]:
    """Lines no wider than `room`. A word that is wider by itself is broken; nothing is left out."""
    lines: list[str] = []
    line = ""
    for word in readable(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, face, size) <= room:
            line = longer
            continue
        lines += [line] if line else []
        *full, line = _broken(word, face, size, room)
        lines += full
    return [*lines, line] if line else lines


def _broken(word: str, face: Face, size: float, room: float) -> list[str]:
    parts = [""]
    for sign in word:
        if parts[-1] and width(parts[-1] + sign, face, size) > room:
            parts.append("")
        parts[-1] += sign
    return parts


def pesos(amount: int) -> str:
    """Whole pesos: "$1,250", "-$300"."""
    return f"{'-' if amount < 0 else ''}${abs(amount):,}"
