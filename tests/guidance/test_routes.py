"""Which level is next and which routes lead there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.occupations import LEVELS
from bot.guidance.routes import AGES, Student, aid_for, next_level, paid, routes_for, study_plan
from tests.rows import GUIDE

ROUTES = GUIDE.routes
STUDENTS = st.builds(
    Student,
    level=st.none() | st.sampled_from(LEVELS),
    age_band=st.none() | st.sampled_from(sorted(AGES)),
    state=st.none() | st.sampled_from(["JAL", "CHH", "OAX"]),
    hours=st.none() | st.floats(0, 12),
    online=st.none() | st.booleans(),
)


def ids(**known):
    return [f.route.id for f in routes_for(ROUTES, Student(**known))]


@pytest.mark.parametrize(
    "level, following",
    [
        ("ninguno", "primaria"),
        ("primaria", "secundaria"),
        ("secundaria", "prepa"),
        ("prepa", "tecnica"),
        ("tecnica", None),
        (None, None),
        ("kinder", None),
    ],
)
def test_next_level(level, following):
    assert next_level(level) == following


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("age", AGES)
def test_everyone_has_a_route_and_first_comes_her_next_level(level, age):
    found = routes_for(ROUTES, Student(level=level, age_band=age, state="OAX"))
    assert found
    if level != "tecnica":
        assert found[0].route.gives == next_level(level)


def test_the_real_routes_stand_where_they_belong():
    assert ids(level="ninguno")[0] == "inea_primaria"
    assert {"prepa_linea", "prepa_abierta", "acuerdo286", "conalep"} <= set(ids(level="secundaria"))
    assert "prepa_linea" not in ids(level="primaria")
    assert "inea_secundaria" not in ids(level="prepa")
    assert ids(level="prepa")[0] == "unadm"
    assert {"conocer", "cecati_icat"} <= set(ids(level="tecnica"))


def test_wishes_bring_a_route_to_the_front():
    assert ids(level="secundaria", online=True)[0] == "prepa_linea"
    assert ids(level="secundaria", online=False, hours=1)[0] == "prepa_abierta"
    assert "segunda_oportunidad" in ids(state="JAL") and "segunda_oportunidad" not in ids(state="OAX")


@given(STUDENTS, st.permutations(ROUTES.routes))
def test_routes_do_not_depend_on_the_order_of_rows(student, rows):
    assert routes_for(ROUTES.model_copy(update={"routes": tuple(rows)}), student) == routes_for(ROUTES, student)


@given(STUDENTS)
def test_scores_stay_within_the_weights(student):
    most = sum(vars(ROUTES.weights).values())
    assert all(0 <= f.score <= most for f in routes_for(ROUTES, student))


@given(STUDENTS)
def test_knowing_less_never_closes_a_door(student):
    known = {f.route.id for f in routes_for(ROUTES, student)}
    assert known <= {r.id for r in ROUTES.routes} == set(ids())


@given(STUDENTS)
def test_every_route_says_where_it_was_read_and_what_is_not_sure(student):
    for fit in routes_for(ROUTES, student):
        assert fit.route.source in fit.source
        assert all(any(what in caution for caution in fit.cautions) for what in fit.route.unsure)
        assert (ROUTES.says["low"] in fit.cautions) == (fit.route.confidence == "low")
        assert all("{" not in text for text in (*fit.reasons, *fit.cautions))


def test_an_age_that_is_not_sure_for_her_is_said():
    young = {f.route.id: f for f in routes_for(ROUTES, Student(level="secundaria", age_band="14-17"))}
    grown = {f.route.id: f for f in routes_for(ROUTES, Student(level="secundaria", age_band="30-44"))}
    assert "Pide 15 años cumplidos." in young["conocer"].cautions
    assert "Pide 15 años cumplidos." not in grown["conocer"].cautions
    assert ROUTES.says["age_unsure"] in grown["acuerdo286"].cautions


def test_aid_is_for_pupils_of_a_public_school():
    by_id = {r.id: r for r in ROUTES.routes}
    assert [s.id for s in aid_for(ROUTES, by_id["conalep"], Student())] == ["beca_bj"]
    assert aid_for(ROUTES, by_id["acuerdo286"], Student()) == []
    assert [s.id for s in aid_for(ROUTES, by_id["conocer"], Student(), children=True)] == ["beca_rita"]
    assert [s.id for s in aid_for(ROUTES, None, Student(level="prepa"))] == ["beca_jef"]
    assert aid_for(ROUTES, None, Student()) == []


@pytest.mark.parametrize("aid", ROUTES.scholarships, ids=[s.id for s in ROUTES.scholarships])
def test_what_a_scholarship_pays_has_its_source(aid):
    figure, said = paid(ROUTES, aid)
    assert f"{figure.pesos:,} pesos" in said
    assert figure.source in said
    assert (ROUTES.says["children"] in said) == (not aid.own)


@given(STUDENTS)
def test_study_plan_has_all_papers_and_questions_once(student):
    fit = routes_for(ROUTES, student)[0]
    aid = aid_for(ROUTES, fit.route, student, children=True)
    plan = study_plan(ROUTES, fit, aid, "7 de diciembre")
    assert set(plan.papers) == set(fit.route.papers).union(*(s.papers for s in aid))
    assert set(plan.ask) == set(fit.route.unsure).union(*(s.unsure for s in aid))
    assert len(set(plan.papers)) == len(plan.papers)
    assert plan.goal and plan.first_step and "7 de diciembre" in plan.review
