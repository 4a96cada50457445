"""Which hour is meant: "a las 5", "5 y media de la tarde", "17:30", "en la mañana". Pure functions of plain values."""

from __future__ import annotations

import re

from bot.language import fold

NUMBERS = {
    word: n for n, word in enumerate("una dos tres cuatro cinco seis siete ocho nueve diez once doce".split(), 1)
}
PARTS = (
    (r"\bmedio ?dia\b", "12:00"),
    (r"\b(?:temprano|amanecer|antes de (?:la escuela|que se levanten))\b", "08:00"),
    (r"\bmañan(?:a|ita)\b|\bmanana\b", "09:00"),
    (r"\btard(?:e|ecita)\b|\bdespues de comer\b", "16:00"),
    (r"\bnoch(?:e|ecita)\b|\bcuando se duerman\b", "19:00"),
)
"""What a part of the day is taken for; the learner sees the hour and can change it."""
CLOCK = re.compile(
    r"\b(\d{1,2})\s*[:.]\s*(\d{2})\b|\b(?:a |como a |tipo )?las?\s+(\d{1,2}|[a-z]+)\b"
    r"|\b(\d{1,2})\s*(?:am|pm|hrs?|horas|de la)\b"
    r"|^\s*(\d{1,2}|[a-z]+)\s*(?:y|$)"
)
EVENING = re.compile(r"\bpm\b|\bp\.? ?m\b|\b(?:de|en|por) la (?:tarde|noche)\b")
MORNING = re.compile(r"\bam\b|\ba\.? ?m\b|\b(?:de|en|por) la (?:mañana|manana)\b")
HALF = re.compile(r"\by media\b")
QUARTER = re.compile(r"\by cuarto\b")
FIRST_OF_DAY = 7
"""A bare hour before this one is in the afternoon: "a las 5" is 17:00, "a las 8" is 08:00."""


def hour(text: str) -> str | None:
    """The hour a text speaks of, as `HH:MM` of her own clock; None when it speaks of none."""
    said = fold(text).strip()
    if found := CLOCK.search(said):
        spoken = next(g for g in (found[1], found[3], found[4], found[5]) if g is not None)
        number = int(spoken) if spoken.isdecimal() else NUMBERS.get(spoken)
        if number is not None:
            return _clock(number, found[2], said)
    return next((when for pattern, when in PARTS if re.search(pattern, said)), None)


def _clock(number: int, minutes: str | None, said: str) -> str | None:
    minute = int(minutes) if minutes else 30 if HALF.search(said) else 15 if QUARTER.search(said) else 0
    if number < 12 and (EVENING.search(said) or (number < FIRST_OF_DAY and not MORNING.search(said) and not minutes)):
        number += 12
    if number == 12 and MORNING.search(said):
        number = 0
    return f"{number:02}:{minute:02}" if number < 24 and minute < 60 else None


def spoken_hour(when: str) -> str:
    """ "5:30 de la tarde": how an hour is said back."""
    number, minute = int(when[:2]), when[3:]
    part = "de la mañana" if number < 12 else "de la tarde" if number < 19 else "de la noche"
    shown = number if number <= 12 else number - 12
    return f"{shown or 12}:{minute} {part}"
