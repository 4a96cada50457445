"""When: days, hours, dates, parts of the day. Not how long, not what is past, not "ahorita"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumbo_engine.numbers import NAMES
from rumbo_engine.spans import Span, plain

_SMALL = "|".join(sorted((name for name, n in NAMES.items() if 1 <= n <= 30), key=len, reverse=True))
_N = rf"(?:\d{{1,2}}|{_SMALL})"
_DAY = r"(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)"
_MONTH = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre)"
_TOMORROW = r"ma[ñn]ana"
_PART = rf"(?:{_TOMORROW}s?|tarde(?:cita)?s?|noche(?:cita)?s?|madrugadas?|mediodia|medio\s+dia)"
_CLOCK = (
    rf"(?:(?:1\d|2[0-4]|\d)(?!\d)(?::\d{{2}}|\s+y\s+(?:media|cuarto))?|(?:{_SMALL})(?:\s+y\s+(?:media|cuarto|\w+))?)"
)
_HALF = r"(?:\s*(?:a\.?\s?m\b\.?|p\.?\s?m\b\.?|hrs?\b|horas\b))"
_NEXT = r"(?:\s+(?:que\s+viene|q\s+viene|que\s+entra|siguiente|proxim[oa]))"
_IN = r"(?:en|por|de|x|d|n)"

_WAYS = (
    rf"pasado\s+{_TOMORROW}",
    rf"(?:{_IN}\s+|todas\s+)las?\s+{_PART}",
    r"(?:esta|las|todas\s+las|en\s+las|por\s+las)\s+(?:tardes|noches|madrugadas)|esta\s+(?:tarde|noche|"
    r"madrugada|tardecita)",
    rf"(?:de\s+noche|de\s+dia|al?\s+medio\s?dia|a\s+media\s+noche|de\s+madrugada|{_TOMORROW}\s+tempran(?:it)?o)",
    rf"de\s+{_DAY}\s+a\s+{_DAY}",
    rf"(?:(?:el|en|los|este|estos|todos\s+los|cada|para\s+el|del|proximo|el\s+proximo|"
    rf"este\s+proximo)\s+)?{_DAY}{_NEXT}?",
    rf"{_TOMORROW}(?:s|\s+mismo)?",
    r"hoy(?:\s+mismo)?",
    r"(?:(?:el|los|en|este|cada|entre|todos\s+los)\s+)?(?:el\s+|"
    r"los\s+)?(?:proximo\s+)?(?:fin(?:es)?\s+de\s+semana|fin(?:es)?\s+de\s+mes|finde)"
    rf"{_NEXT}?",
    r"entre\s+semana",
    rf"(?:la\s+)?proxima\s+(?:semana|quincena)|(?:el\s+)?proximo\s+mes|(?:la\s+)?(?:semana|quincena){_NEXT}|"
    rf"(?:el\s+)?mes{_NEXT}",
    r"(?:la\s+otra|esta)\s+semana|este\s+mes|(?:el\s+)?(?:otro|proximo)\s+año|(?:el\s+)?año\s+que\s+(?:viene|entra)",
    rf"(?:(?:despues|antes|a\s+partir)\s+de|como\s+a|desde|hasta|a|tipo|"
    rf"x\s+ahi\s+de)\s+las?\s+{_CLOCK}(?:{_HALF}|(?!\w))",
    rf"las?\s+{_CLOCK}{_HALF}",
    rf"(?:de\s+)?{_CLOCK}{_HALF}?\s+a\s+{_CLOCK}{_HALF}",
    r"de\s+(?:1[0-2]|[1-9])(?::\d\d)?\s+a\s+\d{1,2}(?::\d\d)?"
    r"(?!\s*(?:a[ñn]os|pesos|mil|horas|meses|dias|semanas|personas|[vb]aros|\d))",
    rf"\d{{1,2}}:\d{{2}}{_HALF}?|{_CLOCK}\s*(?:a\.?m\b\.?|p\.?m\b\.?)",
    rf"(?:el\s+)?(?:dia\s+)?{_N}\s+(?:de\s+|d\s+)?{_MONTH}(?:\s+(?:de|del)\s+\d{{4}})?",
    r"(?:el\s+)?dia\s+\d{1,2}|\b(?:el|para\s+el)\s+\d{1,2}(?=\s*(?:$|[,.;!?)\n]))",
    r"(?:el\s+)?\d{1,2}/\d{1,2}(?:/\d{2,4})?",
    rf"(?:en|para|a\s+(?:finales|principios|mediados)\s+de)\s+{_MONTH}",
    rf"(?:en|dentro\s+de)\s+(?:unos?\s+|como\s+|unas\s+)?(?:{_N}|pocos)\s+(?:dias?|semanas?|mes(?:es)?|horas?|"
    rf"minutos|quincenas?|ratos?|a[ñn]os?)",
    rf"el\s+{_N}\s+de\s+este\s+mes",
    r"al\s+rato|al\s+ratito|mas\s+(?:tarde|al\s+rato)|mas\s+tardecito|en\s+unos\s+dias",
)
TIME = re.compile(rf"(?<!\w)(?:{'|'.join(f'(?:{way})' for way in _WAYS)})(?!\w)")
_PAST_AFTER = re.compile(r"\s+(?:pasad[oa]s?\b|anterior|en\s+dia\b|por\s+hoy)")
_PAST_BEFORE = re.compile(r"\b(?:ayer|hace|antier|desde\s+hace|pasad[oa]|buen[oa]s|hasta|por)\s*(?:el\s+|en\s+)?$")
_HAPPENED = re.compile(
    r"\s+(?:me|se|le|nos|ya\s+me|en\s+la\s+\w+\s+me)\s+\w{2,}(?:o|aron|ieron|eron)\b|\s+(?:fui|llego|vino|tuve|"
    r"estuve|amaneci|salio)\b"
)
_JOIN = re.compile(r"\s*,?\s*(?:(?:y|como|ya|pero|o\s+sea)\s*)?")
_IS_DAY = re.compile(rf"\b{_DAY}\b")
_LONG = re.compile(r"\s+(?:noche|nox|hoy|ratito)?\s*(?:de\s+experiencia|seguid[oa]s)")


def find(text: str) -> Iterator[Span]:
    """Every point or part of time; what stands together is one ("el martes a las 7")."""
    said = plain(text)
    found = [(m.start() + _lead(m.group()), m.end()) for m in TIME.finditer(said) if _is_ahead(said, m)]
    for start, end in _joined(said, found):
        if said.startswith("de la ", start):
            continue  # "son las tres de la mañana" tells the time, "la junta de la tarde" which one
        yield start, end, "time", " ".join(said[start:end].split())


def _lead(found: str) -> int:
    return len(found) - len(found.lstrip())


def _is_ahead(said: str, m: re.Match[str]) -> bool:
    """Not past, and no part of a greeting or a farewell ("hasta mañana", "buenas tardes")."""
    before, after = said[: m.start()], said[m.end() :]
    if re.match(_TOMORROW, m.group()) and re.search(r"\b(?:la|una|esta)\s+$", before):
        return False
    if _PAST_AFTER.match(after) or _LONG.match(after):
        return False
    if _PAST_BEFORE.search(before) and not m.group().startswith(("por", "en", "de ", "a ")):
        return _is_until_a_day(before, m.group())
    return not _HAPPENED.match(after) or m.group().startswith(("en ", "por ", "de ", "los ", "todos"))


def _is_until_a_day(before: str, found: str) -> bool:
    """ "Hasta el lunes" says when; "hasta mañana" says good-bye."""
    return bool(re.search(r"\b(?:hasta|por)\s*$", before)) and bool(_IS_DAY.search(found) or "las" in found)


def _joined(said: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and _belongs(said, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _belongs(said: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    gap, both = said[one[1] : other[0]], (said[slice(*one)], said[slice(*other)])
    if not _JOIN.fullmatch(gap):
        return False
    are_days = all(_IS_DAY.search(part) for part in both)
    return are_days == bool(re.search(r"\by\b|,", gap)) or (not are_days and "," in gap)
