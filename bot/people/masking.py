"""Takes what tells who someone is out of a text: staff read the message, not the person.

`mask` finds numbers and codes by their shape, street addresses by their parts, and names by a list, by cues
("me llamo", "doña") and by spaCy's Spanish NER. Salaries, dates, ages, towns and states stay readable. Pure but for
loading the model once, on the first message that needs it.
"""

from __future__ import annotations

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


@dataclass(frozen=True)
class Masked:
    """`text` with placeholders, and what was taken out of the original, in order and never overlapping."""

    text: str
    spans: tuple[Span, ...]


def mask(text: str) -> Masked:
    """Replace what identifies a person: "soy Ana, 55 1234 5678" -> "soy «nombre», «teléfono»"."""
    spans = _without_overlaps([*identifiers.find(text), *names.find(text)])
    parts: list[str] = []
    done = 0
    for start, end, kind in spans:
        parts += [text[done:start], PLACEHOLDERS[kind]]
        done = end
    return Masked("".join(parts) + text[done:], tuple(spans))


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
