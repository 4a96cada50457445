"""Words are kept under whoever their message belongs to, once."""

from __future__ import annotations

from sqlalchemy import select

from bot.db import now
from bot.messages.linking import make_code, redeem
from bot.messages.tables import Message, SaidWord
from bot.messages.words import remember_words
from bot.runtime import Runtime
from tests.builders import consent, learner_id, write


def said(house: Runtime) -> set[tuple[str, str]]:
    with house.db.read() as session:
        return {(row.word, row.learner_id) for row in session.scalars(select(SaidWord))}


def test_a_word_is_kept_once(house: Runtime):
    write(house, "hola")
    she = learner_id(house)
    for _ in range(2):
        with house.db.write() as session:
            message = session.scalars(select(Message.id)).first()
            remember_words(session, message, "Hola, hola «NOMBRE» Ñandú")
    assert said(house) == {("hola", she), ("nandu", she)}


def test_a_message_that_joined_two_learners_counts_for_who_is_left(house: Runtime):
    she = consent(house)
    with house.db.write() as session:
        code = make_code(session, house.sealer, she, now())
    write(house, code, "her other phone")
    newcomer = learner_id(house, "her other phone")
    with house.db.write() as session:
        message = session.scalars(select(Message.id).where(Message.learner_id == newcomer)).one()
        assert redeem(session, house.sealer, code, newcomer, now()) == she
        remember_words(session, message, "rumbo nuevo")
    assert said(house) == {("nuevo", she), ("rumbo", she)}
