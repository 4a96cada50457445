"""A block from its first question to its last, with every kind of question, as people answer them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.flows.blocks import (
    ANIMO,
    CUANDO,
    CUIDA,
    FIN,
    GUSTA,
    HORAS,
    LUGAR,
    SABE,
    answers,
    conversation,
    loop,
    reach_many,
    runs,
    start,
)


def test_a_whole_block_with_every_kind_of_question(talk):
    assert GUSTA in start(talk, "intereses")
    assert CUIDA in talk.says("cocinar para mi familia")
    assert HORAS in talk.taps("A mis hijos")
    assert SABE in talk.says("como 6 horas")
    assert "Anotado" in talk.taps("Cocinar")
    assert talk.offered == ["Vender", "Coser", "Manejar", "Listo"]
    talk.taps("Vender")
    assert ANIMO in talk.taps("Listo")
    assert talk.offered == ["1", "2", "3", "4", "5"]
    assert LUGAR in talk.says("4")
    assert CUANDO in talk.says("oaxaca")
    assert talk.says("el 15 de marzo").startswith(FIN)

    when = date.fromisoformat(answers(talk).pop("int_cuando"))
    assert (when.day, when.month) == (15, 3)
    assert answers(talk) == {
        "int_gusta": "cocinar para mi familia",
        "int_cuida": "hijos",
        "int_horas": 6.0,
        "int_sabe": ["cocinar", "vender"],
        "int_animo": 4.0,
        "int_lugar": "OAX",
        "int_cuando": when.isoformat(),
    }
    assert runs(talk) == [("intereses", "done")]
    engine = conversation(talk)
    assert not engine["active_loop"].get("name")
    assert engine["slots"]["requested_slot"] is None
    assert engine["latest_action_name"] == "action_listen"
    assert "servicios" not in talk.says("gracias") and loop(talk) is None


@pytest.mark.parametrize(
    "said", ["mayores", "A una persona mayor", "a mi mamá", "2", "la segunda", "cuido a una persona mayor"]
)
def test_a_choice_in_words(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    assert HORAS in talk.says(said)
    assert answers(talk)["int_cuida"] == "mayores"


def test_a_question_that_does_not_apply_is_not_asked(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert SABE in talk.taps("A nadie")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "nadie"}


@pytest.mark.parametrize("said", ["cocinar y vender", "cocinar, vender", "Cocinar\nVender", "cocinar + vender"])
def test_several_answers_in_one_text(talk, said):
    reach_many(talk)
    assert ANIMO in talk.says(said)
    assert answers(talk)["int_sabe"] == ["cocinar", "vender"]


def test_several_answers_bit_by_bit(talk):
    reach_many(talk)
    talk.says("coser")
    talk.taps("Manejar")
    assert ANIMO in talk.says("listo")
    assert answers(talk)["int_sabe"] == ["coser", "manejar"]


def test_ticking_everything_needs_no_listo(talk):
    reach_many(talk)
    for title in ("Coser", "Cocinar", "Vender"):
        talk.taps(title)
    assert ANIMO in talk.taps("Manejar")
    assert sorted(answers(talk)["int_sabe"]) == ["cocinar", "coser", "manejar", "vender"]


def test_the_same_tick_sent_twice_counts_once(talk):
    reach_many(talk)
    coser = next(i for t, i in talk.read[-1].choices if t == "Coser")
    talk._turn(lambda: talk.send("Coser", choice=coser, number="una-y-otra-vez"))
    talk.send("Coser", choice=coser, number="una-y-otra-vez")
    assert ANIMO in talk.taps("Listo")
    assert answers(talk)["int_sabe"] == ["coser"]


def test_sixty_questions(rumbo):
    talk = rumbo.telegram().agree()  # the chat page shows a hundred bubbles at most
    heard = start(talk, "largo")
    for n in range(1, 61):
        assert f"¿Pregunta {n} de 60?" in heard
        heard = talk.says("zapatos y flores" if n % 2 else "7")
    assert heard.startswith("Fin de la larga.")
    assert len(answers(talk)) == 60
