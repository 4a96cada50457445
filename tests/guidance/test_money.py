"""Which money tip fits."""

from __future__ import annotations

import pytest

from bot.config import ROOT
from bot.content.library import load
from bot.content.models import Tip
from bot.guidance.money import choose_tip, fit


def tip(name: str, worries: tuple[str, ...] = (), pathways: tuple[str, ...] = ()) -> Tip:
    return Tip(id=name, title="", text="", this_week="", worries=worries, pathways=pathways, source="", as_of="2026")


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


def test_choose_tip_takes_the_first_of_equals():
    assert choose_tip([DEBT, tip("other", ("deuda",))], "deuda", None, ()) == DEBT


@pytest.mark.parametrize(
    "card, worry, pathway, expected",
    [
        (GENERAL, "deuda", "study", 1),
        (DEBT, "deuda", "study", 4),
        (DEBT, "ahorro", "study", 0),
        (DEBT_BUSINESS, "deuda", "business", 6),
        (DEBT_BUSINESS, "deuda", "study", 1),
        (BUSINESS, None, "business", 2),
        (BUSINESS, None, None, -3),
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
