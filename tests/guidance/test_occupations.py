"""Occupations ranked for a person, with reasons that come from what she said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.occupations import LEVELS, MINORS, Seeker, Words, asked, bounds, in_sector, learn, rank, women
from tests.rows import GUIDE

GUIDED = GUIDE.occupations
ROWS = {o.id: o for o in GUIDED.occupations}
SKILLS = {s.id: s.you for s in GUIDE.strengths.skills}
TYPES = {t.id: t.you for t in GUIDE.interests.types}
WORDS = Words(TYPES, SKILLS, {"CHH": "Chihuahua", "NLE": "Nuevo León", "PUE": "Puebla"})
SEEKERS = st.builds(
    Seeker,
    interests=st.lists(st.sampled_from(sorted(TYPES)), unique=True, max_size=4).map(tuple),
    skills=st.frozensets(st.sampled_from(sorted(SKILLS))),
    level=st.none() | st.sampled_from(LEVELS),
    state=st.none() | st.sampled_from(sorted(WORDS.states)),
    age_band=st.none() | st.sampled_from([MINORS, "18-24", "45+"]),
    hours=st.none() | st.floats(0, 12),
)


def scores(seeker, guide=GUIDED):
    return {m.id: m.score for m in rank(guide, seeker, WORDS)}


def test_there_are_the_43_occupations_of_the_research_each_once():
    assert len(ROWS) == len(GUIDED.occupations) == 43


@given(SEEKERS)
def test_scores_stay_within_bounds_and_come_highest_first(seeker):
    least, most = bounds(GUIDED.weights)
    found = [m.score for m in rank(GUIDED, seeker, WORDS)]
    assert all(least <= score <= most for score in found)
    assert found == sorted(found, reverse=True)


@given(SEEKERS, st.permutations(GUIDED.occupations))
def test_rank_does_not_depend_on_the_order_of_rows(seeker, rows):
    shuffled = GUIDED.model_copy(update={"occupations": tuple(rows)})
    assert rank(shuffled, seeker, WORDS) == rank(GUIDED, seeker, WORDS)


@given(SEEKERS, st.sampled_from(sorted(SKILLS)), st.sampled_from(sorted(TYPES)))
def test_one_more_skill_or_interest_never_lowers_a_score(seeker, skill, kind):
    before = scores(seeker)
    more = Seeker(**{**vars(seeker), "skills": seeker.skills | {skill}, "interests": (*seeker.interests, kind)})
    after = scores(more)
    assert all(after[name] >= score for name, score in before.items())


@given(SEEKERS, st.floats(0, 12), st.floats(0, 12))
def test_more_hours_and_more_schooling_never_lower_a_score(seeker, some, others):
    few, many = sorted((some, others))
    low = scores(Seeker(**{**vars(seeker), "hours": few, "level": "primaria"}))
    high = scores(Seeker(**{**vars(seeker), "hours": many, "level": "prepa"}))
    assert all(high[name] >= score for name, score in low.items())


@given(SEEKERS)
def test_every_reason_comes_from_what_she_said(seeker):
    told = [r for m in rank(GUIDED, seeker, WORDS) for r in m.reasons]
    mine = [TYPES[k] for k in seeker.interests] + [SKILLS[s] for s in seeker.skills]
    mine += [GUIDED.levels[seeker.level]] if seeker.level else []
    mine += [WORDS.states[seeker.state]] if seeker.state else []
    free = [GUIDED.says["no_level"]] if seeker.level else []
    hours = ["horas al día"] if seeker.hours is not None else []
    assert all(any(word in reason for word in (*mine, *free, *hours)) for reason in told)
    assert all("{" not in reason for reason in told)


def test_nothing_known_says_nothing():
    assert all((m.score, m.reasons, m.cautions) == (0, (), ()) for m in rank(GUIDED, Seeker(), WORDS))


@given(SEEKERS)
def test_under_18_only_what_is_marked_and_always_with_where_to_ask(seeker):
    found = rank(GUIDED, Seeker(**{**vars(seeker), "age_band": MINORS}), WORDS)
    assert {m.id for m in found} == {o.id for o in ROWS.values() if o.minors}
    assert all(GUIDED.says["minors"] in m.cautions for m in found)


@pytest.mark.parametrize(
    "danger", ["soldadura", "vigilancia", "chofer_carga", "electricista", "meseria", "instaladora_fv"]
)
def test_dangerous_and_night_work_is_never_shown_under_18(danger):
    assert danger not in scores(Seeker(age_band=MINORS))
    assert danger in scores(Seeker(age_band="18-24"))


def test_what_is_missing_is_said_as_something_to_know():
    by_id = {m.id: m for m in rank(GUIDED, Seeker(level="primaria", hours=3), WORDS)}
    assert "Suele pedir la prepa" in by_id["aux_admin"].cautions[0]
    assert "8 horas" in by_id["aux_admin"].cautions[1]


def test_care_work_comes_first_for_whom_it_fits():
    seeker = Seeker(("S",), frozenset({"cuidar", "escuchar"}), "primaria", None, "30-44", 6)
    assert rank(GUIDED, seeker, WORDS)[0].id == "cuidados"


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_how_women_fare_has_a_source_or_says_there_is_none(row):
    lines = women(GUIDED, row)
    assert (lines == (GUIDED.says["women_none"],)) or any(line.startswith("Fuente") for line in lines)
    assert any(c.isdigit() for line in lines for c in line) == (row.women_share is not None)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_was_not_confirmed_says_so(row):
    assert asked(GUIDED, row)[1:] == (GUIDED.says["asks_unchecked"],)
    assert asked(GUIDED, row.model_copy(update={"asks_checked": True})) == asked(GUIDED, row)[:1]
    assert all(len(text) <= 600 for text in (*learn(GUIDED, row), *women(GUIDED, row)))


@pytest.mark.parametrize("sector", GUIDED.sectors)
def test_every_sector_has_an_occupation(sector):
    assert in_sector(GUIDED, sector) <= set(ROWS)
    assert in_sector(GUIDED, sector)
