"""What a loan costs: her numbers in pesos, another offer beside it, and numbers that cannot be true."""

from __future__ import annotations

import pytest

from tests.guidance.desk import Desk, page
from tests.guidance.test_talks import answer, welcomed

LOAN = ("$2,000", "180", "Cada semana", "16", "Nada")
OTHER = ("2000", "500", "Cada mes", "5", "100")


@pytest.fixture
def desk(small_house):
    return welcomed(Desk(small_house))


@pytest.fixture
def told(desk):
    desk.starts("prestamo")
    answer(desk, *LOAN)
    return desk


def test_five_answers_say_the_total_and_the_cost_of_a_hundred(desk):
    desk.starts("prestamo")
    heard = answer(desk, *LOAN)
    assert "pagas 2,880 en total" in heard and "cuesta 880 pesos" in heard and "44 pesos por cada 100" in heard
    assert "por ciento" in heard and "con tus números" in heard


def test_another_offer_stands_beside_it_and_the_cheaper_first(told):
    told.taps("Comparar con otro")
    heard = answer(told, *OTHER)
    assert heard.startswith("La otra oferta") and "30 pesos por cada 100" in heard
    assert "Sale más barato la otra oferta" in heard and "La primera oferta cobra menos cada vez" in heard
    assert "280 pesos más" in heard and all(len(b.text) <= 600 for b in told.said)


def test_the_cat_is_explained_and_leads_back(told):
    assert "intereses, las comisiones" in page(told, "¿Qué es el CAT?")
    assert "880" in page(told, "Ver mi préstamo")


def test_a_number_is_changed_in_one_answer(told):
    told.taps("Cambiar el pago")
    assert "pagas 2,400 en total" in answer(told, "150")


def test_less_paid_back_than_lent_is_asked_about(told):
    told.taps("Cambiar el pago")
    assert "menos de lo que te prestan" in answer(told, "10")


def test_a_fee_as_high_as_the_loan_is_corrected(desk):
    desk.starts("prestamo")
    assert "Algo no cuadra" in answer(desk, *LOAN[:-1], "2000")
    desk.taps("Cambiar la comisión")
    assert "pagas 2,980 en total" in answer(desk, "$100")


@pytest.mark.parametrize("nonsense, fit", [("7", "desde 50"), ("99999999", "desde 50")])
def test_nonsense_is_refused_with_what_would_fit(desk, nonsense, fit):
    desk.starts("prestamo")
    assert fit in desk.types(nonsense)


def test_without_numbers_the_page_asks_for_them(desk):
    assert "Hacer la cuenta" in (page(desk, "loan", tap=False) and dict(desk.offered))
    assert "Cuánto te prestan" in desk.taps("Hacer la cuenta")
