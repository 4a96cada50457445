"""What the scripted learners of tests/flows found, each by itself."""

from __future__ import annotations

import pytest

from bot.config import ROOT
from bot.content.library import fill, load
from bot.guidance import answers, wishes


@pytest.fixture(scope="module")
def steps():
    return {q.id: q for q in load(ROOT / "content", "es-MX").interviews["compromisos"].questions}


def test_who_did_not_say_her_name_is_spoken_to_without_one():
    assert fill("¡Listo, {name}! Seguimos.", {"name": ""}, "here") == "¡Listo! Seguimos."
    assert fill("¡Listo, {name}! Seguimos.", {"name": "Lupita"}, "here") == "¡Listo, Lupita! Seguimos."


@pytest.mark.parametrize("said", ["quiero cambiar de camino", "mejor quiero elegir otro camino"])
def test_another_pathway_is_a_request_where_a_step_is_chosen(steps, said):
    assert wishes.is_request(steps["paso_empleo"], said, "choose_pathway", 0.9, None)


def test_going_on_another_day_is_what_she_does_then(steps):
    option = answers.option_in(steps["si_pasa"].options, "voy otro dia")
    assert option is not None and option.id == "mover"
