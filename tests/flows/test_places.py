"""A place named in a message decides which service is offered; without one it is the place she lives in."""

from __future__ import annotations


def test_a_town_named_in_the_message_brings_the_service_of_its_state(talk):
    assert "LOCATEL" in talk.says("necesito un psicólogo en Iztapalapa")
    assert "LOCATEL" not in talk.says("necesito un psicólogo en Toluca")
    assert "LOCATEL" not in talk.says("necesito un psicólogo")


def test_without_a_place_it_is_the_one_she_lives_in(talk):
    from bot.people.tables import Learner

    with talk.running.house.db.write() as session:
        session.get_one(Learner, talk.learner).state = "CMX"
    assert "LOCATEL" in talk.says("necesito un psicólogo")
    assert "LOCATEL" not in talk.says("necesito un psicólogo en Puebla")
