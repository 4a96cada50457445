"""Is this a fraud: what she pastes is the answer whatever it sounds like, and nothing of it is kept but the signs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.guidance.held import held_data
from bot.guidance.tables import Answer
from tests.guidance.desk import Desk, page
from tests.guidance.test_talks import welcomed

JOB = "Felicidades, tu vacante está lista. Deposita 350 pesos hoy mismo para apartar tu lugar. Manda foto de tu INE"
NICE = "Hola comadre, ¿vienes el sábado a la fiesta de mi niña? Trae gelatina y avísame a qué hora llegas"


@pytest.fixture
def desk(small_house):
    return welcomed(Desk(small_house))


def kept(desk: Desk) -> list[Answer]:
    with desk.house.db.read() as session:
        return list(session.scalars(select(Answer).where(Answer.question == "fr_mensaje")))


def test_the_signs_are_named_with_what_to_do(desk):
    assert "Pega aquí" in desk.starts("fraude")
    heard = desk.types(JOB)
    assert "Para aquí, por favor" in heard and "Pagar para recibir" in heard and "Qué hacer ahora" in heard
    assert "No deposites" in heard and len(desk.said) <= 3
    assert all(len(bubble.text) <= 600 for bubble in desk.said)


def test_only_the_signs_are_kept(desk):
    desk.starts("fraude")
    desk.types(JOB)
    (row,) = kept(desk)
    assert row.words is None and {"advance", "papers", "hurry"} <= set(row.value)
    with desk.house.db.read() as session:
        assert "vacante" not in held_data(desk.person(session))


@pytest.mark.parametrize("intent", ["search_jobs", "help_debt", "need_legal", "menu", "report_emergency", "opt_out"])
def test_a_pasted_message_is_never_another_topic(desk, intent):
    desk.starts("fraude")
    assert "Para aquí" in desk.types(JOB, intent, 1.0)


def test_a_few_words_of_the_conversation_are_still_heard(desk):
    desk.starts("fraude")
    assert "No veo" not in desk.types("gracias", "thank", 0.99) and kept(desk) == []
    assert "Copia el mensaje" in desk.types("no entiendo", "dont_understand", 1.0)
    assert "pausa" in desk.types("mejor luego", "pause", 1.0)


def test_no_sign_is_no_promise(desk):
    desk.starts("fraude")
    heard = desk.types(NICE)
    assert "no quiere decir que sea seguro" in heard and kept(desk)[0].value == []


def test_who_comes_with_the_message_is_answered_at_once(desk):
    opening = desk.opens(f"me llegó esto: {JOB}", "check_scam")
    assert "Para aquí" in opening


def test_who_only_asks_is_asked_for_the_message(desk):
    assert "Pega aquí" in desk.opens("creo que me quieren estafar", "check_scam")


def test_who_already_paid_is_told_what_to_do(desk):
    desk.starts("fraude")
    desk.types(JOB)
    assert "no es tu culpa" in page(desk, "Ya mandé algo") and "Quién me ayuda" in dict(desk.offered)
    assert "Revisar otro" not in dict(desk.offered)


def test_without_a_message_the_page_asks_for_one(desk):
    assert "Pégalo aquí" in page(desk, "fraud", tap=False)
