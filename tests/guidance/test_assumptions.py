"""The numbers of the reality check: the editors', hers over them, and "y si…"."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.figures import Assumption, Kind
from bot.guidance.assumptions import assume, hours_of, offered, plain, shown, what_if, with_pay, with_scholarship
from bot.guidance.cashflow import FLOWS, year
from bot.guidance.wages import Zone, minimum
from tests.rows import GUIDE

RECKONING = GUIDE.assumptions
DAY = "2026-11-22"
CHANGES = {c.id: c for c in RECKONING.what_ifs}
NUMBERS = {a.id: a for a in RECKONING.assumptions}


@given(st.sampled_from(sorted(NUMBERS)), st.floats(-1e9, 1e9))
def test_assume_keeps_her_number_within_bounds_and_says_it_is_hers(name, value):
    found = assume(RECKONING, {name: value}, DAY)[name]
    assert NUMBERS[name].min <= found.value <= NUMBERS[name].max
    assert (found.kind, found.as_of) == (Kind.SAID, DAY)


def test_assume_refuses_a_number_nobody_reckons_with():
    with pytest.raises(KeyError, match="luck"):
        assume(RECKONING, {"luck": 7}, DAY)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("pathway", FLOWS)
def test_every_what_if_gives_a_year_and_leaves_hers_as_it_was(change, pathway):
    numbers = assume(RECKONING, {"hours": 4, "care": 800, "price": 20, "units_week": 10, "scholarship": 1900}, DAY)
    before = dict(numbers)
    after = what_if(numbers, change)
    assert len(year(pathway, after, date(2026, 12, 1), RECKONING).months) == 12
    assert numbers == before
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {*change.set, *change.add, *change.times}


def test_childcare_frees_hours_and_money():
    after = what_if(assume(RECKONING, {"hours": 4, "care": 800, "pay": 9582}, DAY), CHANGES["guarderia"])
    assert (after["hours"].value, after["care"].value) == (8, 0)
    unknown = what_if(assume(RECKONING, {}, DAY), CHANGES["guarderia"])
    assert unknown["hours"].value is None


def test_offered_goes_by_pathway_and_age():
    young = {c.id for c in offered(CHANGES.values(), "employment", "18-24")}
    assert "jovenes" in young and "guarderia" in young and "sin_beca" not in young
    assert "jovenes" not in {c.id for c in offered(CHANGES.values(), "employment", "14-17")}
    assert "jovenes" not in {c.id for c in offered(CHANGES.values(), "employment", None)}


def test_with_pay_and_scholarship_bring_their_source_along():
    pay = minimum(GUIDE.wages, Zone.GENERAL)
    numbers = with_pay(assume(RECKONING, {}, DAY), pay)
    assert (numbers["pay"].value, numbers["pay"].source, numbers["pay"].kind) == (9582, pay.source, Kind.FACT)
    assert pay.name in shown(numbers["pay"], "dijiste que").text
    aid = GUIDE.routes.scholarships[0]
    numbers = with_scholarship(numbers, aid)
    assert {numbers[f"scholarship{end}"].source for end in ("", "_every", "_payments")} == {aid.source}
    assert numbers["scholarship"].value == aid.pesos


def test_shown_says_what_is_missing_and_what_is_hers():
    numbers = assume(RECKONING, {"needed": 6000}, DAY)
    assert shown(numbers["needed"], RECKONING.said).text == "Dijiste que necesitas 6,000 pesos al mes."
    assert shown(numbers["care"], RECKONING.said).kind is Kind.MISSING


def test_a_number_without_value_must_say_that_it_is_missing():
    with pytest.raises(ValueError, match="needs `missing`"):
        Assumption(id="x", text="{value}", unit="pesos", source="yo misma", as_of="2026")


def test_a_number_needs_a_source():
    with pytest.raises(ValueError, match="source"):
        Assumption(id="x", text="{value}", unit="pesos", value=1, source="", as_of="2026")


@pytest.mark.parametrize("answer, hours", [("0-1", 1), ("2", 2), ("5+", 5), ("3 horas", 3)])
def test_hours_of_an_answer(answer, hours):
    assert hours_of(answer) == hours


@pytest.mark.parametrize(
    "value, said", [(1500.0, "1,500"), (0, "0"), (2.5, "2.5"), (0.75, "0.75"), (1234.5, "1,234.5")]
)
def test_plain_writes_numbers_as_people_do(value, said):
    assert plain(value) == said
