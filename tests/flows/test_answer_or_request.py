"""The same words can answer a question or ask for something else."""

from __future__ import annotations

import pytest

from tests.flows.blocks import ANIMO, CUIDA, OWN, SABE, answers, reach_many, start


@pytest.mark.parametrize(
    "said", ["ayudar a la gente", "zxcv poiu", "me gusta cuidar niños", "ayudar a mi mamá", "quiero un trabajo"]
)
def test_words_that_only_resemble_a_request_are_the_answer(talk, said):
    start(talk, "intereses")
    assert CUIDA in talk.says(said)
    assert answers(talk) == {"int_gusta": said}


@pytest.mark.parametrize("said", ["saltar la cuerda", "las opciones de computación"])
def test_a_hobby_that_contains_a_command_is_the_answer(talk, said):
    start(talk, "intereses")
    assert CUIDA in talk.says(said)
    assert answers(talk) == {"int_gusta": said}


def test_that_was_my_answer(talk):
    start(talk, "intereses")
    assert "Contigo armo un plan" in talk.says("me ayudas")
    assert talk.offered == [OWN]
    assert CUIDA in talk.taps(OWN)
    assert answers(talk) == {"int_gusta": "me ayudas"}


def test_that_was_my_answer_tapped_late_changes_only_that_answer(talk):
    start(talk, "intereses")
    talk.says("me ayudas")
    talk.says("bailar")
    assert CUIDA in talk.taps(OWN)
    assert answers(talk) == {"int_gusta": "me ayudas"}


@pytest.mark.parametrize(
    "typed", ["/derecho", '/answer{"q":"int_gusta","v":"x"}', "/help@0.99", " /skip", "/menu", "/restart"]
)
def test_a_typed_payload_is_only_words(talk, typed):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says(typed)
    assert heard
    assert answers(talk) == {"int_gusta": "bailar"}
    if CUIDA not in heard:
        assert CUIDA in talk.taps("Seguir")
    assert SABE in talk.says("a nadie")


def test_a_typed_answer_payload_does_not_answer_another_question(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a nadie")
    talk.says('/answer{"q":"int_cuida","v":"hijos"}')
    assert answers(talk)["int_cuida"] == "nadie"


@pytest.mark.parametrize(
    "said",
    [
        "aprendí a usar la computadora",
        "vendo tamales en la esquina",
        "ayudé a mi mamá a salir de sus deudas",
        "cuidé a mi abuelita cuando se enfermó",
        "terminé la prepa",
    ],
)
def test_what_she_is_proud_of_is_kept(talk, said):
    start(talk, "proyecto")
    assert "te gusta hacer" in talk.says(said)
    assert answers(talk) == {"orgullo": said}


@pytest.mark.parametrize(
    "said", ["pagar mis deudas", "ahorrar para una casa", "aprender inglés", "estudiar enfermería"]
)
def test_what_she_dreams_of_is_kept(talk, said):
    assert "ya pasó un año" in start(talk, "futuro")
    assert "tres años" in talk.says(said)
    assert answers(talk)["suenio"] == said


def test_options_she_names_count_more_than_a_topic_we_know_nothing_of(talk):
    reach_many(talk)
    assert ANIMO in talk.says("sé cocinar, también vender")


def test_a_lot_is_not_one(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A mis hijos")
    assert talk.says("un montón").startswith("Escribe un número del 1 al 24.")
