"""Which way speaks to her, by the editors' weights."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.content.models import Pathway, Reason
from bot.guidance.pathways import bounds, listed, suggest, weights_version


def way(name: str, *reasons: tuple[str, str, int]) -> Pathway:
    heard = tuple(Reason(question=q, values=(v,), weight=w, because=f"{q} es {v}") for q, v, w in reasons)
    return Pathway(id=name, title=name, short=name, describe=name, reasons=heard)


WORK = way("work", ("importa", "dinero", 3), ("horas", "5", 2), ("horas", "1", -2))
STUDY = way("study", ("importa", "aprender", 4), ("gusta", "leer", 1), ("gusta", "cuidar", 2))
WAYS = [WORK, STUDY]


def test_suggest_adds_up_the_reasons_and_says_them_heaviest_first():
    found = suggest(WAYS, {"gusta": ["leer", "cuidar"], "importa": "aprender", "horas": "5"})
    assert found.best == ("study",)
    assert found.scores == {"work": 2, "study": 7}
    assert found.reasons["work"] == ["horas es 5"]
    assert found.reasons["study"] == ["importa es aprender", "gusta es cuidar", "gusta es leer"]


def test_suggest_counts_what_speaks_against_a_way_and_says_it_apart():
    found = suggest(WAYS, {"importa": "dinero", "horas": "1"})
    assert (found.scores, found.reasons["work"]) == ({"work": 1, "study": 0}, ["importa es dinero"])
    assert found.against == {"work": ["horas es 1"], "study": []}


def test_suggest_leaves_a_tie_to_her():
    found = suggest(WAYS, {"horas": "5", "gusta": ["cuidar"]})
    assert (found.best, found.tied) == (("work", "study"), True)
    assert not suggest(WAYS, {"horas": "5"}).tied


@pytest.mark.parametrize("answers", [{}, {"importa": None}, {"gusta": []}, {"unheard": "x"}])
def test_suggest_without_answers_ties_all_at_nothing(answers):
    found = suggest(WAYS, answers)
    assert (found.scores, found.best) == ({"work": 0, "study": 0}, ("work", "study"))
    assert found.reasons == found.against == {"work": [], "study": []}


@pytest.mark.parametrize("value, expected", [(None, []), ("x", ["x"]), (["x", "y"], ["x", "y"]), ([], []), (0, [0])])
def test_listed_makes_a_list_of_any_answer(value, expected):
    assert listed(value) == expected


CONTENT = load(ROOT / "content", "es-MX")
SHIPPED = list(CONTENT.pathways.values())
OPTIONS = {q.id: [o.id for o in q.options] for i in CONTENT.interviews.values() for q in i.questions if q.options}
ANSWERS = st.fixed_dictionaries(
    {}, optional={q: st.sampled_from(ids) | st.lists(st.sampled_from(ids), unique=True) for q, ids in OPTIONS.items()}
)


@given(ANSWERS, st.randoms())
def test_suggest_does_not_depend_on_the_order_of_answers(answers, random):
    items = [(q, random.sample(v, len(v)) if isinstance(v, list) else v) for q, v in answers.items()]
    random.shuffle(items)
    assert suggest(SHIPPED, dict(items)) == suggest(SHIPPED, answers)


@given(ANSWERS, st.permutations(SHIPPED))
def test_suggest_does_not_depend_on_the_order_of_ways(answers, ways):
    found, usual = suggest(ways, answers), suggest(SHIPPED, answers)
    assert (found.scores, found.reasons, set(found.best)) == (usual.scores, usual.reasons, set(usual.best))


@given(ANSWERS)
def test_suggest_stays_within_the_weights_and_the_best_are_the_highest(answers):
    found = suggest(SHIPPED, answers)
    for pathway in SHIPPED:
        least, most = bounds(pathway)
        assert least <= found.scores[pathway.id] <= most
    assert {found.scores[p] for p in found.best} == {max(found.scores.values())}


@pytest.mark.parametrize("pathway", SHIPPED, ids=[p.id for p in SHIPPED])
def test_every_way_can_be_the_only_one_suggested(pathway):
    answers: dict[str, list[str]] = {}
    for reason in pathway.reasons:
        if reason.weight > 0:
            answers.setdefault(reason.question, []).append(reason.values[0])
    assert suggest(SHIPPED, answers).best == (pathway.id,)


@given(ANSWERS)
def test_every_reason_said_comes_from_an_answer_of_hers(answers):
    found = suggest(SHIPPED, answers)
    known = {r.because: r for p in SHIPPED for r in p.reasons}
    said = [known[because] for heard in (*found.reasons.values(), *found.against.values()) for because in heard]
    assert {r.question for r in said} <= set(answers)


@given(ANSWERS)
def test_every_reason_that_counted_is_said_and_they_add_up_to_the_score(answers):
    found = suggest(SHIPPED, answers)
    for pathway in SHIPPED:
        weights = {r.because: r.weight for r in pathway.reasons}
        told = [*found.reasons[pathway.id], *found.against[pathway.id]]
        assert sum(weights[because] for because in told) == found.scores[pathway.id]


@given(ANSWERS, st.sampled_from([(p, r) for p in SHIPPED for r in p.reasons]))
def test_one_more_reason_moves_its_way_by_its_weight_and_only_once(answers, chosen):
    pathway, reason = chosen
    without = {**answers, reason.question: []}
    given_ = {**answers, reason.question: [reason.values[0]]}
    moved = suggest(SHIPPED, given_).scores[pathway.id] - suggest(SHIPPED, without).scores[pathway.id]
    same = [r.weight for r in pathway.reasons if r.question == reason.question and reason.values[0] in r.values]
    assert moved == sum(same)
    twice = {**answers, reason.question: [reason.values[0]] * 2}
    assert suggest(SHIPPED, twice) == suggest(SHIPPED, given_)


@given(st.permutations(SHIPPED))
def test_the_version_of_the_weights_does_not_depend_on_order(ways):
    assert weights_version(ways) == weights_version(SHIPPED)


def test_the_version_changes_with_a_weight_and_not_with_wording():
    heavier = way("work", ("importa", "dinero", 4), ("horas", "5", 2), ("horas", "1", -2))
    assert weights_version([heavier, STUDY]) != weights_version(WAYS)
    worded = STUDY.model_copy(update={"reasons": tuple(r.model_copy(update={"because": "x"}) for r in STUDY.reasons)})
    assert weights_version([WORK, worded]) == weights_version(WAYS)


def test_what_is_stored_holds_all_of_it_in_plain_values():
    found = suggest(WAYS, {"importa": "dinero", "horas": "1"})
    kept = json.loads(json.dumps(found.stored()))
    assert kept["version"] == weights_version(WAYS)
    assert (kept["scores"], kept["reasons"], kept["against"]) == (found.scores, found.reasons, found.against)
    assert kept["best"] == ["work"]
