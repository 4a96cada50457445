"""Whole interviews with the shipped content, without Rasa: the start, the blocks, changing an answer, the waves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.guidance import review
from bot.guidance.tables import Answer, Run
from bot.people.tables import Learner
from tests.guidance.desk import Desk

SHORTEST = 25
WELCOME = ("Sí, te doy permiso", "Ana", "Como a una mujer", "De 18 a 24", "Jalisco")
PROJECT = ("cuidé a mi abuela", "cocinar y vender", "Ganar dinero pronto", "Casa y cuidados", "La secundaria")
PROJECT = (*PROJECT, "Dos horas", "el dinero y los pasajes")
STEP = ("Buscar mi certificado", "el martes", "a las 5", "En mi casa", "Por mi cuenta", "Que se me olvide")
STEP = (*STEP, "Me pongo una alarma", "Es solo mío")


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def answer(desk: Desk, *said: str) -> str:
    heard = ""
    for words in said:
        heard = desk.taps(words) if words in dict(desk.offered) else desk.types(words)
    return heard


def welcomed(desk: Desk) -> Desk:
    desk.starts("bienvenida")
    answer(desk, *WELCOME)
    return desk


def planned(desk: Desk) -> Desk:
    answer(welcomed(desk), *PROJECT, "Volver a estudiar", *STEP)
    return desk


def learner(desk: Desk) -> Learner:
    with desk.house.db.read() as session:
        return session.get_one(Learner, desk.learner)


def plan(desk: Desk) -> str:
    with desk.house.db.read() as session:
        return desk.person(session).plan() or ""


def test_the_shortest_way_to_a_stored_plan(desk):
    planned(desk)
    assert desk.count <= SHORTEST
    assert "5:00 de la tarde" in plan(desk) and "se te olvida" in plan(desk)


def test_she_is_spoken_to_in_her_gender_from_the_next_words_on(desk):
    desk.starts("bienvenida")
    assert "Bienvenida." in answer(desk, *WELCOME)
    assert learner(desk).gender == "f"


def test_at_the_border_the_municipality_is_asked_unless_she_said_it(small_house):
    desk = Desk(small_house)
    desk.starts("bienvenida")
    assert "municipio" in answer(desk, *WELCOME[:-1], "Chihuahua")
    answer(desk, "vivo en cd Juárez")
    assert (learner(desk).state, learner(desk).municipality) == ("CHH", "Juárez")


def test_a_town_at_the_border_is_not_asked_for_twice(desk):
    desk.starts("bienvenida")
    assert "municipio" not in answer(desk, *WELCOME[:-1], "Ciudad Juárez")
    assert learner(desk).municipality == "Juárez"
    assert "municipio" not in desk.starts("mas_de_ti")


def test_what_was_said_in_one_block_is_not_asked_in_another(desk):
    desk.starts("mas_de_ti")
    answer(desk, "Zapopan", "De 5 a 7 horas")
    desk.starts("linea_base")
    asked = []
    while desk.said[-1].content_id.startswith("linea_base."):
        asked.append(desk.said[-1].content_id)
        answer(desk, desk.offered[0][0])
    assert "linea_base.bl_trabaja" in asked and "linea_base.bl_horas" not in asked


def test_who_is_not_yet_18_is_not_asked_about_debts_and_income(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME[:3], "De 14 a 17", "Jalisco")
    desk.starts("linea_base")
    asked = []
    while desk.said[-1].content_id.startswith("linea_base."):
        asked.append(desk.said[-1].content_id)
        answer(desk, desk.offered[0][0])
    assert not {"linea_base.bl_ingreso", "linea_base.bl_paga", "linea_base.bl_ahorra"} & set(asked)


def test_best_and_worst_are_two_taps_and_told_in_words(desk):
    desk.starts("importa")
    for _ in range(6):
        first = desk.offered[0][0]
        heard = desk.taps(first)
        assert "menos" in heard and first not in dict(desk.offered)
        heard = desk.taps(desk.offered[0][0])
    assert "Lo que más te importa" in heard


def test_the_two_of_a_round_may_be_written_at_once(desk):
    desk.starts("importa")
    one, _, other, _ = (title for title, _ in desk.offered)
    desk.types(f"{one}, {other}")
    with desk.house.db.read() as session:
        kept = session.scalars(select(Answer.value).where(Answer.question == "vuelta_0")).one()
    assert len(kept) == 2


def test_what_she_has_done_becomes_named_skills(desk):
    desk.starts("tengo")
    heard = answer(desk, "llevar una casa, cuidar a un familiar", "tamales para fiestas", "para hacer cuentas")
    assert "• Sabes " in heard and "dijiste que" in heard


def test_eighteen_items_give_a_result_in_words(desk):
    desk.starts("gusta")
    for _ in range(18):
        heard = desk.taps("Me late")
    assert "te gusta" in heard.lower()
    assert "RIASEC" not in heard


def test_minutes_left_are_said_by_what_is_left(desk):
    assert "(1 de 3). A esta parte le faltan como 4 min" in desk.starts("gusta")
    for _ in range(12):
        heard = desk.taps("Me late")
    assert "(3 de 3). A esta parte le faltan como 2 min" in heard


def test_a_block_that_was_left_goes_on_where_it_was(desk):
    desk.starts("futuro")
    desk.types("tener mi puesto")
    desk.types("pausa", "pause", 1.0)
    assert "tres años" in desk.starts("futuro")


def test_an_answer_is_read_back_and_changed_and_nothing_else_is_asked(desk):
    planned(desk)
    with desk.house.db.read() as session:
        shown = review.answers(desk.person(session), "bienvenida")[-1]
    assert "De 18 a 24" not in shown.text and "tienes entre 18 y 24 años" in shown.text
    desk.starts("bienvenida", q="edad")
    assert "cambié" in desk.taps("De 25 a 29")
    assert learner(desk).age_band == "25-29"


def test_permission_is_not_among_what_can_be_changed(desk):
    welcomed(desk)
    with desk.house.db.read() as session:
        titles = [title for title, _ in review.answers(desk.person(session), "bienvenida")[-1].buttons]
    assert "Permiso" not in titles and "Tu edad" in titles


def test_the_parts_of_the_project_are_done_or_have_their_minutes(desk):
    desk.starts("futuro")
    answer(desk, "a", "b", "c")
    with desk.house.db.read() as session:
        shown = review.parts(desk.person(session))[-1]
    assert "✅ A dónde quiero llegar" in shown.text and "min" in shown.text
    assert "A dónde quiero llegar" not in dict(shown.buttons)


def test_the_baseline_of_a_month_later_is_another_wave_and_is_compared(desk):
    desk.starts("linea_base")
    while desk.said[-1].content_id.startswith("linea_base."):
        answer(desk, desk.offered[0][0])
    assert "En un mes" in "\n".join(b.text for b in desk.said)
    desk.at += timedelta(days=31)
    desk.starts("linea_base")
    heard = ""
    while desk.said[-1].content_id.startswith("linea_base."):
        heard = answer(desk, desk.offered[-1 if "bl_confianza" in desk.said[-1].content_id else 0][0])
    assert "• Tu confianza: antes, 1; ahora, 5" in heard
    with desk.house.db.read() as session:
        waves = session.scalars(select(Run.wave).where(Run.interview == "linea_base").order_by(Run.id)).all()
        assert waves == ["start", "30"]
        assert set(session.scalars(select(Answer.wave))) == {"start", "30"}
