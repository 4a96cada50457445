"""The money tools on the real engine over signed webhooks: a fraud, a goal with progress, a loan compared, a budget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.guidance.tables import Answer, Commitment, CommitmentStatus
from bot.messages.tables import Message
from tests.flows.running import Running
from tests.flows.talking import Talk

SCAM = (
    "Hola, somos de Recursos Humanos de Walmart. Estás contratada, empiezas el lunes. Quiero ayudarte a buscar trabajo."
    " Deposita 450 pesos hoy mismo para tu uniforme y manda foto de tu INE. Si no, cancelamos tu vacante. Adiós"
)


@pytest.fixture(scope="module")
def talk(rumbo: Running) -> Iterator[Talk]:
    """One learner on WhatsApp who goes from one tool to the next."""
    yield rumbo.whatsapp().agree()


def test_a_pasted_message_is_read_and_not_taken_for_a_wish(rumbo: Running, talk: Talk) -> None:
    assert "Pega aquí" in talk.says("¿esto es un fraude? me llegó un mensaje")
    heard = talk.says(SCAM)
    assert "Para aquí, por favor" in heard and "Pagar para recibir" in heard and "No deposites" in heard
    with rumbo.house.db.read() as session:
        mine = (Answer.learner_id == talk.learner, Answer.question == "fr_mensaje")
        (row,) = session.scalars(select(Answer).where(*mine))
        assert row.words is None and {"advance", "papers"} <= set(row.value)
    assert "no es tu culpa" in talk.taps("Ya mandé algo")


def test_a_goal_is_made_put_away_for_and_seen_again(rumbo: Running, talk: Talk) -> None:
    assert "Para qué quieres juntar" in talk.says("quiero ahorrar")
    for said in ("para la fiesta de mi hija", "800", "nada", "100", "el sábado"):
        heard = talk.says(said)
    heard = talk.says("no me escribas")
    assert "Tu meta: para la fiesta de mi hija" in heard and "en 8 semanas" in heard
    assert "Apartaste tus 100 pesos" in talk.taps("Ya aparté")
    heard = talk.taps("Sí, ya")
    assert "Ya lo sumé" in heard and "Llevas 100 de 800" in heard
    with rumbo.house.db.read() as session:
        sent = session.scalars(select(Message.media).where(Message.learner_id == talk.learner)).all()
        assert {"paper": "saving", "saved": 100, "target": 800} in sent
    assert "Llevas 100 de 800" in talk.says("mi meta")
    with rumbo.house.db.read() as session:
        (one,) = session.scalars(select(Commitment).where(Commitment.learner_id == talk.learner))
        assert (one.step, one.status) == ("meta_ahorro", CommitmentStatus.OPEN)


def test_a_loan_is_compared_with_another(talk: Talk) -> None:
    talk.says("menú")
    assert "¿Qué quieres ver?" in talk.taps("Mi dinero")
    talk.taps("Cuánto cuesta prestado")
    talk.taps("Hacer la cuenta")
    for said in ("2000", "180", "cada semana", "16", "nada"):
        heard = talk.says(said)
    assert "pagas 2,880 en total" in heard and "44 pesos por cada 100" in heard
    talk.taps("Comparar con otro")
    for said in ("2000", "500", "cada mes", "5", "100"):
        heard = talk.says(said)
    assert "Sale más barato la otra oferta" in heard
    assert "intereses" in talk.taps("¿Qué es el CAT?")


def test_a_budget_counts_her_hours_and_what_she_saves(talk: Talk) -> None:
    assert "sobres" in talk.says("ayúdame a hacer un presupuesto")
    for said in ("6000", "1500", "700 a la semana", "200", "nada", "no debo", "300"):
        heard = talk.says(said)
    assert "horas al día" in heard  # what she puts away for her goal is not asked again
    heard = talk.says("6")
    assert "Guardar: 433 pesos" in heard and "horas de cuidado" in heard and "Te quedan" in heard
    assert "Comida: 3,033 pesos" in talk.says("mis sobres")
    assert "Comida: 700 pesos" in talk.taps("Verlos por semana")
