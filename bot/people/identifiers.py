"""Numbers, codes and addresses that point to one person, found by their shape. Used by `masking`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Span = tuple[int, int, str]

_EMAIL = (
    r"[\w.+-]+@\s?[\w-]+(?:\s?\.\s?[a-z]{2,})+|"
    r"[\w.+-]+ (?:arroba|@) ?(?:gmail|hotmail|outlook|yahoo|live|icloud)(?:(?: punto |\.) ?(?:com|mx|es))*"
)
_LINK = (
    r"(?:https?://)?(?:www\.)?(?:facebook|fb|instagram|tiktok|twitter|x|linkedin|wa|t|m)\.(?:com|me|mx|in)/[^\s,;]+|"
    r"(?<![\w@.])@[a-z][\w.]{2,}"
)
_CURP = r"\b[a-z]{4}[ -]?\d{6}[ -]?[hmx][ -]?[a-z]{2}[ -]?[a-z]{3}[ -]?[a-z\d]{1,2}\b"
_ELECTOR = r"\b[a-z]{6}\d{8}[hm]\d{3}\b"
_RFC = r"\b[a-zñ&]{3,4}[ -]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[ -]?[a-z\d]{3})?\b"
_CARD = r"(?<![\d.,])\d(?:[ .-]?\d){12,18}(?![\d])"
_CUED_NUMBER = (
    r"(?:nss|seguro social|n[uú]mero de seguro|afiliaci[oó]n|cuenta|referencia|pasaporte|folio)\D{0,20}?"
    r"(?P<it>[a-z]?\d(?:[ -]?\d){6,10})(?!\d)"
)
_PHONE = r"(?<![\d$.,/-])(?:\+|00)?\(?\d(?:[\s.()/-]{0,2}\d){7,12}(?![\d%]|[.,:]\d)"
_CUED_PHONE = (
    r"(?:tel[eé]fono|tel|cel|celular|whats?(?:app)?|wats|m[aá]rca(?:me|nos|le)?|ll[aá]ma(?:me|nos|le)?|n[uú]mero|num|"
    r"lada|contacto|mensaje)\b[^\d\n]{0,25}?(?P<it>\d(?:[\s.-]{0,2}\d){6,9})(?![\d,])"
)
_NUMBER_WORD = (
    r"(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|"
    r"treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
)
_SPOKEN = rf"\b{_NUMBER_WORD}(?:(?:\s*,\s*|\s+(?:y\s+)?){_NUMBER_WORD}\b){{4,}}"

# ---- addresses: a street with a number, and what may follow it
_STREET = (
    r"(?:calle|avenida|av|ave|blvd|boulevard|bulevar|calz|calzada|carretera|carr|privada|priv|cerrada|cda|andador|and|"
    r"callej[oó]n|prolongaci[oó]n|prol|circuito|cto|retorno|camino (?:real|viejo|nacional|al?)|paseo|pje|eje|"
    r"perif[eé]rico|diagonal|cjon)\b\.?"
)
_NOT_A_NAME = (
    r"(?!(?:y|con|que|pero|en|a|como|porque|donde|cuando|por|para|es|esta|está|no|me|se|mi|frente|junto|cerca|entre|"
    r"esquina)\b)"
)
_NAME = rf"(?:\s+{_NOT_A_NAME}[\w.áéíóúñü]+)"
_NUMBER = (
    r"(?:\s*,?\s*(?:#|n[uú]m(?:ero)?\.?|no\.?|n[°º.]?|ext(?:erior)?\.?)\s*\d+\s?-?[a-z]?\b|"
    r"\s*,?\s+(?:s/n|sin n[uú]mero)|"
    r"\s+\d{1,5}\s?-?[a-z]?\b(?!\s*(?:de|pesos|a[ñn]os|mil|hijos|horas|d[ií]as|meses|personas|veces)\b))"
)
_INSIDE = (
    r"(?:\s*,?\s*(?:int(?:erior)?|depto|dpto|departamento|edif(?:icio)?|torre|piso|casa|local|mz|mza|manzana|lt|lte|"
    r"lote|entrada)\.?\s*(?:n[uú]m\.?\s*|#\s*)?\w{1,4}\b)"
)
_COLONY = (
    r"(?:\s*,?\s*(?:(?:en|de) (?:la|el) )?(?:col|colonia|fracc|fraccionamiento|barrio|unidad habitacional|u\.?\s?h|"
    rf"infonavit)\b\.?{_NAME}{{1,3}})"
)
_POSTAL = r"(?:\s*,?\s*(?:c\.?\s?p|c[oó]digo postal)\.?\s*(?:es\s*)?:?\s*\d{5}\b)"
_REST = rf"(?:{_INSIDE}|{_COLONY}|{_POSTAL}|{_NUMBER})*"
_LIVES = (
    r"\b(?:vivo en|mi casa (?:es|est[aá])(?: en)?|domicilio(?: es)?:?(?: en)?|direcci[oó]n(?: es)?:?(?: en)?)\s+"
    rf"(?P<it>(?:la\s+)?(?!(?:un|una|casa|el)\b)\w+{_NAME}{{0,3}}?{_NUMBER}{_REST})"
)
_LONE_COLONY = (
    r"\b(?i:col|colonia|fracc|fraccionamiento|unidad habitacional)\b\.?"
    r"(?:\s+(?:de|del|la|las|los|el|san|santa|lomas|villas?|valle|jardines|bosques|vista))*\s+"
    r"(?!(?:y|con|que|muy|es|donde|por|para|se|popular|tranquila|segura|peligrosa|vecina|entera|hay|no|cerca|pero|me|"
    r"tambien|también|al?|en|d|de|del|unos?|unas?)\b)[^\W\d]+(?:\s+(?:[A-ZÁÉÍÓÚÑ]\w+|i{1,3}|norte|sur|centro))*"
)
_ADDRESSES = [
    rf"\b{_STREET}{_NAME}{{1,5}}?{_NUMBER}{_REST}",
    rf"\b{_STREET}\s+\d{{1,3}}(?: (?:de|sur|norte|oriente|poniente)(?: \w+)?)?{_NUMBER}{_REST}",
    r"\b(?:carretera|carr|autopista|camino)\b\.?(?:\s+[\w-]+){0,4}?\s+km\.?\s*\d+",
    rf"\b(?:mz|mza|manzana)\.?\s*\w{{1,4}}\s*,?\s*(?:lt|lte|lote|l)\.?\s*\w{{1,4}}\b{_REST}",
    _LIVES,
    rf"\b\w+(?:\s\w+){{0,2}}?\s(?:#\s?\d+|n[uú]m(?:ero)?\.? \d+)[a-z]?(?:{_INSIDE}|{_COLONY}|{_POSTAL})+{_REST}",
    r"\b(?:c\.?\s?p|c[oó]digo postal)\.?\s*(?:es\s*)?:?\s*\d{5}\b",
]
# Without a number only a capital letter tells a name, so these two look at case.
_CAPITALISED = [
    _LONE_COLONY,
    rf"\b(?i:{_STREET})(?:\s+(?:de|del|la|las|los))?(?:\s+[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){{1,3}}{_REST}",
]
_DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|(?:(?:19|20)\d\d[\s./-]+)+(?:19|20)\d\d$"
)
# What may stand before the ten digits, by length: long distance, mobiles, Mexico, United States, Central America.
_PREFIXES = [(12, "01"), (13, "044"), (13, "045"), (12, "52"), (13, "521"), (14, "0052"), (11, "1")]
_PREFIXES += [(11, "502"), (11, "503"), (11, "504")]


def luhn(digits: str) -> bool:
    """The check digit of a card number."""
    odd, even = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, odd)) + sum(sum(divmod(2 * int(digit), 10)) for digit in even)) % 10 == 0


def _is_card(found: str) -> bool:
    """A card (Luhn), a CLABE (18 digits), or 16 digits written in fours with a slip in them; not a foreign phone."""
    digits = re.sub(r"\D", "", found)
    return len(digits) in (16, 18) or (len(digits) in (13, 14, 15, 19) and not digits.startswith("52") and luhn(digits))


def _is_phone(found: str) -> bool:
    """Ten digits, or more with the country's code. Free 800 lines belong to nobody; dates and years are not phones."""
    digits = re.sub(r"\D", "", found)
    if _DATE.match(found.strip()) or re.match(r"(?:01)?800", digits):
        return False
    return len(digits) == 10 or any(len(digits) == size and digits.startswith(code) for size, code in _PREFIXES)


def _always(found: str) -> bool:
    return True


_I = re.IGNORECASE
_SHAPES: list[tuple[re.Pattern[str], str, Callable[[str], bool]]] = [
    (re.compile(_EMAIL, _I), "correo", _always),
    (re.compile(_LINK, _I), "usuario", _always),
    (re.compile(_CURP, _I), "curp", _always),
    (re.compile(_ELECTOR, _I), "numero", _always),
    (re.compile(_RFC, _I), "rfc", _always),
    (re.compile(_CARD), "tarjeta", _is_card),
    (re.compile(_CUED_NUMBER, _I), "numero", _always),
    (re.compile(_PHONE), "telefono", _is_phone),
    (re.compile(_CUED_PHONE, _I), "telefono", _always),
    (re.compile(_SPOKEN, _I), "telefono", _always),
    *((re.compile(shape, _I), "direccion", _always) for shape in _ADDRESSES),
    *((re.compile(shape), "direccion", _always) for shape in _CAPITALISED),
]


def find(text: str) -> Iterator[Span]:
    """What the shapes find, the surest first; overlaps are left to the caller."""
    for shape, kind, holds in _SHAPES:
        group = "it" if "it" in shape.groupindex else 0
        for match in shape.finditer(text):
            if holds(match.group(group)):
                start, end = match.span(group)
                yield start, end - (len(match.group(group)) - len(match.group(group).rstrip(" ,.-"))), kind
