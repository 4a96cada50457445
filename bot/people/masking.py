"""Takes what tells who someone is out of a text: staff read the message, not the person.

`mask` finds numbers and codes by their shape, street addresses by their parts, and names by a list, by cues
("me llamo", "doña") and by spaCy's Spanish NER. Salaries, dates, ages, towns and states stay readable. Pure but for
loading the model once, on the first message that needs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.people import identifiers, names

Span = tuple[int, int, str]
"""(start, end, kind): offsets in the original text, and one of the kinds below."""

PLACEHOLDERS = {
    "nombre": "«nombre»",
    "telefono": "«teléfono»",
    "correo": "«correo»",
    "curp": "«curp»",
    "rfc": "«rfc»",
    "tarjeta": "«tarjeta»",
    "direccion": "«dirección»",
    "usuario": "«usuario»",
    "numero": "«número»",
}


_SAID = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))


@dataclass(frozen=True)
class Masked:
    """`text` with placeholders, and what was taken out of the original, in order and never overlapping."""

    text: str
    spans: tuple[Span, ...]


def mask(text: str) -> Masked:
    """Replace what identifies a person: "soy Ana, 55 1234 5678" -> "soy «nombre», «teléfono»".

    What stood in the way of something is gone when the masked text is read again, so it is read until nothing new is
    found. Masking a masked text changes nothing.
    """
    spans: list[Span] = []
    while True:
        shown = _show(text, spans)
        said = [match.span() for match in _SAID.finditer(shown)]
        found = _without_overlaps([*identifiers.find(shown), *names.find(shown)])
        new = [span for span in found if not any(start <= span[0] and span[1] <= end for start, end in said)]
        if not new:
            return Masked(shown, tuple(spans))
        spans = _merged(spans, _in_original(text, spans, new))


def _show(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, kind in spans:
        parts += [text[done:start], PLACEHOLDERS[kind]]
        done = end
    return "".join(parts) + text[done:]


def _in_original(text: str, spans: list[Span], found: list[Span]) -> list[Span]:
    """What was found in the shown text, by offsets of the original; a placeholder it touches is part of it."""
    if not spans:
        return found
    places: list[tuple[int, int]] = []
    done = 0
    for start, end, kind in spans:
        places += [(at, at + 1) for at in range(done, start)] + [(start, end)] * len(PLACEHOLDERS[kind])
        done = end
    places += [(at, at + 1) for at in range(done, len(text))]
    return [(places[start][0], places[end - 1][1], kind) for start, end, kind in found]


def _merged(old: list[Span], new: list[Span]) -> list[Span]:
    """The new ones, and of the old ones those that none of them covers."""
    kept: list[Span] = []
    for span in [*new, *old]:
        if not any(span[0] < end and start < span[1] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def _without_overlaps(found: list[Span]) -> list[Span]:
    """The earlier in the list wins: shapes are surer than names. Of the later stays what sticks out by half."""
    kept: list[Span] = []
    for start, end, kind in found:
        whole = end - start
        for taken, until, _ in sorted(kept):
            if start < until and taken < end:
                start, end = (until, end) if taken <= start else (start, taken)
        if end - start > whole / 2:
            kept.append((start, end, kind))
    return sorted(kept)
