"""Which services are found: what fits, the best first, nothing old, and never more than three."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.content.services import Service
from bot.referrals.directory import FRESH, MOST, NEEDS, Seeker, find

TODAY = date(2026, 11, 23)
CONTENT = load(ROOT / "content", "es-MX")
SERVICES = [s.model_copy(update={"verified": TODAY}) for s in CONTENT.services.values()]

SEEKERS = st.builds(
    Seeker,
    need=st.sampled_from(sorted(NEEDS)),
    state=st.none() | st.sampled_from(sorted(CONTENT.states)),
    age_band=st.none() | st.sampled_from(["14-17", "18-24", "25-29", "30-44", "45+"]),
    gender=st.sampled_from([None, "f", "m", "n"]),
    works=st.none() | st.booleans(),
    children=st.booleans(),
    free_only=st.booleans(),
    without=st.frozensets(st.sampled_from([s.id for s in SERVICES]), max_size=5),
)


@given(SEEKERS, st.randoms())
def test_what_is_found_fits_and_does_not_depend_on_the_order_of_rows(seeker, chance):
    found = find(SERVICES, seeker, TODAY)
    assert len(found) <= MOST
    for one in found:
        service = one.service
        assert service.kind in NEEDS[seeker.need] and service.id not in seeker.without
        assert not service.states or seeker.state in service.states
        assert not (seeker.gender == "m" and service.who == ("women",))
        assert service.free or not seeker.free_only
    shuffled = list(SERVICES)
    chance.shuffle(shuffled)
    assert find(shuffled, seeker, TODAY) == found


@given(SEEKERS)
def test_what_nobody_verified_lately_is_not_told(seeker):
    assert find(SERVICES, seeker, TODAY + FRESH + timedelta(days=1)) == []
    never = [s.model_copy(update={"verified": None}) for s in SERVICES]
    assert find(never, seeker, TODAY) == []


def test_her_own_state_comes_first():
    found = find(SERVICES, Seeker("violence", state="JAL", gender="f"), TODAY)
    assert found[0].service.states == ("JAL",) and "state" in found[0].reasons


def test_a_grown_woman_is_not_sent_where_minors_go_nor_a_girl_where_adults_do():
    grown = {f.service.id for f in find(SERVICES, Seeker("employment", age_band="30-44"), TODAY)}
    girl = {f.service.id for f in find(SERVICES, Seeker("employment", age_band="14-17"), TODAY)}
    assert "permiso_menores" not in grown and "jcf" not in girl | grown


def service(name: str, kind: str = "legal", **more: object) -> Service:
    told = {"id": name, "name": name, "kind": kind, "offers": "x", "source": "x", "as_of": "2026", "verified": TODAY}
    return Service.model_validate(told | more)


def ids(services: list[Service], seeker: Seeker) -> list[str]:
    return [f.service.id for f in find(services, seeker, TODAY)]


def test_a_town_of_hers_comes_before_her_state_and_that_before_a_number_to_call():
    here, call = service("here", states=("JAL",)), service("call", phone="079")
    town = service("town", states=("JAL",), municipalities=("Tonalá",))
    assert ids([call, here, town], Seeker("legal", "JAL", "Tonalá")) == ["town", "here", "call"]
    assert ids([call, here, town], Seeker("legal", "JAL", "Zapopan")) == ["here", "call"]


def test_the_kind_that_answers_a_need_best_comes_first():
    both = [service("dif", "social", phone="079"), service("nursery", "childcare")]
    assert ids(both, Seeker("childcare")) == ["nursery", "dif"]


def test_a_need_nobody_listed_is_taken_for_a_kind():
    assert ids([service("x", "transport")], Seeker("transport")) == ["x"] and ids([], Seeker("legal")) == []


ASKED = next(q for i in CONTENT.interviews.values() for q in i.questions if q.saves == "need")
OFFERED = [o.id for o in ASKED.options if o.id != "ninguno"]


@pytest.mark.parametrize("need", OFFERED)
@pytest.mark.parametrize("state", CONTENT.states)
def test_every_need_she_is_offered_has_a_service_that_reaches_her(need, state):
    assert need in NEEDS and find(SERVICES, Seeker(need, state), TODAY)


def test_no_service_is_of_a_kind_that_no_need_leads_to():
    reachable = {kind for kinds in NEEDS.values() for kind in kinds}
    assert {s.kind for s in SERVICES} - reachable == set()
