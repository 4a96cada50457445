"""A business of her own: ideas from what there is, and numbers that hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.business import break_even, ideas, one_page, own_idea, recovered, told, week_left
from tests.rows import GUIDE

BUSINESS = GUIDE.business
PESOS = st.decimals(0, 5000, places=2).map(float)
SKILLS = {s.id: s.you for s in GUIDE.strengths.skills}
IDEA = BUSINESS.ideas[0]


def exact(pesos):
    return Fraction(str(pesos))


@given(PESOS, PESOS, PESOS)
def test_break_even_is_the_least_number_that_loses_nothing(price, cost, fixed):
    units, margin = break_even(price, cost, fixed), exact(price) - exact(cost)
    if units is None:
        assert margin <= 0
    else:
        month = exact(fixed) * 12 / 52
        assert units * margin >= month
        assert units == 0 or (units - 1) * margin < month


@given(PESOS, PESOS, PESOS)
def test_recovered_is_the_least_number_that_brings_it_back(price, cost, start):
    units, margin = recovered(price, cost, start), exact(price) - exact(cost)
    if units is None:
        assert margin <= 0
    else:
        assert units * margin >= exact(start)
        assert units == 0 or (units - 1) * margin < exact(start)


@given(PESOS, PESOS, PESOS, PESOS)
def test_a_higher_price_never_needs_more_sales(price, cost, fixed, more):
    low, high = break_even(price, cost, fixed), break_even(price + more, cost, fixed)
    assert low is None or (high is not None and high <= low)


@given(PESOS, PESOS, PESOS, PESOS)
def test_one_page_always_says_its_numbers_and_whose_they_are(price, cost, fixed, start):
    page = one_page(BUSINESS, IDEA, price, cost, fixed, start)
    assert page.lines[-1] == BUSINESS.says["hers"]
    assert all(0 < len(line) <= 600 and "{" not in line for line in page.lines)
    assert (page.even is None) == (page.margin <= 0) == (len(page.lines) == 2)


def test_one_page_of_gelatin_cups():
    page = one_page(BUSINESS, IDEA, price=25, cost=12, fixed=400, start=800)
    assert (page.margin, page.even, page.recover) == (13, 8, 62)
    assert "pierdes 2 pesos" in one_page(BUSINESS, IDEA, 10, 12).lines[0]
    assert one_page(BUSINESS, IDEA, 12, 12).lines[0] == BUSINESS.says["nothing"]
    assert one_page(BUSINESS, IDEA, 0.3, 0.1, 0.2 * 52 / 12).even == 1 or break_even(0.3, 0.1, 0.8) == 1


@pytest.mark.parametrize("numbers", [(-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1)])
def test_one_page_refuses_numbers_under_nothing(numbers):
    with pytest.raises(ValueError, match="0 or more"):
        one_page(BUSINESS, IDEA, *numbers)


def test_ideas_begin_with_what_there_is():
    found = ideas(BUSINESS, ["maquina"], {"manos": SKILLS["manos"]}, {"crear": "te gusta crear y hacer arte"})
    assert found[0].idea.id == "arreglos_ropa"
    assert found[0].reasons[0] == "Dijiste que tienes máquina de coser."
    assert found[0].score == len(found[0].reasons) == 3


@given(st.sets(st.sampled_from(sorted(BUSINESS.has))), st.sets(st.sampled_from(sorted(SKILLS))), st.booleans())
def test_ideas_score_by_their_reasons_and_minors_see_only_what_is_for_them(has, skills, minor):
    found = ideas(BUSINESS, has, {s: SKILLS[s] for s in skills}, {}, "14-17" if minor else None)
    assert [f.score for f in found] == sorted((len(f.reasons) for f in found), reverse=True)
    assert not minor or all(f.idea.minors for f in found)
    assert len(found) == sum(i.minors or not minor for i in BUSINESS.ideas)


def test_an_idea_of_her_own_gets_a_page_too():
    page = one_page(BUSINESS, own_idea(BUSINESS, "vender flores", "el panteón", "diez ramos el domingo"), 50, 30)
    assert (page.what, page.buyers, page.even) == ("vender flores", "el panteón", 0)


@given(PESOS, PESOS, PESOS, st.integers(0, 500))
def test_a_week_is_lost_below_break_even_and_not_from_it_on(price, cost, fixed, units):
    even, left = break_even(price, cost, fixed), week_left(price, cost, fixed, units)
    assert even is None or (units >= even) == (left >= 0)


@pytest.mark.parametrize(
    "numbers, said",
    [
        ((25, 12, 400, 0, 20), "te quedan unos 168 pesos"),
        ((25, 12, 400, 0, 5), "te faltan unos 27 pesos"),
        ((25, 12, 0, 0, 0), "sales a mano"),
        ((25, 12, 50, 0, None), "Con una venta a la semana"),
    ],
)
def test_what_a_week_brings_is_said(numbers, said):
    assert any(said in line for line in one_page(BUSINESS, IDEA, *numbers).lines)


def test_the_sum_of_break_even_is_shown_in_one_line():
    [line] = [li for li in one_page(BUSINESS, IDEA, 25, 12, 400).lines if "para no perder" in li]
    assert all(part in line for part in ("400", "92", "13", "8 porciones"))


@pytest.mark.parametrize("age", [None, "14-17", "30-44"])
@pytest.mark.parametrize("fact", BUSINESS.facts, ids=[f.id for f in BUSINESS.facts])
def test_every_fact_says_what_it_brings_costs_and_where_it_was_read(fact, age):
    said = told(BUSINESS, fact, age)
    assert fact.source in said[-1] and fact.as_of[:4] in said[-1]
    assert fact.gives in said[1] and fact.costs in said[1]
    assert (fact.young or fact.start if age == "14-17" else fact.start) in said[1]
    assert all(0 < len(text) <= 600 for text in said)
