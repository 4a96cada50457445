"""She leaves a block and comes back to where she was."""

from __future__ import annotations

import pytest

from tests.flows.blocks import CUIDA, GUSTA, SABE, answers, loop, runs, start


def test_menu_leaves_and_seguir_resumes(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("menú") == "¿Qué quieres hacer?"
    assert talk.offered[0] == "Seguir"
    assert runs(talk) == [("intereses", "paused")] and loop(talk) is None
    heard = talk.taps("Seguir")
    assert heard.startswith("Qué gusto seguir.") and heard.endswith(" min.\n¿Cuidas a alguien en casa?")
    assert SABE in talk.says("a nadie")


@pytest.mark.parametrize(
    "pause, resume", [("luego seguimos", "quiero seguir"), ("pausa", "continuar"), ("salir", "ya volví")]
)
def test_a_pause_and_back_by_words(talk, pause, resume):
    start(talk, "intereses")
    talk.says("bailar")
    assert "Guardé lo que llevas" in talk.says(pause)
    assert runs(talk) == [("intereses", "paused")] and loop(talk) is None
    assert CUIDA in talk.says(resume)
    assert SABE in talk.says("3")


def test_hola_after_a_pause_offers_to_go_on(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("luego seguimos")
    assert "Nos quedamos en «Lo que te gusta»" in talk.says("hola")
    assert CUIDA in talk.taps("Seguir")


def test_hola_in_the_middle_is_greeted_and_asked_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("hola")
    assert "¡Hola otra vez" in heard and heard.endswith("¿Cuidas a alguien en casa?")


def test_hola_is_not_what_she_likes_to_do(talk):
    start(talk, "intereses")
    assert GUSTA in talk.says("hola")
    assert answers(talk) == {}


@pytest.mark.parametrize("said", ["reiniciar", "empezar de nuevo"])
def test_starting_over_keeps_what_she_said(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    assert "sigue guardado" in talk.says(said)
    assert loop(talk) is None
    assert CUIDA in talk.taps("Seguir")


def test_an_answer_right_after_starting_over_is_no_riddle(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("reiniciar")
    talk.says("A una persona mayor")
    assert "Menú" in talk.offered
