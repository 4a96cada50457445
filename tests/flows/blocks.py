"""Blocks of questions of a running Rumbo: begin one, get to a question of it, and see what was kept."""

from __future__ import annotations

import httpx
from sqlalchemy import select

from bot.db import now
from bot.guidance import journey
from bot.guidance.tables import Answer, Run
from bot.messages.choices import ref
from bot.messages.tables import Direction, Message, Status
from bot.people import tracking
from tests.flows.talking import Talk, until

GUSTA, CUIDA, HORAS, SABE = "te gusta hacer", "Cuidas a alguien", "horas al día", "sabes hacer ya"
ANIMO, LUGAR, CUANDO, FIN = "con cuánto ánimo", "qué estado", "Qué día", "¡Terminamos lo que te gusta!"
TRABAJA, FALTA, GUARDADA = "Trabajas ahora", "Qué te falta", "Tu situación quedó guardada."
OWN = "Esa era mi respuesta"


def start(talk: Talk, block: str) -> str:
    """She taps a button that starts a block."""
    choice = invite(talk, block)
    return talk._turn(lambda: talk.send("Empezar", choice=choice))


def invite(talk: Talk, block: str) -> str:
    """An earlier message of ours with a button that starts a block, and the id of that button."""
    house = talk.running.house
    with house.db.write() as session:
        address = tracking.find(session, house.sealer, talk.channel, talk.address)
        message = Message(
            learner_id=address.learner_id,
            address_id=address.id,
            channel=talk.channel,
            direction=Direction.OUT,
            status=Status.SENT,
            created_at=now(),
            not_before=now(),
            sealed=house.sealer.seal("¿Le damos?"),
            choices=[{"title": "Empezar", "payload": journey.start(block)}],
        )
        session.add(message)
        session.flush()
        return ref(message.id, 0)


def answers(talk: Talk) -> dict:
    """What is kept of her, by question: words or values."""
    house = talk.running.house
    with house.db.read() as session:
        mine = session.scalars(
            select(Answer).where(Answer.learner_id == talk.learner).order_by(Answer.run_id, Answer.at)
        )
        return {a.question: house.sealer.unseal(a.words) if a.words else a.value for a in mine}


def runs(talk: Talk) -> list[tuple[str, str]]:
    with talk.running.house.db.read() as session:
        return [
            (r.interview, r.status)
            for r in session.scalars(select(Run).where(Run.learner_id == talk.learner).order_by(Run.id))
        ]


def conversation(talk: Talk) -> dict:
    """What the engine knows of her."""
    return httpx.get(f"{talk.running.settings.rasa_url[0]}/conversations/{talk.learner}/tracker").json()


def loop(talk: Talk) -> str | None:
    return conversation(talk)["active_loop"].get("name")


def heard_after(talk: Talk, before: int) -> list[str]:
    """All that came after so many bubbles, once nothing is left to do; without "I am still here"."""
    until(lambda: len(talk.fetch()[0]) > before and not talk.busy())
    talk.read = talk.fetch()[0]
    return [sent.text for sent in talk.read[before:] if not sent.text.startswith("Sigo aquí.")]


def reach_many(talk: Talk) -> None:
    start(talk, "intereses")
    talk.says("bailar")
    assert SABE in talk.says("a nadie")


def reach_place(talk: Talk) -> None:
    reach_many(talk)
    talk.says("cocinar y vender")
    assert LUGAR in talk.says("tres")


def reach_day(talk: Talk) -> None:
    reach_place(talk)
    assert CUANDO in talk.says("Jalisco")
