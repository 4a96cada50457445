"""What the suggestion listens to: deep answers in the place of quick ones, one list where two blocks ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import ROOT
from bot.content.library import load
from bot.guidance.pages.registry import show
from bot.guidance.pathways import suggest, weights_version
from bot.guidance.signals import HOURS, hours_said, named, signals
from bot.guidance.tables import PathwayChoice
from tests.guidance.desk import Desk
from tests.guidance.test_talks import PROJECT, WELCOME, answer, planned
from tests.rows import GUIDE

CONTENT = load(ROOT / "content", "es-MX")
WAYS = list(CONTENT.pathways.values())
QUESTIONS = {q.id: q for i in CONTENT.interviews.values() for q in i.questions if q.options}
ROUND = st.permutations(range(4)).map(lambda order: order[:2])


def chosen(question):
    ids = [o.id for o in question.options]
    if question.kind == "best_worst":
        return st.permutations(ids).map(lambda order: order[:2])
    if question.kind == "number":
        return st.sampled_from(ids).map(float)
    if question.kind == "multi":
        return st.lists(st.sampled_from(ids), unique=True)
    return st.sampled_from(ids) | st.none()


ANSWERS = st.fixed_dictionaries({}, optional={name: chosen(q) for name, q in QUESTIONS.items()})


@given(ANSWERS, st.randoms())
def test_signals_do_not_depend_on_the_order_of_answers(answers, random):
    items = list(answers.items())
    random.shuffle(items)
    assert signals(GUIDE, dict(items), {}) == signals(GUIDE, answers, {})


@given(ANSWERS)
def test_signals_leave_the_answers_as_they_were_and_name_only_what_is_known(answers):
    before, known = dict(answers), named(GUIDE)
    heard = signals(GUIDE, answers, {})
    assert answers == before and set(answers) <= set(heard)
    for name, values in known.items():
        options = {o.id for o in QUESTIONS[name].options} if name in QUESTIONS else set()
        value = heard.get(name)
        assert set(value if isinstance(value, list) else [value]) - {None} <= values | options


@given(ANSWERS)
def test_every_reason_heard_is_told_and_they_add_up(answers):
    found = suggest(WAYS, signals(GUIDE, answers, {}))
    for way in WAYS:
        weights = {r.because: r.weight for r in way.reasons}
        told = [*found.reasons[way.id], *found.against[way.id]]
        assert len(set(told)) == len(told)
        assert sum(weights[because] for because in told) == found.scores[way.id]


def test_six_rounds_stand_for_the_one_question():
    rounds = {
        f"vuelta_{n}": [v, next(o for o in shown if o not in (v, "cerca"))]
        for n, shown in enumerate(GUIDE.values.rounds)
        for v in ["cerca"]
        if v in shown
    }
    heard = signals(GUIDE, {"importa": "dinero", **rounds}, {})
    assert heard["importa"] == ["cerca"]
    found = suggest(WAYS, heard)
    assert "lo que más te importa es que quede cerca de tu casa" in found.reasons["business"]
    assert not any("ganar dinero" in said for said in found.reasons["employment"])
    assert signals(GUIDE, {"importa": "dinero"}, {})["importa"] == "dinero"


def test_eighteen_items_stand_for_what_was_quickly_liked():
    items = {f"gusta_{i.id}": "late" if i.type == "E" else "no" for i in GUIDE.interests.items}
    heard = signals(GUIDE, {"gusta": ["vender", "cocinar"], **items}, {})
    assert (heard["tipos"], heard["gusta"]) == (["E"], ["cocinar"])


def test_obstacles_of_two_blocks_count_once():
    heard = signals(GUIDE, {"estorbo": ["dinero", "transporte"], "estorbo_grande": "transporte"}, {})
    assert heard["estorbo"] == ["dinero", "transporte"]


def test_what_she_wrote_speaks_of_what_she_has_done():
    assert "vender" in signals(GUIDE, {}, {"orgullo": "vendo gelatinas desde hace dos años"})["vivido"]
    assert signals(GUIDE, {}, {"suenio": "vender gelatinas"})["vivido"] == []


@pytest.mark.parametrize("hours, said", [(0.5, "0-1"), (1.0, "0-1"), (2.0, "2"), (4.0, "4"), (8.0, "5+"), (None, None)])
def test_hours_said_as_the_first_question_has_them(hours, said):
    assert hours_said(hours) == said
    if said:
        assert said in {o.id for o in QUESTIONS[HOURS].options}


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def test_the_choice_is_kept_with_all_that_spoke_for_and_against(desk):
    planned(desk)
    with desk.house.db.read() as session:
        kept = session.scalars(select(PathwayChoice)).one()
        found = desk.person(session).suggestion()
        assert (kept.scores, kept.reasons, kept.against) == (found.scores, found.reasons, found.against)
        assert (kept.best, kept.weights_version) == (list(found.best), weights_version(WAYS))
        assert kept.against["business"] and kept.against["study"]


def test_the_page_of_reasons_hides_nothing(desk):
    planned(desk)
    with desk.house.db.write() as session:
        person = desk.person(session)
        bubbles = show(person, "why", "", 900)
        found = person.suggestion()
    said = "\n".join(bubble.text for bubble in bubbles)
    assert all(because in said for told in (found.reasons, found.against) for all_ in told.values() for because in all_)
    assert found.version in said and "Va adelante" in said
    assert len(bubbles) <= 3 and all(len(bubble.text) <= 600 for bubble in bubbles)


def test_a_tie_is_said(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME, "saltar")
    with desk.house.db.write() as session:
        assert "Hay empate" in show(desk.person(session), "why", "", 900)[0].text


def test_before_she_chooses_the_reasons_are_one_bubble(desk):
    desk.starts("bienvenida")
    answer(desk, *WELCOME, *PROJECT)
    assert dict(desk.offered)["Todas mis razones"] == '/see{"page": "why"}'
    with desk.house.db.write() as session:
        assert [len(b.text) <= 600 for b in show(desk.person(session), "why", "", 900)] == [True]
