"""What "2", "el segundo" or a button's title means, given what was offered last: an exact payload, nothing to guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.language import fold
from bot.messages.tables import SCHEDULED, Direction, Message

ORDINALS = {
    word: number
    for number, spellings in enumerate(
        (
            "uno una primer primero primera",
            "dos segundo segunda",
            "tres tercer tercero tercera",
            "cuatro cuarto cuarta",
            "cinco quinto quinta",
            "seis sexto sexta",
            "siete septimo septima",
            "ocho octavo octava",
            "nueve noveno novena",
            "diez decimo decima",
        ),
        1,
    )
    for word in spellings.split()
}
LEAD = re.compile(r"^(?:(?:la|el|lo|opcion|numero|num|quiero|escojo|elijo|prefiero)\s+)+")
CLOSE = 88
"""Likeness, of 100, from which a spelling counts as the title: "saltr" is "Saltar", "si" is not "sí, borrar todo"."""

ALWAYS = {
    **dict.fromkeys(("baja", "stop", "alto", "parar", "unsubscribe", "darme de baja", "no mas mensajes"), "/opt_out"),
    **dict.fromkeys(("alta", "start", "unstop"), "/opt_in"),
    **dict.fromkeys(("cancelar", "salir", "pausa"), "/pause"),
    **dict.fromkeys(("menu", "inicio"), "/menu"),
    **dict.fromkeys(("por que", "por que preguntas", "para que"), "/ask_why"),
    **dict.fromkeys(("saltar", "siguiente"), "/skip_question"),
    **dict.fromkeys(("atras", "regresar"), "/go_back"),
    **dict.fromkeys(("una persona", "hablar con una persona"), "/talk_to_human"),
    **dict.fromkeys(("mis datos", "ver mis datos"), "/ask_my_data"),
    "ayuda": "/help",
    "repetir": "/repeat",
    "seguir": "/resume",
    "mi plan": "/my_plan",
    **dict.fromkeys(("mis respuestas", "cambiar mis respuestas", "ver mis respuestas"), "/my_answers"),
    **dict.fromkeys(("mi proyecto", "mi proyecto de vida"), "/my_project"),
    **dict.fromkeys(("mis cuentas", "ver mis cuentas", "mi año en pesos"), '/see{"page": "numbers"}'),
    **dict.fromkeys(("mi dinero", "herramientas de dinero", "ver mi dinero"), '/see{"page": "money"}'),
    **dict.fromkeys(("mi meta", "mi meta de ahorro", "mi ahorro", "ver mi meta"), '/see{"page": "goal"}'),
    **dict.fromkeys(("mis sobres", "ver mis sobres", "mi presupuesto"), '/see{"page": "budget"}'),
    **dict.fromkeys(("mi precio", "mis precios", "poner precio"), '/see{"page": "price"}'),
    **dict.fromkeys(("mis deudas", "ver mis deudas"), '/see{"page": "debts"}'),
    **dict.fromkeys(("mi cuenta", "que cuenta me conviene"), '/see{"page": "account"}'),
    **dict.fromkeys(("mi prestamo", "cuanto cuesta un prestamo"), '/see{"page": "loan"}'),
    **dict.fromkeys(("es fraude", "es un fraude", "revisar un mensaje", "revisar un fraude"), "/check_scam"),
    **dict.fromkeys(("mis razones", "por que me lo dices"), '/see{"page": "why"}'),
    **dict.fromkeys(("mi tarjeta", "ver mi tarjeta"), '/my_paper{"v": "card"}'),
    **dict.fromkeys(("mi hoja", "mi hoja en pdf", "mi proyecto en pdf"), '/my_paper{"v": "project"}'),
    **dict.fromkeys(("ver mi negocio", "mi hoja de negocio"), '/see{"page": "business"}'),
    **dict.fromkeys(("ver mi escuela", "mi plan de estudio", "mi plan para estudiar"), '/see{"page": "study_plan"}'),
    **dict.fromkeys(("mi cv", "mi curriculum", "ver mi cv"), '/my_paper{"v": "curriculum"}'),
    **dict.fromkeys(("mis lecciones", "ver mis lecciones", "lecciones", "las lecciones"), '/see{"page": "lessons"}'),
    **dict.fromkeys(
        (
            *("siguiente leccion", "la siguiente leccion", "proxima leccion", "otra leccion", "una leccion"),
            *("quiero una leccion", "quiero otra leccion", "dame una leccion", "dame otra leccion"),
        ),
        '/see{"page": "next_lesson"}',
    ),
    "mi calendario": '/my_paper{"v": "agenda"}',
    "borrar mis datos": "/delete_my_data",
    "usar otro canal": "/link_channel",
}
"""Words that mean the same wherever they are written: those of text messages, and those `utter_help` names."""

AT_LEISURE = {
    **dict.fromkeys(
        ("quiero aprender", "quiero aprender algo", "aprender", "aprender algo", "enseñame", "enseñame algo"),
        '/see{"page": "next_lesson"}',
    ),
}
"""Words that mean the same while no question waits; then they may be the answer: "quiero aprender" is also a dream."""

TWICE = timedelta(seconds=10)


@dataclass(frozen=True)
class Picked:
    """A choice and its payload; `ref` says which: `<message id>:<place>`."""

    payload: str
    title: str
    ref: str


def ref(message_id: int, place: int) -> str:
    return f"{message_id}:{place}"


def tapped(session: Session, learner_id: str, choice: str) -> Picked | None:
    """The choice behind a tap, also of an older message. None when it is not hers or no longer known."""
    found = re.fullmatch(r"(\d{1,18}):(\d{1,2})", choice)
    if not found:
        return None
    message = session.get(Message, int(found[1]))
    if message is None or message.learner_id != learner_id or not message.choices:
        return None
    return _at(message, int(found[2]))


def typed(session: Session, learner_id: str, text: str) -> Picked | None:
    """The choice that this text names, of those under the last thing we said."""
    said = (Message.learner_id == learner_id, Message.direction == Direction.OUT, Message.kind != SCHEDULED)
    latest = session.scalar(select(Message).where(*said).order_by(Message.id.desc()).limit(1))
    if latest is None or not (latest.choices or latest.hears):
        return None
    shown = latest.choices or []
    titles = [c["title"] for c in shown]
    place = name(text, titles)
    place = _part(text, titles) if place is None else place
    if place is not None:
        return _at(latest, place)
    heard = otherwise(text, [(c["title"], c["payload"]) for c in latest.hears or []])
    return None if heard is None else _at(latest, len(shown) + heard)


def _part(text: str, titles: list[str]) -> int | None:
    """The one title with what she asks to see in it: under "Empezar mi CV", "mi cv" is that and not the paper."""
    said = plain(text)
    inside = [n for n, title in enumerate(titles) if f" {said} " in f" {plain(title)} "]
    return inside[0] if len(inside) == 1 and ALWAYS.get(said, "").startswith("/my_") else None


def _at(message: Message, place: int) -> Picked | None:
    """What was shown comes first, what may be said instead after it."""
    offered = [*(message.choices or []), *(message.hears or [])]
    if not 0 <= place < len(offered):
        return None
    return Picked(offered[place]["payload"], offered[place]["title"], ref(message.id, place))


def name(text: str, titles: list[str]) -> int | None:
    """Which of the titles is meant: by its number, an ordinal, itself, or a close spelling of itself."""
    text = re.sub(r"^\s*no\.\s*(?=\d)", "", text, flags=re.IGNORECASE)  # "no. 2" is a number, "no el 2" is a refusal
    folded = [plain(title) for title in titles]
    for said in (plain(text), LEAD.sub("", plain(text))):
        if said and said in folded:
            return folded.index(said)
    if not said:
        return None
    number = int(said) if said.isdecimal() and len(said) < 3 else ORDINALS.get(said, 0)
    if number and not any(t.isdecimal() for t in folded):
        return number - 1 if number <= len(titles) else None
    return _closest(said, folded)


def _closest(said: str, folded: list[str]) -> int | None:
    """One title alone must be close: where two are, it is not ours to guess."""
    close = [n for n, title in enumerate(folded) if len(said) > 3 and fuzz.ratio(said, title) >= CLOSE]
    return close[0] if len(close) == 1 else None


SUPPOSE = re.compile(r"^(?:(?:y|pero|oye|que pasa|que pasaria|que tal|como seria)\s+)*si\s+(?=\w)")
"""How one asks what would be: "y si…", "qué pasaría si…"."""


def otherwise(text: str, heard: Sequence[tuple[str, str]]) -> int | None:
    """Which of (words, payload) a text says: word for word, or within "y si…". Two that lead elsewhere are none."""
    said = plain(text)
    supposed = SUPPOSE.sub("si ", said)
    whole = [n for n, (words, _) in enumerate(heard) if words and plain(words) in (said, supposed)]
    asked = SUPPOSE.match(said) is not None
    within = [n for n, (words, _) in enumerate(heard) if asked and words and f" {plain(words)} " in f" {supposed} "]
    found = whole or within
    return found[0] if len({heard[n][1] for n in found}) == 1 else None


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def tapped_twice(session: Session, message: Message, now: datetime) -> bool:
    """Whether the very same button was tapped a moment ago: a double tap, to which one answer is enough."""
    if not message.picked:
        return False
    earlier = (Message.learner_id == message.learner_id, Message.picked == message.picked, Message.id < message.id)
    return bool(session.scalar(select(exists().where(*earlier, Message.created_at > message.created_at - TWICE))))
