"""The way to a job on the real engine: an occupation, her pick, her CV as a PDF, and practice with two answers."""

from __future__ import annotations

from sqlalchemy import select

from bot.guidance.tables import Pick
from tests.documents.reading import words_in
from tests.flows.talking import Web


def papers(talk: Web) -> list[bytes]:
    """Every paper she was sent, fetched from where the chat page would fetch it."""
    heard = talk.running.http.get("/chat/messages", headers=talk._headers()).json()["messages"]
    found = [talk.running.http.get(m["media"]["url"]) for m in heard if m.get("media")]
    assert all(one.headers["content-type"] == "application/pdf" for one in found)
    return [one.content for one in found]


def test_from_an_occupation_to_a_cv_and_a_first_practice(rumbo, talk):
    heard = talk.says("¿cuánto le pagan a una mesera?")
    assert "Servicio de mesas" in heard and "Fuente:" in heard and "salario mínimo" in heard
    assert "Otros trabajos" in talk.offered
    assert "De qué te gustaría trabajar" in talk.taps("Otros trabajos")
    assert "no sé qué te gusta" in talk.taps("Lo que más me queda")
    assert "arreglos de ropa" in talk.says("el primero")
    assert "mujeres" in talk.taps("Ver más")
    assert "Anotado" in talk.taps("Me interesa")
    with rumbo.house.db.read() as session:
        mine = session.scalars(select(Pick).where(Pick.learner_id == talk.learner)).all()
        assert [(one.kind, one.item) for one in mine] == [("occupation", "costura_taller")]

    assert "seis preguntas" in talk.says("mi cv")
    assert "nombre y apellido" in talk.taps("Empezar mi CV")
    assert "qué has hecho" in talk.says("soy guadalupe pérez luna, mi cel es 55 1234 5678")
    assert "qué sabes hacer" in talk.says("vendí tamales dos años; cuidé a mi abuelita").casefold()
    assert "estudiaste" in talk.says("cocinar para muchas personas, hacer cuentas")
    assert "días y horas" in talk.says("secundaria; curso de pan en el DIF")
    heard = talk.says("de lunes a viernes de 9 a 2")
    assert "Aquí está tu CV" in heard and "ya tiene todo" in heard
    [cv] = papers(talk)
    words = words_in(cv)
    for said in ("Guadalupe Pérez Luna", "55 1234 5678", "Vendí tamales dos años", "Curso de pan en el DIF", "9 a 2"):
        assert said in words
    assert "«" not in words and "Rumbo" not in words

    assert "no hay calificación" in talk.says("quiero practicar para una entrevista")
    assert "Cuenta un poquito más" in talk.says("pues soy muy trabajadora")
    assert "Te preguntan" in talk.taps("La que sigue")
    good = "una vez organicé la kermés de la escuela con diez mamás y nos fue muy bien. aprendo rápido y cumplo"
    heard = talk.says(good)
    assert "Te preguntan" in heard and "otra vez" not in heard


def test_help_with_a_cv_in_her_words_starts_it_and_an_unknown_trade_is_said(talk):
    assert "De ese trabajo todavía no tengo datos" in talk.says("cuánto gana un apicultor")
    assert "nombre y apellido" in talk.says("ayúdame a hacer mi currículum")
    assert "Guardé lo que llevas" in talk.says("pausa")
    assert "Seguir" in talk.says("menú") or "Seguir" in talk.offered
