"""Occupations and schooling in a message: whatever is named, but not who serves her ("la doctora me dijo")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumbo_engine.lookups import Lookups, kind_of
from rumbo_engine.spans import Span, plain, words_after, words_before

SERVES = re.compile(
    r"(?:doctor(?:a|as|es)?|maestr[ao]s?|maestrita|profes?|profesor(?:a|as|es)?|policias?|secretari[ao]s?|secre|"
    r"enfermer[ao]s?|enfermerita|"
    r"trabajador(?:a|as|es)? social(?:es)?|medic[ao]s?|licenciad[ao]s?|ingenier[ao]s?|guardias?|vigilantes?|"
    r"cajer[ao]s?|chofer(?:es)?|"
    r"parter[ao]s?|soldados?|marinos?|militar(?:es)?|promotor(?:a|as|es)?|conserje|pediatra|ginecologa|"
    r"asesor(?:a|es)?|educadora|"
    r"entrenador[a]?|capacitadora|conductor[a]?|bomber[ao]s?|supervisor[a]?|encargad[ao]|gerente|repartidor|"
    r"carter[ao]|taxista|"
    r"universitari[ao]|egresad[ao]s?|recepcionista|cobrador(?:es)?|psicologa educativa|"
    r"orientadora escolar)(?: de [a-z]+)?"
)
_SERVING = re.compile(
    r" (?:la|el|las|los|mi|mis|al|tu|su|sus|ese|esa|esta|este|otra|otro|un|una|unas|unos|con|que|a|como) $"
)
_BEING = re.compile(
    r" (?:soy|ser|era|fui|es|como|de|trabajo|trabaje|trabajaba|estudio|estudie|estudiar|titulo|puesto|curso|son|"
    r"seria|hacerme)"
    r"(?: (?:un|una|la|el|muy|buena?))? $"
)
_OFFICE = re.compile(
    r" de (?:la )?(?:educacion|salud|trabajo|economia|mujeres|las|bienestar|gobernacion|hacienda|cultura|desarrollo) "
)
_MEDICAL = re.compile(r" (?:examen(?:es)?|servicios?|seguros?|gastos|certificado|estudios|consultorio) $")


def find(text: str, lookups: Lookups) -> Iterator[Span]:
    for start, end, name in lookups.find(text):
        kind, _, value = name.partition(":")
        if kind_of(name) in ("occupation", "schooling") and not _serves(text, start, end):
            yield start, end, kind, value


def _serves(text: str, start: int, end: int) -> bool:
    """A doctor she spoke with is no trade of hers, and the Secretaría de Salud is no secretary."""
    before, after = words_before(text, start), words_after(text, end)
    said = plain(text[start:end])
    if "secretar" in said and ("í" in text[start:end].lower() or _OFFICE.match(after)):
        return True
    if "medic" in said and _MEDICAL.search(before):
        return True
    if not SERVES.fullmatch(said) or _BEING.search(before):
        return False
    return bool(
        _SERVING.search(before) or re.search(r" (?:llamar?|llame|vino|hable)(?: a| con)? (?:la|el)? ?$", before)
    )
