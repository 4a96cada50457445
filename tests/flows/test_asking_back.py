"""In the middle of a block she asks why, asks for help or for a service; then the question comes again."""

from __future__ import annotations

import pytest

from tests.flows.blocks import CUIDA, GUARDADA, HORAS, SABE, answers, start


def test_why_then_the_question_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("¿por qué preguntas eso?") == (
        "Te lo pregunto para proponerte horarios que sí te queden.\n¿Cuidas a alguien en casa?"
    )
    assert SABE in talk.says("3")


@pytest.mark.parametrize("said", ["no sé", "no entiendo"])
def test_who_is_lost_gets_a_hint_and_may_skip(talk, said):
    start(talk, "intereses")
    assert talk.says(said) == "Con una frase basta, por ejemplo: «bailar».\n¿Qué te gusta hacer en tus ratos libres?"
    assert CUIDA in talk.taps("Saltar")


def test_repeat(talk):
    start(talk, "intereses")
    assert talk.says("repítemelo") == "¿Qué te gusta hacer en tus ratos libres?"


def test_help_then_the_question_again(talk):
    start(talk, "intereses")
    heard = talk.says("me ayudas")
    assert "Contigo armo un plan" in heard and heard.endswith("¿Qué te gusta hacer en tus ratos libres?")
    assert CUIDA in talk.says("bailar")


PROMISED = {
    "menú": "¿Qué quieres hacer?",
    "ayuda": "Contigo armo un plan",
    "por qué": "un camino que te gusta",
    "saltar": CUIDA,
    "atrás": "Esta es la primera pregunta",
    "pausa": "Guardé lo que llevas",
    "mi plan": "Todavía no tenemos un plan",
    "una persona": "una persona te va a escribir",
    "baja": "escribe ALTA",
}
"""The words that work "en cualquier momento", as the help says."""


@pytest.mark.parametrize("word", PROMISED)
def test_a_word_that_works_at_any_moment(talk, word):
    start(talk, "intereses")
    assert PROMISED[word] in talk.says(word)


def test_a_need_is_served_then_the_question_returns(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("necesito una guardería")
    assert "Antes de ir, pregunta" in heard and heard.endswith("¿Cuidas a alguien en casa?")
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie"]
    assert HORAS in talk.says("1")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos"}


def test_two_needs_and_a_help_in_a_row_then_the_answer(talk):
    start(talk, "intereses")
    talk.says("bailar")
    for said, served in [
        ("necesito una guardería", "Antes de ir"),
        ("necesito un abogado", "Antes de ir"),
        ("me ayudas", "armo"),
    ]:
        heard = talk.says(said)
        assert served in heard and CUIDA in heard
    assert SABE in talk.says("a nadie")


def test_a_need_where_one_is_expected_is_the_answer(talk):
    start(talk, "situacion")
    talk.taps("No trabajo")
    assert talk.says("no tengo quien cuide a mis hijos").startswith(GUARDADA)
    assert answers(talk)["sit_falta"] == "no tengo quien cuide a mis hijos"
