"""Which money tip fits."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.content.tips import Tip, Topic
from bot.guidance.money import choose_tip, fit


def tip(name: str, worries: tuple[str, ...] = (), pathways: tuple[str, ...] = (), **more: Any) -> Tip:
    words = {"title": "", "text": "", "this_week": "", "ask_later": "", "source": "ours", "as_of": "2026"}
    return Tip(id=name, worries=worries, pathways=pathways, **{"topic": "saving", **words, **more})


GENERAL, DEBT = tip("general"), tip("debt", ("deuda",))
DEBT_BUSINESS, BUSINESS = tip("debt_business", ("deuda",), ("business",)), tip("business", (), ("business",))
TIPS = [GENERAL, DEBT, BUSINESS, DEBT_BUSINESS]


@pytest.mark.parametrize(
    "worry, pathway, order",
    [
        ("deuda", "business", ["debt_business", "debt", "business", "general"]),
        ("deuda", "study", ["debt", "general"]),
        ("ahorro", "business", ["business", "debt_business", "general", "debt"]),
        ("ahorro", None, ["general", "debt"]),
        (None, None, ["general", "debt"]),
    ],
)
def test_choose_tip_goes_by_her_worry_then_her_way_then_the_general_ones(worry, pathway, order):
    seen: list[str] = []
    for _ in order:
        found = choose_tip(TIPS, worry, pathway, seen)
        seen.append(found.id if found else "none")
    assert seen == order


def test_choose_tip_never_repeats_and_ends():
    assert choose_tip(TIPS, "deuda", "business", {t.id for t in TIPS}) is None
    assert choose_tip([], "deuda", None, ()) is None


def test_choose_tip_takes_the_first_id_of_equals():
    assert choose_tip([tip("other", ("deuda",)), DEBT], "deuda", None, ()) == DEBT


def test_choose_tip_moves_to_another_topic_among_equals():
    debts = [DEBT, tip("a_second", ("deuda",)), tip("rights", ("deuda",), topic="collectors")]
    assert choose_tip(debts, "deuda", None, {"a_second"}) == debts[2]


def test_choose_tip_goes_by_what_she_earns():
    low, high = tip("z_low", ("deuda",), income=("0",)), tip("a_high", ("deuda",), income=("10000+",))
    assert choose_tip([low, high, DEBT], "deuda", None, (), "0") == low
    assert choose_tip([low, high, DEBT], "deuda", None, {"z_low"}, "0") == DEBT
    assert choose_tip([low, high, DEBT], "deuda", None, (), None) == high  # unknown: nothing speaks for either


def test_among_equals_the_early_ones_come_first_and_the_rare_ones_last():
    cards = [tip("a_rare", ("deuda",), rank=3), DEBT, tip("z_early", ("deuda",), rank=1)]
    seen: list[str] = []
    while found := choose_tip(cards, "deuda", None, seen):
        seen.append(found.id)
    assert seen == ["z_early", "debt", "a_rare"]


def test_a_quiet_card_is_never_the_first():
    quiet = tip("a_quiet", ("deuda",), quiet=True, topic="own")
    assert choose_tip([quiet, DEBT], "deuda", None, ()) == DEBT
    assert choose_tip([quiet, DEBT], "deuda", None, {"debt"}) == quiet


@pytest.mark.parametrize(
    "card, worry, pathway, expected",
    [
        (GENERAL, "deuda", "study", 1),
        (DEBT, "deuda", "study", 4),
        (DEBT, "ahorro", "study", 0),
        (DEBT_BUSINESS, "deuda", "business", 6),
        (DEBT_BUSINESS, "deuda", "study", 0),
        (BUSINESS, None, "business", 2),
        (BUSINESS, None, None, -4),
    ],
)
def test_fit_weighs_worry_over_way(card, worry, pathway, expected):
    assert fit(card, worry, pathway) == expected


CONTENT = load(ROOT / "content", "es-MX")
WORRIES = [o.id for i in CONTENT.interviews.values() for q in i.questions if q.saves == "worry" for o in q.options]


@pytest.mark.parametrize("worry", WORRIES)
@pytest.mark.parametrize("pathway", CONTENT.pathways)
def test_the_first_tip_for_every_worry_and_way_is_about_that_worry(worry, pathway):
    found = choose_tip(CONTENT.tips.values(), worry, pathway, ())
    assert found is not None and worry in found.worries and (not found.pathways or pathway in found.pathways)


def test_tips_name_only_worries_and_ways_that_exist():
    tips = CONTENT.tips.values()
    assert {w for t in tips for w in t.worries} - set(WORRIES) == set()
    assert {p for t in tips for p in t.pathways} - set(CONTENT.pathways) == set()


INCOMES = ["0", "1-3000", "3000-6000", "6000-10000", "10000+", None]
PEOPLE = st.tuples(
    st.sampled_from([*WORRIES, None]), st.sampled_from([*CONTENT.pathways, None]), st.sampled_from(INCOMES)
)


@given(PEOPLE, st.permutations(sorted(CONTENT.tips)), st.sets(st.sampled_from(sorted(CONTENT.tips))))
def test_choose_tip_is_the_same_in_any_order_and_never_one_seen(person, order, seen):
    worry, pathway, income = person
    found = choose_tip([CONTENT.tips[t] for t in order], worry, pathway, [t for t in order if t in seen], income)
    assert found == choose_tip(CONTENT.tips.values(), worry, pathway, seen, income)
    assert (found is None) == (len(seen) == len(CONTENT.tips))
    assert found is None or found.id not in seen


@given(PEOPLE)
def test_everybody_gets_every_card_once_and_the_loud_ones_before_the_quiet(person):
    worry, pathway, income = person
    given_out: list[Tip] = []
    while found := choose_tip(CONTENT.tips.values(), worry, pathway, {t.id for t in given_out}, income):
        given_out.append(found)
    fits = [fit(t, worry, pathway, income) for t in given_out]
    assert sorted(t.id for t in given_out) == sorted(CONTENT.tips)
    assert fits == sorted(fits, reverse=True)
    assert not given_out[0].quiet and not (given_out[0].income and income and income not in given_out[0].income)


def test_there_are_enough_cards_on_every_topic():
    topics = [t.topic for t in CONTENT.tips.values()]
    assert len(topics) >= 42 and min(topics.count(t) for t in get_args(Topic)) >= 3
