"""Needs in a message: what she wants or lacks. A mention alone ("salí del hospital") is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumbo_engine.lookups import Lookups, kind_of
from rumbo_engine.spans import Span, plain, words_after, words_before

# Says by itself that something is missing or hurts.
LACK = re.compile(
    r"(?:no |me (?:corrieron|despidieron|quede|van)|sin |desemplead|endeudad|deprimid|debo |quien |con quien |"
    r"donde |"
    r"ataques? de|crisis de|en situacion|gota a gota).*"
)
ILLS = re.compile(
    r"(?:ansiedad|depresion.*|estres|insomnio|deudas?|adicciones|diabetes|presion alta|recibo.*|desalojo)"
)
_HAVING = re.compile(
    r" (?:tengo|tiene|tenia|siento|sufro|padezco|da|dio|dan|con|mucha?|muchas|por|mis|mi|llena de|"
    r"ahogada en)(?: de| mucha?s?| una| un)? $"
)
_WANT = "|".join(
    (
        "busco buscar buscando busca buscamos buscan necesito necesita necesitamos necesitando necesitaba ocupo ocupa "
        "ocupamos ocupaba quiero queria quisiera quiere queremos quieren urge urgen urgente falta faltan faltaba "
        "gustaria encontrar encuentro conseguir consigo consiga sacar saco tramitar tramito pedir pido solicitar "
        "solicito renovar recuperar reponer inscribir inscribirme meter obtener hay abra habra ay donde ayuda ayudan "
        "ayude ayuden ayudar ayudas ayudenme ayudame ayudarme apoyo apoyan apoyen informacion informes requisitos dan "
        "dar den ofrecen tienen tendran tendra interesa interesan deme dame denme pasame recomienda recomiendan "
        "recomiendas conoce conoces conocen sabes saben perdi perdio perdieron robaron robo extravie quitaron quemo "
        "quemaron vencio requiero requerimos deseo espero aplicar como cual cuales ofrece buscaba batallo batallando "
        "batallamos piden pidieron exigen cuanto cuesta llevar llevarme ir tomar estudiar metan agendar cita pagar "
        "acabar terminar existe existen poder podria pueden puedo animo quede quedamos quedo quedarme negaron ando "
        "andamos orienten orientan"
    ).split()
)
_WANTED = re.compile(
    rf" (?:no (?:tengo|tiene|tenemos|cuento con|cuenta con|hay|encuentro|consigo|alcanza|puedo|me dan|me llega)|"
    rf"sin|{_WANT}) "
)
_ASIDE = re.compile(r" (?:porque|pero|mientras|cuando|si|aunque|pues|gracias|saliendo|despues|antes|ya que|en lo que) ")
_AFTER = re.compile(
    r"(?: \w+){0,2} (?:necesito|ocupo|urge|por favor|busco|quiero|gratis|falta|perdi|perdio|robaron|para mi|"
    r"para mis|cerca|donde|hay) "
)
_MINE = re.compile(r" (?:para|pa) (?:mi|mis|mí|una|un|el|la|los|las|nosotras|madres|mujeres|estudiar)? ?(?:\w+ )?$")
_OFFERED = re.compile(r" (?:me|nos|te|les?) ofrec\w+ ")
_OPENING = re.compile(r" (?:poner|abrir|montar|capital de|tarea de)(?: una| un| mi)? $")  # her own nursery is no need
_FILLING = frozenset(
    "hola buenas buenos dias tardes noches por favor de del la el los las un una para mi mis en con a y o que "
    "gratis cerca aqui informacion urgente si no sobre algo alguna algun me se es lo al urge".split()
)
WORK = re.compile(r"(?:tra[bv]aj(?:o|ito)s?|chamb(?:a|ita)s?|jale|empleos?)")
_HAS_WORK = re.compile(
    r" (?:mi|mis|el|del|al|su|sus|tu|horas de|visa de|contrato de|dia de|lugar de|cuando|porque|este|ese|"
    r"nuestro|cada|yo|que|si|donde|mientras|ya|ahorita|tambien|nomas|solo|no|costo|cuesta|costado|da|mucho|"
    r"costando|casi|siempre|en su|en mi|otro lado|compañeras? de|compañeros? de) $"
)
_LOST = re.compile(
    r" (?:perdi|perdio|quede sin|quedo sin|sin|busco|quitaron|buscar|buscando|encontrar|conseguir|cambiar de|"
    r"quiero|hay|no tengo|falta|da[nr]?|denme)(?: el| mi| un)? $"
)
_DOING = re.compile(r" (?:de|en|como|con|para|desde|los|las|todo|por) ")
_NEAR = 7  # words between wanting and the thing wanted


def find(text: str, lookups: Lookups) -> Iterator[Span]:
    for start, end, name in lookups.find(text):
        kind, _, value = name.partition(":")
        if kind_of(name) == "need" and is_needed(text, start, end):
            yield start, end, kind, value


def is_needed(text: str, start: int, end: int) -> bool:
    said, before = plain(text[start:end]), words_before(text, start)
    after = words_after(text[: _comma(text, end)], end)
    if LACK.fullmatch(said):
        return True
    if WORK.fullmatch(said) and _HAS_WORK.search(before) and not _LOST.search(before):
        return False
    if ILLS.fullmatch(said) and _HAVING.search(before):
        return True
    return _is_asked(before, after) or (_is_all(before, after) and not (WORK.fullmatch(said) and _DOING.match(after)))


def _is_asked(before: str, after: str) -> bool:
    """Something in the same clause asks for it, before or right after; what is said by the way does not count."""
    near = _OFFERED.sub(" ", " ".join(["", *_ASIDE.split(before)[-1].split()[-_NEAR:], ""]))
    if _OPENING.search(near):
        return False
    return bool(_WANTED.search(near) or _MINE.search(near) or _AFTER.match(after))


def _is_all(before: str, after: str) -> bool:
    """Hardly more than the noun: "guardería?", "hola, becas para mis hijos"."""
    return sum(word not in _FILLING for word in f"{before} {after}".split()) <= 1


def _comma(text: str, end: int) -> int:
    """Where the part of the sentence ends in which the thing is named."""
    found = text.find(",", end)
    return found if found >= 0 else len(text)
