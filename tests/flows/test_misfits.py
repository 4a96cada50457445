"""What does not fit a question is explained, then offered as choices, then let go: nobody is trapped."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.db import now
from tests.flows.blocks import CUANDO, CUIDA, FIN, SABE, answers, reach_day, reach_place, start


def test_what_does_not_fit_is_explained_then_offered_then_let_go(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("xyz") == "Elige una de las tres de la lista.\n¿Cuidas a alguien en casa?"
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie"]
    assert talk.says("qwerty") == "¿Cuidas a alguien en casa?"
    assert "Saltar" not in talk.offered
    talk.says("asdf")
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie", "Saltar"]
    assert SABE in talk.taps("Saltar")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": None}


def test_a_number_out_of_range(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A mis hijos")
    assert talk.says("90").startswith("Escribe un número del 1 al 24.")
    talk.says("xyz")
    assert talk.offered == ["1", "2", "4", "8", "Saltar"]
    assert SABE in talk.taps("4")
    assert answers(talk)["int_horas"] == 4.0


def test_a_day_that_is_over_is_no_answer(talk):
    reach_day(talk)
    assert talk.says("15/03/2020").startswith("Escribe un día")
    talk.says("xyz")
    assert FIN in talk.taps("Mañana")
    assert (
        answers(talk)["int_cuando"]
        == (now().astimezone(ZoneInfo("America/Mexico_City")).date() + timedelta(1)).isoformat()
    )


def test_a_place_nobody_knows_is_offered_as_choices(talk):
    reach_place(talk)
    assert talk.says("xyz").startswith("Escribe el nombre de un estado.")
    talk.says("qwerty")
    assert CUANDO in talk.taps("Puebla")
    assert answers(talk)["int_lugar"] == "PUE"


@pytest.mark.parametrize("nonsense", ["xyz", "🍕", "...", "no sé"])
def test_nobody_is_ever_trapped_in_a_question(talk, nonsense):
    start(talk, "intereses")
    talk.says("bailar")
    for _ in range(5):
        assert CUIDA in talk.says(nonsense)
    assert "Saltar" in talk.offered


def test_who_insists_on_skipping_may(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert any(SABE in talk.says("saltar") for _ in range(5))


def test_consent_is_the_one_question_that_cannot_be_skipped(rumbo):
    talk = rumbo.web()
    talk.says("hola")
    for _ in range(5):
        assert "permiso" in talk.says("xyz")
    assert talk.offered == ["Sí, te doy permiso", "No, gracias"]
    assert "permiso" in talk.says("saltar")
    assert "una persona te va a escribir" in talk.says("quiero hablar con una persona")
