"""Skipping a question, going back to one, and tapping a button further up."""

from __future__ import annotations

from tests.flows.blocks import CUIDA, GUSTA, HORAS, SABE, answers, runs, start


def test_skip(talk):
    start(talk, "intereses")
    assert CUIDA in talk.says("saltar")
    assert answers(talk) == {"int_gusta": None}


def test_a_required_question_is_not_skipped_at_once(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("saltar")
    assert "sí la necesito" in heard and CUIDA in heard


def test_back_once(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a mis hijos")
    heard = talk.says("me equivoqué")
    assert "regresamos" in heard and CUIDA in heard
    assert SABE in talk.says("3")
    assert answers(talk)["int_cuida"] == "nadie"


def test_back_twice(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a nadie")
    assert CUIDA in talk.says("atrás")
    assert GUSTA in talk.says("atrás")
    assert SABE in talk.says("cantar")
    assert answers(talk) == {"int_gusta": "cantar", "int_cuida": "nadie"}


def test_back_at_the_first(talk):
    start(talk, "intereses")
    assert talk.says("regresar") == (
        "Esta es la primera pregunta, ya no hay otra antes.\n¿Qué te gusta hacer en tus ratos libres?"
    )


def test_a_button_further_up_changes_that_answer(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A nadie")
    heard = talk.taps("A mis hijos")
    assert "cambié esa respuesta" in heard and SABE in heard
    assert answers(talk)["int_cuida"] == "hijos"
    assert HORAS in talk.says("cocinar y vender")  # now it applies


def test_a_yes_to_consent_can_be_taken_back_further_up(rumbo):
    talk = rumbo.web()
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    assert "escribe «hola»" in talk.taps("No, gracias")
    assert "permiso" in talk.says("Lupita")


def test_a_button_under_a_question_she_left_takes_her_back(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("menú")
    assert HORAS in talk.taps("A mis hijos")
    assert runs(talk) == [("intereses", "active")]


def test_a_button_of_a_block_that_is_over_is_understood(talk):
    start(talk, "situacion")
    talk.taps("No trabajo")
    talk.says("zapatos")
    assert "No te entendí" not in talk.taps("Sí trabajo")
