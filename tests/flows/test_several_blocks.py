"""One block in the middle of another, one after another; and the same message twice."""

from __future__ import annotations

from tests.flows.blocks import CUIDA, FALTA, GUARDADA, GUSTA, HORAS, SABE, TRABAJA, answers, runs, start


def test_another_block_in_the_middle_by_a_tap_then_the_first_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert TRABAJA in start(talk, "situacion")
    assert runs(talk) == [("intereses", "paused"), ("situacion", "active")]
    talk.says("sí")
    assert talk.says("zapatos bonitos").startswith(GUARDADA)
    assert "Nos quedamos en «Lo que te gusta»" in talk.says("hola")
    assert CUIDA in talk.taps("Seguir")


def test_another_block_by_words_from_a_choice(talk):
    start(talk, "situacion")
    assert "qué te preocupa más" in talk.says("dame un consejo de dinero")
    assert runs(talk) == [("situacion", "paused"), ("dinero", "active")]


def test_another_block_by_words_from_free_text_is_asked_first(talk):
    start(talk, "intereses")
    assert "¿Quieres pasar a «Tu dinero»?" in talk.says("dame un consejo de dinero")
    assert talk.offered == ["Sí, pasar", "No, era mi respuesta"]
    assert "qué te preocupa más" in talk.taps("Sí, pasar")
    assert runs(talk) == [("intereses", "paused"), ("dinero", "active")]


def test_no_that_was_my_answer(talk):
    start(talk, "intereses")
    talk.says("dame un consejo de dinero")
    assert CUIDA in talk.taps("No, era mi respuesta")
    assert answers(talk) == {"int_gusta": "dame un consejo de dinero"}


def test_two_blocks_in_a_row_then_the_first_anew(talk):
    start(talk, "situacion")
    talk.says("sí")
    assert GUARDADA in talk.says("zapatos")
    assert GUSTA in start(talk, "intereses")
    assert TRABAJA in start(talk, "situacion")
    assert FALTA in talk.says("no")
    assert runs(talk) == [("situacion", "done"), ("intereses", "paused"), ("situacion", "active")]


def test_a_block_left_halfway_is_taken_up_and_not_begun_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("menú")
    assert CUIDA in start(talk, "intereses")
    assert runs(talk) == [("intereses", "active")]


def test_the_same_message_is_recorded_once(talk):
    start(talk, "intereses")
    talk.says("bailar", number="el-mismo-mensaje")
    before = len(talk.read)
    talk.send("bailar", number="el-mismo-mensaje")
    assert HORAS in talk.says("a mis hijos")
    talk.send("bailar", number="el-mismo-mensaje")
    assert SABE in talk.says("6")
    assert len(talk.read) == before + 2
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}
