"""A yes to a shared location: services there; home only while no home is known; an answer where the state is asked."""

from __future__ import annotations

import pytest

from bot.guidance.conversation import Said
from bot.people.tables import Learner
from tests.guidance.desk import Desk
from tests.guidance.test_business_pages import read, see
from tests.guidance.test_talks import WELCOME, answer, learner, welcomed


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def yes(desk: Desk, place: str) -> str:
    return desk.hears(Said("/see", "see", 1.0, {"page": "here", "v": place}, True, False))


def test_where_her_state_is_asked_her_yes_is_the_answer(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME[:4])
    yes(desk, "BCN: Tijuana")
    assert (learner(desk).state, learner(desk).municipality) == ("BCN", "Tijuana")
    assert "estado vives" not in "\n".join(b.text for b in desk.said)


def test_a_state_that_is_none_is_no_answer(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME[:4])
    assert "estado vives" in yes(desk, "XXX: Nada")


def test_while_no_home_is_known_it_becomes_home_and_the_need_is_asked(desk):
    welcomed(desk)
    with desk.house.db.write() as session:
        session.get_one(Learner, desk.learner).state = None
    see(desk, "here", "OAX: Oaxaca")
    assert "Va, busco en Oaxaca" in read(desk) and learner(desk).state == "OAX"
    assert '"v": "employment:OAX"' in dict(desk.offered)["Encontrar trabajo"]


def test_on_the_road_home_stays_home(desk):
    welcomed(desk)
    see(desk, "here", "OAX: Oaxaca")
    assert learner(desk).state == "JAL" and "Oaxaca" in read(desk)


def test_with_a_known_need_services_there_come_at_once(desk):
    welcomed(desk)
    desk.starts("apoyo")
    answer(desk, "Estudiar o capacitarme")
    said = see(desk, "here", "JAL: Zapopan")
    assert said[-1].content_id in ("services", "service_now", "services_none")


def test_a_place_that_is_none_is_said_kindly(desk):
    welcomed(desk)
    assert see(desk, "here", "nada")[-1].content_id == "got_location"
    assert see(desk, "here_not")[-1].content_id == "here_not"
