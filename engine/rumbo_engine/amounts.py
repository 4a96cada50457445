"""Ages and money. The same number is one or the other, or neither: what stands around it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumbo_engine.numbers import NAMED, NUMBER, value, written
from rumbo_engine.spans import Span, plain

YEARS = re.compile(r"\s*(?:de\s+)?(a(?:ñ|n)(?:o|ito)s)\b")
ONE_YEAR = re.compile(r"\s*(a(?:ñ|n)o)\b")
_MORE = r"(?:(?:ya|como|apenas|casi|los|mis|unos|solo|nomas|recien|de|por|mas|edad)\s+)*"
_PERSON = (
    r"(?:mujer|chav[ao]|muchach[ao]|morr[ao]|señora|hij[ao]|niñ[ao]s?|joven|nen[ae]|hombre|bebe|herman[ao]|"
    r"viejit[ao]|"
    r"señor|muchachit[ao]s?|chamac[ao]s?|mama|papa|abuel[ao]|esposo|marido|sobrin[ao]|prim[ao]|personas?|"
    r"adolescentes?)s?"
)
AGED = re.compile(
    rf"(?:\b(?:tengo|tngo|tenemos|tiene|tienen|tenia|cumpli|cumplo|cumple|cumplir|cumplio|edad:?)\s+{_MORE}|"
    rf"\b{_PERSON} de\s+)$"
)
AT_AGE = re.compile(r"\b(?:a|de|desde|hasta)\s+(?:los|mis|sus|tus)\s+$")
WITH_YEARS = re.compile(
    rf"(?:^|[,.;!?(\n]|\b(?:de|y|o|con|edad|soy|ya|como|a|casi|son|mayor|menor|apenas|{_PERSON}))\s*$"
)
LISTED = re.compile(r"\b(?:tienen?|de)\s+\d{1,2}(?:,\s*\d{1,2})*\s*(?:y|o|,)\s+(?:(?:la|el|otr[ao])\s+)?(?:de\s+)?$")
SINCE = re.compile(
    r"\b(?:hace|hacen|llevo|lleva|llevamos|llevan|durante|por|en|cada|dentro\s+de|faltan|dur[eo]|estuv[eo]|"
    r"trabaj[eo]|vivi|"
    r"ultimos|proximos|primeros|otros|viv[io]|pasaron|pasado|juntos|[ao]ndo|casad[ao])(?:\s+(?:como|unos|casi|"
    r"mas\s+de|ya|mas|"
    r"otros|los|por|alla|ahi|aqui))*\s+$"
)
LASTED = re.compile(
    r"\s*(?:de\s+(?:experiencia|casad|trabaj|antiguedad|servicio|matrimonio|novi|carcel|relacion|vivir|estar|"
    r"no\b|haber|sin\b|"
    r"estudi|carrera|separ|ser\b|hacer|que\b)|\w+ndo(?:me|lo|la)?\b|en\b|que\b|sin\b|despues|atras|mas\b|"
    r"seguidos|juntos|casad|"
    r"trabaj|fuera|separad|con\s+(?:el|ella|mi\s+(?:esposo|marido|pareja|novi))\b)"
)
ENDS = re.compile(
    r"\s*(?:$|[,.;!?)\n]|(?:y|pero|soy|vivo|estoy|quiero|kiero|busco|me|mi|mis|no|ya|pa|para|estudie|nomas|"
    r"ahorita|se|puedo|"
    r"todavia|cumplidos|ando|crees|deje|entre|empece|trabajo|tambien|necesito|ocupo|q|que|yo|el|la|en|con|"
    r"cuando|llegue|fui|tuve|acabo|aun|a)\b)"
)
AND_YEARS = re.compile(
    r"(?:\s*,\s*(?:de\s+)?\d{1,2})*\s*(?:y|o)\s+(?:(?:la|el|otr[ao]|un[ao])\s+)?(?:de\s+)?\d{1,2}\s*a[ñn]os\b"
)

CURRENCY = re.compile(r"\s*(?:de\s+)?(pes(?:o|ito|ote)s|[vb]aros|mxn|m\.n\.?|mn\b|bolas)")
RANGE = re.compile(rf"\s*(?:a|y|o|-)\s*(?:\d[\d,.]*|{NAMED})(?:\s*mil)?\s*(?:pes(?:o|ito)s|[vb]aros)")
PAID = re.compile(
    r"(?:\b(?:gan(?:o|a|an|aba|ar|abamos|as|amos|e)|paga(?:n|ban|ba|r|mos|ron|s)?|pago|pague|cobr(?:o|a|an|aba|"
    r"ar|e|as)|cuestan?|costo|"
    r"costaba|cuesta|vale|valen|deb(?:o|e|en|emos|ia)|adeudo|prest(?:aron|o|an|e|en|ame)|deuda|ahorr(?:o|e|ar|"
    r"ado|ando|ados)|"
    r"junt(?:o|e|ar|ado|ando)|dan|daban|dieron|sueldo|salario|renta|beca|gast(?:o|a|e|amos|ar|an)|invert(?:i|"
    r"ir)|invierto|ofrec(?:e|en|ieron|io)|"
    r"sac(?:o|aba|amos|a|ar|o)|quincena|mensualidad(?:es)?|abon(?:os|o|ar|aba)|deposit(?:o|aron|an|e)|cuota|"
    r"colegiatura|pension|"
    r"raya|piden|pidieron|cobraron|cobro|precio|total|credito|prestamo|queda|quedan|sobran?|faltan|entran?|"
    r"llegan|tengo\s+ahorrados?)"
    r"(?:\s+(?:como|unos|unas|apenas|nomas|nadamas|de|en|a|mas|menos|solo|casi|hasta|alrededor|por|son|ya|me|y|"
    r"o|tipo|entre|diario|"
    r"el|dia|al|la|semana|mes|quincena|hora|semanal|mensual|mi|casa|era|es|cada|maximo|minimo|diarios|por|va|"
    r"cuarto|luz|otr[oa]s)){0,5}\s*)$"
)
PERIOD = re.compile(
    r"\s*(?:(?:al|por|x|cada)\s+(?:mes|dia|semana|quincena|hora|turno|pieza|prenda)|a\s+la\s+(?:semana|"
    r"quincena)|la\s+(?:hora|quincena|"
    r"semana)|el\s+(?:dia|mes|turno)|seman(?:al|ales|arios)|mensual(?:es)?|quincenal(?:es)?|diari[oa]s?|libres|"
    r"de\s+(?:sueldo|renta|"
    r"deuda|enganche|luz|propina|inscripcion|ficha|colegiatura|deposito|comision|pasajes?))\b"
)
OTHER_UNIT = re.compile(
    r"\s*(?:%|(?:a[ñn]os?|horas?|hrs?|h|dia|mes|meses|semana|por\s+ciento|am|pm|min|kilos?|kg|km|usd|dls|"
    r"de\s+(?:enero|febrero|marzo|"
    r"abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))\b|"
    r"(?!(?:mensual|semanal|quincenal)es|diari[oa]s|semanarios|libres|mas|menos|pues|los|las|es|mis|nos|les|"
    r"pes[oi]|[vb]aros|sus|gracias\s*$)[a-zñ]+s\b)"
)
A_YEAR = re.compile(r"\b(?:en|desde|del|de|año|el|hasta)\s+(?:el\s+|año\s+)?$")


def find(text: str) -> Iterator[Span]:
    """Every age and every amount of money."""
    said = plain(text)
    for m in NUMBER.finditer(said):
        worth, before, after = value(m.group()), said[: m.start()], said[m.end() :]
        years = YEARS.match(after)
        if _is_age(worth, before, after):
            yield m.start(), m.end() + _length(years or ONE_YEAR.match(after)), "age", written(worth)
        elif not years and _is_money(m.group(), worth, before, after):
            sign = re.search(r"\$\s*$", before)
            yield m.start() - _length(sign), m.end() + _length(CURRENCY.match(after)), "money", written(worth)


def _length(found: re.Match[str] | None) -> int:
    return len(found.group()) if found else 0


def _is_age(worth: float, before: str, after: str) -> bool:
    if not 1 <= worth <= 110 or worth != int(worth) or before.endswith("$"):
        return False
    years = YEARS.match(after)
    if years:
        is_cued = AGED.search(before) or AT_AGE.search(before) or WITH_YEARS.search(before)
        return bool(is_cued) and not SINCE.search(before) and not LASTED.match(after[years.end() :])
    if ONE_YEAR.match(after):
        return bool(re.search(r"\btiene(?: como| ya)?\s+$", before))
    if AND_YEARS.match(after):
        return not SINCE.search(before)
    is_said = (worth >= 10 and AGED.search(before)) or (worth >= 8 and AT_AGE.search(before))
    return bool((is_said or LISTED.search(before)) and ENDS.match(after))


def _is_money(number: str, worth: float, before: str, after: str) -> bool:
    if re.search(r"\$\s*$", before):
        return True
    if CURRENCY.match(after) or RANGE.match(after):
        return worth >= 2
    if OTHER_UNIT.match(after) or worth < 20 or re.fullmatch(r"\d{7,}", number):
        return False
    if PAID.search(before) or (worth >= 50 and PERIOD.match(after)):
        return True
    return _is_much(number, worth, before, after)


def _is_much(number: str, worth: float, before: str, after: str) -> bool:
    """Thousands in words ("5k", "mil quinientos") are money anywhere, if no year; hundreds if nothing else is said."""
    if number != "mil" and re.search(r"\dk$|\bmil\b|millon", number):
        return not (2000 <= worth <= 2040 and A_YEAR.search(before))
    return worth >= 100 and number[0].isalpha() and not (before + after).strip(" .!¡?¿")
