"""A place named in a message or shared decides which service is offered; without one it is the place she lives in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.messages.tables import Message
from bot.people.tables import Learner


def test_a_town_named_in_the_message_brings_the_service_of_its_state(talk):
    assert "LOCATEL" in talk.says("necesito un psicólogo en Iztapalapa")
    assert "LOCATEL" not in talk.says("necesito un psicólogo en Toluca")
    assert "LOCATEL" not in talk.says("necesito un psicólogo")


def test_without_a_place_it_is_the_one_she_lives_in(talk):
    with talk.running.house.db.write() as session:
        session.get_one(Learner, talk.learner).state = "CMX"
    assert "LOCATEL" in talk.says("necesito un psicólogo")
    assert "LOCATEL" not in talk.says("necesito un psicólogo en Puebla")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_a_shared_location_is_asked_about_used_and_not_kept(rumbo, channel):
    talk = getattr(rumbo, channel)().agree()
    assert "cerca de Iztapalapa, Ciudad de México" in talk.shares(19.3574, -99.0671)
    assert talk.offered == ["Sí, ese", "No es ahí"]
    assert "busco en Ciudad de México" in talk.taps("Sí, ese")
    assert "LOCATEL" in talk.taps("Hablar de cómo me siento")
    with rumbo.house.db.read() as session:
        assert session.get_one(Learner, talk.learner).state == "CMX"
        hers = session.scalars(select(Message).where(Message.learner_id == talk.learner)).all()
        told = " ".join(f"{rumbo.house.sealer.unseal(m.sealed)} {m.masked} {m.choices}" for m in hers)
    assert "19.3" not in told and "99.0" not in told


def test_where_the_state_is_asked_a_shared_location_answers_it(rumbo):
    talk = rumbo.telegram()
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    talk.says("Luz")
    talk.taps("Sin género")
    assert "qué estado vives" in talk.says("30")
    talk.shares(20.6736, -103.344)
    assert "te da orgullo" in talk.taps("Sí, ese")
    with rumbo.house.db.read() as session:
        assert session.get_one(Learner, talk.learner).state == "JAL"
