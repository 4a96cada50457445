"""The number in a text, in digits or in words. Pure functions of plain values."""

from __future__ import annotations

import re

from bot.language import fold, words

FROM_ZERO = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete"
    " dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete"
    " veintiocho veintinueve"
)
TENS = {w: n * 10 for n, w in enumerate("treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 3)}
HUNDREDS = {
    w: n * 100 for n, w in enumerate("cien doscientos trescientos cuatrocientos quinientos seiscientos".split(), 1)
}
OTHERS = {"un": 1, "una": 1, "ningun": 0, "ninguna": 0, "ninguno": 0, "medio": 0.5, "media": 0.5}
WORD_NUMBERS = {w: n for n, w in enumerate(FROM_ZERO.split())} | TENS | HUNDREDS | OTHERS
ARTICLES = frozenset({"un", "una", "medio", "media"})
COUNTED = re.compile(r"(?:hora|dia|semana|mes|año|peso|vez|hijo|hija|niñ[oa]|persona|mil|y)\w*")


def number(text: str) -> float | None:
    """The number in a text, in digits or in words. Thousands may have a comma."""
    said = words(text)
    thousand = 1000 if {"mil", "miles"} & set(said) else 1
    if found := re.search(r"-?\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|-?\d+(?:[.,]\d+)?", text):
        digits = found[0]
        return thousand * float(digits.replace(",", "") if re.search(r",\d{3}", digits) else digits.replace(",", "."))
    counted = next((_spoken(said[n:]) for n, w in enumerate(said) if w in WORD_NUMBERS and _counts(said, n)), None)
    return thousand * (1.0 if counted is None else counted) if counted is not None or thousand > 1 else None


def _spoken(said: list[str]) -> float:
    """The number that begins here: "cuarenta y seis" is one, "dos y uno que viene" begins with two."""
    units = FROM_ZERO.split()[1:10]
    joined = said[0] in TENS and said[1:2] == ["y"] and said[2:3] and said[2] in units
    return float(WORD_NUMBERS[said[0]]) + (WORD_NUMBERS[said[2]] if joined else 0)


def _counts(said: list[str], place: int) -> bool:
    """Whether a number word counts something: "una" alone or "una hora", not "un montón"."""
    if said[place] not in ARTICLES:
        return True
    following = said[place + 1 : place + 2]
    return not following or bool(COUNTED.fullmatch(following[0]))


EVERY = (
    (r"\bcada (?:8|ocho) dias\b|\bseman\w*\b", 52 / 12),
    (r"\bcada (?:15|quince) dias\b|\bquincen\w*\b", 2.0),
    (r"\b(?:al|por|cada) dia\b|\bdiari\w+\b", 365 / 12),
    (r"\b(?:al|por|cada) año\b|\banual\w*\b", 1 / 12),
)
"""How people say how often an amount comes, and how often that is in a month."""


def times_a_month(text: str) -> float:
    """How often in a month an amount comes: "300 a la semana" is 52/12, a fortnight's twice, else once."""
    said = fold(text)
    return next((times for every, times in EVERY if re.search(every, said)), 1.0)
