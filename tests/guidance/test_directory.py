"""Which service helps with a need in a state."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import ROOT
from bot.content.library import load
from bot.content.services import Service
from bot.guidance.directory import NEEDS, find


def service(name: str, kind: str = "legal", states: tuple[str, ...] = (), **more: Any) -> Service:
    return Service(id=name, name=name, kind=kind, offers="", states=states, source="", as_of="2026", **more)


HERE, AWAY = service("here", states=("JAL", "COL")), service("away", states=("PUE",))
ALL, CALL = service("all", url="https://x.mx"), service("call", phone="079")
OTHER = service("other", kind="health")


def ids(found: list[Service]) -> list[str]:
    return [s.id for s in found]


def test_find_puts_her_own_state_first_then_a_number_to_call():
    assert ids(find([ALL, CALL, AWAY, OTHER, HERE], "legal", "JAL")) == ["here", "call", "all"]


def test_find_without_a_state_knows_the_national_ones():
    assert ids(find([HERE, ALL], "legal", None)) == ["all"]


def test_find_leaves_out_what_she_declined():
    assert ids(find([HERE, ALL], "legal", "JAL", without={"here"})) == ["all"]


def test_find_prefers_the_kind_named_first():
    services = [service("dif", kind="social", phone="1"), service("nursery", kind="childcare")]
    assert ids(find(services, "childcare", None)) == ["nursery", "dif"]


def test_find_keeps_what_is_for_one_municipality_to_its_people():
    town = service("town", states=("CHH",), municipalities=("Hidalgo del Parral",))
    assert ids(find([town, ALL], "legal", "CHH", municipality="hidalgo del parral")) == ["town", "all"]
    assert ids(find([town, ALL], "legal", "CHH", municipality="Juárez")) == ["all"]
    assert ids(find([town, ALL], "legal", "CHH")) == ["all"]


def test_find_takes_a_need_nobody_listed_for_a_kind():
    assert ids(find([service("x", kind="transport")], "transport", None)) == ["x"]
    assert find([ALL], "unheard", "JAL") == []


CONTENT = load(ROOT / "content", "es-MX")
SERVICES = CONTENT.services.values()
ASKED = next(q for i in CONTENT.interviews.values() for q in i.questions if q.saves == "need")
OFFERED = [o.id for o in ASKED.options if o.id != "ninguno"]


@pytest.mark.parametrize("need", OFFERED)
def test_every_need_she_is_offered_is_known(need):
    assert need in NEEDS


@pytest.mark.parametrize("need", OFFERED)
@pytest.mark.parametrize("state", CONTENT.states)
def test_every_need_she_is_offered_has_a_service_that_reaches_her(need, state):
    found = find(SERVICES, need, state)
    assert found and all(not s.states or state in s.states for s in found)


def test_no_service_is_of_a_kind_that_no_need_leads_to():
    reachable = {kind for kinds in NEEDS.values() for kind in kinds}
    assert {s.kind for s in SERVICES} - reachable == set()
