"""A process is killed in the middle of a block; what she sent meanwhile is answered once it is back."""

from __future__ import annotations

from contextlib import contextmanager

from sqlalchemy import select

from bot.messages.tables import Direction, Message, Status
from tests.flows.blocks import CUIDA, GUARDADA, SABE, answers, heard_after, invite, loop, runs, start
from tests.flows.talking import Talk, until


@contextmanager
def away(talk: Talk, name: str):
    """A process is killed; inside, what she sends is tried in vain; afterwards it is back."""
    talk.running.kill(name)
    try:
        yield
        until(lambda: waiting(talk))
    finally:
        talk.running.start(name)


def waiting(talk: Talk) -> bool:
    """Whether her last message was tried at least once."""
    with talk.running.house.db.read() as session:
        last = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        message = session.scalars(last.order_by(Message.id.desc()).limit(1)).one()
        return bool(message.reason) and message.status == Status.TODO


def test_the_engine_is_killed_in_the_middle(rumbo, talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "engine1"):
        talk.send("A mis hijos")
    assert heard_after(talk, before) == ["¿Cuántas horas al día te lleva?"]
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_actions_are_away_at_the_start(talk):
    choice = invite(talk, "intereses")
    with away(talk, "inner"):
        talk.send("Empezar", choice=choice)
    heard = heard_after(talk, 1)
    assert len(heard) == 2 and heard[1] == "¿Qué te gusta hacer en tus ratos libres?"
    assert CUIDA in talk.says("bailar")


def test_the_actions_are_away_in_the_middle(talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("A mis hijos")
    assert heard_after(talk, before) == ["¿Cuántas horas al día te lleva?"]
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_actions_are_away_at_a_need(talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("necesito una guardería")
    service, question = heard_after(talk, before)
    assert "Antes de ir, pregunta" in service and question == "¿Cuidas a alguien en casa?"
    assert SABE in talk.says("3")


def test_the_actions_are_away_at_the_last_answer(talk):
    start(talk, "situacion")
    talk.says("sí")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("zapatos")
    assert heard_after(talk, before) == [GUARDADA]
    assert runs(talk) == [("situacion", "done")] and loop(talk) is None
