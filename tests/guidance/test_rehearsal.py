"""The CV made of six answers, and interview practice with kind feedback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance import curriculum, practice
from tests.rows import GUIDE

CV = GUIDE.curriculum
ASKS = [q.id for q in CV.questions]
QUESTIONS = {q.id: q for q in GUIDE.practice.questions}
GOOD = "Una vez organicé la kermés de la escuela con diez mamás y juntamos para los baños. Aprendo rápido y cumplo."
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=300)


def plain(text: str) -> str:
    """Alike however it is capitalised: of "ı" the capital is "I"."""
    return text.upper().casefold()


@given(st.dictionaries(st.sampled_from(ASKS), WORDS))
def test_a_cv_has_nothing_she_did_not_say(answers):
    page = curriculum.page(CV, answers)
    said = plain(" ".join(" ".join(answers.values()).split()))
    lines = [line for section in page.sections for line in section.lines]
    assert all(part in said for line in lines for part in [plain(line.removesuffix("…"))] if part.isascii())
    assert all(0 < len(line) <= curriculum.LONGEST for line in lines)
    assert {s.title for s in page.sections} | set(page.missing) >= {q.title for q in CV.questions[1:]}


@given(WORDS)
def test_of_a_name_nothing_is_made_up(said):
    name, reach = curriculum.who(said)
    assert set(plain(name)) <= set(plain(said)) | {" "} and all(set(one) <= set(said) | {" "} for one in reach)


def test_a_cv_splits_what_she_did_and_adds_what_she_told_before():
    said = {"nombre": "lupita pérez de la o", "hecho": "vendí tamales; cuidé a mi abuelita", "sabe": "cocinar, ventas"}
    known = {"sabe": ["Ventas", "Cuidado de personas"], "estudios": ["Primaria terminada"], "nombre": ["Lupe"]}
    page = curriculum.page(CV, said | {"cursos": "taller de pan"}, known)
    assert page.name == "Lupita Pérez de la O"
    assert page.lines("hecho") == ("Vendí tamales", "Cuidé a mi abuelita")
    assert page.lines("sabe") == ("Cocinar", "Ventas", "Cuidado de personas")
    assert page.lines("estudios") == ("Primaria terminada", "Taller de pan")
    assert page.missing == ("Qué busco", "Disponibilidad")
    assert "Qué busco" in page.note


@pytest.mark.parametrize(
    "said, name, reach",
    [
        ("Guadalupe Pérez Luna, 55 1234 5678", "Guadalupe Pérez Luna", ("55 1234 5678",)),
        ("me llamo ana paz y mi cel es 5512345678", "Ana Paz", ("5512345678",)),
        ("Ana Paz tel. (81) 1234-5678 correo ana.paz@correo.mx", "Ana Paz", ("(81) 1234-5678", "ana.paz@correo.mx")),
        ("ROSA DEL CARMEN SOTO", "Rosa del Carmen Soto", ()),
        ("+52 55 1234 5678", "", ("+52 55 1234 5678",)),
        ("Correa Celina", "Correa Celina", ()),
        ("Luz Paz. Nací el 5 de mayo", "Luz Paz. Nací el 5 de mayo", ()),
    ],
)
def test_her_name_and_how_to_reach_her(said, name, reach):
    assert curriculum.who(said) == (name, reach)


def test_who_wrote_no_name_stands_with_what_she_is_called():
    assert curriculum.page(CV, {"nombre": "5512345678"}, {"nombre": ["Lupita"]}).name == "Lupita"


def test_a_whole_cv_says_so_and_never_asks_what_nobody_needs():
    page = curriculum.page(CV, dict.fromkeys(ASKS, "algo"))
    assert (page.missing, page.note) == ((), CV.says["ready"])
    asked = " ".join(q.text.lower() for q in CV.questions)
    assert not any(word in asked for word in ("hijos", "casada", "edad", "domicilio", "foto"))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@given(answer=WORDS)
def test_feedback_is_kind_first_and_asks_one_thing_at_most(question, answer):
    found = practice.feedback(GUIDE.practice, question, answer)
    assert found.good in GUIDE.practice.good.values()
    assert found.better in ("", *GUIDE.practice.better.values())
    assert found.again == bool(found.better)


def test_a_good_answer_is_praised_and_nothing_more():
    found = practice.feedback(GUIDE.practice, QUESTIONS["cuentame"], GOOD)
    assert (found.good, found.better) == (GUIDE.practice.good["example"], "")


@pytest.mark.parametrize(
    "answer, rule",
    [
        ("solo soy ama de casa", "small"),
        ("soy trabajadora", "few"),
        ("soy muy trabajadora y muy limpia y me llevo bien con todas las personas de mi calle", "example"),
        (GOOD + " bla" * 140 + ". Cumplo.", "many"),
        ("Una vez organicé la kermés de la escuela con diez mamás. Y ya, eso fue todo.", "strength"),
        ("", "few"),
    ],
)
def test_each_rule_has_its_own_advice(answer, rule):
    assert practice.feedback(GUIDE.practice, QUESTIONS["cuentame"], answer).better == GUIDE.practice.better[rule]


def test_what_nobody_may_ask_comes_with_a_way_out():
    found = practice.feedback(GUIDE.practice, QUESTIONS["hijos"], "prefiero hablar de mi trabajo")
    assert (found.good, found.better) == (GUIDE.practice.good["private"], "")
    assert "Puedes contestar" in found.help


def test_practice_goes_through_all_questions_once():
    done: set[str] = set()
    while (question := practice.next_question(GUIDE.practice, done)) is not None:
        done.add(question.id)
    assert done == set(QUESTIONS)
