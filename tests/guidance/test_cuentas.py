"""The block of her numbers: what is asked, what is not asked again, and what an answer counts as."""

from __future__ import annotations

import pytest

from bot.content.figures import Kind
from bot.guidance import counting
from tests.guidance.desk import Desk
from tests.guidance.test_numbers import AT, COMMON, STUDY, picks_business, seen, text
from tests.guidance.test_talks import answer, planned, welcomed


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=AT)


@pytest.fixture
def told(desk):
    planned(desk)
    desk.starts("cuentas")
    answer(desk, *COMMON, *STUDY)
    return desk


def skip(desk: Desk) -> None:
    desk.types("saltar", "skip_question", 1.0)


def test_the_shortest_way_is_short_and_asks_nothing_she_said_before(desk):
    planned(desk)
    before = desk.count
    heard = [desk.starts("cuentas"), *(answer(desk, said) for said in (*COMMON, *STUDY))]
    assert "horas al día tienes libres" not in "\n".join(heard)
    assert "Ya tengo tus números" in heard[-1]
    assert desk.count - before <= 10


def test_what_is_said_by_the_week_is_a_months_and_said_back(desk):
    welcomed(desk)
    desk.starts("cuentas")
    answer(desk, "4", *COMMON[:4])
    assert "5,200 pesos al mes" in answer(desk, "1,200 a la semana")
    with desk.house.db.read() as session:
        assert counting.said(desk.person(session))["needed"].value == 5200


def test_who_cares_for_nobody_and_owes_nothing_is_not_asked_what_it_costs(desk):
    welcomed(desk)
    desk.starts("mas_de_ti")
    answer(desk, "Zapopan", "2", "A nadie", "En la noche", "Listo", "saltar")
    heard = [desk.starts("cuentas"), *(answer(desk, said) for said in ("4", "1", "5", "40"))]
    assert "cuiden" not in "\n".join(heard) and "necesita tu casa" in heard[-1]
    with desk.house.db.read() as session:
        assert counting.said(desk.person(session))["care"].value == 0


def test_a_range_of_the_baseline_counts_as_its_middle_and_is_not_hers(desk):
    welcomed(desk)
    desk.starts("linea_base")
    while "cuánto ganas" not in text(desk.said):
        desk.taps("Saltar") if "Saltar" in dict(desk.offered) else skip(desk)
    desk.taps("De 3 a 6 mil")
    with desk.house.db.read() as session:
        number = counting.said(desk.person(session))["income_now"]
    assert (number.value, number.kind) == (4500, Kind.OURS)


def test_a_number_can_be_changed_from_my_answers_whatever_year_she_looks_at(told):
    picks_business(told)
    seen(told, "numbers", "study")
    assert "¿En cuánto vendes" in told.starts("cuentas", q="ct_precio")
    assert "cambié ese número" in answer(told, "50")
    with told.house.db.read() as session:
        assert counting.said(told.person(session))["price"].value == 50
    assert told.said[-1].content_id == "mended_cuentas"


def test_what_she_skipped_is_not_asked_again_but_can_be_told(told):
    desk = told
    picks_business(desk)
    assert "Ya tengo tus números" in desk.starts("cuentas")


def test_her_income_is_not_asked_again_in_the_baseline(told):
    heard = told.starts("linea_base")
    while told.said[-1].content_id.startswith("linea_base."):
        heard += told.types("saltar", "skip_question", 1.0)
    assert "Tu dinero" in heard and "cuánto ganas" not in heard
