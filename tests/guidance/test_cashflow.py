"""Twelve months in pesos: they add up, stay whole, and move the way her numbers move."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.assumptions import assume
from bot.guidance.cashflow import FLOWS, SILENT, USES, month_name, sellable, share_of_day, year
from tests.rows import GUIDE

RECKONING = GUIDE.assumptions
DAY, FIRST = "2026-11-22", date(2026, 12, 1)
NUMBERS = {a.id: a for a in RECKONING.assumptions}
SAID = st.fixed_dictionaries(
    {}, optional={n: st.floats(a.min, min(a.max, 20_000), allow_nan=False) for n, a in NUMBERS.items()}
)
PATHWAY = st.sampled_from(list(FLOWS))
ORDINARY = {"hours": 8.0, "transport": 40.0, "care": 900.0, "needed": 6000.0, "debts": 500.0, "income_now": 1500.0}


def picture(pathway, **said):
    return year(pathway, assume(RECKONING, said, DAY), FIRST, RECKONING)


def total(pathway, **said):
    return picture(pathway, **said).months[-1].cumulative


@given(PATHWAY, SAID)
def test_a_year_has_twelve_months_that_add_up_in_whole_pesos(pathway, said):
    months = picture(pathway, **said).months
    assert [m.number for m in months] == list(range(1, 13))
    assert all(m.net == m.income - m.transport - m.care - m.costs - m.debts for m in months)
    assert [m.cumulative for m in months] == list(accumulate(m.net for m in months))
    assert all(type(v) is int for m in months for n, v in vars(m).items() if n != "name")


@given(PATHWAY, SAID)
def test_nothing_in_a_month_is_negative_but_what_is_left(pathway, said):
    for m in picture(pathway, **said).months:
        assert min(m.income, m.transport, m.care, m.costs, m.debts, m.short) >= 0
        assert m.short == max(round(said.get("needed", 0)) - m.net, 0)


@given(PATHWAY, SAID, st.randoms())
def test_a_year_does_not_depend_on_the_order_in_which_she_answered(pathway, said, random):
    items = list(said.items())
    random.shuffle(items)
    assert picture(pathway, **dict(items)) == picture(pathway, **said)


COSTS = {
    "employment": ["transport", "care", "debts", "travel_hours"],
    "business": ["transport", "care", "debts", "unit_cost", "fixed", "start_cost"],
    "study": ["transport", "care", "debts", "study_month", "study_once"],
}
GAINS = {
    "employment": ["pay", "hours", "income_now"],
    "business": ["price", "income_now"],
    "study": ["income_now", "scholarship"],
}


@pytest.mark.parametrize("pathway, name", [(p, n) for p, names in COSTS.items() for n in names])
@given(said=SAID, more=st.floats(0, 5000))
def test_a_higher_cost_never_leaves_more(pathway, name, said, more):
    low = said.get(name, 0.0)
    assert total(pathway, **{**said, name: low + more}) <= total(pathway, **{**said, name: low})


@pytest.mark.parametrize("pathway, name", [(p, n) for p, names in GAINS.items() for n in names])
@given(said=SAID, more=st.floats(0, 5000))
def test_a_higher_gain_never_leaves_less(pathway, name, said, more):
    low = said.get(name, 0.0)
    assert total(pathway, **{**said, name: low + more}) >= total(pathway, **{**said, name: low})


@given(PATHWAY, SAID)
def test_every_line_shown_has_a_source_and_a_date_and_hers_says_so(pathway, said):
    shown = picture(pathway, **said).assumptions
    assert all(line.source.strip() and line.as_of.strip() and "{" not in line.text for line in shown)
    hers = {line.id: line.text for line in shown if line.kind == "said"}
    assert set(hers) <= set(said)
    assert all(text.startswith("Dijiste que ") for text in hers.values())


@given(PATHWAY, SAID, st.sampled_from(sorted(USES)), st.floats(0, 40))
def test_what_is_not_shown_changes_nothing(pathway, said, name, value):
    before = picture(pathway, **said)
    if name not in {line.id for line in before.assumptions}:
        assert picture(pathway, **{**said, name: value}).months == before.months


def test_what_is_silent_is_shown_once_it_counts():
    ids = {line.id for line in picture("study", scholarship=1900, income_now=10).assumptions}
    assert {name for names in SILENT.values() for name in names} <= ids


def test_employment_pays_the_part_of_a_month_her_hours_make_once_she_has_searched():
    months = picture("employment", **ORDINARY, pay=9582, search_months=2, start_in=1).months
    assert [m.income for m in months] == [1500] * 3 + [9582] * 9
    assert (months[2].transport, months[3].transport, months[3].care) == (0, round(40 * 5 * 52 / 12), 900)
    half = picture("employment", **{**ORDINARY, "hours": 4}, pay=9582, search_months=0).months
    assert {m.income for m in half} == {4791}


@given(SAID)
def test_share_of_day_lies_between_nothing_and_all(said):
    values = {name: number.value for name, number in assume(RECKONING, said, DAY).items()}
    assert 0 <= share_of_day(values) <= 1


def test_share_of_day_takes_the_way_off_and_counts_all_while_hours_are_unknown():
    assert share_of_day({}) == 1
    assert share_of_day({"travel_hours": 2}) == 1
    assert share_of_day({"hours": 6, "travel_hours": 2}) == 0.5
    assert share_of_day({"hours": 8, "days": 3}) == 0.6


def test_business_rises_to_what_she_expects_and_begins_with_what_it_costs():
    said = {"price": 30, "unit_cost": 10, "units_week": 12, "start_cost": 600, "fixed": 100, "ramp_months": 2}
    months = picture("business", **said).months
    assert [m.income for m in months[:3]] == [780, 1560, 1560]
    assert [m.costs for m in months[:3]] == [260 + 100 + 600, 520 + 100, 620]


def test_sellable_is_never_more_than_her_hours_allow():
    assert sellable({"units_week": 60, "unit_hours": 0.5, "hours": 2, "days": 5}) == 20
    assert sellable({"units_week": 10, "unit_hours": 0.5, "hours": 2, "days": 5}) == 10
    assert sellable({"units_week": 60, "hours": 2}) == 60


def test_study_gets_the_scholarship_every_so_often_and_so_many_times():
    said = {"scholarship": 1900, "study_once": 300, "study_month": 100, "start_in": 0}
    months = picture("study", **said).months
    assert [m.number for m in months if m.income] == [4, 6, 8, 10, 12]
    assert {m.income for m in months} == {0, 1900}
    assert [months[0].costs, months[1].costs] == [400, 100]


@given(SAID)
def test_study_never_gets_more_than_the_years_payments(said):
    numbers = {"scholarship": 1000, "scholarship_payments": 3, "income_now": 0}
    assert sum(m.income for m in picture("study", **{**said, **numbers}).months) <= 3000


@pytest.mark.parametrize("pathway", FLOWS)
def test_a_year_is_told_in_three_short_lines(pathway):
    lines = picture(pathway, **ORDINARY).lines
    assert len(lines) == 3
    assert all(0 < len(line) <= 160 and "{" not in line for line in lines)


def test_told_names_the_month_from_which_it_holds():
    lines = picture("employment", pay=9582, needed=6000, income_now=6000, search_months=2, debts=0).lines
    assert "diciembre de 2026" in lines[2]
    assert "febrero de 2027" in picture("employment", pay=9582, needed=6000, search_months=2).lines[2]
    assert "no llegas" in picture("study", needed=6000).lines[2]
    assert picture("study").lines[2] == RECKONING.lines["unasked"]


@pytest.mark.parametrize("income, word", [(10, "quedarían"), (0, "tablas")])
def test_told_says_whether_something_is_left(income, word):
    assert word in picture("study", income_now=income).lines[1]


def test_told_says_what_lacks():
    assert "faltarían 1,200 pesos" in picture("study", study_month=100).lines[1]


@given(st.dates(date(2026, 1, 1), date(2030, 12, 1)))
def test_month_names_go_round_the_year(first):
    assert month_name(first, 13).split(" de ")[0] == month_name(first, 1).split(" de ")[0]
    assert int(month_name(first, 13).split()[-1]) == first.year + 1


def test_an_unknown_pathway_is_refused():
    with pytest.raises(KeyError):
        picture("lottery")


def test_code_and_content_know_the_same_assumptions():
    assert set(NUMBERS) == USES
