"""Numbers and codes that point to one person, found by their shape; addresses are in `addresses`. Used by `masking`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.people import addresses

Span = tuple[int, int, str]

_DOT = r"\s?(?:\.|\bpunto\b|\bpto\b|\bdot\b)\s?"
_LOCAL = r"[\w.+-]{1,64}"
"""What stands before the sign. Bounded, as mail itself bounds it: "a.a.a…" would be tried in too many ways."""
_EMAIL = (
    rf"{_LOCAL}@\s?[\w-]+(?:\s?\.\s?[a-z]{{2,}})+|"
    rf"(?:[\w+-]{{1,40}}(?:{_DOT}| gui[oó]n(?: bajo| medio)? )){{0,6}}{_LOCAL}"
    r"(?:\s?\(?\b(?:arroba|aroba|arrova|at)\b\)?|@)\s?"
    rf"(?:[\w-]+(?:{_DOT}(?:com|mx|es|net|org|edu|gob|example|\w{{2,6}}\b))+|"
    r"(?:gmail|hotmail|outlook|yahoo|live|icloud|gmeil|jotmail)\b(?:\s(?:com|mx|es)\b)*)|"
    rf"{_LOCAL} @ ?(?:gmail|hotmail|outlook|yahoo|live|icloud)(?:\.\w+)*"
)
_LINK = (
    r"(?:https?://)?(?:www\.)?(?:facebook|fb|instagram|tiktok|twitter|x|linkedin|wa|t|m)\.(?:com|me|mx|in)/[^\s,;]+|"
    r"(?<![\w@.])@[a-z][\w.]{2,}"
)
_CURP = r"\b[a-z]{4}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[hmx][ -]?[a-z]{2}[ -]?[a-z]{3}[ -]?[a-z\d]{1,2}\b"
_ELECTOR = r"\b[a-z]{6}\d{8}[hm]\d{3}\b"
_RFC = r"\b[a-zñ&]{3,4}[ -]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[ -]?[a-z\d]{3})?\b"
_DICTATED = r"(?<!\w)(?:[a-z\d][\s,.;-]+){9,24}[a-z\d](?!\w)"
_CARD = r"(?<![\d.,])\d(?:[ .-]?\d){12,18}(?![\d])"
_CUED_NUMBER = (
    r"(?:nss|seguro social|n[uú]mero de seguro|afiliaci[oó]n|cuenta|referencia|pasaporte|folio)\D{0,20}?"
    r"(?P<it>[a-z]?\d(?:[ -]?\d){6,10})(?!\d)"
)
_PHONE = r"(?<![\d$.,/-])(?:\+|00)?\(?\d(?:[\s.()/-]{0,2}\d){7,12}(?![\d%]|[.,:]\d)"
_GROUPED_PHONE = r"(?<![\d$.,/-])(?:\d{10}|\d\d[ .-]\d{4}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})(?![\d%]|[.,:]\d)"
"""A phone beside another number: "3 5512345678" is no phone as a whole."""
_CUED_PHONE = (
    r"(?:tel[eé]fono|tel|cel|celular|whats?(?:app)?|wats|m[aá]rca(?:me|nos|le)?|ll[aá]ma(?:me|nos|le)?|n[uú]mero|num|"
    r"lada|contacto|mensaje)\b[^\d\n]{0,25}?(?P<it>\d(?:[\s.-]{0,2}\d){6,9})(?![\d,])"
)
_NUMBER_WORD = (
    r"(?:cero|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+|"
    r"veint\w+|"
    r"treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
)
_ONE_DIGIT = frozenset("cero un uno una dos tres cuatro cinco seis siete ocho nueve".split())
_SPOKEN = rf"\b{_NUMBER_WORD}(?:(?:\s*,\s*|\s+(?:y\s+)?)(?:{_NUMBER_WORD}|\d{{1,4}})\b){{4,}}"

_DATE = re.compile(
    r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.][0-3]?\d(?:\D.*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?:\D.*)?|"
    r"(?:(?:19|20)\d\d[\s./-]+)+(?:19|20)\d\d"
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
    if _DATE.fullmatch(found.strip()) or re.match(r"(?:01)?800", digits):
        return False
    if found.startswith("+"):
        return 10 <= len(digits) <= 14
    return len(digits) == 10 or any(len(digits) == size and digits.startswith(code) for size, code in _PREFIXES)


def _is_dictated(found: str) -> bool:
    """A code or a number said sign by sign: "S, A, G, F, 9, 5...": half of it digits at least, or six."""
    return len(re.findall(r"\d", found)) >= 6


def _is_spoken(found: str) -> bool:
    """Enough digits for a phone number: the ages of five children are not."""
    said = re.sub(r"\s+y\s+", "", found.lower())
    parts = re.findall(r"[a-zé]+|\d+", said)
    return sum(len(part) if part.isdigit() else 1 if part in _ONE_DIGIT else 2 for part in parts) >= 7


def _always(found: str) -> bool:
    return True


_I = re.IGNORECASE
_SHAPES: list[tuple[re.Pattern[str], str, Callable[[str], bool]]] = [
    (re.compile(_EMAIL, _I), "correo", _always),
    (re.compile(_LINK, _I), "usuario", _always),
    (re.compile(_CURP, _I), "curp", _always),
    (re.compile(_ELECTOR, _I), "numero", _always),
    (re.compile(_RFC, _I), "rfc", _always),
    (re.compile(_DICTATED, _I), "numero", _is_dictated),
    (re.compile(_CARD), "tarjeta", _is_card),
    (re.compile(_CUED_NUMBER, _I), "numero", _always),
    (re.compile(_PHONE), "telefono", _is_phone),
    (re.compile(_GROUPED_PHONE), "telefono", _is_phone),
    (re.compile(_CUED_PHONE, _I), "telefono", _always),
    (re.compile(_SPOKEN, _I), "telefono", _is_spoken),
]


def find(text: str) -> Iterator[Span]:
    """What the shapes find, the surest first; overlaps are left to the caller."""
    for shape, kind, holds in _SHAPES:
        group = "it" if "it" in shape.groupindex else 0
        for match in shape.finditer(text):
            if holds(match.group(group)):
                start, end = match.span(group)
                yield start, end - (len(match.group(group)) - len(match.group(group).rstrip(" ,.-"))), kind
    for start, end in addresses.find(text):
        yield start, end, "direccion"
