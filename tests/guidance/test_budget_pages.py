"""Her envelopes: not asked what is known, short or left said plainly, her hours counted, changed later."""

from __future__ import annotations

import pytest

from tests.guidance.desk import Desk, page
from tests.guidance.test_talks import answer, welcomed

BUDGET = ("$6,000", "$1,500", "700 a la semana", "$200", "$500", "$500", "$300", "$300", "De 5 a 7 horas")


@pytest.fixture
def desk(small_house):
    return welcomed(Desk(small_house))


@pytest.fixture
def told(desk):
    desk.starts("sobres")
    answer(desk, *BUDGET)
    return desk


def test_every_envelope_is_filled_and_what_is_short_is_said(desk):
    desk.starts("sobres")
    heard = answer(desk, *BUDGET)
    assert "con los 6,000 pesos que entran" in heard and "Comida: 3,033 pesos" in heard
    assert "Lo demás: 0 pesos (faltan 300)" in heard and "Faltan 333 pesos" in heard
    assert "Guardar: 267 pesos (faltan 33)" in heard
    assert len(desk.said) <= 3 and all(len(b.text) <= 600 for b in desk.said)


def test_her_hours_count_at_the_legal_minimum_with_its_source(told):
    page(told, "budget", tap=False)
    heard = told.said[-1].text
    assert "182 horas de cuidado" in heard and "7,098 pesos" in heard and "CONASAMI" in heard


def test_the_same_by_the_week(told):
    heard = page(told, "Verlos por semana")
    assert "con los 1,385 pesos" in heard and "Comida: 700 pesos" in heard and "42 horas" in heard


def test_what_is_known_is_not_asked_again(desk):
    desk.starts("mas_de_ti")
    answer(desk, "Zapopan", "2", "A nadie", "En la noche", "Listo", "saltar")
    desk.starts("meta")
    answer(desk, "Para la escuela", "$500", "Todavía nada", "$50", "el sábado", "No me escribas")
    desk.starts("sobres")
    heard = answer(desk, "$3,000", "$500", "$1,500", "Nada", "Nada", "Nada")
    assert "Guardar: 217 pesos" in heard and "Te quedan 783 pesos" in heard


def test_one_number_is_changed_and_the_sum_follows(told):
    told.taps("Cambiar lo que entra")
    assert "Te quedan" in answer(told, "$10,000")


def test_who_asks_again_sees_her_envelopes_and_can_begin_anew(told):
    assert "Tus sobres del mes" in told.opens("quiero hacer un presupuesto", "help_budget")
    assert "lo fijo" in told.taps("Hacerlos de nuevo")


def test_without_numbers_the_page_asks_for_them(desk):
    page(desk, "budget", tap=False)
    assert "te entra al mes" in desk.taps("Hacer mis sobres")


def test_nonsense_is_refused_with_what_would_fit(desk):
    desk.starts("sobres")
    assert "900 a la semana" in desk.types("99999999")


def test_while_another_question_waits_a_tool_is_asked_about_and_never_assumed(desk):
    desk.starts("linea_base")
    heard = desk.types("¿me puedes ayudar a hacer un presupuesto?", "help_budget", 0.99)
    assert "¿Quieres pasar a «Mis sobres»?" in heard
    assert "Del 1 al 5" in desk.taps("No, era mi respuesta")
