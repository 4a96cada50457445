"""Numbers as people write them: 1,500, 1.5 mil, 5k, mil quinientos, treinta y cuatro."""

from __future__ import annotations

import re

_ONES = "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince".split()
_TEENS = "dieciseis diecisiete dieciocho diecinueve".split()
_TWENTIES = (
    "veinte veintiun veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()
_HUNDREDS = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos".split()
NAMES: dict[str, int] = {name: n for n, name in enumerate([*_ONES, *_TEENS, *_TWENTIES.split()])}
NAMES |= {"uno": 1, "una": 1, "veintiuno": 21, "veintiuna": 21, "cien": 100, "ciento": 100}
NAMES |= {name: 10 * n for n, name in enumerate(_TENS, 3)}
NAMES |= {name: 100 * n for n, name in enumerate(_HUNDREDS, 2)}
NAMES |= {"quiñentos": 500, "dosientos": 200, "tresientos": 300, "kinientos": 500, "treintaidos": 32}
TIMES = {"mil": 1000, "k": 1000, "millon": 1_000_000, "millones": 1_000_000}

DIGITS = r"(?:\d{1,3}(?:[,.]\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?![\d])"
_NAME = "|".join(sorted([*NAMES, "mil", "millones", "millon"], key=len, reverse=True))
NAMED = rf"\b(?:{_NAME})(?:\s+(?:y\s+)?(?:{_NAME}))*\b"
NUMBER = re.compile(
    rf"(?<![\w.,/:-])(?:{DIGITS}(?:k\b|\s*(?:mil|millones|millon)\b)(?:\s+(?:\d{{3}}\b|{NAMED}))?|{DIGITS}(?!\w)|{NAMED})"
)
_PART = re.compile(rf"{DIGITS}|[a-zñ]+")


def _digits(typed: str) -> float:
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+(\.\d+)?", typed):  # 1,500 and 1.500 are the same
        whole = re.sub(r"[,.](?=\d{3}(\D|$))", "", typed)
        return float(whole)
    return float(typed.replace(",", "."))


def value(number: str) -> float:
    """What a match of `NUMBER` is worth: thousands multiply what stands before them, the rest is added."""
    total = part = 0.0
    for piece in _PART.findall(number):
        if piece in TIMES:
            total, part = total + max(part, 1) * TIMES[piece], 0.0
        elif piece != "y":
            part += NAMES[piece] if piece in NAMES else _digits(piece)
    return total + part


def written(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.2f}".rstrip("0")
