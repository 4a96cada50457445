"""The door to the money tools, and three of them: the price of what she sells, her debts, the account that fits."""

from __future__ import annotations

import json

import pytest

from bot.guidance.pages.registry import PAGES
from tests.guidance.desk import Desk, page
from tests.guidance.test_talks import answer, welcomed

PRICE = ("240", "24", "3", "$200")
DEBTS = ("Una tarjeta", "6000", "$500", "Como 60 %", "Sí, otra", "mi comadre Lety", "900", "Ahorita nada", "No cobra")
DEBTS = (*DEBTS, "No, es todo", "$300")


@pytest.fixture
def desk(small_house):
    return welcomed(Desk(small_house))


def done(desk: Desk, block: str, *said: str) -> str:
    desk.starts(block)
    heard = answer(desk, *said)
    assert len(desk.said) <= 3 and all(len(bubble.text) <= 600 for bubble in desk.said)
    return heard


def test_every_tool_is_behind_the_door_and_says_how_to_begin(desk):
    page(desk, "money", tap=False)
    tools = [json.loads(p.removeprefix("/see"))["page"] for _, p in desk.offered if p.startswith("/see")]
    assert {"goal", "loan", "budget", "price", "debts", "account"} == set(tools) <= set(PAGES)
    for tool in tools:
        page(desk, tool, tap=False)
        assert desk.offered[0][1].startswith("/start_interview") and len(desk.offered) == 2


def test_the_price_counts_her_time(desk):
    heard = done(desk, "precio", *PRICE)
    assert "Cada pieza te cuesta 15 pesos" in heard and "117 pesos son de tu trabajo" in heard
    assert "Con 30 por ciento de ganancia, el precio queda en 20 pesos" in heard
    assert "vende 5 piezas a la semana" in heard and "CONASAMI" in heard


def test_another_gain_and_another_number_are_tried(desk):
    done(desk, "precio", *PRICE)
    assert "precio queda en 30 pesos" in page(desk, "Con 100 % de ganancia")
    desk.taps("Cambiar lo que gasto")
    assert "Cada pieza te cuesta 25 pesos" in answer(desk, "480")


def test_what_her_business_spends_is_not_asked_twice(desk):
    done(desk, "precio", *PRICE)
    assert "Cada pieza" in done(desk, "precio", "100", "10", "2")


def test_debts_in_order_with_a_step_and_her_rights(desk):
    heard = done(desk, "deudas", *DEBTS)
    assert "1. Mi comadre Lety\n2. La tarjeta" in heard and "Tu paso de este mes: 300 pesos a mi comadre Lety" in heard
    assert "terminas en" in heard and "REDECO" in heard and "con 30 pesos de más" in heard


def test_the_dearest_first_is_one_tap_away(desk):
    done(desk, "deudas", *DEBTS)
    heard = page(desk, "Primero la más cara")
    assert "1. La tarjeta" in heard and "800 pesos a la tarjeta" in heard
    assert "Primero la más chica" in dict(desk.offered)


def test_a_debt_that_grows_is_no_fault_of_hers(desk):
    heard = done(desk, "deudas", "Una tienda", "10000", "$200", "100 % o más", "No, es todo", "Ahorita nada")
    assert "los intereses crecen más rápido" in heard and "No es culpa tuya" in heard
    assert "Primero la más cara" not in dict(desk.offered)


def test_an_interest_she_does_not_know_is_said_to_count_nothing(desk):
    heard = done(desk, "deudas", "Un préstamo", "500", "$500", "No sé", "No, es todo", "Ahorita nada")
    assert "Donde no sabes el interés, conté cero" in heard and "terminas en un mes" in heard


def test_two_debts_of_the_same_kind_are_told_apart(desk):
    heard = done(
        desk, "deudas", "Una tarjeta", "900", "$200", "No cobra", "Sí, otra",
        "Una tarjeta", "500", "$200", "No cobra", "No, es todo", "Ahorita nada",
    )  # fmt: skip
    assert "1. La tarjeta (2)\n2. La tarjeta" in heard


def test_the_account_holds_what_comes_in_and_says_what_to_look_after(desk):
    heard = done(desk, "cuenta", "$3,000", "Quiero que sea privada", "Listo")
    assert "una cuenta de nivel 1: recibe hasta 6,522" in heard and "3,522 pesos de espacio" in heard
    assert "tu propio correo" in heard and "¿cobra por mes?" in heard and "Fuente:" in heard


def test_more_than_any_limit_is_an_account_without_one(desk):
    assert "no tiene tope" in done(desk, "cuenta", "90000", "Nada de eso")


@pytest.mark.parametrize(
    "block, before, wrong, fit",
    [
        ("precio", ("100",), "0", "desde 1"),
        ("deudas", ("Una tarjeta",), "0", "desde 1"),
        ("cuenta", (), "90000000", "unos 4 mil"),
    ],
)
def test_nonsense_is_refused_with_what_would_fit(desk, block, before, wrong, fit):
    desk.starts(block)
    answer(desk, *before)
    assert fit in desk.types(wrong)


def test_beside_a_service_for_her_money_the_tools_are_offered(desk):
    page(desk, "services", "money", tap=False)
    assert "¿Qué quieres ver?" in page(desk, "Ver más de dinero")
