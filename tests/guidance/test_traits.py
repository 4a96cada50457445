"""Interests, values and strengths: counted, told in her words, never more than she said."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.guidance import interests, strengths, values
from tests.rows import GUIDE

ITEMS = [i.id for i in GUIDE.interests.items]
TAPS = {t.id: t.points for t in GUIDE.interests.taps}
TAPPED = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(sorted(TAPS)))
ROUNDS = GUIDE.values.rounds
PICKS = st.fixed_dictionaries(
    {}, optional={n: st.permutations(r).map(lambda p: (p[0], p[1])) for n, r in enumerate(ROUNDS)}
)
EXPERIENCES = [e.id for e in GUIDE.strengths.experiences]


@given(TAPPED)
def test_interest_scores_are_the_points_tapped_and_bounded(taps):
    found = interests.score(GUIDE.interests, taps)
    assert sum(found.scores.values()) == sum(TAPS[t] for t in taps.values())
    assert all(0 <= points <= 6 for points in found.scores.values())


@given(TAPPED, st.randoms())
def test_interests_do_not_depend_on_the_order_of_taps(taps, random):
    items = list(taps.items())
    random.shuffle(items)
    assert interests.score(GUIDE.interests, dict(items)) == interests.score(GUIDE.interests, taps)


@given(TAPPED, st.sampled_from(ITEMS))
def test_liking_one_thing_more_never_lowers_a_type(taps, item):
    less, more = ({**taps, item: tap} for tap in ("no", "late"))
    before, after = (interests.score(GUIDE.interests, t).scores for t in (less, more))
    assert all(after[kind] >= before[kind] for kind in before)


@given(TAPPED)
def test_the_strongest_types_are_no_weaker_than_the_others_and_told_in_words(taps):
    found = interests.score(GUIDE.interests, taps)
    rest = [found.scores[k] for k in found.scores if k not in found.top]
    assert all(found.scores[k] >= max(rest, default=0) for k in found.top)
    titles = {t.id: t.you for t in GUIDE.interests.types}
    assert all(titles[k] in found.lines[0] for k in found.top)
    assert all(0 < len(line) <= 600 for line in found.lines)


def test_interests_say_ties_all_and_nothing():
    says = GUIDE.interests.says
    assert interests.score(GUIDE.interests, {}).lines == (says["none"],)
    assert interests.score(GUIDE.interests, dict.fromkeys(ITEMS, "late")).lines == (says["all"],)
    tied = interests.score(GUIDE.interests, {"vender": "late", "explicar": "late"})
    assert (tied.top, tied.tied) == (("S", "E"), True)
    assert says["tie"] in tied.lines
    clear = interests.score(GUIDE.interests, {"vender": "late", "explicar": "regular"})
    assert (clear.top, clear.tied) == (("E", "S"), False)


def test_the_short_form_asks_one_thing_of_each_type():
    assert sorted(i.type for i in interests.items(GUIDE.interests, short=True)) == sorted("RIASEC")
    assert len(interests.items(GUIDE.interests)) == 18


def test_interests_can_be_read_from_what_she_likes():
    assert interests.from_liked(GUIDE.interests, ["cuidar", "vender", "cuidar", "x"]).top == ("S", "E")


@given(PICKS)
def test_values_add_up_to_nothing_and_are_bounded(picks):
    scores = values.weigh(GUIDE.values, picks).scores
    assert sum(scores.values()) == 0
    assert all(-3 <= s <= 3 for s in scores.values())


@given(PICKS)
def test_what_matters_most_and_least_are_the_ends_of_the_scores_and_ties_are_said(picks):
    found = values.weigh(GUIDE.values, picks)
    you = {v.id: v.you for v in GUIDE.values.values}
    assert {found.scores[v] for v in found.most} <= {max(found.scores.values())}
    assert {found.scores[v] for v in found.least} <= {min(found.scores.values())}
    assert bool(found.most) == any(found.scores.values()) == bool(found.least)
    assert all(you[v] in found.lines[0] for v in found.most)


@given(PICKS, st.randoms())
def test_values_do_not_depend_on_the_order_of_rounds(picks, random):
    items = list(picks.items())
    random.shuffle(items)
    assert values.weigh(GUIDE.values, dict(items)) == values.weigh(GUIDE.values, picks)


@pytest.mark.parametrize("pick", [("dinero", "dinero"), ("dinero", "cerca"), ("x", "dinero")])
def test_a_pick_that_was_not_offered_is_refused(pick):
    with pytest.raises(ValueError, match="round 0 offers"):
        values.weigh(GUIDE.values, {0: pick})


def test_picks_that_cancel_out_are_told_as_such_and_none_as_none():
    round_trip = {1: ("aprender", "cerca"), 3: ("respeto", "aprender"), 4: ("cerca", "respeto")}
    assert values.weigh(GUIDE.values, round_trip).lines == (GUIDE.values.says["even"],)
    assert values.weigh(GUIDE.values, {}).lines == (GUIDE.values.says["none"],)


@pytest.mark.parametrize("number", range(6))
def test_a_round_shows_four_different_values(number):
    assert [v.id for v in values.shown(GUIDE.values, number)] == list(ROUNDS[number])


@given(st.sets(st.sampled_from(EXPERIENCES)), st.sampled_from(EXPERIENCES))
def test_one_more_experience_never_takes_a_strength_away(done, more):
    before = {s.skill.id: len(s.because) for s in strengths.find(GUIDE.strengths, done)}
    after = {s.skill.id: len(s.because) for s in strengths.find(GUIDE.strengths, {*done, more})}
    assert all(after[skill] >= count for skill, count in before.items())


@given(st.sets(st.sampled_from(EXPERIENCES)))
def test_every_strength_says_what_it_came_from(done):
    phrases = {e.phrase for e in GUIDE.strengths.experiences if e.id in done}
    found = strengths.find(GUIDE.strengths, done)
    assert all(s.because and set(s.because) <= phrases and s.because[0] in s.line for s in found)
    counts = [len(s.because) for s in found]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    "text, spoken",
    [
        ("cuidé a mi abuelita cuando se enfermó", {"cuidar"}),
        ("vendo gelatinas desde hace dos años", {"vender", "cocina"}),
        ("saqué adelante mi casa y mis hijos", {"casa", "cuidar"}),
        ("organicé la kermés de la parroquia", {"organizar"}),
        ("arreglo los celulares de mis primos", {"reparar", "compu"}),
        ("juego futbol con mi equipo", {"equipo"}),
        ("no sé cocinar, pero vendo ropa", {"vender"}),
        ("nunca he vendido nada", set()),
        ("hablo náhuatl", {"lengua"}),
        ("hago cosas", set()),
        ("fui soldado", set()),
        ("", set()),
    ],
)
def test_strengths_are_heard_in_her_own_words(text, spoken):
    assert {e.id for e in strengths.spoken_of(GUIDE.strengths, text)} == spoken


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_strengths(text):
    assert all(s.because for s in strengths.find(GUIDE.strengths, (), text))


def test_nothing_found_asks_kindly():
    assert strengths.find(GUIDE.strengths) == []
    assert strengths.nothing_yet(GUIDE.strengths) == GUIDE.strengths.says["none"]


@pytest.mark.parametrize("experience", EXPERIENCES)
def test_every_experience_is_worth_something(experience):
    assert strengths.find(GUIDE.strengths, [experience])


def test_everything_that_can_be_tapped_is_an_experience():
    block = yaml.safe_load((ROOT / "content/es-MX/interviews/tengo.yml").read_text())["questions"][0]
    for option in block["options"]:
        assert strengths.find(GUIDE.strengths, [option["id"]]), option["id"]
