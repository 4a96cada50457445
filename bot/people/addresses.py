"""Where someone lives, found by its parts: street and number, block and lot, colony, kilometre. Used by `identifiers`.

An address is a core (`_CORES`) and the parts after it (`_PART`). A street alone ("la calle Juárez") is a place in town
and stays readable; it goes with a number, a crossing, a colony, or when somebody says that they live there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.people.wordlists import lists

_STOP = (
    r"(?:y|e|o|u|con|que|q|k|ke|pero|en|n|a|al|como|por|porque|xq|x|donde|cuando|para|pa|es|esta|está|estan|"
    r"son|no|ni|si|"
    r"me|mi|mis|se|su|sus|te|tu|le|les|nos|lo|frente|junto|cerca|atras|atrás|detras|lado|entre|esquina|esq|"
    r"sobre|hasta|asta|"
    r"desde|mientras|tambien|también|ahi|ahí|ai|aqui|aquí|aki|alla|allá|hay|ay|ya|yo|muy|mas|más|vivo|vive|"
    r"vivimos|estoy|"
    r"tengo|tiene|soy|quiero|kiero|busco|buscan|trabajo|trabajan|ando|voy|va|vamos|fui|fue|era|gracias|hola|"
    r"apenas|unos?|"
    r"unas?|este|esta|ese|esa|cual|cuál|cuanto|cuánto|todos?|todas?|pues|ps|pos|porfa|solo|sólo|sin|c\.?p|tel|"
    r"cel|mz|mza|lt|"
    r"lote|manzana|num|número|numero|no|int|depto|casa|piso|edificio|col|colonia|fracc|barrio|ejido|rumbo|"
    r"tranquil[ao]|segur[ao]|"
    r"popular|peligros[ao]|vecin[ao]|enter[ao]|donde|abre|abren|cierra|queda|quedan|antes|despues|después|"
    r"porton|portón|"
    r"\w+[aei]ndo|\w+[ai]e?ron|bien|mal|\w+[aá]bamos|\w+amos)\b"
)
_SMALL = r"(?:(?:de|del|la|las|los|el|san|santa|sta|sto|lomas|villas?|valle|nueva|nuevo|ampliaci[oó]n|rancho)\s+)"
_TOWN_NAMES = sorted(
    lists()["towns"]
    - set("juarez hidalgo madero obregon guerrero cardenas victoria matamoros progreso delicias".split())
)
_TOWN = rf"(?:{'|'.join(re.escape(town) for town in _TOWN_NAMES)})\b"
_WORD = rf"(?!{_STOP})(?:[^\W\d_][\w'-]*\.?)"
_NAME = rf"(?:\s+(?:(?:\d{{1,2}} de )?{_WORD}|del \w+|sin nombre))"
_PROPER = (
    rf"(?:\s+{_SMALL}*(?:\d{{1,2}} (?:de )?)?{_WORD}(?:\s+(?:de|del|de la|de los|de las)\s+{_WORD}|\s+(?!de\b|"
    rf"{_TOWN}){_WORD})?)"
)
"""The name of a colony or a village: one word or two, and no town after it."""

_STREET = (
    r"(?:calle|calles|avenida|av|ave|avda|blvd|blv|boulevard|bulevar|calz|calzada|carretera|carr|privada|priv|"
    r"priva|cerrada|cda|"
    r"cerr|andador|and|callej[oó]n|cjon|prolongaci[oó]n|prol|circuito|cto|retorno|ret|camino|paseo|pje|pasaje|"
    r"eje|perif[eé]rico|"
    r"diagonal|diag|libramiento|calleja|rinconada|glorieta|vereda|brecha|pasadizo|campo)\b\.?"
)
_ONES = r"(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|once|doce|trece|catorce|quince|dieci\w+|veinti\w+)"
_SPELLED = (
    rf"(?!y\b)(?:(?:(?:ciento?|doscientos|trescientos|cuatrocientos|quinientos|\w+cientos|mil|diez|veinte|"
    rf"treinta|cuarenta|cincuenta|"
    rf"sesenta|setenta|ochenta|noventa|y|{_ONES})\b\s*)+)"
)
_DIGITS = r"\d{1,5}(?!\d)(?:\s?-\s?(?:[a-z]|\d{1,3})\b|\s?[a-f]\b|\s?bis\b|[a-z]\b)?"
_SEP = r"\s*,?\s*(?<![^\W\d_])"
_MARKED = (
    rf"(?:{_SEP}(?:#|n[uú]m(?:ero)?s?\b\.?|no\b\.?|n[°º.]|n\b\.?|ext(?:erior)?\b\.?|"
    rf"casa)\s*(?:#\s*)?(?:{_DIGITS}|{_SPELLED}\b)|"
    rf"{_SEP}(?:casa )?(?:s\s?/\s?n\b|sin n[uú]mero\b))"
)
_NUMBER = (
    rf"(?:{_MARKED}|\s*,?\s+(?<!\blos )(?<!\blas )(?<!\bde ){_DIGITS}(?![/:%]|[.,]\d|\s*(?:de|del|pesos|a[ñn]os|"
    rf"añitos|mil|hijos|horas|hrs?|d[ií]as|"
    r"semanas|meses|personas|veces|am|pm|cuadras|minutos|min|km|niños|y pico|varos)\b))"
)
_SIDE = rf"(?:{_SEP}(?:altos|bajos|pte|ote|nte|sur|norte|oriente|poniente|bis|centro|planta baja|pb|p\.?b)\b\.?)"
_INSIDE = (
    rf"(?:{_SEP}(?:int(?:erior)?|depto|dpto|dep|departamento|edif(?:icio)?|torre|piso|casa|cuarto|local|bodega|"
    rf"mz|mza|mzna|manz|"
    r"manzana|lt|lte|lote|sm|super ?manzana|smz|s\.m|regi[oó]n|etapa|secci[oó]n|secc|nivel|entrada|condominio|"
    r"cond|vivienda|viv)"
    r"\b\.?\s*(?:n[uú]m\.?\s*|no\.\s*|#\s*)?(?:\d{1,4}(?:\s?-?\s?[a-z]\b)?|[a-z]\b|[a-z]-?\d{1,3}\b))"
)
_COLONY = (
    rf"(?:{_SEP}(?:(?:en|de|es) )?(?:(?:la|el) )?(?:col|colonia|colon[ií]a|fracc|frac|fraccionamiento|barrio|bo|"
    rf"unidad(?: hab\w*)?|"
    r"u\.?\s?h|residencial|infonavit|conjunto|pueblo(?: de)?|poblado|ejido|ej|rancher[ií]a|ra|r/a|comunidad|"
    r"congregaci[oó]n|"
    rf"secci[oó]n|sector|zona|villas?|valle de|lomas de|jardines de|bosques de|hacienda)\b\.?{_PROPER})"
)
_POSTAL = rf"(?:{_SEP}(?:c\.?\s?p|c[oó]digo postal)\b\.?\s*(?:es\s*)?:?\s*\d{{5}}\b)"
_CROSSED = (
    rf"(?:{_STREET}\s*)?(?:\d{{1,3}}(?:\s?-?[a-z])?\b|(?:\d{{1,2}} de |(?:la|el|los|las|"
    rf"av\.?) )*{_WORD}(?:\s+(?!{_TOWN}){_WORD})?)"
)
_BETWEEN = (
    rf"(?:{_SEP}(?:entre(?: las?)?(?: calles?)?|por|x)\s+{_CROSSED}\s+(?:y|e|con)\s+{_CROSSED}|"
    rf"{_SEP}(?:casi )?(?:esquina|esq)\b\.?\s*(?:con |de |y )?(?:la |el )?{_CROSSED}|{_SEP}x\s+\d{{1,3}}\b)"
)
_ROAD = r"(?:carretera|carr|autopista|corredor|camino|libramiento)"
_KM = (
    rf"(?:{_SEP}(?:(?:el|en el) )?(?:km|kil[oó]metro)\b\.?\s*\d+(?:[.+]\d+)?(?:\s+(?:de la |del |"
    rf"de )?{_ROAD}\b\.?(?:\s+(?:a|al|de|la)\b)*{_NAME}{{0,3}})?)"
)
_OTHER_STREET = rf"(?:{_SEP}(?:(?:de|en|sobre) )?(?:la )?{_STREET}(?:\s+al?\b)?(?:\s+\d{{1,3}}\b|{_NAME}{{1,3}}))"
_FIRM = rf"(?:{_COLONY}|{_POSTAL}|{_INSIDE}|{_BETWEEN}|{_KM}|{_MARKED})"
_PART = rf"(?:{_INSIDE}|{_MARKED}|{_COLONY}|{_POSTAL}|{_BETWEEN}|{_SIDE}|{_KM}|{_OTHER_STREET}|{_NUMBER})"
_COMPASS = r"(?:norte|sur|oriente|poniente|ote|pte|nte)\b\.?"
_CODED = rf"(?:\s+\d{{1,3}}(?:\s?-?[a-z]\b)?(?:\s+(?:de|{_COMPASS})(?:\s+{_WORD}){{0,2}})?)"
_LIVES = (
    r"\b(?:vivo|vive|viv[ií]mos|rento|rentamos|rentando|me quedo|nos cambiamos|me mud[eé]|me cambi[eé]|"
    r"mi casa(?: (?:es|est[aá]|queda))?|"
    r"mi (?:domicilio|direcci[oó]n)(?: es)?|domicilio(?: es)?|direcci[oó]n(?: es)?|est[aá] en casa|"
    r"casa de mi \w+)\s*:?,?\s*"
    r"(?:(?:en|por|x|sobre|a|ahora|es)\s+)*"
)
_BARE = (
    rf"(?!{_SMALL}*(?:secundaria|prepa\w*|primaria|cecati|cetis|cbtis|conalep|cobach|artículo|nivel|grupo|"
    rf"semestre|grado|folio)\b){_WORD}(?:\s+{_WORD}){{0,2}}?"
)
_CORES = [
    (
        rf"\b(?:(?:primera|segunda|tercera|cuarta|\d{{1,2}}[aª]?\.?)\s+)?{_STREET}(?:\s+al?\b)?(?:{_NAME}{{1,5}}?|"
        rf"{_CODED})(?:{_NUMBER}|{_FIRM})"
    ),
    rf"{_LIVES}(?P<street>(?:la )?{_STREET}(?:{_CODED}|{_NAME}{{1,3}}))",
    rf"{_LIVES}(?P<lives>(?:la\s+)?(?:\d{{1,2}} de )?(?!(?:un|una|casa|el)\b){_BARE}{_NUMBER})",
    r"\b(?:mz|mza|mzna|manzana)\.?\s*\w{1,4}\s*,?\s*(?:lt|lte|lote|l)\.?\s*\w{1,4}\b",
    r"\b(?:lt|lte|lote)\.?\s*\w{1,4}\s*,?\s*(?:mz|mza|mzna|manzana)\.?\s*\w{1,4}\b",
    rf"\b(?:sm|smz|super ?manzana|regi[oó]n)\.?\s*\d{{1,3}}(?={_PART})",
    r"\b(?:edif(?:icio)?|torre)\.?\s+\w{1,3}\s*,?\s*(?:depto|dpto|departamento|int)\.?\s*\w{1,4}\b",
    rf"\b(?:{_ROAD})\b\.?(?:\s+[\w-]+){{0,4}}?\s+(?:km|kil[oó]metro)\.?\s*\d+(?:[.+]\d+)?",
    (
        rf"\b(?:km|kil[oó]metro)\b\.?\s*\d+(?:[.+]\d+)?,?\s+(?:de la |del |de )?{_ROAD}\b\.?(?:\s+(?:a|al|de|"
        rf"la)\b)*{_NAME}{{1,3}}"
    ),
    (
        rf"\b(?:ejido|ej|rancher[ií]a|rancho|poblado|comunidad|campo)\b\.?(?:{_PROPER}(?:\s+y {_WORD})?|"
        rf"\s+\d+)(?:\s+\d{{1,2}}[aª] secci[oó]n)?(?:{_KM}|{_MARKED})"
    ),
    (
        rf"\b\d{{1,2}}\s?(?:a|ª|da|ra|ta|va|na|o|er)?\.?\s+(?:calle |"
        rf"av(?:enida)?\.? )?{_COMPASS}(?:\s+{_COMPASS})?{_NUMBER}"
    ),
    (
        rf"\b\d{{1,2}} de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|"
        rf"diciembre)(?:{_MARKED}|\s+\d{{1,4}}{_FIRM})"
    ),
    rf"\bc(?:\.|\b)\s*(?:\d{{1,3}}[a-z]?|{_WORD}(?:\s+{_WORD}){{0,3}}?){_MARKED}",
    (
        rf"\b(?<!\d ){_BARE}(?:{_MARKED}|\s+\d{{1,5}}(?:\s?-?[a-f]\b)?)(?:{_COLONY}|{_POSTAL}|{_BETWEEN}|{_INSIDE}|"
        rf"\s+(?:altos|bajos)\b)"
    ),
    r"\bdomicilio conocido\b(?:\s*,?\s*s/n)?",
    r"\b(?:c\.?\s?p|c[oó]digo postal)\b\.?\s*(?:es\s*)?:?\s*\d{5}\b",
    rf"\b(?:col|colonia|fracc|fraccionamiento|unidad habitacional)\b\.?(?!\s+del? )(?!\s+d ){_PROPER}",
]
_ANY = [re.compile(rf"{core}{_PART}*", re.IGNORECASE) for core in _CORES]
# With a capital a name and a number are enough: "en Hidalgo 78". Case matters here.
_CAPITAL = re.compile(
    rf"\b(?:en|a|es|hasta|desde)\s+(?P<street>(?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+\s+(?:de (?:la |los |"
    rf"las )?)?){{1,3}}\d{{1,4}}(?:-[A-Za-z])?\b)"
    r"(?!\s*(?i:de|del|pesos|años|mil|horas|hrs|días|meses|personas|cuadras|minutos|km)\b|[/:%]|[.,]\d)"
    rf"(?i:{_PART})*"
)
_HINT = re.compile(
    r"\d|s/n|numero|número|conocido|esq|entre|\bcol|\bfracc|\bbarrio|unidad|viv|rent|domicilio|direcc", re.IGNORECASE
)
_MONTH = re.compile(
    r"\w+ (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b", re.IGNORECASE
)
"""A capital and a number that are a date: "en Mayo 2023"."""


def find(text: str) -> list[tuple[int, int]]:
    """Addresses; shapes that overlap are parts of one."""
    if not _HINT.search(text):
        return []
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_parts(text)):
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _parts(text: str) -> Iterator[tuple[int, int]]:
    for shape in [*_ANY, _CAPITAL]:
        for match in shape.finditer(text):
            named = [group for group in match.re.groupindex if match.group(group)]
            start = match.start(named[0]) if named else match.start()
            if not _MONTH.match(text, match.start()):
                yield start, start + len(text[start : match.end()].rstrip(" ,.-"))
