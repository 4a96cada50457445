"""Her goal: made in few answers, asked every week in two taps, with a picture; changed, reached, and replaced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.documents.papers import PAPERS
from bot.guidance import goals
from bot.guidance.tables import Commitment, CommitmentStatus
from bot.messages.tables import SCHEDULED, Message, Status
from tests.guidance.desk import Desk, page
from tests.guidance.test_talks import answer, planned, welcomed

MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)
GOAL = ("los zapatos de mi hijo", "800", "Todavía nada", "$100", "el sábado", "Es solo mío")


@pytest.fixture
def desk(small_house):
    return welcomed(Desk(small_house, at=MONDAY))


@pytest.fixture
def saver(desk):
    desk.starts("meta")
    answer(desk, *GOAL)
    return desk


def hers(desk: Desk) -> goals.Goal:
    with desk.house.db.read() as session:
        found = goals.read(desk.person(session))
        assert found is not None
        return found


def rows(desk: Desk) -> list[Commitment]:
    with desk.house.db.read() as session:
        return list(session.scalars(select(Commitment).order_by(Commitment.id)))


def waiting(desk: Desk) -> list[Message]:
    with desk.house.db.read() as session:
        mine = (Message.kind == SCHEDULED, Message.status == Status.TODO)
        return list(session.scalars(select(Message).where(*mine)))


def test_six_answers_make_a_goal_a_date_and_a_picture(desk):
    desk.starts("meta")
    heard = answer(desk, *GOAL)
    assert "Tu meta: los zapatos de mi hijo" in heard and "juntas 800 en 8 semanas" in heard
    assert "16 de enero" in heard and "el sábado 28 de noviembre" in heard and "con tus números" in heard
    media = desk.said[0].media
    with desk.house.db.write() as session:
        drawn = desk.house.desk.gathers["saving"](session, desk.learner, media)
    assert (drawn.saved, drawn.target) == (0, 800) and PAPERS["saving"].draw(drawn).startswith(b"\x89PNG")


def test_on_whatsapp_she_is_told_to_write_first(small_house):
    desk = welcomed(Desk(small_house, "whatsapp", at=MONDAY))
    desk.starts("meta")
    assert "mándame un «hola»" in answer(desk, *GOAL)


def test_she_is_asked_on_her_day_without_any_sum(saver):
    (message,) = waiting(saver)
    assert message.not_before.date().isoformat() == "2026-11-29"  # six in the evening of Saturday, in the centre
    text = saver.house.sealer.unseal(message.sealed)
    assert "800" not in text and "zapatos" not in text and len(message.choices) == 3


def test_one_tap_of_the_question_adds_and_plans_the_next_week(saver):
    (message,) = waiting(saver)
    heard = saver._pays(message.choices[0]["payload"])
    assert "Ya lo sumé" in heard and "Llevas 100 de 800" in heard and len(saver.said) <= 3
    (again,) = waiting(saver)
    assert again.id != message.id
    assert rows(saver)[0].day.isoformat() == "2026-11-28"


def test_another_sum_and_what_she_took_out_are_counted(saver):
    answer(saver, "Ya aparté", "Otra cantidad", "250")
    assert hers(saver).how_far.saved == 250
    heard = answer(saver, "Ya aparté", "Tuve que usar", "50")
    assert "Para eso era" in heard and hers(saver).how_far.saved == 200


def test_not_this_time_is_no_reproach_and_asked_again(saver):
    heard = answer(saver, "Ya aparté", "Esta vez no")
    assert "No pasa nada" in heard and hers(saver).how_far.saved == 0 and len(waiting(saver)) == 1


def test_reached_is_celebrated_and_asked_no_more(saver):
    heard = answer(saver, "Ya aparté", "Otra cantidad", "800")
    assert "¡Ya lo juntaste!" in heard and rows(saver)[0].status is CommitmentStatus.DONE
    assert waiting(saver) == [] and "Otra meta" in dict(saver.offered)


def test_what_it_would_take_sooner_is_shown_and_what_she_puts_away_changed(saver):
    assert "En 4 semanas los juntas si apartas 200" in page(saver, "¿Y en un mes?")
    assert "Cuánto puedes apartar" in saver.taps("Cambiar lo semanal")
    assert "juntas 800 en 4 semanas" in answer(saver, "$200")
    assert hers(saver).weekly == 200 and len(rows(saver)) == 1


def test_changing_the_day_moves_the_question(saver):
    saver.taps("Cambiar el día")
    answer(saver, "el viernes")
    (message,) = waiting(saver)
    assert message.not_before.date().isoformat() == "2026-11-28"


def test_another_goal_takes_the_place_of_the_first_and_begins_at_nothing(saver):
    answer(saver, "Ya aparté", "Sí, ya")
    saver.taps("Otra meta")
    answer(saver, "Para la escuela", "$500", "Todavía nada", "$50", "el domingo")
    assert [one.status for one in rows(saver)] == [CommitmentStatus.REPLACED, CommitmentStatus.OPEN]
    assert (hers(saver).pesos, hers(saver).how_far.saved) == (500, 0) and len(waiting(saver)) == 1


def test_who_asks_again_sees_her_goal(saver):
    assert "Tu meta: los zapatos" in saver.opens("quiero ahorrar", "help_saving")


def test_the_follow_up_of_a_goal_is_about_what_she_put_away(saver):
    assert "Apartaste tus 100 pesos" in saver.starts("seguimiento")


def test_nonsense_is_refused_with_what_would_fit(desk):
    desk.starts("meta")
    answer(desk, "para imprevistos")
    assert "de 20 a 500 mil" in desk.types("99999999")
    assert "de 20 a 500 mil" not in desk.types("800")


def test_a_goal_of_ages_is_said_kindly(desk):
    desk.starts("meta")
    answer(desk, "Para mi casa", "500000", "Todavía nada", "10")
    desk.types("saltar", "skip_question", 1.0)
    assert "más de cinco años" in answer(desk, "Es solo mío")


def test_the_phone_is_not_asked_twice_and_the_card_does_not_tell(desk):
    planned(desk)
    desk.starts("meta")
    assert "Tu meta" in answer(desk, *GOAL[:-1])
    with desk.house.db.write() as session:
        card = desk.house.desk.gathers["card"](session, desk.learner, {"paper": "card"})
    assert "Apartar" not in repr(card)


def test_without_a_goal_the_page_begins_one(desk):
    assert "cinco preguntas" in page(desk, "goal", tap=False)
    assert "Para qué" in desk.taps("Hacer mi meta")
