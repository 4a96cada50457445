"""The worker dies before it can close a message: worked on once more, it says and keeps the same."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from bot.messages.tables import Direction, Message, Status
from tests.flows.blocks import SABE, answers, heard_after, loop, runs, start
from tests.flows.talking import Talk


def again(talk: Talk) -> list[str]:
    """The worker was killed before it could close her last message: it is worked on once more."""
    db = talk.running.house.db
    with db.write() as session:
        last = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        message = session.scalars(last.order_by(Message.id.desc()).limit(1)).one()
        session.execute(delete(Message).where(Message.answers_id == message.id))
    before = len(talk.fetch()[0])  # counted before the worker may begin: it can be done within milliseconds
    with db.write() as session:
        session.get_one(Message, message.id).status = Status.TODO
    return heard_after(talk, before)


def test_an_answer_worked_on_twice(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("a mis hijos")
    assert "\n".join(again(talk)) == heard
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_last_answer_worked_on_twice(talk):
    start(talk, "situacion")
    talk.says("sí")
    heard = talk.says("zapatos")
    assert "\n".join(again(talk)) == heard
    assert runs(talk) == [("situacion", "done")] and loop(talk) is None
    assert answers(talk) == {"sit_trabaja": "si", "sit_falta": "zapatos"}


@pytest.mark.parametrize("said", ["necesito una guardería", "menú", "pausa", "¿por qué?"])
def test_a_request_worked_on_twice(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says(said)
    assert "\n".join(again(talk)) == heard
    assert answers(talk) == {"int_gusta": "bailar"}
