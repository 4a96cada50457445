"""Her CV in six questions at most, and practice for an interview: asked, kept, made into a paper, never graded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.documents.papers import PAPERS
from bot.documents.work import Curriculum
from bot.guidance import printing, review
from bot.guidance.pages.registry import show
from bot.guidance.practice import feedback
from tests.guidance.desk import Desk
from tests.guidance.test_talks import PROJECT, STEP, answer, plan, planned, welcomed

MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)
WHO = "guadalupe pérez luna, mi cel es 55 1234 5678"
DONE = "vendí tamales dos años; cuidé a mi abuelita"
GOOD = "Una vez organicé la kermés de la escuela con diez mamás y juntamos para los baños. Aprendo rápido y cumplo."


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=MONDAY)


def employed(desk: Desk, step: str = "Empezar mi CV") -> Desk:
    """A plan on the way to a job."""
    answer(welcomed(desk), *PROJECT, "Un trabajo", step, *STEP[1:])
    answer(desk, "Nada por ahora", "Sí, lo intento", "Nada por ahora")
    return desk


def picks(desk: Desk, occupation: str) -> None:
    with desk.house.db.write() as session:
        show(desk.person(session), "occupation_pick", occupation, 10_000 + desk.count)


def paper(desk: Desk) -> Curriculum:
    with desk.house.db.write() as session:
        return desk.house.desk.gathers["curriculum"](session, desk.learner, {"paper": "curriculum"})


def asked(desk: Desk) -> str:
    """The question that is open, by the block it stands in."""
    return desk.said[-1].content_id


def test_who_has_told_nothing_is_asked_six_questions_each_with_an_example(desk):
    heard = [desk.starts("curriculum")]
    for words in (
        WHO,
        "ayudante de cocina",
        "aprendí en la calle",
        "cocinar, hacer cuentas",
        "secundaria; curso de pan",
    ):
        assert "Por ejemplo" in heard[-1] and asked(desk).startswith("curriculum.cv_")
        heard.append(answer(desk, words))
    assert "horas puedes trabajar" in heard[-1]
    end = answer(desk, "de lunes a viernes de 9 a 2")
    assert "ya tiene todo" in end and desk.said[0].media == {"paper": "curriculum"}
    made = paper(desk)
    assert (made.name, made.wanted) == ("Guadalupe Pérez Luna", "Busco trabajo: ayudante de cocina")
    assert made.reach.lines == ("55 1234 5678",)
    assert made.skills.lines == ("Cocinar", "Hacer cuentas")
    assert made.studies.lines == ("Secundaria", "Curso de pan")


def test_her_own_skills_stand_first_and_leave_little_room_for_ours(desk):
    desk.starts("curriculum")
    own = ("armar tablillas", "leer diagramas", "soldar", "enseñar", "usar la computadora", "hacer cuentas")
    answer(desk, "Ana Paz", "ensamble", "vendí comida; organicé la kermés; cuidé a mi papá", ", ".join(own))
    shown = paper(desk).skills.lines
    assert [line.casefold() for line in shown[:6]] == list(own) and len(shown) == 7


def test_what_is_known_is_not_asked_again(desk):
    employed(desk)
    desk.starts("tengo")
    answer(desk, "Cuidar la casa", "Cocinar para otros", "Listo", "mole para cien", "para las fiestas")
    picks(desk, "cocina")
    questions = []
    desk.starts("curriculum")
    for words in (WHO, DONE, "taller de pan", "en las mañanas"):
        questions.append(asked(desk).removeprefix("curriculum.cv_"))
        answer(desk, words)
    assert questions == ["nombre", "hecho", "cursos", "horario"]
    made = paper(desk)
    assert made.wanted == "Busco trabajo: cocina" and made.studies.lines == ("Secundaria terminada", "Taller de pan")
    assert "Preparación de alimentos" in made.skills.lines[:3]  # what her work needs comes first
    assert len(made.skills.lines) == 7


def test_a_finished_cv_comes_at_once_and_its_answers_are_hers_to_change(desk):
    answer(employed(desk), "Mi plan")
    desk.starts("curriculum")
    answer(desk, WHO, "mesera", DONE, "cursos no", "siempre")
    assert "Aquí está tu CV" in desk.starts("curriculum") and len(desk.said) <= 3
    desk.starts("curriculum", q="cv_busca")
    answer(desk, "mesera en las noches")
    assert paper(desk).wanted == "Busco trabajo: mesera en las noches"
    picks(desk, "cocina")
    assert paper(desk).wanted == "Busco trabajo: cocina"


def test_who_skips_everything_gets_no_empty_sheet_but_a_way_to_begin(desk):
    welcomed(desk)
    desk.starts("curriculum")
    for _ in range(6):
        desk.types("saltar", "skip_question", 1.0)
    assert desk.said[-1].media is None and ("Empezar mi CV" in dict(desk.offered))
    with desk.house.db.write() as session:
        assert printing.offer(desk.person(session), "curriculum")[-1].content_id == "curriculum_empty"


def test_without_a_telephone_there_is_a_line_to_write_it_on(desk):
    welcomed(desk)
    desk.starts("curriculum")
    answer(desk, "Ana Paz")
    assert paper(desk).reach.lines == ("Teléfono o correo: ______________________",)


def test_nothing_of_health_money_or_harm_comes_from_elsewhere(desk):
    employed(desk)
    desk.starts("curriculum")
    answer(desk, WHO)
    made = paper(desk)
    words = " ".join(line for part in (made.about, made.done, made.skills, made.studies) for line in part.lines)
    assert not any(word in words.casefold() for word in ("abuela", "dinero", "deuda", "salud"))
    assert PAPERS["curriculum"].draw(made).startswith(b"%PDF")


def test_at_the_agreed_time_the_cv_can_be_done_at_once_and_counts_as_done(desk):
    employed(desk)
    desk.starts("seguimiento")
    assert "cv" in desk.taps("Hacerlo ahora").casefold()
    answer(desk, WHO, "mesera", DONE, "ninguno", "siempre")
    assert "Ya hice mi paso" in dict(desk.offered)
    assert "¡Lo lograste" in desk.taps("Ya hice mi paso")
    assert "Lo último que lograste" in plan(desk) or "Empezar mi CV" in plan(desk)


def test_a_step_done_elsewhere_has_no_such_button(desk):
    employed(desk, "Ver 3 vacantes")
    desk.starts("seguimiento")
    assert "Hacerlo ahora" not in dict(desk.offered)


def test_her_way_is_offered_at_the_end_only_to_who_chose_it(small_house):
    works = employed(Desk(small_house, at=MONDAY))
    assert {"Trabajos para mí", "Mi CV", "Practicar entrevista"} <= set(dict(works.offered))
    studies = planned(Desk(small_house, "telegram", MONDAY))
    answer(studies, "Nada por ahora", "Sí, lo intento", "Nada por ahora")
    assert "Mi CV" not in dict(studies.offered) and "Mi plan" in dict(studies.offered)


# Practice


def test_practice_has_three_questions_something_good_each_and_one_more_try_at_most(desk):
    employed(desk)
    assert "no hay calificación" in desk.starts("practica")
    heard = answer(desk, "soy trabajadora")
    assert "Cuenta un poquito más" in heard and "¿Lo decimos otra vez?" in heard
    assert "Va de nuevo" in desk.taps("Sí, otra vez")
    heard = answer(desk, "pues me gusta trabajar")
    assert "¿Lo decimos otra vez?" not in heard and "Te preguntan" in heard
    heard = answer(desk, GOOD)
    assert "Terminaste con algo bueno" in heard and "otra vez" not in heard
    heard = answer(desk, GOOD.removesuffix("Aprendo rápido y cumplo."))
    assert "vale más que cualquier adjetivo" in heard and "Cierra con algo bueno" in heard
    assert "Hasta aquí" in desk.taps("La que sigue")
    assert "Otras tres preguntas" in dict(desk.offered)


def test_a_second_try_that_went_better_is_told_so(desk):
    desk.starts("practica")
    answer(desk, "solo soy ama de casa", "Sí, otra vez")
    assert "¡Así quedó mejor!" in answer(desk, GOOD)


def test_the_next_round_has_other_questions_and_after_all_of_them_they_come_again(desk):
    desk.starts("practica")
    seen: list[str] = []
    for _ in range(4):
        for _ in range(3):
            seen.append(asked(desk))
            answer(desk, GOOD)
        desk.taps("Otras tres preguntas")
    general = [q for q in desk.house.library.current().guide.practice.questions if not q.sectors]
    assert len(set(seen)) == len(general) == 11 and len(seen) == 12


def test_who_picked_an_occupation_is_asked_what_is_asked_there(desk):
    picks(welcomed(desk), "cuidados")
    desk.starts("practica")
    assert "no quiere comer" in answer(desk, GOOD)


def test_what_nobody_may_ask_comes_with_a_way_out(desk):
    guide = desk.house.library.current().guide.practice
    question = next(q for q in guide.questions if q.private)
    found = feedback(guide, question, "no es asunto suyo")
    desk.starts("practica")
    heard = ""
    while "embarazarte" not in heard:
        heard = (
            desk.taps("Otras tres preguntas") if "Otras tres preguntas" in dict(desk.offered) else answer(desk, GOOD)
        )
    assert found.help in answer(desk, "eso no lo contesto")


def test_practice_is_not_among_the_answers_she_may_change(desk):
    desk.starts("practica")
    answer(desk, GOOD)
    with desk.house.db.read() as session:
        assert review.answered(desk.person(session)) == []
