"""Which day is meant: "el martes", "pasado mañana", "el 15", "15 de marzo", "en tres días", "el fin de semana".

Our own, because dateparser 1.5 reads "pasado mañana" as tomorrow and does not read "el 15" or "el próximo lunes".
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rapidfuzz import process

from bot.language import fold

HERE = ZoneInfo("America/Mexico_City")
"""Where most learners live; the others are an hour or two away."""
WEEKDAYS = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"]
MONTHS = ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre").split()
COUNT = ("un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
NUMBERS = {word: n for n, word in enumerate(COUNT, 1)} | {
    "una": 1,
    "quince": 15,
}
NO_DAYS = frozenset({"viene", "vienen", "artes", "partes", "antes", "mientras"})
"""Words that look like a weekday misspelled."""
UNITS = {"dia": 1, "dias": 1, "semana": 7, "semanas": 7, "mes": 30, "meses": 30}


def today(moment: datetime) -> date:
    """Which day "hoy" is."""
    return moment.astimezone(HERE).date()


def day(text: str, today: date) -> date | None:
    """The day a text speaks of; None when it speaks of none. A day without a year is the next such one, or today."""
    said = re.sub(r"\b(?:\d{1,2}(?::\d\d)?\s+)?(?:por|en|de) la ma[ñn]ana\b", "", fold(text))
    said = re.sub(r"\b(?:a las? )?\d{1,2}(?::\d\d)?\s*(?:am|pm|hrs?|horas?|de la (?:tarde|noche))\b", "", said)
    said = re.sub(r"\b(?:hoy|mañana|manana) no\b", "", said)
    words = re.findall(r"[a-zñ]+|\d+", said)
    return _near(said, words, today) or _written(said, today) or _weekday(words, today) or _of_month(said, today)


def _near(said: str, words: list[str], today: date) -> date | None:
    if re.search(r"pasado\s+mañana|pasado\s+manana", said):
        return today + timedelta(2)
    if {"mañana", "manana"} & set(words):
        return today + timedelta(1)
    if {"hoy", "ahorita", "ahora"} & set(words):
        return today
    if found := re.search(r"\b(?:en|dentro de)\s+(\w+)\s+(dias?|semanas?|mes(?:es)?)\b", said):
        count = int(found[1]) if found[1].isdecimal() else NUMBERS.get(found[1], 0)
        return today + timedelta(count * UNITS[found[2]]) if 0 < count * UNITS[found[2]] <= 366 else None
    if re.search(r"\bfin\s+de\s+semana\b|\bfinde\b", said):
        return _next(5, today)
    if re.search(r"(otra|proxima|siguiente)\s+semana|semana\s+que\s+(viene|entra)", said):
        asked = _named(words)
        return _next(asked or 0, _next(0, today + timedelta(1)))
    return None


def _written(said: str, today: date) -> date | None:
    """15/03, 15-3-2027, 15 de marzo."""
    if found := re.search(r"\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?\b", said):
        return _date(int(found[1]), int(found[2]), found[3], today)
    if found := re.search(r"\b(\d{1,2})\s+(?:de\s+)?([a-z]{4,10})(?:\s+(?:de|del)\s+(\d{4}))?\b", said):
        close = process.extractOne(found[2], MONTHS, score_cutoff=80)
        return _date(int(found[1]), MONTHS.index(close[0]) + 1, found[3], today) if close else None
    return None


def _date(number: int, month: int, year: str | None, today: date) -> date | None:
    """The day as written; without a year the next one there is, which for 29 February can be years away."""
    written = [int(year) if len(year) == 4 else 2000 + int(year)] if year else range(today.year, today.year + 9)
    for candidate in written:
        if 1 <= month <= 12 and 1 <= number <= monthrange(candidate, month)[1]:
            found = date(candidate, month, number)
            if found >= today:
                return found
    return None


def _weekday(words: list[str], today: date) -> date | None:
    asked = _named(words)
    return None if asked is None else _next(asked, today + timedelta(1))


def _named(words: list[str]) -> int | None:
    """The weekday among the words, also misspelled ("mierkoles") and as "sabados"."""
    for word in words:
        if len(word) > 4 and word not in NO_DAYS and (close := process.extractOne(word, WEEKDAYS, score_cutoff=80)):
            return WEEKDAYS.index(close[0])
    return None


def _next(weekday: int, start: date) -> date:
    return start + timedelta((weekday - start.weekday()) % 7)


def _of_month(said: str, today: date) -> date | None:
    """ "El 15": this month, or the next when it is over."""
    found = re.search(r"\b(?:el|dia|para el)\s+(\d{1,2})\b", said) or re.fullmatch(r"\s*(\d{1,2})\s*", said)
    if not found:
        return None
    number, start = int(found[1]), today.replace(day=1)
    for _ in range(3):
        days = monthrange(start.year, start.month)[1]
        if 1 <= number <= days and start.replace(day=number) >= today:
            return start.replace(day=number)
        start = (start + timedelta(31)).replace(day=1)
    return None


def past_day(text: str, today: date) -> date | None:
    """The day that is over a text speaks of: "hoy", "ayer", "el lunes", "hace dos semanas", "el 15 de marzo"."""
    said = fold(text)
    if re.search(r"\bantier\b|\bantes de ayer\b", said):
        return today - timedelta(2)
    if re.search(r"\bayer\b", said):
        return today - timedelta(1)
    if found := re.search(r"\bhace\s+(\w+)\s+(dias?|semanas?|mes(?:es)?)\b", said):
        count = int(found[1]) if found[1].isdecimal() else NUMBERS.get(found[1], 0)
        return today - timedelta(min(count, 120) * UNITS[found[2]]) if count else None
    if re.search(r"(?:mes|semana) pasad[oa]", said):
        return today - timedelta(UNITS["mes" if "mes pasado" in said else "semana"])
    return _before(text, today)


def _before(text: str, today: date) -> date | None:
    """What `day` reads as a day to come, moved back to the last such day."""
    found = day(text, today)
    if found is None or found == today:
        return found
    words = re.findall(r"[a-zñ]+|\d+", fold(text))
    if _named(words) is not None and not re.search(r"\d", text):
        return found - timedelta(7)
    if _written(fold(text), today):
        return _a_year_before(found)
    before = found.replace(day=1) - timedelta(1)
    return before.replace(day=min(found.day, before.day))


def _a_year_before(when: date) -> date:
    return when.replace(year=when.year - 1, day=28 if (when.month, when.day) == (2, 29) else when.day)


def spoken(when: date) -> str:
    """ "martes 24 de noviembre": how a day is said back."""
    names = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
    return f"{names[when.weekday()]} {when.day} de {MONTHS[when.month - 1]}"
